"""The points of the curves that show how far probabilities can be trusted.

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
    """The photos whose probability of one animal lies in one fifteenth of 0 to 1.

    `probability` is their mean; `share` is how many of the `photos` hold the animal, 0 to 1, and
    `low` to `high` its 95 % interval.
    """

    probability: float
    share: float
    low: float
    high: float
    photos: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a stricter cut costs and gives: three (M,) arrays, the strictest cut first.

    At `cuts` (0.5 to 1) `covered` is the share of all photos that is sorted into cat or dog, and
    `precision` the share of these that belongs there.
    """

    cuts: Probabilities
    covered: Probabilities
    precision: Probabilities


def reliability(probabilities: Floats, targets: Floats) -> list[Bin]:
    """Compare what is said of one animal with what is true, in 15 equal bins; (N,), (N,).

    Bins without photos are left out. The bins are those of `metrics.calibration_error`.
    """
    places = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return [_bin(probabilities[places == b], targets[places == b]) for b in np.unique(places)]


def _bin(probabilities: Floats, targets: Floats) -> Bin:
    low, high = wilson_interval(int(targets.sum()), len(targets))
    return Bin(float(probabilities.mean()), float(targets.mean()), low, high, len(targets))


def wilson_interval(hits: int, photos: int) -> tuple[float, float]:
    """95 % interval of a share, 0 to 1 (Wilson 1927). `photos` is at least 1.

    Unlike the textbook's normal interval it stays within 0 to 1, and has a width when all or none
    of the photos are hits.
    """
    share, z_squared = hits / photos, _Z_95**2
    centre = share + z_squared / (2 * photos)
    reach = _Z_95 * math.sqrt(share * (1 - share) / photos + z_squared / (4 * photos**2))
    scale = 1 + z_squared / photos
    # At 0 and 1 rounding could leave the share a hair outside.
    return max(0.0, min(share, (centre - reach) / scale)), max(share, (centre + reach) / scale)


def confidence(probabilities: Probabilities) -> Probabilities:
    """(N, 2) -> (N,), 0.5 to 1: the highest symmetric threshold at which a photo isn't unsure."""
    lowest: Probabilities = np.maximum(probabilities, 1 - probabilities).min(axis=1)
    return lowest


def precision_against_coverage(probabilities: Probabilities, targets: Floats) -> Coverage:
    """How many photos are sorted, and how many of them rightly, at every cut on the confidence.

    A photo is sorted into cat or dog at a cut when its verdict is cat or dog with that threshold
    for presence and absence alike, as `--threshold` sets it. It belongs there when it holds this
    animal and not the other. Covered is the share of all photos, also those of both or neither,
    so it need not reach 1. There is one cut for each distinct confidence; without a photo that is
    ever sorted the arrays are empty.
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
