from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app, cluster
from tests.support.colours import draw


@pytest.fixture
def classify(tmp_path: Path):
    photo = draw(tmp_path / "a.png", "cat")
    return lambda *words: CliRunner().invoke(app, ["classify", str(photo), *map(str, words)])


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--engine", "ray"], "Give a folder for them: --output FOLDER"),
        (["--engine", "ray", "-o", "x", "--device", "auto"], "--device cannot be used"),
        (["--engine", "ray", "-o", "x", "--format", "csv", "--backend", "tf"], "Leave them out"),
        (["--workers", "2"], "--workers cannot be used with --engine local"),
        (["s3://bucket/a.jpg"], "s3://bucket/a.jpg is a URL"),
    ],
)
def test_options_for_another_engine_are_refused(classify, words: list[str], advice: str) -> None:
    result = classify(*words)
    assert result.exit_code == 2
    assert advice in result.stderr


def test_a_setting_that_is_not_for_ray_is_passed_over(
    classify, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text('format = "csv"\nbackend = "torch"\n')
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    assert classify("--engine", "ray", "-o", tmp_path / "out").exit_code == 3


def test_without_the_extra_it_says_how_to_install_it(
    classify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    result = classify("--engine", "ray", "--output", tmp_path / "out")
    assert result.exit_code == 3
    assert "pip install 'catdog-sorter[ray]'" in result.stderr
    assert not (tmp_path / "out").exists()
