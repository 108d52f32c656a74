"""Loads maps of where the model sees animals from the worker process, one photo at a time.

Decides their explanation; draws nothing.
"""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from catdog_sorter.gui.i18n import problem, tr
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.labels import Unreadable

_MAX_KEPT = 32
_LIKELY = 0.5
Request = tuple[Path, str | None, float | None]


class RegionLoader(QObject):
    """Loads the regions of photos for the current model; the latest request comes first.

    Signals:
        loaded: Carries the path, a QPixmap to lay over the photo, and an explanation.
    """

    loaded = Signal(object, object, object)

    def __init__(
        self,
        worker: WorkerProcess,
        model: Callable[[], str | None],
        time_of: Callable[[Path], float | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._model, self._time_of = worker, model, time_of
        self._kept: OrderedDict[Request, tuple[QPixmap, str]] = OrderedDict()
        self._wanted: Request | None = None
        self._is_busy = False

    def want(self, path: Path) -> None:
        """Load the regions of this photo, instead of one that was requested before."""
        self._wanted = path, self._model(), self._time_of(path)
        self._go_on()

    def _go_on(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if wanted in self._kept:
            self._wanted = None
            self.loaded.emit(wanted[0], *self._kept[wanted])
        elif not self._is_busy:
            self._is_busy = True
            request = messages.FindRegions(*wanted)
            self._worker.ask(
                request,
                lambda events: self._take(wanted, events),
                lambda end: self._ended(wanted, end),
            )

    def _take(self, wanted: Request, events: list[Any]) -> None:
        for event in events:
            if isinstance(event, messages.Regions):
                self._kept[wanted] = _pixmap(event), _said(event)
            elif isinstance(event, Unreadable):
                self._kept[wanted] = QPixmap(), event.reason
        while len(self._kept) > _MAX_KEPT:
            self._kept.popitem(last=False)

    def _ended(self, wanted: Request, end: messages.End) -> None:
        self._is_busy = False
        if isinstance(end, messages.Failed) and self._wanted == wanted:
            self._wanted = None
            self.loaded.emit(wanted[0], QPixmap(), problem(end.advice))
        self._go_on()


def _pixmap(regions: messages.Regions) -> QPixmap:
    if not regions.width:
        return QPixmap()
    size = regions.width, regions.height, 4 * regions.width
    return QPixmap.fromImage(QImage(regions.rgba, *size, QImage.Format.Format_RGBA8888).copy())


def _said(regions: messages.Regions) -> str:
    """Return the meaning of the colours, as a sentence."""
    if not regions.width:
        return tr("This model has no results for parts of a photo.")
    match regions.p_cat >= _LIKELY, regions.p_dog >= _LIKELY:
        case True, True:
            return tr("Orange looks like a cat to the model, blue like a dog.")
        case True, False:
            return tr("Orange looks like a cat to the model. No part looks like a dog.")
        case False, True:
            return tr("Blue looks like a dog to the model. No part looks like a cat.")
    return tr("No part of this photo looks like a cat or a dog to the model.")
