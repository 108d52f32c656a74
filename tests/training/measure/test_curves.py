import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.labels import Label, Thresholds, decide
from catdog_sorter.training.measure import curves

CAT, DOG, BOTH, NEITHER = [1, 0], [0, 1], [1, 1], [0, 0]


def test_a_bin_compares_probabilities_with_targets() -> None:
    probabilities = np.array([0.01, 0.03, 0.95, 0.97, 0.99, 1.0])
    low, high = curves.reliability(probabilities, np.array([0, 1, 1, 1, 1, 0]))
    assert (low.photos, low.share) == (2, 0.5)
    assert low.probability == pytest.approx(0.02)
    assert (high.photos, high.share) == (4, 0.75)
    assert high.probability == pytest.approx(0.9775)


def test_bins_without_photos_are_left_out_and_their_edges_go_up() -> None:
    edge = 3 / curves.BINS
    bins = curves.reliability(np.array([edge, edge - 1e-9]), np.array([1.0, 0.0]))
    assert [(b.photos, b.share) for b in bins] == [(1, 0.0), (1, 1.0)]


@settings(deadline=None)  # a busy machine is not a fault
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_photo_is_in_one_bin(rows: list[tuple[float, bool]]) -> None:
    probabilities, targets = np.array(rows, dtype=float).T
    bins = curves.reliability(probabilities, targets)
    assert sum(b.photos for b in bins) == len(rows)
    assert sum(b.share * b.photos for b in bins) == pytest.approx(targets.sum())
    assert all(0 <= b.low <= b.share <= b.high <= 1 for b in bins)


def test_the_interval_agrees_with_published_values() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3
    assert curves.wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert curves.wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert curves.wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert curves.wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_the_less_sure_animal_decides_how_sure_a_photo_is() -> None:
    probabilities = np.array([[0.99, 0.2], [0.99, 0.9], [0.5, 0.0], [0.0, 1.0]])
    np.testing.assert_allclose(curves.confidence(probabilities), [0.8, 0.9, 0.5, 1.0])


def test_a_stricter_cut_covers_less_and_is_more_often_right() -> None:
    probabilities = np.array([[0.99, 0.0], [0.1, 0.9], [0.8, 0.1], [0.7, 0.1]])
    found = curves.precision_against_coverage(probabilities, np.array([CAT, DOG, CAT, DOG]))
    np.testing.assert_allclose(found.cuts, [0.99, 0.9, 0.8, 0.7])
    np.testing.assert_allclose(found.covered, [0.25, 0.5, 0.75, 1.0])
    np.testing.assert_allclose(found.precision, [1, 1, 1, 0.75])


def test_photos_of_both_or_neither_do_not_belong_into_cat_or_dog() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.1]])
    targets = np.array([CAT, NEITHER, BOTH, BOTH, NEITHER])
    found = curves.precision_against_coverage(probabilities, targets)
    np.testing.assert_allclose(found.covered, [0.6])
    np.testing.assert_allclose(found.precision, [1 / 3])


def test_where_nothing_is_sorted_there_are_no_cuts() -> None:
    found = curves.precision_against_coverage(np.array([[0.1, 0.2]]), np.array([NEITHER]))
    assert found.cuts.size == found.covered.size == found.precision.size == 0


@settings(deadline=None)  # a busy machine is not a fault
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20),
    st.floats(0.501, 1),
)
def test_the_curve_counts_what_the_threshold_sorts(
    rows: list[tuple[float, float]], threshold: float
) -> None:
    thresholds = Thresholds.symmetric(threshold)
    # Rounding of 1 - p may put a photo that lies exactly on the threshold on either side of it.
    rows = [row for row in rows if all(abs(abs(p - 0.5) - (threshold - 0.5)) > 1e-9 for p in row)]
    sorted_photos = [
        label for cat, dog in rows if (label := decide(cat, dog, thresholds)) in (Label.CAT, "dog")
    ]
    if not rows:
        return
    found = curves.precision_against_coverage(np.array(rows), np.tile(CAT, (len(rows), 1)))
    at = found.cuts >= threshold
    covered = found.covered[at][-1] if at.any() else 0.0
    precision = found.precision[at][-1] if at.any() else 0.0
    assert round(covered * len(rows)) == len(sorted_photos)
    assert round(precision * covered * len(rows)) == sorted_photos.count(Label.CAT)
