"""Thresholds that keep a promise about a stated kind of library. Pure, numpy only.

Validation photos hold far more pets than a library. Each photo gets a weight, so that pets and
groups of other photos weigh as much as they appear there.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catdog_sorter.labels import Thresholds
from catdog_sorter.model.calibration import Floats, Probabilities, sigmoid
from catdog_sorter.training.measure.metrics import Doubles, LabelNames

PETS = ("cat", "dog", "both")
# The bound says nothing yet where less than this share of the pets is sorted.
_ENOUGH = 0.3
_HIGHEST, _LOWEST, _STEP = 9.0, -0.5, 0.05  # log odds


@dataclass(frozen=True, slots=True)
class Promise:
    """At most `risk` of the sorted photos are wrong, with `confidence`; shares from 0 to 1.

    `prevalence`: the share of photos with a pet in the library it is made for.
    """

    prevalence: float = 0.07
    risk: float = 0.02
    confidence: float = 0.9


def library_weights(
    groups: Sequence[str], shares: Mapping[str, float], pets: Sequence[bool], prevalence: float
) -> Doubles:
    """One weight for each photo (N,), which sum to 1.

    `shares`: how much each group is of the photos with a pet, or of those without; a group that is
    missing in it counts nothing. Photos with a pet weigh `prevalence` together.
    """
    names, has_pet = np.array(groups), np.array(pets)
    weights = np.zeros(len(names))
    for name, share in shares.items():
        among = names == name
        if among.any():
            weights[among] = share / among.sum()
    for chosen, total in ((has_pet, prevalence), (~has_pet, 1 - prevalence)):
        weights[chosen] *= total / weights[chosen].sum()
    return weights


def wrong_among_sorted(
    labels: np.ndarray, kinds: np.ndarray, weights: Doubles, confidence: float
) -> tuple[float, float, float]:
    """(share of the sorted photos that are wrong, its upper bound, share of pets sorted right).

    The bound is Clopper and Pearson's for as many photos as the weighted ones are worth (Kish
    1965: the square of the sum of the weights by the sum of their squares), one of these taken to
    be wrong besides those that are.
    """
    sorted_away = np.isin(labels, PETS)
    w = weights * sorted_away
    pets = np.isin(kinds, PETS)
    found = float((weights * (pets & (labels == kinds))).sum() / (weights * pets).sum())
    if not w.sum():
        return 0.0, 1.0, found
    share = float((w * (labels != kinds)).sum() / w.sum())
    worth = w.sum() ** 2 / np.square(w).sum()
    bound = upper_bound(int(np.ceil(share * worth - 1e-9)), max(1, int(worth)), confidence)
    return share, bound, found


def choose_thresholds(
    probabilities: Probabilities,
    targets: Floats,
    weights: Doubles,
    promise: Promise,
    is_bounded: bool = True,
) -> Thresholds:
    """The thresholds that sort most pets right among those that keep the promise.

    Unless `is_bounded`, the estimated share of wrong photos is held to the promised risk rather
    than its upper bound: for as few validation photos as there are, the bound may be out of reach.

    Tried from the most cautious on and no further than the first that breaks it (fixed sequence
    testing, Angelopoulos et al. 2021, "Learn then Test").
    """
    kinds = np.array([["neither", "dog"], ["cat", "both"]])[tuple(targets.astype(int).T)]
    chosen = path(_HIGHEST)
    for log_odds in np.arange(_HIGHEST, _LOWEST, -_STEP).tolist():
        labels = labels_of(probabilities, path(log_odds))
        share, bound, found = wrong_among_sorted(labels, kinds, weights, promise.confidence)
        if (bound if is_bounded else share) > promise.risk and found > _ENOUGH:
            break
        chosen = path(log_odds)
    return chosen


def labels_of(probabilities: Probabilities, thresholds: Thresholds) -> LabelNames:
    """What `labels.decide` says of each photo (N, 2), all at once."""
    present = probabilities >= thresholds.present
    unsure = ~present & (probabilities > thresholds.absent)
    names = np.array([["neither", "dog"], ["cat", "both"]])
    labels: LabelNames = names[tuple(present.astype(int).T)].astype("<U7")
    labels[unsure.any(axis=1)] = "unsure"
    return labels


def path(log_odds: float) -> Thresholds:
    """An animal is there from these log odds on; half as far below even it is taken as absent."""
    present, absent = sigmoid(np.array([log_odds, -log_odds / 2])).tolist()
    return Thresholds(round(present, 5), round(min(absent, present), 5))


def upper_bound(events: int, trials: int, confidence: float) -> float:
    """The largest chance at which as few as `events` in `trials` are still credible.

    Clopper and Pearson 1934, one-sided.
    """
    low, high = events / trials, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        at_most = math.fsum(
            math.comb(trials, k) * middle**k * (1 - middle) ** (trials - k)
            for k in range(events + 1)
        )
        low, high = (middle, high) if at_most > 1 - confidence else (low, middle)
    return high
