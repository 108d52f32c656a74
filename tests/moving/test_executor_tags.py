"""Written sidecars: the earlier one is backed up, and restored by undo."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.labels import Label
from catdog_sorter.moving import executor, transfer
from catdog_sorter.moving.journal import Operation, RunState, State
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored
from catdog_sorter.moving.places import Place, UnsafeTransfer
from catdog_sorter.moving.plan import GroupMove, Move, Plan
from tests.support.shelf import Shelf, names, tree

NEW = b"the new sidecar"


def tagged(shelf: Shelf, photo: str, sidecar: str) -> GroupMove:
    moves = (Move(shelf.top / photo, shelf.top / sidecar),)
    kept = shelf.out / "kept" / sidecar
    exists = (shelf.top / sidecar).exists()
    return GroupMove(Label.CAT, moves, backup=Move(shelf.top / sidecar, kept) if exists else None)


def tag(shelf: Shelf, *groups: GroupMove, write=lambda group: NEW) -> list[Moved | MoveFailed]:
    return list(
        executor.apply(Plan(groups, ()), shelf.journal, Mode.TAG, "catdog-sort", write=write)
    )


@pytest.fixture
def groups(shelf: Shelf) -> tuple[GroupMove, GroupMove]:
    """A photo with a sidecar and one without."""
    shelf.put("a.jpg", "a.xmp", "b.jpg")
    return tagged(shelf, "a.jpg", "a.xmp"), tagged(shelf, "b.jpg", "b.jpg.xmp")


def test_tags_are_written_kept_and_undone(shelf: Shelf, groups: tuple[GroupMove, ...]) -> None:
    before = tree(shelf.top, shelf.out)
    old = (shelf.top / "a.xmp").read_bytes()
    outcomes = tag(shelf, *groups)
    assert [outcome.target.name for outcome in outcomes] == ["a.xmp", "b.jpg.xmp"]  # type: ignore[union-attr]
    assert (shelf.top / "a.xmp").read_bytes() == (shelf.top / "b.jpg.xmp").read_bytes() == NEW
    assert (shelf.out / "kept" / "a.xmp").read_bytes() == old
    assert [entry.operation for entry in shelf.journal.entries(1)] == [
        Operation.BACK_UP_SIDECAR,
        Operation.WRITE_SIDECAR,
        Operation.WRITE_SIDECAR,
    ]
    mode_of_old = before[str(shelf.top / "a.xmp")][2]
    assert tree(shelf.top)[str(shelf.top / "a.xmp")][2] == mode_of_old
    assert shelf.journal.runs()[0].moved == 2
    assert not [outcome for outcome in shelf.undo() if isinstance(outcome, NotRestored)]
    assert tree(shelf.top, shelf.out) == before
    files = [shelf.top / name for name in ("a.jpg", "a.xmp", "b.jpg")]
    assert not shelf.journal.undone_files(files), "these photos were never elsewhere"


def test_a_sidecar_that_was_edited_since_is_left_alone_with_what_was_kept(
    same: Shelf, tmp_path: Path
) -> None:
    same.put("a.jpg", "a.xmp")
    tag(same, tagged(same, "a.jpg", "a.xmp"))
    (same.top / "a.xmp").write_bytes(b"edited")
    reasons = [outcome.reason for outcome in same.undo() if isinstance(outcome, NotRestored)]
    assert "was changed or replaced after the run" in reasons[0]
    assert "is taken by another file" in reasons[1]
    assert (same.top / "a.xmp").read_bytes() == b"edited"
    assert (same.out / "kept" / "a.xmp").read_bytes() == b"bytes of a.xmp"
    (same.top / "a.xmp").unlink()
    assert not [outcome for outcome in same.undo(1) if isinstance(outcome, NotRestored)]
    assert (same.top / "a.xmp").read_bytes() == b"bytes of a.xmp"


def test_a_refusal_changes_nothing(shelf: Shelf, groups: tuple[GroupMove, ...]) -> None:
    before = tree(shelf.top, shelf.out)

    def refuse(group: GroupMove) -> bytes:
        raise UnsafeTransfer("It is odd.")

    outcomes = tag(shelf, *groups, write=refuse)
    assert [outcome.reason for outcome in outcomes] == ["It is odd."] * 2  # type: ignore[union-attr]
    assert tree(shelf.top, shelf.out) == before
    assert shelf.states() == [State.FAILED] * 3


def test_a_sidecar_that_appears_meanwhile_is_not_overwritten(
    shelf: Shelf, groups: tuple[GroupMove, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    create = transfer.create

    def late(content: bytes, target: Place, *others):
        target.path.write_bytes(b"theirs")
        return create(content, target, *others)

    monkeypatch.setattr(transfer, "create", late)
    outcomes = tag(shelf, *groups)
    assert all(isinstance(outcome, MoveFailed) for outcome in outcomes)
    assert (shelf.top / "a.xmp").read_bytes() == (shelf.top / "b.jpg.xmp").read_bytes() == b"theirs"
    # Theirs has the name, so the one before stays where it is kept until undo can bring it back.
    assert names(shelf.out / "kept") == ["a.xmp"]
    assert shelf.journal.runs()[0].state is RunState.DONE
    (shelf.top / "a.xmp").unlink()
    assert not [outcome for outcome in shelf.undo(1) if isinstance(outcome, NotRestored)]
    assert (shelf.top / "a.xmp").read_bytes() == b"bytes of a.xmp"


def test_a_sidecar_that_changes_in_the_last_instant_is_left_as_it_is(same: Shelf) -> None:
    same.put("a.jpg", "a.xmp")

    def meddle(group: GroupMove) -> bytes:
        (same.top / "a.xmp").chmod(0o644)
        (same.top / "a.xmp").write_bytes(b"edited just now")
        return NEW

    (outcome,) = tag(same, tagged(same, "a.jpg", "a.xmp"), write=meddle)
    assert isinstance(outcome, MoveFailed) and "changed while it was being sorted" in outcome.reason
    assert (same.top / "a.xmp").read_bytes() == b"edited just now"
    assert names(same.top) == ["a.jpg", "a.xmp"]


def test_a_sidecar_whose_removal_reports_an_error_is_undone(
    same: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The response of a network drive got lost."""
    same.put("a.jpg", "a.xmp")
    before = tree(same.top)
    tag(same, tagged(same, "a.jpg", "a.xmp"))
    unlink = os.unlink

    def lose_answer(path: str, **options: Any) -> None:
        unlink(path, **options)
        if ".aside" in path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "unlink", lose_answer)
    assert not [outcome for outcome in same.undo() if isinstance(outcome, NotRestored)]
    assert tree(same.top) == before


def test_half_of_a_copy_back_goes_with_the_next_undo(same: Shelf) -> None:
    same.put("a.jpg", "a.xmp")
    before = tree(same.top)
    tag(same, tagged(same, "a.jpg", "a.xmp"))
    kept, _ = same.journal.entries(1)
    transfer.part_of(same.top, kept, same.journal).write_bytes(b"half")
    same.undo()
    assert tree(same.top) == before
