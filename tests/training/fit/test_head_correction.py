import numpy as np
import pytest

from catdog_sorter.model.calibration import sigmoid
from catdog_sorter.training.fit.head_correction import (
    as_raw,
    first_within_one_error,
    fit_correction,
    photo_losses,
)
from catdog_sorter.training.fit.rehearsal import Rehearsal

PHOTOS, WIDTH = 120, 30


def photos(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Features, and targets that depend on the first two; a third of the photos shows neither."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(PHOTOS, WIDTH))
    kinds = np.arange(PHOTOS) % 3
    features[:, 0] += 3 * (kinds == 0)
    features[:, 1] += 3 * (kinds == 1)
    return features, np.eye(3)[kinds][:, :2]


def own_groups() -> np.ndarray:
    return np.arange(PHOTOS)


def test_a_network_that_knows_is_left_as_it_is() -> None:
    features, targets = photos()
    correction = fit_correction(features, 20 * targets - 10, targets, own_groups(), seed=1)
    assert correction.penalty is None
    assert not correction.kernel.any() and not correction.bias.any()
    np.testing.assert_array_equal(correction.held_out, 20 * targets - 10)


def test_labels_that_the_features_cannot_explain_change_nothing() -> None:
    features, targets = photos()
    shuffled = np.random.default_rng(5).permutation(targets)
    says = np.log([1 / 2, 1 / 2]) * np.ones((PHOTOS, 1))  # a third of each: nothing to gain
    assert fit_correction(features[:, 2:], says, shuffled, own_groups(), seed=1).penalty is None


def test_a_network_that_knows_nothing_is_corrected() -> None:
    features, targets = photos()
    nothing = np.zeros_like(targets)
    correction = fit_correction(features, nothing, targets, own_groups(), seed=1)
    assert correction.penalty is not None
    others, wanted = photos(seed=9)
    after = sigmoid(others @ correction.kernel + correction.bias)
    assert photo_losses(after, wanted).mean() < 0.5 * photo_losses(sigmoid(nothing), wanted).mean()
    held_out = photo_losses(sigmoid(correction.held_out), targets).mean()
    assert held_out == pytest.approx(photo_losses(after, wanted).mean(), rel=0.5)


def test_what_the_network_said_of_rehearsed_photos_stays() -> None:
    """The features of new photos differ, and their labels contradict the old predictions."""
    features, targets = photos()
    others, others_said = photos(seed=9)
    rehearsal = Rehearsal(others.astype(np.float32), (8 * others_said - 4).astype(np.float32))
    features[:, 2] += 6
    said = 4 - 8 * targets

    def changes(known: Rehearsal | None) -> tuple[float, float]:
        """Mean losses: of new photos by their labels, of old ones by the earlier predictions."""
        found = fit_correction(features, said, targets, own_groups(), seed=1, rehearsal=known)
        old = rehearsal.logits + others @ found.kernel + found.bias
        new = sigmoid(said + features @ found.kernel + found.bias)
        return photo_losses(new, targets).mean(), photo_losses(sigmoid(old), others_said).mean()

    learned, kept = changes(rehearsal)
    assert kept < 0.5 * changes(None)[1]
    assert learned < 0.5 * photo_losses(sigmoid(said), targets).mean()


def test_copies_of_a_photo_are_held_out_together() -> None:
    """Each photo twice, with random labels: a fit that has seen the copy knows the label."""
    rng = np.random.default_rng(3)
    features = np.repeat(rng.normal(size=(PHOTOS // 2, 200)), 2, axis=0)
    targets = np.repeat(rng.integers(0, 2, (PHOTOS // 2, 2)), 2, axis=0).astype(float)
    nothing = np.zeros_like(targets)
    together = np.repeat(np.arange(PHOTOS // 2), 2)
    assert fit_correction(features, nothing, targets, together, seed=1).penalty is None
    assert fit_correction(features, nothing, targets, own_groups(), seed=1).penalty is not None


def test_without_photos_of_neither_the_network_does_not_learn_to_see_animals_everywhere() -> None:
    features, targets = photos()
    pets = targets.any(axis=1)
    shy = np.full_like(targets[pets], -3.0)
    correction = fit_correction(features[pets], shy, targets[pets], own_groups()[pets], seed=1)
    mean = features[pets].mean(axis=0)
    np.testing.assert_allclose(mean @ correction.kernel + correction.bias, 0, atol=1e-9)


def test_a_correction_of_calibrated_logits_fits_those_before_calibration() -> None:
    features, targets = photos()
    correction = fit_correction(features, 0 * targets, targets, own_groups(), seed=1)
    raw = as_raw(correction, (2.0, 0.5))
    np.testing.assert_allclose(raw["kernel"] * [2.0, 0.5], correction.kernel, rtol=1e-5)
    np.testing.assert_allclose(raw["bias"] * [2.0, 0.5], correction.bias, rtol=1e-5)


def test_the_first_choice_that_is_hardly_worse_is_taken() -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(size=100)
    best = np.ones(100)
    assert first_within_one_error([best + 0.5, best + noise - noise.mean() + 0.01, best]) == 1
    assert first_within_one_error([best + 0.5, best]) == 1
    assert first_within_one_error([best]) == 0
