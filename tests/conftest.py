"""What all tests share: a home of their own, a tiny model that sees colours, and tree pictures.

To the tiny model red is a cat, green a dog, yellow both, blue and black neither; grey is unsure.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window is to appear on a screen

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.bundle import ModelBundle, load_bundle, write_bundle
from catdog_sorter.gui.start import qt_problem
from catdog_sorter.labels import Thresholds
from catdog_sorter.locations import HOME_VARIABLE
from catdog_sorter.preprocess import Preprocessing
from catdog_sorter.probabilities import Calibration
from shelf import Shelf, open_shelf

COLOURS = {
    "cat": (255, 0, 0),
    "dog": (0, 255, 0),
    "both": (255, 255, 0),
    "neither": (0, 0, 255),
    "unsure": (128, 0, 0),
}
LOGIT_OF_PURE_COLOUR = 10.0


def _qt_problem() -> str | None:
    return qt_problem() or (None if find_spec("pytestqt") else "pytest-qt is not installed.")


# Loaded here and not by itself: without Qt's system libraries it would end the whole run.
QT_PROBLEM = _qt_problem()
pytest_plugins = [] if QT_PROBLEM else ["pytestqt.plugin"]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the journal and models of the person who runs the tests."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def colour_bundle(tmp_path_factory: pytest.TempPathFactory) -> ModelBundle:
    """A real bundle around an ONNX model of one pooling and one linear layer."""
    return write_colour_bundle(tmp_path_factory.mktemp("models"))


def write_colour_bundle(folder: Path) -> ModelBundle:
    """Write the tiny model's bundle into `folder`."""
    write_colour_model(folder / "model.onnx")
    return write_bundle(
        folder / "colours",
        {"model.onnx": folder / "model.onnx"},
        {
            "architecture": "colours",
            "framework": "none",
            "outputs": ["cat", "dog"],
            "preprocessing": Preprocessing(size=8),
            "calibration": Calibration((1.0, 1.0), (0.0, 0.0)),
            "thresholds": Thresholds(present=0.9, absent=0.1),
            "metrics": {},
            "training": {},
        },
    )


@pytest.fixture
def doubtful(tmp_path: Path, colour_bundle: ModelBundle) -> tuple[Path, ModelBundle]:
    """A photo that is half red and quite red in a corner, and a model that looks there."""
    photo = Image.new("RGB", (64, 64), (128, 0, 0))
    photo.paste((255, 0, 0), (32, 32, 64, 64))
    (tmp_path / "doubtful").mkdir()
    photo.save(tmp_path / "doubtful" / "a.png")
    folder = shutil.copytree(colour_bundle.folder, tmp_path / "colours")
    description = json.loads((folder / "bundle.json").read_text())
    description["preprocessing"] |= {"mirror": True, "unsure": [[-5, 5], [-5, 5]]}
    description["preprocessing"] |= {"part_side": 0.5, "part_weight": 0.5}
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


def write_colour_model(path: Path) -> None:
    """`logits` (N, 2) = 10 x the mean of red and of green, each -1 to 1."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    weights = np.array([[1, 0, 0], [0, 1, 0]], dtype=np.float32) * LOGIT_OF_PURE_COLOUR
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["photos"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["flat"]),
            helper.make_node("Gemm", ["flat", "weights"], ["logits"], transB=1),
        ],
        "colours",
        [helper.make_tensor_value_info("photos", TensorProto.FLOAT, ["n", 3, 8, 8])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 2])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    onnx.save(model, path)


def draw(path: Path, label: str, shade: int = 0) -> Path:
    """Write a small picture that the tiny model labels so; `shade` (0 to 255) tells them apart."""
    path.parent.mkdir(parents=True, exist_ok=True)
    red, green, blue = COLOURS[label]
    Image.new("RGB", (16, 12), (red, green, blue or shade)).save(path)
    return path


def tree(folder: Path) -> dict[str, str]:
    """Every file below `folder` by relative path: the SHA-256 of its content, or a link's target.

    Content itself would make the report of a test that fails long, and long to wait for.
    """
    found: dict[str, str] = {}
    for parent, folders, names in os.walk(folder):
        for name in [*names, *(f for f in folders if (Path(parent) / f).is_symlink())]:
            path = Path(parent) / name
            content = f"-> {os.readlink(path)}" if path.is_symlink() else sha256(path.read_bytes())
            found[str(path.relative_to(folder))] = content
    return found


def sha256(content: bytes) -> str:
    """What `tree` says of a file with this content."""
    return hashlib.sha256(content).hexdigest()
