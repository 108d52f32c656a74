"""If folders are replaced after a run, undo and recovery use only those of the run."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from catdog_sorter.file_identity import FolderId
from catdog_sorter.labels import Label
from catdog_sorter.moving import executor, places, recorded_folders
from catdog_sorter.moving.emptied import Emptied, remove_emptied
from catdog_sorter.moving.journal import State
from catdog_sorter.moving.modes import FOLDER_MODES, Mode
from catdog_sorter.moving.outcomes import Moved, NotRestored, Restored
from catdog_sorter.moving.plan import GroupMove, Move
from catdog_sorter.moving.recorded_folders import RecordedFolders, folder_ids
from catdog_sorter.moving.relocation import Relocation
from catdog_sorter.moving.undo import plan_undo, preview
from tests.support.interference import at_every_step, interfering, quick_journal
from tests.support.shelf import MTIME_NS, Shelf, names, open_shelf, tree


@pytest.fixture(params=["same drive", "other drive"])
def shelf(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Shelf]:
    with open_shelf(tmp_path, request.param) as shelf:
        shelf.put("trip/a.jpg", "trip/a.xmp")
        yield shelf


@pytest.fixture
def same(tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path, "same drive") as shelf:
        shelf.put("trip/a.jpg", "trip/a.xmp")
        yield shelf


def sort(shelf: Shelf, mode: Mode = Mode.MOVE) -> None:
    outcomes = shelf.apply(shelf.group("trip/a.jpg", "trip/a.xmp"), mode=mode)
    assert {type(outcome) for outcome in outcomes} == {Moved}


def elsewhere_of(shelf: Shelf) -> Path:
    """Another folder with the same names, which was not sorted."""
    folder = shelf.top.parent / "elsewhere"
    folder.mkdir()
    return folder


def swap(folder: Path, other: Path, by_link: bool = True) -> None:
    folder.rename(folder.parent.parent / "moved away")
    if by_link:
        folder.symlink_to(other)
    else:
        other.rename(folder)


def refusals(shelf: Shelf) -> list[str]:
    """The reasons of undo, which restores nothing; those of the preview are equal."""
    with shelf.journal.provisionally():
        run = plan_undo(shelf.journal).run
        previewed = list(preview(shelf.journal, run))
    undone = shelf.undo()
    assert all(isinstance(outcome, NotRestored) for outcome in (*previewed, *undone))
    reasons = [outcome.reason for outcome in undone if isinstance(outcome, NotRestored)]
    assert sorted(o.reason for o in previewed if isinstance(o, NotRestored)) == sorted(reasons)
    return reasons


@pytest.mark.parametrize("by_link", [True, False])
def test_photos_do_not_go_back_into_another_folder(shelf: Shelf, by_link: bool) -> None:
    sort(shelf)
    elsewhere = elsewhere_of(shelf)
    swap(shelf.top / "trip", elsewhere, by_link)
    before = tree(shelf.top, shelf.out, elsewhere)
    assert all("not the folder that run 1 used" in reason for reason in refusals(shelf))
    assert tree(shelf.top, shelf.out, elsewhere) == before


@pytest.mark.parametrize("by_link", [True, False])
@pytest.mark.parametrize("mode", FOLDER_MODES)
def test_nothing_is_taken_from_another_folder(same: Shelf, mode: Mode, by_link: bool) -> None:
    """Even if it is equal to the file that the run has put there."""
    sort(same, mode)
    elsewhere = elsewhere_of(same)
    shutil.copytree(same.out / "cat/trip", elsewhere, symlinks=True, dirs_exist_ok=True)
    kept = same.out / "cat/trip"
    kept.rename(same.top.parent.parent / f"{same.top.parent.name} moved away")
    if by_link:
        kept.symlink_to(elsewhere)
    else:
        elsewhere.rename(kept)
    before = tree(same.top, elsewhere)
    assert all("not the folder that run 1 used" in reason for reason in refusals(same))
    assert tree(same.top, elsewhere) == before


def test_the_user_can_name_the_new_folder_that_replaces_the_old_one(
    shelf: Shelf,
) -> None:
    sort(shelf)
    swap(shelf.top / "trip", elsewhere_of(shelf), by_link=False)
    shelf.undo()
    told = [Relocation(shelf.top / "trip", shelf.top / "trip")]
    outcomes = list(executor.undo(shelf.journal, 1, told))
    assert {type(outcome) for outcome in outcomes} == {Restored}
    assert names(shelf.top / "trip") == ["a.jpg", "a.xmp"]


@pytest.mark.parametrize("is_link", [True, False])
def test_a_folder_that_the_run_has_removed_may_be_made_again_but_be_no_link(
    shelf: Shelf, is_link: bool
) -> None:
    sort(shelf)
    trip = shelf.top / "trip"
    assert remove_emptied(shelf.journal, 1, [trip], [shelf.top]) == Emptied(1)
    elsewhere = elsewhere_of(shelf)
    if is_link:
        trip.symlink_to(elsewhere)
        assert all("is now a link" in r.reason for r in shelf.undo() if isinstance(r, NotRestored))
        assert names(elsewhere) == [] and names(shelf.out / "cat/trip") == ["a.jpg", "a.xmp"]
    else:
        trip.mkdir()
        assert {type(outcome) for outcome in shelf.undo()} == {Restored}
        assert names(trip) == ["a.jpg", "a.xmp"]


def test_a_folder_that_an_undo_of_another_run_has_removed_may_be_made_again(same: Shelf) -> None:
    same.put("a.jpg", "trip/b.jpg")
    same.apply(same.group("a.jpg"))
    out = same.top / "dog"
    move = Move(same.top / "cat/a.jpg", out / "a.jpg")
    same.apply(GroupMove(Label.DOG, (move,)))
    (same.top / "cat/a.jpg").write_bytes(b"bytes of a.jpg")
    os.utime(same.top / "cat/a.jpg", ns=(MTIME_NS, MTIME_NS))
    same.undo(1)  # which removes the folder that the second run has emptied
    assert not (same.top / "cat").exists()
    same.apply(same.group("trip/b.jpg"))
    assert {type(outcome) for outcome in same.undo(2)} == {Restored}
    assert (same.top / "cat/a.jpg").is_file()


def test_a_missing_folder_is_not_made_in_another_one(shelf: Shelf) -> None:
    sort(shelf)
    (shelf.top / "trip").rmdir()
    elsewhere = elsewhere_of(shelf)
    moved = shelf.top.rename(shelf.top.with_name("photos moved"))
    shelf.top.symlink_to(elsewhere)
    before = tree(moved, shelf.out)
    assert {type(outcome) for outcome in shelf.undo()} == {NotRestored}
    assert tree(moved, shelf.out) == before
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_somebody_has_removed_is_made_again_for_all_its_photos(
    shelf: Shelf,
) -> None:
    shelf.put("trip/b.jpg", "trip/b.xmp")
    before = tree(shelf.top)
    shelf.apply(shelf.group("trip/a.jpg", "trip/a.xmp"), shelf.group("trip/b.jpg", "trip/b.xmp"))
    (shelf.top / "trip").rmdir()
    assert {type(outcome) for outcome in shelf.undo()} == {Restored}
    assert tree(shelf.top) == before


def test_nothing_is_put_where_a_drive_was_mounted(shelf: Shelf) -> None:
    """Its mount point is gone too: the photos would end on another drive."""
    sort(shelf)
    trip = shelf.top / "trip"
    shelf.journal.replace_folder_ids(1, {trip: FolderId("another volume", "1")})
    trip.rmdir()
    before = tree(shelf.top, shelf.out)
    assert all("is not connected. Connect it" in reason for reason in refusals(shelf))
    assert tree(shelf.top, shelf.out) == before


def test_without_a_photo_that_went_back_no_folder_is_made(same: Shelf) -> None:
    sort(same)
    assert remove_emptied(same.journal, 1, [same.top / "trip"], [same.top]) == Emptied(1)
    (same.top / "cat").rename(same.top / "cat of another drive")
    (same.top / "cat of another drive/trip/a.jpg").unlink()
    before = tree(same.top)
    assert {type(outcome) for outcome in same.undo()} == {NotRestored}
    assert tree(same.top) == before


def test_an_own_link_that_led_to_the_folder_before_the_run_is_followed(same: Shelf) -> None:
    (same.top / "animals").mkdir()
    (same.top / "cat").symlink_to("animals")
    sort(same)
    assert {type(outcome) for outcome in same.undo()} == {Restored}
    assert names(same.top / "trip") == ["a.jpg", "a.xmp"]


def test_folders_that_are_swapped_after_a_kill_are_not_followed(same: Shelf) -> None:
    sort(same)
    entries = same.journal.entries(1)
    same.journal.record_states((entry, State.INTENDED) for entry in entries)
    same.journal.close_run(1, "running")
    (same.out / "cat/trip/a.xmp").unlink()  # so that recovery would take the photo back
    (same.top / "trip/a.xmp").write_text("not moved yet")
    elsewhere = elsewhere_of(same)
    swap(same.top / "trip", elsewhere)
    executor.recover(same.journal)
    assert names(elsewhere) == []
    assert (same.out / "cat/trip/a.jpg").is_file()


def test_no_rights_are_changed_and_nothing_is_removed_through_a_link(same: Shelf) -> None:
    sort(same)
    trip = same.top / "trip"
    elsewhere = elsewhere_of(same)
    elsewhere.chmod(0o700)
    remove_emptied(same.journal, 1, [trip], [same.top])
    trip.symlink_to(elsewhere)
    same.undo()
    assert elsewhere.stat().st_mode & 0o777 == 0o700
    trip.unlink()
    (elsewhere / "cat/trip").mkdir(parents=True)
    moved = (same.top / "cat").rename(same.top / "moved")
    (same.top / "cat").symlink_to(elsewhere / "cat")
    folder = same.top / "cat/trip"
    assert remove_emptied(same.journal, 1, [folder], [same.top]) == Emptied()
    assert (elsewhere / "cat/trip").is_dir() and moved.is_dir()


def test_a_volume_without_an_id_is_recognised_after_a_restart(
    same: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its id is then the device number, which the system reassigns."""

    def ids_of(device: int) -> Callable[[Path], places.FolderId | None]:
        def folder_id(path: Path) -> places.FolderId | None:
            known = places.folder_id(path)
            return known and known._replace(volume=f"{device:x}")

        return folder_id

    device = os.stat(same.top).st_dev
    with monkeypatch.context() as patch:
        patch.setattr(recorded_folders, "folder_id", ids_of(device + 1))
        ids = folder_ids([same.top])
    run = same.journal.begin("sort", Mode.MOVE)
    same.journal.note_folders(run.id, ids)
    monkeypatch.setattr(recorded_folders, "folder_id", ids_of(device))
    recorded = RecordedFolders(same.journal, run.id)
    assert recorded.anchor(same.top).inode == os.stat(same.top).st_ino


