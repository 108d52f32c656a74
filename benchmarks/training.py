"""Measures whether training waits for its photos, in both frameworks, each in a separate process.

    python benchmarks/training.py [--data DATA] [--framework torch tf] [--recipe finetune]
                                  [--batches 12] [--rounds 3]

Compares an epoch of the real loop, from reading the store and augmentation to weight averaging,
with the same number of bare steps on one prepared batch, in alternation. The share is the
milliseconds per photo of the bare step over those of the loop, as a median over rounds, by wall
time and by processor time. Both use every core, so augmentation has a cost; "photos alone" is the
time of reading and augmentation without a network, on every core. DATA is as for `catdog-sort
retrain`; without it, photos are made from the examples.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from speed_library import EXAMPLES, WEB, build_jpegs

from catdog_sorter.training.data import dataset
from catdog_sorter.training.data.samples import Sample, find_samples
from catdog_sorter.training.events import EpochEnded, Step
from catdog_sorter.training.fit import frameworks
from catdog_sorter.training.fit.initial_weights import InitialWeights
from catdog_sorter.training.fit.learner import FitJob
from catdog_sorter.training.fit.loop import train
from catdog_sorter.training.recipes import RECIPES, Recipe, with_settings

_MADE_PHOTOS = 96
_WARM_STEPS = 2
Times = tuple[float, float]  # seconds that passed, and of the processor


def measure(framework: str, data: Path | None, recipe: Recipe, batches: int, rounds: int) -> None:
    """Print the figures of one framework."""
    # The first epoch warms up.
    recipe = with_settings(recipe, epochs=rounds + 1, patience=None)
    images = batches * recipe.data.batch_size
    with tempfile.TemporaryDirectory() as folder:
        samples = find_samples(data) if data else _made(Path(folder))
        *_, store = dataset.build_store(samples, Path(folder) / "store", recipe.data.store_side)
        assert isinstance(store, dataset.Store)
        training = [number % len(store.samples) for number in range(images)]
        learner = frameworks.open_learner(framework, recipe, InitialWeights("random"), 0, "cpu")
        job = FitJob(recipe, store, training, training[:1], Path(folder), 0)
        ready = next(dataset.training_batches(store, training, recipe, 0, 0))

        def steps(count: int) -> None:
            for _ in range(count):
                learner.step(ready.photos, ready.targets, 1e-4, 0.99)

        def photos() -> None:
            for _ in dataset.training_batches(store, training, recipe, 0, 1):
                pass

        events = train(job, learner, fit_head_first=False)
        steps(_WARM_STEPS)
        _epoch(events)
        taken = []
        for _ in range(rounds):
            bare, alone = _timed(lambda: steps(batches)), _timed(photos)
            taken.append((bare, alone, _epoch(events)))
    for clock, word in enumerate(("time passed", "processor's time")):
        _tell(f"{framework}, {recipe.name}, {word}", taken, clock, images)


def _epoch(events: Iterator[object]) -> Times:
    """Until its last batch: validation is not part of the comparison."""
    seconds = (0.0, 0.0)
    begun = _now()
    for event in events:
        if isinstance(event, Step):
            now = _now()
            seconds = (now[0] - begun[0], now[1] - begun[1])
        elif isinstance(event, EpochEnded):
            break
    return seconds


def _timed(work: Callable[[], None]) -> Times:
    begun = _now()
    work()
    now = _now()
    return now[0] - begun[0], now[1] - begun[1]


def _now() -> Times:
    return time.perf_counter(), time.process_time()


def _tell(head: str, taken: list[tuple[Times, ...]], clock: int, images: int) -> None:
    bare, alone, loop = (
        statistics.median(round_[part][clock] for round_ in taken) * 1000 / images
        for part in range(3)
    )
    share = statistics.median(bare[clock] / loop[clock] for bare, _, loop in taken)
    print(
        f"{head}: {share:.2f} of the bare step's images a second; milliseconds an image: bare "
        f"step {bare:.1f}, photos alone {alone:.1f}, loop {loop:.1f}"
    )


def _made(folder: Path) -> list[Sample]:
    paths = sorted(build_jpegs(folder / "photos", _MADE_PHOTOS, WEB).iterdir())
    examples = len(list(EXAMPLES.rglob("*.jpg")))
    kinds = [frozenset({"cat"}), frozenset({"dog"}), frozenset[str]()]
    return [Sample(path, kinds[number % examples % 3]) for number, path in enumerate(paths)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--framework", nargs="+", default=list(frameworks.TITLES))
    parser.add_argument("--recipe", default="finetune")
    parser.add_argument("--batches", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if len(asked.framework) == 1:
        recipe = RECIPES[asked.recipe]
        measure(asked.framework[0], asked.data, recipe, asked.batches, asked.rounds)
        return
    for framework in asked.framework:
        words = ["--framework", framework, "--recipe", asked.recipe]
        words += ["--batches", str(asked.batches), "--rounds", str(asked.rounds)]
        words += ["--data", str(asked.data)] if asked.data else []
        subprocess.run([sys.executable, __file__, *words], env=os.environ, check=True)


if __name__ == "__main__":
    main()
