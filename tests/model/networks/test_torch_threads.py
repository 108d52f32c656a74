import os
import subprocess
import sys

import pytest

pytest.importorskip("safetensors")

_STOP_AT_TORCH = """
import importlib, os, sys

class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            print(os.environ.get("OMP_WAIT_POLICY"))
            sys.exit()

sys.meta_path.insert(0, Stop())
importlib.import_module(sys.argv[1])
"""


@pytest.mark.parametrize("module", ["model.backends.torch", "training.fit.torch_trainer"])
@pytest.mark.parametrize(("asked", "used"), [(None, "passive"), ("active", "active")])
def test_threads_wait_without_spinning_unless_asked(
    module: str, asked: str | None, used: str
) -> None:
    """The setting must be made before torch is loaded."""
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    environment |= {"OMP_WAIT_POLICY": asked} if asked else {}
    command = [sys.executable, "-c", _STOP_AT_TORCH, f"catdog_sorter.{module}"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == used
