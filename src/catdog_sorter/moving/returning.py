"""Decides which groups of a run can go back as a whole, and what goes back with them.

Reads names and the state of files; moves nothing.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from catdog_sorter.moving import transfer
from catdog_sorter.moving.journal import Entry, Journal, State
from catdog_sorter.moving.outcomes import NotRestored
from catdog_sorter.photos.companions import groups
from catdog_sorter.photos.find import is_photo_name
from catdog_sorter.text import shown

_NUMBER = re.compile(r" \((\d+)\)")


@dataclass(slots=True)
class Returning:
    """What an undo is to do with some groups.

    `entries`: the files to put back. `staying`: those of groups that stay as a whole, and why.
    `problems`: files that were made since and have to stay alone.
    """

    entries: list[Entry] = field(default_factory=list)
    staying: list[tuple[Entry, str]] = field(default_factory=list)
    problems: list[NotRestored] = field(default_factory=list)


class GroupReturns:
    """Prepares the groups of one run that moved photos, the last first."""

    def __init__(self, journal: Journal, run_id: int) -> None:
        self._journal = journal
        self._sequence = journal.next_sequence(run_id)
        self._listed: tuple[Path, dict[str, list[str]]] | None = None

    def prepare(self, entries: Sequence[Entry]) -> Returning:
        """Split whole groups into what goes back and what stays.

        Companions that were edited go back as they are now, and those that were made since go
        along; the journal knows of both when this returns.
        """
        returning, recorded = Returning(), list[Entry]()
        for _, members in groupby(entries, key=lambda entry: entry.photo):
            group = list(members)
            photo = next((entry for entry in group if entry.is_photo), None)
            if photo is None:  # companions that came late, or the rest of a group
                returning.entries += group
            elif reason := _obstacle(photo, group):
                with_photo = f"It stays with its photo. {reason}"
                returning.staying += [(e, reason if e is photo else with_photo) for e in group]
            else:
                edited = [new for entry in group if (new := _edited(entry, photo))]
                added = list(self._made_since(photo, group, returning))
                recorded += edited + added
                now = {entry.sequence: entry for entry in edited}
                returning.entries += [*added, *(now.get(e.sequence, e) for e in group)]
        if recorded:
            self._journal.intend(recorded)
        return returning

    def _made_since(
        self, photo: Entry, group: Sequence[Entry], returning: Returning
    ) -> Iterator[Entry]:
        """Entries for the files that other programs have made beside the sorted photo."""
        folder = photo.target.parent
        sorted_names = {entry.target.name for entry in group}
        names = [n for n in self._companions(photo.target) if n not in sorted_names]
        others = self._journal.sorted_files([folder / name for name in names]) if names else set()
        sorted_photo = _regular(photo.target)
        for name in names:
            path, back = folder / name, photo.source.with_name(_without_number(name, photo))
            if path in others or is_photo_name(name) or _is_older(path, sorted_photo):
                continue
            if os.path.lexists(back):
                reason = f"It belongs to a photo that went back, but '{shown(back)}' is there."
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
                )
                self._sequence += 1

    def _companions(self, photo: Path) -> list[str]:
        """What belongs to a photo where it lies now; each folder is read once."""
        if self._listed is None or self._listed[0] != photo.parent:
            try:
                names = sorted(os.listdir(photo.parent), key=os.fsencode)
            except OSError:
                names = []
            found = groups(names, set(filter(is_photo_name, names)))
            by_photo = {lead: companions for lead, *companions in found if companions}
            self._listed = photo.parent, by_photo
        return self._listed[1].get(photo.name, [])


def _is_older(path: Path, sorted_photo: os.stat_result | None) -> bool:
    """Whether a file lay there before the photo came, so that it is not the photo's.

    A change of its name or content since then counts as making it: the system keeps no older time.
    """
    status = _regular(path)
    if status is None or sorted_photo is None:
        return False
    return status.st_ctime_ns < sorted_photo.st_ctime_ns


def _obstacle(photo: Entry, group: Sequence[Entry]) -> str | None:
    """Why the group stays as a whole; None if it can go back."""
    if os.path.lexists(photo.target):
        if not transfer.matches_entry(photo.target, photo):
            return f"'{shown(photo.target)}' was changed after it was sorted."
    elif not transfer.matches_entry(photo.source, photo):
        return (
            f"It is no longer at '{shown(photo.target)}': it was moved, renamed or deleted, or its "
            "drive is not connected."
        )
    for entry in group:
        is_taken = os.path.lexists(entry.source) and os.path.lexists(entry.target)
        if is_taken and not transfer.is_in_both(entry):
            return f"Its original place '{shown(entry.source)}' is taken by another file."
    return None


def _edited(entry: Entry, photo: Entry) -> Entry | None:
    """The entry as its file is now, if another program has written to that companion."""
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
