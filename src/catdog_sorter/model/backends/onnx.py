"""ONNX Runtime, the default engine, on the CPU or on other devices that its build supports.

Decides which device runs a network: never one whose answers differ from the CPU's, so that labels
do not depend on the computer. If the bundle and the processor support it, photos are first
classified in 8-bit integers, which is final only far from the thresholds; the exact network is
opened when it is first needed. On the CPU each call uses one thread: the pipeline makes as many
calls at once as there are cores, so no thread waits for another.
"""

import ctypes
import logging
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import cache
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.bundle import DETECTOR, INT8, ONNX, ModelBundle, verify_file
from catdog_sorter.model.processor import has_int8_products

_log = logging.getLogger(__name__)

_ONLY_FATAL = 4
_REGIONS = "regions"
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
CPU_NAME = "onnx on cpu"
QUICK_NAME = "onnx on cpu, int8 first"
_SETTINGS = {
    # Lower precision would change labels; benchmarking every algorithm would cost more for each
    # batch size than it gains.
    "cuda": {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"},
}
# Tolerance for a logit: more than the rounding of single precision, less than that of half.
_ROUNDING = 1e-3
_COMPARED = 2


def open_network(
    bundle: ModelBundle, device: str = "cpu", tell: Callable[[str], None] = lambda message: None
) -> "OrtNetwork | QuickFirst":
    """Load the network; calls `tell` if the CPU replaces another device.

    Raises:
        BundleError: ONNX Runtime rejects the file.
        UsageError: Unknown device.
    """
    chosen = _chosen(device)
    is_quick = has_quick_network(bundle, device)
    on_cpu = QuickFirst(bundle) if is_quick else _opened_on_cpu(bundle, ONNX)
    on_cpu.detector = detector_of(bundle)
    for name in chosen:
        network = _opened(str(bundle.file(ONNX)), name)
        if network and _agree(network, on_cpu, bundle.preprocessing.size):
            network.detector = on_cpu.detector
            return network
    if device not in ("cpu", "auto") or chosen:
        wanted = device if device != "auto" else ", ".join(chosen)
        tell(
            f"ONNX Runtime cannot use {wanted} here, because it is missing, does not start or "
            "computes different results, so the CPU is used. Install the onnxruntime build and "
            "the drivers for it, or add --device cpu."
        )
    return on_cpu


def _opened_on_cpu(bundle: ModelBundle, file: str) -> "OrtNetwork":
    network = OrtNetwork(str(bundle.file(file)))
    _refuse_other_shapes(network, bundle, file)
    return network


def detector_of(bundle: ModelBundle) -> "LazyNetwork | None":
    """The detector of a bundle that has one, on the CPU."""
    return LazyNetwork(bundle, DETECTOR) if DETECTOR in bundle.files else None


def has_quick_network(bundle: ModelBundle, device: str) -> bool:
    """Whether the CPU first classifies in 8-bit integers, if no other device is used."""
    return device == "auto" and INT8 in bundle.files and has_int8_products()


def _opened(path: str, device: str) -> "OrtNetwork | None":
    try:
        network = OrtNetwork(path, device)
    except BundleError:
        return None
    return network if network.name == f"onnx on {device}" else None


def _agree(network: "OrtNetwork", on_cpu: Backend, side: int) -> bool:
    """Whether a full batch can be computed, with the CPU's result for its first photos."""
    shape = (network.batch_size, 3, side, side)
    batch = np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)
    try:
        found = network.logits(batch)[:_COMPARED]
    except BundleError:
        return False
    return np.allclose(found, on_cpu.logits(batch[:_COMPARED]), rtol=_ROUNDING, atol=_ROUNDING)


def _chosen(device: str) -> list[str]:
    """The devices to try before the CPU."""
    if device not in DEVICES:
        raise UsageError(f"There is no device {device}. Choose one of {', '.join(DEVICES)}.")
    return [name for name in devices_there() if device in (name, "auto")]


def devices_there() -> list[str]:
    """The devices besides the CPU that this build of ONNX Runtime supports, best first."""
    there = set(ort.get_available_providers())
    return [name for name, provider in _PROVIDERS.items() if provider in there]


def _refuse_other_shapes(network: "OrtNetwork", bundle: ModelBundle, file: str) -> None:
    policy = bundle.test_time_augmentation
    side = policy.detector_size if file == DETECTOR else bundle.preprocessing.size
    wanted: tuple[tuple[int | None, ...], ...]
    wanted = (None, 3, side, side), (None, len(bundle.outputs))
    if network.has_regions:
        wanted = (*wanted, (None, len(bundle.outputs), None, None))
    for stated, expected in zip(network.shapes, wanted, strict=True):
        numbers = [number if isinstance(number, int) else None for number in stated]
        fits = len(numbers) == len(expected) and all(
            number in (None, other) or other is None
            for number, other in zip(numbers, expected, strict=True)
        )
        if not fits:
            raise BundleError(
                f"{bundle.file(file)} takes or gives numbers of the shape {list(stated)} where its "
                f"description needs {list(expected)}. Copy or train the model again."
            )


