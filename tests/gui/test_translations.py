"""Every language says everything, and the window speaks it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from catdog_sorter.gui import languages
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.i18n import CONTEXT, files, photos
from catdog_sorter.gui.preferences import Preferences, load, save, stored
from catdog_sorter.gui.window import Window
from tests.support.windows import drop, idle
from tools import translations

ADVICE = "Run `python tools/translations.py` and translate what it marks as unfinished."
LANGUAGES = [language for language in languages.NAMES if language != "en"]
MENUS = ("&File", "&Edit", "&Photo", "&View", "&Help")


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[object]:
    """Lets windows that are made in the test speak a language."""
    before = set(qapp.findChildren(QTranslator))
    yield lambda language: languages.install(qapp, language)
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def catalogue(language: str) -> Path:
    return languages.CATALOGUES / f"{language}.ts"


def marks(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}|\(\*\.\w+\)|`[^`]+`", text))


def test_every_catalogue_belongs_to_a_language() -> None:
    for suffix in (".ts", ".qm"):
        assert {file.stem for file in languages.CATALOGUES.glob(f"*{suffix}")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_everything_and_loses_no_placeholder(language: str) -> None:
    known = translations.read(catalogue(language))
    wanted = translations.texts()
    assert list(known) == list(wanted), ADVICE
    assert "unfinished" not in catalogue(language).read_text("utf-8"), ADVICE
    for text, forms in known.items():
        number = 2 if wanted[text] and language not in translations.ONE_FORM else 1
        assert len(forms) == number and all(forms), f"{text}: {ADVICE}"
        assert all(marks(form) == marks(text) for form in forms), text
        assert all(form.count("\n") == text.count("\n") for form in forms), text
    keys = [re.search("&(.)", known[menu][0]) for menu in MENUS]
    assert len({key[1].lower() for key in keys if key}) == len(MENUS), "Two menus share a key."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_says_what_the_catalogue_says(language: str, qapp: QApplication) -> None:
    compiled = QTranslator()
    assert compiled.load(str(catalogue(language).with_suffix(".qm")))
    for text, forms in translations.read(catalogue(language)).items():
        for number, form in zip((1, 2), forms, strict=False):
            found = compiled.translate(CONTEXT, text, "", number if len(forms) > 1 else -1)
            assert (found or text) == form, ADVICE


def test_the_forms_of_a_number(speak) -> None:
    assert (photos(1), photos(2), files(1), files(1200)) == (
        *("1 photo", "2 photos", "1 file", "1,200 files"),
    )
    speak("de")
    assert (photos(0), photos(1), photos(2)) == ("0 Fotos", "1 Foto", "2 Fotos")
    assert (files(1), files(1200)) == ("1 Datei", "1,200 Dateien")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["de-AT", "en"], "de"),
        (["", "", "en-GB", "de-DE"], "en"),
        (["xx", "de_DE"], "de"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_there_is_counts(wanted: list[str], language: str) -> None:
    assert languages.best(wanted) == language


def test_the_environment_counts_before_the_preference_and_that_before_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(languages.VARIABLE, raising=False)
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["de-DE"])
    assert languages.chosen(None) == "de"
    assert languages.chosen("en") == "en"
    monkeypatch.setenv(languages.VARIABLE, "de")
    assert languages.chosen("en") == "de"


def test_the_language_is_chosen_in_the_settings(qtbot, window: Window) -> None:
    dialog = SettingsDialog(window.preferences, window)
    assert dialog.language.currentData() is None
    dialog.language.setCurrentIndex(dialog.language.findText("Deutsch"))
    with qtbot.waitSignal(dialog.chosen) as given:
        dialog.ok.click()
    save(stored(), given.args[0])
    assert load(stored()).language == "de"
    assert Preferences().language is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_speaks_the_language_and_fits(
    language: str, speak, open_window, qtbot, pictures: Path
) -> None:
    speak(language)
    known = translations.read(catalogue(language))
    window = open_window()
    window.resize(1366, 700)
    assert [action.text() for action in window.menuBar().actions()] == [
        known[menu][0] for menu in MENUS
    ]
    drop(window, pictures)
    idle(qtbot, window)
    assert (window.width(), window.height()) == (1366, 700)
    assert window.minimumSizeHint().width() <= 1366
    assert known["cat"][0] in window.activity.words.text()
    assert window.sort.text() == known["Sort …"][0]
