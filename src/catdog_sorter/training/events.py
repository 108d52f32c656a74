"""What a trainer tells while it trains, whatever its framework."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One batch done: `step` of `steps` in epoch `epoch` (from 0); accuracy is 0 to 1."""

    epoch: int
    step: int
    steps: int
    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One epoch done and judged on the validation photos; accuracy is 0 to 1."""

    epoch: int
    validation_loss: float
    validation_accuracy: float
