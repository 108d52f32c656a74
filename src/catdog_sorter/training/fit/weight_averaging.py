"""Averages the trained weights with earlier ones, by the share with the best validation loss.

The earlier ones are the initial weights and the pretrained weights they came from (Wortsman et al.
2022, "Robust fine-tuning of zero-shot models"). Independent of the framework.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from catdog_sorter.training.fit import loop
from catdog_sorter.training.fit.checkpoint import Arrays, read_arrays, write_arrays
from catdog_sorter.training.fit.head_correction import first_within_one_error, photo_losses
from catdog_sorter.training.fit.learner import FitJob, Learner
from catdog_sorter.training.measure.metrics import calibrate, log_loss

_INITIAL = "initial.safetensors"
CORRECTED = "corrected.safetensors"  # the initial weights with a corrected last layer
_AVERAGED = "averaged.safetensors"


class AveragedWeights(NamedTuple):
    """A file of averaged weights, with the shares (0 to 1) of the initial and pretrained ones."""

    file: Path
    initial_share: float = 0.0
    pretrained_share: float = 0.0


def save_initial_weights(job: FitJob, learner: Learner) -> None:
    """Save the initial weights if the recipe may average with them."""
    if any(job.recipe.averaging.initial_shares):
        write_arrays(job.folder / _INITIAL, learner.weights(), {})


def drop_averaged(folder: Path) -> None:
    """Remove what a finished run can compute again from its initial weights and its best epoch."""
    for name in (_INITIAL, CORRECTED, _AVERAGED):
        (folder / name).unlink(missing_ok=True)


def most_careful(job: FitJob, learner: Learner) -> AveragedWeights:
    """Choose the average nearest to the initial weights that is not much worse than the best one.

    Candidates lie, in the recipe's shares, between the initial weights and those with the corrected
    last layer, and from these on to those of the best epoch, if any: only the correction was
    rehearsed. Of those whose validation loss lies within one standard error of the lowest, the
    first is kept. Changes the learner's weights.
    """
    files = [job.folder / name for name in (_INITIAL, CORRECTED, loop.BEST)]
    stations = [read_arrays(file)[0] for file in files if file.is_file()]
    shares = sorted(job.recipe.averaging.initial_shares, reverse=True)
    choices: list[tuple[Arrays, float]] = []
    losses = []
    for number, (earlier, later) in enumerate(pairwise(stations)):
        for share in shares:
            if number and share == 1:  # the end of the first path
                continue
            averaged = _average(earlier, later, share)
            learner.set_weights(averaged)
            logits, targets = loop.validation_logits(job, learner)
            choices.append((averaged, 0.0 if number else share))
            losses.append(photo_losses(job.probabilities(logits), targets))
    weights, initial_share = choices[first_within_one_error(losses)]
    write_arrays(job.folder / _AVERAGED, weights, {})
    return AveragedWeights(job.folder / _AVERAGED, initial_share)


def best_average(
    job: FitJob, learner: Learner, pretrained: Arrays | None = None
) -> AveragedWeights:
    """Average the best epoch with the initial weights, then with the `pretrained` ones.

    Uses the recipe's share with the lowest validation loss after calibration, which every exported
    model gets; the first of equals. Layers missing in `pretrained`, such as the last one, are not
    averaged. Changes the learner's weights.
    """
    with_initial = any(job.recipe.averaging.initial_shares)
    if not with_initial and pretrained is None:
        return AveragedWeights(job.folder / loop.BEST)
    weights, _ = read_arrays(job.folder / loop.BEST)
    initial_share = pretrained_share = 0.0
    if with_initial:
        initial, _ = read_arrays(job.folder / _INITIAL)
        weights, initial_share = _best(
            job, learner, weights, initial, job.recipe.averaging.initial_shares
        )
    if pretrained is not None:
        weights, pretrained_share = _best(
            job, learner, weights, pretrained, job.recipe.averaging.pretrained_shares
        )
    write_arrays(job.folder / _AVERAGED, weights, {})
    return AveragedWeights(job.folder / _AVERAGED, initial_share, pretrained_share)


def _best(
    job: FitJob, learner: Learner, trained: Arrays, earlier: Arrays, shares: Sequence[float]
) -> tuple[Arrays, float]:
    """Return the best average of two sets of weights, and the share of the earlier ones in it."""
    losses = {}
    for share in shares:
        learner.set_weights(_average(earlier, trained, share))
        logits, targets = loop.validation_logits(job, learner)
        losses[share] = log_loss(calibrate(logits, targets).apply(logits), targets)
    share = min(losses, key=lambda share: losses[share])
    return _average(earlier, trained, share), share


def _average(earlier: Arrays, trained: Arrays, share: float) -> Arrays:
    averaged = dict(trained)
    for name in trained.keys() & earlier.keys():
        parts = [earlier[name].astype(np.float64), trained[name].astype(np.float64)]
        mean = np.average(parts, axis=0, weights=[share, 1 - share])
        averaged[name] = mean.astype(trained[name].dtype)
    return averaged
