"""The large picture with its prediction, and the buttons that correct it.

Decides how one photo is shown; decodes nothing and changes nothing itself.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.classification.corrections import LABELS
from catdog_sorter.gui.i18n import file_size, label_word, share, tr
from catdog_sorter.gui.panels import button, named
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.photos.thumbnails import Thumbnails, to_image
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.text import shown

KEYS = {Label.CAT: "C", Label.DOG: "D", Label.BOTH: "B", Label.NEITHER: "N"}
_SIDE = 2048
_STEP = 1.25
_MAX_ZOOM = 16.0


class PictureView(QGraphicsView):
    """A picture that fits the view, with zoom and pan."""

    def __init__(self) -> None:
        super().__init__()
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._item)
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAcceptDrops(False)
        self.setMinimumHeight(120)
        self.setAccessibleName(tr("Large picture"))
        self.zoom = 1.0

    def show_pixmap(self, pixmap: QPixmap, *, keep_zoom: bool = False) -> None:
        self._item.setPixmap(pixmap)
        self.setSceneRect(QRectF(pixmap.rect()))
        self.set_zoom(self.zoom if keep_zoom else 1.0)

    def set_zoom(self, zoom: float) -> None:
        """1 fits the picture into the view."""
        self.zoom = min(max(zoom, 1.0), _MAX_ZOOM)
        self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.scale(self.zoom, self.zoom)

    def zoom_by(self, steps: int) -> None:
        self.set_zoom(self.zoom * _STEP**steps)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        self.zoom_by(1 if event.angleDelta().y() > 0 else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.set_zoom(self.zoom)


class Preview(QWidget):
    """One photo, large."""

    corrected = Signal(object)
    stepped = Signal(int)

    def __init__(self, worker: WorkerProcess, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._worker, self._thumbnails = worker, thumbnails
        self._wanted: Path | None = None
        self._busy = False
        self.view = PictureView()
        self.name = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.verdict = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.where = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.p_cat, self.p_dog = _bar(tr("cat")), _bar(tr("dog"))
        self.says_cat, self.says_dog = QLabel(), QLabel()
        bars = QGridLayout()
        for place, (word, bar, said) in enumerate(
            [(tr("cat"), self.p_cat, self.says_cat), (tr("dog"), self.p_dog, self.says_dog)]
        ):
            said.setMinimumWidth(said.fontMetrics().horizontalAdvance("100.0%"))
            bars.addWidget(QLabel(word), place, 0)
            bars.addWidget(bar, place, 1)
            bars.addWidget(said, place, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addLayout(self._steps())
        for part in (self.name, self.verdict):
            column.addWidget(part)
        column.addLayout(bars)
        column.addWidget(self.where)
        column.addWidget(QLabel(tr("Correct the selected photos:")))
        column.addLayout(self._corrections())
        self.show_row(None)

    def _steps(self) -> QHBoxLayout:
        """Previous, next and zoom."""
        row = QHBoxLayout()
        wanted: list[tuple[str, str, Callable[[], None]]] = [
            ("◀", tr("Previous photo"), lambda: self.stepped.emit(-1)),
            ("▶", tr("Next photo"), lambda: self.stepped.emit(1)),
            ("−", tr("Zoom out"), lambda: self.view.zoom_by(-1)),
            ("+", tr("Zoom in"), lambda: self.view.zoom_by(1)),
            (tr("Fit"), tr("Fit the picture into the view"), lambda: self.view.set_zoom(1)),
        ]
        for text, tip, action in wanted:
            made = button(text, tip)
            made.setAccessibleName(tip)
            made.clicked.connect(action)
            row.addWidget(made)
        return row

    def _corrections(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.buttons = {}
        for label in LABELS:
            word = label_word(label)
            made = button(f"{word} ({KEYS[label]})", tr("Label the selected photos"))
            made.clicked.connect(lambda _=False, label=label: self.corrected.emit(label))
            made.setMinimumWidth(60)
            row.addWidget(made)
            self.buttons[label] = made
        return row

    def show_row(self, row: PhotoRow | None) -> None:
        """Show this photo: the thumbnail at once, the large picture when it is decoded."""
        self._say(row)
        path = row.path if row is not None else None
        if path != self._wanted:
            self._wanted = path
            small = None if path is None else self._thumbnails.of(path)
            self.view.show_pixmap(small or QPixmap())
            self._ask()

    def _say(self, row: PhotoRow | None) -> None:
        result = row.result if row is not None else None
        self.name.setText(shown(row.path.name) if row is not None else tr("Choose a photo"))
        self.where.setText(shown(row.path.parent) if row is not None else "")
        self.verdict.setText("" if row is None else _description(row))
        for bar, said, p in (
            (self.p_cat, self.says_cat, result.p_cat if isinstance(result, Prediction) else None),
            (self.p_dog, self.says_dog, result.p_dog if isinstance(result, Prediction) else None),
        ):
            bar.setValue(round(1000 * (p or 0)))
            said.setText("" if p is None else share(p))
            bar.setAccessibleDescription(said.text())
        for made in self.buttons.values():
            made.setEnabled(isinstance(result, Prediction))

    def _ask(self) -> None:
        if self._wanted is not None and not self._busy:
            self._busy = True
            asked = self._wanted
            self._worker.ask(
                messages.Decode(asked, _SIDE), self._take, lambda end: self._ended(asked, end)
            )

    def _take(self, events: list[Any]) -> None:
        for event in events:
            if isinstance(event, messages.Picture) and event.path == self._wanted:
                self.view.show_pixmap(QPixmap.fromImage(to_image(event)))
                size = file_size(event.size_bytes)
                self.where.setText(f"{shown(event.path.parent)}\n{size}")

    def _ended(self, asked: Path, end: messages.End) -> None:
        self._busy = False
        if asked != self._wanted:
            self._ask()


def _bar(name: str) -> QProgressBar:
    bar = named(QProgressBar(textVisible=False), name)
    bar.setRange(0, 1000)
    return bar


def _description(row: PhotoRow) -> str:
    verdict = _verdict(row)
    if not row.incomplete:
        return verdict
    return f"{verdict}\n{tr('Its file ends too early, or not where it should.')}"


def _verdict(row: PhotoRow) -> str:
    word = label_word(row.kind)
    if isinstance(row.result, Unreadable):
        return f"{word}: {row.result.reason}"
    if row.corrected:
        return tr("{label}, corrected by you").format(label=word)
    if row.result is None:
        return word
    if row.kind == Label.UNSURE:
        return tr("unsure: not confident enough to sort")
    return tr("{label}, {share} sure").format(label=word, share=share(row.confidence))
