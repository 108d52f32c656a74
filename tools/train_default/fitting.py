"""The loop that trains a network of `train.py` or `train_detector.py`: batches, average, checkpoints."""

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from pictures import Picture, Pictures
from torch import nn

BATCH = 32
CHECKPOINT_S = 240


class Batches(torch.utils.data.Dataset[Picture]):
    """Data set: batch number -> stacked arrays; the number decides the size of the pictures."""

    def __init__(self, pictures: Pictures, sizes: Sequence[int], first: int, steps: int) -> None:
        self._pictures, self._sizes, self._first, self._steps = pictures, sizes, first, steps

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, step: int) -> tuple[torch.Tensor, ...]:
        step += self._first
        size = self._sizes[int(np.random.default_rng((7, step)).integers(len(self._sizes)))]
        drawn = [self._pictures.draw(step * BATCH + n, size) for n in range(BATCH)]
        return (
            torch.from_numpy(np.stack([picture.pixels for picture in drawn])),
            torch.from_numpy(np.stack([picture.labels for picture in drawn])),
            torch.from_numpy(np.stack([picture.cells for picture in drawn])),
        )


def batches(
    pictures: Pictures, sizes: Sequence[int], first: int, steps: int
) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yield batches from step `first` on, drawn by another process."""
    yield from torch.utils.data.DataLoader(
        Batches(pictures, sizes, first, steps), batch_size=None, num_workers=1, prefetch_factor=6
    )


def fit(
    run: Path,
    learner: nn.Module,
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    pictures: Pictures,
    sizes: Sequence[int],
    steps: int,
    *,
    loss_at: Callable[[int, torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor],
    rate_at: Callable[[int], float],
    decay_at: Callable[[int], float],
    write: Callable[[nn.Module], None],
    line_steps: int = 50,
) -> None:
    """Train `learner` from the last checkpoint in `run`, with a moving average of its weights.

    Args:
        run: Folder for `checkpoint.pt`, `log.csv`, and `done` at the end.
        learner: The module to train.
        network: The part of `learner` that is averaged and written.
        optimiser: Each of its groups has the key "share", its factor of the learning rate.
        pictures: The training pictures.
        sizes: Sizes of the pictures, in pixels.
        steps: Number of steps in all, of `BATCH` pictures each.
        loss_at: Step, photos (N, 3, S, S), labels (N, 2) and cells (N, 2, G, G) -> loss.
        rate_at: Step -> learning rate.
        decay_at: Step -> share of the average that is kept, 0 to 1.
        write: Writes the average into `run`.
        line_steps: Steps for each line of the log.
    """
    average = copy.deepcopy(network).requires_grad_(False)
    first = 0
    saved = run / "checkpoint.pt"
    if saved.is_file():
        state = torch.load(saved, weights_only=True)
        learner.load_state_dict(state["learner"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        first = state["step"]
    log = (run / "log.csv").open("a")

    def save(step: int) -> None:
        unfinished = saved.with_suffix(".part")
        torch.save(
            {
                "learner": learner.state_dict(), "average": average.state_dict(),
                "optimiser": optimiser.state_dict(), "step": step,
            },
            unfinished,
        )  # fmt: skip
        unfinished.replace(saved)
        write(average)

    learner.train()
    last_save = last_line = time.monotonic()
    losses: list[float] = []
    for step, (pixels, labels, cells) in enumerate(
        batches(pictures, sizes, first, steps - first), start=first
    ):
        photos = (pixels.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(
            memory_format=torch.channels_last
        )
        loss = loss_at(step, photos, labels, cells)
        loss.backward()
        rate = rate_at(step)
        for group in optimiser.param_groups:
            group["lr"] = rate * group["share"]
        nn.utils.clip_grad_norm_(learner.parameters(), 5.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        with torch.no_grad():
            for mean, value in zip(average.parameters(), network.parameters(), strict=True):
                mean.lerp_(value, 1 - decay_at(step))
        losses.append(loss.item())
        if (step + 1) % line_steps == 0:
            now = time.monotonic()
            speed = line_steps * BATCH / (now - last_line)
            log.write(f"{step + 1},{np.mean(losses):.4f},{rate:.3g},{speed:.1f}\n")
            log.flush()
            last_line, losses = now, []
        if time.monotonic() - last_save > CHECKPOINT_S:
            save(step + 1)
            last_save = time.monotonic()
    save(steps)
    (run / "done").touch()
