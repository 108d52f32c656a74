import subprocess
import sys

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.gui.start import qt_problem


def test_without_qt_the_advice_is_to_install_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6", None)
    result = CliRunner().invoke(app, ["gui"])
    assert result.exit_code == 3
    assert "pip install 'catdog-sorter[gui]'" in result.stderr


def test_the_release_that_aborts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        __version__ = "6.12.0"
        __version_info__ = (6, 12, 0)

    monkeypatch.setitem(sys.modules, "PySide6", Broken)
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    assert "pip install 'PySide6-Essentials<6.12'" in (qt_problem() or "")


def test_the_window_is_opened_in_the_language_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = []
    monkeypatch.setattr("catdog_sorter.gui.start.open_window", lambda *given: opened.append(given))
    for words in (["gui", "--language", "de_AT"], ["gui"]):
        CliRunner().invoke(app, words)
    assert opened == [([], "de"), ([], None)]


def test_the_other_process_loads_no_qt() -> None:
    code = (
        "import sys, catdog_sorter.gui.worker.loop, catdog_sorter.gui.worker.handlers, "
        "catdog_sorter.gui.shortcut\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'torch'))])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"
