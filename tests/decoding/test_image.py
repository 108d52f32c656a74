"""Photos of every format give upright pixels in the right colours; other files give a sentence."""

import contextlib
import errno
import os
import struct
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import UnreadablePhoto
from tests.support.dng import dng, tiff16
from tests.support.pictures import (
    AS_STORED,
    BLACK,
    BLUE,
    DATA,
    GREEN,
    RED,
    WHITE,
    YELLOW,
    assert_colours,
    assert_upright,
    encoded,
    exif,
    heic_with_exif,
    quadrants,
    stored,
    turned_heic,
)

SIDE = 32
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Pixels]:
    def read(data: bytes, name: str = "photo.jpg", min_side: int = SIDE) -> Pixels:
        path = tmp_path / name
        path.write_bytes(data)
        return read_photo(path, min_side)

    return read


@pytest.fixture
def refusal(read: Callable[..., Pixels]) -> Callable[..., str]:
    """The sentence for a file that cannot be decoded."""

    def refusal(data: bytes, name: str = "photo.jpg", *min_side: int) -> str:
        with pytest.raises(UnreadablePhoto) as caught:
            read(data, name, *min_side)
        sentence = str(caught.value)
        assert sentence[0].isupper() and sentence.endswith(".") and "\n" not in sentence
        return sentence

    return refusal


def grey(value: int) -> tuple[int, int, int]:
    return (value, value, value)


GREYS = np.repeat(np.repeat(np.array([[0, 85], [170, 255]], np.uint8), 32, axis=0), 48, axis=1)
FOUR_GREYS = [grey(value) for value in (0, 85, 170, 255)]


def with_alpha() -> Image.Image:
    """The quadrants, with a transparent green one and a half transparent blue one."""
    picture = quadrants().convert("RGBA")
    picture.paste((*GREEN, 0), (48, 0, 96, 32))
    picture.paste((*BLUE, 128), (0, 32, 48, 64))
    return picture


HALF_BLUE = tuple((value * 128 + 255 * 127) // 255 for value in BLUE)


def interlaced_png() -> bytes:
    """The quadrants in the seven passes of Adam7; Pillow reads, but does not write them."""
    pixels = np.asarray(quadrants())
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2)]
    lines = [
        b"\0" + line.tobytes()
        for top, left, down, right in [*passes, (1, 0, 2, 1)]
        for line in pixels[top::down, left::right]
    ]
    return png(pixels.shape[1], pixels.shape[0], b"".join(lines), interlace=1)


def png(width: int, height: int, lines: bytes, interlace: int = 0) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlace)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def animation(format: str, **options: Any) -> bytes:
    others = [Image.new("RGB", (96, 64), "black"), Image.new("RGB", (96, 64), "white")]
    return encoded(quadrants(), format, save_all=True, append_images=others, **options)


def palette_with_transparency() -> Image.Image:
    picture = quadrants().quantize(4)
    picture.info["transparency"] = picture.getpixel((72, 16))  # green
    return picture


