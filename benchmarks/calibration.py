"""Measures the calibration error of models, and the part of it that is chance.

    python benchmarks/calibration.py DATA MODEL... [--smoothing]

DATA holds labelled photos as `catdog-sort evaluate` takes them. Prints a Markdown table of the
expected calibration error (15 bins) of each output, and of its mean under perfect calibration:
with few photos, chance alone gives a positive error. With `--smoothing`, for the photos that the
model was validated on, compares calibrations with less or more target smoothing by repeated
tenfold cross-validation.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.model.test_time_augmentation import photo_logits
from catdog_sorter.parallel import cores
from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.samples import Sample, find_samples
from catdog_sorter.training.measure.metrics import calibrate, calibration_error, summarise

SMOOTHING = (0.01, 0.1, 0.25, 0.5, 1.0)
FOLDS, SPLITS, DRAWS = 10, 5, 500
EXACT = ("model", "photos", "cat", "cat, were all exact", "dog", "dog, were all exact")
FITTED = ("model", "pseudo photos", "log loss", "cat against dog", "error: cat", "dog")
Numbers = npt.NDArray[np.float64]


def errors(probabilities: Numbers, targets: Numbers) -> list[float]:
    """Expected calibration error of each output, (N, 2) each."""
    once = np.ones((1, len(targets)))
    columns = (slice(0, 1), slice(1, 2))
    return [float(calibration_error(probabilities[:, c], targets[:, c], once)[0]) for c in columns]


def by_chance(probabilities: Numbers) -> list[float]:
    """Mean calibration error for targets drawn from these probabilities."""
    rng = np.random.default_rng(0)
    drawn = [rng.random(probabilities.shape) < probabilities for _ in range(DRAWS)]
    found = np.array([errors(probabilities, d.astype(np.float64)) for d in drawn])
    return [float(mean) for mean in found.mean(axis=0)]


def held_out(logits: Numbers, targets: Numbers, pseudo_photos: float) -> Iterator[Numbers]:
    """Cross-validated probabilities of all photos."""
    rng = np.random.default_rng(0)
    for _ in range(SPLITS):
        fold = rng.permutation(len(targets)) % FOLDS
        found = np.empty_like(logits)
        for number in range(FOLDS):
            aside = fold == number
            fitted = calibrate(logits[~aside], targets[~aside], pseudo_photos)
            found[aside] = fitted.apply(logits[aside])
        yield found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--smoothing", action="store_true")
    asked = parser.parse_args()
    samples = find_samples(asked.data, to_train=False)
    targets = animals_in(samples, ("cat", "dog")).astype(np.float64)
    _row(*(FITTED if asked.smoothing else EXACT))
    _row(*("---" for _ in range(6)))
    for name in asked.models:
        bundle = load_bundle(find_bundle(name))
        backend = open_backend(bundle)

        def classify(sample: Sample, bundle=bundle, backend=backend) -> Numbers:  # type: ignore[no-untyped-def]
            photo = read_photo(sample.path, bundle.high_res_side)
            views = bundle.preprocessing, bundle.test_time_augmentation
            logits: Numbers = photo_logits(backend, [photo], *views)[0].astype(np.float64)
            return logits

        with ThreadPoolExecutor(cores()) as pool:
            logits = np.stack(list(pool.map(classify, samples)))
        if not asked.smoothing:
            found = bundle.calibration.apply(logits)
            pairs = zip(errors(found, targets), by_chance(found), strict=True)
            cells = [f"{value:.4f}" for pair in pairs for value in pair]
            _row(name, f"{len(samples):,}", *cells)
            continue
        for pseudo_photos in SMOOTHING:
            splits = list(held_out(logits, targets, pseudo_photos))
            told = [summarise(p, targets, bundle.thresholds) for p in splits]
            losses = [
                np.mean([t[key] for t in told]) for key in ("log_loss", "forced_choice_log_loss")
            ]
            wrong = np.mean([errors(p, targets) for p in splits], axis=0)
            _row(name, f"{pseudo_photos:g}", *(f"{value:.4f}" for value in (*losses, *wrong)))


def _row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
