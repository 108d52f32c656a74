"""The bundled model on real photos: drop, correct, sort, undo, and every byte is as before."""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt

from catdog_sorter.gui.window import Window
from tests.support.colours import tree
from tests.support.windows import choose, drop, idle, planned

EXAMPLES = Path(__file__).parents[2] / "examples" / "photos"


def test_a_user_drops_a_folder_corrects_a_photo_and_sorts(
    qtbot, window: Window, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    shutil.copytree(EXAMPLES, photos)
    before = tree(photos)
    window.preferences = type(window.preferences)()
    drop(window, photos)
    idle(qtbot, window)
    kinds = {row.path.name: row.kind for row in window.model.rows}
    assert len(kinds) == 11
    assert (kinds["portrait.jpg"], kinds["walk.jpg"]) == ("cat", "dog")
    assert kinds["launch.jpg"] == "neither"
    choose(window, "hedgehog.jpg")
    qtbot.keyClick(window.grid, Qt.Key.Key_D)
    planned(qtbot, window).go.click()
    idle(qtbot, window)
    after = tree(photos)
    assert {"cat/portrait.jpg", "dog/walk.jpg", "dog/garden/hedgehog.jpg"} <= set(after)
    assert "launch.jpg" in after
    assert sorted(after.values()) == sorted(before.values())
    window.banner.action.click()
    idle(qtbot, window)
    assert tree(photos) == before
