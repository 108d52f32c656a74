"""ONNX Runtime, the default engine.

One thread for each call: the pipeline makes as many calls at once as there are cores, and so loses
nothing to threads that wait for each other.
"""

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from catdog_sorter.bundle import ONNX, ModelBundle
from catdog_sorter.errors import BundleError

_ONLY_ERRORS = 3


def open_network(bundle: ModelBundle) -> "OrtNetwork":
    """Load `model.onnx`. Raises BundleError when ONNX Runtime rejects it."""
    return OrtNetwork(str(bundle.file(ONNX)))


class OrtNetwork:
    """An ONNX model with one input (N, 3, S, S) and one output (N, K), both float32."""

    batch_size = 1

    def __init__(self, path: str) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = _ONLY_ERRORS
        try:
            self._session = ort.InferenceSession(path, options, ["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise BundleError(f"ONNX Runtime cannot load {path}: {error}.") from error
        self._input = self._session.get_inputs()[0].name

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        result: npt.NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        return result
