"""Initial weights of a training run: the bundled model, ImageNet, a file, or random."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.bundle import DESCRIPTION, ONNX, load_bundle
from catdog_sorter.model.networks.architectures import trunk_of
from catdog_sorter.model.registry import find_bundle, known_bundles
from catdog_sorter.storage.files import file_sha256

BUNDLED, IMAGENET, RANDOM = "bundled", "imagenet", "random"
BUNDLED_MODEL = "mobilenetv2-torch"  # what the trainable networks begin from
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class InitialWeights:
    """The option `init` as given, and its file, if any.

    `outputs`: the outputs of the last layer in that file, where known.
    """

    init: str
    file: Path | None = None
    outputs: tuple[str, ...] | None = None

    @property
    def is_random(self) -> bool:
        return self.init == RANDOM

    @property
    def is_imagenet(self) -> bool:
        return self.init == IMAGENET

    @property
    def identity(self) -> str:
        """For the run's record: SHA-256 of the file, or `imagenet` or `random`."""
        return self.init if self.file is None else file_sha256(self.file)

    def read(self) -> dict[str, Floats]:
        """The arrays of the file, under whichever framework's names.

        Raises TrainingError for a file that holds none; pickles are never loaded.
        """
        assert self.file is not None
        try:
            return _read(self.file)
        except Exception as error:  # a damaged file makes its reader raise anything
            raise TrainingError(
                f"{self.file} holds no usable weights ({error}). Give a .npz or "
                ".safetensors file, or the folder of a model."
            ) from error

    def __str__(self) -> str:
        return self.init if self.file is None else str(self.file)


def find_initial_weights(init: str, architecture: str) -> InitialWeights:
    """What `init` means: bundled, imagenet, random, a model's name or folder, or a file of weights.

    Raises UsageError when there is no such thing or it is of another architecture.
    """
    if init in (IMAGENET, RANDOM):
        return InitialWeights(init)
    if init != BUNDLED and Path(init).is_file():
        return InitialWeights(init, Path(init))
    bundle = load_bundle(find_bundle(BUNDLED_MODEL if init == BUNDLED else _a_model(init)))
    if trunk_of(bundle.architecture) != trunk_of(architecture):
        raise UsageError(
            f"The model {bundle.name} is a {bundle.architecture}; a {architecture} cannot begin "
            "from it. Use --init random, or imagenet, or give weights of the same architecture."
        )
    return InitialWeights(init, bundle.file(ONNX), bundle.outputs)


def _a_model(init: str) -> str:
    if init not in known_bundles() and not (Path(init) / DESCRIPTION).is_file():
        raise UsageError(
            f"There is no {init} to begin from. Give --init bundled, imagenet or random, a .npz or "
            f".safetensors file, or a model: {', '.join(sorted(known_bundles()))}, or its folder."
        )
    return init


def select_fitting(
    initial: InitialWeights,
    own_shapes: Mapping[str, tuple[int, ...]],
    weights: Mapping[str, Floats],
    may_be_new: Callable[[str], bool],
) -> dict[str, Floats]:
    """Those of the `weights` that fit a network of `own_shapes`.

    Raises TrainingError when any is lacking that must not be new.
    """
    usable = {k: v for k, v in weights.items() if own_shapes.get(k) == v.shape}
    lacking = [name for name in own_shapes if name not in usable and not may_be_new(name)]
    if lacking:
        raise TrainingError(
            f"{initial} does not fit this architecture: {len(lacking)} arrays are missing or of "
            f"another shape, {lacking[0]} first. Choose starting weights of the same architecture."
        )
    return usable


def _read(file: Path) -> dict[str, Floats]:
    if file.suffix == ".npz":
        with np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    if file.suffix == ".onnx":
        from catdog_sorter.model.networks.onnx_weights import read_weights

        return read_weights(file)
    from safetensors.numpy import load_file

    return load_file(file)
