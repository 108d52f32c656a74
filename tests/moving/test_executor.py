"""Folders before a run, after it, and after its undo; interference, and its messages."""

import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.labels import Label
from catdog_sorter.moving import executor, transfer
from catdog_sorter.moving.journal import Journal, RunState, State
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
from catdog_sorter.moving.places import Place
from catdog_sorter.moving.plan import GroupMove, Plan
from catdog_sorter.moving.undo import plan_undo, preview
from tests.support.shelf import MTIME_NS, Shelf, names, tree

# --- There and back --------------------------------------------------------------------------


def test_move_and_undo(shelf: Shelf) -> None:
    shelf.put("a.jpg", "a.xmp", "trip/b.jpg", "c.jpg")
    before = tree(shelf.top, shelf.out)
    groups = [
        shelf.group("a.jpg", "a.xmp"),
        shelf.group("trip/b.jpg", label=Label.DOG, folder="dog"),
    ]

    outcomes = shelf.apply(*groups)

    assert outcomes == [Moved(group, group.moves[0].target) for group in groups]
    after = tree(shelf.top, shelf.out)
    for group in groups:
        for move in group.moves:
            assert after[str(move.target)] == before[str(move.source)]
            assert str(move.source) not in after
    assert after[str(shelf.top / "c.jpg")] == before[str(shelf.top / "c.jpg")]
    assert len(names(shelf.top)) + (shelf.out != shelf.top) * len(names(shelf.out)) == 4
    (run,) = shelf.journal.runs()
    assert (run.moved, run.state, run.command) == (2, RunState.DONE, "catdog-sort")

    undone = shelf.undo()

    assert undone[0] == Restored(shelf.top / "trip/b.jpg", shelf.out / "dog/trip/b.jpg")
    assert [type(outcome) for outcome in undone] == [Restored] * 3
    assert tree(shelf.top, shelf.out) == before
    assert shelf.journal.runs()[0].state is RunState.UNDONE


def test_a_run_that_goes_on_is_one_to_undo_and_to_recover(same: Shelf) -> None:
    same.put("a.jpg", "a.xmp", "b.jpg", "c.jpg")
    before = tree(same.top)
    same.apply(same.group("a.jpg", "a.xmp"))
    (run,) = same.journal.runs()
    for name in ("b.jpg", "c.jpg"):
        plan = Plan((same.group(name),), ())
        steps = executor.apply(plan, same.journal, Mode.MOVE, "catdog-sort", run)
        next(steps)
        assert same.journal.runs()[0].state is RunState.RUNNING  # what a kill would leave
        list(steps)
    (run,) = same.journal.runs()
    assert (run.moved, run.state) == (3, RunState.DONE)
    assert [e.sequence for e in same.journal.entries(run.id)] == [0, 1, 2, 3]
    photos = [photo.source for photo in same.journal.entries(run.id)]
    assert same.journal.undone_files(photos) == set()
    assert [type(outcome) for outcome in same.undo()] == [Restored] * 4
    assert tree(same.top) == before
    places = {(path, size) for path, size, _ in same.journal.undone_files(photos)}
    assert places == {(path, path.stat().st_size) for path in same.top.iterdir()}
    assert len(same.journal.undone_files(photos[:1])) == 1, "only those that are asked for"


def test_a_kill_in_a_continued_run_keeps_the_earlier_moves(same: Shelf) -> None:
    same.put("a.jpg", "b.jpg")
    before = tree(same.top)
    same.apply(same.group("a.jpg"))
    (run,) = same.journal.runs()
    (done,) = same.journal.entries(run.id)
    sequence = same.journal.reopen(run.id)
    source, target = same.top / "b.jpg", same.out / "cat" / "b.jpg"
    killed = replace(done, sequence=sequence, photo=sequence, source=source, target=target)
    same.journal.intend([replace(killed, state=State.INTENDED)])
    assert executor.recover(same.journal) == 1
    assert same.states() == [State.DONE, State.FAILED]
    assert [type(outcome) for outcome in same.undo()] == [Restored]
    assert tree(same.top) == before


def test_copy_and_undo(shelf: Shelf) -> None:
    shelf.put("a.jpg", "a.xmp")
    before = tree(shelf.top, shelf.out)
    assert len(shelf.apply(shelf.group("a.jpg", "a.xmp"), mode=Mode.COPY)) == 1
    after = tree(shelf.top, shelf.out)
    for name in ("a.jpg", "a.xmp"):
        original = before[str(shelf.top / name)]
        assert after[str(shelf.out / "cat" / name)] == after[str(shelf.top / name)] == original
    assert [type(outcome) for outcome in shelf.undo()] == [Restored] * 2
    assert tree(shelf.top, shelf.out) == before


