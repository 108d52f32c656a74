"""Files that are truncated, or have data after the picture."""

import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding.image import DecodedImage, read_image
from catdog_sorter.errors import UnreadablePhoto
from tests.support.pictures import assert_upright, encoded, exif, quadrants, stored

SIDE = 64
GREY = (128, 128, 128)


def decoded(data: bytes) -> DecodedImage:
    return read_image(Path("photo.jpg"), SIDE, data)


def busy(mode: str = "RGB", size: tuple[int, int] = (450, 300)) -> Image.Image:
    """Quadrants with noise, so that the data are spread evenly over the file."""
    noise = np.random.default_rng(0).integers(-12, 12, (size[1], size[0], 3))
    pixels = (np.asarray(quadrants(*size)) + noise).clip(0, 255).astype(np.uint8)
    return Image.fromarray(pixels).convert(mode)


def samsung_trailer() -> bytes:
    """The data after a Samsung panorama: a video, and a directory of the data."""
    video = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + random.Random(1).randbytes(100_000)
    entry = b"\0\0" + struct.pack("<HI", 0x0A30, 16) + b"MotionPhoto_Data" + video
    kept = b"\0\0" + struct.pack("<HII", 0x0A30, len(entry), len(entry))
    head = b"SEFH" + struct.pack("<II", 107, 1) + kept
    return entry + head + struct.pack("<I", len(head)) + b"SEFT"


KINDS: dict[str, Callable[[], bytes]] = {
    "baseline": lambda: encoded(busy(), "JPEG", quality=90),
    "restart-markers": lambda: encoded(busy(), "JPEG", quality=90, restart_marker_rows=1),
    "one-colour-in-four": lambda: encoded(busy(), "JPEG", quality=90, subsampling=2),
    "cmyk": lambda: encoded(busy("CMYK"), "JPEG", quality=90),
    "large": lambda: encoded(busy(size=(2400, 1600)), "JPEG", quality=90),
}


@pytest.mark.parametrize("kind", KINDS)
class TestOnePass:
    def test_without_its_end_marker(self, kind: str) -> None:
        picture = decoded(KINDS[kind]()[:-2])
        assert picture.is_incomplete
        assert_upright(np.asarray(picture.image))

    def test_without_its_last_hundredth(self, kind: str) -> None:
        data = KINDS[kind]()
        picture = decoded(data[: len(data) * 99 // 100])
        assert picture.is_incomplete
        assert_upright(np.asarray(picture.image))

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
    def test_without_more_it_is_cut_off(self, kind: str, part: float) -> None:
        data = KINDS[kind]()
        with pytest.raises(UnreadablePhoto, match="The picture is cut off"):
            decoded(data[: int(len(data) * part)])

    def test_with_another_program_s_data_for_its_end(self, kind: str) -> None:
        picture = decoded(KINDS[kind]()[:-2] + samsung_trailer())
        assert picture.is_incomplete
        assert_upright(np.asarray(picture.image))

    def test_a_file_with_its_end_marker_is_complete_regardless_of_later_data(
        self, kind: str
    ) -> None:
        picture = decoded(KINDS[kind]() + samsung_trailer())
        assert not picture.is_incomplete


def test_it_is_turned_as_if_it_were_whole() -> None:
    data = encoded(stored(busy(), 6), "JPEG", quality=90, exif=exif(6))
    assert_upright(np.asarray(decoded(data[:-2]).image))


def test_the_missing_end_is_grey() -> None:
    data = encoded(busy(), "JPEG", quality=90)
    image = decoded(data[: len(data) * 97 // 100]).image
    assert image.getpixel((image.width - 1, image.height - 1)) == GREY


@pytest.mark.parametrize("colour", [(100, 100, 100), (0, 0, 0), (255, 255, 255)])
def test_a_plain_strip_at_the_bottom_does_not_count_as_missing(colour: tuple[int, ...]) -> None:
    picture = busy()
    picture.paste(colour, (0, 200, 450, 300))
    assert decoded(encoded(picture, "JPEG", quality=90)[:-2]).is_incomplete


class TestProgressive:
    def data(self, **options: Any) -> bytes:
        return encoded(busy(), "JPEG", quality=90, progressive=True, **options)

    @pytest.mark.parametrize("part", [0.6, 0.8, 0.99])
    def test_it_is_used_once_its_finest_details_have_begun(self, part: float) -> None:
        data = self.data()
        picture = decoded(data[: int(len(data) * part)])
        assert picture.is_incomplete
        assert_upright(np.asarray(picture.image))

    @pytest.mark.parametrize("part", [0.02, 0.1])
    def test_before_that_it_is_cut_off(self, part: float) -> None:
        data = self.data()
        with pytest.raises(UnreadablePhoto, match="The picture is cut off"):
            decoded(data[: int(len(data) * part)])


class TestPng:
    def data(self) -> bytes:
        return encoded(busy(), "PNG")

    def test_without_its_last_hundredth(self) -> None:
        data = self.data()
        picture = decoded(data[: len(data) * 99 // 100])
        assert picture.is_incomplete
        assert_upright(np.asarray(picture.image))
        assert picture.image.getpixel((449, 299)) == GREY

    def test_half_of_it(self) -> None:
        data = self.data()
        with pytest.raises(UnreadablePhoto, match="The picture is cut off"):
            decoded(data[: len(data) // 2])


def test_damage_in_the_middle_is_not_hidden_by_what_follows() -> None:
    """A frame header inside the data ends the decoding there."""
    data = encoded(busy(), "JPEG", quality=90)
    half = len(data) // 2
    with pytest.raises(UnreadablePhoto):
        decoded(data[:half] + data[data.index(b"\xff\xc0") : data.index(b"\xff\xda")] + data[half:])


def test_a_header_alone_is_cut_off() -> None:
    data = encoded(busy(), "JPEG")
    with pytest.raises(UnreadablePhoto, match="The picture is cut off"):
        decoded(data[: data.index(b"\xff\xda") + 14])


def test_a_webp_without_its_last_hundredth() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (96, 96, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "WEBP")
    whole = read_image(Path("a.webp"), 32, data)
    cut = read_image(Path("a.webp"), 32, data[: len(data) * 99 // 100])
    assert (whole.is_incomplete, cut.is_incomplete) == (False, True)
    difference = np.abs(np.asarray(whole.image, np.int16) - np.asarray(cut.image))
    assert (difference.max(axis=2) > 24).mean() < 0.05
