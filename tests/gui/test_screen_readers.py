"""The text of a screen reader for every control, and the order of the keyboard focus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QWidget,
)

from catdog_sorter.gui.photos.rows import SortOrder
from catdog_sorter.gui.window import Window
from tests.support.windows import WAIT_MS, choose, drop, idle, planned

Text, Role = QAccessible.Text, QAccessible.Role
# What somebody can press, choose, write in, or has to read the state of.
CONTROLS = {
    Role.Button, Role.CheckBox, Role.ComboBox, Role.EditableText, Role.Slider, Role.ProgressBar,
    Role.List, Role.Tree, Role.Table, Role.RadioButton,
}  # fmt: skip
SIGNS = {"✕", "◂"}  # which their names say in words
WITH_VALUE = {Role.ComboBox, Role.Slider, Role.ProgressBar}


def described(face: QAccessibleInterface) -> str:
    """The name and value of a control, and its label."""
    labels = [
        one.text(Text.Name)
        for one, relation in face.relations(QAccessible.RelationFlag.Label)
        if one is not None
    ]
    return " ".join(filter(None, [*labels, face.text(Text.Name), face.text(Text.Value)]))


def controls(top: QWidget) -> Iterator[tuple[QWidget, QAccessibleInterface]]:
    """Every visible control, with the data for assistive programs."""
    for part in top.findChildren(QWidget):
        if part.isVisible() and part.window() is top:
            face = QAccessible.queryAccessibleInterface(part)
            if face is not None and (face.role() in CONTROLS or part.focusPolicy()):
                inside = part.parentWidget()
                is_part = isinstance(inside, QComboBox | QAbstractScrollArea)
                if not is_part and not part.objectName().startswith("qt_"):
                    yield part, face


def faults(top: QWidget) -> list[str]:
    wrong = []
    for part, face in controls(top):
        what = f"{type(part).__name__} {described(face)!r}"
        if face.role() is Role.NoRole:
            wrong.append(f"{what}: no role")
        if not face.text(Text.Name) and not face.relations(QAccessible.RelationFlag.Label):
            wrong.append(f"{what}: no name")
        if face.role() in WITH_VALUE and not (face.text(Text.Value) or face.valueInterface()):
            wrong.append(f"{what}: no value")
        if isinstance(part, QAbstractButton):
            text = part.text().replace("&", "").strip()
            words = set(text.split()) - SIGNS
            if not words <= set(described(face).replace(",", "").split()):
                wrong.append(f"{what}: a sighted person reads {text!r}")
            if part.isCheckable() and not face.state().checkable:
                wrong.append(f"{what}: whether it is pressed is not said")
        if isinstance(part, QComboBox) and part.currentText() not in described(face):
            wrong.append(f"{what}: a sighted person reads {part.currentText()!r}")
    return wrong


def filled_in(window: Window) -> bool:
    """Whether every box in the dialogs has its choices."""
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return all(box.count() for dialog in dialogs for box in dialog.findChildren(QComboBox))


@pytest.fixture
def filled(qtbot, window: Window, pictures: Path) -> Window:
    drop(window, pictures)
    idle(qtbot, window)
    window.resize(1280, 800)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    return window


def test_every_control_has_a_name_a_role_and_a_value(qtbot, filled: Window) -> None:
    assert faults(filled) == []
    assert len(list(controls(filled))) > 25
    filled.open_review()
    assert faults(filled) == []
    filled.close_review()
    dialog = planned(qtbot, filled)
    assert faults(dialog) == []
    dialog.reject()
    for open_one in (
        *(filled.open_settings, filled.sorting.open_history, filled.open_corrections),
        *(filled.open_learn, filled.open_watch, filled.actions_table.show_keys),
    ):
        open_one()
        qtbot.wait(50)
        qtbot.waitUntil(lambda: filled_in(filled), timeout=WAIT_MS)
        opened = [one for one in filled.findChildren(QDialog) if one.isVisible()]
        assert len(opened) == 1
        assert faults(opened[0]) == []
        opened[0].close()
        QApplication.processEvents()


def test_the_first_page_is_read_too(window: Window) -> None:
    assert faults(window) == []
    names = [described(face) for _, face in controls(window)]
    assert "Choose a folder …" in names
    assert "Try it with these photos" in names


def test_a_photo_is_read_with_its_name_its_label_and_how_sure_that_is(filled: Window) -> None:
    face = QAccessible.queryAccessibleInterface(filled.grid)
    said = [face.child(n).text(Text.Name) for n in range(face.childCount())]
    assert "a.png: cat, 99.9% sure" in said
    assert any(text.startswith("f.jpg: unreadable. ") for text in said)


def test_the_large_picture_is_read_with_what_it_shows(filled: Window) -> None:
    filled.filters.choose(None, SortOrder.NAME)
    choose(filled, "b.png")
    filled.open_review()
    face = QAccessible.queryAccessibleInterface(filled.review.view)
    assert face.text(Text.Name) == "b.png: dog, 99.9% sure"
    filled.step(1)
    assert face.text(Text.Name).startswith("c.png: both")


def test_the_keyboard_reaches_the_controls_from_top_to_bottom(qtbot, filled: Window) -> None:
    choose(filled, "a.png")
    filled.add_folder.setFocus()
    order = []
    for _ in range(60):
        part = QApplication.focusWidget()
        order.append(part)
        qtbot.keyClick(part, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is filled.add_folder:
            break
    regions = [
        *(filled.add_folder, filled.filters.search, filled.threshold.slider, filled.grid),
        *(filled.preview.view, filled.preview.buttons["cat"], filled.sort),
    ]
    places = [order.index(part) for part in regions]
    assert places == sorted(places)
