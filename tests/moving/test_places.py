"""If folders are replaced by links during a run, no file is moved elsewhere."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.moving.modes import FOLDER_MODES, Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.places import Folders, UnsafeTransfer, anchor_of
from catdog_sorter.moving.plan import GroupMove
from tests.support.interference import at_every_step, interfering, quick_journal
from tests.support.shelf import Shelf, names, tree


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def planned(group: GroupMove) -> GroupMove:
    """The group as in a plan made now."""
    photo, *others = group.moves
    identity = FileIdentity.of(photo.source.stat())
    return replace(
        group,
        moves=(replace(photo, identity=identity), *others),
        source_anchor=anchor_of(photo.source.parent),
        target_anchor=anchor_of(photo.target.parent),
    )


def swap_for_link(folder: Path, goal: Path) -> None:
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}.moved"))
    folder.symlink_to(goal)


@pytest.mark.parametrize("has_folder", [True, False])
@pytest.mark.parametrize("mode", FOLDER_MODES)
def test_a_target_folder_swapped_at_the_question_is_not_followed(
    same: Shelf, tmp_path: Path, mode: Mode, has_folder: bool
) -> None:
    same.put("trip/a.jpg", "trip/a.xmp")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "trip").mkdir(parents=True)
    if has_folder:
        (same.top / "cat/trip").mkdir(parents=True)
    plan = planned(same.group("trip/a.jpg", "trip/a.xmp"))
    swap_for_link(same.top / "cat", elsewhere)
    (outcome,) = same.apply(plan, mode=mode)
    assert isinstance(outcome, MoveFailed)
    assert "now a link" in outcome.reason or "was replaced after" in outcome.reason
    assert names(elsewhere) == []
    assert names(same.top / "trip") == ["a.jpg", "a.xmp"]


@pytest.mark.parametrize("mode", FOLDER_MODES)
def test_a_source_folder_swapped_at_the_question_is_not_followed(
    same: Shelf, tmp_path: Path, mode: Mode
) -> None:
    """Not even if the photo itself is the same file."""
    same.put("trip/a.jpg", "trip/a.xmp")
    plan = planned(same.group("trip/a.jpg", "trip/a.xmp"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.link(same.top / "trip/a.jpg", elsewhere / "a.jpg")
    (elsewhere / "a.xmp").write_text("private")
    plan = replace(plan, moves=(replace(plan.moves[0], identity=None), plan.moves[1]))
    swap_for_link(same.top / "trip", elsewhere)
    (outcome,) = same.apply(plan, mode=mode)
    assert isinstance(outcome, MoveFailed) and "was replaced after" in outcome.reason
    assert names(elsewhere) == ["a.jpg", "a.xmp"]
    assert names(same.top / "cat") == []


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY])
@pytest.mark.parametrize("swapped", ["cat", "cat/trip", "trip"])
@pytest.mark.parametrize("place", ["same drive", "other drive"])
def test_a_folder_swapped_at_any_instant_is_not_followed(
    tmp_path: Path, swapped: str, mode: Mode, place: str
) -> None:
    memory = Path("/dev/shm")
    if place == "other drive" and not memory.is_dir():
        pytest.skip("there is no second file system")
    other = memory / f"{tmp_path.name}-{os.getpid()}"

    def attempt(step: int) -> list[int]:
        here = tmp_path / str(step)
        elsewhere, top = here / "elsewhere", here / "photos"
        out = other if place == "other drive" else top
        for folder in (elsewhere / "trip", top, out):
            folder.mkdir(parents=True, exist_ok=True)
        for name in ("a.jpg", "b.jpg"):
            (elsewhere / name).write_text(f"a private {name}")
        with quick_journal() as journal:
            shelf = Shelf(top, out, journal)
            shelf.put("trip/a.jpg", "trip/b.jpg")
            before = tree(elsewhere)
            groups = [planned(shelf.group(f"trip/{name}")) for name in ("a.jpg", "b.jpg")]
            folder = top / swapped if swapped == "trip" else out / swapped

            def swap() -> None:
                if folder.parent.is_dir():
                    swap_for_link(folder, elsewhere)

            with interfering(step, swap) as reached:
                shelf.apply(*groups, mode=mode)
        assert tree(elsewhere) == before, step
        left = {path.read_bytes() for path in (*top.rglob("*.jpg"), *out.rglob("*.jpg"))}
        assert left >= {b"bytes of trip/a.jpg", b"bytes of trip/b.jpg"}, step
        if out != top:
            shutil.rmtree(out)
        return reached

    at_every_step(attempt, at_least=20)


def test_a_folder_that_was_planned_and_made_is_used(same: Shelf) -> None:
    """Links that existed at the time of planning are the user's choice."""
    same.put("a.jpg", "b.jpg")
    (same.top / "animals").mkdir()
    (same.top / "cat").symlink_to("animals")
    assert {type(o) for o in same.apply(planned(same.group("a.jpg")))} == {Moved}
    assert (same.top / "animals/a.jpg").is_file()


def test_where_the_system_has_no_descriptors_folders_are_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catdog_sorter.moving import places

    monkeypatch.setattr(places, "_USES_DESCRIPTORS", False)
    (tmp_path / "cat/trip").mkdir(parents=True)
    (tmp_path / "elsewhere/trip").mkdir(parents=True)
    path = tmp_path / "cat/trip/a.jpg"
    anchor = anchor_of(path.parent)
    with Folders() as folders:
        place = folders.place(path, anchor)
        assert (place.at, place.descriptor) == (str(path), None)
        swap_for_link(tmp_path / "cat", tmp_path / "elsewhere")
        with pytest.raises(UnsafeTransfer, match="was replaced after"):
            folders.place(path, anchor)


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="counts open files")
def test_few_folders_are_open_at_a_time(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with Folders() as folders:
        for number in range(300):
            folders.place(tmp_path / str(number) / "a.jpg", make=True)
        assert len(os.listdir("/proc/self/fd")) < before + 80
    assert len(os.listdir("/proc/self/fd")) == before
