import hashlib
import json
import os
import pickle
import shutil
from pathlib import Path

import onnx
import pytest

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model import bundle as bundles
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle, plain_name, write_bundle
from catdog_sorter.storage.files import file_sha256

AUGMENTED = {"mirror": True, "uncertainty_band": [[-1, 1], [-1, 1]]}
DETECTING = {"detector_size": 300, "detector_weight": 0.3}


@pytest.fixture
def copy(colour_bundle: ModelBundle, tmp_path: Path) -> Path:
    return Path(shutil.copytree(colour_bundle.folder, tmp_path / "colours"))


def test_a_written_bundle_is_loaded_unchanged(colour_bundle: ModelBundle) -> None:
    loaded = load_bundle(colour_bundle.folder)
    assert loaded == colour_bundle
    assert loaded.outputs == ("cat", "dog")
    assert loaded.preprocessing.size == 8
    assert loaded.thresholds.present == 0.9


def test_id_changes_with_the_weights(copy: Path, colour_bundle: ModelBundle) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    with (copy / "model.onnx").open("ab") as file:
        file.write(b"\x1a\x04mine")  # producer_version
    description["files"]["model.onnx"] = file_sha256(copy / "model.onnx")
    (copy / "bundle.json").write_text(json.dumps(description))
    assert load_bundle(copy).id != colour_bundle.id


def test_id_changes_with_the_calibration(copy: Path, colour_bundle: ModelBundle) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description["calibration"]["scale"] = [1.5, 1.0]
    (copy / "bundle.json").write_text(json.dumps(description))
    assert load_bundle(copy).id != colour_bundle.id


def test_the_augmentation_is_kept_and_changes_the_id(
    copy: Path, colour_bundle: ModelBundle
) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    ids = {colour_bundle.id}
    for band in ([[-2.5, 2], [-1, 1]], [[-2.5, 2], [-1, 1.5]]):
        description["test_time_augmentation"] |= {"mirror": True, "uncertainty_band": band}
        (copy / "bundle.json").write_text(json.dumps(description))
        loaded = load_bundle(copy)
        assert [list(pair) for pair in loaded.test_time_augmentation.uncertainty_band] == band
        ids.add(loaded.id)
    description["test_time_augmentation"] |= {"crop_fraction": 0.5, "crop_weight": 0.4}
    (copy / "bundle.json").write_text(json.dumps(description))
    loaded = load_bundle(copy)
    assert loaded.high_res_side == 14  # so that a crop fills nine tenths of 8 pixels
    ids.add(loaded.id)
    description["test_time_augmentation"] |= {"rotation_sharpness": 2.0}
    (copy / "bundle.json").write_text(json.dumps(description))
    ids.add(load_bundle(copy).id)
    assert len(ids) == 5


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
        lambda folder: (folder / "bundle.json").write_text('{"format": 2}'),
    ],
)
def test_a_damaged_bundle_is_refused_with_advice(copy: Path, change) -> None:
    change(copy)
    with pytest.raises(BundleError, match=r"(cannot be read|damaged)"):
        load_bundle(copy)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_a_pipe_or_a_giant_in_the_place_of_the_network_is_refused_unread(copy: Path) -> None:
    (copy / "model.onnx").unlink()
    os.mkfifo(copy / "model.onnx")
    with pytest.raises(BundleError, match="not a regular file of at most 1,024 MiB"):
        load_bundle(copy)
    (copy / "model.onnx").unlink()
    with open(copy / "model.onnx", "wb") as file:
        file.truncate(bundles.MAX_BYTES + 1)  # takes no room on disk
    with pytest.raises(BundleError, match="not a regular file of at most 1,024 MiB"):
        load_bundle(copy)


def test_a_description_without_end_is_refused(copy: Path) -> None:
    with open(copy / "bundle.json", "r+b") as file:
        file.truncate(1 << 40)  # takes no room on disk
    with pytest.raises(BundleError, match="more than 4 MiB"):
        load_bundle(copy)


