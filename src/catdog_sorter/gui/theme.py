"""Colours of the window, light and dark; follows the system unless the user chose.

Decides how things look, never what is shown.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from catdog_sorter.gui.photos.rows import PENDING
from catdog_sorter.labels import UNREADABLE, Label


class Theme(StrEnum):
    """The user's choice of colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_LIGHT = {
    "Window": "#f5f5f7",
    "WindowText": "#1c1c1e",
    "Base": "#ffffff",
    "AlternateBase": "#f0f0f3",
    "Text": "#1c1c1e",
    "Button": "#ececf0",
    "ButtonText": "#1c1c1e",
    "BrightText": "#b3261e",
    "Highlight": "#2f6fde",
    "HighlightedText": "#ffffff",
    "PlaceholderText": "#5f6066",
    "ToolTipBase": "#ffffff",
    "ToolTipText": "#1c1c1e",
    "Link": "#1f5ac0",
    "Accent": "#2f6fde",
    "Mid": "#c9c9d0",
    "Light": "#ffffff",
    "Midlight": "#e3e3e8",
    "Dark": "#a4a4ac",
    "Shadow": "#8a8a92",
}
_DARK = {
    "Window": "#1f2023",
    "WindowText": "#ececee",
    "Base": "#17181a",
    "AlternateBase": "#232428",
    "Text": "#ececee",
    "Button": "#2e2f34",
    "ButtonText": "#ececee",
    "BrightText": "#ff8a80",
    "Highlight": "#4c8bf5",
    "HighlightedText": "#ffffff",
    "PlaceholderText": "#a6a7ad",
    "ToolTipBase": "#2e2f34",
    "ToolTipText": "#ececee",
    "Link": "#8ab4f8",
    "Accent": "#4c8bf5",
    "Mid": "#46474d",
    "Light": "#3a3b40",
    "Midlight": "#34353a",
    "Dark": "#121315",
    "Shadow": "#000000",
}
# Dark enough for white text; the word on it distinguishes labels without colour.
LABEL_COLOURS = {
    Label.CAT: "#b4530a",
    Label.DOG: "#1f62b5",
    Label.BOTH: "#7a3fa8",
    Label.NEITHER: "#5c626b",
    Label.UNSURE: "#8a6d00",
    UNREADABLE: "#b3261e",
    PENDING: "#7c8088",
}


def apply(theme: Theme) -> None:
    """Apply palette and style sheet to the application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setPalette(_palette(_DARK if is_dark(theme) else _LIGHT))
    app.setStyleSheet(_SHEET)


def is_dark(theme: Theme) -> bool:
    """Whether this choice means dark colours now."""
    hints = QApplication.styleHints()
    return theme is Theme.DARK or (
        theme is Theme.SYSTEM and hints.colorScheme() == Qt.ColorScheme.Dark
    )


def label_colour(kind: str) -> QColor:
    """The colour of a label."""
    return QColor(LABEL_COLOURS[kind])


def _palette(colours: dict[str, str]) -> QPalette:
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(getattr(QPalette.ColorRole, name), QColor(colour))
    faint = QColor(colours["PlaceholderText"])
    faint.setAlphaF(0.6)
    for role in ("WindowText", "Text", "ButtonText"):
        palette.setColor(QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, role), faint)
    return palette


_SHEET = """
QPushButton { padding: 6px 14px; border: 1px solid palette(mid); border-radius: 6px;
              background: palette(button); color: palette(button-text); }
QPushButton:hover { background: palette(midlight); }
QPushButton:checked { background: palette(highlight); color: palette(highlighted-text);
                      border-color: palette(highlight); }
QPushButton:focus { border: 2px solid palette(highlight); padding: 5px 13px; }
QPushButton:checked:focus { border-color: palette(window-text); }
QPushButton:disabled { color: palette(mid); }
QPushButton[primary="true"] { background: palette(highlight); color: palette(highlighted-text);
                              border-color: palette(highlight); font-weight: bold; }
QPushButton[primary="true"]:focus { border-color: palette(window-text); }
QPushButton[primary="true"]:disabled { background: palette(button); color: palette(mid);
                                       border-color: palette(mid); }
QListView, QTreeView, QGraphicsView { border: 1px solid palette(mid); border-radius: 6px; }
QFrame#banner { background: palette(alternate-base); border: 1px solid palette(mid);
                border-radius: 6px; }
QFrame#banner[problem="true"] { border: 2px solid #b3261e; }
QFrame#drop { border: 2px dashed palette(mid); border-radius: 14px; background: palette(base); }
QFrame#drop[over="true"] { border: 2px dashed palette(highlight);
                           background: palette(alternate-base); }
QProgressBar { border: 1px solid palette(mid); border-radius: 5px; background: palette(base);
               max-height: 10px; }
QProgressBar::chunk { background: palette(highlight); border-radius: 4px; }
"""