def test_symlink_and_undo(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("a.jpg"), mode=Mode.SYMLINK)
    assert (shelf.out / "cat/a.jpg").readlink() == shelf.top / "a.jpg"
    shelf.undo()
    assert tree(shelf.top, shelf.out) == before


def test_relative_links_hold_when_all_moves_together(same: Shelf, tmp_path: Path) -> None:
    same.put("trip/a.jpg")
    (tmp_path / "by another name").symlink_to(same.top)
    before = tree(same.top)
    linked = replace(same, out=tmp_path / "by another name")
    linked.apply(
        same.group("trip/a.jpg"),
        linked.group("trip/a.jpg", folder="dog"),
        mode=Mode.RELATIVE_SYMLINK,
    )
    for folder in ("cat", "dog"):
        assert os.readlink(same.top / folder / "trip/a.jpg") == "../../trip/a.jpg"
    assert [type(outcome) for outcome in same.undo()] == [Restored] * 2
    assert tree(same.top) == before


def test_hardlink_and_undo(same: Shelf) -> None:
    same.put("a.jpg")
    before = tree(same.top)
    same.apply(same.group("a.jpg"), mode=Mode.HARDLINK)
    assert (same.top / "cat/a.jpg").samefile(same.top / "a.jpg")
    same.undo()
    assert tree(same.top) == before


def test_many_batches(same: Shelf) -> None:
    same.put(*(f"{number}.jpg" for number in range(150)))
    before = tree(same.top)
    outcomes = same.apply(*(same.group(f"{number}.jpg") for number in range(150)))
    assert sum(isinstance(outcome, Moved) for outcome in outcomes) == 150
    assert len(names(same.top / "cat")) == 150
    assert same.journal.runs()[0].moved == 150
    same.undo()
    assert tree(same.top) == before


def test_names_of_every_kind(shelf: Shelf) -> None:
    given = ["[a] b.jpg", "--help.jpg", "Cafe\u0301.jpg", "x" * 251 + ".jpg", "new\nline.jpg"]
    given.append(os.fsdecode(b"\xff\xfe.jpg"))
    shelf.put(*given)
    before = tree(shelf.top, shelf.out)
    shelf.apply(*(shelf.group(name) for name in given))
    assert names(shelf.out / "cat") == sorted(given)
    shelf.undo()
    assert tree(shelf.top, shelf.out) == before


def test_an_empty_plan_leaves_no_trace(same: Shelf) -> None:
    assert same.apply() == []
    assert same.journal.runs() == []


def test_without_a_number_the_last_run_only_is_undone(same: Shelf) -> None:
    same.put("a.jpg", "b.jpg", "c.jpg")
    before = tree(same.top)
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        same.apply(same.group(name))
    same.undo(1)
    assert names(same.top) == ["a.jpg", "cat/b.jpg", "cat/c.jpg"]
    same.undo()
    assert names(same.top) == ["a.jpg", "c.jpg", "cat/b.jpg"]
    with pytest.raises(UsageError, match=r"Run 3 .* undone already.*To undo run 2 .*undo 2`"):
        same.undo()
    same.undo(2)
    assert tree(same.top) == before, "the last undo also removes the folder the first run made"


def test_that_there_is_nothing_to_undo_is_reported(same: Shelf) -> None:
    with pytest.raises(UsageError, match="nothing to undo"):
        executor.undo(same.journal)
    same.put("a.jpg")
    same.apply(same.group("a.jpg"))
    with pytest.raises(UsageError, match="no run 7"):
        executor.undo(same.journal, 7)
    same.undo(1)
    for number in (1, None):
        with pytest.raises(UsageError, match=r"Run 1 of .* is undone already\. .* put back\.$"):
            executor.undo(same.journal, number)


