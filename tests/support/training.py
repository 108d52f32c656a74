"""A store of photos, a tiny recipe, and a job for tests of training."""

from pathlib import Path

from catdog_sorter.training.data import dataset
from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.fit.learner import FitJob
from catdog_sorter.training.recipes import Augmentation, Recipe, with_settings

RECIPE = with_settings(
    Recipe("tiny"),
    image_size=32,
    input_size=32,
    epochs=4,
    batch_size=4,
    learning_rate=0.5,
    warmup_epochs=0.5,
    augmentation=Augmentation(compose=0.0),
)


def store_of(samples: list[Sample], folder: Path, side: int = 32) -> Store:
    *counts, store = dataset.build_store(samples, folder, side)
    assert counts == list(range(1, len(samples) + 1))
    assert isinstance(store, Store)
    return store


def job(store: Store, folder: Path, recipe: Recipe = RECIPE) -> FitJob:
    folder.mkdir(exist_ok=True)
    return FitJob(recipe, store, range(8), range(8, 12), folder, seed=7)
