"""A pool of processes that decode photos and videos, which a bad file may crash, hang or fill.

Decides how long and with how much memory one of them may be decoded. Looks at no pixel, knows no
models, never writes. A decoder's answer is pixels or a sentence, and is never executed.
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
from typing import Any, Self

import numpy as np

from catdog_sorter.closeable import Closeable
from catdog_sorter.decoding import memory
from catdog_sorter.decoding.forked import ForkedWorker
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.worker import ENVIRONMENT, DecodeRequest, fill, receive, send
from catdog_sorter.errors import CatdogError, UnreadablePhoto

_log = logging.getLogger(__name__)

# A camera RAW file over a slow network takes some seconds; nothing that is well takes a minute.
TIME_LIMIT_S = 60.0
# -P: a file called numpy.py among the photos must not be taken for a part of this program.
_COMMAND = (sys.executable, "-P", "-m", "catdog_sorter.decoding.worker")
# How often decoders at work are checked; more often where they have little time.
_WATCH_EVERY_S = 1.0
_STOPPED = "Stopped before it was decoded."
_BROKEN_OFF = (OSError, EOFError, ValueError, TypeError, MemoryError)


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """An upright photo, uint8 (H, W, 3), perhaps stretched; `aspect` is its W / H before that.

    `is_incomplete`: its file ends too early, or not where it should, yet nearly all is there.
    """

    pixels: Pixels
    aspect: float
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class DecodedFrame:
    """An upright frame of a video, in the shape it is shown in, and when that is."""

    photo: DecodedPhoto
    time_s: float


@dataclass(frozen=True, slots=True)
class DecodedVideo:
    """Frames of a video in the order they are shown, at least one.

    `duration_s`: 0 where it is unknown. `is_incomplete`: some of the frames wanted are damaged.
    """

    frames: tuple[DecodedFrame, ...]
    duration_s: float
    is_incomplete: bool = False


Decoded = DecodedPhoto | DecodedVideo


class DecoderPool(Closeable):
    """Decoder workers, started when needed. Its methods may be called from many threads.

    Args:
        time_limit_s: maximum decode time per photo.
        max_pixels: refuse photos that say they have more; None leaves it to `decoding.image`.
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
        """Start a worker without waiting for it, so that the first `decode` need not.

        Args:
            started: one that was started already.
        """
        with suppress(CatdogError):  # `decode` tries again, and reports
            self._idle.append(_Decoder(started or _new_process()))

    def close(self) -> None:
        """End all workers, whatever they are doing; none starts until a `with` block is entered.

        A `decode` under way in another thread raises UnreadablePhoto at once.
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
        self, path: Path, min_side: int, size: int | None = None, content: bytes | None = None
    ) -> DecodedPhoto:
        """Decode one photo in a worker.

        Args:
            path: the file; of a photo in memory only its suffix counts.
            min_side: pixels the shorter side should keep.
            size: side of the square that a large photo is stretched to, in pixels; None keeps its
                shape. Small photos always keep it.
            content: the bytes of a photo in memory.

        Returns:
            The photo, upright, smaller than in the file where `min_side` allows it.

        Raises:
            UnreadablePhoto: the file gives no picture, makes its worker fail, or takes longer than
                the time limit; or the pool is closed.
            CatdogError: no worker can be started.
        """
        count = None if content is None else len(content)
        request = DecodeRequest(
            str(path),
            min_side,
            size,
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
            UnreadablePhoto: as `decode`.
            CatdogError: no worker can be started.
        """
        request = DecodeRequest(
            str(path),
            min_side,
            None,
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

    def preview(self, path: Path, size: int) -> DecodedPhoto | None:
        """The preview in a photo, as `embedded_previews.read_preview`, with `size` as in `decode`.

        Returns None also where its worker fails. Raises CatdogError when no worker can be started.
        """
        request = DecodeRequest(
            str(path),
            0,
            size,
            self._time_limit_s,
            self._max_pixels,
            memory.ORDINARY_BYTES,
            may_ask=False,
            content_bytes=None,
            preview=True,
        )
        with suppress(UnreadablePhoto):
            decoded = self._answer(request, None)
            return decoded if isinstance(decoded, DecodedPhoto) else None
        return None

    def _answer(self, request: DecodeRequest, content: bytes | None) -> Decoded | None:
        """Decode with as much memory as the photo asks for, and once more if its worker dies."""
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
                    # Of too little memory, its own or, for another photo's, the machine's.
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
        # Under the lock: none may start while, or after, all are ended.
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
        """Give up photos that take too long, for as long as there is work.

        One thread for all: to start one for each photo takes, while every core is busy, about as
        long as to decode a small photo.
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
        """One that waits, or a new one; what the system ended meanwhile is not a photo's fault."""
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
    """A decoder is gone; `str(error)` says how it ended."""


class _Decoder:
    """One process; it decodes one photo at a time, until its `deadline` (`time.monotonic`)."""

    def __init__(self, process: subprocess.Popen[bytes] | ForkedWorker) -> None:
        self.deadline = math.inf
        self.is_given_up = False
        self._process = process
        self._has_started = False
        _log.info("Started decoder %d", process.pid)

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

    def ask(self, request: DecodeRequest, content: bytes | None) -> Decoded | str | int | None:
        """What is decoded, why it is not, or how many bytes that takes; None for no useful preview.

        Raises _Died, UnreadablePhoto when it took too long.
        """
        self.deadline = time.monotonic() + request.limit_s
        try:
            send(self._process.stdin, request, content or b"")
            answer = self._said()
            if isinstance(answer, str) or (answer is None and request.preview):
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
                    f"It could not be decoded within {seconds}, so it was given up."
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
            # Long enough for one that is at its end to give the code it ends with.
            self._process.wait(timeout=1.0)
        self.stop()
        code = self._process.returncode
        return f"signal {-code}" if code < 0 else f"code {code}"

    def give_up(self) -> None:
        """End the process, which took too long."""
        _log.info("Decoder %d takes too long and is killed", self._process.pid)
        self.is_given_up = True
        self._process.kill()

    def kill(self) -> None:
        """End the process, whatever it is doing; who waits for its answer tidies up."""
        self._process.kill()

    def stop(self) -> None:
        """End the process, and wait for that."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _new_process() -> subprocess.Popen[bytes]:
    """Raises CatdogError when no worker can be started."""
    try:
        return subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # decoding libraries write there what helps nobody
            env={**os.environ, **ENVIRONMENT},
        )
    except OSError as error:
        raise _not_started(str(error)) from error


def _not_started(why: str) -> CatdogError:
    return CatdogError(
        f"The part of this program that decodes photos could not be started ({why}). Close other "
        "programs and try again, or install catdog-sorter again in a fresh environment."
    )
