"""Measures the speed of the service over real connections, and whether it loses requests.

    python benchmarks/serving.py [--photos 12] [--requests 400] [--rounds 3] [--clients 8] [--json]

Generates photos. In each round they are classified on all cores without a service, which is the
limit; then by a service with one photo per request, for one client and for several at once. Ratios
are taken within a round, so a busy computer slows both sides. Ratios are medians over rounds;
latencies are pooled over all rounds. The clients use processor time on the same computer. Last,
four times as many clients as the service has capacity for send requests at once: each must be
answered or refused with 429, and the service must have counted the same. Exits with 1 if one is
missing. Needs the extras `serve` and `watch`.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import psutil
from speed_library import build

_SOURCE = Path(__file__).resolve().parents[1] / "src"
_ROOM, _CROWD = 8, 32
_BOUNDARY = "between-photos"
_HEADERS = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
_LIBRARIES = ("12 MP JPEG", "web-size JPEG")

# Classifies the photos named on stdin, once to warm up and once to measure.
_LIMIT = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import psutil
from catdog_sorter import Classifier
from catdog_sorter.parallel import cores
def used():
    every = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in every)
paths = json.load(sys.stdin)
with Classifier() as classifier, ThreadPoolExecutor(cores()) as pool:
    list(pool.map(classifier.classify, paths[:4 * cores()]))
    begun, before = time.perf_counter(), used()
    list(pool.map(classifier.classify, paths))
    print(json.dumps([time.perf_counter() - begun, used() - before]))
"""


@dataclass(frozen=True)
class Load:
    """Results of concurrent clients: latency and status of each request."""

    passed_s: float
    used_s: float
    latencies_s: list[float]
    statuses: Counter[int]


@contextmanager
def service(*words: object) -> Iterator[tuple[int, psutil.Process]]:
    """A service with the bundled model; yields its port and its process."""
    command = [sys.executable, "-m", "catdog_sorter", "serve", "--no-config", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(_SOURCE)}
    environment.pop("CATDOG_SORTER_TOKEN", None)
    with subprocess.Popen(
        [*command, *map(str, words)], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stderr
            said = process.stderr.readline()
            assert said.startswith("Listening"), said + process.stderr.read()
            yield int(said.rsplit(":", 1)[1]), psutil.Process(process.pid)
        finally:
            process.terminate()


def limit(paths: Sequence[Path]) -> tuple[float, float]:
    """Wall time and processor time in seconds for all photos, without a service."""
    answer = subprocess.run(
        [sys.executable, "-c", _LIMIT],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(_SOURCE)},
    )
    passed_s, used_s = json.loads(answer.stdout)
    return passed_s, used_s


def load(port: int, process: psutil.Process, bodies: Sequence[bytes], clients: int) -> Load:
    """Send all bodies once, from this number of clients, each of which waits for its response."""
    remaining = iter(bodies)  # `next` of it is safe between threads
    latencies: list[float] = []
    statuses: Counter[int] = Counter()

    def client() -> list[tuple[float, int]]:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        seen = []
        for body in remaining:
            begun = time.perf_counter()
            connection.request("POST", "/classify", body, _HEADERS)
            answer = connection.getresponse()
            told = answer.read()
            seen.append((time.perf_counter() - begun, answer.status))
            assert answer.status != 200 or b'"label"' in told, told
        connection.close()
        return seen

    begun, before = time.perf_counter(), used(process)
    with ThreadPoolExecutor(clients) as pool:
        for seen in [future.result() for future in [pool.submit(client) for _ in range(clients)]]:
            latencies += [seconds for seconds, _ in seen]
            statuses.update(status for _, status in seen)
    return Load(time.perf_counter() - begun, used(process) - before, latencies, statuses)


def used(process: psutil.Process) -> float:
    """Processor time of the service and its decoders, in seconds."""
    every = [process, *process.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in every)


def form(path: Path) -> bytes:
    """The body of a request with this one photo."""
    start = (
        f"--{_BOUNDARY}\r\n"
        f'Content-Disposition: form-data; name="photos"; filename="{path.name}"\r\n\r\n'
    )
    return start.encode() + path.read_bytes() + f"\r\n--{_BOUNDARY}--\r\n".encode()


