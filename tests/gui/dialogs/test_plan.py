from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from catdog_sorter.gui.dialogs.plan import PlanDialog, described
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.window import Window
from catdog_sorter.gui.worker.messages import Planned, Shortage
from catdog_sorter.labels import Label
from catdog_sorter.moving.modes import FOLDER_MODES, Mode
from catdog_sorter.moving.plan import GroupMove, Move, Plan, Reason, Skip
from catdog_sorter.moving.sort import Totals
from tests.support.colours import tree
from tests.support.windows import WAIT_MS, choose, drop, idle
from tests.support.windows import planned as plan_of


def planned(plan: Plan) -> Planned:
    return Planned(plan, Totals.of(plan, 0))


@pytest.fixture
def dialog(qtbot, window: Window, pictures: Path) -> PlanDialog:
    """The plan for all photos of `pictures`."""
    drop(window, pictures)
    idle(qtbot, window)
    return plan_of(qtbot, window)


def test_the_plan_names_labels_in_one_order() -> None:
    moves = [(label, Move(Path(f"/p/{label}"), Path(f"/t/{label}"))) for label in reversed(Label)]
    plan = Plan([GroupMove(label, (move,)) for label, move in moves], ())
    folders = {label: label.value.title() for label in Label}
    assert described(planned(plan), Preferences(folders=folders)) == (
        "cat: 1 photo to “Cat”, dog: 1 photo to “Dog”, both: 1 photo to “Both”, "
        "neither: 1 photo to “Neither”, unsure: 1 photo to “Unsure”"
    )


@pytest.mark.parametrize("reason", Reason)
def test_a_photo_that_stays_is_counted_with_its_reason(reason: Reason) -> None:
    plan = Plan((), (Skip(Path("/p/a.jpg"), Label.CAT, reason),))
    assert described(planned(plan), Preferences()) == f"Not sorted: 1 {reason.words}"


@pytest.mark.parametrize("mode", FOLDER_MODES)
def test_every_mode_that_makes_folders_can_be_chosen(qtbot, mode: Mode) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PlanDialog(Preferences(mode=mode), parent)
    move = Move(Path("/p/a.jpg"), Path("/p/cat/a.jpg"))
    dialog.show_planned(planned(Plan((GroupMove(Label.CAT, (move,)),), ())))
    assert dialog.mode.currentText() == mode.words.choice
    assert dialog.go.text() == f"{mode.words.verb} 1 photo"


def test_unticked_photos_stay_and_one_that_is_dragged_goes_to_the_other_folder(
    qtbot, window: Window, dialog: PlanDialog, pictures: Path
) -> None:
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
    qtbot, window: Window, dialog: PlanDialog, pictures: Path
) -> None:
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
    dialog = plan_of(qtbot, window)
    assert dialog.only_selected.text() == "only the 2 photos selected"
    dialog.only_selected.click()
    qtbot.waitUntil(lambda: dialog.go.text() == "Move 2 photos", timeout=WAIT_MS)
    dialog.go.click()
    idle(qtbot, window)
    assert {"cat/a.png", "dog/b.png", "deep/c.png"} <= set(tree(pictures))


def test_a_target_that_is_chosen_again_and_cancelled_is_the_one_that_is_named(
    qtbot, window: Window, dialog: PlanDialog, tmp_path: Path
) -> None:
    dialog.set_target(tmp_path / "out")
    dialog.target.setCurrentIndex(dialog.target.findData("choose"))
    dialog.target.activated.emit(dialog.target.currentIndex())
    dialog.findChild(QFileDialog).reject()
    assert dialog.target.currentText() == f"in {tmp_path / 'out'}"
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not window.jobs.busy, timeout=WAIT_MS)
    targets = {group.moves[0].target.parent.parent for group in dialog.plan.groups}
    assert targets <= {tmp_path / "out", tmp_path / "out" / "both"}


def test_the_plan_warns_of_too_little_room(qtbot, window: Window, dialog: PlanDialog) -> None:
    assert not dialog.warnings.isVisible()
    shortage = Shortage(Path("/far"), 5_000_000, 1_000_000)
    dialog.show_planned(Planned(dialog.plan, dialog._planned.totals, shortages=(shortage,)))
    assert "Too little room in /far: 5.0 MB are needed, 1.0 MB are free." in dialog.warnings.text()
    dialog.mode.setCurrentIndex(dialog.mode.findData("copy"))
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not window.jobs.busy, timeout=WAIT_MS)
    assert not dialog.warnings.isVisible()
