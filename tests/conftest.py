"""Fixtures for all tests: a private home, the tiny model of `support.colours`, and a shelf."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # open no window on the screen
os.environ["CATDOG_SORTER_LANGUAGE"] = "en"  # regardless of the system's language
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

# Folders and files of fast tests, which start no process and open no shipped model.
UNIT = (
    "tests/photos",
    "tests/storage",
    "tests/model/test_bundle.py",
    "tests/model/test_calibration.py",
    "tests/model/test_network_file.py",
    "tests/model/test_preprocessing.py",
    "tests/model/test_processor.py",
    "tests/model/test_registry.py",
    "tests/model/test_test_time_augmentation.py",
    "tests/moving/test_plan.py",
    "tests/moving/test_relocation.py",
    "tests/moving/test_sort.py",
    "tests/moving/test_tagging.py",
    "tests/moving/test_xmp.py",
    "tests/training/data",
    "tests/training/fit/test_logistic.py",
    "tests/training/measure/test_breakdown.py",
    "tests/training/measure/test_curves.py",
    "tests/training/measure/test_intervals.py",
    "tests/training/measure/test_metrics.py",
    "tests/watching/test_stability.py",
    "tests/cluster/test_listing.py",
    "tests/test_design.py",
    "tests/test_labels.py",
    "tests/test_parallel.py",
    "tests/test_path_fields.py",
    "tests/test_settings.py",
    "tests/test_text.py",
    "tests/tools/test_figures.py",
    "tests/tools/test_project_files.py",
    "tests/docs/test_issues.py",
)

# Loaded here and not by itself: without Qt's system libraries it would end the whole run.
pytest_plugins = [] if QT_PROBLEM else ["pytestqt.plugin"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the fast tests, so that `-m unit` runs them alone."""
    paths = [config.rootpath / name for name in UNIT]
    for item in items:
        if any(item.path == path or path in item.path.parents for path in paths):
            item.add_marker(pytest.mark.unit)


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    colour_bundle: ModelBundle,
) -> Path:
    """Give each test a home of its own, so that none touches the journal and models of the user.

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
def uncertain(tmp_path: Path, colour_bundle: ModelBundle) -> tuple[Path, ModelBundle]:
    """A photo that is half red and quite red in a corner, and a model that adds views."""
    photo = Image.new("RGB", (64, 64), (128, 0, 0))
    photo.paste((255, 0, 0), (32, 32, 64, 64))
    (tmp_path / "uncertain").mkdir()
    photo.save(tmp_path / "uncertain" / "a.png")
    folder = shutil.copytree(colour_bundle.folder, tmp_path / "colours")
    description = json.loads((folder / "bundle.json").read_text())
    description["test_time_augmentation"] |= {
        "mirror": True,
        "uncertainty_band": [[-5, 5], [-5, 5]],
    }
    description["test_time_augmentation"] |= {"crop_fraction": 0.5, "crop_weight": 0.5}
    (folder / "bundle.json").write_text(json.dumps(description))
    return tmp_path / "uncertain" / "a.png", load_bundle(folder)


@pytest.fixture(params=["same drive", "other drive"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path, request.param) as shelf:
        yield shelf


@pytest.fixture
def same(tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path, "same drive") as shelf:
        yield shelf
