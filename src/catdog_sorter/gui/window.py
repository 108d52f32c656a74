"""The window: what is dropped on it is looked at, shown, corrected and sorted.

Decides which request follows which action. Never touches a photo itself: two other processes do,
one for jobs, one for pictures and corrections.
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
from catdog_sorter.gui.layout import Shell
from catdog_sorter.gui.photos import rows
from catdog_sorter.gui.photos.preview import KEYS
from catdog_sorter.gui.photos.rows import Row
from catdog_sorter.gui.preferences import Choices
from catdog_sorter.gui.sorting import Sorting
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable
from catdog_sorter.text import shown

_MOST_NAMED = 5


class _Correction(QUndoCommand):
    """Labels a person gave to some photos, which can be taken back."""

    def __init__(self, window: "Window", chosen: Sequence[Row], label: Label) -> None:
        word = tr("{photos} as {label}")
        super().__init__(word.format(photos=photos(len(chosen)), label=label_word(label)))
        self._window = window
        self._before = [(row, _said(row)) for row in chosen]
        self._after: list[tuple[Row, Label | None]] = [(row, label) for row in chosen]

    def redo(self) -> None:
        self._window.relabel(self._after)

    def undo(self) -> None:
        self._window.relabel(self._before)


def _said(row: Row) -> Label | None:
    result = row.result
    return result.label if isinstance(result, Prediction) and result.corrected else None


class Window(Shell):
    """The one window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.sorting = Sorting(self)
        self.corrections = QUndoStack(self)
        self.thresholds = Thresholds(0.9, 0.1)
        self._closing = False
        self._learn: LearnDialog | None = None
        self._connect()
        self._add_shortcuts()
        theme.apply(self.choices.theme)
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
        self.activity.stop.clicked.connect(self.work.stop)
        self.filters.changed.connect(self._filter)
        self.model.counted.connect(self._show_state)
        self.model.rearranged.connect(self._refresh)
        self.work.changed.connect(self._show_state)
        self.work.unremembered.connect(self._name_problems)
        self.work.remembered.connect(self.banner.say_end)
        self.preview.corrected.connect(self.correct)
        self.preview.stepped.connect(self.step)
        self.grid.selectionModel().currentChanged.connect(self._refresh_preview)
        self.grid.activated.connect(self.toggle_grid)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda: theme.apply(self.choices.theme))

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
        if panels.takes(event):
            # A file manager that was told "moved" would delete the files.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drop_page.highlight(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.drop_page.highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.drop_page.highlight(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.look_at(_local(event.mimeData().urls()))

    def paste(self) -> None:
        """Take files, or paths as text, from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        paths = _local(data.urls())
        if not paths:
            lines = [line.strip() for line in data.text().splitlines()]
            paths = [Path(line) for line in lines if line and Path(line).is_absolute()]
        if paths:
            self.look_at(paths)
        else:
            self.banner.say(tr("The clipboard holds no photos. Copy files or folders first."))

    def choose_folder(self) -> None:
        picker = QFileDialog(self, tr("Choose a folder"))
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.filesSelected.connect(lambda names: self.look_at([Path(name) for name in names]))
        picker.open()

    def choose_photos(self) -> None:
        picker = QFileDialog(self, tr("Choose photos"))
        picker.setFileMode(QFileDialog.FileMode.ExistingFiles)
        picker.filesSelected.connect(lambda names: self.look_at([Path(name) for name in names]))
        picker.open()

    def look_at(self, paths: Sequence[Path]) -> None:
        """Find the photos there and say what they show, as results come."""
        if not paths:
            return
        self.banner.hide()
        self.given |= dict.fromkeys(paths)
        request = messages.Look(
            tuple(paths), self.choices.sorting, self.choices.model, self.choices.thresholds
        )
        job = Job(request, tr("Looking"), self._looked, self._ended_looking)
        self.work.start(job)

    def _looked(self, events: list[Any]) -> int:
        results = [event for event in events if isinstance(event, Prediction | Unreadable)]
        for event in events:
            if isinstance(event, messages.Found):
                self.model.add(event.photos)
                if self.work.job is not None and event.all:
                    waiting = self.model.counts[rows.PENDING]
                    self.work.job.total = self.work.job.done + waiting
            elif isinstance(event, messages.ModelReady):
                self.thresholds = event.thresholds
            elif isinstance(event, messages.PassedOver):
                names = ", ".join(shown(folder) for folder in event.folders)
                self.banner.say(
                    tr("Not looked into, as sorted before: {names}").format(names=names)
                )
        self.model.show_results(results)
        if results and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
            self.grid.setFocus()
        return len(results)

    def _ended_looking(self, end: messages.End) -> None:
        if isinstance(end, messages.Failed):
            self._say_problem(end)
        elif not self.model.rows and not self.banner.isVisible():
            self.banner.say(tr("There are no photos in what you gave. Nothing was changed."))
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
        """Give the large picture the whole window, or half of it again."""
        self.grid.setVisible(self.grid.isHidden())
        (self.grid if self.grid.isVisible() else self.preview.view).setFocus()

    def selected(self) -> list[Row]:
        """The selected photos that have a verdict."""
        found: list[QModelIndex] = self.grid.selectionModel().selectedIndexes()
        chosen = [self.model.row(index) for index in found or [self.grid.currentIndex()]]
        return [row for row in chosen if row and isinstance(row.result, Prediction)]

    def correct(self, label: Label) -> None:
        """Say what the selected photos really show."""
        chosen = self.selected()
        if chosen:
            self.corrections.push(_Correction(self, chosen, label))

    def relabel(self, labels: Sequence[tuple[Row, Label | None]]) -> None:
        """Show these labels and remember them."""
        here = [(row, label) for row, label in labels if self.model.holds(row)]
        self.model.relabel(here, self.thresholds)
        self.work.remember(labels)
        self._refresh()

    # --- Settings and learning ---------------------------------------------------------------

    def open_settings(self) -> None:
        """Show the settings."""
        looked = sum(isinstance(row.result, Prediction) for row in self.model.rows)
        dialog = SettingsDialog(
            self.choices,
            looked,
            lambda thresholds: rows.would_be_unsure(self.model.rows, thresholds),
            self,
        )
        dialog.chosen.connect(self._choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

        def fill(events: list[Any]) -> None:
            for event in events:
                if isValid(dialog):  # it may be closed by now
                    dialog.show_models(event)

        self.errands.ask(messages.ListModels(), fill, self.banner.say_end)

    def _choose(self, chosen: Choices) -> None:
        before, self.choices = self.choices, chosen
        remembered.save(self.settings, chosen)
        theme.apply(chosen.theme)
        if chosen.model != before.model or (chosen.threshold is None) != (before.threshold is None):
            self.look_at(list(self.given))
        elif chosen.thresholds is not None and chosen.threshold != before.threshold:
            self.thresholds = chosen.thresholds
            self.model.decide(self.thresholds)

    def open_learn(self) -> None:
        """Train a model with the corrections."""
        from catdog_sorter.model.registry import name_in_use

        if self._learn is not None:
            self._learn.raise_()
            return
        dialog = self._learn = LearnDialog(
            self.choices.model or name_in_use(), self.errands, self, self.learn_options
        )
        dialog.used.connect(self._use_model)
        dialog.finished.connect(self._learn_closed)
        dialog.show()

    learn_options: Sequence[str] = ()

    def _learn_closed(self) -> None:
        self._learn = None

    def _use_model(self, name: str) -> None:
        def used(end: messages.End) -> None:
            self.banner.say_end(end)
            if isinstance(end, messages.Done):
                self.choices = remembered.load(self.settings)
                self.look_at(list(self.given))

        self.settings.setValue("model", "")
        self.errands.ask(messages.UseModel(name), lambda events: None, used)

    # --- Saying ------------------------------------------------------------------------------

    def _show_state(self) -> None:
        """Bring counts, progress and buttons in line with what is going on."""
        counts = self.model.counts
        self.filters.show_counts(counts)
        idle = panels.summary(counts, self.model.corrected)
        self.activity.show_job(self.work.job, idle, time.monotonic())
        is_empty = not self.model.rows
        self.pages.setCurrentIndex(0 if is_empty and not self.work.busy else 1)
        self.filters.setVisible(not is_empty)
        sortable = sum(counts[label] for label in self.choices.folders)
        self.sort.setEnabled(sortable > 0 and not self.work.busy)
        self.sort.setVisible(not is_empty)
        self.clear.setEnabled(not is_empty and not self.work.busy)
        for part in (self.add_folder, self.add_photos, self.clear):
            part.setVisible(not is_empty)
        self.sorting.show_busy()
        if self._closing and not self.work.busy:
            self.close()

    def forget_all(self) -> None:
        """Empty the window."""
        self.corrections.clear()
        self.model.clear()
        self.given.clear()
        self.banner.hide()
        self._refresh_preview()

    def _say_problem(self, failed: messages.Failed) -> None:
        waiting = any(row.result is None for row in self.model.rows)
        action = tr("Look at the rest") if waiting and failed.crashed else ""
        self.banner.say(failed.advice, action, self._look_at_the_rest, problem=True)

    def _look_at_the_rest(self) -> None:
        self.look_at([row.path for row in self.model.rows if row.result is None])

    def say(self, text: str) -> None:
        """Show a problem that came from anywhere in the window itself."""
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
        """Ask while something is going on, stop it cleanly, and only then close."""
        learning = self._learn is not None and self._learn.busy
        if self.work.busy or (learning and not self._closing):
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
        self.errands.close()
        event.accept()

    def _ask_to_close(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setText(tr("Something is still going on. Stop it and close?"))
        box.setInformativeText(tr("What is done stays done and can be undone later."))
        stop = box.addButton(tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Go on"), QMessageBox.ButtonRole.RejectRole)
        stop.clicked.connect(self.stop_and_close)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def stop_and_close(self) -> None:
        """Close as soon as the job has come to a safe point."""
        self._closing = True
        self.work.stop()
        if not self.work.busy:
            self.close()


def _local(urls: Sequence[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
