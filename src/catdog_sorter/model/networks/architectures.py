"""The architectures, and the conversion of their weights between frameworks. numpy only."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Weights
from catdog_sorter.model.networks import inverted_residuals, mobilenetv2

NAMES = (*("mobilenetv2", "cnn", "resnet50", "efficientnet_b0"), *inverted_residuals.NAMES)
# Architectures with the backbone of another one and a head of their own.
_BACKBONES = {mobilenetv2.WITH_REGIONS: "mobilenetv2"}
# Channels of the small network from scratch: its stem and its three blocks.
CNN_CHANNELS = (32, 48, 96, 192)


def backbone_of(architecture: str) -> str:
    """The architecture with the same backbone, which can start from the same weights."""
    return _BACKBONES.get(architecture, architecture)


def in_torch_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Rename weights to PyTorch's names, from either framework's.

    Raises:
        ValueError: The weights of this architecture cannot be converted.
        KeyError: A layer is missing.
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
    """Rename weights to Keras' names, from either framework's.

    Raises:
        ValueError: The weights of this architecture cannot be converted.
        KeyError: A layer is missing.
    """
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
    """The weights that a bundle stores: with batch-norm folded in where the network was trained
    with it folded."""
    if architecture in inverted_residuals.NAMES and not has_keras_names(weights):
        floats = {name: array.astype(np.float32) for name, array in weights.items()}
        return dict(inverted_residuals.folded(floats))
    return dict(weights)


def for_training(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Weights under PyTorch's names, scaled for training; the network computes the same."""
    if architecture in inverted_residuals.NAMES:
        return inverted_residuals.for_training(weights)
    return dict(weights)


def step_scales(architecture: str, weights: Mapping[str, npt.NDArray[Any]]) -> Weights:
    """Factors other than 1 for the optimiser's steps, by Keras' name of the weights."""
    if architecture in inverted_residuals.NAMES:
        return inverted_residuals.step_scales(weights)
    return {}


def is_portable(architecture: str) -> bool:
    """Whether both frameworks can run the network, regardless of which trained it."""
    return architecture == "mobilenetv2" or architecture in inverted_residuals.NAMES


def has_keras_names(weights: Mapping[str, object]) -> bool:
    """Whether names are Keras' (`layer/variable`) rather than PyTorch's (`module.parameter`)."""
    return any("/" in name for name in weights)


def _check_portable(architecture: str) -> None:
    if not is_portable(architecture):
        raise ValueError(f"weights of {architecture} stay in the framework that trained them")
