"""Lists the photos of a cluster run, one line each, and splits them into parts.

Decides order and parts. Reads folders and lists, never a photo.
"""

import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyarrow.fs import FileType

from catdog_sorter.cluster.storage import Storage, StoragePath, reason_of
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Unreadable
from catdog_sorter.photos.companions import groups
from catdog_sorter.photos.find import (
    Scope,
    find_photos,
    is_entered,
    is_photo_name,
    is_video_name,
)
from catdog_sorter.text import is_url, shown

LIST_SIGN = "@"


@dataclass(frozen=True, slots=True)
class ListedPhoto:
    """A photo with its absolute path or URL, or the `problem` of one that cannot be read."""

    path: str
    problem: str | None = None

    def line(self) -> bytes:
        """One line of JSON in ASCII, for any bytes in the path."""
        return json.dumps([self.path, self.problem]).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> "ListedPhoto":
        """Parse a line written by `line`."""
        return cls(*json.loads(line))


@dataclass(frozen=True, slots=True)
class Part:
    """Some photos of a listing: bytes `start` to `end` of its file."""

    number: int
    photos: int
    start: int
    end: int

    @property
    def name(self) -> str:
        """The file for its results."""
        return f"part-{self.number:06}.parquet"


@dataclass(frozen=True, slots=True)
class Listing:
    """A written listing: the number of photos, the parts, and a hash over all lines."""

    photos: int
    sha256: str
    parts: tuple[Part, ...]


def write_listing(items: Iterable[ListedPhoto], part_size: int, file: IO[bytes]) -> Listing:
    """Write one line for each item into `file`; only the parts are kept in memory."""
    digest = hashlib.sha256()
    parts: list[Part] = []
    photos = start = end = 0
    for item in items:
        line = item.line()
        file.write(line)
        digest.update(line)
        photos, end = photos + 1, end + len(line)
        if photos == part_size:
            parts.append(Part(len(parts), photos, start, end))
            photos, start = 0, end
    if photos:
        parts.append(Part(len(parts), photos, start, end))
    return Listing(sum(part.photos for part in parts), digest.hexdigest(), tuple(parts))


def read_part(listing: StoragePath, start: int, end: int) -> list[ListedPhoto]:
    """The items of one part. Raises OSError."""
    with listing.open() as file:
        file.seek(start)
        return [ListedPhoto.of(line) for line in file.read(end - start).splitlines()]


def find_items(sources: list[str], storage: Storage, scope: Scope) -> Iterator[ListedPhoto]:
    """Yield the photos of all sources: first those of this computer, as `find_photos` does.

    A source is a path, a URL, or `@` and the path or URL of a list with one photo a line; each line
    counts, whatever its name. Of the scope, only `recursive` and `videos` apply. Raises UsageError
    for a missing source.
    """
    here = [Path(source) for source in sources if not (is_url(source) or _is_list(source))]
    yield from _on_this_computer(here, scope)
    for source in sources:
        if is_url(source):
            yield from _below(storage.place(source, has_options=True), scope)
        elif _is_list(source):
            name = source.removeprefix(LIST_SIGN)
            yield from _named_in(storage.place(name, has_options=True))


def _is_list(source: str) -> bool:
    return source.startswith(LIST_SIGN)


def _on_this_computer(paths: list[Path], scope: Scope) -> Iterator[ListedPhoto]:
    for found in find_photos(paths, scope):
        yield ListedPhoto(str(found.path), found.reason if isinstance(found, Unreadable) else None)


def _below(top: StoragePath, scope: Scope) -> Iterator[ListedPhoto]:
    """The photos below a URL, by their names: opening each would take too long."""
    with _refusing(top):
        kind = top.type
        if kind is FileType.NotFound:
            raise UsageError(f"{shown(top.name)} does not exist. Check the spelling.")
    if kind is FileType.File:
        yield ListedPhoto(top.name)
        return
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        with _refusing(folder):
            entries = folder.entries()
        visible = [entry for entry in entries if not entry.base_name.startswith(".")]
        names = [entry.base_name for entry in visible if entry.type is FileType.File]
        videos = set(filter(is_video_name, names)) if scope.videos else frozenset[str]()
        for name, *_ in groups(names, set(filter(is_photo_name, names)), videos=videos):
            yield ListedPhoto((folder / name).name)
        below = [entry.base_name for entry in visible if entry.type is FileType.Directory]
        if scope.recursive:
            waiting += (folder / name for name in reversed(below) if is_entered(name))


def _named_in(place: StoragePath) -> Iterator[ListedPhoto]:
    """Yield the entries of a list; relative paths are relative to the current folder."""
    with _refusing(place), place.stream() as stream:
        for line in io.BufferedReader(stream):
            if name := os.fsdecode(line).strip("\r\n"):
                yield ListedPhoto(name if is_url(name) else os.path.abspath(name))


@contextmanager
def _refusing(place: StoragePath) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError) as error:  # Arrow takes names in UTF-8 only
        raise UsageError(
            f"{shown(place.name)} cannot be read ({reason_of(error)}). Check the spelling, and "
            "that you have the rights to read it."
        ) from error
