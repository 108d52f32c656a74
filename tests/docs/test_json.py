"""The fields that docs/reference/json.md shows are those that the commands print."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```sh\n(.*?)\n```\n+```json\n(.*?)\n```$", PAGE, re.M | re.S)


def shape(line: Any) -> Any:
    """Names of the fields, and those of objects in them."""
    if not isinstance(line, dict):
        return None
    return {key: shape(value) for key, value in line.items()}


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`~/Pictures` of the page: a cat, a rocket, and a file that is no photo."""
    folder = tmp_path / "Pictures"
    folder.mkdir()
    for name in ("wool.jpg", "launch.jpg"):
        shutil.copy(TOP / "examples" / "photos" / name, folder)
    (folder / "broken.jpg").write_text("no picture")
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


def test_every_command_prints_the_fields_that_the_page_shows(pictures: Path) -> None:
    assert len(EXAMPLES) >= 7
    for command, shown in EXAMPLES:
        words = shlex.split(command.replace("~", str(pictures.parent)))[1:]
        result = CliRunner().invoke(app, words)
        assert result.exit_code in (0, 1), result.output
        printed = [shape(json.loads(line)) for line in result.stdout.splitlines()]
        for line in shown.splitlines():
            assert shape(json.loads(line)) in printed, command
