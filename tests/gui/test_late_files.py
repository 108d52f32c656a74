"""Files that arrive after their photo was sorted, in the real window."""

from pathlib import Path

from PySide6.QtCore import Qt

from catdog_sorter.gui.dialogs.plan import PlanDialog
from catdog_sorter.gui.window import Window
from tests.support.colours import tree
from tests.support.windows import WAIT_MS, drop, idle, planned


def sort_all(qtbot, window: Window, folder: Path) -> None:
    drop(window, folder)
    idle(qtbot, window)
    qtbot.mouseClick(planned(qtbot, window).go, Qt.MouseButton.LeftButton)
    idle(qtbot, window)


def test_they_follow_their_photo_by_the_plan_and_are_restored(
    qtbot, window: Window, open_window, pictures: Path
) -> None:
    sort_all(qtbot, window, pictures)
    (pictures / "a.png.xmp").write_text("a late sidecar")
    (pictures / "other.xmp").write_text("of no photo")
    before = tree(pictures)
    later = open_window()
    drop(later, pictures)
    idle(qtbot, later)
    assert "arrived after their photos were sorted: 1 file" in later.banner.text.text()
    qtbot.mouseClick(later.banner.action, Qt.MouseButton.LeftButton)
    dialog = later.findChild(PlanDialog)
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=WAIT_MS)
    assert dialog.go.text() == "Move 1 file"
    qtbot.mouseClick(dialog.with_late, Qt.MouseButton.LeftButton)
    assert not dialog.go.isEnabled()
    qtbot.mouseClick(dialog.with_late, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    idle(qtbot, later)
    assert (pictures / "cat" / "a.png.xmp").read_text() == "a late sidecar"
    assert (pictures / "other.xmp").exists()
    assert later.banner.text.text() == "Moved to photos that were sorted earlier: 1 file."
    later.undo()
    idle(qtbot, later)
    assert tree(pictures) == before


def test_one_whose_photo_was_changed_stays_and_is_named(
    qtbot, window: Window, pictures: Path
) -> None:
    sort_all(qtbot, window, pictures)
    (pictures / "cat" / "a.png").write_bytes(b"another one")
    (pictures / "a.png.xmp").write_text("a late sidecar")
    window.forget_all()
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    assert dialog.with_late.isHidden()
    assert "a.png.xmp: its photo was sorted earlier" in dialog._totals.text()
    dialog.reject()
