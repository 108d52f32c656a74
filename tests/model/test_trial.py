import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from catdog_sorter.errors import BundleError
from catdog_sorter.model import trial
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.storage.locations import shipped_weights, tried_models_file
from tests.support.networks import colour_network, slow_network


def with_network(bundle: ModelBundle, network: bytes, folder: Path) -> ModelBundle:
    """The same bundle with another network."""
    shutil.copytree(bundle.folder, folder)
    (folder / "model.onnx").write_bytes(network)
    description = json.loads((folder / "bundle.json").read_text())
    description["files"] = {"model.onnx": file_sha256(folder / "model.onnx")}
    (folder / "bundle.json").write_text(json.dumps(description))
    return load_bundle(folder)


def test_each_network_is_tried_once(
    colour_bundle: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = list[str]()
    monkeypatch.setattr(trial, "problem", lambda bundle: tried.append(bundle.folder.name))
    other = with_network(colour_bundle, colour_network().SerializeToString(), tmp_path / "other")
    for bundle in (colour_bundle, other, other, replace(other, outputs=("dog",)), other):
        trial.ensure_tried(bundle)
    assert tried == ["other", "other"]
    tried_models_file().unlink()
    trial.ensure_tried(colour_bundle)
    assert tried[2:] == [colour_bundle.folder.name]


def test_a_shipped_network_is_never_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(trial, "problem")
    for folder in shipped_weights().glob("*/bundle.json"):
        trial.ensure_tried(load_bundle(folder.parent))
    assert trial.is_trusted(load_bundle(find_bundle(DEFAULT_MODEL)))


def test_a_network_that_hangs_is_not_opened(
    colour_bundle: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "TIME_LIMIT_S", 2.0)
    slow = with_network(colour_bundle, slow_network().SerializeToString(), tmp_path / "slow")
    for _ in range(2):  # and is not taken for tried
        with pytest.raises(BundleError, match=r"does not run within 2 seconds.*not opened"):
            open_backend(slow)


def test_a_record_that_cannot_be_written_only_repeats_the_trial(
    colour_bundle: ModelBundle, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried_models_file().unlink()
    tried_models_file().mkdir()
    monkeypatch.setattr(trial, "problem", lambda bundle: None)
    trial.ensure_tried(colour_bundle)
    assert not trial.is_trusted(colour_bundle)


def test_a_network_that_ends_its_process_is_named(
    colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "_COMMAND", ("false",))
    assert "ends the process that tries it" in (trial.problem(colour_bundle) or "")
