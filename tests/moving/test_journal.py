"""The record of moves: its content, and the messages when it cannot be used."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catdog_sorter.errors import JournalError
from catdog_sorter.moving.journal import (
    Attribute,
    Entry,
    Journal,
    Operation,
    RunState,
    State,
    open_journal,
)
from catdog_sorter.moving.modes import Mode


def entry(
    run: int,
    sequence: int,
    photo: int | None = None,
    name: str = "a.jpg",
    operation: Operation = Operation.MOVE,
) -> Entry:
    return Entry(
        run,
        sequence,
        sequence if photo is None else photo,
        operation,
        Path("/p") / name,
        Path("/p/cat") / name,
        size=3,
        mtime_ns=1_700_000_000_123_456_789,
    )


def test_a_run_is_remembered_after_closing(tmp_path: Path) -> None:
    with Journal(tmp_path / "deep" / "er" / "j.sqlite3") as journal:
        run = journal.begin("catdog-sort ~/Pictures", "move")
        files = [entry(run.id, 0), entry(run.id, 1, photo=0, name="a.xmp"), entry(run.id, 2)]
        journal.intend(files, [Path("/p/cat")])
        lost = frozenset({Attribute.OWNER, Attribute.EXTENDED})
        files[2] = replace(files[2], sha256="ab" * 32, not_kept=lost)
        journal.note_copy(files[2])
        journal.record_states(
            [(files[0], State.DONE), (files[1], State.DONE), (files[2], State.FAILED)]
        )
        journal.close_run(run.id, RunState.DONE)
    with Journal(tmp_path / "deep" / "er" / "j.sqlite3") as journal:
        (read,) = journal.runs()
        assert (read.command, read.mode, read.state) == (run.command, "move", RunState.DONE)
        assert read.moved == 1, "companions and failed photos do not count"
        assert abs(read.started_at - datetime.now(UTC)) < timedelta(minutes=1)
        assert journal.entries(run.id, State.DONE) == [
            replace(files[0], state=State.DONE),
            replace(files[1], state=State.DONE),
        ]
        assert journal.entries(run.id)[2].sha256 == "ab" * 32
        assert journal.entries(run.id)[2].not_kept == lost
        assert journal.created_folders(run.id) == [Path("/p/cat")]


def test_every_operation_is_remembered(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        run = journal.begin("sort", Mode.MOVE)
        files = [entry(run.id, n, operation=operation) for n, operation in enumerate(Operation)]
        journal.intend(files)
        assert journal.entries(run.id) == files


def test_runs_come_latest_first_and_by_state(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        first, second = journal.begin("one", "move"), journal.begin("two", "copy")
        journal.close_run(second.id, RunState.DONE)
        assert [run.command for run in journal.runs()] == ["two", "one"]
        assert [run.id for run in journal.runs(RunState.RUNNING)] == [first.id]
        assert journal.runs(RunState.UNDOING, RunState.UNDONE) == []


def test_a_long_run_is_read_in_parts_while_states_are_recorded(
    tmp_path: Path,
) -> None:
    with Journal(tmp_path / "journal") as journal:
        run = journal.begin("catdog-sort", "move").id
        journal.intend(entry(run, number) for number in range(600))
        seen = []
        for one in journal.each_entry(run, State.INTENDED):
            journal.record_states([(one, State.DONE)] if one.sequence < 300 else [])
            seen.append(one.sequence)
        assert seen == list(range(600))
        assert len(journal.entries(run, State.DONE)) == 300
        assert journal.has_any(run, State.FAILED, State.DONE)
        assert not journal.has_any(run, State.FAILED)


def test_a_new_target_replaces_the_intended_one(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        run = journal.begin("", "move")
        journal.intend([entry(run.id, 0)])
        moved = replace(entry(run.id, 0), target=Path("/p/cat/a (2).jpg"))
        journal.intend([moved])
        assert journal.entries(run.id) == [moved]


def test_each_journal_has_a_mark_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    with Journal(tmp_path / "one") as one, Journal(tmp_path / "two") as two:
        assert one.journal_id != two.journal_id
        assert len(one.journal_id) == 8
        journal_id = one.journal_id
    with Journal(tmp_path / "one") as again:
        assert again.journal_id == journal_id


def test_names_that_are_not_text_survive(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 [1].jpg")
    with Journal(tmp_path / "j") as journal:
        run = journal.begin(f"catdog-sort {name}", "move")
        journal.intend([entry(run.id, 0, name=name)])
        assert journal.entries(run.id)[0].source == Path("/p") / name
        assert journal.runs()[0].command == r"catdog-sort caf\udce9 [1].jpg"


def test_folders_of_undone_runs_count_as_the_programs_until_removed(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        first, second = journal.begin("", "move"), journal.begin("", "move")
        journal.intend([entry(first.id, 0)], [Path("/p/cat"), Path("/p/dog")])
        assert journal.created_folders(second.id) == []
        journal.close_run(first.id, RunState.UNDONE)
        assert set(journal.created_folders(second.id)) == {Path("/p/cat"), Path("/p/dog")}
        journal.forget_folders([Path("/p/cat")])
        assert journal.created_folders(second.id) == [Path("/p/dog")]


def test_earlier_files_are_recorded_with_the_entry_that_followed_them(tmp_path: Path) -> None:
    folder, odd = Path("/p/cat"), os.fsdecode(b"caf\xe9.xmp")
    with Journal(tmp_path / "j") as journal:
        first, second = journal.begin("", "move").id, journal.begin("", "move").id
        journal.intend([entry(first, 0)], earlier={folder: ["a.xmp", odd], Path("/q"): []})
        journal.intend([entry(first, 7)], earlier={folder: ["b.xmp", odd]})
        assert journal.earlier_files(first, folder) == {"a.xmp": 0, odd: 0, "b.xmp": 7}
        assert journal.earlier_files(first, Path("/q")) == {}
        assert journal.earlier_files(second, folder) == {}


def test_what_is_intended_is_committed_at_once(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal, Journal(tmp_path / "j") as reader:
        run = journal.begin("", "move")
        journal.intend([entry(run.id, 0)])
        assert len(reader.entries(run.id, State.INTENDED)) == 1
        (synchronous,) = journal._connection.execute("PRAGMA synchronous").fetchone()
        assert synchronous == 2, "FULL: a commit survives a power cut"


def test_the_journal_lives_in_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATDOG_SORTER_HOME", str(tmp_path / "home"))
    with open_journal() as journal:
        assert journal.path.parent == tmp_path / "home"
        assert journal.path.is_file()


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0junk"])
def test_a_damaged_file_is_kept_and_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "j"
    path.write_bytes(content)
    with pytest.raises(JournalError, match=r"'.*j' is damaged .* Move that file away"):
        Journal(path)
    assert path.read_bytes() == content


def test_a_newer_file_asks_for_an_update(tmp_path: Path) -> None:
    Journal(tmp_path / "j").close()
    with sqlite3.connect(tmp_path / "j") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JournalError, match="newer catdog-sorter"):
        Journal(tmp_path / "j")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(JournalError, match="CATDOG_SORTER_HOME"):
        Journal(tmp_path / "file" / "j")
    with pytest.raises(JournalError, match="CATDOG_SORTER_HOME"):
        Journal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(JournalError, match="read-only"):
            Journal(tmp_path / "j")
    finally:
        tmp_path.chmod(0o700)


def test_two_processes_may_open_a_new_journal_together(tmp_path: Path) -> None:
    script = (
        "import sys; from catdog_sorter.moving.journal import Journal, Path; "
        "Journal(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "j")]
    processes = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
