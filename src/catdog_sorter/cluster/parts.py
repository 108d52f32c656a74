"""Classifies one part of a run on a worker: reads its photos and writes one Parquet file.

A complete part is not repeated, so it may be requested twice: after a worker was lost, or in a
resumed run.
"""

import errno
import functools
import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catdog_sorter.classification import pipeline
from catdog_sorter.classification.corrections import Corrections, corrected
from catdog_sorter.cluster.listing import ListedPhoto, Part, read_part
from catdog_sorter.cluster.storage import Storage, StoragePath, reason_of
from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import Thresholds, Unreadable
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import DESCRIPTION, ModelBundle, load_bundle
from catdog_sorter.parallel import map_ahead
from catdog_sorter.photos.find import Photo, is_video_name
from catdog_sorter.photos.formats import RAW_SUFFIXES
from catdog_sorter.reports.rows import RESULT_COLUMNS, Values, result_values
from catdog_sorter.text import is_url, shown
from catdog_sorter.version import __version__

if TYPE_CHECKING:
    from catdog_sorter.model.backend import Backend

LISTING = "_listing.jsonl"
_TYPES = {
    "p_cat": pa.float64(),
    "p_dog": pa.float64(),
    "corrected": pa.bool_(),
    "incomplete": pa.bool_(),
    "time_s": pa.float64(),
}
SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in RESULT_COLUMNS])
# Fetching waits for the network and hardly uses the core.
_FETCHED_AHEAD = 16
_BLOCK_BYTES = 1 << 20
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
# One byte more than a photo may have, so that `decode` reports that it is too large.
_MAX_BYTES = (1 << 30) + 1


@dataclass(frozen=True, slots=True)
class Task:
    """The settings that every worker needs; `model` holds the bundle's files by name."""

    output: str
    storage: Storage
    model: Mapping[str, bytes]
    thresholds: Thresholds | None
    corrections: Corrections
    version: str = __version__


def read_model_files(bundle: ModelBundle) -> dict[str, bytes]:
    """Read the files of a bundle that a worker needs."""
    return {name: (bundle.folder / name).read_bytes() for name in (DESCRIPTION, *bundle.files)}


class PartWorker:
    """Classifies one part after the other, on one core."""

    def __init__(self, task: Task) -> None:
        self._task = task

    @functools.cached_property
    def _output(self) -> StoragePath:
        return self._task.storage.place(self._task.output)

    @functools.cached_property
    def _engine(self) -> "tuple[ModelBundle, Backend]":
        if self._task.version != __version__:
            raise CatdogError(
                f"{socket.gethostname()} has catdog-sorter {__version__}, but the run was started "
                f"with {self._task.version}. Install the same release on every computer."
            )
        with tempfile.TemporaryDirectory() as folder:
            for name, content in self._task.model.items():
                (Path(folder) / name).write_bytes(content)
            bundle = load_bundle(Path(folder))
            backend = open_backend(bundle)
            # These are opened on first use, and the folder will be gone then.
            detector_side = bundle.test_time_augmentation.detector_size
            backend.logits(_blank(bundle.preprocessing.size))
            if detector_side:
                backend.detector_logits(_blank(detector_side))
            return bundle, backend

    def unreadable_in(self, part: Part) -> int:
        """Classify the part unless it is complete; returns how many photos are unreadable.

        Raises CatdogError when the part cannot be read or written.
        """
        place = self._output / part.name
        known = _unreadable_in_whole(place, part.photos)
        if known is not None:
            return known
        try:
            items = read_part(self._output / LISTING, part.start, part.end)
            table = pa.Table.from_pylist(list(self._rows(items)), SCHEMA)
            self._output.write_below(part.name, lambda file: pq.write_table(table, file))
        except OSError as error:
            raise CatdogError(
                f"{socket.gethostname()} cannot use {shown(self._output.name)} "
                f"({reason_of(error)}). Every computer must be able to read and write there; "
                "finished parts are kept."
            ) from error
        return len(items) - int(table.column("error").null_count)

    def _rows(self, items: list[ListedPhoto]) -> Iterator[Values]:
        bundle, backend = self._engine
        task = self._task
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_FETCHED_AHEAD) as pool:
            fetch = functools.partial(_fetch, task.storage, Path(folder))
            found = map_ahead(
                pool, fetch, items, _FETCHED_AHEAD, lambda item: not is_url(item.path)
            )
            results = corrected(
                pipeline.classify(found, bundle, backend, task.thresholds, threads=1),
                task.corrections,
            )
            for item, result in zip(items, results, strict=True):
                if result.path.parent == Path(folder):
                    result.path.unlink(missing_ok=True)
                yield result_values(result) | {"path": _valid(item.path)}


def _blank(side: int) -> Floats32:
    return np.zeros((1, 3, side, side), np.float32)


def _fetch(storage: Storage, folder: Path, item: ListedPhoto) -> Photo | Unreadable:
    """Return the photo as a file on this computer; one from a URL is copied into `folder`."""
    path = Path(item.path)
    if item.problem:
        return Unreadable(path, item.problem)
    if not is_url(item.path):
        if os.path.lexists(path):
            return Photo(path, path.parent)
        return Unreadable(path, f"There is no such file on {socket.gethostname()}.")
    suffix = PurePosixPath(item.path).suffix
    is_video = is_video_name(item.path)
    counts = is_video or suffix.lower() in RAW_SUFFIXES
    handle, name = tempfile.mkstemp(dir=folder, suffix=suffix if counts else "")
    try:
        with open(handle, "wb") as file, storage.place(item.path).stream() as stream:
            is_whole = _copy(stream, file)
    except Exception as error:  # each store has exceptions of its own
        if getattr(error, "errno", None) in _DISK_FULL:  # not the photo's fault
            raise
        return Unreadable(Path(name), f"It could not be fetched ({reason_of(error)}).")
    if is_video and not is_whole:
        return Unreadable(Path(name), "It is larger than 1 GiB, too large to be fetched.")
    return Photo(Path(name), folder)


def _copy(source: Any, target: IO[bytes]) -> bool:
    """Copy at most `_MAX_BYTES` bytes; returns whether that was the whole file."""
    left = _MAX_BYTES
    while left and (block := source.read(min(left, _BLOCK_BYTES))):
        target.write(block)
        left -= len(block)
    return left > 0


def _valid(path: str) -> str:
    r"""Make the text valid UTF-8 for Parquet; other bytes are escaped as in JSON: `\udce9`."""
    return path.encode("utf-8", "backslashreplace").decode()


def _unreadable_in_whole(place: StoragePath, photos: int) -> int | None:
    """Count the unreadable photos of a complete part; None if it is missing."""
    try:
        with place.open() as file:
            described = pq.ParquetFile(file).metadata
            column = described.row_group(0).column(RESULT_COLUMNS.index("error"))
            nulls = column.statistics.null_count
    except (OSError, ValueError, AttributeError):  # not there, cut off, or not ours
        return None
    return photos - nulls if described.num_rows == photos else None
