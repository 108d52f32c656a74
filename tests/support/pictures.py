"""Pictures drawn for tests: four coloured quadrants, which show a wrong rotation."""

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

DATA = Path(__file__).parents[1] / "data"
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 170, 50), (30, 60, 210), (240, 220, 40)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
ORIENTATION = 0x0112
# What a camera that says this orientation has done to the upright picture.
AS_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
# The same as transformations in a HEIF file: quarter turns anticlockwise, then a mirror axis.
_HEIF_TURNS: dict[int, tuple[int, int | None]] = {
    1: (0, None),
    2: (0, 1),
    3: (2, None),
    4: (0, 0),
    5: (3, 1),
    6: (3, None),
    7: (1, 1),
    8: (1, None),
}


def quadrants(width: int = 96, height: int = 64) -> Image.Image:
    """Red and green above, blue and yellow below."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    picture.paste(YELLOW, (width // 2, height // 2, width, height))
    return picture


def noise(path: Path, seed: int, size: tuple[int, int] = (60, 40)) -> Path:
    """Write a picture that differs from those of other seeds."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 256, (9, 9, 3), dtype=np.uint8))
    path.parent.mkdir(parents=True, exist_ok=True)
    small.resize(size, Image.Resampling.BICUBIC).save(path)
    return path


def stored(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as stored by a camera that was held in this orientation."""
    turn = AS_STORED[orientation]
    return picture if turn is None else picture.transpose(turn)


def exif(orientation: Any) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    return tags


def encoded(picture: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def scan_bomb(side: int, scans: int) -> bytes:
    """A small progressive JPEG that repeats its last scan, to take hours to decode.

    With restart markers, so that no scan is left out.
    """
    red = Image.new("RGB", (side, side), "red")
    whole = encoded(red, "JPEG", progressive=True, restart_marker_rows=1)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * scans + whole[-2:]


def corners(pixels: npt.NDArray[np.uint8]) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quadrants, in reading order."""
    height, width = pixels.shape[:2]
    return [
        tuple(int(value) for value in pixels[y, x])
        for y in (height // 4, 3 * height // 4)
        for x in (width // 4, 3 * width // 4)
    ]


def assert_colours(pixels: npt.NDArray[np.uint8], *expected: Any, within: int = 12) -> None:
    """Assert the colours of the four quadrants, `expected` in reading order."""
    off = np.abs(np.array(corners(pixels)) - np.array(expected)).max()
    assert off <= within, f"{corners(pixels)} instead of {list(expected)}"


def assert_upright(pixels: npt.NDArray[np.uint8], within: int = 12) -> None:
    """Assert that the pixels are those of `quadrants()`, upright."""
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3
    assert pixels.shape[1] > pixels.shape[0]
    assert_colours(pixels, RED, GREEN, BLUE, YELLOW, within=within)


def turned_heic(heic: bytes, orientation: int) -> bytes:
    """`heic` with the HEIF transformations, and the EXIF value, of `orientation` (1 to 8)."""
    turns, mirror = _HEIF_TURNS[orientation]
    boxes = b""
    if turns:
        boxes += _box(b"irot", bytes([turns]))
    if mirror is not None:
        boxes += _box(b"imir", bytes([mirror]))
    return _with_properties(heic_with_exif(heic, orientation), boxes)


def heic_with_exif(heic: bytes, orientation: int) -> bytes:
    """`heic` with another orientation in its EXIF data, otherwise unchanged."""
    entry = struct.pack(">HHI", ORIENTATION, 3, 1)
    at = heic.index(entry) + len(entry)
    return heic[:at] + struct.pack(">H", orientation) + heic[at + 2 :]


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _with_properties(heic: bytes, boxes: bytes) -> bytes:
    """Append property boxes to `ipco` and give them to the first item of `ipma`."""
    count = boxes.count(b"irot") + boxes.count(b"imir")
    data = bytearray(heic)
    ipco, ipma = data.index(b"ipco") - 4, data.index(b"ipma") - 4
    before = _children(bytes(data[ipco + 8 : ipma]))
    # ipma: size, name, version and flags, entry count, item, how many properties, which ones
    last = ipma + 19 + data[ipma + 18]
    data[last:last] = bytes(0x80 | (before + 1 + n) for n in range(count))
    data[ipma + 18] += count
    data[ipma:ipma] = boxes
    added = {b"ipco": len(boxes), b"ipma": count}
    added[b"iprp"] = added[b"meta"] = len(boxes) + count
    for name, more in added.items():
        at = data.index(name) - 4
        data[at : at + 4] = struct.pack(">I", struct.unpack_from(">I", data, at)[0] + more)
    _shift_items(data, len(boxes) + count)
    return bytes(data)


def _children(content: bytes) -> int:
    at = count = 0
    while at < len(content):
        at += struct.unpack_from(">I", content, at)[0]
        count += 1
    return count


def _shift_items(data: bytearray, by: int) -> None:
    """Move the offsets of the items in `iloc`: version 0, 4-byte base offsets, one extent each."""
    at = data.index(b"iloc") + 4
    assert data[at : at + 6] == b"\0\0\0\0\x44\x40"
    items = struct.unpack_from(">H", data, at + 6)[0]
    for item in range(items):
        base = at + 12 + 18 * item
        struct.pack_into(">I", data, base, struct.unpack_from(">I", data, base)[0] + by)
