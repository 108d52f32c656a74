"""Estimates the time, memory and disk space of a training before anything is decoded.

Decides the batch size that fits into memory. Times are of one core of a desktop computer of 2022.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from catdog_sorter.decoding.memory import machine_bytes
from catdog_sorter.errors import TrainingStopped
from catdog_sorter.model.networks.architectures import backbone_of
from catdog_sorter.parallel import cores
from catdog_sorter.storage.locations import HOME_VARIABLE
from catdog_sorter.text import shown
from catdog_sorter.training.recipes import Recipe, Unfreeze, with_settings

_SIDE = 224  # pixels, of the following table


class _Cost(NamedTuple):
    """The cost of a network.

    Attributes:
        forward_s: Core seconds of the forward pass, per photo.
        batch_bytes: Memory per photo of a training batch.
        weights_bytes: Size of the weights.
    """

    forward_s: float
    batch_bytes: float
    weights_bytes: float


_COST = {
    "mobilenetv2": _Cost(0.012, 95e6, 9e6),
    "cnn": _Cost(0.005, 25e6, 2e6),
    "resnet50": _Cost(0.060, 130e6, 94e6),
    "efficientnet_b0": _Cost(0.022, 130e6, 17e6),
    "efficientnet_lite0": _Cost(0.017, 110e6, 14e6),
    "efficientnet_lite1": _Cost(0.023, 150e6, 17e6),
    "efficientnet_lite2": _Cost(0.028, 170e6, 21e6),
}
# Cost of a training step in forward passes; backward through the last stages alone is cheaper.
_STEP_COST = {Unfreeze.ALL: 3.2, Unfreeze.LAST: 1.7, Unfreeze.HEAD: 1.1}
_LAST_STAGES_MEMORY = 0.3
_DECODE_S = 0.03
_START_S, _EXPORT_S = 8.0, 12.0
_EXPORT_PASSES = 4  # forward passes per photo evaluated: in double precision, before and after
# The framework, two copies of a network, and what both keep between batches.
_BASE_BYTES = {"torch": 1_000_000_000, "tf": 3_200_000_000}
_MIN_BATCH = 4
_COPIES = 10  # weights, their averages, the optimiser's two moments, checkpoints, the model


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimated cost of a training.

    Attributes:
        photos: Labelled photos.
        epochs: Maximum number of epochs.
        batch_size: Photos per step.
        minutes: On this computer, if nothing else runs.
        memory_bytes: Of all processes together.
        disk_bytes: While it runs.
    """

    photos: int
    epochs: int
    batch_size: int
    minutes: float
    memory_bytes: int
    disk_bytes: int


def fitting(recipe: Recipe, framework: str, memory_bytes: int | None = None) -> Recipe:
    """Reduce the recipe's batch size to one that fits into half of the memory.

    Args:
        recipe: The recipe to train by.
        framework: `torch` or `tf`.
        memory_bytes: Memory of the computer; None reads it from the system.
    """
    room = (memory_bytes or machine_bytes()) // 2 - _BASE_BYTES[framework]
    batch = recipe.data.batch_size
    while batch > _MIN_BATCH and batch * _bytes_a_photo(recipe) > room:
        batch //= 2
    return with_settings(recipe, batch_size=max(batch, min(_MIN_BATCH, recipe.data.batch_size)))


def estimate(recipe: Recipe, framework: str, photos: int, *, has_start: bool) -> Estimate:
    """Estimate a training.

    Args:
        recipe: The recipe to train by, with its final number of epochs.
        framework: `torch` or `tf`.
        photos: Labelled photos.
        has_start: Whether the last layer is corrected first (see `Recipe.careful`).
    """
    cost = _COST[backbone_of(recipe.architecture)]
    epochs = recipe.optimisation.epochs
    forward_s = cost.forward_s * (recipe.data.input_size / _SIDE) ** 2
    step_s = cost.forward_s * (recipe.data.image_size / _SIDE) ** 2 * _STEP_COST[recipe.unfreeze]
    held_out = photos * recipe.data.validation_share
    shares = recipe.averaging.initial_shares + recipe.averaging.pretrained_shares
    # With too few photos for epochs, cross-validation is used.
    judged = held_out if epochs or recipe.unfreeze is Unfreeze.HEAD else photos
    passes = photos * has_start + judged * _EXPORT_PASSES
    passes += held_out * (epochs + 2 * len(shares)) * bool(epochs)
    seconds = _START_S + _EXPORT_S + photos * _DECODE_S + passes * forward_s
    seconds += epochs * (photos - held_out) * step_s
    return Estimate(
        photos,
        epochs,
        recipe.data.batch_size,
        seconds / cores() / 60,
        _BASE_BYTES[framework] + recipe.data.batch_size * _bytes_a_photo(recipe),
        int(photos * recipe.data.store_side**2 * 4 + _COPIES * cost.weights_bytes),
    )


def check_disk(needed: Estimate, folder: Path) -> None:
    """Raise TrainingStopped if the drive of `folder` has too little space for the training."""
    place = next(each for each in (folder, *folder.parents) if each.exists())
    free_bytes = shutil.disk_usage(place).free
    if free_bytes < needed.disk_bytes:
        raise TrainingStopped(
            f"The training needs about {needed.disk_bytes / 1e9:.1f} GB in {shown(folder)}, where "
            f"{free_bytes / 1e9:.1f} GB are free. Free some space, or set {HOME_VARIABLE} to a "
            "folder on another drive."
        )


def _bytes_a_photo(recipe: Recipe) -> int:
    cost = _COST[backbone_of(recipe.architecture)]
    share = 1.0 if recipe.unfreeze is Unfreeze.ALL else _LAST_STAGES_MEMORY
    return int(cost.batch_bytes * share * (recipe.data.image_size / _SIDE) ** 2)
