"""The JPEG parser: unsupported kinds, the first rows, and scans that are not decoded."""

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.decoding.jpeg import without_details
from tests.support.pictures import encoded, exif


def scene(size: tuple[int, int] = (1003, 777), mode: str = "RGB") -> Image.Image:
    noise = np.random.default_rng(0).integers(0, 256, (size[1] // 9, size[0] // 9, 3), np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC).convert(mode)


def at_an_eighth(content: bytes) -> npt.NDArray[np.uint8]:
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft(None, (picture.width // 8, picture.height // 8))
        return np.asarray(picture)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_an_eighth_of_a_progressive_jpeg_is_the_same_without_its_details(
    mode: str, subsampling: str
) -> None:
    whole = encoded(scene(mode=mode), "JPEG", progressive=True, subsampling=subsampling, quality=90)
    coarse = without_details(whole)
    assert coarse is not None
    assert len(coarse) < len(whole) * 0.7
    assert np.array_equal(at_an_eighth(coarse), at_an_eighth(whole))


@pytest.mark.parametrize(
    "content",
    [
        encoded(scene(), "JPEG"),
        encoded(scene(), "JPEG", progressive=True, restart_marker_rows=1),
        encoded(scene(), "JPEG", progressive=True)[:-2],
        encoded(scene(), "JPEG", progressive=True)[:9000],
        b"\xff\xd8\xff\xc2\0\2\xff\xd9",
        b"\xff\xd8\xff\xda\0",
        b"\xff\xd8",
        b"",
    ],
)
def test_other_files_stay_as_they_are(content: bytes) -> None:
    assert without_details(content) is None


def test_a_large_progressive_photo_is_read_without_its_details(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = encoded(scene(), "JPEG", progressive=True, exif=exif(6))
    (tmp_path / "a.jpg").write_bytes(whole)
    left = []

    def noted(content: bytes) -> bytes | None:
        left.append(without_details(content))
        return left[-1]

    monkeypatch.setattr("catdog_sorter.decoding.jpeg.without_details", noted)
    quick = read_photo(tmp_path / "a.jpg", 90)
    assert quick.shape == (126, 98, 3)
    assert len(left) == 1 and left[0] is not None
    monkeypatch.setattr("catdog_sorter.decoding.jpeg.without_details", lambda content: None)
    assert np.array_equal(quick, read_photo(tmp_path / "a.jpg", 90))
    read_photo(tmp_path / "a.jpg", 200)
    assert len(left) == 1, "a quarter of its size needs the details"
