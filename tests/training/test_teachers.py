"""Teachers say what the mean colour of a photo tells them: quick, exact, and a real ONNX file."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from linear import LinearLearner
from test_loop import RECIPE, job, store  # noqa: F401

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.training import loop, teachers
from catdog_sorter.training.dataset import Store, training_batches
from catdog_sorter.training.events import Phase, Step
from catdog_sorter.training.recipes import Augmentation
from teacher_files import write_teacher


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    return write_teacher(tmp_path / "teacher.onnx")


def say(files: list[Path], wanted: loop.Job) -> tuple[list[str], list[np.ndarray]]:
    *phases, said = teachers.soft_targets(files, wanted)
    assert isinstance(said, list)
    return [phase.name for phase in phases if isinstance(phase, Phase)], said


def test_teachers_know_each_picture_of_a_run_in_its_order(
    store: Store,  # noqa: F811
    teacher: Path,
    tmp_path: Path,
) -> None:
    recipe = replace(RECIPE, augmentation=Augmentation(compose=0, grey=0, saturation=0))
    wanted = job(store, tmp_path / "run", recipe)
    _, said = say([teacher, teacher], wanted)
    assert len(said) == recipe.epochs
    for epoch, rows in enumerate(said):
        batches = training_batches(store, wanted.training, recipe, wanted.seed, epoch)
        truth = np.concatenate([targets for _, targets in batches])
        assert rows.shape == truth.shape
        assert ((rows > 0.5) == (truth > 0.5)).all()
        assert ((rows > 0) & (rows < 1)).all()


def test_what_was_said_is_kept_and_not_asked_again(
    store: Store,  # noqa: F811
    teacher: Path,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    phases, said = say([teacher], wanted)
    assert len(phases) == 1 + RECIPE.epochs
    again, same = say([teacher], wanted)
    assert again == []
    assert all(np.array_equal(a, b) for a, b in zip(said, same, strict=True))
    longer = replace(wanted, recipe=replace(RECIPE, epochs=RECIPE.epochs + 1))
    fitting, asking = say([teacher], longer)[0]
    assert fitting == "Fitting teacher 1 of 1"
    assert asking == "Asking the teachers about epoch 5 of 5"
    with pytest.raises(TrainingError, match="belongs to other photos"):
        say([teacher, teacher], wanted)


def test_pictures_that_come_again_are_asked_about_once(
    store: Store,  # noqa: F811
    teacher: Path,
    tmp_path: Path,
) -> None:
    """Four epochs of two epochs' pictures; each time what was said goes with its picture."""
    recipe = replace(RECIPE, epochs=4, distinct_epochs=2, distil=1.0)
    wanted = job(store, tmp_path / "run", recipe)
    phases, said = say([teacher], wanted)
    assert phases[1:] == [f"Asking the teachers about epoch {n} of 2" for n in (1, 2)]

    class Listening(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.heard: list[np.ndarray] = []

        def step(self, photos, targets, rate, ema_decay):  # type: ignore[no-untyped-def]
            self.heard.append(targets)
            return super().step(photos, targets, rate, ema_decay)

    learner = Listening()
    list(loop.train(replace(wanted, taught=said), learner, fit_head_first=False))
    np.testing.assert_allclose(np.concatenate(learner.heard), np.concatenate([*said, *said]))


def test_the_loop_learns_from_what_teachers_say(
    store: Store,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Teachers that say the opposite of each label, and count for all, turn a network round."""
    recipe = replace(RECIPE, distil=1.0, epochs=1)
    wanted = job(store, tmp_path / "run", recipe)
    batches = training_batches(store, wanted.training, recipe, wanted.seed, 0)
    opposite = [1 - np.concatenate([targets for _, targets in batches])]
    learner = LinearLearner()
    taught = replace(wanted, taught=opposite)
    steps = [e for e in loop.train(taught, learner, fit_head_first=False) if isinstance(e, Step)]
    assert len(steps) == 2
    assert learner.kernel[0, 0] < 0 < learner.kernel[0, 1]  # red, a cat's colour, speaks for a dog


def test_the_label_alone_counts_for_both_animals() -> None:
    targets = np.array([[1, 0], [1, 1], [0, 0]], np.float32)
    said = np.array([[0.5, 0.5]] * 3, np.float32)
    np.testing.assert_allclose(
        teachers.blended(targets, said, 0.8), [[0.6, 0.4], [1, 1], [0.4, 0.4]], atol=1e-6
    )


def test_the_network_may_see_a_worse_picture_than_its_teachers(
    store: Store,  # noqa: F811
    teacher: Path,
    tmp_path: Path,
) -> None:
    class Looking(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.means: list[float] = []

        def step(self, photos, targets, rate, ema_decay):  # type: ignore[no-untyped-def]
            self.means.append(float(photos.mean()))
            return super().step(photos, targets, rate, ema_decay)

    def shown(name: str, view: Augmentation | None) -> tuple[list[float], list[np.ndarray]]:
        recipe = replace(RECIPE, student_view=view)
        wanted = job(store, tmp_path / name, recipe)
        _, said = say([teacher], wanted)
        learner = Looking()
        list(loop.train(replace(wanted, taught=said), learner, fit_head_first=False))
        return learner.means, said

    dark = Augmentation(brightness=0, contrast=0, saturation=0, grey=0, shrink=0, jpeg=0, dark=1)
    plain, said = shown("plain", None)
    worse, same = shown("worse", dark)
    assert all(np.array_equal(a, b) for a, b in zip(said, same, strict=True))
    assert all(after < 0.8 * before for before, after in zip(plain, worse, strict=True))


def test_a_batch_may_be_shown_smaller(
    store: Store,  # noqa: F811
    tmp_path: Path,
) -> None:
    class Measuring(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.sizes: list[tuple[int, ...]] = []

        def step(self, photos, targets, rate, ema_decay):  # type: ignore[no-untyped-def]
            self.sizes.append(photos.shape[1:])
            return super().step(photos, targets, rate, ema_decay)

    def shown() -> list[tuple[int, ...]]:
        learner = Measuring()
        recipe = replace(RECIPE, also_at=(64,), epochs=8)
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        list(loop.train(job(store, folder, recipe), learner, fit_head_first=False))
        return learner.sizes

    first = shown()
    assert set(first) == {(32, 32, 3), (64, 64, 3)}
    assert shown() == first


@pytest.mark.parametrize(
    ("content", "said"), [(b"no model", "no ONNX model"), (None, r"fixed S\. `benchmarks")]
)
def test_other_files_are_no_teachers(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "bad.onnx"
    if content is None:
        write_teacher(path, size="any")
    else:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        teachers.Backbone(path)
