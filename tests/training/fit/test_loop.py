"""The training loop of all frameworks, with a fast and exact learner."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError
from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.events import EpochEnded, Phase, Step
from catdog_sorter.training.fit import loop
from catdog_sorter.training.fit.checkpoint import read_arrays
from catdog_sorter.training.recipes import Recipe, Scheduler, with_settings
from tests.support.linear import LinearLearner
from tests.support.training import RECIPE, job


def epochs(events: Iterator[object]) -> list[EpochEnded]:
    return [event for event in events if isinstance(event, EpochEnded)]


def without_time(ended: list[EpochEnded]) -> list[EpochEnded]:
    return [replace(epoch, seconds=0.0) for epoch in ended]


def ended(*losses: float) -> list[EpochEnded]:
    return [EpochEnded(n, 1.0, 0.5, loss, 0.5, 0.1, 1.0) for n, loss in enumerate(losses)]


def test_training_learns_and_reports_each_batch_and_epoch(store: Store, tmp_path: Path) -> None:
    events = list(loop.train(job(store, tmp_path / "run"), LinearLearner(), fit_head_first=False))
    steps = [event for event in events if isinstance(event, Step)]
    assert [(s.epoch, s.step, s.steps) for s in steps] == [
        (epoch, step, 2) for epoch in range(4) for step in (1, 2)
    ]
    last = epochs(iter(events))[-1]
    assert last.validation_accuracy == 1.0
    assert last.validation_loss < epochs(iter(events))[0].validation_loss < np.log(2)


def test_a_resumed_run_ends_where_an_unbroken_one_does(store: Store, tmp_path: Path) -> None:
    def learner() -> LinearLearner:
        return LinearLearner(dropout=0.3)

    whole = epochs(loop.train(job(store, tmp_path / "whole"), learner(), fit_head_first=True))
    broken = job(store, tmp_path / "broken")
    for event in loop.train(broken, learner(), fit_head_first=True):
        if isinstance(event, Step) and (event.epoch, event.step) == (1, 2):
            break  # killed in the middle of the second epoch
    rest = epochs(loop.train(broken, learner(), fit_head_first=True, resume=True))
    assert [epoch.epoch for epoch in rest] == [1, 2, 3]
    assert without_time(rest) == without_time(whole[1:])
    assert without_time(loop.read_history(broken.folder)) == without_time(whole)
    for name in (loop.CHECKPOINT, loop.BEST):
        one, _ = read_arrays(tmp_path / "whole" / name)
        other, _ = read_arrays(tmp_path / "broken" / name)
        assert one.keys() == other.keys()
        assert all(np.array_equal(one[key], other[key]) for key in one)


def test_a_finished_run_does_nothing_when_resumed(store: Store, tmp_path: Path) -> None:
    wanted = job(store, tmp_path / "run")
    list(loop.train(wanted, LinearLearner(), fit_head_first=False))
    history = loop.read_history(wanted.folder)
    loop.drop_state(wanted.folder)
    assert not read_arrays(wanted.folder / loop.CHECKPOINT)[0]
    assert loop.read_history(wanted.folder) == history
    assert not list(loop.train(wanted, LinearLearner(), fit_head_first=True, resume=True))


def test_the_last_layer_is_fitted_first_when_asked(store: Store, tmp_path: Path) -> None:
    learner = LinearLearner()
    recipe = with_settings(RECIPE, learning_rate=1e-9, ema_decay=0.0)
    events = list(loop.train(job(store, tmp_path / "run", recipe), learner, fit_head_first=True))
    assert isinstance(events[0], Phase)
    assert epochs(iter(events))[0].validation_loss < 0.1  # nothing but the fit can have done it


def test_the_best_epoch_is_kept(store: Store, tmp_path: Path) -> None:
    class Wavering(LinearLearner):
        """Its loss is lowest after the second epoch."""

        begun = 0

        def begin_epoch(self, seed: int) -> None:
            super().begin_epoch(seed)
            self.begun += 1
            red_is_cat = {1: 0.5, 2: 5.0, 3: 1.0, 4: -5.0}[self.begun]
            self.set_head(np.array([[1, -1], [-1, 1], [0, 0]]) * red_is_cat, np.zeros(2))

    wanted = job(store, tmp_path / "run", with_settings(RECIPE, learning_rate=0.0, ema_decay=0.0))
    kept: list[bytes] = []
    for event in loop.train(wanted, Wavering(), fit_head_first=False):
        if isinstance(event, EpochEnded):
            kept.append((wanted.folder / loop.BEST).read_bytes())
    history = loop.read_history(wanted.folder)
    assert loop.best_epoch(history) == 1
    assert kept[0] != kept[1] == kept[2] == kept[3]


def test_stopping_keeps_the_finished_epochs(store: Store, tmp_path: Path) -> None:
    seen: list[Step] = []
    wanted = job(store, tmp_path / "run")
    events = loop.train(wanted, LinearLearner(), fit_head_first=False, stop=lambda: len(seen) == 3)
    for event in events:
        if isinstance(event, Step):
            seen.append(event)
    assert [(step.epoch, step.step) for step in seen] == [(0, 1), (0, 2), (1, 1)]
    assert len(loop.read_history(wanted.folder)) == 1


def test_patience_ends_a_run_that_no_longer_improves(store: Store, tmp_path: Path) -> None:
    recipe = with_settings(RECIPE, epochs=50, patience=2, learning_rate=0.0, warmup_epochs=0.0)
    done = epochs(
        loop.train(job(store, tmp_path / "run", recipe), LinearLearner(), fit_head_first=False)
    )
    assert len(done) == 3  # the first is the best, two more bring nothing


def test_a_run_that_diverges_is_reported(store: Store, tmp_path: Path) -> None:
    class Diverging(LinearLearner):
        def logits(self, photos: np.ndarray) -> np.ndarray:
            return super().logits(photos) * np.float32("nan")

    with pytest.raises(TrainingError, match=r"diverged.*lower --lr"):
        list(loop.train(job(store, tmp_path / "run"), Diverging(), fit_head_first=False))


def test_a_learning_rate_that_follows_a_cosine_warms_up_and_falls_to_zero() -> None:
    recipe = with_settings(Recipe("r"), epochs=2, learning_rate=1.0, warmup_epochs=0.5)
    rates = [
        loop.learning_rate(recipe, ended(*[1.0] * epoch), step, 10)
        for epoch in range(2)
        for step in range(10)
    ]
    assert rates[:5] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert rates[5:] == sorted(rates[5:], reverse=True)
    assert 0 < rates[-1] < 0.02


def test_a_learning_rate_that_follows_steps_falls_every_few_epochs() -> None:
    recipe = with_settings(
        Recipe("r"), learning_rate=1.0, warmup_epochs=0, scheduler=Scheduler.STEP, decay_epochs=2
    )
    rates = [loop.learning_rate(recipe, ended(*[1.0] * n), 0, 10) for n in range(5)]
    assert rates == pytest.approx([1.0, 1.0, 0.1, 0.1, 0.01])


@pytest.mark.parametrize(
    ("losses", "drops"),
    [
        ((), 0),
        ((5, 4, 3, 2), 0),
        ((5, 4, 4), 0),  # one epoch without progress
        ((5, 4, 4, 4), 1),
        ((5, 4, 6, 6, 3, 3, 3), 2),
        ((5, 4, 4, 4, 4, 4), 2),
    ],
)
def test_a_learning_rate_that_follows_plateaus(losses: tuple[float, ...], drops: int) -> None:
    recipe = with_settings(
        Recipe("r"), learning_rate=1.0, warmup_epochs=0, scheduler=Scheduler.PLATEAU, decay_epochs=2
    )
    assert loop.learning_rate(recipe, ended(*losses), 3, 10) == pytest.approx(0.1**drops)


@pytest.mark.parametrize("content", [b"", b"nonsense" * 100, None])
def test_a_damaged_checkpoint_is_named(store: Store, tmp_path: Path, content: bytes | None) -> None:
    wanted = job(store, tmp_path / "run")
    list(loop.train(wanted, LinearLearner(), fit_head_first=False))
    checkpoint = wanted.folder / loop.CHECKPOINT
    checkpoint.write_bytes(checkpoint.read_bytes()[:-8] if content is None else content)
    with pytest.raises(TrainingError, match=r"checkpoint.*damaged"):
        list(loop.train(wanted, LinearLearner(), fit_head_first=False, resume=True))


def test_a_checkpoint_of_another_network_is_named(store: Store, tmp_path: Path) -> None:
    class Other(LinearLearner):
        def restore(self, state: dict[str, np.ndarray]) -> None:
            raise KeyError("stem/kernel")

    wanted = job(store, tmp_path / "run")
    events = loop.train(wanted, LinearLearner(), fit_head_first=False)
    next(event for event in events if isinstance(event, EpochEnded))
    with pytest.raises(TrainingError, match="does not fit this network"):
        list(loop.train(wanted, Other(), fit_head_first=False, resume=True))


def test_a_full_disk_is_a_sentence_and_keeps_the_last_checkpoint(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catdog_sorter.training.fit import checkpoint

    wanted = job(store, tmp_path / "run")
    events = loop.train(wanted, LinearLearner(), fit_head_first=False)
    next(event for event in events if isinstance(event, EpochEnded))
    before = {path.name: path.read_bytes() for path in wanted.folder.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", full)
    with pytest.raises(TrainingError, match=r"No space left.*--resume"):
        list(events)
    assert {path.name: path.read_bytes() for path in wanted.folder.iterdir()} == before
