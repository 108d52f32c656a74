"""Classifies over a Ray cluster: lists the photos, distributes the parts, resumes a stopped run.

Decides whether a run may resume in a folder. Reads no photo itself.
"""

import contextlib
import hashlib
import json
import logging
import os
import socket
import tempfile
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from catdog_sorter.classification.corrections import Corrections
from catdog_sorter.cluster.listing import (
    LIST_SIGN,
    ListedPhoto,
    Listing,
    Part,
    find_items,
    write_listing,
)
from catdog_sorter.cluster.parts import LISTING, PartWorker, Task, read_model_files
from catdog_sorter.cluster.storage import Storage, StoragePath, reason_of
from catdog_sorter.errors import CatdogError, UsageError
from catdog_sorter.labels import Thresholds
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.parallel import cores
from catdog_sorter.photos.find import Scope
from catdog_sorter.text import is_url, shown
from catdog_sorter.version import __version__

MANIFEST = "_manifest.json"
# One task per part, up to the number where tasks themselves become expensive.
_MAX_TASKS = 10_000
_ANSWER_WITHIN_S = 20.0
_OBJECT_STORE_BYTES = 256 << 20
# Read by Ray when it is imported.
ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",  # no usage statistics leave the computer
    "RAY_DATA_LOG_LEVEL": "CRITICAL",
    "RAY_worker_niceness": "0",  # otherwise other busy programs starve the workers
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # otherwise it warns of a future change
}
RunFacts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PartDone:
    """A complete part; `unreadable` of its `photos` have no prediction."""

    number: int
    photos: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class ClusterRun:
    """A run, as recorded in the output folder."""

    task: Task
    listing: Listing


def prepare(
    sources: list[str],
    output: str,
    bundle: ModelBundle,
    thresholds: Thresholds | None,
    corrections: Corrections,
    part_size: int,
    recursive: bool = True,
    videos: bool = False,
) -> ClusterRun:
    """List the photos of all sources, and check that `output` is empty or contains this run.

    `output`: a folder or URL, possibly with completed parts of the same run. Raises UsageError for
    a missing source, or an output that has other content or cannot be written.
    """
    storage = Storage.knowing([*(source.removeprefix(LIST_SIGN) for source in sources), output])
    place = storage.place(output, has_options=True)
    used = thresholds or bundle.thresholds
    facts: RunFacts = {
        "version": __version__,
        "model": bundle.id,
        "thresholds": asdict(used),
        "corrections": _hash_of(corrections),
        "part_size": part_size,
    }
    try:
        items = find_items(sources, storage, Scope(recursive, videos=videos))
        listing = _write_or_compare(place, facts, items, part_size)
    except (OSError, UnicodeError) as error:  # Arrow takes names in UTF-8 only
        raise UsageError(
            f"{shown(place.name)} cannot be written ({reason_of(error)}). Choose another folder."
        ) from error
    name = place.name if is_url(output) else place.path
    return ClusterRun(
        Task(name, storage, read_model_files(bundle), thresholds, corrections), listing
    )


def _write_or_compare(
    place: StoragePath, facts: RunFacts, items: Iterator[ListedPhoto], part_size: int
) -> Listing:
    """Write the listing, or compare it with that of the run's first start."""
    text = (place / MANIFEST).read()
    if text is not None:
        known = _parsed(text, place)
        _check_same_run(known, facts, place)
        listing: Listing
        with open(os.devnull, "wb") as nowhere:
            listing = write_listing(items, part_size, nowhere)
        _check_same_run(known, _photos(listing), place)
        return listing
    if any(not entry.base_name.startswith("_") for entry in place.entries()):
        raise UsageError(
            f"{shown(place.name)} contains files that do not belong to such a run. Give an empty "
            "or a new folder."
        )
    listing = place.write_below(LISTING, partial(write_listing, items, part_size))
    content = json.dumps(facts | _photos(listing), indent=2).encode() + b"\n"
    place.write_below(MANIFEST, lambda file: file.write(content))
    return listing


def _photos(listing: Listing) -> RunFacts:
    return {"photos": {"number": listing.photos, "sha256": listing.sha256}}


def _parsed(text: bytes, place: StoragePath) -> Mapping[str, Any]:
    try:
        known = json.loads(text)
        if isinstance(known, dict):
            return known
    except ValueError:
        pass
    raise UsageError(
        f"{shown(place.name)}/{MANIFEST} is damaged. Give a new folder, or empty this one."
    )


