"""The real command is killed in the middle of a sort; afterwards undo puts every byte back.

A new process with decoders for each kill; `tests/survival` kills far more often.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree

PHOTOS = 200
# 150 photos and 30 sidecars move, two points each, and the journal's own steps.
POINTS = (1, 106, 211, 316)

# Runs the command and dies at the n-th operation that changes the disk, before or after it.
_VICTIM = """
import os, signal, sqlite3, sys
from catdog_sorter.moving import journal, transfer

left = int(sys.argv.pop(1))

def deadly(function):
    def step(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return step

transfer.move_without_overwrite = deadly(transfer.move_without_overwrite)
for name in ("intend", "record_states", "begin", "close_run"):
    setattr(journal.Journal, name, deadly(getattr(journal.Journal, name)))
from catdog_sorter.cli import main
main()
"""


def plant(root: Path) -> None:
    for number in range(PHOTOS):
        path = root / f"trip {number % 3}" / f"{number:03}.png"
        draw(path, ("cat", "dog", "both", "neither")[number % 4], shade=number)
        if number % 5 == 0:
            path.with_suffix(".xmp").write_text(str(number))


def sort_until_killed(root: Path, bundle: ModelBundle, operations: int) -> int:
    words = ["sort", str(root), "--yes", "--model", str(bundle.folder), "--quiet"]
    return subprocess.run(
        [sys.executable, "-c", _VICTIM, str(operations), *words], check=False, capture_output=True
    ).returncode


def undo(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "catdog_sorter", "undo", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("operations", POINTS)
def test_undo_after_a_kill_restores_everything(
    operations: int, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    root = tmp_path / "photos"
    plant(root)
    before = tree(root)
    assert sort_until_killed(root, colour_bundle, operations) == -signal.SIGKILL
    killed = tree(root)
    assert sorted(killed.values()) == sorted(before.values())
    undone = undo()
    nothing_had_moved = "nothing to undo" in undone.stderr or "moved nothing" in undone.stderr
    assert undone.returncode == (2 if nothing_had_moved else 0), undone.stderr
    assert tree(root) == before
    assert not any((root / name).exists() for name in ("cat", "dog", "both"))


def test_sorting_again_after_a_kill_finishes_the_work(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    root, whole = tmp_path / "photos", tmp_path / "whole"
    plant(root)
    plant(whole)
    before = tree(root)
    assert sort_until_killed(whole, colour_bundle, 10**6) == 0
    assert sort_until_killed(root, colour_bundle, 200) == -signal.SIGKILL
    assert sort_until_killed(root, colour_bundle, 10**6) == 0
    assert tree(root) == tree(whole)
    assert undo().returncode == 0
    assert undo("2").returncode == 0
    assert tree(root) == before
    assert not any((root / name).exists() for name in ("cat", "dog", "both"))


def test_ctrl_c_stops_cleanly_and_can_be_undone(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    root = tmp_path / "photos"
    plant(root)
    before = tree(root)
    # Whoever runs the tests in the background has SIGINT ignored in all that they start.
    listening = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    victim = listening + _VICTIM.replace("signal.SIGKILL", "signal.SIGINT")
    words = ["sort", str(root), "--yes", "--model", str(colour_bundle.folder)]
    answer = subprocess.run(
        [sys.executable, "-c", victim, "120", *words],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert answer.returncode == 130, answer.stderr
    assert "Stopped after" in answer.stderr
    assert "To undo: catdog-sort undo 1" in answer.stderr
    assert tree(root) != before
    assert undo().returncode == 0
    assert tree(root) == before
