"""Teachers say what the mean colour of a photo tells them: quick, exact, and a real ONNX file."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.training.data.dataset import Store, training_batches
from catdog_sorter.training.events import Phase, Step
from catdog_sorter.training.fit import distillation, loop
from catdog_sorter.training.recipes import Augmentation
from tests.support.linear import LinearLearner
from tests.support.teacher_files import write_teacher
from tests.support.training import RECIPE, job


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    return write_teacher(tmp_path / "teacher.onnx")


def ask(files: list[Path], wanted: loop.Job) -> tuple[list[str], list[distillation.Lesson]]:
    *phases, lessons = distillation.lessons(files, wanted)
    assert isinstance(lessons, list)
    return [phase.name for phase in phases if isinstance(phase, Phase)], lessons


def same(some: list[distillation.Lesson], others: list[distillation.Lesson]) -> bool:
    return all(
        np.array_equal(a.said, b.said) and np.array_equal(a.seen, b.seen)
        for a, b in zip(some, others, strict=True)
    )


def test_teachers_know_each_picture_of_a_run_in_its_order(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    recipe = replace(RECIPE, augmentation=Augmentation(compose=0, grey=0, saturation=0))
    wanted = job(store, tmp_path / "run", recipe)
    _, lessons = ask([teacher, teacher], wanted)
    assert len(lessons) == recipe.epochs
    for epoch, lesson in enumerate(lessons):
        batches = list(training_batches(store, wanted.training, recipe, wanted.seed, epoch))
        truth = np.concatenate([batch.targets for batch in batches])
        assert lesson.said.shape == truth.shape
        assert ((lesson.said > 0.5) == (truth > 0.5)).all()
        assert ((lesson.said > 0) & (lesson.said < 1)).all()
        # Two teachers of three features each see the same: at most three components differ from 0.
        redness = np.concatenate([batch.photos for batch in batches]).mean(axis=(1, 2))[:, 0]
        assert abs(np.corrcoef(redness, lesson.seen[:, 0])[0, 1]) > 0.9
        assert np.abs(lesson.seen[:, 3:]).max() < 0.1 < np.abs(lesson.seen[:, 0]).min()
    seen = np.concatenate([lesson.seen for lesson in lessons])
    assert np.mean(seen**2) == pytest.approx(1, abs=0.01)


def test_composed_pictures_are_not_asked_about(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    recipe = replace(RECIPE, augmentation=Augmentation(compose=0.5))
    wanted = job(store, tmp_path / "run", recipe)
    _, lessons = ask([teacher], wanted)
    for epoch, lesson in enumerate(lessons):
        batches = training_batches(store, wanted.training, recipe, wanted.seed, epoch)
        composed = np.concatenate([batch.composed for batch in batches])
        assert np.isnan(lesson.said[composed]).all() and np.isnan(lesson.seen[composed]).all()
        assert not np.isnan(lesson.said[~composed]).any()
        assert not np.isnan(lesson.seen[~composed]).any()
    every = np.concatenate([np.isnan(lesson.said[:, 0]) for lesson in lessons])
    assert 0 < every.mean() < 1


def test_what_was_said_is_kept_and_not_asked_again(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    phases, lessons = ask([teacher], wanted)
    assert len(phases) == RECIPE.epochs + 1
    phases, again = ask([teacher], wanted)
    assert phases == []
    assert same(lessons, again)
    longer = replace(wanted, recipe=replace(RECIPE, epochs=RECIPE.epochs + 1))
    later = replace(wanted, recipe=replace(RECIPE, first_epoch=RECIPE.epochs))
    for files, other in (([teacher, teacher], wanted), ([teacher], longer), ([teacher], later)):
        with pytest.raises(TrainingError, match="belongs to other photos"):
            ask(files, other)


def test_asking_goes_on_after_the_last_whole_epoch(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    wanted = job(store, tmp_path / "run")
    _, unbroken = ask([teacher], wanted)
    broken = job(store, tmp_path / "broken")
    asking = distillation.lessons([teacher], broken)
    for _ in range(3):  # the third epoch is not begun
        next(asking)
    asking.close()  # type: ignore[attr-defined]
    phases, lessons = ask([teacher], broken)
    assert phases == [f"Asking the teachers about epoch {n} of 4" for n in (3, 4)] + [
        "Fitting the teachers"
    ]
    assert same(unbroken, lessons)
    assert [path.name for path in broken.folder.iterdir()] == [distillation.LESSONS]


def test_pictures_that_come_again_are_asked_about_once(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    """Four epochs of two epochs' pictures; each time what was said goes with its picture."""
    recipe = replace(RECIPE, epochs=4, distinct_epochs=2, distil=1.0)
    wanted = job(store, tmp_path / "run", recipe)
    phases, lessons = ask([teacher], wanted)
    assert phases[:-1] == [f"Asking the teachers about epoch {n} of 2" for n in (1, 2)]

    class Listening(LinearLearner):
        def __init__(self) -> None:
            super().__init__()
            self.heard: list[np.ndarray] = []

        def step(self, photos, targets, *more):  # type: ignore[no-untyped-def]
            self.heard.append(targets)
            return super().step(photos, targets, *more)

    learner = Listening()
    list(loop.train(replace(wanted, lessons=lessons), learner, fit_head_first=False))
    said = [lesson.said for lesson in lessons]
    np.testing.assert_allclose(np.concatenate(learner.heard), np.concatenate([*said, *said]))


