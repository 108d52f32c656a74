"""The standalone programs, built by their recipe, run without any other program."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

TOP = Path(__file__).parents[2]
EXAMPLES = TOP / "examples" / "photos"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a standalone program."""
    for module in ("PyInstaller", "PySide6", "rawpy", "watchdog"):
        pytest.importorskip(module)
    folder = tmp_path_factory.mktemp("app")
    places = ("--distpath", folder, "--workpath", folder / "work", "--log-level", "ERROR")
    recipe = TOP / "tools" / "release" / "catdog-sort.spec"
    subprocess.run([sys.executable, "-m", "PyInstaller", *places, recipe], check=True)
    return folder / "catdog-sort"


def answer(home: Path, *command: object) -> str:
    """Its output with only a home in the environment."""
    done = subprocess.run(
        [*map(str, command)],
        env={"HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_sorts_and_undoes(app: Path, tmp_path: Path) -> None:
    words = [EXAMPLES, "--yes", "--mode", "copy", "--into", tmp_path / "sorted", "--json"]
    last = answer(tmp_path, app / "catdog-sort", *words).splitlines()[-1]
    assert json.loads(last)["summary"]["found"] == 11
    assert (tmp_path / "sorted" / "cat" / "portrait.jpg").is_file()
    answer(tmp_path, app / "catdog-sort", "undo")
    assert not (tmp_path / "sorted" / "cat" / "portrait.jpg").exists()


def test_the_command_finds_no_problem_with_itself(app: Path, tmp_path: Path) -> None:
    said = answer(tmp_path, app / "catdog-sort", "doctor")
    assert "the built-in cat is 'cat'" in said
    for extra in ("gui", "raw", "watch"):
        assert f"extra {extra + ':':<8} installed" in said


def test_jpeg_xl_is_read_where_its_decoder_was_installed(app: Path, tmp_path: Path) -> None:
    imagecodecs = pytest.importorskip("imagecodecs", reason="needs the extra `formats`")
    pixels = np.asarray(Image.open(EXAMPLES / "portrait.jpg"))
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(pixels))
    answered = answer(tmp_path, app / "catdog-sort", "classify", tmp_path / "a.jxl", "--json")
    assert json.loads(answered)["label"] == "cat"


def test_the_window_is_also_its_own_helper(app: Path, tmp_path: Path) -> None:
    answer(tmp_path, app / "catdog-sorter", "-m", "catdog_sorter.gui.worker.loop")


def test_licences_come_along(app: Path) -> None:
    inside = app / "_internal"
    assert (inside / "LICENSE").is_file() and (inside / "THIRD_PARTY.md").is_file()
    for package in ("pillow", "pi_heif", "numpy", "rawpy"):
        assert list(inside.glob(f"{package}-*.dist-info/**/LICENSE*")), package