@pytest.mark.parametrize("length", [b"\x08", b"\x88\x00"])  # both are how a file may write 8
def test_a_network_with_data_outside_of_itself_is_refused_where_it_lies(
    length: bytes, copy: Path
) -> None:
    """A folder given with --model was never imported, and its author chose the hashes."""
    entry = b"\x0a" + length + b"location" + b"\x12\x0b/etc/passwd"
    tensor = b"\x6a" + bytes([len(entry)]) + entry  # external_data
    graph = b"\x2a" + bytes([len(tensor)]) + tensor  # initializer
    content = (copy / "model.onnx").read_bytes() + b"\x3a" + bytes([len(graph)]) + graph
    model = onnx.ModelProto.FromString(content)
    assert model.graph.initializer[-1].external_data[0].key == "location"
    (copy / "model.onnx").write_bytes(content)
    description = json.loads((copy / "bundle.json").read_text())
    description["files"]["model.onnx"] = hashlib.sha256(content).hexdigest()
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="takes data from outside of itself"):
        load_bundle(copy)


def test_a_pickle_in_disguise_is_never_loaded(copy: Path, tmp_path: Path) -> None:
    content = pickle.dumps(Bomb(tmp_path / "was run"))
    (copy / "model.onnx").write_bytes(content)
    description = json.loads((copy / "bundle.json").read_text())
    description["files"]["model.onnx"] = hashlib.sha256(content).hexdigest()
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="not an ONNX model"):
        open_backend(load_bundle(copy))
    assert not (tmp_path / "was run").exists()


