"""The preview in a photo: taken where it has the photo's shape, else passed over."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding.embedded_previews import read_preview
from tests.support.pictures import DATA, assert_upright, encoded, exif, quadrants, scan_bomb, stored

PHOTO, PREVIEW = (2400, 1800), (160, 120)


def camera_jpeg(
    preview: bytes,
    photo: tuple[int, int] = PHOTO,
    orientation: int = 1,
    says: tuple[int, int] | None = None,
) -> bytes:
    """A plain photo with these bytes as its preview; `says`: where it begins, how long it is."""
    first, second = 8, 8 + 2 + 12 + 4
    begin = second + 2 + 2 * 12 + 4
    start, length = says or (begin, len(preview))
    data = b"II*\0" + struct.pack("<IHHHIII", first, 1, 0x0112, 3, 1, orientation, second)
    data += struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, start, 0x0202, 4, 1, length, 0) + preview
    return encoded(Image.new("RGB", photo), "JPEG", exif=b"Exif\0\0" + data)


def jpeg(size: tuple[int, int] = PREVIEW, **options: object) -> bytes:
    return encoded(quadrants(*size), "JPEG", quality=95, **options)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_preview_is_turned_as_the_photo_is(orientation: int, tmp_path: Path) -> None:
    small = stored(quadrants(*PREVIEW), orientation)
    size = PHOTO if small.width > small.height else PHOTO[::-1]
    data = camera_jpeg(encoded(small, "JPEG", quality=95), size, orientation)
    (tmp_path / "a.jpg").write_bytes(data)
    preview = read_preview(tmp_path / "a.jpg")
    assert preview is not None
    assert preview.size == PREVIEW
    assert_upright(np.asarray(preview))


def test_only_the_head_of_a_jpeg_is_read(tmp_path: Path) -> None:
    """So a photo that is cut off later on has a preview all the same."""
    data = camera_jpeg(jpeg())
    (tmp_path / "a.jpg").write_bytes(data[: data.rindex(b"\xff\xda") + 100])
    assert read_preview(tmp_path / "a.jpg") is not None


def test_a_previews_own_orientation_and_preview_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(camera_jpeg(jpeg(exif=exif(6))))
    preview = read_preview(tmp_path / "a.jpg")
    assert preview is not None
    assert_upright(np.asarray(preview))


def test_the_preview_of_a_heic_photo_is_read(tmp_path: Path) -> None:
    preview = read_preview(DATA / "preview.heic")
    assert preview is not None
    assert preview.size == PREVIEW
    assert_upright(np.asarray(preview))


def claiming(width: int, height: int) -> bytes:
    """A small JPEG that says it is large."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


_USELESS: dict[str, Callable[[], bytes]] = {
    "none": lambda: encoded(Image.new("RGB", PHOTO), "JPEG"),
    "none in HEIC": (DATA / "quadrants.heic").read_bytes,
    "bars: a photo of 3:2 in a preview of 4:3": lambda: camera_jpeg(jpeg(), (2700, 1800)),
    "cropped": lambda: camera_jpeg(jpeg((160, 128))),
    "turned already": lambda: camera_jpeg(jpeg((120, 160)), orientation=6),
    "too small": lambda: camera_jpeg(jpeg((80, 60))),
    "of a small photo": lambda: camera_jpeg(jpeg(), (800, 600)),
    "huge": lambda: camera_jpeg(claiming(60_000, 45_000)),
    "cut off": lambda: camera_jpeg(jpeg()[:900]),
    "no picture": lambda: camera_jpeg(b"no picture"),
    "another format": lambda: camera_jpeg(encoded(quadrants(*PREVIEW), "PNG")),
    "beyond the end": lambda: camera_jpeg(jpeg(), says=(60_000, 5_000)),
    "at the very beginning": lambda: camera_jpeg(jpeg(), says=(0, 5_000)),
    "endless scans of a huge picture": lambda: camera_jpeg(scan_bomb(1200, 300)),
    "damaged EXIF": lambda: camera_jpeg(jpeg()).replace(b"II*\0", b"II*\7"),
    "no photo": lambda: b"no photo at all",
    "empty": lambda: b"",
}


@pytest.mark.parametrize("name", _USELESS)
def test_what_cannot_stand_for_the_photo_is_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(_USELESS[name]())
    assert read_preview(tmp_path / "a") is None


def test_a_missing_file_has_no_preview(tmp_path: Path) -> None:
    assert read_preview(tmp_path / "a.jpg") is None


def test_damage_anywhere_in_the_boxes_of_a_heic_is_no_error(tmp_path: Path) -> None:
    whole = (DATA / "preview.heic").read_bytes()
    path = tmp_path / "a.heic"
    for at in range(0, whole.index(b"mdat"), 3):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        preview = read_preview(path)
        assert preview is None or preview.size == PREVIEW
        path.write_bytes(whole[:at])
        assert read_preview(path) is None
