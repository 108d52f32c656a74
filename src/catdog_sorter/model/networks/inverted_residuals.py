"""Networks of inverted residuals: their stages and the names of their weights.

MobileNetV2 (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks") and
EfficientNet-Lite (Tan & Le 2019, "EfficientNet", without squeeze-and-excitation and with ReLU6: Liu
2020, "Higher accuracy on vision models with EfficientNet-Lite"), both with a head that also
scores regions of the photo. numpy only, no framework.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.arrays import Weights

# Axis permutations to each framework's order, by (number of axes, whether depthwise).
_KERAS_AXES = {(2, False): (1, 0), (4, True): (2, 3, 0, 1), (4, False): (2, 3, 1, 0)}
_TORCH_AXES = {(2, False): (1, 0), (4, True): (2, 3, 0, 1), (4, False): (3, 2, 0, 1)}

NAMES = ("mobilenetv2_regions", *(f"efficientnet_lite{number}" for number in range(3)))
EPSILON = 1e-3  # of batch-norm
SCALABLE_NORMS = (1e-3, 30.0)  # of kernels whose scale batch-norm can compensate
STEM_CHANNELS = 32
FEATURES = 1280
HIDDEN = 256
HEADS = ("cells", "whole")  # the layers whose shape depends on the outputs
REGION_SIDE = 2  # cells
MIN_SIDE = 32 * REGION_SIDE  # pixels; a cell is 32 wide

# (expansion, output channels, blocks, first stride, kernel size)
_Stages = tuple[tuple[int, int, int, int, int], ...]
_MOBILENETV2: _Stages = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 32, 3, 2, 3),
    (6, 64, 4, 2, 3),
    (6, 96, 3, 1, 3),
    (6, 160, 3, 2, 3),
    (6, 320, 1, 1, 3),
)
_EFFICIENTNET: _Stages = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)
# Stages, and the multipliers of their width and depth.
_TABLES = {
    "mobilenetv2_regions": (_MOBILENETV2, 1.0, 1.0),
    "efficientnet_lite0": (_EFFICIENTNET, 1.0, 1.0),
    "efficientnet_lite1": (_EFFICIENTNET, 1.0, 1.1),
    "efficientnet_lite2": (_EFFICIENTNET, 1.1, 1.2),
}
_DIVISOR = 8


@dataclass(frozen=True, slots=True)
class Block:
    """One inverted residual: expand (1 x 1), depthwise (`kernel`, `stride`), project (1 x 1)."""

    inputs: int
    outputs: int
    expansion: int
    kernel: int
    stride: int

    @property
    def hidden(self) -> int:
        """Channels of the depthwise convolution."""
        return self.inputs * self.expansion

    @property
    def is_residual(self) -> bool:
        """Whether the block's input is added to its output."""
        return self.stride == 1 and self.inputs == self.outputs


def region_weight(outputs: int) -> float:
    """Weight of the highest-scoring region in a photo's logits, 0 to 1.

    The rest is the weight of the whole photo. 0 for a single output, which scores dog against cat:
    its highest region would favour dogs.
    """
    return 0.5 if outputs > 1 else 0.0


def blocks(architecture: str) -> list[Block]:
    """All blocks in order. Raises KeyError for an unknown architecture."""
    stages, width, depth = _TABLES[architecture]
    found = []
    inputs = STEM_CHANNELS
    for number, (expansion, channels, count, stride, kernel) in enumerate(stages):
        # Lite networks do not scale the depth of the first and the last stage.
        is_fixed = number in (0, len(stages) - 1)
        outputs = _rounded(channels * width)
        for repeat in range(count if is_fixed else math.ceil(count * depth)):
            first = repeat == 0
            found.append(Block(inputs, outputs, expansion, kernel, stride if first else 1))
            inputs = outputs
    return found


