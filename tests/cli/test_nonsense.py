"""Any invalid value of an option, argument or setting is answered by a sentence."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from catdog_sorter import settings
from catdog_sorter.cli import app
from catdog_sorter.errors import UsageError
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw

NONSENSE = (
    *("nan", "inf", "-1", "0", "1e400", "9" * 20, "", "a\0b", "x" * 300, "x/" * 3000, "\udc80"),
    *("..", "-", "[", "*", "{", "\n", "cat=\0", "cat=" + "x" * 300, "cat=/etc", "/dev/null"),
    *("~", "http://[:::", "/nowhere/at/all"),
)
# These start something that goes on, or train; their own options are tried by their own tests.
LONG = ("gui", "serve", "watch", "retrain", "compare", "doctor")
ARGUMENTS = {"sort": ["p"], "classify": ["p"], "evaluate": ["p"], "prepare": ["p", "made"]}


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not hasattr(command, "list_commands"):
        yield words, command
        return
    context = command.make_context("x", [], resilient_parsing=True)
    for name in command.list_commands(context):
        if words or name not in LONG:
            yield from commands(command.get_command(context, name), (*words, name))


def lines(words: tuple[str, ...], command: Any, value: str) -> Iterator[list[str]]:
    """Command lines in which one option or argument is `value`."""
    given = ARGUMENTS.get(words[0], [])
    for param in command.params:
        if param.param_type_name == "argument":
            yield [*words, "--", value, *given[1:]]
        elif not param.is_flag:
            yield [*words, f"{max(param.opts, key=len)}={value}", *given]


TRIED = [words for words, command in commands(get_command(app)) if any(lines(words, command, ""))]


@pytest.mark.parametrize("words", TRIED, ids=" ".join)
def test_nonsense_is_answered_by_a_sentence(
    words: tuple[str, ...], tmp_path: Path, colour_bundle: ModelBundle, monkeypatch
) -> None:
    draw(tmp_path / "p" / "a.png", "cat")
    monkeypatch.chdir(tmp_path)
    command = dict(commands(get_command(app)))[words]
    own = [name for param in command.params for name in param.opts]
    model = ["--model", str(colour_bundle.folder)] if "--model" in own else []
    dry = ["--dry-run"] if "--dry-run" in own else []
    for value in NONSENSE:
        for line in lines(words, command, value):
            more = model if not any(word.startswith("--model") for word in line) else []
            at = len(words)
            line[at:at] = [*more, *dry]
            result = CliRunner().invoke(app, line)
            assert isinstance(result.exception, SystemExit | None), (line, result.exception)
            assert result.exit_code in (0, 1, 2, 3), line
            assert result.exit_code == 0 or result.stderr.strip(), line
    assert (tmp_path / "p" / "a.png").exists()


@pytest.mark.parametrize("key", settings.KEYS)
@pytest.mark.parametrize(
    "value", ["nan", "inf", '"\\u0000"', '""', "[]", "{}", "1979-05-27", "-1", "true", '"x"']
)
def test_nonsense_in_a_file_of_settings_is_answered_by_a_sentence(
    key: str, value: str, tmp_path: Path, colour_bundle: ModelBundle, home: Path
) -> None:
    draw(tmp_path / "a.png", "neither")
    file = Path(os.environ["CATDOG_SORTER_HOME"]) / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{key} = {value}\n")
    try:
        settings.user_settings()
        is_good = True
    except UsageError as error:
        is_good = False
        assert "config.toml" in str(error)
    result = CliRunner().invoke(
        app, ["classify", "--model", str(colour_bundle.folder), str(tmp_path / "a.png")]
    )
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == 2 if not is_good else result.exit_code in (0, 1, 2, 3)
