"""A pool of worker processes that decode photos and videos.

A bad file may crash a worker, make it hang or fill its memory, so the pool limits time and memory.
Knows no models and never writes. A worker answers with pixels or a sentence, never with code.
"""

import logging
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import IO, Any, Self

import numpy as np

from catdog_sorter.closeable import Closeable
from catdog_sorter.decoding import memory
from catdog_sorter.decoding.forked import ForkedWorker
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.worker import ENVIRONMENT, DecodeRequest, fill, receive, send
from catdog_sorter.errors import CatdogError, UnreadablePhoto
from catdog_sorter.previews import Previews

_log = logging.getLogger(__name__)

# A camera RAW file over a slow network takes some seconds; no intact photo takes a minute.
TIME_LIMIT_S = 60.0
# -P: a file named numpy.py among the photos must not be imported.
_COMMAND = (sys.executable, "-P", "-m", "catdog_sorter.decoding.worker")
# How often busy workers are checked; more often with a short time limit.
_WATCH_EVERY_S = 1.0
_PIPE_BYTES = 1 << 20
_STOPPED = "Stopped before it was decoded."
_BROKEN_OFF = (OSError, EOFError, ValueError, TypeError, MemoryError)


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """An upright photo, uint8 (H, W, 3), perhaps stretched; `aspect` is its W / H before that.

    `is_incomplete`: its file is truncated or has trailing data, but nearly all of it is there.
    """

    pixels: Pixels
    aspect: float
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class DecodedFrame:
    """An upright frame of a video in its display shape, and its time in seconds."""

    photo: DecodedPhoto
    time_s: float


@dataclass(frozen=True, slots=True)
class DecodedVideo:
    """Frames of a video in order, at least one.

    `duration_s`: 0 if unknown. `is_incomplete`: some of the requested frames are damaged.
    """

    frames: tuple[DecodedFrame, ...]
    duration_s: float
    is_incomplete: bool = False


Decoded = DecodedPhoto | DecodedVideo


