"""Metrics of a model, and the calibration of its probabilities.

numpy only, no framework, no files. Probabilities and targets (0 or 1) are (N, 2): cat, dog.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catdog_sorter.labels import TRUE_LABELS, Label, Thresholds
from catdog_sorter.model.arrays import Floats, Floats64
from catdog_sorter.model.calibration import Calibration, Probabilities
from catdog_sorter.training.fit.logistic import fit_logistic
from catdog_sorter.training.measure.curves import BINS

LabelNames = npt.NDArray[np.str_]

PETS = (Label.CAT, Label.DOG, Label.BOTH)
_MIN_PROBABILITY = 1e-7
# Platt's value of 1 makes a model with many photos underconfident. Compared by
# `benchmarks/calibration.py`.
_PSEUDO_PHOTOS = 0.25
# Scale for an untrained network, which makes all photos unsure. A smaller one would give numbers
# outside the range that bundles allow.
_MIN_SLOPE = 1e-4


@dataclass(frozen=True, slots=True)
class Average:
    """A figure that is the mean of `values` over the photos `among`, both (N,).

    Boolean `values` make it a share.
    """

    values: npt.NDArray[np.bool_] | Floats64
    among: npt.NDArray[np.bool_]


def log_loss(probabilities: Probabilities, targets: Floats) -> float:
    """Mean binary cross-entropy in nats over photos and outputs, (N, K) each."""
    return float(_cross_entropy(probabilities, targets).mean())


def _cross_entropy(probabilities: Probabilities, targets: Floats) -> Floats64:
    p = _inner(probabilities)
    losses: Floats64 = -(targets * np.log(p) + (1 - targets) * np.log(1 - p))
    return losses


def _inner(probabilities: Probabilities) -> Probabilities:
    return np.clip(probabilities, _MIN_PROBABILITY, 1 - _MIN_PROBABILITY)


def forced_choice_accuracy(probabilities: Probabilities, targets: Floats) -> float:
    """Share of photos of one animal where it has the larger probability; NaN without any."""
    one_animal = targets.sum(axis=1) == 1
    if not one_animal.any():
        return float("nan")
    return float(_right_animal(probabilities, targets)[one_animal].mean())


def area_under_roc(scores: Floats, targets: Floats, weights: Floats64) -> Floats64:
    """Probability that a photo with the animal scores above one without; ties count half.

    Scores and targets are (N,); each row of `weights` (R, N), how often a photo counts, gives one
    of the results (R,), NaN without both kinds of photo.
    """
    order = np.argsort(scores)
    ranked = scores[order]
    ties = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    positives = np.add.reduceat((weights * targets)[:, order], ties, axis=1)
    negatives = np.add.reduceat((weights * (1 - targets))[:, order], ties, axis=1)
    below = negatives.cumsum(axis=1) - negatives / 2
    pairs = positives.sum(axis=1) * negatives.sum(axis=1)
    return _ratio((positives * below).sum(axis=1), pairs)


def average_precision(scores: Floats, targets: Floats, weights: Floats64) -> Floats64:
    """Mean precision at each photo with the animal, by descending score; tied scores share it.

    Scores and targets are (N,); each row of `weights` (R, N), how often a photo counts, gives one
    of the results (R,), NaN without a photo of the animal.
    """
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    ties = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    positives = np.add.reduceat((weights * targets)[:, order], ties, axis=1)
    photos = np.add.reduceat(weights[:, order], ties, axis=1).cumsum(axis=1)
    precision = np.divide(
        positives.cumsum(axis=1), photos, out=np.zeros_like(photos), where=photos > 0
    )
    return _ratio((positives * precision).sum(axis=1), positives.sum(axis=1))


def calibration_error(probabilities: Probabilities, targets: Floats, weights: Floats64) -> Floats64:
    """Expected calibration error over 15 equal bins (Guo et al. 2017), outputs pooled.

    Probabilities and targets are (N, K); one result for each row of `weights` (R, N).
    """
    photos, outputs = probabilities.shape
    gaps = np.zeros((photos, BINS))
    for p, t in zip(probabilities.T, targets.T, strict=True):
        gaps[np.arange(photos), np.minimum((p * BINS).astype(int), BINS - 1)] += p - t
    return _ratio(np.abs(weights @ gaps).sum(axis=1), outputs * weights.sum(axis=1))


def _ratio(parts: Floats64, wholes: Floats64) -> Floats64:
    ratios = np.full(len(parts), np.nan)
    np.divide(parts, wholes, out=ratios, where=wholes > 0)
    return ratios


def calibrate(
    logits: Floats, targets: Floats, pseudo_photos: float = _PSEUDO_PHOTOS
) -> Calibration:
    """Fit one scale and bias for each output by logistic regression. Logits and targets (N, K).

    Targets are smoothed as if `pseudo_photos` (above 0) photos of each class had the opposite
    label, so that separable data gives finite values (Platt 1999, with 1 of each). An output
    without both classes keeps its logits.
    """
    fits = [_platt(logits[:, k], targets[:, k], pseudo_photos) for k in range(logits.shape[1])]
    return Calibration(tuple(scale for scale, _ in fits), tuple(bias for _, bias in fits))


def _platt(logits: Floats, targets: Floats, pseudo_photos: float) -> tuple[float, float]:
    positives = float(targets.sum())
    negatives = len(targets) - positives
    if not positives or not negatives:
        return 1.0, 0.0
    high = (positives + pseudo_photos) / (positives + 2 * pseudo_photos)
    low = pseudo_photos / (negatives + 2 * pseudo_photos)
    scale, bias = fit_logistic(logits[:, None], np.where(targets == 1, high, low), decay=0.0)
    return float(scale[0]), bias


def uncertainty_band(
    calibration: Calibration, confidence: float
) -> tuple[tuple[float, float], ...]:
    """For each output, the two logits between which the confidence is below `confidence`.

    `calibration`: that of the logits; `confidence`: 0.5 to 1, ends excluded.
    """
    reach = math.log(confidence / (1 - confidence))
    bands = []
    for scale, bias in zip(calibration.scale, calibration.bias, strict=True):
        slope = math.copysign(max(abs(scale), _MIN_SLOPE), scale)
        low, high = sorted(((-reach - bias) / slope, (reach - bias) / slope))
        bands.append((low, high))
    return tuple(bands)


def summarise(
    probabilities: Probabilities, targets: Floats, thresholds: Thresholds
) -> dict[str, object]:
    """All figures of one set of photos that bundles and reports state, as plain JSON values.

    Shares are 0 to 1, losses in nats. A figure that these photos cannot give, such as AUROC
    without dogs, is None. `averages` and `rankings` define the figures; `calibration_error`
    pools both outputs.
    """
    labels = labels_at(probabilities, thresholds)
    once = np.ones((1, len(targets)))
    figures = weighted_figures(probabilities, targets, labels, once)
    known = {name: None if np.isnan(row[0]) else float(row[0]) for name, row in figures.items()}
    kinds = kinds_of(targets)
    table = {
        kind.value: {label.value: int(np.sum(labels[kinds == kind] == label)) for label in Label}
        for kind in TRUE_LABELS
        if (kinds == kind).any()
    }
    return {"photos": len(targets), **known, "labels_by_truth": table}


def labels_at(probabilities: Probabilities, thresholds: Thresholds) -> LabelNames:
    """The label of each photo (N,) at the thresholds, as `labels.decide` gives it."""
    present = probabilities >= thresholds.present
    unsure = (~present & (probabilities > thresholds.absent)).any(axis=1)
    labels: LabelNames = np.where(unsure, Label.UNSURE.value, kinds_of(present))
    return labels


def weighted_figures(
    probabilities: Probabilities, targets: Floats, labels: LabelNames, weights: Floats64
) -> dict[str, Floats64]:
    """Every scalar figure by name, once for each row of `weights` (R, N): (R,).

    A weight is how often a photo counts. A figure is NaN if none of the photos it needs counts.
    """
    means = {
        name: _ratio(weights @ (average.values * average.among), weights @ (average.among * 1.0))
        for name, average in averages(probabilities, targets, labels).items()
    }
    areas = {
        f"{figure}_{name}": area(scores, wanted, weights)
        for figure, area in AREAS.items()
        for name, (scores, wanted) in rankings(probabilities, targets).items()
    }
    errors = {
        "calibration_error": calibration_error(probabilities, targets, weights),
        "calibration_error_cat": calibration_error(probabilities[:, :1], targets[:, :1], weights),
        "calibration_error_dog": calibration_error(probabilities[:, 1:], targets[:, 1:], weights),
    }
    return means | areas | errors


def averages(
    probabilities: Probabilities, targets: Floats, labels: LabelNames
) -> dict[str, Average]:
    """The figures that are means over photos.

    - forced_choice_accuracy: of the photos of one animal, those where it has the larger probability
    - forced_choice_log_loss: on these photos, from the probability of the true animal divided by
      the sum of both
    - coverage: of these photos, those labelled cat or dog
    - wrong_among_sorted: of the photos labelled cat, dog or both, those that are something else
    - false_pet_rate: of the photos of neither, those labelled cat, dog or both
    - precision_X, recall_X: of the photos labelled X those that are X, and the reverse
    - log_loss, brier_score: over all photos and both outputs
    """
    kinds = kinds_of(targets)
    all_photos = np.ones(len(targets), dtype=np.bool_)
    one_animal = np.isin(kinds, (Label.CAT, Label.DOG))
    sorted_away = np.isin(labels, PETS)
    brier = np.square(probabilities - targets).mean(axis=1)
    figures = {
        "forced_choice_accuracy": Average(_right_animal(probabilities, targets), one_animal),
        "forced_choice_log_loss": Average(_choice_loss(probabilities, targets), one_animal),
        "coverage": Average(np.isin(labels, (Label.CAT, Label.DOG)), one_animal),
        "wrong_among_sorted": Average(labels != kinds, sorted_away),
        "false_pet_rate": Average(sorted_away, kinds == Label.NEITHER),
        "log_loss": Average(_cross_entropy(probabilities, targets).mean(axis=1), all_photos),
        "brier_score": Average(brier, all_photos),
    }
    for kind in TRUE_LABELS:
        figures[f"precision_{kind}"] = Average(kinds == kind, labels == kind)
        figures[f"recall_{kind}"] = Average(labels == kind, kinds == kind)
    return figures


def rankings(
    probabilities: Probabilities, targets: Floats
) -> dict[str, tuple[Probabilities, Floats]]:
    """The scores (N,) and targets (N,) of the figures in `AREAS`.

    `pet` separates photos with an animal from photos of neither, by the larger probability.
    """
    return {
        "cat": (probabilities[:, 0], targets[:, 0]),
        "dog": (probabilities[:, 1], targets[:, 1]),
        "pet": (probabilities.max(axis=1), targets.max(axis=1)),
    }


AREAS = {"auroc": area_under_roc, "average_precision": average_precision}


def kinds_of(targets: Floats | npt.NDArray[np.bool_]) -> LabelNames:
    """The true labels (N,) of targets (N, 2), 0 or 1."""
    names = np.array([["neither", "dog"], ["cat", "both"]])
    cat, dog = targets.astype(int).T
    kinds: LabelNames = names[cat, dog]
    return kinds


def _right_animal(probabilities: Probabilities, targets: Floats) -> npt.NDArray[np.bool_]:
    right: npt.NDArray[np.bool_] = probabilities.argmax(axis=1) == targets.argmax(axis=1)
    return right


def _choice_loss(probabilities: Probabilities, targets: Floats) -> Floats64:
    p = _inner(probabilities)
    true = p[np.arange(len(p)), targets.argmax(axis=1)]
    losses: Floats64 = -np.log(true / p.sum(axis=1))
    return losses
