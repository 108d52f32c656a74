"""Estimates the time for whole libraries on other computers from the costs measured by `speed.py`.

    python benchmarks/scale.py [--write]

Prints a Markdown table; --write updates the one in `docs/speed.md`. Nothing here is
measured. The estimate assumes the processor time per photo of `speed.json`, the utilisation
measured with two cores, and the serial part as a lower bound. It ignores disks that are slower than
the decoders.
"""

import argparse
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "speed.md"
BEGIN, END = "<!-- begin of scale -->", "<!-- end of scale -->"
LIBRARIES, CORES = (20_000, 500_000), (2, 8, 32)
_MEASURED_CORES = 2


def seconds(photos: int, cores: int, used_ms: float, busy: float, serial_ms: float) -> float:
    """Estimate the time in seconds.

    Args:
        photos: Number of photos.
        cores: Number of cores.
        used_ms: Processor time per photo.
        busy: Utilisation of a core, 0 to 1.
        serial_ms: Serial part of the time per photo.
    """
    return photos * max(used_ms / cores / busy, serial_ms) / 1000


def spelled(duration_s: float) -> str:
    """Format a duration: `50 s`, `7 min`, `3.5 h`."""
    if duration_s < 90:
        return f"{duration_s:.0f} s"
    if duration_s < 5400:
        return f"{duration_s / 60:.0f} min"
    return f"{duration_s / 3600:.1f} h"


def table(report: dict) -> str:
    """The table, from a report of `speed.py`."""
    passed, used = (report["ratios"][clock]["of_library"] for clock in ("passed", "used"))
    serial_ms = report["command"]["a photo's part that cores take in turns, ms"]
    look_ups = report["command"]["listing and cache look-up, photos a second"]
    lines = [
        f"| photos | | {' | '.join(f'{cores} cores' for cores in CORES)} |",
        f"| --- | --- |{' --- |' * len(CORES)}",
    ]
    for photos in LIBRARIES:
        for words, name in (
            ("first run", "this tool by default, ms a photo"),
            ("first run, `--previews never`", "`--previews never`, ms a photo"),
        ):
            used_ms = used[name]
            busy = min(1.0, used_ms / passed[name] / _MEASURED_CORES)
            cells = [spelled(seconds(photos, cores, used_ms, busy, serial_ms)) for cores in CORES]
            lines.append(f"| {photos:,} | {words} | {' | '.join(cells)} |")
        cells = [spelled(photos / look_ups)] * len(CORES)
        lines.append(f"| {photos:,} | once more, all unchanged | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = table(json.loads((HERE / "speed.json").read_text(encoding="utf-8")))
    print(found, end="")
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{found}{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
