"""The story of one training run: read folders, split, train, calibrate, write a bundle.

Yields what happens and never prints. The framework is imported by the trainer it chooses.
"""

import csv
import dataclasses
import json
import shutil
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catdog_sorter import __version__
from catdog_sorter.bundle import file_sha256, refuse_existing
from catdog_sorter.errors import TrainingError
from catdog_sorter.labels import Unreadable
from catdog_sorter.training import dataset
from catdog_sorter.training.events import EpochEnded, Step
from catdog_sorter.training.recipes import Recipe

SETTINGS = "run.json"
LOG = "log.csv"


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for. `start`: weights to begin from, None for random ones."""

    data: Path
    recipe: Recipe
    start: Path | None
    seed: int
    folder: Path
    output: Path
    device: str = "cpu"
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """`done` of `total` photos are in the store."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DataReady:
    """The photos are read and split; counts of photos."""

    training: int
    validation: int
    unreadable: tuple[Unreadable, ...]


@dataclass(frozen=True, slots=True)
class BundleWritten:
    """The trained model; `metrics` are those of the validation photos."""

    folder: Path
    metrics: dict[str, Any]


Event = Decoded | DataReady | Step | EpochEnded | BundleWritten


def retrain(request: Request) -> Generator[Event, None, None]:
    """Train a network on `request.data` and write it to `request.output`.

    Logs and checkpoints go to `request.folder`. A run stopped after its last epoch and resumed
    only calibrates and exports. Raises TrainingError when it cannot start.
    """
    samples = dataset.find_samples(request.data)
    recipe = dataclasses.replace(request.recipe, outputs=_outputs(request.recipe, samples))
    request = dataclasses.replace(request, recipe=recipe)
    refuse_existing(request.output)
    _check_folder(request)
    request.folder.mkdir(parents=True, exist_ok=True)
    store = None
    for progress in dataset.build_store(
        samples, request.folder / "store", request.recipe.store_side
    ):
        if isinstance(progress, int):
            yield Decoded(progress, len(samples))
        else:
            store = progress
    assert store is not None
    training, validation = dataset.split(store, request.recipe.validation_share, request.seed)
    yield DataReady(len(training), len(validation), store.unreadable)
    settings = _settings(request, store, len(training), len(validation))
    _agree_with_earlier(request, settings)
    (request.folder / SETTINGS).write_text(json.dumps(settings, indent=2) + "\n")
    yield from _train(request, store, training, validation)
    yield _export(request, [store.samples[index] for index in validation], settings)
    shutil.rmtree(request.folder / "store")


def _outputs(recipe: Recipe, samples: list[dataset.Sample]) -> tuple[str, ...]:
    """Photos of one animal each can only teach which of the two it is: one output says it."""
    return ("dog",) if all(len(sample.animals) == 1 for sample in samples) else recipe.outputs


def _check_folder(request: Request) -> None:
    if (request.folder / SETTINGS).exists() and not request.resume:
        raise TrainingError(
            f"{request.folder} holds an earlier run. Go on with it by --resume, or give another "
            "--name."
        )


def _settings(
    request: Request, store: dataset.Store, training: int, validation: int
) -> dict[str, Any]:
    kinds = ["+".join(sorted(sample.animals)) or "neither" for sample in store.samples]
    return {
        "version": __version__,
        "framework": "torch",
        "recipe": dataclasses.asdict(request.recipe),
        "seed": request.seed,
        "start": None if request.start is None else file_sha256(request.start),
        "data": store.data_fingerprint(),
        "photos": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "training_photos": training,
        "validation_photos": validation,
    }


def _agree_with_earlier(request: Request, settings: dict[str, Any]) -> None:
    """A run is resumed only on the same photos with the same settings."""
    earlier = request.folder / SETTINGS
    if not request.resume or not earlier.exists():
        return
    before = json.loads(earlier.read_text())
    now = json.loads(json.dumps(settings))
    changed = [key for key in now if key != "version" and now[key] != before.get(key)]
    if changed:
        raise TrainingError(
            f"The run in {request.folder} was made with another {' and '.join(changed)}. Resume "
            "it with the settings and photos it began with, or start anew under another --name."
        )


def _train(
    request: Request, store: dataset.Store, training: list[int], validation: list[int]
) -> Iterator[Step | EpochEnded]:
    from catdog_sorter.training import torch_trainer

    job = torch_trainer.Job(
        request.recipe,
        store,
        training,
        validation,
        request.folder,
        request.seed,
        request.device,
    )
    network = torch_trainer.initial_network(request.recipe, request.start, request.seed)
    begun, losses, accuracies = time.monotonic(), [], []
    # A run that was stopped in its first epoch has nothing to resume from, and begins again.
    resume = request.resume and (request.folder / torch_trainer.CHECKPOINT).is_file()
    for event in torch_trainer.train(job, network, resume):
        if isinstance(event, Step):
            losses.append(event.loss)
            accuracies.append(event.accuracy)
        else:
            _log(
                request.folder / LOG,
                {
                    "epoch": event.epoch + 1,
                    "loss": f"{sum(losses) / len(losses):.5f}",
                    "accuracy": f"{sum(accuracies) / len(accuracies):.5f}",
                    "validation_loss": f"{event.validation_loss:.5f}",
                    "validation_accuracy": f"{event.validation_accuracy:.5f}",
                    "seconds": f"{time.monotonic() - begun:.0f}",
                },
            )
            begun, losses, accuracies = time.monotonic(), [], []
        yield event


def _log(path: Path, row: dict[str, object]) -> None:
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def _export(
    request: Request, validation: list[dataset.Sample], settings: dict[str, Any]
) -> BundleWritten:
    from catdog_sorter.training import export, torch_trainer

    best = request.folder / torch_trainer.BEST
    bundle = export.export(request.recipe, best, validation, request.output, settings)
    return BundleWritten(bundle.folder, dict(bundle.metrics))
