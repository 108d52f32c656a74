"""The training loop, independent of the framework. Finds no photos, prints nothing.

Decides learning rates, checkpoints, the best epoch and when to stop; a `Learner` is the framework's
part. Evaluated and kept is an exponential moving average of the trained weights (Polyak averaging),
which costs little and generalises better.
"""

import ctypes
import dataclasses
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from catdog_sorter.decoding.pixels import Pixels, resize
from catdog_sorter.errors import TrainingError
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.calibration import Probabilities
from catdog_sorter.training.data.augment import change_further
from catdog_sorter.training.data.dataset import Store, training_batches
from catdog_sorter.training.events import EpochEnded, Phase, Step
from catdog_sorter.training.fit.checkpoint import read_arrays, read_metadata, write_arrays
from catdog_sorter.training.fit.distillation import mix_soft_targets
from catdog_sorter.training.fit.learner import FitJob, Learner
from catdog_sorter.training.fit.logistic import fit_head
from catdog_sorter.training.measure.metrics import forced_choice_accuracy, log_loss
from catdog_sorter.training.recipes import Recipe, Scheduler

CHECKPOINT = "checkpoint.safetensors"
BEST = "best.safetensors"
_LOGIT_BATCH = 16
_SEEDS_A_RUN = 1_000_003


def train(
    job: FitJob,
    learner: Learner,
    *,
    fit_head_first: bool,
    resume: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Phase | Step | EpochEnded]:
    """Train by `job.recipe`; yield after each batch and each epoch.

    After each epoch a checkpoint lies in `job.folder`, and the averaged weights with the lowest
    validation loss so far as `best.safetensors`. Training ends early when `stop()`, called after
    each batch, returns true, or when the recipe's patience is exhausted. With `resume` it continues
    after the last checkpointed epoch, if another is due; on the CPU the result equals that of an
    uninterrupted run.
    """
    _keep_memory()
    history = read_history(job.folder) if resume else []
    if resume and has_next_epoch(job.recipe, history):
        _restore(job.folder / CHECKPOINT, learner)
    elif fit_head_first and not resume:
        yield Phase("Fitting the last layer")
        _fit_head(job, learner)
    while has_next_epoch(job.recipe, history):
        begun = time.monotonic()
        losses, accuracies = [], []
        for step in _epoch(job, learner, history):
            losses.append(step.loss)
            accuracies.append(step.accuracy)
            yield step
            if stop():
                return
        loss, accuracy = _validate(job, learner)
        rate = learning_rate(job.recipe, history, len(losses) - 1, len(losses))
        ended = EpochEnded(
            epoch=len(history),
            loss=float(np.mean(losses)),
            accuracy=float(np.nanmean(accuracies)),
            validation_loss=loss,
            validation_accuracy=accuracy,
            learning_rate=rate,
            seconds=time.monotonic() - begun,
        )
        if not math.isfinite(loss):
            raise TrainingError(
                f"The validation loss of epoch {ended.epoch + 1} is {loss}, so training diverged. "
                "Use a lower --lr and another --name."
            )
        history.append(ended)
        if best_epoch(history) == ended.epoch:
            write_arrays(job.folder / BEST, learner.weights(), {})
        as_json = json.dumps([dataclasses.asdict(epoch) for epoch in history])
        write_arrays(job.folder / CHECKPOINT, learner.state(), {"history": as_json})
        yield ended


def read_history(folder: Path) -> list[EpochEnded]:
    """The finished epochs of the run in `folder`; none without a checkpoint."""
    checkpoint = folder / CHECKPOINT
    return _history(checkpoint, read_metadata(checkpoint)) if checkpoint.is_file() else []


def drop_state(folder: Path) -> None:
    """Leave only the history in the checkpoint of a run that has no epochs to go."""
    checkpoint = folder / CHECKPOINT
    if checkpoint.is_file():
        write_arrays(checkpoint, {}, read_metadata(checkpoint))


