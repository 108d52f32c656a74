from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from catdog_sorter.gui.dialogs.plan import PlanDialog, described
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.worker.messages import Planned
from catdog_sorter.labels import Label
from catdog_sorter.moving.modes import FOLDER_MODES, Mode
from catdog_sorter.moving.plan import GroupMove, Move, Plan, Reason, Skip
from catdog_sorter.moving.sort import Totals


def planned(plan: Plan) -> Planned:
    return Planned(plan, Totals.of(plan, 0))


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
