"""Put an exported network and the chosen views, calibration and thresholds into a bundle.

python tools/train_default/write_model.py EXPORTED CHOICE.json TARGET [--training RUN.json] [--framework tf]
"""

import argparse
import json
from pathlib import Path

import onnxruntime as ort

from catdog_sorter.model.bundle import ONNX, write_bundle
from catdog_sorter.model.preprocessing import Preprocessing

_CHOSEN = ("test_time_augmentation", "calibration", "thresholds", "risk_control")


def main() -> None:
    """Write the bundle."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("choice", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--arch", default="efficientnet_lite2")
    parser.add_argument("--framework", choices=("torch", "tf"), default="torch")
    parser.add_argument("--training", type=Path, help="JSON that describes the run")
    options = parser.parse_args()
    choice = json.loads(options.choice.read_text())
    network = ort.InferenceSession(options.exported / ONNX, providers=["CPUExecutionProvider"])
    write_bundle(
        options.target,
        {ONNX: options.exported / ONNX},
        {
            "architecture": options.arch,
            "framework": options.framework,
            "outputs": ["cat", "dog"],
            "preprocessing": Preprocessing(network.get_inputs()[0].shape[-1]),
            **{name: choice[name] for name in _CHOSEN},
            "metrics": {"validation": choice["validation"]},
            "training": json.loads(options.training.read_text()) if options.training else {},
        },
        replace=True,
    )


if __name__ == "__main__":
    main()
