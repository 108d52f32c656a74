"""The packages that `python -m build` makes, and their content."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from catdog_sorter.storage.locations import EXAMPLES

TOP = Path(__file__).parents[2]
MAX_WHEEL_BYTES = 45_000_000
MAN_PAGE = "data/share/man/man1/catdog-sort.1"
LICENCES = {"licenses/LICENSE", "licenses/THIRD_PARTY.md"}
pytestmark = pytest.mark.slow


def python(*words: object, folder: Path = TOP) -> str:
    """Run this Python in the folder, with the modules of its `src`; returns the output."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("build")
    folder = tmp_path_factory.mktemp("dist")
    python("-m", "build", "--no-isolation", "--outdir", folder)  # the wheel from the sdist
    (file,) = folder.glob("*.tar.gz")
    return file


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    (file,) = sdist.parent.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (top,) = folder.iterdir()
    return top


def contents(wheel: Path) -> dict[str, str]:
    """SHA-256 by name; folders with the package's name and version are cut off."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            re.sub("^catdog_sorter-[^/]+/", "", name): sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
        }


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_registry_would_take_both(sdist: Path, wheel: Path) -> None:
    pytest.importorskip("twine")
    answer = python("-m", "twine", "check", "--strict", sdist, wheel)
    assert answer.count("PASSED") == 2


def test_the_wheel_is_small_and_holds_the_package_weights_licences_and_man_page(
    wheel: Path,
) -> None:
    assert wheel.stat().st_size < MAX_WHEEL_BYTES
    code = {f"catdog_sorter/{name}" for name in files(TOP / "src" / "catdog_sorter")}
    weights = {f"catdog_sorter/weights/{name}" for name in files(TOP / "weights")}
    examples = {f"catdog_sorter/examples/{name}" for name in EXAMPLES}
    about = {"METADATA", "WHEEL", "RECORD", "entry_points.txt"}
    assert set(contents(wheel)) == code | weights | examples | about | LICENCES | {MAN_PAGE}


def test_the_wheel_is_the_same_built_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    python("-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path)
    assert contents(tmp_path / wheel.name) == contents(wheel)


def test_the_source_distribution_holds_only_what_is_in_its_folders(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir()} == {
        *("src", "weights", "tests", "examples", "docs", "benchmarks", "tools"),
        *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "issues_and_solutions.md"),
        *("SECURITY.md", "LICENSE", "THIRD_PARTY.md", "mkdocs.yml", "noxfile.py"),
        *("pyproject.toml", "PKG-INFO", ".gitignore", ".ci", ".github"),
    }


def test_the_tests_in_the_source_distribution_are_found(unpacked: Path) -> None:
    answer = python("-m", "pytest", "--collect-only", "-qq", folder=unpacked)
    assert "tests/tools/test_third_party.py" in answer
