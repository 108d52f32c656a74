"""Mixes earlier weights into those a run ends with, as far as validation gains by it.

They are those it began with, and those these came from. Wortsman et al. 2022, "Robust fine-tuning
of zero-shot models". Knows no framework.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from catdog_sorter.training.fit import loop
from catdog_sorter.training.fit.checkpoint import Arrays, read_arrays, write_arrays
from catdog_sorter.training.measure.metrics import calibrate, log_loss

_BEGUN_WITH = "start.safetensors"
_MIXED = "mixed.safetensors"


class Mix(NamedTuple):
    """The file of weights that makes the model, and the shares (0 to 1) of earlier ones in them."""

    file: Path
    start: float = 0.0
    origin: float = 0.0


def keep_start(job: loop.Job, learner: loop.Learner) -> None:
    """Write down the weights training begins with, where the recipe may mix them in."""
    if any(job.recipe.keep_start):
        write_arrays(job.folder / _BEGUN_WITH, learner.weights(), {})


def best_mix(job: loop.Job, learner: loop.Learner, origin: Arrays | None = None) -> Mix:
    """What makes the model: the best epoch, as much of the start, then of the `origin`, as pays.

    Of the recipe's shares the one with the lowest validation loss after calibration, which every
    exported model gets; the first of equals. What `origin` has no weights for, as a last layer,
    stays as it is. The learner is left with other weights than it had.
    """
    begins = any(job.recipe.keep_start)
    if not begins and origin is None:
        return Mix(job.folder / loop.BEST)
    weights, _ = read_arrays(job.folder / loop.BEST)
    start_share = origin_share = 0.0
    if begins:
        begun, _ = read_arrays(job.folder / _BEGUN_WITH)
        weights, start_share = _mixed(job, learner, weights, begun, job.recipe.keep_start)
    if origin is not None:
        weights, origin_share = _mixed(job, learner, weights, origin, job.recipe.keep_origin)
    write_arrays(job.folder / _MIXED, weights, {})
    return Mix(job.folder / _MIXED, start_share, origin_share)


def _mixed(
    job: loop.Job, learner: loop.Learner, ended: Arrays, earlier: Arrays, shares: Sequence[float]
) -> tuple[Arrays, float]:
    """The better mix of two sets of weights, and the share of the earlier ones in it."""
    losses = {}
    for share in shares:
        learner.use(_mix(earlier, ended, share))
        logits, targets = loop.validation_logits(job, learner)
        losses[share] = log_loss(calibrate(logits, targets).apply(logits), targets)
    share = min(losses, key=lambda share: losses[share])
    return _mix(earlier, ended, share), share


def _mix(earlier: Arrays, ended: Arrays, share: float) -> Arrays:
    mixed = dict(ended)
    for name in ended.keys() & earlier.keys():
        parts = [earlier[name].astype(np.float64), ended[name].astype(np.float64)]
        mean = np.average(parts, axis=0, weights=[share, 1 - share])
        mixed[name] = mean.astype(ended[name].dtype)
    return mixed