def compare(paths: Sequence[Path], clients: int, rounds: int) -> dict[int, dict[str, float]]:
    """By number of clients: shares of the limit, and latencies in milliseconds."""
    bodies = [form(path) for path in paths]
    loads: dict[int, list[Load]] = {1: [], clients: []}
    limits = []
    for number in range(rounds):
        limits.append(limit(paths))
        with service() as (port, process):
            load(port, process, bodies[: 2 * clients], clients)  # to warm up
            for count, done in loads.items():
                done.append(load(port, process, bodies, count))
                assert done[-1].statuses == {200: len(bodies)}, done[-1].statuses
        _say(f"round {number + 1} of {rounds} done")
    return {count: _figures(done, limits) for count, done in loads.items()}


def _figures(loads: Sequence[Load], limits: Sequence[tuple[float, float]]) -> dict[str, float]:
    pairs = list(zip(loads, limits, strict=True))
    latencies = sorted(1000 * seconds for one in loads for seconds in one.latencies_s)
    cuts = statistics.quantiles(latencies, n=100, method="inclusive")
    return {
        "requests_a_second": statistics.median(
            len(one.latencies_s) / one.passed_s for one in loads
        ),
        "share_of_limit": statistics.median(passed / one.passed_s for one, (passed, _) in pairs),
        "processor_share": statistics.median(taken / one.used_s for one, (_, taken) in pairs),
        "p50_ms": cuts[49],
        "p99_ms": cuts[98],
    }


def crowd(paths: Sequence[Path], requests: int) -> dict[str, int]:
    """Count statuses when far more requests arrive at once than the capacity."""
    bodies = list(islice(cycle([form(path) for path in paths]), requests))
    with service("--queue", _ROOM) as (port, process):
        done = load(port, process, bodies, _CROWD)
        counted = _counted(port)
    answered, refused = done.statuses[200], done.statuses[429]
    return {
        "asked": requests,
        "answered": answered,
        "refused": refused,
        "missing": requests - answered - refused,
        "counted_otherwise": abs(counted[200] - answered) + abs(counted[429] - refused),
    }


def _counted(port: int) -> Counter[int]:
    """Responses by status, from the service's own metrics."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/metrics")
    counts: Counter[int] = Counter()
    for line in connection.getresponse().read().decode().splitlines():
        if line.startswith('catdog_requests_total{path="/classify"'):
            counts[int(line.split('status="')[1][:3])] += int(float(line.rsplit(" ", 1)[1]))
    return counts


def as_markdown(report: dict) -> str:
    """The report as a table and a line."""
    lines = [f"Measured by `benchmarks/serving.py`: {report['computer']}.", ""]
    lines += [
        "| photos | clients | requests a second | share of the limit | of the processor's time "
    ]
    lines[-1] += "| p50 | p99 |"
    lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
    for library, by_clients in report["loads"].items():
        for clients, told in by_clients.items():
            lines.append(
                f"| {library} | {clients} | {told['requests_a_second']:.1f} "
                f"| {told['share_of_limit']:.2f} | {told['processor_share']:.2f} "
                f"| {told['p50_ms']:,.0f} ms | {told['p99_ms']:,.0f} ms |"
            )
    told = report["crowd"]
    lines += [
        "",
        f"{_CROWD} clients at once, room for {_ROOM} photos: {told['asked']:,} requests = "
        f"{told['answered']:,} answered + {told['refused']:,} refused with 429 + "
        f"{told['missing']:,} missing; the service counted {told['counted_otherwise']:,} of them "
        "otherwise.",
    ]
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--photos", type=int, default=12, help="of 12 MP; eight times as many small"
    )
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--library", type=Path, help="keep the photos there")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        libraries = build(asked.library or Path(fresh), asked.photos, None)
        loads = {}
        for name in _LIBRARIES:
            _say(f"{name}:")
            photos = sorted(libraries[name].iterdir())
            paths = list(islice(cycle(photos), asked.requests))
            loads[name] = compare(paths, asked.clients, asked.rounds)
        lost = crowd(sorted(libraries["web-size JPEG"].iterdir()), 4 * asked.requests)
    computer = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {asked.rounds} rounds"
    report = {"computer": computer, "loads": loads, "crowd": lost}
    print(json.dumps(report, indent=2) if asked.json else as_markdown(report))
    return int(lost["missing"] > 0 or lost["counted_otherwise"] > 0)


if __name__ == "__main__":
    sys.exit(main())
