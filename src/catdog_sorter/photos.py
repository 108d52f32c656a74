"""Finds photos and what belongs to them. Opens nothing but files of unknown kind; knows no models.

A photo's companions (XMP, AAE, the video of a Live Photo, its RAW twin, Takeout's JSON) form one
group with it. Links to folders are not followed.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.formats import PHOTO_SUFFIXES, RAW_SUFFIXES, sniff
from catdog_sorter.labels import Unreadable

_COMPANION_SUFFIXES = (".xmp", ".aae", ".mov", ".mp4", ".mp", ".json")
_NEVER_PHOTOS = frozenset(
    ".xmp .aae .json .mov .mp4 .mp .avi .mkv .mts .m4v .3gp .webm .txt .md .csv .html .pdf "
    ".doc .docx .zip .gz .7z .tar .mp3 .m4a .wav .flac .db .ini .sqlite .sqlite3 .py .thm "
    ".lrv".split()
)
_PASSED_OVER_FOLDERS = frozenset(
    {"@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found"}
)
# Photo managers keep these folders' insides in step with a database of their own.
_LIBRARY_SUFFIXES = (".photoslibrary", ".aplibrary", ".migratedphotolibrary", ".lrlibrary")
_TAKEOUT_STEM_LENGTH = 46
_TAKEOUT_NUMBER = re.compile(r"(.+?)(\(\d+\))(\.[^.]+)?$")


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture on disk. `root` is the folder the person gave (for a file: its folder).

    `companions` lie in the same folder and travel with the photo.
    """

    path: Path
    root: Path
    companions: tuple[Path, ...] = ()


def find_photos(
    paths: Iterable[Path],
    *,
    recursive: bool = True,
    skip: Callable[[Path], bool] = lambda folder: False,
) -> Iterator[Photo | Unreadable]:
    """Yield the photos at and below `paths`, absolute, each once, in a stable order.

    Hidden files and folders are no photos; folders for which `skip` is true are passed over. A
    file named in `paths` counts as a photo whatever it is called. Folders that may not be opened
    come as `Unreadable`. Raises UsageError, before anything is yielded, for a missing path.
    """
    roots = [_checked(path) for path in paths]
    return _find(roots, recursive, skip)


def _checked(path: Path) -> Path:
    absolute = Path(os.path.abspath(path))
    try:
        is_folder = absolute.is_dir()
        exists = is_folder or absolute.exists() or absolute.is_symlink()
    except OSError:
        exists, is_folder = False, False
    if not exists:
        raise UsageError(f"There is no {path}. Check the spelling, or give another path.")
    if is_folder and absolute.suffix.lower() in _LIBRARY_SUFFIXES:
        raise UsageError(
            f"{path} is a photo manager's library; moving photos inside would break it. "
            "Export the photos to a folder and sort that."
        )
    return absolute


def _find(
    roots: list[Path], recursive: bool, skip: Callable[[Path], bool]
) -> Iterator[Photo | Unreadable]:
    seen: set[Path] = set()
    for root in roots:
        found = _in_folder(root, root, recursive, skip) if root.is_dir() else _single(root)
        for item in found:
            if len(roots) == 1:
                yield item
            elif item.path not in seen:
                seen.add(item.path)
                yield item


def _single(path: Path) -> Iterator[Photo | Unreadable]:
    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        names = [path.name]
    if path.is_symlink() and not path.exists():
        yield Unreadable(path, _DEAD_LINK)
        return
    groups = _groups(names, {name for name in names if _is_photo_name(name)} | {path.name})
    companions = next((rest for name, *rest in groups if name == path.name), [])
    yield Photo(path, path.parent, tuple(path.parent / name for name in companions))


def _in_folder(
    folder: Path, root: Path, recursive: bool, skip: Callable[[Path], bool]
) -> Iterator[Photo | Unreadable]:
    try:
        with os.scandir(folder) as entries:
            visible = sorted(
                (entry for entry in entries if not entry.name.startswith(".")),
                key=lambda entry: os.fsencode(entry.name),
            )
    except OSError as error:
        yield Unreadable(folder, f"This folder cannot be opened: {error.strerror}.")
        return
    files, folders, dead = _sorted_out(visible)
    photos = {entry.name for entry in files if _is_photo(entry)}
    for name, *companions in _groups([entry.name for entry in files], photos):
        yield Photo(folder / name, root, tuple(folder / other for other in companions))
    for name in dead:
        yield Unreadable(folder / name, _DEAD_LINK)
    for name in folders if recursive else ():
        if not skip(folder / name):
            yield from _in_folder(folder / name, root, recursive, skip)


