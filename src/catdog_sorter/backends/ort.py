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
            return network
    if device not in ("cpu", "auto") or chosen:
        wanted = device if device != "auto" else ", ".join(chosen)
        tell(
            f"ONNX Runtime cannot use {wanted} here, so the CPU does the work. A build of "
            "onnxruntime for it, and its drivers, would have to be installed."
        )
    return OrtNetwork(path)


def _chosen(device: str) -> list[str]:
    """The devices to try before the CPU."""
    if device not in DEVICES:
        raise UsageError(f"There is no device {device}. Choose one of {', '.join(DEVICES)}.")
    there = set(ort.get_available_providers())
    wanted = _PROVIDERS if device == "auto" else [device]
    return [name for name in wanted if _PROVIDERS.get(name) in there]


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
        self._input = self._session.get_inputs()[0].name
        # What could not be started is left out of this list, without an exception.
        is_used = self._session.get_providers()[: len(providers)] == providers
        on_cpu = not providers or not is_used
        self.name = f"onnx on {'cpu' if on_cpu else device}"
        self.batch_size = 1 if on_cpu else _GPU_BATCH
        # Not every device takes several calls at once.
        self._turn = nullcontext() if on_cpu else Lock()

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        with self._turn:
            result: npt.NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        return result
