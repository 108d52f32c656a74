"""Test-time augmentation: when a photo is classified again, from which views, and how they count.

The views of a photo are its mirror image, three rotations, and overlapping crops; a bundle may have
a detector, a second network that looks at the photo too. They cost several times the first pass and
rarely matter if that is confident, so only photos whose first logits are in the uncertainty band
get them. Some engines first compute all of this approximately, and exactly only for photos that are
then near a decision. `benchmarks/second_look.py` compares settings. Knows no files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.model.arrays import Floats
from catdog_sorter.model.preprocessing import Preprocessing, to_batch

if TYPE_CHECKING:
    from catdog_sorter.model.backend import Backend

Logits = npt.NDArray[np.float32]
_Look = Callable[[Logits], Logits]

_FADE = 0.125  # of the width of the uncertainty band, at each of its ends
# Of the input's side. With this, the pixels that a photo is decoded with suffice for crops of 0.6.
_CROP_FILL = 0.9
# Logits; 8-bit integers change them by about a quarter, as a root mean square over the photos that
# get further views (`benchmarks/first_look.py`).
_QUICK_MARGIN = 1.0


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
        detector_size: Side of the detector's input in pixels; 0 without a detector.
        detector_weight: Factor of the detector's logits, which are added to those of the views; a
            bundle without a detector does without them.
    """

    mirror: bool = False
    uncertainty_band: tuple[tuple[float, float], ...] = ()
    rotation_sharpness: float = 0.0
    rotation_penalty: float = 0.0
    crop_fraction: float = 0.0
    crop_weight: float = 0.0
    detector_size: int = 0
    detector_weight: float = 0.0

    def high_res_side(self, preprocessing: Preprocessing) -> int:
        """Pixels that the shorter side needs to fill nearly all of each view's input."""
        needed = _CROP_FILL * preprocessing.size / self.crop_fraction if self.crop_fraction else 0
        return max(preprocessing.decode_side, round(needed), self.detector_size)

    def needs_high_res(self, image: Pixels, preprocessing: Preprocessing) -> bool:
        """Whether a photo as first decoded, uint8 (H, W, 3), is too small for all views."""
        height, width = image.shape[:2]
        return bool(min(height, width) < self.high_res_side(preprocessing))


def photo_logits(
    backend: "Backend",
    images: Sequence[Pixels],
    preprocessing: Preprocessing,
    augmentation: TestTimeAugmentation,
    load_high_res: Callable[[int], Pixels] | None = None,
    undecided: Floats | None = None,
) -> Logits:
    """Classify photos, with further views according to the policy.

    Args:
        backend: The network.
        images: Upright RGB photos, each uint8 (H, W, 3) of any size.
        preprocessing: The network's input transform.
        augmentation: The policy.
        load_high_res: Returns photo number n with `high_res_side` pixels at its shorter side;
            called if `images[n]` is too small for all views. Without it, `images[n]` is used.
        undecided: For each output the lowest and the highest logit that decide nothing, (K, 2).
            The result may be approximate if it is far from these. Without it, it is exact.

    Returns:
        Logits, float32 (N, K).

    Raises:
        BundleError: A network cannot run.
    """
    batch = to_batch(images, preprocessing)
    for_detector = replace(preprocessing, size=augmentation.detector_size)

    @cache
    def high_res(number: int) -> Pixels:
        photo = images[number]
        if load_high_res and augmentation.needs_high_res(photo, preprocessing):
            return load_high_res(number)
        return photo

    @cache  # computed by the quick pass, used again by the exact one
    def crops_of(number: int) -> Logits:
        return to_batch(crops(high_res(number), augmentation.crop_fraction), preprocessing)

    @cache
    def detected(number: int) -> Logits | None:
        return backend.detector_logits(to_batch([high_res(number)], for_detector))

    def seen(look: _Look, first: Logits, numbers: npt.NDArray[np.intp]) -> Logits:
        return _with_views(
            look,
            first,
            batch[numbers],
            augmentation,
            lambda row: crops_of(int(numbers[row])),
            lambda row: detected(int(numbers[row])),
        )

    def look_exactly(views: Logits) -> Logits:
        return _in_batches(backend.logits, views, backend.batch_size)

    def look_quickly(views: Logits) -> Logits:
        found = backend.quick_logits(views)
        assert found is not None
        return found

    everything = np.arange(len(images))
    quick = None if undecided is None else backend.quick_logits(batch)
    if quick is None or undecided is None:
        return seen(look_exactly, look_exactly(batch), everything)
    logits = seen(look_quickly, quick, everything)
    low, high = undecided.T
    far = (logits < low - _QUICK_MARGIN) | (logits > high + _QUICK_MARGIN)
    doubtful = np.flatnonzero(~far.all(axis=1))
    if len(doubtful):
        logits[doubtful] = seen(look_exactly, look_exactly(batch[doubtful]), doubtful)
    return logits


def _with_views(
    look: _Look,
    first: Logits,
    batch: Logits,
    augmentation: TestTimeAugmentation,
    crops_of: Callable[[int], Logits],
    detected: Callable[[int], Logits | None],
) -> Logits:
    """The first logits (N, K) of a batch (N, 3, S, S), blended with those of further views.

    `crops_of`: the crops of the photo in a row of the batch, (C, 3, S, S).
    `detected`: the detector's logits of the photo in a row of the batch, (1, K), if there is one.
    """
    if not augmentation.mirror:
        return first
    band = augmentation.uncertainty_band
    weights = second_look_weight(first, band) if band else np.ones_like(first[:, :1])
    uncertain = np.flatnonzero(weights)
    if not len(uncertain):
        return first
    mirrored = look(np.ascontiguousarray(batch[uncertain, ..., ::-1]))
    second = (first[uncertain] + mirrored) * np.float32(0.5)
    if augmentation.rotation_sharpness:
        views = [np.rot90(batch[uncertain], quarters, axes=(2, 3)) for quarters in (1, 2, 3)]
        rotated = look(np.concatenate(views)).reshape(3, *second.shape)
        second = rotation_weighted_mean(
            second,
            rotated.transpose(1, 0, 2),
            augmentation.rotation_sharpness,
            augmentation.rotation_penalty,
        )
    if augmentation.crop_fraction:
        for row, number in enumerate(uncertain.tolist()):
            of_crops = look(crops_of(number))
            second[row] = blend_crops(second[row], of_crops, augmentation.crop_weight)
    if augmentation.detector_weight:
        for row, number in enumerate(uncertain.tolist()):
            found = detected(number)
            if found is not None:
                second[row] += found[0] * np.float32(augmentation.detector_weight)
    logits = first.copy()
    logits[uncertain] = blend(first[uncertain], second, weights[uncertain])
    return logits


def approximate_logits(backend: "Backend", batch: Logits) -> Logits:
    """Classify each picture once, approximately if the engine has a quicker way for that.

    Args:
        backend: the network.
        batch: preprocessed pictures, float32 (N, 3, S, S), of any size the engine takes.

    Returns:
        Logits, float32 (N, K).
    """
    quick = backend.quick_logits(batch)
    return backend.logits(batch) if quick is None else quick


def _in_batches(look: _Look, batch: Logits, step: int) -> Logits:
    """Compute logits (N, K) of (N, 3, S, S), in batches of the engine's size."""
    batches = [batch[start : start + step] for start in range(0, len(batch), step)]
    return np.concatenate([look(each) for each in batches])


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
