"""How much of the weights a run began with makes the model, around an exact learner."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from linear import LinearLearner
from test_loop import RECIPE, job, store  # noqa: F401

from catdog_sorter.training import loop, mixing
from catdog_sorter.training.checkpoint import read_arrays, write_arrays
from catdog_sorter.training.dataset import Store

SHARES = (0.0, 0.25, 0.5)


@pytest.mark.parametrize("share", SHARES)
def test_the_share_of_the_start_with_the_lowest_validation_loss_is_kept(
    store: Store,  # noqa: F811
    tmp_path: Path,
    share: float,
) -> None:
    """Weights that tell cats from dogs lie so far from the end, on the way to the start."""
    wanted = job(store, tmp_path / "run", replace(RECIPE, keep_start=SHARES))
    learner = LinearLearner()
    list(loop.train(wanted, learner, fit_head_first=True))
    good = learner.weights()["average"]
    away = np.zeros_like(good)
    away[3] = 6.0  # a bias towards both animals
    learner.use({"average": good + away})
    mixing.keep_start(wanted, learner)
    ended = good - share / (1 - share) * away
    write_arrays(wanted.folder / loop.BEST, {"average": ended}, {})
    file, kept = mixing.best_mix(wanted, learner)
    assert kept == share
    np.testing.assert_allclose(read_arrays(file)[0]["average"], good, atol=1e-6)


def test_without_shares_the_best_epoch_makes_the_model(
    store: Store,  # noqa: F811
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    learner = LinearLearner()
    mixing.keep_start(wanted, learner)
    assert mixing.best_mix(wanted, learner) == (wanted.folder / loop.BEST, 0.0)
    assert list(wanted.folder.iterdir()) == []
