"""How good a model is, how its probabilities are calibrated and where its thresholds lie.

numpy only, no framework, no files. Probabilities and targets (0 or 1) are (N, 2): cat, dog.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from catdog_sorter.labels import Label, Thresholds, decide
from catdog_sorter.probabilities import Calibration, Floats, Probabilities

_NEWTON_STEPS = 100
_SMALLEST_P = 1e-7
_BINS = 15


def log_loss(probabilities: Probabilities, targets: Floats) -> float:
    """Mean binary cross-entropy in nats over photos and outputs."""
    p = np.clip(probabilities, _SMALLEST_P, 1 - _SMALLEST_P)
    return float(-np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p)))


def forced_choice_accuracy(probabilities: Probabilities, targets: Floats) -> float:
    """Share of photos of one animal whose larger probability names it; NaN without such photos."""
    one_animal = targets.sum(axis=1) == 1
    if not one_animal.any():
        return float("nan")
    chosen = probabilities[one_animal].argmax(axis=1)
    return float(np.mean(chosen == targets[one_animal].argmax(axis=1)))


def calibration_error(probabilities: Probabilities, targets: Floats) -> float:
    """Expected calibration error over 15 equal bins (Guo et al. 2017), outputs pooled."""
    p, t = probabilities.ravel(), targets.ravel()
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(float(p[bins == b].mean() - t[bins == b].mean())) * float(np.mean(bins == b))
        for b in np.unique(bins)
    ]
    return float(sum(gaps))


def area_under_roc(scores: Floats, targets: Floats) -> float:
    """Chance that a photo with the animal scores above one without; ties count half (N,), (N,)."""
    positives, negatives = scores[targets == 1], np.sort(scores[targets == 0])
    if not len(positives) or not len(negatives):
        return float("nan")
    below = np.searchsorted(negatives, positives, "left")
    not_above = np.searchsorted(negatives, positives, "right")
    return float((below + not_above).mean() / (2 * len(negatives)))


def calibrate(logits: Floats, targets: Floats) -> Calibration:
    """Fit one scale and bias for each output by Newton's method. Logits and targets (N, K).

    Targets are smoothed as Platt 1999 proposes, so that separable data gives finite values.
    """
    fits = [
        _platt(logits[:, k].astype(np.float64), targets[:, k].astype(np.float64))
        for k in range(logits.shape[1])
    ]
    return Calibration(tuple(scale for scale, _ in fits), tuple(bias for _, bias in fits))


def _platt(
    logits: npt.NDArray[np.float64], targets: npt.NDArray[np.float64]
) -> tuple[float, float]:
    positives = targets.sum()
    negatives = len(targets) - positives
    if not positives or not negatives:
        return 1.0, 0.0
    smoothed = np.where(targets == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    inputs = np.stack([logits, np.ones_like(logits)], axis=1)

    def loss(parameters: npt.NDArray[np.float64]) -> float:
        z = inputs @ parameters
        return float(np.sum(np.logaddexp(0, z) - smoothed * z))

    parameters = np.array([1.0, 0.0])
    for _ in range(_NEWTON_STEPS):
        p = 0.5 * (1 + np.tanh(0.5 * inputs @ parameters))
        gradient = inputs.T @ (p - smoothed)
        hessian = (inputs * (p * (1 - p))[:, None]).T @ inputs + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        taken = _halved_until_better(loss, parameters, step)
        if taken is None:
            break
        parameters = taken
    return float(parameters[0]), float(parameters[1])


def _halved_until_better(
    loss: Callable[[npt.NDArray[np.float64]], float],
    parameters: npt.NDArray[np.float64],
    step: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64] | None:
    before = loss(parameters)
    for halvings in range(20):
        candidate = parameters - step * 0.5**halvings
        if loss(candidate) < before - 1e-12:
            return candidate
    return None


def choose_thresholds(probabilities: Probabilities, targets: Floats, risk: float) -> Thresholds:
    """The smallest grey zone within 0.05 to 0.95 that keeps both kinds of mistake rare.

    At most the share `risk` of the photos without an animal is at `present` or above for it, and
    at most the share `risk` of the photos with one is at `absent` or below.
    """
    without = [probabilities[targets[:, k] == 0, k] for k in range(targets.shape[1])]
    with_it = [probabilities[targets[:, k] == 1, k] for k in range(targets.shape[1])]
    above = max((float(np.quantile(p, 1 - risk)) for p in without if len(p)), default=0.5)
    below = min((float(np.quantile(p, risk)) for p in with_it if len(p)), default=0.5)
    return Thresholds(
        present=round(float(np.clip(above, 0.5, 0.95)), 4),
        absent=round(float(np.clip(below, 0.05, 0.5)), 4),
    )


def summarise(
    probabilities: Probabilities, targets: Floats, thresholds: Thresholds
) -> dict[str, object]:
    """Every figure a bundle or a report states about one set of photos, as plain JSON values.

    A figure that these photos cannot give, as AUROC without a dog, is None.
    """
    kinds = _kinds(targets)
    labels = [decide(float(cat), float(dog), thresholds) for cat, dog in probabilities]
    table = {
        kind: {label.value: _count(labels, label, kinds == kind) for label in Label}
        for kind in ("cat", "dog", "both", "neither")
        if (kinds == kind).any()
    }
    figures = {
        "forced_choice_accuracy": forced_choice_accuracy(probabilities, targets),
        "auroc_cat": area_under_roc(probabilities[:, 0], targets[:, 0]),
        "auroc_dog": area_under_roc(probabilities[:, 1], targets[:, 1]),
        "log_loss": log_loss(probabilities, targets),
        "calibration_error": calibration_error(probabilities, targets),
    }
    known = {name: None if np.isnan(value) else value for name, value in figures.items()}
    return {"photos": len(targets), **known, "labels_by_truth": table}


def _kinds(targets: Floats) -> npt.NDArray[np.str_]:
    names = [["neither", "dog"], ["cat", "both"]]
    return np.array([names[int(cat)][int(dog)] for cat, dog in targets])


def _count(labels: list[Label], label: Label, chosen: npt.NDArray[np.bool_]) -> int:
    return sum(found is label for found, wanted in zip(labels, chosen, strict=True) if wanted)
