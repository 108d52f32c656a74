"""A network whose features are the mean colour of a photo imitates teachers that see the same."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.fit import distillation, feature_distillation, loop
from catdog_sorter.training.recipes import Augmentation
from tests.support.linear import LinearLearner
from tests.support.teacher_files import write_teacher
from tests.support.training import RECIPE, job


class Imitating(LinearLearner):
    """Writes down how far what is made of its features is from what is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.map: tuple[np.ndarray, np.ndarray, float] | None = None
        self.errors: list[float] = []

    def imitate(self, kernel: np.ndarray, bias: np.ndarray, share: float) -> None:
        self.map = kernel, bias, share

    def step(self, photos, targets, rate, ema_decay, seen=None):  # type: ignore[no-untyped-def]
        assert self.map is not None and seen is not None
        made = self.features(photos) @ self.map[0] + self.map[1]
        asked = ~np.isnan(seen[:, 0])
        self.errors += np.mean((made - seen)[asked] ** 2, axis=1).tolist()
        return super().step(photos, targets, rate, ema_decay)


def lessons(wanted: loop.Job, tmp_path: Path) -> loop.Job:
    *_, told = distillation.lessons([write_teacher(tmp_path / "teacher.onnx")], wanted)
    assert isinstance(told, list)
    return replace(wanted, lessons=told)


def test_the_map_makes_of_the_features_what_the_teachers_see(
    store: Store,
    tmp_path: Path,
) -> None:
    plain = Augmentation(compose=0.3, saturation=0, grey=0)
    recipe = replace(RECIPE, imitate=0.25, augmentation=plain)
    wanted = lessons(job(store, tmp_path / "run", recipe), tmp_path)
    learner = Imitating()
    feature_distillation.imitate(wanted, learner)
    list(loop.train(wanted, learner, fit_head_first=False))
    assert learner.map is not None and learner.map[2] == 0.25
    assert 0 < len(learner.errors) < 4 * 8  # composed pictures are left out
    assert np.mean(learner.errors) < 0.1  # what is seen has a mean square of 1


def test_a_resumed_run_keeps_its_map(
    store: Store,
    tmp_path: Path,
) -> None:
    wanted = lessons(job(store, tmp_path / "run", replace(RECIPE, imitate=0.5)), tmp_path)
    first, second = Imitating(), Imitating()
    feature_distillation.imitate(wanted, first)

    def nothing(photos: np.ndarray) -> np.ndarray:
        raise AssertionError("the features have moved since")

    second.features = nothing  # type: ignore[method-assign]
    feature_distillation.imitate(wanted, second)
    assert first.map is not None and second.map is not None
    np.testing.assert_array_equal(first.map[0], second.map[0])
    np.testing.assert_array_equal(first.map[1], second.map[1])


def test_the_map_is_that_of_ridge_regression() -> None:
    rng = np.random.default_rng(1)
    features = rng.standard_normal((400, 3)) * [1, 2, 3] + 5
    truth = rng.standard_normal((3, 2))
    wanted = (features @ truth + [1, -1]).astype(np.float32)
    kernel, bias = feature_distillation.fit_linear(features.astype(np.float32), wanted, 1e-9)
    np.testing.assert_allclose(kernel, truth, atol=1e-4)
    np.testing.assert_allclose(bias, [1, -1], atol=1e-3)
    shrunken, _ = feature_distillation.fit_linear(features.astype(np.float32), wanted, 100.0)
    assert np.abs(shrunken).max() < 0.05 * np.abs(truth).max()