def best_epoch(history: Sequence[EpochEnded]) -> int:
    """The epoch (from 0) with the lowest validation loss, the first of equals; -1 for none."""
    losses = [epoch.validation_loss for epoch in history]
    return losses.index(min(losses)) if losses else -1


def learning_rate(recipe: Recipe, history: Sequence[EpochEnded], step: int, steps: int) -> float:
    """The rate for batch `step` of `steps` in the epoch that follows `history`.

    Linear warm-up first. Cosine: half a period down to zero (Loshchilov & Hutter 2017, SGDR).
    Plateau and step: see `Recipe`.
    """
    done = len(history) * steps + step
    warmup = recipe.optimisation.warmup_epochs * steps
    if done < warmup:
        return recipe.optimisation.learning_rate * (done + 1) / warmup
    if recipe.optimisation.scheduler is Scheduler.COSINE:
        share = (done - warmup) / max(1.0, recipe.optimisation.epochs * steps - warmup)
        return recipe.optimisation.learning_rate * 0.5 * (1.0 + math.cos(math.pi * share))
    if recipe.optimisation.scheduler is Scheduler.STEP:
        drops = len(history) // recipe.optimisation.decay_epochs
    else:
        drops = _plateaus(history, recipe.optimisation.decay_epochs)
    return recipe.optimisation.learning_rate * recipe.optimisation.decay_factor**drops


def _plateaus(history: Sequence[EpochEnded], patience: int) -> int:
    """Count how often `patience` epochs in a row had no lower validation loss."""
    lowest, waited, found = math.inf, 0, 0
    for epoch in history:
        if epoch.validation_loss < lowest:
            lowest, waited = epoch.validation_loss, 0
        else:
            waited += 1
            if waited >= patience:
                found, waited = found + 1, 0
    return found


def has_next_epoch(recipe: Recipe, history: Sequence[EpochEnded]) -> bool:
    """Whether another epoch follows `history`: epochs are left, and patience is not exhausted."""
    if len(history) >= recipe.optimisation.epochs:
        return False
    if recipe.optimisation.patience is None or not history:
        return True
    return len(history) - 1 - best_epoch(history) < recipe.optimisation.patience


