"""Decodes files that are truncated, or that have data after the end of the picture.

Decides how much may be missing: viewers show such a picture with a grey strip at the bottom, and a
strip of up to 5 % hides no animal. Works on images opened by Pillow; opens no file.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PIL import Image, ImageFile

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_JPEGS = frozenset({"JPEG", "MPO"})
MAX_MISSING = 0.05  # of the picture's area
_END_OF_JPEG = b"\xff\xd9"
_GREY = 128  # libjpeg's value for missing data
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # a value that does not occur in decoded data
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _FINEST = 0xDA, 63


def load_incomplete(reopen: Callable[[], ImageFile.ImageFile]) -> Image.Image | None:
    """The picture in a file that fails to load; None if more than `MAX_MISSING` is missing.

    Args:
        reopen: Opens the file again without loading it. Called up to three times.

    Returns:
        The loaded picture; missing rows at the bottom are grey. A progressive JPEG counts once the
        scan with the finest details of each colour has begun: data missing after that cost
        sharpness, not area.
    """
    picture = _load_onto(reopen(), _GREY)
    missing = 1 - _rows_alike(picture, _load_onto(reopen(), 0)) / picture.height
    if picture.format in _JPEGS:
        if missing:
            picture = _loaded_to_end(reopen()) or picture
        missing = _grey_share(picture)
    return picture if missing <= MAX_MISSING else None


def can_be_cut_off(image: ImageFile.ImageFile, error: Exception) -> bool:
    """Whether a picture that fails to load with `error` may be complete but for its end.

    Wrong data in a PNG corrupt everything after them.
    """
    return image.format in _JPEGS or (image.format == "PNG" and "truncated" in str(error).lower())


def _loaded_to_end(jpeg: ImageFile.ImageFile) -> ImageFile.ImageFile | None:
    """The picture, decoded with an end marker appended to its file."""
    if not _has_every_colour(_content(jpeg)):
        return None
    _append_end(jpeg)
    try:
        jpeg.load()
    except OSError:
        return None
    return jpeg


def _content(image: ImageFile.ImageFile) -> bytes:
    assert image.fp is not None
    image.fp.seek(0)
    return image.fp.read()


def _has_every_colour(jpeg: bytes) -> bool:
    """Whether there is a scan with the finest details of each colour, perhaps truncated."""
    colours, scanned = 0, set[int]()
    at = 2
    while at + 4 <= len(jpeg):
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        segment = jpeg[at + 4 : at + 2 + length]
        if marker in _FRAME_HEADERS and len(segment) > 5:
            colours = segment[5]
        at += 2 + length
        if marker == _SCAN and segment and len(segment) >= 4 + 2 * segment[0]:
            count = segment[0]
            if segment[2 + 2 * count] == _FINEST:
                scanned.update(segment[1 : 1 + 2 * count : 2])
        if marker == _SCAN or jpeg[at : at + 1] != b"\xff":
            found = _MARKER.search(jpeg, at)
            if found is None:
                break
            at = found.start()
    return 0 < colours <= len(scanned)


def _load_onto(image: ImageFile.ImageFile, value: int) -> ImageFile.ImageFile:
    """Decode as much as possible onto a picture filled with `value`."""
    bands = len(image.getbands())
    colour = value if bands == 1 else (value,) * bands
    image.im = Image.new(image.mode, image.size, colour).im
    with suppress(OSError, SyntaxError, ValueError, IndexError):
        image.load()
    image.tile = []  # otherwise Pillow would start again
    return image


def _rows_alike(one: Image.Image, other: Image.Image) -> int:
    """The number of rows up to the last one that is equal in both, where the decoder stopped."""
    ours, others = memoryview(one.tobytes()), memoryview(other.tobytes())
    stride = len(ours) // one.height
    rows = one.height
    while (
        rows
        and ours[(rows - 1) * stride : rows * stride]
        != (others[(rows - 1) * stride : rows * stride])
    ):
        rows -= 1
    return rows


def _append_end(image: ImageFile.ImageFile) -> None:
    """Append an end marker to a truncated JPEG."""
    assert image.fp is not None
    read, ends = image.fp.read, [_END_OF_JPEG]

    def read_to_marker(count: int) -> bytes:
        return read(count) or (ends.pop() if ends else b"")

    image.load_read = read_to_marker  # type: ignore[attr-defined]


def _grey_share(image: Image.Image) -> float:
    """The share of the picture that is libjpeg's grey filling at the end, 0 to 1."""
    import numpy as np

    pixels = np.asarray(image)
    pixels = pixels.reshape(image.height, image.width, -1)
    is_grey: npt.NDArray[np.bool_] = np.asarray(
        (np.abs(pixels.astype(np.int16) - _GREY) <= 1).all(axis=2)
    )
    return float(_grey_runs(is_grey).sum()) / is_grey.size


def _grey_runs(is_grey: "npt.NDArray[np.bool_]") -> "npt.NDArray[np.int64]":
    """The number of grey pixels at the right end of each row, from the bottom up to the first row
    without any.
    """
    import numpy as np

    from_right = ~is_grey[::-1, ::-1]
    runs = np.where(from_right.any(axis=1), from_right.argmax(axis=1), is_grey.shape[1])
    return np.where(np.cumsum(runs == 0) == 0, runs, 0)
