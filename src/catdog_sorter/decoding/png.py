"""Rewrites PNG files that Pillow refuses although their pixels are intact.

Their checksums are wrong, their comments or colour profile are too large for Pillow, or Apple's
tools wrote them for iOS: in BGR order, with premultiplied alpha, and without a zlib header. Does
not check the pixels: zlib detects wrong checksums of the pixels themselves.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
START_BYTES = 16
# The chunks that define the pixels and their orientation; all others are left out.
_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"})
_APPLE = b"CgBI"
_LENGTH_AND_KIND = struct.Struct(">I4s")
_SLICE_BYTES, _INFLATE_BYTES = 1 << 16, 1 << 20
_ZLIB_HEADER = b"\x78\x01"


def rewritten(file: IO[bytes]) -> tuple[IO[bytes], bool]:
    """Rewrite the file with pixels and orientation only, and correct checksums.

    Args:
        file: A PNG file.

    Returns:
        The new file, and whether it is of Apple's kind: then call `from_apple` on the decoded
        picture.

    Raises:
        ValueError: Not a PNG, or one of Apple's kind with more pixel data than its size allows.
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
    """Whether a PNG was made for iOS, by its first `START_BYTES` bytes."""
    return start[12:16] == _APPLE


def _chunks(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each chunk; the last may be truncated."""
    while len(head := file.read(_LENGTH_AND_KIND.size)) == _LENGTH_AND_KIND.size:
        length, kind = _LENGTH_AND_KIND.unpack(head)
        yield kind, file.read(length)
        file.read(4)
        if kind == b"IEND":
            return


def _max_inflated_bytes(chunks: list[tuple[bytes, bytes]]) -> int:
    """Return the largest size of the pixel data: 8 bytes a pixel, and one a row of each pass."""
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
    """Restore the colours of the decoded picture of a PNG made for iOS."""
    if image.mode == "RGB":
        blue, green, red = image.split()
        return Image.merge("RGB", (red, green, blue))
    if image.mode == "RGBA":
        blue, green, red, alpha = image.split()
        return Image.merge("RGBa", (red, green, blue, alpha)).convert("RGBA")
    return image
