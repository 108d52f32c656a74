import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_sorter.labels import Thresholds
from catdog_sorter.probabilities import Calibration
from catdog_sorter.training import metrics

CAT, DOG, BOTH, NEITHER = [1, 0], [0, 1], [1, 1], [0, 0]


def test_forced_choice_looks_at_photos_of_one_animal_only() -> None:
    probabilities = np.array([[0.9, 0.8], [0.6, 0.7], [0.2, 0.1], [0.9, 0.1]])
    targets = np.array([CAT, CAT, NEITHER, BOTH])
    assert metrics.forced_choice_accuracy(probabilities, targets) == 0.5


def test_log_loss_of_a_coin_is_log_two() -> None:
    probabilities = np.full((4, 2), 0.5)
    assert metrics.log_loss(probabilities, np.array([CAT, DOG, BOTH, NEITHER])) == pytest.approx(
        np.log(2)
    )


def test_log_loss_stays_finite_when_surely_wrong() -> None:
    assert 15 < metrics.log_loss(np.array([[0.0, 1.0]]), np.array([CAT])) < 20


def test_area_under_roc() -> None:
    targets = np.array([1, 1, 0, 0])
    assert metrics.area_under_roc(np.array([0.9, 0.8, 0.2, 0.1]), targets) == 1.0
    assert metrics.area_under_roc(np.array([0.1, 0.2, 0.8, 0.9]), targets) == 0.0
    assert metrics.area_under_roc(np.array([0.9, 0.3, 0.5, 0.1]), targets) == 0.75
    assert metrics.area_under_roc(np.array([0.5, 0.5, 0.5, 0.5]), targets) == 0.5
    assert np.isnan(metrics.area_under_roc(np.array([0.5]), np.array([1])))


@given(
    st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=2, max_size=30).filter(
        lambda rows: len({positive for _, positive in rows}) == 2
    )
)
def test_area_under_roc_counts_pairs(rows: list[tuple[int, bool]]) -> None:
    scores = np.array([score for score, _ in rows], dtype=float)
    targets = np.array([positive for _, positive in rows], dtype=float)
    pairs = [
        1.0 if p > n else 0.5 if p == n else 0.0
        for p in scores[targets == 1]
        for n in scores[targets == 0]
    ]
    assert metrics.area_under_roc(scores, targets) == pytest.approx(np.mean(pairs))


def test_calibration_error_of_a_calibrated_model_is_small_and_of_a_boaster_large() -> None:
    rng = np.random.default_rng(0)
    p = rng.uniform(size=(20_000, 2))
    targets = (rng.uniform(size=p.shape) < p).astype(float)
    assert metrics.calibration_error(p, targets) < 0.01
    boaster = np.where(p > 0.5, 0.99, 0.01)
    assert metrics.calibration_error(boaster, targets) > 0.2


def test_calibration_finds_the_scale_and_bias_that_made_the_labels() -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(scale=4, size=(50_000, 2))
    truth = Calibration((0.5, 2.0), (0.7, -1.0))
    targets = (rng.uniform(size=logits.shape) < truth.apply(logits)).astype(float)
    found = metrics.calibrate(logits, targets)
    assert found.scale == pytest.approx(truth.scale, rel=0.05)
    assert found.bias == pytest.approx(truth.bias, abs=0.1)


def test_calibration_of_separable_logits_is_finite_and_keeps_their_order() -> None:
    logits = np.array([[-30.0], [-20.0], [20.0], [30.0]])
    found = metrics.calibrate(logits, np.array([[0], [0], [1], [1]]))
    p = found.apply(logits)[:, 0]
    assert np.all(np.isfinite(p))
    assert found.scale[0] > 0
    assert p[0] < 0.5 < p[3]


def test_calibration_without_both_kinds_leaves_the_logits_alone() -> None:
    found = metrics.calibrate(np.array([[1.0], [2.0]]), np.array([[1], [1]]))
    assert found == Calibration((1.0,), (0.0,))


def test_thresholds_keep_the_stated_risk() -> None:
    rng = np.random.default_rng(2)
    p = rng.beta(0.3, 0.3, size=(5_000, 2))
    targets = (rng.uniform(size=p.shape) < p).astype(float)
    thresholds = metrics.choose_thresholds(p, targets, risk=0.02)
    for k in range(2):
        without, with_it = p[targets[:, k] == 0, k], p[targets[:, k] == 1, k]
        assert np.mean(without >= thresholds.present) <= 0.021
        assert np.mean(with_it <= thresholds.absent) <= 0.021


def test_a_perfect_model_needs_no_grey_zone() -> None:
    p = np.array([[0.99, 0.01], [0.01, 0.99]] * 50)
    targets = np.array([CAT, DOG] * 50)
    assert metrics.choose_thresholds(p, targets, risk=0.005) == Thresholds(0.5, 0.5)


def test_the_summary_counts_every_photo_once() -> None:
    p = np.array([[0.95, 0.02], [0.5, 0.02], [0.9, 0.97], [0.01, 0.02], [0.03, 0.99]])
    targets = np.array([CAT, CAT, BOTH, NEITHER, CAT])
    summary = metrics.summarise(p, targets, Thresholds(0.8, 0.1))
    table = summary["labels_by_truth"]
    assert table["cat"] == {"cat": 1, "dog": 1, "both": 0, "neither": 0, "unsure": 1}
    assert table["both"]["both"] == table["neither"]["neither"] == 1
    assert sum(sum(row.values()) for row in table.values()) == summary["photos"] == 5


def test_figures_that_cannot_be_known_are_none() -> None:
    summary = metrics.summarise(np.array([[0.1, 0.1]]), np.array([NEITHER]), Thresholds(0.8, 0.1))
    assert summary["forced_choice_accuracy"] is None
    assert summary["auroc_cat"] is None
