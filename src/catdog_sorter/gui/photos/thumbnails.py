"""Thumbnails on demand, the latest request first, in a cache of bounded size.

Decodes nothing: the worker process does.
"""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess

_MAX_BYTES = 160 << 20
_MAX_OPEN = 8
_MAX_WANTED = 160


class Thumbnails(QObject):
    """Thumbnails that fit into `side` x `side` device pixels.

    `time_of` returns the time of the frame to show for a video, in seconds; None for any.
    """

    ready = Signal()

    def __init__(
        self,
        worker: WorkerProcess,
        side: int,
        time_of: Callable[[Path], float | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.side = side
        self._worker = worker
        self._time_of = time_of
        self._times: dict[Path, float | None] = {}  # of the videos drawn
        self._drawn: OrderedDict[Path, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._wanted: OrderedDict[Path, None] = OrderedDict()
        self._open: set[Path] = set()

    def set_side(self, side: int) -> None:
        """Load thumbnails of `side` pixels; those that are smaller are loaded again."""
        if side > self.side:
            self._drawn.clear()
            self._bytes = 0
        self.side = side

    def of(self, path: Path) -> QPixmap | None:
        """Return the thumbnail, or None and request it; `ready` is emitted once it has arrived."""
        if path in self._drawn:
            self._drawn.move_to_end(path)
        if not self._is_current(path) and path not in self._open:
            self._wanted[path] = None
            self._wanted.move_to_end(path)
            while len(self._wanted) > _MAX_WANTED:  # scrolled past long ago
                self._wanted.popitem(last=False)
            self._ask()
        return self._drawn.get(path)

    def _is_current(self, path: Path) -> bool:
        is_this_frame = self._time_of(path) in (None, self._times.get(path))
        return path in self._drawn and is_this_frame

    def is_known(self, path: Path) -> bool:
        """Whether the thumbnail was requested and answered, even without a picture."""
        return path in self._drawn

    def moved(self, source: Path, target: Path) -> None:
        """Keep the thumbnail of a photo that was moved."""
        if source in self._drawn:
            self._drawn[target] = self._drawn.pop(source)
        if source in self._times:
            self._times[target] = self._times.pop(source)

    def _ask(self) -> None:
        while self._wanted and len(self._open) < _MAX_OPEN:
            path, _ = self._wanted.popitem()
            self._open.add(path)
            time_s = self._time_of(path)
            if time_s is not None:
                self._times[path] = time_s
            self._worker.ask(
                messages.Decode(path, self.side, time_s=time_s),
                self._keep,
                lambda end, path=path: self._ended(path, end),  # type: ignore[misc]
            )

    def _keep(self, events: list[Any]) -> None:
        for event in events:
            is_picture = isinstance(event, messages.PictureReady)
            pixmap = QPixmap.fromImage(to_image(event)) if is_picture else None
            self._bytes += _size_bytes(pixmap) - _size_bytes(self._drawn.pop(event.path, None))
            self._drawn[event.path] = pixmap
        while self._bytes > _MAX_BYTES:
            path, old = self._drawn.popitem(last=False)
            self._times.pop(path, None)
            self._bytes -= _size_bytes(old)

    def _ended(self, path: Path, end: messages.End) -> None:
        self._open.discard(path)
        if not isinstance(end, messages.Done):
            # A photo that crashed the decoder is not retried.
            self._drawn.setdefault(path, None)
        self.ready.emit()
        self._ask()


def to_image(picture: messages.PictureReady) -> QImage:
    """Copy a decoded photo into a QImage."""
    width, height = picture.width, picture.height
    return QImage(picture.rgb, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _size_bytes(pixmap: QPixmap | None) -> int:
    return 0 if pixmap is None else 4 * pixmap.width() * pixmap.height()
