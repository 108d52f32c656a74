"""Data augmentation: random changes to training photos, against overfitting.

Pure: the same random generator gives the same picture. No framework.
"""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageEnhance, ImageFilter

from catdog_sorter.training.recipes import Augmentation

_GREY = (127, 127, 127)
_QUARTER_TURNS = (
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
)
_MIN_LIGHT = 0.2
_MAX_NOISE = 25.0  # levels of 255
_MAX_BLUR = 0.02  # of the side
_INSET_SIDES = (0.2, 0.7)  # of the side


def augment(
    image: npt.NDArray[np.uint8],
    partner: npt.NDArray[np.uint8] | None,
    settings: Augmentation,
    size: int,
    rng: np.random.Generator,
    scene: npt.NDArray[np.uint8] | None = None,
) -> npt.NDArray[np.uint8]:
    """Augment a photo: uint8 (H, W, 3) -> uint8 (size, size, 3).

    `partner`: a second photo to put beside it. `scene`: a photo to put it into, small.
    """
    if partner is not None:
        picture = _side_by_side(image, partner, settings, size, rng)
    elif scene is not None:
        picture = _inset(image, scene, settings, size, rng)
    else:
        picture = _crop(image, settings, (size, size), rng)
    return np.asarray(_changed(picture, settings, rng))


def change_further(
    picture: npt.NDArray[np.uint8], settings: Augmentation, rng: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """Rotate, recolour and degrade a picture of `augment`, uint8 (S, S, 3), without cropping it."""
    return np.asarray(_changed(Image.fromarray(picture), settings, rng))


def _changed(picture: Image.Image, settings: Augmentation, rng: np.random.Generator) -> Image.Image:
    picture = _turn(picture, settings, rng)
    picture = _recolour(picture, settings, rng)
    return _degrade(picture, settings, rng)


def _crop(
    image: npt.NDArray[np.uint8],
    settings: Augmentation,
    size: tuple[int, int],
    rng: np.random.Generator,
) -> Image.Image:
    """A random part of the photo, stretched to `size` (width, height)."""
    height, width = image.shape[:2]
    if rng.random() < settings.whole_photo:
        box = (0.0, 0.0, float(width), float(height))
    else:
        area = rng.uniform(*settings.crop_area)
        stretch = np.sqrt(np.exp(rng.uniform(*np.log(settings.crop_aspect))))
        w = min(1.0, np.sqrt(area) * stretch) * width
        h = min(1.0, np.sqrt(area) / stretch) * height
        left, top = rng.uniform(0, width - w), rng.uniform(0, height - h)
        box = (left, top, left + w, top + h)
    return Image.fromarray(image).resize(size, Image.Resampling.BILINEAR, box=box)


def _side_by_side(
    image: npt.NDArray[np.uint8],
    partner: npt.NDArray[np.uint8],
    settings: Augmentation,
    size: int,
    rng: np.random.Generator,
) -> Image.Image:
    """Put two photos beside or above each other, each nearly whole."""
    near = Augmentation(crop_area=(0.7, 1.0), whole_photo=settings.whole_photo)
    cut = round(size * rng.uniform(0.35, 0.65))
    canvas = Image.new("RGB", (size, size))
    if rng.random() < 0.5:
        canvas.paste(_crop(image, near, (cut, size), rng), (0, 0))
        canvas.paste(_crop(partner, near, (size - cut, size), rng), (cut, 0))
    else:
        canvas.paste(_crop(image, near, (size, cut), rng), (0, 0))
        canvas.paste(_crop(partner, near, (size, size - cut), rng), (0, cut))
    return canvas


def _inset(
    image: npt.NDArray[np.uint8],
    scene: npt.NDArray[np.uint8],
    settings: Augmentation,
    size: int,
    rng: np.random.Generator,
) -> Image.Image:
    """Put the photo into a scene, at 0.2 to 0.7 of its side, log-uniformly distributed."""
    canvas = _crop(scene, settings, (size, size), rng)
    side = round(size * np.exp(rng.uniform(*np.log(_INSET_SIDES))))
    place = tuple(int(rng.integers(0, size - side + 1)) for _ in range(2))
    small = Image.fromarray(image).resize((side, side), Image.Resampling.BILINEAR)
    canvas.paste(small, (place[0], place[1]))
    return canvas


def _turn(picture: Image.Image, settings: Augmentation, rng: np.random.Generator) -> Image.Image:
    if rng.random() < settings.flip:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < settings.rotate:
        degrees = rng.uniform(-settings.rotate_degrees, settings.rotate_degrees)
        picture = picture.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=_GREY)
    if settings.quarter_turn and rng.random() < settings.quarter_turn:
        picture = picture.transpose(_QUARTER_TURNS[int(rng.integers(len(_QUARTER_TURNS)))])
    return picture


def _recolour(
    picture: Image.Image, settings: Augmentation, rng: np.random.Generator
) -> Image.Image:
    if rng.random() < settings.grey:
        picture = picture.convert("L").convert("RGB")
    for enhance, strength in (
        (ImageEnhance.Brightness, settings.brightness),
        (ImageEnhance.Contrast, settings.contrast),
        (ImageEnhance.Color, settings.saturation),
    ):
        if strength:
            picture = enhance(picture).enhance(rng.uniform(1 - strength, 1 + strength))
    if settings.dark and rng.random() < settings.dark:
        picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(_MIN_LIGHT, 0.7))
    return picture


def _degrade(picture: Image.Image, settings: Augmentation, rng: np.random.Generator) -> Image.Image:
    """Simulate small, blurred and recompressed photos."""
    size = picture.size
    if settings.blur and rng.random() < settings.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0, _MAX_BLUR) * size[0]))
    if settings.noise and rng.random() < settings.noise:
        picture = _noisy(picture, rng.uniform(0, _MAX_NOISE), rng)
    if rng.random() < settings.shrink:
        factor = rng.uniform(0.3, 0.7)
        small = picture.resize((int(size[0] * factor), int(size[1] * factor)))
        picture = small.resize(size, Image.Resampling.BILINEAR)
    if rng.random() < settings.jpeg:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=int(rng.integers(20, 70)))
        picture = Image.open(buffer).convert("RGB")
    return picture


def _noisy(picture: Image.Image, deviation: float, rng: np.random.Generator) -> Image.Image:
    pixels = np.asarray(picture, dtype=np.float32)
    pixels = pixels + rng.standard_normal(pixels.shape, dtype=np.float32) * deviation
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
