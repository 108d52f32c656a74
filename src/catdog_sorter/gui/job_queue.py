"""A queue of jobs, run one at a time, with their progress; corrections are stored beside it.

Decides when a job starts, and that photos move only while no correction is being stored, as that
reads the photo. Never touches a photo: the worker processes do.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from catdog_sorter.gui.i18n import decimal, duration, grouped, photos, tr
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.labels import Label

_TICK_MS = 500


@dataclass(slots=True)
class Job:
    """A request and its progress.

    Attributes:
        request: What the worker process does.
        title: Labels the progress.
        on_events: Handles events and returns how many photos they finish.
        on_end: Handles the end.
        total: Number of photos; None while it is unknown.
        moves: Whether photos change their place.
        done: Number of finished photos.
        started_at: Monotonic time, seconds.
        number: The worker's request number; 0 until the request is sent.
        stopping: Whether a stop was requested.
    """

    request: messages.WorkerRequest
    title: str
    on_events: Callable[[list[Any]], int]
    on_end: Callable[[messages.End], None]
    total: int | None = None
    moves: bool = False
    done: int = 0
    started_at: float = 0.0
    number: int = 0
    stopping: bool = False

    def progress_text(self, now: float) -> str:
        """The progress as a sentence."""
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
            done=grouped(self.done),
            total=photos(self.total),
            rate=_rate(rate),
            left=duration(left),
        )


def _rate(rate: float) -> str:
    return decimal(rate) if rate < 10 else grouped(round(rate))


class JobQueue(QObject):
    """Runs jobs one after the other, and stores corrections while no photo moves.

    Signals:
        changed: The job, its progress or the queue changed.
        not_remembered: Carries a list of Unreadable: photos whose labels could not be stored.
        remembered: Carries the End of one call of `remember`.
    """

    changed = Signal()
    not_remembered = Signal(list)
    remembered = Signal(object)

    def __init__(
        self, worker: WorkerProcess, background: WorkerProcess, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.current: Job | None = None
        self._worker, self._background = worker, background
        self._waiting: deque[Job] = deque()
        self._to_remember: list[tuple[PhotoRow, Label | None]] = []
        self._remembering = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def busy(self) -> bool:
        return self.current is not None

    @property
    def queued(self) -> int:
        """The number of jobs that are waiting after the current one."""
        return len(self._waiting)

    def start(self, job: Job) -> None:
        """Run the job, after those in the queue."""
        self._waiting.append(job)
        self._next()

    def stop(self) -> None:
        """Stop the current job at its next safe point, and end those in the queue."""
        self._end_waiting()
        if self.current is not None and not self.current.stopping:
            self.current.stopping = True
            if self.current.number:
                self._worker.stop(self.current.number)
            else:
                self._ended(messages.Stopped())
        self.changed.emit()

    def _end_waiting(self) -> None:
        """End the jobs in the queue as stopped, so that each can be continued."""
        waiting, self._waiting = self._waiting, deque()
        for job in waiting:
            job.on_end(messages.Stopped())

    def remember(self, labels: Sequence[tuple[PhotoRow, Label | None]]) -> None:
        """Store these labels (None removes one) as soon as no photo moves."""
        self._to_remember += labels
        self._remember()

    def _remember(self) -> None:
        is_moving = self.current is not None and self.current.moves and self.current.number
        if self._to_remember and not is_moving:
            changes = tuple((row.path, label) for row, label in self._to_remember)
            self._to_remember.clear()
            self._remembering += 1
            request = messages.Correct(changes)
            self._background.ask(request, self.not_remembered.emit, self._ended_remembering)

    def _ended_remembering(self, end: messages.End) -> None:
        self._remembering -= 1
        self.remembered.emit(end)
        self._ask()

    def _next(self) -> None:
        if self.current is None and self._waiting:
            self.current = self._waiting.popleft()
            self._timer.start()
            self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """Send the job, unless it was sent or would move photos that are being read."""
        job = self.current
        if job is not None and not job.number and not (job.moves and self._remembering):
            job.started_at = time.monotonic()
            job.number = self._worker.ask(job.request, self._events, self._ended)

    def _events(self, events: list[Any]) -> None:
        if self.current is not None:
            if not self.current.done:  # loading the model is not part of the speed
                self.current.started_at = time.monotonic() - 0.1
            self.current.done += self.current.on_events(events)
            self.changed.emit()

    def _ended(self, end: messages.End) -> None:
        job, self.current = self.current, None
        self._timer.stop()
        if job is not None:
            job.on_end(end)
        if isinstance(end, messages.Failed):
            self._end_waiting()
        self._remember()
        self._next()
