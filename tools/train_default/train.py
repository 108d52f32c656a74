"""Train EfficientNet-Lite from its ImageNet weights to tell cats and dogs apart, in one run.

    python tools/train_default/train.py --store STORE --boxes boxes.json --start lite2.safetensors \
        --run RUN --head-pictures 16000 --pictures 130000

The head is trained first, then every layer but the depthwise kernels. Pictures come at three sizes
below that of use, a moving average of the weights is kept, and a frozen copy of the starting
network says which of the 1000 ImageNet classes it sees in a part of the pictures: the network goes
on learning these too, so that it does not forget animals that no photo here shows (Li & Hoiem 2016,
"Learning without Forgetting"). With --teacher, a finished run of a larger network says it, and what
it sees of cats and dogs in the photo and in each cell too (Hinton et al. 2015, "Distilling the
Knowledge in a Neural Network"). Goes on after the last checkpoint when RUN holds one.
"""

import argparse
import copy
import json
import math
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")

import torch
from fitting import BATCH, fit
from pictures import Pictures
from pixel_store import PixelStore
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F  # noqa: N812

from catdog_sorter.model.bundle import ONNX
from catdog_sorter.model.networks.inverted_residuals import EPSILON, FEATURES
from catdog_sorter.model.networks.inverted_residuals_torch import InvertedResiduals
from catdog_sorter.model.networks.onnx_weights import read_weights

SIZES = (192, 208, 224)
RATE, HEAD_RATE = 2e-4, 1e-3
EARLY_RATE = 0.3  # of RATE, for the stem and the first third of the blocks
WARM_UP = 200  # steps
DECAY = 1e-4
EMA = 0.9985
CELLS_SHARE, IMAGENET_SHARE = 0.4, 0.3
REMINDED, TAUGHT = (
    8,
    BATCH,
)  # pictures of a batch that the starting network or the teacher classifies
TEACHER_SHARE = 0.7  # of a label, in pictures that the teacher classifies
TEMPERATURE = 2.0
SMOOTHING = 0.005
MIN_SCALE = 1e-3  # of a batch-norm's channel


