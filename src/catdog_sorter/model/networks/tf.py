"""The architectures in Keras on TensorFlow. Knows no photos, labels or files.

Every network takes RGB from -1 to 1; those whose ImageNet weights expect another range convert.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.networks import inverted_residuals
from catdog_sorter.model.networks.architectures import CNN_CHANNELS, backbone_of
from catdog_sorter.model.networks.mobilenetv2 import KERAS_HEAD

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


@contextmanager
def _stderr_held_back() -> Iterator[None]:
    """Hold back what TensorFlow prints on stderr at import, regardless of its log level.

    It is printed only if the import fails.
    """
    stderr = os.dup(2)
    try:
        with tempfile.TemporaryFile() as held:
            os.dup2(held.fileno(), 2)
            try:
                yield
            except BaseException:
                held.seek(0)
                os.write(stderr, held.read())
                raise
            finally:
                os.dup2(stderr, 2)
    finally:
        os.close(stderr)


with _stderr_held_back():
    import keras
    import tensorflow  # noqa: F401
    from keras import layers

# As in PyTorch; Keras' defaults, 0.99 and 0.999, need thousands of batches to forget the first.
_BATCH_NORM_MOMENTUM = 0.9
_CAFFE_MEAN = (123.68, 116.779, 103.939)  # red, green, blue: what Keras' ResNet50 was trained with

Backbone = Callable[[keras.KerasTensor, int | None], keras.KerasTensor]


def _mobilenetv2(photos: keras.KerasTensor, size: int | None) -> keras.KerasTensor:
    backbone = keras.applications.MobileNetV2(
        input_shape=(size, size, 3), input_tensor=photos, include_top=False, weights=None
    )
    return backbone.output


def _cnn(photos: keras.KerasTensor, size: int | None) -> keras.KerasTensor:
    """The same as in PyTorch: a stem and three blocks of two 3x3 convolutions."""
    signal = _convolution(photos, "stem", CNN_CHANNELS[0], strides=2)
    for number, channels in enumerate(CNN_CHANNELS[1:], start=1):
        signal = layers.MaxPooling2D(name=f"pool_{number}")(signal)
        signal = _convolution(signal, f"block_{number}_0", channels)
        signal = _convolution(signal, f"block_{number}_1", channels)
    return signal


def _convolution(
    signal: keras.KerasTensor, name: str, channels: int, strides: int = 1
) -> keras.KerasTensor:
    convolution = layers.Conv2D(
        channels, 3, strides, padding="same", use_bias=False, kernel_initializer="he_normal",
        name=name,
    )  # fmt: skip
    normal = layers.BatchNormalization(name=f"{name}_BN")(convolution(signal))
    return layers.ReLU(name=f"{name}_relu")(normal)


def _resnet50(photos: keras.KerasTensor, size: int | None) -> keras.KerasTensor:
    offset = [127.5 - mean for mean in _CAFFE_MEAN]
    scaled = layers.Rescaling(127.5, offset=offset, name="to_caffe")(photos)
    return _on_top(keras.applications.ResNet50, scaled, size)


def _efficientnet_b0(photos: keras.KerasTensor, size: int | None) -> keras.KerasTensor:
    scaled = layers.Rescaling(127.5, offset=127.5, name="to_bytes")(photos)
    return _on_top(keras.applications.EfficientNetB0, scaled, size)


def _on_top(
    application: Callable[..., keras.Model], scaled: keras.KerasTensor, size: int | None
) -> keras.KerasTensor:
    backbone = application(
        input_shape=(size, size, 3), input_tensor=scaled, include_top=False, weights=None
    )
    return backbone.output


_BACKBONE_LAYERS: dict[str, Backbone] = {
    "mobilenetv2": _mobilenetv2,
    "cnn": _cnn,
    "resnet50": _resnet50,
    "efficientnet_b0": _efficientnet_b0,
}
_LAST_STAGES = {
    "mobilenetv2": ("block_13_", "block_14_", "block_15_", "block_16_", "Conv_1"),
    "cnn": ("block_3_",),
    "resnet50": ("conv5_",),
    "efficientnet_b0": ("block6", "block7", "top_"),
    **{
        name: (
            *(f"blocks_{n}_" for n in inverted_residuals.last_blocks(name)),
            *("features", "hidden"),
        )
        for name in inverted_residuals.NAMES
    },
}
_IMAGENET: dict[str, Callable[..., keras.Model]] = {
    "mobilenetv2": keras.applications.MobileNetV2,
    "resnet50": keras.applications.ResNet50,
    "efficientnet_b0": keras.applications.EfficientNetB0,
}


def build_network(
    architecture: str, outputs: int, size: int | None, dropout: float = 0.2, dtype: str = "float32"
) -> keras.Model:
    """Return the untrained network: float (N, size, size, 3) -> logits (N, `outputs`) of `dtype`.

    Raises KeyError for an unknown architecture.
    """
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype)
    try:
        if architecture in inverted_residuals.NAMES:
            from catdog_sorter.model.networks.inverted_residuals_tf import build

            return build(architecture, outputs, size, dropout)
        photos = keras.Input((size, size, 3), name="photos")
        seen = _BACKBONE_LAYERS[architecture](photos, size)
        pooled = layers.GlobalAveragePooling2D(name="mean")(seen)
        dropped = layers.Dropout(dropout, name="dropout")(pooled)
        network = keras.Model(photos, layers.Dense(outputs, name=KERAS_HEAD)(dropped))
    finally:
        keras.config.set_dtype_policy(before)
    for layer in network.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = _BATCH_NORM_MOMENTUM
    return network


def regions_network(network: keras.Model) -> keras.Model | None:
    """The sub-network that outputs logits of each cell, (N, H, W, K); None if there is none."""
    for layer in network.layers:
        if layer.name == "regions":
            return keras.Model(network.input, layer.input)
    return None


def named_variables(network: keras.Model) -> Iterator[tuple[str, keras.Variable]]:
    """Pairs of `layer/variable` and the variable, for all that holds weights or statistics."""
    for layer in network.layers:
        # Keras numbers unnamed layers by how many it has made before.
        is_nameless = isinstance(layer, layers.Normalization)
        name = "normalization" if is_nameless else layer.name
        for variable in layer.variables:
            if variable.dtype.startswith("float"):
                yield f"{name}/{variable.name}", variable


def set_weights(network: keras.Model, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Put `layer/variable` arrays into the network. Raises KeyError or ValueError on a misfit."""
    for name, variable in named_variables(network):
        variable.assign(arrays[name])
    freeze_constants(network)


