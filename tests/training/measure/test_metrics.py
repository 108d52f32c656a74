import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.labels import Thresholds, decide
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.calibration import Calibration
from catdog_sorter.training.measure import metrics

CAT, DOG, BOTH, NEITHER = [1, 0], [0, 1], [1, 1], [0, 0]
THRESHOLDS = Thresholds(present=0.8, absent=0.1)


def area(scores: list[float], targets: list[int]) -> float:
    once = np.ones((1, len(scores)))
    return float(metrics.area_under_roc(np.array(scores), np.array(targets), once)[0])


def error(probabilities: np.ndarray, targets: np.ndarray) -> float:
    return float(metrics.calibration_error(probabilities, targets, np.ones((1, len(targets))))[0])


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
    targets = [1, 1, 0, 0]
    assert area([0.9, 0.8, 0.2, 0.1], targets) == 1.0
    assert area([0.1, 0.2, 0.8, 0.9], targets) == 0.0
    assert area([0.9, 0.3, 0.5, 0.1], targets) == 0.75
    assert area([0.5, 0.5, 0.5, 0.5], targets) == 0.5
    assert np.isnan(area([0.5], [1]))


@settings(deadline=None)  # a busy machine is not a fault
@given(
    st.lists(
        st.tuples(st.integers(-5, 5), st.booleans(), st.integers(0, 3)), min_size=2, max_size=30
    )
)
def test_area_under_roc_counts_pairs_as_often_as_their_photos(
    rows: list[tuple[int, bool, int]],
) -> None:
    scores, targets, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    (weighted,) = metrics.area_under_roc(scores, targets, weights[None])
    repeated = [row[:2] for row in rows for _ in range(row[2])]
    pairs = [
        1.0 if p > n else 0.5 if p == n else 0.0
        for p, positive in repeated
        for n, other in repeated
        if positive and not other
    ]
    assert weighted == pytest.approx(np.mean(pairs) if pairs else np.nan, nan_ok=True)


def test_calibration_error_of_a_calibrated_model_is_small_and_of_a_boaster_large() -> None:
    rng = np.random.default_rng(0)
    p = rng.uniform(size=(20_000, 2))
    targets = (rng.uniform(size=p.shape) < p).astype(float)
    assert error(p, targets) < 0.01
    boaster = np.where(p > 0.5, 0.99, 0.01)
    assert error(boaster, targets) > 0.2


def test_calibration_error_pools_the_photos_of_both_outputs_in_a_bin() -> None:
    p = np.array([[0.7, 0.7], [0.7, 0.1]])
    targets = np.array([BOTH, NEITHER])
    assert error(p, targets) == pytest.approx((abs(3 * 0.7 - 2) + 0.1) / 4)
    assert error(p[:, :1], targets[:, :1]) == pytest.approx(abs(2 * 0.7 - 1) / 2)


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


def test_separable_logits_are_believed_as_far_as_the_number_of_photos_allows() -> None:
    logits = np.repeat([[-1.0], [1.0]], 100, axis=0)
    p = metrics.calibrate(logits, (logits > 0).astype(float)).apply(logits)
    assert p[-1, 0] == pytest.approx(100.25 / 100.5, abs=1e-6)
    assert p[0, 0] == pytest.approx(0.25 / 100.5, abs=1e-6)


def test_calibration_without_both_kinds_leaves_the_logits_alone() -> None:
    found = metrics.calibrate(np.array([[1.0], [2.0]]), np.array([[1], [1]]))
    assert found == Calibration((1.0,), (0.0,))


def average(scores: list[float], targets: list[int]) -> float:
    once = np.ones((1, len(scores)))
    return float(metrics.average_precision(np.array(scores), np.array(targets), once)[0])


def test_average_precision() -> None:
    assert average([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]) == 1.0
    assert average([0.9, 0.3, 0.5, 0.1], [1, 1, 0, 0]) == pytest.approx((1 + 2 / 3) / 2)
    assert average([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]) == 0.25
    assert average([0.5], [1]) == 1.0
    assert np.isnan(average([0.5], [0]))


