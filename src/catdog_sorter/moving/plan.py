"""Decides where photos go, and under which names. Never touches the disk.

Functions passed as arguments answer questions about the disk.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, assert_never

from catdog_sorter.file_identity import FileIdentity, FolderAnchor
from catdog_sorter.labels import Label
from catdog_sorter.path_fields import as_text
from catdog_sorter.photos.companions import numbered
from catdog_sorter.storage.spool import Spool, SpooledDict
from catdog_sorter.text import canonical_name

if TYPE_CHECKING:
    from catdog_sorter.photos.find import Photo


class Reason(StrEnum):
    """Why a photo stays where it is."""

    VERDICT = "verdict"
    IN_PLACE = "in place"
    DUPLICATE = "duplicate"
    OUTSIDE = "outside"
    LINK = "link"
    LINKED = "linked"
    CATALOG = "catalog"
    SIDECAR = "sidecar"

    @property
    def is_left(self) -> bool:
        """Whether the photo stays because there is nothing to do; otherwise it is skipped."""
        return self in (Reason.VERDICT, Reason.IN_PLACE)

    @property
    def words(self) -> str:
        """The text that follows the number of such photos."""
        match self:
            case Reason.VERDICT:
                return "neither or unsure"
            case Reason.IN_PLACE:
                return "in the right folder already"
            case Reason.DUPLICATE:
                return "already there with the same content"
            case Reason.OUTSIDE:
                return (
                    "whose folder is a link out of the target; choose the real folder as the target"
                )
            case Reason.LINK:
                return "found by symbolic links"
            case Reason.LINKED:
                return "that symbolic links lead to"
            case Reason.CATALOG:
                return "in a folder that another program keeps a database of"
            case Reason.SIDECAR:
                return "whose sidecar cannot be changed"
            case _:
                assert_never(self)


@as_text("source", "target")
@dataclass(frozen=True, slots=True)
class Move:
    """One file and the place it goes to.

    `identity`: the file when it was read; it is moved only if it is unchanged. None where that was
    not recorded.
    """

    source: Path
    target: Path
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class GroupMove:
    """A photo (the first move) and its companions; `number` tells clashing names apart.

    `backup`: an existing file that is renamed first, and its new name. `is_late`: only companions,
    which follow a photo that was sorted earlier. The anchors identify the folders of the files at
    the time of planning; None where unknown.
    """

    label: Label
    moves: tuple[Move, ...]
    number: int = 1
    backup: Move | None = None
    is_late: bool = False
    source_anchor: FolderAnchor | None = field(default=None, compare=False, repr=False)
    target_anchor: FolderAnchor | None = field(default=None, compare=False, repr=False)

    @property
    def in_order(self) -> tuple[Move, ...]:
        """All transfers, in the order in which they have to happen."""
        return self.moves if self.backup is None else (self.backup, *self.moves)


@as_text("path")
@dataclass(frozen=True, slots=True)
class Skip:
    """A photo that stays where it is, and why."""

    path: Path
    label: Label
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned moves: each photo is in `groups` or in `skips` once, in the order given."""

    groups: Collection[GroupMove]
    skips: Collection[Skip]


class LabelledPhoto(NamedTuple):
    """A photo with its label, and the file when it was classified."""

    photo: "Photo"
    label: Label
    identity: FileIdentity | None = None


@dataclass(frozen=True, slots=True)
class _Layout:
    """The folders to sort into: `folders`, `into` and `flat` of `plan_moves`."""

    folders: Mapping[Label, str]
    into: Path | None
    flat: bool


