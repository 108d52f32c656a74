"""The other process: reads requests from stdin, writes events to stdout. Knows no Qt.

A decoder that crashes takes this process with it, and not the window. Stories run one after the
other; pictures are drawn beside them.
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
    """Serve until the window closes the pipe; what libraries print goes to stderr instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the window's matter
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Carry out what comes from `requests` until it ends; then stop all and return."""
    send = _sender(answers)
    stops: dict[int, threading.Event] = {}
    buffer = bytearray()
    with ThreadPoolExecutor(1) as stories, ThreadPoolExecutor(cores()) as pictures:
        while chunk := os.read(requests.fileno(), _CHUNK_BYTES):
            buffer += chunk
            for number, request in messages.unpacked(buffer):
                if isinstance(request, messages.Stop):
                    if request.number in stops:
                        stops[request.number].set()
                    continue
                stop = threading.Event()
                pool = pictures if isinstance(request, messages.Draw) else stories
                if pool is stories:
                    stops[number] = stop
                pool.submit(carry_out, number, request, stop, send)
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
        except (OSError, ValueError):  # the window is gone; what runs is stopped by `serve`
            return

    return send


def carry_out(number: int, request: Any, stop: threading.Event, send: Send) -> None:
    """Tell the story of one request: lists of events, some times a second, and then its end."""
    try:
        end = _tell(number, request, stop, send)
    except CatdogError as error:
        end = messages.Failed(str(error))
    except Exception as error:
        end = messages.Failed(
            f"Something went wrong that should not ({type(error).__name__}: {error}). Nothing was "
            "lost; try again, and report it if it stays."
        )
    send(number, end)


def _tell(number: int, request: Any, stop: threading.Event, send: Send) -> messages.End:
    from catdog_sorter.gui.worker.handlers import STORIES

    batch: list[Any] = []
    sent_at = 0.0
    with closing(STORIES[type(request)](request)) as events:
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
