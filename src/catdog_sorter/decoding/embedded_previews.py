"""Reads the small preview that a camera embeds in a photo, if it can replace the photo.

A preview must have the photo's shape and be large enough. It may still show something else, as an
editor can leave an outdated preview; only decoding the photo would tell.
"""

import io
import struct
from pathlib import Path
from typing import IO

from PIL import ExifTags, Image

from catdog_sorter.decoding.boxes import boxes, only
from catdog_sorter.decoding.image import open_file, orientation, register_heif, to_rgb, upright
from catdog_sorter.photos.formats import FileType, sniff

# Pixels of the longer side. Smaller ones were not measured; no camera writes larger ones there.
_MIN_SIDE, _MAX_SIDE = 160, 1024
# Decoding a smaller photo takes hardly longer than decoding its preview.
_MIN_PIXELS = 4_000_000
_EXIF_START = len(b"Exif\0\0")
_PREVIEW_OFFSET, _PREVIEW_BYTES = 0x0201, 0x0202  # in the second image directory


def read_preview(path: Path) -> Image.Image | None:
    """The preview in a JPEG or HEIC photo, upright and in RGB.

    None if there is none, its shape differs from the photo's (black bars, another crop), it is too
    small, or the preview or the photo is damaged, which `decoding.image` reports. Never raises.
    """
    try:
        with open_file(path) as file:
            kind = sniff(file.read(64))
            file.seek(0)
            photo, preview = _in_heif(file) if kind is FileType.HEIF else _in_exif(file)
            if not _stands_for(preview, photo):
                return None
            preview.load()
            # The decoder rotates a preview in a HEIC file and then reports 1 for the photo.
            return upright(to_rgb(preview), orientation(photo))
    except Exception:  # missing, damaged or hostile: the photo may still be intact
        return None


def _stands_for(preview: Image.Image, photo: Image.Image) -> bool:
    """Whether the shapes are equal up to rounding by a pixel, which excludes black bars."""
    off = abs(preview.width * photo.height - preview.height * photo.width)
    is_alike = off <= max(photo.size)
    is_sized = _MIN_SIDE <= max(preview.size) <= _MAX_SIDE
    return is_alike and is_sized and photo.width * photo.height >= _MIN_PIXELS


def _in_exif(file: IO[bytes]) -> tuple[Image.Image, Image.Image]:
    """A JPEG photo and its EXIF preview, both opened but not decoded. Reads only the head."""
    photo = Image.open(file, formats=("JPEG",))
    directory = photo.getexif().get_ifd(ExifTags.IFD.IFD1)
    start = _EXIF_START + directory[_PREVIEW_OFFSET]
    data = photo.info["exif"][start : start + directory[_PREVIEW_BYTES]]
    return photo, Image.open(io.BytesIO(data), formats=("JPEG",))


# --- HEIC: the decoder returns only the primary picture, so the preview is made primary ---------


def _in_heif(file: IO[bytes]) -> tuple[Image.Image, Image.Image]:
    register_heif()
    content = bytearray(file.read())
    photo = Image.open(io.BytesIO(content), formats=("HEIF",))
    _make_preview_main(content)
    return photo, Image.open(io.BytesIO(content), formats=("HEIF",))


def _make_preview_main(content: bytearray) -> None:
    """Make the preview the primary picture of the file. Raises LookupError if there is none.

    By ISO/IEC 23008-12: the box `pitm` in `meta` has the primary picture's number, and a reference
    `thmb` in `iref` leads from a preview to its picture.
    """
    meta = only(content, 0, len(content), b"meta")
    main_at = only(content, meta[0] + 4, meta[1], b"pitm")[0]
    number = ">I" if content[main_at] else ">H"  # depends on the version, of this box and the next
    main = struct.unpack_from(number, content, main_at + 4)[0]
    references = only(content, meta[0] + 4, meta[1], b"iref")
    size = ">I" if content[references[0]] else ">H"
    for kind, start, end in boxes(content, references[0] + 4, references[1]):
        width = struct.calcsize(size)
        to = [n for (n,) in struct.iter_unpack(size, content[start + width + 2 : end])]
        if kind == b"thmb" and main in to:
            preview = struct.unpack_from(size, content, start)[0]
            struct.pack_into(number, content, main_at + 4, preview)
            content[start - 4 : start] = b"skip"  # it is no longer marked as a preview
            return
    raise LookupError("no preview")
