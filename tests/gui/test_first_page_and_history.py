"""The first page, the size of the pictures, and the history."""

import os
from pathlib import Path

from PySide6.QtCore import Qt
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.photos.grid import MAX_PICTURE_SIDE, PICTURE_SIDE
from catdog_sorter.gui.window import Window
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving.modes import Mode
from catdog_sorter.storage import locations
from catdog_sorter.storage.locations import EXAMPLES, example_photos
from tests.support.colours import draw, tree
from tests.support.windows import WAIT_MS, drop, idle, planned

LEFT = Qt.MouseButton.LeftButton


def test_the_examples_are_tried_on_copies_and_are_no_recent_folder(
    qtbot, open_window, window: Window
) -> None:
    assert [path.name for path in example_photos()] == list(EXAMPLES)
    window.preferences = type(window.preferences)()  # the bundled model
    assert window.drop_page.examples.isVisible()
    qtbot.mouseClick(window.drop_page.examples, LEFT)
    qtbot.waitUntil(lambda: len(window.model.rows) == len(EXAMPLES), timeout=WAIT_MS)
    idle(qtbot, window)
    kinds = {row.path.name: row.kind for row in window.model.rows}
    assert (kinds["portrait.jpg"], kinds["walk.jpg"]) == ("cat", "dog")
    assert kinds["breakfast.jpg"] == "neither"
    folders = {row.path.parent for row in window.model.rows}
    assert not folders & {path.parent for path in example_photos()}
    window.forget_all()
    assert not [b for b in window.drop_page.findChildren(type(window.sort)) if "/" in b.text()]


def test_the_size_of_the_pictures_follows_the_slider_and_is_kept(
    qtbot, open_window, window: Window, many: Path
) -> None:
    drop(window, many)
    idle(qtbot, window)
    columns = window.grid.viewport().width() // window.grid.gridSize().width()
    slider = window.picture_size
    assert slider.value() == PICTURE_SIDE
    slider.setValue(MAX_PICTURE_SIDE)
    assert window.grid.gridSize().height() > MAX_PICTURE_SIDE
    assert window.grid.viewport().width() // window.grid.gridSize().width() < columns
    path = window.model.rows[0].path
    qtbot.waitUntil(lambda: window.thumbnails.of(path) is not None, timeout=WAIT_MS)
    window.close()
    assert open_window().picture_size.value() == MAX_PICTURE_SIDE


def history(qtbot, window: Window) -> HistoryDialog:
    window.sorting.open_history()
    dialog = window.findChild(HistoryDialog)
    qtbot.waitUntil(lambda: dialog.targets.text() != "", timeout=WAIT_MS)
    return dialog


def test_the_history_shows_where_photos_went_and_opens_their_folder_again(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    dialog.mode.setCurrentIndex(dialog.mode.findData(Mode.COPY))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT_MS)
    dialog.go.click()
    idle(qtbot, window)
    window.forget_all()
    shown = history(qtbot, window)
    assert f"From {pictures}" in shown.targets.text()
    assert f"1 photo to {pictures / 'cat'}" in shown.targets.text()
    assert shown.pictures.count() == 3
    has_icon = lambda n: not shown.pictures.item(n).icon().isNull()  # noqa: E731
    qtbot.waitUntil(lambda: all(map(has_icon, range(3))), timeout=WAIT_MS)
    draw(pictures / "new.png", "dog", shade=9)
    qtbot.mouseClick(shown.repeat, LEFT)
    qtbot.waitUntil(lambda: len(window.model.rows) == 7, timeout=WAIT_MS)
    idle(qtbot, window)
    assert window.preferences.mode is Mode.COPY


def test_a_run_that_moved_only_late_companions_is_listed_and_put_back(
    qtbot, window: Window, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    photos = tmp_path / "photos"
    draw(photos / "a.png", "cat")
    command = ["sort", str(photos), "--yes", "--model", str(colour_bundle.folder)]
    assert CliRunner().invoke(app, command).exit_code == 0
    (photos / "a.png.xmp").write_text("late")
    before = tree(photos)
    assert CliRunner().invoke(app, command).exit_code == 0
    assert "cat/a.png.xmp" in tree(photos)
    listed = CliRunner().invoke(app, ["history"]).stdout.splitlines()[0]
    assert "1 file " in listed
    window.sorting.open_history()
    dialog = window.findChild(HistoryDialog)
    qtbot.waitUntil(dialog.back.isEnabled, timeout=WAIT_MS)
    assert dialog.runs.currentItem().text(1) == "1 file moved"
    qtbot.mouseClick(dialog.back, LEFT)
    idle(qtbot, window)
    assert tree(photos) == before
    assert os.path.exists(photos / "cat" / "a.png")


def test_a_history_that_cannot_be_read_says_why(qtbot, window: Window) -> None:
    locations.journal_file().parent.mkdir(parents=True, exist_ok=True)
    locations.journal_file().write_text("no database")
    window.sorting.open_history()
    dialog = window.findChild(HistoryDialog)
    qtbot.waitUntil(lambda: "is damaged" in dialog.words.text(), timeout=WAIT_MS)
    assert not dialog.back.isEnabled()
