"""TensorFlow, from the weights in the bundle's `model.onnx`."""

from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.errors import BundleError
from catdog_sorter.model.backends.onnx import LazyNetwork, detector_of, logits_of
from catdog_sorter.model.bundle import ONNX, ModelBundle
from catdog_sorter.model.networks.architectures import in_keras_layout
from catdog_sorter.model.networks.onnx_weights import read_weights
from catdog_sorter.model.networks.tf import build_network, regions_network, set_weights


def open_network(bundle: ModelBundle) -> "TfNetwork":
    """Build the architecture and load its weights. Raises BundleError when they do not fit."""
    try:
        size = bundle.preprocessing.size
        network = build_network(bundle.architecture, len(bundle.outputs), size)
        weights = read_weights(bundle.file(ONNX))
        set_weights(network, in_keras_layout(bundle.architecture, weights))
    except (KeyError, ValueError) as error:
        raise BundleError(
            f"The weights of {bundle.name} do not fit {bundle.architecture} in TensorFlow "
            f"({error}). Use `--backend onnx`."
        ) from error
    return TfNetwork(network, detector_of(bundle))


class TfNetwork:
    """A Keras model at inference. One call at a time: each uses every core itself."""

    name = "tf"
    batch_size = 16
    takes_any_size = False

    def __init__(self, network: Any, detector: LazyNetwork | None = None) -> None:
        self._detector = detector
        self._one_call = Lock()
        self._network = network
        self._regions = regions_network(network)

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        photos = np.ascontiguousarray(batch.transpose(0, 2, 3, 1))
        with self._one_call:
            result: npt.NDArray[np.float32] = self._network.predict_on_batch(photos)
        return result

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return logits_of(self._detector, batch)

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> None:
        return None

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        if self._regions is None:
            return None
        photos = np.ascontiguousarray(batch.transpose(0, 2, 3, 1))
        with self._one_call:
            cells = self._regions.predict_on_batch(photos)
        result: npt.NDArray[np.float32] = np.ascontiguousarray(cells.transpose(0, 3, 1, 2))
        return result
