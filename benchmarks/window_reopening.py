"""Reopens a folder of 50,000 photos in a real window, and measures the time to the first screen.

    python benchmarks/window_reopening.py [--photos N] [--per-folder N] [--rounds R]

The photos are those of `window_scrolling.py`, in temporary folders of 500
unless told otherwise. The answers of an
earlier look are made up and put into the cache; the thumbnails of the first screen are stored by a
window that is opened first and closed again. Then, in each round, two new windows open the folder:
one a few seconds after its start, as a click on a recent folder does (`first_screen_s`, from the
click), and one with its start, as `catdog-sort gui FOLDER` does (`with_start_s`, from the start of
Python). A screen is there when each tile in sight has its picture and its label; `all_s` is when
all labels are, and `memory_mb` what the window and its two other processes hold then, pages that
they share counted once. Without a screen it runs offscreen.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from window_scrolling import make_photos, megabytes, processes_of

_MAX_S = 120.0
_WAIT_S = 3.0
_OPENS_ONE, _WAITS = "--opens", "--waits"


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=50_000)
    parser.add_argument("--per-folder", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(_OPENS_ONE, type=Path, help=argparse.SUPPRESS)
    parser.add_argument(_WAITS, type=float, default=0.0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.opens:
        print(json.dumps(_open(options.opens, options.waits)))
        return
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as work:
        os.environ |= {"CATDOG_SORTER_HOME": f"{work}/home", "XDG_CACHE_HOME": f"{work}/cache"}
        folder = Path(work, "photos")
        paths = make_photos(folder, options.photos, options.per_folder)
        time.sleep(_WAIT_S)  # recently changed files are not cached
        _remember(paths)
        _in_a_process(folder, 0)
        clicks, starts = [], []
        for _ in range(options.rounds):
            clicks.append(_in_a_process(folder, _WAIT_S))
            starts.append(_in_a_process(folder, 0))
        figures = {
            "first_screen_s": [one["first_screen_at"] - one["began_at"] for one in clicks],
            "all_s": [one["all_at"] - one["began_at"] for one in clicks],
            "with_start_s": [one["first_screen_at"] - one["started_at"] for one in starts],
            "memory_mb": [one["memory_mb"] for one in clicks],
        }
        medians = {name: round(statistics.median(each), 2) for name, each in figures.items()}
        print(json.dumps({"photos": options.photos, "rounds": options.rounds, **medians}))


def _remember(paths: list[Path]) -> None:
    """Put answers into the cache, as after an earlier run."""
    from catdog_sorter.classification import pipeline, warm_start
    from catdog_sorter.file_identity import FileIdentity
    from catdog_sorter.labels import Answer
    from catdog_sorter.previews import Previews

    with pipeline.open_cache(*warm_start.open_model(None), print, Previews.AUTO) as cache:
        for number, path in enumerate(paths):
            key = cache.key(path, FileIdentity.of(os.stat(path)))
            assert key
            cache.put(key, Answer((number % 97) / 97, (number % 89) / 89, None))


def _in_a_process(folder: Path, wait_s: float) -> dict[str, float]:
    """When each thing happened, in seconds since 1970, and the memory at the end."""
    started_at = time.time()
    command = [sys.executable, __file__, _OPENS_ONE, str(folder), _WAITS, str(wait_s)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {"started_at": started_at, **json.loads(done.stdout)}


def _open(folder: Path, wait_s: float) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from catdog_sorter.gui.window import Window

    app = QApplication([])
    window = Window()
    window.resize(1280, 900)
    window.show()

    def until(condition: Callable[[], bool]) -> float:
        end = time.monotonic() + _MAX_S
        while not condition():
            if time.monotonic() > end:
                raise SystemExit("The window did not get there in time.")
            app.processEvents()
            time.sleep(0.002)
        return time.time()

    clicked_at = time.time() + wait_s
    moments = {"began_at": until(lambda: time.time() >= clicked_at)}
    window.classify([folder])
    moments["first_screen_at"] = until(lambda: _is_complete(window))
    moments["all_at"] = until(lambda: not window.jobs.busy)
    each = [megabytes(process, "smaps_rollup", "Pss:") for process in processes_of(window)]
    window.close()
    return {**moments, "memory_mb": sum(each)}


def _is_complete(window) -> bool:
    """Whether each tile in sight has its picture and its label."""
    grid, model = window.grid, window.model
    rows = []
    for place in range(model.rowCount()):
        index = model.index(place, 0)
        if grid.visualRect(index).top() > grid.viewport().height():
            break
        rows.append(model.row(index))
    known = window.thumbnails.is_known
    return bool(rows) and all(row.result and known(row.path) for row in rows)


if __name__ == "__main__":
    main()
