"""Measures the speed of this program and of others, side by side.

    python benchmarks/speed.py [--photos 24] [--rounds 3] [--rivals PYTHON] [--output benchmarks]

Generates a photo library, has every contender classify it in alternating rounds, each in a separate
process, and writes speed.md and speed.json. Ratios are taken within a round, so a busy computer
slows both sides; figures are medians over rounds. Each is given twice: by wall time, which includes
idle cores but means little while other programs use the cores, and by processor time. PYTHON is the
interpreter of an environment with `pip install ultralytics transformers pillow-heif` and this
project's `torch` and `tf` extras; contenders that it cannot run are left out and named. `--only`
selects contenders and leaves out the measurements of the command itself. `--memory-photos` sets the
number of photos of the larger memory run. `--starts PHOTO` measures only how long the command takes
to start.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from speed_command import PASSED, USED, environment, starts, whole_command
from speed_contenders import CONTENDERS, WITH_PILLOW
from speed_library import LIBRARY, build, for_others

HERE = Path(__file__).resolve().parent
_TIMEOUT_S = 1800
_FOR_SLOW = ("12 MP JPEG", "web-size JPEG")  # the libraries that other programs classify
_PARTS_OF_LIMIT = ("ours", "decoding", "network")
_OF_LIBRARY = ("ours", "previews", "one_core", "small_model")
_OWN = (*_PARTS_OF_LIMIT, "previews", "one_core", "small_model")
_WITH_PREVIEW = ("12 MP JPEG with a preview", "12 MP HEIC with a preview")
_WORDS = {
    "ours": "`--previews never`",
    "previews": "this tool by default",
    "one_core": "on one core",
    "small_model": "`--model mobilenetv2-torch`",
    "script": "plain script",
    "dataloader": "DataLoader, torch eager",
    "keras": "Keras image_dataset_from_directory",
    "ultralytics": "Ultralytics",
    "transformers": "transformers pipeline",
}
# library -> contender -> per round: milliseconds per photo, (wall time, processor time)
Rounds = dict[str, dict[str, list[tuple[float, float]]]]


def measure(libraries: dict[str, Path], names: Sequence[str], rounds: int, python: str) -> Rounds:
    """Every contender on every library, in turn; a contender that fails once is left out."""
    taken: Rounds = {library: {} for library in libraries}
    failed: set[tuple[str, str]] = set()
    for number in range(rounds):
        for library, folder in libraries.items():
            for photo in folder.iterdir():  # or the first would wait for the disk, for all others
                photo.read_bytes()
            for name in names:
                if not _is_asked(name, library) or (library, name) in failed:
                    continue
                is_own = name in _OWN
                photos = folder if is_own else for_others(folder, name in WITH_PILLOW)
                ms = _timed(name, photos, sys.executable if is_own else python)
                if ms is None:
                    failed.add((library, name))
                    taken[library].pop(name, None)
                else:
                    taken[library].setdefault(name, []).append(ms)
                _say(f"round {number + 1}, {library}, {name}: {ms} ms a photo, passed and used")
    return taken


def _is_asked(name: str, library: str) -> bool:
    if library == LIBRARY:
        return name in _OF_LIBRARY or name not in _OWN
    if name == "previews":
        return library in _WITH_PREVIEW
    return name in _PARTS_OF_LIMIT or (library in _FOR_SLOW and name not in _OWN)


def _timed(name: str, folder: Path, python: str) -> tuple[float, float] | None:
    command = [python, HERE / "speed_contenders.py", name, folder]
    answer = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        env=environment(),
    )
    if answer.returncode:
        _say(answer.stderr.strip().splitlines()[-1] if answer.stderr.strip() else "no reason given")
        return None
    told = json.loads(answer.stdout.strip().splitlines()[-1])
    times = told["seconds"], told["processor_seconds"]
    return 1000 * times[PASSED] / told["photos"], 1000 * times[USED] / told["photos"]


def shares(taken: Rounds, clock: int) -> dict[str, float]:
    """Share of the limit by library: the sum of both halves, alone, against the whole tool."""
    result = {}
    for library, by_name in taken.items():
        parts = [by_name.get(name, []) for name in _PARTS_OF_LIMIT]
        if all(parts):
            ratios = [(d[clock] + n[clock]) / o[clock] for o, d, n in zip(*parts, strict=True)]
            result[library] = statistics.median(ratios)
    return result


def times_faster(taken: Rounds, clock: int) -> dict[str, dict[str, float]]:
    """Time of the other contenders relative to this program, by library."""
    result: dict[str, dict[str, float]] = {}
    for library, by_name in taken.items():
        for name, values in by_name.items():
            own = by_name.get("previews" if library == LIBRARY else "ours")
            if name not in _OWN and own:
                pairs = zip(values, own, strict=True)
                ratios = [value[clock] / ours[clock] for value, ours in pairs]
                result.setdefault(library, {})[name] = statistics.median(ratios)
    return result


def within_tool(taken: Rounds, clock: int) -> dict[str, float]:
    """Speed of the other libraries relative to the first one."""
    first, *others = taken
    result = {}
    for library in others:
        if library == LIBRARY:
            continue
        pairs = zip(taken[first].get("ours", []), taken[library].get("ours", []), strict=True)
        ratios = [plain[clock] / other[clock] for plain, other in pairs]
        if ratios:
            result[library] = statistics.median(ratios)
    return result


def previews_gain(taken: Rounds, clock: int) -> dict[str, float]:
    """Speed-up by `--previews` for photos with a preview, by library."""
    result = {}
    for library, by_name in taken.items():
        pairs = zip(by_name.get("ours", []), by_name.get("previews", []), strict=False)
        if ratios := [ours[clock] / other[clock] for ours, other in pairs]:
            result[library] = statistics.median(ratios)
    return result


def of_library(taken: Rounds, clock: int) -> dict[str, float]:
    """Milliseconds per photo of the mixed library, by options of this program, with ratios."""
    by_name = taken.get(LIBRARY, {})
    ms = {name: statistics.median(pair[clock] for pair in by_name[name])
          for name in _OF_LIBRARY if name in by_name}  # fmt: skip
    result = {f"{_WORDS[name]}, ms a photo": value for name, value in ms.items()}
    for one, other in (
        ("ours", "small_model"),
        ("previews", "small_model"),
        ("one_core", "previews"),
        ("ours", "previews"),
    ):
        if one in ms and other in ms:
            pairs = zip(by_name[one], by_name[other], strict=True)
            ratio = statistics.median(a[clock] / b[clock] for a, b in pairs)
            result[f"{_WORDS[one]} against {_WORDS[other]}"] = ratio
    return result


# --- Writing it down -------------------------------------------------------------------------


def as_markdown(report: dict) -> str:
    """The report as tables."""
    lines = [f"Measured by `benchmarks/speed.py`: {report['computer']}.", ""]
    lines += ["| | time passed | processor's time |", "| --- | --- | --- |"]
    passed, used = (report["ratios"][clock] for clock in ("passed", "used"))
    for library, value in used["share_of_limit"].items():
        lines.append(
            f"| {library}: share of the limit | {passed['share_of_limit'][library]:.2f} | "
            f"{value:.2f} |"
        )
    for library, by_name in used["times_faster"].items():
        for name, value in by_name.items():
            other = passed["times_faster"][library][name]
            lines.append(f"| {library}: {_WORDS[name]} takes | {other:.1f} x | {value:.1f} x |")
    for library, value in used["within_tool"].items():
        other = passed["within_tool"][library]
        lines.append(f"| {library} against 12 MP JPEG | {other:.1f} x | {value:.1f} x |")
    for library, value in used["previews_gain"].items():
        other = passed["previews_gain"][library]
        lines.append(
            f"| {library}: `--previews auto` against `never` | {other:.1f} x | {value:.1f} x |"
        )
    for name, value in used["of_library"].items():
        lines.append(f"| {LIBRARY}: {name} | {passed['of_library'][name]:.2f} | {value:.2f} |")
    if report["command"]:
        lines += ["", "| the command | |", "| --- | --- |"]
    lines += [f"| {name} | {value:,.2f} |" for name, value in report["command"].items()]
    return "\n".join(lines) + "\n"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rivals", type=Path)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--memory-photos", type=int, default=20_000)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--libraries", nargs="+", help="measure these kinds of photos only")
    parser.add_argument("--output", type=Path, default=HERE)
    parser.add_argument("--starts", type=Path, metavar="PHOTO")
    asked = parser.parse_args()
    if asked.starts:
        for name, value in starts(asked.starts, asked.rounds).items():
            print(f"{name}: {value:.2f}")
        return
    asked.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as fresh:
        folder = asked.library or Path(fresh)
        libraries = build(folder, asked.photos, asked.rivals)
        libraries = {k: v for k, v in libraries.items() if k in (asked.libraries or libraries)}
        names = asked.only or [contender.__name__ for contender in CONTENDERS]
        taken = measure(libraries, names, asked.rounds, str(asked.rivals or sys.executable))
        report = {
            "computer": f"{os.cpu_count()} cores, {platform.machine()}, "
            f"load {os.getloadavg()[0]:.1f} at the end, {asked.rounds} rounds",
            "ms_a_photo": taken,
            "ratios": {
                word: {
                    "share_of_limit": shares(taken, clock),
                    "times_faster": times_faster(taken, clock),
                    "within_tool": within_tool(taken, clock),
                    "previews_gain": previews_gain(taken, clock),
                    "of_library": of_library(taken, clock),
                }
                for word, clock in (("passed", PASSED), ("used", USED))
            },
            "command": (
                {}
                if asked.only or asked.libraries
                else whole_command(folder, asked.memory_photos, asked.rounds)
            ),
        }
    (asked.output / "speed.json").write_text(json.dumps(report, indent=2) + "\n")
    (asked.output / "speed.md").write_text(as_markdown(report))
    print(as_markdown(report))


if __name__ == "__main__":
    main()
