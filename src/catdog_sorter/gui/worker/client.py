"""The window's end of the pipe: starts the worker process and sends it requests.

Decides what happens when the worker dies: every open request fails with advice, and the next one
starts a new process.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QProcess

from catdog_sorter.gui.i18n import tr
from catdog_sorter.gui.worker import messages

_STOPPING_MS = 5_000
_COMMAND = (sys.executable, "-m", "catdog_sorter.gui.worker.loop")
OnEvents = Callable[[list[Any]], None]
OnEnd = Callable[[messages.End], None]


@dataclass(frozen=True, slots=True)
class _Open:
    on_events: OnEvents
    on_end: OnEnd


class WorkerProcess(QObject):
    """One worker process; all calls return at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._open: dict[int, _Open] = {}
        self._buffer = bytearray()
        self._process: QProcess | None = None

    def start(self) -> None:
        """Start the process before the first request, so that this is answered sooner."""
        if self._process is None:
            self._start()

    def ask(self, request: messages.WorkerRequest, on_events: OnEvents, on_end: OnEnd) -> int:
        """Send a request; lists of events arrive, then its end. Returns its number."""
        number = next(self._numbers)
        self._open[number] = _Open(on_events, on_end)
        process = self._process or self._start()
        process.write(messages.packed((number, request)))
        return number

    def stop(self, number: int) -> None:
        """Stop a request at its next safe point; it then ends with `Stopped`."""
        if self._process is not None:
            self._process.write(messages.packed((0, messages.Stop(number))))

    def close(self) -> None:
        """End the process at a safe point, or kill it.

        A kill is safe too: the journal records every move.
        """
        process, self._process = self._process, None
        self._open.clear()
        if process is None:
            return
        process.finished.disconnect()
        process.readyReadStandardOutput.disconnect()
        process.closeWriteChannel()
        if not process.waitForFinished(_STOPPING_MS):
            process.kill()
            process.waitForFinished(_STOPPING_MS)

    def process_id(self) -> int:
        """The process id; 0 while no process runs."""
        return 0 if self._process is None else self._process.processId()

    def _start(self) -> QProcess:
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._refused)
        self._process = process
        process.start(_COMMAND[0], _COMMAND[1:])
        return process

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += self._process.readAllStandardOutput().data()
        for number, message in messages.unpacked(self._buffer):
            asked = self._open.get(number)
            if asked is None:
                continue
            if isinstance(message, list):
                asked.on_events(message)
            else:
                del self._open[number]
                asked.on_end(message)

    def _refused(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        """Fail the open requests, because the process has ended without `close`."""
        self._read()
        process, self._process = self._process, None
        self._buffer.clear()
        if process is not None:
            process.deleteLater()
        lost, self._open = self._open, {}
        advice = tr(
            "The part of the program that reads photos stopped unexpectedly, perhaps because of "
            "a damaged photo. No photo was lost. Classify again to continue."
        )
        for asked in lost.values():
            asked.on_end(messages.Failed(advice, crashed=True))
