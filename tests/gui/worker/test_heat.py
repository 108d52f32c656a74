"""The overlay of a photo: coloured where there is an animal, dark elsewhere."""

import numpy as np

from catdog_sorter.design import CHIPS_ON_DARK
from catdog_sorter.gui.worker.heat import SIDE, overlay

EDGE = SIDE // 8


def colour(pixel: np.ndarray) -> str:
    return "#{:02x}{:02x}{:02x}".format(*pixel[:3])


def laid_over(cat: list[float], dog: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """The overlay's pixels at the left and the right edge of a photo of two halves."""
    picture = overlay(np.array([[cat, cat], [dog, dog]], np.float64))
    return picture[SIDE // 2, EDGE], picture[SIDE // 2, -EDGE]


def test_each_animal_has_the_colour_of_its_label() -> None:
    left, right = laid_over(cat=[1.0, 0.0], dog=[0.0, 1.0])
    assert (colour(left), colour(right)) == (CHIPS_ON_DARK["cat"], CHIPS_ON_DARK["dog"])


def test_the_surer_the_more_colour_and_without_an_animal_it_is_dark() -> None:
    sure, unsure = laid_over(cat=[1.0, 0.5], dog=[0.0, 0.0])
    assert sure[:3].sum() > unsure[:3].sum() > 0
    nothing, _ = laid_over(cat=[0.0, 0.0], dog=[0.0, 0.0])
    assert colour(nothing) == "#000000"
    assert 0 < nothing[3] < 255, "the photo is still seen"