def test_the_loop_learns_from_what_teachers_say(
    store: Store,
    tmp_path: Path,
) -> None:
    """Teachers that say the opposite of each label, and count for all, turn a network round."""
    recipe = replace(RECIPE, distil=1.0, epochs=1)
    wanted = job(store, tmp_path / "run", recipe)
    batches = training_batches(store, wanted.training, recipe, wanted.seed, 0)
    opposite = 1 - np.concatenate([batch.targets for batch in batches])
    learner = LinearLearner()
    taught = replace(wanted, lessons=[distillation.Lesson(opposite, opposite)])
    steps = [e for e in loop.train(taught, learner, fit_head_first=False) if isinstance(e, Step)]
    assert len(steps) == 2
    assert learner.kernel[0, 0] < 0 < learner.kernel[0, 1]  # red, a cat's colour, speaks for a dog


def test_the_label_alone_counts_for_both_animals_and_where_nothing_is_said() -> None:
    targets = np.array([[1, 0], [1, 1], [0, 0], [0, 1]], np.float32)
    said = np.array([[0.5, 0.5]] * 3 + [[np.nan, np.nan]], np.float32)
    np.testing.assert_allclose(
        distillation.blended(targets, said, 0.8),
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

    def shown(
        name: str, view: Augmentation | None
    ) -> tuple[list[float], list[distillation.Lesson]]:
        recipe = replace(RECIPE, student_view=view)
        wanted = job(store, tmp_path / name, recipe)
        _, lessons = ask([teacher], wanted)
        learner = Looking()
        list(loop.train(replace(wanted, lessons=lessons), learner, fit_head_first=False))
        return learner.means, lessons

    dark = Augmentation(brightness=0, contrast=0, saturation=0, grey=0, shrink=0, jpeg=0, dark=1)
    plain, lessons = shown("plain", None)
    worse, others = shown("worse", dark)
    assert same(lessons, others)
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
        recipe = replace(RECIPE, also_at=(64,), epochs=8)
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        list(loop.train(job(store, folder, recipe), learner, fit_head_first=False))
        return learner.sizes

    first = shown()
    assert set(first) == {(32, 32, 3), (64, 64, 3)}
    assert shown() == first


@pytest.mark.parametrize(
    ("content", "said"), [(b"no model", "no ONNX model"), (None, r"fixed S\. `tools")]
)
def test_other_files_are_no_teachers(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "bad.onnx"
    if content is None:
        write_teacher(path, size="any")
    else:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        distillation.Backbone(path)


def test_a_teacher_that_gives_no_row_of_features_is_refused(tmp_path: Path) -> None:
    path = write_teacher(tmp_path / "map.onnx", flat=False)
    with pytest.raises(UsageError, match=r"shape \[1, 3, 1, 1\].*fixed D\. `tools"):
        distillation.Backbone(path)


def test_an_epoch_of_composed_pictures_alone_teaches_nothing(
    store: Store,
    teacher: Path,
    tmp_path: Path,
) -> None:
    """With few photos it happens; the teachers are fitted to the other epochs' pictures."""
    recipe = replace(RECIPE, batch_size=2, epochs=8, augmentation=Augmentation(compose=0.6))
    wanted = replace(job(store, tmp_path / "run", recipe), training=range(2))
    _, lessons = ask([teacher], wanted)
    nothing = [bool(np.isnan(lesson.said).all()) for lesson in lessons]
    assert any(nothing) and not all(nothing)
