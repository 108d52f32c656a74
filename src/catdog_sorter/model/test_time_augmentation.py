"""Test-time augmentation: when a photo is classified again, from which views, and how they count.

The views of a photo are its mirror image, three rotations, and overlapping crops. They cost several
times the first pass and rarely matter if that is confident, so only photos whose first logits are
in the uncertainty band get them. Some engines compute the first logits approximately, and exactly
only in or near the band. `benchmarks/second_look.py` compares settings. Knows no files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.model.preprocessing import Preprocessing, to_batch

if TYPE_CHECKING:
    from catdog_sorter.model.backend import Backend

Logits = npt.NDArray[np.float32]

_FADE = 0.125  # of the width of the uncertainty band, at each of its ends
# Logits; 8-bit integers change them by about 0.2, as a root mean square (`tools/quantise.py`).
_QUICK_MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class TestTimeAugmentation:
    """Which views of a photo are classified besides the photo itself, and when.

    Attributes:
        mirror: Whether to average the logits of the photo and its mirror image.
        uncertainty_band: For each output the lower and upper logit between which the first pass
            is uncertain. Only such photos get further views; with an empty band all photos are
            mirrored and get no other views.
        rotation_sharpness: Also classify the photo rotated by 90, 180 and 270 degrees, and weight
            each by exp(sharpness * its highest logit); 0 disables rotations.
        rotation_penalty: Subtracted from the logits of rotated photos, as most photos are upright.
        crop_fraction: Also classify five overlapping crops with this fraction of the photo's
            sides, 0 to 1; 0 disables crops.
        crop_weight: Weight of the highest logit of any crop against the whole photo, 0 to 1.
    """

    mirror: bool = False
    uncertainty_band: tuple[tuple[float, float], ...] = ()
    rotation_sharpness: float = 0.0
    rotation_penalty: float = 0.0
    crop_fraction: float = 0.0
    crop_weight: float = 0.0

    def high_res_side(self, preprocessing: Preprocessing) -> int:
        """Pixels that the shorter side needs so that each crop fills the network's input."""
        needed = round(preprocessing.size / self.crop_fraction) if self.crop_fraction else 0
        return max(preprocessing.decode_side, needed)

    def needs_high_res(self, image: Pixels, preprocessing: Preprocessing) -> bool:
        """Whether a photo as first decoded, uint8 (H, W, 3), is too small for crops."""
        height, width = image.shape[:2]
        return bool(min(height, width) < self.high_res_side(preprocessing))


def photo_logits(
    backend: "Backend",
    images: Sequence[Pixels],
    preprocessing: Preprocessing,
    augmentation: TestTimeAugmentation,
    load_high_res: Callable[[int], Pixels] | None = None,
) -> Logits:
    """Classify photos, with further views according to the policy.

    Args:
        backend: The network.
        images: Upright RGB photos, each uint8 (H, W, 3) of any size.
        preprocessing: The network's input transform.
        augmentation: The policy.
        load_high_res: Returns photo number n with `high_res_side` pixels at its shorter side;
            called if `images[n]` is too small for crops. Without it, `images[n]` is cropped.

    Returns:
        Logits, float32 (N, K).
    """
    batch = to_batch(images, preprocessing)
    band = augmentation.uncertainty_band
    first = _first_look(backend, batch, band)
    if not augmentation.mirror:
        return first
    weights = second_look_weight(first, band) if band else np.ones_like(first[:, :1])
    uncertain = np.flatnonzero(weights)
    if not len(uncertain):
        return first
    mirrored = _logits_in_batches(backend, np.ascontiguousarray(batch[uncertain, ..., ::-1]))
    second = (first[uncertain] + mirrored) * np.float32(0.5)
    if augmentation.rotation_sharpness:
        views = [np.rot90(batch[uncertain], quarters, axes=(2, 3)) for quarters in (1, 2, 3)]
        rotated = _logits_in_batches(backend, np.concatenate(views)).reshape(3, *second.shape)
        second = rotation_weighted_mean(
            second,
            rotated.transpose(1, 0, 2),
            augmentation.rotation_sharpness,
            augmentation.rotation_penalty,
        )
    if augmentation.crop_fraction:
        for row, number in enumerate(uncertain.tolist()):
            photo = images[number]
            if load_high_res and augmentation.needs_high_res(photo, preprocessing):
                photo = load_high_res(number)
            cropped = to_batch(crops(photo, augmentation.crop_fraction), preprocessing)
            of_crops = _logits_in_batches(backend, cropped)
            second[row] = blend_crops(second[row], of_crops, augmentation.crop_weight)
    logits = first.copy()
    logits[uncertain] = blend(first[uncertain], second, weights[uncertain])
    return logits


