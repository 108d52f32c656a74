"""Measures photos per second and core, locally and over Ray, and the cost of large collections.

    python benchmarks/cluster.py [--photos 400] [--size 4000x3000] [--rounds 3] [--price 0.05]

Generates photos and classifies them in alternating rounds with the plain command and with Ray with
one and two workers, in separate processes. Prints photos per second and core, and the cost of a
million and a billion such photos at PRICE per core-hour. The start-up time is subtracted: it is
measured by a second run that finds every photo in the cache. The photos are on this computer, so
the time of a network is not included. Figures are medians over rounds; costs are those of the
slowest Ray run. Needs this project's extra `ray`.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from speed_library import build_jpegs

from catdog_sorter.parallel import cores

_SOURCE = Path(__file__).resolve().parents[1] / "src"
_DIFFERENT = 24
_PARTS_A_WORKER = 4
_CORES_OF_CLUSTERS = (100, 10_000)
PLAIN = "the plain command"


def libraries(folder: Path, photos: int, size: tuple[int, int]) -> list[Path]:
    """Folders of `photos` photos and of a quarter of them, as links to a few generated ones."""
    few = sorted(build_jpegs(folder / "few", min(photos, _DIFFERENT), size).iterdir())
    made = [folder / "all", folder / "quarter"]
    for target, count in zip(made, (photos, photos // 4), strict=True):
        target.mkdir()
        for number in range(count):
            os.link(few[number % len(few)], target / f"{number:06}.jpg")
    return made


def measure(made: list[Path], workers: Sequence[int], rounds: int) -> dict[str, tuple[int, float]]:
    """Contender -> (number of cores, photos per second and core)."""
    contenders = {PLAIN: cores()} | {f"Ray, {_workers(number)}": number for number in workers}
    counts = [len(list(folder.iterdir())) for folder in made]
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, used in contenders.items():
            seconds = [_timed(name, *run, used) for run in zip(made, counts, strict=True)]
            working = seconds[0] - seconds[1]
            if working <= 0:
                sys.exit("Starting took longer than the work. Give more --photos.")
            rates[name].append((counts[0] - counts[1]) / working / used)
            print(f"{name}: {seconds[0]:.1f} s, a quarter {seconds[1]:.1f} s", file=sys.stderr)
    return {name: (contenders[name], statistics.median(rates[name])) for name in contenders}


def _timed(name: str, photos: Path, count: int, workers: int) -> float:
    with tempfile.TemporaryDirectory() as home:
        words = [] if name == PLAIN else _over_ray(Path(home), count, workers)
        return _run_s([photos, *words], home)


def _workers(number: int) -> str:
    return f"{number} worker{'' if number == 1 else 's'}"


def _over_ray(home: Path, photos: int, workers: int) -> list[object]:
    size = max(1, photos // (_PARTS_A_WORKER * workers))
    where = ["--engine", "ray", "--output", home / "verdicts"]
    return [*where, "--workers", workers, "--part-size", size]


def _run_s(words: Sequence[object], home: str) -> float:
    command = [sys.executable, "-m", "catdog_sorter", "classify", "--quiet", "--no-config"]
    environment = {**os.environ, "PYTHONPATH": str(_SOURCE), "CATDOG_SORTER_HOME": home}
    begun = time.perf_counter()
    command += map(str, words)
    if subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False).returncode:
        sys.exit("That run failed, so there is nothing to measure.")
    return time.perf_counter() - begun


def costs(rate: float, size_bytes: float, price: float) -> list[str]:
    """The table of costs; `rate` is photos per second and core."""
    clusters = " | ".join(f"on {number:,} cores" for number in _CORES_OF_CLUSTERS)
    lines = [f"| photos | core-hours | price | {clusters} | to read |", "| --- " * 6 + "|"]
    for photos in (10**6, 10**9):
        hours = photos / rate / 3600
        taken = " | ".join(_duration(hours / number) for number in _CORES_OF_CLUSTERS)
        read = f"{photos * size_bytes / 1e12:,.1f} TB"
        lines.append(f"| {photos:,} | {hours:,.0f} | {hours * price:,.2f} | {taken} | {read} |")
    return lines


def _duration(hours: float) -> str:
    if hours >= 48:
        return f"{hours / 24:,.1f} days"
    return f"{hours:,.1f} hours" if hours >= 1 else f"{hours * 60:,.1f} minutes"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--size", default="4000x3000", metavar="WIDTHxHEIGHT")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--price", type=float, default=0.05, help="of a core for an hour")
    asked = parser.parse_args()
    width, height = map(int, asked.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        made = libraries(Path(folder), asked.photos, (width, height))
        sizes = [path.stat().st_size for path in made[0].iterdir()]
        rates = measure(made, asked.workers, asked.rounds)
    size_bytes = statistics.mean(sizes)
    print(
        f"{asked.photos:,} JPEG photos of {asked.size}, {size_bytes / 1e6:.2f} MB each, "
        f"{asked.rounds} rounds; {os.cpu_count()} cores, {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f} at the end.\n"
    )
    print("| | cores | photos a second and core |\n| --- | --- | --- |")
    for name, (used, rate) in rates.items():
        print(f"| {name} | {used} | {rate:.1f} |")
    slowest = min(rate for name, (_, rate) in rates.items() if name != PLAIN)
    print(f"\nAt {slowest:.1f} photos a second and core, and {asked.price} a core-hour:\n")
    print("\n".join(costs(slowest, size_bytes, asked.price)))


if __name__ == "__main__":
    main()
