"""A whole training, small: folders in, a bundle out that sorts."""

import csv
import dataclasses
import json
import shutil
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from test_dataset import noise  # noqa: E402

from catdog_sorter.backends import open_backend  # noqa: E402
from catdog_sorter.bundle import load_bundle  # noqa: E402
from catdog_sorter.errors import TrainingError, UsageError  # noqa: E402
from catdog_sorter.labels import Prediction  # noqa: E402
from catdog_sorter.photos import find_photos  # noqa: E402
from catdog_sorter.pipeline import classify  # noqa: E402
from catdog_sorter.training import export, run  # noqa: E402
from catdog_sorter.training.events import EpochEnded, Step  # noqa: E402
from catdog_sorter.training.recipes import Recipe  # noqa: E402

RECIPE = Recipe("tiny", image_size=32, input_size=64, epochs=2, batch_size=4)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for number in range(10):
        noise(folder / "cat" / f"{number}.png", number)
        noise(folder / "dog" / f"{number}.jpg", 100 + number)
        noise(folder / "neither" / f"{number}.png", 200 + number)
    (folder / "cat" / "bad.jpg").write_text("no picture")
    return folder


def request(data: Path, tmp_path: Path, **changes: object) -> run.Request:
    wanted = run.Request(data, RECIPE, None, 5, tmp_path / "run", tmp_path / "models" / "mine")
    return dataclasses.replace(wanted, **changes)


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[run.Event]]:
    folder = tmp_path_factory.mktemp("trained")
    return folder, list(run.retrain(request(data, folder)))


def test_the_bundle_says_how_it_came_about(trained: tuple[Path, list[run.Event]]) -> None:
    bundle = load_bundle(trained[0] / "models" / "mine")
    assert bundle.name == "mine"
    assert bundle.outputs == ("cat", "dog")
    assert bundle.preprocessing.size == 64
    assert bundle.training["seed"] == 5
    assert bundle.training["recipe"]["epochs"] == 2
    assert bundle.training["photos"] == {"cat": 10, "dog": 10, "neither": 10}
    assert bundle.training["training_photos"] + bundle.training["validation_photos"] == 30
    assert len(bundle.training["data"]) == 64
    assert 0 <= bundle.training["onnx_largest_logit_difference"] <= 1e-4
    assert bundle.metrics["validation"]["photos"] == bundle.training["validation_photos"]
    assert set(bundle.files) == {"model.onnx", "model.safetensors"}


def test_the_events_tell_the_story(trained: tuple[Path, list[run.Event]]) -> None:
    folder, events = trained
    (ready,) = [event for event in events if isinstance(event, run.DataReady)]
    assert ready.training + ready.validation == 30
    assert [item.path.name for item in ready.unreadable] == ["bad.jpg"]
    assert isinstance(events[-1], run.BundleWritten)
    assert events[-1].folder == folder / "models" / "mine"


def test_the_log_has_a_row_for_each_epoch(trained: tuple[Path, list[run.Event]]) -> None:
    with (trained[0] / "run" / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert all(float(row["loss"]) > 0 and float(row["validation_loss"]) > 0 for row in rows)


def test_the_store_of_pixels_is_removed(trained: tuple[Path, list[run.Event]]) -> None:
    assert not (trained[0] / "run" / "store").exists()


def test_no_path_of_this_machine_is_in_the_bundle(trained: tuple[Path, list[run.Event]]) -> None:
    bundle = trained[0] / "models" / "mine"
    for file in bundle.iterdir():
        content = file.read_bytes()
        assert b"/torch_trainer" not in content
        assert str(trained[0]).encode() not in content
        assert b"site-packages" not in content


def test_onnx_and_torch_say_the_same_of_photos(
    trained: tuple[Path, list[run.Event]], data: Path
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
    trained: tuple[Path, list[run.Event]], data: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    real = export.write_onnx

    def slightly_wrong(network: "torch.nn.Module", path: Path, size: int) -> None:
        with torch.no_grad():
            network.classifier[1].bias += 3e-4
            real(network, path, size)
            network.classifier[1].bias -= 3e-4

    monkeypatch.setattr(export, "write_onnx", slightly_wrong)
    folder = trained[0] / "run"
    wanted = request(data, tmp_path, folder=folder, resume=True)
    with pytest.raises(TrainingError, match=r"differ from PyTorch's.*not written"):
        list(run.retrain(wanted))
    assert not wanted.output.exists()


def test_a_finished_run_can_be_exported_again(
    trained: tuple[Path, list[run.Event]], data: Path, tmp_path: Path
) -> None:
    wanted = request(data, tmp_path, folder=trained[0] / "run", resume=True)
    events = list(run.retrain(wanted))
    assert isinstance(events[-1], run.BundleWritten)
    first = load_bundle(trained[0] / "models" / "mine")
    again = load_bundle(wanted.output)
    assert again.files == first.files
    assert again.calibration == first.calibration


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


def test_a_run_stopped_in_its_first_epoch_can_be_resumed(data: Path, tmp_path: Path) -> None:
    events = run.retrain(request(data, tmp_path))
    assert any(isinstance(event, Step) for event in events)  # takes events up to the first step
    events.close()
    resumed = list(run.retrain(request(data, tmp_path, resume=True)))
    assert [event.epoch for event in resumed if isinstance(event, EpochEnded)] == [0, 1]
    assert isinstance(resumed[-1], run.BundleWritten)


def test_an_existing_model_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    wanted = request(data, tmp_path)
    wanted.output.mkdir(parents=True)
    with pytest.raises(UsageError, match="exists already"):
        next(run.retrain(wanted))


def test_a_second_run_of_the_same_name_needs_resume(
    trained: tuple[Path, list[run.Event]], data: Path, tmp_path: Path
) -> None:
    wanted = request(data, tmp_path, folder=trained[0] / "run")
    with pytest.raises(TrainingError, match="holds an earlier run"):
        next(run.retrain(wanted))


def test_resuming_with_other_settings_is_refused(
    trained: tuple[Path, list[run.Event]], data: Path, tmp_path: Path
) -> None:
    wanted = request(data, tmp_path, folder=trained[0] / "run", resume=True, seed=6)
    before = json.loads((trained[0] / "run" / "run.json").read_text())
    with pytest.raises(TrainingError, match="another seed"):
        list(run.retrain(wanted))
    assert json.loads((trained[0] / "run" / "run.json").read_text()) == before