def _first_look(backend: "Backend", batch: Logits, band: tuple[tuple[float, float], ...]) -> Logits:
    """Logits (N, K) of (N, 3, S, S), perhaps approximate where they are far from the band."""
    quick = _quick_logits_in_batches(backend, batch) if band else None
    if quick is None:
        return _logits_in_batches(backend, batch)
    low, high = np.array(band, dtype=np.float32).T
    near = (quick > low - _QUICK_MARGIN) & (quick < high + _QUICK_MARGIN)
    uncertain = np.flatnonzero(near.any(axis=1))
    if len(uncertain):
        quick[uncertain] = _logits_in_batches(backend, batch[uncertain])
    return quick


def approximate_logits(backend: "Backend", batch: Logits) -> Logits:
    """Logits of one look at each picture, approximate where the engine is quicker then.

    Args:
        backend: the network.
        batch: preprocessed pictures, float32 (N, 3, S, S), of any size the engine takes.

    Returns:
        Logits, float32 (N, K).
    """
    quick = backend.quick_logits(batch)
    return backend.logits(batch) if quick is None else quick


def _quick_logits_in_batches(backend: "Backend", batch: Logits) -> Logits | None:
    step = backend.batch_size
    found = [backend.quick_logits(batch[n : n + step]) for n in range(0, len(batch), step)]
    known = [logits for logits in found if logits is not None]
    return np.concatenate(known) if found and len(known) == len(found) else None


def _logits_in_batches(backend: "Backend", batch: Logits) -> Logits:
    """Logits (N, K) of (N, 3, S, S), in batches of the engine's size."""
    step = backend.batch_size
    batches = [batch[start : start + step] for start in range(0, len(batch), step)]
    return np.concatenate([backend.logits(each) for each in batches])


def second_look_weight(logits: Logits, uncertainty_band: Sequence[tuple[float, float]]) -> Logits:
    """The weight of further views of each photo, 0 to 1.

    The least confident output decides. Towards the ends of the band the weight falls to zero, so
    that a logit that one engine rounds into the band and another one out of it gives nearly the
    same answer.

    Args:
        logits: of the first look, float32 (N, K).
        uncertainty_band: K pairs (low, high), between which a logit is uncertain.

    Returns:
        Weights, float32 (N, 1), 0 to 1.
    """
    low, high = np.array(uncertainty_band, dtype=np.float32).T
    inside = np.minimum(logits - low, high - logits) / (np.float32(_FADE) * (high - low))
    weights: Logits = np.clip(inside, 0, 1).max(axis=1, keepdims=True)
    return weights


def crops(photo: Pixels, fraction: float) -> list[Pixels]:
    """Five overlapping crops: one in each corner and one in the middle.

    Args:
        photo: uint8 (H, W, 3).
        fraction: sides of a crop as a fraction of the photo's, 0 to 1.

    Returns:
        Views of `photo`, upper left, upper right, lower left, lower right, middle.
    """
    height, width = photo.shape[:2]
    h, w = max(1, round(height * fraction)), max(1, round(width * fraction))
    bottom, right = height - h, width - w
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    return [photo[top : top + h, left : left + w] for top, left in corners]


def rotation_weighted_mean(
    upright: Logits, rotated: Logits, sharpness: float, penalty: float = 0.0
) -> Logits:
    """Weighted mean over the rotations of photos that may not be upright.

    The weight of a view is exp(`sharpness` * its highest logit), as animals are recognised best
    upright. For the weight, logits of rotated views are reduced by `penalty`, as most photos are
    upright.

    Args:
        upright: Logits of the photos as they are, float32 (N, K).
        rotated: Logits of the same photos rotated, float32 (N, T, K).
        sharpness: 0 gives the plain mean.
        penalty: In logits.

    Returns:
        Logits, float32 (N, K).
    """
    views = np.concatenate([upright[:, None], rotated], axis=1)
    highest = views.max(axis=2, keepdims=True)
    highest[:, 1:] -= np.float32(penalty)
    weights = np.exp(np.float32(sharpness) * (highest - highest.max(axis=1, keepdims=True)))
    mean: Logits = (views * weights).sum(axis=1) / weights.sum(axis=1)
    return mean


def blend_crops(whole: Logits, of_crops: Logits, weight: float) -> Logits:
    """Blend the highest logit of any crop with the logit of the whole photo.

    Args:
        whole: logits of the whole photo, float32 (K,).
        of_crops: logits of its crops, float32 (C, K).
        weight: of the crops, 0 to 1.

    Returns:
        Logits, float32 (K,).
    """
    highest: Logits = of_crops.max(axis=0)
    return whole + (highest - whole) * np.float32(weight)


def blend(first: Logits, second: Logits, weights: Logits) -> Logits:
    """Blend the logits of two looks (N, K): the second's where `weights` (N, 1) is 1."""
    return first + (second - first) * weights
