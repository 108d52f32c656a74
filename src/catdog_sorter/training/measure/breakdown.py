"""Figures by details of the photos: group, kind, size of the animal; and precision in a library.

numpy only, no files. Every share has a 95 % interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from catdog_sorter.training.data.groups import GROUPS, PhotoDetails
from catdog_sorter.training.measure.curves import wilson_interval
from catdog_sorter.training.measure.metrics import PETS, LabelNames
from catdog_sorter.training.measure.risk_control import (
    OTHER,
    PET,
    library_weights,
    risk_upper_bound,
)

# Bin edges of the animal's share of the frame, 0 to 1.
_SIZE_EDGES = (0.0, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
_CONFIDENCE = 0.975  # one-sided, of each end of a 95 % interval
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `photos`, and the 95 % interval of their share, 0 to 1."""

    name: str
    photos: int
    hits: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.hits / self.photos


@dataclass(frozen=True, slots=True)
class LibraryPrecision:
    """Precision of the photos sorted in a library, 0 to 1, with its 95 % interval.

    `prevalence`: share of that library's photos with a pet, 0 to 1.
    """

    prevalence: float
    precision: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Figures by group, by kind (the worst first) and by size; empty where the photos give none.

    `false_alarms_by_group` and `by_kind` count photos of neither that are sorted as a cat, a dog
    or both; `recall_by_size` photos of pets with their right label, by the share of the picture
    that the animal fills.
    """

    false_alarms_by_group: tuple[Share, ...]
    false_alarms_by_kind: tuple[Share, ...]
    recall_by_size: tuple[Share, ...]
    library: LibraryPrecision | None


def break_down(
    labels: LabelNames, truth: LabelNames, details: Sequence[PhotoDetails], prevalence: float
) -> Breakdown:
    """Count by group, kind and size.

    Args:
        labels: Predicted labels (N,).
        truth: True labels (N,).
        details: Details of each photo.
        prevalence: Share of a library's photos with a pet, 0 to 1.
    """
    is_pet, is_sorted = np.isin(truth, PETS), np.isin(labels, PETS)
    groups = np.array([item.group for item in details], dtype=np.str_)
    kinds = np.array([item.kind for item in details], dtype=np.str_)
    sizes = np.array([item.animal_share or np.nan for item in details], dtype=np.float64)
    by_group = [_share(name, is_sorted[~is_pet & (groups == name)]) for name in GROUPS]
    named = sorted(set(kinds[~is_pet].tolist()) - {""})
    by_kind = [_share(name, is_sorted[~is_pet & (kinds == name)]) for name in named]
    right = labels == truth
    by_size = [
        _share(f"{low:.0%} to {high:.0%}", right[is_pet & (sizes > low) & (sizes <= high)])
        for low, high in pairwise(_SIZE_EDGES)
    ]
    known_kinds = [item for item in by_kind if item is not None]
    return Breakdown(
        tuple(item for item in by_group if item is not None),
        tuple(sorted(known_kinds, key=lambda item: (-item.low, -item.share, item.name))),
        tuple(item for item in by_size if item is not None),
        library_precision(labels, truth, groups.tolist(), prevalence),
    )


def _share(name: str, hits: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Share | None:
    if not len(hits):
        return None
    return Share(name, len(hits), int(hits.sum()), *wilson_interval(int(hits.sum()), len(hits)))


def library_precision(
    labels: LabelNames, truth: LabelNames, groups: Sequence[str], prevalence: float
) -> LibraryPrecision | None:
    """Precision over cat, dog and both in a library with this share of photos with a pet.

    The lower end of the interval is a bound that holds for any number of photos (see
    `risk_control.evidence`); the upper end is from a bootstrap over the photos of each group.

    Args:
        labels: Predicted labels (N,).
        truth: True labels (N,).
        groups: Groups of the photos of neither, of `data.groups`; unknown ones are everyday.
        prevalence: 0 to 1.

    Returns:
        None without photos of pets, of neither, or without a sorted photo.
    """
    is_pet, is_sorted = np.isin(truth, PETS), np.isin(labels, PETS)
    if is_pet.all() or not is_pet.any() or not is_sorted.any():
        return None
    names = [PET if pet else group or OTHER for pet, group in zip(is_pet, groups, strict=True)]
    weights = library_weights(names, prevalence)
    is_wrong = is_sorted & (labels != truth)
    risk = float(weights[is_wrong].sum() / weights[is_sorted].sum())
    bound = risk_upper_bound(is_sorted, is_wrong, weights, _CONFIDENCE)
    rng = np.random.default_rng(0)
    right = weights * (is_sorted & ~is_wrong)
    counts = np.zeros((_RESAMPLES, 2))
    for name in sorted(set(names)):
        members = np.flatnonzero(np.array(names) == name)
        # Only sorted photos count; how many of a group are drawn is binomial.
        for column, part in enumerate((right[members], (weights * is_wrong)[members])):
            hits = int((part > 0).sum())
            drawn = rng.binomial(len(members), hits / len(members), size=_RESAMPLES)
            counts[:, column] += drawn * weights[members[0]]
    totals = counts.sum(axis=1)
    shares = counts[totals > 0, 0] / totals[totals > 0]
    high = float(np.percentile(shares, 97.5)) if len(shares) else 1.0
    return LibraryPrecision(prevalence, 1 - risk, min(1 - bound, 1 - risk), max(high, 1 - risk))
