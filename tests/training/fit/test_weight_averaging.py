"""The share of earlier weights in the model, with an exact learner."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.fit import loop, weight_averaging
from catdog_sorter.training.fit.checkpoint import read_arrays, write_arrays
from catdog_sorter.training.recipes import with_settings
from tests.support.linear import LinearLearner
from tests.support.training import RECIPE, job

SHARES = (0.0, 0.25, 0.5)


class Trembling(LinearLearner):
    """Its weights are its error: too high for the first photos, too low for the last."""

    def logits(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        red, green, _ = self.features(photos).T
        right = 5 * np.stack([red - green, green - red], axis=1)
        off = np.where(np.arange(len(photos)) < len(photos) / 2, 1, -1)[:, None]
        return (right + off * self.average[0]).astype(np.float32)


@pytest.mark.parametrize("share", SHARES)
def test_the_share_of_the_initial_weights_with_the_lowest_validation_loss_is_kept(
    store: Store,
    tmp_path: Path,
    share: float,
) -> None:
    """The weights without error lie at this share between the final and the initial ones."""
    wanted = job(store, tmp_path / "run", with_settings(RECIPE, initial_shares=SHARES))
    learner = Trembling()
    learner.set_weights({"average": np.full((4, 2), 60.0)})
    weight_averaging.save_initial_weights(wanted, learner)
    ended = np.full((4, 2), -60.0 * share / (1 - share))
    write_arrays(wanted.folder / loop.BEST, {"average": ended}, {})
    average = weight_averaging.best_average(wanted, learner)
    assert (average.initial_share, average.pretrained_share) == (share, 0)
    np.testing.assert_allclose(read_arrays(average.file)[0]["average"], 0, atol=1e-6)


@pytest.mark.parametrize("share", SHARES)
def test_pretrained_weights_are_averaged_in_as_far_as_validation_gains(
    store: Store,
    tmp_path: Path,
    share: float,
) -> None:
    recipe = with_settings(RECIPE, initial_shares=(0.5,), pretrained_shares=SHARES)
    wanted = job(store, tmp_path / "run", recipe)
    learner = Trembling()
    ended = np.full((4, 2), -60.0 * share / (1 - share))
    learner.set_weights({"average": ended})
    weight_averaging.save_initial_weights(wanted, learner)
    write_arrays(wanted.folder / loop.BEST, {"average": ended, "head": np.ones(2)}, {})
    pretrained = {"average": np.full((4, 2), 60.0), "other": np.zeros(3)}
    average = weight_averaging.best_average(wanted, learner, pretrained)
    assert (average.initial_share, average.pretrained_share) == (0.5, share)
    made, _ = read_arrays(average.file)
    np.testing.assert_allclose(made.pop("average"), 0, atol=1e-6)
    np.testing.assert_array_equal(made.pop("head"), np.ones(2))  # there is no pretrained one
    assert not made


def test_without_shares_the_best_epoch_makes_the_model(
    store: Store,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    learner = LinearLearner()
    weight_averaging.save_initial_weights(wanted, learner)
    assert weight_averaging.best_average(wanted, learner) == weight_averaging.AveragedWeights(
        wanted.folder / loop.BEST
    )
    assert list(wanted.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("far", "share"),
    [(0.0, 1.0), (60.0, 0.0)],
    ids=["the start is right", "the start is off"],
)
def test_a_careful_run_leaves_its_start_only_for_something_better(
    store: Store, tmp_path: Path, far: float, share: float
) -> None:
    recipe = with_settings(RECIPE, initial_shares=(0.0, 0.25, 0.5, 0.75, 1.0))
    wanted = job(store, tmp_path / "run", recipe)
    learner = Trembling()
    learner.set_weights({"average": np.full((4, 2), far)})
    weight_averaging.save_initial_weights(wanted, learner)
    corrected, trained = np.full((4, 2), 60.0), np.zeros((4, 2))
    write_arrays(wanted.folder / weight_averaging.CORRECTED, {"average": corrected}, {})
    write_arrays(wanted.folder / loop.BEST, {"average": trained}, {})
    average = weight_averaging.most_careful(wanted, learner)
    assert average.initial_share == share
    np.testing.assert_allclose(read_arrays(average.file)[0]["average"], 0, atol=1e-6)


def test_a_careful_run_without_epochs_chooses_among_its_start_and_the_corrected_layer(
    store: Store, tmp_path: Path
) -> None:
    recipe = with_settings(RECIPE, initial_shares=(0.0, 1.0))
    wanted = job(store, tmp_path / "run", recipe)
    learner = Trembling()
    learner.set_weights({"average": np.full((4, 2), 60.0)})
    weight_averaging.save_initial_weights(wanted, learner)
    write_arrays(wanted.folder / weight_averaging.CORRECTED, {"average": np.zeros((4, 2))}, {})
    assert weight_averaging.most_careful(wanted, learner).initial_share == 0.0


def test_a_corrected_layer_comes_before_trained_weights_that_are_hardly_better(
    store: Store, tmp_path: Path
) -> None:
    recipe = with_settings(RECIPE, initial_shares=(0.0, 0.5, 1.0))
    wanted = job(store, tmp_path / "run", recipe)
    learner = Trembling()
    learner.set_weights({"average": np.full((4, 2), 60.0)})
    weight_averaging.save_initial_weights(wanted, learner)
    for name in (weight_averaging.CORRECTED, loop.BEST):
        trained = {"average": np.zeros((4, 2)), "name": np.array([len(name)])}
        write_arrays(wanted.folder / name, trained, {})
    kept, _ = read_arrays(weight_averaging.most_careful(wanted, learner).file)
    assert kept["name"] == len(weight_averaging.CORRECTED)
