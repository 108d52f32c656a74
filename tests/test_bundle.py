import json
import shutil
from pathlib import Path

import pytest

from catdog_sorter import bundle as bundles
from catdog_sorter.bundle import ModelBundle, find_bundle, load_bundle, write_bundle
from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.locations import models_folder


@pytest.fixture
def copy(colour_bundle: ModelBundle, tmp_path: Path) -> Path:
    return Path(shutil.copytree(colour_bundle.folder, tmp_path / "colours"))


def test_what_is_written_is_what_is_loaded(colour_bundle: ModelBundle) -> None:
    loaded = load_bundle(colour_bundle.folder)
    assert loaded == colour_bundle
    assert loaded.outputs == ("cat", "dog")
    assert loaded.preprocessing.size == 8
    assert loaded.thresholds.present == 0.9


def test_id_changes_with_the_weights(copy: Path, colour_bundle: ModelBundle) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    with (copy / "model.onnx").open("ab") as file:
        file.write(b"\0")
    description["files"]["model.onnx"] = bundles.file_sha256(copy / "model.onnx")
    (copy / "bundle.json").write_text(json.dumps(description))
    assert load_bundle(copy).id != colour_bundle.id


def test_id_changes_with_the_calibration(copy: Path, colour_bundle: ModelBundle) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description["calibration"]["scale"] = [1.5, 1.0]
    (copy / "bundle.json").write_text(json.dumps(description))
    assert load_bundle(copy).id != colour_bundle.id


def test_one_flipped_bit_is_noticed(copy: Path) -> None:
    content = bytearray((copy / "model.onnx").read_bytes())
    content[100] ^= 1
    (copy / "model.onnx").write_bytes(content)
    with pytest.raises(BundleError, match="SHA-256 is wrong"):
        load_bundle(copy)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "model.onnx").unlink(),
        lambda folder: (folder / "bundle.json").unlink(),
        lambda folder: (folder / "bundle.json").write_text("{"),
        lambda folder: (folder / "bundle.json").write_text("[]"),
        lambda folder: (folder / "bundle.json").write_text('{"format": 1}'),
    ],
)
def test_a_damaged_bundle_is_refused_with_advice(copy: Path, change) -> None:
    change(copy)
    with pytest.raises(BundleError, match=r"(cannot be read|damaged)"):
        load_bundle(copy)


def test_a_newer_format_asks_for_an_update(copy: Path) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description["format"] = 2
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="Update catdog-sorter"):
        load_bundle(copy)


def test_files_outside_the_bundle_are_refused(copy: Path) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description["files"] = {"../model.onnx": "0" * 64}
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="damaged"):
        load_bundle(copy)


def test_a_bundle_is_found_by_name_and_by_path(copy: Path) -> None:
    assert find_bundle(str(copy)) == copy
    own = models_folder() / "mine"
    shutil.copytree(copy, own)
    assert find_bundle("mine") == own


def test_an_unknown_model_names_the_known_ones(copy: Path) -> None:
    shutil.copytree(copy, models_folder() / "mine")
    with pytest.raises(UsageError, match=r"no model nonsense.*mine"):
        find_bundle("nonsense")


def test_an_existing_folder_is_never_overwritten(copy: Path) -> None:
    before = (copy / "bundle.json").read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        write_bundle(copy, {}, {})
    assert (copy / "bundle.json").read_bytes() == before


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_bundle(tmp_path / "new", {"model.onnx": tmp_path / "missing"}, {})
    assert list(tmp_path.iterdir()) == []
