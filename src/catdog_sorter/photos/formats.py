"""Recognises photos and videos by name and by first bytes. Standard library only.

Opens no file.
"""

from enum import Enum

PHOTO_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .pjpeg .jps .insp .mpo .png .apng .webp .avif .avifs .heic .heif .hif "
    ".heics .heifs .tif .tiff .bmp .dib .gif .jxl .jp2 .j2k .j2c .jpc .jpf .jpx".split()
)
RAW_SUFFIXES = frozenset(
    ".3fr .arw .bay .cap .cr2 .cr3 .crw .dcr .dcs .dng .drf .eip .erf .fff .gpr .iiq .k25 .kdc "
    ".mef .mos .mrw .nef .nrw .orf .ori .pef .ptx .pxn .raf .raw .rw2 .rwl .rwz .sr2 .srf .srw "
    ".x3f".split()
)
VIDEO_SUFFIXES = frozenset(".mp4 .m4v .mov .qt .3gp .3g2 .avi .mkv .webm".split())
# Videos that are counted and named. `.ts` and `.mod` are more often something else.
UNSUPPORTED_VIDEO_SUFFIXES = frozenset(
    ".mts .m2ts .mpg .mpeg .m2v .wmv .asf .flv .f4v .vob .ogv .mxf .rm .rmvb .insv".split()
)
# Pictures that are found and then reported as not supported. Drawings and icons are ignored.
UNSUPPORTED_SUFFIXES = {
    ".psd": "Photoshop documents",
    ".psb": "Photoshop documents",
    ".xcf": "GIMP documents",
    ".kra": "Krita documents",
    ".ora": "OpenRaster documents",
    ".afphoto": "Affinity Photo documents",
    ".af": "Affinity documents",
    ".clip": "Clip Studio documents",
    ".pdn": "Paint.NET documents",
    ".pspimage": "PaintShop Pro documents",
    ".pxd": "Pixelmator documents",
    ".exr": "OpenEXR pictures",
    ".jxr": "JPEG XR pictures",
    ".wdp": "JPEG XR pictures",
    ".hdp": "JPEG XR pictures",
    ".jls": "JPEG-LS pictures",
    ".bpg": "BPG pictures",
    ".flif": "FLIF pictures",
    ".qoi": "QOI pictures",
    ".tga": "Targa pictures",
    ".pcx": "PCX pictures",
    ".pbm": "Netpbm pictures",
    ".pgm": "Netpbm pictures",
    ".ppm": "Netpbm pictures",
    ".pnm": "Netpbm pictures",
    ".pcd": "Kodak Photo CD pictures",
    ".fpx": "FlashPix pictures",
    ".pict": "PICT pictures",
    ".pct": "PICT pictures",
}
_UNSUPPORTED_STARTS = {
    b"8BPS": ".psd",
    b"gimp xcf": ".xcf",
    b"v/1\x01": ".exr",
    b"II\xbc\x01": ".jxr",
    b"II\xbc\x00": ".jxr",
    b"\xff\xd8\xff\xf7": ".jls",
    b"BPG\xfb": ".bpg",
    b"FLIF": ".flif",
    b"qoif": ".qoi",
}


# Other files that are often named like photos, by their first bytes in lower case.
_OTHERS = {
    b"version https://git-lfs": "a Git LFS pointer. Run `git lfs pull` to fetch the photo",
    b"<!doctype html": "a web page, a sign of a failed download. Download the photo again",
    b"<html": "a web page, a sign of a failed download. Download the photo again",
    b"<?xml": "an XML file",
    b"<svg": "an SVG drawing",
    b"%pdf": "a PDF document",
    b"%!ps": "a PostScript document",
    b"pk\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"\0\0\1\0": "an icon",
    b"icns": "an icon",
    b"\0\x05\x16\x07": "a note of macOS about another file",
    b"\x1aE\xdf\xa3".lower(): "a video",
}


class FileType(Enum):
    """The format of a file by its first bytes."""

    PICTURE = "picture"
    TIFF = "tiff"
    HEIF = "heif"
    JPEG_XL = "jpeg-xl"
    RAW = "raw"


_JPEG_2000 = (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", *_JPEG_2000)
_JPEG_XL = (b"\0\0\0\x0cJXL \r\n\x87\n", b"\xff\x0a")
_RAWS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM")
_TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_AVIF_BRANDS = frozenset(b"avif avis".split())
_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1 mif2".split())


# In the first bytes of old QuickTime files, which have no `ftyp` box.
_QUICKTIME_BOXES = frozenset((b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
_MATROSKA = b"\x1aE\xdf\xa3"


def video_container(start: bytes) -> str | None:
    """FFmpeg's name for the container of a video by its first bytes (32 are enough)."""
    is_quicktime = start[4:8] == b"ftyp" and sniff(start) is None
    if is_quicktime or start[4:8] in _QUICKTIME_BOXES:
        return "mov"
    if start.startswith(_MATROSKA):
        return "matroska"
    return "avi" if start[:4] == b"RIFF" and start[8:12] == b"AVI " else None


def unsupported(start: bytes, suffix: str = "") -> str | None:
    """The name of an unsupported picture format, by its first bytes, otherwise by its suffix.

    Args:
        start: the first 32 bytes.
        suffix: in lower case, with its dot.

    Returns:
        A plural, "Photoshop documents"; None for all other files.
    """
    for first, known in _UNSUPPORTED_STARTS.items():
        if start.startswith(first):
            return UNSUPPORTED_SUFFIXES[known]
    return None if sniff(start) else UNSUPPORTED_SUFFIXES.get(suffix)


def what_else(start: bytes) -> str | None:
    """A sentence about a file that is known not to be a picture, by its first 64 bytes."""
    if start and not start.strip(b"\0"):
        return "It begins with zeros only, a sign of a failed copy or memory card. Copy it again."
    key = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    what = next((words for sign, words in _OTHERS.items() if key.startswith(sign)), None)
    if video_container(start):
        what = "a video"
    return f"Despite its name, it is {what}." if what else None


def sniff(start: bytes) -> FileType | None:
    """The format of a photo by its first bytes (32 are enough); None if it is not a photo."""
    if start.startswith(_PICTURES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return FileType.PICTURE
    if start.startswith(_JPEG_XL):
        return FileType.JPEG_XL
    if start.startswith(b"BM") and start[6:10] == b"\0\0\0\0":
        return FileType.PICTURE
    if start.startswith(_RAWS) or start[6:14] == b"HEAPCCDR":
        return FileType.RAW
    if start.startswith(_TIFFS) and start[8:10] == b"CR":
        return FileType.RAW
    if start.startswith(_TIFFS):
        return FileType.TIFF
    if start[4:8] == b"ftyp":
        return _iso_media(start)
    return None


def _iso_media(start: bytes) -> FileType | None:
    """Decide by the major brand, then by the compatible brands: AVIF may begin with `mif1`."""
    if start[8:12] == b"crx ":
        return FileType.RAW
    end = min(int.from_bytes(start[:4], "big"), len(start))
    brands = {start[8:12], *(start[at : at + 4] for at in range(16, end, 4))}
    if not brands.isdisjoint(_AVIF_BRANDS):
        return FileType.PICTURE
    return None if brands.isdisjoint(_HEIF_BRANDS) else FileType.HEIF
