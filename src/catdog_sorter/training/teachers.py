"""Larger networks that a small one learns from: what they say of each picture of a run.

A teacher is an ONNX file with a general image network up to its features; here it is given a last
layer of its own, fitted to the run's training photos. The small network then learns what the
teachers say of exactly the pictures it is shown (Hinton et al. 2015, "Distilling the Knowledge in
a Neural Network"; Beyer et al. 2022, "Knowledge distillation: A good teacher is patient and
consistent"). Knows no framework.
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

from catdog_sorter.bundle import file_sha256
from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.preprocess import resize
from catdog_sorter.probabilities import sigmoid
from catdog_sorter.training.checkpoint import read_arrays, read_metadata, write_arrays
from catdog_sorter.training.dataset import training_batches
from catdog_sorter.training.events import Phase
from catdog_sorter.training.logistic import fit_head

if TYPE_CHECKING:
    from catdog_sorter.training.loop import Job

SOFT_TARGETS = "teachers.safetensors"
_HEAD_DECAY = 1e-3
_CHUNK = 64

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


class Backbone:
    """One teacher's file: float32 (1, 3, S, S) RGB 0 to 255 to features (1, D).

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
                "fixed S. `benchmarks/teachers.py` makes such files."
            )
        self._size = int(shape[3])

    def features(self, photo: Pixels) -> Floats:
        """uint8 (H, W, 3) -> float32 (D,)."""
        batch = resize(photo, self._size).astype(np.float32).transpose(2, 0, 1)[None]
        output = self._session.run(None, {self._input.name: np.ascontiguousarray(batch)})[0]
        features: Floats = output[0]
        return features


@dataclass(frozen=True, slots=True)
class Teacher:
    """A backbone and the last layer fitted to it: kernel (D, K), bias (K,)."""

    backbone: Backbone
    kernel: Floats
    bias: Floats

    def logits(self, photo: Pixels) -> Floats:
        """uint8 (H, W, 3) -> float32 (K,)."""
        logits: Floats = self.backbone.features(photo) @ self.kernel + self.bias
        return logits


def soft_targets(files: Sequence[Path], job: "Job") -> Iterator[Phase | list[Floats]]:
    """What the teachers say of every picture of a run, for each epoch (N, K) in the run's order.

    Yields phases, at last the list, one array for each epoch with pictures of its own. The mean of
    the teachers' logits counts. What is finished is kept in the job's folder, so that a resumed
    run, or another framework's run on the same photos with the same seed (given a copy of the
    file), does not ask again. Raises UsageError for a file that is no teacher, TrainingError where
    the kept file is another run's.
    """
    backbones = [Backbone(file) for file in files]
    kept = job.folder / SOFT_TARGETS
    key = _key(files, job)
    if kept.is_file() and read_metadata(kept).get("key") != key:
        raise TrainingError(
            f"{kept} belongs to other photos, settings or teachers. Delete it, or train under "
            "another --name."
        )
    arrays = read_arrays(kept)[0] if kept.is_file() else {}
    teachers: list[Teacher] = []
    drawn = range(min(job.recipe.epochs, job.recipe.distinct_epochs or job.recipe.epochs))
    for epoch in drawn:
        if str(epoch) in arrays:
            continue
        if not teachers:
            for number, backbone in enumerate(backbones, start=1):
                yield Phase(f"Fitting teacher {number} of {len(backbones)}")
                teachers.append(_fitted(backbone, job))
        yield Phase(f"Asking the teachers about epoch {epoch + 1} of {len(drawn)}")
        arrays[str(epoch)] = _say(teachers, job, epoch)
        write_arrays(kept, arrays, {"key": key})
    yield [arrays[str(epoch)].astype(np.float32) for epoch in drawn]


def blended(targets: Floats, said: Floats, distil: float) -> Floats:
    """Targets (N, K): `distil` parts of what the teachers say and the rest the label.

    Of pictures with both animals the label alone counts: a small second animal is what networks
    trained on one subject a picture overlook.
    """
    share = np.where(targets.sum(axis=1, keepdims=True) == 2, 0.0, distil)
    mixed: Floats = (targets + share * (said - targets)).astype(np.float32)
    return mixed


def _key(files: Sequence[Path], job: "Job") -> str:
    """What the pictures of a run and the words about them depend on."""
    recipe, photos = job.recipe, job.store.fingerprints[list(job.training)]
    parts = {
        "teachers": [file_sha256(file) for file in files],
        "pictures": [asdict(recipe.augmentation), recipe.image_size, recipe.batch_size],
        "outputs": recipe.outputs,
        "photos": photos.tolist(),
        "seed": job.seed,
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _fitted(backbone: Backbone, job: "Job") -> Teacher:
    store, training = job.store, job.training
    with ThreadPoolExecutor(cores()) as pool:
        rows = map_ahead(pool, lambda i: backbone.features(store.image(i)), training, ahead=_CHUNK)
        features = np.stack(list(rows))
    targets = store.targets(training, job.recipe.outputs)
    mean, scale = features.mean(axis=0), float(features.std(axis=0).mean()) or 1.0
    kernel, bias = fit_head((features - mean) / scale, targets, _HEAD_DECAY)
    kernel /= scale
    bias -= mean @ kernel
    return Teacher(backbone, kernel.astype(np.float32), bias.astype(np.float32))


def _say(teachers: Sequence[Teacher], job: "Job", epoch: int) -> Floats:
    def say(photo: Pixels) -> Floats:
        mean = np.mean([teacher.logits(photo) for teacher in teachers], axis=0)
        return sigmoid(mean).astype(np.float32)

    batches = training_batches(job.store, job.training, job.recipe, job.seed, epoch)
    photos = (photo for images, _ in batches for photo in images)
    with ThreadPoolExecutor(cores()) as pool:
        return np.stack(list(map_ahead(pool, say, photos, ahead=_CHUNK)))
