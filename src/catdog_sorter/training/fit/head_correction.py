"""Corrects a network's logits by a linear layer, as strongly as cross-validation supports.

The correction is a logistic regression on the network's features, with its logits as the offset.
Decides the penalty by cross-validation; no correction at all is one of the candidates. numpy only,
no framework.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Floats, Floats32, Floats64
from catdog_sorter.model.calibration import sigmoid
from catdog_sorter.training.fit.logistic import fit_logistic
from catdog_sorter.training.fit.rehearsal import Rehearsal

# In nats per squared weight, for features with variance 1; the strongest first.
PENALTIES = (10.0, 1.0, 0.1, 0.01)
_FOLDS = 5
_MIN_PROBABILITY = 1e-7
_MIN_GAIN_NATS = 1e-3  # a smaller gain is not worth a new network


@dataclass(frozen=True, slots=True)
class HeadCorrection:
    """A correction added to a network's logits: features @ kernel + bias.

    Attributes:
        kernel: float64 (D, K).
        bias: float64 (K,).
        penalty: The chosen one; None if no correction is best.
        held_out: Logits (N, K) of each photo from the fold that holds it out.
    """

    kernel: Floats64
    bias: Floats64
    penalty: float | None
    held_out: Floats64


def fit_correction(
    features: Floats,
    logits: Floats,
    targets: Floats,
    groups: npt.NDArray[np.int64],
    seed: int,
    rehearsal: Rehearsal | None = None,
) -> HeadCorrection:
    """Fit a correction, with the penalty chosen by cross-validation.

    Args:
        features: (N, D), what the last layer reads.
        logits: (N, K), the network's, calibrated.
        targets: (N, K), 0 or 1.
        groups: (N,), equal for photos that look the same: they stay in one fold.
        seed: Seed of the folds.
        rehearsal: Other photos, whose calibrated logits should stay. They count as much in each
            fit as all the photos it learns from.

    Returns:
        The correction in units of `logits`. Of the penalties whose held-out loss lies within one
        standard error of the lowest it has the strongest, which may be none at all (Breiman et al.
        1984, "Classification and Regression Trees").
    """
    folds = _folds(groups, seed)
    examples = _Examples(features, logits, targets)
    known = rehearsal and _Examples(*rehearsal, sigmoid(rehearsal.logits))
    held_out = {None: logits.astype(np.float64)} | {
        penalty: _held_out(examples, folds, penalty, known) for penalty in PENALTIES
    }
    losses = {k: photo_losses(sigmoid(rows), targets) for k, rows in held_out.items()}
    chosen = list(losses)[first_within_one_error(list(losses.values()))]
    if chosen is None:
        kernel = np.zeros((features.shape[1], targets.shape[1]))
        bias = np.zeros(targets.shape[1])
    else:
        kernel, bias = _fit(examples, chosen, known)
    return HeadCorrection(kernel, bias, chosen, held_out[chosen])


def photo_losses(probabilities: Floats, targets: Floats) -> Floats64:
    """Binary cross-entropy in nats of each photo (N,), summed over outputs; arguments (N, K)."""
    p = np.clip(probabilities, _MIN_PROBABILITY, 1 - _MIN_PROBABILITY)
    losses: Floats64 = -(targets * np.log(p) + (1 - targets) * np.log(1 - p)).sum(axis=1)
    return losses


def first_within_one_error(losses: Sequence[Floats64]) -> int:
    """The first candidate that is not much worse than the best (one-standard-error rule).

    Args:
        losses: For each candidate the losses of the same photos (N,), the most conservative first.

    Returns:
        Its index: its mean loss exceeds the lowest by at most one standard error of the
        difference, or by less than the gain that is worth a new network.
    """
    best = min(losses, key=lambda each: float(each.mean()))
    for number, each in enumerate(losses):
        apart = each - best
        error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else np.inf
        if apart.mean() <= max(error, _MIN_GAIN_NATS):
            return number
    raise AssertionError("the best choice is within one error of itself")


def _folds(groups: npt.NDArray[np.int64], seed: int) -> list[npt.NDArray[np.bool_]]:
    """Masks (N,) of the photos that each fold holds out; photos of one group together."""
    names = np.random.default_rng((seed, 4)).permutation(np.unique(groups))
    parts = np.array_split(names, min(_FOLDS, len(names)))
    return [np.isin(groups, part) for part in parts]


class _Examples(NamedTuple):
    """Features (N, D) of photos, their logits and targets (N, K)."""

    features: Floats
    logits: Floats
    targets: Floats


def _held_out(
    examples: _Examples,
    folds: Sequence[npt.NDArray[np.bool_]],
    penalty: float,
    known: _Examples | None,
) -> Floats64:
    rows = examples.logits.astype(np.float64)
    for fold in folds:
        if not fold.all():
            seen = _Examples(*(array[~fold] for array in examples))
            kernel, bias = _fit(seen, penalty, known)
            rows[fold] += examples.features[fold] @ kernel + bias
    return rows


def _fit(examples: _Examples, penalty: float, known: _Examples | None) -> tuple[Floats64, Floats64]:
    """Kernel (D, K) and bias (K,) for unscaled features."""
    weights = None
    if known:
        share = len(examples.features) / len(known.features)
        weights = np.repeat([1.0, share], [len(examples.features), len(known.features)])
        examples = _Examples(*map(np.concatenate, zip(examples, known, strict=True)))
    features, logits, targets = examples
    mean = features.mean(axis=0, dtype=np.float64)
    spread = features.std(axis=0, dtype=np.float64)
    scale = np.where(spread > 1e-6 * max(float(spread.max(initial=0)), 1e-12), spread, np.inf)
    standard = (features - mean) / scale
    # The solution lies in the span of the photos, so with fewer photos than features the problem is
    # small.
    _, _, axes = np.linalg.svd(standard, full_matrices=False)
    reduced = standard @ axes.T
    decay = penalty / standard.shape[1]
    # Without photos of neither, an unpenalised bias would label everything as an animal.
    may_shift = bool((targets.max(axis=1) < 0.5).any())
    columns = [
        fit_logistic(reduced, target, decay, offset=offset, weights=weights, with_bias=may_shift)
        for target, offset in zip(targets.T, logits.T, strict=True)
    ]
    kernel = np.stack([axes.T @ weights for weights, _ in columns], axis=1) / scale[:, None]
    bias = np.array([shift for _, shift in columns]) - mean @ kernel
    return kernel, bias


def as_raw(correction: HeadCorrection, scale: Sequence[float]) -> dict[str, Floats32]:
    """The correction in units of the network's own logits, given the `scale` of its calibration."""
    divisor = np.array(scale)
    return {
        "kernel": (correction.kernel / divisor).astype(np.float32),
        "bias": (correction.bias / divisor).astype(np.float32),
    }
