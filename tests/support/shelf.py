"""A folder of photos for the tests of moving, and its content to compare."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.labels import Label
from catdog_sorter.moving import executor
from catdog_sorter.moving.journal import Journal, State
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
from catdog_sorter.moving.plan import GroupMove, Move, Plan

MTIME_NS = 1_500_000_000_123_456_789


@dataclass
class Shelf:
    """A folder of photos `top`, the journal of its runs, and where sorted photos go (`out`)."""

    top: Path
    out: Path
    journal: Journal

    def put(self, *names: str) -> None:
        for number, name in enumerate(names):
            path = self.top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"bytes of " + os.fsencode(name))
            path.chmod(0o640 if number % 2 else 0o444)
            os.utime(path, ns=(MTIME_NS, MTIME_NS + number))

    def group(self, *names: str, label: Label = Label.CAT, folder: str = "cat") -> GroupMove:
        moves = [Move(self.top / name, self.out / folder / name) for name in names]
        return GroupMove(label, tuple(moves))

    def apply(self, *groups: GroupMove, mode: Mode = Mode.MOVE) -> list[Moved | MoveFailed]:
        return list(executor.apply(Plan(groups, ()), self.journal, mode, "catdog-sort"))

    def undo(self, run_id: int | None = None) -> list[Restored | NotRestored]:
        executor.recover(self.journal)
        return list(executor.undo(self.journal, run_id))

    def states(self) -> list[State]:
        return [e.state for run in self.journal.runs() for e in self.journal.entries(run.id)]


@contextmanager
def open_shelf(tmp_path: Path, drive: str) -> Iterator[Shelf]:
    """An empty shelf; `drive` is "same drive", or "other drive" for sorting onto another one."""
    top = tmp_path / "photos"
    top.mkdir()
    with Journal(tmp_path / "state" / "journal.sqlite3") as journal:
        if drive == "same drive":
            yield Shelf(top, top, journal)
        else:
            memory = Path("/dev/shm")
            if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
                pytest.skip("there is no second file system")
            other = Path(tempfile.mkdtemp(dir=memory))
            yield Shelf(top, other, journal)
            shutil.rmtree(other)


def tree(*folders: Path) -> dict[str, Any]:
    """All entries: content, time and permissions of files, targets of links, None for folders."""
    found: dict[str, Any] = {}
    for folder in dict.fromkeys(folders):
        for path in sorted(folder.rglob("*")):
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                found[str(path)] = os.readlink(path)
            elif stat.S_ISDIR(status.st_mode):
                found[str(path)] = None
            else:
                mode = stat.S_IMODE(status.st_mode)
                found[str(path)] = (path.read_bytes(), status.st_mtime_ns, mode)
    return found


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())
