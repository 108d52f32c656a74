"""Reviewing photos in the real window: a key labels one and shows the next."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from catdog_sorter.classification.corrections import load_corrections
from catdog_sorter.gui.dialogs.corrections import CorrectionsDialog
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.photos.rows import SortOrder
from catdog_sorter.gui.window import Window
from tests.support.colours import draw, tree
from tests.support.windows import WAIT_MS, choose, drop, idle, planned, shown

EXAMPLES = Path(__file__).parents[2] / "examples" / "photos"
CONTROL = Qt.KeyboardModifier.ControlModifier
LABELS = {
    "a.png": "cat",
    "b.png": "dog",
    "c.png": "both",
    "d.png": "neither",
    "e.png": "unsure",
    "f.jpg": "unreadable",
}


def press(window: Window, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the desktop sends it: to the window, regardless of the focus."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


def kinds(window: Window) -> dict[str, str]:
    return {row.path.name: row.kind for row in window.model.rows}


def current(window: Window) -> str:
    row = window.model.row(window.grid.currentIndex())
    return row.path.name if row else ""


@pytest.fixture
def filled(qtbot, window: Window, pictures: Path) -> Window:
    """A window with the keyboard focus, in which all photos are classified."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    drop(window, pictures)
    idle(qtbot, window)
    window.filters.choose(None, SortOrder.NAME)
    choose(window, "a.png")
    window.grid.setFocus()
    return window


def test_ctrl_right_shows_the_next_photo_and_a_label_then_goes_to_that_one_alone(
    filled: Window,
) -> None:
    press(filled, Qt.Key.Key_Right, CONTROL)
    press(filled, Qt.Key.Key_Right, CONTROL)
    assert [row.path.name for row in filled.selected()] == ["c.png"]
    press(filled, Qt.Key.Key_D)
    assert kinds(filled) == {**LABELS, "c.png": "dog"}


def test_the_next_button_stays_under_the_pointer_whatever_is_said_of_the_photo(
    qtbot, filled: Window
) -> None:
    following = filled.preview.steps[1]
    place = following.mapTo(filled, following.rect().center())
    walked = [current(filled)]
    for number in range(4):
        if number == 1:
            filled.preview.buttons["neither"].click()
        part = filled.childAt(place)
        assert part is following
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        walked.append(current(filled))
    assert walked == ["a.png", "b.png", "c.png", "d.png", "e.png"]


def test_the_review_is_walked_labelled_undone_and_left_with_the_keyboard(
    qtbot, filled: Window
) -> None:
    press(filled, Qt.Key.Key_F5)
    assert filled.is_reviewing
    assert shown(filled)[0] == current(filled) == "e.png", "the least sure photo comes first"
    assert filled.review.place.text() == "1 of 6 · 1 unsure"
    press(filled, Qt.Key.Key_C)
    assert filled.review.place.text() == "2 of 6"
    assert kinds(filled) == {**LABELS, "e.png": "cat"}
    following = current(filled)
    assert following == shown(filled)[1]
    assert "Marked cat" in filled.review.toast.text.text()
    press(filled, Qt.Key.Key_Right)
    press(filled, Qt.Key.Key_Space)
    assert current(filled) == shown(filled)[3]
    press(filled, Qt.Key.Key_Left)
    assert current(filled) == shown(filled)[2]
    press(filled, Qt.Key.Key_Z, CONTROL)
    assert kinds(filled) == LABELS
    assert current(filled) == "e.png", "undo shows the photo it is about"
    press(filled, Qt.Key.Key_Return)
    assert not filled.is_reviewing
    press(filled, Qt.Key.Key_Return)
    assert filled.is_reviewing
    press(filled, Qt.Key.Key_Escape)
    assert not filled.is_reviewing
    assert filled.grid.hasFocus()


