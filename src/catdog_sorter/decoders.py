"""Decodes photos in processes of their own, which a bad file may crash, hang or fill.

Decides how long and with how much memory one photo may be decoded. Looks at no pixel, knows no
models, never writes. What a decoder sends back is taken as pixels or as a sentence, never run.
"""

import json
import os
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer
from typing import IO, Any, NamedTuple, Self

import numpy as np

from catdog_sorter.decode import Pixels, UnreadablePhoto, read_photo
from catdog_sorter.errors import CatdogError
from catdog_sorter.preprocess import resize

# A camera RAW file over a slow network takes some seconds; nothing that is well takes a minute.
TIME_LIMIT_S = 60.0
# Half as much again as the largest photo that `decode` admits was seen to need.
MEMORY_LIMIT_BYTES = 3 << 30
# -P: a file called numpy.py among the photos must not be taken for a part of this program.
_COMMAND = (sys.executable, "-P", "-m", "catdog_sorter.decoders")
# One thread each: there is a process for every core.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_READY = "ready"
_LENGTH = struct.Struct("<I")
_LONGEST_WORDS_BYTES = 1 << 18
_BROKEN_OFF = (OSError, EOFError, ValueError, TypeError, MemoryError)


@dataclass(frozen=True, slots=True)
class Decoded:
    """An upright photo, uint8 (H, W, 3), perhaps stretched; `aspect` is its W / H before that."""

    pixels: Pixels
    aspect: float


class Decoders:
    """Processes that decode, started when needed; `decode` may be called from many threads."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S, most_pixels: int | None = None) -> None:
        self._time_limit_s = time_limit_s
        self._most_pixels = most_pixels
        self._idle: SimpleQueue[_Decoder] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def start_one(self) -> None:
        """Start a process without waiting for it, so that the first `decode` need not."""
        with suppress(CatdogError):  # `decode` tries again, and tells
            self._idle.put(_Decoder())

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes; no `decode` may be under way, but later ones may start new ones."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().stop()

    def read(self, path: Path, min_side: int) -> Pixels:
        """As `decode.read_photo`; raises what `decode` does."""
        return self.decode(path, min_side).pixels

    def decode(
        self, path: Path, min_side: int, size: int | None = None, content: bytes | None = None
    ) -> Decoded:
        """As `decode.read_photo`, then stretched to (size, size, 3) unless that is None.

        Raises UnreadablePhoto when the file gives no picture, makes its decoder fail, or takes it
        longer than the time limit; CatdogError when no decoder can be started.
        """
        count = None if content is None else len(content)
        order = _Order(str(path), min_side, size, self._time_limit_s, self._most_pixels, count)
        with suppress(_Died):
            return self._decode_once(order, content)
        try:
            # The system may have ended the first one for the memory that another photo took.
            return self._decode_once(order, content)
        except _Died as death:
            raise UnreadablePhoto(
                f"The picture is damaged: decoding it fails ({death})."
            ) from death

    def _decode_once(self, order: "_Order", content: bytes | None) -> Decoded:
        decoder = self._idle_one()
        try:
            decoder.await_start()
            answer = decoder.ask(order, content)
        except BaseException:
            decoder.stop()
            raise
        self._idle.put(decoder)
        if isinstance(answer, str):
            raise UnreadablePhoto(answer)
        return answer

    def _idle_one(self) -> "_Decoder":
        """One that waits, or a new one; what the system ended meanwhile is no photo's fault."""
        with suppress(Empty):
            while True:
                decoder = self._idle.get_nowait()
                if decoder.is_alive:
                    return decoder
                decoder.stop()
        return _Decoder()


class _Order(NamedTuple):
    """What is asked of a decoder; `content_bytes` follow, None for a photo that lies at `path`."""

    path: str
    min_side: int
    size: int | None
    limit_s: float
    most_pixels: int | None
    content_bytes: int | None


class _Died(Exception):
    """A decoder is gone; `str(error)` says how it ended."""


