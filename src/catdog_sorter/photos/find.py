"""Finds photos and what belongs to them, by name. Knows no models.

Links to folders are not followed.
"""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Unreadable
from catdog_sorter.path_fields import as_text
from catdog_sorter.photos.capture import FolderCaptures
from catdog_sorter.photos.companions import Grouping, follows_name, groups
from catdog_sorter.photos.formats import PHOTO_SUFFIXES, RAW_SUFFIXES, UNSUPPORTED_SUFFIXES
from catdog_sorter.storage.spool import SpooledDict
from catdog_sorter.text import shown

_NEVER_PHOTOS = frozenset(
    ".xmp .aae .json .mov .mp4 .mp .avi .mkv .mts .m4v .3gp .webm .txt .md .csv .html .pdf "
    ".doc .docx .zip .gz .7z .tar .mp3 .m4a .wav .flac .db .ini .sqlite .sqlite3 .py .thm "
    ".lrv .part .partial .crdownload .download .tmp".split()
)
_PASSED_OVER_FOLDERS = frozenset(
    {"@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found"}
)
# Photo managers keep these folders' insides in step with a database of their own.
_LIBRARY_SUFFIXES = (".photoslibrary", ".aplibrary", ".migratedphotolibrary", ".lrlibrary")


@as_text("path")
@dataclass(frozen=True, slots=True)
class Photo:
    """One picture on disk. `root` is the folder the person gave (for a file: its folder).

    `companions` lie in the same folder and travel with the photo.
    """

    path: Path
    root: Path
    companions: tuple[Path, ...] = ()

    @property
    def stand_ins(self) -> tuple[Path, ...]:
        """The other pictures of the shot, to be looked at where the photo cannot be read."""
        return tuple(path for path in self.companions if is_photo_name(path.name))


def find_photos(
    paths: Iterable[Path],
    *,
    recursive: bool = True,
    skip: Callable[[Path], bool] = lambda folder: False,
    grouping: Grouping | None = None,
) -> Iterator[Photo | Unreadable]:
    """Yield the photos at and below `paths`, absolute, each once, in a stable order.

    Folders come first, then single files. Hidden files and folders are no photos; folders for
    which `skip` is true are passed over. A file named in `paths` counts as a photo whatever it is
    called, unless it belongs to another photo that is found. Folders that may not be opened come
    as `Unreadable`. Raises UsageError, before anything is yielded, for a missing path.
    """
    roots = [_checked(path) for path in paths]
    return _find(roots, recursive, skip, grouping or Grouping())


def _checked(path: Path) -> Path:
    absolute = Path(os.path.abspath(path))
    try:
        is_folder = absolute.is_dir()
        exists = is_folder or absolute.exists() or absolute.is_symlink()
    except PermissionError as error:
        raise UsageError(
            f"{shown(path)} may not be looked at: permission denied. Give yourself the right to "
            "read it."
        ) from error
    except OSError:
        exists, is_folder = False, False
    if not exists:
        raise UsageError(f"There is no {shown(path)}. Check the spelling, or give another path.")
    folder = os.path.realpath(absolute if is_folder else absolute.parent)
    if any(part.lower().endswith(_LIBRARY_SUFFIXES) for part in Path(folder).parts):
        raise UsageError(
            f"{shown(path)} is a photo manager's library; moving photos inside would break it. "
            "Export the photos to a folder and sort that."
        )
    return absolute


def _find(
    roots: list[Path], recursive: bool, skip: Callable[[Path], bool], grouping: Grouping
) -> Iterator[Photo | Unreadable]:
    folders: list[Path] = []
    files: dict[Path, list[str]] = {}
    for root in roots:
        if root.is_dir():
            folders.append(root)
        else:
            files.setdefault(root.parent, []).append(root.name)
    if len(folders) == 1 and not files:
        yield from _in_folder(folders[0], folders[0], recursive, skip, grouping)
        return
    seen = SpooledDict()
    for folder in folders:
        yield from _unseen(_in_folder(folder, folder, recursive, skip, grouping), folder, seen)
    for folder, named in files.items():
        yield from _unseen(_single_files(folder, named, grouping), folder, seen)


