"""How long a training takes and how much room, before anything is decoded: a guess.

Decides the batch size that fits into memory. Times are of one core of a desktop computer of 2022.
"""

from dataclasses import dataclass

from catdog_sorter.decoding.memory import machine_bytes
from catdog_sorter.model.networks.architectures import backbone_of
from catdog_sorter.parallel import cores
from catdog_sorter.training.recipes import Recipe, Unfreeze, with_settings

_SIDE = 224  # pixels, of the following two tables
# Seconds of a core for one photo forward, and MB of memory for one photo that is learned from.
_COST = {
    "mobilenetv2": (0.025, 95),
    "cnn": (0.010, 25),
    "resnet50": (0.120, 130),
    "efficientnet_b0": (0.045, 130),
    "efficientnet_lite0": (0.035, 110),
    "efficientnet_lite1": (0.050, 150),
    "efficientnet_lite2": (0.060, 170),
}
# Steps cost so many times a forward pass; backward through the last stages alone is quicker.
_STEP_COST = {Unfreeze.ALL: 3.2, Unfreeze.LAST: 1.7, Unfreeze.HEAD: 1.1}
_LAST_STAGES_MEMORY = 0.3
_DECODE_S = 0.03
_EXPORT_S = 40.0
_PASSES_A_PHOTO = 4  # of each photo held out: before and after, with a second look at some
_BASE_BYTES = 1_500_000_000  # a framework, and two copies of a network
_MIN_BATCH = 4
_RESNET_BYTES, _OTHER_BYTES = 100_000_000, 25_000_000  # of a network's weights
_COPIES = 8  # weights, their average, the optimiser's two moments, checkpoints


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a training takes.

    Attributes:
        photos: Labelled photos.
        epochs: At most.
        batch_size: Photos a step.
        minutes: Of this computer, if nothing else runs.
        memory_bytes: Of all processes together.
        disk_bytes: While it runs.
    """

    photos: int
    epochs: int
    batch_size: int
    minutes: float
    memory_bytes: int
    disk_bytes: int


def fitting(recipe: Recipe, memory_bytes: int | None = None) -> Recipe:
    """The recipe with a batch size that fits into half of the memory.

    Args:
        recipe: What to train by.
        memory_bytes: Memory of the machine; None asks it.
    """
    room = (memory_bytes or machine_bytes()) // 2 - _BASE_BYTES
    batch = recipe.data.batch_size
    while batch > _MIN_BATCH and batch * _bytes_a_photo(recipe) > room:
        batch //= 2
    return with_settings(recipe, batch_size=max(batch, min(_MIN_BATCH, recipe.data.batch_size)))


def estimate(recipe: Recipe, photos: int, *, has_start: bool) -> Estimate:
    """Estimate a training.

    Args:
        recipe: What to train by, its epochs as they will be.
        photos: Labelled photos.
        has_start: Whether the last layer is corrected first (see `Recipe.careful`).
    """
    forward_s, _ = _COST[backbone_of(recipe.architecture)]
    area = (recipe.data.input_size / _SIDE) ** 2
    learned = photos * (1 - recipe.data.validation_share)
    held_out = photos - learned
    step_s = forward_s * (recipe.data.image_size / _SIDE) ** 2 * _STEP_COST[recipe.unfreeze]
    epoch_s = learned * step_s + held_out * forward_s * area
    passes = learned * has_start + held_out * _PASSES_A_PHOTO
    seconds = photos * _DECODE_S + passes * forward_s * area + recipe.optimisation.epochs * epoch_s
    is_large = backbone_of(recipe.architecture) == "resnet50"
    weights = _RESNET_BYTES if is_large else _OTHER_BYTES
    return Estimate(
        photos,
        recipe.optimisation.epochs,
        recipe.data.batch_size,
        (seconds / cores() + _EXPORT_S) / 60,
        _BASE_BYTES + recipe.data.batch_size * _bytes_a_photo(recipe),
        photos * recipe.data.store_side**2 * 4 + _COPIES * weights,
    )


def _bytes_a_photo(recipe: Recipe) -> int:
    _, megabytes = _COST[backbone_of(recipe.architecture)]
    share = 1.0 if recipe.unfreeze is Unfreeze.ALL else _LAST_STAGES_MEMORY
    return int(megabytes * 1e6 * share * (recipe.data.image_size / _SIDE) ** 2)
