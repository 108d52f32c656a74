"""Classifies photos that were found: one result each, in order. Never prints or moves.

Stop iterating to cancel.
"""

import logging
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_sorter.classification import videos
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import DecodedPhoto, DecodedVideo, DecoderPool
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.file_identity import NO_FILE, FileIdentity
from catdog_sorter.labels import Answer, Label, Prediction, Thresholds, Unreadable, decide
from catdog_sorter.model.calibration import animal_probabilities, undecided_logits
from catdog_sorter.model.preprocessing import to_batch
from catdog_sorter.model.test_time_augmentation import approximate_logits, photo_logits
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.photos.find import Photo, is_video_name
from catdog_sorter.previews import Previews, is_worth_another_look
from catdog_sorter.version import __version__

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from catdog_sorter.classification.cache import Cache
    from catdog_sorter.model.backend import Backend
    from catdog_sorter.model.bundle import ModelBundle

_log = logging.getLogger(__name__)

# While one photo takes long, the others are processed; only their answers wait, not their pixels.
_AHEAD_PER_CORE = 32
_MAX_CHUNK = 64
# Several photos are decoded, then classified together: alternating would evict each other's data
# from the processor's caches.
_MIN_CHUNK = 4

Known = Answer | Unreadable
Show = Callable[[Path, DecodedPhoto], None]


@dataclass(frozen=True, slots=True)
class _Query:
    """A photo or video, its answer if known, and its key in the cache.

    `identity` is that of the file before it is decoded, so that a later replacement is noticed.
    `stand_ins` are the other pictures of the shot, used if it cannot be read.
    """

    path: Path
    identity: FileIdentity = NO_FILE
    answer: Known | None = None
    key: bytes | None = None
    stand_ins: tuple[Path, ...] = ()
    is_incomplete: bool = False
    is_video: bool = False


