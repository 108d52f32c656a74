"""Turns trained weights into a bundle: calibrated, exported to ONNX, and checked for parity.

The validation photos are decoded again, by the same code as at inference, so that the calibration
holds for inference.
"""

import dataclasses
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.errors import TrainingError
from catdog_sorter.labels import RiskControl, Thresholds, decide
from catdog_sorter.model import trial
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends.onnx import OrtNetwork, detector_of, open_network
from catdog_sorter.model.bundle import DETECTOR, ONNX, ModelBundle, write_bundle
from catdog_sorter.model.calibration import Calibration, Probabilities, animal_probabilities
from catdog_sorter.model.networks.architectures import for_inference
from catdog_sorter.model.networks.onnx_weights import expose_regions, name_weights
from catdog_sorter.model.preprocessing import Preprocessing, to_batch
from catdog_sorter.model.test_time_augmentation import TestTimeAugmentation, photo_logits
from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.events import PhotosChecked
from catdog_sorter.training.fit import frameworks
from catdog_sorter.training.fit.checkpoint import read_arrays
from catdog_sorter.training.measure.before_after import Comparison, compare_models
from catdog_sorter.training.measure.evaluate import EvaluatedPhoto
from catdog_sorter.training.measure.metrics import (
    calibrate,
    summarise,
    uncertainty_band,
)
from catdog_sorter.training.measure.risk_control import (
    OTHER,
    PET,
    choose_thresholds,
    library_weights,
)
from catdog_sorter.training.recipes import Recipe

MAX_LOGIT_DIFFERENCE = 1e-4
# Test-time augmentation adds views where the first prediction is less confident than this: mirrored
# ones and, for models that were trained with photos of neither, rotated and cropped ones. Compared
# by `benchmarks/second_look.py`.
CONFIDENT = 0.9
ROTATION_SHARPNESS, ROTATION_PENALTY = 2.0, 2.0
CROP_FRACTION, CROP_WEIGHT = 0.7, 0.4
_BATCH = 8
_MIN_PROBABILITY = 1e-12  # smallest probability with a finite logit


@dataclass(frozen=True, slots=True)
class Start:
    """The initial model, which the network is compared with.

    Attributes:
        bundle: That model; usually the one that training started from.
        is_kept: Whether the network keeps its calibration, thresholds and further views.
        held_out: Probabilities (N, K) of the validation photos by fits that have not seen them,
            where the network itself has seen them.
        first_look: Those of `bundle`, without test-time augmentation like `held_out`, if that is
            given.
    """

    bundle: ModelBundle
    is_kept: bool
    held_out: Probabilities | None = None
    first_look: Probabilities | None = None

    def probabilities(self, samples: Sequence[Sample]) -> Generator[int, None, Probabilities]:
        """The model's probabilities of photos, (N, 2): cat, dog. Yields 1 after each photo."""
        bundle = self.bundle
        if self.first_look is not None:
            return in_order(self.first_look, bundle.outputs)
        network = open_network(bundle)
        policy = bundle.test_time_augmentation
        logits = yield from _logits(network, samples, bundle.preprocessing, policy)
        return animal_probabilities(logits, bundle.outputs, bundle.calibration)


