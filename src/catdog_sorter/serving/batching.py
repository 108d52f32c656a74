"""Classifies uploaded photos and videos in batches, with decoders in parallel.

Decides which photos share a network call. Knows nothing of HTTP; `limits.CapacityLimiter` bounds
the queue.
"""

import io
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Self

from PIL import Image

from catdog_sorter.classification import videos
from catdog_sorter.classification.classifier import Verdict
from catdog_sorter.classification.pipeline import judge_frames, picture_probabilities
from catdog_sorter.closeable import Closeable
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import DecodedVideo, DecoderPool
from catdog_sorter.decoding.video import is_video
from catdog_sorter.errors import CatdogError, UnreadablePhoto
from catdog_sorter.labels import UNREADABLE, Answer, Thresholds, decide
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.parallel import cores
from catdog_sorter.serving.limits import ServiceLimits
from catdog_sorter.serving.metrics import FAILED, GIVEN_UP, Metrics

VerdictOrReason = Verdict | str
_MAX_SUFFIX_LENGTH = 10
THUMBNAIL_SIDE = 512
_QUALITY = 80
_START_BYTES = 32


class _PendingPhoto:
    """A queued photo or video; its bytes are released once its answer is set or cancelled."""

    def __init__(self, name: str, content: bytes) -> None:
        self.path = _path_of(name)
        self.content = content
        self.is_incomplete = False
        self.answer: Future[VerdictOrReason] = Future()
        self.answer.add_done_callback(self._forget)

    def _forget(self, _: object) -> None:
        self.content = b""


