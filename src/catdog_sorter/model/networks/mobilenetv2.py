"""MobileNetV2's weights in Keras' layout and in torchvision's, and the way from one to the other.

Both frameworks hold the same function (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and
Linear Bottlenecks"); only names and the order of axes differ. numpy only, no framework.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[np.float32]]

_BLOCKS = 17
_BATCH_NORM = {
    "weight": "gamma",
    "bias": "beta",
    "running_mean": "moving_mean",
    "running_var": "moving_variance",
}
HEAD = "classifier.1"
KERAS_HEAD = "logits"
# How much the region that says most counts, beside the whole photo.
REGION_WEIGHT = 0.4


def region_side(side: int) -> int:
    """How many cells of a map of features `side` cells wide and high a region is: 4 of 7.

    The last layer gives each cell logits of its own (a class activation map: Zhou et al. 2016,
    "Learning Deep Features for Discriminative Localization"), whose mean is the photo's. The
    highest mean of a region finds what fills only a part of the photo, at no cost, and learns where
    to look from labels of whole photos (after Durand et al. 2017, "WILDCAT: Weakly Supervised
    Learning of Deep ConvNets").
    """
    return (4 * side + 3) // 7


def reads_regions(outputs: int) -> bool:
    """Whether regions can count in a network of so many outputs.

    A single output weighs cat against dog: its highest region would speak for the dog alone.
    """
    return outputs > 1


def torch_from_keras(keras: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """Return the arrays under torchvision's names, axes in torch's order.

    `keras`: `layer/variable` -> float32 array, as in `Conv1/kernel`. The head is taken along when
    it is there. Raises KeyError when a layer is missing.
    """
    arrays = {}
    for torch_name, keras_name in _names(with_head=f"{KERAS_HEAD}/kernel" in keras):
        array = keras[keras_name]
        arrays[torch_name] = np.ascontiguousarray(_to_torch_axes(array, keras_name))
    return arrays


def keras_from_torch(torch: Mapping[str, npt.NDArray[np.float32]]) -> Arrays:
    """The inverse of `torch_from_keras`."""
    arrays = {}
    for torch_name, keras_name in _names(with_head=f"{HEAD}.weight" in torch):
        array = torch[torch_name]
        arrays[keras_name] = np.ascontiguousarray(_to_keras_axes(array, keras_name))
    return arrays


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
