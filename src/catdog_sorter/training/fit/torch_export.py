"""PyTorch's part of an export: the ONNX file, and reference logits for the parity check."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import onnx
import torch

from catdog_sorter.model.networks.architectures import in_torch_layout
from catdog_sorter.model.networks.inverted_residuals_torch import InvertedResiduals
from catdog_sorter.model.networks.torch import build_network
from catdog_sorter.training.recipes import Recipe

_OPSET = 18


def write_onnx(
    recipe: Recipe, weights: Mapping[str, npt.NDArray[np.generic]], path: Path
) -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]:
    """Export to one ONNX file: `photos` float32 (N, 3, S, S) -> `logits` float32 (N, K).

    Returns the same function computed by PyTorch in double precision, so that a
    comparison shows only the rounding of the exported model.
    """
    network = build_network(recipe.architecture, len(recipe.outputs))
    named = in_torch_layout(recipe.architecture, cast(Any, weights))
    network.load_state_dict({k: torch.from_numpy(np.array(v)) for k, v in named.items()})
    network.eval()
    if isinstance(network, InvertedResiduals):
        network.fold()
    size = recipe.data.input_size
    program = torch.onnx.export(
        network,
        (torch.zeros(2, 3, size, size),),
        dynamo=True,
        opset_version=_OPSET,
        input_names=["photos"],
        output_names=["logits"],
        dynamic_shapes=({0: torch.export.Dim("photos_in_batch", min=1)},),
        verbose=False,
    )
    assert program is not None
    onnx.save(program.model_proto, path)
    exact = network.double()

    def logits(batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        with torch.inference_mode():
            result: npt.NDArray[np.float64] = exact(torch.from_numpy(batch).double()).numpy()
        return result

    return logits
