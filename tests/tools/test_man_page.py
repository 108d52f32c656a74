"""The man page has the help of the commands, and is valid for `man`'s own tools."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from catdog_sorter.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "catdog-sort.1"
ADVICE = "Run `python tools/man_page.py`."


def commands(group: Any, path: str = "catdog-sort") -> Iterator[tuple[str, Any]]:
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def plain(text: str) -> str:
    """The text of the man page, without roff's escapes."""
    return " ".join(text.replace("\\&", "").replace("\\-", "-").replace("\\e", "\\").split())


def test_it_has_every_command_and_option_with_its_help() -> None:
    sections = {}
    for part in PAGE.read_text(encoding="ascii").split("\n.SS ")[1:]:
        title, _, rest = part.partition("\n")
        sections[plain(title)] = plain(rest.partition("\n.SH ")[0])
    present = dict(commands(get_command(app)))
    assert sections.keys() == present.keys(), ADVICE
    for path, command in present.items():
        for parameter in command.params:
            is_option = parameter.param_type_name == "option"
            names = [*parameter.opts, *parameter.secondary_opts] if is_option else []
            for words in (*names, parameter.help):
                assert plain(words) in sections[path], f"{path} {words}: {ADVICE}"


@pytest.mark.parametrize("command", ["mandoc -Tlint -Wwarning", "groff -man -ww -Tutf8 -z"])
def test_the_tools_of_man_find_no_fault(command: str) -> None:
    program, *options = command.split()
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    answer = subprocess.run([program, *options, PAGE], capture_output=True, text=True, check=False)
    faults = (answer.stdout + answer.stderr).splitlines()
    assert [line for line in faults if "missing date" not in line] == []  # it has none on purpose
