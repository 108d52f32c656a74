"""Measures the whole command, start included, and its memory; for `speed.py`."""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
from speed_library import EXAMPLES

from catdog_sorter.classification.cache import SETTLED_S

_SOURCE = Path(__file__).resolve().parents[1] / "src"
_SECOND_RUN_PHOTOS = 2_000
_LOOK_EVERY_S = 0.1
PASSED, USED = 0, 1


def whole_command(folder: Path, memory_photos: int, rounds: int) -> dict[str, float]:
    """Second run against first, look-ups a second, starts, and peak memory."""
    figures = second_run(folder / "camera", rounds)
    figures["listing and cache look-up, photos a second"] = _look_ups_a_second()
    figures |= starts(EXAMPLES / "branch.jpg", rounds)
    figures["a photo's part that cores take in turns, ms"] = _serial_ms(folder / "web")
    if memory_photos:
        small = _peak_mb(folder / "web", max(1, memory_photos // 20))
        large = _peak_mb(folder / "web", memory_photos)
        figures[f"peak memory in MB, {memory_photos:,} photos"] = large
        figures[f"peak memory, {memory_photos:,} photos against a twentieth"] = large / small
    return figures


def second_run(source: Path, rounds: int) -> dict[str, float]:
    """Speed-up of the command over photos whose answers are cached.

    Uses many photos, because with few the start dominates. The second figure excludes the start,
    measured by a run over one cached photo.
    """
    with (
        tempfile.TemporaryDirectory(dir=source.parent) as folder,
        tempfile.TemporaryDirectory() as home,
    ):
        many, one = Path(folder) / "many", Path(folder) / "one"
        _link(source, many, _SECOND_RUN_PHOTOS)
        _link(source, one, 1)
        time.sleep(SETTLED_S)  # answers for files that were just changed are not cached
        first = _run_s(["classify", many, "--quiet"], home)
        _run_s(["classify", one, "--quiet"], home)
        again = min(_run_s(["classify", many, "--quiet"], home) for _ in range(rounds))
        start = min(_run_s(["classify", one, "--quiet"], home) for _ in range(rounds))
    name = f"second run against first, 12 MP, {_SECOND_RUN_PHOTOS} photos"
    return {
        f"{name}, whole command": first / again,
        f"{name}, both without the start": (first - start) / max(again - start, 0.001),
    }


def starts(photo: Path, rounds: int) -> dict[str, float]:
    """Start-up time relative to its unavoidable parts, by wall time and processor time."""
    one_photo = _ratios([*ONE_PHOTO[:-1], photo], ["-c", PARTS], rounds)
    only_help = _ratios(["-m", "catdog_sorter", "--help"], ["-c", "import typer"], rounds)
    figures = {}
    for clock, word in ((PASSED, "time passed"), (USED, "processor's time")):
        figures[f"one photo, cold start, against its parts and opening the model, {word}"] = (
            one_photo[clock]
        )
        figures[f"--help against importing typer, {word}"] = only_help[clock]
    return figures


# The photo is one with a confident first prediction, as nearly all are.
ONE_PHOTO = ("-m", "catdog_sorter", "classify", "--no-cache", EXAMPLES / "branch.jpg")
PARTS = (
    "import numpy, PIL.Image, onnxruntime as o; "
    "from catdog_sorter.storage.locations import shipped_weights as w; "
    "from catdog_sorter.model.registry import DEFAULT_MODEL as m; "
    "options = o.SessionOptions(); options.log_severity_level = 4; "
    "o.InferenceSession(str(w() / m / 'model.onnx'), options)"
)


def _run_s(words: Sequence[object], home: str) -> float:
    command = [sys.executable, "-m", "catdog_sorter", *map(str, words)]
    begun = time.perf_counter()
    env = environment() | {"CATDOG_SORTER_HOME": home}
    subprocess.run(command, stdout=subprocess.DEVNULL, env=env, check=True)
    return time.perf_counter() - begun


def _ratios(ours: Sequence[object], other: Sequence[object], rounds: int) -> tuple[float, float]:
    """Ratios of wall time and of processor time, each from the least of several starts."""
    least: dict[int, tuple[float, float]] = {}
    for _ in range(3 * rounds):
        for place, words in enumerate((ours, other)):
            taken = _start_s([sys.executable, *map(str, words)])
            before = least.get(place, taken)
            least[place] = min(before[PASSED], taken[PASSED]), min(before[USED], taken[USED])
    return least[0][PASSED] / least[1][PASSED], least[0][USED] / least[1][USED]


def _start_s(command: Sequence[str]) -> tuple[float, float]:
    """Wall time and processor time (decoders included) in seconds."""
    begun, before = time.perf_counter(), os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(), check=True)
    passed, after = time.perf_counter() - begun, os.times()
    used = after.children_user - before.children_user
    return passed, used + after.children_system - before.children_system


class _Confident:
    """A network that takes no time and is always confident."""

    name, batch_size, takes_any_size = "none", 1, False

    def logits(self, batch):
        return np.full((len(batch), 2), -20, np.float32)

    def quick_logits(self, batch):
        return None

    def detector_logits(self, batch):
        return None

    def regions(self, batch):
        return None


def _serial_ms(folder: Path) -> float:
    """Processor time of this process alone, without the network: the part under the GIL.

    An upper bound, because some of it releases the GIL.
    """
    from catdog_sorter.classification.pipeline import classify
    from catdog_sorter.model.bundle import load_bundle
    from catdog_sorter.model.registry import find_bundle
    from catdog_sorter.photos.find import Photo

    bundle = load_bundle(find_bundle(None))
    photos = [Photo(path, folder) for path in sorted(folder.iterdir())]
    best = math.inf
    for _ in range(3):
        begun = time.process_time()
        count = len(list(classify(photos, bundle, _Confident(), threads=1)))
        best = min(best, 1000 * (time.process_time() - begun) / count)
    return best


def _look_ups_a_second(photos: int = 20_000) -> float:
    """Cache look-ups per second of processor time, over empty files with cached answers."""
    from catdog_sorter.classification import cache as caches
    from catdog_sorter.file_identity import FileIdentity
    from catdog_sorter.labels import Answer
    from catdog_sorter.photos.find import find_photos

    caches.SETTLED_S = 0.0
    with tempfile.TemporaryDirectory() as top:
        for number in range(photos):
            folder = Path(top) / f"{number // 500:03}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number:06}.jpg").touch()
        for is_second in (False, True):
            begun = time.process_time()
            with caches.Cache("speed", print, Path(top) / "cache.sqlite3") as cache:
                for photo in list(find_photos([Path(top)])):
                    key = cache.key(photo.path, FileIdentity.of(os.stat(photo.path)))
                    assert key is not None
                    if cache.get(key) is None:
                        assert not is_second
                        cache.put(key, Answer(0.5, 0.5))
            seconds = time.process_time() - begun
    return photos / seconds


