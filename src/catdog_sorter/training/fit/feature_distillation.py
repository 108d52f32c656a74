"""Feature distillation: a fixed linear map from a network's features to those of its teachers.

The map is fitted once, to the initial features; training then changes the features until the map
reproduces the teachers' (after Romero et al. 2015, "FitNets: Hints for Thin
Deep Nets"). Independent of the framework.
"""

import numpy as np

from catdog_sorter.decoding.pixels import resize
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.training.data.dataset import training_batches
from catdog_sorter.training.fit.checkpoint import read_arrays, write_arrays
from catdog_sorter.training.fit.learner import FitJob, Learner

FEATURE_MAP = "feature_map.safetensors"
_DECAY = 0.01  # of the features' mean variance


def match_teachers(job: FitJob, learner: Learner) -> None:
    """Make `learner` match the features of the job's teachers.

    The map is kept in the job's folder, because the features of a resumed run have changed since.
    """
    kept = job.folder / FEATURE_MAP
    if not kept.is_file():
        kernel, bias = fit_linear(*_features_and_wanted(job, learner), _DECAY)
        write_arrays(kept, {"kernel": kernel, "bias": bias}, {})
    arrays, _ = read_arrays(kept)
    kernel, bias = (arrays[name].astype(np.float32) for name in ("kernel", "bias"))
    learner.match_features(kernel, bias, job.recipe.distillation.feature_weight)


def fit_linear(features: Floats32, wanted: Floats32, decay: float) -> tuple[Floats32, Floats32]:
    """Ridge regression (Hoerl & Kennard 1970): features (N, D), wanted (N, F) -> (D, F), (F,).

    `decay` is in units of the features' mean variance.
    """
    inputs = features.astype(np.float64)
    means = inputs.mean(axis=0), wanted.mean(axis=0, dtype=np.float64)
    inputs -= means[0]
    covariance = inputs.T @ inputs / len(inputs)
    covariance[np.diag_indices_from(covariance)] += decay * covariance.trace() / len(covariance)
    kernel = np.linalg.solve(covariance, inputs.T @ (wanted - means[1]) / len(inputs))
    bias = means[1] - means[0] @ kernel
    return kernel.astype(np.float32), bias.astype(np.float32)


def _features_and_wanted(job: FitJob, learner: Learner) -> tuple[Floats32, Floats32]:
    """Features (N, D) and teacher features (N, F) of the first epoch's pictures that have both."""
    recipe, wanted = job.recipe, job.teacher_outputs[0].features
    features = []
    for batch in training_batches(job.store, job.training, recipe, job.seed, 0):
        larger = np.stack([resize(photo, recipe.data.input_size) for photo in batch.photos])
        features.append(learner.features(larger))
    known = ~np.isnan(wanted[:, 0])
    return np.concatenate(features)[known], wanted[known]
