"""Figures by group, kind, size and library."""

import numpy as np
import pytest

from catdog_sorter.training.data.groups import PhotoDetails
from catdog_sorter.training.measure.breakdown import break_down, library_precision
from catdog_sorter.training.measure.curves import wilson_interval


def test_false_alarms_are_counted_by_group_and_by_kind_the_worst_first() -> None:
    details = [
        *[PhotoDetails("animals", "fox")] * 10,
        *[PhotoDetails("animals", "cow")] * 10,
        *[PhotoDetails("everyday", "rug")] * 20,
        PhotoDetails("everyday"),
        PhotoDetails(),
    ]
    labels = np.array(["dog"] * 6 + ["neither"] * 4 + ["cat"] + ["unsure"] * 9 + ["neither"] * 21
                      + ["cat"])  # fmt: skip
    truth = np.array(["neither"] * 41 + ["cat"])
    found = break_down(labels, truth, details, 0.07)
    assert [(s.name, s.hits, s.photos) for s in found.false_alarms_by_group] == [
        ("animals", 7, 20),
        ("everyday", 0, 21),
    ]
    assert [s.name for s in found.false_alarms_by_kind] == ["fox", "cow", "rug"]
    fox = found.false_alarms_by_kind[0]
    assert (fox.low, fox.high) == wilson_interval(6, 10)
    assert fox.share == 0.6


def test_recall_is_given_by_the_share_of_the_picture_the_animal_fills() -> None:
    details = [PhotoDetails(animal_share=share) for share in (0.01, 0.02, 0.08, 0.6, 1.0)]
    details += [PhotoDetails()] * 2
    labels = np.array(["neither", "cat", "cat", "dog", "dog", "cat", "neither"])
    truth = np.array(["cat", "cat", "dog", "dog", "dog", "cat", "neither"])
    found = break_down(labels, truth, details, 0.07)
    assert [(s.name, s.hits, s.photos) for s in found.recall_by_size] == [
        ("0% to 2%", 1, 2),
        ("5% to 10%", 0, 1),
        ("50% to 100%", 2, 2),
    ]


@pytest.mark.parametrize("prevalence", [0.05, 0.5, 0.9])
def test_precision_follows_from_the_prevalence(prevalence: float) -> None:
    """80 % of pets are sorted, all correctly, and 10 % of neither: Bayes' rule."""
    labels = np.array(["cat"] * 80 + ["unsure"] * 20 + ["dog"] * 30 + ["neither"] * 270)
    truth = np.array(["cat"] * 100 + ["neither"] * 300)
    found = library_precision(labels, truth, [""] * 400, prevalence)
    assert found is not None
    expected = 0.8 * prevalence / (0.8 * prevalence + 0.1 * (1 - prevalence))
    assert found.precision == pytest.approx(expected)
    assert 0 <= found.low < expected < found.high < 1
    assert found.prevalence == prevalence


def test_an_interval_without_mistakes_has_a_width() -> None:
    labels = np.array(["cat"] * 100 + ["neither"] * 100)
    found = library_precision(labels, labels, [""] * 200, 0.07)
    assert found is not None
    assert found.precision == found.high == 1
    assert 0 < found.low < 0.9


@pytest.mark.parametrize("labels", [["cat", "dog"], ["neither", "neither"]])
def test_without_both_kinds_of_photos_there_is_no_figure_for_a_library(labels: list[str]) -> None:
    assert library_precision(np.array(labels), np.array(labels), ["", ""], 0.07) is None
