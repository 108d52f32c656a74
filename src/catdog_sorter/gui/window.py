"""The window: classifies, shows, corrects and sorts the photos that are dropped on it.

Decides which request follows which action. Never touches a photo: two worker processes do, one
for jobs, one for thumbnails and corrections.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
    QUndoCommand,
    QUndoStack,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QMessageBox,
)
from shiboken6 import isValid

from catdog_sorter.gui import panels, theme
from catdog_sorter.gui import preferences as remembered
from catdog_sorter.gui.dialogs.learn import LearnDialog
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.layout import WindowLayout
from catdog_sorter.gui.photos import rows
from catdog_sorter.gui.photos.preview import KEYS
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.sorting import SortController
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable
from catdog_sorter.moving.sort import References
from catdog_sorter.text import shown


class _Correction(QUndoCommand):
    """The user's labels for some photos, as one step of undo and redo."""

    def __init__(self, window: "Window", chosen: Sequence[PhotoRow], label: Label) -> None:
        word = tr("{photos} as {label}")
        super().__init__(word.format(photos=photos(len(chosen)), label=label_word(label)))
        self._window = window
        self._before = [(row, _given_label(row)) for row in chosen]
        self._after: list[tuple[PhotoRow, Label | None]] = [(row, label) for row in chosen]

    def redo(self) -> None:
        self._window.relabel(self._after)

    def undo(self) -> None:
        self._window.relabel(self._before)


def _given_label(row: PhotoRow) -> Label | None:
    result = row.result
    return result.label if isinstance(result, Prediction) and result.corrected else None


