"""What all tests share: a home of their own, the tiny model of `support.colours`, and a shelf."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window is to appear on a screen
# Networks are tiny here, and threads that wait for each other are slow on a busy computer.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")

import pytest
from PIL import Image

from catdog_sorter.model import trial
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.storage.locations import HOME_VARIABLE
from tests.support.colours import write_colour_bundle
from tests.support.qt import QT_PROBLEM
from tests.support.shelf import Shelf, open_shelf

# Loaded here and not by itself: without Qt's system libraries it would end the whole run.
pytest_plugins = [] if QT_PROBLEM else ["pytestqt.plugin"]


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    colour_bundle: ModelBundle,
) -> Path:
    """No test touches the journal and models of the person who runs the tests.

    The tiny model counts as tried: a trial takes half a second.
    """
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    trial.remember(colour_bundle)
    return folder


@pytest.fixture(scope="session")
def colour_bundle(tmp_path_factory: pytest.TempPathFactory) -> ModelBundle:
    """A real bundle around an ONNX model of one pooling and one linear layer."""
    return write_colour_bundle(tmp_path_factory.mktemp("models"))


@pytest.fixture
def doubtful(tmp_path: Path, colour_bundle: ModelBundle) -> tuple[Path, ModelBundle]:
    """A photo that is half red and quite red in a corner, and a model that adds views."""
    photo = Image.new("RGB", (64, 64), (128, 0, 0))
    photo.paste((255, 0, 0), (32, 32, 64, 64))
    (tmp_path / "doubtful").mkdir()
    photo.save(tmp_path / "doubtful" / "a.png")
    folder = shutil.copytree(colour_bundle.folder, tmp_path / "colours")
    description = json.loads((folder / "bundle.json").read_text())
    description["test_time_augmentation"] |= {
        "mirror": True,
        "uncertainty_band": [[-5, 5], [-5, 5]],
    }
    description["test_time_augmentation"] |= {"crop_fraction": 0.5, "crop_weight": 0.5}
    (folder / "bundle.json").write_text(json.dumps(description))
    return tmp_path / "doubtful" / "a.png", load_bundle(folder)


@pytest.fixture(params=["same drive", "other drive"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path, request.param) as shelf:
        yield shelf


@pytest.fixture
def same(tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path, "same drive") as shelf:
        yield shelf
