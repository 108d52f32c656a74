"""Model, folder names and theme. Stores nothing itself."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter import languages
from catdog_sorter.design import Theme
from catdog_sorter.gui.i18n import label_word, problem, share, tr
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.widgets import TickBox, button, fit_to_screen, named, scrolled
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label, is_folder_name
from catdog_sorter.model.registry import DEFAULT_MODEL
from catdog_sorter.photos.left_alone import kind_of_target
from catdog_sorter.text import shown


class SettingsDialog(QDialog):
    """Edits the preferences; the signal `chosen` carries the new ones."""

    chosen = Signal(object)

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self._preferences = preferences
        self._models: messages.Models | None = None
        form = QFormLayout()
        self.model = named(QComboBox(), tr("Model"))
        self.about = QLabel(wordWrap=True)
        form.addRow(tr("Model"), self.model)
        form.addRow("", self.about)
        self._add_folders(form)
        self.theme = named(QComboBox(), tr("Colours"))
        for theme in Theme:
            self.theme.addItem(tr(theme.words), theme)
        self.theme.setCurrentIndex(self.theme.findData(preferences.theme))
        form.addRow(tr("Colours"), self.theme)
        self.videos = TickBox(tr("videos"))
        can_read = find_spec("av") is not None
        self.videos.setEnabled(can_read)
        self.videos.setChecked(preferences.videos and can_read)
        if not can_read:
            self.videos.setToolTip(tr("Run pip install 'catdog-sorter[video]' first."))
        form.addRow(tr("Include"), self.videos)
        self._add_languages(form)
        self.problem = QLabel(wordWrap=True)
        self.ok = button(tr("OK"), primary=True)
        self.ok.setDefault(True)
        cancel = button(tr("Cancel"))
        self.ok.clicked.connect(self._accept)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.problem, 1)
        row.addWidget(cancel)
        row.addWidget(self.ok)
        body = QWidget()
        body.setLayout(form)
        column = QVBoxLayout(self)
        column.addWidget(scrolled(body), 1)
        column.addLayout(row)
        fit_to_screen(self, 560, 440)
        self._check()

    def _add_languages(self, form: QFormLayout) -> None:
        self.language = named(QComboBox(), tr("Language"))
        self.language.addItem(tr("as the system"), None)
        for code, language in languages.LANGUAGES.items():
            self.language.addItem(language.name, code)
        stored = self.language.findData(self._preferences.language)
        self.language.setCurrentIndex(max(stored, 0))
        self.language.setToolTip(tr("Takes effect at the next start of the window"))
        form.addRow(tr("Language"), self.language)

    def _add_folders(self, form: QFormLayout) -> None:
        self.folders = {}
        for label in Label:
            word = tr("Folder for {label}").format(label=label_word(label))
            line = named(QLineEdit(self._preferences.folders.get(label, "")), word)
            line.setPlaceholderText(tr("none: these photos stay where they are"))
            line.textChanged.connect(self._check)
            form.addRow(word, line)
            self.folders[label] = line

    def show_models(self, models: messages.Models) -> None:
        """Fill in the available models."""
        self._models = models
        self.model.blockSignals(True)
        for name in models.about:
            is_standard = name == DEFAULT_MODEL
            self.model.addItem(tr("Standard") if is_standard else name, name)
        used = self._preferences.model or models.in_use
        if self.model.findData(used) < 0:  # given by its folder
            self.model.addItem(shown(used), used)
        self.model.setCurrentIndex(self.model.findData(used))
        self.model.blockSignals(False)
        self.model.currentIndexChanged.connect(self._describe)
        self._describe()

    def _describe(self) -> None:
        if self._models is not None and self.model.currentData():
            about = self._models.about.get(self.model.currentData())
            self.about.setText("" if about is None else described(about))

    def _check(self) -> None:
        wrong = [line.text() for line in self.folders.values() if not _is_fine(line.text())]
        named = any(line.text() for line in self.folders.values())
        self.ok.setEnabled(not wrong and named)
        if wrong:
            text = tr("“{name}” is not a valid folder name. Give a name below the target folder.")
            self.problem.setText(text.format(name=wrong[0]))
        else:
            self.problem.setText("" if named else tr("Name the folder of one label at least."))

    def _accept(self) -> None:
        models = self._models
        name = self.model.currentData() if models is not None else self._preferences.model
        in_use = models is not None and name == models.in_use
        names = {label: line.text() for label, line in self.folders.items()}
        self.accept()
        self.chosen.emit(
            replace(
                self._preferences,
                model=None if in_use else name,
                folders={label: name for label, name in names.items() if name},
                theme=Theme(self.theme.currentData()),
                videos=self.videos.isChecked(),
                language=self.language.currentData(),
            )
        )


def described(about: messages.About) -> str:
    """Describe a model: its origin and its accuracy, or why it cannot be used."""
    if about.problem:
        return problem(about.problem)
    origin = tr("It came with the program.") if about.is_shipped else tr("You trained or added it.")
    said = [f"{origin} ({about.architecture})"]
    if about.accuracy is not None:
        told = tr("It told cat from dog correctly in {share} of its test photos.")
        said.append(told.format(share=share(about.accuracy)))
    return "\n".join(said)


def _is_fine(name: str) -> bool:
    return not name or (is_folder_name(name) and not kind_of_target(PurePath(name)))
