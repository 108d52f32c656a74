"""Starts what a look at photos needs: a decoder, and the model in its engine.

Opening the model leaves Python itself free for a while. The program therefore begins with that, if
its command line is likely to need it, and understands the command line meanwhile.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pool import Decoders
from catdog_sorter.model.backends import AUTO, CPU, Backend, needed_files, open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import find_bundle

_ENGINE = "onnx"


class _Model(NamedTuple):
    """What is becoming of the bundle in `folder`: verified, then opened on the CPU."""

    folder: Path
    bundle: Future[ModelBundle]
    network: Future[Backend]


class _Opening:
    """A network that may still be opening; implements `backends.Backend`, as on the CPU.

    `logits` waits for it, and raises BundleError if it cannot be opened.
    """

    name = "onnx on cpu"
    batch_size = 1

    def __init__(self, network: Future[Backend]) -> None:
        self._network = network

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return self._network.result().logits(batch)


@dataclass(slots=True)
class _Begun:
    """What `begin` has started and nobody has asked for yet."""

    decoders: Decoders | None = None
    model: _Model | None = None


_begun = _Begun()


def begin() -> None:
    """Start now what `start_decoders` and `open_model` will be asked for: the model in use.

    What fails here is tried again, and told, by these two.
    """
    with suppress(Exception):
        _begun.decoders = start_decoders()
        folder = find_bundle(None)
        # Not in the thread: two that import modules take turns, and neither gets on.
        from catdog_sorter.model.backends import onnx

        if onnx.devices_there():  # one of them will be tried, and the CPU perhaps not be asked
            return
        pool = ThreadPoolExecutor(1)
        bundle = pool.submit(load_bundle, folder, needed_files(_ENGINE))
        _begun.model = _Model(
            folder, bundle, pool.submit(lambda: onnx.open_network(bundle.result()))
        )
        pool.shutdown(wait=False)


def start_decoders() -> Decoders:
    """Decoders of which one is starting, beside the model that the caller opens next.

    The others start when there are photos for them.
    """
    begun, _begun.decoders = _begun.decoders, None
    if begun:
        return begun
    decoders = Decoders()
    decoders.start_one()
    return decoders


def open_model(
    model: str | None,
    engine: str = _ENGINE,
    device: str = AUTO,
    tell: Callable[[str], None] = lambda message: None,
) -> tuple[ModelBundle, Backend]:
    """Load, verify and open the model of this name or in this folder; None is the one in use.

    `engine`, `device`, `tell` and what is raised: as `backends.open_backend`; also BundleError for
    a bundle that is damaged, UsageError for one that is not there.
    """
    begun, _begun.model = _begun.model, None
    folder = find_bundle(model)
    if begun and begun.folder == folder and engine == _ENGINE and device in (CPU, AUTO):
        return begun.bundle.result(), _Opening(begun.network)
    bundle = load_bundle(folder, needed_files(engine))
    return bundle, open_backend(bundle, engine, device, tell)
