"""Plans, sorts and undoes for the buttons Sort and History.

Decides which request follows which; the worker process moves the photos.
"""

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.dialogs.plan import PlanDialog
from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.layout import WindowLayout
from catdog_sorter.gui.panels import named_problems
from catdog_sorter.gui.photos.model import classified_pairs
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
from catdog_sorter.moving.plan import Plan
from catdog_sorter.moving.sort import References

_MAX_COMMAND_PATHS = 3


class SortController(QObject):
    """Sorts the photos of the window, and undoes runs."""

    def __init__(self, window: WindowLayout) -> None:
        super().__init__(window)
        self._window = window
        self._history: HistoryDialog | None = None

    def open_plan(self) -> None:
        """Open the plan dialog."""
        if not self._window.sort.isEnabled():
            return
        dialog = PlanDialog(self._window.preferences, self._window)
        dialog.asked.connect(lambda wanted: self._plan(dialog, wanted))
        dialog.agreed.connect(self.carry_out)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._plan(dialog, self._window.preferences)

    def _plan(self, dialog: PlanDialog, wanted: Preferences) -> None:
        found, results = classified_pairs(self._window.model.rows)
        known = self._window.references if wanted.mode is Mode.MOVE else References()
        request = messages.MakePlan(tuple(found), tuple(results), wanted.sorting, known)

        def show(events: list[Any]) -> int:
            for event in events:
                if isValid(dialog) and dialog.preferences == wanted:  # it may be closed by now
                    dialog.show_planned(event)
            return 0

        def ended(end: messages.End) -> None:
            if isinstance(end, messages.Failed):
                if isValid(dialog):
                    dialog.reject()
                self._window.banner.show_failure(end)

        self._window.jobs.start(Job(request, tr("Planning"), show, ended))

    def carry_out(self, plan: Plan, wanted: Preferences) -> None:
        """Apply the plan."""
        self._window.preferences = wanted
        request = messages.ApplyPlan(plan, wanted.mode, self._command(wanted))
        by_label: Counter[Label] = Counter()
        failed: list[tuple[Path, str]] = []

        def count(events: list[Any]) -> int:
            outcomes = [event for event in events if isinstance(event, Moved | MoveFailed)]
            for outcome in outcomes:
                if isinstance(outcome, MoveFailed):
                    failed.append((outcome.path, outcome.reason))
                else:
                    by_label[outcome.group.label] += 1
            moved = [outcome for outcome in outcomes if isinstance(outcome, Moved)]
            if wanted.mode is Mode.MOVE:
                self._follow(moved)
                places = {o.target: o.identity for o in moved}
            else:
                places = {o.group.moves[0].source: o.identity for o in moved}
            self._window.model.identify(places)
            return len(outcomes)

        def ended(end: messages.End) -> None:
            self._sum_up(end, wanted.mode, by_label, failed)

        job = Job(request, tr("Sorting"), count, ended, len(plan.groups), moves=True)
        self._window.jobs.start(job)

    def _command(self, wanted: Preferences) -> str:
        """The command line that the history shows for this run, with the first few paths."""
        paths = [str(path) for path in self._window.given]
        more = ["..."] if len(paths) > _MAX_COMMAND_PATHS else []
        return shlex.join(
            ["catdog-sorter", *paths[:_MAX_COMMAND_PATHS], *more, "--mode", wanted.mode]
        )

    def _follow(self, outcomes: Sequence[Moved]) -> None:
        moves = {o.group.moves[0].source: o.target for o in outcomes}
        for source, target in moves.items():
            self._window.thumbnails.moved(source, target)
        self._window.model.move(moves)

    def _sum_up(
        self,
        end: messages.End,
        mode: Mode,
        by_label: Counter[Label],
        failed: list[tuple[Path, str]],
    ) -> None:
        if isinstance(end, messages.Failed):
            self._window.banner.show_failure(end)
            return
        parts = [f"{number:,} {label_word(label)}" for label, number in by_label.items()]
        done = f"{photos(by_label.total())} {tr(mode.words.total)}"
        lines = [f"{done}: {', '.join(parts)}." if parts else f"{done}."]
        if isinstance(end, messages.Stopped):
            lines.insert(0, tr("Stopped."))
        if failed:
            lines.append(
                tr("{photos} could not be {done}:").format(
                    photos=photos(len(failed)), done=tr(mode.words.total)
                )
            )
            lines += named_problems(failed)
        undo = tr("Put them back") if by_label else ""
        self._window.banner.say(
            "\n".join(lines), undo, lambda: self.undo(None), problem=bool(failed)
        )

    def open_history(self) -> None:
        """Open the history."""
        if self._history is not None:
            return
        dialog = self._history = HistoryDialog(self._window)
        dialog.undo.connect(self.undo)
        dialog.finished.connect(self._history_closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._ask_for_runs()

    def _ask_for_runs(self) -> None:
        self._window.background.ask(
            messages.ListRuns(), self._show_runs, self._window.banner.show_failure
        )

    def show_busy(self) -> None:
        """Disable undo in the history while a job runs."""
        if self._history is not None:
            self._history.set_busy(self._window.jobs.busy)

    def _history_closed(self) -> None:
        self._history = None

    def _show_runs(self, events: list[Any]) -> None:
        for event in events:
            if isinstance(event, messages.Runs) and self._history is not None:
                self._history.show_runs(event.runs)
                self._history.set_busy(self._window.jobs.busy)

    def undo(self, run: int | None) -> None:
        """Undo a run; None for the last one."""
        left: list[tuple[Path, str]] = []
        restored: dict[Path, Path] = {}
        identities: dict[Path, FileIdentity | None] = {}

        def count(events: list[Any]) -> int:
            for event in events:
                if isinstance(event, Restored):
                    restored[event.was_at] = event.path
                    identities[event.path] = event.identity
                elif isinstance(event, NotRestored):
                    left.append((event.path, event.reason))
            return sum(isinstance(event, Restored | NotRestored) for event in events)

        def ended(end: messages.End) -> None:
            for source, target in restored.items():
                self._window.thumbnails.moved(source, target)
            self._window.model.move(restored)
            self._window.model.identify(identities)
            if isinstance(end, messages.Failed):
                self._window.banner.show_failure(end)
            else:
                said = tr("{n} files put back, {left} left alone.")
                lines = [
                    said.format(n=f"{len(restored):,}", left=f"{len(left):,}"),
                    *named_problems(left),
                ]
                self._window.banner.say("\n".join(lines), problem=bool(left))
            self._ask_for_runs()

        request = messages.Undo(run)
        self._window.jobs.start(Job(request, tr("Putting back"), count, ended, moves=True))
