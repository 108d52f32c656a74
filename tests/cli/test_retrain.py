"""Messages of `retrain` and `runs` before and after a training; nothing is trained here."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.cli import retrain
from catdog_sorter.cli.console import Console
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.storage.locations import models_folder, runs_folder
from catdog_sorter.training.measure.before_after import Comparison, Measured, TrainingVerdict
from tests.support.colours import draw, tree
from tests.support.extras import needs_torch

pytestmark = needs_torch


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for number in range(6):
        for label in ("cat", "dog"):
            draw(tmp_path / "data" / label / f"{number}.png", label, shade=number)
    draw(tmp_path / "data" / "Minka" / "a.png", "cat")
    return tmp_path / "data"


def catdog_sort(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "catdog_sorter", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_dry_run_says_what_it_takes_and_what_is_left_out(data: Path, home: Path) -> None:
    before = tree(home)
    answer = catdog_sort("retrain", data, "--dry-run")
    assert answer.returncode == 0, answer.stderr
    said = " ".join(answer.stderr.split())
    assert "12 photos, only the last layer" in said
    assert "GB of memory" in said and "GB of disk" in said
    assert "Minka is not one of the labels" in said
    assert tree(home) == before
    numbers = json.loads(catdog_sort("retrain", data, "--dry-run", "--json").stdout)
    assert numbers["photos"] == 12 and numbers["minutes"] > 0


def test_names_and_runs_are_checked_before_anything_is_read(
    data: Path, colour_bundle: ModelBundle
) -> None:
    shutil.copytree(colour_bundle.folder, models_folder() / "mine")
    for words, reason in (
        (["--name", "efficientnet_lite2", "--replace"], "comes with catdog-sorter"),
        (["--name", "mine"], "A model named mine already exists"),
        (["--output", "somewhere/mobilenetv2-tf"], "comes with catdog-sorter"),
        (["--resume", "--name", "other"], "There is no run other. Known runs: none"),
        (["--output", data / "out", "--dry-run"], "would lie among the photos"),
    ):
        answer = catdog_sort("retrain", data, *words)
        assert answer.returncode == 2, answer.stderr
        assert reason in " ".join(answer.stderr.split())


def test_ctrl_c_interrupts_until_there_is_something_to_keep(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stop = retrain._Stop(Console())
    with pytest.raises(KeyboardInterrupt):
        stop.interrupt(2, None)
    assert not stop.is_asked_for()
    stop.has_result = True
    stop.interrupt(2, None)
    assert stop.is_asked_for()
    assert "the best epoch so far becomes the model" in capsys.readouterr().err
    with pytest.raises(KeyboardInterrupt):
        stop.interrupt(2, None)


def comparison(verdict: TrainingVerdict) -> Comparison:
    before = {"coverage": Measured(0.9, 0.8, 0.95), "false_pet_rate": Measured(0.01, 0, 0.05)}
    after = {"coverage": Measured(0.95, 0.9, 1.0), "false_pet_rate": Measured(0.02, 0, 0.06)}
    return Comparison("efficientnet_lite2", 72, False, verdict, before, after)


@pytest.mark.parametrize("verdict", TrainingVerdict)
def test_before_and_after_are_told(
    verdict: TrainingVerdict, capsys: pytest.CaptureFixture[str]
) -> None:
    retrain._say_comparison(Console(), comparison(verdict))
    said = capsys.readouterr().err
    assert "On 72 photos, held out" in said
    (line,) = [line for line in said.splitlines() if "Coverage, cats and dogs" in line]
    assert line.split()[-8:] == "90.0% (80.0% to 95.0%) 95.0% (90.0% to 100.0%)".split()
    assert "Accuracy, cat or dog" not in said  # these photos cannot tell
    assert ("not made the default" in said) is (verdict is not TrainingVerdict.BETTER)


def test_a_list_without_runs_says_so_on_stderr() -> None:
    listed = catdog_sort("runs", "list")
    assert (listed.returncode, listed.stdout) == (0, "")
    assert "There are no training runs." in listed.stderr


def test_runs_are_listed_shown_and_removed() -> None:
    folder = runs_folder() / "mine"
    folder.mkdir(parents=True)
    settings = {
        "photos": {"cat": 3, "dog": 4},
        "framework": "torch",
        "recipe": {"name": "finetune"},
        "comparison": comparison(TrainingVerdict.BETTER).as_json(),
    }
    (folder / "run.json").write_text(json.dumps(settings))
    row = json.loads(catdog_sort("runs", "list", "--json").stdout)
    assert (row["name"], row["finished"], row["verdict"]) == ("mine", False, "better")
    assert "`retrain --resume` continues it" in catdog_sort("runs", "list").stdout
    shown = catdog_sort("runs", "show", "mine").stdout
    assert "3 cat, 4 dog" in shown and "finetune, by torch" in shown
    assert "90.0%" in shown and "95.0%" in shown
    assert catdog_sort("runs", "remove", "mine").returncode == 0
    assert not folder.exists()
    assert catdog_sort("runs", "remove", "mine").returncode == 2
