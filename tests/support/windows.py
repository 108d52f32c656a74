"""Actions on a window in tests: drop, choose, plan, and wait."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from catdog_sorter.gui.dialogs.plan import PlanDialog
    from catdog_sorter.gui.window import Window

WAIT_MS = 60_000
MANY = 40


def drop(target: QWidget, *paths: Path) -> bool:
    """Drop files on the middle of the widget; returns whether they were accepted."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = target.rect().center()
    action, button, key = (
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(middle), action, data, button, key)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(middle), action, data, button, key)
    QApplication.sendEvent(target, event)
    return event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction


def shown(window: "Window") -> list[str]:
    return [window.model.index(n, 0).data() for n in range(window.model.rowCount())]


def choose(window: "Window", *names: str) -> None:
    window.grid.clearSelection()
    flag = window.grid.selectionModel().SelectionFlag.Select
    for number, name in enumerate(shown(window)):
        if name in names:
            index = window.model.index(number, 0)
            window.grid.selectionModel().setCurrentIndex(index, flag)


def planned(qtbot, window: "Window") -> "PlanDialog":
    qtbot.mouseClick(window.sort, Qt.MouseButton.LeftButton)
    from catdog_sorter.gui.dialogs.plan import PlanDialog

    dialog = window.findChild(PlanDialog)
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=WAIT_MS)
    return dialog


def idle(qtbot, window: "Window") -> None:
    """Wait until no job is running."""
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=WAIT_MS)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