class TestFormats:
    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(encoded(quadrants(), "JPEG", quality=95), id="jpeg"),
            pytest.param(
                encoded(quadrants(), "JPEG", quality=95, progressive=True), id="prog-jpeg"
            ),
            pytest.param(animation("MPO", quality=95), id="mpo"),
            pytest.param(encoded(quadrants(), "PNG"), id="png"),
            pytest.param(encoded(quadrants().quantize(4), "PNG"), id="palette-png"),
            pytest.param(interlaced_png(), id="interlaced-png"),
            pytest.param(animation("PNG"), id="animated-png"),
            pytest.param(encoded(quadrants(), "WEBP", quality=95), id="lossy-webp"),
            pytest.param(encoded(quadrants(), "WEBP", lossless=True), id="lossless-webp"),
            pytest.param(animation("WEBP", lossless=True), id="animated-webp"),
            pytest.param(encoded(quadrants(), "AVIF", quality=95), id="avif"),
            pytest.param(animation("AVIF", quality=95), id="animated-avif"),
            pytest.param((DATA / "quadrants.heic").read_bytes(), id="heic"),
            pytest.param(encoded(quadrants(), "TIFF"), id="tiff"),
            pytest.param(encoded(quadrants(), "TIFF", compression="tiff_lzw"), id="lzw-tiff"),
            pytest.param(encoded(quadrants(), "TIFF", compression="jpeg"), id="jpeg-tiff"),
            pytest.param(encoded(quadrants(), "TIFF", big_tiff=True), id="big-tiff"),
            pytest.param(tiff16(np.asarray(quadrants()).astype(np.uint16) * 257), id="16-bit-tiff"),
            pytest.param(animation("TIFF"), id="multi-page-tiff"),
            pytest.param(encoded(quadrants(), "BMP"), id="bmp"),
            pytest.param(encoded(quadrants(), "GIF"), id="gif"),
            pytest.param(animation("GIF"), id="animated-gif"),
        ],
    )
    def test_the_first_picture_comes_upright_in_colour(
        self, data: bytes, read: Callable[..., Pixels]
    ) -> None:
        assert_upright(read(data))

    @pytest.mark.parametrize("format", ["JPEG", "TIFF"])
    def test_cmyk(self, format: str, read: Callable[..., Pixels]) -> None:
        assert_upright(read(encoded(quadrants().convert("CMYK"), format)))

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "BMP"])
    def test_grey(self, format: str, read: Callable[..., Pixels]) -> None:
        assert_colours(read(encoded(Image.fromarray(GREYS), format)), *FOUR_GREYS, within=2)

    @pytest.mark.parametrize("format", ["PNG", "TIFF"])
    def test_16_bit_grey_keeps_its_scale(self, format: str, read: Callable[..., Pixels]) -> None:
        deep = Image.fromarray(GREYS.astype(np.uint16) * 128)  # at most half of the scale
        halves = [grey(value // 2) for value in (0, 85, 170, 255)]
        assert_colours(read(encoded(deep, format)), *halves, within=1)

    def test_32_bit_grey_of_16_bit_values(self, read: Callable[..., Pixels]) -> None:
        deep = Image.fromarray(GREYS.astype(np.int32) * 257)
        assert_colours(read(encoded(deep, "TIFF")), *FOUR_GREYS, within=1)

    @pytest.mark.parametrize("scale", [1 / 255, 1.0, 1000.0])
    def test_floating_point_is_stretched(self, scale: float, read: Callable[..., Pixels]) -> None:
        floats = Image.fromarray(GREYS.astype(np.float32) * np.float32(scale))
        assert_colours(read(encoded(floats, "TIFF")), *FOUR_GREYS, within=1)

    def test_infinities_and_holes_do_not_spoil_the_rest(self, read: Callable[..., Pixels]) -> None:
        floats = GREYS.astype(np.float32)
        floats[0, :3] = np.inf, -np.inf, np.nan
        pixels = read(encoded(Image.fromarray(floats), "TIFF"))
        assert_colours(pixels, *FOUR_GREYS, within=1)
        assert pixels[0, :3, 0].tolist() == [255, 0, 0]

    @pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
    def test_a_flat_floating_point_picture(self, value: float, read: Callable[..., Pixels]) -> None:
        flat = np.full((64, 96), value, np.float32)
        assert np.ptp(read(encoded(Image.fromarray(flat), "TIFF"))) == 0

    @pytest.mark.parametrize("format", ["PNG", "TIFF", "BMP", "GIF"])
    def test_black_and_white(self, format: str, read: Callable[..., Pixels]) -> None:
        bilevel = Image.fromarray(GREYS > 100)
        assert_colours(read(encoded(bilevel, format)), BLACK, BLACK, WHITE, WHITE)

    @pytest.mark.parametrize(
        ("format", "options"),
        [("PNG", {}), ("WEBP", {"lossless": True}), ("AVIF", {"quality": 95}), ("TIFF", {})],
    )
    def test_transparency_is_shown_over_white(
        self, format: str, options: dict[str, Any], read: Callable[..., Pixels]
    ) -> None:
        pixels = read(encoded(with_alpha(), format, **options))
        assert_colours(pixels, RED, WHITE, HALF_BLUE, YELLOW)

    @pytest.mark.parametrize("format", ["PNG", "GIF"])
    def test_a_transparent_palette_colour_is_white(
        self, format: str, read: Callable[..., Pixels]
    ) -> None:
        picture = palette_with_transparency()
        data = encoded(picture, format, transparency=picture.info["transparency"])
        assert_colours(read(data), RED, WHITE, BLUE, YELLOW)

    def test_grey_with_transparency(self, read: Callable[..., Pixels]) -> None:
        picture = Image.fromarray(GREYS).convert("LA")
        picture.paste((0, 0), (0, 0, 48, 32))
        assert_colours(read(encoded(picture, "PNG")), WHITE, *FOUR_GREYS[1:])

    def test_a_transparent_colour_of_an_rgb_png(self, read: Callable[..., Pixels]) -> None:
        data = encoded(quadrants(), "PNG", transparency=GREEN)
        assert_colours(read(data), RED, WHITE, BLUE, YELLOW)

    def test_the_content_counts_not_the_name(self, read: Callable[..., Pixels]) -> None:
        assert_upright(read(encoded(quadrants(), "PNG"), "photo.jpg"))
        assert_upright(read(encoded(quadrants(), "JPEG", quality=95), "photo"))
        assert_upright(read((DATA / "quadrants.heic").read_bytes(), "photo.jpg"))
        assert_upright(read(encoded(quadrants(), "JPEG", quality=95), "photo.nef"))

    def test_avif_whose_main_brand_is_the_general_one(self, read: Callable[..., Pixels]) -> None:
        data = encoded(quadrants(), "AVIF", quality=95)
        assert_upright(read(data.replace(b"ftypavif", b"ftypmif1", 1)))

    def test_the_result_can_be_read_by_many_threads_at_once(self, tmp_path: Path) -> None:
        paths = []
        for number in range(12):
            paths.append(tmp_path / f"{number}.heic")
            paths[-1].write_bytes((DATA / "quadrants.heic").read_bytes())
        with ThreadPoolExecutor(6) as pool:
            for pixels in pool.map(lambda path: read_photo(path, SIDE), paths):
                assert_upright(pixels)


@pytest.mark.parametrize("orientation", sorted(AS_STORED))
class TestOrientation:
    """A photo is rotated exactly once."""

    @pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "TIFF", "AVIF"])
    def test_exif(self, format: str, orientation: int, read: Callable[..., Pixels]) -> None:
        as_stored = stored(quadrants(), orientation)
        options: dict[str, Any] = {"exif": exif(orientation), "quality": 95}
        if format == "MPO":
            options |= {"save_all": True, "append_images": [as_stored]}
        assert_upright(read(encoded(as_stored, format, **options)))

    @pytest.mark.parametrize("type_", [1, 3, 4, 6, 7, 8, 9])
    @pytest.mark.parametrize("order", ["<", ">"])
    def test_exif_of_any_integer_type(
        self, order: str, type_: int, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        number = {1: "B3x", 6: "b3x", 7: "B3x", 3: "H2x", 8: "h2x", 4: "I", 9: "i"}[type_]
        data = struct.pack(
            f"{order}2sHIHHHI{number}I",
            *(b"II" if order == "<" else b"MM", 42, 8, 1, 0x0112, type_, 1, orientation, 0),
        )
        as_stored = stored(quadrants(), orientation)
        assert_upright(read(encoded(as_stored, "JPEG", quality=95, exif=b"Exif\0\0" + data)))

    def test_exif_of_a_jpeg_that_is_decoded_scaled_down(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        as_stored = stored(quadrants(960, 640), orientation)
        pixels = read(encoded(as_stored, "JPEG", quality=95, exif=exif(orientation)), min_side=80)
        assert pixels.shape == (80, 120, 3)
        assert_upright(pixels)

    def test_transparent_photos_turn_too(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        as_stored = stored(with_alpha(), orientation)
        pixels = read(encoded(as_stored, "PNG", exif=exif(orientation)))
        assert_colours(pixels, RED, WHITE, HALF_BLUE, YELLOW)

    def test_heic_with_both_its_own_and_an_exif_orientation(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        back = {6: 8, 8: 6}.get(orientation, orientation)
        heic = turned_heic((DATA / "quadrants.heic").read_bytes(), orientation)
        expected = np.asarray(stored(quadrants(), back))
        pixels = read(heic, "photo.heic")
        assert pixels.shape == expected.shape
        # Half of a picture may be off by rounding; one quadrant in the wrong place is more.
        assert np.abs(pixels.astype(int) - expected).mean() < 3

    def test_heic_with_an_exif_orientation_only_is_upright_already(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        # ISO 23008-12: EXIF orientation is for information; only `irot` and `imir` turn.
        assert_upright(read(heic_with_exif((DATA / "quadrants.heic").read_bytes(), orientation)))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
class TestMetadataThatIsWrong:
    @pytest.mark.parametrize("orientation", [0, 9, 65535])
    def test_an_orientation_that_does_not_exist(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        assert_upright(read(encoded(quadrants(), "JPEG", quality=95, exif=exif(orientation))))

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"Exif\0\0",
            b"Exif\0\0II*\0\xff\xff\xff\xff",
            b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(range(200)),
            b"Exif\0\0garbage" * 50,
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x04\0\0\0abc\0\0\0\0\0",
        ],
    )
    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
    def test_a_photo_with_malformed_exif_is_decoded(
        self, format: str, data: bytes, read: Callable[..., Pixels]
    ) -> None:
        assert_upright(read(encoded(quadrants(), format, quality=95, exif=data)))

    def test_a_malformed_colour_profile_does_not_either(self, read: Callable[..., Pixels]) -> None:
        assert_upright(read(encoded(quadrants(), "JPEG", quality=95, icc_profile=b"no profile")))


class TestSize:
    @given(
        st.integers(1, 400),
        st.integers(1, 400),
        st.integers(1, 120),
        st.sampled_from(["JPEG", "PNG", "WEBP"]),
        st.sampled_from([1, 6]),
    )
    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_the_shorter_side_keeps_min_side_and_nothing_is_enlarged(
        self,
        read: Callable[..., Pixels],
        width: int,
        height: int,
        min_side: int,
        format: str,
        orientation: int,
    ) -> None:
        as_stored = stored(quadrants(width, height), orientation)
        pixels = read(encoded(as_stored, format, exif=exif(orientation)), min_side=min_side)
        assert pixels.shape[0] <= height and pixels.shape[1] <= width
        assert min(pixels.shape[:2]) >= min(min_side, width, height)
        scaled = {(-(-height // scale), -(-width // scale)) for scale in (1, 2, 4, 8)}
        assert pixels.shape[:2] in scaled

    def test_a_large_jpeg_is_decoded_scaled_down(self, read: Callable[..., Pixels]) -> None:
        pixels = read(encoded(quadrants(3000, 2000), "JPEG"), min_side=250)
        assert pixels.shape == (250, 375, 3)

    def test_a_single_pixel(self, read: Callable[..., Pixels]) -> None:
        assert read(encoded(quadrants(1, 1), "PNG")).shape == (1, 1, 3)


def assert_raw_colours(pixels: Pixels) -> None:
    """A drawn sensor has no true colours, but red stays more red than green or blue."""
    height, width = pixels.shape[:2]
    middle = pixels[:: height // 4, :: width // 4].astype(int)
    red, green, blue = middle[1, 1], middle[1, 3], middle[3, 1]
    assert red.argmax() == 0 and green.argmax() == 1 and blue.argmax() == 2
    assert middle[3, 3].argmin() == 2  # yellow


class TestRaw:
    @pytest.fixture(autouse=True)
    def with_rawpy(self) -> None:
        pytest.importorskip("rawpy", reason="needs the extra `raw`")

    @pytest.mark.parametrize("orientation", sorted(AS_STORED))
    def test_the_preview_is_shown_upright(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        as_stored = stored(quadrants(480, 320), orientation)
        preview = as_stored.resize((as_stored.width // 2, as_stored.height // 2))
        pixels = read(dng(as_stored, orientation, preview), "photo.dng", 100)
        assert pixels.shape == (160, 240, 3)
        assert_upright(pixels)

    @pytest.mark.parametrize("orientation", sorted(AS_STORED))
    def test_without_preview_the_photo_is_developed(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        as_stored = stored(quadrants(480, 320), orientation)
        pixels = read(dng(as_stored, orientation), "photo.dng", 100)
        assert pixels.shape == (160, 240, 3)
        assert_raw_colours(pixels)

    def test_a_photo_with_too_small_a_preview_is_decoded(self, read: Callable[..., Pixels]) -> None:
        data = dng(quadrants(480, 320), preview=quadrants(96, 64))
        assert read(data, "photo.dng", 60).shape == (64, 96, 3)
        assert read(data, "photo.dng", 160).shape == (160, 240, 3)
        assert read(data, "photo.dng", 200).shape == (320, 480, 3)

    def test_so_does_a_damaged_one(self, read: Callable[..., Pixels]) -> None:
        cut = encoded(quadrants(480, 320), "JPEG")[:900]
        pixels = read(dng(quadrants(480, 320), preview=cut), "photo.dng", 100)
        assert_raw_colours(pixels)

    def test_a_small_preview_is_better_than_nothing(self, read: Callable[..., Pixels]) -> None:
        data = dng(quadrants(480, 320), preview=quadrants(96, 64))
        assert_upright(read(data[:-100_000], "photo.dng", 200))

    def test_a_large_developed_photo_is_made_small(self, read: Callable[..., Pixels]) -> None:
        pixels = read(dng(quadrants(2400, 1600)), "photo.dng", 100)
        assert pixels.shape == (100, 150, 3)
        assert_raw_colours(pixels)

    def test_a_file_that_is_only_named_like_raw(self, refusal: Callable[..., str]) -> None:
        assert "not a picture in a supported format" in refusal(b"words, no pixels", "photo.nef")

    def test_a_cut_off_file(self, refusal: Callable[..., str]) -> None:
        sentence = refusal(dng(quadrants(480, 320))[:5000], "photo.dng")
        assert sentence.startswith("This camera RAW file is damaged, or from a camera too new")


class TestRawWithoutRawpy:
    @pytest.fixture(autouse=True)
    def without_rawpy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "rawpy", None)

    @pytest.mark.parametrize("orientation", sorted(AS_STORED))
    def test_the_preview_is_shown_upright(
        self, orientation: int, read: Callable[..., Pixels]
    ) -> None:
        as_stored = stored(quadrants(480, 320), orientation)
        pixels = read(dng(as_stored, orientation, as_stored), "photo.dng", 100)
        assert pixels.shape == (160, 240, 3)
        assert_upright(pixels)

    def test_the_largest_of_several_is_shown(self, read: Callable[..., Pixels]) -> None:
        small = encoded(Image.new("RGB", (160, 120)), "JPEG")
        large = encoded(quadrants(480, 320), "JPEG")
        raf = b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + bytes(8) + small + large + bytes(10_000)
        assert_upright(read(raf, "photo.raf", 100))

    def test_the_tiles_of_a_picture_are_not_previews(self, refusal: Callable[..., str]) -> None:
        tile = encoded(quadrants(256, 256), "JPEG")
        assert "no preview of a useful size" in refusal(b"IIU\0" + tile * 4, "photo.rw2", 100)

    @pytest.mark.parametrize(
        "data",
        [
            dng(quadrants()),
            dng(quadrants(480, 320), preview=quadrants(96, 64)),
            dng(quadrants(480, 320), preview=encoded(quadrants(480, 320), "JPEG")[:900]),
            b"FUJIFILMCCD-RAW ",
        ],
        ids=["none", "small", "damaged", "empty"],
    )
    def test_without_one_it_asks_for_rawpy(self, data: bytes, refusal: Callable[..., str]) -> None:
        assert refusal(data, "photo.dng", 100) == (
            "This camera RAW file holds no preview of a useful size. Run `pip install "
            "'catdog-sorter[raw]'` to decode it."
        )


def test_a_raw_file_that_rawpy_does_not_support_gives_its_preview(
    read: Callable[..., Pixels],
) -> None:
    pytest.importorskip("rawpy", reason="needs the extra `raw`")
    unknown = b"IIU\0" + bytes(100) + encoded(quadrants(480, 320), "JPEG") + bytes(100)
    assert_upright(read(unknown, "photo.rw2", 100))


def jpeg_that_claims(width: int, height: int, **options: Any) -> bytes:
    data = bytearray(encoded(quadrants(), "JPEG", **options))
    start = data.index(b"\xff\xc2" if options.get("progressive") else b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif_that_claims(width: int, height: int) -> bytes:
    data = bytearray(encoded(quadrants(), "GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


class TestBadContent:
    def test_an_empty_file(self, refusal: Callable[..., str]) -> None:
        assert refusal(b"") == "The file is empty."

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"Dear diary, no photo today.", id="text"),
            pytest.param(encoded(quadrants(), "PPM"), id="ppm"),
            pytest.param(encoded(quadrants(), "TGA"), id="tga"),
        ],
    )
    def test_content_that_is_not_a_photo_despite_its_name(
        self, data: bytes, refusal: Callable[..., str]
    ) -> None:
        assert "not a picture in a supported format" in refusal(data)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (bytes(1000), "begins with zeros only"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "it is a PostScript document"),
            (encoded(quadrants(), "ICO"), "it is an icon."),
            (encoded(quadrants(), "PDF"), "it is a PDF document."),
            (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "it is an SVG drawing."),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(100), "it is a video."),
            (b"RIFF\0\0\0\0AVI " + bytes(100), "it is a video."),
            (
                b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>",
                "it is a web page, a sign of a failed download",
            ),
            (b"version https://git-lfs.github.com/spec/v1\n", "Run `git lfs pull`"),
            (b"\0\x05\x16\x07\0\2\0\0" + bytes(100), "it is a note of macOS"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_an_entry_in_place_of_a_photo_is_named(
        self, data: bytes, words: str, refusal: Callable[..., str]
    ) -> None:
        assert words in refusal(data)

    def test_kinds_of_jpeg_that_nobody_decodes_are_named(self, refusal: Callable[..., str]) -> None:
        data = bytearray(encoded(quadrants(), "JPEG"))
        frame = data.index(b"\xff\xc0")
        data[frame + 5 : frame + 7] = b"\0\0"
        assert refusal(bytes(data)).startswith("JPEG without a height is not supported.")
        data[frame + 1] = 0xC1
        data[frame + 4] = 12
        assert refusal(bytes(data)).startswith("JPEG with 12 bits is not supported.")

    def test_a_webp_without_its_end_is_called_cut_off(self, refusal: Callable[..., str]) -> None:
        data = encoded(quadrants(), "WEBP")
        cut = data[: len(data) * 9 // 10]
        assert refusal(cut) == "The picture is cut off: the end of the file is missing."

    @pytest.mark.parametrize(
        ("data", "name", "words"),
        [
            (b"8BPS\0\1" + bytes(100), "photo.jpg", "Photoshop documents are"),
            (b"8BPS\0\1" + bytes(100), "photo.psd", "Photoshop documents are"),
            (b"v/1\x01" + bytes(100), "photo.exr", "OpenEXR pictures are"),
            (encoded(quadrants(), "TGA"), "photo.tga", "Targa pictures are"),
            (encoded(quadrants(), "PPM"), "photo.ppm", "Netpbm pictures are"),
        ],
    )
    def test_pictures_that_are_not_supported_are_called_so(
        self, data: bytes, name: str, words: str, refusal: Callable[..., str]
    ) -> None:
        assert (
            refusal(data, name) == f"{words} not supported. Export this one as JPEG, PNG or TIFF."
        )

    def test_their_name_alone_excludes_no_photo(self, read: Callable[..., Pixels]) -> None:
        assert_upright(read(encoded(quadrants(), "PNG"), "photo.psd"))

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF"])
    @pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
    def test_a_file_that_is_cut_off(
        self, format: str, part: float, refusal: Callable[..., str]
    ) -> None:
        random = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
        data = encoded(Image.fromarray(random), format)
        sentence = refusal(data[: int(part * len(data))])
        assert "cut off" in sentence or "damaged" in sentence

    def test_half_a_jpeg_is_called_cut_off(self, refusal: Callable[..., str]) -> None:
        data = encoded(quadrants(500, 500), "JPEG")
        assert (
            refusal(data[: len(data) // 2])
            == "The picture is cut off: the end of the file is missing."
        )

    @pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.9])
    def test_a_heic_that_is_cut_off(self, part: float, refusal: Callable[..., str]) -> None:
        data = (DATA / "quadrants.heic").read_bytes()
        sentence = refusal(data[: int(part * len(data))])
        assert "cut off" in sentence or "damaged" in sentence

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(png(60_000, 60_000, bytes(1000)), id="png"),
            pytest.param(jpeg_that_claims(30_000, 30_000), id="jpeg"),
            pytest.param(jpeg_that_claims(15_000, 15_000, progressive=True), id="progressive"),
            pytest.param(gif_that_claims(65_535, 65_535), id="gif"),
        ],
    )
    def test_a_small_file_that_claims_a_huge_picture(
        self, data: bytes, refusal: Callable[..., str]
    ) -> None:
        assert "to limit memory" in refusal(data)

    def test_a_phones_200_megapixels_are_decoded(self, read: Callable[..., Pixels]) -> None:
        assert read(jpeg_that_claims(16_384, 12_288)).shape == (32, 43, 3)

    @given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"]))
    @settings(
        max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_noise_behind_a_good_start_gives_a_picture_or_a_sentence(
        self, read: Callable[..., Pixels], noise: bytes, format: str
    ) -> None:
        data = encoded(quadrants(), format)
        try:
            pixels = read(data[: len(data) // 3] + noise)
        except UnreadablePhoto as error:
            assert str(error)
        else:
            assert pixels.dtype == np.uint8 and pixels.shape[2] == 3

    def test_too_little_memory_is_said(
        self, refusal: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def out_of_memory(*args: object, **options: object) -> None:
            raise MemoryError

        monkeypatch.setattr(Image, "open", out_of_memory)
        assert refusal(encoded(quadrants(), "PNG")) == "There is not enough memory to decode it."


class TestFilesThatCannotBeRead:
    def sentence(self, path: Path) -> str:
        with pytest.raises(UnreadablePhoto) as caught:
            read_photo(path, SIDE)
        return str(caught.value)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert self.sentence(tmp_path / "a.jpg").startswith("It was removed")

    @posix
    def test_a_folder_called_like_a_photo(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").mkdir()
        assert self.sentence(tmp_path / "a.jpg") == "It is not a regular file."

    @posix
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.jpg")
        assert self.sentence(tmp_path / "a.jpg") == "It is not a regular file."

    @posix
    def test_a_link_that_leads_round(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").symlink_to("a.jpg")
        assert self.sentence(tmp_path / "a.jpg") == "It is a link that leads back to itself."

    @posix
    def test_a_link_to_a_photo_shows_the_photo(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(encoded(quadrants(), "PNG"))
        (tmp_path / "b.jpg").symlink_to("a")
        assert_upright(read_photo(tmp_path / "b.jpg", SIDE))

    @not_root
    def test_a_file_that_may_not_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"x")
        (tmp_path / "a.jpg").chmod(0)
        assert "Permission to read it was denied" in self.sentence(tmp_path / "a.jpg")

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (errno.EACCES, "Permission to read it was denied"),
            (errno.EIO, "It could not be read from the disk"),
        ],
    )
    def test_the_systems_errors_as_sentences(
        self, error: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(*args: object) -> int:
            raise OSError(error, os.strerror(error))

        monkeypatch.setattr(os, "open", failing)
        assert words in self.sentence(tmp_path / "a.jpg")

    def test_a_name_in_another_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(b"caf\xe9.jpg")
        try:
            path.write_bytes(encoded(quadrants(), "PNG"))
        except (OSError, UnicodeError):
            pytest.skip("this file system takes Unicode names only")
        assert_upright(read_photo(path, SIDE))

    def test_a_system_without_nonblocking_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delattr(os, "O_NONBLOCK", raising=False)  # Windows
        (tmp_path / "a.png").write_bytes(encoded(quadrants(), "PNG"))
        assert_upright(read_photo(tmp_path / "a.png", SIDE))

    @pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
    def test_no_file_stays_open(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "text").write_bytes(b"words")
        (tmp_path / "photo").write_bytes(encoded(quadrants(), "PNG"))
        before = len(os.listdir("/proc/self/fd"))
        for name in ("folder", "text", "photo") * 5:
            with contextlib.suppress(UnreadablePhoto):
                read_photo(tmp_path / name, SIDE)
        assert len(os.listdir("/proc/self/fd")) == before


def test_the_picture_built_into_the_program_is_a_photo() -> None:
    import catdog_sorter

    cat = Path(catdog_sorter.__file__).parent / "assets/cat.jpg"
    assert read_photo(cat, 336).shape == (213, 320, 3)
    assert cat.stat().st_size < 20_000


@pytest.mark.parametrize("mode", ["RGB", "P", "RGBA", "I;16"])
def test_a_large_picture_is_made_small_before_anything_else(mode: str, tmp_path: Path) -> None:
    """Its colours, orientation and transparency stay; only the number of pixels changes."""
    picture = quadrants(6000, 4500)
    if mode == "I;16":
        grey = np.asarray(picture.convert("L"), np.uint16) << 8
        picture = Image.fromarray(grey)
    elif mode == "P":
        picture = picture.quantize(8)
    elif mode == "RGBA":
        picture.putalpha(255)
    picture.save(tmp_path / "a.png", compress_level=1)
    pixels = read_photo(tmp_path / "a.png", 100)
    assert pixels.shape == (100, 134, 3)
    if mode == "I;16":
        assert pixels[10, 10].tolist() == pytest.approx([87] * 3, abs=2)
    else:
        assert_upright(pixels)


def test_a_file_larger_than_any_photo_is_refused_unread(tmp_path: Path) -> None:
    with open(tmp_path / "a.jpg", "wb") as file:
        file.truncate((1 << 30) + 1)  # takes no room on disk
    with pytest.raises(UnreadablePhoto, match="larger than 1 GiB"):
        read_photo(tmp_path / "a.jpg", 8)
