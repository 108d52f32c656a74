"""Handles each request of the window and yields its events. Loads no Qt.

Uses the same `pipeline`, `MovingSession` and `corrections` as the command line.
"""

import math
import os
import queue
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from catdog_sorter import languages
from catdog_sorter.classification import corrections, pipeline, warm_start
from catdog_sorter.decoding.image import orientation, read_photo
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.decoding.pool import DecodedVideo, DecoderPool
from catdog_sorter.errors import BundleError, UnreadablePhoto
from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.gui.worker import heat, messages, stored_thumbnails
from catdog_sorter.labels import Prediction, Unreadable
from catdog_sorter.model import registry
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.bundle import DESCRIPTION, ModelBundle, read_description
from catdog_sorter.moving.journal import HAS_MOVED, open_journal
from catdog_sorter.moving.late import LatePlan, late_files, plan_late
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.plan import Plan, Reason
from catdog_sorter.moving.session import MovingSession
from catdog_sorter.moving.sort import References, Totals, plan_sorting
from catdog_sorter.moving.tagging import plan_tags
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.photos.capture import read_capture
from catdog_sorter.photos.companions import Grouping
from catdog_sorter.photos.find import Photo, Scope, find_photos, is_video_name
from catdog_sorter.photos.left_alone import Survey
from catdog_sorter.previews import Previews
from catdog_sorter.reports.photos import PhotoReport
from catdog_sorter.reports.rows import ReportRow
from catdog_sorter.storage.locations import example_photos, shipped_weights
from catdog_sorter.training.data.corrected_photos import with_corrections
from catdog_sorter.training.data.samples import LABEL_OF

Events = Generator[Any, None, None]
_MAX_EXAMPLES = 8
_PAUSE_S = 0.02
_MOST_NEWS = 250  # photos found in a pause, so that the first results need not wait for 50,000
_REPORT_SIDE = 224  # pixels that suit the small pictures of a report
_FIRST_ON_ITS_SIDE = 5  # the values of EXIF's Orientation from here on swap width and height


def classify(request: messages.Classify) -> Events:
    """ModelReady; Found, each before its photos' results; Referenced; LeftOut; Orphans;
    SkippedFolders.

    The window shows the photos while the model is still being opened.
    """
    outputs = set() if request.sorted_too else request.sorting.output_folders(request.paths)
    skip = request.sorting.is_sorted(request.paths) if outputs else _skip_none
    gone = [path for path in request.paths if request.missing_ok and not os.path.lexists(path)]
    missing = tuple(Unreadable(path, "It is no longer there.") for path in gone)
    survey = Survey()
    there = [path for path in request.paths if path not in set(gone)]
    search = find_photos(there, Scope(videos=request.videos), skip=skip, survey=survey)
    if missing:
        yield messages.Found(missing, False)
        yield from missing
    with ExitStack() as stack:
        search_ahead = stack.enter_context(closing(_BackgroundSearch(search)))
        opening = stack.enter_context(ThreadPoolExecutor(1)).submit(
            warm_start.open_model, request.model
        )
        while not opening.done():
            yield from search_ahead.news()
            wait([opening], _PAUSE_S)
        bundle, engine = opening.result()
        decoders = stack.enter_context(warm_start.start_decoder_pool())
        thresholds = request.thresholds or bundle.thresholds
        yield messages.ModelReady(bundle.id, bundle.name, bundle.thresholds)
        previews = Previews.AUTO
        cache = stack.enter_context(pipeline.open_cache(bundle, engine, _log, previews))
        results = corrections.corrected(
            pipeline.classify(
                search_ahead.photos(),
                bundle,
                engine,
                thresholds,
                cache,
                decoders,
                previews=previews,
            ),
            corrections.load_corrections(),
        )
        stack.enter_context(closing(results))
        for count, result in enumerate(results, start=1):
            yield from search_ahead.news(at_least=count)
            yield result
        while not search_ahead.is_told:
            yield from search_ahead.news()
    yield messages.Referenced(References.of(survey))
    yield messages.LeftOut.of(survey)
    yield messages.Orphans(tuple(_with_a_photo(survey.orphans)))
    existing = tuple(sorted(folder for folder in outputs if folder.is_dir()))
    if existing:
        yield messages.SkippedFolders(existing)


def _with_a_photo(orphans: Sequence[Path]) -> Iterator[Path]:
    """Return the files that belong to a photo which was sorted earlier."""
    if not orphans:
        return
    with open_journal() as journal:
        late = plan_late(orphans, journal, Grouping())
    yield from (move.source for group in late.groups for move in group.moves)
    yield from late.stuck


