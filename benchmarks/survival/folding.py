"""A FUSE file system that ignores case and Unicode normalisation, as on a Mac.

    python folding.py STORE PLACE

shows the folder STORE at PLACE until that is unmounted. Names are stored
decomposed (NFD).
"""

import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mfusepy import FUSE, Operations

_TIMES = ("st_atime", "st_mtime", "st_ctime")
_OTHERS = ("st_mode", "st_ino", "st_nlink", "st_uid", "st_gid", "st_size", "st_blocks")


class Folding(Operations):  # type: ignore[misc]
    """Forwards every operation to the store, under the stored name."""

    use_ns = True

    def __init__(self, store: Path) -> None:
        self._store = str(store)

    def _there(self, path: str) -> str:
        place = self._store
        for name in filter(None, path.split("/")):
            place = os.path.join(place, self._spelling(place, name))
        return place

    def _spelling(self, folder: str, name: str) -> str:
        names = os.listdir(folder) if os.path.isdir(folder) else ()
        same = (other for other in names if _folded(other) == _folded(name))
        return next(same, unicodedata.normalize("NFD", name))

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        status = os.lstat(self._there(path))
        times = {name: getattr(status, f"{name}_ns") for name in _TIMES}
        return {name: getattr(status, name) for name in _OTHERS} | times

    def readdir(self, path: str, fh: int) -> Iterator[tuple[str, dict[str, int], int]]:
        folder = self._there(path)
        for name in (".", "..", *os.listdir(folder)):
            status = os.lstat(os.path.join(folder, name))
            yield name, {"st_mode": status.st_mode, "st_ino": status.st_ino}, 0

    def open(self, path: str, flags: int) -> int:
        return os.open(self._there(path), flags)

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        return os.open(self._there(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def release(self, path: str, fh: int) -> int:
        os.close(fh)
        return 0

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        os.truncate(self._there(path), length)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        os.mkdir(self._there(path), mode)
        return 0

    def rmdir(self, path: str) -> int:
        os.rmdir(self._there(path))
        return 0

    def unlink(self, path: str) -> int:
        os.unlink(self._there(path))
        return 0

    def rename(self, old: str, new: str) -> int:
        os.rename(self._there(old), self._there(new))
        return 0

    def link(self, target: str, source: str) -> int:
        os.link(self._there(source), self._there(target))
        return 0

    def symlink(self, target: str, source: str) -> int:
        os.symlink(source, self._there(target))
        return 0

    def readlink(self, path: str) -> str:
        return os.readlink(self._there(path))

    def chmod(self, path: str, mode: int) -> int:
        os.chmod(self._there(path), mode)
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        os.utime(self._there(path), ns=times, follow_symlinks=False)
        return 0


def _folded(name: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


if __name__ == "__main__":
    # Returns in this process when the drive is mounted, and serves it in a forked one.
    # A cached status could be outdated by a change under another spelling of the name.
    uncached = {"attr_timeout": 0, "entry_timeout": 0}
    FUSE(Folding(Path(sys.argv[1])), sys.argv[2], nothreads=True, use_ino=True, **uncached)