def test_a_run_with_anything_left_stays_the_one_to_undo(same: Shelf) -> None:
    same.put("a.jpg", "b.jpg", "c.jpg")
    before = tree(same.top)
    same.apply(same.group("a.jpg"))
    same.apply(same.group("b.jpg"), same.group("c.jpg"))
    same.put("c.jpg")
    assert len(same.undo()) == 2
    assert [run.state for run in same.journal.runs()] == [RunState.PARTLY_UNDONE, RunState.DONE]
    plan = plan_undo(same.journal)
    assert (plan.run.id, plan.files, plan.folder) == (2, 1, same.top)
    assert plan.words.startswith("what is left of run 2 of ")
    (same.top / "c.jpg").unlink()
    assert same.undo() == [Restored(same.top / "c.jpg", same.top / "cat/c.jpg")]
    assert same.journal.runs()[0].state is RunState.UNDONE
    same.undo(1)
    assert tree(same.top) == before


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY, Mode.HARDLINK, Mode.SYMLINK])
def test_a_preview_shows_what_an_undo_would_do_and_changes_nothing(same: Shelf, mode: Mode) -> None:
    kept = ("a.jpg", "edited.jpg", "gone.jpg", "taken.jpg", "g.jpg", "g.xmp", "h.jpg", "h.xmp")
    same.put(*kept)
    groups = [same.group(name) for name in kept[:4]]
    same.apply(*groups, same.group("g.jpg", "g.xmp"), same.group("h.jpg", "h.xmp"), mode=mode)
    out = same.out / "cat"
    for name in ("edited.jpg", "g.xmp", "h.jpg"):
        (out / name).unlink()
        (out / name).write_bytes(b"another file")
    (out / "gone.jpg").unlink()
    (out / "a.jpg.dop").touch()
    (same.top / "taken.jpg").unlink(missing_ok=True)
    (same.top / "taken.jpg").write_bytes(b"another file")
    before = tree(same.top)
    foreseen = list(preview(same.journal, same.journal.runs()[0]))
    assert tree(same.top) == before
    assert foreseen == same.undo()
    assert any(isinstance(outcome, NotRestored) for outcome in foreseen)
    assert any(isinstance(outcome, Restored) for outcome in foreseen)


def test_a_copy_goes_only_if_the_bytes_of_the_original_are_those_that_were_copied(
    same: Shelf,
) -> None:
    """A faulty drive, or a program that sets the time back, keeps size and time."""
    same.put("a.jpg")
    same.apply(same.group("a.jpg"), mode=Mode.COPY)
    original, copy = same.top / "a.jpg", same.top / "cat/a.jpg"
    content = original.read_bytes()
    status = original.stat()
    original.chmod(0o600)
    original.write_bytes(content[:-1] + b"?")
    os.utime(original, ns=(status.st_atime_ns, status.st_mtime_ns))
    (outcome,) = same.undo()
    assert isinstance(outcome, NotRestored)
    assert "may be the only one" in outcome.reason
    assert copy.read_bytes() == content


# --- What is there is never overwritten ------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY, Mode.SYMLINK])
def test_a_name_taken_meanwhile_leads_to_the_next(shelf: Shelf, mode: Mode) -> None:
    shelf.put("a.jpg", "a.xmp", "b.jpg")
    (shelf.out / "cat").mkdir()
    (shelf.out / "cat/a.xmp").write_text("somebody else's")
    (shelf.out / "cat/a (2).jpg").write_text("somebody else's, too")
    before = tree(shelf.top, shelf.out)

    outcomes = shelf.apply(shelf.group("a.jpg", "a.xmp"), shelf.group("b.jpg"), mode=mode)

    assert isinstance(outcomes[0], Moved)
    assert outcomes[0].target == shelf.out / "cat/a (3).jpg"
    assert [move.target.name for move in outcomes[0].group.moves] == ["a (3).jpg", "a (3).xmp"]
    assert names(shelf.out / "cat") == ["a (2).jpg", "a (3).jpg", "a (3).xmp", "a.xmp", "b.jpg"]
    after = tree(shelf.top, shelf.out)
    for name in ("a.xmp", "a (2).jpg"):
        assert after[str(shelf.out / "cat" / name)] == before[str(shelf.out / "cat" / name)]
    shelf.undo()
    assert tree(shelf.top, shelf.out) == before


# --- One photo fails, the rest goes on -------------------------------------------------------


def test_a_drive_that_calls_every_name_taken_is_not_asked_for_ever(
    same: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Place, target: Place, mark: str) -> bool:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    same.put("a.jpg")
    before = tree(same.top)
    monkeypatch.setattr(transfer, "_give_name", refuse)
    (outcome,) = same.apply(same.group("a.jpg"))
    assert isinstance(outcome, MoveFailed) and "Check the drive" in outcome.reason
    assert tree(same.top) == before
    assert same.states() == [State.FAILED]


