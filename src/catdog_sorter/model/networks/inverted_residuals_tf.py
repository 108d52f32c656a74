"""Inverted residuals in Keras. Batch-norm is folded into the convolutions, in training too."""

from typing import Any

from catdog_sorter.model.networks.inverted_residuals import (
    FEATURES,
    HIDDEN,
    REGION_SIDE,
    STEM_CHANNELS,
    blocks,
    region_weight,
)

import keras  # isort: skip  (after networks.tf, which chooses its backend)
from keras import layers  # isort: skip


FEATURES_LAYER = "pooled"
_INITIALISER = "he_normal"  # there is no batch-norm


class HighestRegion(layers.Layer):  # type: ignore[misc]
    """Max over the means of 2 x 2 cells: logits (N, H, W, K) -> (N, K)."""

    def call(self, cells: Any) -> Any:
        """Compute it."""
        means = keras.ops.average_pool(cells, REGION_SIDE, strides=1)
        return keras.ops.max(means, axis=(1, 2))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """(N, H, W, K) -> (N, K)."""
        return input_shape[0], input_shape[-1]


def build(architecture: str, outputs: int, size: int | None, dropout: float = 0.0) -> keras.Model:
    """The network of `inverted_residuals_torch`: float (N, size, size, 3) -> logits (N, K).

    Raises:
        KeyError: the architecture is unknown.
    """
    table = blocks(architecture)
    photos = keras.Input((size, size, 3), name="photos")
    x = _convolution(photos, "stem", STEM_CHANNELS, 3, 2)
    for number, block in enumerate(table):
        name = f"blocks_{number}"
        before = x
        if block.expansion > 1:
            x = _convolution(x, f"{name}_expand", block.hidden)
        depthwise = layers.DepthwiseConv2D(
            block.kernel, block.stride, padding="same", name=f"{name}_depthwise",
            depthwise_initializer=_INITIALISER,
        )  # fmt: skip
        x = layers.ReLU(6.0)(depthwise(x))
        x = layers.Conv2D(
            block.outputs, 1, name=f"{name}_project", kernel_initializer=_INITIALISER
        )(x)
        x = x + before if block.is_residual else x
    x = _convolution(x, "features", FEATURES)
    hidden = layers.Dropout(dropout, name="dropout")(_convolution(x, "hidden", HIDDEN))
    cells = layers.Conv2D(outputs, 1, name="cells")(hidden)
    pooled = layers.Concatenate(name=FEATURES_LAYER)(
        [layers.GlobalAveragePooling2D()(hidden), layers.GlobalMaxPooling2D()(hidden)]
    )
    whole = layers.Dense(outputs, name="whole")(pooled)
    regions = HighestRegion(name="regions")(cells)
    return keras.Model(photos, whole + (regions - whole) * region_weight(outputs))


def _convolution(x: Any, name: str, channels: int, kernel: int = 1, stride: int = 1) -> Any:
    convolution = layers.Conv2D(
        channels, kernel, stride, padding="same", name=name, kernel_initializer=_INITIALISER
    )
    return layers.ReLU(6.0)(convolution(x))
