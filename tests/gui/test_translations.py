"""The texts of the window are in the user's language."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QTranslator
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from catdog_sorter.gui import i18n
from catdog_sorter.gui.dialogs.settings import SettingsDialog, described
from catdog_sorter.gui.i18n import date_and_time, files, photos, share
from catdog_sorter.gui.photos import grid
from catdog_sorter.gui.photos.grid import MAX_PICTURE_SIDE, MIN_PICTURE_SIDE, PICTURE_SIDE
from catdog_sorter.gui.preferences import Preferences, load, save, stored
from catdog_sorter.gui.window import Window
from catdog_sorter.gui.worker.messages import About
from catdog_sorter.languages import LANGUAGES, VARIABLE, catalogue
from tests.support.windows import drop, idle

MENUS = ("&File", "&Edit", "&Photo", "&View", "&Help")


@pytest.fixture
def speak(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Sets the language of windows that a test opens."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(i18n._Spoken, "texts", i18n._Spoken.texts)
    before = set(qapp.findChildren(QTranslator))
    yield lambda *languages: i18n.install(qapp, *languages)
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
    assert date_and_time(datetime(2024, 12, 31, 18, 30)) == "31.12.2024 18:30"


def test_a_requested_language_overrides_the_environment_and_the_settings(
    speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "fr")
    speak(None, "de")
    assert i18n.language() == "fr"
    speak("ja", "de")
    assert i18n.language() == "ja"


def test_a_models_description_is_in_the_language(speak) -> None:
    speak("de")
    assert described(About(is_shipped=True, architecture="net", accuracy=0.995)) == (
        "Gehört zum Programm. (net)\n"
        "Bei 99,5\N{NO-BREAK SPACE}% seiner Testfotos hat es Katze und Hund richtig unterschieden."
    )
    assert described(About(is_shipped=False, problem="The file is empty.")) == "Die Datei ist leer."


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
def test_the_windows_texts_are_translated_and_fit(
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


def test_the_ring_of_a_japanese_tile_never_meets_its_label_or_number(
    speak, open_window, qtbot, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`neither` is a long word in Japanese; without room for the ring, it is left out."""
    speak("ja")
    window = open_window()
    drop(window, pictures)
    idle(qtbot, window)
    rings: dict[str, QRectF] = {}
    monkeypatch.setattr(
        grid, "paint_ring", lambda _, place, row, __: rings.update({row.path.name: place})
    )
    tiles = window.grid._tiles
    metrics = window.grid.fontMetrics()
    bold = QFont(window.grid.font())
    bold.setBold(True)
    shown = []
    for side in (MIN_PICTURE_SIDE, PICTURE_SIDE, MAX_PICTURE_SIDE):
        rings.clear()
        window.grid.set_side(side)
        tiles_painted(window)
        for row in window.model.rows:
            if (place := rings.get(row.path.name)) is None:
                continue
            tile = window.grid.visualRect(window.model.index_of(row.path))
            left = tile.center().x() - tiles.tile.width() // 2
            word = QFontMetrics(bold).horizontalAdvance(catalogue("ja").tr(row.kind))
            assert place.left() >= left + word, (side, row.kind)
            said = metrics.horizontalAdvance(share(row.confidence))
            assert place.right() + said <= tile.right(), (side, row.kind)
        shown.append(set(rings))
    # At which size a ring has room depends on the fonts of this computer.
    assert shown[0] <= shown[1] <= shown[2]
    assert "d.png" not in shown[0], "neither"
    assert {"a.png", "d.png"} <= shown[2]


def tiles_painted(window: Window) -> None:
    """Paint every tile, including those that are not visible."""
    option = QStyleOptionViewItem()
    option.initFrom(window.grid)
    picture = QPixmap(window.grid.size())
    painter = QPainter(picture)
    for row in window.model.rows:
        index = window.model.index_of(row.path)
        option.rect = window.grid.visualRect(index)
        window.grid.itemDelegate().paint(painter, option, index)
    painter.end()
