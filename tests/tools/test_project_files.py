"""Statements of CONTRIBUTING.md and the README on the project's tools."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import catdog_sorter

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def read(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


def test_there_is_one_version() -> None:
    version = PROJECT["project"]["version"]
    assert version == catdog_sorter.__version__
    assert f"## [{version}]" in read("CHANGELOG.md")


def test_every_session_that_contributors_are_told_of_exists() -> None:
    sessions = {
        node.name
        for node in ast.parse(read("noxfile.py")).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    }
    pages = [read(name) for name in ("CONTRIBUTING.md", "docs/releasing.md", ".ci/run")]
    named = {name for page in pages for name in re.findall(r"nox -(?:s|-session) ([a-z]+)", page)}
    assert {"test", "lint", "docs", "bench", "screenshots"} <= sessions
    assert named <= sessions


def test_tools_for_development_are_in_no_extra() -> None:
    assert PROJECT["dependency-groups"].keys() == {"test", "lint", "docs", "package", "dev"}
    extras = str(PROJECT["project"]["optional-dependencies"])
    assert "pytest" not in extras and "ruff" not in extras


def test_the_tests_run_on_every_python_that_the_package_names() -> None:
    prefix = "Programming Language :: Python :: 3."
    named = {line.removeprefix(prefix) for line in PROJECT["project"]["classifiers"]}
    workflow = re.search(r"python: \[(.*)\]", read(".github/workflows/tests.yml"))
    assert workflow
    tried = {version.strip(' "').removeprefix("3.") for version in workflow[1].split(",")}
    assert tried == {minor for minor in named if minor.isdigit()}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_hooks_find_their_tools_in_an_environment_that_is_not_active(tmp_path: Path) -> None:
    entries = re.findall(r"entry: (\S+)", read(".pre-commit-config.yaml"))
    assert set(entries) == {"tools/in_environment.sh"}
    tool = tmp_path / ".venv" / "bin" / "some-tool"
    tool.parent.mkdir(parents=True)
    tool.write_text('#!/bin/sh\necho "ran with $1"\n')
    tool.chmod(0o755)
    inactive = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    command = [TOP / "tools" / "in_environment.sh", "some-tool", "an argument"]
    ran = subprocess.run(
        command, cwd=tmp_path, env=inactive, check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout) == (0, "ran with an argument\n")
