"""The site contains every command and public name, and links between its pages."""

import re
import runpy
import tomllib
from html import unescape
from pathlib import Path

import pytest
from typer.main import get_command

import catdog_sorter
from catdog_sorter.cli import app

TOP = Path(__file__).parents[2]


def test_the_reference_of_the_command_line_has_every_command_and_option() -> None:
    script = runpy.run_path(str(TOP / "tools" / "cli_reference.py"))
    page = script["page"]()
    command = get_command(app)
    context = command.make_context("catdog-sort", [], resilient_parsing=True)
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    for path, each, _ in script["commands"](command, context):
        for parameter in each.params:
            if parameter.param_type_name == "option":
                assert all(name in sections[path] for name in parameter.opts)


def test_choices_in_a_table_of_options_are_shown_without_backslashes() -> None:
    markdown = pytest.importorskip("markdown")
    page = runpy.run_path(str(TOP / "tools" / "cli_reference.py"))["page"]()
    shown = unescape(markdown.markdown(page, extensions=["tables"]))
    cell = "<td><code>--log-level &lt;debug&#124;info&#124;warning&#124;error&gt;</code></td>"
    assert unescape(cell) in shown
    assert "\\|" not in shown
    assert "write <code>./retrain</code>, or put it after <code>--</code>: " in shown


def test_the_reference_of_the_library_has_every_public_name() -> None:
    page = (TOP / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    names = re.findall(r"^::: catdog_sorter\.[\w.]+\.(\w+)$", page, re.M)
    assert sorted(names) == sorted(catdog_sorter.__all__)


@pytest.fixture(scope="module")
def site():
    pytest.importorskip("mkdocs")
    return runpy.run_path(str(TOP / "tools" / "docs_site.py"))


def test_only_pyproject_names_the_address_of_the_project(site) -> None:
    urls = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    address = urls["Homepage"]
    assert all(url.startswith(address) for url in urls.values())
    assert site["on_config"]({})["repo_url"] == address
    others = [*TOP.glob("*.md"), TOP / "mkdocs.yml", *(TOP / "docs").rglob("*.md")]
    named = [path.name for path in others if address in path.read_text("utf-8")]
    assert named == ["releasing.md"]


@pytest.fixture(scope="module")
def link(site):
    pattern, one = site["_LINK"], site["_link"]

    def link(text: str, source: str, page: str) -> str:
        return pattern.sub(lambda match: one(match, source, page, "https://example.org"), text)

    return link


class TestLinks:
    def test_a_page_outside_of_docs_is_found_on_the_site(self, link) -> None:
        text = "[how](../CONTRIBUTING.md#set-up)"
        expected = "[how](project/contributing.md#set-up)"
        assert link(text, "docs/undo.md", "undo.md") == expected
        assert (
            link("[a](docs/undo.md)", "CHANGELOG.md", "project/changelog.md") == "[a](../undo.md)"
        )

    def test_a_file_of_the_code_is_shown_in_the_repository(self, link) -> None:
        text = "[a](../src/catdog_sorter/cli/sort.py), [b](../tests)"
        expected = (
            "[a](https://example.org/blob/main/src/catdog_sorter/cli/sort.py), "
            "[b](https://example.org/tree/main/tests)"
        )
        assert link(text, "docs/undo.md", "undo.md") == expected

    def test_a_file_that_is_not_there_is_a_fault(self, link, caplog) -> None:
        link("[a](../nowhere.py)", "docs/undo.md", "undo.md")
        assert "docs/undo.md links to nowhere.py" in caplog.text
