"""When a photo is looked at again, and what both looks say together."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.backends import photo_logits
from catdog_sorter.looks import doubt, together
from catdog_sorter.preprocess import Preprocessing

UNSURE = ((-2.0, 1.0), (-3.0, 3.0))
ALWAYS = Preprocessing(4, mirror=True)
WHERE_UNSURE = Preprocessing(4, mirror=True, unsure=UNSURE)
LOGIT = st.floats(-5, 5, width=32)


class Halves:
    """Says the red and green of the left half, and remembers how many photos it was shown."""

    name = "halves"
    batch_size = 4

    def __init__(self) -> None:
        self.shown: list[int] = []

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        self.shown.append(len(batch))
        return batch[..., :2].mean(axis=(2, 3))[:, :2]


def photo(left: tuple[float, float], right: tuple[float, float]) -> npt.NDArray[np.float32]:
    """A picture to which `Halves` says `left`, and to its mirror image `right`; (3, 4, 4)."""
    picture = np.zeros((3, 4, 4), np.float32)
    picture[:2, :, :2] = np.array(left)[:, None, None]
    picture[:2, :, 2:] = np.array(right)[:, None, None]
    return picture


SURE_OF_BOTH = photo((4, -4), (-4, 4))
UNSURE_OF_ONE = photo((4, 0.5), (2, -1.5))


def test_only_unsure_photos_are_looked_at_again() -> None:
    backend = Halves()
    logits = photo_logits(backend, np.stack([SURE_OF_BOTH, UNSURE_OF_ONE]), WHERE_UNSURE)
    assert backend.shown == [2, 1]
    assert logits.tolist() == [[4, -4], [3, -0.5]]


def test_without_a_range_every_photo_is_looked_at_twice() -> None:
    backend = Halves()
    logits = photo_logits(backend, np.stack([SURE_OF_BOTH, UNSURE_OF_ONE]), ALWAYS)
    assert backend.shown == [2, 2]
    assert logits.tolist() == [[0, 0], [3, -0.5]]


def test_where_all_is_sure_the_network_is_asked_once() -> None:
    backend = Halves()
    assert photo_logits(backend, SURE_OF_BOTH[None], WHERE_UNSURE).tolist() == [[4, -4]]
    assert backend.shown == [1]


@settings(deadline=None)
@given(st.lists(st.tuples(LOGIT, LOGIT, LOGIT, LOGIT), min_size=1, max_size=6))
def test_the_other_photos_of_a_batch_change_nothing(
    rows: list[tuple[float, float, float, float]],
) -> None:
    batch = np.stack([photo(row[:2], row[2:]) for row in rows])
    whole = photo_logits(Halves(), batch, WHERE_UNSURE)
    alone = [photo_logits(Halves(), picture[None], WHERE_UNSURE)[0] for picture in batch]
    assert np.array_equal(whole, alone)


@pytest.mark.parametrize(
    ("logits", "weight"),
    [
        ((-2, 3), 0),
        ((9, -9), 0),
        ((-1.8125, 9), 0.5),
        ((9, 2.625), 0.5),
        ((-0.5, 9), 1),
        ((9, 0), 1),
    ],
)
def test_the_least_sure_output_decides_and_the_ends_fade(
    logits: tuple[float, float], weight: float
) -> None:
    assert doubt(np.array([logits], np.float32), UNSURE).tolist() == [[weight]]


@settings(deadline=None)
@given(LOGIT, LOGIT, LOGIT, LOGIT, st.floats(-1e-4, 1e-4))
def test_what_engines_round_differently_ends_nearly_alike(
    a: float, b: float, c: float, d: float, off: float
) -> None:
    def answer(first: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return together(first, np.array([[c, d]], np.float32), doubt(first, UNSURE))

    first = np.array([[a, b]], np.float32)
    # Looks differ by at most 10, of which half counts, and weights by at most 1e-4 / 0.375.
    assert answer(first + np.float32(off)) == pytest.approx(answer(first), abs=1.5e-3)
