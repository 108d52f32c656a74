"""One training run: read photos, split, train, calibrate, write a bundle.

Yields events and never prints. Frameworks are imported where they are used.
"""

import csv
import dataclasses
import json
import math
import platform
import shutil
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from catdog_sorter.errors import TrainingError, TrainingStopped
from catdog_sorter.labels import Unreadable
from catdog_sorter.model.bundle import ONNX, ModelBundle, read_description
from catdog_sorter.model.calibration import Probabilities, sigmoid
from catdog_sorter.model.registry import refuse_taken
from catdog_sorter.storage.files import file_sha256, refuse_existing
from catdog_sorter.storage.locations import HOME_VARIABLE
from catdog_sorter.text import counted, shown
from catdog_sorter.training.data import dataset
from catdog_sorter.training.data.samples import Sample, check_enough
from catdog_sorter.training.events import EpochEnded, Phase, PhotosChecked, Step
from catdog_sorter.training.fit import (
    distillation,
    feature_distillation,
    frameworks,
    loop,
    weight_averaging,
)
from catdog_sorter.training.fit.checkpoint import Arrays, write_arrays
from catdog_sorter.training.fit.head_correction import HeadCorrection, as_raw, fit_correction
from catdog_sorter.training.fit.initial_weights import InitialWeights
from catdog_sorter.training.fit.learner import FitJob, Learner
from catdog_sorter.training.fit.rehearsal import read_rehearsal
from catdog_sorter.training.measure.before_after import Comparison
from catdog_sorter.training.recipes import Recipe, Unfreeze, with_settings
from catdog_sorter.training.runs import REPORT, SETTINGS
from catdog_sorter.training.tensorboard import CurveWriter
from catdog_sorter.version import __version__

if TYPE_CHECKING:
    from catdog_sorter.training.fit import export

LOG = "log.csv"
LOG_LINES = "log.jsonl"
_STORE = "store"
EXPORTING = "Exporting and checking the model"  # from here on, stopping leaves a model
_MAX_RAISED_EPOCHS = 30
# With fewer photos cross-validation is used, because too few could be held out.
MIN_HELD_OUT_PHOTOS = 200
_PACKAGES = {"torch": ("torch", "torchvision"), "tf": ("tensorflow", "keras")}
# Settings that may differ between a run and its resumption.
_MAY_CHANGE = ("version", "versions")


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """A training to run: photos, recipe, initial weights and folders.

    Attributes:
        initial_weights: Initial weights of the network.
        folder: Logs, figures and checkpoints.
        output: Folder of the new model.
        replace: Whether to replace an earlier model and its run.
        negatives: Further photos of neither, used for training only.
        teachers: ONNX files as `distillation.Teacher` reads them.
        pretrained: Weights that the initial ones were trained from, averaged into the model as far
            as that lowers the validation loss.
        groups: Groups of photos of neither (see `data.groups`), where known.
        photos_folder: Folder of the labelled photos; nothing may be written into it.
        tensorboard: Whether to write event files too.
        compare_with: The model to compare the result with, if training starts from none.
        stop: Called after each batch; true ends training and keeps the best epoch.
    """

    samples: Sequence[Sample]
    recipe: Recipe
    initial_weights: InitialWeights
    seed: int
    folder: Path
    output: Path
    framework: str = "torch"
    device: str = "cpu"
    resume: bool = False
    replace: bool = False
    negatives: Sequence[Sample] = ()
    teachers: Sequence[Path] = ()
    pretrained: InitialWeights | None = None
    groups: Mapping[Path, str] = field(default_factory=dict)
    photos_folder: Path | None = None
    tensorboard: bool = False
    compare_with: ModelBundle | None = None
    stop: Callable[[], bool] = lambda: False

    @property
    def kept(self) -> ModelBundle | None:
        """The initial model that a careful recipe stays close to; None if there is none."""
        initial = self.initial_weights
        return initial.bundle if is_kept(self.recipe, initial) else None


