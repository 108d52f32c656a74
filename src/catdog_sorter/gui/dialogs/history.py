"""Lists earlier runs, with a button that undoes one.

Shows and emits signals; the worker process undoes.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import date_and_time, photos, tr
from catdog_sorter.gui.widgets import button, fit_to_screen, table_of
from catdog_sorter.moving.journal import Run, RunState
from catdog_sorter.text import shown


class HistoryDialog(QDialog):
    """Earlier runs, the latest first; the signal `undo` carries the number of the run to undo."""

    undo = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("History"))
        fit_to_screen(self, 720, 420)
        self._busy = False
        self.words = QLabel(tr("Reading the history …"), wordWrap=True)
        self.runs = table_of(
            tr("Earlier runs, the latest first"),
            [tr("when"), tr("what"), tr("state"), tr("command")],
        )
        self.back = button(
            tr("Put these photos back"), tr("Put everything of this run back where it was")
        )
        close = button(tr("Close"))
        self.runs.itemSelectionChanged.connect(self._selected)
        self.back.clicked.connect(self._wanted)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.runs, 1)
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
            tr("Every run can be put back. What was changed since is left alone and named.")
            if runs
            else tr("No photos have been sorted yet.")
        )
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Disable undo while a job runs."""
        self._busy = busy
        self._selected()

    def _run(self) -> Run | None:
        item = self.runs.currentItem()
        run = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return run if isinstance(run, Run) else None

    def _selected(self) -> None:
        run = self._run()
        self.back.setEnabled(run is not None and _can_go_back(run) and not self._busy)

    def _wanted(self) -> None:
        run = self._run()
        if run is not None:
            self.set_busy(True)
            self.words.setText(tr("Putting back …"))
            self.undo.emit(run.id)


def _can_go_back(run: Run) -> bool:
    return run.moved > 0 and run.state is not RunState.UNDONE


def _when(started_at: datetime) -> str:
    return date_and_time(started_at.astimezone())


def _what(run: Run) -> str:
    return f"{photos(run.moved)} {tr(run.mode.words.done)}"
