"""PyTorch, from the weights in the bundle's `model.onnx`."""

from threading import Lock

import numpy as np
import numpy.typing as npt

from catdog_sorter.errors import BundleError
from catdog_sorter.model.backends.onnx import LazyNetwork, detector_of, logits_of
from catdog_sorter.model.bundle import ONNX, ModelBundle
from catdog_sorter.model.networks.architectures import in_torch_layout
from catdog_sorter.model.networks.onnx_weights import read_weights
from catdog_sorter.model.networks.torch import build_network, regions_of

import torch  # isort: skip  (after networks.torch, which chooses how its threads wait)


def open_network(bundle: ModelBundle) -> "TorchNetwork":
    """Build the architecture and load its weights. Raises BundleError when they do not fit."""
    try:
        network = build_network(bundle.architecture, len(bundle.outputs))
        weights = in_torch_layout(bundle.architecture, read_weights(bundle.file(ONNX)))
        tensors = {name: torch.from_numpy(array) for name, array in weights.items()}
        lacking, unknown = network.load_state_dict(tensors, strict=False)
        # The number of batches behind the statistics matters only in training; Keras has none.
        if unknown or any(not name.endswith("num_batches_tracked") for name in lacking):
            raise ValueError(f"missing {lacking[:1]}, unknown {unknown[:1]}")
    except (KeyError, RuntimeError, ValueError) as error:
        raise BundleError(
            f"The weights of {bundle.name} do not fit {bundle.architecture} in PyTorch ({error}). "
            "Use `--backend onnx`."
        ) from error
    return TorchNetwork(network, detector_of(bundle))


class TorchNetwork:
    """A torch module in evaluation mode, on the CPU.

    One call at a time: each uses every core itself.
    """

    name = "torch"
    batch_size = 16
    takes_any_size = True

    def __init__(self, network: torch.nn.Module, detector: LazyNetwork | None = None) -> None:
        self._detector = detector
        self._one_call = Lock()
        self._network = network.eval().to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        images = torch.from_numpy(batch).contiguous(memory_format=torch.channels_last)
        with self._one_call:
            result: npt.NDArray[np.float32] = self._network(images).numpy()
        return result

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return logits_of(self._detector, batch)

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> None:
        return None

    @torch.inference_mode()
    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        images = torch.from_numpy(batch).contiguous(memory_format=torch.channels_last)
        with self._one_call:
            cells = regions_of(self._network, images)
        if cells is None:
            return None
        result: npt.NDArray[np.float32] = cells.contiguous().numpy()
        return result