class DecoderPool(Closeable):
    """Decoder workers, started when needed. Its methods may be called from many threads.

    Args:
        time_limit_s: Maximum decode time per photo.
        max_pixels: Refuse photos whose header says more; None for the limit of `decoding.image`.
    """

    def __init__(self, time_limit_s: float = TIME_LIMIT_S, max_pixels: int | None = None) -> None:
        self._time_limit_s = time_limit_s
        self._max_pixels = max_pixels
        self._lock = Lock()
        self._idle: list[_Decoder] = []
        self._at_work: set[_Decoder] = set()
        self._is_watched = False
        self._is_closed = False

    def __enter__(self) -> Self:
        self._is_closed = False
        return self

    def start_one(self, started: ForkedWorker | None = None) -> None:
        """Start a worker without waiting for it, so that the first `decode` is quicker.

        Args:
            started: A worker that was started already.
        """
        with suppress(CatdogError):  # `decode` tries again, and reports
            self._idle.append(_Decoder(started or _new_process()))

    def close(self) -> None:
        """End all workers, even busy ones; none starts until a `with` block is entered.

        A `decode` running in another thread raises UnreadablePhoto at once.
        """
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for decoder in self._at_work:
                decoder.kill()
        for decoder in idle:
            decoder.stop()

    def read(self, path: Path, min_side: int) -> Pixels:
        """As `decoding.image.read_photo`. Raises what `decode` does."""
        return self.decode(path, min_side).pixels

    def decode(
        self,
        path: Path,
        min_side: int,
        size: int | None = None,
        content: bytes | None = None,
        high_res_side: int = 0,
    ) -> DecodedPhoto:
        """Decode one photo in a worker.

        Args:
            path: The file; of a photo in memory only its suffix counts.
            min_side: Pixels that the shorter side should keep.
            size: Side of the square that the photo is stretched to, in pixels; None keeps its
                shape.
            content: The bytes of a photo in memory.
            high_res_side: A photo whose format is slow to decode keeps its shape if its shorter
                side has this many pixels, so crops of it need no second decoding; 0 stretches
                every photo.

        Returns:
            The photo, upright, reduced as far as `min_side` allows.

        Raises:
            UnreadablePhoto: The file cannot be decoded, crashes its worker, or exceeds the time
                limit; or the pool is closed.
            CatdogError: No worker can be started.
        """
        count = None if content is None else len(content)
        request = DecodeRequest(
            str(path),
            min_side,
            size,
            high_res_side,
            self._time_limit_s,
            self._max_pixels,
            memory.ORDINARY_BYTES,
            may_ask=True,
            content_bytes=count,
        )
        decoded = self._answer(request, content)
        assert isinstance(decoded, DecodedPhoto)
        return decoded

    def decode_video(
        self,
        path: Path,
        min_side: int,
        fractions: Sequence[float],
        time_s: float | None = None,
        content: bytes | None = None,
    ) -> DecodedVideo:
        """Decode frames of one video in a worker, as `decoding.video.read_frames`.

        Raises:
            UnreadablePhoto: As for `decode`.
            CatdogError: No worker can be started.
        """
        request = DecodeRequest(
            str(path),
            min_side,
            None,
            0,
            self._time_limit_s,
            self._max_pixels,
            memory.ORDINARY_BYTES,
            may_ask=True,
            content_bytes=None if content is None else len(content),
            fractions=list(fractions),
            time_s=time_s,
        )
        decoded = self._answer(request, content)
        assert isinstance(decoded, DecodedVideo)
        return decoded

    def preview(self, path: Path, size: int, wanted: Previews) -> DecodedPhoto | None:
        """The preview in a photo, as `embedded_previews.read_preview`, with `size` as in `decode`.

        Args:
            path: The file.
            size: As in `decode`.
            wanted: Which photos; `Previews.AUTO` skips edited ones.

        Returns:
            None also if its worker fails.

        Raises:
            CatdogError: No worker can be started.
        """
        request = DecodeRequest(
            str(path),
            0,
            size,
            0,
            self._time_limit_s,
            self._max_pixels,
            memory.ORDINARY_BYTES,
            may_ask=False,
            content_bytes=None,
            preview=wanted,
        )
        with suppress(UnreadablePhoto):
            decoded = self._answer(request, None)
            return decoded if isinstance(decoded, DecodedPhoto) else None
        return None

    def _answer(self, request: DecodeRequest, content: bytes | None) -> Decoded | None:
        """Decode with as much memory as the photo needs, and retry once if its worker dies."""
        has_died = False
        while True:
            with memory.BUDGET.reserve(request.memory_bytes) as granted:
                is_most = granted >= memory.BUDGET.max_bytes
                may_ask = request.may_ask and not is_most
                try:
                    answer = self._decode_once(
                        request._replace(memory_bytes=granted, may_ask=may_ask), content
                    )
                except _Died as death:
                    _log.info("A decoder ended at %s: %s", request.path, death)
                    if has_died:
                        raise UnreadablePhoto(
                            f"The {request.noun} is damaged: decoding it fails ({death})."
                        ) from death
                    # Probably memory ran out: the worker's or, by another photo, the machine's.
                    has_died, answer = True, memory.MAX_PHOTO_BYTES
            if not isinstance(answer, int):
                return answer
            request = request._replace(memory_bytes=answer)

    def _decode_once(self, request: DecodeRequest, content: bytes | None) -> Decoded | int | None:
        decoder = self._begin()
        try:
            decoder.await_start()
            answer = decoder.ask(request, content)
        except BaseException:
            self._end(decoder, is_well=False)
            if self._is_closed:
                raise UnreadablePhoto(_STOPPED) from None
            raise
        self._end(decoder, is_well=True)
        if isinstance(answer, str):
            raise UnreadablePhoto(answer)
        return answer

    def _begin(self) -> "_Decoder":
        # Under the lock, so that no worker starts while or after all are ended.
        with self._lock:
            if self._is_closed:
                raise UnreadablePhoto(_STOPPED)
            if not self._is_watched:
                Thread(target=self._watch, daemon=True).start()
                self._is_watched = True
            decoder = self._idle_one()
            self._at_work.add(decoder)
            return decoder

    def _watch(self) -> None:
        """Kill workers that exceed the time limit, as long as there is work.

        One thread for all workers: starting a thread for each photo takes, with every core busy,
        about as long as decoding a small photo.
        """
        while True:
            time.sleep(min(_WATCH_EVERY_S, self._time_limit_s / 4))
            with self._lock:
                if not self._at_work:
                    self._is_watched = False
                    return
                for decoder in self._at_work:
                    if time.monotonic() >= decoder.deadline:
                        decoder.give_up()

    def _idle_one(self) -> "_Decoder":
        """An idle worker or a new one; idle workers that the system killed are replaced."""
        while self._idle:
            decoder = self._idle.pop()
            if decoder.is_alive:
                return decoder
            decoder.stop()
        return _Decoder(_new_process())

    def _end(self, decoder: "_Decoder", is_well: bool) -> None:
        with self._lock:
            self._at_work.discard(decoder)
            is_wanted = is_well and not (decoder.is_given_up or self._is_closed)
            if is_wanted:
                self._idle.append(decoder)
        if not is_wanted:
            decoder.stop()


