"""Thumbnails are read from and stored in the desktop's folder; outdated ones are not used."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.gui.worker import handlers, messages
from catdog_sorter.storage.locations import thumbnails_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a folder")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 60, 3), np.uint8)
    path = tmp_path / os.fsdecode(b"a \xff#1.png")
    Image.fromarray(pixels).resize((1200, 800)).save(path)
    return path


def picture(photo: Path, side: int = 160) -> object:
    (event,) = handlers.decode(messages.Decode(photo, side))
    return event


def refuse(*_: object) -> None:
    raise UnreadablePhoto("It was decoded again.")


@pytest.mark.parametrize(("side", "folder"), [(160, "large"), (320, "x-large")])
def test_a_photo_is_decoded_once(
    photo: Path, monkeypatch: pytest.MonkeyPatch, side: int, folder: str
) -> None:
    first = picture(photo, side)
    assert isinstance(first, messages.PictureReady)
    assert (first.width, first.height) == (side, round(side / 1.5))
    (stored,) = (thumbnails_folder() / folder).iterdir()
    with Image.open(stored) as image:
        assert max(image.size) == {"large": 256, "x-large": 512}[folder]
        assert image.text["Thumb::URI"].endswith("a%20%FF%231.png")
    monkeypatch.setattr(handlers, "read_photo", refuse)
    again = picture(photo, side)
    assert isinstance(again, messages.PictureReady)
    assert (again.width, again.height) == (first.width, first.height)
    difference = np.frombuffer(again.rgb, np.uint8).astype(int) - np.frombuffer(first.rgb, np.uint8)
    assert np.abs(difference).mean() < 4


def test_a_photo_that_was_changed_is_decoded_again(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(photo)
    os.utime(photo, (1_000, 1_000))
    monkeypatch.setattr(handlers, "read_photo", refuse)
    assert not isinstance(picture(photo), messages.PictureReady)


def test_a_damaged_thumbnail_is_ignored(photo: Path) -> None:
    picture(photo)
    (stored,) = (thumbnails_folder() / "large").iterdir()
    stored.write_bytes(stored.read_bytes()[:100])
    assert isinstance(picture(photo), messages.PictureReady)


def test_small_and_large_pictures_are_not_stored(photo: Path, tmp_path: Path) -> None:
    picture(photo, 2048)
    Image.new("RGB", (100, 100)).save(tmp_path / "small.png")
    picture(tmp_path / "small.png")
    assert not thumbnails_folder().exists()
