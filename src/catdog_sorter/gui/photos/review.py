"""One photo as large as the window, a strip of the others, and keys that label and continue.

Decides how that looks; the window decides which photo is next.
"""

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from catdog_sorter.gui.i18n import grouped, label_word, tr
from catdog_sorter.gui.photos.details import OneLine
from catdog_sorter.gui.photos.model import PhotoModel
from catdog_sorter.gui.photos.picture import PictureLoader
from catdog_sorter.gui.photos.preview import PhotoPanel
from catdog_sorter.gui.photos.regions import RegionLoader
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.theme import label_colour
from catdog_sorter.gui.widgets import Toast, announce, button, compact, draw_fitted
from catdog_sorter.labels import Label

HEAT_KEY = "H"
_TILE = 72
_LINE = 5
_LOW_HEIGHT, _MIN_HEIGHT = 460, 224
_DETAILS_WIDTH = 250


class _StripDelegate(QStyledItemDelegate):
    """Paints a thumbnail with a line in the colour of its label."""

    def __init__(self, thumbnails: Thumbnails, parent: QListView) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(_TILE, _TILE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, PhotoRow):
            return
        palette: QPalette = option.palette
        box: QRect = option.rect.adjusted(3, 3, -3, -3)
        picture = box.adjusted(0, 0, 0, -_LINE - 1)
        painter.save()
        pixmap = self._thumbnails.of(row.path)
        if pixmap is None:
            painter.fillRect(picture, palette.color(QPalette.ColorRole.AlternateBase))
        else:
            draw_fitted(painter, pixmap, picture)
        line = QRect(box.x(), box.bottom() - _LINE + 1, box.width(), _LINE)
        painter.fillRect(line, label_colour(row.kind))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 3))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()


class _Strip(QListView):
    """The photos in one row; the window's current photo is selected."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_StripDelegate(thumbnails, self))
        self.setFixedHeight(_TILE + self.horizontalScrollBar().sizeHint().height() + 6)
        self.setAccessibleName(tr("All photos, in a strip"))
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture has the keys
        thumbnails.ready.connect(self.viewport().update)


class ReviewPage(PhotoPanel):
    """A large photo; a label key labels only this photo and shows the next one.

    Signals:
        closed: The user went back to the grid.
    """

    closed = Signal()

    def __init__(
        self,
        loader: PictureLoader,
        thumbnails: Thumbnails,
        model: PhotoModel,
        regions: RegionLoader,
    ) -> None:
        super().__init__(loader, thumbnails)
        self._regions = regions
        self.back = compact(button(tr("◂ Back to the photos"), tr("Escape")))
        self.back.clicked.connect(self.closed)
        self.view.toggled.connect(self.closed)
        self.place = OneLine()
        self._keys = OneLine(Qt.TextElideMode.ElideRight)
        self._keys.setText(tr("← → step · Z 100% · F11 full screen"))
        self._keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.strip = _Strip(thumbnails)
        self.strip.setModel(model)
        self.toast = Toast(self.view)
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addWidget(self.place)
        top.addStretch()
        top.addWidget(self._keys)
        top.addLayout(self.step_buttons())
        labels = self.label_buttons(tr("Label this photo and go on to the next"))
        labels.addWidget(self.as_model)
        labels.addStretch()
        self.heat = compact(
            button(
                tr("Where the model looks ({key})").format(key=HEAT_KEY),
                tr("Colour the parts of the photo that look like a cat or a dog to the model"),
            )
        )
        self.heat.setCheckable(True)
        self.heat.toggled.connect(self._show_heat)
        self.heat_words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        regions.loaded.connect(self._show_regions)
        side = QVBoxLayout()
        for part in (self.details, self.heat_words):
            part.setFixedWidth(_DETAILS_WIDTH)
        side.addWidget(self.details)
        side.addWidget(self.heat)
        side.addWidget(self.heat_words)
        side.addStretch()
        middle = QHBoxLayout()
        middle.addWidget(self.view, 1)
        middle.addLayout(side)
        self.view.setObjectName("review")
        self.setMinimumHeight(_MIN_HEIGHT)  # without the strip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(labels)
        column.addWidget(self.strip)
        self.show_row(None)

    def show_row(self, row: PhotoRow | None, ahead: tuple[Path, ...] = ()) -> None:
        """Show this photo, and where the model sees animals in it if that is switched on."""
        before = self._path
        super().show_row(row, ahead)
        if self._path != before:
            self._show_heat()

    def _show_heat(self) -> None:
        self.view.show_overlay(QPixmap())
        self.heat_words.setText("")
        if self.heat.isChecked() and self._path is not None:
            self.heat_words.setText(tr("Computing …"))
            self._regions.want(self._path)

    def _show_regions(self, path: Path, overlay: QPixmap, words: str) -> None:
        if path == self._path and self.heat.isChecked():
            self.view.show_overlay(overlay)
            self.heat_words.setText(words)
            announce(self.heat_words, words)

    def share_selection(self, selection: QItemSelectionModel) -> None:
        """Let the strip share the grid's selection."""
        self.strip.setSelectionModel(selection)

    def show_place(self, number: int, total: int, unsure: int) -> None:
        """Show the photo's number, from 1, the total, and how many photos are still unsure."""
        said = tr("{n} of {total}").format(n=grouped(number), total=grouped(total))
        if unsure:
            said += f" · {grouped(unsure)} {label_word(Label.UNSURE)}"
        self.place.setText(said)

    def event(self, event: QEvent) -> bool:
        """Hide the strip in a low window, and the hint of keys in a narrow one."""
        if event.type() is QEvent.Type.Resize:
            self.strip.setVisible(self.height() >= _LOW_HEIGHT)
            self._keys.setVisible(self.width() >= 760)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Step with the arrow keys, also while a button has the focus."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
