"""Undo restores a whole group, with later changes, or leaves the whole group."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.labels import Label, Prediction
from catdog_sorter.moving import transfer
from catdog_sorter.moving.journal import Entry
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import NotRestored
from catdog_sorter.moving.places import Place
from catdog_sorter.moving.session import MovingSession
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting, plan_sorting
from catdog_sorter.photos.find import Photo, find_photos
from tests.support.colours import tree


def put(top: Path, *names: str) -> None:
    for name in names:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name)


def sort(top: Path, flat: bool = False, go_on: bool = False) -> None:
    """Sort all photos as cats; `go_on` adds to the last run."""
    sorting = Sorting(DEFAULT_FOLDERS, flat=flat)
    found = [p for p in find_photos([top], skip=sorting.is_sorted([top])) if isinstance(p, Photo)]
    results = [Prediction(photo.path, 1, 0, Label.CAT, "test") for photo in found]
    with MovingSession() as session:
        run = session.runs()[0] if go_on else None
        plan = plan_sorting(found, results, sorting)
        list(session.apply(plan, Mode.MOVE, "sort", resumed=run))


def undo(run: int | None = None) -> dict[str, str]:
    """Undo a run; returns the names of files that were not restored, and why."""
    with MovingSession() as session:
        outcomes = list(session.undo(run))
    return {item.path.name: item.reason for item in outcomes if isinstance(item, NotRestored)}


def names(top: Path) -> set[str]:
    return {Path(name).as_posix() for name in tree(top)}


GROUP = ("a.jpg", "a.xmp", "a.mov")


def test_an_edited_companion_is_restored_as_it_is_now(tmp_path: Path) -> None:
    put(tmp_path, *GROUP, "b.jpg")
    sort(tmp_path)
    (tmp_path / "cat/a.xmp").write_text("five stars")
    assert undo() == {}
    assert names(tmp_path) == {*GROUP, "b.jpg"}
    assert (tmp_path / "a.xmp").read_text() == "five stars"


@pytest.mark.parametrize("size", [10, 1 << 20])
def test_another_time_stamp_is_no_change_and_stays(tmp_path: Path, size: int) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(b"x" * size)
    sort(tmp_path)
    for number, name in enumerate(("a.jpg", "b.jpg", "c.jpg")):
        sorted_photo = tmp_path / "cat" / name
        content = bytearray(sorted_photo.read_bytes())
        if number:
            content[-1 if number == 1 else 0] = ord("y")
        sorted_photo.write_bytes(content)
        os.utime(sorted_photo, (1_577_836_800, 1_577_836_800))
    assert set(undo()) == {"b.jpg", "c.jpg"}
    assert (tmp_path / "a.jpg").stat().st_mtime == 1_577_836_800


@pytest.mark.parametrize("stuck", ["a.jpg", "a.xmp", "a.mov"])
def test_a_group_of_which_one_file_fails_on_the_way_stays_as_a_whole(
    tmp_path: Path, stuck: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, *GROUP, "b.jpg", "b.xmp")
    before = tree(tmp_path)
    sort(tmp_path)
    put(tmp_path, "cat/a.dop")
    real = transfer.move

    def fails(source: Place, target: Place, *others: Any) -> Entry:
        if source.path == tmp_path / "cat" / stuck:
            raise OSError(errno.EACCES, "Permission denied")
        return real(source, target, *others)

    with monkeypatch.context() as patched:
        patched.setattr(transfer, "move", fails)
        reasons = undo()
    assert set(reasons) == {*GROUP, "a.dop"}
    assert "permissions" in reasons[stuck]
    assert names(tmp_path) == {*(f"cat/{name}" for name in (*GROUP, "a.dop")), "b.jpg", "b.xmp"}
    assert undo() == {}
    (tmp_path / "a.dop").unlink()
    assert tree(tmp_path) == before


@pytest.mark.parametrize("change", ["edited", "gone", "taken"])
def test_a_group_whose_photo_cannot_go_back_stays(tmp_path: Path, change: str) -> None:
    put(tmp_path, *GROUP, "b.jpg", "b.xmp")
    sort(tmp_path)
    if change == "edited":
        (tmp_path / "cat/a.jpg").write_text("a stranger's photo")
    elif change == "gone":
        (tmp_path / "cat/a.jpg").unlink()
    else:
        put(tmp_path, "a.mov")
    expected = tree(tmp_path)
    reasons = undo()
    assert set(reasons) == set(GROUP)
    assert reasons["a.xmp"].startswith("It stays with its photo.")
    for name in ("b.jpg", "b.xmp"):
        expected[name] = expected.pop(str(Path("cat", name)))
    assert tree(tmp_path) == expected


def test_a_group_that_stayed_is_restored_once_its_places_are_free(tmp_path: Path) -> None:
    put(tmp_path, *GROUP)
    sort(tmp_path)
    before = tree(tmp_path)
    put(tmp_path, "a.jpg")
    assert set(undo()) == set(GROUP)
    (tmp_path / "a.jpg").unlink()
    assert tree(tmp_path) == before
    assert undo(1) == {}
    assert names(tmp_path) == set(GROUP)


def test_missing_companions_do_not_prevent_an_undo(tmp_path: Path) -> None:
    put(tmp_path, *GROUP)
    sort(tmp_path)
    (tmp_path / "cat/a.mov").unlink()
    assert set(undo()) == {"a.mov"}
    assert names(tmp_path) == {"a.jpg", "a.xmp"}


def test_companions_made_since_go_along_under_the_first_name(tmp_path: Path) -> None:
    put(tmp_path, "x/a.jpg", "y/a.jpg")
    sort(tmp_path, flat=True)
    put(tmp_path, "cat/a.jpg.xmp", "cat/a (2).jpg.xmp", "cat/a (2).dop", "cat/notes.txt")
    assert undo() == {}
    assert names(tmp_path) == {
        *("x/a.jpg", "x/a.jpg.xmp", "y/a.jpg", "y/a.jpg.xmp", "y/a.dop", "cat/notes.txt"),
    }
    assert (tmp_path / "y/a.dop").read_text() == "cat/a (2).dop"


def test_one_made_since_whose_place_is_taken_stays_and_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    sort(tmp_path)
    put(tmp_path, "cat/a.xmp", "a.xmp")
    assert set(undo()) == {"a.xmp"}
    assert names(tmp_path) == {"a.jpg", "a.xmp", "cat/a.xmp"}


@pytest.mark.parametrize("since", ["left alone", "edited", "replaced"])
def test_one_that_lay_there_before_the_photo_came_stays(tmp_path: Path, since: str) -> None:
    put(tmp_path, "a.jpg", "cat/a.xmp", "x/b.jpg", "x/b.xmp")
    sort(tmp_path)
    if since == "edited":
        (tmp_path / "cat/a.xmp").write_text("five stars")
    elif since == "replaced":
        put(tmp_path, "cat/new")
        (tmp_path / "cat/new").replace(tmp_path / "cat/a.xmp")
    assert undo() == {}
    assert names(tmp_path) == {"a.jpg", "cat/a.xmp", "x/b.jpg", "x/b.xmp"}


def test_one_made_between_the_parts_of_a_run_belongs_to_the_photo_that_was_there(
    tmp_path: Path,
) -> None:
    put(tmp_path, "a.jpg")
    sort(tmp_path)
    put(tmp_path, "cat/a.xmp", "cat/b.xmp", "b.jpg")
    sort(tmp_path, go_on=True)
    assert undo() == {}
    assert names(tmp_path) == {"a.jpg", "a.xmp", "b.jpg", "cat/b.xmp"}


def test_files_of_other_photos_go_with_those(tmp_path: Path) -> None:
    # In the flat folder `a.mov` could be of either.
    put(tmp_path, "x/a.heic", "y/a.jpg", "y/a.mov")
    sort(tmp_path, flat=True)
    assert names(tmp_path) == {"cat/a.heic", "cat/a.jpg", "cat/a.mov"}
    assert undo() == {}
    assert names(tmp_path) == {"x/a.heic", "y/a.jpg", "y/a.mov"}


def test_many_groups(tmp_path: Path) -> None:
    files = [f"{n}/{n}{suffix}" for n in range(60) for suffix in (".jpg", ".xmp", ".mov")]
    put(tmp_path, *files)
    sort(tmp_path, flat=True)
    for number in range(60):
        (tmp_path / f"cat/{number}.xmp").write_text("edited")
        put(tmp_path, f"cat/{number}.aae")
    assert undo() == {}
    assert names(tmp_path) == {*files, *(f"{n}/{n}.aae" for n in range(60))}
