"""Larger networks that a small one learns from: what they say of each picture of a run.

A teacher is an ONNX file with a general image network up to its features; here it is given a last
layer of its own, fitted to the run's pictures. The small network then learns two things of exactly
the pictures it is shown: what the teachers say (Hinton et al. 2015, "Distilling the Knowledge in a
Neural Network"; Beyer et al. 2022, "Knowledge distillation: A good teacher is patient and
consistent"), and what they see, their features, of which a fixed linear map of its own features is
to give the principal components (after Romero et al. 2015, "FitNets: Hints for Thin Deep Nets").

Pictures with two photos in them are not asked about: a network that knows one subject a picture
overlooks a small one, where the label does not. Knows no framework.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from catdog_sorter.decoding.pixels import Pixels, resize
from catdog_sorter.errors import TrainingError, UsageError
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
from catdog_sorter.training.fit.logistic import fit_head

if TYPE_CHECKING:
    from catdog_sorter.training.fit.loop import Job

LESSONS = "teachers.safetensors"
_ASKED = "asked.safetensors"
_HEAD_DECAY = 1e-3
_MOST_COMPONENTS = 512
_CHUNK = 64
_HOW_TO_MAKE = "`tools/teachers.py` makes such files."

Floats = npt.NDArray[np.float32]


class Backbone:
    """One teacher's file: float32 (1, 3, S, S) RGB 0 to 255 to features (1, D); `width` is D.

    Raises UsageError for a file that is not of this kind.
    """

    def __init__(self, path: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session = ort.InferenceSession(str(path), options)
        except Exception as error:  # ONNX Runtime has no common base for what it raises
            raise UsageError(f"{path} is no ONNX model that can be loaded ({error}).") from error
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

    def features(self, photo: Pixels) -> Floats:
        """uint8 (H, W, 3) -> float32 (D,)."""
        batch = resize(photo, self._size).astype(np.float32).transpose(2, 0, 1)[None]
        output = self._session.run(None, {self._input.name: np.ascontiguousarray(batch)})[0]
        features: Floats = output[0]
        return features


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the teachers make of one epoch's pictures, in the run's order.

    `said` (N, K) 0 to 1 is the mean of the teachers (of their logits), `seen` (N, F) the principal
    components of their features, with a mean square of 1. Rows of composed pictures are NaN.
    """

    said: Floats
    seen: Floats


def lessons(files: Sequence[Path], job: "Job") -> Iterator[Phase | list[Lesson]]:
    """What the teachers make of every picture of a run.

    Yields phases, at last the list, one lesson for each epoch with pictures of its own. What is
    finished is kept in the job's folder, so that a resumed run, or another framework's run on the
    same photos with the same seed (given a copy of the file), does not ask again. Raises
    UsageError for a file that is no teacher, TrainingError where the kept file is another run's.
    """
    backbones = [Backbone(file) for file in files]
    kept, asked = job.folder / LESSONS, job.folder / _ASKED
    key = _key(files, job)
    drawn = [str(epoch) for epoch in range(_distinct(job))]
    arrays = _kept_before(kept, key)
    if not arrays:
        answers = _kept_before(asked, key)
        for number, epoch in enumerate(drawn):
            if f"features/{epoch}" not in answers:
                yield Phase(f"Asking the teachers about epoch {number + 1} of {len(drawn)}")
                features, targets = _ask(backbones, job, number)
                answers |= {f"features/{epoch}": features, f"targets/{epoch}": targets}
                write_arrays(asked, answers, {"key": key})
        yield Phase("Fitting the teachers")
        arrays = _taught(answers, drawn)
        write_arrays(kept, arrays, {"key": key})
        asked.unlink()
    yield [
        Lesson(
            arrays[f"said/{epoch}"].astype(np.float32), arrays[f"seen/{epoch}"].astype(np.float32)
        )
        for epoch in drawn
    ]


def blended(targets: Floats, said: Floats, distil: float) -> Floats:
    """Targets (N, K): `distil` parts of what the teachers say and the rest the label.

    Where they say nothing (NaN), and of photos with both animals, the label alone counts.
    """
    unknown = np.isnan(said) | (targets.sum(axis=1, keepdims=True) == 2)
    mixed: Floats = np.where(unknown, targets, targets + distil * (said - targets))
    return mixed.astype(np.float32)


def _distinct(job: "Job") -> int:
    """How many epochs have pictures of their own."""
    return min(job.recipe.epochs, job.recipe.distinct_epochs or job.recipe.epochs)


def _key(files: Sequence[Path], job: "Job") -> str:
    """What the pictures of a run and the words about them depend on."""
    recipe, photos = job.recipe, job.store.fingerprints[list(job.training)]
    parts = {
        "teachers": [file_sha256(file) for file in files],
        "pictures": [asdict(recipe.augmentation), recipe.image_size, recipe.batch_size],
        "outputs": recipe.outputs,
        "photos": photos.tolist(),
        "seed": job.seed,
        # The teachers are fitted to the pictures of all.
        "epochs": [recipe.first_epoch, _distinct(job)],
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


def _ask(backbones: Sequence[Backbone], job: "Job", epoch: int) -> tuple[Array, Array]:
    """The features of all teachers side by side, (N, D), and the targets (N, K) of the pictures.

    Features of composed pictures are NaN.
    """
    nothing = np.full(sum(backbone.width for backbone in backbones), np.nan, np.float16)
    targets = []

    def pictures() -> Iterator[tuple[Pixels, bool]]:
        for batch in training_batches(job.store, job.training, job.recipe, job.seed, epoch):
            targets.append(batch.targets)
            yield from zip(batch.photos, batch.composed.tolist(), strict=True)

    def look(picture: tuple[Pixels, bool]) -> Array:
        photo, composed = picture
        if composed:
            return nothing
        return np.concatenate([b.features(photo) for b in backbones]).astype(np.float16)

    with ThreadPoolExecutor(cores()) as pool:
        rows = list(map_ahead(pool, look, pictures(), ahead=_CHUNK))
    return np.stack(rows), np.concatenate(targets)


def _taught(answers: Arrays, drawn: Sequence[str]) -> Arrays:
    """The arrays of all lessons, from what `_ask` gave for each of the epochs `drawn`."""
    every = np.concatenate([answers[f"features/{epoch}"] for epoch in drawn])
    targets = np.concatenate([answers[f"targets/{epoch}"] for epoch in drawn])
    asked = ~np.isnan(every[:, 0])
    mean, components = _principal_components(every[asked])
    seen = (every.astype(np.float32) - mean) @ components
    kernel, bias = fit_head(seen[asked], targets[asked], _HEAD_DECAY)
    said = sigmoid(seen @ kernel + bias).astype(np.float32)
    arrays: Arrays = {}
    for name, rows in (("seen", seen.astype(np.float16)), ("said", said)):
        for epoch, part in zip(drawn, np.split(rows, len(drawn)), strict=True):
            arrays[f"{name}/{epoch}"] = part
    return arrays


def _principal_components(features: Array) -> tuple[Floats, Floats]:
    """Mean (D,) and components (D, F) of features (N, D).

    What a row has of the components has a mean square of 1, over rows and components.
    """
    rows = features.astype(np.float32)
    mean = rows.mean(axis=0)
    rows -= mean
    variances, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    kept = slice(-1, -1 - min(_MOST_COMPONENTS, len(variances)), -1)
    scale = float(np.sqrt(variances[kept].mean())) or 1.0
    components = (directions[:, kept] / scale).astype(np.float32)
    return mean, components
