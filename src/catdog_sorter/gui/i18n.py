"""Translation and formatting of the window's texts."""

import locale
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from catdog_sorter.text import percent

CONTEXT = "catdog-sorter"


def tr(text: str, number: int = -1) -> str:
    """The text in the user's language, where a translation is installed.

    Args:
        text: The English text.
        number: What the form of its words depends on, where it tells of so many photos.
    """
    return QCoreApplication.translate(CONTEXT, text, None, number)


def photos(number: int) -> str:
    """`1 photo`, `1,200 photos`."""
    text = tr("1 photo") if number == 1 else tr("{number} photos", number)
    return text.format(number=f"{number:,}")


def files(number: int) -> str:
    """`1 file`, `1,200 files`."""
    text = tr("1 file") if number == 1 else tr("{number} files", number)
    return text.format(number=f"{number:,}")


def label_word(kind: str) -> str:
    """What a label, or the lack of one, is called in the window: its own word, translated."""
    return tr(kind)


def share(p: float) -> str:
    """Format a probability (0 to 1)."""
    return percent(p)


def date_and_time(moment: datetime) -> str:
    """Format a local time as the system does: `31/12/2024 18:30`."""
    return moment.strftime("%x %H:%M" if locale.getlocale()[0] else "%Y-%m-%d %H:%M")


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
    return f"{size_bytes / 1_000_000:.1f} MB"