_DEAD_LINK = "It is a link whose target cannot be reached."


def _sorted_out(
    entries: Iterable["os.DirEntry[str]"],
) -> tuple[list["os.DirEntry[str]"], list[str], list[str]]:
    """(regular files and links to them, folders to enter, dead links named like photos)."""
    files, folders, dead = [], [], []
    for entry in entries:
        if _is_folder(entry):
            name = entry.name.lower()
            if name not in _PASSED_OVER_FOLDERS and not name.endswith(_LIBRARY_SUFFIXES):
                folders.append(entry.name)
        elif _is_regular(entry):
            files.append(entry)
        elif entry.is_symlink() and _is_photo_name(entry.name) and not os.path.exists(entry.path):
            dead.append(entry.name)
    return files, folders, dead


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
    return os.path.splitext(name)[1].lower()


def _is_photo_name(name: str) -> bool:
    return _suffix(name) in PHOTO_SUFFIXES or _suffix(name) in RAW_SUFFIXES


def _is_photo(entry: "os.DirEntry[str]") -> bool:
    if _is_photo_name(entry.name):
        return True
    if _suffix(entry.name) in _NEVER_PHOTOS:
        return False
    try:
        with open(entry.path, "rb") as file:
            return sniff(file.read(32)) is not None
    except OSError:
        return False


def _groups(names: Iterable[str], photos: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield (photo, companions...) in the order of `names`; no file stands in two groups."""
    free = {name.lower(): name for name in names if name not in photos}
    leaders = [name for name in names if name in photos]
    twins = _raw_twins(leaders)
    taken = {raw for raws in twins.values() for raw in raws}
    # A JSON or XMP named after the whole file name belongs to it before it belongs to a stem.
    own = {name: _claim(free, _own_companions(name)) for name in leaders}
    shared = {name: _claim(free, _stem_companions(name)) for name in leaders if name not in taken}
    for name in leaders:
        if name not in taken:
            raws = twins.get(name, [])
            of_raws = [other for raw in raws for other in own[raw]]
            yield (name, *own[name], *shared[name], *raws, *of_raws)


def _claim(free: dict[str, str], wanted: Iterable[str]) -> list[str]:
    return [free.pop(name) for name in wanted if name in free]


def _raw_twins(photos: Iterable[str]) -> dict[str, list[str]]:
    """RAW files by the ordinary photo of the same stem that leads them."""
    raws: dict[str, list[str]] = {}
    leader: dict[str, str] = {}
    for name in photos:
        stem = os.path.splitext(name)[0].lower()
        if _suffix(name) in RAW_SUFFIXES:
            raws.setdefault(stem, []).append(name)
        else:
            leader.setdefault(stem, name)
    return {leader[stem]: names for stem, names in raws.items() if stem in leader}


def _own_companions(photo: str) -> Iterator[str]:
    """Lower-case names that follow the photo's whole name, as `a.jpg.xmp` does."""
    name = photo.lower()
    yield f"{name}.xmp"
    yield from _takeout_names(name, "")
    stem, suffix = os.path.splitext(name)
    if numbered := _TAKEOUT_NUMBER.fullmatch(stem):  # a(1).jpg has a.jpg(1).json
        yield from _takeout_names(f"{numbered[1]}{suffix}", numbered[2])


def _takeout_names(name: str, number: str) -> Iterator[str]:
    """Google Takeout cuts the name before `.json` to 46 characters, wherever that falls."""
    yield f"{name}{number}.json"
    for extra in (".supplemental-metadata", ""):
        cut = f"{name}{extra}"[:_TAKEOUT_STEM_LENGTH]
        yield f"{cut}{number}.json"


def _stem_companions(photo: str) -> Iterator[str]:
    stem = os.path.splitext(photo)[0].lower()
    for suffix in _COMPANION_SUFFIXES:
        yield f"{stem}{suffix}"
