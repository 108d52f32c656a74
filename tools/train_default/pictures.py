"""Draws training pictures: photos cropped, zoomed, composed and degraded. No framework.

Boxes of cats and dogs show which crops keep the animal. A picture depends only on the seed
and its number.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from groups import group, is_validation
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter
from pixel_store import PixelStore

ANIMALS = ("cat", "dog")
CELL = 32  # pixels
IGNORED = -1.0
# How often a picture begins with a photo of each group.
SHARES = {
    "kaggle": 0.20, "web": 0.17, "voc_pet": 0.09, "both": 0.01, "both_composed": 0.015,
    "voc": 0.13, "animal": 0.21, "everyday": 0.08, "depicted": 0.035, "confusable": 0.015,
    "other": 0.045,
}  # fmt: skip
# Share of the pictures of a pet with another pet beside it, or with the pet in a scene.
_SECOND_PET, _IN_SCENE = 0.14, 0.13
_STRANGER = 0.06  # share of all pictures with another animal pasted in
_SURE_BOX, _ANY_BOX = 0.35, 0.15

Box = tuple[int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """pixels: uint8 (S, S, 3); labels: float32 (2,), 0 or 1; cells: float32 (2, G, G), 0, 1 or -1.

    A cell of -1 is ignored; G is S / 32, rounded up.
    """

    pixels: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.float32]
    cells: npt.NDArray[np.float32]


@dataclass(slots=True)
class _Draft:
    image: Image.Image
    labels: list[float]
    boxes: list[Box]
    is_located: bool  # the boxes are all there is


class Pictures:
    """Draws pictures from the training photos of a store. `boxes`: file -> rows of find_boxes."""

    def __init__(self, store: PixelStore, boxes: dict[str, list[list[object]]], seed: int) -> None:
        self._store, self._seed = store, seed
        self._groups: dict[str, list[int]] = {name: [] for name in SHARES}
        self._boxes: dict[int, list[Box]] = {}
        self._doubtful: dict[int, list[Box]] = {}
        self._pets: tuple[list[int], list[int]] = ([], [])
        for number, photo in enumerate(store.photos):
            if is_validation(photo):
                continue
            self._groups[group(photo)].append(number)
            if photo.label == "neither":
                continue
            shown = {"both": ANIMALS}.get(photo.label, (photo.label,))
            rows = boxes.get(photo.file, [])
            wanted = _boxes(rows, shown)
            if {ANIMALS[box[0]] for box in wanted} == set(shown):
                self._boxes[number] = wanted
                self._doubtful[number] = [_box(row) for row in rows]
                if len(shown) == 1 and (wanted[0][3] - wanted[0][1]) > 0.2:
                    self._pets[ANIMALS.index(shown[0])].append(number)
        self._names = list(SHARES)
        shares = np.array([SHARES[name] for name in self._names])
        self._shares = shares / shares.sum()

    def draw(self, number: int, size: int) -> Picture:
        """Draw picture `number`, at `size` x `size` pixels."""
        rng = np.random.default_rng((self._seed, number))
        name = self._names[int(rng.choice(len(self._names), p=self._shares))]
        photo = self._pick(self._groups[name], rng)
        label = self._store.photos[photo].label
        chance = rng.random()
        if label in ANIMALS and photo in self._boxes and chance < _SECOND_PET:
            draft = self._with_second_pet(photo, size, rng)
        elif label in ANIMALS and chance < _SECOND_PET + _IN_SCENE:
            draft = self._in_scene(photo, size, rng)
        else:
            draft = self._cropped(photo, size, rng)
        if rng.random() < _STRANGER:
            stranger = self._pick(self._groups["animal"], rng)
            patch = Image.fromarray(self._store.image(stranger))
            _paste(draft, patch, None, rng, (0.15, 0.45))
        _turn(draft, rng)
        pixels = np.asarray(_worsened(draft.image, rng))
        return Picture(pixels, np.array(draft.labels, np.float32), _cells(draft, size))

    @staticmethod
    def _pick(numbers: Sequence[int], rng: np.random.Generator) -> int:
        return numbers[int(rng.integers(len(numbers)))]

    def _labels(self, number: int) -> list[float]:
        label = self._store.photos[number].label
        return [float(label in (animal, "both")) for animal in ANIMALS]

    def _cropped(self, number: int, size: int, rng: np.random.Generator) -> _Draft:
        image = self._store.image(number)
        labels = self._labels(number)
        boxes = self._boxes.get(number, [])
        if not any(labels):
            window = _window(rng, 0.15, 1.0) if rng.random() < 0.6 else (0.0, 0.0, 1.0, 1.0)
            return _Draft(_resized(image, window, size), labels, [], True)
        chance = rng.random()
        if chance < 0.4:
            window = (0.0, 0.0, 1.0, 1.0)
        elif not boxes:
            window = _window(rng, 0.65, 1.0)
        elif chance < 0.46 and (empty := self._without(number, rng)):
            return _Draft(_resized(image, empty, size), [0.0, 0.0], [], False)
        else:
            window = _around(boxes, rng, 1.1 if chance < 0.62 else 8.0)
        moved = _moved(boxes, window)
        return _Draft(_resized(image, window, size), labels, moved, bool(boxes))

    def _without(self, number: int, rng: np.random.Generator) -> Box | tuple[float, ...] | None:
        """Crop a part of the photo that overlaps hardly any box, even doubtful ones."""
        boxes = self._doubtful[number]
        for _ in range(12):
            window = _window(rng, 0.12, 0.5)
            if all(_overlap(box[1:], window) < 0.02 for box in boxes):
                return window
        return None

    def _with_second_pet(self, number: int, size: int, rng: np.random.Generator) -> _Draft:
        draft = self._cropped(number, size, rng)
        if not any(draft.labels):
            return draft
        other = 1 - draft.labels.index(1.0)
        partner = self._pick(self._pets[other], rng)
        if rng.random() < 0.3:
            return _side_by_side(draft, self._cropped(partner, size, rng), size, rng)
        patch = self._cut_out(partner, rng)
        if _paste(draft, patch, other, rng, (0.25, 0.65)):
            draft.labels[other] = 1.0
        return draft

    def _cut_out(self, number: int, rng: np.random.Generator) -> Image.Image:
        """Crop the animal with a narrow margin."""
        window = _grown(self._boxes[number][0][1:], 1 + rng.uniform(0.02, 0.12))
        image = self._store.image(number)
        height, width = image.shape[:2]
        left, top, right, bottom = window
        box = (left * width, top * height, right * width, bottom * height)
        return Image.fromarray(image).crop([round(side) for side in box])

    def _in_scene(self, number: int, size: int, rng: np.random.Generator) -> _Draft:
        names = ("voc", "everyday", "voc", "other")
        scene = self._cropped(self._pick(self._groups[self._pick(names, rng)], rng), size, rng)
        animal = ANIMALS.index(self._store.photos[number].label)
        if number in self._boxes and rng.random() < 0.7:
            if _paste(scene, self._cut_out(number, rng), animal, rng, (0.14, 0.55)):
                scene.labels[animal] = 1.0
            return scene
        # The whole photo, as in a collage: the place of the animal in it is unknown.
        small = self._cropped(number, max(48, round(size * rng.uniform(0.3, 0.7))), rng)
        place = [int(rng.integers(0, size - small.image.width + 1)) for _ in range(2)]
        scene.image.paste(small.image, (place[0], place[1]))
        share = small.image.width / size
        scene.boxes = [
            (kind, place[0] / size + x0 * share, place[1] / size + y0 * share,
             place[0] / size + x1 * share, place[1] / size + y1 * share)
            for kind, x0, y0, x1, y1 in small.boxes
        ]  # fmt: skip
        scene.labels, scene.is_located = small.labels, small.is_located
        return scene


def _box(row: Sequence[object]) -> Box:
    animal, _, left, top, right, bottom = row
    return ANIMALS.index(str(animal)), *(float(str(x)) for x in (left, top, right, bottom))  # type: ignore[return-value]


def _boxes(rows: Sequence[Sequence[object]], shown: Sequence[str]) -> list[Box]:
    """Return the certain boxes of the animals in the photo; if none is certain, the best of each."""
    found: list[Box] = []
    for animal in shown:
        mine = sorted(
            (row for row in rows if row[0] == animal), key=lambda row: -float(str(row[1]))
        )
        sure = [row for row in mine if float(str(row[1])) >= _SURE_BOX]
        found += [_box(row) for row in sure or mine[:1]]
    return found


def _window(rng: np.random.Generator, least: float, most: float) -> tuple[float, ...]:
    """Draw a window with this share of the photo's area: (left, top, right, bottom), 0 to 1."""
    area, stretch = rng.uniform(least, most), math.exp(rng.uniform(-0.3, 0.3) / 2)
    w, h = min(1.0, math.sqrt(area) * stretch), min(1.0, math.sqrt(area) / stretch)
    left, top = rng.uniform(0, 1 - w), rng.uniform(0, 1 - h)
    return left, top, left + w, top + h


