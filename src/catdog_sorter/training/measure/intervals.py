"""95 % confidence intervals of all figures of `metrics`.

numpy only, no framework, no files.
"""

from collections.abc import Iterator

import numpy as np

from catdog_sorter.labels import Thresholds
from catdog_sorter.model.arrays import Floats, Floats64
from catdog_sorter.model.calibration import Probabilities
from catdog_sorter.training.measure.curves import wilson_interval
from catdog_sorter.training.measure.metrics import (
    LabelNames,
    averages,
    labels_at,
    rankings,
    weighted_figures,
)

_COUNTS_AT_ONCE = 500_000  # limits a block of resamples to some tens of megabytes


def confidence_intervals(
    probabilities: Probabilities,
    targets: Floats,
    thresholds: Thresholds,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """Return (low, high) of every scalar figure of these photos; the seed decides the resamples.

    The percentile bootstrap over photos (Efron and Tibshirani 1993), with two departures. First, a
    share or area of exactly 0 or 1 is the same in every resample. It gets the Wilson interval of 0
    or all of its photos: for an area under ROC those of the rarer class, for an average precision
    those of the animal. Second, a calibration error is larger in resamples than in the photos
    themselves, because repeats add noise to each bin. Its interval is shifted by the difference to
    the median.
    """
    labels = labels_at(probabilities, thresholds)
    once = np.ones((1, len(targets)))
    figures = weighted_figures(probabilities, targets, labels, once)
    blocks = [
        weighted_figures(probabilities, targets, labels, weights)
        for weights in _resamples(len(targets), resamples, seed)
    ]
    certain = _photos_behind(probabilities, targets, labels)
    intervals = {}
    for name, row in figures.items():
        value = float(row[0])
        if np.isnan(value):
            continue
        if name in certain and value in (0.0, 1.0):
            intervals[name] = wilson_interval(round(value) * certain[name], certain[name])
        else:
            drawn = np.concatenate([block[name] for block in blocks])
            moved = name.startswith("calibration_error")
            intervals[name] = _between(drawn, value if moved else None)
    return intervals


def _resamples(photos: int, resamples: int, seed: int) -> Iterator[Floats64]:
    """Blocks (R, N) of how often each photo is drawn; the sum of R is `resamples`."""
    rng = np.random.default_rng(seed)
    block = max(1, _COUNTS_AT_ONCE // photos)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = rng.integers(photos, size=(rows, photos)) + photos * np.arange(rows)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=rows * photos)
        yield counts.reshape(rows, photos).astype(np.float64)


def _photos_behind(
    probabilities: Probabilities, targets: Floats, labels: LabelNames
) -> dict[str, int]:
    """For each share and area, the number of photos that its uncertainty depends on."""
    shares = averages(probabilities, targets, labels).items()
    behind = {name: int(a.among.sum()) for name, a in shares if a.values.dtype == np.bool_}
    for name, (_, wanted) in rankings(probabilities, targets).items():
        positives = int(wanted.sum())
        behind[f"auroc_{name}"] = min(positives, len(wanted) - positives)
        behind[f"average_precision_{name}"] = positives
    return behind


def _between(drawn: Floats64, centre: float | None) -> tuple[float, float]:
    """Return the middle 95 % of `drawn`, ignoring NaN, shifted to the median `centre` if given."""
    known = drawn[~np.isnan(drawn)]
    low, median, high = np.percentile(known, (2.5, 50.0, 97.5)).tolist()
    move = 0.0 if centre is None else centre - median
    return max(0.0, low + move), high + move
