"""Decides which new photos are complete: those that stopped changing. Changes nothing on disk."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from catdog_sorter.labels import Unreadable
from catdog_sorter.photos.find import Photo

# Size in bytes and time of the last change in nanoseconds, of the photo and its companions.
Stamp = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Seen:
    """`since_s`: when this state was first seen. `is_reported`: `update` has returned the photo."""

    stamp: Stamp
    since_s: float
    is_reported: bool = False


class StabilityTracker:
    """Debounces photos: reports each once it and its companions have not changed for `settle_s`.

    A photo is reported again after it, or one of its companions, has changed.
    """

    def __init__(self, settle_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._settle_s, self._clock = settle_s, clock
        self._seen: dict[Path, _Seen] = {}

    def update(self, found: Iterable[Photo | Unreadable]) -> list[Photo | Unreadable]:
        """Return the photos that have just become stable; `found` are all that exist now."""
        before, self._seen = self._seen, {}
        stable = []
        for item in found:
            stamp, now_s = _stamp(item), self._clock()
            if stamp is None:
                continue
            seen = before.get(item.path)
            if seen is None or seen.stamp != stamp:
                seen = _Seen(stamp, now_s)
            if not seen.is_reported and now_s - seen.since_s >= self._settle_s:
                seen.is_reported = True
                stable.append(item)
            self._seen[item.path] = seen
        return stable

    def is_unchanged(self, photo: Photo) -> bool:
        """Whether it is still as `update` reported it; if not, the wait starts again."""
        seen = self._seen.get(photo.path)
        return seen is not None and seen.stamp == _stamp(photo)

    def next_due_s(self) -> float | None:
        """Return the seconds until the next photo can be stable; None if none is pending."""
        waiting = [seen.since_s for seen in self._seen.values() if not seen.is_reported]
        return max(0.0, min(waiting) + self._settle_s - self._clock()) if waiting else None


def _stamp(item: Photo | Unreadable) -> Stamp | None:
    """Return the stamp of a photo and its companions; None if the photo is gone."""
    if isinstance(item, Unreadable):
        return ()
    try:
        statuses = [os.stat(path) for path in (item.path, *item.companions)]
    except OSError:
        return None
    return tuple((status.st_size, status.st_mtime_ns) for status in statuses)