class _NumberedNames:
    """The numbered names (`a (2).jpg` and so on) that photos have, and their content."""

    def __init__(
        self, size_of: Callable[[Path], int | None], hash_of: Callable[[Path], str | None]
    ) -> None:
        self._size_of, self._hash_of = size_of, hash_of
        self._last = SpooledDict()
        # The name by series, size and hash; the file whose hash is not known by series and size.
        self._by_content, self._unhashed = SpooledDict(), SpooledDict()

    def last(self, series: str) -> int:
        """The number up to which all names are known."""
        return int(self._last.get(series) or 1)

    def add(self, series: str, number: int, target: Path, holder: Path) -> None:
        """Record the file that has, or will have, the next name."""
        self._last[series] = str(number)
        key = f"{series}/{self._size_of(holder)}"
        if key in self._unhashed:
            self._hash(key, holder, target)
        else:
            self._unhashed[key] = f"{holder}\0{target}"

    def find(self, series: str, source: Path) -> Path | None:
        """The name of a file with the content of `source`. Reads only files of the same size."""
        key = f"{series}/{self._size_of(source)}"
        if (first := self._unhashed.get(key)) is None:
            return None
        if first:
            holder, _, target = first.partition("\0")
            self._unhashed[key] = ""
            self._hash(key, Path(holder), Path(target))
        found = self._by_content.get(f"{key}/{self._hash_of(source)}")
        return Path(found) if found else None

    def _hash(self, key: str, holder: Path, target: Path) -> None:
        if sha256 := self._hash_of(holder):
            self._by_content.setdefault(f"{key}/{sha256}", str(target))


@dataclass(frozen=True, slots=True)
class _Disk:
    """Answers about the disk, and the names and files that this plan has already assigned.

    `claims`: the source by each name. `taken`: the sources.
    """

    occupied: Callable[[Path], bool]
    same_content: Callable[[Path, Path], bool]
    is_link: Callable[[Path], bool]
    escapes_base: Callable[[Path, Path], bool]
    referred_to: Callable[[Path], Reason | None]
    anchor: Callable[[Path], FolderAnchor | None]
    numbered: _NumberedNames
    claims: SpooledDict
    taken: SpooledDict

    def is_free(self, target: Path) -> bool:
        return _key(target) not in self.claims and not self.occupied(target)

    def holder(self, target: Path) -> Path | None:
        """The file that has, or will have, this name."""
        if (earlier := self.claims.get(_key(target))) is not None:
            return Path(earlier)
        return target if self.occupied(target) else None

    def has_same_content(self, target: Path, source: Path) -> bool:
        """Whether `target` is, or will be by this plan, a file with the content of `source`."""
        holder = self.holder(target)
        return holder is not None and self.same_content(source, holder)

    def claim(self, group: GroupMove) -> None:
        for move in group.moves:
            self.claims[_key(move.target)] = str(move.source)
            self.taken[str(move.source)] = ""


def plan_moves(
    verdicts: Iterable[LabelledPhoto],
    *,
    folders: Mapping[Label, str],
    into: Path | None,
    flat: bool,
    occupied: Callable[[Path], bool],
    same_content: Callable[[Path, Path], bool],
    size_of: Callable[[Path], int | None],
    hash_of: Callable[[Path], str | None],
    is_link: Callable[[Path], bool],
    escapes_base: Callable[[Path, Path], bool] = lambda folder, base: False,
    referred_to: Callable[[Path], Reason | None] = lambda path: None,
    anchor: Callable[[Path], FolderAnchor | None] = lambda folder: None,
) -> Plan:
    """Plan one move, or one reason to stay, for every photo; all paths are absolute.

    `folders`: the folder name of each label that has one. `into`: where these folders are, or
    None for the folder each photo was found in. `flat`: drop the sub-folders below it.
    `occupied(path)`: whether something is there, even a broken link. `same_content(a, b)`: whether
    both are files and equal byte for byte. `size_of(path)`, `hash_of(path)`: the size in bytes and
    the hash of the content; None if it cannot be read. `escapes_base(folder, base)`: whether links
    lead from `folder`, a path below `base`, to a place outside `base`. `referred_to(path)`: why the
    photo stays because something refers to it by its path; None if nothing does.
    `anchor(folder)`: the deepest part of the folder's path that exists.
    """
    layout = _Layout(folders, into, flat)
    asked = occupied, same_content, is_link, escapes_base, referred_to, anchor
    disk = _Disk(*asked, _NumberedNames(size_of, hash_of), SpooledDict(), SpooledDict())
    groups, skips = Spool[GroupMove](), Spool[Skip]()
    for verdict in verdicts:
        outcome = _place(verdict, layout, disk)
        if isinstance(outcome, Reason):
            skips.append(Skip(verdict.photo.path, verdict.label, outcome))
        else:
            groups.append(outcome)
    return Plan(groups, skips)


def renumbered(group: GroupMove, number: int) -> GroupMove:
    """The same group under the names that carry ` (number)`; number 1 means the plain names."""
    names = numbered([move.source.name for move in group.moves], number)
    moves = tuple(
        Move(move.source, move.target.with_name(name), move.identity)
        for move, name in zip(group.moves, names, strict=True)
    )
    return replace(group, moves=moves, number=number)


