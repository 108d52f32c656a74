"""The protocol that each framework's trainer implements, and its inputs. No framework."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.calibration import Calibration, Probabilities, sigmoid
from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.fit.checkpoint import Arrays
from catdog_sorter.training.fit.initial_weights import InitialWeights
from catdog_sorter.training.recipes import Recipe


class Learner(Protocol):
    """One network being trained in one framework. Photos are uint8 (N, S, S, 3) RGB."""

    def begin_epoch(self, seed: int) -> None:
        """Seed dropout, so that a resumed run equals an uninterrupted one."""

    def step(
        self,
        photos: Pixels,
        targets: Floats32,
        rate: float,
        ema_decay: float,
        teacher_features: Floats32 | None = None,
    ) -> tuple[float, Floats32]:
        """Learn from one batch.

        Args:
            photos: uint8 (N, S, S, 3) RGB.
            targets: float32 (N, K), 0 to 1.
            rate: Learning rate.
            ema_decay: Share of the earlier averaged weights that is kept, 0 to 1.
            teacher_features: float32 (N, F) to match, rows of NaN for none; call
                `match_features` first.

        Returns:
            The loss in nats and the logits, float32 (N, K).
        """

    def match_features(self, kernel: Floats32, bias: Floats32, weight: float) -> None:
        """Add `weight` times the mean squared error of the features to the loss of each step.

        The error of features @ kernel (D, F) + bias (F,) against a step's `teacher_features`.
        """

    def features(self, photos: Pixels) -> Floats32:
        """Input of the last layer, (N, D), by the averaged weights."""

    def logits(self, photos: Pixels) -> Floats32:
        """Logits (N, K) by the averaged weights, as at inference."""

    def logits_and_features(self, photos: Pixels) -> tuple[Floats32, Floats32]:
        """`logits` and `features` from one forward pass."""

    def add_to_head(self, kernel: Floats32, bias: Floats32) -> None:
        """Add features @ kernel (D, K) + bias (K,) to the logits, by the last layer."""

    def set_head(self, kernel: Floats32, bias: Floats32) -> None:
        """Replace the last layer by kernel (D, K) and bias (K,)."""

    def weights(self) -> Arrays:
        """The averaged weights, under the framework's own names."""

    def set_weights(self, weights: Arrays) -> None:
        """Replace the averaged weights; names as in `weights`."""

    def read_weights(self, initial: InitialWeights) -> Arrays:
        """The weights of a file; names as in `weights`, the last layer only where it fits.

        Raises:
            TrainingError: Other layers are missing.
        """

    def state(self) -> Arrays:
        """The complete training state, for a checkpoint."""

    def restore(self, state: Arrays) -> None:
        """Restore what `state` returned.

        Raises:
            KeyError, ValueError: It does not fit.
        """


@dataclass(frozen=True, slots=True)
class TeacherOutputs:
    """Outputs of the teachers for the pictures of one epoch, in the run's order.

    `soft_targets` (N, K), 0 to 1, is the mean of the teachers (of their logits); `features` (N, F)
    are the principal components of their features, with a mean square of 1. Rows of composed
    pictures are NaN.
    """

    soft_targets: Floats32
    features: Floats32


@dataclass(frozen=True, slots=True)
class FitJob:
    """A fit: the recipe, the photos of the store, and the folder for checkpoints.

    `teacher_outputs`: with teachers, one for each distinct epoch of pictures. `calibration`:
    from the network's logits to those that the loss is computed of; None is the identity.
    """

    recipe: Recipe
    store: Store
    training: Sequence[int]
    validation: Sequence[int]
    folder: Path
    seed: int
    teacher_outputs: Sequence[TeacherOutputs] = field(default_factory=tuple)
    calibration: Calibration | None = None

    def probabilities(self, logits: Floats32) -> Probabilities:
        """Calibrated probabilities, 0 to 1, of logits; (N, K) each."""
        return self.calibration.apply(logits) if self.calibration else sigmoid(logits)