def _check_same_run(known: Mapping[str, Any], facts: RunFacts, place: StoragePath) -> None:
    other = [name.replace("_", " ") for name, value in facts.items() if known.get(name) != value]
    if other:
        raise UsageError(
            f"{shown(place.name)} holds a run that differs from this one in its "
            f"{' and '.join(other)}. Give another folder, or repeat that run as it was."
        )


def _hash_of(corrections: Corrections) -> str:
    said = sorted((sha256, known.label) for sha256, known in corrections.by_content.items())
    return hashlib.sha256(repr(said).encode()).hexdigest() if said else "none"


def run_parts(
    job: ClusterRun, address: str | None = None, workers: int | None = None
) -> Generator[PartDone, None, None]:
    """Process all missing parts and yield each when it is complete, in any order.

    `address`: of a Ray cluster; without it Ray is started on this computer. `workers`: the number
    of parts processed at once, one on each core; defaults to all cores. Stop iterating to stop.
    Raises CatdogError if Ray cannot start or continue.
    """
    parts = job.listing.parts
    if parts:
        with _ray(address, workers) as ray, _readable_errors():
            pool = min(workers or int(ray.cluster_resources().get("CPU", 1)), len(parts))
            for row in _rows(ray, job.task, parts, pool):
                yield PartDone(**row)
    job.task.storage.place(job.task.output).clear_unfinished()


def _rows(ray: Any, task: Task, parts: tuple[Part, ...], pool: int) -> Iterator[dict[str, Any]]:
    dataset = ray.data.from_items(
        [asdict(part) for part in parts], override_num_blocks=min(len(parts), _MAX_TASKS)
    )
    # Few at a time, so that no part waits for a busy worker while another one is idle.
    actors = ray.data.ActorPoolStrategy(size=pool, max_tasks_in_flight_per_actor=2)
    done = dataset.map(_Rows, fn_constructor_args=(task,), num_cpus=1, compute=actors)
    rows: Iterator[dict[str, Any]] = done.iter_rows()
    return rows


class _Rows:
    """The callable of Ray Data: rows in, rows out."""

    def __init__(self, task: Task) -> None:
        self._worker = PartWorker(task)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        part = Part(**row)
        return asdict(PartDone(part.number, part.photos, self._worker.unreadable_in(part)))


@contextlib.contextmanager
def _ray(address: str | None, workers: int | None) -> Iterator[Any]:
    """Connect to Ray or start it, with its output silenced."""
    os.environ.update(ENVIRONMENT)
    import ray
    import ray.data

    if address:
        _check_reachable(address)
    own = {"num_cpus": workers or cores(), "object_store_memory": _OBJECT_STORE_BYTES}
    # Ray puts the working directory on its workers' import path, and that may hold photos.
    with tempfile.TemporaryDirectory() as empty, contextlib.chdir(empty):
        try:
            ray.init(
                address=address or "local",
                include_dashboard=None if address else False,
                log_to_driver=False,
                logging_level=logging.CRITICAL,
                **({} if address else own),
            )
        except Exception as error:  # Ray raises exceptions of many kinds here
            raise CatdogError(_no_ray(address, reason_of(error))) from error
    ray.data.DataContext.get_current().enable_progress_bars = False
    try:
        yield ray
    finally:
        ray.shutdown()


def _check_reachable(address: str) -> None:
    """Fail early: Ray itself would retry for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal() and not is_url(address):
        try:
            socket.create_connection((host.strip("[]"), int(port)), _ANSWER_WITHIN_S).close()
        except (OSError, OverflowError) as error:
            raise CatdogError(_no_ray(address, reason_of(error))) from error


def _no_ray(address: str | None, reason: str) -> str:
    if address is None:
        return f"Ray cannot start here ({reason}). Close other programs and try again."
    return (
        f"The Ray cluster {shown(address)} cannot be used ({reason}). `ray start --head` starts "
        "one; if it requires a token, set RAY_AUTH_MODE and RAY_AUTH_TOKEN_PATH as there."
    )


@contextlib.contextmanager
def _readable_errors() -> Iterator[None]:
    """Raise the worker's own error, or a readable one, instead of Ray's."""
    try:
        yield
    except CatdogError:
        raise
    except Exception as error:
        own = next((cause for cause in _causes(error) if isinstance(cause, CatdogError)), None)
        raise own or CatdogError(
            f"Ray failed ({reason_of(error)}). Run the same command again to resume."
        ) from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = getattr(error, "cause", None) or error.__cause__ or error.__context__
