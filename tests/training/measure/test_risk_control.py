"""The promises for a library are kept, and weights give photos its composition."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.labels import RiskControl
from catdog_sorter.training.measure.risk_control import (
    PET,
    choose_thresholds,
    evidence,
    library_weights,
    risk_upper_bound,
    share_upper_bound,
)

CAT, DOG, NEITHER = [1, 0], [0, 1], [0, 0]
PROMISE = RiskControl(prevalence=0.1, risk=0.05, confidence=0.9)
SHARES = {"everyday": 0.8, "animals": 0.2}


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([PET, "everyday", "animals", "depicted", "unheard of"]), min_size=1),
    st.floats(0.01, 0.99),
)
def test_weights_give_pets_the_prevalence_and_groups_their_shares(
    groups: list[str], prevalence: float
) -> None:
    weights = library_weights(groups, prevalence)
    is_pet = np.array(groups) == PET
    assert weights.mean() == pytest.approx(1)
    assert (weights > 0).all()
    if is_pet.any() and not is_pet.all():
        assert weights[is_pet].sum() / len(groups) == pytest.approx(prevalence)
        animals, drawn = (weights[np.array(groups) == g].sum() for g in ("animals", "depicted"))
        if animals and drawn:
            assert animals / drawn == pytest.approx(0.10 / 0.02)


@settings(deadline=None)
@given(st.integers(1, 400))
def test_without_mistakes_and_weights_the_bound_is_nearly_the_exact_one(
    photos: int,
) -> None:
    """n photos without an error prove a risk r at 90 % if (1 - r)^n < 0.1."""
    all_right = np.zeros(photos, np.bool_)
    bound = risk_upper_bound(~all_right, all_right, np.ones(photos), 0.9)
    exact = 1 - 0.1 ** (1 / photos)
    assert exact <= bound <= min(1.0, 1.6 * exact + 1e-9)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0.1, 20)), min_size=1, max_size=80)
)
def test_the_bound_lies_above_the_share_and_a_further_mistake_raises_it(
    rows: list[tuple[bool, bool, float]],
) -> None:
    is_sorted, wrong, weights = (np.array(column) for column in zip(*rows, strict=True))
    is_wrong = is_sorted & wrong
    bound = risk_upper_bound(is_sorted, is_wrong, weights, 0.9)
    if is_sorted.any():
        share = weights[is_wrong].sum() / weights[is_sorted].sum()
        assert share <= bound <= 1
        assert share < bound or share == 1
    right = np.flatnonzero(is_sorted & ~is_wrong)
    if len(right):
        worse = is_wrong.copy()
        worse[right[0]] = True
        assert risk_upper_bound(is_sorted, worse, weights, 0.9) >= bound - 1e-9


def test_the_capital_does_not_grow_on_average_where_the_risk_is_reached() -> None:
    """Two groups of fixed sizes, one far below and one far above the risk; their mean equals it."""
    rng = np.random.default_rng(1)
    groups = [PET] * 300 + ["everyday"] * 100
    weights = library_weights(groups, 0.3)
    chance = np.where(np.array(groups) == PET, 0.02, 0.0)
    # The sorted share of the everyday photos, all of them wrong, that makes 5 % of all sorted.
    sorted_everyday = (0.3 * (0.05 - 0.02)) / (0.7 * 0.95)
    capitals = []
    for _ in range(2000):
        is_sorted = np.where(np.array(groups) == PET, True, rng.random(400) < sorted_everyday)
        is_wrong = is_sorted & ((np.array(groups) != PET) | (rng.random(400) < chance))
        capitals.append(evidence(is_sorted, is_wrong, weights, 0.05))
    assert np.mean(capitals) < 1.1
    assert np.mean(np.array(capitals) >= 10) <= 0.1


def validation(rng: np.random.Generator, photos: int) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Probabilities, targets and groups of photos half of which show a pet."""
    groups = rng.choice([PET, "everyday", "animals"], size=photos, p=[0.5, 0.35, 0.15])
    kinds = np.where(groups == PET, rng.integers(2, size=photos), 2)
    targets = np.array([CAT, DOG, NEITHER])[kinds]
    centre = 10 * targets - np.where(groups == "animals", 4.0, 6.0)[:, None]
    p = 1 / (1 + np.exp(-(centre + 1.1 * rng.logistic(size=targets.shape))))
    return p, targets, groups.tolist()


