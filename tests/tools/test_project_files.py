"""Statements of CONTRIBUTING.md and the README on the project's tools."""

import ast
import re
import tomllib
from pathlib import Path

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
