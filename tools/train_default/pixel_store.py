"""Decoded photos in one file, so that training reads pixels and decodes nothing."""

import csv
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from catdog_sorter.decoding.pixels import Pixels

# Photos with a wrong label, found among the most confident errors on validation photos.
CORRECTED = {
    "train/neither/imagen_washer_n04554684-16469-washer-a16fde.webp": "cat",
}


@dataclass(frozen=True, slots=True)
class Photo:
    """One row of the manifest. `file` is relative to the folder of photos."""

    file: str
    label: str
    source: str
    kind: str


def read_manifest(data: Path, split: str) -> list[Photo]:
    """Read the photos of `train`, `test` or `library`, ordered by file name."""
    with (data / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith(f"{split}/")]
    photos = [
        _corrected(Photo(row["file"], row["label"], row["source"], row["kind"])) for row in rows
    ]
    return sorted(photos, key=lambda photo: photo.file)


def _corrected(photo: Photo) -> Photo:
    label = CORRECTED.get(photo.file)
    return replace(photo, label=label, kind="") if label else photo


class PixelStore:
    """The photos of one split, each uint8 (H, W, 3), in the order of the manifest."""

    def __init__(self, folder: Path) -> None:
        index = json.loads((folder / "index.json").read_text())
        self.photos = [_corrected(Photo(*row)) for row in index["photos"]]
        self._shapes = index["shapes"]
        sizes = [height * width * 3 for height, width in self._shapes]
        self._offsets = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        self._pixels = np.memmap(folder / "pixels.rgb", np.uint8, "r")

    def __len__(self) -> int:
        return len(self.photos)

    def image(self, number: int) -> Pixels:
        """Return photo `number`, uint8 (H, W, 3)."""
        height, width = self._shapes[number]
        start, end = self._offsets[number], self._offsets[number + 1]
        return self._pixels[start:end].reshape(height, width, 3)


def build(data: Path, split: str, folder: Path) -> Iterator[int]:
    """Decode all photos of a split into `folder`. Yields how many are done."""
    photos = read_manifest(data, split)
    folder.mkdir(parents=True, exist_ok=True)
    shapes = []
    with (folder / "pixels.rgb").open("wb") as out, ThreadPoolExecutor(2) as pool:
        for start in range(0, len(photos), 256):
            chunk = photos[start : start + 256]
            for image in pool.map(lambda photo: _decoded(data / photo.file), chunk):
                out.write(image.tobytes())
                shapes.append(image.shape[:2])
            yield len(shapes)
    rows = [[photo.file, photo.label, photo.source, photo.kind] for photo in photos]
    (folder / "index.json").write_text(json.dumps({"photos": rows, "shapes": shapes}))


def _decoded(file: Path) -> Pixels:
    with Image.open(file) as image:
        return np.asarray(image.convert("RGB"))
