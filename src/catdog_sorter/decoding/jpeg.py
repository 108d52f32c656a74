"""Reads the structure of JPEG files: unsupported kinds, and the first rows of a picture."""

import io
from collections.abc import Iterator
from typing import IO, NamedTuple

from PIL import Image

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BASELINE = (0xC0, 0xC1)
_APP2, _MULTI_PICTURE = 0xE2, b"MPF\0"
_SCAN, _ENDS = 0xDA, (0xD9, 0xDA)
SIGNATURE = b"\xff\xd8\xff"
_USUAL_START_BYTES, START_BYTES = 1 << 16, 1 << 18
END = b"\xff\xd9"
_MCU_ROWS = 32  # a multiple of the height of an MCU, whatever the subsampling
# The first rows may be so many times as dense in data as the others.
_DENSEST = 3


class _Segment(NamedTuple):
    """A marker, and where its content begins and ends, including the length field."""

    marker: int
    start: int
    end: int


def _segments(head: bytes | bytearray) -> Iterator[_Segment]:
    """The segments up to and including the header of the first scan."""
    at = 2
    while head[at : at + 1] == b"\xff" and at + 4 <= len(head):
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if marker == 0xFF:  # padding
            at += 1
            continue
        if length < 2:
            return
        yield _Segment(marker, at + 2, at + 2 + length)
        if marker in _ENDS:
            return
        at += 2 + length


def unsupported_kind(start: bytes) -> str | None:
    """The name of an unsupported kind of JPEG, by its first bytes; None if it is supported."""
    for marker, at, _ in _segments(start):
        if marker in _FRAMES and at + 5 <= len(start):
            if start[at + 2] != 8:
                return f"JPEG with {start[at + 2]} bits"
            height = int.from_bytes(start[at + 3 : at + 5], "big")
            return None if height else "JPEG without a height"
    return None


def multi_picture_start(file: IO[bytes]) -> int | None:
    """The base of the offsets in the Multi-Picture data (CIPA DC-007); None if there is none."""
    file.seek(0)
    head = file.read(START_BYTES)
    for marker, start, _ in _segments(head):
        if marker == _APP2 and head[start + 2 : start + 6] == _MULTI_PICTURE:
            return start + 6
    return None


def read_top(file: IO[bytes], rows: int) -> tuple[Image.Image, int] | None:
    """Decode only the first rows of a baseline JPEG, scaled down.

    The header is changed to that height, so that the decoder stops there.

    Args:
        file: The whole JPEG.
        rows: How many, at full size; rounded up.

    Returns:
        The picture and the number of rows at full size; None for other kinds of JPEG, and if the
        header is very long.
    """
    for size_bytes in (_USUAL_START_BYTES, START_BYTES):
        file.seek(0)
        head = bytearray(file.read(size_bytes))
        segments = {segment.marker: segment for segment in _segments(head)}
        if (scan := segments.get(_SCAN)) and scan.end <= len(head):
            break
    else:
        return None
    frame = next((segments[marker] for marker in _BASELINE if marker in segments), None)
    if frame is None:
        return None
    height = int.from_bytes(head[frame.start + 3 : frame.start + 5], "big")
    rows = min(height, -(-rows // _MCU_ROWS) * _MCU_ROWS)
    head[frame.start + 3 : frame.start + 5] = rows.to_bytes(2, "big")
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(len(head))
    wanted = _DENSEST * (size_bytes - scan.end) * rows // height - (len(head) - scan.end)
    data = bytes(head) + (file.read(wanted) if wanted > 0 else b"")
    picture = Image.open(io.BytesIO(data), formats=("JPEG",))
    picture.draft(None, (1, 1))
    picture.load()
    return picture, rows