def classify(
    found: Iterable[Photo | Unreadable],
    bundle: "ModelBundle",
    backend: "Backend",
    thresholds: Thresholds | None = None,
    cache: "Cache | None" = None,
    decoders: DecoderPool | None = None,
    show: Show | None = None,
    threads: int | None = None,
    previews: Previews = Previews.NEVER,
) -> Generator[Prediction | Unreadable, None, None]:
    """Classify photos on every core; each decodes some photos and then runs the network on them.

    Args:
        found: Photos, videos, and files known to be unreadable.
        bundle: The model.
        backend: The network of that model.
        thresholds: Used instead of the bundle's own.
        cache: Answers of earlier runs, which are not computed again.
        decoders: A pool to use, as from `warm_start.start_decoder_pool`; closed after the last
            result.
        show: Called with every photo, reduced and perhaps stretched, and with the best frame of
            every video, in any order and from any thread; they are decoded for it even if their
            answer is cached.
        threads: How many cores to use.
        previews: Which photos may be classified by their preview, if that surely shows neither
            animal; has no effect with `show`.

    Yields:
        One result for each of `found`, in order, as soon as it is known. Closing the generator
        stops the work.

    Raises:
        BundleError: The network cannot run.
        CatdogError: No worker can be started.
    """
    used, model = thresholds or bundle.thresholds, bundle.id
    used_previews = Previews.NEVER if show else _possible(previews, bundle)

    def classify_chunk(chunk: list[_Query]) -> list[tuple[_Query, Known]]:
        return _classify_chunk(chunk, bundle, backend, decoding, show, used_previews, used)

    def is_quick(chunk: list[_Query]) -> bool:
        return show is None and all(query.answer is not None for query in chunk)

    at_a_time = max(backend.batch_size, _MIN_CHUNK)
    chunks = _chunks(found, at_a_time, cache, used)
    at_once = threads or cores()
    _log.info("Classifying by %s on %s, in %d threads", model, backend.name, at_once)
    ahead = max(2, _AHEAD_PER_CORE // at_a_time) * at_once
    # Close the decoders before the thread pool, which waits for running photos.
    with ThreadPoolExecutor(at_once) as pool, decoders or DecoderPool() as decoding:
        for answered in map_ahead(pool, classify_chunk, chunks, ahead, is_quick):
            for query, answer in answered:
                _log.debug("%s: %s%s", query.path, answer, ", cached" if query.answer else "")
                if cache and query.key and not query.answer and isinstance(answer, Answer):
                    cache.put(query.key, answer)
                yield _result(query, answer, used, model)


def classify_one(
    path: Path,
    bundle: "ModelBundle",
    backend: "Backend",
    thresholds: Thresholds,
    decoders: DecoderPool,
    is_video: bool = False,
    previews: Previews = Previews.NEVER,
) -> Prediction | Unreadable:
    """Classify one photo or video in this thread, as `classify` does; the decoders stay open.

    Args:
        path: The file.
        bundle: The model.
        backend: The network of that model.
        thresholds: Used instead of the bundle's own.
        decoders: An open pool.
        is_video: Whether the file is a video, regardless of its name.
        previews: As for `classify`.

    Raises:
        BundleError: The network cannot run.
        CatdogError: No worker can be started.
    """
    query = _Query(path, is_video=is_video)
    used_previews = _possible(previews, bundle)
    ((query, answer),) = _classify_chunk(
        [query], bundle, backend, decoders, None, used_previews, thresholds
    )
    return _result(query, answer, thresholds, bundle.id)


def open_cache(
    bundle: "ModelBundle",
    backend: "Backend",
    tell: Callable[[str], None],
    previews: Previews = Previews.NEVER,
) -> "Cache":
    """Open the cache of this model, engine and version; problems are reported to `tell`.

    Runs that use other previews have a cache of their own.
    """
    from catdog_sorter.classification.cache import Cache

    setup = f"{__version__} {bundle.id} {backend.name}"
    used_previews = _possible(previews, bundle)
    return Cache(
        setup if used_previews is Previews.NEVER else f"{setup} previews {used_previews}", tell
    )


def _possible(previews: Previews, bundle: "ModelBundle") -> Previews:
    """Return `previews`, or NEVER if the model has no rule for previews."""
    return Previews.NEVER if bundle.previews is None else previews


def _chunks(
    found: Iterable[Photo | Unreadable],
    at_a_time: int,
    cache: "Cache | None",
    thresholds: Thresholds,
) -> Iterator[list[_Query]]:
    """Yield photos to be classified together, with cached ones in between.

    The first chunks are small, so that the first result appears at once.
    """
    chunk: list[_Query] = []
    size, unknown = 1, 0
    for item in found:
        query = _query(item, cache, thresholds)
        chunk.append(query)
        unknown += query.answer is None
        if unknown == size or len(chunk) >= _MAX_CHUNK:
            yield chunk
            chunk, unknown, size = [], 0, min(2 * size, at_a_time)
    if chunk:
        yield chunk


def _query(item: Photo | Unreadable, cache: "Cache | None", thresholds: Thresholds) -> _Query:
    if isinstance(item, Unreadable):
        return _Query(item.path, answer=item)
    path = item.path  # a new Path at each access
    is_video = is_video_name(path.name)
    try:
        identity = FileIdentity.of(os.stat(path))
    except OSError:  # the decoder reports the reason
        return _Query(path, stand_ins=item.stand_ins, is_video=is_video)
    key = cache.key(path, identity) if cache else None
    answer = cache.get(key) if cache and key else None
    if answer and answer.from_preview and not _shows_neither(answer, thresholds):
        answer = None
    return _Query(path, identity, answer, key, item.stand_ins, is_video=is_video)


def _classify_chunk(
    chunk: list[_Query],
    bundle: "ModelBundle",
    backend: "Backend",
    decoders: DecoderPool,
    show: Show | None,
    previews: Previews,
    thresholds: Thresholds,
) -> list[tuple[_Query, Known]]:
    """Answer queries without an answer; with `show`, decode all photos."""
    answers: dict[int, Known] = {
        n: query.answer for n, query in enumerate(chunk) if query.answer is not None
    }
    if previews is not Previews.NEVER and _takes_previews(bundle, backend):
        seen_small = _classify_previews(chunk, bundle, backend, decoders, previews)
        answers |= {n: a for n, a in seen_small.items() if _shows_neither(a, thresholds)}
    images: dict[int, Pixels] = {}
    paths: dict[int, Path] = {}
    incomplete = set[int]()
    for number, query in enumerate(chunk):
        is_known = number in answers
        if is_known and not (show and isinstance(answers[number], Answer)):
            continue
        if query.is_video:
            answers[number], is_whole = _answer_video(query, bundle, backend, decoders, show)
            if not is_whole:
                incomplete.add(number)
            continue
        try:
            decoded, paths[number] = _decode(query, bundle, decoders)
        except UnreadablePhoto as error:
            answers.setdefault(number, Unreadable(query.path, str(error)))
            continue
        if decoded.is_incomplete:
            incomplete.add(number)
        if show:
            show(query.path, decoded)
        if not is_known:
            images[number] = decoded.pixels
    numbers = list(images)

    def load_high_res(index: int) -> Pixels:
        number = numbers[index]
        path = paths[number]
        try:
            return decoders.read(path, bundle.high_res_side)
        except UnreadablePhoto as error:  # removed or replaced since the first decoding
            answers[number] = Unreadable(chunk[number].path, str(error))
            return images[number]

    if images:
        seen = picture_probabilities(
            list(images.values()), bundle, backend, load_high_res, thresholds
        )
        for number, answer in zip(numbers, seen, strict=True):
            answers.setdefault(number, Answer(*answer))
    return [
        # Answers from a stand-in or an incomplete file are not cached.
        (_noted(query, paths.get(n, query.path), n in incomplete), answers[n])
        for n, query in enumerate(chunk)
    ]


def _answer_video(
    query: _Query,
    bundle: "ModelBundle",
    backend: "Backend",
    decoders: DecoderPool,
    show: Show | None,
) -> tuple[Known, bool]:
    """Classify a video and show its best frame; returns whether all its frames were decoded too."""

    def decode(fractions: Sequence[float], time_s: float | None = None) -> DecodedVideo:
        return decoders.decode_video(query.path, bundle.high_res_side, fractions, time_s)

    try:
        if isinstance(query.answer, Answer):
            known = decode((), query.answer.time_s)
            best, answer, is_whole = known.frames[0], query.answer, True
        else:
            verdict = videos.judge_video(
                decode, partial(judge_frames, bundle=bundle, backend=backend)
            )
            best, is_whole = verdict.best, not verdict.is_incomplete
            answer = verdict.answer
    except UnreadablePhoto as error:
        return query.answer or Unreadable(query.path, str(error)), True
    if show:
        show(query.path, best.photo)
    return answer, is_whole


def judge_frames(
    frames: Sequence[Pixels], bundle: "ModelBundle", backend: "Backend"
) -> list[tuple[float, float]]:
    """`picture_probabilities` of pictures that are already large enough for crops."""
    return picture_probabilities(
        frames, bundle, backend, lambda number: frames[number], videos.UNCERTAIN
    )


def _noted(query: _Query, path: Path, is_incomplete: bool) -> _Query:
    """Update `query` after decoding `path`; removes its key if the answer must not be cached."""
    if path == query.path and not is_incomplete:
        return query
    return replace(query, key=None, is_incomplete=is_incomplete)


def _decode(
    query: _Query, bundle: "ModelBundle", decoders: DecoderPool
) -> tuple[DecodedPhoto, Path]:
    """Decode the photo, or the first readable picture of its shot; returns its path as well."""
    spec = bundle.preprocessing

    def decoded(path: Path) -> DecodedPhoto:
        return decoders.decode(
            path, spec.decode_side, spec.size, high_res_side=bundle.high_res_side
        )

    try:
        return decoded(query.path), query.path
    except UnreadablePhoto:
        for path in query.stand_ins:
            with suppress(UnreadablePhoto):
                return decoded(path), path
        raise


def _classify_previews(
    chunk: list[_Query],
    bundle: "ModelBundle",
    backend: "Backend",
    decoders: DecoderPool,
    previews: Previews,
) -> dict[int, Answer]:
    """Return the answers of photos whose preview surely shows neither animal, by their index."""
    assert bundle.previews is not None
    largest = max(look.size for look in bundle.previews.looks)
    images: dict[int, Pixels] = {}
    for number, query in enumerate(chunk):
        if query.answer is not None or query.is_video:
            continue
        if preview := decoders.preview(query.path, largest, previews):
            images[number] = preview.pixels
    return preview_answers(images, bundle, backend)


def preview_answers(
    images: Mapping[int, Pixels], bundle: "ModelBundle", backend: "Backend"
) -> dict[int, Answer]:
    """Return the answers of previews that surely show neither animal, by the same numbers.

    Args:
        images: Previews, each uint8 (H, W, 3).
        bundle: The model, which has a rule for previews.
        backend: An open backend that takes pictures of the sizes in that rule.
    """
    assert bundle.previews is not None
    answers: dict[int, Answer] = {}
    for look in bundle.previews.looks:
        if not images:
            break
        batch = to_batch(list(images.values()), replace(bundle.preprocessing, size=look.size))
        logits = approximate_logits(backend, batch)
        rows = animal_probabilities(logits, bundle.outputs, bundle.calibration).tolist()
        undecided: dict[int, Pixels] = {}
        for (number, image), (p_cat, p_dog) in zip(images.items(), rows, strict=True):
            if look.suffices(max(image.shape), p_cat, p_dog):
                answers[number] = Answer(p_cat, p_dog, from_preview=True)
            elif is_worth_another_look(p_cat, p_dog):
                undecided[number] = image
        images = undecided
    return answers


def _takes_previews(bundle: "ModelBundle", backend: "Backend") -> bool:
    """Whether the network takes pictures of the sizes for previews; waits until it is open."""
    assert bundle.previews is not None
    sizes = {look.size for look in bundle.previews.looks}
    return sizes == {bundle.preprocessing.size} or backend.takes_any_size


def _shows_neither(answer: Answer, thresholds: Thresholds) -> bool:
    return decide(answer.p_cat, answer.p_dog, thresholds) is Label.NEITHER


def picture_probabilities(
    images: Sequence[Pixels],
    bundle: "ModelBundle",
    backend: "Backend",
    load_high_res: Callable[[int], Pixels] | None = None,
    thresholds: Thresholds | None = None,
) -> list[tuple[float, float]]:
    """Classify pictures in memory together.

    Args:
        images: Upright RGB pictures, each uint8 (H, W, 3); `backend.batch_size` of them are
            fastest.
        bundle: The model.
        backend: The network of that model.
        load_high_res: Returns picture number n with `bundle.high_res_side` pixels at its shorter
            side, for crops. Without it, the pictures themselves are cropped.
        thresholds: In use instead of the bundle's own. Probabilities that are far from both may be
            approximate.

    Returns:
        (`p_cat`, `p_dog`) of each, calibrated, 0 to 1.

    Raises:
        BundleError: The network cannot run.
    """
    logits = photo_logits(
        backend,
        images,
        bundle.preprocessing,
        bundle.test_time_augmentation,
        load_high_res,
        undecided_logits(
            bundle.outputs, bundle.calibration, (bundle.thresholds, thresholds or bundle.thresholds)
        ),
    )
    rows = animal_probabilities(logits, bundle.outputs, bundle.calibration).tolist()
    return [(p_cat, p_dog) for p_cat, p_dog in rows]


def region_probabilities(
    image: Pixels, bundle: "ModelBundle", backend: "Backend"
) -> "npt.NDArray[np.float64] | None":
    """Classify the regions of a picture.

    Args:
        image: An upright RGB picture, uint8 (H, W, 3).
        bundle: The model.
        backend: The network of that model.

    Returns:
        float64 (2, h, w): calibrated probabilities of a cat and of a dog in each cell of an h x w
        grid; None for a network without regional outputs.

    Raises:
        BundleError: The network cannot run.
    """
    cells = backend.regions(to_batch([image], bundle.preprocessing))
    if cells is None:
        return None
    _, outputs, height, width = cells.shape
    logits = cells[0].reshape(outputs, height * width).T
    probabilities = animal_probabilities(logits, bundle.outputs, bundle.calibration)
    return probabilities.T.reshape(2, height, width)


def _result(
    query: _Query, answer: Known, thresholds: Thresholds, model: str
) -> Prediction | Unreadable:
    if isinstance(answer, Unreadable):
        return answer
    return Prediction(
        query.path,
        answer.p_cat,
        answer.p_dog,
        decide(answer.p_cat, answer.p_dog, thresholds),
        model,
        incomplete=query.is_incomplete,
        identity=query.identity,
        time_s=answer.time_s,
        from_preview=answer.from_preview,
    )
