"""Writes small TIFF and camera RAW (DNG) files that no installed library can write.

The tags are those of TIFF 6.0 and of Adobe's DNG specification 1.4.
"""

import struct
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.support.pictures import ORIENTATION, encoded

BYTE, ASCII, SHORT, LONG, RATIONAL, SIGNED_RATIONAL = 1, 2, 3, 4, 5, 10
_ITEM = {BYTE: "B", ASCII: "B", SHORT: "H", LONG: "I"}
_HEADER = struct.pack("<2sHI", b"II", 42, 8)

Entry = tuple[int, int, Iterable[int]]


def tiff16(rgb: npt.NDArray[np.uint16]) -> bytes:
    """An uncompressed TIFF of 16 bits a channel; `rgb`: uint16 (H, W, 3)."""
    height, width = rgb.shape[:2]
    pixels = rgb.astype("<u2").tobytes()

    def directory(at: int) -> list[Entry]:
        return [*_picture(width, height, 1, 2, at, len(pixels)), (258, SHORT, [16] * 3)]

    start = 8 + len(_ifd(directory(0), 8))
    return _HEADER + _ifd(directory(start), 8) + pixels


def dng(
    stored: Image.Image, orientation: int = 1, preview: Image.Image | bytes | None = None
) -> bytes:
    """A RAW file with the sensor data `stored`; `preview` is a picture, or bytes of a JPEG."""
    width, height = stored.size
    sensor = _mosaic(stored)
    jpeg = encoded(preview, "JPEG", quality=95) if isinstance(preview, Image.Image) else preview

    def main(at: int) -> list[Entry]:
        return [
            *_picture(width, height, 1, 32803, at, len(sensor)),
            (254, LONG, [0]),
            (258, SHORT, [16]),
            (277, SHORT, [1]),
            (33421, SHORT, [2, 2]),
            (33422, BYTE, [0, 1, 1, 2]),  # red, green / green, blue
            (50714, LONG, [0]),
            (50717, LONG, [65535]),
        ]

    camera: list[Entry] = [
        (271, ASCII, b"Drawn\0"),
        (272, ASCII, b"Test Camera\0"),
        (ORIENTATION, SHORT, [orientation]),
        (50706, BYTE, [1, 4, 0, 0]),
        (50707, BYTE, [1, 1, 0, 0]),
        (50708, ASCII, b"Test Camera\0"),
        (50721, SIGNED_RATIONAL, [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        (50728, RATIONAL, [1, 1, 1]),
        (50778, SHORT, [21]),
    ]
    if jpeg is None:
        start = 8 + len(_ifd(camera + main(0), 8))
        return _HEADER + _ifd(camera + main(start), 8) + sensor
    shown = preview.size if isinstance(preview, Image.Image) else (width, height)

    def first(sub: int, at: int) -> list[Entry]:
        return [
            *camera,
            *_picture(*shown, 7, 6, at, len(jpeg)),
            (254, LONG, [1]),
            (258, SHORT, [8] * 3),
            (330, LONG, [sub]),
        ]

    second = 8 + len(_ifd(first(0, 0), 8))
    third = second + len(_ifd(main(0), second))
    last = third + len(jpeg)
    return _HEADER + _ifd(first(second, third), 8) + _ifd(main(last), second) + jpeg + sensor


def _picture(
    width: int, height: int, compression: int, colours: int, at: int, size: int
) -> list[Entry]:
    return [
        (256, LONG, [width]),
        (257, LONG, [height]),
        (259, SHORT, [compression]),
        (262, SHORT, [colours]),
        (273, LONG, [at]),
        (277, SHORT, [3]),
        (278, LONG, [height]),
        (279, LONG, [size]),
    ]


def _mosaic(picture: Image.Image) -> bytes:
    """The data of a sensor with a red, green / green, blue filter: 16 bits a pixel."""
    rgb = np.asarray(picture.convert("RGB")).astype("<u2") * 257
    seen = rgb[..., 1].copy()
    seen[0::2, 0::2] = rgb[0::2, 0::2, 0]
    seen[1::2, 1::2] = rgb[1::2, 1::2, 2]
    return seen.tobytes()


def _ifd(entries: list[Entry], at: int) -> bytes:
    """An image file directory for the offset `at`, with values longer than 4 bytes after it.

    Of two entries for the same tag the later counts.
    """
    latest = {tag: (kind, list(values)) for tag, kind, values in entries}
    out, extra = struct.pack("<H", len(latest)), b""
    behind = at + 2 + 12 * len(latest) + 4
    for tag, (kind, values) in sorted(latest.items()):
        if kind in (RATIONAL, SIGNED_RATIONAL):
            raw = b"".join(struct.pack("<ii", value, 1) for value in values)
        else:
            raw = struct.pack(f"<{len(values)}{_ITEM[kind]}", *values)
        if len(raw) <= 4:
            field = raw.ljust(4, b"\0")
        else:
            field = struct.pack("<I", behind + len(extra))
            extra += raw + b"\0" * (len(raw) % 2)
        out += struct.pack("<HHI", tag, kind, len(values)) + field
    return out + struct.pack("<I", 0) + extra
