"""The durable record of every transfer of a file, written before the disk changes.

Records sources, targets, identities of files and how far each transfer got; decides nothing. Never
touches a photo. A method that changes something returns after the change is synced to disk.
"""

import os
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, assert_never

from catdog_sorter.closeable import Closeable
from catdog_sorter.errors import JournalError
from catdog_sorter.file_identity import FileIdentity, FolderId
from catdog_sorter.moving.modes import Mode
from catdog_sorter.storage import database, locations

_MIGRATIONS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at TEXT NOT NULL,
        command TEXT NOT NULL,
        mode TEXT NOT NULL,
        state TEXT NOT NULL
    );
    CREATE TABLE moves (
        run INTEGER NOT NULL REFERENCES runs (id),
        sequence INTEGER NOT NULL,
        photo INTEGER NOT NULL,
        operation TEXT NOT NULL,
        source BLOB NOT NULL,
        target BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sha256 TEXT,
        state TEXT NOT NULL,
        fingerprint TEXT,
        not_kept TEXT NOT NULL,
        PRIMARY KEY (run, sequence)
    ) WITHOUT ROWID;
    CREATE INDEX moves_by_state ON moves (run, state);
    CREATE INDEX moves_by_source ON moves (source);
    CREATE INDEX moves_by_target ON moves (target);
    CREATE TABLE removed_folders (
        run INTEGER NOT NULL REFERENCES runs (id),
        path BLOB NOT NULL,
        mode INTEGER NOT NULL,
        PRIMARY KEY (run, path)
    ) WITHOUT ROWID;
    CREATE TABLE removed_files (
        run INTEGER NOT NULL REFERENCES runs (id),
        path BLOB NOT NULL,
        content BLOB NOT NULL,
        mode INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        PRIMARY KEY (run, path)
    );
    CREATE TABLE folders (
        run INTEGER NOT NULL REFERENCES runs (id),
        path BLOB NOT NULL,
        PRIMARY KEY (run, path)
    ) WITHOUT ROWID;
    CREATE TABLE earlier_files (
        run INTEGER NOT NULL REFERENCES runs (id),
        folder BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        names BLOB NOT NULL,
        PRIMARY KEY (run, folder, sequence)
    );
    CREATE TABLE folder_ids (
        run INTEGER NOT NULL REFERENCES runs (id),
        path BLOB NOT NULL,
        volume TEXT NOT NULL,
        inode TEXT NOT NULL,
        PRIMARY KEY (run, path)
    ) WITHOUT ROWID;
    CREATE INDEX folder_ids_by_path ON folder_ids (path);
    CREATE TABLE journal_id (value TEXT NOT NULL);
    INSERT INTO journal_id VALUES (lower(hex(randomblob(4))))
    """,
)


class RunState(StrEnum):
    """How far a run got; only a killed process leaves `RUNNING` or `UNDOING` behind.

    A `PARTLY_UNDONE` run has files that could not be restored; undo tries them again.
    """

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    PARTLY_UNDONE = "partly undone"
    UNDONE = "undone"

    @property
    def words(self) -> str:
        """The state as the user reads it."""
        match self:
            case RunState.RUNNING:
                return "interrupted"
            case RunState.DONE:
                return "done"
            case RunState.UNDOING:
                return "undo interrupted"
            case RunState.PARTLY_UNDONE:
                return "partly undone"
            case RunState.UNDONE:
                return "undone"
            case _:
                assert_never(self)


class Operation(StrEnum):
    """What a run does with one file, which decides how it is undone.

    `WRITE_SIDECAR` writes the target, a sidecar of the source. `BACK_UP_SIDECAR` renames an
    existing sidecar of that name.
    """

    MOVE = "move"
    COPY = "copy"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"
    RELATIVE_SYMLINK = "relative symlink"
    WRITE_SIDECAR = "write sidecar"
    BACK_UP_SIDECAR = "back up sidecar"

    @property
    def takes_source(self) -> bool:
        """Whether the file leaves its place, so that undo moves it back."""
        return self in (Operation.MOVE, Operation.BACK_UP_SIDECAR)

    @property
    def has_fixed_target(self) -> bool:
        """Whether the target needs this very name, even if it is taken."""
        return self is Operation.WRITE_SIDECAR


class State(StrEnum):
    """How far one file got; for `INTENDED` and `UNDOING` the disk has to be checked."""

    INTENDED = "intended"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"
    LEFT = "left"


class Attribute(StrEnum):
    """The attributes of a file that a drive may not keep."""

    ACCESS = "access control list"
    EXTENDED = "extended attributes"
    LINKS = "hard links"
    OWNER = "owner"
    PERMISSIONS = "permissions"
    TIME = "time"


_COLUMNS = (
    "run, sequence, photo, operation, source, target, size, mtime_ns, sha256, state, fingerprint, "
    "not_kept"
)
_AT_ONCE = 256
_TAGGING = (Operation.WRITE_SIDECAR, Operation.BACK_UP_SIDECAR)
HAS_MOVED = (State.DONE, State.UNDOING, State.UNDONE, State.LEFT)


@dataclass(frozen=True, slots=True)
class Run:
    """One run in the history.

    `moved` counts photos without companions; `files` counts all files, also companions that
    followed a photo of an earlier run.
    """

    id: int
    started_at: datetime
    command: str
    mode: Mode
    moved: int
    state: RunState
    files: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of one run; paths are absolute.

    `photo` is the sequence of the photo this file travels with (its own for the photo itself), or
    a negative number where the photo was moved by an earlier run.
    `size` (bytes) and `mtime_ns` are those of the source before any change. `fingerprint` (of
    `transfer.fingerprint`) is recorded for moved files, `sha256` before a copy gets its name.
    `not_kept` lists the attributes that were lost, there and back. `identity` is the file when this
    process last checked it; it is not recorded.
    """

    run: int
    sequence: int
    photo: int
    operation: Operation
    source: Path
    target: Path
    size: int
    mtime_ns: int
    sha256: str | None = None
    state: State = State.INTENDED
    fingerprint: str | None = None
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)
    not_kept: frozenset[Attribute] = field(default=frozenset(), compare=False, repr=False)

    @property
    def lost(self) -> frozenset[Attribute]:
        """The attributes that the original lost and undo cannot restore."""
        return self.not_kept if self.operation.takes_source else frozenset()

    @property
    def lies_at(self) -> Path:
        """The place where the run and its undo left the file."""
        states = State.DONE, State.UNDOING, State.LEFT
        return self.target if self.operation.takes_source and self.state in states else self.source

    @property
    def is_photo(self) -> bool:
        """Whether this is the photo itself, rather than a file that travels with it."""
        return self.photo == self.sequence


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A small file that was removed with its folder and is restored with it."""

    path: Path
    content: bytes
    mode: int
    mtime_ns: int


# Path, size in bytes and time of change (ns) of a file.
FileState = tuple[Path, int, int]
# The tables that hold paths of a run, and the columns.
_PATHS = (
    ("moves", "source"),
    ("moves", "target"),
    ("folders", "path"),
    ("removed_folders", "path"),
    ("removed_files", "path"),
    ("earlier_files", "folder"),
    ("folder_ids", "path"),
)


class Journal(Closeable):
    """The open journal; use it in a `with` block and in the thread that opened it.

    `journal_id`: eight random hex digits for the names of partial copies, as several users who sort
    into one shared folder have runs with the same numbers.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or locations.journal_file()
        self._connection = database.connect(self.path, _MIGRATIONS, "FULL", JournalError)
        self._is_provisional = False
        ((self.journal_id,),) = self._rows("SELECT value FROM journal_id", ())

    def close(self) -> None:
        self._connection.close()

    def begin(self, command: str, mode: Mode) -> Run:
        """Open a new run; it counts as running until `close_run`."""
        now = datetime.now(UTC)
        with self._transaction():
            run_id = self._connection.execute(
                "INSERT INTO runs (started_at, command, mode, state) VALUES (?, ?, ?, ?)",
                (now.isoformat(), _storable(command), mode, RunState.RUNNING),
            ).lastrowid
        if run_id is None:
            raise JournalError(f"'{self.path}' gave no number to the new run. Try again.")
        return Run(run_id, now, command, mode, 0, RunState.RUNNING)

    def reopen(self, run_id: int) -> int:
        """Reopen a finished run until `close_run` and return its first free sequence."""
        self.close_run(run_id, RunState.RUNNING)
        return self.next_sequence(run_id)

    def next_sequence(self, run_id: int) -> int:
        """The first sequence that is free in a run."""
        ((last,),) = self._rows("SELECT max(sequence) FROM moves WHERE run = ?", (run_id,))
        return 0 if last is None else int(last) + 1

    def intend(
        self,
        entries: Iterable[Entry],
        folders: Iterable[Path] = (),
        earlier: Mapping[Path, Collection[str]] | None = None,
        folder_ids: Mapping[Path, FolderId] | None = None,
    ) -> None:
        """Record what is about to happen.

        Args:
            entries: An entry with a known sequence replaces the earlier one, whose target changed.
            folders: The folders about to be created for it.
            earlier: Names of files that lie in target folders before the first entry arrives.
            folder_ids: As for `note_folders`.
        """
        entries = tuple(entries)
        with self._transaction():
            self._connection.executemany(
                f"INSERT OR REPLACE INTO moves ({_COLUMNS}) VALUES ({_marks(_COLUMNS.split())})",
                [_row(entry) for entry in entries],
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO folders VALUES (?, ?)",
                [(entries[0].run, os.fsencode(folder)) for folder in folders if entries],
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO earlier_files VALUES (?, ?, ?, ?)",
                [
                    (entries[0].run, os.fsencode(folder), entries[0].sequence, _packed(names))
                    for folder, names in (earlier or {}).items()
                    if names
                ],
            )
            if entries:
                self._insert_folder_ids(entries[0].run, folder_ids or {})

    def earlier_files(self, run_id: int, folder: Path) -> dict[str, int]:
        """Names of files that lay in a target folder before photos of the run arrived.

        Each with the sequence of the first entry that arrived after it.
        """
        rows = self._rows(
            "SELECT sequence, names FROM earlier_files WHERE run = ? AND folder = ? "
            "ORDER BY sequence DESC",
            (run_id, os.fsencode(folder)),
        )
        return {name: sequence for sequence, names in rows for name in _unpacked(names)}

    def note_copy(self, entry: Entry) -> None:
        """Record the hash a copy was verified with, and what it lacks, before it gets its name."""
        with self._transaction():
            self._connection.execute(
                "UPDATE moves SET sha256 = ?, not_kept = ? WHERE run = ? AND sequence = ?",
                (entry.sha256, _joined(entry.not_kept), entry.run, entry.sequence),
            )

    def record_states(self, states: Iterable[tuple[Entry, State]]) -> None:
        """Record how far each of these files got, and what it lacks, all in one commit."""
        rows = [(s, _joined(e.not_kept), e.run, e.sequence) for e, s in states]
        if not rows:
            return
        with self._transaction():
            self._connection.executemany(
                "UPDATE moves SET state = ?, not_kept = ? WHERE run = ? AND sequence = ?", rows
            )

    def close_run(self, run_id: int, state: RunState) -> None:
        """Record how far the run as a whole got."""
        with self._transaction():
            self._connection.execute("UPDATE runs SET state = ? WHERE id = ?", (state, run_id))

    def runs(self, *states: RunState) -> list[Run]:
        """The runs in any of `states` (all runs without), the latest first."""
        files = (
            f"SELECT count(*) FROM moves WHERE run = id AND moves.state IN ({_marks(HAS_MOVED)})"
        )
        rows = self._rows(
            f"SELECT id, started_at, command, mode, ({files} AND photo = sequence), state, "
            f"({files}) FROM runs "
            f"WHERE state IN ({_marks(states or tuple(RunState))}) ORDER BY id DESC",
            (*HAS_MOVED, *HAS_MOVED, *(states or tuple(RunState))),
        )
        return [
            Run(
                number,
                datetime.fromisoformat(started),
                command,
                Mode(mode),
                moved,
                RunState(state),
                files,
            )
            for number, started, command, mode, moved, state, files in rows
        ]

    def last_run(self) -> int | None:
        """The number of the latest run."""
        ((number,),) = self._rows("SELECT max(id) FROM runs", ())
        return None if number is None else int(number)

    def entries(self, run_id: int, *states: State) -> list[Entry]:
        """The files of a run in any of `states` (all files without), in the order of the run."""
        return list(self.each_entry(run_id, *states))

    def each_entry(self, run_id: int, *states: State) -> Iterator[Entry]:
        """As `entries`, but read in batches; states may be recorded meanwhile."""
        states = states or tuple(State)
        query = (
            f"SELECT {_COLUMNS} FROM moves WHERE run = ? AND sequence > ? "
            f"AND state IN ({_marks(states)}) ORDER BY sequence LIMIT {_AT_ONCE}"
        )
        after = -1
        while rows := self._rows(query, (run_id, after, *states)):
            entries = [_entry(row) for row in rows]
            yield from entries
            after = entries[-1].sequence

    def has_any(self, run_id: int, *states: State) -> bool:
        """Whether a file of the run is in any of `states`."""
        return next(self.each_entry(run_id, *states), None) is not None

    def extent(self, run_id: int, *states: State) -> tuple[int, Path | None]:
        """Count the run's files in any of `states`, and return their common parent folder too."""
        ((number, first, last),) = self._rows(
            "SELECT count(*), min(source), max(source) FROM moves WHERE run = ? "
            f"AND state IN ({_marks(states)})",
            (run_id, *states),
        )
        if not number:
            return 0, None
        # A prefix of the first and the last of some sorted texts is a prefix of all of them.
        return number, _path(os.path.dirname(os.path.commonprefix([first, last])))  # noqa: RUF071

    def last_entries(self, run_id: int, most: int, before: int, *states: State) -> list[Entry]:
        """At most `most` files in any of `states`, the last of the run before sequence `before`."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM moves WHERE run = ? AND sequence < ? "
            f"AND state IN ({_marks(states)}) ORDER BY sequence DESC LIMIT ?",
            (run_id, before, *states, most),
        )
        return [_entry(row) for row in rows]

    def undone_files(self, paths: Sequence[Path]) -> set[FileState]:
        """Path, size in bytes and mtime (ns) of those files whose transfer was undone.

        Takes a few hundred `paths` at most. Photos whose sidecar was removed again were never moved
        and do not count.
        """
        rows = self._rows(
            "SELECT source, size, mtime_ns FROM moves WHERE state = ? "
            f"AND operation NOT IN ({_marks(_TAGGING)}) AND source IN ({_marks(paths)})",
            (State.UNDONE, *_TAGGING, *map(os.fsencode, paths)),
        )
        return {(_path(source), size, mtime_ns) for source, size, mtime_ns in rows}

    def files_moved_from(self, folder: Path) -> list[Entry]:
        """The photos that runs moved out of this folder, with their companions, latest last."""
        start = os.path.join(os.fsencode(folder), b"")
        end = start[:-1] + bytes([start[-1] + 1])
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM moves WHERE source > ? AND source < ? "
            "AND instr(substr(source, ?), ?) = 0 AND photo >= 0 "
            "AND state = ? AND operation = ? ORDER BY run",
            (start, end, len(start) + 1, start[-1:], State.DONE, Operation.MOVE),
        )
        return [_entry(row) for row in rows]

    def note_removal(
        self, run_id: int, folder: Path, mode: int, files: Iterable[RemovedFile] = ()
    ) -> None:
        """Record an emptied folder that is about to be removed, with its files."""
        rows = [(run_id, os.fsencode(f.path), f.content, f.mode, f.mtime_ns) for f in files]
        with self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO removed_files VALUES (?, ?, ?, ?, ?)", rows
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO removed_folders VALUES (?, ?, ?)",
                (run_id, os.fsencode(folder), mode),
            )
            self._forget_folder_ids([folder])

    def removed_folders(self, run_id: int) -> list[tuple[Path, int]]:
        """The folders that were removed after a run, with their modes."""
        rows = self._rows(
            "SELECT path, mode FROM removed_folders WHERE run = ? ORDER BY path",
            (run_id,),
        )
        return [(_path(path), mode) for path, mode in rows]

    def removed_files(self, run_id: int) -> list[RemovedFile]:
        """The files of file managers that were removed with folders after a run."""
        rows = self._rows(
            "SELECT path, content, mode, mtime_ns FROM removed_files WHERE run = ?", (run_id,)
        )
        return [RemovedFile(_path(path), *rest) for path, *rest in rows]

    def sorted_files(self, paths: Sequence[Path]) -> set[Path]:
        """Return those of `paths` where a run has put a companion with its photo."""
        rows = self._rows(
            "SELECT target FROM moves WHERE state = ? AND photo >= 0 "
            f"AND target IN ({_marks(paths)})",
            (State.DONE, *map(os.fsencode, paths)),
        )
        return {_path(target) for (target,) in rows}

    def entries_in(self, run_id: int, folder: Path, most: int, *states: State) -> list[Entry]:
        """At most `most` files of the run in any of `states` that it has put into the folder."""
        start = os.path.join(os.fsencode(folder), b"")
        end = start[:-1] + bytes([start[-1] + 1])
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM moves WHERE run = ? AND target > ? AND target < ? "
            f"AND instr(substr(target, ?), ?) = 0 AND state IN ({_marks(states)}) LIMIT ?",
            (run_id, start, end, len(start) + 1, start[-1:], *states, most),
        )
        return [_entry(row) for row in rows]

    def note_folders(self, run_id: int, folder_ids: Mapping[Path, FolderId]) -> None:
        """Record the ids of a run's folders and their parents."""
        if folder_ids:
            with self._transaction():
                self._insert_folder_ids(run_id, folder_ids)

    def _insert_folder_ids(self, run_id: int, folder_ids: Mapping[Path, FolderId]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO folder_ids VALUES (?, ?, ?, ?)",
            [(run_id, os.fsencode(folder), *known) for folder, known in folder_ids.items()],
        )

    def replace_folder_ids(self, run_id: int, folder_ids: Mapping[Path, FolderId | None]) -> None:
        """Correct the recorded ids of some folders of a run; None removes them."""
        with self._transaction():
            self._connection.executemany(
                "DELETE FROM folder_ids WHERE run = ? AND path = ?",
                [(run_id, os.fsencode(folder)) for folder in folder_ids],
            )
            known = {folder: one for folder, one in folder_ids.items() if one}
            self._insert_folder_ids(run_id, known)

    def folder_ids(self, run_id: int) -> list[tuple[Path, FolderId]]:
        """The folders of a run and their parents, parents first."""
        rows = self._rows(
            "SELECT path, volume, inode FROM folder_ids WHERE run = ? ORDER BY path", (run_id,)
        )
        return [(_path(path), FolderId(volume, inode)) for path, volume, inode in rows]

    def folder_ids_above(self, run_id: int, folder: Path) -> list[tuple[Path, FolderId]]:
        """The recorded ids of this folder and its parents, the deepest first."""
        paths = [os.fsencode(path) for path in (folder, *folder.parents)]
        rows = self._rows(
            "SELECT path, volume, inode FROM folder_ids WHERE run = ? "
            f"AND path IN ({_marks(paths)}) ORDER BY length(path) DESC",
            (run_id, *paths),
        )
        return [(_path(path), FolderId(volume, inode)) for path, volume, inode in rows]

    def relocate(self, run_id: int, old: Path, new: Path) -> bool:
        """Correct the paths of a run below a moved folder and return whether there were any."""
        start, end = os.path.join(os.fsencode(old), b""), os.fsencode(new)
        changed = 0
        with self._transaction():
            for table, column in _PATHS:
                changed += self._connection.execute(
                    f"UPDATE OR REPLACE {table} "
                    f"SET {column} = CAST(? || substr({column}, ?) AS BLOB) "
                    f"WHERE run = ? AND ({column} = ? OR substr({column}, 1, ?) = ?)",
                    (end, len(start), run_id, start[:-1], len(start), start),
                ).rowcount
        return changed > 0

    @contextmanager
    def provisionally(self) -> Iterator[None]:
        """Roll back at the end all that was recorded inside."""
        with database.advice(self.path, JournalError):
            self._connection.execute("BEGIN IMMEDIATE")
            self._is_provisional = True
            try:
                yield
            finally:
                self._is_provisional = False
                self._connection.execute("ROLLBACK")

    def created_folders(self, run_id: int) -> list[Path]:
        """The folders created by this run, or by a run already undone, that may still exist."""
        rows = self._rows(
            "SELECT DISTINCT path FROM folders WHERE run = ? "
            "OR run IN (SELECT id FROM runs WHERE state = ?)",
            (run_id, RunState.UNDONE),
        )
        return [_path(path) for (path,) in rows]

    def forget_folders(self, folders: Collection[Path]) -> None:
        """Forget these removed folders; a later one of the same name was not created by a run."""
        rows = [(os.fsencode(folder),) for folder in folders]
        if not rows:
            return
        with self._transaction():
            self._connection.executemany("DELETE FROM folders WHERE path = ?", rows)
            self._forget_folder_ids(folders)

    def _forget_folder_ids(self, folders: Iterable[Path]) -> None:
        """Let folders that replace removed ones count as the same folders, in any run."""
        self._connection.executemany(
            "DELETE FROM folder_ids WHERE path = ?", [(os.fsencode(f),) for f in folders]
        )

    def _transaction(self) -> Any:
        if self._is_provisional:
            return nullcontext()
        return database.transaction(self._connection, self.path, JournalError)

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with database.advice(self.path, JournalError):
            return self._connection.execute(query, values).fetchall()