def test_the_review_is_walked_labelled_and_left_with_the_mouse(qtbot, filled: Window) -> None:
    qtbot.mouseClick(filled.look_through, Qt.MouseButton.LeftButton)
    review = filled.review
    qtbot.mouseClick(review.buttons["dog"], Qt.MouseButton.LeftButton)
    assert kinds(filled)["e.png"] == "dog"
    qtbot.mouseClick(review.toast.action, Qt.MouseButton.LeftButton)
    assert kinds(filled) == LABELS
    qtbot.mouseClick(review.steps[1], Qt.MouseButton.LeftButton)
    assert current(filled) == shown(filled)[1]
    assert filled.review.view.hasFocus(), "the keys still walk after a click"
    qtbot.mouseClick(review.back, Qt.MouseButton.LeftButton)
    assert not filled.is_reviewing
    place = filled.preview.view.viewport()
    qtbot.mouseDClick(place, Qt.MouseButton.LeftButton, pos=place.rect().center())
    assert filled.is_reviewing
    qtbot.mouseDClick(review.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert not filled.is_reviewing


def test_the_review_shows_what_is_known_of_the_photo(qtbot, filled: Window) -> None:
    press(filled, Qt.Key.Key_Return)
    details = filled.review.details
    assert (details.name.text(), details.says_cat.text()) == ("a.png", "99.9%")
    assert filled.review.place.text() == "1 of 6 · 1 unsure"
    qtbot.waitUntil(lambda: "16 × 12" in details.facts.text(), timeout=WAIT_MS)


def test_every_pixel_of_the_photo_can_be_seen(qtbot, window: Window, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (3000, 2200), "white").save(tmp_path / "large.png")
    drop(window, tmp_path / "large.png")
    idle(qtbot, window)
    window.open_review()
    view = window.review.view
    qtbot.waitUntil(lambda: view.sceneRect().width() == 2048, timeout=WAIT_MS)
    press(window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: view.sceneRect().width() == 3000, timeout=WAIT_MS)
    assert view.scale_to_screen() == pytest.approx(1)
    press(window, Qt.Key.Key_Z)
    assert view.zoom == 1
    assert view.transform().m11() < 1


def test_the_key_h_shows_the_models_regions_until_it_is_pressed_again(
    qtbot, window: Window
) -> None:
    window.preferences = type(window.preferences)()  # the bundled model
    drop(window, EXAMPLES / "two-friends.jpg", EXAMPLES / "launch.jpg")
    idle(qtbot, window)
    window.filters.choose(None, SortOrder.NAME)
    choose(window, "two-friends.jpg")
    window.open_review()
    review = window.review
    qtbot.waitUntil(lambda: review.view.sceneRect().width() > 500, timeout=WAIT_MS)
    plain = review.view.grab().toImage()
    press(window, Qt.Key.Key_H)
    qtbot.waitUntil(review.view.has_overlay, timeout=WAIT_MS)
    assert review.heat_words.text() == "Orange looks like a cat to the model, blue like a dog."
    assert review.view.grab().toImage() != plain
    assert review.view._overlay.sceneBoundingRect() == review.view.sceneRect()
    press(window, Qt.Key.Key_Left)
    assert current(window) == "launch.jpg"
    said = "No part of this photo looks like a cat or a dog to the model."
    qtbot.waitUntil(lambda: review.heat_words.text() == said, timeout=WAIT_MS)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_H)
    assert not review.heat.isChecked()
    assert not review.view.has_overlay()
    assert review.heat_words.text() == ""


def test_with_a_model_without_regions_the_key_h_explains_that(qtbot, filled: Window) -> None:
    press(filled, Qt.Key.Key_Return)
    qtbot.mouseClick(filled.review.heat, Qt.MouseButton.LeftButton)
    said = filled.review.heat_words
    qtbot.waitUntil(lambda: "no results for parts" in said.text(), timeout=WAIT_MS)
    assert not filled.review.view.has_overlay()
    assert filled.review.view.hasFocus(), "the keys still walk after a click"


def test_full_screen_ends_with_the_review(filled: Window) -> None:
    press(filled, Qt.Key.Key_Return)
    press(filled, Qt.Key.Key_F11)
    assert filled.isFullScreen()
    assert not filled.menuBar().isVisible()
    press(filled, Qt.Key.Key_D)
    assert kinds(filled)["a.png"] == "dog", "the keys of a hidden menu bar hold"
    press(filled, Qt.Key.Key_Escape)
    assert not filled.isFullScreen()
    assert filled.menuBar().isVisible()


