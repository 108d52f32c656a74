"""When a photo is looked at again, at what, and what all looks say together. Pure.

Looking again, at the mirror image, at the photo turned and at parts of it, costs several times the
first look and seldom matters where that is sure, so it is kept for where it is unsure.
`benchmarks/second_look.py` compares.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pixels import Pixels

Logits = npt.NDArray[np.float32]

_FADE = 0.125  # of the range of unsure logits, at each of its ends


def doubt(logits: Logits, unsure: Sequence[tuple[float, float]]) -> Logits:
    """How much looking again at each photo counts, float32 (N, 1): 0 not at all, 1 in full.

    `logits`: those of the first look, (N, K); `unsure`: K pairs, between which a logit is unsure.
    The least sure output decides for the photo. Towards the ends of its range the other looks
    count less and less, so that a photo whose logit one engine rounds into the range and another
    one out of it gets nearly the same answer from both.
    """
    low, high = np.array(unsure, dtype=np.float32).T
    inside = np.minimum(logits - low, high - logits) / (np.float32(_FADE) * (high - low))
    weights: Logits = np.clip(inside, 0, 1).max(axis=1, keepdims=True)
    return weights


def parts(photo: Pixels, side: float) -> list[Pixels]:
    """Four overlapping parts in the corners and one in the middle, `side` (0 to 1) of each side.

    `photo`: uint8 (H, W, 3). The parts are views of it.
    """
    height, width = photo.shape[:2]
    h, w = max(1, round(height * side)), max(1, round(width * side))
    below, beside = height - h, width - w
    places = [(0, 0), (0, beside), (below, 0), (below, beside), (below // 2, beside // 2)]
    return [photo[top : top + h, left : left + w] for top, left in places]


def any_way_up(
    as_it_lies: Logits, turned: Logits, sharpness: float, handicap: float = 0.0
) -> Logits:
    """What whole photos say that may lie on their side or head, (N, K).

    `as_it_lies`: (N, K); `turned`: (N, T, K), the same photos turned. The mean of all, in which
    each counts for exp(`sharpness` * its highest logit), as an animal is recognised best upright;
    those of turned photos are taken to be lower by `handicap`, as most photos lie as they should.
    """
    views = np.concatenate([as_it_lies[:, None], turned], axis=1)
    highest = views.max(axis=2, keepdims=True)
    highest[:, 1:] -= np.float32(handicap)
    counts = np.exp(np.float32(sharpness) * (highest - highest.max(axis=1, keepdims=True)))
    mean: Logits = (views * counts).sum(axis=1) / counts.sum(axis=1)
    return mean


def with_parts(whole: Logits, of_parts: Logits, weight: float) -> Logits:
    """What a photo's parts say too, (K,): `weight` (0 to 1) of the highest logit of each output.

    `whole`: (K,), of the whole photo; `of_parts`: (P, K). An animal in one part is in the photo.
    """
    highest: Logits = of_parts.max(axis=0)
    return whole + (highest - whole) * np.float32(weight)


def together(first: Logits, again: Logits, weights: Logits) -> Logits:
    """Logits (N, K): what looking again said where `weights` (N, 1) is 1, the first where 0."""
    return first + (again - first) * weights
