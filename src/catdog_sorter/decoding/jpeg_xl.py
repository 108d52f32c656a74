"""Reads JPEG XL by the extra `formats`. Loads numpy, only for such files."""

from PIL import Image

from catdog_sorter.decoding.boxes import boxes

_CODESTREAM = b"\xff\x0a"
_START_BYTES = 16  # more than the header with the size needs
# Width by height for each ratio that a header may give instead of a width.
_RATIOS = ((0, 1), (1, 1), (6, 5), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_SIZE_BITS = (9, 13, 18, 30)


class _Bits:
    """Reads integers of a given number of bits, least significant bit first."""

    def __init__(self, content: bytes) -> None:
        self._rest = int.from_bytes(content, "little")

    def read(self, count: int) -> int:
        value = self._rest & ((1 << count) - 1)
        self._rest >>= count
        return value


def read_size(content: bytes) -> tuple[int, int]:
    """Width and height as stored, by ISO/IEC 18181-1. Raises ValueError if there are none."""
    bits = _Bits(_codestream(content)[len(_CODESTREAM) :])
    is_small = bits.read(1)

    def side() -> int:
        if is_small:
            return (bits.read(5) + 1) * 8
        return bits.read(_SIZE_BITS[bits.read(2)]) + 1

    height = side()
    ratio = bits.read(3)
    across, down = _RATIOS[ratio]
    return (height * across // down if ratio else side()), height


def _codestream(content: bytes) -> bytes:
    """The first bytes of the codestream, which may be in a container."""
    if content.startswith(_CODESTREAM):
        return content[:_START_BYTES]
    for kind, start, end in boxes(content, 0, len(content)):
        first = start + (4 if kind == b"jxlp" else 0)  # after the index of this part
        if kind in (b"jxlc", b"jxlp") and content[first:end].startswith(_CODESTREAM):
            return content[first : min(end, first + _START_BYTES)]
    raise ValueError("no JPEG XL data")


def read(content: bytes) -> Image.Image:
    """The first picture, upright, in 8 bits.

    Raises:
        ImportError: The extra is not installed.
        Exception: Of any other type, for damaged content.
    """
    import numpy as np
    from imagecodecs import jpegxl_decode

    samples = np.atleast_3d(jpegxl_decode(content, index=0, numthreads=1))
    if samples.dtype.kind == "f":
        samples = (np.nan_to_num(samples).clip(0, 1) * 255).astype(np.uint8)
    elif samples.dtype.itemsize > 1:
        samples = (samples >> (8 * (samples.dtype.itemsize - 1))).astype(np.uint8)
    mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[min(samples.shape[2], 4)]
    samples = np.ascontiguousarray(samples[..., : len(mode)])
    return Image.fromarray(samples[..., 0] if mode == "L" else samples)
