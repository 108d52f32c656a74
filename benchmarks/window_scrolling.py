"""Scrolls a real window with 50,000 photos; prints frames a second and memory.

    python benchmarks/window_scrolling.py [--photos N] [--seconds S]

The photos are small JPEGs made in a temporary folder, hard links of a hundred different ones. The
window is fed with made-up results, as if a model had looked, then scrolled by a little in each
frame for some seconds, with thumbnails decoded by the other process as it goes. A frame counts
when the grid has been painted. `memory_mb` is what the window, the process that draws pictures and
the one that looks with the bundled model hold at the end, pages that they share counted once;
`most_memory_of_each_mb` is the most that each has held, shared pages included. Without a screen it
runs offscreen.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

_DIFFERENT = 100
_STEP_PIXELS = 60


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CATDOG_SORTER_HOME"] = f"{folder}/home"
        print(
            json.dumps(_measure(make_photos(Path(folder), options.photos, options.photos), options))
        )


def make_photos(folder: Path, number: int, most: int) -> list[Path]:
    """Small JPEGs, hard links of a hundred different ones, at most `most` in a folder."""
    random = np.random.default_rng(1)
    paths = []
    for place in range(number):
        path = folder / f"{place // most:03}" / f"IMG_{place:05}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        if place < _DIFFERENT:
            small = Image.fromarray(random.integers(0, 255, (6, 8, 3), np.uint8))
            small.resize((640, 480), Image.Resampling.BICUBIC).save(path, quality=85)
        else:
            os.link(paths[place % _DIFFERENT], path)
        paths.append(path)
    return paths


def _measure(paths: list[Path], options: argparse.Namespace) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from catdog_sorter.gui.window import Window
    from catdog_sorter.labels import Label, Prediction
    from catdog_sorter.photos.find import Photo

    app = QApplication.instance() or QApplication([])
    window = Window()
    window.resize(1280, 900)
    window.show()
    labels = list(Label)
    began = time.perf_counter()
    for start in range(0, len(paths), 500):
        part = paths[start : start + 500]
        window.model.add([Photo(path, path.parent) for path in part])
        window.model.show_results(
            Prediction(path, (n % 97) / 97, (n % 89) / 89, labels[n % 5], "made-up")
            for n, path in enumerate(part)
        )
        app.processEvents()
    filled_s = time.perf_counter() - began
    frames, slowest_s = _scroll(app, window, options.seconds)
    began = time.perf_counter()
    window.filters.choose(Label.UNSURE)
    app.processEvents()
    filtered_s = time.perf_counter() - began
    window.classify(paths[:_DIFFERENT])
    while window.jobs.busy:
        app.processEvents()
    processes = processes_of(window)
    memory = sum(megabytes(process, "smaps_rollup", "Pss:") for process in processes)
    each = [megabytes(process, "status", "VmHWM:") for process in processes]
    window.close()
    return {
        "photos": len(paths),
        "seconds_to_fill": round(filled_s, 2),
        "frames_a_second": round(frames / options.seconds, 1),
        "slowest_frame_ms": round(1000 * slowest_s, 1),
        "filter_ms": round(1000 * filtered_s, 1),
        "memory_mb": round(memory),
        "most_memory_of_each_mb": [round(one) for one in each],
    }


def _scroll(app, window, seconds: float) -> tuple[int, float]:
    bar = window.grid.verticalScrollBar()
    end = time.perf_counter() + seconds
    frames, slowest_s, step = 0, 0.0, _STEP_PIXELS
    while (began := time.perf_counter()) < end:
        if not bar.minimum() <= bar.value() + step <= bar.maximum():
            step = -step
        # Every hundredth frame jumps far away, as dragging the bar does.
        bar.setValue(bar.value() + step if frames % 100 else bar.maximum() * (frames % 7) // 7)
        window.grid.viewport().repaint()
        app.processEvents()
        slowest_s = max(slowest_s, time.perf_counter() - began)
        frames += 1
    return frames, slowest_s


def processes_of(window) -> tuple[int, int, int]:
    """This one, the one that draws pictures, and the one that classifies."""
    return os.getpid(), window.background.process_id(), window.worker.process_id()


def megabytes(process: int, file: str, name: str) -> float:
    """What the system says of a process's memory, MB; 0 where it does not say."""
    try:
        text = Path(f"/proc/{process}/{file}").read_text()
    except OSError:
        return 0.0
    (line,) = [line for line in text.splitlines() if line.startswith(name)]
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    main()
