"""JPEG XL, through the extra `formats`, and JPEG 2000."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding import jpeg_xl
from catdog_sorter.decoding.boxes import box
from catdog_sorter.decoding.image import Limits, NeedsMemory, read_image
from catdog_sorter.errors import UnreadablePhoto
from tests.support.pictures import (
    AS_STORED,
    BLUE,
    RED,
    WHITE,
    YELLOW,
    assert_colours,
    assert_upright,
    encoded,
    exif,
    quadrants,
    stored,
)

SIGNATURE = bytes.fromhex("0000000c4a584c200d0a870a")


def decoded(data: bytes, side: int = 32, limits: Limits | None = None) -> Image.Image:
    return read_image(Path("photo.jxl"), side, data, limits or Limits()).image


def jxl(values: Any, **options: Any) -> bytes:
    imagecodecs = pytest.importorskip("imagecodecs", reason="needs the extra `formats`")
    return bytes(imagecodecs.jpegxl_encode(np.asarray(values), **options))


class TestJpegXl:
    @pytest.mark.parametrize("options", [{}, {"lossless": True}, {"usecontainer": True}], ids=str)
    def test_it_is_read(self, options: dict[str, Any]) -> None:
        assert_upright(np.asarray(decoded(jxl(quadrants(), **options))))

    def test_16_bits(self) -> None:
        assert_upright(np.asarray(decoded(jxl(np.asarray(quadrants()).astype(np.uint16) * 257))))

    def test_floating_point(self) -> None:
        values = (np.asarray(quadrants()) / 255).astype(np.float32)
        assert_upright(np.asarray(decoded(jxl(values))), within=20)

    def test_grey(self) -> None:
        grey = np.asarray(quadrants().convert("L"))
        assert np.abs(np.asarray(decoded(jxl(grey)))[..., 0].astype(int) - grey).max() < 12

    def test_transparency_is_shown_over_white(self) -> None:
        picture = quadrants().convert("RGBA")
        picture.paste((0, 0, 0, 0), (48, 0, 96, 32))
        assert_colours(np.asarray(decoded(jxl(picture))), RED, WHITE, BLUE, YELLOW)

    @pytest.mark.parametrize("orientation", sorted(AS_STORED))
    def test_a_jpeg_in_it_is_turned_once(self, orientation: int) -> None:
        imagecodecs = pytest.importorskip("imagecodecs", reason="needs the extra `formats`")
        jpeg = encoded(stored(quadrants(), orientation), "JPEG", exif=exif(orientation), quality=95)
        assert_upright(np.asarray(decoded(imagecodecs.jpegxl_encode_jpeg(jpeg))))

    def test_a_large_one_is_made_small(self) -> None:
        image = decoded(jxl(quadrants(1200, 800)), side=100)
        assert image.size == (150, 100)

    @pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
    def test_a_cut_off_one_is_refused(self, part: float) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
        data = jxl(noise)
        with pytest.raises(UnreadablePhoto):
            decoded(data[: int(part * len(data))])

    def test_memory_is_requested_first(self) -> None:
        with pytest.raises(NeedsMemory):
            decoded(jxl(quadrants()), limits=Limits(memory_bytes=1 << 20))


@pytest.mark.parametrize(
    ("start", "size"),
    [
        # By ISO/IEC 18181-1: small or not, height, ratio, width; the lowest bit first.
        (0b00011_000_00111_1, (32, 64)),
        (0b001_00111_1, (64, 64)),
        (0b011_000000111_00_0, (10, 8)),
    ],
)
def test_the_size_in_a_file_s_first_bits(start: int, size: tuple[int, int]) -> None:
    bits = b"\xff\x0a" + start.to_bytes(8, "little")
    assert jpeg_xl.read_size(bits) == size
    assert jpeg_xl.read_size(SIGNATURE + box(b"jxlc", bits)) == size
    assert jpeg_xl.read_size(SIGNATURE + box(b"jxlp", bytes(4), bits)) == size


def test_one_that_claims_a_huge_picture() -> None:
    side = (1 << 30) - 1
    bits = 0b0 | 0b11 << 1 | side << 3 | 0b001 << 33
    with pytest.raises(UnreadablePhoto, match="to limit memory"):
        decoded(b"\xff\x0a" + bits.to_bytes(8, "little"))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "imagecodecs", None)
    with pytest.raises(UnreadablePhoto, match=r"pip install 'catdog-sorter\[formats\]'"):
        decoded(b"\xff\x0a" + (0b001_00111_1).to_bytes(8, "little"))


class TestJpeg2000:
    @pytest.mark.parametrize("options", [{}, {"no_jp2": True}, {"irreversible": True}], ids=str)
    def test_it_is_read(self, options: dict[str, Any]) -> None:
        assert_upright(np.asarray(decoded(encoded(quadrants(), "JPEG2000", **options))))

    def test_transparency_is_shown_over_white(self) -> None:
        picture = quadrants().convert("RGBA")
        picture.paste((0, 0, 0, 0), (48, 0, 96, 32))
        pixels = np.asarray(decoded(encoded(picture, "JPEG2000")))
        assert_colours(pixels, RED, WHITE, BLUE, YELLOW)

    @pytest.mark.parametrize("resolutions", [1, 2, 6])
    def test_a_large_one_is_made_small(self, resolutions: int) -> None:
        data = encoded(quadrants(1200, 800), "JPEG2000", num_resolutions=resolutions)
        image = decoded(data, side=100)
        assert min(image.size) >= 100 and image.width * image.height <= 600_000
        assert_upright(np.asarray(image))

    @pytest.mark.parametrize("part", [0.02, 0.3])
    def test_a_cut_off_one_is_refused(self, part: float) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
        data = encoded(Image.fromarray(noise), "JPEG2000")
        with pytest.raises(UnreadablePhoto):
            decoded(data[: int(part * len(data))])
