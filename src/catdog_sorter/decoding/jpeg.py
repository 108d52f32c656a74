"""Reads the structure of JPEG files: unsupported kinds, and the first rows of a picture."""

import io
from collections.abc import Iterator
from typing import IO, NamedTuple

from PIL import Image

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BASELINE, _PROGRESSIVE = (0xC0, 0xC1), 0xC2
_RESTART_INTERVAL = 0xDD
_APP2, _MULTI_PICTURE = 0xE2, b"MPF\0"
_MARKER, _SCAN, _END, _ENDS = 0xFF, 0xDA, 0xD9, (0xD9, 0xDA)
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


# --- Progressive JPEG at an eighth of its size ---------------------------------------------------


def without_details(content: bytes) -> bytes | None:
    """Drop the scans of a progressive JPEG that change nothing at an eighth of its size.

    At that size each pixel is the mean of a block (its DC coefficient), for the brightness and for
    each colour that is not subsampled. The scans of their other coefficients are most of the data.
    One short scan replaces them and sets these coefficients to zero; without it libjpeg would
    estimate them.

    Returns:
        The smaller JPEG; None for other kinds of JPEG, with restart markers, and if the end is
        missing.
    """
    try:
        return b"".join((content[:2], *_coarse_parts(content), END))
    except (LookupError, ValueError):  # another kind, cut off or damaged
        return None


def _coarse_parts(content: bytes) -> Iterator[bytes]:
    """Yield the segments that are kept, without the first and the last marker.

    Raises LookupError or ValueError for another kind of JPEG.
    """
    full_size, blocks, at = set[int](), 0, 2
    while content[at] == _MARKER:
        marker, start = content[at + 1], at + 2
        end = start + int.from_bytes(content[start : start + 2], "big")
        is_kept = True
        if marker == _RESTART_INTERVAL or marker in _FRAMES - {_PROGRESSIVE}:
            raise ValueError("another kind")
        if marker == _PROGRESSIVE:
            full_size, blocks = _at_full_size(content[start:end])
        elif marker == _SCAN:
            behind = start + 3 + 2 * content[start + 2]
            is_kept = not (content[behind] and set(content[start + 3 : behind : 2]) <= full_size)
            end = _end_of_scan(content, end)
        elif marker == _END:
            yield from (_zeros(component, blocks) for component in sorted(full_size))
            return
        if is_kept:
            yield content[at:end]
        at = end
    raise ValueError("no marker")


def _at_full_size(frame: bytes) -> tuple[set[int], int]:
    """Return the components of a frame that are not subsampled, and how many blocks each has."""
    height, width = int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[5:7], "big")
    sampling = dict(zip(frame[8::3], frame[9::3], strict=False))
    across = max(each >> 4 for each in sampling.values())
    down = max(each & 15 for each in sampling.values())
    full_size = {name for name, each in sampling.items() if each == across << 4 | down}
    return full_size, -(-width // 8) * -(-height // 8)


def _end_of_scan(content: bytes, at: int) -> int:
    """Return the offset of the next marker, after entropy-coded data."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            return len(content)
        if content[at + 1 : at + 2] != b"\0":
            return at
        at += 2


def _zeros(component: int, blocks: int) -> bytes:
    """Write a scan in which all coefficients but the mean are zero: runs of 32,767 empty blocks.

    The Huffman table has one symbol, EOB14, with the code 0; 14 bits are the length of the run.
    """
    bits = ("0" + "1" * 14) * -(-blocks // 32_767)
    bits += "1" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    table = b"\xff\xc4" + (20).to_bytes(2, "big") + b"\x10\1" + bytes(15) + b"\xe0"
    return table + b"\xff\xda\0\x08\1" + bytes((component, 0, 1, 63, 0)) + data
