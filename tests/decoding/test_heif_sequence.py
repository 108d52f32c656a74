"""A HEIF image sequence without a primary picture gives its first picture."""

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding import heif_sequence
from catdog_sorter.decoding.boxes import box, full_box, only
from catdog_sorter.decoding.image import read_image
from catdog_sorter.errors import UnreadablePhoto
from tests.support.pictures import DATA, assert_upright

UPRIGHT = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
QUARTER_CLOCKWISE = (0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)


def hevc_picture() -> tuple[bytes, bytes]:
    """The configuration and the data of the picture in the HEIC of the tests."""
    heic = (DATA / "quadrants.heic").read_bytes()
    meta = only(heic, 0, len(heic), b"meta")
    properties = only(heic, *only(heic, meta[0] + 4, meta[1], b"iprp"), b"ipco")
    configuration = heic[slice(*only(heic, *properties, b"hvcC"))]
    with_locations = heic[slice(*only(heic, meta[0] + 4, meta[1], b"iloc"))]
    base, _, offset, length = struct.unpack_from(">IHII", with_locations, 8 + 4)
    start = base + offset
    return configuration, heic[start : start + length]


def sequence(
    matrix: tuple[int, ...] = UPRIGHT, codec: bytes = b"hvc1", places: bytes = b"stco"
) -> bytes:
    configuration, picture = hevc_picture()
    start = box(b"ftyp", b"hevc", bytes(4), b"msf1hevc")
    entry = box(
        codec,
        bytes(24),
        struct.pack(">HH", 96, 64),
        bytes(50),
        box(b"hvcC", configuration),
    )

    def movie(offset: int) -> bytes:
        number = ">I" if places == b"stco" else ">Q"
        table = box(
            b"stbl",
            full_box(b"stsd", struct.pack(">I", 1), entry),
            full_box(b"stsz", struct.pack(">III", 0, 1, len(picture))),
            full_box(places, struct.pack(">I", 1), struct.pack(number, offset)),
        )
        header = full_box(b"tkhd", bytes(36), struct.pack(">9i", *matrix), bytes(8))
        return box(b"moov", box(b"trak", header, box(b"mdia", box(b"minf", table))))

    offset = len(start) + len(movie(0)) + 8
    return start + movie(offset) + box(b"mdat", picture)


def test_a_sequence_that_a_video_encoder_made() -> None:
    """Its pictures contain parameter sets and comments of the encoder, and depend on each other."""
    picture = decoded((DATA / "sequence.heics").read_bytes())
    assert picture.size == (96, 64)
    assert_upright(np.asarray(picture))


def decoded(data: bytes) -> Image.Image:
    return read_image(Path("photo.heics"), 32, data).image


@pytest.mark.parametrize("codec", [b"hvc1", b"hev1"])
@pytest.mark.parametrize("places", [b"stco", b"co64"])
def test_its_first_picture_is_shown(codec: bytes, places: bytes) -> None:
    assert_upright(np.asarray(decoded(sequence(codec=codec, places=places))))


def test_it_is_rotated_by_its_tracks_matrix() -> None:
    turned = decoded(sequence(QUARTER_CLOCKWISE))
    assert turned.size == (64, 96)
    assert_upright(np.asarray(turned.transpose(Image.Transpose.ROTATE_90)))


def test_one_of_another_codec_is_refused() -> None:
    with pytest.raises(UnreadablePhoto):
        decoded(sequence(codec=b"avc1"))


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.9])
def test_a_cut_off_one_is_refused(part: float) -> None:
    data = sequence()
    with pytest.raises(UnreadablePhoto):
        decoded(data[: int(part * len(data))])


def test_a_file_with_a_main_picture_is_left_to_its_decoder() -> None:
    with pytest.raises(LookupError):
        heif_sequence.first_picture((DATA / "quadrants.heic").read_bytes())