class Exported(NamedTuple):
    """The bundle, its predictions on the held-out photos, and whether training helped."""

    bundle: ModelBundle
    judged: list[EvaluatedPhoto]
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A trained network to be written as a bundle.

    Attributes:
        framework: The framework that trained it.
        recipe: The recipe it was trained by.
        weights: File of its weights (safetensors).
        validation: Photos to fit calibration and thresholds on, unless `start` gives them.
        target: Folder of the new bundle.
        training: Record of the training, for the description.
        groups: Those of `data.groups`, of photos of neither, where known.
        start: The model to compare the network with.
        may_replace: Whether to replace a bundle at `target`.
    """

    framework: str
    recipe: Recipe
    weights: Path
    validation: Sequence[Sample]
    target: Path
    training: dict[str, Any]
    groups: Mapping[Path, str] = field(default_factory=dict)
    start: Start | None = None
    may_replace: bool = False


def export(request: ExportRequest) -> Generator[PhotosChecked, None, Exported]:
    """Write the bundle of a trained network.

    Yields the progress, and returns the result.

    Raises:
        TrainingError: The ONNX model's logits differ from the framework's by more than 1e-4, or for
            logits above 1 by more than 1e-4 of their size, on any of the photos.
    """
    start = request.start
    readings = 2 + (start is not None and start.first_look is None)
    steps = _export(request)
    done = 0
    while True:
        try:
            done += next(steps)
        except StopIteration as end:
            exported: Exported = end.value
            return exported
        yield PhotosChecked(done, readings * len(request.validation))


def _export(request: ExportRequest) -> Generator[int, None, Exported]:
    """Do the work of `export`; yields how many photos were just read."""
    recipe, validation, start = request.recipe, request.validation, request.start
    trained, _ = read_arrays(request.weights)
    arrays = for_inference(recipe.architecture, trained)
    spec = Preprocessing(recipe.data.input_size)
    onnx_file = request.weights.with_name(ONNX)
    exact = frameworks.write_onnx(request.framework, recipe, arrays, onnx_file)
    finish_onnx(onnx_file, arrays)
    exported = OrtNetwork(str(onnx_file))
    logits, difference, of_size = yield from _compare(exact, exported, validation, spec)
    check_parity(request.framework, of_size)
    kept = start.bundle if start and start.is_kept else None
    wanted = animals_in(validation, recipe.outputs)
    if start and kept:
        calibration, augmentation = kept.calibration, kept.test_time_augmentation
        thresholds, promise = kept.thresholds, kept.risk_control
        exported.detector = detector_of(kept)
        if augmentation.mirror and start.held_out is None:
            logits = yield from _logits(exported, validation, spec, augmentation)
    else:
        augmentation = TestTimeAugmentation()
        if recipe.test_time_augmentation:
            band = uncertainty_band(calibrate(logits, wanted), CONFIDENT)
            augmentation = _policy(band)
            logits = yield from _logits(exported, validation, spec, augmentation)
        calibration = calibrate(logits, wanted)
    probabilities = animal_probabilities(logits, recipe.outputs, calibration)
    if start and start.held_out is not None:
        probabilities = in_order(start.held_out, recipe.outputs)
    truth = animals_in(validation, ("cat", "dog"))
    if not kept:
        thresholds, promise = _thresholds(recipe, validation, probabilities, request.groups)
    comparison, training = None, request.training
    if start:
        before = yield from start.probabilities(validation)
        comparison = compare_models(
            start.bundle.name,
            (before, start.bundle.thresholds),
            (probabilities, thresholds),
            truth,
            cross_validated=start.held_out is not None,
        )
        training = training | {"comparison": comparison.as_json()}
    bundle = write_bundle(
        request.target,
        {ONNX: onnx_file} | _detector_file(kept),
        {
            "architecture": recipe.architecture,
            "framework": request.framework,
            "outputs": list(recipe.outputs),
            "preprocessing": spec,
            "test_time_augmentation": augmentation,
            "calibration": calibration,
            "thresholds": thresholds,
            "risk_control": promise,
            "metrics": {"validation": summarise(probabilities, truth, thresholds)},
            "training": training | {"onnx_max_logit_difference": difference},
        },
        replace=request.may_replace,
    )
    trial.remember(bundle)
    return Exported(bundle, _judged(validation, probabilities, thresholds), comparison)


def _detector_file(kept: ModelBundle | None) -> dict[str, Path]:
    """Return the detector's file, by name, of the bundle whose further views are kept."""
    return {DETECTOR: kept.file(DETECTOR)} if kept and DETECTOR in kept.files else {}


def in_order(probabilities: Probabilities, outputs: Sequence[str]) -> Probabilities:
    """Probabilities (N, K) in the order of `outputs` -> (N, 2): cat, dog."""
    identity = Calibration((1.0,) * len(outputs), (0.0,) * len(outputs))
    inner = np.clip(probabilities, _MIN_PROBABILITY, 1 - _MIN_PROBABILITY)
    return animal_probabilities(np.log(inner) - np.log1p(-inner), outputs, identity)


def _policy(band: tuple[tuple[float, float], ...]) -> TestTimeAugmentation:
    if len(band) == 1:
        return TestTimeAugmentation(mirror=True, uncertainty_band=band)
    return TestTimeAugmentation(
        mirror=True,
        uncertainty_band=band,
        rotation_sharpness=ROTATION_SHARPNESS,
        rotation_penalty=ROTATION_PENALTY,
        crop_fraction=CROP_FRACTION,
        crop_weight=CROP_WEIGHT,
    )


