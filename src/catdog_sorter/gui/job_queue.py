"""The one job at a time, how far it is, what waits behind it, and what is said of photos beside it.

Decides when a job starts and what its progress says, and that photos move only while none is read
to remember what was said of it. Never touches a photo: the other processes do.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from catdog_sorter.gui.i18n import duration, photos, tr
from catdog_sorter.gui.photos.rows import Row
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.labels import Label

_TICK_MS = 500


@dataclass(slots=True)
class Job:
    """A request under way; `total` is None while nobody knows it, `done` counts photos.

    `number` is 0 until the other process was asked; `moves`: it puts photos elsewhere.
    """

    request: messages.Request
    title: str
    on_events: Callable[[list[Any]], int]
    on_end: Callable[[messages.End], None]
    total: int | None = None
    moves: bool = False
    done: int = 0
    started_at: float = 0.0
    number: int = 0
    stopping: bool = False

    def said(self, now: float) -> str:
        """How far it is, in words."""
        if self.stopping:
            return tr("Stopping …")
        if not self.done:
            return f"{self.title} …"
        rate = self.done / max(now - self.started_at, 1e-3)
        if self.total is None:
            said = tr("{title}: {done} so far, {rate} a second")
            return said.format(title=self.title, done=photos(self.done), rate=_rate(rate))
        left = max(0, self.total - self.done) / rate
        said = tr("{title}: {done} of {total}, {rate} a second, {left} left")
        return said.format(
            title=self.title,
            done=f"{self.done:,}",
            total=photos(self.total),
            rate=_rate(rate),
            left=duration(left),
        )


def _rate(rate: float) -> str:
    return f"{rate:.1f}" if rate < 10 else f"{rate:,.0f}"


class Work(QObject):
    """Jobs, one after the other, and labels that are remembered while no photo moves.

    `unremembered`: a list of Unreadable, the photos whose labels could not be remembered;
    `remembered`: the End of one call of `remember`.
    """

    changed = Signal()
    unremembered = Signal(list)
    remembered = Signal(object)

    def __init__(
        self, worker: WorkerProcess, errands: WorkerProcess, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._worker, self._errands = worker, errands
        self._waiting: deque[Job] = deque()
        self._said: list[tuple[Row, Label | None]] = []
        self._remembering = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def busy(self) -> bool:
        return self.job is not None

    def start(self, job: Job) -> None:
        """Begin the job, or let it wait for the one under way."""
        self._waiting.append(job)
        self._next()

    def stop(self) -> None:
        """End the job under way at its next safe point, and forget what waits."""
        self._waiting.clear()
        if self.job is not None and not self.job.stopping:
            self.job.stopping = True
            if self.job.number:
                self._worker.stop(self.job.number)
            else:
                self._ended(messages.Stopped())
        self.changed.emit()

    def remember(self, labels: Sequence[tuple[Row, Label | None]]) -> None:
        """Remember what these photos show (None forgets it), as soon as they lie still."""
        self._said += labels
        self._remember()

    def _remember(self) -> None:
        is_moving = self.job is not None and self.job.moves and self.job.number
        if self._said and not is_moving:
            changes = tuple((row.path, label) for row, label in self._said)
            self._said.clear()
            self._remembering += 1
            request = messages.Correct(changes)
            self._errands.ask(request, self.unremembered.emit, self._ended_remembering)

    def _ended_remembering(self, end: messages.End) -> None:
        self._remembering -= 1
        self.remembered.emit(end)
        self._ask()

    def _next(self) -> None:
        if self.job is None and self._waiting:
            self.job = self._waiting.popleft()
            self._timer.start()
            self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """Ask for the job, unless that was done or would move what is being read."""
        job = self.job
        if job is not None and not job.number and not (job.moves and self._remembering):
            job.started_at = time.monotonic()
            job.number = self._worker.ask(job.request, self._events, self._ended)

    def _events(self, events: list[Any]) -> None:
        if self.job is not None:
            if not self.job.done:  # loading the model is not part of the speed
                self.job.started_at = time.monotonic() - 0.1
            self.job.done += self.job.on_events(events)
            self.changed.emit()

    def _ended(self, end: messages.End) -> None:
        job, self.job = self.job, None
        self._timer.stop()
        if isinstance(end, messages.Failed):
            self._waiting.clear()
        if job is not None:
            job.on_end(end)
        self._remember()
        self._next()
