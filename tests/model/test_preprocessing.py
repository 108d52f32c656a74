"""From upright photos to a network's input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.decoding.pixels import resize
from catdog_sorter.model.preprocessing import Preprocessing, normalise, to_batch
from tests.support.pictures import assert_upright, quadrants

SPEC = Preprocessing(size=32)
PHOTO = np.asarray(quadrants())


def test_a_batch_is_channels_first_and_from_minus_1_to_1() -> None:
    batch = to_batch([PHOTO, PHOTO[:, :40]], SPEC)
    assert batch.shape == (2, 3, 32, 32)
    assert batch.dtype == np.float32
    assert batch.flags.c_contiguous
    assert batch.min() >= -1 and batch.max() <= 1


def test_red_green_and_blue_keep_their_channel_and_the_picture_its_place() -> None:
    (image,) = to_batch([PHOTO], SPEC)
    back = np.round((image.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)
    assert back[8, 8].tolist() == [220, 30, 30]
    assert_upright(np.repeat(back, 2, axis=1), within=1)


def test_black_and_white_are_the_ends_of_the_scale() -> None:
    ends = np.array([0, 255], dtype=np.uint8)
    assert normalise(ends, SPEC).tolist() == [-1, 1]
    assert normalise(ends, Preprocessing(size=8, scale=255.0, offset=0.0)).tolist() == [0, 1]


def test_normalising_leaves_its_input_alone() -> None:
    before = PHOTO.copy()
    normalise(before, SPEC)
    assert np.array_equal(before, PHOTO)


def test_the_whole_photo_is_stretched_nothing_is_cut_off() -> None:
    wide = np.zeros((10, 100, 3), dtype=np.uint8)
    wide[:, :10] = wide[:, -10:] = 255
    square = resize(wide, 20)
    assert square.shape == (20, 20, 3)
    assert (square[:, 0] > 200).all() and (square[:, -1] > 200).all()
    assert (square[:, 10] == 0).all()


def test_fine_patterns_become_their_mean_instead_of_noise() -> None:
    board = (np.indices((256, 256)).sum(axis=0) % 2 * 255).astype(np.uint8)
    small = resize(np.stack([board] * 3, axis=-1), 32)
    assert np.abs(small.astype(int) - 128).max() <= 3


def test_a_photo_of_the_right_size_is_not_touched() -> None:
    square = np.asarray(quadrants(32, 32))
    assert resize(square, 32) is square


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 4000)])
def test_extreme_shapes(shape: tuple[int, int]) -> None:
    grey = np.full((*shape, 3), 77, dtype=np.uint8)
    assert (resize(grey, 16) == 77).all()


def test_views_into_larger_arrays_give_what_their_copies_give() -> None:
    flipped = PHOTO[:, ::-1]
    assert np.array_equal(resize(flipped, 16), resize(np.ascontiguousarray(flipped), 16))


def test_more_pixels_are_decoded_than_the_network_takes() -> None:
    assert Preprocessing(size=224).decode_side == 336


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=5),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=25, deadline=None)
def test_a_photos_answer_does_not_depend_on_the_others_in_the_batch(
    sizes: list[tuple[int, int]], seed: int
) -> None:
    random = np.random.default_rng(seed)
    photos = [random.integers(0, 256, (*size, 3), dtype=np.uint8) for size in sizes]
    batch = to_batch(photos, SPEC)
    for photo, row in zip(photos, batch, strict=True):
        assert np.array_equal(to_batch([photo], SPEC)[0], row)
