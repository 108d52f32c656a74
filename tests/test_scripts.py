"""Every script of tools/ and benchmarks/ can be imported."""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
SCRIPTS = sorted(
    path.relative_to(TOP).as_posix()
    for folder in ("tools", "benchmarks")
    for path in (TOP / folder).rglob("*.py")
    if path.name != "__main__.py"
)
LOAD = """
import runpy, sys
from pathlib import Path
sys.path[0:1] = [str(Path(sys.argv[1]).parent), "."]
runpy.run_path(sys.argv[1], run_name="loaded")
"""


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) > 30


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_loads(script: str) -> None:
    command = [sys.executable, "-c", LOAD, script]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    if "Unable to find libfuse" in done.stderr:
        pytest.skip("libfuse is not installed")
    assert done.returncode == 0, done.stderr
