"""PyTorch, from the bundle's safetensors."""

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file

from catdog_sorter.bundle import TORCH_WEIGHTS, ModelBundle
from catdog_sorter.errors import BundleError
from catdog_sorter.networks.torch import build_network


def open_network(bundle: ModelBundle) -> "TorchNetwork":
    """Build the architecture and load its weights. Raises BundleError when they do not fit."""
    try:
        network = build_network(bundle.architecture, len(bundle.outputs))
        network.load_state_dict(load_file(bundle.file(TORCH_WEIGHTS)))
    except (KeyError, RuntimeError, ValueError) as error:
        raise BundleError(
            f"The weights of {bundle.name} do not fit {bundle.architecture} in PyTorch ({error}). "
            "Use `--backend onnx`."
        ) from error
    return TorchNetwork(network)


class TorchNetwork:
    """A torch module in evaluation mode, on the CPU."""

    def __init__(self, network: torch.nn.Module) -> None:
        self._network = network.eval().to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        images = torch.from_numpy(batch).contiguous(memory_format=torch.channels_last)
        result: npt.NDArray[np.float32] = self._network(images).numpy()
        return result
