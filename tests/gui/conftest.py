"""Windows for tests: offscreen, with the tiny model, and always closed without leaving a process.

If Qt cannot start, these tests are skipped with the reason.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw
from tests.support.qt import QT_PROBLEM

if not QT_PROBLEM:
    from tests.support.windows import MANY, WAIT_MS

if TYPE_CHECKING:
    from catdog_sorter.gui.window import Window

# The other process, but that looking comes to no end: a result is told again and again for as
# long as a file is there.
_ENDLESS = """
import os, sys, time
from catdog_sorter.classification import pipeline
from catdog_sorter.gui.worker import loop

mark = sys.argv.pop()
classify = pipeline.classify

def classify_without_end(*given, **options):
    for number, result in enumerate(classify(*given, **options)):
        yield result
        while number == 5 and os.path.exists(mark):
            time.sleep(0.02)
            yield result

pipeline.classify = classify_without_end
loop.main()
"""

# The other process, but that moving a photo takes as long as on a slow drive.
_SLOW_MOVES = """
import time
from catdog_sorter.moving import executor
from catdog_sorter.gui.worker import loop

apply = executor.apply

def apply_slowly(*given, **options):
    for outcome in apply(*given, **options):
        yield outcome
        time.sleep(0.1)

executor.apply = apply_slowly
loop.main()
"""


class _Skipped(pytest.Module):
    def collect(self):
        pytest.skip(f"Qt cannot start here: {QT_PROBLEM}", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector):
    return _Skipped.from_parent(parent, path=module_path) if QT_PROBLEM else None


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A photo of each label, one in a sub-folder, one with a companion, one that is unreadable."""
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    (folder / "a.xmp").write_text("a's sidecar")
    draw(folder / "b.png", "dog")
    draw(folder / "deep" / "c.png", "both")
    draw(folder / "d.png", "neither")
    draw(folder / "e.png", "unsure")
    (folder / "f.jpg").write_text("no picture")
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Cats and dogs, no two alike."""
    for number in range(MANY):
        draw(tmp_path / "many" / f"{number:03}.png", ("cat", "dog")[number % 2], shade=number)
    return tmp_path / "many"


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Classifying hangs after some results until this file is removed."""
    mark = tmp_path / "endless"
    mark.touch()
    command = (sys.executable, "-c", _ENDLESS, str(mark))
    monkeypatch.setattr("catdog_sorter.gui.worker.client._COMMAND", command)
    return mark


@pytest.fixture
def slow_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Move photos so slowly that a sort can be stopped, even on a busy computer."""
    command = (sys.executable, "-c", _SLOW_MOVES)
    monkeypatch.setattr("catdog_sorter.gui.worker.client._COMMAND", command)


@pytest.fixture
def open_window(qtbot, colour_bundle: ModelBundle) -> Iterator[Callable[[], "Window"]]:
    """Opens windows with the tiny model, and closes them after the test."""
    from catdog_sorter.gui.window import Window

    opened: list[Window] = []

    def open_one() -> Window:
        window = Window()
        window.preferences = replace(window.preferences, model=str(colour_bundle.folder))
        opened.append(window)
        window.show()
        return window

    yield open_one
    for window in opened:
        window.jobs.stop()
        qtbot.waitUntil(lambda window=window: not window.jobs.busy, timeout=WAIT_MS)
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[[], "Window"]) -> "Window":
    return open_window()
