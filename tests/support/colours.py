"""A tiny model that classifies colours, photos drawn for it, and a folder's content.

Red is a cat, green a dog, yellow both, blue and black neither; grey is unsure.
"""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
from PIL import Image

from catdog_sorter.labels import Thresholds
from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.bundle import DESCRIPTION, DETECTOR, ModelBundle, write_bundle
from catdog_sorter.model.calibration import Calibration
from catdog_sorter.model.preprocessing import Preprocessing
from catdog_sorter.storage.files import file_sha256

COLOURS = {
    "cat": (255, 0, 0),
    "dog": (0, 255, 0),
    "both": (255, 255, 0),
    "neither": (0, 0, 255),
    "unsure": (128, 0, 0),
}
LOGIT_OF_PURE_COLOUR = 10.0


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
            "test_time_augmentation": tta.TestTimeAugmentation(),
            "calibration": Calibration((1.0, 1.0), (0.0, 0.0)),
            "thresholds": Thresholds(present=0.9, absent=0.1),
            "metrics": {},
            "training": {},
        },
    )


def write_colour_model(path: Path, of_pure_colour: float = LOGIT_OF_PURE_COLOUR) -> None:
    """`logits` (N, 2) = `of_pure_colour` x the mean of red and of green, each -1 to 1."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    weights = np.array([[1, 0, 0], [0, 1, 0]], dtype=np.float32) * np.float32(of_pure_colour)
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


def add_detector(folder: Path, of_pure_colour: float) -> None:
    """Give the bundle in `folder` a detector of 8 x 8 pixels, like the network of colours."""
    write_colour_model(folder / DETECTOR, of_pure_colour)
    file = folder / DESCRIPTION
    description = json.loads(file.read_text())
    description["files"][DETECTOR] = file_sha256(folder / DETECTOR)
    description["test_time_augmentation"] |= {
        "mirror": True,
        "uncertainty_band": [[-2.0, 2.0], [-2.0, 2.0]],
        "detector_size": 8,
        "detector_weight": 0.5,
    }
    file.write_text(json.dumps(description))


def written(home: Path) -> dict[str, str]:
    """`tree` of a test's home, without the record that the tiny model was tested."""
    return {name: hashed for name, hashed in tree(home).items() if name != "tried-models.txt"}


def draw(path: Path, label: str, shade: int = 0) -> Path:
    """Write a small picture with this label for the tiny model; `shade`: 0 to 255, for variety."""
    path.parent.mkdir(parents=True, exist_ok=True)
    red, green, blue = COLOURS[label]
    Image.new("RGB", (16, 12), (red, green, blue or shade)).save(path)
    return path


def tree(folder: Path) -> dict[str, str]:
    """Every file below `folder` by relative path: the SHA-256 of its content, or a link's target.

    Hashes keep the report of a failed test short.
    """
    found: dict[str, str] = {}
    for parent, folders, names in os.walk(folder):
        for name in [*names, *(f for f in folders if (Path(parent) / f).is_symlink())]:
            path = Path(parent) / name
            content = f"-> {os.readlink(path)}" if path.is_symlink() else sha256(path.read_bytes())
            found[str(path.relative_to(folder))] = content
    return found


def sha256(content: bytes) -> str:
    """The value of `tree` for a file with this content."""
    return hashlib.sha256(content).hexdigest()
