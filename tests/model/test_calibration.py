"""From logits to calibrated probabilities."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from catdog_sorter.labels import Thresholds
from catdog_sorter.model.calibration import (
    Calibration,
    animal_probabilities,
    sigmoid,
    undecided_logits,
)

PLAIN = Calibration((1.0, 1.0), (0.0, 0.0))
LOGITS = arrays(
    np.float32, st.tuples(st.integers(0, 5), st.just(2)), elements=st.floats(-99, 99, width=32)
)


def test_sigmoid_at_known_points() -> None:
    known = sigmoid(np.array([0.0, math.log(3), -math.log(3)]))
    assert known == pytest.approx([0.5, 0.75, 0.25])
    assert known.dtype == np.float64


def test_sigmoid_of_extreme_logits_neither_overflows_nor_leaves_0_to_1() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ends = sigmoid(np.array([-1e30, -1000, 1000, 1e30, -math.inf, math.inf]))
    assert ends.tolist() == [0, 0, 1, 1, 0, 1]


@given(st.floats(-700, 700), st.floats(-700, 700))
def test_sigmoid_rises_and_mirrors(a: float, b: float) -> None:
    low, high = sigmoid(np.array(sorted((a, b))))
    assert 0 <= low <= high <= 1
    assert sigmoid(np.array([-a]))[0] == pytest.approx(1 - sigmoid(np.array([a]))[0])


def test_each_output_has_its_own_scale_and_bias() -> None:
    calibration = Calibration(scale=(2.0, 0.5), bias=(0.0, math.log(3)))
    logits = np.array([[math.log(3) / 2, 0.0]])
    assert calibration.apply(logits)[0] == pytest.approx([0.75, 0.75])


def test_columns_are_cat_and_dog_in_any_order_of_the_network() -> None:
    logits = np.array([[5.0, -5.0], [-5.0, 5.0]])
    as_is = animal_probabilities(logits, ["cat", "dog"], PLAIN)
    turned = animal_probabilities(logits[:, ::-1], ["dog", "cat"], PLAIN)
    assert as_is[0, 0] > 0.99 and as_is[0, 1] < 0.01
    assert np.array_equal(as_is, turned)


def test_the_calibration_goes_with_its_column() -> None:
    calibration = Calibration(scale=(1.0, 1.0), bias=(math.log(3), 0.0))
    row = animal_probabilities(np.zeros((1, 2)), ["dog", "cat"], calibration)[0]
    assert row == pytest.approx([0.5, 0.75])


def test_a_third_output_changes_nothing() -> None:
    calibration = Calibration((1.0,) * 3, (0.0,) * 3)
    row = animal_probabilities(np.array([[0.0, 9.0, -9.0]]), ["cat", "bird", "dog"], calibration)[0]
    assert row == pytest.approx([0.5, 0.0], abs=1e-3)


def test_one_output_gives_two_probabilities_that_add_up_to_1() -> None:
    rows = animal_probabilities(
        np.array([[math.log(3)], [-40.0]], dtype=np.float32), ["dog"], Calibration((1.0,), (0.0,))
    )
    assert rows[0] == pytest.approx([0.25, 0.75])
    assert rows.sum(axis=1) == pytest.approx([1.0, 1.0])


@given(LOGITS)
def test_one_row_for_each_photo_each_from_0_to_1(logits: np.ndarray) -> None:
    rows = animal_probabilities(logits, ["cat", "dog"], PLAIN)
    assert rows.shape == (len(logits), 2)
    assert ((rows >= 0) & (rows <= 1)).all()


@given(LOGITS)
def test_a_row_does_not_depend_on_the_other_rows(logits: np.ndarray) -> None:
    together = animal_probabilities(logits, ["cat", "dog"], PLAIN)
    for number in range(len(logits)):
        alone = animal_probabilities(logits[number : number + 1], ["cat", "dog"], PLAIN)
        assert np.array_equal(alone[0], together[number])


def test_undecided_logits_reach_from_the_lowest_to_the_highest_threshold() -> None:
    calibration = Calibration((2.0, -1.0), (1.0, 0.0))
    pairs = Thresholds(0.75, 0.5), Thresholds.symmetric(0.9)
    low, high = math.log(0.1 / 0.9), math.log(0.9 / 0.1)
    found = undecided_logits(("cat", "dog"), calibration, pairs)
    expected = np.array([((low - 1) / 2, (high - 1) / 2), (low, high)])
    assert found == pytest.approx(expected)
    assert calibration.apply(found.T)[:, 0] == pytest.approx([0.1, 0.9])


def test_where_a_cat_is_what_no_dog_is_both_decide() -> None:
    found = undecided_logits(("dog",), Calibration((1.0,), (0.0,)), [Thresholds(0.9, 0.4)])
    assert sigmoid(found) == pytest.approx(np.array([[0.1, 0.9]]))


def test_thresholds_that_no_probability_reaches_are_infinitely_far() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = undecided_logits(("cat", "dog"), PLAIN, [Thresholds.symmetric(1.0)])
    assert found.tolist() == [[-math.inf, math.inf]] * 2
