import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.training.augment import augment
from catdog_sorter.training.recipes import Augmentation

NONE = Augmentation(
    whole_photo=1, flip=0, rotate=0, brightness=0, contrast=0, saturation=0, grey=0, shrink=0,
    jpeg=0, compose=0,
)  # fmt: skip


def gradient(height: int = 40, width: int = 60) -> np.ndarray:
    red = np.broadcast_to(np.linspace(0, 255, width), (height, width))
    green = np.broadcast_to(np.linspace(0, 255, height)[:, None], (height, width))
    return np.stack([red, green, np.full((height, width), 77.0)], axis=2).astype(np.uint8)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(8, 60), st.integers(8, 60), st.sampled_from([32, 64]), st.integers(0, 99),
    st.booleans(),
)  # fmt: skip
def test_any_photo_becomes_a_square_of_the_same_pixels_for_the_same_seed(
    height: int, width: int, size: int, seed: int, paired: bool
) -> None:
    image = gradient(height, width)
    partner = gradient(width, height) if paired else None
    strong = Augmentation(rotate=1, grey=0.5, shrink=1, jpeg=1)
    first = augment(image, partner, strong, size, np.random.default_rng(seed))
    again = augment(image, partner, strong, size, np.random.default_rng(seed))
    assert first.shape == (size, size, 3)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, again)


def test_without_changes_the_whole_photo_is_stretched() -> None:
    image = augment(gradient(), None, NONE, 32, np.random.default_rng(0))
    assert image[0, 0, 0] < 10
    assert image[0, -1, 0] > 245
    assert image[-1, 0, 1] > 245


def test_a_flip_swaps_left_and_right_only() -> None:
    flipped = Augmentation(**{**vars_of(NONE), "flip": 1})
    straight = augment(gradient(), None, NONE, 32, np.random.default_rng(0))
    turned = augment(gradient(), None, flipped, 32, np.random.default_rng(0))
    np.testing.assert_array_equal(turned, straight[:, ::-1])


def test_a_partner_fills_a_part_of_the_picture() -> None:
    black, white = np.zeros((40, 60, 3), np.uint8), np.full((40, 60, 3), 255, np.uint8)
    for seed in range(10):
        shared = augment(black, white, NONE, 64, np.random.default_rng(seed))
        assert 0.3 < np.mean(shared == 255) < 0.7


def test_brightness_changes_the_mean_both_ways() -> None:
    settings_ = Augmentation(**{**vars_of(NONE), "brightness": 0.35})
    grey = np.full((32, 32, 3), 100, np.uint8)
    means = [augment(grey, None, settings_, 32, np.random.default_rng(s)).mean() for s in range(30)]
    assert min(means) < 80
    assert max(means) > 120


def vars_of(settings_: Augmentation) -> dict[str, object]:
    return {name: getattr(settings_, name) for name in settings_.__slots__}
