"""The window's panels: banner, drop page, filters, progress.

They show and emit signals; the window decides what happens then.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import grouped, label_word, photos, problem, share, tr
from catdog_sorter.gui.illustration import Illustration
from catdog_sorter.gui.job_queue import Job
from catdog_sorter.gui.photos.grid import MAX_PICTURE_SIDE, MIN_PICTURE_SIDE
from catdog_sorter.gui.photos.rows import CORRECTED, FAILED, FILTERS, KINDS, SORTED, SortOrder
from catdog_sorter.gui.widgets import (
    FlowLayout,
    Message,
    announce,
    button,
    compact,
    labelled,
    named,
    scrolled,
    set_text,
    slider,
)
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Thresholds
from catdog_sorter.text import shown

_MAX_NAMED, _MAX_NAMES = 5, 3
_MAX_ACTIONS = 4
_MIN_ILLUSTRATED_HEIGHT, _MIN_WORDED_HEIGHT = 460, 250
_STEPS = 1000
_PAUSE_MS = 60
_SEARCH_MS = 150


class Banner(Message):
    """One message across the window, with up to four actions."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._acts: list[Callable[[], object]] = []
        self._stays: Collection[str] = ()
        self._is_quiet = self._is_put_off = False
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.actions_row = [compact(button("")) for _ in range(_MAX_ACTIONS)]
        self.action = self.actions_row[0]
        close = compact(button("✕", tr("Hide this message")))
        close.setAccessibleName(tr("Hide this message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.addWidget(self.text, 1)
        for number, made in enumerate(self.actions_row):
            made.clicked.connect(lambda _=False, number=number: self._acted(number))
            row.addWidget(made)
        row.addWidget(close)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        act: Callable[[], object] | None = None,
        *,
        problem: bool = False,
    ) -> None:
        """Show the message, with a button that calls `act` when there is an `action` text."""
        self.say_with(text, {action: act} if action and act else {}, problem=problem)

    def say_with(
        self,
        text: str,
        actions: Mapping[str, Callable[[], object]],
        *,
        problem: bool = False,
        stays: Collection[str] = (),
    ) -> None:
        """Show the message with a button for each action; those in `stays` do not close it."""
        self._acts, self._stays = list(actions.values()), stays
        self.text.setText(text)
        announce(self, text)
        words = [*actions, *[""] * _MAX_ACTIONS]
        for made, word in zip(self.actions_row, words, strict=False):
            set_text(made, word)
            made.setVisible(bool(word))
        self.setProperty("problem", problem)
        self.style().unpolish(self)
        self.style().polish(self)
        is_put_off = self._is_quiet and not problem
        self.setHidden(is_put_off)
        self._is_put_off = is_put_off

    def set_quiet(self, quiet: bool) -> None:
        """While quiet, hide messages that are not problems."""
        self._is_quiet = quiet
        if self._is_put_off and not quiet:
            self.show()
        if quiet and not self.isHidden() and not self.property("problem"):
            self.hide()
            self._is_put_off = True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        if self.isHidden():  # rather than the window as a whole
            self._is_put_off = False
        super().hideEvent(event)

    def show_failure(self, end: messages.End) -> None:
        """Show why a request failed, if it did."""
        if isinstance(end, messages.Failed):
            self.say(problem(end.advice), problem=True)

    def _acted(self, number: int) -> None:
        act = self._acts[number]
        if self.actions_row[number].text() not in self._stays:
            self.hide()
        act()


class DropPage(QFrame):
    """The empty window: a drop area, an explanation, examples, and the recent folders.

    Signals:
        reopened: Carries a recent folder that was chosen.
        tried: The user asked for the example photos.
    """

    reopened = Signal(object)
    tried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        title = QLabel(tr("Drop photos or folders here"), alignment=Qt.AlignmentFlag.AlignCenter)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.9)
        title.setFont(font)
        self._words = QLabel(
            tr(
                "Each photo is classified: a cat, a dog, both, or neither?\n"
                "Nothing is moved before you have seen the plan and agreed, and every sort can be "
                "undone.\nYour photos never leave this computer."
            ),
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        self.folder = button(
            tr("Choose a folder …"), tr("Ctrl+Shift+O"), primary=True, shows="folder"
        )
        self.photos = button(tr("Choose photos …"), tr("Ctrl+O"), shows="photo")
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.folder)
        row.addWidget(self.photos)
        row.addStretch()
        self._illustration = Illustration()
        self.examples = compact(
            button(
                tr("Try it with these photos"),
                tr("Uses copies of them; your own photos are not touched"),
            )
        )
        self.examples.setProperty("link", True)
        self.examples.clicked.connect(self.tried)
        body = QWidget()
        column = QVBoxLayout(body)
        column.addStretch()
        for part in (title, self._words):
            column.addWidget(part)
            column.addSpacing(8)
        column.addLayout(row)
        column.addSpacing(14)
        column.addWidget(self._illustration)
        column.addWidget(self.examples, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._recent = QVBoxLayout()
        column.addSpacing(8)
        column.addLayout(self._recent)
        column.addStretch()
        area = scrolled(body)
        for ground in (body, area.viewport()):
            ground.setAutoFillBackground(False)
        QVBoxLayout(self).addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make room for the buttons in a low window."""
        height = event.size().height()
        self._illustration.setVisible(height >= _MIN_ILLUSTRATED_HEIGHT)
        self._words.setVisible(height >= _MIN_WORDED_HEIGHT)
        super().resizeEvent(event)

    def show_recent(self, folders: Sequence[Path]) -> None:
        """Offer these folders again."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if folders:
            title = QLabel(tr("Recent folders"))
            self._recent.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        for folder in folders:
            made = compact(button(shown(folder), tr("Open this folder again")))
            made.setProperty("link", True)
            made.clicked.connect(lambda _=False, folder=folder: self.reopened.emit(folder))
            self._recent.addWidget(made, alignment=Qt.AlignmentFlag.AlignHCenter)

    def highlight(self, over: bool) -> None:
        """Show whether a drop would be accepted."""
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)


