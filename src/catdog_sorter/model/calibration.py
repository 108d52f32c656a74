"""Converts a network's logits to calibrated probabilities of a cat and of a dog. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catdog_sorter.labels import Thresholds
from catdog_sorter.model.arrays import Floats

Probabilities = npt.NDArray[np.float64]


def sigmoid(logits: Floats) -> Probabilities:
    """The logistic function: logits of any shape to probabilities, 0 to 1."""
    return 0.5 * (1.0 + np.tanh(0.5 * logits.astype(np.float64)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling of each output: `p = sigmoid(scale * logit + bias)`.

    Platt 1999, "Probabilistic Outputs for Support Vector Machines".

    Attributes:
        scale: One for each output.
        bias: One for each output.
    """

    scale: tuple[float, ...]
    bias: tuple[float, ...]

    def apply(self, logits: Floats) -> Probabilities:
        """Convert logits (N, K) to calibrated probabilities (N, K), 0 to 1."""
        return sigmoid(logits.astype(np.float64) * np.array(self.scale) + np.array(self.bias))


def undecided_logits(
    outputs: Sequence[str], calibration: Calibration, thresholds: Sequence[Thresholds]
) -> npt.NDArray[np.float64]:
    """Return the logits of each output that lie between the thresholds of any pair.

    Args:
        outputs: As for `animal_probabilities`.
        calibration: Of these outputs.
        thresholds: At least one pair.

    Returns:
        float64 (K, 2): for each output the lowest and the highest, perhaps infinite.
    """
    limits = np.array([(each.absent, each.present) for each in thresholds]).ravel()
    if "cat" not in outputs:  # `p_cat` is the other side of `p_dog`
        limits = np.concatenate([limits, 1.0 - limits])
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = np.log(limits / (1.0 - limits))
        logits = (wanted[:, None] - np.array(calibration.bias)) / np.array(calibration.scale)
    return np.stack([logits.min(axis=0), logits.max(axis=0)], axis=1)


def animal_probabilities(
    logits: Floats, outputs: Sequence[str], calibration: Calibration
) -> Probabilities:
    """Calibrated probabilities of a cat and of a dog.

    Args:
        logits: (N, K), columns in the order of `outputs`.
        outputs: ("cat", "dog") in any order, or ("dog",), whose `p_cat` is `1 - p_dog`.
        calibration: of these outputs.

    Returns:
        float64 (N, 2): `p_cat`, `p_dog`, 0 to 1.
    """
    probabilities = calibration.apply(logits)
    dog = probabilities[:, list(outputs).index("dog")]
    cat = probabilities[:, list(outputs).index("cat")] if "cat" in outputs else 1.0 - dog
    return np.stack([cat, dog], axis=1)
