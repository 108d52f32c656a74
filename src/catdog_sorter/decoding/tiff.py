"""Reads the kinds of TIFF that Pillow refuses or decodes wrongly, or names the kind.

Decides which kinds those are. Loads numpy and tifffile, only for such files; the extra `formats`
adds the codecs that tifffile lacks.
"""

from typing import IO, TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from tifffile import TiffPage

_BITS, _COMPRESSION, _PHOTOMETRIC = 258, 259, 262
_SAMPLES, _PLANAR, _SAMPLE_FORMAT = 277, 284, 339
_UNCOMPRESSED, _MIN_IS_WHITE, _SEPARATE = 1, 0, 2
_UNSIGNED_INT, _SIGNED_INT, _FLOAT = 1, 2, 3
_ROWS_AT_ONCE = 256
_PHOTOMETRICS = {0: "white-is-zero", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr"}
_PHOTOMETRICS |= {8: "CIELAB", 9: "ICCLAB", 32803: "colour filter array", 34892: "linear RAW"}
_ALPHAS = _PREMULTIPLIED, _STRAIGHT = 1, 2


class UnsupportedTiff(Exception):
    """An intact TIFF of an unsupported kind; `str(error)` is a sentence for the user."""


def pillow_is_right(image: Image.Image) -> bool:
    """Whether Pillow decodes an opened TIFF correctly."""
    tags = image.tag_v2  # type: ignore[attr-defined]
    bits = _numbers(tags.get(_BITS, 1))
    formats = _numbers(tags.get(_SAMPLE_FORMAT, _UNSIGNED_INT))
    is_planar = tags.get(_PLANAR) == _SEPARATE and tags.get(_SAMPLES, 1) > 1
    is_white_zero = tags.get(_PHOTOMETRIC) == _MIN_IS_WHITE
    if max(bits) <= 8 and set(formats) == {_UNSIGNED_INT}:
        return not (is_planar and tags.get(_SAMPLES, 1) == 2)
    if max(bits) in (12, 16) and set(formats) == {_UNSIGNED_INT}:
        is_packed = tags.get(_COMPRESSION, _UNCOMPRESSED) != _UNCOMPRESSED
        return not is_white_zero and (is_packed or not is_planar)
    # Signed or floating-point grey has no absolute scale, and Pillow keeps the numbers.
    is_grey = tags.get(_SAMPLES, 1) == 1 and not is_white_zero
    return is_grey and max(bits) > 8 and _UNSIGNED_INT not in formats


def _numbers(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def read_size(file: IO[bytes]) -> tuple[int, int, int]:
    """Width, height and bytes per pixel of the first picture.

    Raises:
        Exception: Of any type, for a file that is not a TIFF.
    """
    page = _first_page(file)
    return page.imagewidth, page.imagelength, page.samplesperpixel * max(1, page.bitspersample // 8)


def read(file: IO[bytes]) -> Image.Image:
    """The first picture, not rotated, in RGB or grey, with transparency over white.

    Raises:
        UnsupportedTiff: Its kind is not supported.
        Exception: Of any other type, for a file that is damaged or not a TIFF.
    """
    page = _first_page(file)
    reader = {0: _grey, 1: _grey, 2: _rgb, 5: _cmyk}.get(page.photometric)
    if reader is None or page.dtype is None or page.imagedepth != 1:
        raise UnsupportedTiff(_refusal(page))
    try:
        samples = page.asarray(maxworkers=1)
    except (ValueError, NotImplementedError, ImportError) as error:
        # A missing codec raises either of these.
        if "imagecodecs" in str(error) or "not supported" in str(error):
            raise UnsupportedTiff(_refusal(page)) from error
        raise
    if page.planarconfig == _SEPARATE and samples.ndim == 3:
        samples = samples.transpose(1, 2, 0)
    samples = samples.reshape(page.imagelength, page.imagewidth, -1)
    if samples.shape[2] < {2: 3, 5: 4}.get(page.photometric, 1):
        raise UnsupportedTiff(_refusal(page))
    return reader(_in_8_bits(samples, page), page)


def orientation(file: IO[bytes]) -> int:
    """EXIF orientation of the first picture, 1 to 8."""
    tag = _first_page(file).tags.get("Orientation")
    return int(tag.value) if tag is not None and isinstance(tag.value, int) else 1


def _first_page(file: IO[bytes]) -> "TiffPage":
    import logging

    from tifffile import TiffFile

    logging.getLogger("tifffile").disabled = True  # errors are reported by exceptions
    file.seek(0)
    page = TiffFile(file, name="photo").pages.first
    assert not hasattr(page, "keyframe") or page.keyframe is page
    return page


def _in_8_bits(samples: "npt.NDArray[Any]", page: "TiffPage") -> "npt.NDArray[np.uint8]":
    """Convert to 8 bits: integers and floats from 0 to 1 keep their scale, others are stretched."""
    import numpy as np

    result = np.empty(samples.shape, np.uint8)
    low, high = _range(samples) if samples.dtype.kind == "f" else (0.0, 1.0)
    bits = page.bitspersample
    if samples.dtype.kind == "u" and bits > 16 and int(samples.max(initial=0)) < 1 << 16:
        bits = 16  # 16-bit pictures are often stored in 32 bits
    for start in range(0, len(samples), _ROWS_AT_ONCE):
        rows = samples[start : start + _ROWS_AT_ONCE]
        shown: npt.NDArray[Any]
        if rows.dtype.kind == "b":
            shown = rows * np.uint8(255)
        elif rows.dtype.kind == "f":
            finite = np.nan_to_num(rows.astype(np.float32).clip(low, high), nan=low)
            shown = (finite - low) * np.float32(255 / max(high - low, 1e-9))
        else:
            unsigned = rows.view(rows.dtype.newbyteorder("=").str.replace("i", "u"))
            if rows.dtype.kind == "i":
                unsigned = unsigned ^ unsigned.dtype.type(1 << (bits - 1))
            shown = unsigned >> (bits - 8) if bits >= 8 else unsigned * (255 // ((1 << bits) - 1))
        result[start : start + _ROWS_AT_ONCE] = shown.astype(np.uint8)
    return result


def _range(samples: "npt.NDArray[Any]") -> tuple[float, float]:
    import numpy as np

    lows, highs = [], []
    for start in range(0, len(samples), _ROWS_AT_ONCE):
        rows = samples[start : start + _ROWS_AT_ONCE]
        finite = rows[np.isfinite(rows)]
        if finite.size:
            lows.append(float(finite.min()))
            highs.append(float(finite.max()))
    low, high = min(lows, default=0.0), max(highs, default=1.0)
    return (0.0, 1.0) if low >= 0.0 and high <= 1.0 else (low, high)


def _grey(samples: "npt.NDArray[np.uint8]", page: "TiffPage") -> Image.Image:
    grey = samples[..., :1]
    if page.photometric == _MIN_IS_WHITE:
        grey = 255 - grey
    return _over_white(grey, samples[..., 1:2], page)


def _rgb(samples: "npt.NDArray[np.uint8]", page: "TiffPage") -> Image.Image:
    return _over_white(samples[..., :3], samples[..., 3:4], page)


def _cmyk(samples: "npt.NDArray[np.uint8]", page: "TiffPage") -> Image.Image:
    import numpy as np

    inks = np.ascontiguousarray(samples[..., :4])
    colours = np.asarray(Image.fromarray(inks, mode="CMYK").convert("RGB"))
    return _over_white(colours, samples[..., 4:5], page)


def _over_white(
    colours: "npt.NDArray[np.uint8]", extra: "npt.NDArray[np.uint8]", page: "TiffPage"
) -> Image.Image:
    """`extra`: (H, W, 1) with the first sample after the colours, or (H, W, 0)."""
    import numpy as np

    kinds = _numbers(page.extrasamples)
    if extra.shape[2] and kinds and kinds[0] in _ALPHAS:
        result = np.empty(colours.shape, np.uint8)
        for start in range(0, len(colours), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            alpha = extra[rows].astype(np.uint16)
            over = colours[rows].astype(np.uint16)
            if kinds[0] == _STRAIGHT:
                over = over * alpha // 255
            result[rows] = np.minimum(over + (255 - alpha), 255)
        colours = result
    single = colours[..., 0] if colours.shape[2] == 1 else colours
    return Image.fromarray(np.ascontiguousarray(single))


def _refusal(page: "TiffPage") -> str:
    words = [f"{page.bitspersample}-bit"]
    if page.sampleformat == _FLOAT:
        words.append("floating-point")
    elif page.sampleformat == _SIGNED_INT:
        words.append("signed")
    if page.planarconfig == _SEPARATE and page.samplesperpixel > 1:
        words.append("planar")
    words.append(_PHOTOMETRICS.get(int(page.photometric), f"photometric {int(page.photometric)}"))
    compression = getattr(page.compression, "name", str(page.compression)).replace("_", " ")
    packed = f" with {compression} compression" if page.compression != _UNCOMPRESSED else ""
    return f"{' '.join(words)} TIFF{packed} is not supported."