def _place(verdict: LabelledPhoto, layout: _Layout, disk: _Disk) -> GroupMove | Reason:
    photo, label, _ = verdict
    if label not in layout.folders:
        return Reason.VERDICT
    path = photo.path
    if disk.is_link(path):
        return Reason.LINK
    base = layout.into or photo.root
    folder = base / layout.folders[label]
    is_output = layout.into is None and _ends_with(base, layout.folders[label])
    if is_output or path.is_relative_to(folder):
        return Reason.IN_PLACE
    for member in (path, *photo.companions):
        if reason := disk.referred_to(member):
            return reason
    # Given twice, or already moving with an earlier photo.
    if str(path) in disk.taken:
        return Reason.DUPLICATE
    if not layout.flat:
        folder /= _sub_folder(photo, [base / name for name in layout.folders.values()])
    if disk.escapes_base(folder, base):
        return Reason.OUTSIDE
    return _free_place(_plain_group(verdict, folder, disk), disk)


def _ends_with(folder: Path, name: str) -> bool:
    """Whether a folder named by the user is this label's, as `p/cat` in `catdog-sort p/*`."""
    parts = tuple(map(canonical_name, Path(name).parts))
    return tuple(map(canonical_name, folder.parts[-len(parts) :])) == parts


def _sub_folder(photo: "Photo", outputs: Iterable[Path]) -> Path:
    """The photo's folder relative to the one it was found in.

    A photo in another output folder was sorted before: its sub-folder is relative to that folder,
    so that a changed label moves it from `dog/trip` to `cat/trip`, not to `cat/dog/trip`.
    """
    folder = photo.path.parent
    for start in (*outputs, photo.root):
        if folder.is_relative_to(start):
            return folder.relative_to(start)
    return Path()


def _plain_group(verdict: LabelledPhoto, folder: Path, disk: _Disk) -> GroupMove:
    """The group under its own names, without companions that are links: a move breaks links."""
    photo, label, identity = verdict
    lead = photo.path
    target = folder / lead.name
    moves = {_key(target): Move(lead, target, identity)}
    for path in photo.companions:
        if str(path) not in disk.taken and not disk.is_link(path):
            moves.setdefault(_key(folder / path.name), Move(path, folder / path.name))
    return GroupMove(
        label,
        tuple(moves.values()),
        source_anchor=disk.anchor(lead.parent),
        target_anchor=disk.anchor(folder),
    )


def _free_place(group: GroupMove, disk: _Disk) -> GroupMove | Reason:
    """Claim the first names that are free for the whole group."""
    photo = group.moves[0]
    target, source = photo.target, photo.source
    if disk.has_same_content(target, source):
        return _duplicate(target, source, disk)
    if not all(disk.is_free(move.target) for move in group.moves):
        # Checks each number once, however many photos have this name.
        second = numbered([move.source.name for move in group.moves], 2)[0]
        series = canonical_name(f"{target.parent}/{second}")
        group, is_next = _first_free(group, series, disk)
        if found := disk.numbered.find(series, source):
            return _duplicate(found, source, disk)
        if is_next:
            disk.numbered.add(series, group.number, group.moves[0].target, source)
    disk.claim(group)
    return group


def _first_free(group: GroupMove, series: str, disk: _Disk) -> tuple[GroupMove, bool]:
    """The group under the first free number, and whether photos have all lower ones."""
    start = disk.numbered.last(series) + 1
    is_next = True
    for number in count(start):
        candidate = renumbered(group, number)
        photo = candidate.moves[0]
        if holder := disk.holder(photo.target):
            if is_next:
                disk.numbered.add(series, number, photo.target, holder)
        elif all(disk.is_free(move.target) for move in candidate.moves):
            return candidate, is_next
        else:
            is_next = False  # the photo's name is free for others
    raise AssertionError("unreachable: numbers are endless")


def _duplicate(target: Path, source: Path, disk: _Disk) -> Reason:
    # A later photo whose name differs only in case must clash with it on any file system.
    if _key(target) not in disk.claims:
        disk.claims[_key(target)] = str(source)
    return Reason.DUPLICATE


def _key(path: Path) -> str:
    return canonical_name(str(path))
