"""How much of earlier weights makes the model, around an exact learner."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.fit import loop, weight_averaging
from catdog_sorter.training.fit.checkpoint import read_arrays, write_arrays
from tests.support.linear import LinearLearner
from tests.support.training import RECIPE, job

SHARES = (0.0, 0.25, 0.5)


class Trembling(LinearLearner):
    """Its weights say how far off it is, up for the first photos and down for the last."""

    def logits(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        red, green, _ = self.features(photos).T
        right = 5 * np.stack([red - green, green - red], axis=1)
        off = np.where(np.arange(len(photos)) < len(photos) / 2, 1, -1)[:, None]
        return (right + off * self.average[0]).astype(np.float32)


@pytest.mark.parametrize("share", SHARES)
def test_the_share_of_the_start_with_the_lowest_validation_loss_is_kept(
    store: Store,
    tmp_path: Path,
    share: float,
) -> None:
    """Weights without a tremble lie so far from the end, on the way to the start."""
    wanted = job(store, tmp_path / "run", replace(RECIPE, keep_start=SHARES))
    learner = Trembling()
    learner.use({"average": np.full((4, 2), 60.0)})
    weight_averaging.keep_start(wanted, learner)
    ended = np.full((4, 2), -60.0 * share / (1 - share))
    write_arrays(wanted.folder / loop.BEST, {"average": ended}, {})
    mix = weight_averaging.best_mix(wanted, learner)
    assert (mix.start, mix.origin) == (share, 0)
    np.testing.assert_allclose(read_arrays(mix.file)[0]["average"], 0, atol=1e-6)


@pytest.mark.parametrize("share", SHARES)
def test_of_the_origin_as_much_is_blended_in_as_pays(
    store: Store,
    tmp_path: Path,
    share: float,
) -> None:
    recipe = replace(RECIPE, keep_start=(0.5,), keep_origin=SHARES)
    wanted = job(store, tmp_path / "run", recipe)
    learner = Trembling()
    ended = np.full((4, 2), -60.0 * share / (1 - share))
    learner.use({"average": ended})
    weight_averaging.keep_start(wanted, learner)
    write_arrays(wanted.folder / loop.BEST, {"average": ended, "head": np.ones(2)}, {})
    origin = {"average": np.full((4, 2), 60.0), "other": np.zeros(3)}
    mix = weight_averaging.best_mix(wanted, learner, origin)
    assert (mix.start, mix.origin) == (0.5, share)
    made, _ = read_arrays(mix.file)
    np.testing.assert_allclose(made.pop("average"), 0, atol=1e-6)
    np.testing.assert_array_equal(made.pop("head"), np.ones(2))  # the origin has none
    assert not made


def test_without_shares_the_best_epoch_makes_the_model(
    store: Store,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    learner = LinearLearner()
    weight_averaging.keep_start(wanted, learner)
    assert weight_averaging.best_mix(wanted, learner) == weight_averaging.Mix(
        wanted.folder / loop.BEST
    )
    assert list(wanted.folder.iterdir()) == []
