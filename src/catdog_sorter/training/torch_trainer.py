"""Trains a network in PyTorch. Reads batches, writes checkpoints; finds no photos, prints nothing.

The weights that are judged and kept are an exponential moving average of those that are trained
(Polyak averaging), which costs nothing and generalises better.
"""

import ctypes
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

from catdog_sorter.errors import TrainingError
from catdog_sorter.networks.mobilenetv2 import HEAD, torch_from_keras
from catdog_sorter.networks.torch import build_network
from catdog_sorter.preprocess import Preprocessing, normalise, resize
from catdog_sorter.probabilities import sigmoid
from catdog_sorter.training.dataset import Store, training_batches
from catdog_sorter.training.events import EpochEnded, Step
from catdog_sorter.training.metrics import forced_choice_accuracy, log_loss
from catdog_sorter.training.recipes import Recipe

CHECKPOINT = "checkpoint.safetensors"
BEST = "best.safetensors"
_LOGIT_BATCH = 64


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be trained, on what, and where its checkpoints go."""

    recipe: Recipe
    store: Store
    training: Sequence[int]
    validation: Sequence[int]
    folder: Path
    seed: int
    device: str = "cpu"


def initial_network(recipe: Recipe, start: Path | None, seed: int) -> nn.Module:
    """The network before training, its backbone from `start` (.npz or .safetensors) if given.

    Raises TrainingError when `start` does not fit the architecture.
    """
    torch.manual_seed(seed)
    network = build_network(recipe.architecture, len(recipe.outputs))
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = recipe.dropout
    if start is not None:
        _load_backbone(network, start)
    return network


def _load_backbone(network: nn.Module, start: Path) -> None:
    try:
        weights = _read_weights(start)
    except Exception as error:  # a damaged file makes its reader raise anything
        raise TrainingError(f"{start} holds no usable starting weights ({error}).") from error
    own = network.state_dict()
    fitting = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
    lacking = [k for k in own if k not in fitting and not _may_be_new(k)]
    if lacking:
        raise TrainingError(
            f"{start} does not fit this architecture: {len(lacking)} arrays are missing or of "
            f"another shape, {lacking[0]} first. Choose starting weights of the same architecture."
        )
    network.load_state_dict(fitting, strict=False)


def _may_be_new(name: str) -> bool:
    return name.startswith(HEAD) or name.endswith("num_batches_tracked")


def _read_weights(start: Path) -> dict[str, torch.Tensor]:
    if start.suffix == ".npz":
        with np.load(start, allow_pickle=False) as arrays:
            return {k: torch.from_numpy(v) for k, v in torch_from_keras(arrays).items()}
    return load_file(start)


def train(job: Job, network: nn.Module, resume: bool = False) -> Iterator[Step | EpochEnded]:
    """Train `network` by `job.recipe`; yield after each batch and each epoch.

    After each epoch a checkpoint lies in `job.folder`, and the averaged weights with the lowest
    validation loss so far as `best.safetensors`. To stop early is to stop iterating. With
    `resume` it goes on after the last checkpointed epoch; on the CPU the result is that of an
    unbroken run.
    """
    _keep_memory()
    recipe, device = job.recipe, torch.device(job.device)
    network.to(device).to(memory_format=torch.channels_last)
    average = build_network(recipe.architecture, len(recipe.outputs)).to(device)
    optimiser = torch.optim.AdamW(_parameter_groups(network, recipe), lr=recipe.learning_rate)
    progress = Progress()
    if resume:
        progress = load_checkpoint(job.folder / CHECKPOINT, network, average, optimiser)
    else:
        fit_head(job, network)
        average.load_state_dict(network.state_dict())
    for epoch in range(progress.epochs_done, recipe.epochs):
        yield from _train_epoch(job, network, average, optimiser, epoch)
        ended = _validate(job, average, epoch)
        if ended.validation_loss < progress.best_loss:
            progress = Progress(epoch + 1, ended.validation_loss, epoch)
            save_network(average, job.folder / BEST)
        else:
            progress = Progress(epoch + 1, progress.best_loss, progress.best_epoch)
        save_checkpoint(job.folder / CHECKPOINT, network, average, optimiser, progress)
        yield ended


def fit_head(job: Job, network: nn.Module) -> None:
    """Fit the last layer to the features as they are, by logistic regression on whole photos.

    Fine-tuning from a random head distorts good features before it improves them (Kumar et al.
    2022, "Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution").
    """
    head = network.get_submodule(HEAD)
    features: list[torch.Tensor] = []
    hook = head.register_forward_pre_hook(lambda _, inputs: features.append(inputs[0].clone()))
    photo_logits(network, job.store, job.training, job.recipe.input_size, job.device)
    hook.remove()
    inputs = torch.cat(features).clone()
    targets = torch.from_numpy(job.store.targets(job.training, job.recipe.outputs)).to(job.device)
    optimiser = torch.optim.LBFGS(head.parameters(), max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        error = nn.functional.binary_cross_entropy_with_logits(head(inputs), targets)
        total = error + job.recipe.head_decay * sum(p.square().sum() for p in head.parameters())
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]


def _parameter_groups(network: nn.Module, recipe: Recipe) -> list[dict[str, object]]:
    """Weight decay for kernels only: on biases and batch-norm it does harm."""
    kernels = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    return [
        {"params": kernels, "weight_decay": recipe.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]


def _train_epoch(
    job: Job,
    network: nn.Module,
    average: nn.Module,
    optimiser: torch.optim.Optimizer,
    epoch: int,
) -> Iterator[Step]:
    recipe, device = job.recipe, torch.device(job.device)
    spec = Preprocessing(recipe.image_size)
    steps = max(1, len(job.training) // recipe.batch_size)
    torch.manual_seed(
        job.seed * 1_000_003 + epoch
    )  # dropout follows the epoch, so resuming is exact
    network.train()
    batches = training_batches(job.store, job.training, recipe, job.seed, epoch)
    for step, (images, targets) in enumerate(batches):
        rate = learning_rate(recipe, epoch * steps + step, steps)
        for group in optimiser.param_groups:
            group["lr"] = rate
        wanted = torch.from_numpy(targets).to(device)
        logits = network(_to_tensor(images, spec, device))
        loss = nn.functional.binary_cross_entropy_with_logits(logits, wanted)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        _update_average(average, network, _decay(recipe, epoch * steps + step))
        right = ((logits > 0) == (wanted > 0.5)).all(dim=1).float().mean()
        yield Step(epoch, step + 1, steps, loss.item(), right.item())


def learning_rate(recipe: Recipe, step: int, steps_an_epoch: int) -> float:
    """Linear warm-up, then half a cosine down to zero (Loshchilov & Hutter 2017, SGDR)."""
    warmup = recipe.warmup_epochs * steps_an_epoch
    total = recipe.epochs * steps_an_epoch
    if step < warmup:
        return recipe.learning_rate * (step + 1) / warmup
    done = (step - warmup) / max(1.0, total - warmup)
    return recipe.learning_rate * 0.5 * (1.0 + math.cos(math.pi * done))


def _decay(recipe: Recipe, step: int) -> float:
    """The average forgets faster at first, so that the starting weights don't linger."""
    return min(recipe.ema_decay, (1 + step) / (10 + step))


