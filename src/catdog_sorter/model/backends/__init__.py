"""The engines that run a network: pixels in, logits out. They know no paths and no labels."""

from collections.abc import Callable
from importlib import import_module

from catdog_sorter.errors import MissingExtra, UsageError
from catdog_sorter.model import trial
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.bundle import ModelBundle

# name -> (module with a function open_network -> Backend, extra that installs it)
_BACKENDS = {
    "onnx": ("catdog_sorter.model.backends.onnx", None),
    "torch": ("catdog_sorter.model.backends.torch", "torch"),
    "tf": ("catdog_sorter.model.backends.tf", "tf"),
}
NAMES = tuple(_BACKENDS)
CPU, AUTO = "cpu", "auto"


def open_backend(
    bundle: ModelBundle,
    name: str = "onnx",
    device: str = AUTO,
    tell: Callable[[str], None] = lambda message: None,
) -> Backend:
    """Load a bundle's network into an engine.

    Args:
        bundle: The verified model.
        name: The engine, one of NAMES.
        device: The device for ONNX Runtime; "auto" selects the best one.
        tell: Called with a sentence for the user if the CPU is used instead of `device`.

    Raises:
        UsageError: Unknown engine or device, or a device for an engine that has only the CPU.
        BundleError: The bundle does not run in this engine, or not within the limits of time and
            memory (see `model.trial`).
        MissingExtra: The engine is not installed.
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
        if isinstance(error.__cause__, KeyboardInterrupt):  # Ctrl-C while a compiled module loads
            raise error.__cause__ from None
        raise MissingExtra(_advice(name, extra, error)) from error
    choice = (device, tell) if name == "onnx" else ()
    if name == "onnx":  # the others build a network of ours, and take only numbers from the file
        trial.ensure_tried(bundle)
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
