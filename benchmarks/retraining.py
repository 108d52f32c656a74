"""Does training on a person's own photos help, or at least not harm?

    python benchmarks/retraining.py TRAIN TEST [--sets 60 360 1000] [--framework torch tf] \
        [--grey]

TRAIN and TEST are labelled folders. For each size a set is drawn from TRAIN (two cats and two dogs
to one of neither), `catdog-sort retrain` is run as its page says, and both the bundled model and
the result are judged on up to 460 photos of TEST. With --grey all photos are turned into what an
infrared camera gives: grey, dark, with much contrast and noise. The bundled model is bad at them.

Prints a table in Markdown: accuracy between cat and dog, coverage, and what of neither is called a
pet, before and after, and the seconds of the training.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from catdog_sorter.model.backends import CPU, open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.storage.locations import HOME_VARIABLE
from catdog_sorter.training.data.samples import LABEL_OF, Sample, find_samples
from catdog_sorter.training.measure.evaluate import evaluate

TEST_PHOTOS = {"cat": 200, "dog": 200, "neither": 60}
SHARES = {"cat": 0.4, "dog": 0.4, "neither": 0.2}
FIGURES = ("forced_choice_accuracy", "coverage", "wrong_among_sorted", "false_pet_rate")
MAX_LOSS = {"forced_choice_accuracy": 0.005, "coverage": 0.03, "false_pet_rate": 0.02}


def drawn(samples: Sequence[Sample], counts: dict[str, int], seed: int) -> list[Sample]:
    """So many photos of each label."""
    rng = random.Random(seed)
    found = []
    for label, count in counts.items():
        own = [sample for sample in samples if LABEL_OF[sample.animals] == label]
        found += rng.sample(own, min(count, len(own)))
    return found


def infrared(source: Path, target: Path) -> None:
    """What a camera for the night would have seen."""
    with Image.open(source) as photo:
        red, green, blue = photo.convert("RGB").split()
    pixels = 0.2 * np.asarray(red, float) + 0.1 * np.asarray(green, float)
    pixels = 0.5 * (pixels + 0.3 * (255 - np.asarray(blue, float)))
    pixels = 20 + 170 * (pixels - pixels.min()) / max(1.0, float(np.ptp(pixels)))
    pixels += np.random.default_rng(len(source.name)).normal(0, 18, pixels.shape)
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(target, quality=60)


def put(samples: Sequence[Sample], folder: Path, grey: bool) -> Path:
    """Labelled folders of these photos."""
    for number, sample in enumerate(samples):
        place = folder / LABEL_OF[sample.animals]
        place.mkdir(parents=True, exist_ok=True)
        if grey:
            infrared(sample.path, place / f"{number}.jpg")
        else:
            (place / f"{number}{sample.path.suffix}").symlink_to(sample.path)
    return folder


def figures(model: Path, photos: Path) -> dict[str, float]:
    """What the product makes of the photos."""
    bundle = load_bundle(model)
    samples = find_samples(photos, to_train=False)
    *_, report = evaluate(samples, bundle, open_backend(bundle, device=CPU))
    return {name: report.figures[name] for name in FIGURES}


def retrain(photos: Path, framework: str, home: Path) -> tuple[Path, float]:
    """The model that the documented command makes, and how long it took."""
    words = [sys.executable, "-m", "catdog_sorter", "retrain", str(photos), "--json", "--quiet"]
    begun = time.monotonic()
    answer = subprocess.run(
        [*words, "--backend", framework],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, HOME_VARIABLE: str(home)},
    )
    return Path(json.loads(answer.stdout)["model"]), time.monotonic() - begun


def main() -> None:
    """Train on each set in each framework, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--sets", type=int, nargs="+", default=[60, 360, 1000])
    parser.add_argument("--framework", nargs="+", default=["torch", "tf"])
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    train, test = find_samples(options.train), find_samples(options.test)
    print("| photos | by | " + " | ".join(FIGURES) + " | within bounds | seconds |")
    print("| --- " * (len(FIGURES) + 4) + "|")
    with tempfile.TemporaryDirectory() as top:
        judged = put(drawn(test, TEST_PHOTOS, options.seed), Path(top) / "test", options.grey)
        before = figures(find_bundle(DEFAULT_MODEL), judged)
        for size in options.sets:
            counts = {label: round(share * size) for label, share in SHARES.items()}
            chosen = drawn(train, counts, options.seed)
            photos = put(chosen, Path(top) / str(size), options.grey)
            for framework in options.framework:
                home = Path(top) / f"{size}-{framework}"
                model, seconds = retrain(photos, framework, home)
                after = figures(model, judged)
                lost = {
                    name: (after[name] - before[name]) * (-1 if name != "false_pet_rate" else 1)
                    for name in MAX_LOSS
                }
                is_within = all(lost[name] <= MAX_LOSS[name] for name in MAX_LOSS)
                cells = [f"{before[name]:.1%} to {after[name]:.1%}" for name in FIGURES]
                verdict = "yes" if is_within else "NO"
                row = [str(size), framework, *cells, verdict, f"{seconds:.0f}"]
                print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
