"""Inverted residuals in PyTorch, with a head that scores the whole photo and its regions.

The batch-norm statistics are constants. They are folded into the weights before each convolution,
so that neither training nor inference normalises activations.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from catdog_sorter.model.networks.inverted_residuals import (
    EPSILON,
    FEATURES,
    HIDDEN,
    REGION_SIDE,
    STEM_CHANNELS,
    Block,
    blocks,
    region_weight,
)


class FixedDepthwise(torch.autograd.Function):
    """A depthwise convolution whose kernels are not trained.

    PyTorch's gradient of depthwise convolutions is several times slower on a CPU than the same
    gradient written as a convolution with the mirrored kernels.
    """

    @staticmethod
    def forward(ctx, x, weight, stride, padding):  # type: ignore[no-untyped-def]
        ctx.save_for_backward(weight)
        ctx.geometry = x.shape, stride, padding
        return _convolved(x, weight, None, stride, padding, x.shape[1])

    @staticmethod
    def backward(ctx, gradient):  # type: ignore[no-untyped-def]
        (weight,) = ctx.saved_tensors
        shape, stride, padding = ctx.geometry
        if stride > 1:
            n, c, h, w = gradient.shape
            sides = (h - 1) * stride + 1, (w - 1) * stride + 1
            spread = gradient.new_zeros(n, c, *sides).to(memory_format=torch.channels_last)
            spread[:, :, ::stride, ::stride] = gradient
            gradient = spread
        around = []
        for side, given, (before, _) in zip(shape[2:], gradient.shape[2:], padding, strict=True):
            first = weight.shape[-1] - 1 - before
            around.append((first, side + weight.shape[-1] - 1 - first - given))
        mirrored = weight.flip(2, 3)
        return _convolved(gradient, mirrored, None, 1, around, shape[1]), None, None, None


Padding = list[tuple[int, int]]


def _convolved(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    stride: int,
    padding: Padding,
    groups: int,
) -> torch.Tensor:
    """Convolve. `padding`: (before, after) of the height and of the width."""
    if all(before == after for before, after in padding):
        even = [before for before, _ in padding]
        return F.conv2d(x, weight, bias, stride, even, groups=groups)
    (top, bottom), (left, right) = padding
    x = F.pad(x, (left, right, top, bottom))
    return F.conv2d(x, weight, bias, stride, groups=groups)


class NormedConvolution(nn.Module):
    """A convolution with TensorFlow's 'SAME' padding and batch-norm with fixed statistics.

    Depthwise kernels are not trained; the scale and offset of their batch-norm are.
    """

    mean: torch.Tensor
    variance: torch.Tensor

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__()
        self.kernel, self.stride, self.groups = kernel, stride, groups
        self.weight = nn.Parameter(torch.empty(outputs, inputs // groups, kernel, kernel))
        nn.init.kaiming_normal_(self.weight, mode="fan_out")
        self.gamma = nn.Parameter(torch.ones(outputs))
        self.beta = nn.Parameter(torch.zeros(outputs))
        self.register_buffer("mean", torch.zeros(outputs))
        self.register_buffer("variance", torch.ones(outputs))
        self.is_folded = False

    @torch.no_grad()
    def fold(self) -> None:
        """Fold the batch-norm into the weights permanently; `beta` becomes the bias."""
        scale = self.gamma / torch.sqrt(self.variance + EPSILON)
        self.beta.sub_(self.mean * scale)
        self.weight.mul_(scale[:, None, None, None])
        self.gamma.fill_(1)
        self.mean.zero_()
        self.variance.fill_(1 - EPSILON)
        self.is_folded = True

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.is_folded:
            padding = [self._padding(side) for side in x.shape[-2:]]
            return _convolved(x, self.weight, self.beta, self.stride, padding, self.groups)
        scale = self.gamma * torch.rsqrt(self.variance + EPSILON)
        weight = self.weight * scale[:, None, None, None]
        bias = self.beta - self.mean * scale
        padding = [self._padding(side) for side in x.shape[-2:]]
        if self.groups > 1 and self.training:
            kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype
            fixed = self.weight.detach().to(kind)
            y = FixedDepthwise.apply(x.to(kind), fixed, self.stride, padding)
            sides = (1, -1, 1, 1)
            return torch.addcmul(bias.to(kind).view(sides), y, scale.to(kind).view(sides))
        return _convolved(x, weight, bias, self.stride, padding, self.groups)

    def _padding(self, side: int) -> tuple[int, int]:
        steps = -(-side // self.stride)
        total = max((steps - 1) * self.stride + self.kernel - side, 0)
        return total // 2, total - total // 2


class _InvertedResidual(nn.Module):
    def __init__(self, block: Block) -> None:
        super().__init__()
        self.is_residual = block.is_residual
        if block.expansion > 1:
            self.expand = NormedConvolution(block.inputs, block.hidden)
        self.depthwise = NormedConvolution(
            block.hidden, block.hidden, block.kernel, block.stride, groups=block.hidden
        )
        self.project = NormedConvolution(block.hidden, block.outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden = F.relu6(self.expand(x)) if hasattr(self, "expand") else x
        hidden = F.relu6(self.depthwise(hidden))
        projected: torch.Tensor = self.project(hidden)
        return projected + x if self.is_residual else projected


class InvertedResiduals(nn.Module):
    """float32 (N, 3, S, S), RGB -1 to 1 -> logits float32 (N, K), with `regions` also a map.

    Each cell of the last feature map has a hidden vector and, from it, logits of its own: the map,
    float32 (N, K, H, W). Half of a photo's logits comes from the mean and maximum of the hidden
    vectors, half from the region of 2 x 2 cells with the highest mean.
    """

    def __init__(self, architecture: str, outputs: int, dropout: float = 0.2) -> None:
        super().__init__()
        table = blocks(architecture)
        self.region_weight = region_weight(outputs)
        self.stem = NormedConvolution(3, STEM_CHANNELS, 3, 2)
        self.blocks = nn.ModuleList(_InvertedResidual(block) for block in table)
        self.features = NormedConvolution(table[-1].outputs, FEATURES)
        self.hidden = nn.Conv2d(FEATURES, HIDDEN, 1)
        self.dropout = nn.Dropout(dropout)
        self.cells = nn.Conv2d(HIDDEN, outputs, 1)
        self.whole = nn.Linear(2 * HIDDEN, outputs)

    def seen(self, photos: torch.Tensor) -> torch.Tensor:
        """Compute the last feature map, (N, 1280, H, W), 0 to 6."""
        x = F.relu6(self.stem(photos))
        for block in self.blocks:
            x = block(x)
        return F.relu6(self.features(x))

    def read(self, seen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Compute logits (N, K) and their map (N, K, H, W) from the feature map."""
        hidden = F.relu6(self.hidden(seen))
        hidden = self.dropout(hidden)
        cells = self.cells(hidden)
        pooled = torch.cat([hidden.mean((2, 3)), hidden.amax((2, 3))], dim=1)
        whole = self.whole(pooled)
        regions = F.avg_pool2d(cells, REGION_SIDE, stride=1).amax((2, 3))
        return whole + (regions - whole) * self.region_weight, cells

    def fold(self) -> None:
        """Fold every batch-norm into its convolution, for inference."""
        for module in self.modules():
            if isinstance(module, NormedConvolution):
                module.fold()

    def forward(self, photos: torch.Tensor) -> torch.Tensor:
        logits, _ = self.read(self.seen(photos))
        return logits
