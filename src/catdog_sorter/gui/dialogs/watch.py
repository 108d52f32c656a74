"""Asks before a folder is watched, as photos are then sorted without another question."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from catdog_sorter.gui.i18n import label_word, tr
from catdog_sorter.gui.photos.details import OneLine
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.widgets import button, fit_to_screen, named
from catdog_sorter.text import shown


class WatchDialog(QDialog):
    """Chooses the folder to watch; the signal `agreed` carries it."""

    agreed = Signal(object)

    def __init__(self, folder: Path | None, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Watch a folder"))
        self.folder = folder
        self._preferences = preferences
        words = QLabel(
            tr(
                "New photos in this folder are sorted automatically while the window is open, and "
                "so are those that are there already. Every sort is in the history and can be "
                "undone."
            ),
            wordWrap=True,
        )
        self.where = named(OneLine(), tr("Folder to watch"))
        self.choose = button(tr("Choose a folder …"))
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        row.addWidget(self.choose)
        self.plan = QLabel(wordWrap=True)
        self.go = button(tr("Watch"), primary=True)
        self.go.setDefault(True)
        self.go.clicked.connect(self._agree)
        cancel = button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addLayout(row)
        column.addWidget(self.plan)
        column.addStretch()
        column.addLayout(buttons)
        fit_to_screen(self, 560, 260)
        self._show()

    def set_folder(self, folder: Path) -> None:
        """Propose this folder."""
        self.folder = folder
        self._show()

    def _show(self) -> None:
        self.go.setEnabled(self.folder is not None)
        self.where.setText(shown(self.folder) if self.folder else tr("No folder is chosen yet."))
        base = self._preferences.into or self.folder
        going = tr("{label} to {folder}")
        goals = [
            going.format(label=label_word(label), folder=shown(base / name if base else name))
            for label, name in self._preferences.folders.items()
        ]
        self.plan.setText("\n".join(goals))

    def _choose(self) -> None:
        picker = QFileDialog(self, tr("Choose a folder"), str(self.folder or Path.home()))
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.fileSelected.connect(lambda name: self.set_folder(Path(name)))
        picker.open()

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self.folder)
