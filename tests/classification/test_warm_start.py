import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from catdog_sorter.__main__ import needs_model
from catdog_sorter.classification import warm_start
from catdog_sorter.errors import BundleError, UsageError
from catdog_sorter.model.backends import onnx
from catdog_sorter.model.bundle import DESCRIPTION, ONNX, ModelBundle
from catdog_sorter.model.registry import use_model
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.storage.locations import models_folder
from tests.support.colours import draw


@pytest.fixture
def in_use(colour_bundle: ModelBundle) -> Iterator[Path]:
    """The user's own model, in use, which a test may damage; nothing preloaded is left behind."""
    folder = models_folder() / "mine"
    shutil.copytree(colour_bundle.folder, folder)
    use_model("mine")
    yield folder
    warm_start.start_decoder_pool().close()
    warm_start._preloaded.model = None


@pytest.fixture
def begun(in_use: Path) -> None:
    warm_start.begin()


def _batch(bundle: ModelBundle) -> np.ndarray:
    side = bundle.preprocessing.size
    return np.random.default_rng(0).uniform(-1, 1, (2, 3, side, side)).astype(np.float32)


def test_a_model_preloaded_ahead_answers_as_one_opened_when_asked_for(begun: None) -> None:
    ahead, opening = warm_start.open_model(None)
    asked, opened = warm_start.open_model(None)
    assert isinstance(opening, warm_start._PendingBackend)
    assert isinstance(opened, onnx.OrtNetwork)
    assert (ahead, opening.name, opening.batch_size) == (asked, opened.name, opened.batch_size)
    assert np.array_equal(opening.logits(_batch(ahead)), opened.logits(_batch(asked)))


def test_decoders_preloaded_ahead_are_given_out_once_and_decode(
    begun: None, tmp_path: Path
) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    with warm_start.start_decoder_pool() as first, warm_start.start_decoder_pool() as second:
        assert first is not second
        assert np.array_equal(first.read(photo, 32), second.read(photo, 32))


def test_another_model_than_the_one_preloaded_is_opened(
    begun: None, colour_bundle: ModelBundle
) -> None:
    bundle, engine = warm_start.open_model(str(colour_bundle.folder))
    assert bundle.folder == colour_bundle.folder
    assert isinstance(engine, onnx.OrtNetwork)


@pytest.mark.filterwarnings("ignore:Specified provider")
def test_where_there_is_a_device_to_try_nothing_is_opened_ahead(
    in_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    providers = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnx.ort, "get_available_providers", lambda: providers)
    told: list[str] = []
    warm_start.begin()
    _, engine = warm_start.open_model(None, tell=told.append)
    assert isinstance(engine, onnx.OrtNetwork)
    assert len(told) == 1
    assert "cannot use cuda" in told[0]


def test_a_damaged_model_is_told_when_it_is_asked_for(in_use: Path) -> None:
    with (in_use / ONNX).open("ab") as file:
        file.write(b"more")
    warm_start.begin()
    with pytest.raises(BundleError, match="is damaged: its SHA-256 is wrong"):
        warm_start.open_model(None)


def test_a_network_that_cannot_be_opened_ends_the_command(in_use: Path, tmp_path: Path) -> None:
    (in_use / ONNX).write_bytes(b"no network")
    description = json.loads((in_use / DESCRIPTION).read_text())
    description["files"][ONNX] = file_sha256(in_use / ONNX)
    (in_use / DESCRIPTION).write_text(json.dumps(description))
    draw(tmp_path / "photos" / "a.png", "cat")
    command = [sys.executable, "-m", "catdog_sorter", "sort", str(tmp_path / "photos"), "--yes"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 3
    assert "is not an ONNX model" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (tmp_path / "photos" / "a.png").exists()


def test_a_model_that_is_gone_is_told_when_it_is_asked_for(in_use: Path) -> None:
    (in_use / DESCRIPTION).unlink()
    warm_start.begin()
    with pytest.raises(BundleError, match="is no longer in"):
        warm_start.open_model(None)
    with pytest.raises(UsageError, match="There is no model cats"):
        warm_start.open_model("cats")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sort", "photos"], True),
        (["classify", "--no-cache", "photos"], True),
        ([__file__], True),
        ([], False),
        (["--help"], False),
        (["sort", "-h"], False),
        (["undo"], False),
        (["no-such-folder"], False),
        (["classify", "photos", "--model", "mine"], False),
        (["classify", "photos", "--backend=tf"], False),
        (["classify", "s3://photos", "--engine", "ray"], False),
    ],
)
def test_only_a_look_by_the_model_in_use_needs_it(words: list[str], expected: bool) -> None:
    assert needs_model(words) is expected


def test_completion_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CATDOG_SORT_COMPLETE", "complete_bash")
    assert not needs_model(["classify", "photos"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
def test_ctrl_c_while_modules_load_ends_the_program_without_a_word() -> None:
    code = (
        "import os, signal, sys\n"
        "from catdog_sorter import __main__\n"
        "from catdog_sorter.classification import warm_start\n"
        "warm_start.begin = lambda decoder: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.argv[1:] = ['sort', 'photos']\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "__main__.main()"
    )
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (130, "", "")
