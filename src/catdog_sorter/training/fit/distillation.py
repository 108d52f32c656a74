"""Knowledge distillation from larger networks (teachers) to a small one.

A teacher is an ONNX file with a general image network up to its features. A last layer is fitted
to its features of the run's pictures. The small network then learns two targets, both computed on
exactly its own training pictures: the teachers' predictions as soft targets (Hinton et al. 2015,
"Distilling the Knowledge in a Neural Network"; Beyer et al. 2022, "Knowledge distillation: A good
teacher is patient and consistent"), and the principal components of their features, which a fixed
linear map of its own features is to reproduce (after Romero et al. 2015, "FitNets: Hints for Thin
Deep Nets").

Pictures composed of two photos are left out: a teacher trained on one subject per picture misses
the smaller one. Independent of the framework.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnxruntime as ort

from catdog_sorter.decoding.pixels import Pixels, resize
from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.calibration import sigmoid
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.training.data.dataset import training_batches
from catdog_sorter.training.events import Phase
from catdog_sorter.training.fit.checkpoint import (
    Array,
    Arrays,
    read_arrays,
    read_metadata,
    write_arrays,
)
from catdog_sorter.training.fit.learner import FitJob, TeacherOutputs
from catdog_sorter.training.fit.logistic import fit_head

OUTPUTS = "teacher_outputs.safetensors"
_FEATURES = "teacher_features.safetensors"
_HEAD_DECAY = 1e-3
_MAX_COMPONENTS = 512
_CHUNK = 64
_HOW_TO_MAKE = "`tools/teachers.py` makes such files."


class Teacher:
    """One teacher's file: float32 (1, 3, S, S) RGB 0 to 255 -> features (1, D); `width` is D.

    Raises:
        UsageError: The file is not of this kind.
    """

    def __init__(self, path: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session = ort.InferenceSession(str(path), options)
        except Exception as error:  # ONNX Runtime's exceptions have no common base
            raise UsageError(
                f"{path} is not an ONNX model that can be loaded ({error})."
            ) from error
        self._input = self._session.get_inputs()[0]
        shape = self._input.shape
        if len(shape) != 4 or shape[1] != 3 or not isinstance(shape[3], int):
            raise UsageError(
                f"{path} takes numbers of the shape {shape}; a teacher takes (N, 3, S, S) with a "
                f"fixed S. {_HOW_TO_MAKE}"
            )
        self._size = int(shape[3])
        given = self._session.get_outputs()[0].shape
        if len(given) != 2 or not isinstance(given[1], int):
            raise UsageError(
                f"{path} gives numbers of the shape {given}; a teacher gives (N, D) features with "
                f"a fixed D. {_HOW_TO_MAKE}"
            )
        self.width = int(given[1])

    def features(self, photo: Pixels) -> Floats32:
        """uint8 (H, W, 3) -> float32 (D,)."""
        batch = resize(photo, self._size).astype(np.float32).transpose(2, 0, 1)[None]
        output = self._session.run(None, {self._input.name: np.ascontiguousarray(batch)})[0]
        features: Floats32 = output[0]
        return features


def teacher_outputs(files: Sequence[Path], job: FitJob) -> Iterator[Phase | list[TeacherOutputs]]:
    """Run the teachers on every picture of a run.

    Finished epochs are kept in the job's folder, so that a resumed run does not compute them again.
    A copy of the file also serves the other framework's run on the same photos with the same seed.

    Args:
        files: ONNX files of the teachers.
        job: The run that defines the pictures.

    Yields:
        Phases, and finally the outputs, one for each distinct epoch of pictures.

    Raises:
        UsageError: A file is not a teacher.
        TrainingError: The kept file belongs to another run.
    """
    teachers = [Teacher(file) for file in files]
    kept, kept_features = job.folder / OUTPUTS, job.folder / _FEATURES
    key = _key(files, job)
    drawn = [str(epoch) for epoch in range(_distinct(job))]
    arrays = _kept_before(kept, key)
    if not arrays:
        computed = _kept_before(kept_features, key)
        for number, epoch in enumerate(drawn):
            if f"features/{epoch}" not in computed:
                yield Phase(f"Running the teachers on epoch {number + 1} of {len(drawn)}")
                features, targets = _teacher_features(teachers, job, number)
                computed |= {f"features/{epoch}": features, f"targets/{epoch}": targets}
                write_arrays(kept_features, computed, {"key": key})
        yield Phase("Fitting the teachers' last layers")
        arrays = _fit_teachers(computed, drawn)
        write_arrays(kept, arrays, {"key": key})
        kept_features.unlink()
    yield [
        TeacherOutputs(
            arrays[f"soft_targets/{epoch}"].astype(np.float32),
            arrays[f"features/{epoch}"].astype(np.float32),
        )
        for epoch in drawn
    ]


def mix_soft_targets(targets: Floats32, soft_targets: Floats32, weight: float) -> Floats32:
    """Mix targets (N, K): `weight` times the teachers' soft targets plus the rest of the label.

    Where soft targets are NaN, and for photos with both animals, the label is used alone.
    """
    unknown = np.isnan(soft_targets) | (targets.sum(axis=1, keepdims=True) == 2)
    mixed: Floats32 = np.where(unknown, targets, targets + weight * (soft_targets - targets))
    return mixed.astype(np.float32)


def _distinct(job: FitJob) -> int:
    """Number of epochs with distinct pictures."""
    return min(
        job.recipe.optimisation.epochs,
        job.recipe.data.distinct_epochs or job.recipe.optimisation.epochs,
    )


def _key(files: Sequence[Path], job: FitJob) -> str:
    """Hash of everything the pictures and the outputs depend on."""
    recipe, photos = job.recipe, job.store.fingerprints[list(job.training)]
    parts = {
        "teachers": [file_sha256(file) for file in files],
        "pictures": [asdict(recipe.augmentation), recipe.data.image_size, recipe.data.batch_size],
        "outputs": recipe.outputs,
        "photos": photos.tolist(),
        "seed": job.seed,
        # The last layers are fitted to the pictures of all of them.
        "epochs": [recipe.data.skip_epochs, _distinct(job)],
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _kept_before(file: Path, key: str) -> Arrays:
    if not file.is_file():
        return {}
    if read_metadata(file).get("key") != key:
        raise TrainingError(
            f"{file} belongs to other photos, settings or teachers. Delete it, or train under "
            "another --name."
        )
    return read_arrays(file)[0]


def _teacher_features(teachers: Sequence[Teacher], job: FitJob, epoch: int) -> tuple[Array, Array]:
    """Compute all teachers' features side by side, (N, D), and the pictures' targets (N, K).

    Features of composed pictures are NaN.
    """
    nothing = np.full(sum(teacher.width for teacher in teachers), np.nan, np.float16)
    targets = []

    def pictures() -> Iterator[tuple[Pixels, bool]]:
        for batch in training_batches(job.store, job.training, job.recipe, job.seed, epoch):
            targets.append(batch.targets)
            yield from zip(batch.photos, batch.composed.tolist(), strict=True)

    def features(picture: tuple[Pixels, bool]) -> Array:
        photo, composed = picture
        if composed:
            return nothing
        return np.concatenate([t.features(photo) for t in teachers]).astype(np.float16)

    with ThreadPoolExecutor(cores()) as pool:
        rows = list(map_ahead(pool, features, pictures(), ahead=_CHUNK))
    return np.stack(rows), np.concatenate(targets)


def _fit_teachers(computed: Arrays, drawn: Sequence[str]) -> Arrays:
    """Compute the arrays of all outputs from `_teacher_features` of each of the epochs `drawn`."""
    every = np.concatenate([computed[f"features/{epoch}"] for epoch in drawn])
    targets = np.concatenate([computed[f"targets/{epoch}"] for epoch in drawn])
    known = ~np.isnan(every[:, 0])
    mean, components = _principal_components(every[known])
    features = (every.astype(np.float32) - mean) @ components
    kernel, bias = fit_head(features[known], targets[known], _HEAD_DECAY)
    soft_targets = sigmoid(features @ kernel + bias).astype(np.float32)
    arrays: Arrays = {}
    for name, rows in (("features", features.astype(np.float16)), ("soft_targets", soft_targets)):
        for epoch, part in zip(drawn, np.split(rows, len(drawn)), strict=True):
            arrays[f"{name}/{epoch}"] = part
    return arrays


def _principal_components(features: Array) -> tuple[Floats32, Floats32]:
    """Mean (D,) and components (D, F) of features (N, D).

    Scaled so that the projections of the rows have a mean square of 1, over rows and components.
    """
    rows = features.astype(np.float32)
    mean = rows.mean(axis=0)
    rows -= mean
    variances, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    kept = slice(-1, -1 - min(_MAX_COMPONENTS, len(variances)), -1)
    scale = float(np.sqrt(variances[kept].mean())) or 1.0
    components = (directions[:, kept] / scale).astype(np.float32)
    return mean, components
