"""The window's smaller widgets: banner, drop page, filters, progress.

They show and emit signals; the window decides what happens then.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.photos.rows import KINDS, PENDING, SortOrder
from catdog_sorter.gui.worker import messages
from catdog_sorter.text import shown

_MAX_NAMED = 5
WidgetT = TypeVar("WidgetT", bound=QWidget)


def named(part: WidgetT, name: str) -> WidgetT:
    """Set the widget's name for screen readers, and return the widget."""
    part.setAccessibleName(name)
    return part


def button(text: str, tip: str = "", *, primary: bool = False) -> QPushButton:
    """A button with its text and tool tip for screen readers."""
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setAccessibleName(text.replace("&", ""))
    made.setAccessibleDescription(tip)
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    return made


class Banner(QFrame):
    """One message across the window, with at most one action."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._act: Callable[[], None] | None = None
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = button("")
        close = button("✕", tr("Hide this message"))
        close.setAccessibleName(tr("Hide this message"))
        self.action.clicked.connect(self._acted)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.addWidget(self.text, 1)
        row.addWidget(self.action)
        row.addWidget(close)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        *,
        problem: bool = False,
    ) -> None:
        """Show the message, with a button that calls `act` when there is an `action` text."""
        self._act = act
        self.text.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self.setProperty("problem", problem)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def show_failure(self, end: messages.End) -> None:
        """Show why a request failed, if it did."""
        if isinstance(end, messages.Failed):
            self.say(end.advice, problem=True)

    def _acted(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()


class DropPage(QFrame):
    """The empty window: a drop area and two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        title = QLabel(tr("Drop photos or folders here"), alignment=Qt.AlignmentFlag.AlignCenter)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.9)
        title.setFont(font)
        words = QLabel(
            tr(
                "Each photo is looked at: is there a cat, a dog, both, or neither?\n"
                "Nothing is moved before you have seen where to and said yes, and every sort can "
                "be undone.\nYour photos never leave this computer."
            ),
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        self.folder = button(tr("Choose a folder …"), tr("Ctrl+Shift+O"), primary=True)
        self.photos = button(tr("Choose photos …"), tr("Ctrl+O"))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.folder)
        row.addWidget(self.photos)
        row.addStretch()
        column = QVBoxLayout(self)
        column.addStretch()
        for part in (title, words):
            column.addWidget(part)
            column.addSpacing(14)
        column.addLayout(row)
        column.addStretch()

    def highlight(self, over: bool) -> None:
        """Show whether a drop would be accepted."""
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)


class Filters(QWidget):
    """One button per kind of photo with its count, and the sort order."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str | None, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for kind in (None, *KINDS):
            made = button("", tr("Show only these photos") if kind else tr("Show all photos"))
            made.setCheckable(True)
            group.addButton(made)
            made.clicked.connect(self.changed)
            row.addWidget(made)
            self._buttons[kind] = made
        self._buttons[None].setChecked(True)
        row.addStretch()
        self._order = named(QComboBox(), tr("Order of the photos"))
        for order, words in {
            SortOrder.FOUND: tr("as found"),
            SortOrder.LEAST_SURE: tr("least sure first"),
            SortOrder.MOST_SURE: tr("most sure first"),
            SortOrder.NAME: tr("by name"),
        }.items():
            self._order.addItem(words, order)
        self._order.currentIndexChanged.connect(self.changed)
        row.addWidget(self._order)
        self.show_counts({})

    @property
    def kind(self) -> str | None:
        return next(kind for kind, made in self._buttons.items() if made.isChecked())

    @property
    def order(self) -> SortOrder:
        return SortOrder(self._order.currentData())

    def choose(self, kind: str | None, order: SortOrder | None = None) -> None:
        """Set both from outside."""
        self._buttons[kind].setChecked(True)
        if order is not None:
            self._order.setCurrentIndex(self._order.findData(order))
        self.changed.emit()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write the count of each kind on its button; a kind without photos is left out."""
        total = sum(counts.values())
        for kind, made in self._buttons.items():
            number = total if kind is None else counts.get(kind, 0)
            word = tr("all") if kind is None else label_word(kind)
            made.setText(f"{word}  {number:,}")
            made.setAccessibleName(f"{word}, {number:,}")
            made.setVisible(kind is None or number > 0 or made.isChecked())


class Activity(QWidget):
    """The progress of the job, and the button that stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.words = named(QLabel(), tr("Progress"))
        self.bar = named(QProgressBar(textVisible=False), tr("Progress"))
        self.stop = button(tr("Stop"), tr("Stop at the next safe point; what is done stays done"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        row.addWidget(self.stop)

    def show_job(self, job: Job | None, idle: str, now: float) -> None:
        """Show the job, or the `idle` text without one."""
        self.stop.setVisible(job is not None)
        self.bar.setVisible(job is not None)
        self.words.setText(idle if job is None else job.progress_text(now))
        if job is not None:
            self.stop.setEnabled(not job.stopping)
            # Without a total the bar only shows that something happens.
            self.bar.setRange(0, job.total or 0)
            self.bar.setValue(job.done)


def summary(counts: Mapping[str, int], corrected: int) -> str:
    """The counts below the photos, while no job runs."""
    parts = [
        f"{counts[kind]:,} {label_word(kind)}" for kind in (*KINDS, PENDING) if counts.get(kind, 0)
    ]
    if corrected:
        parts.append(tr("{n} corrected by you").format(n=f"{corrected:,}"))
    return ", ".join(parts)


def has_files(event: QDragEnterEvent) -> bool:
    """Whether the drag holds local files."""
    return any(url.isLocalFile() for url in event.mimeData().urls())


def named_problems(problems: Sequence[tuple[Path, str]]) -> list[str]:
    """The first few problems, one per line, and the number of the others."""
    lines = [f"{shown(path)}: {reason}" for path, reason in problems[:_MAX_NAMED]]
    if len(problems) > _MAX_NAMED:
        more = photos(len(problems) - _MAX_NAMED)
        lines.append(tr("... and {photos} more.").format(photos=more))
    return lines
