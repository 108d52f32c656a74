"""Logistic regression with an L2 penalty, by Newton's method.

numpy only, in double precision; no framework, no files, no randomness.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from catdog_sorter.model.arrays import Floats, Floats64
from catdog_sorter.model.calibration import sigmoid

_NEWTON_STEPS = 100
_MIN_GAIN_NATS = 1e-13  # nats
_HALVINGS = 30
_ARMIJO_SHARE = 1e-4  # of the predicted gain that a step must bring (Armijo 1966)
_RIDGE = 1e-12  # keeps the curvature invertible where the data leaves it flat


def fit_logistic(
    features: Floats,
    targets: Floats,
    decay: float,
    *,
    offset: Floats | None = None,
    weights: Floats | None = None,
    with_bias: bool = True,
) -> tuple[Floats64, float]:
    """Features (N, D), targets (N,) 0 to 1 -> weights float64 (D,) and bias.

    `offset` (N,) is added to features @ weights + bias; without a bias that is 0. `weights` (N,)
    say how much each row counts in the mean; all the same by default.

    The result minimises the mean binary cross-entropy in nats plus `decay` * (|result|^2 + bias^2),
    by Newton's method with step halving. The minimum is finite when `decay` is above 0 or every
    target lies strictly between 0 and 1; N may be smaller than D when `decay` is above 0.
    """
    ones = np.full(len(features), float(with_bias))
    inputs = np.column_stack([features, ones]).astype(np.float64, copy=False)
    wanted = targets.astype(np.float64)
    start = np.zeros(len(inputs)) if offset is None else offset.astype(np.float64)
    counts = np.ones(len(inputs)) if weights is None else weights.astype(np.float64)
    problem = _Problem(inputs, wanted, counts / counts.sum(), decay, start)
    parameters = np.zeros(inputs.shape[1])
    for _ in range(_NEWTON_STEPS):
        gradient, curvature = problem.derivatives(parameters)
        step: Floats64 = np.linalg.solve(curvature, gradient).astype(np.float64, copy=False)
        gain = float(gradient @ step) / 2  # predicted by the quadratic model
        parameters, moved = _descend(problem.objective, parameters, step, gain)
        if not moved or gain < _MIN_GAIN_NATS:
            break
    return parameters[:-1], float(parameters[-1])


def fit_head(features: Floats, targets: Floats, decay: float) -> tuple[Floats64, Floats64]:
    """Fit a last layer: `fit_logistic` for each column of the targets (N, K).

    Returns kernel float64 (D, K) and bias float64 (K,).
    """
    fits = [fit_logistic(features, column, decay) for column in targets.T]
    kernel = np.stack([weights for weights, _ in fits], axis=1)
    return kernel, np.array([bias for _, bias in fits])


class _Problem(NamedTuple):
    """What is minimised; `shares` (N,) of the rows add up to 1."""

    inputs: Floats64
    targets: Floats64
    shares: Floats64
    decay: float
    offset: Floats64

    def objective(self, parameters: Floats64) -> float:
        z = self.inputs @ parameters + self.offset
        losses = np.logaddexp(0, z) - self.targets * z
        return float(self.shares @ losses + self.decay * parameters @ parameters)

    def derivatives(self, parameters: Floats64) -> tuple[Floats64, Floats64]:
        """Gradient (D + 1,) and Hessian (D + 1, D + 1)."""
        p = sigmoid(self.inputs @ parameters + self.offset)
        apart = self.shares * (p - self.targets)
        gradient = self.inputs.T @ apart + 2 * self.decay * parameters
        # A matrix times its own transpose: numpy computes only half of this symmetric product.
        half = self.inputs * np.sqrt(self.shares * p * (1 - p))[:, None]
        curvature = half.T @ half
        curvature[np.diag_indices_from(curvature)] += 2 * self.decay + _RIDGE
        return gradient, curvature


def _descend(
    objective: Callable[[Floats64], float], parameters: Floats64, step: Floats64, gain: float
) -> tuple[Floats64, bool]:
    """Take `step`, halved until the objective decreases; False if it does not decrease."""
    before = objective(parameters)
    for halvings in range(_HALVINGS):
        share = 0.5**halvings
        candidate = parameters - share * step
        if objective(candidate) < before - _ARMIJO_SHARE * share * gain:
            return candidate, True
    return parameters, False
