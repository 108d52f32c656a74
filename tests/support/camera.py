"""JPEG photos as cameras write them: EXIF data first, with a preview in the second directory."""

import struct
from collections.abc import Mapping

from PIL import Image

from tests.support.pictures import encoded

_SHORT, _ASCII, _LONG = 3, 2, 4
_EXIF_IFD, _PREVIEW_OFFSET, _PREVIEW_BYTES = 0x8769, 0x0201, 0x0202
_FIRST = 8
TAKEN = "2024:05:01 10:20:30"
# Make, Model, Orientation, DateTime.
CAMERA: Mapping[int, str | int] = {0x010F: "Maker", 0x0110: "Camera", 0x0112: 1, 0x0132: TAKEN}


def camera_jpeg(
    preview: bytes,
    photo: Image.Image,
    tags: Mapping[int, str | int] = CAMERA,
    more: Mapping[int, str | int] | None = None,
    says: tuple[int, int] | None = None,
    **options: object,
) -> bytes:
    """Return `photo` with these bytes as its preview.

    `tags`: of the first directory. `more`: of the EXIF directory; a camera's usual ones
    if it is None. `says`: offset and length of the preview, if they are to be wrong.
    """
    if more is None:
        more = {0x9003: TAKEN, 0xA002: photo.width, 0xA003: photo.height}
    data = bytearray(b"II*\0" + struct.pack("<I", _FIRST))
    second = len(data) + _size({**tags, _EXIF_IFD: 0})
    data += _directory({**tags, _EXIF_IFD: second}, len(data), second + _size(more))
    data += _directory(more, len(data), 0)
    start = len(data) + _size({_PREVIEW_OFFSET: 0, _PREVIEW_BYTES: 0})
    start, length = says or (start, len(preview))
    data += _directory({_PREVIEW_OFFSET: start, _PREVIEW_BYTES: length}, len(data), 0)
    whole = encoded(photo, "JPEG", exif=b"Exif\0\0" + bytes(data) + preview, **options)
    # The encoder writes a JFIF segment first, which cameras do not.
    return whole[:2] + whole[4 + int.from_bytes(whole[4:6], "big") :]


def _size(tags: Mapping[int, str | int]) -> int:
    texts = [value for value in tags.values() if isinstance(value, str)]
    return 2 + 12 * len(tags) + 4 + sum(len(text) + 1 for text in texts if len(text) > 3)


def _directory(tags: Mapping[int, str | int], at: int, following: int) -> bytes:
    behind = at + 2 + 12 * len(tags) + 4
    entries, texts = b"", b""
    for tag, value in sorted(tags.items()):
        if isinstance(value, int):
            kind = _SHORT if tag == 0x0112 else _LONG
            entries += struct.pack("<HHII", tag, kind, 1, value)
            continue
        text = value.encode() + b"\0"
        entries += struct.pack("<HHI", tag, _ASCII, len(text))
        if len(text) <= 4:
            entries += text.ljust(4, b"\0")
        else:
            entries += struct.pack("<I", behind + len(texts))
            texts += text
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) + texts
