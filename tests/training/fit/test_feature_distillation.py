"""A network whose features are a photo's mean colour learns to match equal teachers."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.fit import distillation, feature_distillation, loop
from catdog_sorter.training.fit.learner import FitJob
from catdog_sorter.training.recipes import Augmentation, with_settings
from tests.support.linear import LinearLearner
from tests.support.teacher_files import write_teacher
from tests.support.training import RECIPE, job


class Matching(LinearLearner):
    """Records how far its mapped features are from those of the teachers."""

    def __init__(self) -> None:
        super().__init__()
        self.map: tuple[np.ndarray, np.ndarray, float] | None = None
        self.errors: list[float] = []

    def match_features(self, kernel: np.ndarray, bias: np.ndarray, weight: float) -> None:
        self.map = kernel, bias, weight

    def step(self, photos, targets, rate, ema_decay, teacher_features=None):  # type: ignore[no-untyped-def]
        assert self.map is not None and teacher_features is not None
        mapped = self.features(photos) @ self.map[0] + self.map[1]
        known = ~np.isnan(teacher_features[:, 0])
        self.errors += np.mean((mapped - teacher_features)[known] ** 2, axis=1).tolist()
        return super().step(photos, targets, rate, ema_decay)


def with_teacher(wanted: FitJob, tmp_path: Path) -> FitJob:
    *_, outputs = distillation.teacher_outputs([write_teacher(tmp_path / "teacher.onnx")], wanted)
    assert isinstance(outputs, list)
    return replace(wanted, teacher_outputs=outputs)


def test_the_map_turns_the_features_into_those_of_the_teachers(
    store: Store,
    tmp_path: Path,
) -> None:
    plain = Augmentation(compose=0.3, saturation=0, grey=0)
    recipe = with_settings(RECIPE, feature_weight=0.25, augmentation=plain)
    wanted = with_teacher(job(store, tmp_path / "run", recipe), tmp_path)
    learner = Matching()
    feature_distillation.match_teachers(wanted, learner)
    list(loop.train(wanted, learner, fit_head_first=False))
    assert learner.map is not None and learner.map[2] == 0.25
    assert 0 < len(learner.errors) < 4 * 8  # composed pictures are left out
    assert np.mean(learner.errors) < 0.1  # the teachers' have a mean square of 1


def test_a_resumed_run_keeps_its_map(
    store: Store,
    tmp_path: Path,
) -> None:
    wanted = with_teacher(
        job(store, tmp_path / "run", with_settings(RECIPE, feature_weight=0.5)), tmp_path
    )
    first, second = Matching(), Matching()
    feature_distillation.match_teachers(wanted, first)

    def nothing(photos: np.ndarray) -> np.ndarray:
        raise AssertionError("the features have moved since")

    second.features = nothing  # type: ignore[method-assign]
    feature_distillation.match_teachers(wanted, second)
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
