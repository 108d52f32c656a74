"""Put an exported network and the chosen views, calibration and thresholds into a bundle.

python tools/train_default/write_model.py EXPORTED CHOICE.json TARGET
"""

import argparse
import json
from pathlib import Path

import onnxruntime as ort

from catdog_sorter.labels import Thresholds
from catdog_sorter.model.bundle import ONNX, WEIGHTS, write_bundle
from catdog_sorter.model.calibration import Calibration
from catdog_sorter.model.preprocessing import Preprocessing
from catdog_sorter.model.test_time_augmentation import TestTimeAugmentation


def main() -> None:
    """Write the bundle."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("choice", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--arch", default="efficientnet_lite2")
    parser.add_argument("--training", type=Path, help="JSON that describes the run")
    options = parser.parse_args()
    choice = json.loads(options.choice.read_text())
    network = ort.InferenceSession(options.exported / ONNX, providers=["CPUExecutionProvider"])
    again = bool(choice["unsure"])
    views = TestTimeAugmentation(
        mirror=again,
        uncertainty_band=tuple((low, high) for low, high in choice["unsure"]),
        rotation_sharpness=choice["turn_sharpness"],
        rotation_penalty=choice["turn_handicap"],
        crop_fraction=choice["part_side"],
        crop_weight=choice["part_weight"],
    )
    training = json.loads(options.training.read_text()) if options.training else {}
    write_bundle(
        options.target,
        {name: options.exported / name for name in (ONNX, WEIGHTS)},
        {
            "architecture": options.arch,
            "framework": "torch",
            "outputs": ["cat", "dog"],
            "preprocessing": Preprocessing(network.get_inputs()[0].shape[-1]),
            "test_time_augmentation": views,
            "calibration": Calibration(**{k: tuple(v) for k, v in choice["calibration"].items()}),
            "thresholds": Thresholds(**choice["thresholds"]),
            "metrics": {"validation": choice["validation"]},
            "training": training,
        },
        replace=True,
    )


if __name__ == "__main__":
    main()
