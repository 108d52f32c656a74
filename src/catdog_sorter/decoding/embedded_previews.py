"""Reads the small preview that a camera put into its photo, where it can stand for the photo.

Decides which previews can: those of the photo's own shape, and large enough. Whether one shows what
the photo shows is unknown until that is decoded; an editor may have left an old preview.
"""

import io
import struct
from pathlib import Path
from typing import IO

from PIL import ExifTags, Image

from catdog_sorter.decoding.boxes import boxes, only
from catdog_sorter.decoding.image import open_file, orientation, register_heif, to_rgb, upright
from catdog_sorter.photos.formats import FileType, sniff

# Of the longer side. Smaller ones were not measured; no camera writes larger ones there.
_MIN_SIDE, _MAX_SIDE = 160, 1024
# A smaller photo is decoded in little more time than its preview takes to be looked at.
_MIN_PIXELS = 4_000_000
_EXIF_START = len(b"Exif\0\0")
_PREVIEW_OFFSET, _PREVIEW_BYTES = 0x0201, 0x0202  # in the second image directory


def read_preview(path: Path) -> Image.Image | None:
    """The preview in a JPEG or HEIC photo, upright and in RGB.

    None where there is none, it has not the photo's shape (black bars, another crop), it is too
    small, or anything is wrong with it or the photo, which `decoding.image` reports. Never raises.
    """
    try:
        with open_file(path) as file:
            kind = sniff(file.read(64))
            file.seek(0)
            photo, preview = _in_heif(file) if kind is FileType.HEIF else _in_exif(file)
            if not _stands_for(preview, photo):
                return None
            preview.load()
            # A preview in a HEIC file is turned by its decoder, and its photo says 1 then.
            return upright(to_rgb(preview), orientation(photo))
    except Exception:  # none there, damaged or hostile: the photo may still be whole
        return None


def _stands_for(preview: Image.Image, photo: Image.Image) -> bool:
    """Whether the shape is the same, but for rounding by a pixel, which leaves bars no room."""
    off = abs(preview.width * photo.height - preview.height * photo.width)
    is_alike = off <= max(photo.size)
    is_sized = _MIN_SIDE <= max(preview.size) <= _MAX_SIDE
    return is_alike and is_sized and photo.width * photo.height >= _MIN_PIXELS


def _in_exif(file: IO[bytes]) -> tuple[Image.Image, Image.Image]:
    """A JPEG photo and the preview in its EXIF data, both only opened. Only its head is read."""
    photo = Image.open(file, formats=("JPEG",))
    directory = photo.getexif().get_ifd(ExifTags.IFD.IFD1)
    start = _EXIF_START + directory[_PREVIEW_OFFSET]
    data = photo.info["exif"][start : start + directory[_PREVIEW_BYTES]]
    return photo, Image.open(io.BytesIO(data), formats=("JPEG",))


# --- HEIC: the decoder gives the main picture only, so the preview is made that ----------------


def _in_heif(file: IO[bytes]) -> tuple[Image.Image, Image.Image]:
    register_heif()
    content = bytearray(file.read())
    photo = Image.open(io.BytesIO(content), formats=("HEIF",))
    _make_preview_main(content)
    return photo, Image.open(io.BytesIO(content), formats=("HEIF",))


def _make_preview_main(content: bytearray) -> None:
    """Let the file name its preview as its main picture. Raises LookupError where there is none.

    By ISO/IEC 23008-12: the box `pitm` in `meta` has the main picture's number, and a reference
    `thmb` in `iref` leads from a preview to its picture.
    """
    meta = only(content, 0, len(content), b"meta")
    main_at = only(content, meta[0] + 4, meta[1], b"pitm")[0]
    number = ">I" if content[main_at] else ">H"  # by the version, of this box and the next alike
    main = struct.unpack_from(number, content, main_at + 4)[0]
    references = only(content, meta[0] + 4, meta[1], b"iref")
    size = ">I" if content[references[0]] else ">H"
    for kind, start, end in boxes(content, references[0] + 4, references[1]):
        width = struct.calcsize(size)
        to = [n for (n,) in struct.iter_unpack(size, content[start + width + 2 : end])]
        if kind == b"thmb" and main in to:
            preview = struct.unpack_from(size, content, start)[0]
            struct.pack_into(number, content, main_at + 4, preview)
            content[start - 4 : start] = b"skip"  # it is nobody's preview now
            return
    raise LookupError("no preview")