class _Decoder:
    """One process; it decodes one photo at a time."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # decoding libraries write there what helps nobody
                env={**os.environ, **_ENVIRONMENT},
            )
        except OSError as error:
            raise _not_started(str(error)) from error
        self._has_started = False

    def await_start(self) -> None:
        """Return once it can be asked. Raises CatdogError when it ended instead."""
        if self._has_started:
            return
        try:
            self._said()
        except _BROKEN_OFF as error:
            raise _not_started(self._ending()) from error
        self._has_started = True

    @property
    def is_alive(self) -> bool:
        """Whether its process has not ended."""
        return self._process.poll() is None

    def ask(self, order: _Order, content: bytes | None) -> Decoded | str:
        """The photo, or why there is none. Raises _Died, UnreadablePhoto when it took too long."""
        gave_up: list[bool] = []

        def give_up() -> None:
            gave_up.append(True)
            self._process.kill()

        timer = Timer(order.limit_s, give_up)
        timer.daemon = True
        timer.start()
        try:
            _send(self._process.stdin, order, content or b"")
            answer = self._said()
            if isinstance(answer, str):
                return answer
            shape, aspect = answer
            pixels = np.empty(shape, np.uint8)
            _fill(self._process.stdout, pixels.reshape(-1).data)
            return Decoded(pixels, float(aspect))
        except _BROKEN_OFF as error:
            if gave_up:
                seconds = f"{order.limit_s:,.0f} seconds"
                raise UnreadablePhoto(
                    f"It could not be decoded within {seconds}, so it was given up."
                ) from error
            raise _Died(self._ending()) from error
        finally:
            timer.cancel()

    def _said(self) -> Any:
        return _receive(self._process.stdout)

    def _ending(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            # Long enough for one that is at its end to give the code it ends with.
            self._process.wait(timeout=1.0)
        self.stop()
        code = self._process.returncode
        return f"signal {-code}" if code < 0 else f"code {code}"

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _not_started(why: str) -> CatdogError:
    return CatdogError(
        f"The part of this program that decodes photos could not be started ({why}). Close other "
        "programs and try again, or install catdog-sorter again in a fresh environment."
    )


# --- Inside the process ----------------------------------------------------------------------


def serve() -> None:
    """Answer the requests on stdin until it ends; the whole life of a decoder."""
    _limit_itself()
    _send(sys.stdout.buffer, _READY)
    with suppress(EOFError, BrokenPipeError):
        while True:
            order = _Order(*_receive(sys.stdin.buffer))
            _end_after(order.limit_s)
            try:
                pixels = _read(order, sys.stdin.buffer)
                size, aspect = order.size, pixels.shape[1] / pixels.shape[0]
                pixels = np.ascontiguousarray(pixels if size is None else resize(pixels, size))
            except UnreadablePhoto as error:
                _send(sys.stdout.buffer, str(error))
            else:
                _send(sys.stdout.buffer, [pixels.shape, aspect])
                sys.stdout.buffer.write(pixels.reshape(-1).data)
                sys.stdout.buffer.flush()


def _read(order: _Order, stream: IO[bytes]) -> Pixels:
    """The photo, from its file or from the bytes that follow its order."""
    count = order.content_bytes
    content = None if count is None else bytes(_exactly(stream, count))
    return read_photo(Path(order.path), order.min_side, content, order.most_pixels)


def _limit_itself() -> None:
    """Signals to end are the starter's to act on, which may still want photos decoded.

    And memory has an end, where the system offers that.
    """
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_LIMIT_BYTES if most < 0 else min(MEMORY_LIMIT_BYTES, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _end_after(limit_s: float) -> None:
    """Should the starter be killed, nobody else would end a decoder that hangs."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 2 * limit_s)


# --- Words between the two -------------------------------------------------------------------


def _send(stream: IO[bytes] | None, value: object, content: bytes = b"") -> None:
    assert stream is not None
    text = json.dumps(value).encode()
    stream.write(_LENGTH.pack(len(text)) + text)
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _LONGEST_WORDS_BYTES:
        raise ValueError(f"{length} bytes where a sentence belongs")
    return json.loads(_exactly(stream, length))


def _exactly(stream: IO[bytes] | None, count: int) -> bytearray:
    content = bytearray(count)
    _fill(stream, memoryview(content))
    return content


def _fill(stream: Any, room: memoryview) -> None:
    while room:
        count = stream.readinto(room)
        if not count:
            raise EOFError("the other side is gone")
        room = room[count:]


if __name__ == "__main__":
    serve()