def _thresholds(
    recipe: Recipe,
    validation: Sequence[Sample],
    probabilities: Probabilities,
    groups: Mapping[Path, str],
) -> tuple[Thresholds, RiskControl | None]:
    """Choose thresholds, and return their promise; it is None without photos of neither."""
    promise = recipe.risk_control
    names = [PET if photo.animals else groups.get(photo.path, OTHER) for photo in validation]
    weights = library_weights(names, promise.prevalence)
    truth = animals_in(validation, ("cat", "dog"))
    thresholds, proved = choose_thresholds(probabilities, truth, weights, promise)
    if set(names) == {PET}:
        return thresholds, None
    return thresholds, dataclasses.replace(promise, proved=proved)


def _judged(
    samples: Sequence[Sample], probabilities: Probabilities, thresholds: Thresholds
) -> list[EvaluatedPhoto]:
    return [
        EvaluatedPhoto(sample.path, sample.animals, p_cat, p_dog, decide(p_cat, p_dog, thresholds))
        for sample, (p_cat, p_dog) in zip(samples, probabilities.tolist(), strict=True)
    ]


def finish_onnx(path: Path, weights: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Give the weights in an exported model their names, and make its regions an output."""
    model = onnx.load(path)
    _forget_origin(model)
    name_weights(model, weights)
    expose_regions(model)
    onnx.save(model, path)


def _forget_origin(model: onnx.ModelProto) -> None:
    """Drop an exporter's notes on each node: source lines and paths of the training machine."""
    for node in model.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        value.ClearField("metadata_props")
    model.graph.ClearField("metadata_props")
    model.ClearField("metadata_props")


def _compare(
    exact: frameworks.Exact,
    exported: OrtNetwork,
    samples: Sequence[Sample],
    spec: Preprocessing,
) -> Generator[int, None, tuple[npt.NDArray[np.float32], float, float]]:
    """Compare the exported network with the framework's in double precision.

    Returns:
        Logits (N, K) by ONNX Runtime, their largest difference, and the largest difference
        relative to logits above 1.

    The rounding error of single precision is relative: a logit of 50 may be off by 2e-4, which does
    not change its probability. Near 0, where labels are decided, that would be far too much.
    """
    rows, largest, of_size = [], 0.0, 0.0
    for batch in _batches(samples, spec):
        expected, given = exact(batch), exported.logits(batch)
        off = np.abs(given - expected)
        largest = max(largest, float(off.max()))
        of_size = max(of_size, float((off / np.maximum(1.0, np.abs(expected))).max()))
        rows.append(given)
        yield len(batch)
    return np.concatenate(rows), largest, of_size


def _logits(
    network: Backend,
    samples: Sequence[Sample],
    spec: Preprocessing,
    augmentation: TestTimeAugmentation,
) -> Generator[int, None, npt.NDArray[np.float32]]:
    """Compute the photos' logits (N, K) as at inference, with test-time augmentation."""
    high_res_side = augmentation.high_res_side(spec)

    def logits(sample: Sample) -> npt.NDArray[np.float32]:
        photo = read_photo(sample.path, spec.decode_side)
        return photo_logits(
            network, [photo], spec, augmentation, lambda _: read_photo(sample.path, high_res_side)
        )

    rows = []
    for sample in samples:
        rows.append(logits(sample))
        yield 1
    return np.concatenate(rows)


def _batches(samples: Sequence[Sample], spec: Preprocessing) -> Iterator[npt.NDArray[np.float32]]:
    for start in range(0, len(samples), _BATCH):
        chunk = samples[start : start + _BATCH]
        yield to_batch([read_photo(sample.path, spec.decode_side) for sample in chunk], spec)


def check_parity(framework: str, difference: float) -> None:
    """Raise TrainingError if the exported model's logits differ from the trained one's."""
    if not difference <= MAX_LOGIT_DIFFERENCE:
        raise TrainingError(
            f"The ONNX model's logits differ from {frameworks.TITLES[framework]}'s by "
            f"{difference:.2g}, more than {MAX_LOGIT_DIFFERENCE:.0e}; it was not written. Train "
            "again, or report this with the versions `catdog-sort doctor` prints."
        )
