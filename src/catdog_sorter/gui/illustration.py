"""One picture of what the program does: photos of a folder, and the folders they go to.

Draws it from the example photos; touches no other photo.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from catdog_sorter.gui.i18n import label_word, tr
from catdog_sorter.gui.theme import label_colour
from catdog_sorter.gui.widgets import named
from catdog_sorter.labels import Label
from catdog_sorter.moving.sort import DEFAULT_FOLDERS
from catdog_sorter.storage.locations import example_photos

_SIDE = 46
_GAP = 6
_HEIGHT = 138
_WIDTH = 620
_SHOWS = {
    "portrait.jpg": Label.CAT,
    "walk.jpg": Label.DOG,
    "two-friends.jpg": Label.BOTH,
    "wool.jpg": Label.CAT,
    "branch.jpg": Label.NEITHER,
    "breakfast.jpg": Label.NEITHER,
}


class Illustration(QWidget):
    """The example photos on the left, an arrow, and the folders that they go to on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._photos = [(_SHOWS[path.name], _square(path)) for path in example_photos()]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(
            self,
            tr(
                "Photos of cats go to a folder for cats, dogs to one for dogs, photos of both to a "
                "third, and all others stay where they are."
            ),
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(max(0, (self.width() - _WIDTH) // 2), 0)
        block = 3 * (_SIDE + _GAP) + _GAP
        self._paint_folder(
            painter, QRect(0, 0, block, _HEIGHT), tr("your folder"), self._photos, 3, None
        )
        self._paint_arrow(painter, block + 14, _HEIGHT // 2 + 8)
        x = block + 76
        for label in DEFAULT_FOLDERS:
            own = [photo for photo in self._photos if photo[0] is label]
            place = QRect(x, 0, _SIDE + 2 * _GAP + 28, _HEIGHT)
            self._paint_folder(painter, place, label_word(label), own, 1, label)
            x += place.width() + 8
        rest = [photo for photo in self._photos if photo[0] not in DEFAULT_FOLDERS]
        place = QRect(x, 0, _WIDTH - x, _HEIGHT)
        self._paint_folder(painter, place, tr("stay"), rest, 1, Label.NEITHER)

    def _paint_folder(
        self,
        painter: QPainter,
        place: QRect,
        name: str,
        photos: Sequence[tuple[Label, QPixmap]],
        columns: int,
        label: Label | None,
    ) -> None:
        palette = self.palette()
        colour = palette.color(QPalette.ColorRole.Mid) if label is None else label_colour(label)
        stays = label is Label.NEITHER
        style = Qt.PenStyle.DashLine if stays else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 21, -1, -1), 7, 7)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(QRect(place.x(), 0, place.width(), 19), Qt.AlignmentFlag.AlignCenter, name)
        width = columns * (_SIDE + _GAP) - _GAP
        left = place.x() + (place.width() - width) // 2
        for number, (_, pixmap) in enumerate(photos):
            x = left + (number % columns) * (_SIDE + _GAP)
            y = 21 + _GAP + 2 + (number // columns) * (_SIDE + _GAP)
            painter.drawPixmap(QRect(x, y, _SIDE, _SIDE), pixmap)

    def _paint_arrow(self, painter: QPainter, x: int, y: int) -> None:
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 4, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(x, y, x + 28, y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        tip = [QPointF(x + 26, y - 11), QPointF(x + 46, y), QPointF(x + 26, y + 11)]
        painter.drawPolygon(QPolygonF(tip))


def _square(path: Path) -> QPixmap:
    """Load the middle of a photo; twice its size in the window, for high-resolution screens."""
    pixmap = QPixmap(str(path))
    side = min(pixmap.width(), pixmap.height())
    middle = QRect(0, 0, side, side)
    middle.moveCenter(pixmap.rect().center())
    size = QSize(2 * _SIDE, 2 * _SIDE)
    smooth = Qt.TransformationMode.SmoothTransformation
    return pixmap.copy(middle).scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
