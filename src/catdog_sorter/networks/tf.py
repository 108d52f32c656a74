"""The architectures in Keras on TensorFlow. Knows no photos, labels or files."""

import os
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras

from catdog_sorter.networks.mobilenetv2 import KERAS_HEAD


def build_network(architecture: str, outputs: int, size: int) -> keras.Model:
    """Return the untrained network: float32 (N, size, size, 3) -> logits float32 (N, `outputs`).

    Raises KeyError for an unknown architecture.
    """
    if architecture != "mobilenetv2":
        raise KeyError(architecture)
    features = keras.applications.MobileNetV2(
        input_shape=(size, size, 3), include_top=False, weights=None, pooling="avg"
    )
    dropped = keras.layers.Dropout(0.2)(features.output)
    logits = keras.layers.Dense(outputs, name=KERAS_HEAD)(dropped)
    return keras.Model(features.input, logits)


def set_weights(network: keras.Model, arrays: Mapping[str, npt.NDArray[np.float32]]) -> None:
    """Put `layer/variable` arrays into the network. Raises KeyError or ValueError on a misfit."""
    for layer in network.layers:
        for variable in layer.variables:
            if variable.dtype == "float32":
                variable.assign(arrays[f"{layer.name}/{variable.name}"])
