"""Starts a decoder worker as a copy of this process, before that loads anything large.

Decides whether the system allows it. A copy starts in a fifth of the time of a new interpreter, and
shares its memory with this process. To copy a process that has threads is not safe, so only the
first worker of a command is one.
"""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import IO, Never

from catdog_sorter.decoding import worker

_POLL_S = 0.01
_FAILED = 1
_M_ARENA_MAX = -8  # of glibc's mallopt
_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = 0, 1, 2
_MAX_INHERITED = 256


class ForkedWorker:
    """A worker that is a copy of this process; used like `subprocess.Popen`."""

    def __init__(self, pid: int, requests: IO[bytes], answers: IO[bytes]) -> None:
        self.pid = pid
        self.stdin, self.stdout = requests, answers
        self._code: int | None = None
        self._lock = threading.Lock()

    @property
    def returncode(self) -> int:
        """The exit code, as in `subprocess`; 0 while the process is running."""
        return self._code or 0

    def poll(self) -> int | None:
        """Return the exit code; None while the process is running."""
        with self._lock:
            return self._reaped(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the exit code. Raises subprocess.TimeoutExpired after `timeout` seconds."""
        if timeout is None:
            with self._lock:
                return self._reaped(0) or 0
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() >= end:
                raise subprocess.TimeoutExpired("decoder", timeout)
            time.sleep(_POLL_S)
        return code

    def _reaped(self, options: int) -> int | None:
        if self._code is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:  # no exit code if SIGCHLD is ignored
                pid, status = self.pid, 0
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def kill(self) -> None:
        """End it immediately."""
        with self._lock:
            if self._code is None:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, 9)


def start() -> ForkedWorker | None:
    """Start a worker; None where that is not safe."""
    # macOS has fork too, but its frameworks do not survive it.
    if sys.platform != "linux" or threading.active_count() > 1:
        return None
    requests, requests_in = os.pipe()
    answers, answers_in = os.pipe()
    pid = os.fork()
    if not pid:
        _serve(requests, answers_in)
    os.close(requests)
    os.close(answers_in)
    return ForkedWorker(pid, os.fdopen(requests_in, "wb"), os.fdopen(answers, "rb"))


def _serve(requests: int, answers: int) -> Never:
    """Run the worker in the copy, without the parent's open files and its folder of modules."""
    code = _FAILED
    try:
        os.dup2(requests, _STANDARD_INPUT)
        os.dup2(answers, _STANDARD_OUTPUT)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, _STANDARD_ERROR)
        os.closerange(_STANDARD_ERROR + 1, _MAX_INHERITED)
        os.environ.update(worker.ENVIRONMENT)
        if not sys.flags.safe_path:  # as -P: a file called numpy.py there must not be imported
            del sys.path[:1]
        _keep_to_one_arena()
        with (
            os.fdopen(_STANDARD_INPUT, "rb") as asked,
            os.fdopen(_STANDARD_OUTPUT, "wb") as answered,
        ):
            worker.serve(asked, answered)
        code = 0
    finally:
        os._exit(code)


def _keep_to_one_arena() -> None:
    """Allow one memory arena; MALLOC_ARENA_MAX would only affect a new process."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
