"""Accessibility of the window: small screens, the keyboard, screen readers."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QWidget

from catdog_sorter import design
from catdog_sorter.design import Theme
from catdog_sorter.gui.dialogs.corrections import CorrectionsDialog
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.dialogs.keys import KeysDialog
from catdog_sorter.gui.dialogs.learn import LearnDialog
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.dialogs.watch import WatchDialog
from catdog_sorter.gui.theme import apply
from catdog_sorter.gui.widgets import TickBox, fit_to_screen
from catdog_sorter.gui.window import Window
from tests.support.windows import WAIT_MS, drop, idle, planned

# In logical pixels; the last is what the frame and a bar leave of 1366 x 768 at 200 %.
SIZES = [(1366, 720), (800, 560), (683, 340)]


def cut_off(top: QWidget) -> list[str]:
    """The visible buttons and boxes that are cut off, or too narrow for their text."""
    whole = QRect(QPoint(0, 0), top.size())
    wrong = []
    for part in top.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QAbstractButton | QComboBox):
            continue
        if part.window() is not top or any(
            type(above).__name__ in ("QScrollArea", "QLineEdit") for above in parents(part)
        ):
            continue
        place = QRect(part.mapTo(top, QPoint(0, 0)), part.size())
        name = part.accessibleName() or part.objectName()
        if not whole.contains(place):
            wrong.append(f"{name} at {place} of {whole}")
        elif isinstance(part, QAbstractButton) and part.width() < part.minimumSizeHint().width():
            wrong.append(f"{name} is {part.width()} wide")
    return wrong


def parents(part: QWidget) -> list[QWidget]:
    above = part.parentWidget()
    return [] if above is None else [above, *parents(above)]


def test_every_button_is_whole_in_a_window_of_any_size(
    qtbot, window: Window, pictures: Path
) -> None:
    def resize(size: tuple[int, int]) -> None:
        window.resize(*size)
        QApplication.processEvents()
        assert window.size() == QSize(*size)
        assert cut_off(window) == [], size

    for size in SIZES:
        resize(size)
    drop(window, pictures)
    idle(qtbot, window)
    for size in SIZES:
        resize(size)
        assert window.grid.height() > 60
    for size in SIZES:
        window.close_review()
        window.banner.say("Something that takes a line or two, said " * 3, "An action", window.step)
        resize(size)
        window.open_review()
        assert window.banner.isHidden(), "it waits"
        resize(size)
        assert window.review.view.height() > 120
    window.close_review()
    assert window.banner.isVisible()


def test_no_dialog_is_larger_than_the_screen(
    qtbot, window: Window, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QScreen

    room = QSize(683, 340)
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: room)
    drop(window, pictures)
    idle(qtbot, window)
    plan = planned(qtbot, window)
    window.sorting.open_history()
    window.open_settings()
    window.open_learn()
    window.open_corrections()
    window.actions_table.show_keys()
    window.open_watch()
    kinds = HistoryDialog, SettingsDialog, LearnDialog, CorrectionsDialog, KeysDialog, WatchDialog
    for dialog in (plan, *(window.findChild(kind) for kind in kinds)):
        QApplication.processEvents()
        assert dialog.height() <= room.height(), type(dialog)
        assert dialog.width() <= room.width(), type(dialog)
        assert cut_off(dialog) == []
        dialog.close()


def test_a_first_window_is_no_larger_than_the_screen(
    qtbot, monkeypatch: pytest.MonkeyPatch, open_window
) -> None:
    from PySide6.QtGui import QScreen

    room = QSize(800, 560)
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: room)
    window = open_window()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
    dialog = QDialog(window)
    fit_to_screen(dialog, 9_000, 9_000)
    assert dialog.width() <= room.width()


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_box_to_tick_stands_out_from_its_ground(qtbot, theme: Theme, is_ticked: bool) -> None:
    apply(theme)
    top = QWidget()
    qtbot.addWidget(top)
    box = TickBox("a choice", top)
    box.setChecked(is_ticked)
    top.show()
    image = top.grab().toImage()
    row = [image.pixelColor(x, box.height() // 2).name() for x in range(box.height())]
    assert max(design.contrast(colour, row[0]) for colour in row) >= 3
    apply(Theme.SYSTEM)


def test_pictures_of_the_history_never_cover_each_other(qtbot, window: Window, many: Path) -> None:
    drop(window, many)
    idle(qtbot, window)
    qtbot.mouseClick(planned(qtbot, window).go, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    window.thumbnails.set_side(400)  # so that none is there before the list is laid out
    window.sorting.open_history()
    pictures = window.findChild(HistoryDialog).pictures
    qtbot.waitUntil(
        lambda: pictures.count() and not pictures.item(0).icon().isNull(), timeout=WAIT_MS
    )
    places = [pictures.visualItemRect(pictures.item(n)) for n in range(pictures.count())]
    assert not any(one.intersects(other) for one, other in pairwise(places))


def spoken(part: QWidget) -> str:
    """The text of a screen reader for the widget: its label, name and value."""
    face = QAccessible.queryAccessibleInterface(part)
    labels = [
        label.text(QAccessible.Text.Name)
        for label, _ in face.relations(QAccessible.RelationFlag.Label)
    ]
    texts = [face.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)]
    return " ".join([*labels, *texts])


def test_boxes_and_the_status_are_read_with_what_they_are_about(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    assert "Order" in spoken(window.filters._order)
    assert "as found" in spoken(window.filters._order)
    assert "1 cat, 1 dog" in spoken(window.activity.words)
    assert "Certainty needed" in spoken(window.threshold.slider)
    dialog = planned(qtbot, window)
    assert "Move the photos" in spoken(dialog.mode)
    assert "What to do" in spoken(dialog.mode)
    assert "Where" in spoken(dialog.target)


def test_the_keyboard_focus_can_be_seen_in_grid_and_picture(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    window.grid.clearSelection()
    for part in (window.grid, window.preview.view, window.sort):
        window.filters.search.setFocus()
        QApplication.processEvents()
        without = part.grab().toImage()
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert part.hasFocus()
        assert part.grab().toImage() != without, part


def test_the_panel_beside_the_photos_cannot_be_dragged_away(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    for sizes in ([10_000, 0], [0, 10_000]):
        window.splitter.setSizes(sizes)
        assert window.preview.width() > 100
        assert window.grid.width() > 60
