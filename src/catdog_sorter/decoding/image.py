"""Reads one photo, whatever its format, into upright RGB pixels.

Judges a file by its content. Knows no models; never writes. Loads numpy only where numbers are
asked for, and for the few photos that Pillow alone cannot bring to RGB.
"""

import errno
import io
import logging
import os
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from PIL import Image, UnidentifiedImageError

from catdog_sorter.photos.formats import RAW_SUFFIXES, Kind, sniff

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import rawpy

    Pixels = npt.NDArray[np.uint8]

# A decoder for anything else is a door for hostile files and helps nobody.
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF")
_HEIF_FORMATS = ("HEIF", "AVIF")
_MEGAPIXEL = 1_000_000
_MOST_PIXELS = 128 * _MEGAPIXEL
# Baseline JPEG is decoded scaled down, so that a phone's 200-megapixel photo costs little memory.
_MOST_JPEG_PIXELS = 300 * _MEGAPIXEL
# A picture above this is made smaller before anything else is done: what follows takes less memory,
# and it can be sent as it is, so that nobody needs to decode it again to look at parts of it.
LARGE_PIXELS = 600_000
# Some decoders read the whole file first, and a file without content can claim any size.
_MOST_BYTES = 1 << 30
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION_OF_LIBRAW_FLIP = {1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}

_NO_PICTURE = "Its content is no picture in a format this program reads, whatever its name says."
_BAD_START = "The picture is damaged or cut off: only its first bytes make sense."
_BAD_RAW = (
    "This camera RAW file is damaged, or from a camera too new for the decoder. "
    "`pip install --upgrade rawpy` may help."
)

Image.MAX_IMAGE_PIXELS = None  # the limits above are checked instead
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
logging.getLogger("PIL").addHandler(logging.NullHandler())


class UnreadablePhoto(Exception):
    """This file gives no picture; `str(error)` is a sentence for the person."""


def read_photo(path: Path, min_side: int) -> "Pixels":
    """The picture of `read_image` as uint8 (H, W, 3). Raises what that does."""
    import numpy as np

    with _told():
        return np.asarray(read_image(path, min_side))


