"""Photos and jobs that wait, are queued, are gone or failed: all are shown and can be continued."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from catdog_sorter.gui.photos.rows import FAILED, PENDING, SORTED
from catdog_sorter.gui.window import Window
from tests.support.colours import draw, tree
from tests.support.windows import MANY, WAIT_MS, drop, idle, planned, shown


@pytest.fixture
def busy(qtbot, window: Window, many: Path, endless: Path) -> Window:
    """A window that has classified some of its photos, and hangs until `endless` is removed."""
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    return window


def test_after_a_stop_one_can_see_what_waits_and_continue(
    qtbot, busy: Window, endless: Path
) -> None:
    window = busy
    qtbot.mouseClick(window.activity.stop, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    waiting = window.model.counts[PENDING]
    assert waiting > 0
    window.filters.choose(PENDING)
    assert len(shown(window)) == waiting
    dialog = planned(qtbot, window)
    assert f"Not classified yet: {waiting} photo" in dialog._totals.text()
    dialog.reject()
    idle(qtbot, window)
    endless.unlink()
    qtbot.mouseClick(window.activity.go_on, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert window.model.counts[PENDING] == 0
    assert len(window.model.rows) == MANY
    assert not window.activity.go_on.isVisible()


def test_a_drop_while_busy_is_said_to_be_queued_and_outlives_a_stop(
    qtbot, busy: Window, tmp_path: Path, endless: Path
) -> None:
    window = busy
    drop(window, draw(tmp_path / "more" / "x.png", "dog").parent)
    assert "Added to the queue: more" in window.toast.text.text()
    assert "In the queue: 1 more." in window.activity.words.text()
    window.jobs.stop()
    idle(qtbot, window)
    endless.unlink()
    qtbot.mouseClick(window.activity.go_on, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert "x.png" in {row.path.name for row in window.model.rows}


def test_a_failed_job_leaves_the_queue_to_be_continued(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    window.classify([tmp_path / "missing"])
    window.classify([pictures])
    idle(qtbot, window)
    assert window.activity.go_on.isVisible() or window.model.rows
    if not window.model.rows:
        window.activity.go_on.click()
        idle(qtbot, window)
    assert len(window.model.rows) == 6


def test_photos_that_are_gone_are_said_to_be_gone(qtbot, window: Window, many: Path) -> None:
    drop(window, many)
    idle(qtbot, window)
    shutil.rmtree(many)
    window.classify_again()
    idle(qtbot, window)
    assert f"{MANY} photos could not be read" in window.banner.text.text()
    assert "no longer there" in window.banner.text.text()
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    assert len(shown(window)) == MANY


def test_the_question_whether_to_stop_goes_away_with_the_job(
    qtbot, busy: Window, endless: Path
) -> None:
    window = busy
    window.close()
    question = window.findChild(QMessageBox)
    assert question.isVisible()
    endless.unlink()
    idle(qtbot, window)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=WAIT_MS)
    assert window.isVisible()


def test_sorted_and_failed_photos_are_marked_with_the_reason(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    (pictures / "b.png").unlink()
    dialog.go.click()
    idle(qtbot, window)
    window.filters.choose(SORTED)
    assert shown(window) == ["a.png", "c.png"]
    window.filters.choose(FAILED)
    assert shown(window) == ["b.png"]
    assert "Not sorted:" in window.preview.details.verdict.text()
    assert "1 failed" in window.activity.words.text()
    texts = [made.text() for made in window.banner.actions_row if made.text()]
    assert texts == ["Put them back", "Open folder", "Show what failed", "Save report …"]
    window.banner.action.click()
    idle(qtbot, window)
    assert window.model.counts[SORTED] == 0


def test_another_model_follows_single_photos_to_where_they_were_sorted_and_keeps_undo(
    qtbot, window: Window, pictures: Path
) -> None:
    before = tree(pictures)
    drop(window, pictures / "a.png", pictures / "b.png")
    idle(qtbot, window)
    planned(qtbot, window).go.click()
    idle(qtbot, window)
    window.classify_again()
    idle(qtbot, window)
    assert {row.path: row.kind for row in window.model.rows} == {
        pictures / "cat" / "a.png": "cat",
        pictures / "dog" / "b.png": "dog",
    }
    window.undo()
    idle(qtbot, window)
    assert tree(pictures) == before


def test_a_folder_without_photos_is_named_whatever_else_is_shown(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "nothing here"
    empty.mkdir()
    drop(window, empty)
    idle(qtbot, window)
    assert "No photos were found there" in window.banner.text.text()
    drop(window, pictures)
    idle(qtbot, window)
    drop(window, empty)
    idle(qtbot, window)
    assert window.toast.isVisible()
    assert window.toast.text.text() == "No photos were found in nothing here."


def test_after_another_program_has_moved_everything_one_can_look_again(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    (pictures / "elsewhere").mkdir()
    for name in ("a.png", "b.png", "deep/c.png"):
        (pictures / name).rename(pictures / "elsewhere" / Path(name).name)
    dialog.go.click()
    idle(qtbot, window)
    assert window.model.counts[FAILED] == 3
    buttons = {made.text(): made for made in window.banner.actions_row}
    qtbot.mouseClick(buttons["Look again"], Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert window.model.counts[FAILED] == 0
    assert {row.path.parent.name for row in window.model.rows if row.kind == "cat"} == {"elsewhere"}


@pytest.mark.usefixtures("endless")
def test_until_the_model_is_open_there_is_no_slider_and_the_photos_have_the_keyboard(
    qtbot, window: Window, many: Path
) -> None:
    assert window.focusWidget() is window.drop_page.folder
    drop(window, many)
    assert not window.threshold.isVisible()
    assert window.focusWidget() is window.grid
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    assert window.threshold.isVisible()
