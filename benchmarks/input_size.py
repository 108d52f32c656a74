"""At which input size is a trained network best? Judged on the run's own validation photos.

    python benchmarks/input_size.py DATA RUN [SIZE...]

DATA is what the run was trained on; RUN is its folder with `best.safetensors`. Prints one line a
size: forced-choice accuracy between cat and dog, and log loss, of plain sigmoids.
"""

import json
import sys
import tempfile
from pathlib import Path

from safetensors.torch import load_file

from catdog_sorter.networks.torch import build_network
from catdog_sorter.probabilities import sigmoid
from catdog_sorter.training import dataset, metrics
from catdog_sorter.training.torch_trainer import BEST, photo_logits


def main(data: Path, run: Path, sizes: list[int]) -> None:
    settings = json.loads((run / "run.json").read_text())
    recipe = settings["recipe"]
    network = build_network(recipe["architecture"], len(recipe["outputs"]))
    network.load_state_dict(load_file(run / BEST))
    samples = dataset.find_samples(data)
    with tempfile.TemporaryDirectory() as folder:
        *_, store = dataset.build_store(samples, Path(folder), max(sizes))
        assert isinstance(store, dataset.Store)
        _, validation = dataset.split(store, recipe["validation_share"], settings["seed"])
        targets = store.targets(validation, recipe["outputs"])
        for size in sizes:
            probabilities = sigmoid(photo_logits(network, store, validation, size))
            accuracy = metrics.forced_choice_accuracy(probabilities, targets)
            loss = metrics.log_loss(probabilities, targets)
            print(f"{size} px: {accuracy:.4f} right, log loss {loss:.4f}, {len(validation)} photos")


if __name__ == "__main__":
    chosen = [int(size) for size in sys.argv[3:]] or [160, 192, 224]
    main(Path(sys.argv[1]), Path(sys.argv[2]), chosen)
