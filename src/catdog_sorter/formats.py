"""Which files are photos, by name and by first bytes. Standard library only; opens nothing."""

from enum import Enum

PHOTO_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .mpo .png .apng .webp .avif .heic .heif .hif .tif .tiff .bmp .dib "
    ".gif".split()
)
RAW_SUFFIXES = frozenset(
    ".3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .iiq .kdc .mef .mos .mrw .nef .nrw .orf .pef "
    ".raf .raw .rw2 .rwl .sr2 .srf .srw .x3f".split()
)


class Kind(Enum):
    """What a file's first bytes say it is."""

    PICTURE = "picture"
    TIFF = "tiff"
    HEIF = "heif"
    RAW = "raw"


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_RAWS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM")
_TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_AVIF_BRANDS = (b"avif", b"avis")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"mif2")


def sniff(start: bytes) -> Kind | None:
    """Return what a file that begins with `start` (32 bytes are enough) is, None for no photo."""
    if start.startswith(_PICTURES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return Kind.PICTURE
    if start.startswith(b"BM") and start[6:10] == b"\0\0\0\0":
        return Kind.PICTURE
    if start.startswith(_RAWS) or (start[8:10] == b"CR" and start.startswith(_TIFFS)):
        return Kind.RAW
    if start.startswith(_TIFFS):
        return Kind.TIFF
    if start[4:8] == b"ftyp":
        return _iso_media(start[8:12])
    return None


def _iso_media(brand: bytes) -> Kind | None:
    if brand in _AVIF_BRANDS:
        return Kind.PICTURE
    if brand in _HEIF_BRANDS:
        return Kind.HEIF
    return Kind.RAW if brand == b"crx " else None
