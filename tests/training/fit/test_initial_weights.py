from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.training.fit.initial_weights import (
    BUNDLED_MODELS,
    InitialWeights,
    find_initial_weights,
    select_fitting,
)


def test_bundled_means_the_shipped_model_regardless_of_the_one_in_use() -> None:
    initial = find_initial_weights("bundled", "mobilenetv2")
    bundle = load_bundle(find_bundle(BUNDLED_MODELS["mobilenetv2"]))
    assert initial.file == bundle.file("model.onnx")
    assert initial.outputs == ("cat", "dog")
    assert initial.identity == bundle.files["model.onnx"]
    assert {"whole.weight", "stem.weight"} <= initial.read().keys()


@pytest.mark.parametrize("word", ["random", "imagenet"])
def test_some_initial_weights_need_no_file(word: str) -> None:
    initial = find_initial_weights(word, "cnn")
    assert (initial.file, initial.outputs, initial.identity) == (None, None, word)
    assert (initial.is_random, initial.is_imagenet) == (word == "random", word == "imagenet")


def test_a_file_of_weights_can_be_given(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", **{"Conv1/kernel": np.ones((3, 3), np.float32)})
    initial = find_initial_weights(str(tmp_path / "w.npz"), "mobilenetv2")
    assert initial.identity == file_sha256(tmp_path / "w.npz")
    assert initial.outputs is None
    assert initial.read()["Conv1/kernel"].sum() == 9


def test_a_models_folder_can_be_given() -> None:
    folder = find_bundle(BUNDLED_MODELS["mobilenetv2"])
    assert find_initial_weights(str(folder), "mobilenetv2").file == folder / "model.onnx"


@pytest.mark.parametrize("architecture", ["mobilenetv2", "mobilenetv2_regions"])
def test_reading_the_same_features_otherwise_is_no_other_architecture(architecture: str) -> None:
    bundle = load_bundle(find_bundle(BUNDLED_MODELS["mobilenetv2"]))
    assert find_initial_weights("bundled", architecture).file == bundle.file("model.onnx")


def test_a_model_of_another_architecture_is_refused(colour_bundle: ModelBundle) -> None:
    with pytest.raises(UsageError, match=r"efficientnet_lite2, .*not fit cnn.*--init random"):
        find_initial_weights("bundled", "cnn")
    with pytest.raises(UsageError, match="is colours, which"):
        find_initial_weights(str(colour_bundle.folder), "mobilenetv2")


def test_nothing_of_the_name_is_named_with_what_there_is() -> None:
    with pytest.raises(UsageError, match=r"no initial weights nonsense.*efficientnet_lite2"):
        find_initial_weights("nonsense", "mobilenetv2")


@pytest.mark.parametrize("content", [b"", b"nonsense" * 100])
@pytest.mark.parametrize("suffix", [".npz", ".safetensors", ".onnx", ".pth"])
def test_damaged_initial_weights_are_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    file = tmp_path / f"start{suffix}"
    file.write_bytes(content)
    with pytest.raises(TrainingError, match="no usable weights"):
        InitialWeights("file", file).read()


def test_pickles_are_never_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "evil.npz", **{"Conv1/kernel": np.array([object()], dtype=object)})
    with pytest.raises(TrainingError, match="no usable weights"):
        InitialWeights("file", tmp_path / "evil.npz").read()


def test_what_fits_is_taken_and_the_head_may_be_new() -> None:
    own = {"body": (2, 3), "head.weight": (1, 2), "head.bias": (1,)}
    weights = {
        "body": np.ones((2, 3), np.float32),
        "head.weight": np.ones((2, 2), np.float32),
        "unknown": np.ones(4, np.float32),
    }
    usable = select_fitting(
        InitialWeights("file"), own, weights, lambda name: name.startswith("head.")
    )
    assert usable.keys() == {"body"}
    with pytest.raises(TrainingError, match=r"does not fit.*1 arrays.*head\.bias"):
        select_fitting(InitialWeights("file"), own, weights, lambda name: name == "head.weight")
