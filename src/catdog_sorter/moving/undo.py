"""Decides which run an undo takes back, and in which order, and describes it beforehand.

Reads the journal and the state of files; moves nothing.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.moving import returning
from catdog_sorter.moving.journal import Entry, Journal, Operation, Run, RunState, State
from catdog_sorter.moving.outcomes import NotRestored, Restored
from catdog_sorter.moving.recorded_folders import RecordedFolders
from catdog_sorter.moving.relocation import Relocation, relocate
from catdog_sorter.text import counted, shown

# Files that an earlier attempt left alone are tried again: the drive may be connected now.
NOT_BACK = (State.DONE, State.LEFT)
_BATCH_SIZE = 64


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undo would put back: pure data.

    Attributes:
        run: The run.
        files: How many of its files are still where the run has put them.
        folder: The common parent folder of their original places.
        relocations: The folders that were renamed or mounted elsewhere since.
    """

    run: Run
    files: int
    folder: Path
    relocations: tuple[Relocation, ...] = ()

    @property
    def words(self) -> str:
        """Run, date, number of files and folder, in words."""
        when = self.run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
        rest = "what is left of " if self.run.state is RunState.PARTLY_UNDONE else ""
        done = f"{counted(self.files, 'file')} {self.run.mode.words.done}"
        return f"{rest}run {self.run.id} of {when} ({done}, in '{shown(self.folder)}')"


def plan_undo(
    journal: Journal, run_id: int | None = None, moved: Sequence[Relocation] = ()
) -> UndoPlan:
    """Find the run that an undo takes back; without a number the last one, even if it did nothing.

    Corrects the run's paths in the journal where folders were moved; `moved` are the moved folders
    that the user names.

    Raises:
        UsageError: There is no such run, or nothing of it is left to restore; the message names
            the run before. Or as in `relocate`.
    """
    runs = journal.runs()
    chosen = next((run for run in runs if run_id in (None, run.id)), None)
    if chosen is None:
        raise UsageError(
            "There is nothing to undo: no photos have been sorted yet."
            if run_id is None
            else f"There is no run {run_id}. Run `catdog-sort history` to see the numbers."
        )
    if _plan(journal, chosen):
        relocations = tuple(relocate(journal, chosen, moved))
        if plan := _plan(journal, chosen):
            return replace(plan, relocations=relocations)
    message = f"{_nothing_left(chosen)} Nothing of it is left to put back."
    earlier = (plan for run in runs if run.id < chosen.id and (plan := _plan(journal, run)))
    if before := next(earlier, None):
        message += f" To undo {before.words}: `catdog-sort undo {before.run.id}`."
    raise UsageError(message)


def _nothing_left(run: Run) -> str:
    when = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    if run.state is RunState.UNDONE:
        return f"Run {run.id} of {when} is undone already."
    return f"Run {run.id} of {when} moved nothing."


def _plan(journal: Journal, run: Run) -> UndoPlan | None:
    number, folder = journal.extent(run.id, *NOT_BACK)
    return UndoPlan(run, number, folder) if folder else None


def preview(journal: Journal, run: Run) -> Iterator[Restored | NotRestored]:
    """Yield the outcome that an undo of the run would have now for each file."""
    returns = returning.GroupReturns(journal, run.id)
    recorded = RecordedFolders(journal, run.id)
    for entries in last_first(journal, run):
        prepared = returns.prepare(entries) if can_return(entries) else None
        for entry in prepared.entries if prepared else entries:
            if reason := returning.obstacle(entry, recorded):
                yield NotRestored(entry.target, reason)
            else:
                yield Restored(entry.source, entry.target, not_kept=entry.lost)
        if prepared:
            yield from prepared.not_restored()


def can_return(entries: list[Entry]) -> bool:
    """Whether undo restores whole groups; copies and links are removed one by one."""
    return all(entry.operation is Operation.MOVE for entry in entries)


def last_first(journal: Journal, run: Run) -> Iterator[list[Entry]]:
    """Yield the files of a run that undo has to restore, in whole groups: a run can be long."""
    batch: list[Entry] = []
    for _, group in groupby(_each_last_first(journal, run), key=lambda entry: entry.photo):
        batch += group
        if len(batch) >= _BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch


def _each_last_first(journal: Journal, run: Run) -> Iterator[Entry]:
    before = sys.maxsize
    while entries := journal.last_entries(run.id, _BATCH_SIZE, before, *NOT_BACK):
        yield from entries
        before = entries[-1].sequence