@settings(deadline=None)  # a busy machine is not a fault
@given(
    st.lists(
        st.tuples(st.integers(-5, 5), st.booleans(), st.integers(0, 3)), min_size=2, max_size=30
    )
)
def test_average_precision_counts_photos_as_often_as_they_are_drawn(
    rows: list[tuple[int, bool, int]],
) -> None:
    scores, targets, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    (weighted,) = metrics.average_precision(scores, targets, weights[None])
    repeated = [row[:2] for row in rows for _ in range(row[2])]
    precisions = [
        np.mean([wanted for other, wanted in repeated if other >= score])
        for score, positive in repeated
        if positive
    ]
    assert weighted == pytest.approx(np.mean(precisions) if precisions else np.nan, nan_ok=True)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_labels_of_many_photos_are_those_of_each(
    rows: list[tuple[float, float]], ends: tuple[float, float]
) -> None:
    thresholds = Thresholds(max(ends), min(ends))
    labels = metrics.labels_at(np.array(rows), thresholds)
    assert labels.tolist() == [decide(*row, thresholds).value for row in rows]


def test_the_summary_counts_every_photo_once() -> None:
    p = np.array([[0.95, 0.02], [0.5, 0.02], [0.9, 0.97], [0.01, 0.02], [0.03, 0.99]])
    targets = np.array([CAT, CAT, BOTH, NEITHER, CAT])
    summary = metrics.summarise(p, targets, THRESHOLDS)
    table = summary["labels_by_truth"]
    assert table["cat"] == {"cat": 1, "dog": 1, "both": 0, "neither": 0, "unsure": 1}
    assert table["both"]["both"] == table["neither"]["neither"] == 1
    assert sum(sum(row.values()) for row in table.values()) == summary["photos"] == 5


def test_precision_and_recall_count_what_is_called_and_what_is() -> None:
    p = np.array([[0.9, 0.0], [0.5, 0.0], [0.9, 0.0], [0.9, 0.9], [0.0, 0.0], [0.0, 0.0]])
    summary = metrics.summarise(p, np.array([CAT, CAT, BOTH, BOTH, NEITHER, DOG]), THRESHOLDS)
    assert (summary["precision_cat"], summary["recall_cat"]) == (0.5, 0.5)
    assert (summary["precision_dog"], summary["recall_dog"]) == (None, 0.0)
    assert (summary["precision_both"], summary["recall_both"]) == (1.0, 0.5)
    assert (summary["precision_neither"], summary["recall_neither"]) == (0.5, 1.0)


def test_the_figures_of_sorting() -> None:
    cat, dog, both, neither, grey = [0.9, 0.0], [0.0, 0.9], [0.9, 0.9], [0.0, 0.0], [0.5, 0.0]
    p = np.array([cat, dog, both, grey, cat, neither, grey, both])
    targets = np.array([CAT, CAT, DOG, DOG, NEITHER, NEITHER, NEITHER, BOTH])
    summary = metrics.summarise(p, targets, THRESHOLDS)
    assert summary["coverage"] == 2 / 4  # the first two; `both` is neither folder
    assert summary["wrong_among_sorted"] == 3 / 5
    assert summary["false_pet_rate"] == 1 / 3


def test_the_brier_score_is_the_mean_square_of_the_miss() -> None:
    summary = metrics.summarise(
        np.array([[0.8, 0.1], [0.5, 1.0]]), np.array([CAT, DOG]), THRESHOLDS
    )
    assert summary["brier_score"] == pytest.approx((0.04 + 0.01 + 0.25 + 0.0) / 4)


def test_the_log_loss_of_the_choice_renormalises_over_cat_and_dog() -> None:
    p = np.array([[0.6, 0.2], [0.9, 0.3], [0.1, 0.9], [0.9, 0.9]])
    targets = np.array([CAT, DOG, NEITHER, BOTH])
    summary = metrics.summarise(p, targets, THRESHOLDS)
    assert summary["forced_choice_log_loss"] == pytest.approx(-(np.log(0.75) + np.log(0.25)) / 2)


