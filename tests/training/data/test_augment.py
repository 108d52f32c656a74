import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.training.data.augment import augment, change_further
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


def test_an_inset_photo_lies_whole_and_small_in_the_scene() -> None:
    scene = np.zeros((40, 60, 3), np.uint8)
    white = np.full((40, 60, 3), 255, np.uint8)
    picture = augment(white, None, NONE, 64, np.random.default_rng(3), scene)
    rows, columns = np.flatnonzero(picture.max(axis=(1, 2))), np.flatnonzero(picture.max((0, 2)))
    assert 0.2 * 64 - 1 <= len(rows) == len(columns) <= 0.7 * 64 + 1
    assert (picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] == 255).all()


def test_a_quarter_turn_lays_the_photo_on_its_side_or_head() -> None:
    turned = Augmentation(**{**vars_of(NONE), "quarter_turn": 1})
    straight = augment(gradient(), None, NONE, 32, np.random.default_rng(0))
    for seed in range(5):
        picture = augment(gradient(), None, turned, 32, np.random.default_rng(seed))
        turns = [k for k in range(4) if np.array_equal(picture, np.rot90(straight, k))]
        assert len(turns) == 1
        assert turns[0] != 0


def test_a_drawn_picture_is_changed_further_without_another_crop() -> None:
    drawn = augment(gradient(), None, NONE, 32, np.random.default_rng(0))
    same = change_further(drawn, NONE, np.random.default_rng(0))
    assert np.array_equal(same, drawn)
    turned = Augmentation(**{**vars_of(NONE), "quarter_turn": 1})
    picture = change_further(drawn, turned, np.random.default_rng(0))
    assert any(np.array_equal(picture, np.rot90(drawn, k)) for k in (1, 2, 3))


def test_bad_light_noise_and_blur_do_what_they_say() -> None:
    def changed(name: str) -> np.ndarray:
        settings = Augmentation(**{**vars_of(NONE), name: 1})
        return augment(gradient(), None, settings, 128, np.random.default_rng(1)).astype(float)

    plain = augment(gradient(), None, NONE, 128, np.random.default_rng(1)).astype(float)
    assert changed("dark").mean() < 0.75 * plain.mean()
    assert 1 < np.abs(changed("noise") - plain).mean() < 25
    wave = np.zeros((128, 128, 3), np.uint8)
    wave[:, ::2] = 255
    blurred = Augmentation(**{**vars_of(NONE), "blur": 1})
    smoothed = [augment(wave, None, blurred, 128, np.random.default_rng(n)).std() for n in range(5)]
    assert min(smoothed) < 0.8 * wave.std()
