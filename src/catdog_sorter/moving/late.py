"""Decides where companions go that arrived after their photo was sorted.

Asks the journal where the photos of a folder went, and the disk whether they are still there.
Moves nothing.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.file_identity import NO_FILE, FileIdentity
from catdog_sorter.labels import Label
from catdog_sorter.moving.journal import Entry, Journal
from catdog_sorter.moving.places import anchor_of
from catdog_sorter.moving.plan import GroupMove, Move
from catdog_sorter.photos.companions import Grouping, groups, numbered

_NUMBER = re.compile(r" \((\d+)\)")


@dataclass(frozen=True, slots=True)
class LatePlan:
    """`groups`: the companions that follow each photo. `stuck`: those that cannot."""

    groups: tuple[GroupMove, ...] = ()
    stuck: tuple[Path, ...] = ()


def plan_late(files: Iterable[Path], journal: Journal, grouping: Grouping) -> LatePlan:
    """Plan for companions without a photo in their folder to follow the one that was sorted."""
    by_folder: dict[Path, set[str]] = {}
    for file in files:
        by_folder.setdefault(file.parent, set()).add(file.name)
    moves: list[GroupMove] = []
    stuck: list[Path] = []
    for folder, names in by_folder.items():
        photos = {entry.source.name: entry for entry in journal.photos_moved_from(folder)}
        photos = {name: entry for name, entry in photos.items() if name not in names}
        for photo, *others in groups(sorted({*names, *photos}), set(photos), grouping):
            companions = [name for name in others if name in names]
            targets = _targets(photos[photo], companions) if companions else []
            places = [folder / name for name in companions]
            if targets is None or any(map(os.path.lexists, targets)):
                stuck += places
            elif targets:
                pairs = zip(places, targets, strict=True)
                late = tuple(Move(source, target, _identity(source)) for source, target in pairs)
                anchors = anchor_of(folder), anchor_of(targets[0].parent)
                moves.append(GroupMove(Label.UNSURE, late, 1, None, True, *anchors))
    return LatePlan(tuple(moves), tuple(stuck))


def _identity(path: Path) -> FileIdentity:
    try:
        return FileIdentity.of(os.lstat(path))
    except OSError:
        return NO_FILE


def _targets(photo: Entry, companions: Sequence[str]) -> list[Path] | None:
    """Where they go; None if the photo is not there any more, or is another one."""
    try:
        status = os.lstat(photo.target)
    except OSError:
        return None
    if (status.st_size, status.st_mtime_ns) != (photo.size, photo.mtime_ns):
        return None
    numbers = [1, *map(int, _NUMBER.findall(photo.target.name))]
    for number in numbers:
        photo_name, *names = numbered([photo.source.name, *companions], number)
        if photo_name == photo.target.name:
            return [photo.target.with_name(name) for name in names]
    return None
