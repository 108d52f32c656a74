import os
from pathlib import Path

import pytest

from catdog_sorter.photos.find import find_photos
from catdog_sorter.watching.stability import StabilityTracker


class Desk:
    """A folder whose photos are stable after 10 seconds, and a clock that the test sets."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now_s = folder, 100.0
        self.tracker = StabilityTracker(10.0, lambda: self.now_s)

    def put(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content)

    def after(self, seconds: float) -> list[str]:
        self.now_s += seconds
        return [item.path.name for item in self.tracker.update(find_photos([self.folder]))]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_photo_is_told_of_once_it_has_held_still(desk: Desk) -> None:
    desk.put("a.jpg", "a")
    assert (desk.after(0), desk.tracker.next_due_s()) == ([], 10.0)
    assert (desk.after(4), desk.tracker.next_due_s()) == ([], 6.0)
    assert (desk.after(6), desk.tracker.next_due_s()) == (["a.jpg"], None)
    assert desk.after(60) == []


def test_one_that_grows_is_waited_for_and_others_are_not_held_up(desk: Desk) -> None:
    desk.put("a.jpg", "a")
    desk.put("b.jpg", "b")
    desk.after(0)
    desk.put("a.jpg", "aa")
    desk.after(9)
    assert desk.after(1) == ["b.jpg"]
    assert desk.after(9) == ["a.jpg"]


def test_a_companion_that_arrives_or_grows_is_waited_for(desk: Desk) -> None:
    desk.put("a.jpg", "a")
    desk.after(0)
    desk.put("a.xmp", "x")
    assert desk.after(10) == []
    desk.put("a.xmp", "xx")
    assert desk.after(10) == []
    assert desk.after(10) == ["a.jpg"]


def test_a_changed_time_alone_is_a_change(desk: Desk) -> None:
    desk.put("a.jpg", "a")
    (photo,) = find_photos([desk.folder])
    desk.after(0)
    assert desk.after(10) == ["a.jpg"]
    assert desk.tracker.is_unchanged(photo)
    os.utime(desk.folder / "a.jpg", ns=(1, 1))
    assert not desk.tracker.is_unchanged(photo)
    assert desk.after(0) == []
    assert desk.after(10) == ["a.jpg"]


def test_what_goes_and_comes_back_arrives_anew(desk: Desk) -> None:
    desk.put("a.jpg", "a")
    desk.after(0)
    (desk.folder / "a.jpg").rename(desk.folder / "a.txt")
    assert (desk.after(10), desk.tracker.next_due_s()) == ([], None)
    (desk.folder / "a.txt").rename(desk.folder / "a.jpg")
    assert desk.after(0) == []
    assert desk.after(10) == ["a.jpg"]


def test_a_broken_link_is_reported_once(desk: Desk) -> None:
    (desk.folder / "a.jpg").symlink_to("nowhere")
    desk.after(0)
    assert desk.after(10) == ["a.jpg"]
    assert desk.after(10) == []
