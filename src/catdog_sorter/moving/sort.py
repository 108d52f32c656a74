"""Plans how the photos of a run are sorted, and counts the outcomes.

Reads from disk which names are taken and whether files are equal; changes nothing.
"""

import filecmp
import functools
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Self

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.places import anchor_of
from catdog_sorter.moving.plan import LabelledPhoto, Plan, Reason, plan_moves
from catdog_sorter.photos.find import Photo
from catdog_sorter.photos.left_alone import (
    FolderKind,
    Survey,
    is_in_library,
    kind_by_name,
    kind_of_target,
)
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.text import canonical_name, shown

_MAX_CACHED_FOLDERS = 1_000
_MAX_CACHED_HASHES = 16
DEFAULT_FOLDERS: Mapping[Label, str] = {
    Label.CAT: "cat",
    Label.DOG: "dog",
    Label.BOTH: "both",
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """How to sort photos: `folders` names the folder of each label that has one.

    The folders lie in `into`, or in the folder each photo was found in when it is None; `flat`
    drops the sub-folders below them.
    """

    folders: Mapping[Label, str]
    into: Path | None = None
    flat: bool = False

    def check(self) -> None:
        """Raise UsageError for a target that is not a folder, or a trash folder or library."""
        for name in self.folders.values():
            if kind := kind_of_target(PurePath(name)):
                raise _refusal(name, kind)
        if self.into:
            into = Path(os.path.abspath(self.into))
            kind = kind_by_name(into.name, into.parent.name)
            if is_in_library(into):
                kind = FolderKind.LIBRARY
            if kind:
                raise _refusal(str(self.into), kind)
            above = next(path for path in (into, *into.parents) if os.path.lexists(path))
            if not above.is_dir():
                raise UsageError(f"{shown(above)} is not a folder. Choose another target.")

    def output_folders(self, paths: Iterable[Path]) -> set[Path]:
        """List the folders into which `paths` are sorted; photos in them count as sorted."""
        bases = [self.into] if self.into else list(paths)
        return {
            Path(os.path.abspath(base)) / name for base in bases for name in self.folders.values()
        }

    def is_sorted(self, paths: Iterable[Path]) -> Callable[[Path], bool]:
        """Whether a folder is one of the output folders, in any spelling of its name.

        On a file system that ignores case or Unicode forms `Cat` is `cat`.
        """
        outputs = self.output_folders(paths)
        outputs |= {spelling for folder in outputs for spelling in _other_spellings(folder)}
        identities = {_identity(folder) for folder in outputs} - {None}
        return lambda folder: folder in outputs or _identity(folder) in identities


def _refusal(target: str, kind: FolderKind) -> UsageError:
    return UsageError(
        f"{shown(target)} is the name of a {kind.noun(1)}, which is never searched for photos. "
        "Choose another target."
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _other_spellings(folder: Path) -> Iterator[Path]:
    """The other names under which a file system lists `folder`.

    Drives served by a program may assign an inode of its own to each spelling.
    """
    with suppress(OSError):
        names = os.listdir(folder.parent) if os.path.lexists(folder) else [folder.name]
        if folder.name not in names:
            same = canonical_name(folder.name)
            yield from (folder.with_name(name) for name in names if canonical_name(name) == same)


@dataclass(frozen=True, slots=True)
class References:
    """Links and catalogues that refer to photos by path, and that moving photos would break.

    `links`: by the real path of a photo, a symbolic link to it. `catalogs`: folders that another
    program keeps a database of.
    """

    links: Mapping[str, str] = field(default_factory=dict)
    catalogs: frozenset[Path] = frozenset()

    @classmethod
    def of(cls, survey: Survey, break_links: bool = False, break_catalogs: bool = False) -> Self:
        """Those that a search has found, without the ones that the user agreed to break."""
        return cls(
            {} if break_links else survey.links,
            frozenset() if break_catalogs else survey.catalogs,
        )

    def and_those(self, others: "References") -> "References":
        """The references of both."""
        return References({**self.links, **others.links}, self.catalogs | others.catalogs)

    def to(self, path: Path) -> Reason | None:
        """Return why a photo or a companion of it stays; None if nothing refers to it."""
        if self.links and os.path.realpath(path) in self.links:
            return Reason.LINKED
        if any(path.is_relative_to(folder) for folder in self.catalogs):
            return Reason.CATALOG
        return None


def plan_sorting(
    found: Iterable[Photo | Unreadable],
    results: Iterable[Prediction | Unreadable],
    sorting: Sorting,
    references: References | None = None,
) -> Plan:
    """Plan where the photos go; `results` belong to `found`, one each, in order.

    Photos that `references` refer to stay. Reads from disk only which names are taken, whether
    files are equal, and where links lead.

    Raises:
        UsageError: The target is a trash folder, a library or the like.
    """
    sorting.check()
    verdicts = (
        LabelledPhoto(photo, result.label, result.identity)
        for photo, result in zip(found, results, strict=True)
        if isinstance(photo, Photo) and isinstance(result, Prediction)
    )
    return plan_moves(
        verdicts,
        folders=sorting.folders,
        into=sorting.into and Path(os.path.abspath(sorting.into)),
        flat=sorting.flat,
        occupied=os.path.lexists,
        same_content=_same_content,
        size_of=_size_of,
        hash_of=functools.lru_cache(_MAX_CACHED_HASHES)(_hash_of),
        is_link=os.path.islink,
        escapes_base=functools.lru_cache(_MAX_CACHED_FOLDERS)(_escapes_base),
        referred_to=(references or References()).to,
        anchor=functools.lru_cache(_MAX_CACHED_FOLDERS)(anchor_of),
    )


def _escapes_base(folder: Path, base: Path) -> bool:
    return not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(base))


def _same_content(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _size_of(path: Path) -> int | None:
    try:
        return os.stat(path).st_size
    except OSError:
        return None


def _hash_of(path: Path) -> str | None:
    try:
        return file_sha256(path)
    except OSError:
        return None


@dataclass(slots=True)
class Totals:
    """Counts of photos; `found` is always the sum of the other four."""

    found: int
    unreadable: int
    left: int
    skipped: int
    sorted: int = 0
    by_label: Counter[Label] = field(default_factory=Counter)

    @classmethod
    def of(cls, plan: Plan, unreadable: int) -> "Totals":
        """The totals of a plan before it is carried out: photos to be moved count as left."""
        staying = sum(skip.reason.is_left for skip in plan.skips)
        skipped = len(plan.skips) - staying
        found = len(plan.groups) + len(plan.skips) + unreadable
        return cls(found, unreadable, staying + len(plan.groups), skipped)

    def count(self, outcome: Moved | MoveFailed) -> None:
        """Take one outcome into account; a late file counts with its photo, in an earlier run."""
        if outcome.group.is_late if isinstance(outcome, Moved) else outcome.is_late:
            return
        self.left -= 1
        if isinstance(outcome, MoveFailed):
            self.skipped += 1
        else:
            self.sorted += 1
            self.by_label[outcome.group.label] += 1
