"""The format of a file by its first bytes; names that count as photos."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_sorter.photos.formats import PHOTO_SUFFIXES, RAW_SUFFIXES, FileType, sniff
from tests.support.dng import dng
from tests.support.pictures import DATA, encoded, quadrants


def ftyp(brand: bytes, *compatible: bytes) -> bytes:
    content = b"ftyp" + brand + b"\0\0\0\0" + b"".join(compatible)
    return (4 + len(content)).to_bytes(4, "big") + content


@pytest.mark.parametrize(
    ("format", "kind"),
    [
        ("JPEG", FileType.PICTURE),
        ("PNG", FileType.PICTURE),
        ("WEBP", FileType.PICTURE),
        ("AVIF", FileType.PICTURE),
        ("GIF", FileType.PICTURE),
        ("BMP", FileType.PICTURE),
        ("TIFF", FileType.TIFF),
    ],
)
def test_32_bytes_tell_each_format_that_is_read(format: str, kind: FileType) -> None:
    assert sniff(encoded(quadrants(), format)[:32]) is kind


def test_tiff_of_either_byte_order_and_size() -> None:
    for start in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        assert sniff(start + bytes(28)) is FileType.TIFF


def test_dng_looks_like_tiff_and_heic_like_heif() -> None:
    assert sniff(dng(quadrants())[:32]) is FileType.TIFF
    assert sniff((DATA / "quadrants.heic").read_bytes()[:32]) is FileType.HEIF


@pytest.mark.parametrize(
    "start",
    [
        b"II*\0\x10\0\0\0CR\x02\0",
        b"II\x1a\0\0\0HEAPCCDR",
        b"FUJIFILMCCD-RAW 0201",
        b"IIRO\x08\0\0\0",
        b"IIU\0\x18\0\0\0",
        b"FOVb\0\0\2\0",
        b"\0MRM\0\0\0\0",
        ftyp(b"crx ", b"crx ", b"isom"),
    ],
    ids=["CR2", "CRW", "RAF", "ORF", "RW2", "X3F", "MRW", "CR3"],
)
def test_camera_raw_that_is_not_plain_tiff(start: bytes) -> None:
    assert sniff(start.ljust(32, b"\0")) is FileType.RAW


def test_the_brands_behind_the_main_one_count_too() -> None:
    assert sniff(ftyp(b"mif1", b"mif1", b"avif", b"miaf")) is FileType.PICTURE
    assert sniff(ftyp(b"mif1", b"mif1", b"heic")) is FileType.HEIF
    assert sniff(ftyp(b"MiHB", b"mif1", b"heic")) is FileType.HEIF
    # What follows the box is no brand.
    assert sniff(ftyp(b"isom", b"mp41") + b"heic") is None


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\xff",
        b"hello, world, this is a text file",
        b"BM, said the car, and drove away.",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"8BPS\0\1" + bytes(26),
        b"\0\0\1\0\1\0" + bytes(26),
        b"RIFF\0\0\0\0WAVEfmt " + bytes(16),
        b"PK\3\4" + bytes(28),
        ftyp(b"qt  "),
        ftyp(b"isom", b"isom", b"avc1", b"mp41"),
        ftyp(b"M4A "),
        bytes(32),
    ],
)
def test_other_files_are_not_photos(start: bytes) -> None:
    assert sniff(start) is None


@given(st.binary(max_size=64))
def test_any_bytes_get_an_answer(start: bytes) -> None:
    assert sniff(start) in {None, *FileType}


@given(
    st.sampled_from(["JPEG", "PNG", "GIF", "TIFF"]).map(
        lambda format: encoded(quadrants(), format)
    ),
    st.integers(32, 64),
)
def test_more_bytes_than_32_change_nothing(data: bytes, length: int) -> None:
    assert sniff(data[:length]) is sniff(data[:32])


def test_suffixes_are_lower_case_and_of_one_sort_only() -> None:
    for suffix in PHOTO_SUFFIXES | RAW_SUFFIXES:
        assert suffix == suffix.lower() and suffix.startswith(".") and suffix.count(".") == 1
    assert not PHOTO_SUFFIXES & RAW_SUFFIXES
