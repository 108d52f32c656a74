"""One budget of memory for all decoder workers of this process.

Decides how much that is: half of what the machine, or the container it runs in, has. Never looks at
a photo.
"""

import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition

# Of address space. A photo that takes more is named to the pool, which asks for more.
ORDINARY_BYTES = 384 << 20
# Half as much again as the largest photo that `decoding.image` admits was seen to need.
MAX_PHOTO_BYTES = 3 << 30
_UNKNOWN_MACHINE_BYTES = 4 << 30
_CGROUPS = Path("/sys/fs/cgroup")


class MemoryBudget:
    """Hands out memory, in the order it was asked for, up to a total.

    Args:
        total_bytes: for all photos decoded at the same time. One alone may take more, should an
            ordinary photo need it.
    """

    def __init__(self, total_bytes: int) -> None:
        self._total_bytes = total_bytes
        self._used_bytes = 0
        self._waiting: deque[object] = deque()
        self._changed = Condition()

    @property
    def max_bytes(self) -> int:
        """What one photo can get."""
        return max(min(MAX_PHOTO_BYTES, self._total_bytes), min(ORDINARY_BYTES, MAX_PHOTO_BYTES))

    @contextmanager
    def reserve(self, size_bytes: int) -> Iterator[int]:
        """Wait until so much, or `max_bytes` if that is less, is free; yields how much it is."""
        size_bytes = min(size_bytes, self.max_bytes)
        place = object()
        with self._changed:
            self._waiting.append(place)
            try:
                self._changed.wait_for(
                    lambda: self._waiting[0] is place and self._has_room(size_bytes)
                )
                self._used_bytes += size_bytes
            finally:
                self._waiting.remove(place)
                self._changed.notify_all()
        try:
            yield size_bytes
        finally:
            with self._changed:
                self._used_bytes -= size_bytes
                self._changed.notify_all()

    def _has_room(self, size_bytes: int) -> bool:
        return not self._used_bytes or self._used_bytes + size_bytes <= self._total_bytes


def machine_bytes(cgroups: Path = _CGROUPS, membership: Path = Path("/proc/self/cgroup")) -> int:
    """The memory of the machine, or of the container or service if that is given less.

    Args:
        cgroups: where Linux shows the limits of control groups, of version 1 or 2.
        membership: which groups this process is in.
    """
    return min([_physical_bytes(), *_group_limits(cgroups, membership)])


def _physical_bytes() -> int:
    if sys.platform == "win32":
        return _physical_bytes_of_windows()
    with suppress(ValueError, OSError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return _UNKNOWN_MACHINE_BYTES


def _physical_bytes_of_windows() -> int:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("others", ctypes.c_ulonglong * 6),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    if kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return int(status.total)
    return _UNKNOWN_MACHINE_BYTES


def _group_limits(cgroups: Path, membership: Path) -> Iterator[int]:
    """The limits of this process's control groups, and of those around them."""
    with suppress(OSError, ValueError):
        for line in membership.read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if controllers == "":
                yield from _limits_up(cgroups, path, ("memory.max", "memory.high"))
            elif "memory" in controllers.split(","):
                yield from _limits_up(cgroups / "memory", path, ("memory.limit_in_bytes",))


def _limits_up(top: Path, path: str, names: tuple[str, ...]) -> Iterator[int]:
    # In a container the path may be that on the machine outside; its own group is the top then.
    folder = top / os.path.normpath(f"/{path.lstrip('/')}").lstrip("/")
    for group in (folder, *folder.parents):
        if not group.is_relative_to(top):
            return
        for name in names:
            with suppress(OSError, ValueError):  # "max" where there is no limit
                yield int((group / name).read_text(encoding="ascii"))


BUDGET = MemoryBudget(machine_bytes() // 2)
