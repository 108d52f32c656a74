"""Opens an SQLite file and brings its tables up to date.

Decides when a file is too damaged or too new to be used, and sets aside or removes a database
whose tables were created by other scripts. Knows nothing of photos, moves or caches.
"""

import hashlib
import logging
import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Literal

from catdog_sorter.errors import DatabaseError
from catdog_sorter.storage import locations
from catdog_sorter.storage.files import held_in_turn, rename_without_overwrite
from catdog_sorter.text import shown

_log = logging.getLogger(__name__)

# A second process that reads the history waits this long for a commit of the first one.
_BUSY_TIMEOUT_S = 10.0
_PAUSE_S = 0.005


def connect(
    path: Path,
    migrations: Sequence[str],
    synchronous: Literal["FULL", "NORMAL", "OFF"],
    error: type[DatabaseError],
) -> sqlite3.Connection:
    """Open the database at `path`, creating it and its folder when they are missing.

    `migrations`: SQL, one or more statements each, without semicolons in literals; the n-th
    migrates a database from version n-1 to n. Make changes inside `transaction`. Raises `error`, as
    `transaction` and `advice` do.

    A file whose tables were created by other scripts is renamed in its folder and logged as a
    warning, or removed if `error.if_other_format` is empty.
    """
    with advice(path, error):
        locations.make_private(path.parent)
        # One that is set aside takes its log with it, and must not take that of the next one.
        with held_in_turn(path.parent, _BUSY_TIMEOUT_S):
            return _connect(path, migrations, synchronous, error)


def _connect(
    path: Path,
    migrations: Sequence[str],
    synchronous: str,
    error: type[DatabaseError],
) -> sqlite3.Connection:
    _keep_private(path)
    _log.debug("Opening %s", path)
    while True:
        identity = _identity(path)
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
        try:
            if _has_our_format(connection, migrations):
                _migrate(connection, path, migrations, error)
                _use_wal(connection)
                connection.execute(f"PRAGMA synchronous = {synchronous}")
                return connection
            _put_out_of_the_way(connection, path, identity, error)
        except BaseException:
            connection.close()
            raise
        connection.close()


def _keep_private(path: Path) -> None:
    """Make the database readable by its owner only; SQLite's files beside it get the same mode."""
    with suppress(OSError):
        # An existing file is not opened: closing it would release this process's locks on it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with suppress(OSError):
        if stat.S_IMODE(os.stat(path).st_mode) & 0o077:
            os.chmod(path, 0o600)


def _has_our_format(connection: sqlite3.Connection, migrations: Sequence[str]) -> bool:
    """Whether the file is new, or these scripts, perhaps with later ones, made its tables."""
    connection.execute("BEGIN")  # another process may be making the tables
    try:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "format" not in names:
            return not names
        rows = connection.execute("SELECT fingerprint FROM format ORDER BY version").fetchall()
    finally:
        connection.execute("COMMIT")
    pairs = zip((value for (value,) in rows), map(_fingerprint, migrations), strict=False)
    return bool(rows) and all(theirs == ours for theirs, ours in pairs)


def _fingerprint(script: str) -> str:
    return hashlib.sha256(" ".join(script.split()).encode()).hexdigest()


def _put_out_of_the_way(
    connection: sqlite3.Connection,
    path: Path,
    identity: tuple[int, int] | None,
    error: type[DatabaseError],
) -> None:
    """Rename the database, or remove one that can be made again, unless another process has."""
    connection.execute("PRAGMA journal_mode = DELETE")  # so that the file alone is all of it
    connection.execute("BEGIN EXCLUSIVE")
    if _identity(path) != identity:
        return
    if os.name == "nt":  # it cannot rename open files, those of others included
        connection.close()
    if not error.if_other_format:
        os.unlink(path)
        return
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        aside = path.with_name(f"{path.stem}.other-format{ending}{path.suffix}")
        try:
            rename_without_overwrite(path, aside)
        except FileExistsError:
            continue
        break
    _log.warning(
        "'%s' has the format of another version of catdog-sort and was set aside as '%s': %s",
        shown(path),
        shown(aside.name),
        error.if_other_format,
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _use_wal(connection: sqlite3.Connection) -> None:
    """Make a durable commit cost one fsync instead of three.

    SQLite does not wait, whatever its timeout, while another process writes to the new file.
    """
    give_up_at = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem) or time.monotonic() > give_up_at:
                raise
            time.sleep(_PAUSE_S)


@contextmanager
def transaction(
    connection: sqlite3.Connection, path: Path, error: type[DatabaseError]
) -> Iterator[None]:
    """Commit all statements inside together, or none of them."""
    with advice(path, error):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def advice(path: Path, error: type[DatabaseError]) -> Iterator[None]:
    """Convert errors of SQLite or the file system about `path` to an `error`."""
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        raise error(_explain(path, problem, error)) from problem


def is_damaged(error: DatabaseError) -> bool:
    """Whether the problem is the file's content, rather than its place or another program."""
    return _is_damage(str(error.__cause__))


def _is_damage(text: str) -> bool:
    return any(sign in text for sign in ("not a database", "malformed", "no such "))


def _migrate(
    connection: sqlite3.Connection,
    path: Path,
    migrations: Sequence[str],
    error: type[DatabaseError],
) -> None:
    version = _version(connection)
    if version > len(migrations):
        raise error(
            f"'{path}' was written by a newer catdog-sorter (format {version}, this one knows "
            f"{len(migrations)}). Update with `pip install --upgrade catdog-sorter`."
        )
    if version == len(migrations):
        return
    with transaction(connection, path, error):
        connection.execute(
            "CREATE TABLE IF NOT EXISTS format (version INTEGER PRIMARY KEY, fingerprint TEXT)"
        )
        # Read again under the lock: another process may have migrated in the meantime.
        for number, script in enumerate(migrations[_version(connection) :], _version(connection)):
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO format VALUES (?, ?)", (number + 1, _fingerprint(script))
            )
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _explain(path: Path, problem: sqlite3.Error | OSError, error: type[DatabaseError]) -> str:
    text = str(problem)
    if _is_damage(text):
        return f"'{path}' is damaged ({text}). {error.if_damaged}"
    if "locked" in text:
        return f"'{path}' is in use by another program. Wait for it to finish and try again."
    if "full" in text or "No space" in text:
        return f"'{path}' cannot be written: the drive is full. Free some space and try again."
    return (
        f"'{path}' cannot be opened or written ({text}). Check that its folder exists, is not "
        f"read-only and belongs to you, or set CATDOG_SORTER_HOME to a folder you can write to."
    )