class BatchingClassifier(Closeable):
    """Classifies photos; `classify` may be called from any thread.

    Runs from `start` to `close`; use it in a `with` block.

    There is a thread per core, and one more where the network takes one call at a time, as that
    call occupies a thread. Each thread has a photo decoded, adds it to those that are ready, and
    runs the network on them if it is free: a batch holds what arrived while the previous one was
    computed, and no photo waits for a batch to fill.
    """

    def __init__(
        self,
        bundle: ModelBundle,
        backend: Backend,
        thresholds: Thresholds | None,
        limits: ServiceLimits,
        metrics: Metrics,
    ) -> None:
        self.model = bundle.id
        self._bundle, self._backend, self._metrics = bundle, backend, metrics
        self._thresholds = thresholds or bundle.thresholds
        self._decoders = DecoderPool(limits.photo_timeout_s, limits.photo_pixels)
        self._queue: SimpleQueue[_PendingPhoto | None] = SimpleQueue()
        self._ready: deque[tuple[_PendingPhoto, Pixels]] = deque()
        # A backend with batches of one is called from every core at once.
        calls_at_once, spare = (cores(), 0) if backend.batch_size == 1 else (1, 1)
        self._network_slots = Semaphore(calls_at_once)
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(cores() + spare)]
        # The last failure, None at first and after a success.
        self.last_error: str | None = None
        metrics.waiting.set_function(self._queue.qsize)

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Start all threads and decoders. Raises CatdogError when the self-test fails."""
        for _ in self._threads:
            self._decoders.start_one()
        try:
            self._self_test()
        except BaseException:
            self._decoders.close()
            raise
        for thread in self._threads:
            thread.start()

    def _self_test(self) -> None:
        spec = self._bundle.preprocessing
        try:
            decoded = self._decoders.decode(Path("a.png"), spec.decode_side, spec.size, _black())
        except UnreadablePhoto as error:
            raise CatdogError(
                f"The service cannot classify its own test image. {error} Close other programs, or "
                "raise --photo-timeout and --max-megapixels."
            ) from error
        picture_probabilities([decoded.pixels], self._bundle, self._backend)

    def close(self) -> None:
        """Finish what is queued, then end all threads and decoders."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._decoders.close()

    def classify(self, name: str, content: bytes) -> Future[VerdictOrReason]:
        """Queue a photo or video; only the suffix of `name` counts, for some camera RAW files.

        The result of the future is a verdict, or a sentence that says why there is none. The
        future raises CatdogError if no photo can be classified. Cancel it to drop the photo.
        """
        pending = _PendingPhoto(name, content)
        self._queue.put(pending)
        return pending.answer

    def thumbnail(self, name: str, content: bytes) -> bytes | str:
        """Make a small JPEG of a photo; returns a sentence that says why if there is none."""
        try:
            decoded = self._decoders.decode(_path_of(name), THUMBNAIL_SIDE, content=content)
        except UnreadablePhoto as error:
            return str(error)
        image = Image.fromarray(decoded.pixels)
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        file = io.BytesIO()
        image.save(file, "JPEG", quality=_QUALITY)
        return file.getvalue()

    def _work(self) -> None:
        while (pending := self._queue.get()) is not None:
            if pending.answer.set_running_or_notify_cancel():
                self._decode(pending)
                self._run_network()
            else:
                self._metrics.photos.labels(GIVEN_UP).inc()

    def _decode(self, pending: _PendingPhoto) -> None:
        spec = self._bundle.preprocessing
        try:
            if is_video(pending.content[:_START_BYTES]):
                verdict = videos.judge_video(partial(self._frames, pending), self._judge_frames)
                self._set_verdict(pending, verdict.answer, verdict.is_incomplete)
                return
            decoded = self._decoders.decode(
                pending.path,
                spec.decode_side,
                spec.size,
                pending.content,
                self._bundle.high_res_side,
            )
        except UnreadablePhoto as error:
            self._metrics.photos.labels(UNREADABLE).inc()
            pending.answer.set_result(str(error))
        except Exception as error:  # the threads go on, whatever it is
            self._fail(pending.answer, error)
        else:
            pending.is_incomplete = decoded.is_incomplete
            self._ready.append((pending, decoded.pixels))

    def _frames(self, pending: _PendingPhoto, fractions: Sequence[float]) -> DecodedVideo:
        side = self._bundle.high_res_side
        return self._decoders.decode_video(pending.path, side, fractions, content=pending.content)

    def _judge_frames(self, frames: Sequence[Pixels]) -> list[tuple[float, float]]:
        with self._network_slots:
            return judge_frames(frames, self._bundle, self._backend)

    def _run_network(self) -> None:
        # Checked again after each call: other threads add photos while the network is busy.
        while self._ready and self._network_slots.acquire(blocking=False):
            try:
                self._answer(self._batch())
            finally:
                self._network_slots.release()

    def _batch(self) -> list[tuple[_PendingPhoto, Pixels]]:
        batch: list[tuple[_PendingPhoto, Pixels]] = []
        with suppress(IndexError):  # another thread took the last one
            while len(batch) < self._backend.batch_size:
                batch.append(self._ready.popleft())
        return batch

    def _answer(self, batch: list[tuple[_PendingPhoto, Pixels]]) -> None:
        if not batch:
            return
        self._metrics.batches.observe(len(batch))
        try:
            images = [pixels for _, pixels in batch]
            answers = picture_probabilities(
                images,
                self._bundle,
                self._backend,
                lambda n: self._load_high_res(*batch[n]),
                self._thresholds,
            )
        except Exception as error:  # the threads go on, whatever it is
            for pending, _ in batch:
                self._fail(pending.answer, error)
            return
        for (pending, _), answer in zip(batch, answers, strict=True):
            self._set_verdict(pending, Answer(*answer), pending.is_incomplete)

    def _set_verdict(self, pending: _PendingPhoto, answer: Answer, is_incomplete: bool) -> None:
        self.last_error = None
        label = decide(answer.p_cat, answer.p_dog, self._thresholds)
        self._metrics.photos.labels(label).inc()
        verdict = Verdict(
            answer.p_cat, answer.p_dog, label, self.model, is_incomplete, answer.time_s
        )
        pending.answer.set_result(verdict)

    def _load_high_res(self, pending: _PendingPhoto, pixels: Pixels) -> Pixels:
        """Decode the photo again with more pixels, for crops."""
        side = self._bundle.high_res_side
        try:
            return self._decoders.decode(pending.path, side, content=pending.content).pixels
        except UnreadablePhoto:  # out of time or memory: use the smaller image
            return pixels

    def _fail(self, answer: Future[VerdictOrReason], error: Exception) -> None:
        self.last_error = str(error) or type(error).__name__
        self._metrics.photos.labels(FAILED).inc()
        answer.set_exception(error)


def _path_of(name: str) -> Path:
    """Return a path with the photo's suffix but not its name."""
    return Path(f"photo{PurePath(name).suffix[:_MAX_SUFFIX_LENGTH]}")


def _black() -> bytes:
    """Make a test image."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()
