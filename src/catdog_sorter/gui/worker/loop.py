"""The worker process: reads requests from stdin and writes events to stdout. Loads no Qt.

A crash here does not close the window. Jobs run one after the other; requests for a single photo on
show run at the same time.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import IO, Any

from catdog_sorter.errors import CatdogError
from catdog_sorter.gui.worker import messages
from catdog_sorter.parallel import cores

_PAUSE_S = 0.1
_CHUNK_BYTES = 1 << 20
Send = Callable[[int, Any], None]


def main() -> None:
    """Serve until the window closes the pipe; stdout of libraries goes to stderr."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window handles Ctrl-C
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from catdog_sorter.gui.worker import handlers  # noqa: F401 (ready for the first request)

    serve(sys.stdin.buffer, answers)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Handle `requests` until the pipe is closed; then stop all and return."""
    send = _sender(answers)
    stops: dict[int, threading.Event] = {}
    buffer = bytearray()
    with ThreadPoolExecutor(1) as jobs, ThreadPoolExecutor(cores()) as decoding:
        while chunk := os.read(requests.fileno(), _CHUNK_BYTES):
            buffer += chunk
            for number, request in messages.unpacked(buffer):
                if isinstance(request, messages.Stop):
                    if request.number in stops:
                        stops[request.number].set()
                    continue
                stop = threading.Event()
                is_about_one = isinstance(request, messages.Decode | messages.FindRegions)
                pool = decoding if is_about_one else jobs
                if pool is jobs:
                    stops[number] = stop
                pool.submit(handle, number, request, stop, send)
        for stop in list(stops.values()):
            stop.set()


def _sender(answers: IO[bytes]) -> Send:
    lock = threading.Lock()

    def send(number: int, message: Any) -> None:
        content = messages.packed((number, message))
        try:
            with lock:
                answers.write(content)
                answers.flush()
        except (OSError, ValueError):  # the window is gone; `serve` stops what runs
            return

    return send


def handle(number: int, request: Any, stop: threading.Event, send: Send) -> None:
    """Handle one request: send lists of events, ten times a second, and then its end."""
    try:
        end = _run_handler(number, request, stop, send)
    except CatdogError as error:
        end = messages.Failed(str(error))
    except Exception as error:
        end = messages.Failed(
            f"Unexpected error ({type(error).__name__}: {error}). No photo was lost; try again "
            "and report it if it persists."
        )
    send(number, end)


def _run_handler(number: int, request: Any, stop: threading.Event, send: Send) -> messages.End:
    from catdog_sorter.gui.worker.handlers import HANDLERS

    batch: list[Any] = []
    sent_at = 0.0
    with closing(HANDLERS[type(request)](request)) as events:
        for event in events:
            batch.append(event)
            if time.monotonic() - sent_at >= _PAUSE_S:
                send(number, batch)
                batch, sent_at = [], time.monotonic()
            if stop.is_set():
                break
    if batch:
        send(number, batch)
    return messages.Stopped() if stop.is_set() else messages.Done()


if __name__ == "__main__":
    main()
