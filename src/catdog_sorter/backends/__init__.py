"""The engines that run a network: arrays in, logits out. They know no paths, photos or labels."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

import numpy as np
import numpy.typing as npt

from catdog_sorter import looks
from catdog_sorter.bundle import ONNX, WEIGHTS, ModelBundle
from catdog_sorter.errors import MissingExtra, UsageError
from catdog_sorter.preprocess import Preprocessing


class Backend(Protocol):
    """One network, ready to run; `batch_size` photos at a time suit it best.

    `name` says what runs it: an engine, and the device where there is a choice.
    """

    name: str
    batch_size: int

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """`batch`: (N, 3, S, S). Returns (N, K), columns in the order of the bundle's outputs.

        May be called from several threads at once.
        """


def photo_logits(
    backend: Backend, batch: npt.NDArray[np.float32], spec: Preprocessing
) -> npt.NDArray[np.float32]:
    """The logits that count, (N, K): with `spec.mirror` the mean with those of the mirror image.

    `batch`: (N, 3, S, S). With `spec.unsure` only photos whose first look is unsure get a second.
    """
    logits = backend.logits(batch)
    if not spec.mirror:
        return logits
    weights = looks.doubt(logits, spec.unsure) if spec.unsure else np.ones_like(logits[:, :1])
    again = np.flatnonzero(weights)
    if len(again):
        mirrored = np.ascontiguousarray(batch[again, ..., ::-1])
        logits = logits.copy()
        logits[again] = looks.together(logits[again], backend.logits(mirrored), weights[again])
    return logits


# name -> (module with a function open_network -> Backend, extra that installs it)
_BACKENDS = {
    "onnx": ("catdog_sorter.backends.ort", None),
    "torch": ("catdog_sorter.backends.torch", "torch"),
    "tf": ("catdog_sorter.backends.tf", "tf"),
}
NAMES = tuple(_BACKENDS)
CPU, AUTO = "cpu", "auto"


def needed_files(name: str) -> tuple[str, ...]:
    """What the named engine reads of a bundle."""
    return (ONNX,) if name == "onnx" else (WEIGHTS,)


def open_backend(
    bundle: ModelBundle,
    name: str = "onnx",
    device: str = AUTO,
    tell: Callable[[str], None] = lambda message: None,
) -> Backend:
    """Load the bundle's network into the named engine, on `device` if that is there.

    A sentence for the person goes to `tell` when the CPU has to do instead. Raises MissingExtra
    when the engine is not installed, BundleError when the bundle does not run in it, UsageError
    for an unknown name, or a device that the engine has no use for.
    """
    if name not in _BACKENDS:
        raise UsageError(f"There is no backend {name}. Choose one of {', '.join(NAMES)}.")
    if name != "onnx" and device not in (CPU, AUTO):
        raise UsageError(f"--backend {name} runs on the CPU. Leave out --device, or use onnx.")
    module, extra = _BACKENDS[name]
    try:
        engine = import_module(module)
    # torch and torchvision of different builds raise a RuntimeError.
    except (ImportError, RuntimeError) as error:
        raise MissingExtra(_advice(name, extra, error)) from error
    choice = (device, tell) if name == "onnx" else ()
    backend: Backend = engine.open_network(bundle, *choice)
    return backend


def _advice(name: str, extra: str | None, error: Exception) -> str:
    if extra is None:
        return (
            f"ONNX Runtime cannot be loaded ({error}). Install catdog-sorter again in a fresh "
            "environment."
        )
    return (
        f"The backend {name} cannot be loaded ({error}). Run "
        f"`pip install 'catdog-sorter[{extra}]'` or use `--backend onnx`."
    )
