"""Reads one photo of any format into upright RGB pixels.

Recognises a file by its content. Knows no models; never writes. Loads numpy only to return arrays,
and for the few photos that Pillow alone cannot convert to RGB. Neighbouring modules handle single
formats.
"""

import errno
import io
import logging
import os
import stat
import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from PIL import Image, ImageFile, UnidentifiedImageError

from catdog_sorter.decoding import (
    heif_sequence,
    incomplete,
    jpeg,
    jpeg_xl,
    png,
    raw_previews,
    tiff,
)
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.photos.capture import read_orientation
from catdog_sorter.photos.formats import RAW_SUFFIXES, FileType, sniff, unsupported, what_else

if TYPE_CHECKING:
    import rawpy

    from catdog_sorter.decoding.pixels import Pixels

# Other decoders would be attack surface without use.
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "JPEG2000")
_HEIF_FORMATS = ("HEIF", "AVIF")
_MEGAPIXEL = 1_000_000
_MAX_PIXELS = 128 * _MEGAPIXEL
# Baseline JPEG is decoded at a reduced size, so a phone's 200-megapixel photo takes little memory.
_MAX_JPEG_PIXELS = 300 * _MEGAPIXEL
# Larger pictures are reduced first, which saves memory in later steps.
LARGE_PIXELS = 600_000
# Memory for decoding, measured with photos of 12 megapixels: without a photo, and for each pixel.
# Address space, because that can be limited.
_PROCESS_BYTES, _PROCESS_WITH_NUMPY_BYTES = 128 << 20, 256 << 20
_PIXEL_BYTES = {"JPEG": 8, "MPO": 8, "PNG": 10, "WEBP": 18, "AVIF": 12, "HEIF": 12, "TIFF": 10}
_PIXEL_BYTES |= {"BMP": 8, "GIF": 10, "JPEG2000": 22}
_DEEP_PIXEL_BYTES = 12  # in addition, for converting 16 and 32 bits to 8
_JPEG_XL_PIXEL_BYTES, _RAW_PIXEL_BYTES, _RGB_BYTES = 24, 24, 3
# A JPEG of at most so many bytes is decoded again: keeping its pixels would cost about as much.
_QUICK_BYTES = 1 << 19
# A larger progressive JPEG is decoded unchanged, without a copy of it in memory.
_MAX_PROGRESSIVE_BYTES, _EIGHTH = 64 << 20, 8
# In the head of JPEG 2000 data: the marker of the coding style, and the number of resolutions.
_CODING_STYLE, _JPEG_2000_START_BYTES = b"\xff\x52\0", 1 << 16
# Some decoders read the whole file first, and a sparse file can have any size.
_MAX_BYTES = 1 << 30
_MAX_PNG_TEXT_BYTES = 16 << 20  # also of a colour profile; all of a file's text: 64 MiB
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

TOO_LITTLE_MEMORY = "There is not enough memory to decode it."
_NO_PICTURE = "It is not a picture in a supported format."
_CUT_OFF = "The picture is cut off: the end of the file is missing."
_BAD_START = "The picture is damaged or cut off: only its first bytes can be read."
_BAD_RAW = (
    "This camera RAW file is damaged, or from a camera too new for the decoder. "
    "`pip install --upgrade rawpy` may help."
)

Image.MAX_IMAGE_PIXELS = None  # the limits above are checked instead
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
logging.getLogger("PIL").addHandler(logging.NullHandler())


class TooLittleMemory(UnreadablePhoto):
    """Decoding this file failed because memory ran out."""


class NeedsMemory(Exception):
    """Decoding this file takes about `size_bytes`, more than was allowed."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"{size_bytes} bytes")
        self.size_bytes = size_bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one photo; None for the general limits.

    `pixels`: refuse pictures with more. `memory_bytes`: raise NeedsMemory for pictures that need
    more.
    """

    pixels: int | None = None
    memory_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """An upright photo in RGB.

    `is_incomplete`: its file is truncated or has trailing data. `is_quick`: decoding it again costs
    little.
    """

    image: Image.Image
    is_incomplete: bool = False
    is_quick: bool = False


_NO_LIMITS = Limits()


