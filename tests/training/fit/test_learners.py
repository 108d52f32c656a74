"""Each framework's learner, in its own process; see `learners/check_learner.py`."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

_CHECKS = Path(__file__).parent / "learners" / "check_learner.py"
_PACKAGES = {"torch": "torch", "tf": "tensorflow"}


@pytest.mark.parametrize("framework", ["torch", "tf"])
@pytest.mark.parametrize(
    "kind", ["quick", pytest.param("slow", marks=[pytest.mark.slow, pytest.mark.timeout(1800)])]
)
def test_the_learner_keeps_to_its_contract(framework: str, kind: str) -> None:
    if find_spec(_PACKAGES[framework]) is None:
        pytest.skip(f"{_PACKAGES[framework]} is not installed")
    chosen = "not slow" if kind == "quick" else "slow"
    command = [sys.executable, "-m", "pytest", str(_CHECKS), "-q", "-m", chosen, "-rs"]

    answer = subprocess.run(
        [*command, "-p", "no:cacheprovider"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CATDOG_TESTED_FRAMEWORK": framework},
    )
    assert answer.returncode == 0, answer.stdout[-8000:] + answer.stderr[-2000:]
    passed = re.search(r"(\d+) passed", answer.stdout)
    assert passed and int(passed[1]) >= {"quick": 18, "slow": 12}[kind], answer.stdout[-2000:]
