"""The architectures in PyTorch. Knows no photos, labels or files.

Every network takes RGB from -1 to 1; those whose ImageNet weights expect another range convert.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

# OpenMP reads this when torch loads it. While other programs or decoders run, threads that spin
# while they wait take the core that the slower thread needs.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812
from torchvision.models import MobileNetV2, efficientnet_b0, resnet50

from catdog_sorter.model.networks import inverted_residuals
from catdog_sorter.model.networks.architectures import CNN_CHANNELS, backbone_of
from catdog_sorter.model.networks.inverted_residuals_torch import InvertedResiduals

_KERAS_BATCH_NORM_EPSILON = 1e-3
_IMAGENET_MEAN, _IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class _RightBottomPadded(nn.Conv2d):
    """A 3x3 convolution of stride 2, padded at the right and bottom only, as Keras' 'SAME'."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        padded = F.pad(input, (0, 1, 0, 1))
        return F.conv2d(padded, self.weight, self.bias, self.stride, groups=self.groups)


def _mobilenetv2(outputs: int) -> MobileNetV2:
    network = MobileNetV2(num_classes=outputs)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = _KERAS_BATCH_NORM_EPSILON
        elif isinstance(module, nn.Conv2d) and module.stride == (2, 2):
            module.__class__ = _RightBottomPadded
            module.padding = (0, 0)
    return network


def _cnn(outputs: int) -> nn.Module:
    """A stem and three blocks of two 3x3 convolutions, each halving the picture; one linear layer.

    Batch-norm follows every convolution (Ioffe & Szegedy 2015).
    """
    network = nn.Sequential()
    network.add_module("stem", _convolution(3, CNN_CHANNELS[0], stride=2))
    for number, (before, after) in enumerate(pairwise(CNN_CHANNELS), start=1):
        network.add_module(f"pool_{number}", nn.MaxPool2d(2))
        block = nn.Sequential(_convolution(before, after), _convolution(after, after))
        network.add_module(f"block_{number}", block)
    network.add_module("mean", nn.AdaptiveAvgPool2d(1))
    network.add_module("flat", nn.Flatten())
    network.add_module("dropout", nn.Dropout())
    network.add_module("logits", nn.Linear(CNN_CHANNELS[-1], outputs))
    return network


