"""Lists earlier runs, where their photos are, and buttons that undo one or open its folder again.

Shows and emits signals; the worker process undoes.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import date_and_time, files, photos, tr
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.widgets import button, fit_to_screen, named, table_of
from catdog_sorter.gui.worker.messages import RunDescription
from catdog_sorter.moving.journal import Run, RunState
from catdog_sorter.text import shown

_PICTURE = 64
_MAX_TARGETS = 4


class HistoryDialog(QDialog):
    """Earlier runs, the latest first.

    Signals:
        undo: Carries the number of the run to undo.
        described: Carries the number of the run to describe with `show_description`.
        repeated: Carries the folder to open again, and the Mode to sort it in.
    """

    undo = Signal(int)
    described = Signal(int)
    repeated = Signal(object, object)

    def __init__(self, parent: QWidget, thumbnails: Thumbnails | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("History"))
        fit_to_screen(self, 820, 520)
        self._busy = False
        self._thumbnails = thumbnails
        self._description: RunDescription | None = None
        self.words = QLabel(tr("Reading the history …"), wordWrap=True)
        self.runs = table_of(
            tr("Earlier runs, the latest first"),
            [tr("when"), tr("what"), tr("state"), tr("command")],
        )
        self.targets = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.pictures = named(QListWidget(), tr("Some of its photos"))
        self.pictures.setViewMode(QListView.ViewMode.IconMode)
        self.pictures.setIconSize(QSize(_PICTURE, _PICTURE))
        self.pictures.setGridSize(QSize(_PICTURE + 8, _PICTURE + 8))  # before there are pictures
        self.pictures.setFlow(QListView.Flow.LeftToRight)
        self.pictures.setWrapping(False)
        self.pictures.setFixedHeight(_PICTURE + 26)
        self.pictures.setMovement(QListView.Movement.Static)
        if thumbnails is not None:
            thumbnails.ready.connect(self._show_pictures)
        self.back = button(tr("Put these photos back"), tr("Restore all files of this run"))
        self.repeat = button(
            tr("Sort that folder again …"),
            tr("Open the folder these photos came from, to sort new photos in it"),
        )
        close = button(tr("Close"))
        self.runs.itemSelectionChanged.connect(self._selected)
        self.back.clicked.connect(self._wanted)
        self.repeat.clicked.connect(self._repeat)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.repeat)
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.runs, 1)
        column.addWidget(self.targets)
        column.addWidget(self.pictures)
        column.addLayout(row)
        self._selected()

    def show_runs(self, runs: tuple[Run, ...]) -> None:
        """List the runs and select the latest one that can be undone."""
        self.runs.clear()
        for run in runs:
            texts = [
                _when(run.started_at),
                _what(run),
                tr(run.state.words),
                shown(run.command),
            ]
            item = QTreeWidgetItem(texts)
            item.setToolTip(3, shown(run.command))
            item.setData(0, Qt.ItemDataRole.UserRole, run)
            self.runs.addTopLevelItem(item)
        items = [self.runs.topLevelItem(place) for place in range(len(runs))]
        undoable = [item for item, run in zip(items, runs, strict=True) if _can_go_back(run)]
        if undoable and undoable[0] is not None:
            self.runs.setCurrentItem(undoable[0])
        self.words.setText(
            tr(
                "Everything here can be undone. Files changed since then stay where they are and "
                "are listed."
            )
            if runs
            else tr("No photos have been sorted yet.")
        )
        self.set_busy(False)

    def show_description(self, description: RunDescription) -> None:
        """Show where the photos of the selected run went, and some of them."""
        run = self._run()
        if run is None or run.id != description.run:
            return
        self._description = description
        going = tr("{photos} to {folder}")
        lines = [
            going.format(photos=photos(number), folder=shown(folder))
            for folder, number in description.targets[:_MAX_TARGETS]
        ]
        if len(description.targets) > _MAX_TARGETS:
            lines.append(tr("… and to other folders"))
        if description.source is not None:
            lines.insert(0, tr("From {folder}:").format(folder=shown(description.source)))
        self.targets.setText("\n".join(lines))
        self._fill_pictures(description.examples)
        self._enable()

    def _fill_pictures(self, paths: Sequence[Path]) -> None:
        self.pictures.clear()
        self.pictures.setVisible(bool(paths))
        for path in paths:
            item = QListWidgetItem("")
            item.setToolTip(shown(path))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(path.name))
            item.setData(Qt.ItemDataRole.UserRole, path)
            self.pictures.addItem(item)
        self._show_pictures()

    def _show_pictures(self) -> None:
        if self._thumbnails is None:
            return
        for place in range(self.pictures.count()):
            item = self.pictures.item(place)
            if item.icon().isNull():
                pixmap = self._thumbnails.of(item.data(Qt.ItemDataRole.UserRole))
                if pixmap is not None:
                    item.setIcon(QIcon(pixmap))

    def set_busy(self, busy: bool) -> None:
        """Disable undo while a job runs."""
        self._busy = busy
        self._enable()

    def _run(self) -> Run | None:
        item = self.runs.currentItem()
        run = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return run if isinstance(run, Run) else None

    def _selected(self) -> None:
        self._description = None
        self.targets.setText("")
        self._fill_pictures(())
        run = self._run()
        if run is not None:
            self.described.emit(run.id)
        self._enable()

    def _enable(self) -> None:
        run = self._run()
        self.back.setEnabled(run is not None and _can_go_back(run) and not self._busy)
        source = None if self._description is None else self._description.source
        self.repeat.setEnabled(source is not None and not self._busy)

    def _wanted(self) -> None:
        run = self._run()
        if run is not None:
            self.set_busy(True)
            self.words.setText(tr("Putting back …"))
            self.undo.emit(run.id)

    def _repeat(self) -> None:
        run = self._run()
        if run is not None and self._description is not None:
            self.accept()
            self.repeated.emit(self._description.source, run.mode)


def _can_go_back(run: Run) -> bool:
    return run.files > 0 and run.state is not RunState.UNDONE


def _when(started_at: datetime) -> str:
    return date_and_time(started_at.astimezone())


def _what(run: Run) -> str:
    """Describe a run: `3 photos moved`; for companions that came later, `2 files moved`."""
    number = files(run.files) if run.files and not run.moved else photos(run.moved)
    done = tr(run.mode.words.done, run.moved or run.files)
    return tr("{photos} {done}").format(photos=number, done=done)
