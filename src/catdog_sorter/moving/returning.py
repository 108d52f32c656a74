"""Decides which groups undo can restore, and which files return with them.

Reads names and the state of files; moves nothing. Files that other programs created beside a sorted
photo return with it; files that were there before stay, so their names are recorded.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from catdog_sorter.moving import transfer
from catdog_sorter.moving.journal import Entry, Journal, Operation, State
from catdog_sorter.moving.outcomes import NotRestored
from catdog_sorter.moving.recorded_folders import RecordedFolders
from catdog_sorter.photos.companions import groups
from catdog_sorter.photos.find import is_photo_name
from catdog_sorter.text import shown

_NUMBER = re.compile(r" \((\d+)\)")
_MAX_CACHED_FOLDERS = 64


def earlier_files(journal: Journal, run_id: int, folders: Iterable[Path]) -> dict[Path, list[str]]:
    """The files in target folders that could later be mistaken for companions of the photos.

    Without the names that the journal already has for this run.
    """
    found: dict[Path, list[str]] = {}
    for folder in folders:
        names = {name for name in _names(folder) if not is_photo_name(name)}
        if names:
            found[folder] = sorted(names - journal.earlier_files(run_id, folder).keys())
    return found


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder), key=os.fsencode)
    except OSError:
        return []


@dataclass(slots=True)
class Returning:
    """The part of an undo for some groups.

    `entries`: the files to restore. `recorded`: those of them that must be added to the journal
    first, as other programs have edited or created them. `staying`: the files of groups that stay
    as a whole, and why. `problems`: files created since the run that stay by themselves.
    """

    entries: list[Entry] = field(default_factory=list)
    recorded: list[Entry] = field(default_factory=list)
    staying: list[tuple[Entry, str]] = field(default_factory=list)
    problems: list[NotRestored] = field(default_factory=list)

    def not_restored(self) -> Iterator[NotRestored]:
        """All files that stay, and why."""
        yield from (NotRestored(entry.target, reason) for entry, reason in self.staying)
        yield from self.problems


class GroupReturns:
    """Prepares the undo of a run that moved photos, the last group first."""

    def __init__(self, journal: Journal, run_id: int) -> None:
        self._journal = journal
        self._recorded = RecordedFolders(journal, run_id)
        self._sequence = journal.next_sequence(run_id)
        self._companions = lru_cache(_MAX_CACHED_FOLDERS)(_companions)
        self._earlier = lru_cache(_MAX_CACHED_FOLDERS)(
            lambda folder: journal.earlier_files(run_id, folder)
        )

    def prepare(self, entries: Sequence[Entry]) -> Returning:
        """Split whole groups into files to restore and files that stay.

        Edited companions are restored as they are now, with those created since the run.
        """
        returning = Returning()
        for _, members in groupby(entries, key=lambda entry: entry.photo):
            group = list(members)
            photo = next((entry for entry in group if entry.is_photo), None)
            if photo is None:  # late companions, or the rest of a group
                returning.entries += group
            elif reason := _obstacle_of_group(photo, group, self._recorded):
                with_photo = f"It stays with its photo. {reason}"
                returning.staying += [(e, reason if e is photo else with_photo) for e in group]
            else:
                edited = [new for entry in group if (new := _edited(entry, photo))]
                added = list(self._made_since(photo, group, returning))
                returning.recorded += edited + added
                now = {entry.sequence: entry for entry in edited}
                returning.entries += [*added, *(now.get(e.sequence, e) for e in group)]
        return returning

    def _made_since(
        self, photo: Entry, group: Sequence[Entry], returning: Returning
    ) -> Iterator[Entry]:
        """Entries for the files that other programs have created beside the sorted photo."""
        folder = photo.target.parent
        sorted_names = {entry.target.name for entry in group}
        earlier = self._earlier(folder)
        names = [
            name
            for name in self._companions(folder).get(photo.target.name, ())
            if name not in sorted_names
            and not is_photo_name(name)
            and earlier.get(name, self._sequence) > photo.sequence
        ]
        others = self._journal.sorted_files([folder / name for name in names]) if names else set()
        for name in names:
            path, back = folder / name, photo.source.with_name(_without_number(name, photo))
            if path in others:
                continue
            if os.path.lexists(back):
                reason = f"It belongs to a photo that was put back, but '{shown(back)}' is there."
                returning.problems.append(NotRestored(path, reason))
            elif status := _regular(path):
                yield replace(
                    photo,
                    sequence=self._sequence,
                    source=back,
                    target=path,
                    size=status.st_size,
                    mtime_ns=status.st_mtime_ns,
                    sha256=None,
                    state=State.DONE,
                    not_kept=frozenset(),
                )
                self._sequence += 1


def _companions(folder: Path) -> dict[str, list[str]]:
    """The companions of each photo of a folder, by name; photos without any are left out."""
    names = _names(folder)
    found = groups(names, set(filter(is_photo_name, names)))
    return {photo: companions for photo, *companions in found if companions}


def _obstacle_of_group(
    photo: Entry, group: Sequence[Entry], recorded: RecordedFolders
) -> str | None:
    """Return why the group stays as a whole; None if it can be restored."""
    if os.path.lexists(photo.target):
        if reason := recorded.obstacle(photo):
            return reason
        if not transfer.matches_entry(photo.target, photo):
            return f"'{shown(photo.target)}' was changed after it was sorted."
    elif not transfer.matches_entry(photo.source, photo):
        return _gone(photo.target)
    for entry in group:
        is_taken = os.path.lexists(entry.source) and os.path.lexists(entry.target)
        if is_taken and not transfer.is_in_both(entry):
            return f"Its original place '{shown(entry.source)}' is taken by another file."
    return None


def obstacle(entry: Entry, recorded: RecordedFolders) -> str | None:
    """Return why a single file cannot be restored; None if it can."""
    source, target = entry.source, entry.target
    if not os.path.lexists(target):
        is_back = not entry.operation.takes_source or transfer.matches_entry(source, entry)
        return None if is_back else _gone(target)
    if reason := recorded.obstacle(entry):
        return reason
    has_source = os.path.lexists(source)
    if entry.operation.takes_source:
        if not transfer.matches_entry(target, entry):
            return f"'{shown(target)}' was changed after it was sorted."
        is_taken = has_source and not transfer.is_in_both(entry)
        return (
            f"Its original place '{shown(source)}' is taken by another file." if is_taken else None
        )
    if not has_source:
        return (
            f"The original '{shown(source)}' no longer exists, so the file made from it was kept."
        )
    match entry.operation:
        case Operation.SYMLINK | Operation.RELATIVE_SYMLINK:
            is_ours = transfer.points_to(target, source)
        case Operation.HARDLINK:
            is_ours = transfer.is_second_name(target, source)
        case _:
            is_ours = entry.sha256 is not None and transfer.has_hash(target, entry.sha256)
    if not is_ours:
        return f"'{shown(target)}' was changed or replaced after the run."
    if entry.operation is Operation.COPY and not transfer.has_hash(source, entry.sha256 or ""):
        return (
            f"The original '{shown(source)}' was changed since; the copy may be the only one of "
            "the earlier version."
        )
    return None


def _gone(target: Path) -> str:
    return (
        f"It is no longer at '{shown(target)}': it was moved, renamed or deleted, or its drive is "
        "not connected."
    )


def _edited(entry: Entry, photo: Entry) -> Entry | None:
    """The entry with the file's current state, if another program has changed that companion."""
    status = _regular(entry.target)
    if entry is photo or status is None or transfer.matches_entry(entry.target, entry):
        return None
    return replace(entry, size=status.st_size, mtime_ns=status.st_mtime_ns, sha256=None)


def _regular(path: Path) -> os.stat_result | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _without_number(name: str, photo: Entry) -> str:
    """The companion's name beside the photo under its own name, before it got a number."""
    for number in _NUMBER.findall(photo.target.name):
        if photo.target.name.replace(f" ({number})", "", 1) == photo.source.name:
            return name.replace(f" ({number})", "", 1)
    return name