def test_the_log_loss_of_the_choice_is_a_coins_when_neither_animal_is_seen() -> None:
    summary = metrics.summarise(np.zeros((2, 2)), np.array([CAT, DOG]), THRESHOLDS)
    assert summary["forced_choice_log_loss"] == pytest.approx(np.log(2))


def test_any_animal_is_ranked_against_neither_by_the_larger_probability() -> None:
    p = np.array([[0.9, 0.0], [0.0, 0.8], [0.5, 0.5], [0.7, 0.0], [0.1, 0.1]])
    summary = metrics.summarise(p, np.array([CAT, DOG, BOTH, NEITHER, NEITHER]), THRESHOLDS)
    assert summary["auroc_pet"] == pytest.approx(5 / 6)


@pytest.mark.filterwarnings("error")
@settings(deadline=None)  # a busy machine is not a fault
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from([CAT, DOG, BOTH, NEITHER])),
        min_size=1,
        max_size=12,
    )
)
def test_figures_are_none_or_valid_json_numbers_even_if_labels_are_missing(
    rows: list[tuple[float, float, list[int]]],
) -> None:
    p = np.array([row[:2] for row in rows])
    summary = metrics.summarise(p, np.array([row[2] for row in rows]), THRESHOLDS)
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary
    shares = [v for k, v in summary.items() if k.startswith(("precision", "recall", "auroc"))]
    assert all(share is None or 0 <= share <= 1 for share in shares)
    assert summary["log_loss"] == pytest.approx(
        metrics.log_loss(p, np.array([row[2] for row in rows]))
    )


def test_cats_and_dogs_alone_leave_the_figures_of_the_others_unknown() -> None:
    p = np.array([[0.9, 0.1], [0.2, 0.8]])
    summary = metrics.summarise(p, np.array([CAT, DOG]), Thresholds(0.5, 0.5))
    unknown = {name for name, value in summary.items() if value is None}
    assert unknown == {
        "false_pet_rate", "auroc_pet", "precision_both", "recall_both",
        "precision_neither", "recall_neither",
    }  # fmt: skip
    assert list(summary["labels_by_truth"]) == ["cat", "dog"]


def test_figures_that_cannot_be_known_are_none() -> None:
    summary = metrics.summarise(np.array([[0.1, 0.1]]), np.array([NEITHER]), THRESHOLDS)
    assert summary["forced_choice_accuracy"] is None
    assert summary["auroc_cat"] is None


def test_the_calibration_turns_the_uncertainty_band_into_the_confidence() -> None:
    calibration = Calibration((2.0, -0.5), (1.0, 0.3))
    bands = metrics.uncertainty_band(calibration, 0.9)
    ends = calibration.apply(np.array(bands).T)
    assert ends[:, 0] == pytest.approx([0.1, 0.9])
    assert ends[:, 1] == pytest.approx([0.9, 0.1])  # this output falls as its logit rises
    assert all(low < high for low, high in bands)


@pytest.mark.parametrize("scale", [0.0, 1e-9, -1e-7])
def test_a_network_that_has_learned_nothing_is_unsure_of_everything_and_can_be_used(
    scale: float, colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    bands = metrics.uncertainty_band(Calibration((scale, scale), (0.0, 5.0)), 0.9)
    assert bands[0][0] < -1e4 and bands[0][1] > 1e4
    folder = shutil.copytree(colour_bundle.folder, tmp_path / "colours")
    description = json.loads((folder / "bundle.json").read_text())
    description["test_time_augmentation"] |= {"mirror": True, "uncertainty_band": bands}
    (folder / "bundle.json").write_text(json.dumps(description))
    assert load_bundle(folder).test_time_augmentation.uncertainty_band == bands
