"""The frameworks that can train, each imported only when it is used."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.errors import MissingExtra
from catdog_sorter.training.recipes import Recipe

if TYPE_CHECKING:
    from catdog_sorter.training.loop import Learner
    from catdog_sorter.training.starts import Start

Exact = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]

_PACKAGES = {
    "torch": ("torch", "torchvision", "safetensors", "onnx", "onnxscript", "matplotlib"),
    "tf": ("tensorflow", "keras", "safetensors", "onnx", "tf2onnx", "matplotlib"),
}
TITLES = {"torch": "PyTorch", "tf": "TensorFlow"}


def open_learner(
    framework: str, recipe: Recipe, start: "Start", seed: int, device: str
) -> "Learner":
    """A network to train from `start`.

    Raises MissingExtra when the framework is not installed, UsageError when the device is not
    there, TrainingError when `start` does not fit.
    """
    with _advice(framework):
        if framework == "torch":
            from catdog_sorter.training.torch_trainer import TorchLearner

            return TorchLearner(recipe, start, seed, device)
        from catdog_sorter.training.tf_trainer import TfLearner

        return TfLearner(recipe, start, seed, device)


def write_onnx(
    framework: str, recipe: Recipe, weights: Mapping[str, npt.NDArray[np.generic]], path: Path
) -> Exact:
    """Export to `path`; returns the same function, float32 (N, 3, S, S) -> logits (N, K), computed
    by the framework in double precision. Raises MissingExtra when a part is not installed."""
    with _advice(framework):
        module: Any = import_module(f"catdog_sorter.training.{framework}_export")
    exact: Exact = module.write_onnx(recipe, weights, path)
    return exact


def check_installed(framework: str) -> None:
    """Raises MissingExtra before any work is done that needs the framework; imports nothing."""
    with _advice(framework):
        for package in _PACKAGES[framework]:
            if find_spec(package) is None:
                raise ImportError(f"No module named {package!r}")


@contextmanager
def _advice(framework: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingExtra(
            f"Training with {TITLES[framework]} needs parts that are not installed ({error}). Run "
            f"`pip install 'catdog-sorter[{framework}]'`."
        ) from error
