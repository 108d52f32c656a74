"""Videos in the window: found if the user chose so, with a picture and their length."""

import sys
from pathlib import Path

import pytest

from catdog_sorter.gui.worker import handlers, messages
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving.sort import Sorting
from catdog_sorter.storage.locations import thumbnails_folder
from tests.support.colours import draw
from tests.support.films import film


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draw(tmp_path / "clips" / "a.png", "dog")
    film(tmp_path / "clips" / "b.mp4", ["neither", "cat", "cat", "neither"])
    return tmp_path / "clips"


def results(folder: Path, bundle: ModelBundle, videos: bool) -> dict[str, str]:
    request = messages.Classify(
        (folder,), Sorting({Label.CAT: "cat"}), str(bundle.folder), videos=videos
    )
    events = list(handlers.classify(request))
    return {e.path.name: e.label.value for e in events if isinstance(e, Prediction)}


def test_they_are_found_where_they_are_wanted(folder: Path, colour_bundle: ModelBundle) -> None:
    assert results(folder, colour_bundle, videos=False) == {"a.png": "dog"}
    assert results(folder, colour_bundle, videos=True) == {"a.png": "dog", "b.mp4": "cat"}


def test_a_video_has_a_picture_and_a_length(folder: Path) -> None:
    (picture,) = handlers.decode(messages.Decode(folder / "b.mp4", 64, with_facts=True))
    assert (picture.width, picture.height) == (64, 48)
    assert picture.facts.duration_s == pytest.approx(4, abs=0.3)
    assert picture.rgb[0] > 200 > picture.rgb[2]  # red in the middle


def test_a_damaged_video_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.mkv").write_bytes(b"\x1aE\xdf\xa3" + bytes(99))
    (problem,) = handlers.decode(messages.Decode(tmp_path / "a.mkv", 64, with_facts=True))
    assert isinstance(problem, Unreadable)


def test_the_picture_shows_the_frame_that_decided(folder: Path) -> None:
    film(folder / "c.mp4", ["cat", "neither", "neither", "neither"])
    (middle,) = handlers.decode(messages.Decode(folder / "c.mp4", 64))
    (best,) = handlers.decode(messages.Decode(folder / "c.mp4", 64, time_s=0.5))
    assert middle.rgb != best.rgb
    assert best.rgb[0] > 200 > best.rgb[2]  # red, as the cat is


def test_where_the_model_looks_is_asked_of_that_frame(
    folder: Path, colour_bundle: ModelBundle
) -> None:
    film(folder / "c.mp4", ["cat", "neither", "neither", "neither"])
    request = messages.FindRegions(folder / "c.mp4", str(colour_bundle.folder), 0.5)
    (event,) = handlers.find_regions(request)
    assert isinstance(event, messages.Regions)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stores thumbnails")
def test_a_stored_thumbnail_of_another_frame_is_not_used(tmp_path: Path) -> None:
    video = film(tmp_path / "c.mp4", ["cat", "neither", "neither", "dog"], size=(640, 480))
    for time_s, is_red in ((0.5, True), (3.5, False), (3.5, False), (0.5, True)):
        (picture,) = handlers.decode(messages.Decode(video, 64, time_s=time_s))
        assert (picture.rgb[0] > picture.rgb[1]) is is_red
    assert len(list((thumbnails_folder() / "large").iterdir())) == 1
