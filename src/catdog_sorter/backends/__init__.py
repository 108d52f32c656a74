"""The engines that run a network: arrays in, logits out. They know no paths, photos or labels."""

from importlib import import_module
from typing import Protocol

import numpy as np
import numpy.typing as npt

from catdog_sorter.bundle import ModelBundle
from catdog_sorter.errors import MissingExtra, UsageError
from catdog_sorter.preprocess import Preprocessing


class Backend(Protocol):
    """One network, ready to run; `batch_size` photos at a time suit it best."""

    batch_size: int

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """`batch`: (N, 3, S, S). Returns (N, K), columns in the order of the bundle's outputs.

        May be called from several threads at once.
        """


def photo_logits(
    backend: Backend, batch: npt.NDArray[np.float32], spec: Preprocessing
) -> npt.NDArray[np.float32]:
    """The logits that count, (N, K): with `spec.mirror` the mean with those of the mirror image."""
    logits = backend.logits(batch)
    if not spec.mirror:
        return logits
    mirrored = np.ascontiguousarray(batch[..., ::-1])
    return (logits + backend.logits(mirrored)) * np.float32(0.5)


# name -> (module with a function open_network(bundle) -> Backend, extra that installs it)
_BACKENDS = {
    "onnx": ("catdog_sorter.backends.ort", None),
    "torch": ("catdog_sorter.backends.torch", "torch"),
    "tf": ("catdog_sorter.backends.tf", "tf"),
}
NAMES = tuple(_BACKENDS)


def open_backend(bundle: ModelBundle, name: str = "onnx") -> Backend:
    """Load the bundle's network into the named engine.

    Raises MissingExtra when the engine is not installed, BundleError when the bundle does not
    run in it, UsageError for an unknown name.
    """
    if name not in _BACKENDS:
        raise UsageError(f"There is no backend {name}. Choose one of {', '.join(NAMES)}.")
    module, extra = _BACKENDS[name]
    try:
        engine = import_module(module)
    # torch and torchvision of different builds raise a RuntimeError.
    except (ImportError, RuntimeError) as error:
        raise MissingExtra(_advice(name, extra, error)) from error
    backend: Backend = engine.open_network(bundle)
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
