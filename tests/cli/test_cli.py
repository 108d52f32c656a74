"""The command as a whole: its arguments, the modules it imports, its exit codes."""

import inspect
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from catdog_sorter import __version__, cli
from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw
from tests.support.extras import needs_torch

run = CliRunner().invoke


def test_version() -> None:
    result = run(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"catdog-sort {__version__}\n")


def test_help_names_every_command_and_the_way_round_a_clash_of_names() -> None:
    result = run(app, ["--help"])
    assert result.exit_code == 0
    for command in (
        "sort",
        "classify",
        "undo",
        "history",
        "retrain",
        "evaluate",
        "doctor",
        "prepare",
        "models",
        "cache",
        "corrections",
        "compare",
        "config",
        "watch",
        "report",
        "serve",
    ):
        assert f"\n  {command} " in result.stdout
    assert "./retrain" in result.stdout


def test_help_lists_each_command_by_the_first_line_of_its_own_help() -> None:
    group: Any = typer.main.get_command(app)
    own = {
        name: inspect.cleandoc(group.get_command(None, name).help).partition("\n\n")[0]
        for name in cli._COMMANDS
    }
    assert {name: line.replace("\n", " ") for name, line in own.items()} == cli._COMMANDS


def help_pages(group: Any, words: tuple[str, ...] = ()) -> Iterator[str]:
    """The help of every command, in a terminal of 80 columns without colours."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        plain = {"COLUMNS": "80", "NO_COLOR": "1"}
        yield run(app, [*words, name, "--help"], env=plain).stdout
        if hasattr(command, "commands"):
            yield from help_pages(command, (*words, name))


def test_help_names_values_and_arguments_in_plain_words_and_cuts_no_sentence() -> None:
    pages = list(help_pages(typer.main.get_command(app)))
    assert len(pages) > 30
    for page in pages:
        usage = page.partition("\n")[0]
        assert "{" not in usage, usage
        assert not re.search(r"<(?:int|float|str|text|path)\b", page), page
        assert not re.search(r"^  \w+ .*\.\.\.$", page, re.M), page
        assert max(map(len, page.splitlines())) <= 80 or "--arch" in page, page


def test_help_loads_no_command() -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from catdog_sorter.cli import app\n"
        "CliRunner().invoke(app, ['--help'])\n"
        "print('catdog_sorter.cli.sort' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from catdog_sorter.cli import app\n"
        "for words in (['--help'], ['sort', '--help'], ['retrain', '--help'], ['--version'],\n"
        "              ['gui', '--help'], ['watch', '--help'], ['config', '--help'],\n"
        "              ['classify', '--help'], ['serve', '--help']):\n"
        "    assert CliRunner().invoke(app, words).exit_code == 0\n"
        "heavy = {'torch', 'tensorflow', 'onnxruntime', 'PySide6', 'numpy', 'PIL', 'sqlite3',\n"
        "         'watchdog', 'psutil', 'tomlkit', 'ray', 'pyarrow', 'fastapi', 'uvicorn',\n"
        "         'prometheus_client'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"


def test_one_verdict_loads_nothing_of_moving(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    draw(tmp_path / "a.png", "cat")
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from catdog_sorter.cli import app\n"
        "assert CliRunner().invoke(app, ['classify', *sys.argv[1:]]).exit_code == 0\n"
        "spared = {'mover', 'transfer', 'journal', 'plan', 'archive', 'training', 'cli.sort',\n"
        "          'cli.retrain'}\n"
        "print(sorted(name for name in spared if f'catdog_sorter.{name}' in sys.modules))\n"
        "print(sorted({'torch', 'tensorflow', 'pi_heif', 'filelock'} & set(sys.modules)))"
    )
    words = [str(tmp_path / "a.png"), "--model", str(colour_bundle.folder)]
    answer = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n[]\n"


@pytest.mark.parametrize(
    "words",
    [["pictures"], ["--dry-run", "pictures"], ["sort", "pictures"], ["--", "pictures"]],
)
def test_a_path_alone_means_sort(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "pictures" / "a.png", "cat")
    monkeypatch.chdir(tmp_path)
    model = ["--yes", "--model", str(colour_bundle.folder)]
    words = [*model, *words] if "sort" not in words else [words[0], *model, *words[1:]]
    result = run(app, words)
    assert result.exit_code == 0, result.output
    assert "1 photo" in result.stdout
    assert (tmp_path / "pictures" / "cat" / "a.png").exists() is ("--dry-run" not in words)


@pytest.mark.parametrize("words", [["./history"], ["--", "history"]])
def test_a_folder_named_like_a_command_can_be_reached(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "history" / "a.png", "dog")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("catdog_sorter.model.registry.DEFAULT_MODEL", str(colour_bundle.folder))
    monkeypatch.setattr(
        "catdog_sorter.classification.warm_start.find_bundle", lambda name: colour_bundle.folder
    )
    assert run(app, ["--yes", *words]).exit_code == 0
    assert (tmp_path / "history" / "dog" / "a.png").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "nowhere does not exist."),
        (["classify", "nowhere"], "nowhere does not exist."),
        ([".", "--model", "nonsense"], "There is no model nonsense."),
        ([".", "--threshold", "2"], "Invalid value for '--threshold'"),
        ([".", "--mode", "teleport"], "teleport"),
        ([".", "--folder", "horse=Horses"], "Write LABEL=NAME"),
        ([".", "--folder", "cat"], "Write LABEL=NAME"),
        ([".", "--folder", "cat=../up"], "not a valid folder name"),
        ([".", "--folder", "cat=/etc"], "not a valid folder name"),
        (["undo"], "nothing to undo"),
        (["undo", "77"], "no run 77"),
        (["evaluate", "nowhere"], "nowhere does not exist"),
        (["compare", ".", "--recipes", "magic"], "There is no recipe magic"),
        (["compare", ".", "--backends", "jax"], "There is no backend jax"),
        (["compare", ".", "--recipes", ","], "Name at least one recipe"),
        (["prepare", "nowhere", "out"], "nowhere does not exist"),
        (["models", "use", "nothing"], "nothing"),
    ],
)
def test_a_bad_request_gets_a_sentence_and_code_2(
    words: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _assert_refused(words, sentence)


@needs_torch
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["retrain", "nowhere", "--init", "random"], "nowhere does not exist"),
        (["retrain", ".", "--recipe", "magic"], "There is no recipe magic"),
        (["retrain", ".", "--init", "nofile"], "There are no initial weights nofile"),
        (["retrain", ".", "--init", "random", "--name", "../x"], "not a name for a model"),
        (["retrain", ".", "--arch", "cnn", "--init", "bundled"], "which does not fit cnn"),
        (
            ["retrain", ".", "--arch", "mobilenetv2_regions", "--teacher", __file__],
            "The recipe finetune does not distil",
        ),
        (["retrain", ".", "--image-size", "100"], "not a multiple of 32. Use 96"),
        (["retrain", ".", "--use", "--output", "x"], "cannot be combined with --output"),
        (["retrain", "."], "Three layouts are supported"),
        (["retrain"], "There is no folder ./data, and no photos have been sorted yet"),
        (["compare", "nowhere", "--backends", "torch"], "nowhere does not exist"),
    ],
)
def test_a_bad_request_for_a_training_gets_a_sentence_and_code_2(
    words: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _assert_refused(words, sentence)


def _assert_refused(words: list[str], sentence: str) -> None:
    result = run(app, words)
    assert result.exit_code == 2, result.output
    assert sentence in result.stderr.replace("\n", " ")
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_no_arguments_show_the_help() -> None:
    result = run(app, [])
    assert "Commands:" in result.output


def test_python_m_is_the_command(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == f"catdog-sort {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_can_be_shown(shell: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", "--show-completion", shell],
        capture_output=True,
        text=True,
        env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert "catdog-sort" in answer.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("format_", ["table", "jsonl"])
def test_an_answer_that_finds_no_room_ends_with_a_sentence(
    tmp_path: Path, colour_bundle: ModelBundle, format_: str
) -> None:
    draw(tmp_path / "a.png", "cat")
    words = ["classify", str(tmp_path), "--model", str(colour_bundle.folder), "--format", format_]
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "catdog_sorter", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 3
    assert "could not be written in full (No space left on device)" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes its output")
def test_without_an_output_the_work_is_done_all_the_same(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    words = ["sort", str(tmp_path), "--yes", "--model", str(colour_bundle.folder), "--json"]
    command = shlex.join([sys.executable, "-m", "catdog_sorter", *words])
    result = subprocess.run(f"{command} >&- 2>&-", shell=True, check=False)
    assert result.returncode == 0
    assert (tmp_path / "cat" / photo.name).exists()
