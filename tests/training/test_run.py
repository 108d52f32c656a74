"""A whole small training in PyTorch: from photos to a bundle that sorts."""

import csv
import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `torch`")

from catdog_sorter.classification.pipeline import classify  # noqa: E402
from catdog_sorter.errors import TrainingError, TrainingStopped, UsageError  # noqa: E402
from catdog_sorter.labels import Prediction, RiskControl  # noqa: E402
from catdog_sorter.model.backends import open_backend  # noqa: E402
from catdog_sorter.model.bundle import DETECTOR, load_bundle  # noqa: E402
from catdog_sorter.model.networks.onnx_weights import read_weights  # noqa: E402
from catdog_sorter.model.preprocessing import Preprocessing  # noqa: E402
from catdog_sorter.photos.find import find_photos  # noqa: E402
from catdog_sorter.training import run  # noqa: E402
from catdog_sorter.training.data.samples import find_samples  # noqa: E402
from catdog_sorter.training.events import (  # noqa: E402
    EpochEnded,
    PhotosChecked,
    Step,
)
from catdog_sorter.training.figures import run_report  # noqa: E402
from catdog_sorter.training.fit import export, frameworks, loop  # noqa: E402
from catdog_sorter.training.fit.checkpoint import read_arrays, write_arrays  # noqa: E402
from catdog_sorter.training.fit.head_correction import (  # noqa: E402
    HeadCorrection,
    fit_correction,
)
from catdog_sorter.training.fit.initial_weights import InitialWeights  # noqa: E402
from catdog_sorter.training.fit.rehearsal import Rehearsal, write_rehearsal  # noqa: E402
from catdog_sorter.training.recipes import (  # noqa: E402
    Recipe,
    with_settings,
)
from tests.support.colours import add_detector  # noqa: E402
from tests.support.pictures import noise  # noqa: E402

