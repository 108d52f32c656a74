"""The architectures in PyTorch. Knows no photos, labels or files."""

from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812
from torchvision.models import MobileNetV2, mobilenet_v2

_KERAS_BATCH_NORM_EPSILON = 1e-3


class _RightBottomPadded(nn.Conv2d):
    """A 3x3 convolution of stride 2 that pads right and below only, as Keras' 'SAME' does."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        padded = F.pad(input, (0, 1, 0, 1))
        return F.conv2d(padded, self.weight, self.bias, self.stride, groups=self.groups)


def _mobilenetv2(outputs: int) -> MobileNetV2:
    network = mobilenet_v2(weights=None, num_classes=outputs)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = _KERAS_BATCH_NORM_EPSILON
        elif isinstance(module, nn.Conv2d) and module.stride == (2, 2):
            module.__class__ = _RightBottomPadded
            module.padding = (0, 0)
    return network


ARCHITECTURES: dict[str, Callable[[int], nn.Module]] = {"mobilenetv2": _mobilenetv2}


def build_network(architecture: str, outputs: int) -> nn.Module:
    """Return the untrained network: float32 (N, 3, S, S) -> logits float32 (N, `outputs`).

    S is a multiple of 32 pixels. Raises KeyError for an unknown architecture.
    """
    return ARCHITECTURES[architecture](outputs)
