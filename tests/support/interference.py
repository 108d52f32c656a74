"""Another program that acts between any two steps of a run, without threads or sleeps."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.moving import transfer
from catdog_sorter.moving.journal import Journal

_CALLS = ("open", "link", "symlink", "unlink", "replace", "rename", "rmdir", "mkdir", "lstat")


@contextmanager
def interfering(step: int, act: Callable[[], None]) -> Iterator[list[int]]:
    """Call `act` right before the `step`-th call that reads or changes the disk.

    Yields a list that gets the number of the step once it was reached.
    """
    count, reached, is_acting = 0, list[int](), False

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count, is_acting
            if not is_acting:
                count += 1
                if count == step:
                    is_acting = True
                    act()
                    is_acting = False
                    reached.append(step)
            return function(*arguments, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in _CALLS:
            patch.setattr(os, name, around(getattr(os, name)))
        patch.setattr(transfer, "_rename_noreplace", around(transfer._rename_noreplace))
        yield reached


def at_every_step(attempt: Callable[[int], list[int]], at_least: int) -> None:
    """Repeat `attempt` with step 1, 2, and so on, until a step is not reached."""
    step = 1
    while attempt(step):
        step += 1
    assert step > at_least, "hardly anything was interfered with"


@contextmanager
def quick_journal() -> Iterator[Journal]:
    """An empty journal with fast commits, if there is a drive in memory."""
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        Journal(Path(folder) / "journal") as journal,
    ):
        yield journal
