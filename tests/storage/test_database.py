import sqlite3
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
    """SQLite itself gives up at once, whatever its timeout."""
    path = tmp_path / "d"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE t (a)")
    other.execute("PRAGMA user_version = 1")
    other.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.2, other.execute, ["COMMIT"])
    done.start()
    connection = database.connect(path, ["CREATE TABLE t (a)"], "NORMAL", DatabaseError)
    assert not done.is_alive()
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    other.close()


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
        (locations.corrections_file, load_corrections, CorrectionsError, "the labels you gave"),
        (locations.cache_file, cache.describe, CacheError, "only time is lost"),
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
