"""Translation and formatting of the window's texts."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from catdog_sorter import languages

# The names of Qt's own catalogues that differ from the language's.
_OF_QT = {"pt": "pt_BR"}


class _Spoken:
    """The current language; one per process, as there is one application."""

    texts = languages.catalogue("en")


def install(app: QCoreApplication, asked: str | None, preferred: str | None = None) -> None:
    """Set the language of the window and of Qt's dialogs.

    Args:
        app: The application.
        asked: The language; None for the preferred one.
        preferred: The language of the preferences, which the environment overrides.
    """
    code = asked or languages.chosen(preferred, QLocale.system().uiLanguages())
    _Spoken.texts = languages.catalogue(code)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    file = Path(folder, f"qtbase_{_OF_QT.get(code, code)}.qm")
    translator = QTranslator(app)
    if file.is_file() and translator.load(str(file)):
        app.installTranslator(translator)


def language() -> str:
    """The language of the window."""
    return _Spoken.texts.code


def tr(text: str, number: int | None = None) -> str:
    """Return the text in the user's language; in English without a translation.

    Args:
        text: The English text.
        number: The number that the plural form depends on, if the text contains one.
    """
    return _Spoken.texts.tr(text, number)


def problem(sentence: str) -> str:
    """Translate a sentence of the program, which may contain names and numbers."""
    return _Spoken.texts.problem(sentence)


def grouped(number: int) -> str:
    """`1,200`."""
    return _Spoken.texts.number(number)


def decimal(number: float) -> str:
    """`2.1`."""
    return f"{number:.1f}".replace(".", _Spoken.texts.language.decimal)


def photos(number: int) -> str:
    """`1 photo`, `1,200 photos`."""
    text = tr("1 photo") if number == 1 else tr("{number} photos", number)
    return text.format(number=grouped(number))


def files(number: int) -> str:
    """`1 file`, `1,200 files`."""
    text = tr("1 file") if number == 1 else tr("{number} files", number)
    return text.format(number=grouped(number))


def label_word(kind: str) -> str:
    """The translated name of a label, or of the lack of one."""
    return tr(kind)


def share(p: float) -> str:
    """Format a probability (0 to 1)."""
    return _Spoken.texts.percent(p)


def date_and_time(moment: datetime) -> str:
    """Format a local time: `2024-12-31 18:30`."""
    return _Spoken.texts.date_and_time(moment)


def duration(seconds: float) -> str:
    """Format a duration: `12 s`, `5 min`, `2 h`."""
    if seconds < 90:
        return tr("{n} s").format(n=max(1, round(seconds)))
    if seconds < 5400:
        return tr("{n} min").format(n=round(seconds / 60))
    return tr("{n} h").format(n=round(seconds / 3600))


def file_size(size_bytes: int) -> str:
    """Format a size: `34 KB`, `2.1 MB`."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} KB"
    return f"{decimal(size_bytes / 1_000_000)} MB"