def _skip_none(folder: Path) -> bool:
    return False


def _log(message: str) -> None:
    """Log that the cache cannot be used; that costs only time, so the window does not show it."""
    print(message, file=sys.stderr)


class _BackgroundSearch:
    """A search that runs ahead in its own thread, so that the total is known early."""

    def __init__(self, search: Iterator[Photo | Unreadable]) -> None:
        self._waiting: queue.SimpleQueue[Photo | Unreadable | None] = queue.SimpleQueue()
        self._news: deque[Photo | Unreadable] = deque()
        self._stopped = threading.Event()
        self._ended = False
        self.is_told = False  # also that the search has ended
        self._told = 0
        self._told_at = -math.inf
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(search,), daemon=True)
        self._thread.start()

    def _run(self, search: Iterator[Photo | Unreadable]) -> None:
        try:
            for item in search:
                if self._stopped.is_set():
                    return
                self._news.append(item)
                self._waiting.put(item)
        except Exception as error:  # raised again where the photos are taken
            self._error = error
        finally:
            self._ended = True
            self._waiting.put(None)

    def photos(self) -> Iterator[Photo | Unreadable]:
        while (item := self._waiting.get()) is not None:
            yield item
        if self._error is not None:
            raise self._error

    def news(self, at_least: int = 0) -> Iterator[messages.Found]:
        """Return some of the photos found since the last call, in order, if any.

        Nothing within a pause of the last ones, unless fewer than `at_least` in all were told.
        """
        now = time.monotonic()
        if self._told >= at_least > 0 and now - self._told_at < _PAUSE_S:
            return
        self._told_at = now
        ended = self._ended
        fresh = tuple(self._news.popleft() for _ in range(min(len(self._news), _MOST_NEWS)))
        self._told += len(fresh)
        is_last = ended and not self._news
        if fresh or (is_last and not self.is_told):
            self.is_told = is_last
            yield messages.Found(fresh, is_last)

    def close(self) -> None:
        self._stopped.set()


def make_plan(request: messages.MakePlan) -> Events:
    """Planned; finishes an interrupted run first."""
    refused: Iterable[MoveFailed] = ()
    found, results, late = request.found, request.results, LatePlan()
    with MovingSession() as session:
        if request.mode is Mode.TAG:
            plan, refused = plan_tags(found, results)
        else:
            if request.mode is Mode.MOVE:
                found, results, late = _without_late(request, session)
            plan = plan_sorting(found, results, request.sorting, request.references)
    links = request.references.links
    linked = (skip.path for skip in plan.skips if skip.reason is Reason.LINKED)
    named = tuple((path, links.get(os.path.realpath(path), "")) for path in linked)
    unreadable = sum(isinstance(result, Unreadable) for result in results)
    shortages = tuple(_shortages(plan, request.mode))
    totals = Totals.of(plan, unreadable)
    yield messages.Planned(plan, totals, named, shortages, tuple(refused), late)


def _without_late(
    request: messages.MakePlan, session: MovingSession
) -> tuple[tuple[Photo | Unreadable, ...], tuple[Prediction | Unreadable, ...], LatePlan]:
    """Separate files whose photo was sorted earlier: returns the others, their results, a plan."""
    orphans = filter(os.path.lexists, request.orphans)
    with open_journal() as journal:
        late = late_files(request.found, orphans, journal, Grouping())
    pairs = zip(request.found, request.results, strict=True)
    kept = [(item, result) for item, result in pairs if item.path not in late.pictures]
    found, results = tuple(item for item, _ in kept), tuple(result for _, result in kept)
    return found, results, session.plan_late(late.files, Grouping())


def _shortages(plan: Plan, mode: Mode) -> Iterator[messages.Shortage]:
    """Find the drives without room for the files that the plan copies to them."""
    if mode not in (Mode.MOVE, Mode.COPY):
        return
    needed: dict[int, int] = {}
    folders: dict[int, Path] = {}
    for group in plan.groups:
        for move in group.moves:
            with suppress(OSError):  # what is gone fails with its own reason
                source = os.stat(move.source)
                folder = _existing(move.target.parent)
                device = os.stat(folder).st_dev
                if mode is Mode.COPY or source.st_dev != device:
                    needed[device] = needed.get(device, 0) + source.st_size
                    folders[device] = folder
    for device, size_bytes in needed.items():
        free_bytes = shutil.disk_usage(folders[device]).free
        if size_bytes > free_bytes:
            yield messages.Shortage(folders[device], size_bytes, free_bytes)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(part for part in (folder, *folder.parents) if part.exists())


