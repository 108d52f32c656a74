"""When and with which camera a picture was taken, and which video belongs to which photo."""

import struct
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from catdog_sorter.labels import Unreadable
from catdog_sorter.photos.capture import (
    Capture,
    photo_identifiers,
    read_capture,
    video_identifier,
)
from catdog_sorter.photos.find import find_photos
from tests.support.pictures import quadrants

ID = "A1B2C3D4-0000-1111-2222-333344445555"
MODEL, EXIF, TAKEN, MAKER_NOTE = 0x0110, 0x8769, 0x9003, 0x927C


def take(path: Path, camera: str | None, time: str | None, note: bytes = b"") -> Path:
    """Write a picture with a camera's metadata."""
    tags = Image.Exif()
    if camera:
        tags[MODEL] = camera
    if time:
        tags.get_ifd(EXIF)[TAKEN] = time
    if note:
        tags.get_ifd(EXIF)[MAKER_NOTE] = note
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jpg":
        quadrants().save(path, exif=tags)
    else:  # as a camera's RAW file begins; Pillow writes no TIFF that names a time
        path.write_bytes(tags.tobytes().removeprefix(b"Exif\0\0"))
    return path


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def live_video(identifier: str) -> bytes:
    """The boxes of a Live Photo's video with the photo's identifier, after its frames."""
    tags = b"mdtacom.apple.quicktime.content.identifier" + bytes(16) + identifier.encode()
    wide = struct.pack(">I4sQ", 1, b"mdat", 16 + 100) + bytes(100)
    moov = box(b"mvhd", bytes(92)) + box(b"trak", bytes(200)) + box(b"meta", tags)
    return box(b"ftyp", b"qt  ") + wide + box(b"moov", moov)


@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".nef"])
def test_camera_and_time(tmp_path: Path, suffix: str) -> None:
    path = take(tmp_path / f"a{suffix}", "Canon  EOS R5", "2023:07:01 12:00:05")
    assert read_capture(path) == Capture("canon eos r5", datetime(2023, 7, 1, 12, 0, 5))


def test_a_jpeg_that_says_nothing_is_without_origin(tmp_path: Path) -> None:
    assert read_capture(take(tmp_path / "a.jpg", None, None)) == Capture(is_without_origin=True)
    (tmp_path / "empty.jpg").touch()
    assert read_capture(tmp_path / "empty.jpg") == Capture()
    assert read_capture(tmp_path / "gone.jpg") == Capture()


@pytest.mark.parametrize("time", ["    :  :     :  :  ", "0000:00:00 00:00:00", "yesterday"])
def test_a_clock_that_was_never_set_says_nothing(tmp_path: Path, time: str) -> None:
    assert read_capture(take(tmp_path / "a.jpg", "X", time)).time is None


@given(st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_files_have_no_metadata(tmp_path: Path, data: st.DataObject) -> None:
    whole = take(tmp_path / "whole.tif", "X" * 40, "2023:07:01 12:00:05").read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + 8 :]
    (tmp_path / "broken.tif").write_bytes(broken)
    assert isinstance(read_capture(tmp_path / "broken.tif"), Capture)
    video_identifier(tmp_path / "broken.tif")


def test_the_two_parts_of_a_live_photo(tmp_path: Path) -> None:
    photo = take(tmp_path / "a.jpg", "iPhone", None, b"Apple iOS\0\0\1MM" + ID.encode())
    (tmp_path / "b.mov").write_bytes(live_video(ID))
    assert ID in photo_identifiers(photo)
    assert video_identifier(tmp_path / "b.mov") == ID


@pytest.mark.parametrize("content", [b"", b"x" * 50, box(b"moov", b""), box(b"free", b"") * 5000])
def test_other_videos_have_no_identifier(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.mov").write_bytes(content)
    assert video_identifier(tmp_path / "b.mov") is None


def test_files_decide_which_names_belong_together(tmp_path: Path) -> None:
    july, august = "2023:07:01 12:00:05", "2023:08:01 12:00:05"
    for name, time in {"a.jpg": july, "a.nef": july, "b.jpg": july, "b.nef": august}.items():
        take(tmp_path / name, "X", time)
    take(tmp_path / "c.jpg", "iPhone", july, b"Apple iOS\0\0\1MM" + ID.encode())
    (tmp_path / "video.mov").write_bytes(live_video(ID))
    (tmp_path / "holiday.mov").write_bytes(live_video(ID.replace("A", "B")))
    found = {
        item.path.name: [path.name for path in item.companions]
        for item in find_photos([tmp_path])
        if not isinstance(item, Unreadable)
    }
    assert found == {"a.jpg": ["a.nef"], "b.jpg": [], "b.nef": [], "c.jpg": ["video.mov"]}
