"""Finds folders of a run that were renamed, or whose drive is mounted elsewhere.

Reads the disk and the journal. A folder is the same if volume and inode match and it contains files
of the run: a new folder can get the inode of a deleted one.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.file_identity import FolderId
from catdog_sorter.moving import transfer
from catdog_sorter.moving.journal import Entry, Journal, Operation, Run, State
from catdog_sorter.moving.places import folder_id
from catdog_sorter.text import shown

_MAX_CHECKED_FILES = 20
_LINUX_MOUNTS = Path("/proc/self/mountinfo")
# File systems that may never answer.
_REMOTE = re.compile(r"nfs|cifs|smb|autofs|fuse\.|9p|ceph|afs")


@dataclass(frozen=True, slots=True)
class Relocation:
    """A moved folder: its contents are now below `new` instead of `old`."""

    old: Path
    new: Path

    def apply(self, path: Path) -> Path:
        """The current path of a recorded one."""
        return self.new / path.relative_to(self.old) if path.is_relative_to(self.old) else path


def relocate(journal: Journal, run: Run, moved: Sequence[Relocation] = ()) -> list[Relocation]:
    """Correct the paths of a run in the journal and return the moved folders.

    Args:
        journal: The journal.
        run: The run, whose files may have moved with their folders.
        moved: The moved folders that the user names.

    Raises:
        UsageError: No file of the run was below a folder that the user names as moved, or its new
            place is not a folder.
    """
    for relocation in moved:
        if not relocation.new.is_dir():
            raise UsageError(f"'{shown(relocation.new)}' is not a folder.")
        if not journal.relocate(run.id, relocation.old, relocation.new):
            raise UsageError(
                f"No file of run {run.id} was below '{shown(relocation.old)}'. "
                f"`catdog-sort undo {run.id} --dry-run` says where they were."
            )
        _accept_folders(journal, run, relocation.new)
    found: list[Relocation] = []
    given_up: set[Path] = set()
    for folder, was in journal.folder_ids(run.id):
        here = _through(found, folder)
        if folder_id(here) == was:
            continue
        top = _missing_top(here)
        if top in given_up or not (files := _files(journal, run, folder)):
            continue
        candidates = (
            one for one in _candidates(here, top, was) if _holds_any([*found, one], files)
        )
        if another := next(candidates, None):
            found.append(another)
        else:
            given_up.add(top)
    for relocation in found:
        journal.relocate(run.id, relocation.old, relocation.new)
    return [*moved, *found]


def _accept_folders(journal: Journal, run: Run, top: Path) -> None:
    """Record the current folders at and below `top` as those of the run."""
    below = {path for path, _ in journal.folder_ids(run.id) if path.is_relative_to(top)}
    journal.replace_folder_ids(run.id, {path: folder_id(path) for path in {top, *below}})


def _through(relocations: Sequence[Relocation], path: Path) -> Path:
    for relocation in relocations:
        path = relocation.apply(path)
    return path


def _files(journal: Journal, run: Run, folder: Path) -> list[Entry]:
    """A sample of the files that the run has put into a folder."""
    return journal.entries_in(run.id, folder, _MAX_CHECKED_FILES, State.DONE, State.LEFT)


def _missing_top(folder: Path) -> Path:
    """The topmost missing folder on this path, or the path itself if it is a different folder."""
    top = folder
    while not os.path.lexists(top.parent) and top.parent != top:
        top = top.parent
    return top


def _candidates(folder: Path, top: Path, was: FolderId) -> Iterator[Relocation]:
    below = folder.relative_to(top)
    try:
        beside = sorted(entry.path for entry in os.scandir(top.parent) if entry.is_dir())
    except OSError:
        beside = []
    for path in map(Path, beside):
        if path != top and folder_id(path / below) == was:
            yield Relocation(top, path)
    for mount in _mount_points():
        for depth in range(1, len(folder.parts) + 1):
            old = Path(*folder.parts[:depth])
            if old != mount and folder_id(mount / folder.relative_to(old)) == was:
                yield Relocation(old, mount)


def _mount_points() -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from Path("/Volumes").glob("*")
    try:
        lines = _LINUX_MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        fields, _, rest = line.partition(" - ")
        if not _REMOTE.match(rest):
            place = fields.split(" ")[4]
            yield Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), place))


def _holds_any(relocations: Sequence[Relocation], files: Sequence[Entry]) -> bool:
    for entry in files:
        target = _through(relocations, entry.target)
        if entry.operation in (Operation.MOVE, Operation.COPY, Operation.HARDLINK):
            if transfer.matches_entry(target, entry):
                return True
        elif os.path.lexists(target):
            return True
    return False
