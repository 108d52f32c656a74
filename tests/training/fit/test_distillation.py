"""Distillation from fast, exact teachers: real ONNX files for the mean colour of a photo."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.training.data.dataset import Store, training_batches
from catdog_sorter.training.events import Phase, Step
from catdog_sorter.training.fit import distillation, loop
from catdog_sorter.training.fit.learner import FitJob, TeacherOutputs
from catdog_sorter.training.recipes import Augmentation, with_settings
from tests.support.linear import LinearLearner
from tests.support.teacher_files import write_teacher
from tests.support.training import RECIPE, job


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    return write_teacher(tmp_path / "teacher.onnx")


def run_teachers(files: list[Path], wanted: FitJob) -> tuple[list[str], list[TeacherOutputs]]:
    *phases, outputs = distillation.teacher_outputs(files, wanted)
    assert isinstance(outputs, list)
    return [phase.name for phase in phases if isinstance(phase, Phase)], outputs


def same(some: list[TeacherOutputs], others: list[TeacherOutputs]) -> bool:
    return all(
        np.array_equal(a.soft_targets, b.soft_targets) and np.array_equal(a.features, b.features)
        for a, b in zip(some, others, strict=True)
    )


def test_teachers_know_each_picture_of_a_run_in_its_order(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    recipe = with_settings(RECIPE, augmentation=Augmentation(compose=0, grey=0, saturation=0))
    wanted = job(store, tmp_path / "run", recipe)
    _, outputs = run_teachers([teacher, teacher], wanted)
    assert len(outputs) == recipe.optimisation.epochs
    for epoch, output in enumerate(outputs):
        batches = list(training_batches(store, wanted.training, recipe, wanted.seed, epoch))
        truth = np.concatenate([batch.targets for batch in batches])
        assert output.soft_targets.shape == truth.shape
        assert ((output.soft_targets > 0.5) == (truth > 0.5)).all()
        assert ((output.soft_targets > 0) & (output.soft_targets < 1)).all()
        # Two teachers of three features each see the same: at most three components differ from 0.
        redness = np.concatenate([batch.photos for batch in batches]).mean(axis=(1, 2))[:, 0]
        assert abs(np.corrcoef(redness, output.features[:, 0])[0, 1]) > 0.9
        assert np.abs(output.features[:, 3:]).max() < 0.1 < np.abs(output.features[:, 0]).min()
    seen = np.concatenate([output.features for output in outputs])
    assert np.mean(seen**2) == pytest.approx(1, abs=0.01)


def test_composed_pictures_have_no_teacher_outputs(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    recipe = with_settings(RECIPE, augmentation=Augmentation(compose=0.5))
    wanted = job(store, tmp_path / "run", recipe)
    _, outputs = run_teachers([teacher], wanted)
    for epoch, output in enumerate(outputs):
        batches = training_batches(store, wanted.training, recipe, wanted.seed, epoch)
        composed = np.concatenate([batch.composed for batch in batches])
        assert np.isnan(output.soft_targets[composed]).all()
        assert np.isnan(output.features[composed]).all()
        assert not np.isnan(output.soft_targets[~composed]).any()
        assert not np.isnan(output.features[~composed]).any()
    every = np.concatenate([np.isnan(output.soft_targets[:, 0]) for output in outputs])
    assert 0 < every.mean() < 1


def test_outputs_are_kept_and_not_computed_again(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    phases, outputs = run_teachers([teacher], wanted)
    assert len(phases) == RECIPE.optimisation.epochs + 1
    phases, again = run_teachers([teacher], wanted)
    assert phases == []
    assert same(outputs, again)
    longer = replace(wanted, recipe=with_settings(RECIPE, epochs=RECIPE.optimisation.epochs + 1))
    later = replace(wanted, recipe=with_settings(RECIPE, skip_epochs=RECIPE.optimisation.epochs))
    for files, other in (([teacher, teacher], wanted), ([teacher], longer), ([teacher], later)):
        with pytest.raises(TrainingError, match="belongs to other photos"):
            run_teachers(files, other)


def test_teachers_resume_after_the_last_complete_epoch(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    _, unbroken = run_teachers([teacher], wanted)
    broken = job(store, tmp_path / "broken")
    running = distillation.teacher_outputs([teacher], broken)
    for _ in range(3):  # the third epoch is not begun
        next(running)
    running.close()  # type: ignore[attr-defined]
    phases, outputs = run_teachers([teacher], broken)
    assert phases == [f"Running the teachers on epoch {n} of 4" for n in (3, 4)] + [
        "Fitting the teachers' last layers"
    ]
    assert same(unbroken, outputs)
    assert [path.name for path in broken.folder.iterdir()] == [distillation.OUTPUTS]


def test_teachers_run_once_on_pictures_that_come_again(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    """Four epochs repeat the pictures of two; each picture keeps its soft targets."""
    recipe = with_settings(RECIPE, epochs=4, distinct_epochs=2, soft_target_weight=1.0)
    wanted = job(store, tmp_path / "run", recipe)
    phases, outputs = run_teachers([teacher], wanted)
    assert phases[:-1] == [f"Running the teachers on epoch {n} of 2" for n in (1, 2)]

    class Listening(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.heard: list[np.ndarray] = []

        def step(self, photos, targets, *more):  # type: ignore[no-untyped-def]
            self.heard.append(targets)
            return super().step(photos, targets, *more)

    learner = Listening()
    list(loop.train(replace(wanted, teacher_outputs=outputs), learner, fit_head_first=False))
    soft_targets = [output.soft_targets for output in outputs]
    np.testing.assert_allclose(
        np.concatenate(learner.heard), np.concatenate([*soft_targets, *soft_targets])
    )


def test_the_loop_learns_from_soft_targets(
    store: Store,
    tmp_path: Path,
) -> None:
    """Soft targets opposite to the labels, with full weight, reverse the predictions."""
    recipe = with_settings(RECIPE, soft_target_weight=1.0, epochs=1)
    wanted = job(store, tmp_path / "run", recipe)
    batches = training_batches(store, wanted.training, recipe, wanted.seed, 0)
    opposite = 1 - np.concatenate([batch.targets for batch in batches])
    learner = LinearLearner()
    distilled = replace(wanted, teacher_outputs=[TeacherOutputs(opposite, opposite)])
    steps = [e for e in loop.train(distilled, learner, fit_head_first=False) if isinstance(e, Step)]
    assert len(steps) == 2
    assert learner.kernel[0, 0] < 0 < learner.kernel[0, 1]  # red, a cat's colour, speaks for a dog


def test_the_label_alone_counts_for_both_animals_and_where_teachers_give_nothing() -> None:
    targets = np.array([[1, 0], [1, 1], [0, 0], [0, 1]], np.float32)
    soft_targets = np.array([[0.5, 0.5]] * 3 + [[np.nan, np.nan]], np.float32)
    np.testing.assert_allclose(
        distillation.mix_soft_targets(targets, soft_targets, 0.8),
        [[0.6, 0.4], [1, 1], [0.4, 0.4], [0, 1]],
        atol=1e-6,
    )


def test_the_network_may_see_a_worse_picture_than_its_teachers(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    class Looking(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.means: list[float] = []

        def step(self, photos, targets, *more):  # type: ignore[no-untyped-def]
            self.means.append(float(photos.mean()))
            return super().step(photos, targets, *more)

    def shown(name: str, view: Augmentation | None) -> tuple[list[float], list[TeacherOutputs]]:
        recipe = with_settings(RECIPE, student_augmentation=view)
        wanted = job(store, tmp_path / name, recipe)
        _, outputs = run_teachers([teacher], wanted)
        learner = Looking()
        list(loop.train(replace(wanted, teacher_outputs=outputs), learner, fit_head_first=False))
        return learner.means, outputs

    dark = Augmentation(brightness=0, contrast=0, saturation=0, grey=0, shrink=0, jpeg=0, dark=1)
    plain, outputs = shown("plain", None)
    worse, others = shown("worse", dark)
    assert same(outputs, others)
    assert all(after < 0.8 * before for before, after in zip(plain, worse, strict=True))


def test_a_batch_may_be_shown_smaller(
    store: Store,
    tmp_path: Path,
) -> None:
    class Measuring(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.sizes: list[tuple[int, ...]] = []

        def step(self, photos, targets, *more):  # type: ignore[no-untyped-def]
            self.sizes.append(photos.shape[1:])
            return super().step(photos, targets, *more)

    def shown() -> list[tuple[int, ...]]:
        learner = Measuring()
        recipe = with_settings(RECIPE, other_image_sizes=(64,), epochs=8)
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        list(loop.train(job(store, folder, recipe), learner, fit_head_first=False))
        return learner.sizes

    first = shown()
    assert set(first) == {(32, 32, 3), (64, 64, 3)}
    assert shown() == first


@pytest.mark.parametrize(
    ("content", "soft_targets"), [(b"no model", "not an ONNX model"), (None, r"fixed S\. `tools")]
)
def test_other_files_are_refused_as_teachers(
    tmp_path: Path, content: bytes | None, soft_targets: str
) -> None:
    path = tmp_path / "bad.onnx"
    if content is None:
        write_teacher(path, size="any")
    else:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=soft_targets):
        distillation.Teacher(path)


def test_a_teacher_without_a_row_of_features_is_refused(tmp_path: Path) -> None:
    path = write_teacher(tmp_path / "map.onnx", flat=False)
    with pytest.raises(UsageError, match=r"shape \[1, 3, 1, 1\].*fixed D\. `tools"):
        distillation.Teacher(path)


def test_an_epoch_of_composed_pictures_alone_teaches_nothing(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    """This happens with few photos; the teachers are fitted to the other epochs' pictures."""
    recipe = with_settings(RECIPE, batch_size=2, epochs=8, augmentation=Augmentation(compose=0.6))
    wanted = replace(job(store, tmp_path / "run", recipe), training=range(2))
    _, outputs = run_teachers([teacher], wanted)
    nothing = [bool(np.isnan(output.soft_targets).all()) for output in outputs]
    assert any(nothing) and not all(nothing)
