"""ONNX Runtime, the default engine, on the CPU or on what else its build can use.

Decides which device runs a network. On the CPU each call has one thread: the pipeline makes as
many calls at once as there are cores, and so loses nothing to threads that wait for each other.
"""

from collections.abc import Callable
from contextlib import nullcontext
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from catdog_sorter.bundle import ONNX, ModelBundle
from catdog_sorter.errors import BundleError, UsageError

_ONLY_FATAL = 4
_GPU_BATCH = 16
_CPU_PROVIDER = "CPUExecutionProvider"
# In the order of choice for "auto".
_PROVIDERS = {
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
}
DEVICES = ("auto", "cpu", *_PROVIDERS)


def open_network(
    bundle: ModelBundle, device: str = "cpu", tell: Callable[[str], None] = lambda message: None
) -> "OrtNetwork":
    """Load `model.onnx`; tells when the CPU has to do for another device.

    Raises BundleError when ONNX Runtime rejects the file, UsageError for an unknown device.
    """
    path = str(bundle.file(ONNX))
    chosen = _chosen(device)
    for name in chosen:
        try:
            network = OrtNetwork(path, name)
        except BundleError:
            continue
        if network.name == f"onnx on {name}":
            _refuse_other_shapes(network, bundle)
            return network
    if device not in ("cpu", "auto") or chosen:
        wanted = device if device != "auto" else ", ".join(chosen)
        tell(
            f"ONNX Runtime cannot use {wanted} here, so the CPU does the work. A build of "
            "onnxruntime for it, and its drivers, would have to be installed."
        )
    network = OrtNetwork(path)
    _refuse_other_shapes(network, bundle)
    return network


def _chosen(device: str) -> list[str]:
    """The devices to try before the CPU."""
    if device not in DEVICES:
        raise UsageError(f"There is no device {device}. Choose one of {', '.join(DEVICES)}.")
    there = set(ort.get_available_providers())
    wanted = _PROVIDERS if device == "auto" else [device]
    return [name for name in wanted if _PROVIDERS.get(name) in there]


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

    def __init__(self, path: str, device: str = "cpu") -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = _ONLY_FATAL
        providers = [_PROVIDERS[device]] if device in _PROVIDERS else []
        try:
            self._session = ort.InferenceSession(path, options, [*providers, _CPU_PROVIDER])
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
        # What could not be started is left out of this list, without an exception.
        is_used = self._session.get_providers()[: len(providers)] == providers
        on_cpu = not providers or not is_used
        self.name = f"onnx on {'cpu' if on_cpu else device}"
        self.batch_size = 1 if on_cpu else _GPU_BATCH
        # Not every device takes several calls at once.
        self._turn = nullcontext() if on_cpu else Lock()

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        try:
            with self._turn:
                result: npt.NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise BundleError(
                f"ONNX Runtime cannot run {self._path}: {error}. Copy or train the model again."
            ) from error
        return result
