"""Compares input sizes of a trained network on the run's own validation photos.

    python benchmarks/input_size.py DATA RUN [SIZE...]

DATA is the data the run was trained on, in PyTorch; RUN is its folder with `best.safetensors`.
Prints one line per size: forced-choice accuracy and log loss, both of uncalibrated probabilities;
with the mirrored view if the recipe uses test-time augmentation.
"""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catdog_sorter.model.calibration import sigmoid
from catdog_sorter.training.data import dataset
from catdog_sorter.training.data.samples import find_samples
from catdog_sorter.training.fit.initial_weights import InitialWeights
from catdog_sorter.training.fit.loop import BEST, over_photos
from catdog_sorter.training.fit.torch_trainer import TorchLearner
from catdog_sorter.training.measure import metrics
from catdog_sorter.training.recipes import RECIPES
from catdog_sorter.training.run import select_outputs


def main(data: Path, run: Path, sizes: list[int]) -> None:
    settings = json.loads((run / "run.json").read_text())
    asked = settings["recipe"]
    recipe = replace(
        RECIPES[asked["name"]], architecture=asked["architecture"], outputs=tuple(asked["outputs"])
    )
    learner = TorchLearner(recipe, InitialWeights("the run", run / BEST), settings["seed"])
    samples, _ = select_outputs(recipe, find_samples(data))

    def logits(photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        if not recipe.test_time_augmentation:
            return learner.logits(photos)
        mirrored = np.ascontiguousarray(photos[:, :, ::-1])
        return (learner.logits(photos) + learner.logits(mirrored)) / 2

    with tempfile.TemporaryDirectory() as folder:
        *_, store = dataset.build_store(samples, Path(folder), max(sizes))
        assert isinstance(store, dataset.Store)
        _, validation = dataset.split(store, asked["data"]["validation_share"], settings["seed"])
        targets = store.targets(validation, recipe.outputs)
        for size in sizes:
            probabilities = sigmoid(over_photos(logits, store, validation, size))
            one_animal = targets.sum(axis=1) == 1 if targets.shape[1] == 2 else slice(None)
            right = ((probabilities > 0.5) == (targets > 0.5)).all(axis=1)
            accuracy = right[one_animal].mean()
            loss = metrics.log_loss(probabilities, targets)
            print(f"{size} px: {accuracy:.4f} right, log loss {loss:.4f}, {len(validation)} photos")


if __name__ == "__main__":
    chosen = [int(size) for size in sys.argv[3:]] or [160, 192, 224]
    main(Path(sys.argv[1]), Path(sys.argv[2]), chosen)
