"""Shows where the time goes in a library: the processor time of each photo, alone.

    python benchmarks/speed_profile.py FOLDER [--rounds 5] [--every]

FOLDER is one that `speed.py --library` made, `library` for the mixed one. Groups photos by file
format, by whether their preview answered, and by whether they show a pet. Each photo is classified
on one core, so that cores do not slow each other down.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from speed_contenders import one_core, processor_s

from catdog_sorter.labels import Label


def costs(paths: Sequence[Path], rounds: int) -> list[tuple[str, float]]:
    """The group of each photo, and its processor time in milliseconds, a mean over rounds."""
    classified = one_core()
    list(classified([paths[0]]))
    found = []
    for path in paths:
        before = processor_s()
        for _ in range(rounds):
            (prediction,) = classified([path])
        found.append((_group(path, prediction), 1000 * (processor_s() - before) / rounds))
    return found


def _group(path: Path, prediction) -> str:
    if prediction.label is not Label.NEITHER:
        how = "cat, dog, both or unsure"
    else:
        how = "answered from its preview" if prediction.from_preview else "decoded, neither"
    return f"{path.suffix.removeprefix('.').upper()}, {how}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", action="store_true", help="print every photo too")
    options = parser.parse_args()
    paths = sorted(options.folder.iterdir())
    every = costs(paths, options.rounds)
    if options.every:
        for path, (group, ms) in zip(paths, every, strict=True):
            print(f"{path.name}: {group}, {ms:.0f} ms")
    groups: dict[str, list[float]] = defaultdict(list)
    for group, ms in every:
        groups[group].append(ms)
    total = sum(ms for _, ms in every)
    print("| photos | | processor time of one | share of all |\n| --- | --- | --- | --- |")
    for group, times in sorted(groups.items(), key=lambda pair: -sum(pair[1])):
        mean, share = sum(times) / len(times), sum(times) / total
        print(f"| {group} | {len(times)} | {mean:.0f} ms | {share:.0%} |")


if __name__ == "__main__":
    main()
