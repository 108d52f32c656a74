"""The panel beside the photos: one photo with its prediction, and the buttons that correct it.

Decides how one photo is shown; decodes nothing and changes nothing itself.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from catdog_sorter.gui.i18n import label_word, tr
from catdog_sorter.gui.icons import ICONS
from catdog_sorter.gui.photos.details import DetailsList
from catdog_sorter.gui.photos.model import accessible_text
from catdog_sorter.gui.photos.picture import FULL_SIDE, LoadedPicture, PictureLoader, PictureView
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.widgets import announce, button, compact
from catdog_sorter.labels import TRUE_LABELS, Label, Prediction

LABEL_KEYS = {Label.CAT: "C", Label.DOG: "D", Label.BOTH: "B", Label.NEITHER: "N"}
MODEL_KEY = "M"
_ICON = QSize(12, 12)
_LOW_HEIGHT = 430
_LOWEST_HEIGHT, _MIN_HEIGHT = 200, 84


class PhotoPanel(QWidget):
    """One photo: its picture, its details and buttons.

    Signals:
        corrected: Carries the chosen Label; None for the model's own.
        stepped: Carries 1 for the next photo, -1 for the previous one.
    """

    corrected = Signal(object)
    stepped = Signal(int)

    def __init__(self, loader: PictureLoader, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._loader, self._thumbnails = loader, thumbnails
        self._path: Path | None = None
        self.view = PictureView()
        self.details = DetailsList()
        self.view.stepped.connect(self.stepped)
        self.view.full_wanted.connect(self._load_full)
        loader.loaded.connect(self._show_loaded)

    def show_row(self, row: PhotoRow | None, ahead: tuple[Path, ...] = ()) -> None:
        """Show this photo: the thumbnail at once, the large picture when it is decoded.

        `ahead`: the photos to decode next.
        """
        is_new = row is None or row.path != self._path
        facts = "" if is_new else self.details.facts.text()
        self.details.show_row(row)
        self.details.facts.setText(facts)
        is_labelled = row is not None and isinstance(row.result, Prediction)
        for made in self.buttons.values():
            made.setEnabled(is_labelled)
        self.as_model.setEnabled(row is not None and row.corrected)
        if not is_new:
            return
        self._path = None if row is None else row.path
        announce(self.view, tr("Large picture") if row is None else accessible_text(row))
        small = None if self._path is None else self._thumbnails.of(self._path)
        self.view.show_pixmap(small or QPixmap())
        if self._path is not None:
            self._loader.want(self._path, ahead)

    def forget_picture(self) -> None:
        """Load the picture again at the next `show_row`."""
        self._path = None

    def _show_loaded(self, picture: LoadedPicture) -> None:
        if picture.path == self._path:
            self.view.show_pixmap(picture.pixmap, keep_zoom=picture.side == FULL_SIDE)
            self.details.show_facts(picture.facts)

    def _load_full(self) -> None:
        if self._path is not None:
            self._loader.want(self._path, side=FULL_SIDE)

    def step_buttons(self) -> QHBoxLayout:
        """Make the buttons for previous, next and zoom."""
        row = QHBoxLayout()
        row.setSpacing(5)
        wanted: list[tuple[str, str, Callable[[], None]]] = [
            ("previous", tr("Previous photo"), lambda: self.stepped.emit(-1)),
            ("next", tr("Next photo"), lambda: self.stepped.emit(1)),
            ("zoom out", tr("Zoom out (Ctrl+-)"), lambda: self.view.zoom_by(-1)),
            ("zoom in", tr("Zoom in (Ctrl++)"), lambda: self.view.zoom_by(1)),
            (tr("Fit"), tr("Fit the picture into the view (Ctrl+0)"), self._fit),
            ("100%", tr("100%, every pixel of the photo (Z)"), self.view.toggle_actual_size),
        ]
        self.steps: list[QWidget] = []
        for text, tip, action in wanted:
            is_icon = text in ICONS
            made = compact(button("" if is_icon else text, tip, shows=text if is_icon else ""))
            made.setAccessibleName(tip)
            made.setIconSize(_ICON)
            made.clicked.connect(action)
            row.addWidget(made)
            self.steps.append(made)
        return row

    def _fit(self) -> None:
        self.view.set_zoom(1)

    def label_buttons(self, tip: str) -> QHBoxLayout:
        """Make a button for each label, and one that removes a correction."""
        row = QHBoxLayout()
        row.setSpacing(5)
        self.buttons = {}
        for label in TRUE_LABELS:
            made = compact(button(f"{label_word(label)} ({LABEL_KEYS[label]})", tip))
            made.clicked.connect(lambda _=False, label=label: self.corrected.emit(label))
            row.addWidget(made)
            self.buttons[label] = made
        self.as_model = compact(
            button(
                tr("model's label ({key})").format(key=MODEL_KEY),
                tr("Remove your correction, also one from an earlier day"),
            )
        )
        self.as_model.clicked.connect(lambda: self.corrected.emit(None))
        return row


class Preview(PhotoPanel):
    """One photo beside the grid; its buttons label all selected photos."""

    def __init__(self, loader: PictureLoader, thumbnails: Thumbnails) -> None:
        super().__init__(loader, thumbnails)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        steps, row = QWidget(), self.step_buttons()
        row.setContentsMargins(0, 0, 0, 0)
        steps.setLayout(row)
        labels = self.label_buttons(tr("Label the selected photos"))
        self._spared = (steps, self.details, self.as_model)  # the arrow keys do the same
        column.addWidget(steps)
        column.addWidget(self.details)
        column.addLayout(labels)
        column.addWidget(self.as_model)
        self.setMinimumHeight(_MIN_HEIGHT)
        self.show_row(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the picture and the labels in a low window."""
        height = event.size().height()
        self.details.set_short(height < _LOW_HEIGHT)
        for part in self._spared:
            part.setVisible(height >= _LOWEST_HEIGHT)
        super().resizeEvent(event)
