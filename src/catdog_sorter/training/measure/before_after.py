"""Whether training helped: the model it began with and the result, on the same held-out photos.

Decides the verdict. Opens no model and no photo.
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
# The figures that are shown. The loss decides the verdict: few photos show it before any verdict on
# a photo changes.
FIGURES = {
    "forced_choice_accuracy": "Accuracy, cat or dog",
    "coverage": "Coverage, cats and dogs",
    "wrong_among_sorted": "Wrong among sorted",
    "false_pet_rate": "Neither, sorted as a pet",
    _LOSS: "Log loss (lower: better)",
}


class TrainingVerdict(StrEnum):
    """Whether the result is better than the model it began with."""

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
        start: Name of the model that training began with.
        photos: How many were held out.
        cross_validated: Whether each photo was judged by a fit that had not seen it, instead of
            all by the model that was written.
        verdict: Decided by the loss, one standard error of its difference apart.
        before: By name of the figure, of those in `FIGURES` that these photos can give.
        after: The same of the result.
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
    """A figure of `FIGURES` to be read."""
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
        start: Name of the model that training began with.
        before: Its probabilities (N, 2), calibrated, and its thresholds.
        after: The same of the result.
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