class _Died(Exception):
    """A worker died; `str(error)` says how it ended."""


class _Decoder:
    """One process; it decodes one photo at a time, until its `deadline` (`time.monotonic`)."""

    def __init__(self, process: subprocess.Popen[bytes] | ForkedWorker) -> None:
        self.deadline = math.inf
        self.is_given_up = False
        self._process = process
        self._has_started = False
        _widen(process.stdout)
        _log.info("Started decoder %d", process.pid)

    def await_start(self) -> None:
        """Wait until it is ready. Raises CatdogError if it ended instead."""
        if self._has_started:
            return
        try:
            self._said()
        except _BROKEN_OFF as error:
            raise _not_started(self._ending()) from error
        self._has_started = True

    @property
    def is_alive(self) -> bool:
        """Whether its process is running."""
        return self._process.poll() is None

    def ask(self, request: DecodeRequest, content: bytes | None) -> Decoded | str | int | None:
        """The decoded photo, a reason, or the bytes of memory needed; None for no usable preview.

        Raises:
            _Died: The process ended.
            UnreadablePhoto: It exceeded the time limit.
        """
        self.deadline = time.monotonic() + request.limit_s
        try:
            send(self._process.stdin, request, content or b"")
            answer = self._said()
            if isinstance(answer, str) or (
                answer is None and request.preview is not Previews.NEVER
            ):
                return answer
            if type(answer) is int and request.may_ask:
                return max(answer, request.memory_bytes + 1)
            if request.fractions is None:
                height, width, aspect, is_incomplete = answer
                return DecodedPhoto(self._pixels(height, width), float(aspect), bool(is_incomplete))
            described, duration_s, is_incomplete = answer
            frames = tuple(
                DecodedFrame(DecodedPhoto(self._pixels(height, width), width / height), time_s)
                for height, width, time_s in described
            )
            return DecodedVideo(frames, float(duration_s), bool(is_incomplete))
        except _BROKEN_OFF as error:
            if self.is_given_up:
                seconds = f"{request.limit_s:,.0f} seconds"
                raise UnreadablePhoto(
                    f"It could not be decoded within {seconds}, so it was skipped."
                ) from error
            raise _Died(self._ending()) from error
        finally:
            self.deadline = math.inf

    def _pixels(self, height: int, width: int) -> Pixels:
        pixels = np.empty((height, width, 3), np.uint8)
        fill(self._process.stdout, pixels.reshape(-1).data)
        return pixels

    def _said(self) -> Any:
        return receive(self._process.stdout)

    def _ending(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            # Long enough for an ending process to return its exit code.
            self._process.wait(timeout=1.0)
        self.stop()
        code = self._process.returncode
        return f"signal {-code}" if code < 0 else f"code {code}"

    def give_up(self) -> None:
        """Kill the process because it exceeded the time limit."""
        _log.info("Decoder %d takes too long and is killed", self._process.pid)
        self.is_given_up = True
        self._process.kill()

    def kill(self) -> None:
        """Kill the process, even if busy; the thread that waits for its answer cleans up."""
        self._process.kill()

    def stop(self) -> None:
        """Kill the process and wait until it has ended."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold a whole picture, so that neither side waits for the other in between."""
    with suppress(ImportError, AttributeError, OSError):  # Linux only, and only so many
        import fcntl

        assert pipe is not None
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _new_process() -> subprocess.Popen[bytes]:
    """Raises CatdogError when no worker can be started."""
    try:
        return subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # hides the messages of decoding libraries
            env={**os.environ, **ENVIRONMENT},
        )
    except OSError as error:
        raise _not_started(str(error)) from error


def _not_started(why: str) -> CatdogError:
    return CatdogError(
        f"The process that decodes photos could not be started ({why}). Close other programs and "
        "try again, or install catdog-sorter again in a fresh environment."
    )
