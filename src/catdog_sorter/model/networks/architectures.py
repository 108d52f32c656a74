"""Which architectures there are, and how their weights change frameworks. numpy only."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.networks import efficientnet_lite, mobilenetv2

NAMES = (
    *("mobilenetv2", "mobilenetv2_regions", "cnn", "resnet50", "efficientnet_b0"),
    *efficientnet_lite.NAMES,
)
# An architecture that reads what another one sees in its own way, and shares all its weights.
_BACKBONES = {"mobilenetv2_regions": "mobilenetv2"}
# Channels of the small network from scratch: its stem and its three blocks.
CNN_CHANNELS = (32, 48, 96, 192)
Arrays = dict[str, npt.NDArray[np.float32]]


def backbone_of(architecture: str) -> str:
    """The architecture whose weights this one has."""
    return _BACKBONES.get(architecture, architecture)


def in_torch_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """The weights under PyTorch's names, whichever framework's they carry.

    Raises ValueError for an architecture whose weights are not carried over, KeyError when a
    layer is missing.
    """
    if architecture in efficientnet_lite.NAMES:
        if has_keras_names(weights):
            return efficientnet_lite.torch_from_keras(architecture, weights)
        return efficientnet_lite.with_norms(weights)
    if not has_keras_names(weights):
        return dict(weights)
    _check_portable(architecture)
    return mobilenetv2.torch_from_keras(weights)


def in_keras_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """The weights under Keras' names, whichever framework's they carry. Raises like its twin."""
    if architecture in efficientnet_lite.NAMES and not has_keras_names(weights):
        return efficientnet_lite.keras_from_torch(weights)
    if has_keras_names(weights):
        return dict(weights)
    _check_portable(architecture)
    return mobilenetv2.keras_from_torch(weights)


def for_inference(
    architecture: str, weights: Mapping[str, npt.NDArray[np.generic]]
) -> dict[str, npt.NDArray[np.generic]]:
    """The weights that a bundle keeps of trained ones: batch-norm multiplied in where that is how
    the network was trained."""
    if architecture in efficientnet_lite.NAMES and not has_keras_names(weights):
        floats = {name: array.astype(np.float32) for name, array in weights.items()}
        return dict(efficientnet_lite.folded(floats))
    return dict(weights)


def for_training(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """Weights under PyTorch's names as training begins with them; the network computes the same."""
    if architecture in efficientnet_lite.NAMES:
        return efficientnet_lite.for_training(weights)
    return dict(weights)


def step_scales(architecture: str, weights: Mapping[str, npt.NDArray[Any]]) -> Arrays:
    """What the steps of weights under Keras' names are multiplied by, where not by 1."""
    if architecture in efficientnet_lite.NAMES:
        return efficientnet_lite.step_scales(weights)
    return {}


def is_portable(architecture: str) -> bool:
    """Whether both frameworks run a network, whichever trained it."""
    return backbone_of(architecture) == "mobilenetv2" or architecture in efficientnet_lite.NAMES


def has_keras_names(weights: Mapping[str, object]) -> bool:
    """Keras' are `layer/variable`, PyTorch's are `module.parameter`."""
    return any("/" in name for name in weights)


def _check_portable(architecture: str) -> None:
    if backbone_of(architecture) != "mobilenetv2":
        raise ValueError(f"weights of {architecture} stay in the framework that trained them")
