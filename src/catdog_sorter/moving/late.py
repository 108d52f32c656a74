"""Plans moves for files that arrived after their photo was sorted.

They are companions, RAW files, edited versions, and the videos of Live Photos and motion photos.
Looks up in the journal where the photos of a folder went, and on disk whether they are still there.
Moves nothing.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from catdog_sorter.file_identity import NO_FILE, FileIdentity
from catdog_sorter.labels import Label, Unreadable
from catdog_sorter.moving.journal import Entry, Journal
from catdog_sorter.moving.places import anchor_of
from catdog_sorter.moving.plan import GroupMove, Move
from catdog_sorter.moving.transfer import matches_entry
from catdog_sorter.photos.capture import FolderCaptures, is_same_day
from catdog_sorter.photos.companions import (
    Grouping,
    follows_name,
    groups,
    may_follow,
    numbered,
)
from catdog_sorter.photos.find import Photo, is_photo_name, is_video_name

_NUMBER = re.compile(r" \((\d+)\)")


@dataclass(frozen=True, slots=True)
class LateFiles:
    """Files that arrived after their photo was sorted.

    `pictures`: photos that are not classified by themselves. `files`: all files that may follow a
    photo, including these pictures and their companions.
    """

    pictures: frozenset[Path] = frozenset()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class LatePlan:
    """`groups`: the files that follow each photo. `stuck`: the files that cannot follow."""

    groups: tuple[GroupMove, ...] = ()
    stuck: tuple[Path, ...] = ()


def late_files(
    found: Iterable[Photo | Unreadable],
    orphans: Iterable[Path],
    journal: Journal,
    grouping: Grouping,
) -> LateFiles:
    """Separate new photos from files that belong to a photo that was sorted earlier.

    Args:
        found: What a search has found.
        orphans: Files that the search found, named like companions of a missing photo.
        journal: Records where photos went.
        grouping: Which files belong together.
    """
    photos = _late_photos(found, journal, grouping)
    files = [file for photo in photos for file in (photo.path, *photo.companions)]
    return LateFiles(frozenset(photo.path for photo in photos), (*orphans, *files))


def _late_photos(
    found: Iterable[Photo | Unreadable], journal: Journal, grouping: Grouping
) -> list[Photo]:
    """The photos and videos that belong to a photo that was sorted earlier.

    Pictures are left out if that photo is no longer at its target: they are classified alone.
    """
    photos = (item for item in found if isinstance(item, Photo) and _may_follow(item.path.name))
    late = []
    for folder, in_folder in groupby(photos, key=lambda photo: photo.path.parent):
        by_name = {photo.path.name: photo for photo in in_folder}
        for lead, others in _followers(folder, by_name.keys(), journal, grouping):
            is_in_place = matches_entry(lead.target, lead)
            late += [by_name[name] for name in others if is_in_place or is_video_name(name)]
    return late


def _may_follow(name: str) -> bool:
    return is_video_name(name) or may_follow(name)


def plan_late(files: Iterable[Path], journal: Journal, grouping: Grouping) -> LatePlan:
    """Plan for files without a photo in their folder to follow the one that was sorted."""
    by_folder: dict[Path, set[str]] = {}
    for file in files:
        by_folder.setdefault(file.parent, set()).add(file.name)
    moves: list[GroupMove] = []
    stuck: list[Path] = []
    for folder, names in by_folder.items():
        for lead, others in _followers(folder, names, journal, grouping):
            targets = _targets(lead, others)
            places = [folder / name for name in others]
            if targets is None or any(map(os.path.lexists, targets)):
                stuck += places
            else:
                pairs = zip(places, targets, strict=True)
                late = tuple(Move(source, target, _identity(source)) for source, target in pairs)
                anchors = anchor_of(folder), anchor_of(targets[0].parent)
                moves.append(GroupMove(Label.UNSURE, late, 1, None, True, *anchors))
    return LatePlan(tuple(moves), tuple(stuck))


def _followers(
    folder: Path, names: Iterable[str], journal: Journal, grouping: Grouping
) -> Iterator[tuple[Entry, list[str]]]:
    """Yield the photos sorted from this folder, each with those of `names` that belong to it."""
    new = set(names)
    moved = {entry.source.name: entry for entry in journal.files_moved_from(folder)}
    moved = {name: entry for name, entry in moved.items() if name not in new}
    if not moved:
        return
    everything = sorted({*new, *moved})
    videos = set(filter(is_video_name, everything))
    pictures = set(filter(is_photo_name, everything))
    pictures.update(name for name, entry in moved.items() if entry.is_photo)
    captures = _Captures(folder, moved)
    for lead, *others in groups(everything, pictures - videos, grouping, captures, videos):
        if lead not in moved or not moved[lead].is_photo:
            continue
        following = _without_others_videos(lead, [name for name in others if name in new], captures)
        if following:
            yield moved[lead], following


def _without_others_videos(lead: str, names: list[str], captures: FolderCaptures) -> list[str]:
    """Leave out a video that only shares its number with the photo, and its sidecars."""
    apart = [
        name
        for name in names
        if is_video_name(name) and not is_same_day(captures.path(lead), captures.path(name))
    ]
    return [
        name
        for name in names
        if name not in apart and not any(follows_name(name, video) for video in apart)
    ]


class _Captures(FolderCaptures):
    """The metadata of a folder's files, read where a run has put them."""

    def __init__(self, folder: Path, moved: Mapping[str, Entry]) -> None:
        super().__init__(folder)
        self._moved = moved

    def path(self, name: str) -> str:
        entry = self._moved.get(name)
        return os.fspath(entry.target) if entry else super().path(name)


def _identity(path: Path) -> FileIdentity:
    try:
        return FileIdentity.of(os.lstat(path))
    except OSError:
        return NO_FILE


def _targets(photo: Entry, companions: Sequence[str]) -> list[Path] | None:
    """Their targets; None if the photo is gone or was replaced."""
    if not matches_entry(photo.target, photo):
        return None
    numbers = [1, *map(int, _NUMBER.findall(photo.target.name))]
    for number in numbers:
        photo_name, *names = numbered([photo.source.name, *companions], number)
        if photo_name == photo.target.name:
            return [photo.target.with_name(name) for name in names]
    return None
