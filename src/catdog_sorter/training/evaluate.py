"""The story of an evaluation: labelled folders in, figures out. Trains and chooses nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from catdog_sorter.backends import Backend
from catdog_sorter.bundle import ModelBundle
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Prediction, Thresholds, Unreadable
from catdog_sorter.photos import Photo
from catdog_sorter.pipeline import classify
from catdog_sorter.training.dataset import Sample, animals_in
from catdog_sorter.training.metrics import summarise


@dataclass(frozen=True, slots=True)
class Report:
    """`figures` as `metrics.summarise` gives them; `results` belong to the samples in order."""

    figures: dict[str, Any]
    results: tuple[Prediction | Unreadable, ...]


def evaluate(
    samples: list[Sample],
    bundle: ModelBundle,
    backend: Backend,
    thresholds: Thresholds | None = None,
) -> Iterator[Path | Report]:
    """Classify labelled photos as the product does; yield each path when done, at last the report.

    Raises UsageError when none of the photos can be read.
    """
    photos = (Photo(sample.path, sample.path.parent) for sample in samples)
    results = []
    for result in classify(photos, bundle, backend, thresholds):
        results.append(result)
        yield result.path
    pairs = [
        (sample, result)
        for sample, result in zip(samples, results, strict=True)
        if isinstance(result, Prediction)
    ]
    if not pairs:
        raise UsageError(
            "None of the photos can be read. Look at what `catdog-sort classify` says."
        )
    probabilities = np.array([(result.p_cat, result.p_dog) for _, result in pairs])
    truth = animals_in([sample for sample, _ in pairs], ("cat", "dog"))
    figures = summarise(probabilities, truth, thresholds or bundle.thresholds)
    figures["unreadable"] = len(samples) - len(pairs)
    yield Report(figures, tuple(results))
