"""Evaluates a model on labelled photos. Trains and chooses nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from catdog_sorter.classification.pipeline import classify
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, RiskControl, Thresholds, Unreadable
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.photos.find import Photo
from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.groups import PhotoDetails
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.measure.breakdown import Breakdown, break_down
from catdog_sorter.training.measure.intervals import confidence_intervals
from catdog_sorter.training.measure.metrics import kinds_of, labels_at, summarise


@dataclass(frozen=True, slots=True)
class EvaluatedPhoto:
    """A labelled photo with a model's prediction.

    `animals` is the true label, a subset of {"cat", "dog"}; `p_cat` and `p_dog` are calibrated, 0
    to 1; `label` is the prediction at the thresholds.
    """

    path: Path
    animals: frozenset[str]
    p_cat: float
    p_dog: float
    label: Label


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Results of an evaluation.

    `figures` are those of `metrics.summarise`, `intervals` those of
    `intervals.confidence_intervals`; the photos keep the order of the samples.
    """

    thresholds: Thresholds
    figures: dict[str, Any]
    intervals: dict[str, tuple[float, float]]
    breakdown: Breakdown
    judged: tuple[EvaluatedPhoto, ...]
    unreadable: tuple[Unreadable, ...]


def evaluate(
    samples: Sequence[Sample],
    bundle: ModelBundle,
    backend: Backend,
    thresholds: Thresholds | None = None,
    *,
    details: Mapping[Path, PhotoDetails] | None = None,
    prevalence: float | None = None,
) -> Iterator[Path | EvaluationReport]:
    """Classify labelled photos as `catdog-sort classify` does.

    Args:
        samples: The photos.
        bundle: The model.
        backend: Runs the model.
        thresholds: Replace the bundle's own.
        details: Details of the photos, by path.
        prevalence: Share of a library's photos with a pet, 0 to 1; None for the one that
            the bundle's thresholds were chosen for.

    Yields:
        Each path when done, and finally the report.

    Raises:
        UsageError: None of the photos can be read.
    """
    photos = (Photo(sample.path, sample.path.parent) for sample in samples)
    judged: list[EvaluatedPhoto] = []
    unreadable: list[Unreadable] = []
    results = classify(photos, bundle, backend, thresholds)
    for sample, result in zip(samples, results, strict=True):
        if isinstance(result, Unreadable):
            unreadable.append(result)
        else:
            judged.append(_judged(sample, result))
        yield sample.path
    if not judged:
        raise UsageError(
            "None of the photos can be read. Run `catdog-sort classify` on them to see why."
        )
    probabilities = np.array([(photo.p_cat, photo.p_dog) for photo in judged])
    truth = animals_in([Sample(photo.path, photo.animals) for photo in judged], ("cat", "dog"))
    used = thresholds or bundle.thresholds
    figures = summarise(probabilities, truth, used)
    intervals = confidence_intervals(probabilities, truth, used)
    known = details or {}
    breakdown = break_down(
        labels_at(probabilities, used),
        kinds_of(truth),
        [known.get(photo.path, PhotoDetails()) for photo in judged],
        prevalence or (bundle.risk_control or RiskControl()).prevalence,
    )
    yield EvaluationReport(used, figures, intervals, breakdown, tuple(judged), tuple(unreadable))


def _judged(sample: Sample, found: Prediction) -> EvaluatedPhoto:
    return EvaluatedPhoto(sample.path, sample.animals, found.p_cat, found.p_dog, found.label)
