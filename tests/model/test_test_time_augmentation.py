"""When views are added, and how the logits of all are blended."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.preprocessing import Preprocessing
from catdog_sorter.model.test_time_augmentation import (
    blend,
    blend_crops,
    crops,
    rotation_weighted_mean,
    second_look_weight,
)

BAND = ((-2.0, 1.0), (-3.0, 3.0))
# A pixel of 0 is -5, one of 80 is 0, one of 160 is 5.
INPUT = Preprocessing(4, scale=16.0, offset=5.0)
ALWAYS = tta.TestTimeAugmentation(mirror=True)
WHERE_UNCERTAIN = tta.TestTimeAugmentation(mirror=True, uncertainty_band=BAND)
WITH_CROPS = replace(WHERE_UNCERTAIN, crop_fraction=0.5, crop_weight=0.25)
ROTATED = replace(WHERE_UNCERTAIN, rotation_sharpness=2.0, rotation_penalty=1.0)
LOGIT = st.floats(-5, 5, width=32)
SIXTEENTHS = st.integers(-80, 80).map(lambda number: number / 16)


class Halves:
    """Returns the red and green of the left half as logits, and counts its photos."""

    name = "halves"
    batch_size = 4

    def __init__(self) -> None:
        self.shown: list[int] = []

    def quick_logits(self, batch: object) -> None:
        return None

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        self.shown.append(len(batch))
        return batch[..., :2].mean(axis=(2, 3))[:, :2]


def photo_logits(
    backend: Backend,
    images: Sequence[Pixels],
    augmentation: tta.TestTimeAugmentation,
    load_high_res: Callable[[int], Pixels] | None = None,
    undecided: Sequence[tuple[float, float]] | None = None,
) -> npt.NDArray[np.float32]:
    between = None if undecided is None else np.array(undecided)
    return tta.photo_logits(backend, images, INPUT, augmentation, load_high_res, between)


def photo(left: tuple[float, float], right: tuple[float, float]) -> Pixels:
    """A picture with the logits `left`, and `right` for its mirror image; (4, 4, 3)."""
    picture = np.zeros((4, 4, 3), np.uint8)
    picture[:, :2, :2] = (np.array(left) + 5) * 16
    picture[:, 2:, :2] = (np.array(right) + 5) * 16
    return picture


CONFIDENT = photo((4, -4), (-4, 4))
UNCERTAIN = photo((4, 0.5), (2, -1.5))


def test_only_uncertain_photos_are_classified_again() -> None:
    backend = Halves()
    logits = photo_logits(backend, [CONFIDENT, UNCERTAIN], WHERE_UNCERTAIN)
    assert backend.shown == [2, 1]
    assert logits.tolist() == [[4, -4], [3, -0.5]]


def test_without_a_band_every_photo_is_classified_twice() -> None:
    backend = Halves()
    logits = photo_logits(backend, [CONFIDENT, UNCERTAIN], ALWAYS)
    assert backend.shown == [2, 2]
    assert logits.tolist() == [[0, 0], [3, -0.5]]


def test_where_all_is_confident_the_network_is_asked_once() -> None:
    backend = Halves()
    assert photo_logits(backend, [CONFIDENT], WHERE_UNCERTAIN).tolist() == [[4, -4]]
    assert backend.shown == [1]


class HalvesAndDetector(Halves):
    """`Halves` with a detector, whose logits are the red and green of the whole photo."""

    def __init__(self) -> None:
        super().__init__()
        self.detected: list[tuple[int, ...]] = []

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> Any:
        self.detected.append(batch.shape)
        return batch.mean(axis=(2, 3))[:, :2]


WITH_DETECTOR = replace(WHERE_UNCERTAIN, detector_size=8, detector_weight=0.5)


def test_the_detector_is_asked_about_uncertain_photos_only() -> None:
    backend = HalvesAndDetector()
    logits = photo_logits(backend, [CONFIDENT, UNCERTAIN], WITH_DETECTOR)
    assert backend.detected == [(1, 3, 8, 8)]
    # The detector sees the mean of both halves: (3, -0.5).
    assert logits.tolist() == [[4, -4], [3 + 0.5 * 3, -0.5 + 0.5 * -0.5]]


def test_the_detector_counts_as_little_as_other_views_at_the_end_of_the_band() -> None:
    (_, high), _ = BAND
    almost_certain = photo((high - 3 / 16, -5), (high - 3 / 16, -5))  # half way through the fade
    first = photo_logits(HalvesAndDetector(), [almost_certain], tta.TestTimeAugmentation())
    ((with_it, _),) = photo_logits(HalvesAndDetector(), [almost_certain], WITH_DETECTOR).tolist()
    assert first[0, 0] == high - 3 / 16
    assert with_it == pytest.approx(first[0, 0] + 0.5 * 0.5 * first[0, 0])


def test_the_detector_sees_the_photo_in_as_many_pixels_as_it_takes() -> None:
    backend = HalvesAndDetector()
    larger = np.repeat(np.repeat(photo((-4, -4), (-4, -4)), 2, axis=0), 2, axis=1)
    logits = photo_logits(backend, [UNCERTAIN], WITH_DETECTOR, lambda _: larger)
    assert logits[0].tolist() == [3 + 0.5 * -4, -0.5 + 0.5 * -4]


def test_a_model_whose_detector_is_missing_does_without() -> None:
    class Without(Halves):
        def detector_logits(self, batch: object) -> None:
            return None

    assert photo_logits(Without(), [UNCERTAIN], WITH_DETECTOR).tolist() == [[3, -0.5]]


class RoughHalves(Halves):
    """`Halves` with a quick pass whose logits are too low."""

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> Any:
        return batch[..., :2].mean(axis=(2, 3))[:, :2] - np.float32(0.25)


def test_approximate_logits_count_only_far_from_what_decides_nothing() -> None:
    """Undecided here: 1 to 2 for red, -4 to -3.5 for green."""
    backend = RoughHalves()
    logits = photo_logits(
        backend, [CONFIDENT, UNCERTAIN], WHERE_UNCERTAIN, undecided=[(1, 1.5), (-4, -3.5)]
    )
    assert backend.shown == [1]  # the first photo, whose green is near
    assert logits.tolist() == [[4, -4], [2.75, -0.75]]  # further views are approximate too


def test_all_views_of_a_photo_that_turns_out_near_a_decision_are_exact() -> None:
    backend, asked = RoughHalves(), list[int]()

    def load_high_res(number: int) -> Pixels:
        asked.append(number)
        return UNCERTAIN.repeat(4, axis=0).repeat(4, axis=1)

    logits = photo_logits(backend, [UNCERTAIN], WITH_CROPS, load_high_res, [(9, 9), (-1.5, -1.5)])
    assert backend.shown == [1, 1, 4, 1]  # the photo, its mirror image, five crops
    assert asked == [0]  # once for both
    assert logits.tolist() == photo_logits(Halves(), [UNCERTAIN], WITH_CROPS).tolist()


@pytest.mark.parametrize("limit", [np.inf, np.nan])
def test_a_decision_that_no_logit_makes_is_near_every_photo(limit: float) -> None:
    undecided = [(-limit, limit), (9, 9)]
    assert photo_logits(
        RoughHalves(), [CONFIDENT], WHERE_UNCERTAIN, undecided=undecided
    ).tolist() == [[4, -4]]


def test_without_decisions_nothing_is_approximate() -> None:
    assert photo_logits(RoughHalves(), [CONFIDENT], WHERE_UNCERTAIN).tolist() == [[4, -4]]


def test_an_uncertain_photo_is_rotated_and_the_most_confident_way_up_counts_most() -> None:
    backend = Halves()
    on_its_side = np.zeros((4, 4, 3), np.uint8)
    on_its_side[:2, :, 0], on_its_side[2:, :, 0] = (-3 + 5) * 16, (3 + 5) * 16
    logits = photo_logits(backend, [CONFIDENT, on_its_side], ROTATED)
    assert backend.shown == [2, 1, 3]  # the photos, the mirror image, three turns
    assert logits[0].tolist() == [4, -4]
    # Green says nothing; red 0 as it lies and on its head, 3 or -3 on one side and on the other.
    counts = np.exp(2.0 * np.array([0, 0 - 1, 3 - 1, -3 - 1]))
    assert logits[1] == pytest.approx([counts @ [0, 0, 3, -3] / counts.sum(), -5], abs=1e-4)


@settings(deadline=None)
@given(st.lists(st.tuples(LOGIT, LOGIT), min_size=4, max_size=4), st.permutations(range(3)))
def test_it_is_the_same_whichever_way_up_a_photo_lies(
    views: list[tuple[float, float]], order: list[int]
) -> None:
    seen = np.array([views], np.float32)
    expected = rotation_weighted_mean(seen[:, 0], seen[:, 1:], 2.0)
    assert rotation_weighted_mean(seen[:, 0], seen[:, 1:][:, order], 2.0) == pytest.approx(
        expected, abs=1e-4
    )
    other = np.roll(seen, 1, axis=1)
    assert rotation_weighted_mean(other[:, 0], other[:, 1:], 2.0) == pytest.approx(
        expected, abs=1e-4
    )
    assert (seen.min(axis=1) - 1e-4 <= expected).all()
    assert (expected <= seen.max(axis=1) + 1e-4).all()


def test_of_uncertain_photos_the_crops_are_seen_too_with_more_pixels() -> None:
    backend = Halves()
    small_dog = np.zeros((8, 8, 3), np.uint8)
    small_dog[4:, 4:, 1] = (4.5 + 5) * 16
    asked: list[int] = []

    def load_high_res(number: int) -> Pixels:
        asked.append(number)
        return small_dog

    logits = photo_logits(backend, [CONFIDENT, UNCERTAIN], WITH_CROPS, load_high_res)
    assert asked == [1]
    assert backend.shown == [2, 1, 4, 1]  # the photos, the mirror image, five crops
    # The highest red of a crop is -5, the highest green 4.5: a quarter of these counts.
    assert logits.tolist() == [[4, -4], [0.75 * 3 - 0.25 * 5, 0.75 * -0.5 + 0.25 * 4.5]]


def test_a_photo_that_was_not_stretched_is_not_decoded_again() -> None:
    policy = replace(WITH_CROPS, crop_fraction=0.7)  # its crops need no more pixels than the whole
    unstretched = UNCERTAIN.repeat(2, axis=0).repeat(2, axis=1)
    backend = Halves()
    photo_logits(backend, [unstretched], policy, lambda number: pytest.fail("asked for again"))
    assert sum(backend.shown) == 7


def test_without_more_pixels_crops_are_taken_from_the_picture_itself() -> None:
    alone = photo_logits(Halves(), [UNCERTAIN], WITH_CROPS)
    assert alone.tolist() == [[0.75 * 3 + 0.25 * 4, 0.75 * -0.5 + 0.25 * 0.5]]


@settings(deadline=None)
@given(st.lists(st.tuples(SIXTEENTHS, SIXTEENTHS, SIXTEENTHS, SIXTEENTHS), min_size=1, max_size=6))
def test_the_other_photos_of_a_batch_change_nothing(
    rows: list[tuple[float, float, float, float]],
) -> None:
    images = [photo(row[:2], row[2:]) for row in rows]
    whole = photo_logits(Halves(), images, WITH_CROPS)
    alone = [photo_logits(Halves(), [image], WITH_CROPS)[0] for image in images]
    assert np.array_equal(whole, alone)


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.6, 0.99))
def test_crops_cover_the_whole_photo_and_are_equally_large(
    height: int, width: int, side: float
) -> None:
    numbers = np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)
    count = np.zeros((height, width), int)
    views = crops(numbers, side)
    assert len({view.shape for view in views}) == 1
    for view in views:
        offset = view.ctypes.data - numbers.ctypes.data
        top, left = divmod(offset // 3, width)
        count[top : top + view.shape[0], left : left + view.shape[1]] += 1
    assert count.min() >= 1


def test_the_highest_logit_of_any_crop_counts_for_its_weight() -> None:
    seen = np.array([[-4, 2], [6, -8]], np.float32)
    assert blend_crops(np.array([2, -2], np.float32), seen, 0.25).tolist() == [3, -1]


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
def test_the_least_confident_output_decides_and_the_ends_fade(
    logits: tuple[float, float], weight: float
) -> None:
    assert second_look_weight(np.array([logits], np.float32), BAND).tolist() == [[weight]]


@settings(deadline=None)
@given(LOGIT, LOGIT, LOGIT, LOGIT, st.floats(-1e-4, 1e-4))
def test_rounding_differences_of_engines_change_the_result_little(
    a: float, b: float, c: float, d: float, off: float
) -> None:
    def answer(first: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return blend(first, np.array([[c, d]], np.float32), second_look_weight(first, BAND))

    first = np.array([[a, b]], np.float32)
    # Looks differ by at most 10, and weights by at most 1e-4 / 0.375.
    assert answer(first + np.float32(off)) == pytest.approx(answer(first), abs=3e-3)