def read_photo(path: Path, min_side: int) -> "Pixels":
    """Read a photo as `read_image` does.

    Returns:
        uint8 (H, W, 3), RGB, upright.

    Raises:
        UnreadablePhoto: The file cannot be decoded; `str(error)` says why.
    """
    import numpy as np

    with _readable_errors():
        return np.asarray(read_image(path, min_side).image)


def read_image(
    path: Path,
    min_side: int,
    content: bytes | None = None,
    limits: Limits = _NO_LIMITS,
    unscaled_side: int = 0,
) -> DecodedImage:
    """Return the photo upright, in RGB, with transparency over white.

    It is reduced by a whole factor as long as the shorter side keeps `min_side` pixels: during
    decoding where the format allows that, otherwise if it has more than 0.6 megapixels. An
    animation gives its first frame; a camera RAW file its embedded preview, or the developed photo
    if the preview is smaller than `min_side`; a truncated file the part that is there, if that is
    nearly all.

    Args:
        path: The file; with `content`, only its suffix counts.
        min_side: Pixels.
        content: The bytes of a photo in memory.
        limits: Stricter limits than the general ones.
        unscaled_side: Used instead of a smaller `min_side` if the format cannot be decoded at a
            reduced size.

    Raises:
        UnreadablePhoto: The file cannot be decoded.
        NeedsMemory: Only with `limits.memory_bytes`.
    """
    with _readable_errors(), open_file(path) if content is None else io.BytesIO(content) as file:
        start = file.read(64)
        file.seek(0)
        is_scaled = start.startswith(jpeg.SIGNATURE)
        side = min_side if is_scaled else max(min_side, unscaled_side)
        picture = _read(file, start, path.suffix.lower(), side, limits)
        is_quick = is_scaled and file.seek(0, os.SEEK_END) <= _QUICK_BYTES
        return replace(picture, is_quick=is_quick)


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Turn every error into one with a sentence for the user."""
    try:
        yield
    except (UnreadablePhoto, NeedsMemory):
        raise
    except OSError as error:
        raise _unreadable(error, _why(error)) from error
    except MemoryError as error:
        raise TooLittleMemory(TOO_LITTLE_MEMORY) from error
    except Exception as error:  # decoders may raise anything on damaged content
        raise _unreadable(error, _damaged(error)) from error


def _unreadable(error: Exception, sentence: str) -> UnreadablePhoto:
    """Return the error to raise; some libraries report only in its text that memory ran out."""
    if "memory" in str(error).lower():
        return TooLittleMemory(TOO_LITTLE_MEMORY)
    return UnreadablePhoto(sentence)


def open_file(path: Path, max_bytes: int = _MAX_BYTES) -> IO[bytes]:
    """Open a regular file of at most `max_bytes`. Raises UnreadablePhoto, OSError."""
    # O_NONBLOCK: opening a pipe that replaced the photo must not wait for a writer.
    # Windows has O_BINARY instead.
    descriptor = os.open(
        path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > max_bytes:
        os.close(descriptor)
        if stat.S_ISREG(status.st_mode):
            raise UnreadablePhoto(
                f"It is larger than {max_bytes >> 30} GiB, so it is not read as a photo."
            )
        raise UnreadablePhoto("It is not a regular file.")
    return os.fdopen(descriptor, "rb")


def _read(
    file: IO[bytes], start: bytes, suffix: str, min_side: int, limits: Limits
) -> DecodedImage:
    if not start:
        raise UnreadablePhoto("The file is empty.")
    kind = sniff(start)
    if name := unsupported(start, suffix):
        raise UnreadablePhoto(f"{name} are not supported. Export this one as JPEG, PNG or TIFF.")
    if kind is None and (sentence := what_else(start)):
        raise UnreadablePhoto(sentence)
    if kind is FileType.RAW or (kind in (FileType.TIFF, None) and suffix in RAW_SUFFIXES):
        return DecodedImage(_read_raw(file, kind, min_side, limits))
    if kind is FileType.JPEG_XL:
        return _read_jpeg_xl(file, min_side, limits)
    if kind is FileType.TIFF:
        return _read_tiff(file, min_side, limits)
    if kind is FileType.HEIF:
        return _read_heif(file, min_side, limits)
    if start.startswith(png.SIGNATURE):
        return _read_png(file, min_side, limits)
    if start.startswith(b"RIFF"):
        return _read_webp(file, start, min_side, limits)
    return _read_picture(file, kind, min_side, limits)


def _read_picture(
    file: IO[bytes], kind: FileType | None, min_side: int, limits: Limits
) -> DecodedImage:
    def reopen() -> ImageFile.ImageFile:
        return _opened(file, kind, min_side, limits)

    return _loaded(reopen, min_side)


def _opened(
    file: IO[bytes], kind: FileType | None, min_side: int, limits: Limits
) -> ImageFile.ImageFile:
    """Open a picture within the limits without loading it, reduced as far as its format allows."""
    file.seek(0)
    try:
        image = Image.open(file, formats=_HEIF_FORMATS if kind is FileType.HEIF else _FORMATS)
    except UnidentifiedImageError as error:
        raise UnreadablePhoto(_not_identified(file, kind)) from error
    _check_size(image, limits.pixels)
    image.draft(None, (min_side, min_side))  # JPEG only; no effect on other formats
    if image.format == "JPEG2000":
        _halve(image, min_side)
    _check_memory(_needed_bytes(image), limits)
    return _without_details(image, file, min_side) or image


def _without_details(
    image: ImageFile.ImageFile, file: IO[bytes], min_side: int
) -> ImageFile.ImageFile | None:
    """Drop the details of a progressive JPEG that is to be decoded at an eighth of its size."""
    is_eighth = (getattr(image, "decoderconfig", None) or (1,))[0] == _EIGHTH
    if image.format != "JPEG" or "progressive" not in image.info or not is_eighth:
        return None
    if file.seek(0, os.SEEK_END) > _MAX_PROGRESSIVE_BYTES:
        return None
    file.seek(0)
    content = jpeg.without_details(file.read())
    if content is None:
        return None
    quicker = Image.open(io.BytesIO(content), formats=_FORMATS)
    quicker.draft(None, (min_side, min_side))
    return quicker


def _not_identified(file: IO[bytes], kind: FileType | None) -> str:
    """Return why Pillow cannot open a file, as a sentence."""
    file.seek(0)
    if name := jpeg.unsupported_kind(file.read(jpeg.START_BYTES)):
        return f"{name} is not supported. Export this one as JPEG, PNG or TIFF."
    return _NO_PICTURE if kind is None else _BAD_START


def _loaded(
    reopen: Callable[[], ImageFile.ImageFile],
    min_side: int,
    corrected: Callable[[Image.Image], Image.Image] = lambda image: image,
) -> DecodedImage:
    """The picture, or the part of it that its file contains."""
    image = reopen()
    loaded: Image.Image = image
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        is_cut = incomplete.can_be_cut_off(image, error)
        rescued = incomplete.load_incomplete(reopen) if is_cut else None
        if rescued is None:
            raise
        loaded = rescued
    shown = to_rgb(_shrunk(corrected(loaded), min_side))
    return DecodedImage(upright(shown, orientation(loaded)), is_incomplete=loaded is not image)


def _halve(image: ImageFile.ImageFile, min_side: int) -> None:
    """Have a JPEG 2000 decoded at a half, a quarter, ..., of its size."""
    assert image.fp is not None
    at = image.fp.tell()
    image.fp.seek(0)
    start = image.fp.read(_JPEG_2000_START_BYTES)
    image.fp.seek(at)
    coding = start.find(_CODING_STYLE)
    stored = start[coding + 9] if 0 <= coding < len(start) - 9 else 0
    times = 0
    while times < stored and min(image.size) >> (times + 1) >= max(min_side, 1):
        times += 1
    image.reduce = times  # type: ignore[method-assign, assignment]


def _read_png(file: IO[bytes], min_side: int, limits: Limits) -> DecodedImage:
    """A PNG, rewritten if Pillow refuses it although its pixels may be intact."""
    from PIL import PngImagePlugin

    PngImagePlugin.MAX_TEXT_CHUNK = _MAX_PNG_TEXT_BYTES
    failure: Exception | None = None
    if not png.is_apple_kind(file.read(png.START_BYTES)):
        try:
            return _read_picture(file, FileType.PICTURE, min_side, limits)
        except (NeedsMemory, MemoryError):
            raise
        except (
            Exception
        ) as error:  # errors in a comment: ValueError, OSError, SyntaxError, and more
            if isinstance(error, UnreadablePhoto) and error.__cause__ is None:
                raise  # too large
            failure = error
    try:
        file, is_apple = png.rewritten(file)
        return _loaded(
            lambda: _opened(file, FileType.PICTURE, min_side, limits),
            min_side,
            png.from_apple if is_apple else lambda image: image,
        )
    except (NeedsMemory, MemoryError):
        raise
    except Exception as error:
        raise failure or error from None


def _read_webp(file: IO[bytes], start: bytes, min_side: int, limits: Limits) -> DecodedImage:
    """A WebP; its head gives its length, and the decoder refuses shorter files."""
    size_bytes = int.from_bytes(start[4:8], "little") + 8
    missing_bytes = size_bytes - file.seek(0, os.SEEK_END)
    if missing_bytes <= 0:
        return _read_picture(file, FileType.PICTURE, min_side, limits)
    if missing_bytes > incomplete.MAX_MISSING * size_bytes:
        raise UnreadablePhoto(_CUT_OFF)
    file.seek(0)
    padded = io.BytesIO(file.read() + bytes(missing_bytes))
    try:
        picture = _read_picture(padded, FileType.PICTURE, min_side, limits)
    except (NeedsMemory, MemoryError):
        raise
    except Exception as error:
        raise UnreadablePhoto(_CUT_OFF) from error
    return DecodedImage(picture.image, is_incomplete=True)


def _read_heif(file: IO[bytes], min_side: int, limits: Limits) -> DecodedImage:
    """The primary picture, or the first of a sequence without one."""
    register_heif()
    try:
        return _read_picture(file, FileType.HEIF, min_side, limits)
    except UnreadablePhoto as failure:
        if failure.__cause__ is None:  # too large
            raise
        file.seek(0)
        try:
            still = heif_sequence.first_picture(file.read())
        except (LookupError, struct.error):
            raise failure from None
        return _read_picture(io.BytesIO(still), FileType.HEIF, min_side, limits)


def _read_jpeg_xl(file: IO[bytes], min_side: int, limits: Limits) -> DecodedImage:
    content = file.read()
    try:
        width, height = jpeg_xl.read_size(content)
    except ValueError as error:
        raise UnreadablePhoto(_BAD_START) from error
    _refuse_above(width, height, min(_MAX_PIXELS, limits.pixels or _MAX_PIXELS))
    _check_memory(_PROCESS_WITH_NUMPY_BYTES + width * height * _JPEG_XL_PIXEL_BYTES, limits)
    try:
        image = jpeg_xl.read(content)
    except ImportError as error:
        raise UnreadablePhoto(
            "JPEG XL needs imagecodecs, which is not installed. Run `pip install "
            "'catdog-sorter[formats]'`."
        ) from error
    return DecodedImage(to_rgb(_shrunk(image, min_side)))


def _read_tiff(file: IO[bytes], min_side: int, limits: Limits) -> DecodedImage:
    """Decode by Pillow if it reads this kind of TIFF correctly, otherwise by tifffile."""
    try:
        image = _opened(file, FileType.TIFF, min_side, limits)
        if tiff.pillow_is_right(image):
            return _loaded(lambda: image, min_side)
        failure = None
    except (NeedsMemory, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, UnreadablePhoto) and error.__cause__ is None:
            raise  # too large
        failure = error
    try:
        width, height, pixel_bytes = tiff.read_size(file)
        _refuse_above(width, height, min(_MAX_PIXELS, limits.pixels or _MAX_PIXELS))
        size_bytes = width * height * (2 * pixel_bytes + _RGB_BYTES)
        _check_memory(_PROCESS_WITH_NUMPY_BYTES + size_bytes, limits)
        shown = to_rgb(_shrunk(tiff.read(file), min_side))
        return DecodedImage(upright(shown, tiff.orientation(file)))
    except tiff.UnsupportedTiff as error:
        raise UnreadablePhoto(str(error)) from error
    except (UnreadablePhoto, NeedsMemory, MemoryError):
        raise
    except Exception as error:
        raise failure or error from None


def pixels_of(image: Image.Image, min_side: int) -> "Pixels":
    """The pixels of a Pillow image.

    Args:
        image: Any mode; rotated upright by its EXIF orientation.
        min_side: Pixels that the shorter side should keep.

    Returns:
        uint8 (H, W, 3), RGB, upright.

    Raises:
        UnreadablePhoto: Pillow cannot decode it. No other exception is raised.
    """
    import numpy as np

    with _readable_errors():  # Pillow decodes a file only now
        return np.asarray(_decoded(image, min_side))


def _decoded(image: Image.Image, min_side: int) -> Image.Image:
    image.load()
    return upright(to_rgb(_shrunk(image, min_side)), orientation(image))


def _shrunk(image: Image.Image, min_side: int) -> Image.Image:
    """Reduce a large picture by a whole factor, as later steps copy it several times."""
    fraction = min(image.size) // max(min_side, 1)
    if fraction < 2 or image.width * image.height <= LARGE_PIXELS:
        return image
    if image.mode.startswith("I;16"):
        image = _from_deep_grey(image)
    elif image.mode in ("1", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.reduce(fraction)


def _check_size(image: Image.Image, max_pixels: int | None = None) -> None:
    most = _MAX_JPEG_PIXELS if _is_scalable(image) else _MAX_PIXELS
    _refuse_above(image.width, image.height, min(most, max_pixels or most))


def _is_scalable(image: Image.Image) -> bool:
    """Whether the memory for decoding depends only on the size it is decoded at."""
    return image.format in ("JPEG", "MPO") and "progressive" not in image.info


def _needed_bytes(image: Image.Image) -> int:
    """Bytes for decoding an opened picture that Pillow decodes by itself."""
    size = _PIXEL_BYTES[image.format or ""]
    if image.mode.startswith(("I", "F")):
        size += _DEEP_PIXEL_BYTES
    return _PROCESS_BYTES + size * _decoded_pixels(image)


def _decoded_pixels(image: Image.Image) -> int:
    pixels = image.width * image.height
    if image.format == "JPEG2000":
        return pixels >> (2 * getattr(image, "_reduce", 0))  # `reduce` is a method where it is 0
    if image.format in ("JPEG", "MPO") and not _is_scalable(image):
        # All coefficients are kept while it is decoded, at any size.
        original = getattr(image, "decoderconfig", (1,)) or (1,)
        return int(pixels * original[0] ** 2)
    return pixels


def _check_memory(size_bytes: int, limits: Limits) -> None:
    if limits.memory_bytes is not None and size_bytes > limits.memory_bytes:
        raise NeedsMemory(size_bytes)


def _refuse_above(width: int, height: int, most: int) -> None:
    if width * height > most:
        raise UnreadablePhoto(
            f"Its header states {width} x {height} pixels; at most {most / _MEGAPIXEL:g} "
            "megapixels are decoded, to limit memory."
        )


def orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8, that still has to be applied after decoding.

    The TIFF and HEIF decoders rotate the picture themselves and then report 1.
    """
    try:
        value = image.getexif().get(_ORIENTATION, 1)
        if isinstance(value, bytes):  # of the types BYTE and UNDEFINED
            value = int.from_bytes(value, "big" if value[:1] == b"\0" else "little")
        return int(value[0] if isinstance(value, tuple) else value)
    except Exception:  # malformed metadata must not make the photo unreadable
        return 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture rotated upright by its EXIF orientation, 1 to 8."""
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def to_rgb(image: Image.Image) -> Image.Image:
    """The picture in RGB, with transparency over white."""
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
    """Convert grey of 16 or 32 bits or floating point to 8 bits; 16 bits keep their scale."""
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


def _read_raw(file: IO[bytes], kind: FileType | None, min_side: int, limits: Limits) -> Image.Image:
    try:
        return _develop_raw(file, kind, min_side, limits)
    except (UnreadablePhoto, MemoryError) as error:
        if isinstance(error, TooLittleMemory | MemoryError) or error.__cause__ is None:
            raise  # the last one: too large
        preview = _preview_alone(file, min_side, limits)
        if preview is None:
            raise
        return preview


def _preview_alone(file: IO[bytes], min_side: int, limits: Limits) -> Image.Image | None:
    """The embedded preview, used without the extra `raw`; None if it is too small."""
    size_bytes = file.seek(0, os.SEEK_END)
    _check_memory(_PROCESS_BYTES + size_bytes, limits)
    file.seek(0)
    content = file.read()
    preview = raw_previews.largest_preview(content, min_side)
    if preview is None:
        return None
    _check_size(preview, limits.pixels)
    preview.draft(None, (min_side, min_side))
    _check_memory(_needed_bytes(preview) + len(content), limits)
    try:
        preview.load()
    except (OSError, SyntaxError, ValueError):
        return None
    turn = read_orientation(io.BytesIO(content))
    return upright(to_rgb(_shrunk(preview, min_side)), turn)


def _develop_raw(
    file: IO[bytes], kind: FileType | None, min_side: int, limits: Limits
) -> Image.Image:
    try:
        import rawpy
    except ImportError as error:
        raise UnreadablePhoto(
            "This camera RAW file holds no preview of a useful size. Run `pip install "
            "'catdog-sorter[raw]'` to decode it."
        ) from error
    try:
        with rawpy.imread(_for_libraw(file)) as raw:
            if limits.pixels is not None:
                _refuse_above(raw.sizes.raw_width, raw.sizes.raw_height, limits.pixels)
            return _shrunk(_from_raw(raw, min_side, limits), min_side)
    except rawpy.LibRawError as error:
        raise UnreadablePhoto(_NO_PICTURE if kind is None else _BAD_RAW) from error


def _for_libraw(file: IO[bytes]) -> str | BinaryIO:
    """The open file by its descriptor, so that only its head and its preview are read, if possible.

    LibRaw would read another kind of file object whole.
    """
    with suppress(OSError):  # it is in memory
        path = f"/dev/fd/{file.fileno()}"
        if os.path.exists(path):  # not on Windows
            return path
    return cast(BinaryIO, file)


def _from_raw(raw: "rawpy.RawPy", min_side: int, limits: Limits) -> Image.Image:
    """The embedded preview, or the developed photo if the preview is too small or unusable."""
    preview = _preview(raw, min_side)
    if preview is not None and min(preview.size) >= min_side:
        return preview
    pixels = raw.sizes.raw_width * raw.sizes.raw_height
    _check_memory(_PROCESS_WITH_NUMPY_BYTES + pixels * _RAW_PIXEL_BYTES, limits)
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
    except Exception:  # missing or damaged: the photo itself may still be intact
        return None
    # The RAW file's own orientation counts; most previews have none, some have the same.
    return upright(to_rgb(image), _ORIENTATION_OF_LIBRAW_FLIP.get(raw.sizes.flip, 1))


def register_heif() -> None:
    """Register the HEIC decoder with Pillow."""
    if "HEIF" in Image.OPEN:
        return
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def _why(error: OSError) -> str:
    return reason_of(error) or _damaged(error)


def reason_of(error: OSError) -> str | None:
    """The system's error as a sentence; None for an error raised by a decoder."""
    if isinstance(error, PermissionError):
        return "Permission to read it was denied. Give yourself read permission."
    if isinstance(error, FileNotFoundError):
        return "It was removed after its folder was listed."
    if error.errno == errno.ELOOP:
        return "It is a link that leads back to itself."
    if error.errno in (errno.EIO, errno.ESTALE, errno.ENXIO):
        return f"It could not be read from the disk: {os.strerror(error.errno)}."
    return None


def _damaged(error: Exception) -> str:
    detail = " ".join(str(error).split()) or type(error).__name__
    if "truncated" in detail.lower() or "end of" in detail.lower():
        return _CUT_OFF
    return (
        "The picture is damaged, or made in a way this program cannot decode "
        f"({detail[:200].rstrip('.')})."
    )
