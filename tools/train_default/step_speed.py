"""Measures the pictures per second of a training step, with plain and with fixed depthwise kernels.

    python tools/train_default/step_speed.py [SIZE]

glibc gives large blocks back to the system after each use and zeroes them at the next; with
GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=8589934592
it does not, which saves a third of a step.
"""

import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "2")

import torch
from torch.nn import functional as F  # noqa: N812

from catdog_sorter.model.networks.inverted_residuals_torch import InvertedResiduals

_BATCH, _SECONDS = 32, 15.0


def speed(is_fixed: bool, kind: torch.dtype, size: int) -> float:
    """Measure pictures per second, forward and backward."""
    network = InvertedResiduals("efficientnet_lite2", 2).to(memory_format=torch.channels_last)
    network.train(is_fixed)  # the plain convolutions are those of evaluation
    photos = torch.rand(_BATCH, 3, size, size).to(memory_format=torch.channels_last)
    labels = torch.rand(_BATCH, 2).round()

    def step() -> None:
        with torch.autocast("cpu", torch.bfloat16, enabled=kind == torch.bfloat16):
            logits = network(photos)
        F.binary_cross_entropy_with_logits(logits.float(), labels).backward()
        network.zero_grad(set_to_none=True)

    step()
    steps, start = 0, time.monotonic()
    while time.monotonic() - start < _SECONDS:
        step()
        steps += 1
    return steps * _BATCH / (time.monotonic() - start)


if __name__ == "__main__":
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 208
    for name, fixed, number in (
        ("plain, float32", False, torch.float32),
        ("plain, bfloat16", False, torch.bfloat16),
        ("fixed depthwise kernels, bfloat16", True, torch.bfloat16),
    ):
        print(f"{name}: {speed(fixed, number, side):.1f} pictures a second", flush=True)