@dataclass(frozen=True, slots=True)
class PhotosDecoded:
    """`done` of `total` photos are in the store."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DataReady:
    """The photos are read and split; counts of photos.

    `unused` photos show both or neither, which a network with one output cannot learn. `epochs` is
    the maximum number.
    """

    training: int
    validation: int
    unreadable: tuple[Unreadable, ...]
    unused: int
    epochs: int


@dataclass(frozen=True, slots=True)
class BundleWritten:
    """The trained model; `metrics` are those of the validation photos.

    `comparison`: the initial model and the result, if training started from a model.
    `interrupted`: the user stopped the training, and this is the best epoch until then.
    """

    folder: Path
    metrics: dict[str, Any]
    interrupted: bool
    comparison: Comparison | None = None


TrainingEvent = (
    PhotosDecoded | DataReady | Phase | Step | EpochEnded | PhotosChecked | BundleWritten
)


def is_kept(recipe: Recipe, initial: InitialWeights) -> bool:
    """Whether the recipe stays close to the model that the initial weights are from."""
    bundle = initial.bundle
    return recipe.careful and bundle is not None and bundle.outputs == recipe.outputs


def epochs_for(recipe: Recipe, photos: int, *, has_start: bool) -> int:
    """Maximum number of epochs for this number of photos.

    `has_start`: see `is_kept`; few photos, or the last layer alone, then need no epochs.
    """
    if has_start and (photos < MIN_HELD_OUT_PHOTOS or recipe.unfreeze is Unfreeze.HEAD):
        return 0
    training = max(1, round(photos * (1 - recipe.data.validation_share)))
    return _with_enough_epochs(recipe, training).optimisation.epochs


def retrain(request: TrainingRequest) -> Generator[TrainingEvent, None, None]:
    """Train a network on `request.samples` and write it to `request.output`.

    Logs, figures and checkpoints go to `request.folder`. A run stopped after its last epoch and
    resumed only calibrates and exports. Raises:
        TrainingError: It cannot start or continue.
        TrainingStopped: The disk is full or cannot be written.
        KeyboardInterrupt: It was stopped before there was a model to keep.
    """
    try:
        yield from _retrain(request)
    except OSError as error:
        raise TrainingStopped(
            f"Training stopped: {error.strerror or error}. Free some space or choose another "
            "drive, then add --resume to continue after the last finished epoch."
        ) from error


def _retrain(request: TrainingRequest) -> Generator[TrainingEvent, None, None]:
    check(request)
    if request.replace and not request.resume and (request.folder / SETTINGS).exists():
        shutil.rmtree(request.folder)
    samples, recipe = _without_start(request)
    learner = frameworks.open_learner(
        request.framework, recipe, request.initial_weights, request.seed, request.device
    )
    pretrained = learner.read_weights(request.pretrained) if request.pretrained else None
    request.folder.mkdir(parents=True, exist_ok=True)
    store = yield from _decode(request, [*samples, *request.negatives], recipe.data.store_side)
    only_learned = set(request.negatives)
    is_few = request.kept is not None and len(store.samples) < MIN_HELD_OUT_PHOTOS
    training, validation = dataset.split(
        store, recipe.data.validation_share, request.seed, only_learned
    )
    if is_few:
        training = validation = sorted({*training, *validation})
    if not training or not validation:
        raise TrainingError(
            f"Of {counted(len(samples), 'photo')} {len(store.samples):,} can be read, and those "
            "of each label look the same, so none can be held out for validation. Add other "
            "photos."
        )
    only_head = request.kept is not None and recipe.unfreeze is Unfreeze.HEAD
    recipe = _with_enough_epochs(recipe, 0 if is_few or only_head else len(training))
    unused = len(request.samples) - len(samples)
    yield DataReady(
        len(training),
        0 if is_few else len(validation),
        store.unreadable,
        unused,
        recipe.optimisation.epochs,
    )
    settings = _settings(request, recipe, store, len(training), len(validation))
    _agree_with_earlier(request, settings)
    (request.folder / SETTINGS).write_text(json.dumps(settings, indent=2) + "\n")
    calibration = request.kept.calibration if request.kept else None
    job = FitJob(
        recipe,
        store,
        training,
        validation,
        request.folder,
        request.seed,
        calibration=calibration,
    )
    if request.teachers:
        for step in distillation.teacher_outputs(request.teachers, job):
            if isinstance(step, Phase):
                yield step
            else:
                job = dataclasses.replace(job, teacher_outputs=step)
    correction = None
    if request.kept:
        yield Phase("Fitting the last layer")
        correction = _correct_head(job, learner, request.kept)
    yield from _train(request, job, learner)
    fitted = _Fitted(correction, is_few, pretrained)
    yield from _finish(request, job, learner, settings, fitted)
    shutil.rmtree(request.folder / _STORE)
    _drop_copies(job)


def _drop_copies(job: FitJob) -> None:
    """Remove the files of a finished run that `--resume` can compute again."""
    (job.folder / ONNX).unlink()
    weight_averaging.drop_averaged(job.folder)
    if not loop.has_next_epoch(job.recipe, loop.read_history(job.folder)):
        loop.drop_state(job.folder)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The head correction made before the epochs, and weights to average in after them."""

    correction: tuple[HeadCorrection, Probabilities] | None
    is_cross_validated: bool
    pretrained: Arrays | None


