"""The points of reliability and precision-coverage curves.

numpy only, no drawing, no files. Probabilities and targets (0 or 1) are (N, 2): cat, dog.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Floats
from catdog_sorter.model.calibration import Probabilities

BINS = 15
_Z_95 = 1.959963984540054  # standard normal quantile of 97.5 %


@dataclass(frozen=True, slots=True)
class Bin:
    """The photos whose probability of one animal is in one of 15 equal bins of 0 to 1.

    `probability` is their mean; `share` is the share of the `photos` that show the animal, 0 to 1,
    and `low` to `high` its 95 % interval.
    """

    probability: float
    share: float
    low: float
    high: float
    photos: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Precision against coverage: three (M,) arrays, the strictest threshold first.

    At thresholds `cuts` (0.5 to 1), `covered` is the share of all photos sorted as cat or dog, and
    `precision` the share of these that is right.
    """

    cuts: Probabilities
    covered: Probabilities
    precision: Probabilities


def reliability(probabilities: Floats, targets: Floats) -> list[Bin]:
    """Bin probabilities (N,) of one animal and compare them with the targets (N,).

    Bins without photos are left out. The bins are those of `metrics.calibration_error`.
    """
    places = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return [_bin(probabilities[places == b], targets[places == b]) for b in np.unique(places)]


def _bin(probabilities: Floats, targets: Floats) -> Bin:
    low, high = wilson_interval(int(targets.sum()), len(targets))
    return Bin(float(probabilities.mean()), float(targets.mean()), low, high, len(targets))


def wilson_interval(hits: int, photos: int) -> tuple[float, float]:
    """95 % interval of a share, 0 to 1 (Wilson 1927). `photos` is at least 1.

    Unlike the normal interval it stays within 0 to 1, and has a width even if all or none of the
    photos are hits.
    """
    share, z_squared = hits / photos, _Z_95**2
    centre = share + z_squared / (2 * photos)
    reach = _Z_95 * math.sqrt(share * (1 - share) / photos + z_squared / (4 * photos**2))
    scale = 1 + z_squared / photos
    # At 0 and 1, rounding could put the share slightly outside.
    return max(0.0, min(share, (centre - reach) / scale)), max(share, (centre + reach) / scale)


def confidence(probabilities: Probabilities) -> Probabilities:
    """(N, 2) -> (N,), 0.5 to 1: the highest symmetric threshold at which a photo isn't unsure."""
    lowest: Probabilities = np.maximum(probabilities, 1 - probabilities).min(axis=1)
    return lowest


def precision_against_coverage(probabilities: Probabilities, targets: Floats) -> Coverage:
    """Compute coverage and precision at every threshold.

    A photo is sorted if its label is cat or dog with that threshold for presence and absence, as
    `--threshold` sets it. It is right if it shows only that animal. Coverage is a share of all
    photos, those of both and neither included, so it may not reach 1. There is one threshold for
    each distinct confidence; the arrays are empty if no photo is sorted at any threshold.
    """
    there = probabilities > 0.5
    sortable = there.sum(axis=1) == 1
    confidences = confidence(probabilities)[sortable]
    right = (there == (targets == 1)).all(axis=1)[sortable]
    order = np.argsort(-confidences, kind="stable")
    confidences, right = confidences[order], right[order]
    last_of_equals = np.append(confidences[1:] != confidences[:-1], True)[: len(confidences)]
    count: npt.NDArray[np.int64] = np.arange(1, len(confidences) + 1)
    return Coverage(
        cuts=confidences[last_of_equals],
        covered=(count / len(probabilities))[last_of_equals],
        precision=(right.cumsum() / count)[last_of_equals],
    )
