"""The grid of photos: a tile per photo with its picture, its label and a confidence ring.

Decides how a tile looks. Paints and loads thumbnails only for visible tiles.
"""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from catdog_sorter.design import DONE
from catdog_sorter.gui.i18n import label_word, share, tr
from catdog_sorter.gui.photos.rows import PENDING, PhotoRow
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.theme import label_colour, line_colour
from catdog_sorter.gui.widgets import draw_fitted
from catdog_sorter.labels import UNREADABLE

PICTURE_SIDE, MIN_PICTURE_SIDE, MAX_PICTURE_SIDE = 160, 96, 320
_AROUND = QSize(20, 20)  # beside the picture, and above and below it without the texts
_RING, _MIN_LINE, _MIN_NAME = 18, 20, 18
_EDGE = 4


class TileDelegate(QStyledItemDelegate):
    """Paints one tile."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.side = PICTURE_SIDE

    @property
    def tile(self) -> QSize:
        """Return the size of a tile with a picture of `side` pixels, and two lines below it."""
        return QSize(self.side, self.side + self._line + self._name_line) + _AROUND

    @property
    def _line(self) -> int:
        """Return the height of the line with the label, in pixels."""
        return max(_MIN_LINE, self._font_height)

    @property
    def _name_line(self) -> int:
        """Return the height of the line with the name, in pixels."""
        return max(_MIN_NAME, self._font_height)

    @property
    def _font_height(self) -> int:
        view = self.parent()
        return view.fontMetrics().height() if isinstance(view, QWidget) else 0

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view = self.parent()
        return view.gridSize() if isinstance(view, PhotoGrid) else option.rect.size()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, PhotoRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, tile = self.side, self.tile
        box = QRect(0, 0, tile.width() - 8, tile.height() - 8)
        box.moveCenter(option.rect.center())
        self._paint_ground(painter, option, box)
        self._paint_picture(painter, option, row, QRect(box.x() + 6, box.y() + 6, side, side))
        self._paint_words(painter, option, row, box)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            ground = QColor(palette.color(QPalette.ColorRole.Highlight))
            ground.setAlpha(70)
            painter.setBrush(ground)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(palette.color(QPalette.ColorRole.Text), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 9, 9)

    def _paint_picture(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PhotoRow, place: QRect
    ) -> None:
        palette: QPalette = option.palette
        pixmap = self._thumbnails.of(row.path)
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(place, 6, 6)
            if self._thumbnails.is_known(row.path):
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tr("no picture"))
            return
        draw_fitted(painter, pixmap, place)
        self._paint_mark(painter, option, row, place)

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PhotoRow, place: QRect
    ) -> None:
        """Paint the outcome of the last sort over the picture."""
        word = tr("failed", 1) if row.problem else tr("sorted", 1) if row.arrival else ""
        if not word:
            return
        metrics: QFontMetrics = option.fontMetrics
        width = metrics.horizontalAdvance(word) + 12
        mark = QRect(place.right() - width, place.y() + 4, width, metrics.height() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(label_colour(UNREADABLE) if row.problem else QColor(DONE))
        painter.drawRoundedRect(mark, 4, 4)
        painter.setPen(QColor("white"))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PhotoRow, box: QRect
    ) -> None:
        palette: QPalette = option.palette
        metrics: QFontMetrics = option.fontMetrics
        line = QRect(box.x() + 6, box.y() + self.side + 11, self.side, self._line)
        x = line.x() + self._paint_chip(painter, option, row, line) + 6
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        rest = QRect(x, line.y(), line.right() - x, line.height())
        if row.kind not in (PENDING, UNREADABLE):
            if row.corrected:
                painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, tr("✓ by you"))
            else:
                said = share(row.confidence)
                width = metrics.horizontalAdvance(said)
                if width + _RING + 5 < rest.width():  # a long label or a large font
                    top = line.y() + (line.height() - _RING) / 2
                    paint_ring(painter, QRectF(x, top, _RING, _RING), row, palette)
                    rest.setLeft(x + _RING + 5)
                    painter.setPen(palette.color(QPalette.ColorRole.Text))
                if width <= rest.width():
                    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, said)
        name = QRect(line.x(), line.bottom() + 1, self.side, self._name_line)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        elided = metrics.elidedText(row.path.name, Qt.TextElideMode.ElideMiddle, self.side)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_chip(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PhotoRow, line: QRect
    ) -> int:
        """Paint the label; returns its width in pixels."""
        word = label_word(row.kind)
        font = QFont(option.font)
        font.setBold(True)
        width = QFontMetrics(font).horizontalAdvance(word) + 16
        chip = QRect(line.x(), line.y(), width, line.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(label_colour(row.kind))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(QColor("white"))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
        painter.setFont(option.font)
        return width


def paint_ring(painter: QPainter, place: QRectF, row: PhotoRow, palette: QPalette) -> None:
    """Paint the confidence ring, full at 1 and empty at 0.5."""
    inner = place.adjusted(2, 2, -2, -2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), 3))
    painter.drawEllipse(inner)
    ground = palette.color(QPalette.ColorRole.Base)
    painter.setPen(QPen(line_colour(row.kind, ground), 3))
    full = 2 * max(0.0, row.confidence - 0.5)
    painter.drawArc(inner, 90 * 16, -round(full * 360 * 16))


class PhotoGrid(QListView):
    """A list view in rows and columns; smooth because all tiles have one size."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._tiles = TileDelegate(thumbnails, self)
        self.setItemDelegate(self._tiles)
        self.setGridSize(self._tiles.tile)
        self.setAcceptDrops(False)  # drops are accepted by the whole window
        self.setAccessibleName(tr("Photos"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        thumbnails.ready.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._spread()
        super().resizeEvent(event)

    def set_side(self, side: int) -> None:
        """Show pictures of at most `side` x `side` pixels, keeping the visible photos in view."""
        middle = self.indexAt(self.viewport().rect().center())
        self._tiles.side = side
        self._spread()
        if middle.isValid():
            self.scrollTo(middle, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _spread(self) -> None:
        """Spread the tiles over the whole width."""
        tile = self._tiles.tile
        width = self.viewport().width() - _EDGE
        columns = max(1, width // tile.width())
        self.setGridSize(QSize(width // columns, tile.height()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Make the first photo current, so that the focus can be seen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.model().index(0, 0), flag)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Disable type-ahead: letters assign labels."""