def _correct_head(
    job: FitJob, learner: Learner, start: ModelBundle
) -> tuple[HeadCorrection, Probabilities]:
    """Correct the last layer; returns the correction and the probabilities before it, (N, K)."""
    weight_averaging.save_initial_weights(job, learner)
    logits, features = loop.logits_and_features(job, learner)
    targets = job.store.targets(job.training, job.recipe.outputs)
    groups = dataset.same_photo_groups(job.store.fingerprints[list(job.training)])
    scale, bias = np.array(start.calibration.scale), np.array(start.calibration.bias)
    calibrated = logits * scale + bias
    known = read_rehearsal(start)
    known = known and known._replace(logits=known.logits * scale + bias)
    correction = fit_correction(features, calibrated, targets, groups, job.seed, known)
    learner.add_to_head(**as_raw(correction, start.calibration.scale))
    write_arrays(job.folder / weight_averaging.CORRECTED, learner.weights(), {})
    return correction, sigmoid(calibrated)


def select_outputs(recipe: Recipe, samples: Sequence[Sample]) -> tuple[Sequence[Sample], Recipe]:
    """Select the photos that the recipe can use, and the outputs that they support.

    Photos of exactly one animal support a single output: which of the two it is.
    """
    one_animal = [sample for sample in samples if len(sample.animals) == 1]
    if recipe.outputs == ("dog",):
        return one_animal, recipe
    if len(one_animal) == len(samples):
        return samples, dataclasses.replace(recipe, outputs=("dog",))
    return samples, recipe


def _decode(
    request: TrainingRequest, samples: Sequence[Sample], side: int
) -> Generator[PhotosDecoded, None, dataset.Store]:
    """Decode all photos; removes the decoded ones if that fails."""
    folder = request.folder / _STORE
    try:
        for progress in dataset.build_store(samples, folder, side):
            if isinstance(progress, dataset.Store):
                _check_readable(progress)
                return progress
            yield PhotosDecoded(progress, len(samples))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # it holds an earlier run
            request.folder.rmdir()
        raise
    raise AssertionError("a store comes last")


def _check_readable(store: dataset.Store) -> None:
    """Raise TrainingError if too few photos of an animal can be read."""
    reasons = ""
    if store.unreadable:
        first = store.unreadable[0]
        reasons = (
            f"{counted(len(store.unreadable), 'photo')} cannot be read, among them "
            f"{shown(first.path)}: {first.reason}"
        )
    check_enough(store.samples, "The readable photos include", lambda animal: reasons)


def _without_start(request: TrainingRequest) -> tuple[Sequence[Sample], Recipe]:
    """The photos and the recipe, changed if there is no model to stay close to."""
    if request.kept:
        return request.samples, request.recipe
    samples, recipe = select_outputs(request.recipe, request.samples)
    if recipe.careful:
        recipe = with_settings(recipe, initial_shares=(0.0,), careful=False)
        if request.initial_weights.is_random:
            recipe = with_settings(recipe, unfreeze=Unfreeze.ALL)
    return samples, recipe


