"""The memory budget that all decoder workers of this process share.

It is half of the memory of the machine or of the container. Knows nothing of photos.
"""

import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition

# Of address space. A worker reports a photo that needs more, and the pool then reserves more.
ORDINARY_BYTES = 384 << 20
# 1.5 times the measured need of the largest photo that `decoding.image` accepts.
MAX_PHOTO_BYTES = 3 << 30
_UNKNOWN_MACHINE_BYTES = 4 << 30
_CGROUPS = Path("/sys/fs/cgroup")


class MemoryBudget:
    """Reserves memory up to a total, in the order of the requests.

    Args:
        total_bytes: For all photos decoded at the same time. A single photo may take more, if an
            ordinary photo needs it.
    """

    def __init__(self, total_bytes: int) -> None:
        self._total_bytes = total_bytes
        self._used_bytes = 0
        self._waiting: deque[object] = deque()
        self._changed = Condition()

    @property
    def max_bytes(self) -> int:
        """The most that one photo can reserve."""
        return max(min(MAX_PHOTO_BYTES, self._total_bytes), min(ORDINARY_BYTES, MAX_PHOTO_BYTES))

    @contextmanager
    def reserve(self, size_bytes: int) -> Iterator[int]:
        """Wait until so many bytes, or `max_bytes` if less, are free; yields the number."""
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
    """The memory of the machine, or of its container or service if that is less, in bytes.

    Args:
        cgroups: Where Linux shows the limits of control groups, version 1 or 2.
        membership: Lists the groups of this process.
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
    """Yield the limits of this process's control groups and their parents."""
    with suppress(OSError, ValueError):
        for line in membership.read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if controllers == "":
                yield from _limits_up(cgroups, path, ("memory.max", "memory.high"))
            elif "memory" in controllers.split(","):
                yield from _limits_up(cgroups / "memory", path, ("memory.limit_in_bytes",))


def _limits_up(top: Path, path: str, names: tuple[str, ...]) -> Iterator[int]:
    # In a container the path may be the host's; its own group is then the root.
    folder = top / os.path.normpath(f"/{path.lstrip('/')}").lstrip("/")
    for group in (folder, *folder.parents):
        if not group.is_relative_to(top):
            return
        for name in names:
            with suppress(OSError, ValueError):  # "max" where there is no limit
                yield int((group / name).read_text(encoding="ascii"))


BUDGET = MemoryBudget(machine_bytes() // 2)
