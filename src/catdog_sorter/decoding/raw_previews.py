"""Finds the largest JPEG preview inside a camera RAW file, without a RAW decoder.

Each maker stores it elsewhere, but all as a complete JPEG, so the file is searched for the start of
a JPEG.
"""

import io
import re
from collections import Counter

from PIL import Image, ImageFile

# The start of an image is followed by tables, EXIF or JFIF data, a comment or the frame itself.
_JPEG_START = re.compile(rb"\xff\xd8\xff[\xc0\xc2\xc4\xdb\xdd\xe0-\xef\xfe]")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # except those that belong there
_MAX_STARTS = 256  # any three bytes may occur in compressed data
_HEAD_BYTES = 1 << 18
_MAX_ALIKE = 2  # many pictures of one size are tiles of a larger one


def largest_preview(content: bytes, min_side: int) -> ImageFile.ImageFile | None:
    """The largest preview, opened but not decoded; None if its shorter side is below `min_side`.

    The lossless JPEG in which many cameras store the sensor data does not count: Pillow cannot open
    it.
    """
    sizes: dict[int, tuple[int, int]] = {}
    for found in _JPEG_START.finditer(content):
        start = found.start()
        if opened := _opened(content[start : start + _HEAD_BYTES]):
            sizes[start] = opened.size
        if len(sizes) >= _MAX_STARTS:
            break
    alike = Counter(sizes.values())
    large = {
        start: size
        for start, size in sizes.items()
        if min(size) >= min_side and alike[size] <= _MAX_ALIKE
    }
    if not large:
        return None
    for start in sorted(large, key=lambda place: -large[place][0] * large[place][1]):
        if end := _end(content, start):
            return _opened(content[start:end])
    return None


def _end(content: bytes, start: int) -> int | None:
    """The end of the JPEG that begins at `start`; None if it is truncated."""
    at = start + 2
    while content[at : at + 1] == b"\xff":
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _END_OF_IMAGE:
            return at + 2
        at += 2 + length
        if marker == _START_OF_SCAN:
            found = _MARKER_IN_SCAN.search(content, at)
            at = found.start() if found else len(content)
    return None


def _opened(data: bytes) -> ImageFile.ImageFile | None:
    try:
        return Image.open(io.BytesIO(data), formats=("JPEG",))
    except Exception:  # arbitrary bytes may make it raise anything
        return None
