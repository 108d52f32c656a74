"""Tells which photos have arrived and hold still. Asks for sizes and times only; moves nothing."""

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
    """`since_s`: the clock when it was first seen like this; `is_told`: nothing is left to do."""

    stamp: Stamp
    since_s: float
    is_told: bool = False


class Arrivals:
    """Remembers what was found: a photo counts as arrived once it has not changed for a while.

    It is told of once, and again when it, or what belongs to it, has changed since.
    """

    def __init__(self, settle_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._settle_s, self._clock = settle_s, clock
        self._seen: dict[Path, _Seen] = {}

    def look(self, found: Iterable[Photo | Unreadable]) -> list[Photo | Unreadable]:
        """Those of `found`, which is all there is now, that have newly settled."""
        before, self._seen = self._seen, {}
        settled = []
        for item in found:
            stamp, now_s = _stamp(item), self._clock()
            if stamp is None:
                continue
            seen = before.get(item.path)
            if seen is None or seen.stamp != stamp:
                seen = _Seen(stamp, now_s)
            if not seen.is_told and now_s - seen.since_s >= self._settle_s:
                seen.is_told = True
                settled.append(item)
            self._seen[item.path] = seen
        return settled

    def is_as_told(self, photo: Photo) -> bool:
        """Whether it is still what `look` has told of; if not, the next look starts anew."""
        seen = self._seen.get(photo.path)
        return seen is not None and seen.stamp == _stamp(photo)

    def due_s(self) -> float | None:
        """In how many seconds the next one can have settled; None when nothing is waited for."""
        waiting = [seen.since_s for seen in self._seen.values() if not seen.is_told]
        return max(0.0, min(waiting) + self._settle_s - self._clock()) if waiting else None


def _stamp(item: Photo | Unreadable) -> Stamp | None:
    """None when it has gone."""
    if isinstance(item, Unreadable):
        return ()
    try:
        statuses = [os.stat(path) for path in (item.path, *item.companions)]
    except OSError:
        return None
    return tuple((status.st_size, status.st_mtime_ns) for status in statuses)