def open_journal() -> Journal:
    """The journal at its usual place."""
    return Journal(locations.journal_file())


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        entry.run,
        entry.sequence,
        entry.photo,
        entry.operation,
        os.fsencode(entry.source),
        os.fsencode(entry.target),
        entry.size,
        entry.mtime_ns,
        entry.sha256,
        entry.state,
        entry.fingerprint,
        _joined(entry.not_kept),
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    run, number, photo, operation, source, target, size, mtime_ns, sha256, state, start, lost = row
    places = _path(source), _path(target)
    entry = Entry(run, number, photo, Operation(operation), *places, size, mtime_ns, sha256)
    not_kept = frozenset(map(Attribute, filter(None, lost.split(","))))
    return replace(entry, state=State(state), fingerprint=start, not_kept=not_kept)


def _joined(attributes: Iterable[Attribute]) -> str:
    return ",".join(sorted(attributes))


def _path(stored: bytes) -> Path:
    return Path(os.fsdecode(stored))


def _packed(names: Iterable[str]) -> bytes:
    """Compress names: a folder may hold thousands of sidecars with similar names."""
    return zlib.compress(b"\0".join(map(os.fsencode, names)))


def _unpacked(stored: bytes) -> list[str]:
    return [os.fsdecode(name) for name in zlib.decompress(stored).split(b"\0")]


def _storable(text: str) -> str:
    """Escape invalid text: a command line may contain any bytes, SQLite accepts only valid text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
