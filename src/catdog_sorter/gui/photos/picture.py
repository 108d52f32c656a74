"""The picture of one photo: decoded by the worker process, and a view with zoom and pan.

Decides how large a picture is shown; decodes nothing itself.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from catdog_sorter.gui.i18n import tr
from catdog_sorter.gui.photos.thumbnails import to_image
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess

SIDE = 2048
FULL_SIDE = 16_384
_MAX_KEPT = 4
_STEP = 1.25
_MAX_ZOOM = 16.0
_ALL = 2**30  # steps, more than there are photos
_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Backspace: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Home: -_ALL,
    Qt.Key.Key_End: _ALL,
}


@dataclass(frozen=True, slots=True)
class LoadedPicture:
    """A decoded photo; `side`: the square it was requested to fit into, in pixels."""

    path: Path
    side: int
    pixmap: QPixmap
    facts: messages.Facts


class PictureLoader(QObject):
    """Loads one picture at a time: the requested one first, then the next ones ahead of time.

    `time_of` returns the time of the frame to show for a video, in seconds; None for any.

    Signals:
        loaded: Carries a requested LoadedPicture.
    """

    loaded = Signal(object)

    def __init__(
        self,
        worker: WorkerProcess,
        time_of: Callable[[Path], float | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._time_of = time_of
        self._kept: OrderedDict[tuple[Path, float | None], LoadedPicture] = OrderedDict()
        self._queue: list[tuple[Path, int]] = []
        self._wanted: tuple[Path, int] | None = None
        self._is_busy = False

    def want(self, path: Path, ahead: Sequence[Path] = (), side: int = SIDE) -> None:
        """Load this picture, then those `ahead`, unless another one is requested meanwhile."""
        self._wanted = path, side
        key = path, self._time_of(path)
        known = self._kept.get(key) if side == SIDE else None
        if known is not None:
            self._kept.move_to_end(key)
            self.loaded.emit(known)
        self._queue = [] if known is not None else [self._wanted]
        self._queue += [
            (other, SIDE) for other in ahead if (other, self._time_of(other)) not in self._kept
        ]
        self._ask()

    def _ask(self) -> None:
        if self._is_busy or not self._queue:
            return
        self._is_busy = True
        path, side = self._queue.pop(0)
        request = messages.Decode(path, side, with_facts=True, time_s=self._time_of(path))
        self._worker.ask(request, lambda events: self._take(events, request), self._ended)

    def _take(self, events: list[Any], request: messages.Decode) -> None:
        side = request.side
        for event in events:
            if not isinstance(event, messages.PictureReady) or event.facts is None:
                continue
            pixmap = QPixmap.fromImage(to_image(event))
            picture = LoadedPicture(event.path, side, pixmap, event.facts)
            if side == SIDE:
                self._kept[event.path, request.time_s] = picture
                while len(self._kept) > _MAX_KEPT:
                    self._kept.popitem(last=False)
            if self._wanted == (event.path, side):
                self.loaded.emit(picture)

    def _ended(self, end: messages.End) -> None:
        self._is_busy = False
        self._ask()


class PictureView(QGraphicsView):
    """A picture that fits the view, with zoom and pan.

    Signals:
        stepped: Carries 1 for the key of the next photo, -1 for the previous one.
        toggled: Enter or a double click.
        full_wanted: 100 % was chosen, which needs every pixel of the photo.
    """

    stepped = Signal(int)
    toggled = Signal()
    full_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._item)
        self._overlay = QGraphicsPixmapItem(self._item)
        self._overlay.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAcceptDrops(False)
        self.setMinimumSize(120, 40)
        self.setAccessibleName(tr("Large picture"))
        self.zoom = 1.0
        self._is_actual = False

    def show_pixmap(self, pixmap: QPixmap, *, keep_zoom: bool = False) -> None:
        """Show a picture; `keep_zoom` if it is the same photo with more pixels."""
        self._item.setPixmap(pixmap)
        self._fit_overlay()
        self.setSceneRect(QRectF(pixmap.rect()))
        if not keep_zoom:
            self.set_zoom(1.0)
        elif self._is_actual:
            self._show_actual()
        else:
            self.set_zoom(self.zoom)

    def show_overlay(self, overlay: QPixmap) -> None:
        """Lay a picture over the photo, stretched to its size; an empty one removes it."""
        self._overlay.setPixmap(overlay)
        self._fit_overlay()

    def has_overlay(self) -> bool:
        """Whether something lies over the photo."""
        return not self._overlay.pixmap().isNull()

    def _fit_overlay(self) -> None:
        photo, over = self._item.pixmap().size(), self._overlay.pixmap().size()
        if not (photo.isEmpty() or over.isEmpty()):
            scale = QTransform.fromScale(
                photo.width() / over.width(), photo.height() / over.height()
            )
            self._overlay.setTransform(scale)

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom; 1 fits the picture into the view."""
        self._is_actual = False
        self.zoom = min(max(zoom, 1.0), _MAX_ZOOM)
        self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.scale(self.zoom, self.zoom)

    def zoom_by(self, steps: int) -> None:
        """Zoom in, or out where `steps` is negative."""
        self.set_zoom(self.zoom * _STEP**steps)

    def toggle_actual_size(self) -> None:
        """Show one pixel of the photo as one pixel of the screen, or fit it again."""
        if self._is_actual:
            self.set_zoom(1.0)
        elif not self._item.pixmap().isNull():
            self._is_actual = True
            self._show_actual()
            self.full_wanted.emit()

    def scale_to_screen(self) -> float:
        """Return the number of screen pixels per pixel of the picture."""
        return self.transform().m11() * self.devicePixelRatioF()

    def _show_actual(self) -> None:
        scale = 1 / self.devicePixelRatioF()
        self.resetTransform()
        self.scale(scale, scale)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        self.zoom_by(1 if event.angleDelta().y() > 0 else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: Any) -> None:  # noqa: N802
        self.toggled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if not self._is_actual:
            self.set_zoom(self.zoom)