def _around(boxes: Sequence[Box], rng: np.random.Generator, most: float) -> tuple[float, ...]:
    """Draw a window that contains one box of each animal, up to `most` times as large."""
    chosen = [next(box for box in boxes if box[0] == kind) for kind in {box[0] for box in boxes}]
    low = [min(box[1 + axis] for box in chosen) for axis in range(2)]
    high = [max(box[3 + axis] for box in chosen) for axis in range(2)]
    factor = math.exp(rng.uniform(0.0, math.log(most))) if most > 2 else rng.uniform(0.9, 1.7)
    window = []
    for axis in range(2):
        side = min(1.0, max(0.12, (high[axis] - low[axis]) * factor * rng.uniform(0.85, 1.15)))
        middle = (low[axis] + high[axis]) / 2
        room = max(0.0, side - (high[axis] - low[axis])) / 2
        start = middle - side / 2 + rng.uniform(-room, room)
        start = min(max(0.0, start), 1 - side)
        window.append((start, start + side))
    return window[0][0], window[1][0], window[0][1], window[1][1]


def _grown(box: Sequence[float], factor: float) -> tuple[float, ...]:
    left, top, right, bottom = box
    w, h = (right - left) * (factor - 1) / 2, (bottom - top) * (factor - 1) / 2
    return max(0.0, left - w), max(0.0, top - h), min(1.0, right + w), min(1.0, bottom + h)