def test_keys_after_a_click_on_a_filter_belong_to_the_photos(qtbot, filled: Window) -> None:
    button = next(b for b in filled.filters.findChildren(type(filled.sort)) if "all" in b.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    press(filled, Qt.Key.Key_A, CONTROL)
    press(filled, Qt.Key.Key_D)
    assert {**LABELS, **dict.fromkeys("a.png b.png c.png d.png e.png".split(), "dog")} == kinds(
        filled
    )


@pytest.mark.parametrize("name", ["options", "history", "sort"])
def test_keys_after_a_dialog_that_a_click_opened_belong_to_the_photos(
    qtbot, filled: Window, name: str
) -> None:
    qtbot.mouseClick(getattr(filled, name), Qt.MouseButton.LeftButton)
    idle(qtbot, filled)
    QApplication.activeModalWidget().reject()
    filled.activateWindow()
    qtbot.waitUntil(filled.isActiveWindow, timeout=WAIT_MS)
    press(filled, Qt.Key.Key_D)
    assert kinds(filled) == {**LABELS, "a.png": "dog"}


def test_keys_after_a_click_on_a_slider_belong_to_the_photos(qtbot, filled: Window) -> None:
    for part in (filled.threshold.slider, filled.picture_size):
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        assert filled.grid.hasFocus()


def test_a_message_that_disappears_moves_the_focus_to_the_photos(qtbot, filled: Window) -> None:
    for message in (filled.banner, filled.toast):
        message.say("Said", "An action", lambda: None)
        message.action.setFocus()
        press(filled, Qt.Key.Key_Return)
        assert not message.isVisible()
        assert filled.grid.hasFocus()


def test_enter_presses_the_button_that_has_the_focus(qtbot, filled: Window) -> None:
    filled.history.setFocus()
    press(filled, Qt.Key.Key_Return)
    assert filled.findChild(HistoryDialog) is not None


def test_letters_typed_into_the_order_or_the_search_label_nothing(filled: Window) -> None:
    for part in (filled.filters._order, filled.filters.search):
        part.setFocus()
        for key in (Qt.Key.Key_B, Qt.Key.Key_M, Qt.Key.Key_Z):
            press(filled, key)
    assert kinds(filled) == LABELS


def correct_and_sort(qtbot, window: Window) -> None:
    """Call d.png a cat and sort all, as one click after the other."""
    choose(window, "d.png")
    press(window, Qt.Key.Key_C)
    planned(qtbot, window).go.click()
    idle(qtbot, window)
    window.activateWindow()  # a desktop does so when the dialog is gone
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


def test_undo_takes_back_corrections_and_sorts_in_their_order(
    qtbot, filled: Window, pictures: Path
) -> None:
    before = tree(pictures)
    correct_and_sort(qtbot, filled)
    assert (pictures / "cat" / "d.png").exists()
    assert filled.toast.isHidden(), "its undo would be that of the sort by now"
    filled.grid.setFocus()
    press(filled, Qt.Key.Key_Z, CONTROL)
    idle(qtbot, filled)
    assert tree(pictures) == before
    assert kinds(filled)["d.png"] == "cat", "the sort is taken back, not the correction"
    press(filled, Qt.Key.Key_Z, CONTROL)
    assert kinds(filled) == LABELS


def test_a_sort_undone_with_the_mouse_is_not_an_undo_step(
    qtbot, filled: Window, pictures: Path
) -> None:
    before = tree(pictures)
    correct_and_sort(qtbot, filled)
    qtbot.mouseClick(filled.banner.action, Qt.MouseButton.LeftButton)
    idle(qtbot, filled)
    filled.grid.setFocus()
    press(filled, Qt.Key.Key_Z, CONTROL)
    assert not filled.jobs.busy
    assert tree(pictures) == before
    assert kinds(filled) == LABELS


def test_a_correction_of_an_earlier_day_is_taken_back_with_a_key(
    qtbot, open_window, pictures: Path
) -> None:
    first = open_window()
    drop(first, pictures / "a.png")
    idle(qtbot, first)
    choose(first, "a.png")
    qtbot.keyClick(first.grid, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(load_corrections().by_content) == 1, timeout=WAIT_MS)
    first.close()
    second = open_window()
    drop(second, pictures)
    idle(qtbot, second)
    choose(second, "a.png", "b.png")
    qtbot.keyClick(second.grid, Qt.Key.Key_M)
    assert kinds(second) == LABELS
    qtbot.waitUntil(lambda: not load_corrections().by_content, timeout=WAIT_MS)


def test_the_list_of_corrections_removes_also_those_of_missing_photos(
    qtbot, filled: Window, pictures: Path
) -> None:
    choose(filled, "a.png", "d.png")
    press(filled, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(load_corrections().by_content) == 2, timeout=WAIT_MS)
    (pictures / "d.png").unlink()
    filled.open_corrections()
    dialog = filled.findChild(CorrectionsDialog)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2, timeout=WAIT_MS)
    dialog.list.selectAll()
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 0, timeout=WAIT_MS)
    idle(qtbot, filled)
    assert not load_corrections().by_content
    assert kinds(filled) == {**LABELS, "d.png": "unreadable"}


def test_paths_of_the_selected_photos_can_be_copied(filled: Window, pictures: Path) -> None:
    choose(filled, "a.png", "b.png")
    press(filled, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == f"{pictures / 'a.png'}\n{pictures / 'b.png'}"
    assert kinds(filled) == LABELS


def test_photos_are_found_by_a_part_of_their_name(qtbot, window: Window, tmp_path: Path) -> None:
    for name in ("IMG_Beach.png", "beach house.png", "hill.png"):
        draw(tmp_path / "p" / name, "cat", shade=len(name))
    drop(window, tmp_path / "p")
    idle(qtbot, window)
    press(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(window.filters.search, "BEACH")
    qtbot.waitUntil(lambda: window.model.rowCount() == 2, timeout=WAIT_MS)
    assert shown(window) == ["IMG_Beach.png", "beach house.png"]


def test_home_and_end_show_the_first_and_the_last_photo(filled: Window) -> None:
    press(filled, Qt.Key.Key_Return)
    walked = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_PageDown):
        press(filled, key)
        walked.append(current(filled))
    assert walked == ["f.jpg", "f.jpg", "a.png", "b.png"]


def test_escape_ends_a_search_and_gives_the_keyboard_back_to_the_photos(
    qtbot, filled: Window
) -> None:
    press(filled, Qt.Key.Key_F, CONTROL)
    press(filled, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: shown(filled) == ["b.png"], timeout=WAIT_MS)
    press(filled, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(filled)) == len(LABELS), timeout=WAIT_MS)
    assert filled.grid.hasFocus()
    press(filled, Qt.Key.Key_D)
    assert "Marked dog" in filled.toast.text.text()
