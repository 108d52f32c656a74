import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.cli.watch import unit
from catdog_sorter.errors import UsageError
from catdog_sorter.storage.locations import HOME_VARIABLE


def lines(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def test_the_unit_runs_these_very_words_in_this_folder() -> None:
    found = lines(unit(["watch", 'a "b" \\ $c 100%', "--flat"], Path("/my photos 5%"), None))
    python = f'"{sys.executable}" "-P" "-m" "catdog_sorter"'
    assert found["ExecStart"] == f'{python} "watch" "a \\"b\\" \\\\ $$c 100%%" "--flat"'
    assert found["WorkingDirectory"] == "/my photos 5%%"
    assert "Environment" not in found
    assert lines(unit([], Path("/"), Path("/h o")))["Environment"] == f'"{HOME_VARIABLE}=/h o"'
    with pytest.raises(UsageError, match=r"cannot be given the name a\\nb"):
        unit(["a\nb"], Path("/"), None)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "catdog-sort-watch.service"
    file.write_text(unit(["watch", 'in "box" $x 100%', "--flat"], tmp_path, Path("/my home")))
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--user", file],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_only_a_folder_can_be_watched(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    result = CliRunner().invoke(app, ["watch", str(tmp_path / "a.jpg")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Give the folder to watch." in result.stderr
