from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QWidget

from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.moving.journal import Run, RunState
from catdog_sorter.moving.modes import Mode


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("state", RunState)
def test_a_run_of_every_mode_and_state_is_listed(qtbot, mode: Mode, state: RunState) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HistoryDialog(parent)
    dialog.show_runs((Run(1, datetime.now(UTC), "catdog-sort .", mode, 2, state, 2),))
    item = dialog.runs.topLevelItem(0)
    assert item.text(1) == f"2 photos {mode.words.done}"
    assert item.text(2) == state.words