def test_vanished_and_changed_photos_are_named(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("gone.jpg", "late.jpg", "a.jpg", "edited.jpg", "b.jpg")
    (shelf.top / "gone.jpg").unlink()
    intend = Journal.intend

    def interfere(journal: Journal, *arguments: Any) -> None:
        intend(journal, *arguments)
        (shelf.top / "late.jpg").unlink(missing_ok=True)
        (shelf.top / "edited.jpg").chmod(0o600)
        (shelf.top / "edited.jpg").write_text("edited while sorting")

    monkeypatch.setattr(Journal, "intend", interfere)
    order = ["gone.jpg", "late.jpg", "a.jpg", "edited.jpg", "b.jpg"]
    outcomes = shelf.apply(*(shelf.group(name) for name in order))

    reasons = {o.path.name: o.reason for o in outcomes if isinstance(o, MoveFailed)}
    assert set(reasons) == {"gone.jpg", "late.jpg", "edited.jpg"}
    assert "no longer there" in reasons["gone.jpg"]
    assert "no longer there" in reasons["late.jpg"]
    assert "changed while it was being sorted" in reasons["edited.jpg"]
    assert [o.target.name for o in outcomes if isinstance(o, Moved)] == ["a.jpg", "b.jpg"]
    assert (shelf.top / "edited.jpg").read_text() == "edited while sorting"
    assert sorted(shelf.states()) == ["done", "done", "failed", "failed"]


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EACCES, "Check the permissions"),
        (errno.EROFS, "read-only"),
        (errno.ENAMETOOLONG, "shorter path"),
        (errno.EIO, "health"),
        (errno.ELOOP, "The system reports"),
    ],
)
def test_a_failing_member_keeps_the_group_together(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, code: int, advice: str
) -> None:
    shelf.put("a.jpg", "a.mov", "a.xmp", "b.jpg")
    before = tree(shelf.top)
    move = transfer.move

    def failing(source: Place, target: Place, *rest: Any) -> Any:
        if source.name == "a.xmp":
            raise OSError(code, os.strerror(code), str(source.path))
        return move(source, target, *rest)

    monkeypatch.setattr(transfer, "move", failing)
    outcomes = shelf.apply(shelf.group("a.jpg", "a.mov", "a.xmp"), shelf.group("b.jpg"))
    assert isinstance(outcomes[0], MoveFailed)
    assert advice in outcomes[0].reason
    assert outcomes[0].path == shelf.top / "a.jpg"
    assert isinstance(outcomes[1], Moved)
    assert names(shelf.out / "cat") == ["b.jpg"]
    after = tree(shelf.top)
    for name in ("a.jpg", "a.mov", "a.xmp"):
        assert after[str(shelf.top / name)] == before[str(shelf.top / name)]
    assert shelf.states() == [State.FAILED] * 3 + [State.DONE]


