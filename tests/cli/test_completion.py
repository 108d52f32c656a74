"""Completion in real shells, with the script that the command prints for each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Each is sourced with the script in $1, and prints what may follow the words in $2.
_ASK = {
    "bash": """
        source "$1"
        COMP_WORDS=($2) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _catdog_sort_completion catdog-sort
        printf '%s\\n' "${COMPREPLY[@]}"
    """,
    # Without a terminal: what its completion functions would be given is printed.
    "zsh": """
        compdef() { :; }
        _files() { print -l "files"; }
        _arguments() { print -rl -- ${(f)1}; }
        source "$1"
        words=(${=2}) CURRENT=$#words
        _catdog_sort_completion
    """,
    "fish": """
        source $argv[1]
        complete -C $argv[2]
    """,
}


@pytest.fixture(params=_ASK)
def complete(request: pytest.FixtureRequest, tmp_path: Path):
    """Ask a shell for completions; returns them with their descriptions."""
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    program = tmp_path / "bin" / "catdog-sort"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable} -P\nfrom catdog_sorter.__main__ import main\nmain()\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(tmp_path)}
    script, ask = tmp_path / "completion", tmp_path / "ask"
    ask.write_text(_ASK[shell], encoding="utf-8")

    def run(*command: object, **more: str) -> str:
        done = subprocess.run(
            [*map(str, command)],
            env=environment | more,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    script.write_text(run(program, _CATDOG_SORT_COMPLETE=f"source_{shell}"), encoding="utf-8")
    return lambda line: run(shell, ask, script, line)


@pytest.mark.parametrize(
    ("line", "offered", "not_offered"),
    [
        ("catdog-sort cla", "classify", "sort"),
        ("catdog-sort Pictures --mo", "--mode", "--into"),  # short for `catdog-sort sort`
    ],
)
def test_a_shell_offers_commands_and_options(
    complete, line: str, offered: str, not_offered: str
) -> None:
    answer = complete(line)
    assert offered in answer
    assert not_offered not in answer
