"""Compares the initial model and the trained one on the same held-out photos.

Decides whether training helped. Opens no model and no photo.
"""

from dataclasses import asdict, astuple, dataclass
from enum import StrEnum
from typing import Any, assert_never

import numpy as np

from catdog_sorter.labels import Thresholds
from catdog_sorter.model.arrays import Floats
from catdog_sorter.model.calibration import Probabilities
from catdog_sorter.training.fit.head_correction import photo_losses
from catdog_sorter.training.measure.intervals import confidence_intervals
from catdog_sorter.training.measure.metrics import summarise

_LOSS = "log_loss"
# The figures that are shown. The loss decides the verdict: it changes before any label does, which
# matters with few photos.
FIGURES = {
    "forced_choice_accuracy": "Accuracy, cat or dog",
    "coverage": "Coverage, cats and dogs",
    "wrong_among_sorted": "Wrong among sorted",
    "false_pet_rate": "Neither, sorted as a pet",
    _LOSS: "Log loss (lower: better)",
}


class TrainingVerdict(StrEnum):
    """Whether the trained model is better than the initial one."""

    BETTER = "better"
    NO_BETTER = "no better"
    WORSE = "worse"


def verdict_sentence(verdict: TrainingVerdict, start: str) -> str:
    """The verdict as a sentence; `start` is the name of the initial model."""
    match verdict:
        case TrainingVerdict.BETTER:
            return f"Better than {start} on photos it was not trained on."
        case TrainingVerdict.NO_BETTER:
            return f"Not better than {start}, the initial model; not made the default."
        case TrainingVerdict.WORSE:
            return f"Worse than {start}, the initial model; not made the default."
        case _:
            assert_never(verdict)


@dataclass(frozen=True, slots=True)
class Measured:
    """A share of photos, 0 to 1, or a loss in nats, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same photos.

    Attributes:
        start: Name of the initial model.
        photos: Number of held-out photos.
        cross_validated: Whether photos were evaluated by cross-validation, instead of by the model
            that was written.
        verdict: By the difference in loss, if it exceeds one standard error.
        before: Figures of the initial model, by name in `FIGURES`, as far as these photos give
            them.
        after: The same of the trained model.
    """

    start: str
    photos: int
    cross_validated: bool
    verdict: TrainingVerdict
    before: dict[str, Measured]
    after: dict[str, Measured]

    def as_json(self) -> dict[str, Any]:
        """For `run.json` and `bundle.json`."""
        return asdict(self) | {"verdict": self.verdict.value}


def with_interval(name: str, measured: Measured) -> str:
    """A figure of `FIGURES` with its interval, as text."""
    form = ".3f" if name == _LOSS else ".1%"
    value, low, high = (format(each, form) for each in astuple(measured))
    return f"{value} ({low} to {high})"


def compare_models(
    start: str,
    before: tuple[Probabilities, Thresholds],
    after: tuple[Probabilities, Thresholds],
    targets: Floats,
    *,
    cross_validated: bool = False,
) -> Comparison:
    """Compare two models.

    Args:
        start: Name of the initial model.
        before: Its calibrated probabilities (N, 2) and its thresholds.
        after: The same of the trained model.
        targets: (N, 2), 0 or 1.
        cross_validated: See `Comparison`.
    """
    apart = photo_losses(after[0], targets) - photo_losses(before[0], targets)
    error = float(apart.std(ddof=1) / np.sqrt(len(apart))) if len(apart) > 1 else np.inf
    verdict = TrainingVerdict.NO_BETTER
    if abs(float(apart.mean())) > error:
        verdict = TrainingVerdict.BETTER if apart.mean() < 0 else TrainingVerdict.WORSE
    return Comparison(
        start,
        len(targets),
        cross_validated,
        verdict,
        _measured(*before, targets),
        _measured(*after, targets),
    )


def _measured(
    probabilities: Probabilities, thresholds: Thresholds, targets: Floats
) -> dict[str, Measured]:
    figures = summarise(probabilities, targets, thresholds)
    intervals = confidence_intervals(probabilities, targets, thresholds)
    found = {}
    for name in FIGURES:
        value = figures[name]
        if isinstance(value, float) and name in intervals:
            low, high = intervals[name]
            highest = np.inf if name == _LOSS else 1.0
            found[name] = Measured(value, max(0.0, min(low, value)), min(highest, max(high, value)))
    return found
