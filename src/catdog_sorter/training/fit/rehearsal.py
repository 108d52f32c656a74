"""Stores a bundled model's features and logits of training photos, for rehearsal.

A correction that is fitted to new photos alone changes the answers for all others, too
(catastrophic forgetting). Fitted also to the stored answers, it changes them little (rehearsal:
Robins 1995, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal"). The photos themselves are
not stored. No framework.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.bundle import ONNX, ModelBundle
from catdog_sorter.training.fit.checkpoint import read_arrays, write_arrays

REHEARSAL = "rehearsal.safetensors"


class Rehearsal(NamedTuple):
    """Features (M, D) that the last layer reads of some photos, and its logits (M, K)."""

    features: Floats32
    logits: Floats32


def write_rehearsal(rehearsal: Rehearsal, bundle: ModelBundle) -> Path:
    """Write a model's rehearsal beside its description; returns the file."""
    arrays = {name: array.astype(np.float16) for name, array in rehearsal._asdict().items()}
    write_arrays(bundle.folder / REHEARSAL, arrays, {"network": bundle.files[ONNX]})
    return bundle.folder / REHEARSAL


def read_rehearsal(bundle: ModelBundle) -> Rehearsal | None:
    """Read a model's rehearsal; None if it has none, or one of another network.

    Raises TrainingError when the file is damaged.
    """
    file = bundle.folder / REHEARSAL
    if not file.is_file():
        return None
    arrays, metadata = read_arrays(file)
    if metadata.get("network") != bundle.files[ONNX]:
        return None
    features, logits = (arrays[name].astype(np.float32) for name in Rehearsal._fields)
    return Rehearsal(features, logits)
