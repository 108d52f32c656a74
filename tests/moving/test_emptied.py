"""Emptied folders are removed with file managers' files, and restored with them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from catdog_sorter.moving import executor
from catdog_sorter.moving.emptied import Emptied, remove_emptied
from catdog_sorter.moving.journal import Journal
from catdog_sorter.moving.outcomes import Moved
from tests.support.interference import at_every_step, interfering
from tests.support.shelf import Shelf, names, open_shelf, tree

LEFT = ".DS_Store"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path, "same drive") as shelf:
        yield shelf


def sort(shelf: Shelf) -> Path:
    """Sort the only photo of a folder, beside a file manager's file; returns the folder."""
    shelf.put("trip/a.jpg", f"trip/{LEFT}")
    assert [type(o) for o in shelf.apply(shelf.group("trip/a.jpg"))] == [Moved]
    return shelf.top / "trip"


def test_files_of_a_file_manager_are_removed_and_restored(shelf: Shelf) -> None:
    shelf.put("trip/a.jpg", f"trip/{LEFT}")
    before = tree(shelf.top)
    shelf.apply(shelf.group("trip/a.jpg"))
    trip = shelf.top / "trip"
    assert remove_emptied(shelf.journal, 1, [trip], [shelf.top]) == Emptied(1, 1)
    assert not trip.exists()
    shelf.undo()
    assert tree(shelf.top) == before


@pytest.mark.parametrize("other", ["notes.txt", "._a.jpg", ".picasa.ini"])
def test_any_other_file_keeps_the_folder_and_all_in_it(shelf: Shelf, other: str) -> None:
    trip = sort(shelf)
    (trip / other).write_text("by a person")
    before = tree(trip)
    assert remove_emptied(shelf.journal, 1, [trip], [shelf.top]) == Emptied()
    assert tree(trip) == before


def test_what_another_program_saves_at_any_instant_is_kept(tmp_path: Path) -> None:
    def attempt(step: int) -> list[int]:
        place = tmp_path / str(step)
        place.mkdir()
        with open_shelf(place, "same drive") as shelf:
            trip = sort(shelf)

            has_saved = []

            def save() -> None:
                if trip.is_dir():
                    (trip / "new").write_text("just saved")
                    os.replace(trip / "new", trip / LEFT)
                    has_saved.append(step)

            with interfering(step, save) as reached:
                remove_emptied(shelf.journal, 1, [trip], [shelf.top])
            shelf.undo()  # what was read before it went is in the journal
            if has_saved:
                saved = [path.read_text() for path in trip.iterdir()]
                assert "just saved" in saved, step
            assert not list(shelf.top.rglob(".catdog-*")), step
            return reached

    at_every_step(attempt, at_least=8)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed at each step")
def test_a_kill_at_any_instant_leaves_no_hidden_file_and_undo_restores_all(
    tmp_path: Path,
) -> None:
    def attempt(step: int) -> list[int]:
        place = tmp_path / str(step)
        place.mkdir()
        with open_shelf(place, "same drive") as shelf:
            trip = sort(shelf)
            content = (trip / LEFT).read_bytes()
            journal = shelf.journal.path
            shelf.journal.close()
            child = os.fork()
            if not child:
                with Journal(journal) as mine, interfering(step, lambda: os._exit(9)):
                    remove_emptied(mine, 1, [trip], [shelf.top])
                os._exit(0)
            was_killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
            with Journal(journal) as again:
                executor.recover(again)
                assert not list(shelf.top.rglob(".catdog-*")), step
                if trip.exists() and was_killed:
                    assert names(trip) in ([LEFT], []), step
                list(executor.undo(again, 1))
            assert names(trip) == [LEFT, "a.jpg"], step
            assert (trip / LEFT).read_bytes() == content, step
        return [step] if was_killed else []

    at_every_step(attempt, at_least=8)