class Bomb:
    """Runs a command when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.trace),)


def test_a_newer_format_asks_for_an_update(copy: Path) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description["format"] = 3
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="Update catdog-sorter"):
        load_bundle(copy)


def test_files_outside_the_bundle_are_refused(copy: Path) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description["files"] = {"../model.onnx": "0" * 64}
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="damaged"):
        load_bundle(copy)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 7),
        ("name", "cats\x1b[2J"),
        ("architecture", "caf\udce9"),
        ("outputs", ["dog", "dog"]),
        ("outputs", ["cat", "horse"]),
        ("outputs", "dog"),
        ("preprocessing", {"size": 1_000_000}),
        ("preprocessing", {"size": 8, "scale": 0}),
        ("preprocessing", {"size": 8, "scale": "127"}),
        ("preprocessing", {"size": 8, "offset": 10**400}),
        ("preprocessing", {"size": 8, "offset": 1e300}),
        ("preprocessing", {"size": 8, "crop": True}),
        ("preprocessing", {"size": 8, "resize": "crop"}),
        ("test_time_augmentation", {"mirror": "yes"}),
        ("test_time_augmentation", {"mirror": True, "uncertainty_band": [[-1, 1]]}),
        ("test_time_augmentation", {"mirror": True, "uncertainty_band": [[-1, 1], [1, -1]]}),
        (
            "test_time_augmentation",
            {"mirror": True, "uncertainty_band": [[-1, 1], [-1, float("inf")]]},
        ),
        ("test_time_augmentation", {"mirror": True, "uncertainty_band": [[-1, 1], [-1, 0, 1]]}),
        (
            "test_time_augmentation",
            {"mirror": True, "uncertainty_band": [[-1, 1], ["low", "high"]]},
        ),
        ("test_time_augmentation", {"mirror": True, "uncertainty_band": 0.9}),
        ("test_time_augmentation", {"uncertainty_band": [[-1, 1], [-1, 1]]}),
        ("test_time_augmentation", {"mirror": True, "crop_fraction": 0.6, "crop_weight": 0.4}),
        ("test_time_augmentation", AUGMENTED | {"crop_fraction": 0.6}),
        ("test_time_augmentation", AUGMENTED | {"crop_fraction": 1e-9, "crop_weight": 0.4}),
        ("test_time_augmentation", AUGMENTED | {"crop_fraction": 0.6, "crop_weight": 1.5}),
        ("test_time_augmentation", AUGMENTED | {"crop_fraction": "0.6", "crop_weight": 0.4}),
        ("test_time_augmentation", AUGMENTED | {"crop_fraction": float("nan"), "crop_weight": 0.4}),
        ("test_time_augmentation", {"mirror": True, "rotation_sharpness": 2.0}),
        ("test_time_augmentation", AUGMENTED | {"rotation_sharpness": -1.0}),
        ("test_time_augmentation", AUGMENTED | {"rotation_sharpness": float("nan")}),
        ("test_time_augmentation", AUGMENTED | {"rotation_sharpness": "2"}),
        ("test_time_augmentation", AUGMENTED | {"rotation_penalty": 2.0}),
        (
            "test_time_augmentation",
            AUGMENTED | {"rotation_sharpness": 2.0, "rotation_penalty": float("nan")},
        ),
        ("test_time_augmentation", {"mirror": True} | DETECTING),
        ("test_time_augmentation", AUGMENTED | DETECTING | {"detector_size": 0}),
        ("test_time_augmentation", AUGMENTED | DETECTING | {"detector_size": 300.5}),
        ("test_time_augmentation", AUGMENTED | DETECTING | {"detector_size": 1 << 20}),
        ("test_time_augmentation", AUGMENTED | DETECTING | {"detector_weight": 0.0}),
        ("test_time_augmentation", AUGMENTED | DETECTING | {"detector_weight": float("nan")}),
        ("test_time_augmentation", AUGMENTED | DETECTING | {"detector_weight": "0.3"}),
        ("calibration", {"scale": [1.0], "bias": [0.0, 0.0]}),
        ("calibration", {"scale": [1.0, float("nan")], "bias": [0.0, 0.0]}),
        ("calibration", [1.0, 1.0]),
        ("thresholds", {"present": 0.1, "absent": 0.9}),
        ("risk_control", {"prevalence": 7, "risk": 0.02, "confidence": 0.9, "proved": True}),
        ("risk_control", {"risk": "little"}),
        ("previews", {"looks": [{"size": 8}]}),
        ("previews", {"looks": [{"size": 8, "absent": {}}]}),
        ("previews", {"looks": [{"size": 8, "absent": {"160": 2.0}}]}),
        ("previews", {"looks": [{"size": 8, "absent": {"large": 0.1}}]}),
        ("previews", {"looks": [{"size": 8, "absent": {"160": "0.1"}}]}),
        ("previews", {"looks": [{"size": 8, "absent": [[160, 0.1]]}]}),
        ("previews", {"looks": [{"size": 0, "absent": {"160": 0.1}}]}),
        ("previews", {"looks": [{"size": 1 << 20, "absent": {"160": 0.1}}]}),
        ("previews", {"looks": []}),
        ("previews", {"looks": 8}),
        ("previews", "always"),
        ("files", {"model.onnx": "no hash"}),
        ("files", ["model.onnx"]),
        *(("files", {name: "0" * 64}) for name in ("a\0b", "caf\udce9", "..", "", "a\\b", "nul.x")),
        ("metrics", "all right"),
        ("training", None),
    ],
)
def test_what_no_model_can_say_is_refused_when_it_is_loaded(
    copy: Path, field: str, value: object
) -> None:
    description = json.loads((copy / "bundle.json").read_text())
    description[field] = value
    (copy / "bundle.json").write_text(json.dumps(description))
    with pytest.raises(BundleError, match="is damaged"):
        load_bundle(copy)


@pytest.mark.parametrize("depth", [30, 100_000])
def test_a_description_nested_too_deep_is_damaged(copy: Path, depth: int) -> None:
    text = (copy / "bundle.json").read_text()
    deep = '{"a": ' * depth + "1" + "}" * depth
    (copy / "bundle.json").write_text(text.replace('"metrics": {}', f'"metrics": {deep}'))
    with pytest.raises(BundleError, match="is damaged"):
        load_bundle(copy)


def test_an_existing_folder_is_never_overwritten(copy: Path) -> None:
    before = (copy / "bundle.json").read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        write_bundle(copy, {}, {})
    assert (copy / "bundle.json").read_bytes() == before


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_bundle(tmp_path / "new", {"model.onnx": tmp_path / "missing"}, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["my-cats", "Kätzchen 2", "v1.2", "a", "a+b", "contest", "x" * 100]
)
def test_plain_names_are_taken(name: str) -> None:
    assert plain_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../up", "a/b", "a\\b", "C:x", "/root", ".hidden", "-rf", "a ", "a."),
        *(
            "CON",
            "nul.onnx",
            "com1",
            "a\n",
            "a\x00",
            "a\x1b[2J",
            "a:stream",
            "caf\udce9",
            "x" * 101,
        ),
    ],
)
def test_names_that_are_a_path_or_no_name_somewhere_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is not a name for a model"):
        plain_name(name)


def test_the_thresholds_for_previews_decide_the_id(copy: Path) -> None:
    """They decide the answers, and so the content of the cache."""
    description = json.loads((copy / "bundle.json").read_text())
    ids = [load_bundle(copy).id]
    for threshold in (0.01, 0.02):
        description["previews"] = {"looks": [{"size": 64, "absent": {"160": threshold}}]}
        (copy / "bundle.json").write_text(json.dumps(description))
        ids.append(load_bundle(copy).id)
    assert len(set(ids)) == 3