def _peak_mb(source: Path, photos: int) -> float:
    """Peak memory of a run over `photos` links to the photos in `source`, MB.

    Resident memory of the command and its decoders together, sampled several times per second;
    shared pages count for each process.
    """
    with (
        tempfile.TemporaryDirectory(dir=source.parent) as folder,
        tempfile.TemporaryDirectory() as home,
    ):
        _link(source, Path(folder), photos)
        command = [sys.executable, "-m", "catdog_sorter", "classify", folder, "--quiet"]
        env = environment() | {"CATDOG_SORTER_HOME": home}
        most = 0
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env) as process:
            while process.poll() is None:
                most = max(most, _resident_bytes(process.pid))
                time.sleep(_LOOK_EVERY_S)
        if process.returncode:
            raise SystemExit(f"The run over {photos} photos ended with {process.returncode}.")
    return most / 1e6


def _resident_bytes(pid: int) -> int:
    """Resident bytes of a process and its children; 0 for those that have ended."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        top = psutil.Process(pid)
        for process in (top, *top.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total


def _link(source: Path, folder: Path, photos: int) -> None:
    """Fill `folder` with this number of links to the photos in `source`."""
    folder.mkdir(exist_ok=True)
    paths = sorted(source.iterdir())
    for number in range(photos):
        os.link(paths[number % len(paths)], folder / f"{number:06}.jpg")


def environment() -> dict[str, str]:
    """Environment variables of measured processes."""
    ours = {"PYTHONPATH": str(_SOURCE), "YOLO_OFFLINE": "1", "HF_HUB_OFFLINE": "1"}
    # Installed packages have bytecode; without this, each start would compile the program again.
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | ours
