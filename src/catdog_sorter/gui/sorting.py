"""Plans, sorts and undoes for the buttons Sort and History.

Decides the order of requests; the worker process moves the photos.
"""

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoStack
from shiboken6 import isValid

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.dialogs.plan import PlanDialog, Scene
from catdog_sorter.gui.i18n import files, grouped, label_word, photos, problem, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.layout import WindowLayout
from catdog_sorter.gui.panels import left_out_sentences, named_problems
from catdog_sorter.gui.photos.model import classified_pairs
from catdog_sorter.gui.photos.rows import FAILED, PENDING, Arrival, PhotoRow
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.undo_steps import SortStep
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label
from catdog_sorter.moving.journal import Attribute
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
        report_wanted: The user asked for a report of the sort.
        look_wanted: Another program changed the folders, and the user asked to search them again.
    """

    corrected = Signal(object, object)
    report_wanted = Signal()
    look_wanted = Signal()
    repeated = Signal(object, object)

    def __init__(self, window: WindowLayout, steps: QUndoStack) -> None:
        super().__init__(window)
        self._window, self._steps = window, steps
        self._history: HistoryDialog | None = None
        # The sorts of this window that were not undone, by the number of their run.
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
            left_out_sentences(window.left_out),
            {folder: program for left in window.left_out for folder, program in left.managed},
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
        tops = tuple(path for path in self._window.given if path.is_dir())
        request = messages.ApplyPlan(plan, mode, self._command(wanted), tops)
        result = _Result(mode)

        def count(events: list[Any]) -> int:
            outcomes = [event for event in events if isinstance(event, Moved | MoveFailed)]
            for outcome in outcomes:
                if isinstance(outcome, MoveFailed):
                    model.fail(outcome.path, outcome.reason)
            self._follow([o for o in outcomes if isinstance(o, Moved)], mode)
            result.take(events)
            return len(outcomes)

        def finish(end: messages.End) -> None:
            for path in result.late:
                self._window.orphans.pop(path, None)
            if result.has_moved and result.run is not None:
                self._add_step(result.run, result.title)
            self._sum_up(end, result)

        def ended(end: messages.End) -> None:
            if result.run is not None or not result.has_moved:
                finish(end)
            else:  # stopped before the run was named
                background = self._window.background
                background.ask(messages.ListRuns(), result.take, lambda _: finish(end))

        job = Job(request, tr("Sorting"), count, ended, len(plan.groups), moves=True)
        self._window.jobs.start(job)

    def _add_step(self, run: int, text: str) -> None:
        """Make Ctrl+Z undo this sort."""
        step = self._sorts[run] = SortStep(text, lambda: self.undo(run))
        self._steps.push(step)

    def is_back(self, index: int) -> bool:
        """Whether the undo step at this index is a sort that was undone in another way."""
        return any(
            step.is_back and self._steps.command(index) is step for step in self._sorts.values()
        )

    def _command(self, wanted: Preferences) -> str:
        """Return the command line that the history shows, with the first few paths."""
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

    def _sum_up(self, end: messages.End, result: "_Result") -> None:
        if isinstance(end, messages.Failed):
            self._window.banner.show_failure(end)
            return
        lines = result.sentences()
        if isinstance(end, messages.Stopped):
            lines.insert(0, tr("Stopped."))
        run, folder = result.run, result.folder
        actions: dict[str, Callable[[], object]] = {}
        if result.has_moved:
            actions[tr("Put them back")] = lambda: self.undo(run)
        if folder is not None and result.mode is not Mode.TAG:
            actions[tr("Open folder")] = lambda: _open_folder(folder)
        if result.failed:
            actions[tr("Show what failed")] = lambda: self._window.filters.choose(FAILED)
        if result.failed and not result.has_moved:
            actions[tr("Look again")] = self.look_wanted.emit
        if result.by_label or result.failed:
            actions[tr("Save report …")] = self.report_wanted.emit
        self._window.banner.say_with(
            "\n".join(lines),
            actions,
            problem=bool(result.failed or result.not_kept),
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
        self._window.background.ask(messages.ListRuns(), self._show_runs, self._listed)

    def _listed(self, end: messages.End) -> None:
        if isinstance(end, messages.Failed) and self._history is not None:
            self._history.words.setText(problem(end.advice))
        else:
            self._window.banner.show_failure(end)

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
                number = len(restored)
                lines = [tr("{files} put back.", number).format(files=files(number))]
                if left:
                    stay = tr("{files} stay where they are:", len(left))
                    lines.append(stay.format(files=files(len(left))))
                lines += [
                    *named_problems(left),
                    *not_kept_lines(not_kept, files),
                ]
                self._window.banner.say("\n".join(lines), problem=bool(left or not_kept))
            self._ask_for_runs()

        request = messages.Undo(run)
        self._window.jobs.start(Job(request, tr("Putting back"), count, ended, moves=True))


def not_kept_lines(
    numbers: Mapping[Attribute, int], counted: Callable[[int], str]
) -> Iterator[str]:
    """Return a line for each attribute with the number of photos or files that lost it.

    `counted` formats the number.
    """
    for attribute, number in sorted(numbers.items()):
        yield tr("Not kept on another drive: {attribute} ({number})").format(
            attribute=tr(attribute.value), number=counted(number)
        )


@dataclass(slots=True)
class _Result:
    """The results of a sort so far, and sentences about them.

    `folder`: the parent of the folder that the first photo went to. `late`: files that followed
    photos which were sorted earlier. `emptied`: how many folders were removed.
    """

    mode: Mode
    by_label: Counter[Label] = field(default_factory=Counter)
    late: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    not_kept: Counter[Attribute] = field(default_factory=Counter)
    emptied: int = 0
    folder: Path | None = None
    run: int | None = None

    @property
    def has_moved(self) -> bool:
        return bool(self.by_label or self.late)

    def take(self, events: list[Any]) -> None:
        """Add the results of these events."""
        for event in events:
            match event:
                case MoveFailed():
                    self.failed.append((event.path, event.reason))
                case Moved():
                    if event.group.is_late:
                        self.late.extend(move.source for move in event.group.moves)
                    else:
                        self.by_label[event.group.label] += 1
                    self.not_kept.update(event.not_kept)
                    self.folder = self.folder or event.target.parent.parent
                case messages.FoldersRemoved():
                    self.emptied += event.folders
                case messages.Runs() if event.runs:
                    self.run = event.runs[0].id

    @property
    def title(self) -> str:
        """Return `3 photos sorted`; without photos, the same for files that arrived late."""
        number = self.by_label.total()
        if self.late and not number:
            return self._late_words
        done = tr(self.mode.words.total, number)
        return tr("{photos} {done}").format(photos=photos(number), done=done)

    @property
    def _late_words(self) -> str:
        said = tr("Moved to photos that were sorted earlier: {files}")
        return said.format(files=files(len(self.late)))

    def sentences(self) -> list[str]:
        """Return all results, one sentence each."""
        parts = [
            f"{grouped(self.by_label[label])} {label_word(label)}"
            for label in Label
            if self.by_label[label]
        ]
        lines = [f"{self.title}: {', '.join(parts)}." if parts else f"{self.title}."]
        if parts and self.late:
            lines.append(f"{self._late_words}.")
        if self.emptied:
            said = tr("Folders that are empty now were removed: {n}. Undo brings them back.")
            lines.append(said.format(n=grouped(self.emptied)))
        if self.failed:
            number = len(self.failed)
            said = tr("{photos} could not be {done}:", number)
            done = tr(self.mode.words.total, number)
            lines.append(said.format(photos=photos(number), done=done))
            lines += named_problems(self.failed)
        return [*lines, *not_kept_lines(self.not_kept, photos)]


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