def _rounded(channels: float) -> int:
    """Round to a multiple of 8, at most 10 % lower."""
    rounded = max(_DIVISOR, int(channels + _DIVISOR / 2) // _DIVISOR * _DIVISOR)
    return rounded + _DIVISOR if rounded < 0.9 * channels else rounded


def convolutions(architecture: str) -> Iterator[str]:
    """Dotted names of the convolutions with batch-norm, in order: `stem`, `blocks.0.depthwise`."""
    yield "stem"
    for number, block in enumerate(blocks(architecture)):
        stages = ("depthwise", "project") if block.expansion == 1 else (
            "expand", "depthwise", "project",
        )  # fmt: skip
        for stage in stages:
            yield f"blocks.{number}.{stage}"
    yield "features"


def last_blocks(architecture: str) -> range:
    """Numbers of the blocks of the last two stages. Raises KeyError for an unknown architecture."""
    stages, _, depth = _TABLES[architecture]
    count = math.ceil(stages[-2][2] * depth) + stages[-1][2]
    total = len(blocks(architecture))
    return range(total - count, total)


def with_norms(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Add an identity batch-norm to weights whose batch-norm was folded into the kernels.

    Args:
        weights: under PyTorch's names; `beta` of a convolution is its bias.

    Returns:
        The weights, with `gamma`, `mean` and `variance` added where they are missing.
    """
    whole = dict(weights)
    for name in weights:
        layer, _, last = name.rpartition(".")
        if last == "beta":
            ones = np.ones_like(weights[name])
            whole.setdefault(f"{layer}.gamma", ones)
            whole.setdefault(f"{layer}.mean", np.zeros_like(ones))
            whole.setdefault(f"{layer}.variance", ones * np.float32(1 - EPSILON))
    return whole


def folded(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Fold batch-norm into the kernels of weights under PyTorch's names.

    `beta` becomes the convolution's bias; the inverse of `with_norms`.
    """
    whole = with_norms(weights)
    made = {}
    for name, array in whole.items():
        layer, _, last = name.rpartition(".")
        if f"{layer}.gamma" not in whole:
            made[name] = array
        elif last == "weight":
            root = np.sqrt(whole[f"{layer}.variance"] + np.float32(EPSILON))
            scale = whole[f"{layer}.gamma"] / root
            made[name] = array * scale[:, None, None, None]
            made[f"{layer}.beta"] = whole[f"{layer}.beta"] - whole[f"{layer}.mean"] * scale
    return made


def for_training(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Rescale kernels to unit norm, the scale that learning rates are tuned for.

    With batch-norm folded in, kernels are several times smaller or larger than usual. Adam's steps
    have the size of the learning rate, so they would be too large or too small by the same factor.

    Args:
        weights: under PyTorch's names.

    Returns:
        Weights under these names. Each output channel's kernel has the norm 1, and the variance of
        its batch-norm compensates for that.
    """
    made = with_norms(folded(weights))
    for name in [name for name in made if name.endswith(".variance")]:
        layer = name.removesuffix(".variance")
        norms = kernel_norms(made[f"{layer}.weight"], 0)
        made[f"{layer}.weight"] = made[f"{layer}.weight"] / norms
        made[name] = norms.ravel() ** -2 - np.float32(EPSILON)
    return made


def step_scales(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Factors for the optimiser's steps on kernels, with the same effect as `for_training`.

    Args:
        weights: under Keras' names.

    Returns:
        Weights that broadcast to the kernels, under the names of these.
    """
    scales = {}
    for name, kernel in weights.items():
        layer, _, last = name.partition("/")
        if last == "kernel" and layer not in ("hidden", *HEADS):
            scales[name] = kernel_norms(kernel, 2 if layer.endswith("depthwise") else 3)
    return scales


def kernel_norms(kernel: npt.NDArray[np.float32], channels: int) -> npt.NDArray[np.float32]:
    """Norm of each channel's kernel, clipped to `SCALABLE_NORMS`; `channels` is their axis."""
    others = tuple(axis for axis in range(kernel.ndim) if axis != channels)
    norms: npt.NDArray[np.float32] = np.sqrt(np.square(kernel).sum(axis=others, keepdims=True))
    low, high = map(np.float32, SCALABLE_NORMS)
    return np.minimum(np.maximum(norms, low), high)


def keras_from_torch(weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """Convert to Keras' names and order of axes, with batch-norm folded in."""
    made = {}
    for name, array in folded(weights).items():
        layer, _, last = name.rpartition(".")
        key = layer.replace(".", "_")
        if last == "weight":
            axes = _KERAS_AXES[array.ndim, layer.endswith("depthwise")]
            made[f"{key}/kernel"] = np.ascontiguousarray(array.transpose(axes))
        else:
            made[f"{key}/bias"] = array
    return made


def torch_from_keras(architecture: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
    """The inverse of `keras_from_torch`, with an identity batch-norm.

    Raises KeyError when a layer is missing; the last layers may be.
    """
    made = {}
    for layer in (*convolutions(architecture), "hidden", *HEADS):
        key = layer.replace(".", "_")
        if layer in HEADS and f"{key}/kernel" not in weights:
            continue
        kernel = weights[f"{key}/kernel"]
        axes = _TORCH_AXES[kernel.ndim, layer.endswith("depthwise")]
        made[f"{layer}.weight"] = np.ascontiguousarray(kernel.transpose(axes))
        is_plain = layer in ("hidden", *HEADS)
        made[f"{layer}.{'bias' if is_plain else 'beta'}"] = weights[f"{key}/bias"]
    return with_norms(made)