RECIPE = with_settings(
    Recipe("tiny"),
    architecture="cnn",
    image_size=32,
    input_size=64,
    epochs=2,
    batch_size=4,
    test_time_augmentation=True,
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for number in range(10):
        noise(folder / "cat" / f"{number}.png", number)
        noise(folder / "dog" / f"{number}.jpg", 100 + number)
        noise(folder / "neither" / f"{number}.png", 200 + number)
    (folder / "cat" / "bad.jpg").write_text("no picture")
    return folder


def request(data: Path, tmp_path: Path, **changes: object) -> run.TrainingRequest:
    wanted = run.TrainingRequest(
        find_samples(data),
        RECIPE,
        InitialWeights("random"),
        5,
        tmp_path / "run",
        tmp_path / "models/mine",
    )
    return dataclasses.replace(wanted, **changes)


WRITE_RUN_REPORT = run_report.write_run_report


@pytest.fixture(autouse=True)
def plain_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the figures, which take half of the time of a tiny run."""
    monkeypatch.setattr(
        run_report, "write_run_report", lambda file, *_: file.write_text("not drawn here")
    )


@pytest.fixture(scope="module")
def trained(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[run.TrainingEvent]]:
    folder = tmp_path_factory.mktemp("trained")
    return folder, list(run.retrain(request(data, folder)))


def test_the_bundle_records_its_training(trained: tuple[Path, list[run.TrainingEvent]]) -> None:
    bundle = load_bundle(trained[0] / "models" / "mine")
    assert bundle.name == "mine"
    assert (bundle.framework, bundle.architecture) == ("torch", "cnn")
    assert bundle.outputs == ("cat", "dog")
    assert bundle.preprocessing.size == 64
    augmentation = bundle.test_time_augmentation
    assert augmentation.mirror
    assert len(augmentation.uncertainty_band) == 2
    assert augmentation.rotation_sharpness and augmentation.crop_fraction
    assert bundle.training["seed"] == 5
    assert bundle.training["recipe"]["optimisation"]["epochs"] == 2
    assert bundle.training["initial_weights"] == "random"
    assert bundle.training["photos"] == {"cat": 10, "dog": 10, "neither": 10}
    assert bundle.training["training_photos"] + bundle.training["validation_photos"] == 30
    assert bundle.training["epochs_done"] == 2
    assert bundle.training["best_epoch"] in (1, 2)
    assert bundle.training["versions"]["torch"] == torch.__version__.split("+")[0]
    assert len(bundle.training["data_fingerprint"]) == 64
    assert bundle.risk_control == RiskControl(0.07, 0.02, 0.9, proved=False)  # too few photos
    assert 0 <= bundle.training["onnx_max_logit_difference"] <= 1e-4
    assert bundle.metrics["validation"]["photos"] == bundle.training["validation_photos"]
    assert set(bundle.files) == {"model.onnx"}


def test_the_events_come_in_their_order(trained: tuple[Path, list[run.TrainingEvent]]) -> None:
    folder, events = trained
    (ready,) = [event for event in events if isinstance(event, run.DataReady)]
    assert ready.training + ready.validation == 30
    assert (ready.unused, ready.epochs) == (0, 2)
    assert [item.path.name for item in ready.unreadable] == ["bad.jpg"]
    checked = [event for event in events if isinstance(event, PhotosChecked)]
    assert [event.done for event in checked] == sorted(event.done for event in checked)
    assert {event.total for event in checked} == {2 * ready.validation}
    assert checked[-1].done == checked[-1].total
    written = events[-1]
    assert isinstance(written, run.BundleWritten)
    assert written.folder == folder / "models" / "mine"
    assert not written.interrupted


def test_the_logs_have_a_row_for_each_epoch(trained: tuple[Path, list[run.TrainingEvent]]) -> None:
    with (trained[0] / "run" / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert all(float(row["loss"]) > 0 and float(row["validation_loss"]) > 0 for row in rows)
    lines = (trained[0] / "run" / "log.jsonl").read_text().splitlines()
    as_text = [{key: str(value) for key, value in json.loads(line).items()} for line in lines]
    assert as_text == rows


def test_figures_and_a_report_are_left(trained: tuple[Path, list[run.TrainingEvent]]) -> None:
    folder = trained[0] / "run"
    drawn = {path.name for path in (folder / "figures").iterdir()}
    assert drawn >= {
        "curves-loss.png",
        "curves-accuracy.png",
        "learning-rate.png",
        "confusion.png",
        "reliability.png",
        "predictions.png",
    }
    page = (folder / "report.html").read_text()
    assert page.count("data:image/png") == len(drawn)
    assert page.index("Predictions by true label") < page.index("initial learning rate")
    assert page.count("<details>") == 3
    assert "Training of mine" in page


def test_the_store_of_pixels_is_removed(trained: tuple[Path, list[run.TrainingEvent]]) -> None:
    assert not (trained[0] / "run" / "store").exists()


def test_no_path_of_this_machine_is_in_the_bundle(
    trained: tuple[Path, list[run.TrainingEvent]],
) -> None:
    bundle = trained[0] / "models" / "mine"
    for file in bundle.iterdir():
        content = file.read_bytes()
        assert b"/torch_trainer" not in content
        assert str(trained[0]).encode() not in content
        assert b"site-packages" not in content


def test_onnx_and_torch_say_the_same_of_photos(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path
) -> None:
    bundle = load_bundle(trained[0] / "models" / "mine")
    answers = []
    for name in ("onnx", "torch"):
        results = classify(find_photos([data]), bundle, open_backend(bundle, name))
        answers.append([(r.p_cat, r.p_dog) for r in results if isinstance(r, Prediction)])
    assert len(answers[0]) == 30
    for one, other in zip(*answers, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_an_export_that_is_off_fails(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    real = frameworks.write_onnx

    def slightly_wrong(framework: str, recipe: Recipe, weights: dict, path: Path) -> object:
        exact = real(framework, recipe, weights, path)
        return lambda batch: exact(batch) + 3e-4

    monkeypatch.setattr(export.frameworks, "write_onnx", slightly_wrong)
    folder = shutil.copytree(trained[0] / "run", tmp_path / "again")
    wanted = request(data, tmp_path, folder=folder, resume=True)
    with pytest.raises(TrainingError, match=r"differ from PyTorch's.*not written"):
        list(run.retrain(wanted))
    assert not wanted.output.exists()


def test_rounding_of_large_logits_is_no_difference(data: Path, tmp_path: Path) -> None:
    samples = find_samples(data)[1:5]
    spec = Preprocessing(32)

    class Exported:
        def __init__(self, off: float) -> None:
            self.off = off

        def logits(self, batch: object) -> np.ndarray:
            return np.array([[50.0, 0.5]] * 4, dtype=np.float32) + np.array([[self.off, 0]])

    def exact(batch: np.ndarray) -> np.ndarray:
        return np.array([[50.0, 0.5]] * len(batch))

    for off, is_rounding in ((4e-3, True), (6e-3, False)):
        steps = export._compare(exact, Exported(off), samples, spec)
        assert next(steps) == 4
        with pytest.raises(StopIteration) as end:
            next(steps)
        _, largest, of_size = end.value.value
        assert largest == pytest.approx(off, rel=1e-2)
        assert (of_size <= export.MAX_LOGIT_DIFFERENCE) is is_rounding


def test_a_finished_run_can_be_exported_again(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(trained[0] / "run", tmp_path / "again")
    wanted = request(data, tmp_path, folder=folder, resume=True)
    events = list(run.retrain(wanted))
    assert isinstance(events[-1], run.BundleWritten)
    first = load_bundle(trained[0] / "models" / "mine")
    again = load_bundle(wanted.output)
    assert again.files == first.files
    assert again.calibration == first.calibration


def test_a_finished_run_keeps_its_best_weights_once(
    trained: tuple[Path, list[run.TrainingEvent]],
) -> None:
    folder = trained[0] / "run"
    weights = {file.name: file.stat().st_size for file in folder.rglob("*.safetensors")}
    assert set(weights) == {loop.BEST, loop.CHECKPOINT}
    assert not read_arrays(folder / loop.CHECKPOINT)[0]
    assert not list(folder.rglob("*.onnx"))


def test_the_run_that_made_a_model_may_replace_it(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    shutil.copytree(trained[0], tmp_path, dirs_exist_ok=True)
    wanted = request(data, tmp_path, resume=True)
    before = load_bundle(wanted.output).files
    list(run.retrain(wanted))
    assert load_bundle(wanted.output).files == before
    assert [path.name for path in wanted.output.parent.iterdir()] == ["mine"]


def test_another_run_may_not_replace_a_model(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    shutil.copytree(trained[0], tmp_path, dirs_exist_ok=True)
    described = tmp_path / "models" / "mine" / "bundle.json"
    content = json.loads(described.read_text())
    content["training"]["seed"] = 99
    described.write_text(json.dumps(content))
    with pytest.raises(UsageError, match="exists already"):
        next(run.retrain(request(data, tmp_path, resume=True)))


def test_cats_and_dogs_alone_train_the_two_class_head(data: Path, tmp_path: Path) -> None:
    for kind in ("cat", "dog"):
        shutil.copytree(data / kind, tmp_path / "two" / kind)
    wanted = request(tmp_path / "two", tmp_path)
    assert isinstance(list(run.retrain(wanted))[-1], run.BundleWritten)
    bundle = load_bundle(wanted.output)
    assert bundle.outputs == ("dog",)
    results = list(classify(find_photos([data]), bundle, open_backend(bundle, "onnx")))
    predictions = [result for result in results if isinstance(result, Prediction)]
    assert len(predictions) == 30
    assert all(p.p_cat + p.p_dog == pytest.approx(1) for p in predictions)


def test_a_recipe_of_one_output_leaves_out_what_it_cannot_learn(data: Path, tmp_path: Path) -> None:
    recipe = with_settings(RECIPE, outputs=("dog",), epochs=1)
    events = list(run.retrain(request(data, tmp_path, recipe=recipe)))
    (ready,) = [event for event in events if isinstance(event, run.DataReady)]
    assert ready.unused == 10
    assert ready.training + ready.validation == 20
    bundle = load_bundle(tmp_path / "models" / "mine")
    assert bundle.outputs == ("dog",)
    assert bundle.risk_control is None  # nothing is known of photos without a pet
    # The highest logit of a turn or a part would speak for the dog alone.
    augmentation = bundle.test_time_augmentation
    assert len(augmentation.uncertainty_band) == 1
    assert not (augmentation.rotation_sharpness or augmentation.crop_fraction)


def test_photos_that_all_look_the_same_are_refused(tmp_path: Path) -> None:
    for number in range(5):
        noise(tmp_path / "data" / "cat" / f"{number}.png", 1, size=(60 + number, 40))
        noise(tmp_path / "data" / "dog" / f"{number}.png", 2, size=(60 + number, 40))
    with pytest.raises(TrainingError, match=r"10 photos 10 can be read.*look the same"):
        list(run.retrain(request(tmp_path / "data", tmp_path)))


def test_few_photos_get_more_epochs(data: Path, tmp_path: Path) -> None:
    recipe = with_settings(RECIPE, epochs=1, min_batches=20)
    events = run.retrain(request(data, tmp_path, recipe=recipe))
    ready = next(event for event in events if isinstance(event, run.DataReady))
    events.close()
    assert ready.epochs == -(-20 // (ready.training // RECIPE.data.batch_size)) > 1


def test_a_run_stopped_in_its_first_epoch_can_be_resumed(data: Path, tmp_path: Path) -> None:
    events = run.retrain(request(data, tmp_path))
    assert any(isinstance(event, Step) for event in events)  # takes events up to the first step
    events.close()
    resumed = list(run.retrain(request(data, tmp_path, resume=True)))
    assert [event.epoch for event in resumed if isinstance(event, EpochEnded)] == [0, 1]
    assert isinstance(resumed[-1], run.BundleWritten)


def test_stopping_makes_a_model_of_the_best_epoch_so_far(data: Path, tmp_path: Path) -> None:
    ended: list[EpochEnded] = []
    events = []
    recipe = with_settings(RECIPE, epochs=5)
    wanted = request(data, tmp_path, recipe=recipe, stop=lambda: bool(ended))
    for event in run.retrain(wanted):
        events.append(event)
        if isinstance(event, EpochEnded):
            ended.append(event)
    written = events[-1]
    assert isinstance(written, run.BundleWritten) and written.interrupted
    assert load_bundle(wanted.output).training["epochs_done"] == 1
    assert read_arrays(wanted.folder / loop.CHECKPOINT)[0]
    resumed = list(run.retrain(dataclasses.replace(wanted, stop=lambda: False, resume=True)))
    assert [event.epoch for event in resumed if isinstance(event, EpochEnded)] == [1, 2, 3, 4]
    assert load_bundle(wanted.output).training["epochs_done"] == 5


def test_stopping_before_the_first_epoch_ends_leaves_no_model(data: Path, tmp_path: Path) -> None:
    wanted = request(data, tmp_path, stop=lambda: True)
    with pytest.raises(KeyboardInterrupt):
        list(run.retrain(wanted))
    assert not wanted.output.exists()
    assert loop.read_history(wanted.folder) == []


def test_an_existing_model_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    wanted = request(data, tmp_path)
    wanted.output.mkdir(parents=True)
    with pytest.raises(UsageError, match="exists already"):
        next(run.retrain(wanted))


def test_a_model_among_the_photos_is_refused(data: Path, tmp_path: Path) -> None:
    for changed in ("output", "folder"):
        wanted = request(data, tmp_path, **{changed: data / "cat" / "deep" / "mine"})
        with pytest.raises(TrainingError, match=r"would lie among the photos in .*cat"):
            next(run.retrain(wanted))
    assert not (data / "cat" / "deep").exists()


def test_a_second_run_of_the_same_name_needs_resume(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    wanted = request(data, tmp_path, folder=trained[0] / "run")
    with pytest.raises(TrainingError, match="holds an earlier run"):
        next(run.retrain(wanted))


def test_resuming_with_other_settings_is_refused(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    wanted = request(data, tmp_path, folder=trained[0] / "run", resume=True, seed=6)
    before = json.loads((trained[0] / "run" / "run.json").read_text())
    with pytest.raises(TrainingError, match="another seed"):
        list(run.retrain(wanted))
    assert json.loads((trained[0] / "run" / "run.json").read_text()) == before


def test_a_full_disk_is_a_sentence(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run.dataset, "build_store", full)
    with pytest.raises(TrainingStopped, match=r"No space left on device.*Free some.*--resume"):
        list(run.retrain(request(data, tmp_path)))


def assert_halfway(earlier: Path, tmp_path: Path) -> None:
    """Assert that the model is the mean of the `earlier` weights and the run's last ones."""
    before = read_weights(earlier)
    after, _ = read_arrays(tmp_path / "run" / loop.BEST)
    kept = read_weights(tmp_path / "models" / "mine" / "model.onnx")
    for name, array in kept.items():
        mean = (before[name].astype(float) + after[name]) / 2
        np.testing.assert_allclose(array, mean, rtol=1e-5, atol=1e-6)
    assert any(not np.array_equal(before[name], after[name]) for name in kept)


def test_a_recipe_may_keep_half_of_the_initial_weights(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    begun = trained[0] / "models" / "mine" / "model.onnx"
    recipe = with_settings(RECIPE, initial_shares=(0.5,), epochs=1)
    initial = InitialWeights("mine", begun, load_bundle(begun.parent))
    list(run.retrain(request(data, tmp_path, recipe=recipe, initial_weights=initial)))
    assert_halfway(begun, tmp_path)


def test_pretrained_weights_that_do_not_fit_are_refused_before_any_photo_is_read(
    data: Path, tmp_path: Path
) -> None:
    write_arrays(tmp_path / "other.safetensors", {"layer.weight": np.zeros(3, np.float32)}, {})
    pretrained = InitialWeights("other", tmp_path / "other.safetensors")
    with pytest.raises(TrainingError, match=r"other\.safetensors does not fit"):
        next(run.retrain(request(data, tmp_path, pretrained=pretrained)))
    assert not (tmp_path / "run").exists()


def test_the_recipe_decides_the_share_of_pretrained_weights(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    begun = trained[0] / "models" / "mine" / "model.onnx"
    recipe = with_settings(RECIPE, pretrained_shares=(0.5,), epochs=1)
    list(
        run.retrain(
            request(data, tmp_path, recipe=recipe, pretrained=InitialWeights("mine", begun))
        )
    )
    assert_halfway(begun, tmp_path)
    training = load_bundle(tmp_path / "models" / "mine").training
    assert (training["initial_share"], training["pretrained_share"]) == (0, 0.5)


def test_such_a_recipe_needs_a_model_of_its_outputs(data: Path, tmp_path: Path) -> None:
    recipe = with_settings(RECIPE, initial_shares=(0.5,))
    with pytest.raises(TrainingError, match="outputs cat and dog to start from; random has others"):
        list(run.retrain(request(data, tmp_path, recipe=recipe)))
    assert not (tmp_path / "run").exists()


# --- Going on from a model, carefully --------------------------------------------------------

CAREFUL = with_settings(
    RECIPE, careful=True, epochs=1, min_batches=0, initial_shares=(1.0, 0.5, 0.0), input_size=64
)


def going_on(trained: tuple[Path, list[run.TrainingEvent]]) -> InitialWeights:
    begun = trained[0] / "models" / "mine" / "model.onnx"
    return InitialWeights("mine", begun, load_bundle(begun.parent))


def test_few_photos_are_evaluated_by_cross_validation(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(run_report, "write_run_report", WRITE_RUN_REPORT)
    start = going_on(trained)
    wanted = request(data, tmp_path, recipe=CAREFUL, initial_weights=start)
    events = list(run.retrain(wanted))
    (ready,) = [event for event in events if isinstance(event, run.DataReady)]
    assert (ready.training, ready.validation, ready.epochs) == (30, 0, 0)
    written = events[-1]
    assert isinstance(written, run.BundleWritten) and written.comparison
    assert written.comparison.cross_validated and written.comparison.photos == 30
    bundle = load_bundle(wanted.output)
    assert start.bundle
    assert bundle.calibration == start.bundle.calibration
    assert bundle.thresholds == start.bundle.thresholds
    assert bundle.test_time_augmentation == start.bundle.test_time_augmentation
    assert bundle.training["epochs_done"] == 0
    assert bundle.training["comparison"] == written.comparison.as_json()
    recorded = json.loads((wanted.folder / "run.json").read_text())
    assert recorded["comparison"] == written.comparison.as_json()
    page = (wanted.folder / "report.html").read_text()
    assert "Before and after, on 30 photos" in page
    if bundle.training["initial_share"] == 1:
        assert written.comparison.before == written.comparison.after
        assert "not made the default" in page


def test_what_the_model_knew_is_rehearsed(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shutil.copytree(trained[0] / "models" / "mine", tmp_path / "before")
    start = load_bundle(tmp_path / "before")
    write_rehearsal(Rehearsal(np.ones((3, 192)), np.full((3, 2), 2.0)), start)
    given = []

    def noted(*args: Any) -> HeadCorrection:
        given.append(args[-1])
        return fit_correction(*args)

    monkeypatch.setattr(run, "fit_correction", noted)
    initial = InitialWeights("mine", start.file("model.onnx"), start)
    list(run.retrain(request(data, tmp_path, recipe=CAREFUL, initial_weights=initial)))
    (known,) = given
    assert known.features.shape == (3, 192)
    scale, bias = start.calibration.scale, start.calibration.bias
    np.testing.assert_allclose(known.logits, [2 * np.array(scale) + bias] * 3, rtol=1e-6)


def test_a_careful_run_with_photos_held_out_is_compared_on_them(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(run, "MIN_HELD_OUT_PHOTOS", 20)
    begun = shutil.copytree(trained[0] / "models" / "mine", tmp_path / "begun")
    add_detector(begun, 4.0)
    start = InitialWeights("mine", begun / "model.onnx", load_bundle(begun))
    wanted = request(data, tmp_path, recipe=CAREFUL, initial_weights=start)
    events = list(run.retrain(wanted))
    (ready,) = [event for event in events if isinstance(event, run.DataReady)]
    written = events[-1]
    assert isinstance(written, run.BundleWritten) and written.comparison
    assert not written.comparison.cross_validated
    assert written.comparison.photos == ready.validation > 0
    bundle = load_bundle(wanted.output)
    assert bundle.file(DETECTOR).read_bytes() == (begun / DETECTOR).read_bytes()
    training = bundle.training
    assert training["epochs_done"] == 1
    assert training["initial_share"] in CAREFUL.averaging.initial_shares


def test_a_careful_recipe_without_a_model_to_keep_to_trains_as_others_do(
    data: Path, tmp_path: Path
) -> None:
    events = list(run.retrain(request(data, tmp_path, recipe=CAREFUL)))
    written = events[-1]
    assert isinstance(written, run.BundleWritten) and written.comparison is None
    training = load_bundle(tmp_path / "models" / "mine").training
    assert (training["epochs_done"], training["initial_share"]) == (1, 0)


def test_a_model_and_its_run_are_replaced_when_asked(
    trained: tuple[Path, list[run.TrainingEvent]], data: Path, tmp_path: Path
) -> None:
    shutil.copytree(trained[0], tmp_path, dirs_exist_ok=True)
    before = load_bundle(tmp_path / "models" / "mine").training["seed"]
    list(run.retrain(request(data, tmp_path, seed=6, replace=True)))
    assert load_bundle(tmp_path / "models" / "mine").training["seed"] == 6 != before


def test_photos_that_cannot_be_read_are_named_and_leave_no_run(tmp_path: Path) -> None:
    for number in range(6):
        for animal in ("cat", "dog"):
            photo = tmp_path / "photos" / animal / f"{number}.jpg"
            photo.parent.mkdir(parents=True, exist_ok=True)
            photo.write_text("no picture")
    with pytest.raises(TrainingError, match=r"0 photos of a cat.*12 photos cannot be read.*0\.jpg"):
        list(run.retrain(request(tmp_path / "photos", tmp_path)))
    assert not (tmp_path / "run").exists()


def test_a_run_that_is_stopped_while_it_reads_leaves_nothing(data: Path, tmp_path: Path) -> None:
    events = run.retrain(request(data, tmp_path))
    assert isinstance(next(events), run.PhotosDecoded)
    events.close()
    assert not (tmp_path / "run").exists()


def test_the_name_of_a_shipped_model_is_never_taken(data: Path, tmp_path: Path) -> None:
    wanted = request(data, tmp_path, output=tmp_path / "efficientnet_lite2", replace=True)
    with pytest.raises(UsageError, match="comes with catdog-sorter"):
        next(run.retrain(wanted))


def test_a_model_in_the_folder_of_the_photos_is_refused(data: Path, tmp_path: Path) -> None:
    wanted = request(data, tmp_path, output=data / "mine", photos_folder=data)
    with pytest.raises(TrainingError, match="would lie among the photos"):
        next(run.retrain(wanted))
