"""PNG files that Pillow refuses although every viewer shows them."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from catdog_sorter.decoding.image import DecodedImage, read_image
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import UnreadablePhoto
from tests.support.pictures import (
    BLUE,
    GREEN,
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


def decoded(data: bytes) -> DecodedImage:
    return read_image(Path("photo.png"), 32, data)


def pixels(data: bytes) -> Pixels:
    return np.asarray(decoded(data).image)


def chunk(kind: bytes, content: bytes, wrong_by: int = 0) -> bytes:
    checksum = zlib.crc32(kind + content) ^ wrong_by
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def with_wrong_checksums(png: bytes, *kinds: bytes) -> bytes:
    return png[:8] + b"".join(chunk(kind, c, wrong_by=kind in kinds) for kind, c in chunks(png))


@pytest.mark.parametrize("kind", [b"IHDR", b"IDAT", b"IEND", b"tEXt", b"gAMA"])
def test_a_photo_with_a_wrong_checksum_is_decoded(kind: bytes) -> None:
    data = encoded(quadrants(), "PNG")
    data = data[:33] + chunk(b"tEXt", b"Comment\0hi") + chunk(b"gAMA", bytes(4)) + data[33:]
    picture = decoded(with_wrong_checksums(data, kind))
    assert not picture.is_incomplete
    assert_upright(np.asarray(picture.image))


def test_all_checksums_wrong_and_turned() -> None:
    data = encoded(stored(quadrants(), 6), "PNG", exif=exif(6))
    kinds = {kind for kind, _ in chunks(data)}
    assert b"eXIf" in kinds
    assert_upright(pixels(with_wrong_checksums(data, *kinds)))


def test_changed_pixels_are_damage() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    data = bytearray(encoded(Image.fromarray(noise), "PNG"))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(UnreadablePhoto):
        decoded(bytes(data))


@pytest.mark.parametrize("megabytes", [3, 40, 100])
def test_much_text_or_a_large_colour_profile(megabytes: int) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Raw profile type xmp", "a" * (megabytes << 20), zip=True)
    assert_upright(pixels(encoded(quadrants(), "PNG", pnginfo=info)))
    assert_upright(pixels(encoded(quadrants(), "PNG", icc_profile=bytes(megabytes << 20))))


class TestAppleKind:
    """PNG files in iOS applications and of some screenshots."""

    def made(self, picture: Image.Image, orientation: int = 1) -> bytes:
        bands = np.asarray(picture).copy()
        if picture.mode == "RGBA":
            bands[..., :3] = bands[..., :3].astype(int) * bands[..., 3:] // 255
        bands[..., [0, 2]] = bands[..., [2, 0]]
        data = encoded(Image.fromarray(bands), "PNG", exif=exif(orientation))
        packed = b"".join(content for kind, content in chunks(data) if kind == b"IDAT")
        header, turned = (dict(chunks(data))[kind] for kind in (b"IHDR", b"eXIf"))
        return (
            data[:8]
            + chunk(b"CgBI", b"\x50\0\x20\x02")
            + chunk(b"IHDR", header)
            + chunk(b"eXIf", turned)
            + chunk(b"IDAT", packed[2:-4])
            + chunk(b"IEND", b"")
        )

    def test_colours_come_out_right(self) -> None:
        assert_upright(pixels(self.made(quadrants())))

    def test_it_is_turned(self) -> None:
        assert_upright(pixels(self.made(stored(quadrants(), 8), 8)))

    def test_transparency_is_shown_over_white(self) -> None:
        picture = quadrants().convert("RGBA")
        picture.paste((*GREEN, 0), (48, 0, 96, 32))
        picture.paste((*BLUE, 128), (0, 32, 48, 64))
        half = tuple((value * 128 + 255 * 127) // 255 for value in BLUE)
        assert_colours(pixels(self.made(picture)), RED, WHITE, half, YELLOW)

    def test_a_large_one(self) -> None:
        assert_upright(pixels(self.made(quadrants(1800, 1200))))

    @pytest.mark.parametrize("part", [0.2, 0.5])
    def test_a_cut_off_one(self, part: float) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
        data = self.made(Image.fromarray(noise))
        with pytest.raises(UnreadablePhoto):
            decoded(data[: int(part * len(data))])

    def test_a_bomb(self) -> None:
        packing = zlib.compressobj(9, wbits=-15)
        packed = b"".join(packing.compress(bytes(1 << 20)) for _ in range(40)) + packing.flush()
        data = self.made(quadrants())
        at = data.index(b"IDAT") - 4
        with pytest.raises(UnreadablePhoto):
            decoded(data[:at] + chunk(b"IDAT", packed) + chunk(b"IEND", b""))
