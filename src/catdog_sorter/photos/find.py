"""Finds photos, videos and what belongs to them, by name. Knows no models.

Links to folders are not followed.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Unreadable
from catdog_sorter.path_fields import as_text
from catdog_sorter.photos.capture import FolderCaptures
from catdog_sorter.photos.catalogs import catalogued_folders
from catdog_sorter.photos.companions import (
    APPLE_DOUBLE,
    UNFINISHED_SUFFIXES,
    Grouping,
    follows_name,
    groups,
)
from catdog_sorter.photos.formats import (
    PHOTO_SUFFIXES,
    RAW_SUFFIXES,
    UNSUPPORTED_SUFFIXES,
    UNSUPPORTED_VIDEO_SUFFIXES,
    VIDEO_SUFFIXES,
)
from catdog_sorter.photos.ignore import IGNORE_FILE, FolderRules, IgnoreRules, rules_of_run
from catdog_sorter.photos.left_alone import (
    BUNDLE_FILE,
    FolderKind,
    Manager,
    Survey,
    belongs_to_page,
    is_archive,
    is_in_library,
    kind_by_content,
    kind_by_name,
    manager_around,
    manager_of,
)
from catdog_sorter.storage.spool import SpooledDict
from catdog_sorter.text import canonical_name, shown

_NEVER_PHOTOS = frozenset(
    ".xmp .aae .json .mov .mp4 .mp .avi .mkv .mts .m4v .3gp .webm .txt .md .csv .html .pdf "
    ".doc .docx .zip .gz .7z .tar .mp3 .m4a .wav .flac .db .ini .sqlite .sqlite3 .py .thm "
    ".lrv .part .partial .crdownload .download .tmp".split()
)
# Files that Android has deleted or is still writing, hidden or not.
_NEVER_MEANT = (".trashed-", ".pending-")
_PLACEHOLDER = ".icloud"  # `.a.jpg.icloud` is the placeholder of an `a.jpg` that is only in iCloud


@as_text("path")
@dataclass(frozen=True, slots=True)
class Photo:
    """One picture or video on disk. `root` is the folder the user gave (for a file: its folder).

    `companions` are in the same folder and move with the photo.
    """

    path: Path
    root: Path
    companions: tuple[Path, ...] = ()

    @property
    def stand_ins(self) -> tuple[Path, ...]:
        """The other pictures of the shot, used if the photo cannot be read."""
        return tuple(path for path in self.companions if is_photo_name(path.name))


@dataclass(frozen=True, slots=True)
class Scope:
    """The photos to search for.

    `exclude`: patterns as in a .gitignore, for paths below the folder given. `grouping`: which
    files belong to a photo. `videos`: whether videos that are not part of a photo count as photos.
    """

    recursive: bool = True
    include_hidden: bool = False
    exclude: tuple[str, ...] = ()
    grouping: Grouping = field(default_factory=Grouping)
    videos: bool = False


# For training, where each picture counts by itself.
EACH_PICTURE = Grouping(separate_edits=True)


def find_photos(
    paths: Iterable[Path],
    scope: Scope | None = None,
    *,
    skip: Callable[[Path], bool] = lambda folder: False,
    survey: Survey | None = None,
) -> Iterator[Photo | Unreadable]:
    """Yield the photos at and below `paths`, absolute, each once, in a stable order.

    Folders come first, then single files. Hidden files and folders, folders that belong to a
    program, and folders for which `skip` is true are passed over. A file in `paths` counts as a
    photo whatever its name, unless it belongs to another photo that is found. Folders that cannot
    be opened are yielded as `Unreadable`. The `survey` records what else was found.

    Raises:
        UsageError: A path is missing, or lies in a program's library. Raised by the call itself.
    """
    search = _Search(scope or Scope(), skip, survey or Survey())
    return _find([_checked(path) for path in paths], search)


class _Search:
    """The options and the state of a search."""

    def __init__(self, scope: Scope, skip: Callable[[Path], bool], survey: Survey) -> None:
        self.recursive = scope.recursive
        self.include_hidden = scope.include_hidden
        self.grouping = scope.grouping
        self.videos = scope.videos
        self.skip = skip
        self.survey = survey
        self.tops: list[Path] = []
        self._suffixes = tuple(scope.grouping.all_suffixes())
        self._exclude = scope.exclude
        self.rules(Path())  # refuses invalid patterns at once

    def is_orphan(self, name: str) -> bool:
        """Whether a file without a photo in its folder is named like a companion."""
        key = canonical_name(name)
        if key.endswith(UNFINISHED_SUFFIXES):
            return False
        if key.startswith(APPLE_DOUBLE):
            return True
        return key.endswith(self._suffixes) or is_photo_name(os.path.splitext(name)[0])

    def is_decodable(self, name: str) -> bool:
        """Whether a file of this name may be decoded."""
        return is_photo_name(name) or (self.videos and is_video_name(name))

    def groups(self, folder: Path, names: list[str], photos: set[str]) -> Iterator[tuple[str, ...]]:
        """See `companions.groups`."""
        videos = set(filter(is_video_name, names)) if self.videos else frozenset[str]()
        return groups(names, photos, self.grouping, FolderCaptures(folder), videos)

    def note_manager(self, folder: Path, manager: Manager) -> None:
        """Record which of the searched folders are in the databases in this folder."""
        for place in catalogued_folders(folder, manager):
            for top in self.tops:
                shared = _shared(place, top)
                if shared and (shared, manager) not in self.survey.managed:
                    self.survey.managed.append((shared, manager))

    def rules(self, root: Path) -> FolderRules:
        """The rules of the run below a root."""
        return rules_of_run(self._exclude, str(root))


def _shared(folder: Path, top: Path) -> Path | None:
    """The part of a catalogued folder that was searched, as spelled by the user; None if none."""
    if folder.is_relative_to(top) or top.is_relative_to(folder):
        return folder
    real, real_top = Path(os.path.realpath(folder)), Path(os.path.realpath(top))
    if real.is_relative_to(real_top):
        return top / real.relative_to(real_top)
    return top if real_top.is_relative_to(real) else None


def _checked(path: Path) -> Path:
    absolute = Path(os.path.abspath(path))
    try:
        is_folder = absolute.is_dir()
        exists = is_folder or absolute.exists() or absolute.is_symlink()
    except PermissionError as error:
        raise UsageError(
            f"{shown(path)} cannot be read: permission denied. Give yourself read permission."
        ) from error
    except OSError:
        exists, is_folder = False, False
    if not exists:
        raise UsageError(f"{shown(path)} does not exist. Check the spelling, or give another path.")
    folder = os.path.realpath(absolute if is_folder else absolute.parent)
    if is_in_library(Path(folder)):
        raise UsageError(
            f"{shown(path)} is a photo manager's library or another program's document; moving "
            "photos inside would break it. Export the photos to a folder and sort that."
        )
    return absolute


def _find(roots: list[Path], search: _Search) -> Iterator[Photo | Unreadable]:
    folders: list[Path] = []
    files: dict[Path, list[str]] = {}
    for root in roots:
        if root.is_dir():
            folders.append(root)
        else:
            files.setdefault(root.parent, []).append(root.name)
    search.tops = list(dict.fromkeys((*folders, *files)))
    for folder in search.tops:
        if around := manager_around(folder / "file" if folder in files else folder):
            search.note_manager(*around)
    if len(folders) == 1 and not files:
        yield from _in_folder(folders[0], search)
        return
    seen = SpooledDict()
    for folder in folders:
        yield from _unseen(_in_folder(folder, search), folder, seen)
    for folder, named in files.items():
        yield from _unseen(_single_files(folder, named, search), folder, seen)


def _unseen(
    found: Iterable[Photo | Unreadable], folder: Path, seen: SpooledDict
) -> Iterator[Photo | Unreadable]:
    """Leave out items in `seen`, and add the rest to it by their paths without links."""
    real = Path(os.path.realpath(folder))

    def is_new(path: Path) -> bool:
        place = str(real / path.relative_to(folder))
        known = place in seen
        seen[place] = ""
        return not known

    for item in found:
        if not is_new(item.path):
            continue
        if isinstance(item, Photo):
            yield replace(item, companions=tuple(filter(is_new, item.companions)))
        else:
            yield item


def _single_files(folder: Path, named: list[str], search: _Search) -> Iterator[Photo | Unreadable]:
    """The files `named`, all in `folder`; a companion comes with its photo if both are named."""
    rules = search.rules(folder)
    named = [name for name in named if not _is_left_out(folder / name, rules, search)]
    try:
        names = {entry.name for entry in os.scandir(folder) if _is_regular(entry)}
    except OSError:
        names = set()
    photos = {name for name in names if is_photo_name(name)}
    photos.update(name for name in named if _suffix(name) not in _NEVER_PHOTOS)
    in_order = sorted(names.union(named), key=os.fsencode)
    companions_of = {photo: others for photo, *others in search.groups(folder, in_order, photos)}
    leader = {other: photo for photo, others in companions_of.items() for other in others}
    wanted = set(named)
    for name in named:
        photo = leader.get(name, name)
        if photo != name and photo in wanted:
            continue
        if os.path.islink(folder / name) and not os.path.exists(folder / name):
            yield Unreadable(folder / name, _DEAD_LINK)
            continue
        if is_video_name(name) and name not in companions_of:
            reason = _PART_OF.format(photo=shown(photo)) if photo != name else _VIDEO
            yield Unreadable(folder / name, reason)
            continue
        companions = companions_of.get(photo, [])
        if photo != name:  # shared companions stay with the photo that was not named
            companions = [other for other in companions if follows_name(other, name)]
        yield Photo(folder / name, folder, tuple(folder / other for other in companions))


def _in_folder(top: Path, search: _Search) -> Iterator[Photo | Unreadable]:
    waiting = [(top, search.rules(top))]  # not recursive: a tree can be deeper than the stack
    while waiting:
        folder, rules = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                found = _sorted_out(entries, search)
        except OSError as error:
            yield Unreadable(folder, f"This folder cannot be opened: {error.strerror}.")
            continue
        if IGNORE_FILE in found.names:
            rules = rules.below(str(folder), IgnoreRules.read(folder / IGNORE_FILE))
        kind = None if folder == top else _kind(folder, found.names)
        if kind:
            search.survey.leave_alone(folder, kind)
            continue
        if manager := manager_of(folder, found.names):
            search.note_manager(folder, manager)
        yield from _directly_in(folder, top, found, rules, search)
        if search.recursive:
            below = _to_enter(folder, found, rules, search)
            waiting += ((folder / name, rules) for name in reversed(below))


def _kind(folder: Path, entries: Set[str]) -> FolderKind | None:
    """Return why this folder is not entered, by its content; None if it is."""
    if kind := kind_by_content(folder.name, entries, folder.parent.name):
        return None if kind is FolderKind.VERSIONED and is_archive(folder) else kind
    is_bundle = BUNDLE_FILE.parts[0] in entries and os.path.exists(folder / BUNDLE_FILE)
    return FolderKind.DOCUMENT if is_bundle else None


def _to_enter(folder: Path, found: "_Entries", rules: FolderRules, search: _Search) -> list[str]:
    entered = []
    for name in found.folders:
        path = folder / name
        kind = kind_by_name(name, folder.name)
        if not kind and rules and rules.leaves_out(f"{path}/"):
            kind = FolderKind.EXCLUDED
        if not kind and belongs_to_page(name, found.names):
            kind = FolderKind.DOCUMENT
        if kind:
            search.survey.leave_alone(path, kind)
        elif not search.skip(path):
            entered.append(name)
    return entered


def _directly_in(
    folder: Path, root: Path, found: "_Entries", rules: FolderRules, search: _Search
) -> Iterator[Photo | Unreadable]:
    """Yield the photos directly in this folder."""
    files = found.files
    if rules:
        files = [name for name in files if not _is_left_out(folder / name, rules, search)]
    photos = set(filter(is_photo_name, files))
    for name in found.links:
        if name in photos:
            path = folder / name
            search.survey.links[os.path.realpath(path)] = str(path)
    alone = set(files) - photos if len(photos) < len(files) else set()
    for name, *companions in search.groups(folder, files, photos):
        alone.difference_update(companions)
        alone.discard(name)
        yield Photo(folder / name, root, tuple(folder / other for other in companions))
    if not search.videos:
        search.survey.videos += sum(map(is_video_name, alone))
    for name in filter(_is_unsupported_video, sorted(alone)):
        search.survey.unsupported_videos.add(folder / name)
    alone.difference_update(found.links)  # links do not follow a photo
    search.survey.orphans += (folder / name for name in sorted(alone) if search.is_orphan(name))
    for name in found.placeholders:
        search.survey.placeholders.add(folder / name)
    for name in found.odd:
        reachable = os.path.exists(folder / name)
        yield Unreadable(folder / name, _NO_FILE if reachable else _DEAD_LINK)


def _is_left_out(path: Path, rules: FolderRules, search: _Search) -> bool:
    is_left_out = bool(rules) and rules.leaves_out(str(path))
    search.survey.excluded += is_left_out and search.is_decodable(path.name)
    return is_left_out


_DEAD_LINK = "It is a link whose target cannot be reached."
_NO_FILE = "It is not a regular file."
_VIDEO = "It is a video. Add --videos to include videos."
_PART_OF = (
    "It is the video of the Live Photo {photo} and is sorted with it. Give that photo instead."
)


@dataclass(frozen=True, slots=True)
class _Entries:
    """The entries of a folder, in order: files and links to files, folders, others named as photos.

    `names`: all entries, hidden or not. `links`: the files that are links. `placeholders`: files
    that represent photos stored in a cloud.
    """

    names: Set[str]
    files: list[str]
    folders: list[str]
    odd: list[str]
    links: list[str]
    placeholders: list[str]


def _sorted_out(entries: Iterable["os.DirEntry[str]"], search: _Search) -> _Entries:
    names: set[str] = set()
    files, folders, odd, links, placeholders = [], [], [], [], []
    for entry in entries:
        name = entry.name
        names.add(name)
        if name.endswith(_PLACEHOLDER) and is_photo_name(name[: -len(_PLACEHOLDER)]):
            placeholders.append(name)
        if name.startswith(APPLE_DOUBLE):
            if _is_regular(entry):
                files.append(name)
            continue
        if name[0] == "." and (not search.include_hidden or name.startswith(_NEVER_MEANT)):
            continue
        if _is_folder(entry):
            folders.append(name)
        elif _is_regular(entry):
            files.append(name)
            if entry.is_symlink():
                links.append(name)
        elif search.is_decodable(name) and not os.path.isdir(entry.path):
            odd.append(name)
    for part in (files, folders, odd, placeholders):
        part.sort(key=os.fsencode)
    return _Entries(names, files, folders, odd, links, placeholders)


def refuse_as_output(path: Path) -> None:
    """Raise UsageError if a file of this name counts as a photo, or belongs to one beside it."""
    if is_photo_name(path.name):
        raise UsageError(f"{shown(path)} is named like a photo. Choose another file.")
    try:
        names = sorted({*os.listdir(path.parent), path.name})
    except OSError:
        return
    for lead, *others in groups(names, set(filter(is_photo_name, names))):
        if path.name in others:
            raise UsageError(
                f"{shown(path)} is named like a file that belongs to "
                f"{shown(path.with_name(lead))}, and would be moved with it. Choose another file."
            )


def is_entered(name: str) -> bool:
    """Whether folders of this name are searched."""
    return kind_by_name(name) is None


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    is_junction = getattr(entry, "is_junction", lambda: False)  # Windows, Python 3.12
    try:
        return entry.is_dir(follow_symlinks=False) and not is_junction()
    except OSError:
        return False


def _is_regular(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].rstrip().lower()


def is_photo_name(name: str) -> bool:
    """Whether a file counts as a photo by its name.

    Unsupported pictures count too: the decoder names their format.
    """
    if name.startswith(APPLE_DOUBLE):
        return False
    suffix = _suffix(name)
    return suffix in PHOTO_SUFFIXES or suffix in RAW_SUFFIXES or suffix in UNSUPPORTED_SUFFIXES


def _is_unsupported_video(name: str) -> bool:
    return _suffix(name) in UNSUPPORTED_VIDEO_SUFFIXES and not name.startswith(APPLE_DOUBLE)


def is_video_name(name: str) -> bool:
    """Whether a file counts as a video by its name."""
    return _suffix(name) in VIDEO_SUFFIXES and not name.startswith(APPLE_DOUBLE)
