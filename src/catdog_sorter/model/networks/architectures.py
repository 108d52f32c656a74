"""Which architectures there are, and how their weights change frameworks. numpy only."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Weights
from catdog_sorter.model.networks import inverted_residuals, mobilenetv2

NAMES = (*("mobilenetv2", "cnn", "resnet50", "efficientnet_b0"), *inverted_residuals.NAMES)
# An architecture that sees as another one does, and reads it in its own way.
_BACKBONES = {mobilenetv2.WITH_REGIONS: "mobilenetv2"}
# Channels of the small network from scratch: its stem and its three blocks.
CNN_CHANNELS = (32, 48, 96, 192)


def backbone_of(architecture: str) -> str:
    """The architecture that sees as this one does; either can begin with the other's weights."""
    return _BACKBONES.get(architecture, architecture)


def in_torch_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """The weights under PyTorch's names, whichever framework's they carry.

    Raises ValueError for an architecture whose weights are not carried over, KeyError when a
    layer is missing.
    """
    if architecture in inverted_residuals.NAMES:
        if mobilenetv2.is_plain(weights):
            return mobilenetv2.with_regions_from(weights)
        if has_keras_names(weights):
            return inverted_residuals.torch_from_keras(architecture, weights)
        return inverted_residuals.with_norms(weights)
    if architecture == "mobilenetv2" and not mobilenetv2.is_plain(weights):
        return mobilenetv2.plain_from(in_torch_layout(mobilenetv2.WITH_REGIONS, weights))
    if not has_keras_names(weights):
        return dict(weights)
    _check_portable(architecture)
    return mobilenetv2.torch_from_keras(weights)


def in_keras_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """The weights under Keras' names, whichever framework's they carry. Raises like its twin."""
    is_own = mobilenetv2.is_plain(weights) == (architecture == "mobilenetv2")
    if has_keras_names(weights) and is_own:
        return dict(weights)
    _check_portable(architecture)
    ours = in_torch_layout(architecture, weights)
    if architecture == "mobilenetv2":
        return mobilenetv2.keras_from_torch(ours)
    return inverted_residuals.keras_from_torch(ours)


def for_inference(
    architecture: str, weights: Mapping[str, npt.NDArray[np.generic]]
) -> dict[str, npt.NDArray[np.generic]]:
    """The weights that a bundle keeps of trained ones: batch-norm multiplied in where that is how
    the network was trained."""
    if architecture in inverted_residuals.NAMES and not has_keras_names(weights):
        floats = {name: array.astype(np.float32) for name, array in weights.items()}
        return dict(inverted_residuals.folded(floats))
    return dict(weights)


def for_training(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Weights under PyTorch's names as training begins with them; the network computes the same."""
    if architecture in inverted_residuals.NAMES:
        return inverted_residuals.for_training(weights)
    return dict(weights)


def step_scales(architecture: str, weights: Mapping[str, npt.NDArray[Any]]) -> Weights:
    """What the steps of weights under Keras' names are multiplied by, where not by 1."""
    if architecture in inverted_residuals.NAMES:
        return inverted_residuals.step_scales(weights)
    return {}


def is_portable(architecture: str) -> bool:
    """Whether both frameworks run a network, whichever trained it."""
    return architecture == "mobilenetv2" or architecture in inverted_residuals.NAMES


def has_keras_names(weights: Mapping[str, object]) -> bool:
    """Keras' are `layer/variable`, PyTorch's are `module.parameter`."""
    return any("/" in name for name in weights)


def _check_portable(architecture: str) -> None:
    if not is_portable(architecture):
        raise ValueError(f"weights of {architecture} stay in the framework that trained them")
