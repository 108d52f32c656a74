"""The events of a training, the same for every framework."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """The start of a phase that has no other events; `name` is shown to the user."""

    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One batch done: `step` of `steps` in epoch `epoch` (from 0).

    `accuracy`: between cat and dog, 0 to 1; NaN where no picture shows one of them alone.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One epoch (from 0) done and evaluated on the validation photos.

    Losses are binary cross-entropies in nats; accuracies are 0 to 1; `learning_rate` is that of
    the epoch's last batch; `seconds` is wall time, evaluation included.
    """

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class PhotosChecked:
    """`done` of about `total` photos evaluated, by the exported and by the initial model."""

    done: int
    total: int
