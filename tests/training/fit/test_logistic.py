import numpy as np
import pytest

from catdog_sorter.model.calibration import sigmoid
from catdog_sorter.training.fit.logistic import fit_logistic


def slope(
    features: np.ndarray, targets: np.ndarray, decay: float, weights: np.ndarray, bias: float
) -> np.ndarray:
    """The objective's gradient (D + 1,), computed directly."""
    error = sigmoid(features @ weights + bias) - targets
    of_weights = features.T @ error / len(targets) + 2 * decay * weights
    return np.append(of_weights, error.mean() + 2 * decay * bias)


def test_features_that_say_nothing_leave_the_log_odds_of_the_targets() -> None:
    weights, bias = fit_logistic(np.zeros((4, 2)), np.array([1, 1, 1, 0]), decay=0)
    assert weights == pytest.approx([0, 0])
    assert bias == pytest.approx(np.log(3))


def test_two_mirrored_photos_give_the_weight_worked_out_by_hand() -> None:
    features = np.array([[1.0], [-1.0]])
    weights, bias = fit_logistic(features, np.array([0.8, 0.2]), decay=0)
    assert (weights[0], bias) == (pytest.approx(np.log(4)), pytest.approx(0))
    # With targets 1 and 0 the slope is sigmoid(w) - 1 + 2 decay w, which this decay zeroes at 1.
    decay = float(1 - sigmoid(np.array(1.0))) / 2
    weights, bias = fit_logistic(features, np.array([1, 0]), decay)
    assert (weights[0], bias) == (pytest.approx(1), pytest.approx(0))


def test_the_slope_is_zero_at_the_optimum() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(200, 7)) * np.geomspace(0.01, 100, 7)
    targets = rng.uniform(size=200)
    weights, bias = fit_logistic(features.astype(np.float32), targets, decay=1e-3)
    exact = features.astype(np.float32).astype(np.float64)
    assert np.abs(slope(exact, targets, 1e-3, weights, bias)).max() < 1e-9


def test_a_row_that_counts_twice_is_a_row_given_twice() -> None:
    rng = np.random.default_rng(0)
    features, targets = rng.normal(size=(50, 3)), rng.uniform(size=50)
    counts = rng.integers(1, 4, size=50)
    weights, bias = fit_logistic(features, targets, decay=1e-3, weights=counts)
    repeated = [np.repeat(array, counts, axis=0) for array in (features, targets)]
    wanted, wanted_bias = fit_logistic(*repeated, decay=1e-3)
    np.testing.assert_allclose(weights, wanted, rtol=1e-6)
    assert bias == pytest.approx(wanted_bias)


@pytest.mark.parametrize("decay", [1e-8, 1e-4])
def test_fewer_photos_than_features_and_separable_targets_stay_finite(decay: float) -> None:
    rng = np.random.default_rng(1)
    features = rng.normal(size=(20, 50))
    targets = (np.arange(20) % 2).astype(np.float32)
    weights, bias = fit_logistic(features, targets, decay)
    assert weights.shape == (50,)
    assert np.abs(slope(features, targets, decay, weights, bias)).max() < 1e-9
    assert np.array_equal(features @ weights + bias > 0, targets == 1)


def test_targets_all_alike_stay_finite_with_decay() -> None:
    weights, bias = fit_logistic(np.full((5, 1), 3.0), np.ones(5), decay=1e-4)
    assert np.isfinite([weights[0], bias]).all()
    assert sigmoid(3 * weights + bias)[0] > 0.99


def test_a_stronger_decay_gives_smaller_weights() -> None:
    rng = np.random.default_rng(2)
    features = rng.normal(size=(100, 3))
    targets = (features[:, 0] > 0).astype(float)
    lengths = [np.linalg.norm(fit_logistic(features, targets, d)[0]) for d in (1e-4, 1e-2, 1)]
    assert lengths[0] > lengths[1] > lengths[2] > 0
