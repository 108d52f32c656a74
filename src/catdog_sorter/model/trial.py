"""Tests an untrusted network in a separate process.

Decides whether a network runs within limits of time and memory. The hash of a network that passed,
or that this program has trained, is recorded, so that each is tested once. Bundled networks are
trusted like the program itself.
"""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from catdog_sorter.errors import BundleError
from catdog_sorter.model.bundle import DETECTOR, INT8, ONNX, ModelBundle, load_bundle
from catdog_sorter.storage.files import atomic_file
from catdog_sorter.storage.locations import shipped_weights, tried_models_file
from catdog_sorter.text import shown

TIME_LIMIT_S = 30.0  # the largest bundled network takes one second, on a busy computer five
# Address space: for Python and ONNX Runtime, plus a multiple of the file's size.
_BASE_BYTES = 1 << 30
_TIMES_FILE = 6
_PHOTOS = 2
_OUT_OF_MEMORY = ("bad_alloc", "Failed to allocate memory")  # in ONNX Runtime's messages
_MAX_REMEMBERED = 1_000
# -P: a file named numpy.py in this folder must not be imported.
_COMMAND = (sys.executable, "-P", "-m", "catdog_sorter.model.trial")


def ensure_tried(bundle: ModelBundle) -> None:
    """Test a network unless it was tested before. Raises BundleError if it fails."""
    if is_trusted(bundle):
        return
    if reason := problem(bundle):
        raise BundleError(
            f"The model {shown(bundle.name)} {reason}. It was not opened. Get the model again "
            "from its author, or choose another with --model."
        )
    remember(bundle)


def is_trusted(bundle: ModelBundle) -> bool:
    """Whether the network is bundled, was trained by the program, or was tested before."""
    return bundle.folder.parent == shipped_weights() or _key(bundle) in _remembered()


def remember(bundle: ModelBundle) -> None:
    """Record that this network passed. If that fails, it is tested again next time."""
    noted = [key for key in _remembered() if key != _key(bundle)]
    file = tried_models_file()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(file) as unfinished:
            lines = [*noted[-_MAX_REMEMBERED:], _key(bundle)]
            unfinished.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def _remembered() -> list[str]:
    with suppress(OSError, ValueError):
        return tried_models_file().read_text(encoding="ascii").split()
    return []


def _key(bundle: ModelBundle) -> str:
    """Hash of everything that the result of the test depends on."""
    networks = [bundle.files.get(name) for name in (ONNX, INT8, DETECTOR)]
    sides = bundle.preprocessing.size, bundle.test_time_augmentation.detector_size
    parts = *networks, bundle.outputs, sides, _runtime_version()
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _runtime_version() -> str:
    from importlib import metadata  # not needed for a shipped model, which starts without it

    for name in ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino"):
        with suppress(metadata.PackageNotFoundError):
            return f"{name} {metadata.version(name)}"
    return ""


def problem(bundle: ModelBundle) -> str | None:
    """Run a verified model's network on two photos in a separate process.

    Returns:
        The problem, as a clause after the model's name: it does not run, exceeds `TIME_LIMIT_S` or
        the memory limit, or its output does not match its description. None if it passes.
    """
    limit_bytes = _BASE_BYTES + _TIMES_FILE * bundle.file(ONNX).stat().st_size
    words = [os.fspath(bundle.folder), str(TIME_LIMIT_S), str(limit_bytes)]
    try:
        trial = subprocess.run(
            [*_COMMAND, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT_S,
            check=False,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        answer = json.loads(trial.stdout)
    except subprocess.TimeoutExpired:
        return f"does not run within {TIME_LIMIT_S:.0f} seconds"
    except OSError as error:
        return f"could not be tried ({error.strerror})"
    except (ValueError, RecursionError):
        return f"ends the process that tries it, or takes more than {limit_bytes >> 20:,} MiB"
    return answer if answer is None or isinstance(answer, str) else "gives no answer"


# --- In the separate process -----------------------------------------------------------------


def _main(folder: str, limit_s: str, limit_bytes: str) -> None:
    """Print the problem with the network as JSON, or null."""
    answer_to = os.dup(1)  # what a library prints is not an answer
    os.dup2(2, 1)
    _limit(float(limit_s), int(limit_bytes))
    text = json.dumps(_tried(load_bundle(Path(folder))))
    with os.fdopen(answer_to, "w", encoding="utf-8") as stream:
        stream.write(text)


def _limit(limit_s: float, limit_bytes: int) -> None:
    """End by a timer: if the parent is killed, nothing else ends a network that hangs."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 2 * limit_s)
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, most))


def _tried(bundle: ModelBundle) -> str | None:
    import numpy as np

    from catdog_sorter.model.backends.onnx import OrtNetwork, open_network

    side = bundle.preprocessing.size
    photos: Any = np.zeros((_PHOTOS, 3, side, side), np.float32)
    try:
        network = open_network(bundle)
        logits = network.logits(photos)
        regions = network.regions(photos)
        found = [logits]
        if INT8 in bundle.files:
            found.append(OrtNetwork(str(bundle.file(INT8))).logits(photos))
        if detector_side := bundle.test_time_augmentation.detector_size:
            for_it = np.zeros((_PHOTOS, 3, detector_side, detector_side), np.float32)
            detected = network.detector_logits(for_it)
            found += [] if detected is None else [detected]
    except MemoryError:
        return "takes too much memory"
    except BundleError as error:
        if any(words in str(error) for words in _OUT_OF_MEMORY):
            return "takes too much memory"
        reason = " ".join(str(error).replace(f"{bundle.folder}{os.sep}", "").split()).rstrip(".")
        return f"does not run on photos of {side} pixels ({shown(reason)})"
    for each in found:
        if np.shape(each) != (_PHOTOS, len(bundle.outputs)):
            return (
                f"gives numbers of the shape {np.shape(each)} for two photos, which do not fit "
                f"the outputs {', '.join(bundle.outputs)}"
            )
    if not all(np.isfinite(each).all() for each in (*found, regions) if each is not None):
        return "gives no finite numbers for a grey photo"
    return None


if __name__ == "__main__":
    _main(*sys.argv[1:])
