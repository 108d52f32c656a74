"""Which architectures there are, and how their weights change frameworks. numpy only."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.networks import efficientnet_lite, mobilenetv2

NAMES = ("mobilenetv2", "mobilenetv2_regions", "cnn", "resnet50", "efficientnet_b0")
# An architecture that reads what another one sees in its own way, and shares all its weights.
_TRUNKS = {"mobilenetv2_regions": "mobilenetv2"}
# Channels of the small network from scratch: its stem and its three blocks.
CNN_CHANNELS = (32, 48, 96, 192)
Arrays = dict[str, npt.NDArray[np.float32]]


def trunk_of(architecture: str) -> str:
    """The architecture whose weights this one has."""
    return _TRUNKS.get(architecture, architecture)


def in_torch_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """The weights under PyTorch's names, whichever framework's they carry.

    Raises ValueError for an architecture whose weights are not carried over, KeyError when a
    layer is missing.
    """
    if architecture in efficientnet_lite.NAMES:
        return efficientnet_lite.with_norms(weights)
    if not has_keras_names(weights):
        return dict(weights)
    _check_portable(architecture)
    return mobilenetv2.torch_from_keras(weights)


def in_keras_layout(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """The weights under Keras' names, whichever framework's they carry. Raises like its twin."""
    if architecture in efficientnet_lite.NAMES:
        return efficientnet_lite.keras_from_torch(weights)
    if has_keras_names(weights):
        return dict(weights)
    _check_portable(architecture)
    return mobilenetv2.keras_from_torch(weights)


def has_keras_names(weights: Mapping[str, object]) -> bool:
    """Keras' are `layer/variable`, PyTorch's are `module.parameter`."""
    return any("/" in name for name in weights)


def _check_portable(architecture: str) -> None:
    if trunk_of(architecture) != "mobilenetv2":
        raise ValueError(f"weights of {architecture} stay in the framework that trained them")