def _convolution(before: int, after: int, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(before, after, 3, stride, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _ImageNetInput(nn.Module):
    """Converts from -1 to 1 to the input range of torchvision's ImageNet weights."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        mean, std = (torch.tensor(v).view(3, 1, 1) for v in (_IMAGENET_MEAN, _IMAGENET_STD))
        self.scale = nn.Buffer(0.5 / std, persistent=False)
        self.offset = nn.Buffer((0.5 - mean) / std, persistent=False)

    def forward(self, photos: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.network(photos * self.scale + self.offset)
        return logits


def _resnet50(outputs: int) -> nn.Module:
    return _ImageNetInput(resnet50(weights=None, num_classes=outputs))


def _efficientnet_b0(outputs: int) -> nn.Module:
    return _ImageNetInput(efficientnet_b0(weights=None, num_classes=outputs))


_ARCHITECTURES: dict[str, Callable[[int], nn.Module]] = {
    "mobilenetv2": _mobilenetv2,
    "cnn": _cnn,
    "resnet50": _resnet50,
    "efficientnet_b0": _efficientnet_b0,
    **{name: partial(InvertedResiduals, name) for name in inverted_residuals.NAMES},
}
_HEADS = {
    "mobilenetv2": ("classifier.1",),
    "cnn": ("logits",),
    "resnet50": ("network.fc",),
    "efficientnet_b0": ("network.classifier.1",),
    **dict.fromkeys(inverted_residuals.NAMES, inverted_residuals.HEADS),
}
_LAST_STAGES = {
    "mobilenetv2": tuple(f"features.{stage}" for stage in range(14, 19)),
    "cnn": ("block_3",),
    "resnet50": ("network.layer4",),
    "efficientnet_b0": tuple(f"network.features.{stage}" for stage in (6, 7, 8)),
    **{
        name: (*(f"blocks.{n}" for n in inverted_residuals.last_blocks(name)), "features", "hidden")
        for name in inverted_residuals.NAMES
    },
}
_IMAGENET = {
    "mobilenetv2": ("mobilenet_v2", ""),
    "resnet50": ("resnet50", "network."),
    "efficientnet_b0": ("efficientnet_b0", "network."),
}


def build_network(architecture: str, outputs: int) -> nn.Module:
    """Return the untrained network: float32 (N, 3, S, S) -> logits float32 (N, `outputs`).

    S is a multiple of 32 pixels. Raises KeyError for an unknown architecture.
    """
    return _ARCHITECTURES[architecture](outputs)


def regions_of(network: nn.Module, photos: torch.Tensor) -> torch.Tensor | None:
    """Logits of each cell, (N, K, H, W); None for a network without regions."""
    if isinstance(network, InvertedResiduals):
        return network.read(network.seen(photos))[1]
    return None


def head_names(architecture: str) -> tuple[str, ...]:
    """The dotted names of the layers whose shape depends on the outputs."""
    return _HEADS[architecture]


def before_head(network: nn.Module, architecture: str) -> nn.Module:
    """The module whose input is the features: the dropout before the last layer, or that layer."""
    head = network.get_submodule(head_names(architecture)[-1])
    if isinstance(network, InvertedResiduals):  # its dropout comes before the features are pooled
        return head
    dropouts = [module for module in network.modules() if isinstance(module, nn.Dropout)]
    return dropouts[-1] if dropouts else head


@torch.no_grad()
def set_head(
    network: nn.Module, architecture: str, kernel: torch.Tensor, bias: torch.Tensor
) -> None:
    """Let the logits be features @ kernel (D, K) + bias (K,)."""
    cells, head = _linear_heads(network, architecture)
    share = 1.0
    if cells is not None:  # the regions have no weight yet
        share = 1 / (1 - inverted_residuals.region_weight(len(bias)))
        cells.weight.zero_()
        cells.bias.zero_()
    head.weight.copy_(kernel.T * share)
    head.bias.copy_(bias * share)


@torch.no_grad()
def add_to_head(
    network: nn.Module, architecture: str, kernel: torch.Tensor, bias: torch.Tensor
) -> None:
    """Add features @ kernel (D, K) + bias (K,) to the logits."""
    cells, head = _linear_heads(network, architecture)
    share = 1.0 if cells is None else 1 / (1 - inverted_residuals.region_weight(len(bias)))
    head.weight.add_(kernel.T * share)
    head.bias.add_(bias * share)


def _linear_heads(network: nn.Module, architecture: str) -> tuple[Any, Any]:
    """The layer that scores cells, if there is one, and the last one."""
    *cells, head = (network.get_submodule(name) for name in head_names(architecture))
    return (cells[0] if cells else None), head


def part_of(name: str, architecture: str) -> int:
    """The part of a network with this parameter: 0 the head, 1 the last stages, 2 the rest."""
    if name.startswith(tuple(f"{head}." for head in head_names(architecture))):
        return 0
    stages = _LAST_STAGES[architecture]
    return 1 if name.startswith(tuple(f"{stage}." for stage in stages)) else 2


def frozen_modules(network: nn.Module, architecture: str, unfreeze: str) -> Iterator[nn.Module]:
    """The smallest modules that are frozen when `head`, `last` or `all` is trained."""
    trained = {"head": 0, "last": 1, "all": 2}[unfreeze]
    for name, module in network.named_modules():
        is_leaf = next(module.children(), None) is None
        if is_leaf and part_of(f"{name}.", architecture) > trained:
            yield module


def imagenet_weights(architecture: str) -> dict[str, torch.Tensor]:
    """Weights trained on ImageNet, without head; torchvision downloads them.

    Raises:
        KeyError: There are none of this architecture.
        OSError: They cannot be downloaded.
    """
    from torchvision.models import get_model_weights

    architecture = backbone_of(architecture)
    name, prefix = _IMAGENET[architecture]
    weights = get_model_weights(name).DEFAULT.get_state_dict(
        progress=False, check_hash=True, weights_only=True
    )
    named = {f"{prefix}{key}": value for key, value in weights.items()}
    return {key: value for key, value in named.items() if part_of(key, architecture) > 0}
