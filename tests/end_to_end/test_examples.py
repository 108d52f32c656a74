"""The bundled model on the example photos, with the real command."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.registry import DEFAULT_MODEL
from tests.support.output import printed

EXAMPLES = Path(__file__).parents[2] / "examples" / "photos"
TRUTH = {
    "cat": {"portrait.jpg", "wool.jpg", "bench.jpg"},
    "dog": {"walk.jpg", "lawn.jpg"},
}
NEITHER = {"branch.jpg", "hedgehog.jpg", "prairie.jpg", "breakfast.jpg", "launch.jpg"}


def test_cats_go_with_cats_and_dogs_with_dogs(tmp_path: Path) -> None:
    out = tmp_path / "sorted"
    words = [str(EXAMPLES), "--yes", "--mode", "copy", "--into", str(out), "--json"]
    answer = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *words], capture_output=True, text=True, check=True
    )
    assert printed(answer.stdout).summary["found"] == 11
    placed = {
        label: {path.name for path in (out / label).rglob("*") if path.is_file()}
        for label in ("cat", "dog")
    }
    for label, other in (("cat", "dog"), ("dog", "cat")):
        assert len(placed[label] & TRUTH[label]) >= len(TRUTH[label]) - 1
        assert not placed[label] & (TRUTH[other] | NEITHER)


def test_evaluate_prints_figures_of_labelled_folders(tmp_path: Path) -> None:
    names = {**TRUTH, "neither": NEITHER, "both": {"two-friends.jpg"}}
    for label, files in names.items():
        (tmp_path / label).mkdir()
        for name in files:
            source = next(EXAMPLES.rglob(name))
            for copy in range(3):
                shutil.copy(source, tmp_path / label / f"{copy}-{name}")
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures["photos"] == 33
    assert figures["forced_choice_accuracy"] == 1.0
    assert sum(figures["labels_by_truth"]["neither"].values()) == 15
    table = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    (line,) = [line for line in table.stdout.splitlines() if line.split()[:1] == ["accuracy"]]
    assert "100.00 %" in line


def test_doctor_proves_that_the_default_backend_works(home: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", "doctor"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "ok      backend onnx: the built-in cat is 'cat'" in answer.stdout
    assert str(home) in answer.stdout
    assert "PROBLEM" not in answer.stdout


def test_doctor_reports_a_damaged_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / DEFAULT_MODEL).mkdir()
    (tmp_path / DEFAULT_MODEL / "bundle.json").write_text("{}")
    monkeypatch.setattr("catdog_sorter.storage.locations.shipped_weights", lambda: tmp_path)
    monkeypatch.setattr("catdog_sorter.model.registry.shipped_weights", lambda: tmp_path)
    monkeypatch.setattr("catdog_sorter.cli.doctor._BACKENDS", {})
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 3
    assert f"PROBLEM model {DEFAULT_MODEL}" in result.stdout
