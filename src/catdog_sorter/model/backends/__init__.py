"""The engines that run a network: pixels in, logits out. They know no paths and no labels."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import MissingExtra, UsageError
from catdog_sorter.model import test_time_augmentation
from catdog_sorter.model.bundle import ONNX, WEIGHTS, ModelBundle
from catdog_sorter.model.preprocessing import Preprocessing, to_batch


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
    backend: Backend,
    images: Sequence[Pixels],
    spec: Preprocessing,
    larger: Callable[[int], Pixels] | None = None,
) -> npt.NDArray[np.float32]:
    """The logits that count, (N, K), of upright RGB photos, each uint8 (H, W, 3) of its own size.

    With `spec.mirror` the mirror image counts too, with `spec.turn_sharpness` the photo turned by
    quarters, and with `spec.part_side` parts of it; with `spec.unsure` only where the first look is
    unsure. `larger(n)` is photo number n with more pixels, asked for where those in `images` will
    not do for its parts.
    """
    batch = to_batch(images, spec)
    first = _in_turns(backend, batch)
    if not spec.mirror:
        return first
    weights = (
        test_time_augmentation.doubt(first, spec.unsure)
        if spec.unsure
        else np.ones_like(first[:, :1])
    )
    unsure = np.flatnonzero(weights)
    if not len(unsure):
        return first
    mirrored = _in_turns(backend, np.ascontiguousarray(batch[unsure, ..., ::-1]))
    again = (first[unsure] + mirrored) * np.float32(0.5)
    if spec.turn_sharpness:
        turns = [np.rot90(batch[unsure], quarters, axes=(2, 3)) for quarters in (1, 2, 3)]
        turned = _in_turns(backend, np.concatenate(turns)).reshape(3, *again.shape)
        turned = turned.transpose(1, 0, 2)
        again = test_time_augmentation.any_way_up(
            again, turned, spec.turn_sharpness, spec.turn_handicap
        )
    if spec.part_side:
        for row, number in enumerate(unsure.tolist()):
            photo = images[number]
            if larger and not spec.will_do_for_parts(photo):
                photo = larger(number)
            of_parts = _in_turns(
                backend, to_batch(test_time_augmentation.parts(photo, spec.part_side), spec)
            )
            again[row] = test_time_augmentation.with_parts(again[row], of_parts, spec.part_weight)
    logits = first.copy()
    logits[unsure] = test_time_augmentation.together(first[unsure], again, weights[unsure])
    return logits


def _in_turns(backend: Backend, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(N, 3, S, S) -> (N, K), as many at a time as suit the engine."""
    at_once = backend.batch_size
    turns = [batch[start : start + at_once] for start in range(0, len(batch), at_once)]
    return np.concatenate([backend.logits(turn) for turn in turns])


# name -> (module with a function open_network -> Backend, extra that installs it)
_BACKENDS = {
    "onnx": ("catdog_sorter.model.backends.onnx", None),
    "torch": ("catdog_sorter.model.backends.torch", "torch"),
    "tf": ("catdog_sorter.model.backends.tf", "tf"),
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
        if isinstance(error.__cause__, KeyboardInterrupt):  # Ctrl-C while a compiled module loads
            raise error.__cause__ from None
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
