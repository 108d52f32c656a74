"""A small run of `benchmarks/regression.py`, and its exit code for slower figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
# Few photos and rounds measure coarsely; what takes twice as long is still seen.
_SMALL = ("--photos", "4", "--rounds", "2", "--slack", "1")


def _measured(*words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, TOP / "benchmarks" / "regression.py", *_SMALL, *words]
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, cwd=TOP
    )


@pytest.mark.slow
def test_nothing_takes_twice_what_was_accepted() -> None:
    done = _measured()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\n") == 6


@pytest.mark.slow
def test_what_has_become_slower_is_named(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    names = json.loads((TOP / "benchmarks" / "regression.json").read_text())["processor time"]
    accepted = dict.fromkeys(names, 1e6)
    accepted["web-size JPEG, against Pillow and ONNX Runtime"] = 0.01
    figures.write_text(json.dumps({"processor time": accepted}))
    done = _measured("--figures", figures)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Slower by more than 100%: web-size JPEG, against Pillow and ONNX Runtime."
    )
