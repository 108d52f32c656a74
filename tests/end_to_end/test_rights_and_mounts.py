"""Other users' files, read-only folders, and drives mounted inside the tree."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.storage.locations import HOME_VARIABLE
from tests.support.colours import draw, tree
from tests.support.output import printed

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root may act as somebody else, and mount",
)
SOMEBODY = 65534


@pytest.fixture
def place(colour_bundle: ModelBundle) -> Iterator[Path]:
    """A folder that all users may enter, with the model and a home for another user."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    (place / "home").mkdir()
    os.chown(place / "home", SOMEBODY, SOMEBODY)
    shutil.copytree(colour_bundle.folder, place / "model")
    for path in (place / "model", *(place / "model").iterdir()):
        path.chmod(0o755)
    yield place
    shutil.rmtree(place)


def as_somebody(place: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, HOME_VARIABLE: str(place / "home"), "HOME": str(place / "home")}
    who = ("setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups")

    def run(*rest: object) -> "subprocess.CompletedProcess[str]":
        command = [*who, sys.executable, *map(str, rest)]
        return subprocess.run(
            command, check=False, env=environment, cwd=place, capture_output=True, text=True
        )

    probe = (
        "import subprocess, sys, catdog_sorter.cli; subprocess.check_call([sys.executable, '-V'])"
    )
    if not shutil.which("setpriv") or run("-c", probe).returncode:
        pytest.skip("nobody else can run this Python")
    return run("-m", "catdog_sorter", *words)


def give_to_somebody(*paths: Path) -> None:
    for path in paths:
        os.chown(path, SOMEBODY, SOMEBODY)


@pytest.mark.parametrize("drive", ["same drive", "other drive"])
def test_in_a_sticky_folder_only_ones_own_photos_move(drive: str, place: Path) -> None:
    """One file in each of two groups is another user's; a group moves as a whole or not at all."""
    top = place / "photos"
    for name in ("mine", "theirs", "half"):
        draw(top / f"{name}.png", "cat", shade=len(name)).with_suffix(".xmp").write_text(name)
    draw(top / "secret.png", "cat").chmod(0o600)
    draw(top / "closed" / "e.png", "dog")
    top.chmod(0o1777)
    give_to_somebody(top / "mine.png", top / "mine.xmp", top / "half.png", top / "theirs.xmp")
    with ExitStack() as stack:
        target = top
        if drive == "other drive":
            if not Path("/dev/shm").is_dir():
                pytest.skip("there is no second file system")
            target = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/dev/shm")))
            give_to_somebody(target)
        before = tree(top)
        options = (top, "--model", place / "model", "--into", target, "--json")
        answer = as_somebody(place, "sort", "--yes", *options)
        assert answer.returncode == 1, answer.stderr
        said = {Path(p["path"]).name: p["error"] for p in printed(answer.stdout).problems}
        assert set(said) == {"theirs.png", "half.png", "secret.png", "e.png"}
        assert all("ermission" in reason or "may not" in reason for reason in said.values()), said
        assert set(tree(target)) - set(before) == {"cat/mine.png", "cat/mine.xmp"}
        stay = {name for name in before if not name.startswith("mine")}
        assert {name: tree(top)[name] for name in stay} == {name: before[name] for name in stay}
        undone = as_somebody(place, "undo")
        assert undone.returncode == 0, undone.stderr
        assert tree(top) == before and not (target / "cat").exists()


def test_drives_mounted_inside_the_tree(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    """A card with photos, an output folder on another drive, and a folder mounted twice."""
    top = tmp_path / "photos"
    draw(top / "trip" / "b.png", "cat", shade=1)
    for name in ("card", "again", "dog"):
        (top / name).mkdir()
    with ExitStack() as stack:
        for words in (
            ("-t", "tmpfs", "card", top / "card"),
            ("-t", "tmpfs", "dogs", top / "dog"),
            ("--bind", top / "trip", top / "again"),
        ):
            done = subprocess.run(["mount", *map(str, words)], capture_output=True, check=False)
            if done.returncode:
                pytest.skip(f"mounting does not work here: {done.stderr.decode().strip()}")
            stack.callback(subprocess.run, ["umount", "--lazy", str(words[-1])], check=True)
        draw(top / "card" / "a.png", "cat", shade=2)
        draw(top / "c.png", "dog", shade=3)
        before = tree(top)
        words = ["sort", str(top), "--yes", "--model", str(colour_bundle.folder), "--json"]
        report = printed(CliRunner().invoke(app, words).stdout)
        assert report.summary["sorted"] == 3
        (twice,) = report.problems
        assert "no longer there" in twice["error"]
        after = {"cat/card/a.png", "cat/again/b.png", "dog/c.png"}
        assert set(tree(top)) == after
        assert sorted({*tree(top).values()}) == sorted({*before.values()})
        assert CliRunner().invoke(app, ["undo"]).exit_code == 0
        assert tree(top) == before
