import dataclasses
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.errors import TrainingError
from catdog_sorter.model.bundle import ONNX, ModelBundle, load_bundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.training.fit.rehearsal import (
    REHEARSAL,
    Rehearsal,
    read_rehearsal,
    write_rehearsal,
)


@pytest.fixture
def bundle(tmp_path: Path) -> ModelBundle:
    """A copy of the default model's description in another folder."""
    return dataclasses.replace(load_bundle(find_bundle(DEFAULT_MODEL)), folder=tmp_path)


def test_written_content_is_read_again(bundle: ModelBundle) -> None:
    written = Rehearsal(np.ones((3, 5), np.float32), np.array([[8.5, -4], [0, 1], [2, 3]]))
    assert write_rehearsal(written, bundle) == bundle.folder / REHEARSAL
    read = read_rehearsal(bundle)
    assert read is not None
    for one, other in zip(read, written, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_allclose(one, other, rtol=1e-3)


def test_a_model_may_have_none(bundle: ModelBundle) -> None:
    assert read_rehearsal(bundle) is None


def test_one_of_another_network_is_not_rehearsed(bundle: ModelBundle) -> None:
    other = dataclasses.replace(bundle, files={ONNX: "0" * 64})
    write_rehearsal(Rehearsal(np.ones((3, 5)), np.ones((3, 2))), other)
    assert read_rehearsal(bundle) is None


def test_a_damaged_one_is_named(bundle: ModelBundle) -> None:
    (bundle.folder / REHEARSAL).write_bytes(b"damaged")
    with pytest.raises(TrainingError, match=rf"{REHEARSAL} is damaged"):
        read_rehearsal(bundle)


def test_the_default_model_has_one_of_its_own_network() -> None:
    read = read_rehearsal(load_bundle(find_bundle(DEFAULT_MODEL)))
    assert read is not None, "run tools/train_default/rehearsal.py for the new network"
    assert len(read.features) == len(read.logits) >= 500
    assert read.logits.shape[1] == 2
