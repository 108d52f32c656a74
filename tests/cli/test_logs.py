"""`--verbose` and `--log-level`, before or after the command's name."""

import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.cli.logs import number_of_words
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "catdog_sorter", *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_without_them_nothing_is_logged(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    draw(tmp_path / "a.png", "cat")
    answer = run("classify", tmp_path, "--model", colour_bundle.folder)
    assert answer.returncode == 0 and answer.stderr == ""


def test_verbose_names_the_model_and_the_decoders_and_leaves_stdout_alone(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    words = ("classify", tmp_path, "--model", colour_bundle.folder, "--json")
    plain, verbose = run(*words), run(*words, "--no-cache", "--verbose")
    assert verbose.stdout == plain.stdout
    assert f"INFO catdog_sorter.model.bundle: Verifying the model {colour_bundle.id}" in (
        verbose.stderr
    )
    assert "INFO catdog_sorter.decoding.pool: Started decoder" in verbose.stderr
    assert "DEBUG" not in verbose.stderr and str(photo) not in verbose.stderr


def test_debug_names_every_move(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    photo = draw(tmp_path / "photos" / "a.png", "cat")
    answer = run(
        *("--log-level", "debug", photo.parent, "--yes", "--model", colour_bundle.folder),
    )
    assert answer.returncode == 0
    target = photo.parent / "cat" / "a.png"
    assert f"DEBUG catdog_sorter.moving.executor: move: {photo} -> {target}" in answer.stderr


def test_a_name_in_a_log_line_does_not_drive_the_terminal(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "a\x1b[31m\n.png", "cat")
    answer = run("classify", tmp_path, "--model", colour_bundle.folder, "--log-level=debug")
    assert "a\x1b" not in answer.stderr
    assert r"a\x1b[31m\n.png" in answer.stderr


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (["-v", "undo"], 1),
        (["--log-level", "debug", "--verbose", "photos"], 3),
        (["--log-level=info"], 1),
        (["--log-level"], 1),
        (["sort", "-v"], 0),
        ([], 0),
    ],
)
def test_the_command_is_found_behind_them(words: list[str], number: int) -> None:
    assert number_of_words(words) == number


def test_an_unknown_level_is_invalid_usage() -> None:
    answer = run("history", "--log-level", "loud")
    assert answer.returncode == 2 and "loud" in answer.stderr
