"""From the plan to the moved photos and back: what the buttons Sort and History do.

Decides which request follows which; the moving is the other process's.
"""

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.dialogs.plan import PlanDialog
from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.layout import Shell
from catdog_sorter.gui.panels import named_problems
from catdog_sorter.gui.photos.model import pairs
from catdog_sorter.gui.preferences import Choices
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import LeftAlone, Moved, MoveFailed, Restored
from catdog_sorter.moving.plan import Plan

_MOST_TOLD = 3


class Sorting(QObject):
    """Sorts what the window shows, and puts back what was sorted."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._history: HistoryDialog | None = None

    def open_plan(self) -> None:
        """Show what a sort would do."""
        if not self._shell.sort.isEnabled():
            return
        dialog = PlanDialog(self._shell.choices, self._shell)
        dialog.asked.connect(lambda wanted: self._plan(dialog, wanted))
        dialog.agreed.connect(self.carry_out)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._plan(dialog, self._shell.choices)

    def _plan(self, dialog: PlanDialog, wanted: Choices) -> None:
        found, results = pairs(self._shell.model.rows)
        request = messages.MakePlan(tuple(found), tuple(results), wanted.sorting)

        def show(events: list[Any]) -> int:
            for event in events:
                if isValid(dialog) and dialog.choices == wanted:  # it may be closed by now
                    dialog.show_planned(event)
            return 0

        def ended(end: messages.End) -> None:
            if isinstance(end, messages.Failed):
                if isValid(dialog):
                    dialog.reject()
                self._shell.banner.say_end(end)

        self._shell.work.start(Job(request, tr("Planning"), show, ended))

    def carry_out(self, plan: Plan, wanted: Choices) -> None:
        """Do what the plan says."""
        self._shell.choices = wanted
        request = messages.CarryOut(plan, wanted.mode, self._command(wanted))
        by_label: Counter[Label] = Counter()
        failed: list[tuple[Path, str]] = []

        def count(events: list[Any]) -> int:
            outcomes = [event for event in events if isinstance(event, Moved | MoveFailed)]
            for outcome in outcomes:
                if isinstance(outcome, MoveFailed):
                    failed.append((outcome.path, outcome.reason))
                else:
                    by_label[outcome.group.label] += 1
            if wanted.mode is Mode.MOVE:
                self._follow([o for o in outcomes if isinstance(o, Moved)])
            return len(outcomes)

        def ended(end: messages.End) -> None:
            self._sum_up(end, wanted.mode, by_label, failed)

        job = Job(request, tr("Sorting"), count, ended, len(plan.groups), moves=True)
        self._shell.work.start(job)

    def _command(self, wanted: Choices) -> str:
        """What the history shows for this run; of many paths the first few."""
        paths = [str(path) for path in self._shell.given]
        more = ["..."] if len(paths) > _MOST_TOLD else []
        return shlex.join(["catdog-sorter", *paths[:_MOST_TOLD], *more, "--mode", wanted.mode])

    def _follow(self, outcomes: Sequence[Moved]) -> None:
        moves = {o.group.moves[0].source: o.target for o in outcomes}
        for source, target in moves.items():
            self._shell.thumbnails.moved(source, target)
        self._shell.model.move(moves)

    def _sum_up(
        self,
        end: messages.End,
        mode: Mode,
        by_label: Counter[Label],
        failed: list[tuple[Path, str]],
    ) -> None:
        if isinstance(end, messages.Failed):
            self._shell.banner.say_end(end)
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
        self._shell.banner.say(
            "\n".join(lines), undo, lambda: self.undo(None), problem=bool(failed)
        )

    def open_history(self) -> None:
        """Show earlier runs."""
        if self._history is not None:
            return
        dialog = self._history = HistoryDialog(self._shell)
        dialog.undo.connect(self.undo)
        dialog.finished.connect(self._history_closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._ask_for_runs()

    def _ask_for_runs(self) -> None:
        self._shell.errands.ask(messages.ListRuns(), self._show_runs, self._shell.banner.say_end)

    def show_busy(self) -> None:
        """While a job is under way, the history puts nothing back."""
        if self._history is not None:
            self._history.set_busy(self._shell.work.busy)

    def _history_closed(self) -> None:
        self._history = None

    def _show_runs(self, events: list[Any]) -> None:
        for event in events:
            if isinstance(event, messages.Runs) and self._history is not None:
                self._history.show_runs(event.runs)
                self._history.set_busy(self._shell.work.busy)

    def undo(self, run: int | None) -> None:
        """Put everything of a run back."""
        left: list[tuple[Path, str]] = []
        restored: dict[Path, Path] = {}

        def count(events: list[Any]) -> int:
            for event in events:
                if isinstance(event, Restored):
                    restored[event.was_at] = event.path
                elif isinstance(event, LeftAlone):
                    left.append((event.path, event.reason))
            return sum(isinstance(event, Restored | LeftAlone) for event in events)

        def ended(end: messages.End) -> None:
            for source, target in restored.items():
                self._shell.thumbnails.moved(source, target)
            self._shell.model.move(restored)
            if isinstance(end, messages.Failed):
                self._shell.banner.say_end(end)
            else:
                said = tr("{n} files put back, {left} left alone.")
                lines = [
                    said.format(n=f"{len(restored):,}", left=f"{len(left):,}"),
                    *named_problems(left),
                ]
                self._shell.banner.say("\n".join(lines), problem=bool(left))
            self._ask_for_runs()

        request = messages.Undo(run)
        self._shell.work.start(Job(request, tr("Putting back"), count, ended, moves=True))