@pytest.mark.parametrize("is_stable", [True, False])
def test_another_volume_in_the_same_place_is_noticed(
    same: Shelf, is_stable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a camera's second memory card, whose root folder has the same inode number."""
    monkeypatch.setattr(places, "_is_stable", lambda device, unstable=(): is_stable)
    monkeypatch.setattr(os, "statvfs", lambda folder: SimpleNamespace(f_fsid=0), raising=False)
    monkeypatch.setattr(places, "_uuid", lambda device: "first")
    sort(same)
    monkeypatch.setattr(places, "_uuid", lambda device: "second")
    before = tree(same.top)
    assert all("not the folder that run 1 used" in reason for reason in refusals(same))
    assert tree(same.top) == before
    monkeypatch.setattr(places, "_uuid", lambda device: "first")
    assert {type(outcome) for outcome in same.undo()} == {Restored}


def test_a_volume_is_named_as_linux_names_its_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Path("/dev/null")
    if not device.exists():
        pytest.skip("there are no devices")
    (tmp_path / "1234-ABCD").symlink_to(device)
    (tmp_path / "gone").symlink_to("nowhere")
    monkeypatch.setattr(places, "_VOLUMES", str(tmp_path))
    assert places._uuid(device.stat().st_rdev) == "1234-ABCD"
    assert places._uuid(device.stat().st_rdev + 1) is None


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY])
@pytest.mark.parametrize("swapped", ["trip", "cat/trip"])
def test_a_folder_swapped_at_any_instant_of_an_undo_is_not_followed(
    tmp_path: Path, swapped: str, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)

    def attempt(step: int) -> list[int]:
        here = tmp_path / str(step)
        elsewhere, top = here / "elsewhere", here / "photos"
        for folder in (elsewhere, top):
            folder.mkdir(parents=True)
        for name in ("a.jpg", "b.jpg"):
            (elsewhere / name).write_text(f"a private {name}")
        with quick_journal() as journal:
            shelf = Shelf(top, top, journal)
            shelf.put("trip/a.jpg", "trip/b.jpg")
            shelf.apply(*(shelf.group(f"trip/{name}") for name in ("a.jpg", "b.jpg")), mode=mode)
            before = tree(elsewhere)

            def act() -> None:
                if (top / swapped).is_dir():
                    (top / swapped).rename(here / "moved away")
                    (top / swapped).symlink_to(elsewhere)

            with interfering(step, act) as reached:
                shelf.undo()
        assert tree(elsewhere) == before, step
        left = {path.read_bytes() for path in here.rglob("*.jpg")}
        assert left >= {b"bytes of trip/a.jpg", b"bytes of trip/b.jpg"}, step
        return reached

    at_every_step(attempt, at_least=20)
