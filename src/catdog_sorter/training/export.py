"""Turns trained weights into a bundle: calibrated, exported to ONNX, and proved equal there.

The validation photos are read again, by the product's own way of reading photos, so that what is
calibrated is what people get.
"""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from safetensors.torch import load_file
from torch import nn

from catdog_sorter.backends import photo_logits
from catdog_sorter.backends.ort import OrtNetwork
from catdog_sorter.bundle import ONNX, TORCH_WEIGHTS, ModelBundle, write_bundle
from catdog_sorter.decode import read_photo
from catdog_sorter.errors import TrainingError
from catdog_sorter.networks.torch import build_network
from catdog_sorter.preprocess import Preprocessing, to_batch
from catdog_sorter.probabilities import animal_probabilities
from catdog_sorter.training.dataset import Sample, animals_in
from catdog_sorter.training.metrics import calibrate, choose_thresholds, summarise
from catdog_sorter.training.recipes import Recipe

LARGEST_DIFFERENCE = 1e-4
_BATCH = 32
_OPSET = 18


def export(
    recipe: Recipe,
    weights: Path,
    validation: Sequence[Sample],
    target: Path,
    training: dict[str, Any],
) -> ModelBundle:
    """Write the bundle of the network whose `weights` (safetensors) a run has kept.

    Calibration and thresholds are fitted on the `validation` photos. Raises TrainingError when
    the ONNX model's logits differ from torch's by more than 1e-4 on any of them.
    """
    network = build_network(recipe.architecture, len(recipe.outputs))
    network.load_state_dict(load_file(weights))
    spec = Preprocessing(recipe.input_size, mirror=recipe.mirror)
    onnx_file = weights.with_name(ONNX)
    write_onnx(network, onnx_file, spec.size)
    logits, difference = _compare(network, OrtNetwork(str(onnx_file)), validation, spec)
    check_parity(difference)
    calibration = calibrate(logits, animals_in(validation, recipe.outputs))
    probabilities = animal_probabilities(logits, recipe.outputs, calibration)
    truth = animals_in(validation, ("cat", "dog"))
    thresholds = choose_thresholds(probabilities, truth, recipe.risk)
    return write_bundle(
        target,
        {ONNX: onnx_file, TORCH_WEIGHTS: weights},
        {
            "architecture": recipe.architecture,
            "framework": "torch",
            "outputs": list(recipe.outputs),
            "preprocessing": spec,
            "calibration": calibration,
            "thresholds": thresholds,
            "metrics": {"validation": summarise(probabilities, truth, thresholds)},
            "training": training | {"onnx_largest_logit_difference": difference},
        },
    )


def write_onnx(network: nn.Module, path: Path, size: int) -> None:
    """Export to one ONNX file: `photos` float32 (N, 3, size, size) -> `logits` float32 (N, K)."""
    example = torch.zeros(2, 3, size, size)
    program = torch.onnx.export(
        network.eval().cpu(),
        (example,),
        dynamo=True,
        opset_version=_OPSET,
        input_names=["photos"],
        output_names=["logits"],
        dynamic_shapes=({0: torch.export.Dim("photos_in_batch", min=1)},),
        verbose=False,
    )
    assert program is not None
    model = program.model_proto
    _forget_origin(model)
    onnx.save(model, path)


def _forget_origin(model: onnx.ModelProto) -> None:
    """Drop the exporter's notes on each node: source lines and paths of the training machine."""
    for node in model.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        value.ClearField("metadata_props")
    model.graph.ClearField("metadata_props")
    model.ClearField("metadata_props")


def _compare(
    network: nn.Module, exported: OrtNetwork, samples: Sequence[Sample], spec: Preprocessing
) -> tuple[npt.NDArray[np.float32], float]:
    """(The photos' logits (N, K) by ONNX, its largest absolute difference to torch on one image).

    Torch computes in double precision, so that only the exported model's rounding counts.
    """
    exact = copy.deepcopy(network).double()
    rows, largest = [], 0.0
    for start in range(0, len(samples), _BATCH):
        chunk = samples[start : start + _BATCH]
        batch = to_batch([read_photo(s.path, spec.decode_side) for s in chunk], spec)
        with torch.inference_mode():
            expected = exact(torch.from_numpy(batch).double()).numpy()
        largest = max(largest, float(np.abs(exported.logits(batch) - expected).max()))
        rows.append(photo_logits(exported, batch, spec))
    return np.concatenate(rows), largest


def check_parity(difference: float) -> None:
    """Raises TrainingError when the exported model says something else than the trained one."""
    if not difference <= LARGEST_DIFFERENCE:
        raise TrainingError(
            f"The ONNX model's logits differ from PyTorch's by {difference:.2g}, more than "
            f"{LARGEST_DIFFERENCE:.0e}; it was not written. Train again, or report this with the "
            "versions `catdog-sort doctor` prints."
        )
