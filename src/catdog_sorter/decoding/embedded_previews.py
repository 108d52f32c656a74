"""Reads the small preview that a camera embeds in a photo, if it can replace the photo.

A preview must have the photo's shape, except for black bars, and be large enough. Optionally, only
photos without traces of an editor count, whose first rows look like the preview. An editor that
leaves no trace, keeps the shape and changes only lower rows is not noticed.
"""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from PIL import ExifTags, Image, ImageStat

from catdog_sorter.decoding import jpeg
from catdog_sorter.decoding.boxes import boxes, only
from catdog_sorter.decoding.image import open_file, orientation, register_heif, to_rgb, upright
from catdog_sorter.photos.capture import are_one_moment
from catdog_sorter.photos.formats import FileType, sniff

# Pixels of the longer side. Smaller ones were not measured; larger ones are decoded scaled down.
_MIN_SIDE, _ENOUGH_SIDE, _MAX_SIDE = 160, 320, 2048
_MAX_BYTES = 4 << 20
# Decoding a smaller photo takes hardly longer than classifying its preview.
_MIN_PIXELS = 2_000_000
_EXIF_START = len(b"Exif\0\0")
_PREVIEW_OFFSET, _PREVIEW_BYTES = 0x0201, 0x0202  # in the second image directory
_MP_ENTRIES, _MP_PREVIEW = 0xB002, "Large Thumbnail"  # of CIPA DC-007, as Pillow calls them
# Pixels of a black bar, and how bright compression may make it.
_MIN_BAR = 3
_MAX_BAR, _MAX_BAR_MEAN = 96, 24
_END_BYTES = 1 << 12
# The first rows are a 50th of the photo, compared in 16 cells; the highest difference of a cell's
# colour, and the highest mean difference, of 255.
_TOP_SHARE, _TOP_CELLS = 50, (16, 1)
_MAX_CELL_OFF, _MAX_MEAN_OFF = 48, 12
_MAKE, _MODEL, _SOFTWARE, _PROCESSOR = 0x010F, 0x0110, 0x0131, 0x000B
_CHANGED_AT, _TAKEN_AT, _WIDTH, _HEIGHT = 0x0132, 0x9003, 0xA002, 0xA003
# Names of editors in Software and ProcessingSoftware, where cameras name their firmware.
_EDITORS = (
    "acdsee", "adobe", "affinity", "apple photos", "aurora", "befunky", "canva", "capture one",
    "capture nx", "corel", "darktable", "digikam", "digital photo pro", "dxo", "facetune",
    "faststone", "fotor", "gimp", "google", "gthumb", "gwenview", "hugin", "imagemagick",
    "inkscape", "instagram", "irfanview", "krita", "lightroom", "luminar", "meitu", "microsoft",
    "nikon transfer", "nx studio", "on1 photo", "paint", "photo editor", "photodirector",
    "photofiltre", "photoscape", "photoshop", "picasa", "picsart", "pixelmator", "pixlr",
    "polarr", "rawtherapee", "shotwell", "snapseed", "topaz", "viewnx", "vsco", "windows",
    "xnview", "zoner",
)  # fmt: skip
# XMP that only editors write.
_EDITS = (
    b"History", b"DerivedFrom", b"photoshop:", b"crs:", b"darktable:", b"digiKam:", b"GIMP",
    b"Lightroom", b"Snapseed", b"AdjustmentsSettings",
)  # fmt: skip


class _Found(NamedTuple):
    """A photo and its preview, both opened but not decoded, and the photo's file."""

    photo: Image.Image
    preview: Image.Image
    file: IO[bytes]


def read_preview(path: Path, unedited_only: bool = False) -> Image.Image | None:
    """The preview in a JPEG or HEIC photo, upright and in RGB, without black bars.

    None if there is none, its shape differs from the photo's, it is too small, or the preview or
    the photo is damaged, which `decoding.image` reports. Never raises.

    Args:
        path: The photo.
        unedited_only: Also return None if an editor left traces, or if the first rows of a JPEG
            photo differ from the preview.
    """
    try:
        with open_file(path) as file:
            kind = sniff(file.read(64))
            file.seek(0)
            is_heif = kind is FileType.HEIF
            found = _in_heif(file) if is_heif else _in_jpeg(file)
            photo = found.photo
            if photo.width * photo.height < _MIN_PIXELS or not _is_sized(found.preview):
                return None
            if unedited_only and not _is_from_camera(photo):
                return None
            found.preview.draft(None, _enough(found.preview.size))
            found.preview.load()
            whole = to_rgb(found.preview)
            preview = inside_bars(whole, photo.size)
            if preview is None or max(preview.size) < _MIN_SIDE:
                return None
            if unedited_only and not is_heif and not (_is_whole(file) and _shows_top(found, whole)):
                return None
            # The decoder rotates a preview in a HEIC file and then reports 1 for the photo.
            return upright(preview, orientation(photo))
    except Exception:  # missing, damaged or hostile: the photo may still be intact
        return None


def _is_sized(preview: Image.Image) -> bool:
    is_plain = "progressive" not in preview.info  # otherwise its scans could take very long
    return is_plain and _MIN_SIDE <= max(preview.size) <= _MAX_SIDE


def _enough(size: tuple[int, int]) -> tuple[int, int]:
    longer = max(size)
    return size[0] * _ENOUGH_SIDE // longer, size[1] * _ENOUGH_SIDE // longer


