"""A plan as pictures: a column for each target folder.

The user can untick photos, or drag them to another column. Changes no plan.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.photos.details import OneLine
from catdog_sorter.gui.photos.preview import LABEL_KEYS
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.theme import label_colour
from catdog_sorter.gui.widgets import draw_fitted, named, paint_tick
from catdog_sorter.labels import Label
from catdog_sorter.moving.plan import GroupMove, Plan
from catdog_sorter.text import shown

_PICTURE = 100
_TILE = QSize(_PICTURE + 12, _PICTURE + 30)
_BOX = 18
_FAINT = 0.35
_LABELS = {key: label for label, key in LABEL_KEYS.items()}
_PHOTOS = "application/x-catdog-sorter-photos"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Destination:
    """The destination of a label's photos: the name of a folder, or keywords instead."""

    folder: str = ""
    keywords: Sequence[str] = ()


class _Group(QAbstractListModel):
    """The photos that go to one folder."""

    def __init__(self, label: Label, unticked: set[Path], relative: Callable[[Path], str]) -> None:
        super().__init__()
        self.label = label
        self._unticked, self._relative = unticked, relative
        self.groups: Sequence[GroupMove] = ()

    def show_groups(self, groups: Sequence[GroupMove]) -> None:
        self.beginResetModel()
        self.groups = groups
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.groups)

    def source(self, index: Index) -> Path:
        return self.groups[index.row()].moves[0].source

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.groups[index.row()]
        move = group.moves[0]
        is_ticked = move.source not in self._unticked
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return move.target.name
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                said = tr("{source}\nto {target}")
                return said.format(
                    source=self._relative(move.source), target=self._relative(move.target)
                )
            case Qt.ItemDataRole.AccessibleTextRole:
                said = tr("{name}, to {target}") if is_ticked else tr("{name}, stays: unticked")
                return said.format(name=shown(move.source.name), target=self._relative(move.target))
            case Qt.ItemDataRole.UserRole:
                return move.source
        return None

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._unticked.discard(self.source(index))
        else:
            self._unticked.add(self.source(index))
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
        return super().flags(index) | flags

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [_PHOTOS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        places = ",".join(str(index.row()) for index in indexes)
        data.setData(_PHOTOS, QByteArray(places.encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction


class _Delegate(QStyledItemDelegate):
    """Paints a photo with its tick box; unticked photos are faint."""

    def __init__(self, thumbnails: Thumbnails | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return _TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        palette: QPalette = option.palette
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        place = QRect(rect.x() + 6, rect.y() + 4, _PICTURE, _PICTURE)
        painter.save()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.setOpacity(1 if is_ticked else _FAINT)
        path = index.data(Qt.ItemDataRole.UserRole)
        pixmap = self._thumbnails.of(path) if self._thumbnails is not None else None
        if pixmap is None:
            painter.fillRect(place, palette.color(QPalette.ColorRole.AlternateBase))
        else:
            draw_fitted(painter, pixmap, place)
        painter.setOpacity(1)
        line = QRect(place.x(), place.bottom() + 3, _PICTURE, 20)
        box = QRect(place.x() + 3, place.y() + 3, _BOX, _BOX)
        paint_tick(painter, box, palette, is_ticked=is_ticked)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        metrics = painter.fontMetrics()
        text = shown(str(index.data()))
        text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tick or untick a tile on a click anywhere on it, and on Space."""
        is_click = event.type() is QEvent.Type.MouseButtonRelease
        is_key = event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space  # type: ignore[attr-defined]
        if not (is_click or is_key):
            return False
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked
        return bool(model.setData(index, state, Qt.ItemDataRole.CheckStateRole))


class _PhotoList(QListView):
    """The tiles of one folder; photos of another one may be dropped on it.

    Signals:
        received: Carries the paths of photos that were dropped here.
        labelled: Carries the paths of the selected photos, and the Label whose key was pressed.
    """

    received = Signal(object)
    labelled = Signal(object, object)

    def __init__(self, model: _Group, thumbnails: Thumbnails | None) -> None:
        super().__init__()
        self.setModel(model)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(_TILE)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Delegate(thumbnails, self))
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        if thumbnails is not None:
            thumbnails.ready.connect(self.viewport().update)
        self._row = -1
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self._keep_place)

    def _note_place(self) -> None:
        self._row = self.currentIndex().row()

    def _keep_place(self) -> None:
        """Keep the keyboard position when another plan is shown."""
        if self._row >= 0 and (last := self.model().rowCount() - 1) >= 0:
            self.setCurrentIndex(self.model().index(min(self._row, last), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Make the first photo current, so that the focus can be seen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the selected photos to the column of a label when its key is pressed."""
        label = _LABELS.get(event.text().upper())
        model = self.model()
        if label is None or event.modifiers() or not isinstance(model, _Group):
            super().keyPressEvent(event)
        elif label is not model.label:
            chosen = self.selectedIndexes() or [self.currentIndex()]
            paths = [model.source(index) for index in chosen if index.isValid()]
            self.labelled.emit(paths, label)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        if isinstance(event.source(), _PhotoList) and event.source() is not self:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        source = event.source()
        if isinstance(source, _PhotoList) and event.mimeData().hasFormat(_PHOTOS):
            # Accepting a move would make Qt remove the rows from the other list.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            model = source.model()
            assert isinstance(model, _Group)
            places = bytes(event.mimeData().data(_PHOTOS).data()).decode().split(",")
            self.received.emit([model.source(model.index(int(place), 0)) for place in places])


class _Column(QFrame):
    """A target folder with its photos."""

    def __init__(self, model: _Group, thumbnails: Thumbnails | None) -> None:
        super().__init__()
        self.setObjectName("column")
        self.model = model
        self.list = _PhotoList(model, thumbnails)
        self.destination = Destination()
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._where = OneLine()
        line = QFrame()
        line.setFixedHeight(4)
        line.setStyleSheet(f"background: {label_colour(model.label).name()}")
        column = QVBoxLayout(self)
        column.setSpacing(3)
        for part in (line, self._title, self._where, self.list):
            column.addWidget(part)
        self.setMinimumWidth(_TILE.width() + 60)

    def show_counts(self, relative: Callable[[Path], str], unticked: Iterable[Path]) -> None:
        """Write above the photos where they go and how many there are."""
        stays = sum(group.moves[0].source in unticked for group in self.model.groups)
        number = len(self.model.groups) - stays
        self._title.setText(f"{label_word(self.model.label)}: {photos(number)}")
        self._where.setText(self._where_to(relative))
        named(self.list, f"{self._title.text()} {self._where.text()}")

    def _where_to(self, relative: Callable[[Path], str]) -> str:
        folder, keywords = self.destination.folder, self.destination.keywords
        if keywords:
            return tr("keywords: {words}").format(words=", ".join(keywords))
        folders = {_folder_of(group, folder) for group in self.model.groups}
        return "→ " + (", ".join(sorted(map(relative, folders))) or shown(folder))


class PlanColumns(QScrollArea):
    """All columns of a plan.

    Signals:
        changed: Something was ticked or unticked.
        relabelled: Carries the path of a photo that was dragged to another column, and its Label.
    """

    changed = Signal()
    relabelled = Signal(object, object)

    def __init__(self, thumbnails: Thumbnails | None, relative: Callable[[Path], str]) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._thumbnails, self._relative = thumbnails, relative
        self.unticked: set[Path] = set()
        self.columns: dict[Label, _Column] = {}
        body = QWidget()
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setWidget(body)

    def has_focus(self) -> bool:
        """Whether one of the columns has the keyboard focus."""
        return any(column.list.hasFocus() for column in self.columns.values())

    def show_plan(self, plan: Plan, destinations: Mapping[Label, Destination]) -> None:
        """Show this plan; unticked photos stay unticked."""
        for label, destination in destinations.items():
            if label not in self.columns:
                self._add(label)
            groups = [group for group in plan.groups if group.label == label]
            self.columns[label].destination = destination
            self.columns[label].model.show_groups(groups)
        for label, column in self.columns.items():
            column.setVisible(label in destinations)
        self.unticked &= {group.moves[0].source for group in plan.groups}
        self._show_counts()

    def _add(self, label: Label) -> None:
        model = _Group(label, self.unticked, self._relative)
        column = self.columns[label] = _Column(model, self._thumbnails)
        model.dataChanged.connect(self._ticked)
        column.list.received.connect(lambda paths: self._received(paths, label))
        column.list.labelled.connect(self._received)
        self._row.addWidget(column, 1)

    def _ticked(self) -> None:
        self._show_counts()
        self.changed.emit()

    def _received(self, paths: Sequence[Path], label: Label) -> None:
        for path in paths:
            self.relabelled.emit(path, label)

    def _show_counts(self) -> None:
        for column in self.columns.values():
            column.show_counts(self._relative, self.unticked)


def _folder_of(group: GroupMove, folder: str) -> Path:
    """Return the label's folder, a parent of the photo's target."""
    target = group.moves[0].target.parent
    depth = len(Path(folder).parts)
    for part in (target, *target.parents):
        if part.parts[-depth:] == Path(folder).parts:
            return part
    return target
