"""What waits, is queued, is gone or failed: nothing of it is hidden, and one can go on."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from catdog_sorter.gui.photos.rows import FAILED, PENDING, SORTED
from catdog_sorter.gui.window import Window
from catdog_sorter.labels import Label
from tests.support.colours import draw, tree
from tests.support.windows import MANY, WAIT_MS, choose, drop, idle, planned, shown


@pytest.mark.usefixtures("endless")
def test_after_a_stop_one_can_see_what_waits_and_continue(
    qtbot, window: Window, many: Path, endless: Path
) -> None:
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
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


@pytest.mark.usefixtures("endless")
def test_a_drop_while_busy_is_said_to_be_queued_and_outlives_a_stop(
    qtbot, window: Window, many: Path, tmp_path: Path, endless: Path
) -> None:
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    drop(window, draw(tmp_path / "more" / "x.png", "dog").parent)
    assert "Added to the queue: more" in window.toast.text.text()
    assert "In the queue: 1 more." in window.activity.words.text()
    window.jobs.stop()
    idle(qtbot, window)
    endless.unlink()
    qtbot.mouseClick(window.activity.go_on, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert "x.png" in {row.path.name for row in window.model.rows}


def test_a_job_that_fails_leaves_the_queue_to_be_gone_on_with(
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


@pytest.mark.usefixtures("endless")
def test_the_question_whether_to_stop_goes_away_with_the_job(
    qtbot, window: Window, many: Path, endless: Path
) -> None:
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    window.close()
    question = window.findChild(QMessageBox)
    assert question.isVisible()
    endless.unlink()
    idle(qtbot, window)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=WAIT_MS)
    assert window.isVisible()


def test_what_was_sorted_and_what_failed_is_marked_with_its_reason(
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


def test_unticked_photos_stay_and_one_that_is_dragged_goes_to_the_other_folder(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    columns = dialog.columns.columns
    assert columns["dog"]._where.text() == "→ pictures/dog"
    tiles = columns["dog"].list
    index = tiles.model().index(0, 0)
    place = tiles.visualRect(index).center()
    qtbot.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.go.text() == "Move 2 photos"
    assert "1 unticked" in dialog._totals.text()
    columns["both"].list.received.emit([pictures / "a.png"])  # what a drop ends with
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not window.jobs.busy, timeout=WAIT_MS)
    dialog.go.click()
    idle(qtbot, window)
    assert set(tree(pictures)) == {
        *("both/a.png", "both/a.xmp", "both/deep/c.png"),
        *("b.png", "d.png", "e.png", "f.jpg"),
    }


def test_in_the_plan_the_keyboard_leaves_photos_out_and_corrects_them(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    order = [dialog.as_list]
    while order[-1] is not dialog.go:
        order.append(order[-1].nextInFocusChain())
    lists = [column.list for column in dialog.columns.columns.values()]
    assert [part for part in order if part in lists] == lists, "before the buttons"
    cats = dialog.columns.columns[Label.CAT].list
    cats.setFocus()
    qtbot.keyClick(cats, Qt.Key.Key_Space)
    assert dialog.columns.unticked == {pictures / "a.png"}
    qtbot.keyClick(cats, Qt.Key.Key_D)
    idle(qtbot, window)
    dogs = dialog.columns.columns[Label.DOG].model
    assert [group.moves[0].source.name for group in dogs.groups] == ["a.png", "b.png"]
    qtbot.keyClick(dialog.columns.columns[Label.BOTH].list, Qt.Key.Key_N)
    dialog.reject()


def test_only_the_selected_photos_can_be_sorted(qtbot, window: Window, pictures: Path) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    choose(window, "a.png", "b.png")
    dialog = planned(qtbot, window)
    assert dialog.only_selected.text() == "only the 2 photos selected"
    dialog.only_selected.click()
    qtbot.waitUntil(lambda: dialog.go.text() == "Move 2 photos", timeout=WAIT_MS)
    dialog.go.click()
    idle(qtbot, window)
    assert {"cat/a.png", "dog/b.png", "deep/c.png"} <= set(tree(pictures))


def test_a_target_that_is_chosen_again_and_cancelled_is_the_one_that_is_named(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    dialog.set_target(tmp_path / "out")
    dialog.target.setCurrentIndex(dialog.target.findData("choose"))
    dialog.target.activated.emit(dialog.target.currentIndex())
    dialog.findChild(QFileDialog).reject()
    assert dialog.target.currentText() == f"in {tmp_path / 'out'}"
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not window.jobs.busy, timeout=WAIT_MS)
    targets = {group.moves[0].target.parent.parent for group in dialog.plan.groups}
    assert targets <= {tmp_path / "out", tmp_path / "out" / "both"}


def test_the_plan_warns_of_too_little_room(qtbot, window: Window, pictures: Path) -> None:
    from catdog_sorter.gui.worker.messages import Planned, Shortage

    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    assert not dialog.warnings.isVisible()
    shortage = Shortage(Path("/far"), 5_000_000, 1_000_000)
    dialog.show_planned(Planned(dialog.plan, dialog._planned.totals, shortages=(shortage,)))
    assert "Too little room in /far: 5.0 MB are needed, 1.0 MB are free." in dialog.warnings.text()
    dialog.mode.setCurrentIndex(dialog.mode.findData("copy"))
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not window.jobs.busy, timeout=WAIT_MS)
    assert not dialog.warnings.isVisible()