@cache
def _share_buffers() -> None:
    """Let all networks on the CPU share one memory pool for the outputs of their layers."""
    memory = ort.OrtMemoryInfo(
        "Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT
    )
    ort.create_and_register_allocator(memory, None)


def _release_unused_memory() -> None:
    """Return memory that opening a network left unused: more than its weights take."""
    with suppress(OSError, AttributeError):  # only glibc keeps it
        ctypes.CDLL(None).malloc_trim(0)


class OrtNetwork:
    """An ONNX model with the input (N, 3, S, S) and the output (N, K), both float32.

    It may have a second output `regions`, float32 (N, K, H, W), which is computed on the way.
    """

    detector: "LazyNetwork | None" = None

    def __init__(self, path: str, device: str = "cpu") -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = _ONLY_FATAL
        if device not in _PROVIDERS:
            _share_buffers()
            options.add_session_config_entry("session.use_env_allocators", "1")
        providers = [_PROVIDERS[device]] if device in _PROVIDERS else []
        wanted = [(name, _SETTINGS.get(device, {})) for name in providers]
        try:
            # ONNX Runtime's own fallback would print to stdout, among the results.
            self._session = ort.InferenceSession(
                path, options, [*wanted, _CPU_PROVIDER], enable_fallback=False
            )
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise BundleError(f"ONNX Runtime cannot load {path}: {error}.") from error
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        others = [each.name for each in outputs[1:]]
        if len(inputs) != 1 or not outputs or others not in ([], [_REGIONS]):
            raise BundleError(
                f"{path} has {len(inputs)} inputs and {len(outputs)} outputs instead of one each, "
                f"and perhaps the output {_REGIONS}. Copy or train the model again."
            )
        self._path = path
        self._input, self._logits = inputs[0].name, outputs[0].name
        self.has_regions = bool(others)
        self.shapes = inputs[0].shape, *(each.shape for each in outputs)
        self.takes_any_size = not any(isinstance(side, int) for side in self.shapes[0][2:])
        # Devices that fail to start are missing from this list, without an exception.
        is_used = self._session.get_providers()[: len(providers)] == providers
        on_cpu = not providers or not is_used
        self.name = CPU_NAME if on_cpu else f"onnx on {device}"
        self.batch_size = 1 if on_cpu else _GPU_BATCH
        _log.info("ONNX Runtime %s opened %s (%s)", ort.__version__, path, self.name)
        self._remedy = "Copy or train the model again." if on_cpu else "Use `--device cpu`."
        # Not every device supports concurrent calls.
        self._turn = nullcontext() if on_cpu else Lock()

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return self._run(self._logits, batch)

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> None:
        return None

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return logits_of(self.detector, batch)

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self._run(_REGIONS, batch) if self.has_regions else None

    def _run(self, output: str, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        try:
            with self._turn:
                result: npt.NDArray[np.float32] = self._session.run([output], {self._input: batch})[
                    0
                ]
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise BundleError(
                f"ONNX Runtime cannot run {self._path}: {error}. {self._remedy}"
            ) from error
        return result


class QuickFirst:
    """A network in 8-bit integers, and the exact one, which is opened when it is first needed.

    Most runs over few photos never need it, and opening it takes as long as classifying ten.
    """

    name = QUICK_NAME
    batch_size = 1
    detector: "LazyNetwork | None" = None

    def __init__(self, bundle: ModelBundle) -> None:
        self._quick = _opened_on_cpu(bundle, INT8)
        self.takes_any_size = self._quick.takes_any_size
        self._exact = LazyNetwork(bundle, ONNX)

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return self._exact.opened().logits(batch)

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return self._quick.logits(batch)

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return logits_of(self.detector, batch)

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self._exact.opened().regions(batch)


class LazyNetwork:
    """A network of a bundle on the CPU, verified and opened when it is first needed."""

    def __init__(self, bundle: ModelBundle, file: str) -> None:
        self._bundle, self._file = bundle, file
        self._network: OrtNetwork | None = None
        self._lock = Lock()

    def opened(self) -> OrtNetwork:
        """The network. Raises BundleError if it is damaged or does not fit its description."""
        with self._lock:
            if self._network is None:
                verify_file(self._bundle, self._file)
                self._network = _opened_on_cpu(self._bundle, self._file)
                _release_unused_memory()
            return self._network


def logits_of(
    detector: LazyNetwork | None, batch: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32] | None:
    """Run the detector, if there is one; see `Backend.detector_logits`."""
    return detector.opened().logits(batch) if detector else None
