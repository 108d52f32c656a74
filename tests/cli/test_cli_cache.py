"""The cache can be described and emptied."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw

run = CliRunner().invoke


def answers() -> int:
    told = json.loads(run(app, ["cache", "info", "--json"]).stdout)
    assert told["size_bytes"] > 0 or told["answers"] == 0
    return int(told["answers"])


def test_info_counts_what_a_run_left_and_clear_forgets_it(
    tmp_path: Path, colour_bundle: ModelBundle, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    for number in range(3):
        draw(tmp_path / f"{number}.png", "cat")
    (tmp_path / "broken.jpg").write_text("no picture")
    assert answers() == 0
    run(app, ["classify", "--model", str(colour_bundle.folder), str(tmp_path)])
    assert answers() == 3
    result = run(app, ["cache", "info"])
    assert str(home) in result.stdout and "3 answers" in result.stdout
    assert "Cache emptied" in run(app, ["cache", "clear"]).stderr
    assert answers() == 0


def test_a_damaged_cache_is_advice(home: Path) -> None:
    (home / "cache.sqlite3").write_bytes(b"x" * 10_000)
    result = run(app, ["cache", "info"])
    assert result.exit_code == 3
    assert "Run `catdog-sort cache clear`" in result.stderr
    assert run(app, ["cache", "clear", "--quiet"]).output == ""
    assert answers() == 0
