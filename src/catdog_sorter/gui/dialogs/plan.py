"""Shows the plan of a sort before it is applied: every move, and the options that change it.

Decides nothing about where photos go: the plan on show is the plan that is applied.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.panels import button, named, named_problems
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import UNREADABLE
from catdog_sorter.moving.modes import FOLDER_MODES, Mode
from catdog_sorter.moving.plan import Plan, Reason
from catdog_sorter.text import shown

Index = QModelIndex | QPersistentModelIndex


class MovesModel(QAbstractTableModel):
    """The moves of a plan: label, from, to."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, Path, Path]] = []

    def show_plan(self, plan: Plan) -> None:
        self.beginResetModel()
        self._rows = [(g.label.value, m.source, m.target) for g in plan.groups for m in g.moves]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 3

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("label"), tr("from"), tr("to"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, source, target = self._rows[index.row()]
        texts = (label_word(label), shown(source), shown(target))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return texts[index.column()]
        return None


class PlanDialog(QDialog):
    """Asks before photos move.

    Signals:
        asked: Requests a plan for other `Preferences`.
        agreed: Carries the `Plan` to apply and its `Preferences`.
    """

    asked = Signal(object)
    agreed = Signal(object, object)

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sort"))
        self.resize(860, 560)
        self.preferences = preferences
        self.plan: Plan | None = None
        self._totals = QLabel(tr("Planning …"), wordWrap=True)
        self._totals.setTextFormat(Qt.TextFormat.PlainText)
        self.moves = MovesModel()
        self.table = _table(self.moves)
        self.go = button(tr("Move"), primary=True)
        self.go.setEnabled(False)
        self.go.setDefault(True)
        cancel = button(tr("Cancel"))
        self.go.clicked.connect(self._agree)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Nothing has been moved yet."), wordWrap=True), 1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.addLayout(self._choosers())
        column.addWidget(self._totals)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def _choosers(self) -> QHBoxLayout:
        self.mode = named(QComboBox(), tr("What to do with the photos"))
        for mode in FOLDER_MODES:
            self.mode.addItem(tr(mode.words.choice), mode)
        self.mode.setCurrentIndex(self.mode.findData(self.preferences.mode))
        self.target = named(QComboBox(), tr("Where the folders are made"))
        self.target.addItem(tr("in the folder each photo came from"), None)
        if self.preferences.into is not None:
            self._add_target(self.preferences.into)
        self.target.addItem(tr("in another folder …"), "choose")
        self.flat = QCheckBox(tr("without sub-folders"))
        self.flat.setChecked(self.preferences.flat)
        self.mode.currentIndexChanged.connect(self._changed)
        self.target.activated.connect(self._target_chosen)
        self.flat.toggled.connect(self._changed)
        row = QHBoxLayout()
        for part in (self.mode, self.target, self.flat):
            row.addWidget(part)
        row.addStretch()
        return row

    def set_target(self, folder: Path) -> None:
        """Make the label folders in this folder."""
        self._add_target(folder)
        self._changed()

    def _add_target(self, folder: Path) -> None:
        place = max(0, self.target.count() - 1) if self.target.count() > 1 else 1
        self.target.insertItem(place, tr("in {folder}").format(folder=shown(folder)), folder)
        self.target.setCurrentIndex(place)

    def _target_chosen(self) -> None:
        if self.target.currentData() != "choose":
            self._changed()
            return
        self.target.setCurrentIndex(0)
        picker = QFileDialog(self, tr("Where to make the folders"))
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.fileSelected.connect(lambda name: self.set_target(Path(name)))
        picker.open()

    def _changed(self) -> None:
        into = self.target.currentData()
        self.preferences = replace(
            self.preferences,
            mode=Mode(self.mode.currentData()),
            into=into if isinstance(into, Path) else None,
            flat=self.flat.isChecked(),
        )
        self.go.setEnabled(False)
        self._totals.setText(tr("Planning …"))
        self.asked.emit(self.preferences)

    def show_planned(self, planned: messages.Planned) -> None:
        """Show a plan."""
        self.plan = planned.plan
        self.moves.show_plan(planned.plan)
        self._totals.setText(described(planned, self.preferences))
        number = len(planned.plan.groups)
        words = f"{tr(self.preferences.mode.words.verb)} {photos(number)}"
        self.go.setText(words)
        self.go.setAccessibleName(words)
        self.go.setEnabled(number > 0)
        if number:
            self.go.setFocus()

    def _agree(self) -> None:
        if self.plan is not None:
            self.accept()
            self.agreed.emit(self.plan, self.preferences)


def described(planned: messages.Planned, preferences: Preferences) -> str:
    """Summarise a plan: how many photos of each label go where, and why the others stay."""
    plan = planned.plan
    lines = []
    moving = Counter((group.label, preferences.folders[group.label]) for group in plan.groups)
    for (label, folder), number in moving.items():
        line = tr("{photos} of {label} to “{folder}”")
        lines.append(
            line.format(photos=photos(number), label=label_word(label), folder=shown(folder))
        )
    files = sum(len(group.moves) - 1 for group in plan.groups)
    if files:
        lines.append(tr("With {n} companion files").format(n=files))
    reasons = Counter(skip.reason for skip in plan.skips)
    stays = {tr(reason.words): reasons[reason] for reason in Reason}
    stays[tr(UNREADABLE)] = planned.totals.unreadable
    left = [f"{number:,} {words}" for words, number in stays.items() if number]
    if left:
        lines.append(tr("Not sorted: {list}").format(list="; ".join(left)))
    lines += named_problems(
        [
            (path, tr("a link leads here: {link}").format(link=shown(link)))
            for path, link in planned.linked
        ]
    )
    return "\n".join(lines) or tr("There is nothing to sort.")


def _table(model: QAbstractTableModel) -> QTreeView:
    table = named(QTreeView(), tr("What goes where"))
    table.setModel(model)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setAlternatingRowColors(True)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    header = table.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(0, 90)
    return table