def apply_plan(request: messages.ApplyPlan) -> Events:
    """Moved or MoveFailed for each group, then FoldersRemoved and Runs."""
    folders: set[Path] = set()
    with MovingSession() as session:
        with closing(session.apply(request.plan, request.mode, request.command)) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Moved):
                    folders.update(move.source.parent for move in outcome.group.moves)
                yield outcome
        runs = session.runs()
        if folders and request.mode is Mode.MOVE:
            emptied = session.remove_emptied(runs[0].id, folders, request.tops)
            yield messages.FoldersRemoved(emptied.folders)
        yield messages.Runs(tuple(runs))


def save_report(request: messages.SaveReport) -> Events:
    """Yield the row of each photo once its picture is in the report."""
    texts = languages.catalogue(request.language)
    with PhotoReport(request.file, texts=texts) as report:
        yield from _with_pictures(request.rows, report)
        report.write_dated(texts.tr("What the photos show"), request.model, request.rows)


def _with_pictures(rows: Sequence[ReportRow], report: PhotoReport) -> Iterator[ReportRow]:
    """Yield each row once its picture is in `report`; pictures of missing photos are left out."""
    show = report.show
    if show is None:
        yield from rows
        return

    def add(row: ReportRow) -> ReportRow:
        with suppress(UnreadablePhoto):
            show(row.path, decoders.decode(row.place, _REPORT_SIDE, _REPORT_SIDE))
        return row

    with ThreadPoolExecutor(cores()) as pool, DecoderPool() as decoders:
        yield from map_ahead(pool, add, rows, 2 * cores())


def undo(request: messages.Undo) -> Events:
    """Restored or NotRestored for each file, then Runs."""
    with MovingSession() as session:
        with closing(session.undo(request.run)) as outcomes:
            yield from outcomes
        yield messages.Runs(tuple(session.runs()))


def list_runs(request: messages.ListRuns) -> Events:
    """Runs."""
    with open_journal() as journal:
        yield messages.Runs(tuple(journal.runs()))


def describe_run(request: messages.DescribeRun) -> Events:
    """RunDescription."""
    targets: Counter[Path] = Counter()
    examples: list[Path] = []
    with open_journal() as journal:
        for entry in journal.each_entry(request.run, *HAS_MOVED):
            if entry.is_photo:
                targets[entry.target.parent] += 1
                if len(examples) < _MAX_EXAMPLES:
                    examples.append(entry.lies_at)
        _, source = journal.extent(request.run, *HAS_MOVED)
    tops: Counter[Path] = Counter()
    for folder, number in targets.items():
        tops[next(above for above in (*reversed(folder.parents), folder) if above in targets)] += (
            number
        )
    yield messages.RunDescription(request.run, source, tuple(tops.most_common()), tuple(examples))


def copy_examples(request: messages.CopyExamples) -> Events:
    """Examples."""
    folder = Path(tempfile.mkdtemp(prefix="catdog-sorter-")) / "Example photos"
    folder.mkdir()
    for photo in example_photos():
        shutil.copyfile(photo, folder / photo.name)
    yield messages.Examples(folder)


def correct(request: messages.Correct) -> Events:
    """Unreadable for each photo whose label could not be stored."""
    yield from corrections.correct(request.changes)


def decode(request: messages.Decode) -> Events:
    """PictureReady, or Unreadable."""
    from PIL import Image

    image = stored_thumbnails.load(request.path, request.side, request.time_s)
    if image is None:
        try:
            side = stored_thumbnails.stored_side(request.side)
            image = Image.fromarray(_pixels(request.path, side, request.time_s))
        except UnreadablePhoto as error:
            yield Unreadable(request.path, str(error))
            return
        stored_thumbnails.save(request.path, image, request.side, request.time_s)
    image.thumbnail((request.side, request.side), Image.Resampling.BILINEAR)
    facts = _facts(request.path) if request.with_facts else None
    yield messages.PictureReady(request.path, *image.size, image.tobytes(), facts)


def _pixels(path: Path, side: int, time_s: float | None) -> Pixels:
    """Decode a photo, or a video's frame at `time_s`, with `side` pixels at its shorter side."""
    if is_video_name(path.name):
        return _video(path, side, time_s).frames[0].photo.pixels
    return read_photo(path, side)


