"""Preloads what classifying photos needs, a decoder and the model, before parsing arguments.

Opening the model leaves Python itself free for a while, in which the command line is parsed.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.forked import ForkedWorker
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.model import trial
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends import AUTO, open_backend
from catdog_sorter.model.bundle import (
    DETECTOR,
    ONNX,
    ModelBundle,
    load_bundle,
    read_description,
)
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.storage.files import clear_unfinished
from catdog_sorter.storage.locations import models_folder, shipped_weights

_ENGINE = "onnx"


class _PendingModel(NamedTuple):
    """The bundle in `folder` that is being verified, and its network that is being opened."""

    folder: Path
    bundle: Future[ModelBundle]
    network: Future[Backend]


class _PendingBackend:
    """A network that may still be opening on the CPU; implements `backends.Backend`.

    Its methods wait for it, and raise BundleError if it cannot be opened.
    """

    batch_size = 1

    def __init__(self, name: str, network: Future[Backend]) -> None:
        self.name = name
        self._network = network

    @property
    def takes_any_size(self) -> bool:
        return self._network.result().takes_any_size

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return self._network.result().logits(batch)

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self._network.result().quick_logits(batch)

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self._network.result().detector_logits(batch)

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self._network.result().regions(batch)


@dataclass(slots=True)
class _Preloaded:
    """Modules and processes that `begin` has started and no caller has used yet."""

    decoders: DecoderPool | None = None
    model: _PendingModel | None = None


_preloaded = _Preloaded()


def begin(decoder: ForkedWorker | None = None) -> None:
    """Start a decoder worker and open the model in use, in the background.

    `start_decoder_pool` and `open_model` return them later; if something failed here, they try
    again and report the failure.

    Args:
        decoder: A worker that was started already.
    """
    with suppress(Exception):
        _preloaded.decoders = _pool_with_one(decoder)
        folder = find_bundle(None)
        # Not in the thread: two threads that import modules wait for each other.
        from catdog_sorter.model.backends import onnx

        if onnx.devices_there():  # tried before the CPU, which may not be needed
            return
        pool = ThreadPoolExecutor(1)
        is_shipped = folder.parent == shipped_weights()
        bundle = pool.submit(_load_shipped if is_shipped else load_bundle, folder)

        def opened() -> Backend:
            trial.ensure_tried(bundle.result())
            return onnx.open_network(bundle.result(), AUTO)

        _preloaded.model = _PendingModel(folder, bundle, pool.submit(opened))
        pool.shutdown(wait=False)


def _load_shipped(folder: Path) -> ModelBundle:
    """Verify the files that are opened now; others are verified when they are opened."""
    from catdog_sorter.model.backends import onnx

    is_quick = onnx.has_quick_network(read_description(folder), AUTO)
    return load_bundle(folder, later=(DETECTOR, ONNX) if is_quick else (DETECTOR,))


def start_decoder_pool() -> DecoderPool:
    """Return a pool with one worker that starts while the caller opens the model.

    The other workers start when there are photos for them.
    """
    begun, _preloaded.decoders = _preloaded.decoders, None
    if begun:
        return begun
    return _pool_with_one(None)


def _pool_with_one(decoder: ForkedWorker | None) -> DecoderPool:
    decoders = DecoderPool()
    decoders.start_one(decoder)
    return decoders


def open_model(
    model: str | None,
    engine: str = _ENGINE,
    device: str = AUTO,
    tell: Callable[[str], None] = lambda message: None,
) -> tuple[ModelBundle, Backend]:
    """Load, verify and open a model.

    Args:
        model: its name or folder; None is the one in use.
        engine: "onnx", "torch" or "tf".
        device: what ONNX Runtime computes on; "auto" is the best there is.
        tell: Called with a sentence for the user if the CPU replaces `device`.

    Raises:
        UsageError: unknown model, engine or device.
        BundleError: the bundle is damaged or does not run in this engine.
        MissingExtra: the engine is not installed.
    """
    begun, _preloaded.model = _preloaded.model, None
    clear_unfinished(models_folder())
    folder = find_bundle(model)
    if begun and begun.folder == folder and engine == _ENGINE and device == AUTO:
        from catdog_sorter.model.backends import onnx

        bundle = begun.bundle.result()
        is_quick = onnx.has_quick_network(bundle, device)
        return bundle, _PendingBackend(
            onnx.QUICK_NAME if is_quick else onnx.CPU_NAME, begun.network
        )
    bundle = load_bundle(folder)
    return bundle, open_backend(bundle, engine, device, tell)