class Learner(nn.Module):
    """The network, and a last layer for the ImageNet classes, which is not exported."""

    def __init__(self, architecture: str, start: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.network = InvertedResiduals(architecture, 2)
        self.network.load_state_dict(start, strict=False)
        self.imagenet = nn.Linear(FEATURES, 1000)
        self.load_state_dict(
            {name: array for name, array in start.items() if name.startswith("imagenet.")},
            strict=False,
        )

    def forward(
        self, photos: torch.Tensor, asked: int, is_head: bool = False
    ) -> tuple[torch.Tensor, ...]:
        """Return logits of the photos and of their cells, and ImageNet logits of the first `asked`."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not is_head):
            seen = self.network.seen(photos)
        logits, cells = self.network.read(seen)
        return logits, cells, self.imagenet(seen[:asked].mean((2, 3)))


def loss_of(
    outputs: tuple[torch.Tensor, ...],
    labels: torch.Tensor,
    cells: torch.Tensor,
    told: tuple[torch.Tensor, ...],
    has_teacher: bool,
) -> torch.Tensor:
    """Sum the losses of photos, cells, and of the starting network's or the teacher's outputs."""
    logits, found, classes = (output.float() for output in outputs)
    wanted = labels * (1 - 2 * SMOOTHING) + SMOOTHING
    known = (cells >= 0).float()
    cells = cells.clamp(0, 1)
    if has_teacher:
        taught = len(told[0])
        wanted[:taught].lerp_(told[0].float().sigmoid(), TEACHER_SHARE)
        share = torch.where(known[:taught] > 0, TEACHER_SHARE, 1.0)
        cells[:taught].lerp_(told[1].float().sigmoid(), share)
        known[:taught] = 1.0
    loss = F.binary_cross_entropy_with_logits(logits, wanted)
    each = F.binary_cross_entropy_with_logits(found, cells, reduction="none")
    loss = loss + CELLS_SHARE * (each * known).sum() / known.sum().clamp(1)
    return loss + IMAGENET_SHARE * TEMPERATURE**2 * F.kl_div(
        F.log_softmax(classes / TEMPERATURE, 1),
        F.softmax(told[2].float() / TEMPERATURE, 1),
        reduction="batchmean",
    )


def parameter_groups(learner: Learner, has_teacher: bool) -> list[dict[str, object]]:
    """Group head, late and early layers, with and without weight decay; "share": of the rate.

    With a teacher the layer of the ImageNet classes is new, like the head.
    """
    head = ("network.hidden", "network.cells", "network.whole")
    head += ("imagenet",) * has_teacher
    early = len(learner.network.blocks) // 3
    groups: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, parameter in learner.named_parameters():
        if "depthwise.weight" in name:
            parameter.requires_grad_(False)
            continue
        is_head = name.startswith(head)
        number = int(name.split(".")[2]) if name.startswith("network.blocks.") else None
        is_early = name.startswith("network.stem") or (number is not None and number < early)
        share = HEAD_RATE / RATE if is_head else EARLY_RATE if is_early else 1.0
        groups.setdefault((share, parameter.ndim > 1), []).append(parameter)
    return [
        {"params": params, "share": share, "weight_decay": DECAY if decays else 0.0}
        for (share, decays), params in groups.items()
    ]


def bundle_weights(bundle: Path, start: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return a bundle's weights with the batch-norm of the starting weights.

    Without it kernels would be several times smaller or larger than these, and the same learning
    rate as much too high or low.
    """
    arrays = read_weights(bundle / ONNX)
    folded = {name: torch.from_numpy(array) for name, array in arrays.items()}
    weights = dict(folded)
    for name, gamma in start.items():
        layer, _, last = name.rpartition(".")
        if last == "gamma":
            root = torch.sqrt(start[f"{layer}.variance"] + EPSILON)
            scale = gamma / root
            scale = torch.where(scale.abs() < MIN_SCALE, torch.ones_like(scale), scale)
            weights[f"{layer}.gamma"] = scale * root
            weights[f"{layer}.variance"] = start[f"{layer}.variance"]
            weights[f"{layer}.mean"] = start[f"{layer}.mean"]
            weights[f"{layer}.weight"] = folded[f"{layer}.weight"] / scale[:, None, None, None]
            weights[f"{layer}.beta"] = folded[f"{layer}.beta"] + start[f"{layer}.mean"] * scale
    return weights


def go_on_from(folder: Path, learner: Learner, start: dict[str, torch.Tensor]) -> None:
    """Load the weights of a finished run, or of a bundle, which has no ImageNet layer."""
    if (folder / ONNX).is_file():
        network = bundle_weights(folder, start)
    else:
        finished = torch.load(folder / "checkpoint.pt", weights_only=True)
        learner.load_state_dict(finished["learner"])
        network = finished["average"]
    learner.network.load_state_dict(network)


def teacher_of(run: Path, architecture: str) -> Learner:
    """Load the network of a finished run as the teacher."""
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    teacher = Learner(architecture, state["average"])
    teacher.imagenet.load_state_dict(
        {name: state["learner"][f"imagenet.{name}"] for name in ("weight", "bias")}
    )
    teacher.network.fold()
    return teacher


def rate_at(step: int, steps: int) -> float:
    """Return the learning rate: warm-up, then half a cosine."""
    if step < WARM_UP:
        return RATE * (step + 1) / WARM_UP
    return RATE * (0.02 + 0.98 * (1 + math.cos(math.pi * (step - WARM_UP) / (steps - WARM_UP))) / 2)


def main() -> None:
    """Parse options and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--boxes", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--arch", default="efficientnet_lite2")
    parser.add_argument("--pictures", type=int, default=130_000)
    parser.add_argument(
        "--head-pictures", type=int, required=True, help="for the head alone; none with --after"
    )
    parser.add_argument(
        "--after", type=Path, help="a finished run or a bundle, whose weights this one begins with"
    )
    parser.add_argument("--teacher", type=Path, help="a finished run of a larger network")
    parser.add_argument("--teacher-arch", default="efficientnet_lite2")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="of the pictures")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(
        PixelStore(options.store), json.loads(options.boxes.read_text()), options.seed
    )
    start = load_file(options.start)
    learner = Learner(options.arch, start).to(memory_format=torch.channels_last)
    teacher = (
        teacher_of(options.teacher, options.teacher_arch)
        if options.teacher
        else copy.deepcopy(learner)
    )
    teacher.to(memory_format=torch.channels_last).eval().requires_grad_(False)
    asked = TAUGHT if options.teacher else REMINDED
    if options.after:
        go_on_from(options.after, learner, start)
    optimiser = torch.optim.AdamW(
        parameter_groups(learner, bool(options.teacher)), lr=RATE, fused=False
    )
    head_steps = 0 if options.after else options.head_pictures // BATCH
    steps = options.pictures // BATCH

    def loss_at(
        step: int, photos: torch.Tensor, labels: torch.Tensor, cells: torch.Tensor
    ) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                told = teacher(photos[:asked], asked)
            outputs = learner(photos, asked, step < head_steps)
        return loss_of(outputs, labels, cells, told, bool(options.teacher))

    def rate(step: int) -> float:
        later = step - head_steps
        return RATE if later < 0 else rate_at(later, steps) * options.rate / RATE

    def write(average: nn.Module) -> None:
        kept = {k: v.contiguous() for k, v in average.state_dict().items()}
        save_file(kept, options.run / "average.part")
        (options.run / "average.part").replace(options.run / "average.safetensors")

    fit(
        options.run, learner, learner.network, optimiser, pictures, options.sizes,
        head_steps + steps, loss_at=loss_at, rate_at=rate,
        decay_at=lambda step: 0.99 if step < head_steps else EMA, write=write,
    )  # fmt: skip


if __name__ == "__main__":
    main()
