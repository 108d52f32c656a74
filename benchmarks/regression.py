"""Detects slow-downs, relative to the libraries this program uses.

    python benchmarks/regression.py [--photos 16] [--rounds 5] [--slack 0.1] [--write]

Each figure is the cost of this program divided by the cost of Pillow and ONNX Runtime alone for the
same photos, or of the imports alone for a start, in the same run. The cost is the number of
instructions if `perf stat` counts them, otherwise the least processor time of all rounds. So the
figures depend little on the computer and its load. Accepted figures are in `regression.json`; exits
with 1 if one is exceeded by more than `--slack`. `--write` accepts the measured figures.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from speed_command import ONE_PHOTO, PARTS, environment
from speed_library import CAMERA, WEB, build_jpegs

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "regression.json"
INSTRUCTIONS, PROCESSOR_TIME = "instructions", "processor time"
_TIMEOUT_S = 600
_TRIES = 3  # repeats for figures that seem slower, as a busy computer may be the reason
_REFERENCE_SIDE = 224
_STARTS = (
    ("one photo from a cold start, against its parts", ONE_PHOTO, ("-c", PARTS)),
    ("--help, against importing typer", ("-m", "catdog_sorter", "--help"), ("-c", "import typer")),
)
_SIZES = {"12 MP JPEG": CAMERA, "web-size JPEG": WEB}


# --- What is measured, each in a separate process ---------------------------------------------


def tool(folder: Path) -> Callable[[], object]:
    """This program, on one core, in single precision, which is equal on every processor."""
    from catdog_sorter.classification.pipeline import classify
    from catdog_sorter.decoding.pool import DecoderPool
    from catdog_sorter.model.backends import CPU, open_backend
    from catdog_sorter.model.bundle import load_bundle
    from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
    from catdog_sorter.photos.find import Photo

    bundle = load_bundle(find_bundle(DEFAULT_MODEL))
    backend = open_backend(bundle, device=CPU)
    decoders = DecoderPool()
    decoders.close = lambda: None
    photos = [Photo(path, folder) for path in sorted(folder.iterdir())]
    return lambda: list(classify(photos, bundle, backend, decoders=decoders, threads=1))


def libraries(folder: Path) -> Callable[[], object]:
    """Pillow and ONNX Runtime with a smaller network of ours, and nothing around them."""
    import onnxruntime
    from PIL import Image

    from catdog_sorter.storage.locations import shipped_weights

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    network = onnxruntime.InferenceSession(
        shipped_weights() / "mobilenetv2-torch" / "model.onnx", options
    )
    shape = _REFERENCE_SIDE, _REFERENCE_SIDE

    def look(path: Path) -> object:
        with Image.open(path) as image:
            image.draft("RGB", (336, 336))
            small = image.convert("RGB").resize(shape, Image.Resampling.BILINEAR)
        batch = np.asarray(small, np.float32).transpose(2, 0, 1)[None] / 127.5 - 1
        return network.run(None, {network.get_inputs()[0].name: batch})

    return lambda: [look(path) for path in sorted(folder.iterdir())]


_WORKLOADS = {"tool": tool, "libraries": libraries}


def _work(name: str, folder: Path, passes: int) -> None:
    """Print the processor time of each pass in seconds, decoders included."""
    import psutil

    run, me = _WORKLOADS[name](folder), psutil.Process()

    def used_s() -> float:
        all_ = (me, *me.children())
        return sum(sum(process.cpu_times()[:2]) for process in all_)

    run()
    seconds = []
    for _ in range(passes):
        begun = used_s()
        run()
        seconds.append(used_s() - begun)
    print(json.dumps(seconds))


# --- Measuring -------------------------------------------------------------------------------


def counts_instructions() -> bool:
    """Whether `perf stat` is there and this computer lets it count."""
    return shutil.which("perf") is not None and bool(_instructions(["true"]))


def _instructions(command: Sequence[object]) -> float:
    words = ["perf", "stat", "-x", ",", "-e", "instructions:u", *map(str, command)]
    done = _run(words)
    for line in done.stderr.splitlines():
        value, _, name = line.partition(",,")
        if "instructions" in name and value.isdigit():
            return float(value)
    return 0.0


def _run(words: Sequence[object]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        list(map(str, words)),
        capture_output=True,
        text=True,
        check=True,
        timeout=_TIMEOUT_S,
        env=environment(),
    )


def _cost(name: str, folder: Path, rounds: int, by: str) -> float:
    """Cost of one pass over the photos."""
    words = [sys.executable, __file__, "--workload", name, "--folder", folder, "--rounds"]
    if by == INSTRUCTIONS:
        return _instructions([*words, 2]) - _instructions([*words, 1])
    return min(json.loads(_run([*words, rounds]).stdout.splitlines()[-1]))


def _start_cost(words: Sequence[object], by: str) -> float:
    command = [sys.executable, *words]
    if by == INSTRUCTIONS:
        return _instructions(command)
    begun = _children_s()
    _run(command)
    return _children_s() - begun


def _children_s() -> float:
    """Processor time of child processes, to the microsecond if the system offers that."""
    try:
        import resource
    except ImportError:
        times = os.times()
        return times.children_user + times.children_system
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(folder: Path, photos: int, rounds: int, by: str) -> dict[str, float]:
    """Every figure by name."""
    found = {}
    for name, size in _SIZES.items():
        there = build_jpegs(folder / name.replace(" ", "-"), photos, size)
        costs = {workload: _cost(workload, there, rounds, by) for workload in _WORKLOADS}
        found[f"{name}, against Pillow and ONNX Runtime"] = costs["tool"] / costs["libraries"]
    for name, ours, other in _STARTS:
        pairs = [(_start_cost(ours, by), _start_cost(other, by)) for _ in range(2 * rounds)]
        found[name] = min(pair[0] for pair in pairs) / min(pair[1] for pair in pairs)
    return found


def _slower(found: dict[str, float], most: dict[str, float]) -> list[str]:
    return [name for name, value in found.items() if value > most.get(name, value)]


def main() -> None:
    """Measure, print and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slack", type=float, default=0.1)
    parser.add_argument("--figures", type=Path, default=FIGURES)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--workload", choices=_WORKLOADS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.workload:
        _work(asked.workload, asked.folder, asked.rounds)
        return
    accepted = json.loads(asked.figures.read_text()) if asked.figures.exists() else {}
    by = INSTRUCTIONS if counts_instructions() else PROCESSOR_TIME
    if by not in accepted and not asked.write:
        by = PROCESSOR_TIME
    most = {name: value * (1 + asked.slack) for name, value in accepted.get(by, {}).items()}
    found: dict[str, float] = {}
    for _ in range(_TRIES):
        with tempfile.TemporaryDirectory() as folder:
            again = measure(Path(folder), asked.photos, asked.rounds, by)
        found = {name: min(value, found.get(name, value)) for name, value in again.items()}
        if asked.write or not _slower(found, most):
            break
    print(f"| by {by} | accepted | now |\n| --- | --- | --- |")
    for name, value in found.items():
        before = accepted.get(by, {}).get(name)
        print(f"| {name} | {'-' if before is None else f'{before:.2f}'} | {value:.2f} |")
    if asked.write:
        accepted[by] = {name: round(value, 3) for name, value in found.items()}
        asked.figures.write_text(json.dumps(accepted, indent=2) + "\n", encoding="utf-8")
    elif slower := _slower(found, most):
        sys.exit(
            f"Slower by more than {asked.slack:.0%}: {'; '.join(slower)}. Find what costs it, or "
            "accept it with --write and say why in the commit."
        )


if __name__ == "__main__":
    main()
