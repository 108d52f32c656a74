"""Two windows on one folder at the same time: nothing is lost, and each says what it found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from catdog_sorter.classification.corrections import load_corrections
from catdog_sorter.gui.window import Window
from tests.support.colours import tree
from tests.support.windows import WAIT_MS, choose, drop, idle, planned

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def two(qtbot, open_window: Callable[[], Window], pictures: Path) -> tuple[Window, Window]:
    windows = open_window(), open_window()
    for window in windows:
        drop(window, pictures)
        idle(qtbot, window)
    return windows


def test_photos_that_the_other_window_has_sorted_stay_where_it_put_them(
    qtbot, two: tuple[Window, Window], pictures: Path
) -> None:
    before = tree(pictures)
    first, second = two
    late = planned(qtbot, second)
    qtbot.mouseClick(planned(qtbot, first).go, LEFT)
    idle(qtbot, first)
    after = tree(pictures)
    assert {"cat/a.png", "cat/a.xmp", "dog/b.png", "both/deep/c.png"} <= set(after)

    qtbot.mouseClick(late.go, LEFT)
    idle(qtbot, second)

    assert tree(pictures) == after
    text = second.banner.text.text()
    assert "3 photos could not be sorted" in text and "another program moved" in text
    qtbot.mouseClick(first.banner.action, LEFT)
    idle(qtbot, first)
    assert tree(pictures) == before


def test_only_one_window_moves_photos_at_a_time(
    qtbot, slow_moves: None, open_window: Callable[[], Window], many: Path
) -> None:
    names = sorted(path.name for path in many.iterdir())
    first, second = open_window(), open_window()
    for window in (first, second):
        drop(window, many)
        idle(qtbot, window)
    plans = planned(qtbot, first), planned(qtbot, second)
    qtbot.mouseClick(plans[0].go, LEFT)
    qtbot.waitUntil((many / "cat").is_dir, timeout=WAIT_MS)

    qtbot.mouseClick(plans[1].go, LEFT)
    qtbot.waitUntil(second.banner.isVisible, timeout=WAIT_MS)

    assert first.jobs.busy
    assert "moving photos right now" in second.banner.text.text()
    idle(qtbot, first)
    idle(qtbot, second)
    moved = sorted(path.name for label in ("cat", "dog") for path in (many / label).iterdir())
    assert moved == names


def stored(pictures: Path) -> str | None:
    """The correction of `a.png` that later runs count."""
    correction = load_corrections().of(pictures / "a.png")
    return correction and correction.label.value


def test_the_later_of_two_corrections_counts_in_both_windows(
    qtbot, two: tuple[Window, Window], pictures: Path, open_window: Callable[[], Window]
) -> None:
    first, second = two
    for window, key in ((first, Qt.Key.Key_D), (second, Qt.Key.Key_B)):
        choose(window, "a.png")
        qtbot.keyClick(window.grid, key)
        wanted = {Qt.Key.Key_D: "dog", Qt.Key.Key_B: "both"}[key]
        qtbot.waitUntil(lambda wanted=wanted: stored(pictures) == wanted, timeout=WAIT_MS)

    third = open_window()
    for window in (first, third):
        drop(window, pictures)
        idle(qtbot, window)

    kinds = [
        next(row.kind for row in window.model.rows if row.path.name == "a.png")
        for window in (first, second, third)
    ]
    assert kinds == ["both"] * 3
