"""Reads a bundle's weights for the frameworks; nothing in such a file is ever executed."""

from pathlib import Path

from safetensors.numpy import load_file

from catdog_sorter.model.networks.architectures import Arrays

_NUMBERS = "fiu"  # numpy's letters for kinds that every framework takes


def read_weights(file: Path) -> Arrays:
    """The arrays of a file by name. Raises ValueError for a file that holds none, or other ones."""
    try:
        weights: Arrays = load_file(file)
    except Exception as error:  # a damaged file makes its reader raise anything
        raise ValueError(str(error)) from error
    for name, array in weights.items():
        if array.dtype.kind not in _NUMBERS:
            raise ValueError(f"{name} holds {array.dtype}")
    return weights