def _epoch(job: FitJob, learner: Learner, history: Sequence[EpochEnded]) -> Iterator[Step]:
    recipe, epoch = job.recipe, len(history)
    drawn_as = recipe.data.drawn_as(epoch)
    steps = max(1, len(job.training) // recipe.data.batch_size)
    learner.begin_epoch(job.seed * _SEEDS_A_RUN + epoch)
    batches = training_batches(job.store, job.training, recipe, job.seed, drawn_as)
    for step, (photos, targets, _) in enumerate(batches):
        rate = learning_rate(recipe, history, step, steps)
        decay = _ema_decay(recipe, epoch * steps + step)
        wanted, teacher_features = targets, None
        if job.teacher_outputs:
            outputs = job.teacher_outputs[drawn_as]
            rows = slice(step * len(targets), (step + 1) * len(targets))
            wanted = mix_soft_targets(
                targets, outputs.soft_targets[rows], recipe.distillation.soft_target_weight
            )
            if recipe.distillation.feature_weight:
                teacher_features = outputs.features[rows]
        shown = _at_random_size(photos, recipe, np.random.default_rng((job.seed, epoch, step, 3)))
        loss, logits = learner.step(shown, wanted, rate, decay, teacher_features)
        yield Step(epoch, step + 1, steps, loss, _accuracy(job.probabilities(logits), targets))


def _at_random_size(photos: Pixels, recipe: Recipe, rng: np.random.Generator) -> Pixels:
    """Resize a training batch to one of the recipe's sizes."""
    if recipe.distillation.student_augmentation:
        view = recipe.distillation.student_augmentation
        photos = np.stack([change_further(photo, view, rng) for photo in photos])
    if not recipe.data.other_image_sizes:
        return photos
    size = int(rng.choice((recipe.data.image_size, *recipe.data.other_image_sizes)))
    if size == recipe.data.image_size:
        return photos
    return np.stack([resize(photo, size) for photo in photos])


def _ema_decay(recipe: Recipe, step: int) -> float:
    """The decay is smaller at first, so that the initial weights do not dominate the average."""
    return min(recipe.averaging.ema_decay, (1 + step) / (10 + step))


def _fit_head(job: FitJob, learner: Learner) -> None:
    """Fit the last layer to the initial features by logistic regression, without augmentation.

    Fine-tuning from a random head distorts good features before it improves them (Kumar et al.
    2022, "Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution").
    """
    features = over_photos(learner.features, job.store, job.training, job.recipe.data.input_size)
    targets = job.store.targets(job.training, job.recipe.outputs)
    kernel, bias = fit_head(features, targets, job.recipe.optimisation.head_l2)
    learner.set_head(kernel.astype(np.float32), bias.astype(np.float32))


def logits_and_features(job: FitJob, learner: Learner) -> tuple[Floats32, Floats32]:
    """Logits (N, K) and last-layer inputs (N, D) of the training photos."""
    both = over_photos(
        lambda photos: np.hstack(learner.logits_and_features(photos)),
        job.store,
        job.training,
        job.recipe.data.input_size,
    )
    outputs = len(job.recipe.outputs)
    return both[:, :outputs], both[:, outputs:]


def validation_logits(job: FitJob, learner: Learner) -> tuple[Floats32, Floats32]:
    """(Logits by the averaged weights, targets), each (N, K), of the validation photos."""
    logits = over_photos(learner.logits, job.store, job.validation, job.recipe.data.input_size)
    return logits, job.store.targets(job.validation, job.recipe.outputs)


def _validate(job: FitJob, learner: Learner) -> tuple[float, float]:
    """(Log loss, accuracy) on the validation photos."""
    logits, targets = validation_logits(job, learner)
    probabilities = job.probabilities(logits)
    return log_loss(probabilities, targets), _accuracy(probabilities, targets)


def _accuracy(probabilities: Probabilities, targets: Floats32) -> float:
    """Between cat and dog, 0 to 1; NaN where no photo shows one of them alone."""
    if targets.shape[1] == 1:
        return float(np.mean((probabilities > 0.5) == (targets > 0.5)))
    return forced_choice_accuracy(probabilities, targets)


def over_photos(
    compute: Callable[[Pixels], Floats32], store: Store, indices: Sequence[int], size: int
) -> Floats32:
    """Apply `compute` to whole photos at `size` pixels, in batches: float32 (N, ...)."""
    rows = []
    for start in range(0, len(indices), _LOGIT_BATCH):
        chunk = indices[start : start + _LOGIT_BATCH]
        rows.append(compute(np.stack([resize(store.image(index), size) for index in chunk])))
    return np.concatenate(rows)


def _restore(checkpoint: Path, learner: Learner) -> None:
    state, _ = read_arrays(checkpoint)
    try:
        learner.restore(state)
    except (KeyError, ValueError, RuntimeError) as error:
        raise TrainingError(
            f"{checkpoint} does not fit this network ({error}). Train under another --name."
        ) from error


def _history(checkpoint: Path, metadata: dict[str, str]) -> list[EpochEnded]:
    try:
        return [EpochEnded(**epoch) for epoch in json.loads(metadata["history"])]
    except (KeyError, TypeError, ValueError) as error:
        raise TrainingError(
            f"{checkpoint} is not a checkpoint of this version. Train under another --name."
        ) from error


def _keep_memory() -> None:
    """Make glibc keep freed memory: returning pages after each batch costs a fifth of the time."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        trim_threshold, top_pad, mmap_max = -1, -2, -4
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2**31 - 1)
        libc.mallopt(top_pad, 256 * 2**20)
