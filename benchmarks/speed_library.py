"""Generates the photo libraries for `speed.py` from the example photos.

Each picture is a random crop of an example photo, rescaled, mirrored, with changed brightness and
added sensor noise, so that file sizes and decoding times are realistic.
"""

import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.camera import camera_jpeg
from tests.support.dng import dng

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "photos"
CAMERA, WEB = (4000, 3000), (500, 375)
_THUMBNAIL = (160, 120)
_NOISE = 4.0  # of 255, as in daylight

LIBRARY = "a library"
# Kinds of files in a library; the sequence repeats.
_KINDS = (
    "preview", "camera", "heic", "web", "preview", "preview", "camera", "preview", "heic", "png",
    "preview", "camera", "web", "preview", "web", "heic", "camera", "preview", "raw", "web",
)  # fmt: skip
# Every tenth photo shows a pet.
_NEITHER = ("branch", "breakfast", "garden/hedgehog", "launch", "prairie")
_PET_AT = 3
_PETS = ("garden/bench", "garden/lawn", "portrait", "two-friends", "walk", "wool")


def build(folder: Path, photos: int, heic_python: Path | None) -> dict[str, Path]:
    """Create a folder per library below `folder`, with `photos` files; existing ones are kept.

    HEIC needs an encoder: `heic_python` is an interpreter that has pillow-heif.
    """
    made = {
        "12 MP JPEG": _each(folder / "camera", photos, CAMERA, _jpeg),
        "12 MP JPEG with a preview": _each(folder / "preview", photos, CAMERA, _jpeg_with_preview),
        "web-size JPEG": _each(folder / "web", 8 * photos, WEB, _jpeg),
        "web-size PNG": _each(folder / "png", 4 * photos, WEB, _png),
    }
    if heic_python is not None:
        made["12 MP HEIC with a preview"] = _heic(folder / "heic", max(2, photos // 4), heic_python)
        made[LIBRARY] = _library(folder, 2 * len(_KINDS), heic_python)
    return made


def for_others(library: Path, with_heic: bool) -> Path:
    """The same library with JPEG instead of RAW; and instead of HEIC, unless `with_heic`."""
    twin = library.with_name(f"{library.name}-{'without-raw' if with_heic else 'as-jpeg'}")
    return twin if twin.is_dir() else library


def _library(folder: Path, photos: int, heic_python: Path) -> Path:
    """JPEG with and without previews, HEIC, small JPEG and PNG, RAW; and JPEG substitutes."""
    target, twin = folder / "library", folder / "library-as-jpeg"
    target.mkdir(parents=True, exist_ok=True)
    twin.mkdir(exist_ok=True)
    heic = []
    for number in range(photos):
        kind = _KINDS[number % len(_KINDS)]
        stem = f"{number:05}"
        own = target / f"{stem}{_SUFFIXES.get(kind, '.jpg')}"
        other = twin / f"{stem}{'.png' if kind == 'png' else '.jpg'}"
        if not other.exists():
            size = WEB if kind in ("web", "png") else CAMERA
            picture = _picture(number, size)
            encoded = _ENCODERS.get(kind, _jpeg)(picture)
            if kind == "raw":
                _write(own, dng(picture, preview=encoded))
            elif kind != "heic":
                _write(own, encoded)
            _write(other, encoded)
        if kind == "heic" and not own.exists():
            heic.append(f"{other}|{own}")
    if heic:
        subprocess.run([heic_python, "-c", _TO_HEIC, *heic], check=True, stdout=sys.stderr)
    pillow = folder / "library-without-raw"
    pillow.mkdir(exist_ok=True)
    for own in target.iterdir():
        same = own if own.suffix != ".dng" else twin / f"{own.stem}.jpg"
        if not (pillow / same.name).exists():
            os.link(same, pillow / same.name)
    return target


def build_jpegs(folder: Path, photos: int, size: tuple[int, int]) -> Path:
    """Fill `folder` with JPEG files of `size`, width and height in pixels."""
    return _each(folder, photos, size, _jpeg)


def _each(folder: Path, photos: int, size: tuple[int, int], encode) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    suffix = ".png" if encode is _png else ".jpg"
    for number in range(photos):
        path = folder / f"{number:05}{suffix}"
        if not path.exists():
            _write(path, encode(_picture(number, size)))
    return folder


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or none: an existing one is kept. A run after a kill writes on."""
    begun = path.with_name(f".{path.name}.part")
    begun.write_bytes(content)
    begun.replace(path)


@cache
def _example(name: str) -> Image.Image:
    return Image.open(EXAMPLES / f"{name}.jpg").convert("RGB")


def _picture(number: int, size: tuple[int, int]) -> Image.Image:
    names = _PETS if number % 10 == _PET_AT else _NEITHER
    example = _example(names[(number + number // 10) % len(names)])
    rng = np.random.default_rng(number)
    if rng.random() < 0.3:
        size = size[::-1]
    share = rng.uniform(0.7, 1.0)
    width, height = example.width * share, example.height * share
    left, top = rng.uniform(0, example.width - width), rng.uniform(0, example.height - height)
    box = (left, top, left + width, top + height)
    picture = example.resize(size, Image.Resampling.BICUBIC, box=box)
    picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.8, 1.2))
    if rng.random() < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    noise = rng.normal(0, _NOISE, (size[1], size[0], 1)).astype(np.float32)
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90, subsampling="4:2:0")
    return file.getvalue()


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _jpeg_with_preview(picture: Image.Image) -> bytes:
    """Encode as cameras do: with the preview in the EXIF data, at the start of the file."""
    small = picture.copy()
    small.thumbnail(_THUMBNAIL if picture.width > picture.height else _THUMBNAIL[::-1])
    return camera_jpeg(_jpeg(small), picture, quality=90, subsampling="4:2:0")


_TO_HEIC = """
import os, sys, pillow_heif
from PIL import Image
pillow_heif.register_heif_opener()
for name in sys.argv[1:]:
    source, target = name.split("|")
    image = Image.open(source)
    part = target + ".part"
    image.save(part, "HEIF", quality=60, thumbnails=[320], exif=image.info["exif"])
    os.replace(part, target)
"""


def _heic(folder: Path, photos: int, python: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted((folder.parent / "preview").iterdir())[:photos]
    pairs = [(source, folder / f"{source.stem}.heic") for source in sources]
    missing = [f"{source}|{target}" for source, target in pairs if not target.exists()]
    if missing:
        subprocess.run([python, "-c", _TO_HEIC, *missing], check=True, stdout=sys.stderr)
    return folder


_SUFFIXES = {"heic": ".heic", "png": ".png", "raw": ".dng"}
_ENCODERS = {"preview": _jpeg_with_preview, "heic": _jpeg_with_preview, "png": _png}
