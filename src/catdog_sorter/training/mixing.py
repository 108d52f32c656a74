"""Mixes the weights a run began with into those it ends with, as far as validation gains by it.

Wortsman et al. 2022, "Robust fine-tuning of zero-shot models". Knows no framework.
"""

from pathlib import Path

import numpy as np

from catdog_sorter.training import loop
from catdog_sorter.training.checkpoint import Arrays, read_arrays, write_arrays
from catdog_sorter.training.metrics import calibrate, log_loss

_BEGUN_WITH = "start.safetensors"
_MIXED = "mixed.safetensors"


def keep_start(job: loop.Job, learner: loop.Learner) -> None:
    """Write down the weights training begins with, where the recipe may mix them in."""
    if any(job.recipe.keep_start):
        write_arrays(job.folder / _BEGUN_WITH, learner.weights(), {})


def best_mix(job: loop.Job, learner: loop.Learner) -> tuple[Path, float]:
    """The file of weights that makes the model, and the share (0 to 1) of the start in them.

    Of the recipe's shares the one with the lowest validation loss after calibration, which every
    exported model gets; the first of equals. The learner is left with other weights than it had.
    """
    if not any(job.recipe.keep_start):
        return job.folder / loop.BEST, 0.0
    begun, _ = read_arrays(job.folder / _BEGUN_WITH)
    ended, _ = read_arrays(job.folder / loop.BEST)
    losses = {}
    for share in job.recipe.keep_start:
        learner.use(_mix(begun, ended, share))
        logits, targets = loop.validation_logits(job, learner)
        losses[share] = log_loss(calibrate(logits, targets).apply(logits), targets)
    share = min(losses, key=lambda share: losses[share])
    write_arrays(job.folder / _MIXED, _mix(begun, ended, share), {})
    return job.folder / _MIXED, share


def _mix(begun: Arrays, ended: Arrays, share: float) -> Arrays:
    mixed = {}
    for name, array in ended.items():
        parts = [begun[name].astype(np.float64), array.astype(np.float64)]
        mixed[name] = np.average(parts, axis=0, weights=[share, 1 - share]).astype(array.dtype)
    return mixed
