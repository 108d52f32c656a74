"""Photos in, verdicts out: a queue, decoders beside each other, and batches for the network.

Decides what is computed together. Knows nothing of HTTP; how much may wait is for `limits.Room`.
"""

import io
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path, PurePath
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Self

from PIL import Image

from catdog_sorter.classification.classifier import Verdict
from catdog_sorter.classification.pipeline import picture_probabilities
from catdog_sorter.decoding.image import UnreadablePhoto
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import Decoders
from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import UNREADABLE, Thresholds, decide
from catdog_sorter.model.backends import Backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.parallel import cores
from catdog_sorter.serving.limits import Limits
from catdog_sorter.serving.metrics import FAILED, GIVEN_UP, Meters

Answer = Verdict | str
_LONGEST_SUFFIX = 10


class _Job:
    """A photo that waits; its bytes go as soon as nobody waits for its answer any more."""

    def __init__(self, name: str, content: bytes) -> None:
        self.path = Path(f"photo{PurePath(name).suffix[:_LONGEST_SUFFIX]}")
        self.content = content
        self.answer: Future[Answer] = Future()
        self.answer.add_done_callback(self._forget)

    def _forget(self, _: object) -> None:
        self.content = b""


class Looker:
    """Says what photos show. `look` may be called from any thread.

    It works from `start` to `close`; use it in a `with` block.

    There is a thread for every core, and where the network takes one call at a time one more, as
    that call holds one. Each has a photo decoded, puts it with the others that are
    ready, and runs the network on what is ready if the network is free: so a batch holds what came
    while the one before was computed, and nothing ever waits for a batch to fill.
    """

    def __init__(
        self,
        bundle: ModelBundle,
        backend: Backend,
        thresholds: Thresholds | None,
        limits: Limits,
        meters: Meters,
    ) -> None:
        self.model = bundle.id
        self._bundle, self._backend, self._meters = bundle, backend, meters
        self._thresholds = thresholds or bundle.thresholds
        self._decoders = Decoders(limits.photo_timeout_s, limits.photo_pixels)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._ready: deque[tuple[_Job, Pixels]] = deque()
        # An engine that takes one photo at a time takes one from every core.
        calls_at_once, spare = (cores(), 0) if backend.batch_size == 1 else (1, 1)
        self._turns = Semaphore(calls_at_once)
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(cores() + spare)]
        # What went wrong last, unless something has gone well since; None at first.
        self.trouble: str | None = None
        meters.waiting.set_function(self._jobs.qsize)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start all threads and decoders. Raises CatdogError when no photo can be looked at."""
        for _ in self._threads:
            self._decoders.start_one()
        try:
            self._try_out()
        except BaseException:
            self._decoders.close()
            raise
        for thread in self._threads:
            thread.start()

    def _try_out(self) -> None:
        spec = self._bundle.preprocessing
        try:
            decoded = self._decoders.decode(Path("a.png"), spec.decode_side, spec.size, _black())
        except UnreadablePhoto as error:
            raise CatdogError(
                f"Not even a picture of the service's own can be looked at. {error} Close other "
                "programs, or give photos more time and pixels."
            ) from error
        picture_probabilities([decoded.pixels], self._bundle, self._backend)

    def close(self) -> None:
        """Answer what was taken, then end all threads and decoders."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._decoders.close()

    def look(self, name: str, content: bytes) -> Future[Answer]:
        """Take a photo; of `name` the suffix tells some camera RAW files.

        The answer is a verdict, or a sentence that says why there is none; or a CatdogError, when
        no photo could be looked at. Cancel it to give the photo up.
        """
        job = _Job(name, content)
        self._jobs.put(job)
        return job.answer

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.answer.set_running_or_notify_cancel():
                self._decode(job)
                self._run_network()
            else:
                self._meters.photos.labels(GIVEN_UP).inc()

    def _decode(self, job: _Job) -> None:
        spec = self._bundle.preprocessing
        try:
            decoded = self._decoders.decode(job.path, spec.decode_side, spec.size, job.content)
        except UnreadablePhoto as error:
            self._meters.photos.labels(UNREADABLE).inc()
            job.answer.set_result(str(error))
        except Exception as error:  # the threads go on, whatever it is
            self._fail(job.answer, error)
        else:
            self._ready.append((job, decoded.pixels))

    def _run_network(self) -> None:
        # Asked again after each turn: what another thread put here while it was not free is ours.
        while self._ready and self._turns.acquire(blocking=False):
            try:
                self._answer(self._batch())
            finally:
                self._turns.release()

    def _batch(self) -> list[tuple[_Job, Pixels]]:
        batch: list[tuple[_Job, Pixels]] = []
        with suppress(IndexError):  # another thread took the last one
            while len(batch) < self._backend.batch_size:
                batch.append(self._ready.popleft())
        return batch

    def _answer(self, batch: list[tuple[_Job, Pixels]]) -> None:
        if not batch:
            return
        self._meters.batches.observe(len(batch))
        try:
            images = [pixels for _, pixels in batch]
            answers = picture_probabilities(
                images, self._bundle, self._backend, lambda n: self._larger(*batch[n])
            )
        except Exception as error:  # the threads go on, whatever it is
            for job, _ in batch:
                self._fail(job.answer, error)
            return
        self.trouble = None
        for (job, _), (p_cat, p_dog) in zip(batch, answers, strict=True):
            label = decide(p_cat, p_dog, self._thresholds)
            self._meters.photos.labels(label).inc()
            job.answer.set_result(Verdict(p_cat, p_dog, label, self.model))

    def _larger(self, job: _Job, pixels: Pixels) -> Pixels:
        """The photo with more pixels, for its parts; it was readable a moment ago."""
        side = self._bundle.preprocessing.decode_side_for_parts
        try:
            return self._decoders.decode(job.path, side, content=job.content).pixels
        except UnreadablePhoto:  # the computer is out of time or memory: what there is has to do
            return pixels

    def _fail(self, answer: Future[Answer], error: Exception) -> None:
        self.trouble = str(error) or type(error).__name__
        self._meters.photos.labels(FAILED).inc()
        answer.set_exception(error)


def _black() -> bytes:
    """A picture to try with whether pictures can be looked at."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()
