import logging
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from catdog_sorter.classification import cache
from catdog_sorter.classification.corrections import load_corrections
from catdog_sorter.errors import CacheError, CorrectionsError, DatabaseError, JournalError
from catdog_sorter.moving.journal import open_journal
from catdog_sorter.storage import database, locations


def test_a_new_database_that_another_program_writes_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself fails at once, regardless of its timeout."""
    path = tmp_path / "d"
    database.connect(path, ["CREATE TABLE t (a)"], "NORMAL", DatabaseError).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA journal_mode = DELETE")  # as while it is made
    other.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.2, other.execute, ["COMMIT"])
    done.start()
    connection = database.connect(path, ["CREATE TABLE t (a)"], "NORMAL", DatabaseError)
    assert not done.is_alive()
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_nobody_else_may_read_a_database_or_its_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "state" / "d"
    for _ in range(2):
        connection = database.connect(path, ["CREATE TABLE t (a)"], "NORMAL", DatabaseError)
        connection.execute("INSERT INTO t VALUES (1)")
        files = [path.with_name(f"d{ending}") for ending in ("", "-wal", "-shm")]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        connection.close()
        path.chmod(0o644)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_migrations_run_once_and_in_order(tmp_path: Path) -> None:
    first = "CREATE TABLE t (a); INSERT INTO t VALUES (1)"
    second = "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = 2;"
    database.connect(tmp_path / "d", [first], "NORMAL", DatabaseError).close()
    for _ in range(2):
        connection = database.connect(tmp_path / "d", [first, second], "NORMAL", DatabaseError)
        assert connection.execute("SELECT a, b FROM t").fetchall() == [(1, 2)]
        connection.close()


def test_a_failing_migration_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError):
        database.connect(tmp_path / "d", ["CREATE TABLE t (a); NONSENSE"], "NORMAL", DatabaseError)
    connection = database.connect(tmp_path / "d", ["CREATE TABLE t (b)"], "NORMAL", DatabaseError)
    assert connection.execute("SELECT b FROM t").fetchall() == []
    connection.close()


@pytest.mark.parametrize(
    ("file", "opens", "error", "advice"),
    [
        (locations.journal_file, open_journal, JournalError, "no longer be undone"),
        (locations.corrections_file, load_corrections, CorrectionsError, "corrections"),
        (locations.cache_file, cache.describe, CacheError, "photos are then classified again"),
    ],
    ids=["journal", "corrections", "cache"],
)
def test_each_database_has_its_own_error_and_advice(
    file: Callable[[], Path],
    opens: Callable[[], object],
    error: type[DatabaseError],
    advice: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path))
    file().write_text("this is no database" * 100)
    with pytest.raises(DatabaseError, match=f"is damaged.*{advice}") as raised:
        opens()
    assert type(raised.value) is error


# --- Databases of another format -------------------------------------------------------------


def made_by_an_earlier_build(path: Path) -> bytes:
    """A file whose tables have our names but other columns, with data still in its log."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    for table in ("runs", "moves", "corrections", "answers"):
        other.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, old TEXT)")
    other.execute("INSERT INTO runs VALUES (1, 'of old')")
    other.execute("PRAGMA user_version = 1")
    other.close()
    return path.read_bytes()


OPENED = [
    (locations.journal_file, lambda: open_journal().close(), "runs recorded there"),
    (locations.corrections_file, load_corrections, "corrections"),
]


@pytest.mark.parametrize(("file", "opens", "advice"), OPENED, ids=["journal", "corrections"])
def test_one_of_another_format_is_set_aside_and_named(
    file: Callable[[], Path],
    opens: Callable[[], object],
    advice: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path))
    for name in ("other-format", "other-format-2"):
        caplog.clear()
        old = made_by_an_earlier_build(file())
        opens()
        aside = tmp_path / f"{file().stem}.{name}.sqlite3"
        assert aside.read_bytes()[200:] == old[200:], "all but the header, which names the mode"
        with sqlite3.connect(aside) as connection:
            assert connection.execute("SELECT old FROM runs").fetchall() == [("of old",)]
        connection.close()
        (record,) = caplog.records
        assert record.levelno == logging.WARNING
        assert str(file()) in record.message
        assert aside.name in record.message
        assert advice in record.message
        opens()
        assert len(caplog.records) == 1, "the new one stays"
        file().unlink()


def test_a_cache_of_another_format_is_replaced_by_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path))
    made_by_an_earlier_build(locations.cache_file())
    assert cache.describe().answers == 0
    assert [path.name for path in tmp_path.iterdir()] == ["cache.sqlite3"]
    assert not caplog.records


def test_one_made_by_other_scripts_is_told_from_one_made_by_later_scripts(tmp_path: Path) -> None:
    first, second = "CREATE TABLE t (a)", "CREATE TABLE u (a)"
    path = tmp_path / "d"
    database.connect(path, [first, second], "NORMAL", JournalError).close()
    with pytest.raises(JournalError, match="newer catdog-sorter"):
        database.connect(path, [first], "NORMAL", JournalError)
    assert [path.name for path in tmp_path.iterdir()] == ["d"]
    database.connect(path, ["CREATE  TABLE\n t (a)", second], "NORMAL", JournalError).close()
    assert [path.name for path in tmp_path.iterdir()] == ["d"], "how they are laid out is no matter"
    database.connect(path, ["CREATE TABLE t (b)"], "NORMAL", JournalError).close()
    assert {path.name for path in tmp_path.iterdir()} == {"d", "d.other-format"}


def test_one_of_another_format_that_is_in_use_stays(tmp_path: Path) -> None:
    made_by_an_earlier_build(tmp_path / "d")
    other = sqlite3.connect(tmp_path / "d", isolation_level=None)
    assert other.execute("SELECT old FROM runs").fetchall()
    with pytest.raises(JournalError, match="is in use by another program"):
        database.connect(tmp_path / "d", ["CREATE TABLE t (b)"], "NORMAL", JournalError)
    other.close()
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_processes_that_find_it_together_set_aside_the_old_one_only(tmp_path: Path) -> None:
    made_by_an_earlier_build(tmp_path / "d")
    script = (
        "import sys; from catdog_sorter.moving.journal import Journal, Path; "
        "Journal(Path(sys.argv[1])).close()"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "d")]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    assert {path.name for path in tmp_path.iterdir()} == {"d", "d.other-format"}
    assert sum("was set aside" in text for text in said) == 1