def test_a_group_that_cannot_go_back_is_still_undoable(
    same: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    same.put("a.jpg", "a.xmp")
    before = tree(same.top)
    move = transfer.move

    def failing(source: Place, target: Place, *rest: Any) -> Any:
        if source.name == "a.xmp" or source.path.parent.name == "cat":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(source.path))
        return move(source, target, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(transfer, "move", failing)
        (outcome,) = same.apply(same.group("a.jpg", "a.xmp"))
    assert isinstance(outcome, MoveFailed)
    assert "could not be moved back" in outcome.reason
    assert names(same.top) == ["a.xmp", "cat/a.jpg"]
    assert same.states() == [State.DONE, State.FAILED]
    same.undo()
    assert tree(same.top) == before


def test_a_file_in_the_place_of_the_folder(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.put("trip/b.jpg")
    (shelf.out / "cat").write_text("not a folder")
    before = tree(shelf.top, shelf.out)
    first, second = shelf.apply(shelf.group("a.jpg"), shelf.group("trip/b.jpg"))
    assert isinstance(first, MoveFailed)
    assert isinstance(second, MoveFailed)
    assert "is a file, so no folder" in first.reason
    assert "is a file, so no folder" in second.reason
    assert tree(shelf.top, shelf.out) == before


def test_links_and_folders_are_refused(same: Shelf) -> None:
    same.put("a.jpg")
    (same.top / "link.jpg").symlink_to("a.jpg")
    (same.top / "folder.jpg").mkdir()
    before = tree(same.top)
    outcomes = same.apply(same.group("link.jpg"), same.group("folder.jpg"))
    assert all(isinstance(o, MoveFailed) and "left alone" in o.reason for o in outcomes)
    assert tree(same.top) == before


def test_hard_links_do_not_reach_another_drive(shelf: Shelf) -> None:
    if shelf.out == shelf.top:
        pytest.skip("both places are on one drive")
    shelf.put("a.jpg")
    before = tree(shelf.top, shelf.out)
    (outcome,) = shelf.apply(shelf.group("a.jpg"), mode=Mode.HARDLINK)
    assert isinstance(outcome, MoveFailed)
    assert "another drive" in outcome.reason
    assert tree(shelf.top, shelf.out) == before


# --- Undo leaves alone what is no longer ours ------------------------------------------------


def test_undo_leaves_touched_files_alone(shelf: Shelf) -> None:
    order = ["edited.jpg", "same size.jpg", "deleted.jpg", "taken.jpg", "fine.jpg"]
    shelf.put(*order)
    shelf.apply(*(shelf.group(name) for name in order))
    edited = shelf.out / "cat/edited.jpg"
    edited.chmod(0o600)
    edited.write_bytes(b"with a filter")
    same_size = shelf.out / "cat/same size.jpg"
    same_size.chmod(0o600)
    same_size.write_bytes(b"BYTES OF same size.jpg")
    (shelf.out / "cat/deleted.jpg").unlink()
    (shelf.top / "taken.jpg").write_bytes(b"a new photo of that name")

    reasons = {o.path.name: o.reason for o in shelf.undo() if isinstance(o, NotRestored)}

    assert "was changed after it was sorted" in reasons["edited.jpg"]
    assert "was changed after it was sorted" in reasons["same size.jpg"]
    assert "no longer at" in reasons["deleted.jpg"]
    assert "taken by another file" in reasons["taken.jpg"]
    assert set(reasons) == {*order} - {"fine.jpg"}
    assert edited.read_bytes() == b"with a filter"
    assert same_size.read_bytes() == b"BYTES OF same size.jpg"
    assert (shelf.top / "taken.jpg").read_bytes() == b"a new photo of that name"
    assert (shelf.out / "cat/taken.jpg").read_bytes() == b"bytes of taken.jpg"
    assert (shelf.top / "fine.jpg").read_bytes() == b"bytes of fine.jpg"


def test_files_left_alone_can_be_undone_later(shelf: Shelf) -> None:
    shelf.put("a.jpg", "b.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("a.jpg"), shelf.group("b.jpg"))
    (shelf.top / "a.jpg").write_text("in the way")
    assert [type(outcome) for outcome in shelf.undo()] == [Restored, NotRestored]
    (shelf.top / "a.jpg").unlink()
    assert shelf.undo(1) == [Restored(shelf.top / "a.jpg", shelf.out / "cat/a.jpg")]
    assert tree(shelf.top, shelf.out) == before


def test_undo_restores_folders_removed_meanwhile(shelf: Shelf) -> None:
    shelf.put("trip/a.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("trip/a.jpg"))
    (shelf.top / "trip").rmdir()
    shelf.undo()
    assert tree(shelf.top, shelf.out) == before


def test_undo_keeps_folders_that_were_there_or_are_in_use(shelf: Shelf) -> None:
    shelf.put("trip/a.jpg", "b.jpg")
    (shelf.out / "cat").mkdir()
    shelf.apply(shelf.group("trip/a.jpg"), shelf.group("b.jpg", folder="dog"))
    (shelf.out / "dog/mine.txt").write_text("mine")
    shelf.undo()
    assert (shelf.out / "cat").is_dir()
    assert not (shelf.out / "cat/trip").exists()
    assert (shelf.out / "dog/mine.txt").read_text() == "mine"


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK, Mode.SYMLINK])
def test_a_copy_without_its_original_is_kept(same: Shelf, mode: Mode) -> None:
    same.put("a.jpg")
    same.apply(same.group("a.jpg"), mode=mode)
    (same.top / "a.jpg").unlink()
    (outcome,) = same.undo()
    assert isinstance(outcome, NotRestored)
    assert "no longer exists" in outcome.reason
    assert os.path.lexists(same.top / "cat/a.jpg")


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK])
def test_the_earlier_version_of_an_edited_original_is_kept(same: Shelf, mode: Mode) -> None:
    same.put("a.jpg")
    same.apply(same.group("a.jpg"), mode=mode)
    (same.top / "new").write_bytes(b"edited")
    (same.top / "new").replace(same.top / "a.jpg")
    (outcome,) = same.undo()
    assert isinstance(outcome, NotRestored)
    assert (same.top / "cat/a.jpg").read_bytes() == b"bytes of a.jpg"


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK, Mode.SYMLINK])
def test_a_replaced_copy_is_kept(same: Shelf, mode: Mode) -> None:
    same.put("a.jpg")
    same.apply(same.group("a.jpg"), mode=mode)
    (same.top / "cat/a.jpg").unlink()
    (same.top / "cat/a.jpg").write_bytes(b"something else")
    (outcome,) = same.undo()
    assert isinstance(outcome, NotRestored)
    assert (same.top / "cat/a.jpg").read_bytes() == b"something else"


# --- Interruptions ---------------------------------------------------------------------------


