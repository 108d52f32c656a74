"""The widgets of the window and their layout. Decides no behaviour.

`window` and `sorting` connect them.
"""

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui import panels
from catdog_sorter.gui import preferences as remembered
from catdog_sorter.gui.i18n import tr
from catdog_sorter.gui.job_queue import JobQueue
from catdog_sorter.gui.photos.grid import PICTURE_SIDE, PhotoGrid
from catdog_sorter.gui.photos.model import PhotoModel
from catdog_sorter.gui.photos.picture import PictureLoader
from catdog_sorter.gui.photos.preview import Preview
from catdog_sorter.gui.photos.regions import RegionLoader
from catdog_sorter.gui.photos.review import ReviewPage
from catdog_sorter.gui.photos.thumbnails import Thumbnails
from catdog_sorter.gui.widgets import FlowLayout, Toast, button, compact, labelled
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.moving.sort import References

_LOW_HEIGHT = 520


class WindowLayout(QMainWindow):
    """A window with all its widgets.

    Attributes:
        given: The paths that were dropped on the window.
        references: Links and databases that refer to their photos.
        orphans: Files there of photos that were sorted earlier.
        left_out: Files and folders that searches left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Cats and dogs"))
        self.setAcceptDrops(True)
        self.settings = remembered.stored()
        self.preferences = remembered.load(self.settings)
        self.given: dict[Path, None] = {}
        self.references = References()
        self.orphans: dict[Path, None] = {}
        self.left_out: dict[messages.LeftOut, None] = {}
        self.worker, self.background = WorkerProcess(self), WorkerProcess(self)
        self.jobs = JobQueue(self.worker, self.background, self)
        self.model = PhotoModel(self)
        side = round(PICTURE_SIDE * self.devicePixelRatioF())
        self.thumbnails = Thumbnails(self.background, side, self.model.time_of, self)
        self._build()

    def _build(self) -> None:
        self.banner = panels.Banner()
        self.drop_page = panels.DropPage()
        self.filters = panels.Filters()
        self.grid = PhotoGrid(self.thumbnails)
        self.grid.setModel(self.model)
        loader = PictureLoader(self.background, self.model.time_of, self)
        self.preview = Preview(loader, self.thumbnails)
        regions = RegionLoader(
            self.background, lambda: self.preferences.model, self.model.time_of, self
        )
        self.review = ReviewPage(loader, self.thumbnails, self.model, regions)
        self.review.share_selection(self.grid.selectionModel())
        self.threshold = panels.ThresholdSlider()
        self.picture_size = panels.size_slider()
        self.tuning = QWidget()
        row = FlowLayout(self.tuning, spacing=14)
        row.addWidget(self.threshold)
        row.addWidget(labelled(tr("Size"), self.picture_size))
        self.activity = panels.Activity()
        self.watch_bar = panels.WatchBar()
        self.splitter = QSplitter()
        self.splitter.addWidget(self.grid)
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([620, 400])
        self.splitter.setChildrenCollapsible(False)
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filters)
        column.addWidget(self.tuning)
        column.addWidget(self.splitter, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.drop_page)
        self.pages.addWidget(results)
        self.main = QWidget()
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._top())
        column.addWidget(self.pages, 1)
        column.addWidget(self.watch_bar)
        column.addLayout(self._bottom())
        self.screens = QStackedWidget()
        self.screens.addWidget(self.main)
        self.screens.addWidget(self.review)
        body = QWidget()
        self.setCentralWidget(body)
        column = QVBoxLayout(body)
        column.addWidget(self.banner)
        column.addWidget(self.screens, 1)
        self.toast = Toast(self.pages)

    def _top(self) -> FlowLayout:
        self.add_folder = button(tr("Add a folder …"), tr("Ctrl+Shift+O"), shows="folder")
        self.add_photos = button(tr("Add photos …"), tr("Ctrl+O"), shows="photo")
        self.clear = button(
            tr("Clear"), tr("Empty the window; the photos stay on disk"), shows="clear"
        )
        self.look_through = button(
            tr("Review"), tr("One photo after the other, the least sure first (F5)"), shows="review"
        )
        self.history = button(
            tr("History …"), tr("Show and undo earlier sorts (Ctrl+H)"), shows="history"
        )
        self.learn = button(
            tr("Learn …"), tr("Train a model with the photos you have corrected"), shows="learn"
        )
        self.options = button(
            tr("Settings …"), tr("Model, folders, colours (Ctrl+,)"), shows="settings"
        )
        row = FlowLayout()
        for part in (
            *(self.add_folder, self.add_photos, self.clear, self.look_through),
            *(self.history, self.learn, self.options),
        ):
            row.addWidget(compact(part))
        return row

    def _bottom(self) -> QHBoxLayout:
        self.sort = button(
            tr("Sort …"),
            tr("See what would go where, then move it (Ctrl+Return)"),
            primary=True,
            shows="sort",
        )
        row = QHBoxLayout()
        row.addWidget(self.activity, 1)
        row.addWidget(self.sort)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make room for the photos in a low window."""
        self.tuning.setVisible(event.size().height() >= _LOW_HEIGHT)
        self.arrange_buttons()
        super().resizeEvent(event)

    def arrange_buttons(self) -> None:
        """Show the buttons that apply now; in a low window they are in the menus only."""
        is_empty = not self.model.rows
        for part in (self.add_folder, self.add_photos, self.clear, self.look_through):
            part.setVisible(not is_empty)
        for part in (self.history, self.learn, self.options):
            part.setVisible(is_empty or self.height() >= _LOW_HEIGHT)