def _with_enough_epochs(recipe: Recipe, training_photos: int) -> Recipe:
    """Raise the number of epochs for few photos, which make few batches per epoch.

    Without training photos there are no epochs.
    """
    if not training_photos:
        return with_settings(recipe, epochs=0)
    batches = max(1, training_photos // recipe.data.batch_size)
    wanted = min(_MAX_RAISED_EPOCHS, math.ceil(recipe.optimisation.min_batches / batches))
    return with_settings(recipe, epochs=max(recipe.optimisation.epochs, wanted))


def check(request: TrainingRequest) -> None:
    """Raise the errors that would prevent the training, before any photo is decoded.

    Raises:
        MissingExtra: A package is missing.
        UsageError: The name is taken.
        TrainingError: The initial weights do not fit, or the results cannot be written.
    """
    frameworks.check_installed(request.framework)
    _check_initial_weights(_without_start(request)[1], request.initial_weights)
    _check_output(request)
    _check_outside_photos(request)
    _check_folder(request)


def _check_initial_weights(recipe: Recipe, initial: InitialWeights) -> None:
    if any(recipe.averaging.initial_shares) and initial.outputs != recipe.outputs:
        raise TrainingError(
            f"The recipe {recipe.name} needs a model with the outputs "
            f"{' and '.join(recipe.outputs)} to start from; {initial} has others. Train one on "
            "these photos first, with --recipe finetune, and give its name with --init."
        )


def _check_output(request: TrainingRequest) -> None:
    """Refuse to replace a model of another run, unless the user gives --replace."""
    refuse_taken(request.output.name, may_replace=request.replace or request.resume)
    if request.replace:
        return
    if not (request.resume and (request.folder / SETTINGS).is_file() and request.output.is_dir()):
        refuse_existing(request.output)
        return
    made_by = read_description(request.output).training
    begun = json.loads((request.folder / SETTINGS).read_text())
    if any(
        made_by.get(key) != begun.get(key)
        for key in ("recipe", "seed", "data_fingerprint", "initial_weights")
    ):
        refuse_existing(request.output)


def _check_outside_photos(request: TrainingRequest) -> None:
    """Refuse to write results among the photos, because the next run would read them."""
    among = {sample.path.parent for sample in request.samples}
    if request.photos_folder and request.output.absolute().is_relative_to(
        request.photos_folder.absolute()
    ):
        among.add(request.photos_folder.absolute())
    for ours in (request.output.absolute(), request.folder.absolute()):
        if parents := among & {ours, *ours.parents}:
            raise TrainingError(
                f"{shown(ours)} would lie among the photos in {shown(min(parents))}. Choose "
                f"another --output, or set {HOME_VARIABLE} to a folder elsewhere."
            )


def _check_folder(request: TrainingRequest) -> None:
    if (request.folder / SETTINGS).exists() and not (request.resume or request.replace):
        raise TrainingError(
            f"{request.folder} holds an earlier run. Continue it with --resume, replace it with "
            "--replace, or choose another --name."
        )


def _settings(
    request: TrainingRequest,
    recipe: Recipe,
    store: dataset.Store,
    training: int,
    validation: int,
) -> dict[str, Any]:
    kinds = ["+".join(sorted(sample.animals)) or "neither" for sample in store.samples]
    packages = ("numpy", "onnxruntime", *_PACKAGES[request.framework])
    return {
        "version": __version__,
        "versions": {
            "python": platform.python_version(),
            **{name: _version(name) for name in packages},
        },
        "framework": request.framework,
        "recipe": dataclasses.asdict(recipe),
        "seed": request.seed,
        "initial_weights": request.initial_weights.identity,
        "data_fingerprint": store.data_fingerprint(),
        "teachers": {file.name: file_sha256(file) for file in request.teachers},
        "negatives": len(request.negatives),
        "pretrained_weights": request.pretrained and request.pretrained.identity,
        "photos": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "training_photos": training,
        "validation_photos": validation,
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # tensorflow-cpu brings the same module
        return metadata.version(f"{package}-cpu")


def _agree_with_earlier(request: TrainingRequest, settings: dict[str, Any]) -> None:
    """Check that a run is resumed on the same photos with the same settings."""
    earlier = request.folder / SETTINGS
    if not request.resume or not earlier.exists():
        return
    before = json.loads(earlier.read_text())
    now = json.loads(json.dumps(settings))
    changed = [key for key in now if key not in _MAY_CHANGE and now[key] != before.get(key)]
    if changed:
        raise TrainingError(
            f"The run in {request.folder} was made with another {' and '.join(changed)}. Resume "
            "it with the same settings and photos, or start a new one under another --name."
        )


def _train(
    request: TrainingRequest, job: FitJob, learner: Learner
) -> Iterator[Phase | Step | EpochEnded]:
    initial = request.initial_weights
    # A run that was stopped in its first epoch has no checkpoint and starts again.
    resume = request.resume and (request.folder / loop.CHECKPOINT).is_file()
    needs_head = not initial.is_random and initial.outputs != job.recipe.outputs
    if not request.kept:
        weight_averaging.save_initial_weights(job, learner)
    if job.teacher_outputs and job.recipe.distillation.feature_weight:
        yield Phase("Matching its features with those of the teachers")
        feature_distillation.match_teachers(job, learner)
    curves = CurveWriter(request.folder) if request.tensorboard else None
    for event in loop.train(
        job, learner, fit_head_first=needs_head, resume=resume, stop=request.stop
    ):
        if isinstance(event, EpochEnded):
            _write_logs(request.folder, loop.read_history(request.folder))
            if curves:
                curves.write(event)
        yield event
    if curves:
        curves.close()


def _write_logs(folder: Path, history: Sequence[EpochEnded]) -> None:
    rows = [
        {
            "epoch": epoch.epoch + 1,
            "loss": round(epoch.loss, 5),
            "accuracy": round(epoch.accuracy, 5),
            "validation_loss": round(epoch.validation_loss, 5),
            "validation_accuracy": round(epoch.validation_accuracy, 5),
            "learning_rate": float(f"{epoch.learning_rate:.4g}"),
            "seconds": round(epoch.seconds, 1),
        }
        for epoch in history
    ]
    with (folder / LOG).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / LOG_LINES).write_text(lines, encoding="utf-8")


def _finish(
    request: TrainingRequest,
    job: FitJob,
    learner: Learner,
    settings: dict[str, Any],
    fitted: _Fitted,
) -> Iterator[Phase | PhotosChecked | BundleWritten]:
    """Export the best epoch, averaged with earlier weights, and write the report of the run."""
    from catdog_sorter.training.figures.run_report import write_run_report
    from catdog_sorter.training.fit import export

    history = loop.read_history(request.folder)
    if not history and not request.kept:  # stopped in the first epoch
        raise KeyboardInterrupt
    interrupted = request.stop()
    if history and any(job.recipe.averaging.initial_shares):
        yield Phase("Averaging with the initial weights")
    average = _averaged(request, job, learner, fitted)
    yield Phase(EXPORTING)
    trained = {
        "epochs_done": len(history),
        "best_epoch": loop.best_epoch(history) + 1,
        "head_penalty": fitted.correction[0].penalty if fitted.correction else None,
        "initial_share": average.initial_share,
        "pretrained_share": average.pretrained_share,
        "training_seconds": round(sum(epoch.seconds for epoch in history), 1),
    }
    bundle, judged, comparison = yield from export.export(
        export.ExportRequest(
            framework=request.framework,
            recipe=job.recipe,
            weights=average.file,
            validation=[job.store.samples[index] for index in job.validation],
            target=request.output,
            training=settings | trained,
            groups=request.groups,
            start=_start(request, fitted),
            may_replace=request.resume or request.replace,
        )
    )
    if comparison:
        whole = settings | {"comparison": comparison.as_json()}
        (request.folder / SETTINGS).write_text(json.dumps(whole, indent=2) + "\n")
    yield Phase("Drawing figures")
    write_run_report(request.folder / REPORT, bundle, history, judged)
    yield BundleWritten(bundle.folder, dict(bundle.metrics), interrupted, comparison)


def _averaged(
    request: TrainingRequest, job: FitJob, learner: Learner, fitted: _Fitted
) -> weight_averaging.AveragedWeights:
    if not request.kept:
        return weight_averaging.best_average(job, learner, fitted.pretrained)
    if fitted.correction and fitted.is_cross_validated:  # there are no other photos to choose by
        share = 1.0 if fitted.correction[0].penalty is None else 0.0
        corrected = job.folder / weight_averaging.CORRECTED
        return weight_averaging.AveragedWeights(corrected, share)
    return weight_averaging.most_careful(job, learner)


def _start(request: TrainingRequest, fitted: _Fitted) -> "export.Start | None":
    from catdog_sorter.training.fit import export

    if not request.kept:
        bundle = request.initial_weights.bundle or request.compare_with
        return export.Start(bundle, is_kept=False) if bundle else None
    if fitted.correction and fitted.is_cross_validated:
        correction, before = fitted.correction
        held_out = sigmoid(correction.held_out)
        return export.Start(request.kept, True, held_out, before)
    return export.Start(request.kept, is_kept=True)