def inside_bars(preview: Image.Image, size: tuple[int, int]) -> Image.Image | None:
    """The part of a preview, in RGB, without the black bars for a photo of this size.

    Cameras add the bars if their sensor has another shape than the preview. None if they are not
    black: an editor that crops may leave the old preview.
    """
    left, top = _bars(preview.size, size)
    if not left and not top:
        return preview
    if max(left, top) < _MIN_BAR:
        return None
    width, height = preview.size
    edge_x, edge_y = round(left), round(top)
    if left:
        bars = (0, 0, edge_x - 1, height), (width - edge_x + 1, 0, width, height)
    else:
        bars = (0, 0, width, edge_y - 1), (0, height - edge_y + 1, width, height)
    if not all(_is_black(preview, bar) for bar in bars):
        return None
    # One pixel less, because compression blurs the edge of a bar.
    x, y = (edge_x + 1 if left else 0), (edge_y + 1 if top else 0)
    return preview.crop((x, y, width - x, height - y))


def _bars(of: tuple[int, int], size: tuple[int, int]) -> tuple[float, float]:
    """Width of a bar at the left and height of one at the top, in a preview `of` this size."""
    (width, height), (of_width, of_height) = of, size
    if abs(width * of_height - height * of_width) <= max(size):  # but for rounding by a pixel
        return 0.0, 0.0
    shown = min(width / of_width, height / of_height)
    left, top = (width - of_width * shown) / 2, (height - of_height * shown) / 2
    return (left, 0.0) if left > top else (0.0, top)


def _is_black(preview: Image.Image, box: tuple[int, int, int, int]) -> bool:
    statistics = ImageStat.Stat(preview.crop(box).convert("L"))
    return statistics.extrema[0][1] <= _MAX_BAR and statistics.mean[0] <= _MAX_BAR_MEAN


def _is_from_camera(photo: Image.Image) -> bool:
    """Whether the file names a camera and has no trace of an editor."""
    if {"jfif", "adobe", "photoshop"} & set(photo.info):  # cameras write EXIF data first
        return False
    if "progressive" in photo.info:
        return False
    tags = photo.getexif()
    more = tags.get_ifd(ExifTags.IFD.Exif)
    if not (tags.get(_MAKE) and tags.get(_MODEL)):
        return False
    signed = f"{tags.get(_SOFTWARE, '')} {tags.get(_PROCESSOR, '')}".lower()
    if any(editor in signed for editor in _EDITORS):
        return False
    taken, changed = more.get(_TAKEN_AT), tags.get(_CHANGED_AT)
    if taken and changed and not are_one_moment(str(taken), str(changed)):
        return False
    width, height = more.get(_WIDTH), more.get(_HEIGHT)
    if width and height and {width, height} != set(photo.size):
        return False
    xmp = photo.info.get("xmp", b"")
    return not any(edit in bytes(xmp) for edit in _EDITS)


def _is_whole(file: IO[bytes]) -> bool:
    """Whether a JPEG file has its end marker, perhaps followed by more."""
    file.seek(max(0, file.seek(0, io.SEEK_END) - _END_BYTES))
    return jpeg.END in file.read()


def _shows_top(found: _Found, preview: Image.Image) -> bool:
    """Whether the preview looks like the first rows of the photo; decodes only these."""
    height = found.photo.height
    rows = jpeg.read_top(found.file, height // _TOP_SHARE)
    if rows is None:
        return False
    top, of_rows = rows
    share = of_rows / height
    small = to_rgb(top).resize(_TOP_CELLS, Image.Resampling.BOX)
    x, y = _bars(preview.size, found.photo.size)
    box = (x, y, preview.width - x, y + (preview.height - 2 * y) * share)
    other = preview.resize(_TOP_CELLS, Image.Resampling.BOX, box=box)
    off = [abs(a - b) for a, b in zip(small.tobytes(), other.tobytes(), strict=True)]
    return max(off) <= _MAX_CELL_OFF and sum(off) <= _MAX_MEAN_OFF * len(off)


# --- JPEG: in the EXIF data, or behind the photo -----------------------------------------------


def _in_jpeg(file: IO[bytes]) -> _Found:
    """The preview in the EXIF data, or else the larger one behind the photo.

    Only the head of the file is read, and that preview.
    """
    photo = Image.open(file, formats=("JPEG",))
    attempts: tuple[Callable[[Image.Image, IO[bytes]], bytes], ...] = (_exif_data, _mp_data)
    for attempt in attempts:
        try:
            preview = Image.open(io.BytesIO(attempt(photo, file)), formats=("JPEG",))
        except (LookupError, OSError, AttributeError, TypeError, ValueError):
            continue
        if _is_sized(preview):
            return _Found(photo, preview, file)
    raise LookupError("no preview")


def _exif_data(photo: Image.Image, file: IO[bytes]) -> bytes:
    directory = photo.getexif().get_ifd(ExifTags.IFD.IFD1)
    start = _EXIF_START + directory[_PREVIEW_OFFSET]
    data: bytes = photo.info["exif"][start : start + directory[_PREVIEW_BYTES]]
    return data


def _mp_data(photo: Image.Image, file: IO[bytes]) -> bytes:
    """By CIPA DC-007, "Multi-Picture Format"."""
    start = jpeg.multi_picture_start(file)
    for entry in photo.mpinfo[_MP_ENTRIES]:  # type: ignore[attr-defined]
        is_preview = str(entry["Attribute"]["MPType"]).startswith(_MP_PREVIEW)
        if start is not None and is_preview and entry["Size"] <= _MAX_BYTES:
            file.seek(start + entry["DataOffset"])
            return file.read(entry["Size"])
    raise LookupError("no preview")


# --- HEIC: the decoder returns only the primary picture, so the preview is made primary ---------


def _in_heif(file: IO[bytes]) -> _Found:
    register_heif()
    content = bytearray(file.read())
    photo = Image.open(io.BytesIO(content), formats=("HEIF",))
    _make_preview_main(content)
    return _Found(photo, Image.open(io.BytesIO(content), formats=("HEIF",)), file)


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
