"""Checks that every photo survives kills, faults, edits, damaged files and a large folder.

    python -m benchmarks.survival [--kills 500] [--faults 500] [--edits 500] [--files 20000]
                                  [--orders 300] [--photos 200000] [--seed 1] [--out FILE]

The number 0 leaves a part out. Prints one line of Markdown per part when it is done, and appends it
to FILE. Stops with an error that names the circumstances at the first lost photo or misplaced byte.
Times depend on this computer and its load.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from benchmarks.survival import edits, faults, kills, mutants, soak
from benchmarks.survival.drives import can_mount
from benchmarks.survival.stage import MEMORY, serving
from tests.support.colours import write_colour_bundle

_TIME_LIMIT_S = 60.0
Tried = TypeVar("Tried", kills.Tried, faults.Injected, edits.Edited)


def shown(tried: Iterable[Tried]) -> Iterator[Tried]:
    """Pass the trials on, and print their number from time to time."""
    for number, one in enumerate(tried, 1):
        if number % 20 == 0:
            print(f"{number} trials so far, nothing lost", file=sys.stderr, flush=True)
        yield one


def tried_kills(folder: Path, model: Path, count: int, seed: int) -> str:
    folding = ("like a Mac's",) if can_mount("like a Mac's") else ()
    with serving() as server:
        tried = list(shown(kills.kill(folder, model, server, count, seed, more_drives=folding)))
    hit = sum(one.kills for one in tried)
    several = sum(one.kills > 1 for one in tried)
    also = ", a third of them onto a drive like a Mac's" if folding else ""
    more_than_once = f"{several:,} killed more than once{also}"
    return f"kills tried: {hit:,} in {len(tried):,} sorts ({more_than_once}) / 0"


def tried_faults(folder: Path, model: Path, count: int, seed: int) -> str:
    with serving() as server:
        injected = shown(faults.inject(folder, model, server, count, seed))
        tried = [one for one in injected if one.hits]
    hit = sum(one.hits for one in tried)
    return f"faults injected: {hit:,} in {len(tried):,} runs / 0"


def tried_edits(folder: Path, model: Path, rounds: int, seed: int) -> str:
    with serving() as server:
        tried = list(shown(edits.edit(folder, model, server, rounds, seed)))
    lost = [one.what for one in tried if one.lost]
    assert not lost, lost
    made, killed = sum(one.edits for one in tried), sum(one.kills for one in tried)
    return f"edits by another program: {made:,} in {len(tried):,} rounds, {killed:,} kills / 0"


def tried_files(folder: Path, count: int, seed: int) -> str:
    tally = mutants.decode_all(mutants.damaged(mutants.seeds(), count, seed), folder, _TIME_LIMIT_S)
    worst_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return (
        f"damaged files: {tally.files:,} ({tally.decoded:,} gave a picture, {tally.unreadable:,} "
        f"were named as unreadable, {tally.decoder_died:,} ended their decoder and were named, "
        f"{tally.given_up:,} were given up after {_TIME_LIMIT_S:.0f} s) / crashes 0, hangs 0; "
        f"worst memory of a decoder {worst_mb:,.0f} MB; longest single file {tally.longest_s:.1f} s"
    )


def tried_orders(count: int) -> str:
    from tests.survival import test_any_order

    test_any_order.play(examples=count, steps=40)
    return (
        f"orders of sort, tag, undo, crash, edit, rename, add and delete: {count:,} of 40 steps / 0"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (
        *(("kills", 500), ("faults", 500), ("edits", 500), ("files", 20_000)),
        *(("orders", 300), ("photos", 200_000), ("seed", 1)),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    memory = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory() as disk, tempfile.TemporaryDirectory(dir=memory) as fast:
        model = write_colour_bundle(Path(fast)).folder
        here = Path(disk) / "stage"
        parts = (
            (asked.kills, lambda: tried_kills(here, model, asked.kills, asked.seed)),
            (asked.faults, lambda: tried_faults(here, model, asked.faults, asked.seed)),
            (asked.edits, lambda: tried_edits(here, model, asked.edits, asked.seed)),
            (asked.files, lambda: tried_files(Path(fast), asked.files, asked.seed)),
            (asked.orders, lambda: tried_orders(asked.orders)),
            (asked.photos, lambda: soak.sort_and_undo(Path(fast), model, asked.photos).line),
        )
        for wanted, part in parts:
            if wanted:
                started = time.monotonic()
                line = f"- {part()} ({time.monotonic() - started:,.0f} s)"
                print(line, flush=True)
                if asked.out:
                    with asked.out.open("a") as file:
                        print(line, file=file)


if __name__ == "__main__":
    main()
