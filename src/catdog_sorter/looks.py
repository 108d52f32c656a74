"""When a photo is looked at a second time, and what both looks say together. Pure.

The second look, at the mirror image, costs as much as the first and seldom matters where the first
is sure, so it is kept for where the first is unsure. `benchmarks/second_look.py` compares.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Logits = npt.NDArray[np.float32]

_FADE = 0.125  # of the range of unsure logits, at each of its ends


def doubt(logits: Logits, unsure: Sequence[tuple[float, float]]) -> Logits:
    """How much the second look at each photo counts, float32 (N, 1): 0 not at all, 1 in full.

    `logits`: those of the first look, (N, K); `unsure`: K pairs, between which a logit is unsure.
    The least sure output decides for the photo. Towards the ends of its range the second look
    counts less and less, so that a photo whose logit one engine rounds into the range and another
    one out of it gets nearly the same answer from both.
    """
    low, high = np.array(unsure, dtype=np.float32).T
    inside = np.minimum(logits - low, high - logits) / (np.float32(_FADE) * (high - low))
    weights: Logits = np.clip(inside, 0, 1).max(axis=1, keepdims=True)
    return weights


def together(first: Logits, second: Logits, weights: Logits) -> Logits:
    """Logits (N, K): the mean of both where `weights` (N, 1) is 1, the first where it is 0."""
    return first + (second - first) * (weights * np.float32(0.5))
