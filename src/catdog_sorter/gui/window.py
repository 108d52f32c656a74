"""The window: classifies, shows, corrects and sorts the photos that are dropped on it.

Decides which request follows which action. Never touches a photo: two worker processes do, one
for jobs, one for thumbnails and corrections.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QUndoStack,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from shiboken6 import isValid

from catdog_sorter.gui import panels, theme
from catdog_sorter.gui import preferences as remembered
from catdog_sorter.gui.actions import Actions
from catdog_sorter.gui.dialogs.corrections import CorrectionsDialog
from catdog_sorter.gui.dialogs.learn import LearnDialog
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.dialogs.watch import WatchDialog
from catdog_sorter.gui.folder_watch import FolderWatch
from catdog_sorter.gui.i18n import files, language, photos, problem, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.layout import WindowLayout
from catdog_sorter.gui.photos import rows
from catdog_sorter.gui.photos.grid import PICTURE_SIDE
from catdog_sorter.gui.photos.preview import PhotoPanel
from catdog_sorter.gui.photos.rows import PhotoRow, SortOrder
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.sorting import SortController
from catdog_sorter.gui.undo_steps import CorrectionStep, Labels, marked
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import UNREADABLE, Label, Prediction, Thresholds, Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.sort import References
from catdog_sorter.photos.find import is_video_name
from catdog_sorter.reports.rows import ReportRow
from catdog_sorter.text import shown

_AHEAD = 2
_MANY_UNREADABLE = 5
_FRAME = QSize(16, 48)  # what a desktop draws around a window
_SELECT_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class Window(WindowLayout):
    """The one window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = QUndoStack(self)
        self.sorting = SortController(self, self.steps)
        self.thresholds = self._model_thresholds = Thresholds(0.9, 0.1)
        self._closing = False
        self._question: QMessageBox | None = None
        self._learn: LearnDialog | None = None
        # The paths whose search is not complete.
        self._unsearched: dict[Path, None] = {}
        self.watch = FolderWatch(self)
        self._connect()
        self.actions_table = Actions(self, self, self.sorting, self.steps)
        theme.apply(self.preferences.theme)
        self._restore_size()
        self.picture_size.setValue(remembered.picture_side(self.settings))
        self.drop_page.show_recent(remembered.recent_folders(self.settings))
        self._show_state()
        self.drop_page.folder.setFocus()
        for process in (self.worker, self.background):
            QTimer.singleShot(0, process.start)

    def _connect(self) -> None:
        for part in (self.add_folder, self.drop_page.folder):
            part.clicked.connect(self.choose_folder)
        for part in (self.add_photos, self.drop_page.photos):
            part.clicked.connect(self.choose_photos)
        self.drop_page.tried.connect(self.try_examples)
        self.picture_size.valueChanged.connect(self._show_size)
        self.drop_page.reopened.connect(lambda folder: self.classify([folder]))
        self.clear.clicked.connect(self.forget_all)
        self.look_through.clicked.connect(self.start_review)
        self.history.clicked.connect(self.sorting.open_history)
        self.learn.clicked.connect(self.open_learn)
        self.options.clicked.connect(self.open_settings)
        self.sort.clicked.connect(self.sorting.open_plan)
        self.sorting.repeated.connect(self._repeat)
        self.sorting.report_wanted.connect(self.save_report)
        self.sorting.look_wanted.connect(self.look_again)
        self.sorting.corrected.connect(
            lambda row, label: self.steps.push(CorrectionStep(self.relabel, [row], label))
        )
        self.activity.stop.clicked.connect(self.jobs.stop)
        self.activity.go_on.clicked.connect(self.go_on)
        self.filters.changed.connect(self._filter)
        self.filters.done.connect(self.grid.setFocus)
        self.threshold.moved.connect(self._show_threshold)
        self.threshold.chosen.connect(lambda _: remembered.save(self.settings, self.preferences))
        for message in (self.banner, self.toast, self.review.toast):
            message.left.connect(self.focus_photos)
        for toast in (self.toast, self.review.toast):  # what it offers to undo is not the last
            self.steps.indexChanged.connect(toast.hide)
        self.model.counted.connect(self._show_state)
        self.model.rearranged.connect(self._refresh)
        self.jobs.changed.connect(self._show_state)
        self.jobs.not_remembered.connect(self._name_problems)
        self.jobs.remembered.connect(self.banner.show_failure)
        for panel in (self.preview, self.review):
            panel.corrected.connect(self.correct)
            panel.stepped.connect(self.step)
        self.preview.view.toggled.connect(self.open_review)
        self.review.closed.connect(self.close_review)
        self.grid.selectionModel().currentChanged.connect(self._refresh_preview)
        self.grid.activated.connect(self._open_larger)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.watch.changed.connect(lambda: self.watch_bar.show_words(self.watch.words))
        self.watch.failed.connect(self.say)
        self.watch_bar.stop.clicked.connect(self.watch.stop)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda: theme.apply(self.preferences.theme))

    # --- Opening photos ----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if panels.has_files(event):
            # A file manager deletes files after a drop that was accepted as a move.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drop_page.highlight(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.drop_page.highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.drop_page.highlight(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.classify(_local(event.mimeData().urls()))

    def paste(self) -> None:
        """Classify files, or paths as text, from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        paths = _local(data.urls())
        if not paths:
            lines = [line.strip() for line in data.text().splitlines()]
            paths = [Path(line) for line in lines if line and Path(line).is_absolute()]
        if paths:
            self.classify(paths)
        else:
            self.banner.say(tr("The clipboard holds no photos. Copy files or folders first."))

    def choose_folder(self) -> None:
        """Ask for a folder; the dialog opens beside the last one."""
        self._choose_with(QFileDialog.FileMode.Directory, tr("Choose a folder"))

    def choose_photos(self) -> None:
        """Ask for photos; the dialog opens in the folder of the last ones."""
        self._choose_with(QFileDialog.FileMode.ExistingFiles, tr("Choose photos"))

    def _choose_with(self, mode: QFileDialog.FileMode, title: str) -> None:
        start = self.settings.value("chosen in", "") or Path.home()
        picker = QFileDialog(self, title, str(start))
        picker.setFileMode(mode)

        def take(names: list[str]) -> None:
            self.settings.setValue("chosen in", str(Path(names[0]).parent))
            self.classify([Path(name) for name in names])

        picker.filesSelected.connect(take)
        picker.open()

    def try_examples(self) -> None:
        """Classify copies of the example photos, in a folder of their own."""

        def show(events: list[Any]) -> None:
            for event in events:
                self.classify([event.folder], is_recent=False)

        self.background.ask(messages.CopyExamples(), show, self.banner.show_failure)

    def classify(
        self, paths: Sequence[Path], *, sorted_too: bool = False, is_recent: bool = True
    ) -> None:
        """Find and classify the photos at these paths; shows results as they arrive.

        Args:
            paths: Photos and folders that were given to the window.
            sorted_too: Also search the folders that sorted photos go to.
            is_recent: Offer the folders again at the next start.
        """
        if not paths:
            return
        if self.jobs.busy:
            self.toast.say(tr("Added to the queue: {names}").format(names=panels.names_of(paths)))
        else:
            self.banner.hide()
        self.given |= dict.fromkeys(paths)
        if is_recent:
            remembered.add_recent(self.settings, paths)
        self._look_at(paths, sorted_too=sorted_too, missing_ok=False)

    def classify_again(self) -> None:
        """Classify the photos of the window again, at their current paths."""
        self._look_at([row.path for row in self.model.rows], sorted_too=True)

    def _repeat(self, folder: Path, mode: Mode) -> None:
        """Open the folder of an earlier run, to sort it in the same way."""
        self.preferences = replace(self.preferences, mode=mode)
        self.classify([folder])

    def look_again(self) -> None:
        """Empty the window and classify all photos that are now at the given paths."""
        given = list(self.given)
        if given and not self.jobs.busy:
            self.forget_all()
            self.classify(given)

    def go_on(self) -> None:
        """Classify the photos that are waiting since a job was stopped or failed."""
        waiting = (row.path for row in self.model.rows if row.result is None)
        self._look_at([*self._unsearched, *waiting])

    def _look_at(
        self, paths: Sequence[Path], *, sorted_too: bool = False, missing_ok: bool = True
    ) -> None:
        if not paths:
            return
        self._unsearched |= dict.fromkeys(paths)
        request = messages.Classify(
            tuple(paths),
            self.preferences.sorting,
            self.preferences.model,
            self.preferences.thresholds,
            sorted_too,
            missing_ok,
            self.preferences.videos,
        )
        unreadable: Counter[str] = Counter()
        found = 0

        def show(events: list[Any]) -> int:
            nonlocal found
            found += sum(len(e.photos) for e in events if isinstance(e, messages.Found))
            unreadable.update(e.reason for e in events if isinstance(e, Unreadable))
            if any(isinstance(event, messages.Found) and event.all for event in events):
                self._forget_unsearched(paths)
            return self._show_classified(events)

        def ended(end: messages.End) -> None:
            self._classification_ended(end, paths, unreadable)
            if isinstance(end, messages.Done) and not found and self.model.rows:
                said = tr("No photos were found in {names}.").format(names=panels.names_of(paths))
                self.toast.say(said)

        self.jobs.start(Job(request, tr("Classifying"), show, ended))

    def _forget_unsearched(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self._unsearched.pop(path, None)

    def _show_classified(self, events: list[Any]) -> int:
        results = [event for event in events if isinstance(event, Prediction | Unreadable)]
        for event in events:
            if isinstance(event, messages.Found):
                self.model.add(event.photos)
                if self.jobs.current is not None and event.all:
                    waiting = self.model.counts[rows.PENDING]
                    self.jobs.current.total = self.jobs.current.done + waiting
            elif isinstance(event, messages.ModelReady):
                self._model_thresholds = event.own_thresholds
                self._use_thresholds()
            elif isinstance(event, messages.Referenced):
                self.references = self.references.and_those(event.references)
            elif isinstance(event, messages.LeftOut):
                self.left_out[event] = None
            elif isinstance(event, messages.Orphans):
                self.orphans |= dict.fromkeys(event.files)
                if event.files:
                    self._offer_more(())
            elif isinstance(event, messages.SkippedFolders):
                self._offer_more(event.folders)
        self.model.show_results(
            rows.with_thresholds(result, self.thresholds)
            if isinstance(result, Prediction)
            else result
            for result in results
        )
        if results and not self.grid.currentIndex().isValid() and self.model.rowCount():
            self._go_to(self.model.index(0, 0))
            self.grid.setFocus()
        return len(results)

    def _offer_more(self, skipped: Sequence[Path]) -> None:
        """Offer to open folders that a search left out, and to move files that arrived late."""
        lines, actions = [], {}
        if self.orphans:
            late = tr("Files that arrived after their photos were sorted: {files}")
            lines.append(late.format(files=files(len(self.orphans))))
            actions[tr("Move them there …")] = self.sorting.open_plan
        if skipped:
            names = ", ".join(shown(Path(folder.parent.name, folder.name)) for folder in skipped)
            said = tr("Not searched, because sorted photos go there: {names}")
            lines.append(said.format(names=names))
            actions[tr("Search there too")] = self._search_there_too
        self.banner.say_with("\n".join(lines), actions)

    def _search_there_too(self) -> None:
        self.classify(list(self.given), sorted_too=True)

    def _classification_ended(
        self, end: messages.End, paths: Sequence[Path], unreadable: Counter[str]
    ) -> None:
        number = unreadable.total()
        if isinstance(end, messages.Failed):
            if not end.crashed:  # to look there again would fail again
                self._forget_unsearched(paths)
            self._show_problem(end)
        elif number >= _MANY_UNREADABLE:
            (reason, _), *_ = unreadable.most_common(1)
            said = tr("{photos} could not be read. The most common reason: {reason}")
            self.banner.say(
                said.format(photos=photos(number), reason=problem(reason)),
                tr("Show them"),
                lambda: self.filters.choose(UNREADABLE),
                problem=True,
            )
        elif isinstance(end, messages.Done) and not self.model.rows and self.banner.isHidden():
            lines = [tr("No photos were found there. Nothing was changed.")]
            self.banner.say("\n".join(lines + panels.left_out_sentences(self.left_out)))
        self._refresh()

    # --- Viewing and correcting --------------------------------------------------------------

    def _filter(self) -> None:
        filters = self.filters
        self.model.show_only(filters.shown, filters.order, filters.search.text().strip())
        if not self.grid.currentIndex().isValid() and self.model.rowCount():
            self._go_to(self.model.index(0, 0))

    def _show_size(self, side: int) -> None:
        self.settings.setValue("side", side)
        self.grid.set_side(side)
        self.thumbnails.set_side(round(max(side, PICTURE_SIDE) * self.devicePixelRatioF()))

    def find_by_name(self) -> None:
        """Move the keyboard focus to the search."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def select_all(self) -> None:
        """Select all photos that are shown."""
        if not self.is_reviewing:
            self.grid.setFocus()
            self.grid.selectAll()

    @property
    def is_reviewing(self) -> bool:
        """Whether the window shows a single photo."""
        return self.screens.currentWidget() is self.review

    def focus_photos(self) -> None:
        """Move the keyboard focus to the photos; without photos, to the button that opens some."""
        if self.is_reviewing:
            self.review.view.setFocus()
        else:
            (self.grid if self.model.rows else self.drop_page.folder).setFocus()

    @property
    def panel(self) -> PhotoPanel:
        """The panel that shows the current photo."""
        return self.review if self.is_reviewing else self.preview

    def start_review(self) -> None:
        """Review all photos that are shown, the least sure first."""
        if self.model.rows:
            self.filters.choose(self.filters.shown, SortOrder.LEAST_SURE)
            self._go_to(self.model.index(0, 0))
            self.open_review()

    def _open_larger(self) -> None:
        """Show the current photo alone; a video opens in the system's player."""
        row = self.model.row(self.grid.currentIndex())
        if row is not None and is_video_name(row.path.name):
            _open(row.path)
        else:
            self.open_review()

    def open_review(self, *_: Any) -> None:
        """Show the current photo in the whole window."""
        if self.model.row(self.grid.currentIndex()) is None:
            return
        self._go_to(self.grid.currentIndex())
        self.screens.setCurrentWidget(self.review)
        self.banner.set_quiet(True)
        self._refresh_preview()
        self.review.view.setFocus()

    def close_review(self) -> None:
        """Go back to the grid, where the last photo is selected."""
        if self.isFullScreen():
            self.toggle_full_screen()
        self.review.forget_picture()
        self.screens.setCurrentWidget(self.main)
        self.banner.set_quiet(False)
        self._refresh_preview()
        self.grid.scrollTo(self.grid.currentIndex())
        self.grid.setFocus()

    def toggle_full_screen(self) -> None:
        """Show the window in full screen, without its menu bar, or leave full screen."""
        self.menuBar().setVisible(self.isFullScreen())
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _refresh(self) -> None:
        self.grid.viewport().update()
        self.review.strip.viewport().update()
        self._refresh_preview()

    def _refresh_preview(self, *_: Any) -> None:
        index = self.grid.currentIndex()
        following = (self.model.row(index.siblingAtRow(index.row() + n + 1)) for n in range(_AHEAD))
        ahead = tuple(row.path for row in following if row is not None)
        self.panel.show_row(self.model.row(index), ahead if self.is_reviewing else ())
        unsure = self.model.counts[Label.UNSURE]
        self.review.show_place(index.row() + 1, self.model.rowCount(), unsure)

    def _go_to(self, index: QModelIndex) -> None:
        """Select this photo alone, even while Shift or Ctrl is held."""
        self.grid.selectionModel().setCurrentIndex(index, _SELECT_ONE)

    def step(self, by: int) -> bool:
        """Show the next photo, or the previous one; returns False if there is none."""
        before = self.grid.currentIndex().row()
        place = min(max(before + by, 0), self.model.rowCount() - 1)
        if place >= 0:
            self._go_to(self.model.index(place, 0))
        return place not in (before, -1)

    def selected(self) -> list[PhotoRow]:
        """The selected photos with a prediction."""
        found: list[QModelIndex] = self.grid.selectionModel().selectedIndexes()
        chosen = [self.model.row(index) for index in found or [self.grid.currentIndex()]]
        return [row for row in chosen if row and isinstance(row.result, Prediction)]

    def correct(self, label: Label | None) -> None:
        """Correct the label of the selected photos; None restores the model's.

        The review labels its photo alone and goes on to the next.
        """
        chosen = self.selected()
        if label is None:
            chosen = [row for row in chosen if row.corrected]
        toast = self.review.toast if self.is_reviewing else self.toast
        if not chosen:
            toast.say(_nothing_to(label))
            return
        self.steps.push(CorrectionStep(self.relabel, chosen, label))
        text = marked(len(chosen), label)
        if self.is_reviewing and label is not None and not self.step(1):
            text += " · " + tr("That was the last photo.")
        toast.say(text, tr("Undo"), self.undo)

    def undo(self) -> None:
        """Undo the last correction or sort that is not undone yet."""
        job = self.jobs.current
        if job is not None and job.moves:
            self.toast.say(tr("Photos are being moved. Undo when that is done, or stop it."))
            return
        is_back = True
        while is_back and self.steps.canUndo():
            is_back = self.sorting.is_back(self.steps.index() - 1)
            self.steps.undo()

    def relabel(self, labels: Labels) -> None:
        """Show and store these labels."""
        here = [(row, label) for row, label in labels if self.model.holds(row)]
        self.model.relabel(here, self.thresholds)
        self.jobs.remember(labels)
        if self.is_reviewing and here:
            index = self.model.index_of(here[0][0].path)
            if index.isValid():
                self._go_to(index)
        self._refresh()

    def _open_menu(self, place: QPoint) -> None:
        if self.grid.indexAt(place).isValid():
            menu = QMenu(self)
            menu.addActions(self.actions_table.label)
            menu.addSeparator()
            menu.addActions(self.actions_table.photo)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.grid.viewport().mapToGlobal(place))

    def open_photo(self) -> None:
        """Open the current photo in the system's program for it."""
        row = self.model.row(self.grid.currentIndex())
        if row is not None:
            _open(row.path)

    def show_in_folder(self) -> None:
        """Open the folder of the current photo."""
        row = self.model.row(self.grid.currentIndex())
        if row is not None:
            _open(row.path.parent)

    def copy_paths(self) -> None:
        """Copy the paths of the selected photos, one a line."""
        found = self.grid.selectionModel().selectedIndexes()
        chosen = (self.model.row(index) for index in found)
        QGuiApplication.clipboard().setText("\n".join(str(row.path) for row in chosen if row))

    def save_report(self) -> None:
        """Ask for a file, and write a report of all classified photos to it."""
        reported = (rows.report_row(row) for row in self.model.rows)
        listed = tuple(row for row in reported if row is not None)
        if not listed:
            self.toast.say(tr("There is nothing to report until photos are classified."))
            return
        start = self.settings.value("saved in", "") or Path.home()
        picker = QFileDialog(self, tr("Save report"), str(start))
        picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        picker.setNameFilters(
            [
                tr("Page of pictures (*.html)"),
                tr("Table (*.csv)"),
                tr("JSON, a photo a line (*.jsonl)"),
            ]
        )
        suffixes = dict(zip(picker.nameFilters(), (".html", ".csv", ".jsonl"), strict=True))
        picker.filterSelected.connect(lambda name: picker.setDefaultSuffix(suffixes[name]))
        picker.setDefaultSuffix(".html")
        picker.selectFile(tr("photos.html"))
        picker.fileSelected.connect(lambda name: self._write_report(Path(name), listed))
        picker.open()

    def _write_report(self, file: Path, listed: tuple[ReportRow, ...]) -> None:
        self.settings.setValue("saved in", str(file.parent))
        models = (row.result.model for row in listed if isinstance(row.result, Prediction))

        def ended(end: messages.End) -> None:
            self.banner.show_failure(end)
            if isinstance(end, messages.Done):
                said = tr("The report is saved: {file}").format(file=shown(file))
                self.toast.say(said, tr("Open it"), lambda: _open(file))

        request = messages.SaveReport(file, listed, next(models, ""), language())
        self.jobs.start(Job(request, tr("Writing the report"), len, ended, len(listed)))

    def open_watch(self) -> None:
        """Ask which folder to watch, and watch it."""
        if self.watch.is_on:
            self.toast.say(self.watch.words, tr("Stop watching"), self.watch.stop)
            return
        folders = [path for path in self.given if path.is_dir()]
        folder = folders[-1] if folders else None
        preferences = replace(self.preferences, mode=Mode.MOVE)
        dialog = WatchDialog(folder, preferences, self)
        dialog.agreed.connect(lambda folder: self.watch.start(folder, preferences))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- Settings and learning ---------------------------------------------------------------

    def open_settings(self) -> None:
        """Open the settings."""
        dialog = SettingsDialog(self.preferences, self)
        dialog.chosen.connect(self._choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

        def fill(events: list[Any]) -> None:
            for event in events:
                if isValid(dialog):  # it may be closed by now
                    dialog.show_models(event)

        self.background.ask(messages.ListModels(), fill, self.banner.show_failure)

    def _choose(self, chosen: Preferences) -> None:
        before, self.preferences = self.preferences, chosen
        remembered.save(self.settings, chosen)
        theme.apply(chosen.theme)
        self._show_state()
        if chosen.model != before.model:
            self.classify_again()

    def _show_threshold(self, threshold: float | None) -> None:
        """Decide all labels again with this threshold; None uses the model's own."""
        self.preferences = replace(self.preferences, threshold=threshold)
        self._use_thresholds()

    def _use_thresholds(self) -> None:
        before = self.thresholds
        self.thresholds = self.preferences.thresholds or self._model_thresholds
        is_own = self.preferences.threshold is not None
        self.threshold.show_thresholds(self.thresholds, is_own=is_own)
        if self.thresholds != before and self.model.rows:
            self.model.decide(self.thresholds)

    def open_corrections(self) -> None:
        """Open the list of all corrections, including earlier ones."""
        dialog = CorrectionsDialog(self.background, self)
        dialog.forgotten.connect(self._show_forgotten)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_forgotten(self) -> None:
        """Classify the photos with deleted corrections again, to show the model's labels."""
        self.steps.clear()
        self._look_at([row.path for row in self.model.rows if row.corrected], sorted_too=True)

    def open_learn(self) -> None:
        """Open the dialog that trains a model on the corrections."""
        from catdog_sorter.model.registry import name_in_use

        if self._learn is not None:
            self._learn.raise_()
            return
        dialog = self._learn = LearnDialog(
            self.preferences.model or name_in_use(), self.background, self, self.learn_options
        )
        dialog.used.connect(self._use_model)
        dialog.finished.connect(self._learn_closed)
        dialog.show()

    learn_options: Sequence[str] = ()

    def _learn_closed(self) -> None:
        self._learn = None

    def _use_model(self, name: str) -> None:
        def used(end: messages.End) -> None:
            self.banner.show_failure(end)
            if isinstance(end, messages.Done):
                self.preferences = replace(self.preferences, model=None)
                self.classify_again()

        self.settings.setValue("model", "")
        self.background.ask(messages.UseModel(name), lambda events: None, used)

    # --- Showing the state -------------------------------------------------------------------

    def _show_state(self) -> None:
        """Update counts, progress and buttons."""
        counts = self.model.counts
        self.filters.show_counts(counts)
        self.activity.show_job(
            self.jobs.current,
            panels.summary(counts),
            time.monotonic(),
            self.jobs.queued,
            waits=bool(counts[rows.PENDING] or self._unsearched),
        )
        is_empty = not self.model.rows
        page = 0 if is_empty and not self.jobs.busy else 1
        if page != self.pages.currentIndex():
            focused = self.focusWidget()  # also before the window is shown
            is_focused = focused is not None and self.pages.isAncestorOf(focused)
            self.pages.setCurrentIndex(page)
            if is_focused:  # rather than on whatever comes next
                (self.drop_page.folder if page == 0 else self.grid).setFocus()
        self.filters.setVisible(not is_empty)
        sortable = sum(counts[label] for label in self.preferences.folders)
        self.sort.setEnabled(bool(sortable or self.orphans) and not self.jobs.busy)
        self.sort.setVisible(not is_empty)
        self.clear.setEnabled(not is_empty and not self.jobs.busy)
        self.arrange_buttons()
        self.sorting.show_busy()
        if self._question is not None and not self.jobs.busy:
            self._question.close()  # nothing is left to ask
        if self._closing and not self.jobs.busy:
            self.close()

    def forget_all(self) -> None:
        """Empty the window."""
        self.steps.clear()
        self.model.clear()
        self.given.clear()
        self.references = References()
        self.orphans.clear()
        self.left_out.clear()
        self._unsearched.clear()
        self.drop_page.show_recent(remembered.recent_folders(self.settings))
        self.banner.hide()
        self._refresh_preview()

    def _show_problem(self, failed: messages.Failed) -> None:
        waits = self._unsearched or any(row.result is None for row in self.model.rows)
        action = tr("Classify the rest") if waits and failed.crashed else ""
        self.banner.say(problem(failed.advice), action, self.go_on, problem=True)

    def say(self, text: str) -> None:
        """Show an error of the window itself."""
        self.banner.say(text, problem=True)

    def _name_problems(self, events: list[Any]) -> None:
        problems = [(event.path, event.reason) for event in events]
        if problems:
            self.banner.say("\n".join(panels.named_problems(problems)), problem=True)

    # --- Opening and closing -----------------------------------------------------------------

    def _restore_size(self) -> None:
        geometry, state = self.settings.value("geometry"), self.settings.value("splitter")
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableSize() - _FRAME
            self.resize(QSize(1120, 760).boundedTo(room))
        if state is not None:
            self.splitter.restoreState(state)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask before closing while a job or a training runs, and stop it cleanly first."""
        learning = self._learn is not None and self._learn.busy
        if self.jobs.busy or ((learning or self.watch.is_on) and not self._closing):
            event.ignore()
            if not self._closing:
                self._ask_to_close()
            return
        if self._learn is not None:
            self._learn.end()
        self.watch.close()
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("splitter", self.splitter.saveState())
        self.settings.sync()
        self.worker.close()
        self.background.close()
        event.accept()

    def _ask_to_close(self) -> None:
        box = self._question = QMessageBox(self)
        box.finished.connect(self._answered)
        box.setWindowTitle(self.windowTitle())
        box.setText(tr("A job is still running. Stop it and close?"))
        box.setInformativeText(
            tr("Photos that were already sorted stay sorted; you can undo that later.")
        )
        stop = box.addButton(tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Continue"), QMessageBox.ButtonRole.RejectRole)
        stop.clicked.connect(self.stop_and_close)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _answered(self) -> None:
        self._question = None

    def stop_and_close(self) -> None:
        """Stop the job at its next safe point, then close."""
        self._closing = True
        self.jobs.stop()
        if not self.jobs.busy:
            self.close()


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _nothing_to(label: Label | None) -> str:
    """Return why a label key did nothing."""
    if label is None:
        return tr("This photo has the model's label already: you have not corrected it.")
    return tr("Only photos that are classified and can be read can be labelled.")


def _local(urls: Sequence[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
