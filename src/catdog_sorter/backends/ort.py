"""ONNX Runtime, the default engine."""

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from catdog_sorter.bundle import ONNX, ModelBundle
from catdog_sorter.errors import BundleError
from catdog_sorter.parallel import cores

_ONLY_ERRORS = 3


def open_network(bundle: ModelBundle) -> "OrtNetwork":
    """Load `model.onnx`. Raises BundleError when ONNX Runtime rejects it."""
    network = OrtNetwork(str(bundle.file(ONNX)))
    _refuse_other_shapes(network, bundle)
    return network


def _refuse_other_shapes(network: "OrtNetwork", bundle: ModelBundle) -> None:
    side = bundle.preprocessing.size
    wanted = (None, 3, side, side), (None, len(bundle.outputs))
    for stated, expected in zip(network.shapes, wanted, strict=True):
        numbers = [number if isinstance(number, int) else None for number in stated]
        fits = len(numbers) == len(expected) and all(
            number in (None, other) or other is None
            for number, other in zip(numbers, expected, strict=True)
        )
        if not fits:
            raise BundleError(
                f"{bundle.file(ONNX)} takes or gives numbers of the shape {list(stated)} where its "
                f"description needs {list(expected)}. Copy or train the model again."
            )


class OrtNetwork:
    """An ONNX model with one input (N, 3, S, S) and one output (N, K), both float32."""

    def __init__(self, path: str) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = cores()
        options.log_severity_level = _ONLY_ERRORS
        # Spinning threads would take the cores from the threads that decode photos.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = ort.InferenceSession(path, options, ["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise BundleError(f"ONNX Runtime cannot load {path}: {error}.") from error
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        if not len(inputs) == len(outputs) == 1:
            raise BundleError(
                f"{path} has {len(inputs)} inputs and {len(outputs)} outputs instead of one each. "
                "Copy or train the model again."
            )
        self._path = path
        self._input = inputs[0].name
        self.shapes = inputs[0].shape, outputs[0].shape

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        try:
            result: npt.NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise BundleError(
                f"ONNX Runtime cannot run {self._path}: {error}. Copy or train the model again."
            ) from error
        return result
