"""Stores the user's corrected labels by the photo's content, independent of the file's name.

A correction takes precedence over the model. Never changes a photo, and hashes only files with the
size of a corrected photo.
"""

import os
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from catdog_sorter.errors import CorrectionsError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.photos.find import find_photos
from catdog_sorter.storage import database, locations
from catdog_sorter.storage.files import file_sha256

_MIGRATIONS = (
    """
    CREATE TABLE corrections (
        sha256 TEXT PRIMARY KEY,
        size_bytes INTEGER NOT NULL,
        label TEXT NOT NULL,
        path BLOB NOT NULL,
        corrected_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The correct label for this content; `path` is where the photo was when it was corrected."""

    sha256: str
    size_bytes: int
    label: Label
    path: Path
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections at the time of loading, by SHA-256; threads may share it."""

    by_content: Mapping[str, Correction]
    _sizes: frozenset[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        sizes = frozenset(correction.size_bytes for correction in self.by_content.values())
        object.__setattr__(self, "_sizes", sizes)

    def of(self, path: Path) -> Correction | None:
        """The correction of the photo at `path`, if its content was ever corrected."""
        try:
            if not self._sizes or os.stat(path).st_size not in self._sizes:
                return None
            return self.by_content.get(file_sha256(path))
        except OSError:
            return None

    @property
    def latest_first(self) -> list[Correction]:
        """All corrections, including those of photos that no longer exist."""
        return sorted(self.by_content.values(), key=lambda c: c.corrected_at, reverse=True)

    def below(self, path: Path) -> list[Correction]:
        """The corrections of the photo at this path, or of all photos in this folder.

        Includes photos that are there now and photos that were there when they were corrected.
        """
        place = Path(os.path.abspath(path))
        lay_there = [c for c in self.by_content.values() if c.path.is_relative_to(place)]
        found = find_photos([place]) if place.exists() else ()
        lie_there = (self.of(photo.path) for photo in found)
        return list({c.sha256: c for c in (*lay_there, *lie_there) if c is not None}.values())


def load_corrections() -> Corrections:
    """Load all corrections. Raises CorrectionsError if their file cannot be used."""
    file = locations.corrections_file()
    if not file.exists():
        return Corrections({})
    with closing(_connect(file)) as connection, database.advice(file, CorrectionsError):
        rows = connection.execute(
            "SELECT sha256, size_bytes, label, path, corrected_at FROM corrections"
        )
        found = [
            Correction(sha, size, Label(label), _path(path), datetime.fromisoformat(at))
            for sha, size, label, path, at in rows
        ]
    return Corrections({correction.sha256: correction for correction in found})


def correct(changes: Iterable[tuple[Path, Label | None]]) -> list[Unreadable]:
    """Store these labels in one transaction; a label of None deletes the correction.

    Returns the photos that could not be read, so that their label was not stored. Raises
    CorrectionsError if the file cannot be written.
    """
    kept, forgotten, unreadable = [], [], []
    now = datetime.now(UTC).isoformat()
    for path, label in changes:
        try:
            size_bytes, sha256 = os.stat(path).st_size, file_sha256(path)
        except OSError as error:
            reason = f"It cannot be read, so its correction cannot be stored ({error.strerror})."
            unreadable.append(Unreadable(path, reason))
            continue
        if label is None:
            forgotten.append((sha256,))
        else:
            kept.append((sha256, size_bytes, label.value, os.fsencode(path), now))
    _write(kept, forgotten)
    return unreadable


def forget(contents: Iterable[str]) -> None:
    """Delete the corrections of these contents (SHA-256), also of photos that no longer exist.

    Raises CorrectionsError if the file cannot be written.
    """
    _write([], [(sha256,) for sha256 in contents])


def _write(kept: Sequence[tuple[object, ...]], forgotten: Sequence[tuple[str]]) -> None:
    file = locations.corrections_file()
    with (
        closing(_connect(file)) as connection,
        database.transaction(connection, file, CorrectionsError),
    ):
        connection.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?)", kept)
        connection.executemany("DELETE FROM corrections WHERE sha256 = ?", forgotten)


def _connect(file: Path) -> sqlite3.Connection:
    return database.connect(file, _MIGRATIONS, "FULL", CorrectionsError)


def corrected(
    results: Generator[Prediction | Unreadable, None, None], corrections: Corrections
) -> Generator[Prediction | Unreadable, None, None]:
    """Yield the results with the user's label where there is one; closes `results`."""
    with closing(results):
        for result in results:
            known = corrections.of(result.path) if isinstance(result, Prediction) else None
            if known is None or not isinstance(result, Prediction):
                yield result
            else:
                yield replace(result, label=known.label, corrected=True)


def _path(stored: bytes) -> Path:
    return Path(os.fsdecode(stored))
