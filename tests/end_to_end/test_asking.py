"""Nothing moves unless the user agreed, on the terminal or with `--yes`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree

pty = pytest.importorskip("pty")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    draw(tmp_path / "photos" / "2020" / "a.png", "cat")
    draw(tmp_path / "photos" / "2021" / "b.png", "dog")
    return tmp_path / "photos"


def commands(photos: Path, bundle: ModelBundle) -> dict[str, list[str]]:
    model = ["--model", str(bundle.folder)]
    into = ["sort", str(photos), "--flat", "--into", str(photos.parent / "out"), *model]
    return {
        "sort": into,
        "copy": [
            "sort",
            str(photos),
            "--mode",
            "copy",
            "--into",
            str(photos.parent / "out"),
            *model,
        ],
        "tag": ["sort", str(photos), "--tag", *model],
        "json": [*into, "--json"],
        "watch": ["watch", str(photos), "--settle", "0.1", *model],
    }


@pytest.mark.parametrize("what", ["sort", "copy", "tag", "json", "watch"])
def test_without_a_terminal_it_is_refused(
    what: str, photos: Path, colour_bundle: ModelBundle
) -> None:
    before = tree(photos.parent)
    command = [sys.executable, "-m", "catdog_sorter", *commands(photos, colour_bundle)[what]]
    answer = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 2
    assert "Add --yes" in answer.stderr
    assert tree(photos.parent) == before


def on_a_terminal(command: list[str], reply: bytes, errors: Path) -> tuple[int, bytes]:
    """Run a command at a terminal, with stderr in a file: exit status, and what is shown."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT), 2)
        os.execv(sys.executable, [sys.executable, "-m", "catdog_sorter", *command])
    shown = b""
    is_answered = False
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
        if not is_answered and b"?" in shown:
            os.write(terminal, reply)
            is_answered = True
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


@pytest.mark.parametrize(("reply", "moves"), [(b"n\n", False), (b"y\n", True)])
@pytest.mark.parametrize("what", ["sort", "json"])
def test_the_question_goes_to_the_terminal_wherever_errors_go(
    what: str, reply: bytes, moves: bool, photos: Path, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    command = commands(photos, colour_bundle)[what]
    code, shown = on_a_terminal(command, reply, tmp_path / "errors")
    assert b"2 photos" in shown
    assert code == 0, (tmp_path / "errors").read_text()
    assert (photos.parent / "out" / "cat" / "a.png").exists() is moves
    assert (photos / "2020" / "a.png").exists() is not moves


@pytest.mark.parametrize(("reply", "goes_back"), [(b"n\n", False), (b"y\n", True)])
def test_undo_asks_on_a_terminal(
    reply: bytes, goes_back: bool, photos: Path, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    sort = [*commands(photos, colour_bundle)["sort"], "--yes"]
    command = [sys.executable, "-m", "catdog_sorter", *sort]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    code, shown = on_a_terminal(["undo"], reply, tmp_path / "errors")
    assert b"Undo run 1 of " in shown
    assert b"(2 files moved, in " in shown
    assert code == 0, (tmp_path / "errors").read_text()
    assert (photos / "2020" / "a.png").exists() is goes_back
    if not goes_back:
        code, shown = on_a_terminal(["undo", "--yes"], b"", tmp_path / "errors")
        assert (code, b"?" in shown) == (0, False)
        assert (photos / "2020" / "a.png").exists()
