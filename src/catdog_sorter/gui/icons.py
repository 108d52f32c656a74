"""The icons of buttons and menus: lines in the colour of the text beside them.

Decides how each looks. A name in `_PATHS` is drawn on a square of 24 units.
"""

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

_PATHS = {
    "folder": "M3 6h6l2 3h10v10H3z",
    "photo": "M3 5h18v14H3z M3 16l5-5 4 4 3-3 6 6 M15.5 9.5h.01",
    "clear": "M6 6l12 12 M18 6L6 18",
    "review": "M2 12c4-7 16-7 20 0-4 7-16 7-20 0z M12 9a3 3 0 1 0 .01 0",
    "history": "M12 3a9 9 0 1 1-8 5 M3 3v5h5 M12 7v5l4 2",
    "learn": "M2 9l10-5 10 5-10 5z M6 11.5V16c3 3 9 3 12 0v-4.5",
    "settings": "M4 7h9 M17 7h3 M15 5v4 M4 17h3 M11 17h9 M9 15v4",
    "sort": "M3 5h18 M6 12h12 M10 19h4",
    "stop": "M6 6h12v12H6z",
    "go on": "M7 4l12 8-12 8z",
    "report": "M6 3h9l4 4v14H6z M9 12h7 M9 16h7",
    "watch": "M3 6h6l2 3h10v10H3z M12 12.5v3l2 1",
    "undo": "M9 5L4 10l5 5 M4 10h10a6 6 0 0 1 0 11h-2",
    "previous": "M15 5l-7 7 7 7",
    "next": "M9 5l7 7-7 7",
    "zoom in": "M5 12h14 M12 5v14",
    "zoom out": "M5 12h14",
}
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="{path}"/></svg>'
)
ICONS = tuple(_PATHS)
_ON_ACCENT = QPalette.ColorRole.HighlightedText


class _Engine(QIconEngine):
    """Draws an icon in the current colours each time it is painted."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = _colour(mode, self._role if state is QIcon.State.Off else _ON_ACCENT)
        _renderer(self._name, colour).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """Make the icon of this name in `ICONS`; `on_accent` for the primary button."""
    return QIcon(_Engine(name, _ON_ACCENT if on_accent else QPalette.ColorRole.ButtonText))


def _colour(mode: QIcon.Mode, role: QPalette.ColorRole) -> QColor:
    """A disabled button has no accent colour behind its icon."""
    palette = QGuiApplication.palette()
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    return palette.color(role)


def _renderer(name: str, colour: QColor) -> QSvgRenderer:
    svg = _SVG.format(colour=colour.name(), path=_PATHS[name])
    return QSvgRenderer(QByteArray(svg.encode()))
