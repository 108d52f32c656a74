"""Conversion of MobileNetV2's weights between the layouts of Keras and torchvision.

Both frameworks hold the same function (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and
Linear Bottlenecks"); only names and the order of axes differ. numpy only, no framework.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Weights
from catdog_sorter.model.networks import inverted_residuals

_BLOCKS = 17
_BATCH_NORM = {
    "weight": "gamma",
    "bias": "beta",
    "running_mean": "moving_mean",
    "running_var": "moving_variance",
}
HEAD = "classifier.1"
KERAS_HEAD = "logits"
# The same network with a head that scores regions: `inverted_residuals`.
WITH_REGIONS = "mobilenetv2_regions"
_SHARED_NORM = {
    "weight": "gamma",
    "bias": "beta",
    "running_mean": "mean",
    "running_var": "variance",
}


def is_plain(weights: Mapping[str, object]) -> bool:
    """Whether these are torchvision's or Keras' names, not those of the network with regions."""
    return "features.0.0.weight" in weights or "Conv1/kernel" in weights


def with_regions_from(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Convert plain weights to those of the network with regions in PyTorch, without its head.

    Raises KeyError when a layer is missing.
    """
    plain = torch_from_keras(weights) if "Conv1/kernel" in weights else weights
    return {ours: plain[theirs] for ours, theirs in _shared_names()}


def torch_from_keras(keras: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Convert to torchvision's names and order of axes.

    `keras`: `layer/variable` -> float32 array, as in `Conv1/kernel`. The head is converted
    if present. Raises KeyError when a layer is missing.
    """
    arrays = {}
    for torch_name, keras_name in _names(with_head=f"{KERAS_HEAD}/kernel" in keras):
        array = keras[keras_name]
        arrays[torch_name] = np.ascontiguousarray(_to_torch_axes(array, keras_name))
    return arrays


def keras_from_torch(torch: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """The inverse of `torch_from_keras`."""
    arrays = {}
    for torch_name, keras_name in _names(with_head=f"{HEAD}.weight" in torch):
        array = torch[torch_name]
        arrays[keras_name] = np.ascontiguousarray(_to_keras_axes(array, keras_name))
    return arrays


def plain_from(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """The inverse of `with_regions_from`: under torchvision's names, without head."""
    return {theirs: weights[ours] for ours, theirs in _shared_names()}


def _shared_names() -> Iterator[tuple[str, str]]:
    """Pairs of (name in the network with regions, torchvision name)."""
    layers = inverted_residuals.convolutions(WITH_REGIONS)
    for layer, (conv, norm, _, _) in zip(layers, _convolutions(), strict=True):
        yield f"{layer}.weight", f"{conv}.weight"
        for theirs, ours in _SHARED_NORM.items():
            yield f"{layer}.{ours}", f"{norm}.{theirs}"


def _names(with_head: bool) -> Iterator[tuple[str, str]]:
    """Pairs of (torchvision name, Keras name)."""
    for conv, norm, keras_conv, keras_norm in _convolutions():
        yield f"{conv}.weight", f"{keras_conv}/kernel"
        for torch_variable, keras_variable in _BATCH_NORM.items():
            yield f"{norm}.{torch_variable}", f"{keras_norm}/{keras_variable}"
    if with_head:
        yield f"{HEAD}.weight", f"{KERAS_HEAD}/kernel"
        yield f"{HEAD}.bias", f"{KERAS_HEAD}/bias"


def _convolutions() -> Iterator[tuple[str, str, str, str]]:
    """(torch convolution, torch batch-norm, Keras convolution, Keras batch-norm), in order."""
    yield "features.0.0", "features.0.1", "Conv1", "bn_Conv1"
    for block in range(_BLOCKS):
        keras = "expanded_conv" if block == 0 else f"block_{block}"
        torch = f"features.{block + 1}.conv"
        stages = ["depthwise"] if block == 0 else ["expand", "depthwise"]
        for index, stage in enumerate(stages):
            name = f"{keras}_{stage}"
            yield f"{torch}.{index}.0", f"{torch}.{index}.1", name, f"{name}_BN"
        project = len(stages)
        name = f"{keras}_project"
        yield f"{torch}.{project}", f"{torch}.{project + 1}", name, f"{name}_BN"
    yield "features.18.0", "features.18.1", "Conv_1", "Conv_1_bn"


def _to_torch_axes(array: npt.NDArray[np.float32], keras_name: str) -> npt.NDArray[np.float32]:
    if "depthwise/" in keras_name:  # (height, width, channels, 1)
        return array.transpose(2, 3, 0, 1)
    if array.ndim == 4:  # (height, width, in, out)
        return array.transpose(3, 2, 0, 1)
    return array.T if array.ndim == 2 else array


def _to_keras_axes(array: npt.NDArray[np.float32], keras_name: str) -> npt.NDArray[np.float32]:
    if "depthwise/" in keras_name:
        return array.transpose(2, 3, 0, 1)
    if array.ndim == 4:
        return array.transpose(2, 3, 1, 0)
    return array.T if array.ndim == 2 else array