def read_image(
    path: Path, min_side: int, content: bytes | None = None, most_pixels: int | None = None
) -> Image.Image:
    """Return the photo upright, in RGB, transparency shown over white.

    It is smaller than in the file by a whole number, as long as the shorter side keeps `min_side`
    pixels: formats that can be decoded scaled down are, and any other picture above 0.6 megapixels
    is made so. Of an animation this is the first frame; of a camera RAW file the embedded preview,
    or the developed photo where the preview is smaller than that. `content`: the bytes of a photo
    that lies on no disk; of `path` only the suffix counts then. `most_pixels`: refuse what says it
    has more, where that is stricter than the limits that keep memory safe. Raises UnreadablePhoto,
    and nothing else, when the file gives no picture.
    """
    with _told(), open_file(path) if content is None else io.BytesIO(content) as file:
        return _read(file, path.suffix.lower(), min_side, most_pixels)


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong becomes a sentence for the person."""
    try:
        yield
    except UnreadablePhoto:
        raise
    except OSError as error:
        raise UnreadablePhoto(_why(error)) from error
    except MemoryError as error:
        raise UnreadablePhoto("Too little memory to decode it.") from error
    except Exception as error:  # a decoder may raise anything on damaged content
        raise UnreadablePhoto(_damaged(error)) from error


def open_file(path: Path) -> IO[bytes]:
    """Open a regular file of a photo's size. Raises UnreadablePhoto, OSError."""
    # O_NONBLOCK: opening a pipe that took the photo's place must not wait for a writer.
    # Windows has O_BINARY instead.
    descriptor = os.open(
        path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
        os.close(descriptor)
        if stat.S_ISREG(status.st_mode):
            raise UnreadablePhoto(f"It is larger than {_MOST_BYTES >> 30} GiB, so no photo.")
        raise UnreadablePhoto("It is not a regular file.")
    return os.fdopen(descriptor, "rb")


def _read(file: IO[bytes], suffix: str, min_side: int, most_pixels: int | None) -> Image.Image:
    start = file.read(64)
    file.seek(0)
    if not start:
        raise UnreadablePhoto("The file is empty.")
    kind = sniff(start)
    if kind is Kind.RAW or (kind in (Kind.TIFF, None) and suffix in RAW_SUFFIXES):
        return _read_raw(file, kind, min_side, most_pixels)
    return _read_picture(file, kind, min_side, most_pixels)


def _read_picture(
    file: IO[bytes], kind: Kind | None, min_side: int, most_pixels: int | None
) -> Image.Image:
    if kind is Kind.HEIF:
        register_heif()
    try:
        image: Image.Image = Image.open(
            file, formats=_HEIF_FORMATS if kind is Kind.HEIF else _FORMATS
        )
    except UnidentifiedImageError as error:
        raise UnreadablePhoto(_NO_PICTURE if kind is None else _BAD_START) from error
    _check_size(image, most_pixels)
    image.draft(None, (min_side, min_side))  # JPEG only; no effect on other formats
    return _decoded(image, min_side)


def pixels_of(image: Image.Image, min_side: int) -> "Pixels":
    """A picture that Pillow has opened or made, as `read_photo` gives one: uint8 (H, W, 3).

    Raises UnreadablePhoto, and nothing else, when its pixels cannot be had.
    """
    import numpy as np

    with _told():  # Pillow decodes a file only now
        return np.asarray(_decoded(image, min_side))


def _decoded(image: Image.Image, min_side: int) -> Image.Image:
    image.load()
    return upright(to_rgb(_shrunk(image, min_side)), orientation(image))


def _shrunk(image: Image.Image, min_side: int) -> Image.Image:
    """A large picture at a whole fraction of its size: what follows would need it several times."""
    fraction = min(image.size) // max(min_side, 1)
    if fraction < 2 or image.width * image.height <= LARGE_PIXELS:
        return image
    if image.mode.startswith("I;16"):
        image = _from_deep_grey(image)
    elif image.mode in ("1", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.reduce(fraction)


def _check_size(image: Image.Image, most_pixels: int | None = None) -> None:
    scalable = image.format in ("JPEG", "MPO") and "progressive" not in image.info
    most = _MOST_JPEG_PIXELS if scalable else _MOST_PIXELS
    _refuse_above(image.width, image.height, min(most, most_pixels or most))


def _refuse_above(width: int, height: int, most: int) -> None:
    if width * height > most:
        raise UnreadablePhoto(
            f"It says it has {width} x {height} pixels; at most {most / _MEGAPIXEL:g} megapixels "
            "are decoded, to keep memory safe."
        )


def orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8, that is still to be applied after decoding.

    The TIFF and HEIF decoders turn the picture themselves and then report 1.
    """
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # malformed metadata must not cost the photo
        return 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as it was seen, by its EXIF orientation, 1 to 8."""
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def to_rgb(image: Image.Image) -> Image.Image:
    """The picture in RGB, transparency shown over white."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith(("I", "F")):
        return _from_deep_grey(image).convert("RGB")
    if image.has_transparency_data:
        coloured = image.convert("RGBA")
        white = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(white, coloured).convert("RGB")
    return image.convert("RGB")


def _from_deep_grey(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits or floating point -> 8 bits; 16 bits keep their absolute scale."""
    import numpy as np

    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        return Image.fromarray((values >> 8).astype(np.uint8))
    values = values.astype(np.float32, copy=False)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if image.mode == "I" and low >= 0 and 255 < high <= 65535:
        low, high = 0.0, 65535.0
    shown = np.nan_to_num(values.clip(low, high), nan=low)
    return Image.fromarray(((shown - low) * (255.0 / max(high - low, 1e-9))).astype(np.uint8))


def _read_raw(
    file: IO[bytes], kind: Kind | None, min_side: int, most_pixels: int | None
) -> Image.Image:
    try:
        import rawpy
    except ImportError as error:
        raise UnreadablePhoto(
            "Camera RAW files need an extra part. Run `pip install 'catdog-sorter[raw]'`."
        ) from error
    try:
        with rawpy.imread(cast(BinaryIO, file)) as raw:
            if most_pixels is not None:
                _refuse_above(raw.sizes.raw_width, raw.sizes.raw_height, most_pixels)
            return _shrunk(_from_raw(raw, min_side), min_side)
    except rawpy.LibRawError as error:
        raise UnreadablePhoto(_NO_PICTURE if kind is None else _BAD_RAW) from error


def _from_raw(raw: "rawpy.RawPy", min_side: int) -> Image.Image:
    """The embedded preview, or the developed photo where the preview is small or of no use."""
    preview = _preview(raw, min_side)
    if preview is not None and min(preview.size) >= min_side:
        return preview
    half = min(raw.sizes.width, raw.sizes.height) // 2 >= min_side
    try:
        return Image.fromarray(raw.postprocess(half_size=half, use_camera_wb=True))
    except Exception:
        if preview is None:
            raise
        return preview


def _preview(raw: "rawpy.RawPy", min_side: int) -> Image.Image | None:
    try:
        data = raw.extract_thumb().data
        if isinstance(data, bytes):
            image: Image.Image = Image.open(io.BytesIO(data), formats=("JPEG",))
            _check_size(image)
            image.draft(None, (min_side, min_side))
            image.load()
        else:
            image = Image.fromarray(data)
    except Exception:  # none there, or damaged: the photo itself may still be whole
        return None
    # The RAW file's own orientation counts; many previews carry none, some carry the same.
    return upright(to_rgb(image), _ORIENTATION_OF_LIBRAW_FLIP.get(raw.sizes.flip, 1))


def register_heif() -> None:
    """Let Pillow open HEIC files."""
    if "HEIF" in Image.OPEN:
        return
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "It may not be read: permission denied. Give yourself read permission."
    if isinstance(error, FileNotFoundError):
        return "It is gone: it was there when the folder was listed."
    if error.errno == errno.ELOOP:
        return "It is a link that leads round in a circle."
    if error.errno in (errno.EIO, errno.ESTALE, errno.ENXIO):
        return f"The disk could not read it: {os.strerror(error.errno)}."
    return _damaged(error)


def _damaged(error: Exception) -> str:
    detail = " ".join(str(error).split()) or type(error).__name__
    if "truncated" in detail.lower() or "end of" in detail.lower():
        return "The picture is cut off: the end of the file is missing."
    return (
        "The picture is damaged, or made in a way this program cannot decode "
        f"({detail[:200].rstrip('.')})."
    )