class Filters(QWidget):
    """One button per kind of photo with its count, the order, and a search by name.

    Signals:
        changed: The filter, the order or the search has changed.
        done: A choice was made, or the search ended; the photos should get the keyboard focus.
    """

    changed = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str | None, QPushButton] = {}
        group = QButtonGroup(self)
        row = FlowLayout(self)
        for kind in (None, *FILTERS):
            made = compact(button("", tr("Show only these photos") if kind else tr("Show all")))
            made.setCheckable(True)
            group.addButton(made)
            made.clicked.connect(self.changed)
            row.addWidget(made)
            self._buttons[kind] = made
        self._buttons[None].setChecked(True)
        self._order = named(QComboBox(), tr("Order"))
        for order in SortOrder:
            self._order.addItem(tr(order.words), order)
        self._order.currentIndexChanged.connect(self.changed)
        self._order.activated.connect(self.done)
        self.search = named(QLineEdit(placeholderText=tr("Search by name")), tr("Search by name"))
        self.search.setClearButtonEnabled(True)
        placeholder = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        self.search.setFixedWidth(max(150, placeholder + 40))
        self._pause = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(self._later)
        self.search.returnPressed.connect(self.done)
        leave = QShortcut(QKeySequence.StandardKey.Cancel, self.search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave_search)
        row.addWidget(labelled(tr("Order"), self._order))
        row.addWidget(self.search)
        self.show_counts({})

    def _later(self) -> None:
        self._pause.start()

    def _leave_search(self) -> None:
        self.search.clear()
        self.done.emit()

    @property
    def shown(self) -> str | None:
        """The filter that is chosen; None for all photos."""
        return next(kind for kind, made in self._buttons.items() if made.isChecked())

    @property
    def order(self) -> SortOrder:
        return SortOrder(self._order.currentData())

    def choose(self, kind: str | None, order: SortOrder | None = None) -> None:
        """Set the filter and the order, as if the user had chosen them."""
        self._buttons[kind].setChecked(True)
        if order is not None:
            self._order.setCurrentIndex(self._order.findData(order))
        self.changed.emit()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write the count of each kind on its button; a kind without photos is left out."""
        total = sum(counts.get(kind, 0) for kind in KINDS)
        for kind, made in self._buttons.items():
            number = total if kind is None else counts.get(kind, 0)
            word = tr("all") if kind is None else label_word(kind)
            made.setText(f"{word}  {grouped(number)}")
            made.setAccessibleName(f"{word}, {grouped(number)}")
            made.setVisible(kind is None or number > 0 or made.isChecked())


class ThresholdSlider(QWidget):
    """The threshold slider; its effect on photos and counts shows at once.

    Signals:
        moved: Carries the threshold (0.5 to 1) to show; None for the model's own.
        chosen: Carries the threshold to store, when the slider is released.
    """

    moved = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.slider = slider(tr("Certainty needed"))
        self.slider.setRange(_STEPS // 2, _STEPS - 1)
        self.slider.setPageStep(10)
        self.slider.setFixedWidth(200)
        self.says = QLabel()
        self.as_model = compact(
            button(tr("Default"), tr("Use the values that the model came with"))
        )
        self.as_model.clicked.connect(self._reset)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._moved)
        self.slider.valueChanged.connect(self._later)
        self.slider.sliderReleased.connect(self._later)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(tr("Certainty needed"))
        label.setBuddy(self.slider)
        row.addWidget(label)
        for part in (self.slider, self.says, self.as_model):
            row.addWidget(part)
        self.hide()

    def show_thresholds(self, thresholds: Thresholds, *, is_own: bool) -> None:
        """Show the thresholds, and the slider, which is hidden until then.

        `is_own`: they are the user's, not the model's.
        """
        self.show()
        self.slider.blockSignals(True)
        self.slider.setValue(round(_STEPS * thresholds.present))
        self.slider.blockSignals(False)
        self.as_model.setVisible(is_own)
        present, absent = share(thresholds.present), share(thresholds.absent)
        said = tr("cat or dog: at least {present}, neither: at most {absent}")
        self.says.setText(said.format(present=present, absent=absent))
        tip = tr(
            "An animal is present from {present}, and absent up to {absent}. Photos in between are "
            "unsure and stay where they are."
        )
        for part in (self.slider, self.says):
            part.setToolTip(tip.format(present=present, absent=absent))
        self.slider.setAccessibleDescription(self.says.text())

    def _later(self) -> None:
        self._pause.start()

    def _moved(self) -> None:
        threshold = self.slider.value() / _STEPS
        self.moved.emit(threshold)
        if not self.slider.isSliderDown():
            self.chosen.emit(threshold)

    def _reset(self) -> None:
        self.moved.emit(None)
        self.chosen.emit(None)


def size_slider() -> QSlider:
    """The size of pictures, in pixels."""
    made = slider(tr("Size of the pictures"))
    made.setRange(MIN_PICTURE_SIDE, MAX_PICTURE_SIDE)
    made.setPageStep(32)
    made.setFixedWidth(90)
    return made


class Activity(QWidget):
    """The progress of the job, with buttons to stop it and to classify waiting photos."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True)
        self.bar = named(QProgressBar(textVisible=False), tr("Progress"))
        self.stop = button(
            tr("Stop"), tr("Stop safely; everything done so far is kept"), shows="stop"
        )
        self.go_on = button(tr("Continue"), tr("Classify the waiting photos"), shows="go on")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        row.addWidget(self.go_on)

    def show_job(self, job: Job | None, idle: str, now: float, queued: int, waits: bool) -> None:
        """Show the job, or the `idle` text without one.

        Args:
            job: The job that runs.
            idle: The text without one.
            now: Monotonic time, seconds.
            queued: How many jobs are waiting after it.
            waits: Whether photos are waiting to be classified.
        """
        self.stop.setVisible(job is not None)
        self.bar.setVisible(job is not None)
        self.go_on.setVisible(job is None and waits)
        text = idle if job is None else job.progress_text(now)
        if job is not None and queued:
            text += " · " + tr("In the queue: {n} more.").format(n=queued)
        self.words.setText(text)
        if job is None:
            announce(self.words, text)
        else:
            self.words.setAccessibleName(text)
            self.stop.setEnabled(not job.stopping)
            # Without a total the bar only shows that something happens.
            self.bar.setRange(0, job.total or 0)
            self.bar.setValue(job.done)


