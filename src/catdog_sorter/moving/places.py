"""Names in folders that are held open, so that replacing a folder cannot redirect a move.

Decides whether a folder is still the one that was planned with, and never follows a link below it.
Where the system has no operations relative to an open folder (Windows), the folder is compared
again at each use.
"""

import os
import stat
import sys
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from catdog_sorter.file_identity import FileIdentity, FolderAnchor, FolderId
from catdog_sorter.text import shown

# Windows needs it to leave line ends alone; no other system has it.
_O_BINARY: int = getattr(os, "O_BINARY", 0)
# Opening a pipe with the name of a photo must not block the run.
_READ = os.O_RDONLY | _O_BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | _O_BINARY
# Working in a folder does not need the permission to list it.
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", os.O_RDONLY)
_USES_DESCRIPTORS = sys.platform != "win32"
_MAX_OPEN = 64
_VOLUMES = "/dev/disk/by-uuid"
# These renumber their files whenever they load them, and this one its folders when mounted.
_UNSTABLE = ("vfat", "exfat", "msdos", "fuse")
_UNSTABLE_FOLDERS = (*_UNSTABLE, "overlay")


class UnsafeTransfer(Exception):
    """Continuing with this file could lose data; `str(error)` is a sentence."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is held open; `descriptor` is None on systems that cannot use one."""

    path: Path
    descriptor: int | None
    device: int
    inode: int

    @property
    def id(self) -> FolderId | None:
        """The id of this folder, which it keeps when it is renamed."""
        return folder_id(self.path if self.descriptor is None else self.descriptor)

    @property
    def is_in_place(self) -> bool:
        """Whether its path still leads to this folder."""
        try:
            status = os.stat(self.path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == (self.device, self.inode)


@dataclass(frozen=True, slots=True)
class Place:
    """A name in an open folder, whether or not a file has it.

    `at` and `descriptor` are what functions of `os` take as path and `dir_fd`.
    """

    folder: Folder
    name: str

    @property
    def path(self) -> Path:
        return self.folder.path / self.name

    @property
    def at(self) -> str:
        return self.name if self.descriptor is not None else str(self.path)

    @property
    def descriptor(self) -> int | None:
        return self.folder.descriptor

    def sibling(self, name: str) -> "Place":
        """Another name in the same folder."""
        return Place(self.folder, name)

    def lstat(self) -> os.stat_result:
        return os.lstat(self.at, dir_fd=self.descriptor)

    def identity(self) -> FileIdentity | None:
        """The identity of the file there now; None if it cannot be read."""
        try:
            return FileIdentity.of(self.lstat())
        except OSError:
            return None

    def exists(self) -> bool:
        """Whether anything exists there, even a broken link."""
        return self.identity() is not None

    def is_surely_gone(self) -> bool:
        """Whether the system confirms that nothing is there."""
        try:
            self.lstat()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return False

    def is_file(self, status: os.stat_result) -> bool:
        """Whether this is a name of that very file."""
        try:
            return os.path.samestat(self.lstat(), status)
        except OSError:
            return False

    def regular(self) -> os.stat_result:
        """Return the status of a plain file. Raises UnsafeTransfer for anything else."""
        return checked_regular(self.lstat(), self.path)

    def open_to_read(self) -> int:
        """Open the file itself, never a link's target, and return its descriptor."""
        return os.open(self.at, _READ, dir_fd=self.descriptor)

    def create(self) -> int:
        """Create a file that only this user may read, and return its descriptor."""
        return os.open(self.at, _NEW, 0o600, dir_fd=self.descriptor)

    def unlink(self) -> None:
        os.unlink(self.at, dir_fd=self.descriptor)

    def mkdir(self) -> None:
        os.mkdir(self.at, dir_fd=self.descriptor)

    def chmod_folder(self, mode: int) -> None:
        """Set the permissions of the folder of this name, never of a link's target."""
        if not _USES_DESCRIPTORS:
            if stat.S_ISDIR(self.lstat().st_mode):
                os.chmod(self.path, mode)
            return
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
        descriptor = os.open(self.at, flags, dir_fd=self.descriptor)
        try:
            os.chmod(descriptor, mode)
        finally:
            os.close(descriptor)

    def rmdir(self) -> None:
        os.rmdir(self.at, dir_fd=self.descriptor)

    def rename(self, other: "Place") -> None:
        """Rename the file, replacing an existing one."""
        os.replace(self.at, other.at, src_dir_fd=self.descriptor, dst_dir_fd=other.descriptor)


def checked_regular(status: os.stat_result, path: Path) -> os.stat_result:
    """Return the status if it is a plain file's. Raises UnsafeTransfer otherwise."""
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeTransfer(
            f"'{shown(path)}' is a link or not a regular file, so it was left alone."
        )
    return status


def is_same_content(now: FileIdentity | None, then: FileIdentity) -> bool:
    """Whether it is the same file with the same content; name and permissions may differ."""
    if now is None or now.has_content_of(then):
        return now is not None
    known = (now.device, now.size_bytes, now.edited_ns)
    return known == (then.device, then.size_bytes, then.edited_ns) and not _is_stable(now.device)


def is_unchanged(now: FileIdentity, then: FileIdentity) -> bool:
    """Whether a file is unchanged in every respect."""
    return now == then or (now.changed_ns == then.changed_ns and is_same_content(now, then))


@cache
def _is_stable(device: int, unstable: tuple[str, ...] = _UNSTABLE) -> bool:
    """Whether files on this drive keep their inode numbers: not on the `unstable` file systems."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/self/mountinfo").read_text(errors="replace").splitlines():
            fields, _, rest = line.partition(" - ")
            major, _, minor = fields.split()[2].partition(":")
            if os.makedev(int(major), int(minor)) == device:
                return not rest.startswith(unstable)
    return True


# --- Folders ---------------------------------------------------------------------------------


def anchor_of(folder: Path) -> FolderAnchor:
    """The folder at this path, or the nearest above it that exists, with links followed."""
    for depth in range(len(folder.parts), 0, -1):
        try:
            status = os.stat(Path(*folder.parts[:depth]))
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            return FolderAnchor(depth, status.st_dev, status.st_ino)
    return FolderAnchor(1, 0, 0)


def folder_id(folder: Path | int) -> FolderId | None:
    """The id that a folder, by path or descriptor, keeps when renamed; None if it is missing."""
    try:
        status = os.stat(folder)
        volume = os.statvfs(folder).f_fsid if hasattr(os, "statvfs") else 0
    except OSError:
        return None
    # Some file systems name their volume by the device number, which the system reassigns.
    known = f"{volume:x}" if volume not in (0, status.st_dev) else _uuid(status.st_dev)
    return FolderId(known or f"{status.st_dev:x}", f"{status.st_ino:x}")


def _uuid(device: int) -> str | None:
    """Linux's id of the volume on this device; None if it is not available."""
    with suppress(OSError):
        for entry in os.scandir(_VOLUMES):
            with suppress(OSError):
                if os.stat(entry.path).st_rdev == device:
                    return entry.name
    return None


def is_folder(status: os.stat_result, now: FolderId, then: FolderId) -> bool:
    """Whether a folder with this status and id is the one that had the id `then`."""
    if now.volume not in (then.volume, f"{status.st_dev:x}"):
        return False
    return now.inode == then.inode or not _is_stable(status.st_dev, _UNSTABLE_FOLDERS)


Anchor = Callable[[Path], FolderAnchor]


class Folders:
    """The folders that a run uses, each opened once; use it in a `with` block.

    Args:
        anchor: Returns what a folder must be, where the caller of `place` does not say; may raise
            UnsafeTransfer. By default folders are taken as they are.
        before_making: Called with each missing folder right before it is made.
    """

    def __init__(
        self, anchor: Anchor = anchor_of, before_making: Callable[[Path], None] = lambda _: None
    ) -> None:
        self._anchor = anchor
        self._before_making = before_making
        self._open: OrderedDict[Path, Folder] = OrderedDict()
        self._ids: dict[Path, FolderId] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        while self._open:
            self._close(next(iter(self._open)))

    def place(self, path: Path, anchor: FolderAnchor | None = None, make: bool = False) -> Place:
        """Open the folder of a path and return the path's name in it.

        Args:
            path: Absolute.
            anchor: What its folder was when the move was planned.
            make: Make the folder, and those above it, if they are missing.

        Raises:
            UnsafeTransfer: The folder is another one now, or a link leads out of it.
            OSError: It cannot be opened.
        """
        folder = self._open.get(path.parent)
        if folder is None or not folder.is_in_place:
            self._close(path.parent)
            while len(self._open) >= _MAX_OPEN:
                self._close(next(iter(self._open)))
            folder = self._opened(path.parent, anchor or self._anchor(path.parent), make)
            self._open[path.parent] = folder
            if known := folder.id:
                self._ids[path.parent] = known
        self._open.move_to_end(path.parent)
        return Place(folder, path.name)

    def new_ids(self) -> dict[Path, FolderId]:
        """Return the ids of the folders that were opened since the last call."""
        ids, self._ids = self._ids, {}
        return ids

    def _close(self, path: Path) -> None:
        folder = self._open.pop(path, None)
        if folder and folder.descriptor is not None:
            os.close(folder.descriptor)

    def _opened(self, path: Path, anchor: FolderAnchor, make: bool) -> Folder:
        top = Path(*path.parts[: anchor.depth])
        folder = _open_anchor(top, anchor)
        for part in path.parts[anchor.depth :]:
            try:
                below = _open_below(folder, part, self._before_making if make else None)
            finally:
                if folder.descriptor is not None:
                    os.close(folder.descriptor)
            folder = below
        return folder


def _open_anchor(path: Path, anchor: FolderAnchor) -> Folder:
    try:
        descriptor = os.open(path, _FOLDER) if _USES_DESCRIPTORS else None
        status = os.stat(path) if descriptor is None else os.fstat(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        raise _other_folder(path) from None
    folder = Folder(path, descriptor, status.st_dev, status.st_ino)
    is_same = status.st_dev == anchor.device and (
        status.st_ino == anchor.inode or not _is_stable(status.st_dev)
    )
    if not is_same:
        if descriptor is not None:
            os.close(descriptor)
        raise _other_folder(path)
    return folder


def _other_folder(path: Path) -> UnsafeTransfer:
    return UnsafeTransfer(
        f"The folder '{shown(path)}' was replaced after the photos were read, so they were left "
        "alone. Try again."
    )


def _open_below(folder: Folder, name: str, before_making: Callable[[Path], None] | None) -> Folder:
    """Open a folder in another; one that is missing is made, except without `before_making`."""
    place = Place(folder, name)
    try:
        return _open_itself(place)
    except FileNotFoundError:
        if before_making is None:
            raise
    before_making(place.path)
    with suppress(FileExistsError):
        os.mkdir(place.at, dir_fd=place.descriptor)
    try:
        return _open_itself(place)
    except FileNotFoundError as error:  # not every driver reports which name is in the way
        raise UnsafeTransfer(_FILE_IN_THE_WAY.format(shown(place.path))) from error


_FILE_IN_THE_WAY = "'{}' is a file, so no folder of that name can be made. Rename it and try again."


def _open_itself(place: Place) -> Folder:
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode) or _is_junction(place):
        if stat.S_ISREG(status.st_mode):
            raise UnsafeTransfer(_FILE_IN_THE_WAY.format(shown(place.path)))
        raise UnsafeTransfer(
            f"'{shown(place.path)}' is now a link, which could lead anywhere, so nothing was put "
            "there. Remove it and try again."
        )
    if not _USES_DESCRIPTORS:
        return Folder(place.path, None, status.st_dev, status.st_ino)
    descriptor = os.open(place.at, _FOLDER | os.O_NOFOLLOW, dir_fd=place.descriptor)
    status = os.fstat(descriptor)
    return Folder(place.path, descriptor, status.st_dev, status.st_ino)


def _is_junction(place: Place) -> bool:
    """Whether it is a junction, Windows' other kind of link; known to Python 3.12 and newer."""
    return bool(getattr(place.path, "is_junction", lambda: False)())