def _unseen(
    found: Iterable[Photo | Unreadable], folder: Path, seen: SpooledDict
) -> Iterator[Photo | Unreadable]:
    """Leave out what is in `seen`, and enter the rest there under its path without links."""
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


def _single_files(
    folder: Path, named: list[str], grouping: Grouping
) -> Iterator[Photo | Unreadable]:
    """The files `named`, all in `folder`; a companion comes with its photo if both are named."""
    try:
        names = {entry.name for entry in os.scandir(folder) if _is_regular(entry)}
    except OSError:
        names = set()
    photos = {name for name in names if is_photo_name(name)}
    photos.update(name for name in named if _suffix(name) not in _NEVER_PHOTOS)
    captures = FolderCaptures(folder)
    in_order = sorted(names.union(named), key=os.fsencode)
    companions_of = {
        photo: others for photo, *others in groups(in_order, photos, grouping, captures)
    }
    leader = {other: photo for photo, others in companions_of.items() for other in others}
    wanted = set(named)
    for name in named:
        photo = leader.get(name, name)
        if photo != name and photo in wanted:
            continue
        if os.path.islink(folder / name) and not os.path.exists(folder / name):
            yield Unreadable(folder / name, _DEAD_LINK)
            continue
        companions = companions_of.get(photo, [])
        if photo != name:  # what belongs to both stays with the photo that is not named
            companions = [other for other in companions if follows_name(other, name)]
        yield Photo(folder / name, folder, tuple(folder / other for other in companions))


def _in_folder(
    top: Path, root: Path, recursive: bool, skip: Callable[[Path], bool], grouping: Grouping
) -> Iterator[Photo | Unreadable]:
    waiting = [top]  # not by recursion: a tree can be deeper than Python's stack
    while waiting:
        folder = waiting.pop()
        below = yield from _directly_in(folder, root, grouping)
        if recursive:
            waiting += (folder / name for name in reversed(below) if not skip(folder / name))


def _directly_in(
    folder: Path, root: Path, grouping: Grouping
) -> Generator[Photo | Unreadable, None, list[str]]:
    """Yield what lies in this very folder; returns the names of the folders to enter."""
    try:
        with os.scandir(folder) as entries:
            files, folders, odd = _sorted_out(entries)
    except OSError as error:
        yield Unreadable(folder, f"This folder cannot be opened: {error.strerror}.")
        return []
    photos = set(filter(is_photo_name, files))
    for name, *companions in groups(files, photos, grouping, FolderCaptures(folder)):
        yield Photo(folder / name, root, tuple(folder / other for other in companions))
    for name in odd:
        reachable = os.path.exists(folder / name)
        yield Unreadable(folder / name, _NO_FILE if reachable else _DEAD_LINK)
    return folders


_DEAD_LINK = "It is a link whose target cannot be reached."
_NO_FILE = "It is not a regular file."


def _sorted_out(
    entries: Iterable["os.DirEntry[str]"],
) -> tuple[list[str], list[str], list[str]]:
    """Names, in order: files and links to them, folders to enter, others named like photos."""
    files, folders, odd = [], [], []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if is_entered(entry.name):
                folders.append(entry.name)
        elif _is_regular(entry):
            files.append(entry.name)
        elif is_photo_name(entry.name) and not os.path.isdir(entry.path):
            odd.append(entry.name)
    for names in (files, folders, odd):
        names.sort(key=os.fsencode)
    return files, folders, odd


def is_entered(name: str) -> bool:
    """Whether photos are looked for in folders of this name."""
    name = name.lower()
    return name not in _PASSED_OVER_FOLDERS and not name.endswith(_LIBRARY_SUFFIXES)


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
    """Whether a file of this name is taken for a photo unopened.

    Pictures that are not supported are: who decodes them names them.
    """
    suffix = _suffix(name)
    return suffix in PHOTO_SUFFIXES or suffix in RAW_SUFFIXES or suffix in UNSUPPORTED_SUFFIXES
