"""Runs work in threads, with ordered results and bounded memory. Knows nothing of photos."""

import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Output = TypeVar("Output")


_CGROUPS = Path("/sys/fs/cgroup")


def cores() -> int:
    """Return how many cores this process may use, by its affinity and its container's quota."""
    count = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    quota = cpu_quota(_CGROUPS)
    return count if quota is None else max(1, min(count, math.ceil(quota)))


def cpu_quota(cgroups: Path) -> float | None:
    """The CPU quota of the container, in cores; None without a limit.

    `cgroups`: where control groups are mounted. Version 2 stores quota and period, both in
    microseconds, in one file.
    """
    try:
        quota, period = (cgroups / "cpu.max").read_text().split()
    except (OSError, ValueError):
        try:
            quota = (cgroups / "cpu" / "cpu.cfs_quota_us").read_text()
            period = (cgroups / "cpu" / "cpu.cfs_period_us").read_text()
        except OSError:
            return None
    try:
        share = float(quota) / float(period)
    except (ValueError, ZeroDivisionError):  # "max"
        return None
    return share if share > 0 else None


def map_ahead(
    pool: Executor,
    function: Callable[[Item], Output],
    items: Iterable[Item],
    ahead: int,
    is_quick: Callable[[Item], bool] = lambda item: False,
) -> Iterator[Output]:
    """Yield `function(item)` in the order of `items`, at most `ahead` calls under way or waiting.

    Very quick calls are made in this thread, which is cheaper. When the caller stops iterating,
    calls that have not started are cancelled.
    """
    waiting: deque[Future[Output]] = deque()
    try:
        for item in items:
            if is_quick(item) and not waiting:
                yield function(item)
                continue
            quick = is_quick(item)
            waiting.append(_called(function, item) if quick else pool.submit(function, item))
            while waiting and (len(waiting) >= ahead or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _called(function: Callable[[Item], Output], item: Item) -> Future[Output]:
    future: Future[Output] = Future()
    try:
        future.set_result(function(item))
    except Exception as error:  # it belongs at this item's place, after the results before it
        future.set_exception(error)
    return future
