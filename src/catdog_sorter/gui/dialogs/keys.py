"""All keys of the window on one sheet. Shows only."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from catdog_sorter.gui.i18n import tr
from catdog_sorter.gui.widgets import button, fit_to_screen, scrolled


class KeysDialog(QDialog):
    """A list of the keys and their actions."""

    def __init__(self, lines: Iterable[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, (key, does) in enumerate(lines):
            name = QLabel(key)
            font = name.font()
            font.setBold(True)
            name.setFont(font)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(QLabel(does, wordWrap=True), place, 1)
        self.area = scrolled(sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr("Keys"))
        close = button(tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.area, 1)
        column.addLayout(row)
        fit_to_screen(self, 460, 680)
        self.area.setFocus()
