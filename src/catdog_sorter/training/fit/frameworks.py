"""The frameworks that can train, each imported only when it is used."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.errors import MissingExtra
from catdog_sorter.training.recipes import Recipe

if TYPE_CHECKING:  # they load packages of the extras
    from catdog_sorter.training.fit.initial_weights import InitialWeights
    from catdog_sorter.training.fit.learner import Learner

Exact = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]

TITLES = {"torch": "PyTorch", "tf": "TensorFlow"}
DEVICES = ("auto", "cpu", "cuda", "mps")
_LEARNERS = {"torch": "TorchLearner", "tf": "TfLearner"}
_PACKAGES = {
    "torch": ("torch", "torchvision", "safetensors", "onnx", "onnxscript", "matplotlib"),
    "tf": ("tensorflow", "keras", "safetensors", "onnx", "tf2onnx", "matplotlib"),
}


def open_learner(
    framework: str, recipe: Recipe, initial: "InitialWeights", seed: int, device: str
) -> "Learner":
    """Open a network to train from `initial` weights.

    Raises:
        MissingExtra: The framework cannot be loaded.
        UsageError: There is no such device.
        TrainingError: The weights do not fit.
    """
    module = _imported(framework, "trainer")
    learner: Learner = getattr(module, _LEARNERS[framework])(recipe, initial, seed, device)
    return learner


def write_onnx(
    framework: str, recipe: Recipe, weights: Mapping[str, npt.NDArray[np.generic]], path: Path
) -> Exact:
    """Export to `path`; returns the same function, computed by the framework in double precision.

    It takes float32 (N, 3, S, S) and gives logits (N, K). Raises MissingExtra when the framework
    cannot be loaded.
    """
    exact: Exact = _imported(framework, "export").write_onnx(recipe, weights, path)
    return exact


def check_installed(framework: str) -> None:
    """Raise MissingExtra if the framework is not installed; imports nothing."""
    missing = [package for package in _PACKAGES[framework] if find_spec(package) is None]
    if missing:
        raise MissingExtra(_advice(framework, f"missing: {', '.join(missing)}"))


def _imported(framework: str, part: str) -> Any:
    try:
        return import_module(f"catdog_sorter.training.fit.{framework}_{part}")
    # torch and torchvision of different builds raise a RuntimeError.
    except (ImportError, RuntimeError) as error:
        raise MissingExtra(_advice(framework, str(error))) from error


def _advice(framework: str, reason: str) -> str:
    return (
        f"Training with {TITLES[framework]} needs packages that are not installed ({reason}). Run "
        f"`pip install 'catdog-sorter[{framework}]'`, best in a fresh environment."
    )