class Window(WindowLayout):
    """The one window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.sorting = SortController(self)
        self.corrections = QUndoStack(self)
        self.thresholds = Thresholds(0.9, 0.1)
        self._closing = False
        self._learn: LearnDialog | None = None
        self._connect()
        self._add_shortcuts()
        theme.apply(self.preferences.theme)
        self._restore_size()
        self._show_state()
        self.drop_page.folder.setFocus()

    def _connect(self) -> None:
        for part in (self.add_folder, self.drop_page.folder):
            part.clicked.connect(self.choose_folder)
        for part in (self.add_photos, self.drop_page.photos):
            part.clicked.connect(self.choose_photos)
        self.clear.clicked.connect(self.forget_all)
        self.history.clicked.connect(self.sorting.open_history)
        self.learn.clicked.connect(self.open_learn)
        self.options.clicked.connect(self.open_settings)
        self.sort.clicked.connect(self.sorting.open_plan)
        self.activity.stop.clicked.connect(self.jobs.stop)
        self.filters.changed.connect(self._filter)
        self.model.counted.connect(self._show_state)
        self.model.rearranged.connect(self._refresh)
        self.jobs.changed.connect(self._show_state)
        self.jobs.not_remembered.connect(self._name_problems)
        self.jobs.remembered.connect(self.banner.show_failure)
        self.preview.corrected.connect(self.correct)
        self.preview.stepped.connect(self.step)
        self.grid.selectionModel().currentChanged.connect(self._refresh_preview)
        self.grid.activated.connect(self.toggle_grid)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda: theme.apply(self.preferences.theme))

    def _add_shortcuts(self) -> None:
        for label, key in KEYS.items():
            self._shortcut(key, lambda label=label: self.correct(label))
        self._shortcut("Ctrl+O", self.choose_photos)
        self._shortcut("Ctrl+Shift+O", self.choose_folder)
        self._shortcut("Ctrl+H", self.sorting.open_history)
        self._shortcut("Ctrl+,", self.open_settings)
        self._shortcut("Ctrl+Return", self.sorting.open_plan)
        self._shortcut("Ctrl++", lambda: self.preview.view.zoom_by(1))
        self._shortcut("Ctrl+-", lambda: self.preview.view.zoom_by(-1))
        self._shortcut("Ctrl+0", lambda: self.preview.view.set_zoom(1))
        self._shortcut("Ctrl+Left", lambda: self.step(-1))
        self._shortcut("Ctrl+Right", lambda: self.step(1))
        self._shortcut("Escape", lambda: self.toggle_grid() if self.grid.isHidden() else None)
        self._shortcut(QKeySequence.StandardKey.Paste, self.paste)
        self._shortcut(QKeySequence.StandardKey.Undo, self.corrections.undo)
        self._shortcut("Ctrl+Shift+Z", self.corrections.redo)
        self._shortcut("Ctrl+Y", self.corrections.redo)

    def _shortcut(self, keys: str | QKeySequence.StandardKey, action: Any) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    # --- Coming in ---------------------------------------------------------------------------

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
        picker = QFileDialog(self, tr("Choose a folder"))
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.filesSelected.connect(lambda names: self.classify([Path(name) for name in names]))
        picker.open()

    def choose_photos(self) -> None:
        picker = QFileDialog(self, tr("Choose photos"))
        picker.setFileMode(QFileDialog.FileMode.ExistingFiles)
        picker.filesSelected.connect(lambda names: self.classify([Path(name) for name in names]))
        picker.open()

    def classify(self, paths: Sequence[Path]) -> None:
        """Find and classify the photos at these paths; results show as they arrive."""
        if not paths:
            return
        self.banner.hide()
        self.given |= dict.fromkeys(paths)
        request = messages.Classify(
            tuple(paths),
            self.preferences.sorting,
            self.preferences.model,
            self.preferences.thresholds,
        )
        job = Job(request, tr("Classifying"), self._show_classified, self._classification_ended)
        self.jobs.start(job)

    def _show_classified(self, events: list[Any]) -> int:
        results = [event for event in events if isinstance(event, Prediction | Unreadable)]
        for event in events:
            if isinstance(event, messages.Found):
                self.model.add(event.photos)
                if self.jobs.current is not None and event.all:
                    waiting = self.model.counts[rows.PENDING]
                    self.jobs.current.total = self.jobs.current.done + waiting
            elif isinstance(event, messages.ModelReady):
                self.thresholds = event.thresholds
            elif isinstance(event, messages.Referenced):
                self.references = self.references.and_those(event.references)
            elif isinstance(event, messages.SkippedFolders):
                names = ", ".join(shown(folder) for folder in event.folders)
                self.banner.say(tr("Skipped, as sorted before: {names}").format(names=names))
        self.model.show_results(results)
        if results and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
            self.grid.setFocus()
        return len(results)

    def _classification_ended(self, end: messages.End) -> None:
        if isinstance(end, messages.Failed):
            self._show_problem(end)
        elif not self.model.rows and not self.banner.isVisible():
            self.banner.say(tr("No photos were found there. Nothing was changed."))
        self._refresh()

    # --- Looking and correcting --------------------------------------------------------------

    def _filter(self) -> None:
        self.model.show_only(self.filters.kind, self.filters.order)
        if not self.grid.currentIndex().isValid() and self.model.rowCount():
            self.grid.setCurrentIndex(self.model.index(0, 0))

    def _refresh(self) -> None:
        self.grid.viewport().update()
        self._refresh_preview()

    def _refresh_preview(self, *_: Any) -> None:
        self.preview.show_row(self.model.row(self.grid.currentIndex()))

    def step(self, by: int) -> None:
        """Show the next photo, or the one before."""
        place = min(max(self.grid.currentIndex().row() + by, 0), self.model.rowCount() - 1)
        if place >= 0:
            self.grid.setCurrentIndex(self.model.index(place, 0))

    def toggle_grid(self, *_: Any) -> None:
        """Toggle the preview between half of the window and all of it."""
        self.grid.setVisible(self.grid.isHidden())
        (self.grid if self.grid.isVisible() else self.preview.view).setFocus()

    def selected(self) -> list[PhotoRow]:
        """The selected photos with a prediction."""
        found: list[QModelIndex] = self.grid.selectionModel().selectedIndexes()
        chosen = [self.model.row(index) for index in found or [self.grid.currentIndex()]]
        return [row for row in chosen if row and isinstance(row.result, Prediction)]

    def correct(self, label: Label) -> None:
        """Correct the label of the selected photos."""
        chosen = self.selected()
        if chosen:
            self.corrections.push(_Correction(self, chosen, label))

    def relabel(self, labels: Sequence[tuple[PhotoRow, Label | None]]) -> None:
        """Show and store these labels."""
        here = [(row, label) for row, label in labels if self.model.holds(row)]
        self.model.relabel(here, self.thresholds)
        self.jobs.remember(labels)
        self._refresh()

    # --- Settings and learning ---------------------------------------------------------------

    def open_settings(self) -> None:
        """Open the settings."""
        looked = sum(isinstance(row.result, Prediction) for row in self.model.rows)
        dialog = SettingsDialog(
            self.preferences,
            looked,
            lambda thresholds: rows.count_unsure(self.model.rows, thresholds),
            self,
        )
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
        if chosen.model != before.model or (chosen.threshold is None) != (before.threshold is None):
            self.classify(list(self.given))
        elif chosen.thresholds is not None and chosen.threshold != before.threshold:
            self.thresholds = chosen.thresholds
            self.model.decide(self.thresholds)

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
                self.preferences = remembered.load(self.settings)
                self.classify(list(self.given))

        self.settings.setValue("model", "")
        self.background.ask(messages.UseModel(name), lambda events: None, used)

    # --- Saying ------------------------------------------------------------------------------

    def _show_state(self) -> None:
        """Update counts, progress and buttons."""
        counts = self.model.counts
        self.filters.show_counts(counts)
        idle = panels.summary(counts, self.model.corrected)
        self.activity.show_job(self.jobs.current, idle, time.monotonic())
        is_empty = not self.model.rows
        self.pages.setCurrentIndex(0 if is_empty and not self.jobs.busy else 1)
        self.filters.setVisible(not is_empty)
        sortable = sum(counts[label] for label in self.preferences.folders)
        self.sort.setEnabled(sortable > 0 and not self.jobs.busy)
        self.sort.setVisible(not is_empty)
        self.clear.setEnabled(not is_empty and not self.jobs.busy)
        for part in (self.add_folder, self.add_photos, self.clear):
            part.setVisible(not is_empty)
        self.sorting.show_busy()
        if self._closing and not self.jobs.busy:
            self.close()

    def forget_all(self) -> None:
        """Empty the window."""
        self.corrections.clear()
        self.model.clear()
        self.given.clear()
        self.references = References()
        self.banner.hide()
        self._refresh_preview()

    def _show_problem(self, failed: messages.Failed) -> None:
        waiting = any(row.result is None for row in self.model.rows)
        action = tr("Classify the rest") if waiting and failed.crashed else ""
        self.banner.say(failed.advice, action, self._classify_rest, problem=True)

    def _classify_rest(self) -> None:
        self.classify([row.path for row in self.model.rows if row.result is None])

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
            self.resize(1120, 760)
        if state is not None:
            self.splitter.restoreState(state)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask before closing while a job or a training runs, and stop it cleanly first."""
        learning = self._learn is not None and self._learn.busy
        if self.jobs.busy or (learning and not self._closing):
            event.ignore()
            if not self._closing:
                self._ask_to_close()
            return
        if self._learn is not None:
            self._learn.end()
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("splitter", self.splitter.saveState())
        self.settings.sync()
        self.worker.close()
        self.background.close()
        event.accept()

    def _ask_to_close(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setText(tr("A job is still running. Stop it and close?"))
        box.setInformativeText(tr("Photos that were sorted stay sorted and can be put back later."))
        stop = box.addButton(tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Continue"), QMessageBox.ButtonRole.RejectRole)
        stop.clicked.connect(self.stop_and_close)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def stop_and_close(self) -> None:
        """Stop the job at its next safe point, then close."""
        self._closing = True
        self.jobs.stop()
        if not self.jobs.busy:
            self.close()


def _local(urls: Sequence[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