class WatchBar(QWidget):
    """Shows which folder is watched, with a button to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.stop = compact(
            button(tr("Stop watching"), tr("Photos already sorted stay sorted"), shows="stop")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show this text; hide if it is empty."""
        self.words.setText(words)
        self.setVisible(bool(words))


def summary(counts: Mapping[str, int]) -> str:
    """Return the counts that stand below the photos while no job runs."""
    parts = [f"{grouped(counts[kind])} {label_word(kind)}" for kind in KINDS if counts.get(kind, 0)]
    more = {
        CORRECTED: tr("{n} corrected by you"),
        SORTED: tr("{n} sorted"),
        FAILED: tr("{n} failed"),
    }
    parts += [
        words.format(n=grouped(counts[name])) for name, words in more.items() if counts.get(name, 0)
    ]
    return ", ".join(parts)


def left_out_sentences(left_out: Iterable[messages.LeftOut]) -> list[str]:
    """Describe files and folders that searches left out, in sentences without repeats."""
    lines: dict[str, None] = {}
    for left in left_out:
        if left.folders:
            names = [shown(Path(folder.parent.name, folder.name)) for folder in left.folders]
            names += ["…"] * bool(left.more)
            said = tr("Left alone, as the system or other programs keep their files there: {names}")
            lines[said.format(names=", ".join(names))] = None
        if left.in_cloud:
            said = tr("Left out, as they are in iCloud only: {photos}")
            lines[said.format(photos=photos(left.in_cloud))] = None
        if left.videos:
            said = tr("Videos passed over: {n}. The settings can include them.")
            lines[said.format(n=grouped(left.videos))] = None
    return list(lines)


def has_files(event: QDragEnterEvent) -> bool:
    """Whether the drag holds local files."""
    return any(url.isLocalFile() for url in event.mimeData().urls())


def names_of(paths: Sequence[Path]) -> str:
    """List the first names, and the number of the others."""
    names = ", ".join(shown(path.name) for path in paths[:_MAX_NAMES])
    more = len(paths) - _MAX_NAMES
    return names + (f" + {grouped(more)}" if more > 0 else "")


def named_problems(problems: Sequence[tuple[Path, str]]) -> list[str]:
    """Return a line for each of the first few reasons with its photos, and one for the others."""
    by_reason: dict[str, list[Path]] = {}
    for path, reason in problems:
        by_reason.setdefault(reason, []).append(path)
    lines = []
    for reason, paths in [*by_reason.items()][:_MAX_NAMED]:
        names = shown(paths[0]) if len(paths) == 1 else names_of(paths)
        lines.append(f"{names}: {problem(reason)}")
    left = sum(map(len, [*by_reason.values()][_MAX_NAMED:]))
    if left:
        lines.append(tr("... and {photos} more.").format(photos=photos(left)))
    return lines
