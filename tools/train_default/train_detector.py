"""Fine-tune every pointwise and full convolution of the detector on whole photos, in one run.

    python tools/train_default/train_detector.py --store STORE --boxes boxes.json \
        --start detector.onnx --run RUN --pictures 40000

A photo's logit is the highest of any box, as in use, and learns from the photo's label; the boxes
of the two finest maps learn which cells show the animal as well. Kernels are learned relative to
their size in each channel, as batch-norm is folded into them. Continues after the last checkpoint
when RUN holds one. `detector.onnx` in RUN has the moving average of the weights;
`finish_detector.py` makes the bundle's detector from it.
"""

import argparse
import copy
import json
import math
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import onnx
import torch
from fitting import BATCH, fit
from onnx import numpy_helper
from pictures import Pictures
from pixel_store import PixelStore
from torch import nn
from torch.nn import functional as F  # noqa: N812
from train import DECAY, SMOOTHING

from catdog_sorter.model.networks.inverted_residuals_torch import FixedDepthwise

SIZE = 300
RATE, LINE_RATE = 1e-4, 1e-3
WARM_UP = 200  # steps
EMA = 0.998
CELLS_SHARE = 0.3
KERNEL_RMS = 0.05  # of a kernel while it is trained
CLASSES = 2


class Detector(nn.Module):
    """The network of a `detector.onnx`, built layer by layer from its graph."""

    def __init__(self, model: onnx.ModelProto) -> None:
        super().__init__()
        arrays = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
        self.casts = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "Cast"}
        self.nodes = [n for n in model.graph.node if n.op_type in ("Conv", "Clip", "Add")]
        self.heads = [n.input[0] for n in model.graph.node if n.op_type == "Reshape"]
        self.learned = nn.ParameterDict()
        for node in self.nodes:
            if node.op_type != "Conv":
                continue
            kernel, bias = (
                torch.from_numpy(arrays[self.casts[n]].astype(np.float32)) for n in node.input[1:3]
            )
            is_depthwise = kernel.shape[1] == 1
            scale = kernel.square().mean((1, 2, 3), keepdim=True).sqrt() / KERNEL_RMS
            scale = torch.ones_like(scale) if is_depthwise else scale.clamp(min=1e-4)
            name = node.output[0]
            self.register_buffer(_key("scale", name), scale)
            self.learned[_key("kernel", name)] = nn.Parameter(
                kernel / scale, requires_grad=not is_depthwise
            )
            self.learned[_key("bias", name)] = nn.Parameter(bias)
        self.line = nn.Parameter(torch.tensor([[2.0, 2.0], [3.0, 3.0]]))  # slope, offset

    def kernel(self, name: str) -> torch.Tensor:
        scale: torch.Tensor = getattr(self, _key("scale", name))
        learned: torch.Tensor = self.learned[_key("kernel", name)]
        return learned * scale

    def _convolved(self, x: torch.Tensor, name: str, attributes: dict[str, Any]) -> torch.Tensor:
        top, left, bottom, right = attributes["pads"]
        stride, kernel, bias = (
            attributes["strides"],
            self.kernel(name),
            self.learned[_key("bias", name)],
        )
        if attributes["group"] > 1:
            kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype
            padding = [(top, bottom), (left, right)]
            y = FixedDepthwise.apply(x.to(kind), kernel.to(kind), stride[0], padding)
            return y + bias.to(kind).view(1, -1, 1, 1)
        if (top, left) == (bottom, right):
            return F.conv2d(x, kernel, bias, stride, (top, left))
        return F.conv2d(F.pad(x, (left, right, top, bottom)), kernel, bias, stride)

    def forward(self, photos: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(N, 3, S, S) -> logits (N, 2) as in use, and of cells (N, 2, G, G), G = S / 32."""
        seen = {"photos": photos}
        for node in self.nodes:
            name = node.output[0]
            if node.op_type == "Add":
                seen[name] = seen[node.input[0]] + seen[node.input[1]]
            elif node.op_type == "Clip":
                seen[name] = F.relu6(seen[node.input[0]])
            else:
                attributes = {a.name: list(a.ints) or a.i for a in node.attribute}
                seen[name] = self._convolved(seen[node.input[0]], name, attributes)
        maps = [_by_class(seen[name]) for name in self.heads]
        boxes = torch.cat([each.flatten(2) for each in maps], 2)
        slope, offset = self.line
        logits = boxes.amax(2).float() * slope + offset
        fine, coarse = sorted((m.amax(2) for m in maps), key=lambda m: -m.shape[-1])[:2]
        pooled = F.adaptive_max_pool2d(fine.float(), coarse.shape[-2:])
        cells = torch.maximum(pooled, coarse.float()) * slope[:, None, None]
        return logits, cells + offset[:, None, None]


def _key(kind: str, name: str) -> str:
    return f"{kind}:{name}".replace(".", "-")


def _by_class(predicted: torch.Tensor) -> torch.Tensor:
    """(N, 2 * anchors, H, W) -> (N, 2, anchors, H, W)."""
    n, channels, height, width = predicted.shape
    return predicted.reshape(n, CLASSES, channels // CLASSES, height, width)


def write(detector: Detector, model: onnx.ModelProto, target: Path) -> None:
    """Write the graph with the trained weights in half precision, without slope and offset."""
    changed = copy.deepcopy(model)
    tensors = {t.name: t for t in changed.graph.initializer}
    for node in detector.nodes:
        if node.op_type != "Conv":
            continue
        name = node.output[0]
        kernel, bias = detector.kernel(name), detector.learned[_key("bias", name)]
        for source, value in zip(node.input[1:3], (kernel, bias), strict=True):
            stored = detector.casts[source]
            half = value.detach().numpy().astype(np.float16)
            tensors[stored].CopyFrom(numpy_helper.from_array(half, stored))
    onnx.save(changed, target)


def loss_of(
    logits: torch.Tensor, cells: torch.Tensor, labels: torch.Tensor, wanted: torch.Tensor
) -> torch.Tensor:
    """Compute the loss of photos, and of cells with a known label."""
    loss = F.binary_cross_entropy_with_logits(logits, labels * (1 - 2 * SMOOTHING) + SMOOTHING)
    known = (wanted >= 0).float()
    each = F.binary_cross_entropy_with_logits(cells, wanted.clamp(0, 1), reduction="none")
    return loss + CELLS_SHARE * (each * known).sum() / known.sum().clamp(1)


def main() -> None:
    """Parse options and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--boxes", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--pictures", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    rows = json.loads(options.boxes.read_text())
    pictures = Pictures(PixelStore(options.store), rows, options.seed)
    model = onnx.load(options.start)
    detector = Detector(model).to(memory_format=torch.channels_last)
    line = [detector.line]
    kernels = [p for p in detector.parameters() if p.ndim > 2 and p.requires_grad]
    biases = [p for n, p in detector.named_parameters() if p.ndim == 1]
    optimiser = torch.optim.AdamW(
        [
            {"params": kernels, "share": 1.0, "weight_decay": DECAY},
            {"params": biases, "share": 1.0, "weight_decay": 0.0},
            {"params": line, "share": LINE_RATE / RATE, "weight_decay": 0.0},
        ],
        lr=RATE,
    )
    steps = options.pictures // BATCH

    def loss_at(
        step: int, photos: torch.Tensor, labels: torch.Tensor, cells: torch.Tensor
    ) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            logits, found = detector(photos)
        return loss_of(logits, found, labels, cells)

    def rate(step: int) -> float:
        warm = min(1.0, (step + 1) / WARM_UP)
        return RATE * warm * (0.02 + 0.98 * (1 + math.cos(math.pi * step / steps)) / 2)

    fit(
        options.run, detector, detector, optimiser, pictures, [SIZE], steps,
        loss_at=loss_at, rate_at=rate,
        decay_at=lambda step: min(EMA, (step + 1) / (step + 10)),
        write=lambda average: write(average, model, options.run / "detector.onnx"),
        line_steps=25,
    )  # fmt: skip


if __name__ == "__main__":
    main()
