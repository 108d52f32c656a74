"""The only way to move the user's files and to restore them.

Holds the lock and the journal during a run. Decides nothing: the plan says where each photo goes,
and `executor` moves it.
"""

import logging
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from catdog_sorter.errors import BusyError, CatdogError
from catdog_sorter.moving import executor, undo
from catdog_sorter.moving.emptied import Emptied, remove_emptied
from catdog_sorter.moving.journal import FileState, Journal, Run, RunState, open_journal
from catdog_sorter.moving.late import LatePlan, plan_late
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
from catdog_sorter.moving.plan import Plan
from catdog_sorter.moving.relocation import Relocation
from catdog_sorter.moving.tagging import new_content
from catdog_sorter.moving.undo import UndoPlan
from catdog_sorter.photos.companions import Grouping
from catdog_sorter.storage import locations

_log = logging.getLogger(__name__)


@contextmanager
def moving_lock() -> Iterator[None]:
    """Hold the lock for moving files. Raises BusyError at once while another run holds it."""
    from filelock import FileLock, Timeout

    path = locations.lock_file()
    try:
        locations.make_private(path.parent)
        lock = FileLock(path, mode=0o600)
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            "Another catdog-sort is moving photos right now. Wait until it is done, then try again."
        ) from None
    except (OSError, NotImplementedError) as error:
        raise CatdogError(
            f"The lock file '{path}' cannot be used ({error}), so nothing was moved. Set "
            f"CATDOG_SORTER_HOME to a folder on a local drive that you can write to."
        ) from error
    try:
        yield
    finally:
        lock.release()


class MovingSession:
    """Holds the lock for moving files while its `with` block is open.

    Entering also finishes the runs that were killed, which may move the rest of an interrupted
    group back, so plan inside the block. Use it in the thread that entered it.

    Raises:
        BusyError: On entering, while another session is open, in this or another process.
        JournalError: On entering, or in any method, when the journal cannot be used.
        CatdogError: On entering, when the lock cannot be taken.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._opened: Journal | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(moving_lock())
            self._opened = stack.enter_context(open_journal())
            if number := executor.recover(self._opened):
                _log.info("Finished %d runs that were killed", number)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # fails while it contains a sidecar, as intended
            os.rmdir(locations.sidecar_backups_folder())
        self._opened = None
        self._stack.close()

    @property
    def _journal(self) -> Journal:
        if self._opened is None:
            raise RuntimeError("A MovingSession can be used only inside its `with` block.")
        return self._opened

    def apply(
        self,
        plan: Plan,
        mode: Mode,
        command: str,
        *,
        resumed: Run | None = None,
        batch_size: int = executor.BATCH_SIZE,
    ) -> Generator[Moved | MoveFailed, None, None]:
        """Carry out a plan; close the generator to stop.

        Stopping at any point, or an interrupt, leaves every file at one of its two places, and the
        journal records which.

        Args:
            plan: What to do, made inside this session.
            mode: What to do with the photos of the plan.
            command: The command line that the history shows for the run.
            resumed: A finished run of the same mode to add to instead of starting a new one.
            batch_size: How many photos share a durable commit; stopping takes longer with more.

        Yields:
            One outcome for each group of the plan, in its order.
        """
        if mode is Mode.TAG:
            locations.make_private(locations.sidecar_backups_folder())
        return executor.apply(
            plan, self._journal, mode, command, resumed, batch_size, write=new_content
        )

    def plan_late(self, files: Sequence[Path], grouping: Grouping) -> LatePlan:
        """Plan moves for files whose photo was sorted earlier."""
        return plan_late(files, self._journal, grouping)

    def remove_emptied(self, run_id: int, folders: Iterable[Path], tops: Sequence[Path]) -> Emptied:
        """Remove folders that a run has emptied, below `tops`.

        Undo of the run restores them, with the file managers' files in them.
        """
        return remove_emptied(self._journal, run_id, folders, tops)

    def plan_undo(self, run_id: int | None = None, moved: Sequence[Relocation] = ()) -> UndoPlan:
        """Find the run that an undo would take back, and its number of files.

        Args:
            run_id: Number of the run; None for the last one, even if it moved nothing.
            moved: The folders that the user names as moved since.

        Raises:
            UsageError: There is no such run, or nothing of it is left to restore; the message
                names the run before. Or the run has no files in a folder named as moved.
        """
        with self._journal.provisionally():
            return undo.plan_undo(self._journal, run_id, moved)

    def undo(
        self, run_id: int | None = None, moved: Sequence[Relocation] = ()
    ) -> Generator[Restored | NotRestored, None, None]:
        """Restore the files of a run, the last ones first; stopping early is safe.

        Args:
            run_id: As for `plan_undo`.
            moved: As for `plan_undo`.

        Returns:
            A generator of one outcome for each file.

        Raises:
            UsageError: As by `plan_undo`. Raised by this call, not by the first step of the
                iteration.
        """
        return executor.undo(self._journal, run_id, moved)

    def note_empty_run(self, mode: Mode, command: str) -> None:
        """Record a run that had nothing to do, so that a later undo does not take another one."""
        self._journal.close_run(self._journal.begin(command, mode).id, RunState.DONE)

    def runs(self, *states: RunState) -> list[Run]:
        """The runs in any of `states` (all runs without), the latest first."""
        return self._journal.runs(*states)

    def undone_files(self, paths: Sequence[Path]) -> set[FileState]:
        """Those of `paths` (a few hundred at most) that an undo restored, with their state then."""
        return self._journal.undone_files(paths)
