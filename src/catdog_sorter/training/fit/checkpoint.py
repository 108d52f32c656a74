"""Arrays on disk, whole or not at all: checkpoints and weights as safetensors. No framework."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from catdog_sorter.errors import TrainingError, TrainingStopped
from catdog_sorter.storage.files import atomic_file

Array = npt.NDArray[np.generic]
Arrays = dict[str, Array]


def write_arrays(path: Path, arrays: Mapping[str, Array], metadata: Mapping[str, str]) -> None:
    """Write `path`; an older file is replaced only by a complete new one.

    Raises TrainingStopped when it cannot be written, as on a full disk.
    """
    try:
        whole = {name: np.asarray(array, order="C") for name, array in arrays.items()}
        with atomic_file(path) as unfinished:
            save_file(whole, unfinished, metadata=dict(metadata))
    except (OSError, SafetensorError) as error:
        raise TrainingStopped(
            f"{path} cannot be written ({error}). Free some space on that drive, then add "
            "--resume to continue after the last finished epoch."
        ) from error


def read_arrays(path: Path) -> tuple[Arrays, dict[str, str]]:
    """The arrays and the metadata of a file. Raises TrainingError when it is damaged."""
    metadata = read_metadata(path)
    with safe_open(path, framework="np") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, metadata  # noqa: SIM118


def read_metadata(path: Path) -> dict[str, str]:
    """Only the metadata. Raises TrainingError when the file is damaged."""
    try:
        with safe_open(path, framework="np") as file:
            return dict(file.metadata() or {})
    except (OSError, SafetensorError) as error:
        raise TrainingError(
            f"{path} is damaged ({error}). Delete it and run again with --resume to start this "
            "run from the beginning, or train under another --name."
        ) from error


def below(arrays: Mapping[str, Array], prefix: str) -> Arrays:
    """The arrays whose names begin with `prefix`, without it."""
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}
