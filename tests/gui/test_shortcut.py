import configparser
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.gui import shortcut


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setattr(shortcut.sys, "platform", "linux")
    return tmp_path / "share"


def test_the_menu_gets_an_entry_that_starts_and_an_icon(data: Path) -> None:
    result = CliRunner().invoke(app, ["gui", "--install-shortcut"])
    assert result.exit_code == 0, result.output
    entry = data / "applications" / "catdog-sorter.desktop"
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / "catdog-sorter.svg"
    assert result.stdout.splitlines() == [str(entry), str(icon)]
    assert icon.read_text().startswith("<svg")
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(entry)
    program, *_, files = shlex.split(parser["Desktop Entry"]["Exec"])
    assert Path(program.replace("%%", "%")).is_file()
    assert files == "%F"


def test_installing_twice_changes_nothing(data: Path) -> None:
    first = [file.read_bytes() for file in shortcut.install_shortcut()]
    assert [file.read_bytes() for file in shortcut.install_shortcut()] == first


def test_a_place_that_cannot_be_written_is_advice(data: Path) -> None:
    data.write_text("a file in the way")
    result = CliRunner().invoke(app, ["gui", "--install-shortcut"])
    assert result.exit_code == 2
    assert "Set XDG_DATA_HOME" in result.stderr


def test_the_error_on_other_systems_names_the_command_to_start(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortcut.sys, "platform", "darwin")
    result = CliRunner().invoke(app, ["gui", "--install-shortcut"])
    assert result.exit_code == 2
    assert "Start `catdog-sorter`" in result.stderr
    assert not data.exists()
