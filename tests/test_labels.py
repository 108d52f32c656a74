"""The label for two probabilities."""

import math
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_sorter.labels import Label, Thresholds, decide, is_folder_name

USUAL = Thresholds(present=0.9, absent=0.1)
CONFIDENCE = st.floats(0, 1)
THRESHOLDS = st.tuples(CONFIDENCE, CONFIDENCE).map(
    lambda pair: Thresholds(present=max(pair), absent=min(pair))
)
HAS_CAT = {Label.CAT, Label.BOTH}
HAS_NO_CAT = {Label.DOG, Label.NEITHER}


@pytest.mark.parametrize(
    ("p_cat", "p_dog", "label"),
    [
        (0.99, 0.01, Label.CAT),
        (0.01, 0.99, Label.DOG),
        (0.99, 0.99, Label.BOTH),
        (0.01, 0.01, Label.NEITHER),
        (0.50, 0.01, Label.UNSURE),
        (0.01, 0.50, Label.UNSURE),
        (0.99, 0.50, Label.UNSURE),
        (0.50, 0.99, Label.UNSURE),
        (0.50, 0.50, Label.UNSURE),
    ],
)
def test_every_combination_has_its_label(p_cat: float, p_dog: float, label: Label) -> None:
    assert decide(p_cat, p_dog, USUAL) is label


def test_a_threshold_itself_counts_as_reached() -> None:
    assert decide(0.9, 0.1, USUAL) is Label.CAT
    assert decide(math.nextafter(0.9, 0), 0.1, USUAL) is Label.UNSURE
    assert decide(0.9, math.nextafter(0.1, 1), USUAL) is Label.UNSURE


def test_without_a_grey_zone_nothing_is_unsure_and_a_tie_means_present() -> None:
    even = Thresholds(present=0.5, absent=0.5)
    assert decide(0.5, 0.5, even) is Label.BOTH
    assert decide(math.nextafter(0.5, 0), 0.5, even) is Label.DOG


def test_a_probability_that_is_not_a_number_is_unsure() -> None:
    assert decide(math.nan, 0.0, USUAL) is Label.UNSURE
    assert decide(1.0, math.nan, USUAL) is Label.UNSURE


@given(CONFIDENCE, CONFIDENCE, THRESHOLDS)
def test_cats_and_dogs_are_treated_alike(p: float, q: float, thresholds: Thresholds) -> None:
    mirrored = {Label.CAT: Label.DOG, Label.DOG: Label.CAT}
    label = decide(p, q, thresholds)
    assert decide(q, p, thresholds) is mirrored.get(label, label)


@given(CONFIDENCE, CONFIDENCE, CONFIDENCE, THRESHOLDS)
def test_more_cat_never_makes_less_cat(
    p: float, q: float, p_dog: float, thresholds: Thresholds
) -> None:
    less, more = (decide(p_cat, p_dog, thresholds) for p_cat in sorted((p, q)))
    if less in HAS_CAT:
        assert more is less
    if more in HAS_NO_CAT:
        assert less is more


@given(CONFIDENCE, CONFIDENCE, st.floats(0.5, 1), st.floats(0.5, 1))
def test_a_stricter_threshold_only_adds_doubt(
    p_cat: float, p_dog: float, threshold: float, other: float
) -> None:
    mild, strict = (Thresholds.symmetric(value) for value in sorted((threshold, other)))
    label = decide(p_cat, p_dog, strict)
    assert label in (Label.UNSURE, decide(p_cat, p_dog, mild))


@pytest.mark.parametrize(
    ("present", "absent"), [(0.4, 0.6), (1.1, 0.1), (0.9, -0.1), (math.nan, 0.1), (0.9, math.nan)]
)
def test_impossible_thresholds_are_refused(present: float, absent: float) -> None:
    with pytest.raises(ValueError, match="0 <= absent <= present <= 1"):
        Thresholds(present=present, absent=absent)


def test_a_symmetric_threshold_is_at_least_a_half() -> None:
    assert Thresholds.symmetric(0.8).absent == pytest.approx(0.2)
    with pytest.raises(ValueError, match="absent"):
        Thresholds.symmetric(0.4)


def test_a_label_is_its_text() -> None:
    assert [str(label) for label in Label] == ["cat", "dog", "both", "neither", "unsure"]


@pytest.mark.parametrize("flavour", [PurePosixPath, PureWindowsPath])
def test_a_folder_name_leads_nowhere_else(flavour: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catdog_sorter.labels.PurePath", flavour)
    assert all(map(is_folder_name, ("cat", "My Cats", "look at/these", ".cats")))
    assert not any(map(is_folder_name, ("", ".", "/cat", "../cat", "cat/../..")))
    if flavour is PureWindowsPath:
        assert not any(map(is_folder_name, ("C:cat", "C:\\cat", "\\cat", "\\\\host\\share\\cat")))
