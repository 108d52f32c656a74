"""Sorts a very large folder with the real command, undoes it, and measures its memory."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catdog_sorter.storage.locations import HOME_VARIABLE
from tests.support.colours import draw
from tests.support.output import printed

_LABELS = ("cat", "dog", "both", "neither", "unsure")
_A_FOLDER = 1000


@dataclass(frozen=True)
class Watched:
    """A finished command; memory in MB, without decoders."""

    stdout: str
    seconds: float
    highest_mb: float
    samples_mb: tuple[float, ...]


def plant(top: Path, photos: int) -> None:
    """Create small distinct photos, a thousand per folder."""
    for number in range(photos):
        label = _LABELS[number % len(_LABELS)]
        folder = top / f"{number // _A_FOLDER:04}"
        if number < len(_LABELS):
            draw(top / "seeds" / f"{label}.png", label)
        folder.mkdir(parents=True, exist_ok=True)
        # Data after the end of a PNG are ignored; drawing each photo would take hours.
        seed = (top / "seeds" / f"{label}.png").read_bytes()
        (folder / f"{number}.png").write_bytes(seed + number.to_bytes(4, "big"))


def watched(home: Path, *words: str) -> Watched:
    """Run the command, and sample its memory ten times per second."""
    environment = {**os.environ, HOME_VARIABLE: str(home)}
    samples: list[float] = []
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "catdog_sorter", *words],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        thread = threading.Thread(target=_watch, args=(process, samples))
        thread.start()
        assert process.stdout is not None
        text = process.stdout.read()
        code = process.wait()
        thread.join()
    assert code == 0, code
    return Watched(text, time.monotonic() - started, max(samples, default=0.0), tuple(samples))


def _watch(process: "subprocess.Popen[str]", samples: list[float]) -> None:
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status")
        if status.exists():
            for line in status.read_text().splitlines():
                if line.startswith("VmRSS"):
                    samples.append(int(line.split()[1]) / 1000)
        time.sleep(0.1)


@dataclass(frozen=True)
class Soaked:
    """Cost of sorting and undoing, as one line, and the memory of both, in MB."""

    line: str
    sort_mb: float
    undo_mb: float


def sort_and_undo(folder: Path, model: Path, photos: int) -> Soaked:
    """Sort, undo; asserts all totals and that every photo is where it was, unchanged."""
    top, home, log = folder / "many", folder / "home", folder / "log"
    plant(top, photos)
    seeds = len(_LABELS)
    before = _listing(top)
    sort = (
        "sort",
        "--yes",
        str(top),
        "--model",
        str(model),
        "--quiet",
        "--json",
        "--log",
        str(log),
    )
    first = watched(home, *sort)
    report = printed(first.stdout).summary
    assert report["found"] == photos + seeds
    assert report["unreadable"] == report["skipped"] == 0
    moved = sum(number % len(_LABELS) < 3 for number in range(photos)) + 3
    assert report["sorted"] == moved
    assert report["left"] == photos + seeds - moved
    undone = watched(home, "undo", "--quiet", "--json")
    assert printed(undone.stdout).summary["restored"] == moved
    assert _listing(top) == before
    line = (
        f"{photos:,} photos in one run: sorted at {photos / first.seconds:,.0f} photos/s with at "
        f"most {first.highest_mb:,.0f} MB, undone at {moved / undone.seconds:,.0f} photos/s with "
        f"at most {undone.highest_mb:,.0f} MB; from the first to the last tenth looking went from "
        f"{_speeds(log, 'classified')} photos/s and moving from {_speeds(log, 'sorted')}; lost 0"
    )
    return Soaked(line, first.highest_mb, undone.highest_mb)


def _speeds(log: Path, event: str) -> str:
    """Photos per second in the first and in the last tenth of these events."""
    with log.open() as lines:
        events = (json.loads(line) for line in lines)
        times = [datetime.fromisoformat(e["time"]) for e in events if e["event"] == event]
    tenth = len(times) // 10
    took_s = [(part[-1] - part[0]).total_seconds() for part in (times[:tenth], times[-tenth:])]
    return " to ".join(f"{tenth / seconds:,.0f}" for seconds in took_s)


def _listing(top: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for parent, _, names in os.walk(top):
        for name in names:
            status = os.lstat(os.path.join(parent, name))
            found[os.path.join(parent, name)] = (status.st_ino, status.st_mtime_ns)
    return found
