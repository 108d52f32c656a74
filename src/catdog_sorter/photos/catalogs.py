"""Reads from another program's database which folders its photos are in. Never writes to it.

Reads only the tables with folders; a database that cannot be read counts as empty.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import unquote

from catdog_sorter.photos.left_alone import Manager
from catdog_sorter.text import canonical_name

_DIGIKAM_PATH = re.compile(r"volumeid:\?path=(.+)")
_MAX_FOLDERS = 1_000


def catalogued_folders(folder: Path, manager: Manager) -> list[Path]:
    """Read the folders of the photos in this program's databases in `folder`.

    Returns `folder` itself if the databases name none.
    """
    read = _READERS.get(manager.program)
    found: dict[Path, None] = {}
    if read:
        for file in _databases(folder, manager):
            with suppress(sqlite3.Error, OSError, ValueError):
                found |= dict.fromkeys(filter(Path.is_dir, read(file)))
    return list(found) or [folder]


def _databases(folder: Path, manager: Manager) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    known = set(map(canonical_name, manager.names))
    return [
        folder / name
        for name in names
        if (key := canonical_name(name)) in known or key.endswith(manager.suffixes or ("\0",))
        if os.path.isfile(folder / name)  # opening a pipe would block the run
    ]


def _rows(file: Path, query: str) -> list[tuple[str, ...]]:
    # Immutable: takes no lock and creates no file beside it, even while the program has it open.
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        return database.execute(query).fetchmany(_MAX_FOLDERS)


def _lightroom(file: Path) -> Iterator[Path]:
    for (path,) in _rows(file, "SELECT absolutePath FROM AgLibraryRootFolder"):
        yield Path(path)


def _digikam(file: Path) -> Iterator[Path]:
    for identifier, below in _rows(file, "SELECT identifier, specificPath FROM AlbumRoots"):
        found = _DIGIKAM_PATH.fullmatch(identifier)
        # Other identifiers name a drive; on the system drive the rest is the whole path.
        yield Path(unquote(found[1])) / below.lstrip("/") if found else Path(below)


_READERS: Mapping[str, Callable[[Path], Iterator[Path]]] = {
    "Lightroom": _lightroom,
    "digiKam": _digikam,
}