def risk_in_library(thresholds: object) -> float:
    """The share of wrong photos by these thresholds in a library of 200,000 photos."""
    from catdog_sorter.training.measure.metrics import PETS, kinds_of, labels_at

    p, targets, groups = validation(np.random.default_rng(0), 200_000)
    weights = library_weights(groups, PROMISE.prevalence, SHARES)
    labels = labels_at(p, thresholds)  # type: ignore[arg-type]
    away = np.isin(labels, PETS)
    return float(weights[away & (labels != kinds_of(targets))].sum() / weights[away].sum())


def test_the_promise_is_kept_in_nine_of_ten_libraries() -> None:
    """Thresholds are chosen on 60 validation sets; each is evaluated on the whole library."""
    rng = np.random.default_rng(2)
    risks: dict[object, float] = {}
    broken = proved = 0
    for _ in range(60):
        p, targets, groups = validation(rng, 5000)
        weights = library_weights(groups, PROMISE.prevalence, SHARES)
        thresholds, has_proof = choose_thresholds(p, targets, weights, PROMISE)
        if thresholds not in risks:
            risks[thresholds] = risk_in_library(thresholds)
        proved += has_proof
        broken += has_proof and risks[thresholds] > PROMISE.risk
    assert proved > 40
    assert broken <= 0.1 * 60


def test_few_photos_prove_nothing_and_are_sorted_as_long_as_all_are_right() -> None:
    p = np.array([[0.99, 0.01], [0.01, 0.99], [0.01, 0.01]] * 5)
    targets = np.array([CAT, DOG, NEITHER] * 5)
    weights = library_weights([PET, PET, "everyday"] * 5, 0.07)
    thresholds, proved = choose_thresholds(p, targets, weights, RiskControl())
    assert thresholds.present == pytest.approx(0.7311)
    assert not proved


def test_a_wrong_label_among_the_most_confident_photos_does_not_stop_the_search() -> None:
    p, targets, groups = validation(np.random.default_rng(4), 20_000)
    weights = library_weights(groups, PROMISE.prevalence, SHARES)
    before, _ = choose_thresholds(p, targets, weights, PROMISE)
    p[0], targets[0], groups[0] = [0.99999, 0.00001], NEITHER, "everyday"
    weights = library_weights(groups, PROMISE.prevalence, SHARES)
    after, proved = choose_thresholds(p, targets, weights, PROMISE)
    assert proved
    assert before.present <= after.present < 0.95


def test_a_library_with_fewer_pets_needs_more_caution() -> None:
    p, targets, groups = validation(np.random.default_rng(3), 20_000)
    presents = []
    for prevalence in (0.5, 0.1):
        weights = library_weights(groups, prevalence, SHARES)
        thresholds, proved = choose_thresholds(p, targets, weights, PROMISE)
        assert proved
        presents.append(thresholds.present)
    assert presents[0] < presents[1]


def test_the_promise_reads_as_a_sentence() -> None:
    assert RiskControl(proved=True).sentence() == (
        "of the photos sorted in a library in which 7% of the photos show a pet, at most 2% are "
        "wrong, with 90% confidence"
    )
    assert "too few validation photos" in RiskControl().sentence()
    with pytest.raises(ValueError, match="between 0 and 1"):
        RiskControl(risk=0)


def test_one_wrong_photo_among_few_is_left_unsorted() -> None:
    p = np.array([[0.99, 0.01], [0.01, 0.99]] * 5 + [[0.9, 0.01]])
    targets = np.array([CAT, DOG] * 5 + [NEITHER])
    weights = library_weights([PET] * 10 + ["everyday"], 0.07)
    thresholds, proved = choose_thresholds(p, targets, weights, RiskControl())
    assert 0.9 < thresholds.present <= 0.91
    assert not proved


@pytest.mark.parametrize(("hits", "of"), [(0, 981), (1, 981), (3, 50), (49, 50)])
def test_at_the_upper_bound_so_few_hits_have_the_probability_of_the_confidence(
    hits: int, of: int
) -> None:
    share = share_upper_bound(hits, of, confidence=0.9)
    chances = (math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits + 1))
    assert sum(chances) == pytest.approx(0.1)


def test_the_bound_of_a_share_of_all_hits_is_1() -> None:
    assert share_upper_bound(5, 5, confidence=0.9) == 1.0
