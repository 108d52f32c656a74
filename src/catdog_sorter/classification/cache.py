"""Stores a model's answer for each photo, so that an unchanged photo is not decoded again.

Decides when a stored answer is still valid. Disposable: a problem here costs time and never stops a
run. Knows no moves; stores neither pictures nor file names.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from catdog_sorter.closeable import Closeable
from catdog_sorter.errors import CacheError
from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.labels import Answer
from catdog_sorter.storage import database, locations

_MIGRATIONS = (
    """
    CREATE TABLE answers (
        key BLOB PRIMARY KEY,
        p_cat REAL NOT NULL,
        p_dog REAL NOT NULL,
        used INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "ALTER TABLE answers ADD COLUMN time_s REAL",
    "ALTER TABLE answers ADD COLUMN from_preview INTEGER NOT NULL DEFAULT 0",
)
_LOOK_UP = "SELECT p_cat, p_dog, time_s, from_preview, used FROM answers WHERE key = ?"
_COUNT = "SELECT count(*) FROM answers"
MAX_ANSWERS = 1_000_000
# Some file systems store times in steps of two seconds: a file changed within one step looks the
# same.
SETTLED_S = 2.0
_WRITE_EVERY = 2_000
_WRITE_EVERY_S = 2.0
_DAY_S = 86_400
_KEY_BYTES = 16

Output = TypeVar("Output")


class Cache(Closeable):
    """Stored answers for one `setup`: a text with what an answer depends on beside the photo.

    Use it in a `with` block and in the thread that opened it. No method raises: a problem is
    reported once, and the run continues without the cache.
    """

    def __init__(self, setup: str, tell: Callable[[str], None], path: Path | None = None) -> None:
        self.path = path or locations.cache_file()
        self._setup = hashlib.blake2b(setup.encode(), digest_size=_KEY_BYTES).digest()
        self._tell = tell
        self._today = int(time.time() // _DAY_S)
        self._unwritten: list[tuple[bytes, float, float, float | None, bool, int]] = []
        self._seen: list[bytes] = []
        self._written_at = time.monotonic()
        self._has_grown = False
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _connect(self.path)
        except CacheError as error:
            self._give_up(error)

    def key(self, path: Path, identity: FileIdentity) -> bytes | None:
        """The key of the photo in its present state; None if that state is not reliable.

        An edit changes size, time or inode. Windows has no ctime, so an edit that keeps size and
        time goes unnoticed there.
        """
        if self._connection is None:
            return None
        now = time.time_ns()
        if min(abs(now - identity.edited_ns), abs(now - identity.changed_ns)) < SETTLED_S * 1e9:
            return None
        file = b"%d %d %d %d " % identity[1:]
        name = os.fsencode(path)
        return hashlib.blake2b(file + name, digest_size=_KEY_BYTES, key=self._setup).digest()

    def get(self, key: bytes) -> Answer | None:
        """The stored answer; None without one."""
        row = self._attempt(lambda connection: connection.execute(_LOOK_UP, (key,)).fetchone())
        if row is None:
            return None
        p_cat, p_dog, time_s, from_preview, used = row
        if used != self._today:
            self._seen.append(key)
            self._write_if_due()
        return Answer(p_cat, p_dog, time_s, bool(from_preview))

    def put(self, key: bytes, answer: Answer) -> None:
        """Store an answer; it is written soon, at the latest on closing."""
        self._unwritten.append((key, *answer, self._today))
        self._write_if_due()

    def _write_if_due(self) -> None:
        is_due = time.monotonic() - self._written_at > _WRITE_EVERY_S
        if is_due or len(self._unwritten) + len(self._seen) >= _WRITE_EVERY:
            self._attempt(self._write)

    def close(self) -> None:
        """Write pending answers, and delete those that were not used for longest."""
        if self._unwritten or self._seen:
            self._attempt(self._write)
        if self._has_grown:
            self._attempt(self._forget_oldest)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write(self, connection: sqlite3.Connection) -> None:
        with database.transaction(connection, self.path, CacheError):
            connection.executemany(
                "INSERT OR REPLACE INTO answers "
                "(key, p_cat, p_dog, time_s, from_preview, used) VALUES (?, ?, ?, ?, ?, ?)",
                self._unwritten,
            )
            connection.executemany(
                "UPDATE answers SET used = ? WHERE key = ?",
                [(self._today, key) for key in self._seen],
            )
        self._has_grown = self._has_grown or bool(self._unwritten)
        self._unwritten, self._seen = [], []
        self._written_at = time.monotonic()

    def _forget_oldest(self, connection: sqlite3.Connection) -> None:
        with database.transaction(connection, self.path, CacheError):
            (count,) = connection.execute(_COUNT).fetchone()
            if count > MAX_ANSWERS:
                connection.execute(
                    "DELETE FROM answers WHERE key IN "
                    "(SELECT key FROM answers ORDER BY used LIMIT ?)",
                    (count - MAX_ANSWERS * 9 // 10,),
                )

    def _attempt(self, work: Callable[[sqlite3.Connection], Output]) -> Output | None:
        """The result of `work`, or None while the cache cannot be used."""
        if self._connection is None:
            return None
        try:
            with database.advice(self.path, CacheError):
                return work(self._connection)
        except CacheError as error:
            self._give_up(error)
            return None

    def _give_up(self, error: CacheError) -> None:
        """Start a new cache if it is damaged; otherwise do not use it for the rest of the run."""
        self._unwritten, self._seen, self._has_grown = [], [], False
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        if not database.is_damaged(error):
            self._tell(
                "The cache cannot be used, so photos classified from now on will be "
                f"classified again next time: {error}"
            )
            return
        try:
            clear(self.path)
            self._connection = _connect(self.path)
        except CacheError as another:
            self._tell(
                "The cache cannot be used, so photos classified from now on will be "
                f"classified again next time: {another}"
            )
        else:
            self._tell(
                f"The cache of earlier answers, '{self.path}', was damaged and was deleted. "
                "Nothing else is lost: the photos are classified again."
            )


def _connect(path: Path) -> sqlite3.Connection:
    return database.connect(path, _MIGRATIONS, "NORMAL", CacheError)


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """Place and content of the cache; sizes in bytes."""

    path: Path
    answers: int
    size_bytes: int


def describe(path: Path | None = None) -> CacheInfo:
    """The content of the cache at `path`. Raises CacheError if it cannot be read."""
    path = path or locations.cache_file()
    if not path.exists():
        return CacheInfo(path, 0, 0)
    with closing(_connect(path)) as connection, database.advice(path, CacheError):
        (answers,) = connection.execute(_COUNT).fetchone()
    return CacheInfo(path, answers, sum(_size_bytes(file) for file in _files(path)))


def clear(path: Path | None = None) -> int:
    """Delete all answers and return how many bytes that freed. Raises CacheError."""
    path = path or locations.cache_file()
    freed = 0
    with database.advice(path, CacheError):
        for file in _files(path):
            freed += _size_bytes(file)
            file.unlink(missing_ok=True)
    return freed


def _files(path: Path) -> list[Path]:
    """The files in the order of removal: a log must not outlive its database."""
    return [path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"), path]


def _size_bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
