"""Lists every correction, including earlier ones and those of missing photos.

Asks the worker process to delete corrections.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from catdog_sorter.gui.i18n import date_and_time, label_word, photos, problem, tr
from catdog_sorter.gui.widgets import button, fit_to_screen, table_of
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.text import shown


class CorrectionsDialog(QDialog):
    """All corrections, the latest first; emits `forgotten` when some were deleted."""

    forgotten = Signal()

    def __init__(self, worker: WorkerProcess, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Corrections"))
        self._worker = worker
        self.words = QLabel(tr("Reading the corrections …"), wordWrap=True)
        self.list = table_of(
            tr("Corrections, the latest first"), [tr("label"), tr("when"), tr("where it was")]
        )
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.forget = button(
            tr("Model's label"), tr("Remove the selected corrections; the photos stay")
        )
        close = button(tr("Close"))
        self.list.itemSelectionChanged.connect(self._selected)
        self.forget.clicked.connect(self._forget)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.forget)
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self._selected()
        fit_to_screen(self, 720, 420)
        worker.ask(messages.ListCorrections(), self._show, self._ended)

    def _show(self, events: list[Any]) -> None:
        if not isValid(self):  # closed by now
            return
        for event in events:
            if isinstance(event, messages.AllCorrections):
                self._fill(event)

    def _fill(self, event: messages.AllCorrections) -> None:
        self.list.clear()
        for correction in event.corrections:
            when = date_and_time(correction.corrected_at.astimezone())
            texts = [label_word(correction.label), when, shown(correction.path)]
            item = QTreeWidgetItem(texts)
            item.setToolTip(2, texts[2])
            item.setData(0, Qt.ItemDataRole.UserRole, correction.sha256)
            self.list.addTopLevelItem(item)
        number = len(event.corrections)
        self.words.setText(
            tr("{photos} corrected by you. A correction applies wherever the photo is.").format(
                photos=photos(number)
            )
            if number
            else tr("You have not corrected any photo yet. Select photos and press C, D, B or N.")
        )

    def _ended(self, end: messages.End) -> None:
        if isinstance(end, messages.Failed) and isValid(self):
            self.words.setText(problem(end.advice))

    def _selected(self) -> None:
        self.forget.setEnabled(bool(self.list.selectedItems()))

    def _forget(self) -> None:
        chosen = [item.data(0, Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]

        def ended(end: messages.End) -> None:
            self._ended(end)
            if isinstance(end, messages.Done) and isValid(self):
                self.forgotten.emit()

        self._worker.ask(messages.Forget(tuple(chosen)), self._show, ended)
