"""Plans, sorts and undoes for the buttons Sort and History.

Decides which request follows which; the worker process moves the photos.
"""

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoStack
from shiboken6 import isValid

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.dialogs.plan import PlanDialog, Scene
from catdog_sorter.gui.i18n import files, grouped, label_word, photos, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.layout import WindowLayout
from catdog_sorter.gui.panels import named_problems
from catdog_sorter.gui.photos.model import classified_pairs
from catdog_sorter.gui.photos.rows import FAILED, PENDING, Arrival, PhotoRow
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.undo_steps import SortStep
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label
from catdog_sorter.moving.journal import Attribute, Run
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import (
    Moved,
    MoveFailed,
    NotRestored,
    Restored,
)
from catdog_sorter.moving.plan import Plan
from catdog_sorter.photos.find import Photo

_MAX_COMMAND_PATHS = 3


class SortController(QObject):
    """Sorts the photos of the window, and undoes runs.

    Signals:
        corrected: A PhotoRow that got another Label in the plan, and that label.
        repeated: The folder of an earlier run to open again, and the Mode to sort it in.
        report_wanted: A report of what was done is to be saved.
    """

    corrected = Signal(object, object)
    report_wanted = Signal()
    repeated = Signal(object, object)

    def __init__(self, window: WindowLayout, steps: QUndoStack) -> None:
        super().__init__(window)
        self._window, self._steps = window, steps
        self._history: HistoryDialog | None = None
        # The sorts of this window that were not put back, by the number of their run.
        self._sorts: dict[int, SortStep] = {}

    def open_plan(self) -> None:
        """Open the plan dialog."""
        window = self._window
        if not window.sort.isEnabled():
            return
        selected = len(self._selected())
        scene = Scene(
            window.model.counts[PENDING],
            selected if 1 < selected < len(window.model.rows) else 0,
            sorted({row.found.root for row in window.model.rows if isinstance(row.found, Photo)}),
            sorted(window.references.catalogs),
            bool(window.references.links),
        )
        dialog = PlanDialog(window.preferences, window, window.thumbnails, scene)
        dialog.asked.connect(lambda wanted: self._plan(dialog, wanted))
        dialog.agreed.connect(self.carry_out)
        dialog.relabelled.connect(lambda path, label: self._relabel(dialog, path, label))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._plan(dialog, window.preferences)

    def _selected(self) -> list[PhotoRow]:
        window = self._window
        found = (window.model.row(i) for i in window.grid.selectionModel().selectedIndexes())
        return [row for row in found if row is not None]

    def _relabel(self, dialog: PlanDialog, path: Path, label: Label) -> None:
        """Correct a photo that was dragged to another folder of the plan, and plan again."""
        row = next((row for row in self._window.model.rows if row.path == path), None)
        if row is not None:
            self.corrected.emit(row, label)
            dialog.ask_again()

    def _plan(self, dialog: PlanDialog, wanted: Preferences) -> None:
        rows = self._selected() if dialog.only_selected.isChecked() else self._window.model.rows
        found, results = classified_pairs(rows)
        known = dialog.staying(self._window.references)
        orphans = () if dialog.only_selected.isChecked() else tuple(self._window.orphans)
        request = messages.MakePlan(
            tuple(found), tuple(results), wanted.sorting, known, wanted.mode, orphans
        )
        dialog.asked_for = request

        def show(events: list[Any]) -> int:
            for event in events:
                if isValid(dialog) and dialog.asked_for is request:  # it may be closed by now
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
        model = self._window.model
        mode = wanted.mode
        request = messages.ApplyPlan(plan, mode, self._command(wanted))
        by_label: Counter[Label] = Counter()
        late: list[Path] = []
        failed: list[tuple[Path, str]] = []
        runs: list[Run] = []
        targets: list[Path] = []
        not_kept = Counter[Attribute]()

        def count(events: list[Any]) -> int:
            outcomes = [event for event in events if isinstance(event, Moved | MoveFailed)]
            for outcome in outcomes:
                if isinstance(outcome, MoveFailed):
                    failed.append((outcome.path, outcome.reason))
                    model.fail(outcome.path, outcome.reason)
                    continue
                if outcome.group.is_late:
                    late.extend(move.source for move in outcome.group.moves)
                else:
                    by_label[outcome.group.label] += 1
                not_kept.update(outcome.not_kept)
                targets[:] = targets or [outcome.target.parent]
            self._follow([o for o in outcomes if isinstance(o, Moved)], mode)
            note_run(events)
            return len(outcomes)

        def note_run(events: list[Any]) -> None:
            for event in events:
                if isinstance(event, messages.Runs):
                    runs[:] = event.runs[:1]

        def finish(end: messages.End) -> None:
            run = runs[0].id if runs else None
            for path in late:
                self._window.orphans.pop(path, None)
            if (by_label or late) and run is not None:
                self._add_step(run, _what(by_label.total(), len(late), mode))
            self._sum_up(end, mode, by_label, len(late), failed, run, targets, not_kept)

        def ended(end: messages.End) -> None:
            if runs or not (by_label or late):
                finish(end)
            else:  # stopped before the run was named
                background = self._window.background
                background.ask(messages.ListRuns(), note_run, lambda _: finish(end))

        job = Job(request, tr("Sorting"), count, ended, len(plan.groups), moves=True)
        self._window.jobs.start(job)

    def _add_step(self, run: int, text: str) -> None:
        """Let Ctrl+Z put this sort back."""
        step = self._sorts[run] = SortStep(text, lambda: self.undo(run))
        self._steps.push(step)

    def is_back(self, index: int) -> bool:
        """Whether the step of undo at this index is a sort that was put back by other means."""
        return any(
            step.is_back and self._steps.command(index) is step for step in self._sorts.values()
        )

    def _command(self, wanted: Preferences) -> str:
        """The command line that the history shows for this run, with the first few paths."""
        paths = [str(path) for path in self._window.given]
        more = ["..."] if len(paths) > _MAX_COMMAND_PATHS else []
        return shlex.join(
            ["catdog-sorter", *paths[:_MAX_COMMAND_PATHS], *more, *wanted.mode.options]
        )

    def _follow(self, outcomes: Sequence[Moved], mode: Mode) -> None:
        """Show the photos where they are now."""
        arrivals = [Arrival(mode, o.group.moves[0].source, o.target) for o in outcomes]
        others = (move for o in outcomes if o.group.is_late for move in o.group.moves[1:])
        late = [Arrival(mode, move.source, move.target) for move in others]
        if mode is Mode.MOVE:
            for arrival in arrivals:
                self._window.thumbnails.moved(arrival.source, arrival.target)
        self._window.model.arrive([*arrivals, *late])
        self._window.model.identify(
            {
                arrival.target if mode is Mode.MOVE else arrival.source: outcome.identity
                for arrival, outcome in zip(arrivals, outcomes, strict=True)
            }
        )

    def _sum_up(
        self,
        end: messages.End,
        mode: Mode,
        by_label: Counter[Label],
        late: int,
        failed: list[tuple[Path, str]],
        run: int | None,
        targets: list[Path],
        not_kept: Counter[Attribute],
    ) -> None:
        if isinstance(end, messages.Failed):
            self._window.banner.show_failure(end)
            return
        parts = [f"{grouped(number)} {label_word(label)}" for label, number in by_label.items()]
        done = _what(by_label.total(), 0 if parts else late, mode)
        lines = [f"{done}: {', '.join(parts)}." if parts else f"{done}."]
        if parts and late:
            lines.append(f"{_late(late)}.")
        if isinstance(end, messages.Stopped):
            lines.insert(0, tr("Stopped."))
        if failed:
            lines.append(
                tr("{photos} could not be {done}:", len(failed)).format(
                    photos=photos(len(failed)), done=tr(mode.words.total, len(failed))
                )
            )
            lines += named_problems(failed)
        lines += not_kept_lines(not_kept, photos)
        actions = {}
        if by_label or late:
            actions[tr("Put them back")] = lambda: self.undo(run)
        if targets and mode is not Mode.TAG:
            actions[tr("Open folder")] = lambda: _open_folder(targets[0].parent)
        if failed:
            actions[tr("Show what failed")] = lambda: self._window.filters.choose(FAILED)
        if by_label or failed:
            actions[tr("Save report …")] = self.report_wanted.emit
        self._window.banner.say_with(
            "\n".join(lines),
            actions,
            problem=bool(failed or not_kept),
            stays={tr("Open folder"), tr("Show what failed"), tr("Save report …")},
        )

    def open_history(self) -> None:
        """Open the history."""
        if self._history is not None:
            return
        dialog = self._history = HistoryDialog(self._window, self._window.thumbnails)
        dialog.undo.connect(self.undo)
        dialog.described.connect(self._describe)
        dialog.repeated.connect(self.repeated)
        dialog.finished.connect(self._history_closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._ask_for_runs()

    def _ask_for_runs(self) -> None:
        self._window.background.ask(
            messages.ListRuns(), self._show_runs, self._window.banner.show_failure
        )

    def _describe(self, run: int) -> None:
        self._window.background.ask(
            messages.DescribeRun(run), self._show_description, self._window.banner.show_failure
        )

    def _show_description(self, events: list[Any]) -> None:
        for event in events:
            if self._history is not None:
                self._history.show_description(event)

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
        not_kept = Counter[Attribute]()

        def count(events: list[Any]) -> int:
            for event in events:
                if isinstance(event, Restored):
                    restored[event.was_at] = event.path
                    identities[event.path] = event.identity
                    not_kept.update(event.not_kept)
                elif isinstance(event, NotRestored):
                    left.append((event.path, event.reason))
            return sum(isinstance(event, Restored | NotRestored) for event in events)

        def ended(end: messages.End) -> None:
            for source, target in restored.items():
                self._window.thumbnails.moved(source, target)
            self._window.model.go_back(restored)
            self._window.model.identify(identities)
            step = self._sorts.get(run) if run is not None else None
            if step is not None and isinstance(end, messages.Done):
                step.is_back = True
            if isinstance(end, messages.Failed):
                self._window.banner.show_failure(end)
            else:
                said = tr("{n} files put back, {left} left alone.")
                lines = [
                    said.format(n=grouped(len(restored)), left=grouped(len(left))),
                    *named_problems(left),
                    *not_kept_lines(not_kept, files),
                ]
                self._window.banner.say("\n".join(lines), problem=bool(left or not_kept))
            self._ask_for_runs()

        request = messages.Undo(run)
        self._window.jobs.start(Job(request, tr("Putting back"), count, ended, moves=True))


def _late(number: int) -> str:
    """`Brought to photos that were sorted earlier: 3 files`."""
    said = tr("Brought to photos that were sorted earlier: {files}")
    return said.format(files=files(number))


def _what(number: int, late: int, mode: Mode) -> str:
    """`3 photos sorted`; where there were none, what became of files that arrived late."""
    if late and not number:
        return _late(late)
    done = tr(mode.words.total, number)
    return tr("{photos} {done}").format(photos=photos(number), done=done)


def not_kept_lines(
    numbers: Mapping[Attribute, int], counted: Callable[[int], str]
) -> Iterator[str]:
    """Say of how many photos or files, as `counted` writes it, each attribute was lost."""
    for attribute, number in sorted(numbers.items()):
        yield tr("Not kept on another drive: {attribute} ({number})").format(
            attribute=tr(attribute.value), number=counted(number)
        )


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
