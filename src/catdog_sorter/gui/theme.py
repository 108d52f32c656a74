"""Colours of the window, light and dark; follows the system unless the user chose.

Decides how things look, never what is shown.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from catdog_sorter import design
from catdog_sorter.design import Theme

_HALF = 0.5


def apply(theme: Theme) -> None:
    """Apply palette and style sheet to the application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    colours = design.DARK if is_dark(theme) else design.LIGHT
    app.setPalette(_palette(colours))
    app.setStyleSheet(_SHEET % {name: getattr(colours, name) for name in _USED})


def is_dark(theme: Theme) -> bool:
    """Whether this choice gives dark colours now."""
    hints = QApplication.styleHints()
    return theme is Theme.DARK or (
        theme is Theme.SYSTEM and hints.colorScheme() == Qt.ColorScheme.Dark
    )


def label_colour(kind: str) -> QColor:
    """Return the background of a label's chip, for white text."""
    return QColor(design.CHIPS[kind])


def line_colour(kind: str, ground: QColor) -> QColor:
    """Return the colour of a label as a line or a ring on this background."""
    is_dark_ground = ground.lightnessF() < _HALF
    return QColor((design.CHIPS_ON_DARK if is_dark_ground else design.CHIPS)[kind])


def _palette(colours: design.Palette) -> QPalette:
    roles = {
        "Window": colours.ground,
        "WindowText": colours.ink,
        "Base": colours.paper,
        "AlternateBase": colours.tile,
        "Text": colours.ink,
        "Button": colours.tile,
        "ButtonText": colours.ink,
        "BrightText": colours.problem,
        "Highlight": colours.accent,
        "HighlightedText": colours.on_accent,
        "PlaceholderText": colours.soft,
        "ToolTipBase": colours.paper,
        "ToolTipText": colours.ink,
        "Link": colours.link,
        "Accent": colours.accent,
        "Mid": colours.line,
        "Midlight": colours.tile_over,
        "Light": colours.paper,
        "Dark": colours.line,
        "Shadow": colours.line,
    }
    palette = QPalette()
    for name, colour in roles.items():
        if hasattr(QPalette.ColorRole, name):
            palette.setColor(getattr(QPalette.ColorRole, name), QColor(colour))
    for role in ("WindowText", "Text", "ButtonText"):
        palette.setColor(
            QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, role), QColor(colours.soft)
        )
    return palette


_USED = ("problem", "faint", "line", "soft")
_SHEET = """
QPushButton { padding: 6px 14px; border: 1px solid palette(mid); border-radius: 6px;
              background: palette(button); color: palette(button-text); }
QPushButton[compact="true"] { padding: 5px 8px; }
QPushButton[link="true"] { border: none; background: transparent; color: palette(link); }
QPushButton:hover { background: palette(midlight); }
QPushButton:checked { background: palette(highlight); color: palette(highlighted-text);
                      border-color: palette(highlight); }
QPushButton:focus { border: 2px solid palette(highlight); padding: 5px 13px; }
QPushButton[compact="true"]:focus { padding: 4px 7px; }
QPushButton:checked:focus { border-color: palette(window-text); }
QPushButton:disabled { color: %(soft)s; border: 1px dashed %(faint)s; background: transparent; }
QPushButton[primary="true"] { background: palette(highlight); color: palette(highlighted-text);
                              border-color: palette(highlight); font-weight: bold; }
QPushButton[primary="true"]:focus { border-color: palette(window-text); }
QPushButton[primary="true"]:disabled { background: transparent; color: %(soft)s;
                                       border: 1px dashed %(faint)s; }
QListView, QTreeView, QGraphicsView { border: 1px solid %(line)s; border-radius: 6px; }
QGraphicsView#review { background: palette(window); }
QListView:focus, QTreeView:focus, QGraphicsView:focus { border: 2px solid palette(highlight); }
QFrame#banner, QFrame#toast { background: palette(alternate-base); border: 1px solid palette(mid);
                border-radius: 6px; }
QFrame#toast { background: palette(window-text); border: none; }
QFrame#toast QLabel { color: palette(window); }
QFrame#banner[problem="true"] { border: 2px solid %(problem)s; }
QLabel#warning { color: %(problem)s; font-weight: bold; }
QFrame#column { border: 1px solid %(faint)s; border-radius: 6px; }
QFrame#drop { border: 2px dashed palette(mid); border-radius: 14px; background: palette(base); }
QFrame#drop[over="true"] { border: 2px dashed palette(highlight);
                           background: palette(alternate-base); }
QLineEdit { border: 1px solid %(line)s; border-radius: 5px; padding: 4px 6px;
            background: palette(base); }
QLineEdit:focus { border: 2px solid palette(highlight); padding: 3px 5px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: %(line)s; }
QSlider::sub-page:horizontal { border-radius: 2px; background: palette(highlight); }
QSlider::handle:horizontal { width: 14px; margin: -6px 0; border-radius: 8px;
                             border: 1px solid palette(base); background: palette(highlight); }
QSlider::handle:horizontal:focus { border: 2px solid palette(window-text); }
QProgressBar { border: 1px solid palette(mid); border-radius: 5px; background: palette(base);
               max-height: 10px; }
QProgressBar::chunk { background: palette(highlight); border-radius: 4px; }
"""
