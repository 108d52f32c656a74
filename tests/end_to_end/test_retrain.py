"""The real command trains, stops, resumes, and writes a model on which all engines agree."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.networks.architectures import is_portable
from catdog_sorter.model.networks.onnx_weights import read_weights
from catdog_sorter.storage.locations import HOME_VARIABLE
from tests.support.extras import needs_torch
from tests.support.pictures import noise
from tests.support.teacher_files import write_teacher

COMMAND = [sys.executable, "-m", "catdog_sorter"]
SMALL = ["--epochs", "1", "--image-size", "32", "--batch-size", "4", "--init", "random"]
QUICK = [("cnn", "torch"), ("cnn", "tf")]
SLOW = [
    (recipe, framework)
    for recipe in ("cnn", "finetune", "mobilenetv2", "resnet50", "efficientnet_b0")
    for framework in ("torch", "tf")
    if (recipe, framework) not in QUICK
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for number in range(10):
        noise(folder / "Cats" / f"{number}.png", number)
        noise(folder / "dog" / f"{number}.jpg", 100 + number)
        noise(folder / "other" / f"{number}.png", 200 + number)
    return folder


def catdog_sort(*words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    answer = subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert answer.returncode == code, answer.stderr
    return answer


def verdicts(data: Path, *more: str) -> dict[str, tuple[str, float, float]]:
    lines = catdog_sort("classify", data, "--format", "jsonl", *more).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["path"]: (row["label"], row["p_cat"], row["p_dog"]) for row in rows}


def skip_without(framework: str) -> None:
    if find_spec({"torch": "torch", "tf": "tensorflow"}[framework]) is None:
        pytest.skip(f"{framework} is not installed")


@pytest.mark.parametrize(
    ("recipe", "framework"),
    [*QUICK, *(pytest.param(*pair, marks=pytest.mark.slow) for pair in SLOW)],
)
def test_a_trained_model_gives_the_same_answers_in_every_engine(
    recipe: str, framework: str, data: Path, tmp_path: Path
) -> None:
    skip_without(framework)
    words = ["--recipe", recipe, "--backend", framework, "--name", "mine", *SMALL]
    if recipe == "finetune":  # EfficientNet-Lite takes no smaller pictures
        words += ["--image-size", "64"]
    answer = catdog_sort("retrain", data, *words, "--json")
    result = json.loads(answer.stdout)
    bundle = load_bundle(Path(result["model"]))
    assert bundle.framework == framework
    assert bundle.outputs == (("cat", "dog") if recipe == "finetune" else ("dog",))
    assert Path(result["report"]).read_text().count("data:image/png") >= 6
    with_onnx = verdicts(data, "--model", "mine")
    portable = is_portable(bundle.architecture)
    engines = ["torch", "tf"] if portable else [framework]
    assert len(with_onnx) == 30
    # Barely trained networks say nearly the same of all photos; calibrating such logits magnifies
    # what little sets them apart, and rounding with it.
    within = 1e-4 * max(1.0, *map(abs, bundle.calibration.scale))
    limits = (bundle.thresholds.present, bundle.thresholds.absent)
    for engine in engines:
        others = verdicts(data, "--model", "mine", "--backend", engine)
        assert others.keys() == with_onnx.keys()
        for path, (label, p_cat, p_dog) in with_onnx.items():
            assert others[path][1:] == pytest.approx((p_cat, p_dog), abs=within)
            if all(abs(p - limit) > within for p in (p_cat, p_dog) for limit in limits):
                assert others[path][0] == label


def start(data: Path, home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "retrain", str(data), "--recipe", "cnn", "--name", "mine", *SMALL[2:], *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {HOME_VARIABLE: str(home)},
    )


def wait_for_epoch(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Epoch "):
            return
    raise AssertionError("no epoch ended")


def test_ctrl_c_makes_a_model_of_the_best_epoch_so_far(data: Path, tmp_path: Path) -> None:
    skip_without("torch")
    process = start(data, tmp_path, "--epochs", "10000", "--patience", "10000", "--use", "--force")
    wait_for_epoch(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130, err
    assert "the best epoch so far becomes the model" in err
    bundle = load_bundle(Path(out.strip()))
    assert 1 <= bundle.training["epochs_done"] < 10000
    assert (tmp_path / "model-in-use.txt").read_text().strip() == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("framework", ["torch", "tf"])
def test_a_killed_run_resumed_ends_where_an_unbroken_one_does(
    framework: str, data: Path, tmp_path: Path
) -> None:
    skip_without(framework)
    words = ["--epochs", "6", "--backend", framework]
    homes = {name: tmp_path / name for name in ("unbroken", "killed")}
    for name, home in homes.items():
        process = start(data, home, *words)
        if name == "killed":
            wait_for_epoch(process)
            time.sleep(0.2)
            process.kill()
            process.communicate()
            assert not (home / "models" / "mine").exists()
            process = start(data, home, *words, "--resume")
        _, err = process.communicate()
        assert process.returncode == 0, err
    whole, resumed = (load_bundle(home / "models" / "mine") for home in homes.values())
    weights, others = (read_weights(each.file("model.onnx")) for each in (whole, resumed))
    assert weights.keys() == others.keys()
    assert all(np.array_equal(array, others[name]) for name, array in weights.items())
    assert resumed.calibration == whole.calibration
    logs = [_without_time(home / "runs" / "mine" / "log.csv") for home in homes.values()]
    assert logs[0] == logs[1]


def _without_time(log: Path) -> list[list[str]]:
    return [line.split(",")[:-1] for line in log.read_text().splitlines()]


@pytest.mark.parametrize("words", [["retrain", "--backend", "tf"], ["retrain"], ["compare"]])
def test_without_the_extras_training_ends_with_advice(words: list[str], data: Path) -> None:
    """As in the base install, without the packages of the extras."""
    extras = ("torch", "torchvision", "tensorflow", "keras", "onnx", "safetensors", "matplotlib")
    code = (
        "import importlib.util, sys\n"
        "real = importlib.util.find_spec\n"
        f"sys.modules.update(dict.fromkeys({extras}))\n"
        "importlib.util.find_spec = lambda name, *more: (\n"
        f"    None if name in {extras} else real(name, *more)\n"
        ")\n"
        f"sys.argv = ['catdog-sort', *{words}, {str(data)!r}]\n"
        "from catdog_sorter.cli import main\n"
        "main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 3, answer.stderr
    assert f"pip install 'catdog-sorter[{'tf' if 'tf' in words else 'torch'}]'" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.slow
def test_two_systems_are_compared_on_one_split(data: Path, tmp_path: Path) -> None:
    for framework in ("torch", "tf"):
        skip_without(framework)
    words = ["--recipes", "cnn", "--epochs", "1"]
    printed = catdog_sort("compare", data, *words, "--json").stdout
    rows: list[dict[str, Any]] = [json.loads(line) for line in printed.splitlines()]
    assert [row["name"] for row in rows] == ["cnn-torch", "cnn-tf"]
    assert [row["studied"] for row in rows] == [0.74, 0.76]
    for row in rows:
        assert 0 <= row["accuracy_low"] <= row["accuracy"] <= row["accuracy_high"] <= 1
        assert row["epochs"] == 1 and row["photos_per_second"] > 0
    assert rows[0]["parameters"] == rows[1]["parameters"]
    refused = catdog_sort("compare", data, *words, code=2)
    assert "--resume" in refused.stderr
    again = catdog_sort("compare", data, *words, "--resume")
    assert "| cnn-torch | 74.0% |" in again.stdout
    assert "Training cnn" not in again.stderr


@pytest.mark.slow
@pytest.mark.parametrize("framework", ["torch", "tf"])
def test_a_good_model_is_trained_further_with_teachers_and_more_photos_of_neither(
    framework: str, data: Path, tmp_path: Path
) -> None:
    skip_without(framework)
    teacher = write_teacher(tmp_path / "teacher.onnx")
    for number in range(4):
        noise(tmp_path / "hard" / f"{number}.png", 500 + number)
    catdog_sort(
        "retrain", data, "--backend", framework, "--recipe", "best", "--name", "taught",
        "--teacher", teacher, "--negatives", tmp_path / "hard", "--pretrained", "bundled",
        "--epochs", "1",
        "--image-size", "64", "--batch-size", "8", "--output", tmp_path / "taught",
    )  # fmt: skip
    training = load_bundle(tmp_path / "taught").training
    assert set(training["teachers"]) == {"teacher.onnx"}
    assert training["negatives"] == 4
    assert training["pretrained_weights"] == training["initial_weights"]
    assert training["pretrained_share"] in training["recipe"]["averaging"]["pretrained_shares"]
    assert training["training_photos"] + training["validation_photos"] == 34
    assert {label for label, *_ in verdicts(data, "--model", str(tmp_path / "taught")).values()}


@needs_torch
def test_teachers_of_a_recipe_that_learns_from_none_are_refused(data: Path, tmp_path: Path) -> None:
    teacher = write_teacher(tmp_path / "teacher.onnx")
    answer = catdog_sort("retrain", data, "--teacher", teacher, code=2)
    assert "--teacher would have no effect" in " ".join(answer.stderr.split())
    missing = catdog_sort("retrain", data, "--teacher", tmp_path / "none.onnx", code=2)
    assert "does not exist" in " ".join(missing.stderr.split())


@needs_torch
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--pretrained", "bundled"], "--pretrained would have no effect"),
        (["--recipe", "best", "--pretrained", "random"], "Random weights cannot be averaged in"),
        (["--recipe", "best", "--pretrained", "nowhere"], "There are no initial weights nowhere"),
    ],
)
def test_pretrained_weights_that_cannot_be_averaged_in_are_refused(
    data: Path, options: list[str], reason: str
) -> None:
    answer = catdog_sort("retrain", data, *options, code=2)
    assert reason in " ".join(answer.stderr.split())
