"""The story of a run: find photos, predict, plan. Yields, never prints; to cancel is to stop.

Moving is `mover.apply`, which takes the plan made here.
"""

import filecmp
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from catdog_sorter.backends import photo_logits
from catdog_sorter.decode import UnreadablePhoto
from catdog_sorter.decoders import Decoders
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable, decide
from catdog_sorter.mover import Moved, MoveFailed
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.photos import Photo
from catdog_sorter.plan import Plan, Reason, plan_moves
from catdog_sorter.preprocess import Preprocessing, to_batch
from catdog_sorter.probabilities import animal_probabilities

if TYPE_CHECKING:
    from catdog_sorter.backends import Backend
    from catdog_sorter.bundle import ModelBundle

_LARGEST_BATCH = 16
_AHEAD_A_CORE = 8


@dataclass(frozen=True, slots=True)
class _Ready:
    """A decoded photo on its way to the network: uint8 (S, S, 3)."""

    path: Path
    pixels: npt.NDArray[np.uint8]


def classify(
    found: Iterable[Photo | Unreadable],
    bundle: "ModelBundle",
    backend: "Backend",
    thresholds: Thresholds | None = None,
) -> Generator[Prediction | Unreadable, None, None]:
    """Yield one result for each of `found`, in their order, as soon as it is known.

    `thresholds` replace the bundle's own.
    """
    spec = bundle.preprocessing

    def read(item: Photo | Unreadable) -> _Ready | Unreadable:
        return item if isinstance(item, Unreadable) else _read(item.path, spec, decoders)

    with Decoders() as decoders, ThreadPoolExecutor(cores()) as pool:
        results = map_ahead(pool, read, found, ahead=_AHEAD_A_CORE * cores())
        size = 1  # the first result comes at once, later ones in batches
        while batch := list(islice(results, size)):
            yield from _predict(batch, bundle, backend, thresholds or bundle.thresholds)
            size = min(2 * size, _LARGEST_BATCH)


def _read(path: Path, spec: Preprocessing, decoders: Decoders) -> _Ready | Unreadable:
    try:
        return _Ready(path, decoders.read(path, spec.decode_side, spec.size))
    except UnreadablePhoto as error:
        return Unreadable(path, str(error))


def _predict(
    batch: Sequence[_Ready | Unreadable],
    bundle: "ModelBundle",
    backend: "Backend",
    thresholds: Thresholds,
) -> Iterator[Prediction | Unreadable]:
    images = [item.pixels for item in batch if isinstance(item, _Ready)]
    rows: Iterator[tuple[float, float]] = iter(())
    if images:
        spec = bundle.preprocessing
        logits = photo_logits(backend, to_batch(images, spec), spec)
        rows = iter(animal_probabilities(logits, bundle.outputs, bundle.calibration).tolist())
    for item in batch:
        if isinstance(item, Unreadable):
            yield item
        else:
            p_cat, p_dog = next(rows)
            label = decide(p_cat, p_dog, thresholds)
            yield Prediction(item.path, p_cat, p_dog, label, bundle.id)


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a person wants photos sorted: `folders` names the folder of each label that has one.

    The folders lie in `into`, or in the folder each photo was found in when it is None; `flat`
    drops the sub-folders below them.
    """

    folders: Mapping[Label, str]
    into: Path | None = None
    flat: bool = False

    def output_folders(self, paths: Iterable[Path]) -> set[Path]:
        """Where a sort of `paths` puts photos; what lies there is sorted already."""
        bases = [self.into] if self.into else list(paths)
        return {
            Path(os.path.abspath(base)) / name for base in bases for name in self.folders.values()
        }

    def is_sorted(self, paths: Iterable[Path]) -> Callable[[Path], bool]:
        """Whether a folder is one of the output folders, by whatever spelling of its name.

        On a file system that ignores case or Unicode forms `Cat` is `cat`.
        """
        outputs = self.output_folders(paths)
        identities = {_identity(folder) for folder in outputs} - {None}
        return lambda folder: folder in outputs or _identity(folder) in identities


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_folder_name(name: str) -> bool:
    """Whether a label's folder may be called so: it lies below the target folder, not outside."""
    relative = PurePath(name)
    return bool(relative.parts) and not relative.is_absolute() and ".." not in relative.parts


DEFAULT_FOLDERS: Mapping[Label, str] = {
    Label.CAT: "cat",
    Label.DOG: "dog",
    Label.BOTH: "both",
}


def plan_sorting(
    found: Iterable[Photo | Unreadable],
    results: Iterable[Prediction | Unreadable],
    sorting: Sorting,
) -> Plan:
    """Plan where the photos go; `results` belong to `found`, one each, in order.

    Asks the disk only which names are taken and whether files are equal.
    """
    verdicts = (
        (photo, result.label)
        for photo, result in zip(found, results, strict=True)
        if isinstance(photo, Photo) and isinstance(result, Prediction)
    )
    return plan_moves(
        verdicts,
        folders=sorting.folders,
        into=sorting.into and Path(os.path.abspath(sorting.into)),
        flat=sorting.flat,
        occupied=os.path.lexists,
        same_content=_same_content,
        is_link=os.path.islink,
        leads_out=cache(_leads_out),
    )


def _leads_out(folder: Path, base: Path) -> bool:
    return not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(base))


def _same_content(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


@dataclass(slots=True)
class Totals:
    """Counts of photos; `found` is always the sum of the other four."""

    found: int
    unreadable: int
    left: int
    skipped: int
    sorted: int = 0
    by_label: Counter[Label] = field(default_factory=Counter)

    @classmethod
    def of(cls, plan: Plan, unreadable: int) -> "Totals":
        """The totals of a plan before any of it is carried out: what would move is left."""
        staying = sum(stay.reason in (Reason.VERDICT, Reason.IN_PLACE) for stay in plan.stays)
        skipped = len(plan.stays) - staying
        found = len(plan.groups) + len(plan.stays) + unreadable
        return cls(found, unreadable, staying + len(plan.groups), skipped)

    def count(self, outcome: Moved | MoveFailed) -> None:
        """Take one outcome into account."""
        self.left -= 1
        if isinstance(outcome, MoveFailed):
            self.skipped += 1
        else:
            self.sorted += 1
            self.by_label[outcome.group.label] += 1
