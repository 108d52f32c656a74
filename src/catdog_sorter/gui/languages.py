"""The languages of the window, and which of them is used."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

VARIABLE = "CATDOG_SORTER_LANGUAGE"
# English, which needs no catalogue, and the language of each catalogue, as it calls itself.
NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ja": "日本語",
}
CATALOGUES = Path(__file__).with_name("translations")
# What Qt calls its own catalogue, where that is not the language.
_OF_QT = {"pt": "pt_BR"}


def chosen(preferred: str | None) -> str:
    """The language to show: of the environment, the preferred one, the system's, or English."""
    system = QLocale.system().uiLanguages()
    return best([os.environ.get(VARIABLE, ""), preferred or "", *system])


def best(wanted: Sequence[str]) -> str:
    """The first of these languages (`de`, `pt-BR`, `zh_CN`) that the window has, or English."""
    for name in wanted:
        code = name.replace("-", "_")
        language = code.partition("_")[0]
        if language == "zh":  # the catalogue is in simplified characters
            language = "zh" if "Hant" in code or code.endswith(("_TW", "_HK", "_MO")) else "zh_CN"
        if language in NAMES:
            return language
    return "en"


def install(app: QCoreApplication, language: str) -> None:
    """Translate the window, and Qt's own dialogs, from now on."""
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for file in (
        Path(qt, f"qtbase_{_OF_QT.get(language, language)}.qm"),
        CATALOGUES / f"{language}.qm",
    ):
        translator = QTranslator(app)
        if file.is_file() and translator.load(str(file)):
            app.installTranslator(translator)
