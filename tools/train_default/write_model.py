"""Put an exported network and the chosen views, calibration and thresholds into a bundle.

python tools/train_default/write_model.py EXPORTED CHOICE.json TARGET [--size 240] \
    [--detector detector.onnx] [--training RUN.json] [--framework tf]
"""

import argparse
import json
from pathlib import Path

from catdog_sorter.model.bundle import DETECTOR, ONNX, write_bundle
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
    parser.add_argument("--size", type=int, default=240, help="side of the network's input")
    parser.add_argument("--detector", type=Path)
    options = parser.parse_args()
    choice = json.loads(options.choice.read_text())
    more = {DETECTOR: options.detector} if options.detector else {}
    write_bundle(
        options.target,
        {ONNX: options.exported / ONNX, **more},
        {
            "architecture": options.arch,
            "framework": options.framework,
            "outputs": ["cat", "dog"],
            "preprocessing": Preprocessing(options.size),
            **{name: choice[name] for name in _CHOSEN},
            "metrics": {"validation": choice["validation"]},
            "training": json.loads(options.training.read_text()) if options.training else {},
        },
        replace=True,
    )


if __name__ == "__main__":
    main()