def _video(path: Path, side: int, time_s: float | None = None) -> DecodedVideo:
    """Decode the frame of a video at `time_s`, or from its middle, in a separate process."""
    with DecoderPool() as decoders:
        return decoders.decode_video(path, side, (0.5,) if time_s is None else (), time_s)


def _facts(path: Path) -> messages.Facts:
    """Read facts from the file's header; fewer for formats that only their decoder can open."""
    from PIL import Image

    if is_video_name(path.name):
        duration_s = None
        with suppress(UnreadablePhoto):
            duration_s = _video(path, 1).duration_s or None
        return messages.Facts(os.stat(path).st_size, duration_s=duration_s)
    capture = read_capture(path)
    width = height = 0
    with suppress(Exception), Image.open(path) as image:  # a damaged header costs two numbers
        width, height = image.size
        if orientation(image) >= _FIRST_ON_ITS_SIDE:
            width, height = height, width
    size_bytes = os.stat(path).st_size
    return messages.Facts(size_bytes, width, height, capture.time, capture.camera)


def find_regions(request: messages.FindRegions) -> Events:
    """Regions, or Unreadable."""
    bundle, engine = _opened(request.model)
    try:
        image = _pixels(request.path, bundle.preprocessing.decode_side, request.time_s)
    except UnreadablePhoto as error:
        yield Unreadable(request.path, str(error))
        return
    cells = pipeline.region_probabilities(image, bundle, engine)
    if cells is None:
        yield messages.Regions(request.path)
        return
    overlay = heat.overlay(cells)
    height, width, _ = overlay.shape
    p_cat, p_dog = (float(cell.max()) for cell in cells)
    yield messages.Regions(request.path, width, height, overlay.tobytes(), p_cat, p_dog)


def _opened(model: str | None) -> tuple[ModelBundle, Backend]:
    """Return the model; opens it if it is not open or was replaced."""
    folder = registry.find_bundle(model)
    return _opened_once(folder, FileIdentity.of(os.stat(folder / DESCRIPTION)))


@lru_cache(1)
def _opened_once(folder: Path, description: FileIdentity) -> tuple[ModelBundle, Backend]:
    return warm_start.open_model(os.fspath(folder))


def list_models(request: messages.ListModels) -> Events:
    """Models."""
    about, thresholds = {}, {}
    for name, folder in registry.known_bundles().items():
        try:
            bundle = read_description(folder)
        except BundleError as error:
            about[name] = messages.About(is_shipped=False, problem=str(error))
            continue
        is_shipped = folder.parent == shipped_weights()
        accuracy = _accuracy(bundle.metrics)
        about[name] = messages.About(is_shipped, bundle.architecture, accuracy)
        thresholds[name] = bundle.thresholds
    number = len(corrections.load_corrections().by_content)
    yield messages.Models(registry.name_in_use(), about, thresholds, number)


def _accuracy(metrics: Mapping[str, Any]) -> float | None:
    validation = metrics.get("validation")
    accuracy = validation.get("forced_choice_accuracy") if isinstance(validation, dict) else None
    return float(accuracy) if accuracy else None


def use_model(request: messages.UseModel) -> Events:
    """Models, as they are afterwards."""
    registry.use_model(request.name)
    yield from list_models(messages.ListModels())


def list_corrected(request: messages.ListCorrected) -> Events:
    """Corrected."""
    samples, _, missing = with_corrections([])
    photos = tuple((sample.path, LABEL_OF[sample.animals]) for sample in samples)
    yield messages.Corrected(photos, missing)


def list_corrections(request: messages.ListCorrections) -> Events:
    """AllCorrections."""
    yield messages.AllCorrections(tuple(corrections.load_corrections().latest_first))


def forget(request: messages.Forget) -> Events:
    """AllCorrections, as they are afterwards."""
    corrections.forget(request.contents)
    yield from list_corrections(messages.ListCorrections())


HANDLERS: dict[type, Callable[[Any], Events]] = {
    messages.Classify: classify,
    messages.MakePlan: make_plan,
    messages.ApplyPlan: apply_plan,
    messages.Undo: undo,
    messages.ListRuns: list_runs,
    messages.Correct: correct,
    messages.Decode: decode,
    messages.FindRegions: find_regions,
    messages.SaveReport: save_report,
    messages.CopyExamples: copy_examples,
    messages.DescribeRun: describe_run,
    messages.ListModels: list_models,
    messages.UseModel: use_model,
    messages.ListCorrected: list_corrected,
    messages.ListCorrections: list_corrections,
    messages.Forget: forget,
}
