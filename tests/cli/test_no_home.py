"""A user without a home folder, as in a container, gets advice and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.errors import EXIT_ENVIRONMENT
from catdog_sorter.storage.locations import HOME_VARIABLE, journal_file
from tests.support.colours import draw

# What Python finds for a user number that the system does not know.
_AS_UNKNOWN_USER = """
import pwd, sys
def unknown(number):
    raise KeyError(number)
pwd.getpwuid = unknown
from catdog_sorter.__main__ import main
main()
"""
_PLACES = ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows every user's folder")


def _ended(words: str, folder: Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    draw(folder / "p" / "a.png", "cat")
    env = {name: value for name, value in os.environ.items() if name not in _PLACES}
    env.pop(HOME_VARIABLE)
    if home:
        env[HOME_VARIABLE] = str(home)
    command = [sys.executable, "-c", _AS_UNKNOWN_USER, *words.split()]
    return subprocess.run(command, check=False, env=env, cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize(
    "words",
    [
        *("classify p", "sort p --yes", "sort p --no-config --no-cache --yes", "watch p --yes"),
        *("undo", "history", "report", "models list", "cache info", "config show", "doctor"),
        *("serve --no-config", "gui", "gui --install-shortcut"),
    ],
)
def test_every_command_gives_advice(words: str, tmp_path: Path) -> None:
    ended = _ended(words, tmp_path)
    told = ended.stdout + ended.stderr
    assert (ended.returncode, "Traceback" in told) == (EXIT_ENVIRONMENT, False)
    if (name := words.split(maxsplit=1)[0]) in ("serve", "gui") and "not installed" in told:
        pytest.skip(f"needs the extra `{name}`")
    assert f"Set HOME or {HOME_VARIABLE} to a folder that lasts" in " ".join(told.split())
    assert not (tmp_path / "~").exists() and (tmp_path / "p" / "a.png").exists()


def test_the_folder_that_the_advice_names_is_enough(tmp_path: Path) -> None:
    ended = _ended("history", tmp_path, home=tmp_path / "lasting")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_tilde_in_the_settings_gives_advice_too(tmp_path: Path) -> None:
    lasting = tmp_path / "lasting"
    lasting.mkdir()
    (lasting / "config.toml").write_text('into = "~/Sorted"\n')
    ended = _ended("classify p", tmp_path, home=lasting)
    assert (ended.returncode, "Traceback" in ended.stderr) == (EXIT_ENVIRONMENT, False)


def test_a_chosen_folder_is_the_same_wherever_a_command_starts(tmp_path: Path) -> None:
    ended = _ended("history", tmp_path, home=Path("state"))
    assert (ended.returncode, "Traceback" in ended.stderr) == (EXIT_ENVIRONMENT, False)
    assert f"{HOME_VARIABLE} is the relative path 'state'" in ended.stderr
    assert not (tmp_path / "state").exists()


def test_a_tilde_in_the_chosen_folder_is_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(HOME_VARIABLE, "~/state")
    assert journal_file() == tmp_path / "state" / "journal.sqlite3"
