import numpy as np
import pytest

from catdog_sorter.labels import Thresholds
from catdog_sorter.training.measure.curves import wilson_interval
from catdog_sorter.training.measure.intervals import confidence_intervals
from catdog_sorter.training.measure.metrics import summarise

CAT, DOG, BOTH, NEITHER = [1, 0], [0, 1], [1, 1], [0, 0]
THRESHOLDS = Thresholds(present=0.6, absent=0.4)


def photos(count: int, noise: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and targets (N, 2) of a model that is often right."""
    rng = np.random.default_rng(3)
    targets = np.array([CAT, DOG, BOTH, NEITHER])[rng.integers(4, size=count)]
    logits = 4.0 * targets - 2.0 + rng.normal(scale=noise, size=targets.shape)
    return 1 / (1 + np.exp(-logits)), targets


def test_every_figure_has_an_interval_around_it() -> None:
    p, targets = photos(300)
    figures = summarise(p, targets, THRESHOLDS)
    scalars = {k: v for k, v in figures.items() if k not in ("photos", "labels_by_truth")}
    intervals = confidence_intervals(p, targets, THRESHOLDS)
    assert set(intervals) == set(scalars)
    for name, (low, high) in intervals.items():
        assert 0 <= low < scalars[name] < high, name


def test_the_interval_of_a_mean_is_that_of_its_standard_error() -> None:
    p, targets = photos(1000)
    low, high = confidence_intervals(p, targets, THRESHOLDS)["brier_score"]
    squares = np.square(p - targets).mean(axis=1)
    reach = 1.96 * squares.std() / np.sqrt(len(squares))
    assert low == pytest.approx(squares.mean() - reach, abs=0.1 * reach)
    assert high == pytest.approx(squares.mean() + reach, abs=0.1 * reach)


def test_more_photos_give_narrower_intervals() -> None:
    few, many = (confidence_intervals(*photos(n), THRESHOLDS)["auroc_cat"] for n in (100, 1600))
    assert (many[1] - many[0]) < 0.5 * (few[1] - few[0])


def test_the_same_seed_gives_the_same_intervals_and_another_seed_others() -> None:
    p, targets = photos(100)
    first, again, other = (
        confidence_intervals(p, targets, THRESHOLDS, resamples=200, seed=s) for s in (1, 1, 2)
    )
    assert first == again
    assert first["log_loss"] != other["log_loss"]


def test_the_size_of_the_blocks_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    p, targets = photos(50)
    whole = confidence_intervals(p, targets, THRESHOLDS, resamples=30)
    monkeypatch.setattr("catdog_sorter.training.measure.intervals._COUNTS_AT_ONCE", 350)
    blockwise = confidence_intervals(p, targets, THRESHOLDS, resamples=30)
    assert np.array(list(blockwise.values())) == pytest.approx(np.array(list(whole.values())))


def test_an_interval_of_only_right_photos_has_a_width() -> None:
    p = np.array([[0.9, 0.1]] * 10 + [[0.1, 0.9]] * 30 + [[0.1, 0.1]] * 5)
    targets = np.array([CAT] * 10 + [DOG] * 30 + [NEITHER] * 5)
    intervals = confidence_intervals(p, targets, THRESHOLDS)
    assert intervals["forced_choice_accuracy"] == wilson_interval(40, 40)
    assert intervals["recall_cat"] == intervals["auroc_cat"] == wilson_interval(10, 10)
    assert intervals["false_pet_rate"] == wilson_interval(0, 5)
    assert intervals["auroc_pet"] == wilson_interval(5, 5)


@pytest.mark.filterwarnings("error")
def test_unknown_figures_have_no_interval_and_rare_photos_still_have_one() -> None:
    p = np.array([[0.9, 0.1]] * 6 + [[0.1, 0.9]] * 6 + [[0.9, 0.5]])
    targets = np.array([CAT] * 6 + [DOG] * 6 + [BOTH])
    intervals = confidence_intervals(p, targets, THRESHOLDS, resamples=200)
    assert not {"false_pet_rate", "auroc_pet", "precision_both", "recall_neither"} & set(intervals)
    assert intervals["recall_both"] == wilson_interval(0, 1)
    assert np.isfinite(list(intervals.values())).all()