def test_stopping_the_iteration_closes_the_run(shelf: Shelf) -> None:
    shelf.put(*(f"{number}.jpg" for number in range(5)))
    before = tree(shelf.top, shelf.out)
    groups = tuple(shelf.group(f"{number}.jpg") for number in range(5))
    steps = executor.apply(Plan(groups, ()), shelf.journal, Mode.MOVE, "")
    next(steps)
    next(steps)
    steps.close()
    assert names(shelf.out / "cat") == ["0.jpg", "1.jpg"]
    assert shelf.states() == [State.DONE] * 2 + [State.FAILED] * 3
    (run,) = shelf.journal.runs()
    assert (run.state, run.moved) == (RunState.DONE, 2)
    undoing = executor.undo(shelf.journal)
    next(undoing)
    undoing.close()
    assert shelf.journal.runs()[0].state is RunState.PARTLY_UNDONE
    assert shelf.undo() == [Restored(shelf.top / "0.jpg", shelf.out / "cat/0.jpg")]
    assert tree(shelf.top, shelf.out) == before


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY, Mode.SYMLINK])
def test_an_interrupt_inside_a_group_takes_it_back(
    shelf: Shelf, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("a.jpg", "b.jpg", "b.mov", "b.xmp")
    before = tree(shelf.top, shelf.out)
    transfer = executor._transfer

    def interrupted(entry: Any, *rest: Any) -> Any:
        if entry.source.name == "b.xmp":
            raise KeyboardInterrupt
        return transfer(entry, *rest)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(executor, "_transfer", interrupted)
        shelf.apply(shelf.group("a.jpg"), shelf.group("b.jpg", "b.mov", "b.xmp"), mode=mode)
    assert names(shelf.out / "cat") == ["a.jpg"]
    assert shelf.states() == [State.DONE] + [State.FAILED] * 3
    shelf.undo()
    assert tree(shelf.top, shelf.out) == before


@pytest.fixture
def killed(shelf: Shelf) -> Iterator[Shelf]:
    """A run killed right after its intentions were committed; the disk is unchanged."""
    shelf.put("a.jpg", "a.xmp", "b.jpg")
    run = shelf.journal.begin("catdog-sort", "move")
    first = executor._identify(shelf.group("a.jpg", "a.xmp"), run, 0)
    second = executor._identify(shelf.group("b.jpg"), run, 2)
    shelf.journal.intend([*first, *second], [shelf.out / "cat"])
    (shelf.out / "cat").mkdir()
    yield shelf


def test_nothing_had_happened_yet(killed: Shelf) -> None:
    assert executor.recover(killed.journal) == 1
    assert killed.states() == [State.FAILED] * 3
    assert not (killed.out / "cat").exists()
    assert executor.recover(killed.journal) == 0
    with pytest.raises(UsageError):
        executor.undo(killed.journal)


def test_one_of_two_had_moved(killed: Shelf) -> None:
    (killed.out / "cat").rmdir()
    before = tree(killed.top)
    (killed.out / "cat").mkdir()
    shutil.move(killed.top / "a.jpg", killed.out / "cat/a.jpg")
    shutil.move(killed.top / "b.jpg", killed.out / "cat/b.jpg")
    executor.recover(killed.journal)
    assert killed.states() == [State.FAILED, State.FAILED, State.DONE]
    killed.undo()
    assert tree(killed.top, killed.out) == before


def reserve(path: Path, killed: Shelf, sequence: int) -> None:
    """Reserve a name as on a drive without hard links, until the file gets it."""
    entry = killed.journal.entries(1)[sequence]
    path.write_text(transfer.aside_name(entry, killed.journal))


def test_a_killed_recovery_left_a_file_that_kept_the_first_place(killed: Shelf) -> None:
    """One of two files was moved; the first recovery was killed while moving it back."""
    (killed.out / "cat").rmdir()
    before = tree(killed.top)
    (killed.out / "cat").mkdir()
    shutil.move(killed.top / "a.jpg", killed.out / "cat/a.jpg")
    reserve(killed.top / "a.jpg", killed, 0)
    executor.recover(killed.journal)
    assert killed.states() == [State.FAILED] * 3
    assert tree(killed.top) == before


def test_leftovers_of_a_killed_copy_go_and_foreign_files_stay(killed: Shelf) -> None:
    cat = killed.out / "cat"
    own = f".catdog-{killed.journal.journal_id}"
    (cat / f"{own}-1-0.part").write_bytes(b"bytes o")
    (cat / f"{own}-9-0.part").write_bytes(b"not of this run")
    (cat / ".catdog-00000000-1-0.part").write_bytes(b"of somebody else's first run")
    reserve(cat / "a.jpg", killed, 0)
    (cat / "a.xmp").write_bytes(b"somebody else's")
    (cat / "b.jpg").touch()  # as another program does to keep a name
    executor.recover(killed.journal)
    others = {".catdog-00000000-1-0.part", f"{own}-9-0.part", "a.xmp", "b.jpg"}
    assert set(names(cat)) == others
    assert names(killed.top)[:2] == ["a.jpg", "a.xmp"]
    assert killed.states() == [State.FAILED] * 3


def test_a_published_copy_whose_original_is_still_there(killed: Shelf) -> None:
    entries = killed.journal.entries(1)
    for entry in entries:
        shutil.copy2(entry.source, entry.target)
        digest = hashlib.sha256(entry.source.read_bytes()).hexdigest()
        killed.journal.note_copy(replace(entry, sha256=digest))
    (killed.top / "b.jpg").chmod(0o600)
    (killed.top / "b.jpg").write_bytes(b"edited after the kill")
    executor.recover(killed.journal)
    assert names(killed.out / "cat") == ["b.jpg"], "the only one with the earlier content"
    assert (killed.top / "a.jpg").read_bytes() == b"bytes of a.jpg"
    assert (killed.top / "b.jpg").read_bytes() == b"edited after the kill"
    (outcome,) = killed.undo()
    assert isinstance(outcome, NotRestored)


def test_a_kill_between_link_and_unlink(same: Shelf) -> None:
    same.put("a.jpg")
    before = tree(same.top)
    run = same.journal.begin("", "move")
    same.journal.intend(executor._identify(same.group("a.jpg"), run, 0), [same.top / "cat"])
    (same.top / "cat").mkdir()
    os.link(same.top / "a.jpg", same.top / "cat/a.jpg")
    executor.recover(same.journal)
    assert tree(same.top) == before


def test_leftovers_of_a_killed_undo_go_even_without_another_undo(shelf: Shelf) -> None:
    shelf.put("a.jpg", "b.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("a.jpg"), shelf.group("b.jpg"))
    shelf.journal.close_run(1, RunState.UNDOING)
    shelf.journal.record_states((entry, State.UNDOING) for entry in shelf.journal.entries(1))
    part = f".catdog-{shelf.journal.journal_id}-1-0.part"
    (shelf.top / part).write_bytes(b"bytes o")
    reserve(shelf.top / "b.jpg", shelf, 1)
    assert executor.recover(shelf.journal) == 0, "no sort was killed"
    assert not {part, "b.jpg"} & set(names(shelf.top))
    assert shelf.states() == [State.DONE, State.DONE]
    assert [type(outcome) for outcome in shelf.undo()] == [Restored] * 2
    assert tree(shelf.top, shelf.out) == before


def test_a_photo_that_a_killed_undo_left_at_both_places_is_put_back(shelf: Shelf) -> None:
    """Both places have names of one file or, on two drives, whole copies."""
    shelf.put("a.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("a.jpg"))
    (entry,) = shelf.journal.entries(1)
    shelf.journal.close_run(1, RunState.UNDOING)
    shelf.journal.record_states([(entry, State.UNDOING)])
    if entry.sha256:
        shutil.copy2(entry.target, entry.source)
    else:
        os.link(entry.target, entry.source)
    executor.recover(shelf.journal)
    assert shelf.states() == [State.UNDONE]
    assert shelf.journal.runs()[0].state is RunState.UNDONE
    assert tree(shelf.top, shelf.out) == before, "the folder that the run had made is gone too"


def test_a_group_that_a_killed_undo_has_split_is_put_back_as_a_whole(shelf: Shelf) -> None:
    shelf.put("a.jpg", "a.xmp", "b.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("a.jpg", "a.xmp"), shelf.group("b.jpg"))
    photo, sidecar, other = shelf.journal.entries(1)
    shelf.journal.close_run(1, RunState.UNDOING)
    shutil.move(sidecar.target, sidecar.source)
    shelf.journal.record_states([(sidecar, State.UNDONE), (photo, State.UNDOING)])
    executor.recover(shelf.journal)
    assert shelf.states() == [State.UNDONE, State.UNDONE, State.DONE]
    assert photo.source.exists() and not other.source.exists()
    shelf.undo()
    assert tree(shelf.top, shelf.out) == before


def test_the_journal_records_a_move_before_the_disk_changes(
    same: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    same.put("a.jpg")
    seen: list[State] = []
    rename = transfer.move_without_overwrite

    def watched(*arguments: Any) -> None:
        with Journal(same.journal.path) as reader:
            seen.extend(entry.state for entry in reader.entries(1))
        rename(*arguments)

    monkeypatch.setattr(transfer, "move_without_overwrite", watched)
    same.apply(same.group("a.jpg"))
    same.undo()
    assert seen == [State.INTENDED, State.UNDOING]


def test_an_unplugged_drive_is_asked_again_by_undo(tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    with Journal(tmp_path / "j") as journal:
        shelf = Shelf(drive, drive, journal)
        shelf.put("a.jpg")
        before = tree(drive)
        run = journal.begin("", "move")
        journal.intend(executor._identify(shelf.group("a.jpg"), run, 0), [drive / "cat"])
        (drive / "cat").mkdir()
        (drive / "a.jpg").rename(drive / "cat/a.jpg")
        drive.rename(tmp_path / "unplugged")
        assert [type(outcome) for outcome in shelf.undo()] == [NotRestored]
        (tmp_path / "unplugged").rename(drive)
        assert [type(outcome) for outcome in shelf.undo(1)] == [Restored]
        assert tree(drive) == before


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.TAG])
def test_the_journal_records_the_operation_of_each_file(same: Shelf, mode: Mode) -> None:
    """Undo uses only the recorded operation, not the mode of the run."""
    same.put("a.jpg", "a.xmp")
    before = tree(same.top)
    same.apply(same.group("a.jpg", "a.xmp"), mode=mode)
    assert [entry.operation for entry in same.journal.entries(1)] == [mode.value] * 2
    with sqlite3.connect(same.journal.path) as connection:
        connection.execute("UPDATE runs SET mode = ?", ("move" if mode is Mode.COPY else "copy",))
    assert {type(outcome) for outcome in same.undo()} == {Restored}
    assert tree(same.top) == before


# --- What was read is what is moved -----------------------------------------------------------


def looked_at(group: GroupMove) -> GroupMove:
    """The group of a plan with the current identity of its photo."""
    photo, *others = group.moves
    identity = FileIdentity.of(photo.source.stat())
    return replace(group, moves=(replace(photo, identity=identity), *others))


def replace_by_rename(path: Path) -> None:
    other = path.with_name("saved")
    other.write_bytes(bytes(path.stat().st_size))
    os.utime(other, ns=(MTIME_NS, path.stat().st_mtime_ns))
    other.replace(path)


def edit_in_place(path: Path) -> None:
    status = path.stat()
    path.chmod(0o600)
    path.write_bytes(bytes(status.st_size))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.TAG])
@pytest.mark.parametrize("swap", [replace_by_rename, edit_in_place])
def test_a_photo_replaced_since_it_was_classified_stays(
    same: Shelf, mode: Mode, swap: Callable[[Path], None]
) -> None:
    """Also if the new one has the same size and time."""
    same.put("a.jpg", "a.xmp", "b.jpg")
    plan = [looked_at(same.group("a.jpg", "a.xmp")), looked_at(same.group("b.jpg"))]
    swap(same.top / "a.jpg")
    first, second = same.apply(*plan, mode=mode)
    assert isinstance(first, MoveFailed) and isinstance(second, Moved)
    assert "changed or replaced after it was read" in first.reason
    assert (same.top / "a.jpg").read_bytes() == bytes(len(b"bytes of a.jpg"))
    assert names(same.top / "cat") == ["b.jpg"]


def test_a_companion_edited_since_moves_with_its_photo(same: Shelf) -> None:
    same.put("a.jpg", "a.xmp")
    group = looked_at(same.group("a.jpg", "a.xmp"))
    replace_by_rename(same.top / "a.xmp")
    assert [type(outcome) for outcome in same.apply(group)] == [Moved]
    assert (same.top / "cat/a.xmp").read_bytes() == bytes(len(b"bytes of a.xmp"))


def test_two_names_of_one_photo_are_both_moved(same: Shelf) -> None:
    """Renaming the first changes the ctime of the second."""
    same.put("a.jpg", *(f"{number}.jpg" for number in range(executor.BATCH_SIZE)), "z.jpg")
    (same.top / "z.jpg").unlink()
    os.link(same.top / "a.jpg", same.top / "b.jpg")
    os.link(same.top / "a.jpg", same.top / "z.jpg")
    between = [f"{number}.jpg" for number in range(executor.BATCH_SIZE)]
    plan = [looked_at(same.group(name)) for name in ("a.jpg", "b.jpg", *between, "z.jpg")]
    assert {type(outcome) for outcome in same.apply(*plan)} == {Moved}
    assert (same.top / "cat/a.jpg").samefile(same.top / "cat/z.jpg")


def test_outcomes_say_what_the_photo_is_now(shelf: Shelf) -> None:
    """So the window can sort it again without classifying it again."""
    shelf.put("a.jpg")
    for _ in range(2):
        (moved,) = shelf.apply(looked_at(shelf.group("a.jpg")))
        assert isinstance(moved, Moved)
        assert moved.identity == FileIdentity.of(moved.target.stat())
        (back,) = shelf.undo()
        assert isinstance(back, Restored)
        assert back.identity == FileIdentity.of(back.path.stat())
