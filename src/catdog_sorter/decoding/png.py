"""Rewrites PNG files that Pillow refuses although their pixels are whole.

Their checksums are wrong, their comments or colour profile are too large for Pillow, or Apple's
tools made them for iOS: blue before red, colours multiplied by opacity, and no zlib frame around
the data. Decides nothing about pixels: a wrong checksum of the pixels themselves is zlib's to find.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
START_BYTES = 16
# What decides about the pixels and which way up they are; all else is left out.
_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"})
_APPLE = b"CgBI"
_LENGTH_AND_KIND = struct.Struct(">I4s")
_SLICE_BYTES, _INFLATE_BYTES = 1 << 16, 1 << 20
_ZLIB_HEADER = b"\x78\x01"


def rewritten(file: IO[bytes]) -> tuple[IO[bytes], bool]:
    """The file with its pixels and orientation only, every checksum right.

    Args:
        file: a PNG file.

    Returns:
        The new file, and whether it is of Apple's kind: `from_apple` is then to be called on the
        decoded picture.

    Raises:
        ValueError: no PNG, or one of Apple's kind with more pixels than its size says.
    """
    file.seek(0)
    if file.read(len(SIGNATURE)) != SIGNATURE:
        raise ValueError("no PNG")
    chunks = list(_chunks(file))
    is_apple = any(kind == _APPLE for kind, _ in chunks)
    if is_apple:
        data = b"".join(content for kind, content in chunks if kind == b"IDAT")
        framed = _ZLIB_HEADER + data + _checksum_of_inflated(data, _max_inflated_bytes(chunks))
        chunks = [item for item in chunks if item[0] not in (b"IDAT", b"IEND")]
        chunks += [(b"IDAT", framed), (b"IEND", b"")]
    result = io.BytesIO()
    result.write(SIGNATURE)
    for kind, content in chunks:
        if kind in _KEPT:
            checksum = zlib.crc32(content, zlib.crc32(kind))
            result.write(_LENGTH_AND_KIND.pack(len(content), kind))
            result.write(content)
            result.write(struct.pack(">I", checksum))
    result.seek(0)
    return result, is_apple


def is_apple_kind(start: bytes) -> bool:
    """Whether a PNG that begins so (`START_BYTES`) was made for iOS."""
    return start[12:16] == _APPLE


def _chunks(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk; the last may be cut off."""
    while len(head := file.read(_LENGTH_AND_KIND.size)) == _LENGTH_AND_KIND.size:
        length, kind = _LENGTH_AND_KIND.unpack(head)
        yield kind, file.read(length)
        file.read(4)
        if kind == b"IEND":
            return


def _max_inflated_bytes(chunks: list[tuple[bytes, bytes]]) -> int:
    """What the pixels take at most: 8 bytes each, and one more for each row of each pass."""
    header = next((content for kind, content in chunks if kind == b"IHDR"), b"")
    if len(header) < 8:
        raise ValueError("no size")
    width, height = struct.unpack_from(">II", header)
    return int((8 * width + 1) * height + 2 * (width + height) + 64)


def _checksum_of_inflated(data: bytes, max_bytes: int) -> bytes:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    checksum, total = zlib.adler32(b""), 0
    for start in range(0, len(data), _SLICE_BYTES):
        rest = data[start : start + _SLICE_BYTES]
        while rest and not inflating.eof:
            piece = inflating.decompress(rest, _INFLATE_BYTES)
            rest = inflating.unconsumed_tail
            checksum, total = zlib.adler32(piece, checksum), total + len(piece)
            if total > max_bytes:
                raise ValueError("its pixels take more room than its size allows")
    return struct.pack(">I", checksum)


def from_apple(image: Image.Image) -> Image.Image:
    """The decoded picture of a PNG made for iOS in its true colours."""
    if image.mode == "RGB":
        blue, green, red = image.split()
        return Image.merge("RGB", (red, green, blue))
    if image.mode == "RGBA":
        blue, green, red, alpha = image.split()
        return Image.merge("RGBa", (red, green, blue, alpha)).convert("RGBA")
    return image
