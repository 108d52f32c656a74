"""A store of photos that the tests of fitting share."""

import pytest

from catdog_sorter.training.data.dataset import Store
from catdog_sorter.training.data.samples import Sample
from tests.support.colours import draw
from tests.support.training import store_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Cats are red and dogs green."""
    folder = tmp_path_factory.mktemp("colours")
    samples = [
        Sample(draw(folder / f"{n}.png", label, shade=n), frozenset({label}))
        for n, label in enumerate(["cat", "dog"] * 6)
    ]
    return store_of(samples, folder / "store", side=40)