@torch.no_grad()
def _update_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    for mean, value in zip(
        average.state_dict().values(), network.state_dict().values(), strict=True
    ):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1.0 - decay)
        else:
            mean.copy_(value)


def _to_tensor(
    images: npt.NDArray[np.uint8], spec: Preprocessing, device: torch.device
) -> torch.Tensor:
    """uint8 (N, S, S, 3) -> float32 (N, 3, S, S), channels last in memory."""
    return torch.from_numpy(normalise(images, spec)).to(device).permute(0, 3, 1, 2)


def _validate(job: Job, average: nn.Module, epoch: int) -> EpochEnded:
    logits = photo_logits(average, job.store, job.validation, job.recipe.input_size, job.device)
    targets = job.store.targets(job.validation, job.recipe.outputs)
    probabilities = sigmoid(logits)
    return EpochEnded(
        epoch=epoch,
        validation_loss=log_loss(probabilities, targets),
        validation_accuracy=_accuracy(probabilities, targets),
    )


def _accuracy(probabilities: npt.NDArray[np.float64], targets: npt.NDArray[np.float32]) -> float:
    if targets.shape[1] == 1:
        return float(np.mean((probabilities > 0.5) == (targets > 0.5)))
    return forced_choice_accuracy(probabilities, targets)


@torch.inference_mode()
def photo_logits(
    network: nn.Module, store: Store, indices: Sequence[int], size: int, device: str = "cpu"
) -> npt.NDArray[np.float32]:
    """Logits float32 (N, K) of whole photos at `size` pixels, as at inference."""
    network.eval()
    spec = Preprocessing(size)
    rows = []
    for start in range(0, len(indices), _LOGIT_BATCH):
        chunk = indices[start : start + _LOGIT_BATCH]
        images = np.stack([resize(store.image(index), size) for index in chunk])
        rows.append(network(_to_tensor(images, spec, torch.device(device))).cpu().numpy())
    return np.concatenate(rows)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; `best_loss` is the lowest validation loss so far."""

    epochs_done: int = 0
    best_loss: float = math.inf
    best_epoch: int = -1


def save_network(network: nn.Module, path: Path) -> None:
    """Write the weights as safetensors; an older file is replaced only by a complete new one."""
    _save({k: v.contiguous() for k, v in network.state_dict().items()}, path, {})


def save_checkpoint(
    path: Path,
    network: nn.Module,
    average: nn.Module,
    optimiser: torch.optim.Optimizer,
    progress: Progress,
) -> None:
    """Write everything needed to go on as if never stopped."""
    tensors = {f"network/{k}": v.contiguous() for k, v in network.state_dict().items()}
    tensors |= {f"average/{k}": v.contiguous() for k, v in average.state_dict().items()}
    for index, values in optimiser.state_dict()["state"].items():
        for name, value in values.items():
            tensors[f"optimiser/{index}/{name}"] = value.contiguous()
    metadata = {
        "epochs_done": str(progress.epochs_done),
        "best_loss": repr(progress.best_loss),
        "best_epoch": str(progress.best_epoch),
    }
    _save(tensors, path, metadata)


def _save(tensors: dict[str, torch.Tensor], path: Path, metadata: Mapping[str, str]) -> None:
    unfinished = path.with_suffix(".part")
    save_file(tensors, unfinished, metadata=dict(metadata))
    unfinished.replace(path)


def load_checkpoint(
    path: Path, network: nn.Module, average: nn.Module, optimiser: torch.optim.Optimizer
) -> Progress:
    """Put a checkpoint back into its three owners. Raises TrainingError if there is none."""
    if not path.is_file():
        raise TrainingError(f"There is no checkpoint {path} to resume from. Leave out --resume.")
    tensors = load_file(path)
    network.load_state_dict(_below(tensors, "network/"))
    average.load_state_dict(_below(tensors, "average/"))
    state: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in _below(tensors, "optimiser/").items():
        index, variable = name.split("/")
        state.setdefault(int(index), {})[variable] = tensor
    optimiser.load_state_dict({**optimiser.state_dict(), "state": state})
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata()
    return Progress(
        int(metadata["epochs_done"]), float(metadata["best_loss"]), int(metadata["best_epoch"])
    )


def _below(tensors: Mapping[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def _keep_memory() -> None:
    """Let glibc keep freed memory: giving pages back after each batch costs a fifth of the time."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        trim_threshold, top_pad, mmap_max = -1, -2, -4
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2**31 - 1)
        libc.mallopt(top_pad, 256 * 2**20)
