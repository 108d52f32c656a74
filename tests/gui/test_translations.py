"""The window speaks the user's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from catdog_sorter.gui import i18n
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.i18n import files, photos, share
from catdog_sorter.gui.preferences import Preferences, load, save, stored
from catdog_sorter.gui.window import Window
from catdog_sorter.languages import LANGUAGES, VARIABLE, catalogue
from tests.support.windows import drop, idle

MENUS = ("&File", "&Edit", "&Photo", "&View", "&Help")


@pytest.fixture
def speak(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Lets windows that are made in the test speak a language."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(i18n._Spoken, "texts", i18n._Spoken.texts)
    before = set(qapp.findChildren(QTranslator))
    yield lambda language: i18n.install(qapp, language)
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_numbers_are_spelled_in_the_language(speak) -> None:
    assert (photos(1), photos(2), files(1), files(1200)) == (
        *("1 photo", "2 photos", "1 file", "1,200 files"),
    )
    speak("de")
    assert (photos(0), photos(1), photos(2)) == ("0 Fotos", "1 Foto", "2 Fotos")
    assert (files(1), files(1200)) == ("1 Datei", "1.200 Dateien")
    assert share(0.5) == "50,0\N{NO-BREAK SPACE}%"


def test_the_language_is_chosen_in_the_settings(qtbot, window: Window) -> None:
    dialog = SettingsDialog(window.preferences, window)
    assert dialog.language.currentData() is None
    dialog.language.setCurrentIndex(dialog.language.findText("Deutsch"))
    with qtbot.waitSignal(dialog.chosen) as given:
        dialog.ok.click()
    save(stored(), given.args[0])
    assert load(stored()).language == "de"
    assert Preferences().language is None


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_window_speaks_the_language_and_fits(
    language: str, speak, open_window, qtbot, pictures: Path
) -> None:
    speak(language)
    words = catalogue(language)
    window = open_window()
    window.resize(1366, 700)
    assert [action.text() for action in window.menuBar().actions()] == list(map(words.tr, MENUS))
    drop(window, pictures)
    idle(qtbot, window)
    assert (window.width(), window.height()) == (1366, 700)
    assert window.minimumSizeHint().width() <= 1366
    assert words.tr("cat") in window.activity.words.text()
    assert window.sort.text() == words.tr("Sort …")