def freeze_constants(network: keras.Model) -> None:
    """Make normalisation layers use arrays instead of tensors made from their variables.

    An export would take such tensors for inputs; arrays become constants.
    """
    for layer in network.layers:
        if isinstance(layer, layers.Normalization):
            layer.finalize_state()
            layer.mean, layer.variance = np.asarray(layer.mean), np.asarray(layer.variance)


def head_names(architecture: str) -> tuple[str, ...]:
    """The layers whose shape depends on the outputs."""
    reads_regions = architecture in inverted_residuals.NAMES
    return inverted_residuals.HEADS if reads_regions else (KERAS_HEAD,)


def features_of(network: keras.Model, architecture: str) -> keras.KerasTensor:
    """Input of the last layer, (N, D)."""
    name = "pooled" if architecture in inverted_residuals.NAMES else "mean"
    return network.get_layer(name).output


def set_head(
    network: keras.Model, architecture: str, kernel: npt.NDArray[np.floating], bias: Any
) -> None:
    """Let the logits be features @ kernel (D, K) + bias (K,)."""
    *cells, head = (network.get_layer(name) for name in head_names(architecture))
    share = 1 / (1 - inverted_residuals.region_weight(len(bias))) if cells else 1.0
    for layer in cells:  # the regions have no weight yet
        layer.kernel.assign(keras.ops.zeros_like(layer.kernel))
        layer.bias.assign(keras.ops.zeros_like(layer.bias))
    head.kernel.assign(kernel * share)
    head.bias.assign(bias * share)


def add_to_head(
    network: keras.Model, architecture: str, kernel: npt.NDArray[np.floating], bias: Any
) -> None:
    """Add features @ kernel (D, K) + bias (K,) to the logits."""
    *cells, head = (network.get_layer(name) for name in head_names(architecture))
    share = 1 / (1 - inverted_residuals.region_weight(len(bias))) if cells else 1.0
    head.kernel.assign_add(kernel * share)
    head.bias.assign_add(bias * share)


def part_of(layer: str, architecture: str) -> int:
    """The part of a network with this layer: 0 the head, 1 the last stages, 2 the rest."""
    if layer in head_names(architecture):
        return 0
    return 1 if layer.startswith(_LAST_STAGES[architecture]) else 2


def freeze(network: keras.Model, architecture: str, unfreeze: str) -> None:
    """Leave only the last layer (`head`), the last stages too (`last`) or `all` trainable."""
    trained = {"head": 0, "last": 1, "all": 2}[unfreeze]
    for layer in network.layers:
        layer.trainable = part_of(layer.name, architecture) <= trained


def imagenet_weights(architecture: str) -> dict[str, npt.NDArray[np.float32]]:
    """Weights trained on ImageNet, without head; Keras downloads them.

    Raises:
        KeyError: There are none of this architecture.
        Exception: Keras cannot download them.
    """
    network = _IMAGENET[backbone_of(architecture)](include_top=False, weights="imagenet")
    weights = {name: np.asarray(variable) for name, variable in named_variables(network)}
    if architecture == "resnet50":  # those weights expect blue first; ours take red first
        weights["conv1_conv/kernel"] = weights["conv1_conv/kernel"][:, :, ::-1]
    return weights
