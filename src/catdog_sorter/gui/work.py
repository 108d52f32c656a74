"""The one job at a time, how far it is, and what waits behind it.

Decides when a job starts and what its progress says. Never touches a photo: the other process
does.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from catdog_sorter.gui import messages
from catdog_sorter.gui.process import WorkerProcess
from catdog_sorter.gui.words import duration, photos, tr

_TICK_MS = 500


@dataclass(slots=True)
class Job:
    """A request under way; `total` is None while nobody knows it, `done` counts photos."""

    request: messages.Request
    title: str
    on_events: Callable[[list[Any]], int]
    on_end: Callable[[messages.End], None]
    total: int | None = None
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
    """Jobs, one after the other."""

    changed = Signal()

    def __init__(self, worker: WorkerProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._worker = worker
        self._waiting: deque[Job] = deque()
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
            self._worker.stop(self.job.number)
        self.changed.emit()

    def _next(self) -> None:
        if self.job is None and self._waiting:
            job = self.job = self._waiting.popleft()
            job.started_at = time.monotonic()
            job.number = self._worker.ask(job.request, self._events, self._ended)
            self._timer.start()
        self.changed.emit()

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
        self._next()
