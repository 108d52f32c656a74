"""Thresholds that promise a precision in a given kind of library. numpy only, no files.

Validation sets contain far more pets than libraries do. Photos are weighted so that pets and groups
of other photos count as much as in the library. Probabilities and targets (0 or 1) are (N, 2): cat,
dog.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from catdog_sorter.labels import RiskControl, Thresholds
from catdog_sorter.model.arrays import Floats, Floats64
from catdog_sorter.model.calibration import Probabilities, sigmoid
from catdog_sorter.training.measure.metrics import PETS, kinds_of, labels_at

PET = "pet"
OTHER = "everyday"
# Share of each group among a library's photos without a pet.
LIBRARY_SHARES: Mapping[str, float] = {
    OTHER: 0.87,
    "animals": 0.10,
    "depicted": 0.02,
    "confusable": 0.01,
}
_MAX_LOG_ODDS, _STEP = 9.0, 0.05  # 0.9999
_MIN_UNPROVED_LOG_ODDS, _MIN_LOG_ODDS = 1.0, 0.0  # 0.73, 0.5
# Bets, as shares of the largest one that cannot lose everything, with their weights.
_BETS = ((0.99, 0.6), (0.5, 0.25), (0.2, 0.15))
_HALVINGS = 40
_MAX_LOG = 500.0  # far from the limits of double precision

Bools = npt.NDArray[np.bool_]


def library_weights(
    groups: Sequence[str],
    prevalence: float,
    shares: Mapping[str, float] = LIBRARY_SHARES,
) -> Floats64:
    """Weight each photo so that the set has the composition of a library.

    Args:
        groups: For each photo `PET`, or its group if it shows no pet; groups missing in `shares`
            count as everyday photos.
        prevalence: Share of the library's photos with a pet, 0 to 1.
        shares: Share of each group among the photos without a pet. Those of missing groups
            are distributed over the others.

    Returns:
        float64 (N,) with a mean of 1. The weights of photos with a pet sum to the prevalence times
        N. All are 1 if there are no photos with, or none without a pet.
    """
    names = np.array([g if g == PET or g in shares else OTHER for g in groups], dtype=np.str_)
    is_pet = names == PET
    if is_pet.all() or not is_pet.any():
        return np.ones(len(names))
    present = {name: share for name, share in shares.items() if (names == name).any()}
    total = {PET: prevalence}
    total |= {
        name: (1 - prevalence) * share / sum(present.values()) for name, share in present.items()
    }
    weights = np.zeros(len(names))
    for name, share in total.items():
        weights[names == name] = share * len(names) / (names == name).sum()
    return weights


def evidence(is_sorted: Bools, is_wrong: Bools, weights: Floats64, risk: float) -> float:
    """E-value against "more than `risk` of the sorted photos of the library are wrong".

    The capital of a bet on every sorted photo: it grows with each right one and falls with each
    wrong one, and would not grow on average if the risk were exceeded. By Markov's inequality it
    then reaches 1 / (1 - confidence) with a chance of at most 1 - confidence, so a capital of that
    size proves the risk with that confidence, for any number of photos. (Waudby-Smith & Ramdas
    2023, "Estimating means of bounded random variables by betting", for means; here of weight *
    (wrong - risk) over the sorted photos, for photos of groups of fixed sizes. The mean over groups
    need not vanish in each of them: by Jensen's inequality the product of the factors' means is at
    most the power of their mean.)

    Args:
        is_sorted: bool (N,).
        is_wrong: bool (N,), for the sorted ones.
        weights: float64 (N,), as `library_weights` returns them.
        risk: Share of the sorted photos, between 0 and 1.

    Returns:
        The capital, starting from 1, as a mean over bets of different sizes.
    """
    gains = weights * is_sorted * (is_wrong - risk) / (weights.max() * (1 - risk))
    logs = [min(_MAX_LOG, float(np.log1p(-bet * gains).sum())) for bet, _ in _BETS]
    return sum(share * math.exp(log) for log, (_, share) in zip(logs, _BETS, strict=True))


def risk_upper_bound(
    is_sorted: Bools, is_wrong: Bools, weights: Floats64, confidence: float
) -> float:
    """Upper bound of the share of the library's sorted photos that are wrong, 0 to 1.

    The smallest risk that `evidence` proves with this confidence; 1 where it proves none.
    """
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if evidence(is_sorted, is_wrong, weights, middle) >= 1 / (1 - confidence):
            high = middle
        else:
            low = middle
    return high


def share_upper_bound(hits: int, of: int, confidence: float) -> float:
    """Upper bound of a share of equally weighted photos, 0 to 1.

    Exact, from the binomial distribution (Clopper & Pearson 1934, "The use of confidence or
    fiducial limits").

    Args:
        hits: Number of hits.
        of: Number of photos, at least 1.
        confidence: Probability that the bound holds.
    """
    if hits >= of:
        return 1.0
    log_binomials = [
        math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1) for k in range(hits + 1)
    ]
    low, high = hits / of, 1.0
    for _ in range(_HALVINGS):
        share = (low + high) / 2
        chance = sum(
            math.exp(log_binomial + k * math.log(share) + (of - k) * math.log1p(-share))
            for k, log_binomial in enumerate(log_binomials)
        )
        low, high = (low, share) if chance < 1 - confidence else (share, high)
    return high


def choose_thresholds(
    probabilities: Probabilities, targets: Floats, weights: Floats64, promise: RiskControl
) -> tuple[Thresholds, bool]:
    """Choose the lowest thresholds for which `evidence` proves the promise.

    Thresholds are tried along one path (as in Angelopoulos et al. 2021, "Learn then Test"). Photos
    keep their label once they are sorted, so the capital carries over from one threshold to the
    next. Later photos are more often wrong: from the first threshold above the risk on, the capital
    falls on average. So its maximum, too, reaches the level of a proof with a probability of at
    most 1 - confidence (Ville's inequality).

    If nothing is proved, for example with few photos, they are the lowest thresholds with log odds
    of at least 1 at which the measured share of wrong ones is at most the risk.

    Args:
        probabilities: float64 (N, 2), calibrated.
        targets: (N, 2), 0 or 1.
        weights: float64 (N,), as `library_weights` returns them.
        promise: The risk and the confidence; the prevalence is in the weights.

    Returns:
        Thresholds, and whether it is proved with `promise.confidence` that at most `promise.risk`
        of the sorted photos of such a library are wrong.
    """
    kinds = kinds_of(targets)
    unproved = proved = None
    for log_odds in np.arange(_MAX_LOG_ODDS, _MIN_LOG_ODDS - _STEP / 2, -_STEP).tolist():
        thresholds = _thresholds(log_odds)
        labels = labels_at(probabilities, thresholds)
        is_sorted = np.isin(labels, PETS)
        is_wrong = is_sorted & (labels != kinds)
        if evidence(is_sorted, is_wrong, weights, promise.risk) >= 1 / (1 - promise.confidence):
            proved = thresholds
        keeps = weights[is_wrong].sum() <= promise.risk * weights[is_sorted].sum()
        if keeps and log_odds > _MIN_UNPROVED_LOG_ODDS - _STEP / 2:
            unproved = thresholds
    if proved is not None:
        return proved, True
    return unproved or _thresholds(_MAX_LOG_ODDS), False


def _thresholds(log_odds: float) -> Thresholds:
    """Present from these log odds, absent up to minus half of them.

    Missing a second animal is the rarer error, so absence needs less confidence than presence.
    """
    present, absent = sigmoid(np.array([log_odds, -log_odds / 2])).tolist()
    return Thresholds(round(present, 4), round(min(absent, present), 4))
