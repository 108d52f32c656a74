"""Initial weights of a training run: the bundled model, ImageNet, a file, or random."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.bundle import DESCRIPTION, ONNX, ModelBundle, load_bundle
from catdog_sorter.model.calibration import Calibration
from catdog_sorter.model.networks.architectures import backbone_of
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle, known_bundles
from catdog_sorter.storage.files import file_sha256

BUNDLED, IMAGENET, RANDOM = "bundled", "imagenet", "random"
# The bundled model of each backbone.
BUNDLED_MODELS = {"mobilenetv2": "mobilenetv2-torch", "efficientnet_lite2": "efficientnet_lite2"}


@dataclass(frozen=True, slots=True)
class InitialWeights:
    """The `init` option as given, and its file, if any.

    `bundle`: the model whose weights these are, where known.
    """

    init: str
    file: Path | None = None
    bundle: ModelBundle | None = None

    @property
    def outputs(self) -> tuple[str, ...] | None:
        """The outputs of the last layer, where known."""
        return self.bundle.outputs if self.bundle else None

    def calibration_for(self, outputs: tuple[str, ...]) -> Calibration:
        """The calibration of a network with these weights."""
        if self.bundle and self.bundle.outputs == outputs:
            return self.bundle.calibration
        return Calibration((1.0,) * len(outputs), (0.0,) * len(outputs))

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

    def read(self) -> dict[str, Floats32]:
        """Read the arrays of the file, under the names of the framework that wrote it.

        Raises TrainingError for a file without weights. Pickles are never loaded.
        """
        assert self.file is not None
        try:
            return _read(self.file)
        except Exception as error:  # the reader may raise anything for a damaged file
            raise TrainingError(
                f"{self.file} holds no usable weights ({error}). Give a .npz or "
                ".safetensors file, or the folder of a model."
            ) from error

    def __str__(self) -> str:
        return self.init if self.file is None else str(self.file)


def find_initial_weights(init: str, architecture: str) -> InitialWeights:
    """Resolve `init`: bundled, imagenet, random, a model's name or folder, or a file of weights.

    Raises UsageError if it does not exist or is of another architecture.
    """
    if init in (IMAGENET, RANDOM):
        return InitialWeights(init)
    if init != BUNDLED and Path(init).is_file():
        return InitialWeights(init, Path(init))
    if init == BUNDLED:
        bundle = load_bundle(
            find_bundle(BUNDLED_MODELS.get(backbone_of(architecture), DEFAULT_MODEL))
        )
    else:
        bundle = load_bundle(find_bundle(_a_model(init)))
    if backbone_of(bundle.architecture) != backbone_of(architecture):
        raise UsageError(
            f"The network of {bundle.name} is {bundle.architecture}, which does not fit "
            f"{architecture}. Use --init random or imagenet, or give weights of {architecture}."
        )
    return InitialWeights(init, bundle.file(ONNX), bundle)


def _a_model(init: str) -> str:
    if init not in known_bundles() and not (Path(init) / DESCRIPTION).is_file():
        raise UsageError(
            f"There are no initial weights {init}. Give --init bundled, imagenet or random, a "
            f".npz or .safetensors file, or a model: {', '.join(sorted(known_bundles()))}, or its "
            "folder."
        )
    return init


class WeightSource(Protocol):
    """A framework's part of `fitting_weights`: its name, layout and ImageNet weights."""

    title: str

    def in_layout(self, architecture: str, weights: Mapping[str, Floats32]) -> dict[str, Floats32]:
        """The weights under the framework's names. Raises KeyError or ValueError."""

    def imagenet(self, architecture: str) -> Mapping[str, Any]:
        """Downloaded ImageNet weights. Raises KeyError if there are none."""

    def may_be_new(self, name: str, architecture: str) -> bool:
        """Whether the array of this name may be initialised randomly."""


def fitting_weights(
    initial: InitialWeights,
    architecture: str,
    own_shapes: Mapping[str, tuple[int, ...]],
    source: WeightSource,
) -> dict[str, Any]:
    """The initial weights that fit a network of `own_shapes`, under a framework's names.

    Raises:
        TrainingError: They do not fit, or cannot be read or downloaded.
        UsageError: There are no ImageNet weights of this architecture.
    """
    weights = _from_imagenet(architecture, source) if initial.is_imagenet else initial.read()
    try:
        named = source.in_layout(architecture, weights)
    except (KeyError, ValueError) as error:
        raise TrainingError(
            f"{initial} does not fit {architecture} in {source.title} ({error}). Choose other "
            "initial weights, or train with the framework they come from."
        ) from error
    return select_fitting(
        initial, own_shapes, named, lambda name: source.may_be_new(name, architecture)
    )


def _from_imagenet(architecture: str, source: WeightSource) -> Mapping[str, Floats32]:
    try:
        return source.imagenet(architecture)
    except KeyError:
        raise UsageError(
            f"There are no ImageNet weights of {architecture}. Use --init random."
        ) from None
    except Exception as error:  # Keras wraps what its download raises in a plain Exception
        raise TrainingError(
            f"The ImageNet weights could not be downloaded ({error}). They need a network; "
            "`--init bundled` and `--init random` do not."
        ) from error


def select_fitting(
    initial: InitialWeights,
    own_shapes: Mapping[str, tuple[int, ...]],
    weights: Mapping[str, Floats32],
    may_be_new: Callable[[str], bool],
) -> dict[str, Floats32]:
    """Select the `weights` that fit a network of `own_shapes`.

    Raises TrainingError if a missing array may not be initialised randomly.
    """
    usable = {k: v for k, v in weights.items() if own_shapes.get(k) == v.shape}
    lacking = [name for name in own_shapes if name not in usable and not may_be_new(name)]
    if lacking:
        raise TrainingError(
            f"{initial} does not fit this architecture: {len(lacking)} arrays are missing or of "
            f"another shape, {lacking[0]} first. Choose initial weights of the same architecture."
        )
    return usable


def _read(file: Path) -> dict[str, Floats32]:
    if file.suffix == ".npz":
        with np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    if file.suffix == ".onnx":
        from catdog_sorter.model.networks.onnx_weights import read_weights

        return read_weights(file)
    from safetensors.numpy import load_file

    return load_file(file)