def _overlap(box: Sequence[float], window: Sequence[float]) -> float:
    """Return the share of the box inside the window."""
    w = min(box[2], window[2]) - max(box[0], window[0])
    h = min(box[3], window[3]) - max(box[1], window[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(0.0, w) * max(0.0, h) / max(area, 1e-6)


def _moved(boxes: Sequence[Box], window: Sequence[float]) -> list[Box]:
    """Convert boxes to the coordinates of a window, if at least a third of each is inside."""
    left, top, right, bottom = window
    return [
        (
            kind,
            max(0.0, (x0 - left) / (right - left)),
            max(0.0, (y0 - top) / (bottom - top)),
            min(1.0, (x1 - left) / (right - left)),
            min(1.0, (y1 - top) / (bottom - top)),
        )
        for kind, x0, y0, x1, y1 in boxes
        if _overlap((x0, y0, x1, y1), window) > 0.33
    ]


def _resized(image: npt.NDArray[np.uint8], window: Sequence[float], size: int) -> Image.Image:
    height, width = image.shape[:2]
    box = (window[0] * width, window[1] * height, window[2] * width, window[3] * height)
    return Image.fromarray(image).resize((size, size), Image.Resampling.BILINEAR, box=box)


def _side_by_side(one: _Draft, two: _Draft, size: int, rng: np.random.Generator) -> _Draft:
    cut = rng.uniform(0.35, 0.65)
    canvas = Image.new("RGB", (size, size))
    at = round(size * cut)
    sizes, places = ((at, size), (size - at, size)), ((0, 0), (at, 0))
    boxes: list[Box] = []
    for draft, own, place in zip((one, two), sizes, places, strict=True):
        canvas.paste(draft.image.resize(own, Image.Resampling.BILINEAR), place)
        for kind, x0, y0, x1, y1 in draft.boxes:
            start, share = place[0] / size, own[0] / size
            boxes.append((kind, start + x0 * share, y0, start + x1 * share, y1))
    labels = [max(a, b) for a, b in zip(one.labels, two.labels, strict=True)]
    return _Draft(canvas, labels, boxes, one.is_located and two.is_located)


def _paste(
    draft: _Draft,
    patch: Image.Image,
    animal: int | None,
    rng: np.random.Generator,
    sides: tuple[float, float],
) -> bool:
    """Paste a patch with soft edges where it hides no animal; returns whether there was room."""
    size = draft.image.width
    area = size * math.exp(rng.uniform(*np.log(sides)))
    aspect = math.sqrt(min(2.0, max(0.5, patch.width / patch.height)))
    w, h = min(size - 2, round(area * aspect)), min(size - 2, round(area / aspect))
    for _ in range(10):
        left, top = int(rng.integers(0, size - w + 1)), int(rng.integers(0, size - h + 1))
        window = (left / size, top / size, (left + w) / size, (top + h) / size)
        if all(_overlap(box[1:], window) < 0.2 for box in draft.boxes):
            break
    else:
        return False
    if draft.labels != [0.0, 0.0] and not draft.boxes:
        return False  # it might hide an animal whose place is unknown
    small = patch.resize((w, h), Image.Resampling.BILINEAR)
    scene = draft.image.crop((left, top, left + w, top + h))
    light = np.asarray(scene, np.float32).mean() / max(8.0, np.asarray(small, np.float32).mean())
    small = ImageEnhance.Brightness(small).enhance(float(np.clip(light, 0.5, 1.6)) ** 0.5)
    mask = Image.new("L", (w, h), 0)
    edge = max(1, round(min(w, h) * rng.uniform(0.02, 0.08)))
    outline = ImageDraw.Draw(mask)
    if rng.random() < 0.6:
        outline.ellipse(
            (edge - w * 0.08, edge - h * 0.08, w * 1.08 - edge, h * 1.08 - edge), fill=255
        )
    else:
        outline.rounded_rectangle((edge, edge, w - edge, h - edge), min(w, h) / 4, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(edge / 1.5))
    draft.image.paste(small, (left, top), mask)
    if animal is not None:
        draft.boxes.append((animal, *window))  # type: ignore[arg-type]
    return True


def _turn(draft: _Draft, rng: np.random.Generator) -> None:
    if rng.random() < 0.5:
        draft.image = draft.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        draft.boxes = [(k, 1 - x1, y0, 1 - x0, y1) for k, x0, y0, x1, y1 in draft.boxes]
    if rng.random() < 0.25:
        quarters = int(rng.integers(1, 4))
        for _ in range(quarters):  # counter-clockwise
            draft.image = draft.image.transpose(Image.Transpose.ROTATE_90)
            draft.boxes = [(k, y0, 1 - x1, y1, 1 - x0) for k, x0, y0, x1, y1 in draft.boxes]
    elif rng.random() < 0.2:
        degrees = rng.uniform(-12, 12)
        draft.image = draft.image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=(127,) * 3)


def _worsened(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Degrade a picture: other light, small size, blur, and repeated compression."""
    size = picture.size
    if rng.random() < 0.04:
        picture = picture.convert("L").convert("RGB")
    for enhance, strength in (
        (ImageEnhance.Brightness, 0.25), (ImageEnhance.Contrast, 0.25), (ImageEnhance.Color, 0.35),
    ):  # fmt: skip
        if rng.random() < 0.6:
            picture = enhance(picture).enhance(rng.uniform(1 - strength, 1 + strength))
    if rng.random() < 0.08:
        picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.2, 0.7))
    if rng.random() < 0.10:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.02) * size[0]))
    if rng.random() < 0.10:
        pixels = np.asarray(picture, np.float32)
        pixels = pixels + rng.standard_normal(pixels.shape, np.float32) * rng.uniform(0, 25)
        picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if rng.random() < 0.25:
        factor = rng.uniform(0.35, 0.8)
        small = picture.resize((int(size[0] * factor), int(size[1] * factor)))
        picture = small.resize(size, Image.Resampling.BILINEAR)
    chance = rng.random()
    if chance < 0.5:
        buffer = io.BytesIO()
        if chance < 0.2:
            picture.save(buffer, "WEBP", quality=int(rng.integers(20, 80)), method=0)
        else:
            picture.save(buffer, "JPEG", quality=int(rng.integers(20, 92)))
        picture = Image.open(buffer).convert("RGB")
    return picture


def _cells(draft: _Draft, size: int) -> npt.NDArray[np.float32]:
    """Label the cells by the animal in them; those at a box's edge are ignored."""
    grid = -(-size // CELL)
    cells = np.zeros((2, grid, grid), np.float32)
    if any(draft.labels) and not draft.is_located:
        for animal in range(2):
            cells[animal] = IGNORED if draft.labels[animal] else 0.0
    middles = (np.arange(grid) + 0.5) / grid
    for animal, x0, y0, x1, y1 in sorted(draft.boxes):
        margin = 0.6 / grid
        near_x = (middles > x0 - margin) & (middles < x1 + margin)
        near_y = (middles > y0 - margin) & (middles < y1 + margin)
        near = near_y[:, None] & near_x[None, :]
        cells[animal][near & (cells[animal] == 0)] = IGNORED
    for animal, x0, y0, x1, y1 in draft.boxes:
        # The middle of a box is on the animal; its corners often are not.
        w, h = (x1 - x0) * 0.12, (y1 - y0) * 0.12
        in_x = (middles > x0 + w) & (middles < x1 - w)
        in_y = (middles > y0 + h) & (middles < y1 - h)
        cells[animal][in_y[:, None] & in_x[None, :]] = 1.0
        centre = min(grid - 1, int((y0 + y1) / 2 * grid)), min(grid - 1, int((x0 + x1) / 2 * grid))
        cells[animal][centre] = 1.0
    return cells
