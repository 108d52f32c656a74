import json
import os
import signal
import stat
import subprocess
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import FileIO
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model import archive, trial
from catdog_sorter.model.archive import export_bundle, import_bundle
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.storage.locations import models_folder
from tests.support.colours import sha256, tree
from tests.support.networks import (
    colour_network,
    huge_network,
    looping_network,
    nan_network,
    slow_network,
)

Pack = Callable[..., Path]


@pytest.fixture
def parts(colour_bundle: ModelBundle) -> dict[str, bytes]:
    """The content of an exported colour model, by name."""
    names = ("bundle.json", "model.onnx")
    return {name: (colour_bundle.folder / name).read_bytes() for name in names}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Write a ZIP of these entries; `change` may alter an entry before the directory is written."""

    def write(
        entries: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda entry: None
    ) -> Path:
        path = tmp_path / "forged.catdog"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in entries.items():
                file.writestr(name, content)
            for entry in file.infolist():
                change(entry)
        return path

    return write


def described(parts: dict[str, bytes], **changes: object) -> dict[str, bytes]:
    """The same parts, with other values in bundle.json."""
    content = {**json.loads(parts["bundle.json"]), **changes}
    return {**parts, "bundle.json": json.dumps(content).encode()}


def refused(source: Path, reason: str, name: str | None = "theirs") -> None:
    """Assert that the import is refused for this reason, and leaves no file."""
    around = tree(source.parent)
    with pytest.raises((BundleError, UsageError), match=reason) as caught:
        import_bundle(source, name)
    assert "\n" not in str(caught.value)
    assert not models_folder().exists() or list(models_folder().iterdir()) == []
    assert tree(source.parent) == around


# --- There and back --------------------------------------------------------------------------


def test_what_is_exported_is_what_is_imported(colour_bundle: ModelBundle, tmp_path: Path) -> None:
    export_bundle(colour_bundle, tmp_path / "colours.catdog")
    taken = import_bundle(tmp_path / "colours.catdog")
    assert find_bundle("colours") == taken.folder == models_folder() / "colours"
    assert tree(taken.folder) == tree(colour_bundle.folder)
    assert taken.id == colour_bundle.id


def test_an_imported_model_carries_the_name_it_is_given(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    export_bundle(colour_bundle, tmp_path / "colours.catdog")
    taken = import_bundle(tmp_path / "colours.catdog", "theirs")
    assert taken.name == taken.folder.name == "theirs"
    assert taken.id == colour_bundle.id.replace("colours", "theirs")
    assert taken.files == colour_bundle.files


def test_the_same_model_gives_the_same_bytes(colour_bundle: ModelBundle, tmp_path: Path) -> None:
    export_bundle(colour_bundle, tmp_path / "first.catdog")
    export_bundle(colour_bundle, tmp_path / "second.catdog")
    assert (tmp_path / "first.catdog").read_bytes() == (tmp_path / "second.catdog").read_bytes()
    with zipfile.ZipFile(tmp_path / "first.catdog") as file:
        assert file.namelist() == ["bundle.json", "model.onnx"]
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_export_overwrites_nothing(colour_bundle: ModelBundle, tmp_path: Path) -> None:
    (tmp_path / "a.catdog").write_text("mine")
    with pytest.raises(UsageError, match=r"a\.catdog exists already"):
        export_bundle(colour_bundle, tmp_path / "a.catdog")
    assert tree(tmp_path) == {"a.catdog": sha256(b"mine")}


def test_a_failed_export_leaves_nothing_behind(colour_bundle: ModelBundle, tmp_path: Path) -> None:
    lost = ModelBundle(
        tmp_path / "gone",
        *("gone", "colours", "none", ("cat", "dog")),
        *(colour_bundle.preprocessing, colour_bundle.test_time_augmentation),
        *(colour_bundle.calibration, colour_bundle.thresholds),
        files={},
    )
    with pytest.raises(UsageError, match="cannot be written"):
        export_bundle(lost, tmp_path / "a.catdog")
    with pytest.raises(UsageError, match="cannot be written"):
        export_bundle(colour_bundle, tmp_path / "no folder" / "a.catdog")
    assert tree(tmp_path) == {}


def test_a_folder_is_imported_without_its_other_files(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "sent"
    (folder / "notes").mkdir(parents=True)
    for name, content in {**parts, "README.md": b"hello", ".DS_Store": b""}.items():
        (folder / name).write_bytes(content)
    assert set(tree(import_bundle(folder, "theirs").folder)) == {"bundle.json", "model.onnx"}


def test_a_name_that_exists_is_not_taken_again(parts: dict[str, bytes], pack: Pack) -> None:
    first = import_bundle(pack(parts), "theirs")
    before = tree(models_folder())
    for name in ("theirs", DEFAULT_MODEL):
        with pytest.raises(UsageError, match=f"model named {name} .*--name"):
            import_bundle(pack(described(parts, architecture="another")), name)
    assert tree(models_folder()) == before
    assert load_bundle(first.folder) == first


def test_the_users_own_model_may_be_replaced_but_no_bundled_one(
    parts: dict[str, bytes], pack: Pack
) -> None:
    import_bundle(pack(parts), "theirs")
    other = import_bundle(pack(described(parts, architecture="another")), "theirs", replace=True)
    assert load_bundle(models_folder() / "theirs") == other
    assert other.architecture == "another"
    with pytest.raises(UsageError, match="comes with catdog-sorter"):
        import_bundle(pack(parts), DEFAULT_MODEL, replace=True)
    assert [path.name for path in models_folder().iterdir()] == ["theirs"]


# --- What must not come in -------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("../model.onnx", "/tmp/model.onnx", "C:model.onnx", "C:\\model.onnx", "..\\model.onnx"),
        *("folder/model.onnx", "folder/", "./model.onnx", ".model.onnx", "nul.onnx", ".."),
        *("model.pkl", "model.pt", "model.keras", "model.py", "model.onnx.exe", "model.onnx "),
        *("model\x1b[2J.onnx", "model\nonnx", "bundle.json/", "BUNDLE.JSON", "model.ONNX.data"),
    ],
)
def test_a_name_or_kind_of_file_that_no_model_has_is_refused(
    name: str, parts: dict[str, bytes], pack: Pack
) -> None:
    files = json.loads(parts["bundle.json"])["files"]
    refused(pack({**parts, name: b"x"}), "holds (two|'.*', which)")
    refused(pack(described(parts, files={**files, name: "0" * 64}) | {name: b"x"}), "holds")


def test_two_files_of_one_name_are_refused(parts: dict[str, bytes], pack: Pack) -> None:
    def same_name(entry: zipfile.ZipInfo) -> None:
        entry.filename = entry.filename.replace("twin", "model")

    with warnings.catch_warnings(action="error"):
        source = pack({**parts, "twin.onnx": b"another"}, same_name)
    refused(source, "two files of one name")
    refused(pack({**parts, "Model.onnx": b"another"}), "two files of one name")


def test_a_link_is_refused(parts: dict[str, bytes], pack: Pack) -> None:
    def link(entry: zipfile.ZipInfo) -> None:
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    refused(pack({**parts, "model.onnx": b"/etc/passwd"}, link), "is a link or no file")


def test_a_link_in_a_folder_is_not_followed(parts: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "bundle.json").write_bytes(parts["bundle.json"])
    (tmp_path / "secret").write_bytes(parts["model.onnx"])
    (tmp_path / "sent" / "model.onnx").symlink_to(tmp_path / "secret")
    refused(tmp_path / "sent", r"lacks 'model\.onnx'")


def test_an_encrypted_file_is_refused(parts: dict[str, bytes], pack: Pack) -> None:
    def encrypt(entry: zipfile.ZipInfo) -> None:
        entry.flag_bits |= 0x1

    refused(pack(parts, encrypt), "is encrypted")


def test_an_unusual_compression_is_refused(parts: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "forged.catdog", "w", zipfile.ZIP_LZMA) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    refused(tmp_path / "forged.catdog", "is compressed in a way")


def test_files_that_are_not_listed_or_missing_are_refused(
    parts: dict[str, bytes], pack: Pack
) -> None:
    refused(pack({**parts, "more.onnx": b"x"}), r"holds 'more\.onnx'.*does not list")
    refused(pack({"bundle.json": parts["bundle.json"]}), r"lacks 'model\.onnx'")
    refused(pack({"model.onnx": parts["model.onnx"]}), r"holds no bundle\.json")
    refused(pack({}), r"holds no bundle\.json")
    refused(pack({"bundle.json": described(parts, files={})["bundle.json"]}), r"no model\.onnx")
    many = {f"{number}.onnx": b"" for number in range(100)}
    refused(pack({**parts, **many}), "holds 102 files")


def test_a_wrong_hash_is_refused(parts: dict[str, bytes], pack: Pack) -> None:
    refused(pack({**parts, "model.onnx": parts["model.onnx"] + b"\0"}), "wrong SHA-256")


def test_another_format_is_refused(parts: dict[str, bytes], pack: Pack) -> None:
    refused(pack(described(parts, format=3)), "Update catdog-sorter")
    refused(pack(described(parts, format="\x1b[2J")), r"format '\\x1b\[2J'")


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000, b"\x80\x04."])
def test_a_description_that_is_none_is_refused(
    text: bytes, parts: dict[str, bytes], pack: Pack
) -> None:
    refused(pack({**parts, "bundle.json": text}), "is damaged")


@pytest.mark.parametrize("name", ["../up", "/root", "", ".hidden", "CON", "a\x1b[2J"])
def test_a_name_inside_the_file_that_is_a_path_is_refused(
    name: str, parts: dict[str, bytes], pack: Pack
) -> None:
    refused(pack(described(parts, name=name)), "is not a name for a model|is damaged", name=None)
    refused(pack(parts), "is not a name for a model", name=name or " ")


def test_files_that_claim_to_be_too_large_are_refused(
    parts: dict[str, bytes], pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = pack({**parts, "more.onnx": bytes(200_000)})
    monkeypatch.setattr(archive, "MAX_BYTES", 100_000)
    assert source.stat().st_size < 100_000
    refused(source, "larger than a model may be")


def test_files_larger_than_they_claim_are_refused(
    parts: dict[str, bytes], pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claim_little(entry: zipfile.ZipInfo) -> None:
        entry.file_size = min(entry.file_size, 2_000)

    source = pack({**parts, "model.onnx": bytes(200_000)}, claim_little)
    monkeypatch.setattr(archive, "MAX_BYTES", 100_000)
    refused(source, r"is truncated|wrong SHA-256")


def test_the_actual_bytes_count_not_the_claimed_size(
    colour_bundle: ModelBundle,
) -> None:
    file = colour_bundle.file("model.onnx")
    liar = archive._Member(0, partial(FileIO, file))
    assert b"".join(archive._chunks(file, liar, file.stat().st_size)) == file.read_bytes()
    with pytest.raises(BundleError, match="larger than a model may be"):
        list(archive._chunks(file, liar, file.stat().st_size - 1))


def test_a_large_description_is_refused(parts: dict[str, bytes], pack: Pack) -> None:
    padded = parts["bundle.json"] + b" " * archive.MAX_DESCRIPTION_BYTES
    refused(pack({**parts, "bundle.json": padded}), r"4 MiB for bundle\.json")


def test_a_file_that_is_not_an_archive_is_refused(
    parts: dict[str, bytes], pack: Pack, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8 not a model")
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "photo.jpg", "not a model")
    refused(tmp_path / "empty", "not a model")
    refused(tmp_path / "folder", r"holds no bundle\.json")
    refused(tmp_path / "nowhere", "There is no file")


def test_an_archive_cut_off_anywhere_is_refused(parts: dict[str, bytes], pack: Pack) -> None:
    source = pack(parts)
    whole = source.read_bytes()
    for length in range(0, len(whole), 37):
        source.write_bytes(whole[:length])
        refused(source, "not a model")


def test_a_flipped_byte_is_refused_or_changes_nothing(parts: dict[str, bytes], pack: Pack) -> None:
    source = pack(parts)
    whole = source.read_bytes()
    for place in range(0, len(whole), 11):
        source.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            taken = import_bundle(source, f"theirs-{place}")
        except (BundleError, UsageError):
            continue
        assert (taken.folder / "model.onnx").read_bytes() == parts["model.onnx"]
    assert all(name.startswith("theirs-") for name in tree(models_folder()))


# --- The network -----------------------------------------------------------------------------


def with_network(parts: dict[str, bytes], network: bytes, folder: Path) -> dict[str, bytes]:
    (folder / "network").write_bytes(network)
    files = {"model.onnx": file_sha256(folder / "network")}
    return {**described(parts, files=files), "model.onnx": network}


def test_a_network_that_fits_is_taken(parts: dict[str, bytes], pack: Pack, tmp_path: Path) -> None:
    network = colour_network().SerializeToString()
    assert import_bundle(pack(with_network(parts, network, tmp_path)), "theirs").name == "theirs"


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        (colour_network(inputs=9).SerializeToString(), "does not run on photos of 8 pixels"),
        (colour_network(outputs=5).SerializeToString(), r"does not run.*shape .*5\]"),
        (b"nonsense", "holds 'model.onnx', which is not an ONNX model"),
        (b"", "holds 'model.onnx', which is not an ONNX model"),
        (looping_network().SerializeToString(), "which holds a loop or a branch"),
        (nan_network().SerializeToString(), "gives no finite numbers"),
        (huge_network().SerializeToString(), "model.onnx that takes too much memory"),
    ],
)
def test_a_network_that_does_not_match_its_description_is_refused(
    network: bytes, reason: str, parts: dict[str, bytes], pack: Pack, tmp_path: Path
) -> None:
    refused(pack(with_network(parts, network, tmp_path)), reason)


def external(tensor: onnx.TensorProto, location: str) -> None:
    tensor.ClearField("float_data")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in {"location": location, "offset": "0", "length": "24"}.items():
        tensor.external_data.add(key=key, value=value)


@pytest.mark.parametrize(
    "location",
    [
        *("../../../../../../../../etc/passwd", "/etc/passwd", "secret", "model.onnx", "./secret"),
        *("*/_ORT_MEM_ADDR_/*", ""),
    ],
)
def test_a_network_with_data_outside_of_itself_is_refused(
    location: str, parts: dict[str, bytes], pack: Pack, tmp_path: Path
) -> None:
    network = colour_network()
    external(network.graph.initializer[0], location)
    source = pack(with_network(parts, network.SerializeToString(), tmp_path))
    refused(source, r"holds 'model\.onnx', which takes data from outside of itself")


def test_data_outside_is_found_wherever_a_tensor_can_be(
    parts: dict[str, bytes], pack: Pack, tmp_path: Path
) -> None:
    tensor = helper.make_tensor("far", TensorProto.FLOAT, [2, 3], [0.0] * 6)
    external(tensor, "../secret")
    in_node, sparse, unused = colour_network(), colour_network(), colour_network()
    in_node.graph.node.append(helper.make_node("Constant", [], ["far"], value=tensor))
    sparse.graph.sparse_initializer.add(values=tensor)
    function = unused.functions.add(name="never", domain="called")
    function.node.append(helper.make_node("Constant", [], ["far"], value=tensor))
    for network in (in_node, sparse, unused):
        source = pack(with_network(parts, network.SerializeToString(), tmp_path))
        refused(source, "takes data from outside of itself")


def test_data_outside_is_found_when_its_key_is_spelled_unusually(
    parts: dict[str, bytes], pack: Pack, tmp_path: Path
) -> None:
    network = colour_network()
    external(network.graph.initializer[0], "secret")
    usual = network.SerializeToString()
    key = usual.index(b"\x08location")
    # The length of the key, 8, in two bytes, at the cost of one letter of the path.
    unusual = (
        usual[:key] + b"\x88\x00location" + usual[key + 9 :].replace(b"\x06secret", b"\x05secre")
    )
    parsed = onnx.ModelProto.FromString(unusual).graph.initializer[0]
    assert parsed.external_data[0].key == "location"
    refused(pack(with_network(parts, unusual, tmp_path)), "takes data from outside of itself")


def test_a_refused_network_is_never_opened(
    parts: dict[str, bytes], pack: Pack, tmp_path: Path
) -> None:
    network = colour_network()
    external(network.graph.initializer[0], "secret")
    source = pack(with_network(parts, network.SerializeToString(), tmp_path))
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from catdog_sorter.model.archive import import_bundle\n"
        "try:\n"
        f"    import_bundle(Path({str(source)!r}), 'theirs')\n"
        "except Exception as error:\n"
        "    print(type(error).__name__, sorted({'onnxruntime', 'torch'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "BundleError []\n"


# --- A network that takes too long -----------------------------------------------------------


@pytest.fixture
def slow(parts: dict[str, bytes], pack: Pack, tmp_path: Path) -> Path:
    return pack(with_network(parts, slow_network().SerializeToString(), tmp_path))


def test_a_network_that_takes_too_long_is_refused(
    slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "TIME_LIMIT_S", 2.0)
    refused(slow, r"that does not run within 2 seconds\. Nothing was imported")


@contextmanager
def importing(source: Path) -> Iterator[subprocess.Popen[str]]:
    """An import in another process that is testing the network."""
    command = [sys.executable, "-m", "catdog_sorter", "models", "import", str(source)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 60
        while not any(models_folder().glob(".*/bundle.json")) and time.monotonic() < deadline:
            assert process.poll() is None
            time.sleep(0.05)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_ctrl_c_ends_an_import_that_hangs(slow: Path) -> None:
    with importing(slow) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 130, said
        assert "Traceback" not in said
        assert list(models_folder().iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_what_a_killed_import_leaves_is_cleared_at_the_next_start(
    slow: Path, colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    export_bundle(colour_bundle, tmp_path / "colours.catdog")
    with importing(slow) as process:
        (busy,) = models_folder().iterdir()
        import_bundle(tmp_path / "colours.catdog", "first")  # the other one is still at it
        assert busy.is_dir()
        process.kill()
        process.wait()
    import_bundle(tmp_path / "colours.catdog", "second")
    assert sorted(path.name for path in models_folder().iterdir()) == ["first", "second"]
