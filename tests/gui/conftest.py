"""Windows for tests: offscreen, with the tiny model, and always closed without leaving a process.

Where Qt cannot start, these tests are skipped with the reason.
"""

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from catdog_sorter.bundle import ModelBundle
from conftest import COLOURS, QT_PROBLEM, draw

if TYPE_CHECKING:
    from catdog_sorter.gui.window import Window

WAIT_MS = 60_000
MANY = 120


class _Skipped(pytest.Module):
    def collect(self):
        pytest.skip(f"Qt cannot start here: {QT_PROBLEM}", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector):
    return _Skipped.from_parent(parent, path=module_path) if QT_PROBLEM else None


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """One photo of every kind, one below, one with a companion, one that cannot be read."""
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
    """Cats and dogs that differ, large enough that looking at them takes a while."""
    folder = tmp_path / "many"
    folder.mkdir()
    for label in ("cat", "dog"):
        file = io.BytesIO()
        Image.new("RGB", (1200, 900), COLOURS[label]).save(file, "PNG")
        for number in range(MANY // 2):
            (folder / f"{label}{number:03}.png").write_bytes(file.getvalue() + bytes([number]))
    return folder


@pytest.fixture
def open_window(qtbot, colour_bundle: ModelBundle) -> Iterator[Callable[[], "Window"]]:
    """Opens windows with the tiny model, and closes them after the test."""
    from catdog_sorter.gui.window import Window

    opened: list[Window] = []

    def open_one() -> Window:
        window = Window()
        window.choices = replace(window.choices, model=str(colour_bundle.folder))
        opened.append(window)
        window.show()
        return window

    yield open_one
    for window in opened:
        window.work.stop()
        qtbot.waitUntil(lambda window=window: not window.work.busy, timeout=WAIT_MS)
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[[], "Window"]) -> "Window":
    return open_window()


def idle(qtbot, window: "Window") -> None:
    """Wait until no job is under way."""
    qtbot.waitUntil(lambda: not window.work.busy, timeout=WAIT_MS)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
