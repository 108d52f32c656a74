"""Reads and writes the boxes of ISO media files (HEIF, JPEG XL, JPEG 2000, MP4).

Standard library only; does not interpret the content of boxes.
"""

import struct
from collections.abc import Iterator

Content = bytes | bytearray


def boxes(content: Content, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each box, and the start and end of its content."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1 and start + 16 <= end:
            (size,) = struct.unpack_from(">Q", content, start + 8)
            head = 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            return
        yield kind, start + head, start + size
        start += size


def only(content: Content, start: int, end: int, kind: bytes) -> tuple[int, int]:
    """Start and end of the content of the first box of this kind. Raises LookupError."""
    for found, first, last in boxes(content, start, end):
        if found == kind:
            return first, last
    raise LookupError(kind)


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box with these parts as its content."""
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with version and flags before its content."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)
