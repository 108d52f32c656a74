"""TensorFlow's part of an export: the ONNX file, and reference logits for the parity check."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.networks.tf import build_network, set_weights
from catdog_sorter.training.recipes import Recipe

import keras  # isort: skip  (after networks.tf, which chooses Keras' engine)
import tensorflow as tf  # isort: skip
import tf2onnx.convert  # isort: skip

_OPSET = 18


def write_onnx(
    recipe: Recipe, weights: Mapping[str, npt.NDArray[np.generic]], path: Path
) -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]:
    """Export to one ONNX file: `photos` float32 (N, 3, S, S) -> `logits` float32 (N, K).

    Returns the same function computed by TensorFlow in double precision, so that a
    comparison shows only the rounding of the exported model.
    """
    size = recipe.data.input_size
    network = build_network(recipe.architecture, len(recipe.outputs), size)
    set_weights(network, weights)
    photos = keras.Input((3, size, size), name="photos")
    channels_first = keras.Model(photos, network(keras.layers.Permute((2, 3, 1))(photos)))

    def run(photos: Any) -> dict[str, Any]:
        return {"logits": channels_first(photos, training=False)}

    signature = [tf.TensorSpec((None, 3, size, size), tf.float32, "photos")]
    tf2onnx.convert.from_function(
        tf.function(run, input_signature=signature),
        input_signature=signature,
        opset=_OPSET,
        output_path=str(path),
    )
    exact = build_network(recipe.architecture, len(recipe.outputs), size, dtype="float64")
    set_weights(exact, weights)

    def logits(batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        upright = np.ascontiguousarray(batch.transpose(0, 2, 3, 1), dtype=np.float64)
        result: npt.NDArray[np.float64] = np.asarray(exact(upright, training=False))
        return result

    return logits
