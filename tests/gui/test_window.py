"""A real window with real events; the tests compare the files on disk."""

import os
import signal
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from typer.testing import CliRunner

from catdog_sorter.classification.corrections import load_corrections
from catdog_sorter.cli import app
from catdog_sorter.design import Theme
from catdog_sorter.gui.dialogs.history import HistoryDialog
from catdog_sorter.gui.dialogs.learn import LearnDialog
from catdog_sorter.gui.dialogs.plan import PlanDialog
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.photos.model import accessible_text
from catdog_sorter.gui.photos.rows import PENDING, SortOrder
from catdog_sorter.gui.window import Window
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving.journal import open_journal
from catdog_sorter.moving.modes import Mode
from tests.support.colours import COLOURS, draw, tree
from tests.support.pictures import encoded
from tests.support.windows import MANY, WAIT_MS, choose, drop, idle, is_running, planned, shown


def kinds(window: Window) -> dict[str, str]:
    return {row.path.name: row.kind for row in window.model.rows}


LABELS = {
    "a.png": "cat",
    "b.png": "dog",
    "c.png": "both",
    "d.png": "neither",
    "e.png": "unsure",
    "f.jpg": "unreadable",
}


def test_a_dropped_folder_is_classified_and_nothing_is_changed(
    qtbot, window: Window, pictures: Path, home: Path
) -> None:
    before = tree(pictures)
    assert drop(window, pictures)
    idle(qtbot, window)
    assert kinds(window) == LABELS
    assert tree(pictures) == before
    assert "1 cat, 1 dog, 1 both, 1 neither, 1 unsure, 1 unreadable" in window.activity.words.text()
    assert not (home / "journal.sqlite3").exists()


def test_files_and_folders_can_be_dropped_on_any_part_of_the_window(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    drop(window.drop_page, draw(tmp_path / "x.png", "cat"), draw(tmp_path / "y.png", "dog"))
    idle(qtbot, window)
    drop(window.grid.viewport(), pictures)
    drop(window.preview.view.viewport(), draw(tmp_path / "z.png", "neither"))
    qtbot.waitUntil(lambda: len(window.model.rows) == 9, timeout=WAIT_MS)
    idle(qtbot, window)
    assert kinds(window) == {**LABELS, "x.png": "cat", "y.png": "dog", "z.png": "neither"}


def test_a_drop_without_files_is_not_accepted(window: Window) -> None:
    data = QMimeData()
    data.setText("some words")
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()


def test_pasted_paths_are_classified(qtbot, window: Window, pictures: Path) -> None:
    QGuiApplication.clipboard().setText(f"{pictures / 'a.png'}\n{pictures / 'b.png'}\n")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    assert kinds(window) == {"a.png": "cat", "b.png": "dog"}


def test_dropping_the_same_again_doubles_nothing(qtbot, window: Window, pictures: Path) -> None:
    for _ in range(2):
        drop(window, pictures)
        idle(qtbot, window)
    assert kinds(window) == LABELS
    assert len(window.model.rows) == len(LABELS)


def test_sort_moves_what_the_plan_shows_and_put_back_restores_every_byte(
    qtbot, window: Window, pictures: Path
) -> None:
    before = tree(pictures)
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    assert tree(pictures) == before
    targets = {move.target for group in dialog.plan.groups for move in group.moves}
    assert dialog.go.text() == "Move 3 photos"
    assert dialog.moves.rowCount() == 4
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert set(tree(pictures)) == {
        *("cat/a.png", "cat/a.xmp", "dog/b.png", "both/deep/c.png"),
        *("d.png", "e.png", "f.jpg"),
    }
    assert targets == {pictures / name for name in tree(pictures) if "/" in name}
    assert "3 photos sorted" in window.banner.text.text()
    assert {row.path for row in window.model.rows} >= {pictures / "cat" / "a.png"}
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert tree(pictures) == before
    assert "4 files put back." in window.banner.text.text()
    assert {row.path for row in window.model.rows} >= {pictures / "a.png"}


def test_what_was_put_back_can_be_sorted_again_and_what_was_replaced_stays(
    qtbot, window: Window, pictures: Path
) -> None:
    before = tree(pictures)
    drop(window, pictures)
    idle(qtbot, window)
    for _ in range(2):
        qtbot.mouseClick(planned(qtbot, window).go, Qt.MouseButton.LeftButton)
        idle(qtbot, window)
        assert "3 photos sorted" in window.banner.text.text()
        qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
        idle(qtbot, window)
        assert tree(pictures) == before
    draw(pictures / "new.png", "neither").replace(pictures / "a.png")
    qtbot.mouseClick(planned(qtbot, window).go, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert "after it was read" in window.banner.text.text()
    assert set(tree(pictures)) >= {"a.png", "a.xmp", "dog/b.png"}


def test_the_plan_follows_mode_and_target(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    before = tree(pictures)
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    dialog.mode.setCurrentIndex(dialog.mode.findData("copy"))
    dialog.set_target(tmp_path / "out")
    dialog.flat.click()
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and not window.jobs.busy, timeout=WAIT_MS)
    assert dialog.go.text() == "Copy 3 photos"
    dialog.go.click()
    idle(qtbot, window)
    assert tree(pictures) == before
    assert set(tree(tmp_path / "out")) == {"cat/a.png", "cat/a.xmp", "dog/b.png", "both/c.png"}
    assert {row.path for row in window.model.rows} >= {pictures / "a.png"}


def test_cancelling_the_plan_moves_nothing(qtbot, window: Window, pictures: Path) -> None:
    before = tree(pictures)
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert tree(pictures) == before


def test_a_plan_that_comes_after_it_was_cancelled_harms_nothing(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    window.sorting.open_plan()
    window.findChild(PlanDialog).reject()
    idle(qtbot, window)
    assert window.sort.isEnabled()
    assert not window.banner.isVisible()


def test_any_earlier_run_can_be_put_back_from_the_history(
    qtbot, window: Window, pictures: Path, colour_bundle: ModelBundle
) -> None:
    before = tree(pictures)
    words = ["sort", str(pictures), "--yes", "--model", str(colour_bundle.folder)]
    CliRunner().invoke(app, words)
    assert tree(pictures) != before
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(HistoryDialog)
    qtbot.waitUntil(dialog.back.isEnabled, timeout=WAIT_MS)
    assert dialog.runs.topLevelItem(0).text(1) == "3 photos moved"
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert tree(pictures) == before
    qtbot.waitUntil(lambda: dialog.runs.topLevelItem(0).text(2) == "undone", timeout=WAIT_MS)
    assert not dialog.back.isEnabled()


def test_a_run_that_wrote_keywords_is_in_the_history_and_can_be_put_back(
    qtbot, window: Window, pictures: Path, colour_bundle: ModelBundle
) -> None:
    before = tree(pictures)
    words = ["sort", "--yes", "--tag", str(pictures), "--model", str(colour_bundle.folder)]
    CliRunner().invoke(app, words)
    assert set(tree(pictures)) > set(before)
    window.sorting.open_history()
    dialog = window.findChild(HistoryDialog)
    qtbot.waitUntil(dialog.back.isEnabled, timeout=WAIT_MS)
    assert dialog.runs.topLevelItem(0).text(1) == "2 photos tagged"
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert tree(pictures) == before


def test_the_plan_names_photos_whose_folder_is_a_link_out_of_the_target(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (pictures / "cat").symlink_to(tmp_path / "elsewhere")
    drop(window, pictures / "a.png")
    idle(qtbot, window)
    window.sorting.open_plan()
    dialog = window.findChild(PlanDialog)
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=WAIT_MS)
    assert "1 whose folder is a link out of the target" in dialog._totals.text()
    assert not dialog.go.isEnabled()


def test_photos_that_links_or_databases_name_stay(
    qtbot, window: Window, pictures: Path, tmp_path: Path
) -> None:
    (pictures / "album").mkdir()
    (pictures / "album" / "a.png").symlink_to("../a.png")
    draw(pictures / "session" / "g.png", "cat", shade=1)
    (pictures / "session" / "My.cosessiondb").touch()
    drop(window, pictures)
    idle(qtbot, window)
    window.sorting.open_plan()
    dialog = window.findChild(PlanDialog)
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=WAIT_MS)
    told = dialog._totals.text()
    assert "1 that symbolic links lead to" in told
    assert f"{pictures}/a.png: a link leads here: {pictures}/album/a.png" in told
    assert "1 in a folder that another program keeps a database of" in told
    sources = {move.source.name for group in dialog.plan.groups for move in group.moves}
    assert sources.isdisjoint({"a.png", "g.png"})
    dialog.mode.setCurrentIndex(dialog.mode.findData(Mode.COPY))
    qtbot.waitUntil(lambda: len(dialog.plan.groups) == 4, timeout=WAIT_MS)


def test_a_photo_with_an_incomplete_file_is_marked(qtbot, window: Window, tmp_path: Path) -> None:
    content = encoded(Image.new("RGB", (64, 48), COLOURS["cat"]), "JPEG")
    (tmp_path / "a.jpg").write_bytes(content[:-2])
    drop(window, tmp_path / "a.jpg")
    idle(qtbot, window)
    (row,) = window.model.rows
    assert (row.kind, row.incomplete) == ("cat", True)
    assert accessible_text(row).endswith(", incomplete file")
    assert "Its file is truncated" in window.preview.details.verdict.text()


def test_keys_correct_all_selected_and_undo_takes_it_back(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    choose(window, "d.png", "e.png", "f.jpg")
    qtbot.keyClick(window.grid, Qt.Key.Key_C)
    assert kinds(window) == {**LABELS, "d.png": "cat", "e.png": "cat"}
    assert "2 corrected by you" in window.activity.words.text()
    qtbot.waitUntil(lambda: len(load_corrections().by_content) == 2, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert kinds(window) == LABELS
    qtbot.waitUntil(lambda: not load_corrections().by_content, timeout=WAIT_MS)
    qtbot.keyClick(
        window,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert kinds(window)["e.png"] == "cat"
    qtbot.waitUntil(lambda: len(load_corrections().by_content) == 2, timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("key", "label"), [("C", "cat"), ("D", "dog"), ("B", "both"), ("N", "neither")]
)
def test_every_label_has_its_key(
    qtbot, window: Window, pictures: Path, key: str, label: str
) -> None:
    drop(window, pictures / "e.png")
    idle(qtbot, window)
    choose(window, "e.png")
    qtbot.keyClick(window.grid, key)
    assert kinds(window) == {"e.png": label}


def test_a_corrected_photo_is_remembered_and_then_sorted_as_the_person_said(
    qtbot, window: Window, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    choose(window, "e.png")
    background: list[tuple] = []
    with monkeypatch.context() as slow:
        slow.setattr(window.background, "ask", lambda *errand: background.append(errand) or 0)
        window.preview.buttons["dog"].click()
        dialog = planned(qtbot, window)
        idle(qtbot, window)
        dialog.go.click()
        assert window.jobs.current.number == 0, "nobody was asked to move it yet"
    for errand in background:
        window.background.ask(*errand)
    idle(qtbot, window)
    assert load_corrections().of(pictures / "dog" / "e.png").label == "dog"
    window.banner.action.click()
    idle(qtbot, window)
    assert kinds(window)["e.png"] == "dog"
    assert (pictures / "e.png").exists()


def test_a_later_window_shows_the_correction_of_a_renamed_photo(
    qtbot, open_window, pictures: Path
) -> None:
    first = open_window()
    drop(first, pictures)
    idle(qtbot, first)
    choose(first, "a.png")
    qtbot.keyClick(first.grid, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(load_corrections().by_content) == 1, timeout=WAIT_MS)
    first.close()
    (pictures / "a.png").rename(pictures / "renamed.png")
    second = open_window()
    drop(second, pictures)
    idle(qtbot, second)
    assert kinds(second)["renamed.png"] == "dog"
    assert next(row for row in second.model.rows if row.path.name == "renamed.png").corrected


def test_filter_and_order(qtbot, window: Window, pictures: Path) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    window.filters.choose("unsure")
    assert shown(window) == ["e.png"]
    window.filters.choose("unreadable")
    assert shown(window) == ["f.jpg"]
    assert "not a picture" in window.preview.details.verdict.text()
    window.filters.choose(None, SortOrder.LEAST_SURE)
    assert shown(window)[0] == "e.png"
    assert shown(window)[-1] == "f.jpg"


def test_the_preview_shows_the_photo_and_steps(qtbot, window: Window, pictures: Path) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    choose(window, "a.png")
    assert window.preview.details.name.text() == "a.png"
    assert window.preview.details.says_cat.text() == "99.9%"
    qtbot.waitUntil(lambda: window.preview.view.sceneRect().width() == 16, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.preview.details.name.text() == "b.png"
    window.preview.view.zoom_by(2)
    assert window.preview.view.zoom > 1
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.preview.view.zoom == 1


@pytest.mark.usefixtures("endless")
def test_stop_stops_and_what_is_done_stays(qtbot, window: Window, many: Path) -> None:
    before = tree(many)
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    qtbot.mouseClick(window.activity.stop, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert 0 < window.model.counts["cat"] + window.model.counts["dog"] < MANY
    assert tree(many) == before


@pytest.mark.usefixtures("slow_moves")
def test_stopping_a_sort_leaves_every_photo_at_one_place_and_can_be_put_back(
    qtbot, window: Window, many: Path
) -> None:
    before = tree(many)
    drop(window, many)
    idle(qtbot, window)
    planned(qtbot, window).go.click()
    window.jobs.stop()
    idle(qtbot, window)
    assert sorted(tree(many).values()) == sorted(before.values())
    with open_journal() as journal:
        moved = sum(run.moved for run in journal.runs())
    assert moved < MANY
    if moved:
        window.sorting.undo(None)
        idle(qtbot, window)
    assert tree(many) == before


@pytest.mark.usefixtures("endless")
def test_closing_during_work_asks_and_then_stops_without_leaving_a_process(
    qtbot, window: Window, many: Path
) -> None:
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    processes = [window.worker.process_id(), window.background.process_id()]
    window.close()
    assert window.isVisible()
    question = window.findChild(QMessageBox)
    stop = next(b for b in question.buttons() if b.text() == "Stop and close")
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT_MS)
    assert not any(is_running(process) for process in processes if process)


def test_after_a_crash_of_the_worker_the_window_can_continue(
    qtbot, window: Window, many: Path, endless: Path
) -> None:
    drop(window, many)
    qtbot.waitUntil(lambda: window.model.counts["cat"] > 0, timeout=WAIT_MS)
    os.kill(window.worker.process_id(), signal.SIGKILL)
    idle(qtbot, window)
    assert "stopped unexpectedly" in window.banner.text.text()
    assert window.model.counts[PENDING] > 0
    endless.unlink()
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert {row.found.root for row in window.model.rows} == {many}
    assert (window.model.counts["cat"], window.model.counts["dog"]) == (MANY // 2, MANY // 2)


def test_an_error_has_the_same_text_as_on_the_command_line(
    qtbot, window: Window, tmp_path: Path
) -> None:
    missing = tmp_path / "missing"
    window.classify([missing])
    idle(qtbot, window)
    said = CliRunner().invoke(app, ["classify", str(missing)]).stderr.removeprefix("catdog-sort: ")
    assert window.banner.text.text() == said.strip()
    assert window.banner.isVisible()


def test_another_run_that_moves_is_refused_with_the_same_message(
    qtbot, window: Window, pictures: Path
) -> None:
    from catdog_sorter.moving.session import moving_lock

    before = tree(pictures)
    drop(window, pictures)
    idle(qtbot, window)
    with moving_lock():
        window.sorting.open_plan()
        idle(qtbot, window)
    assert "Another catdog-sort is moving photos right now" in window.banner.text.text()
    assert tree(pictures) == before


def test_folders_that_sorted_photos_go_to_are_named_and_can_be_searched_too(
    qtbot, window: Window, pictures: Path
) -> None:
    draw(pictures / "cat" / "old.png", "cat")
    drop(window, pictures)
    idle(qtbot, window)
    assert "old.png" not in kinds(window)
    assert f"because sorted photos go there: {Path('pictures', 'cat')}" in window.banner.text.text()
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert kinds(window) == {**LABELS, "old.png": "cat"}


def test_settings_are_checked_and_kept(qtbot, window: Window, pictures: Path, open_window) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    qtbot.waitUntil(lambda: dialog.model.count() > 0, timeout=WAIT_MS)
    dialog.folders["cat"].setText("../outside")
    assert not dialog.ok.isEnabled()
    assert "not a valid folder name" in dialog.problem.text()
    dialog.folders["cat"].setText("Cats")
    dialog.theme.setCurrentIndex(dialog.theme.findData(Theme.DARK))
    dialog.ok.click()
    idle(qtbot, window)
    assert window.palette().window().color().lightness() < 80
    window.close()
    again = open_window().preferences
    assert (again.theme, again.folders["cat"]) == (Theme.DARK, "Cats")


def test_the_threshold_shows_its_effect_in_the_photos_at_once_and_is_kept(
    qtbot, window: Window, pictures: Path, open_window, colour_bundle: ModelBundle
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    slider = window.threshold.slider
    assert slider.value() == round(1000 * colour_bundle.thresholds.present)
    assert not window.threshold.as_model.isVisible()
    slider.setValue(500)
    qtbot.waitUntil(lambda: window.model.counts["unsure"] == 0, timeout=WAIT_MS)
    assert window.threshold.says.text() == "cat or dog: at least 50.0%, neither: at most 50.0%"
    slider.setValue(990)
    qtbot.waitUntil(lambda: window.model.counts["unsure"] == 1, timeout=WAIT_MS)
    assert "unsure, 1" in [b.accessibleName() for b in window.filters.findChildren(QPushButton)]
    window.close()
    second = open_window()
    assert second.preferences.threshold == 0.99
    drop(second, pictures)
    idle(qtbot, second)
    assert second.threshold.slider.value() == 990
    qtbot.mouseClick(second.threshold.as_model, Qt.MouseButton.LeftButton)
    assert second.thresholds == colour_bundle.thresholds
    assert second.preferences.threshold is None


def test_the_size_is_remembered(open_window) -> None:
    first = open_window()
    first.resize(755, 590)
    first.close()
    second = open_window()
    assert (second.width(), second.height()) == (755, 590)


def test_learning_without_corrections_explains_how_to_correct(qtbot, window: Window) -> None:
    window.open_learn()
    dialog = window.findChild(LearnDialog)
    qtbot.waitUntil(lambda: "press C, D, B or N" in dialog.words.text(), timeout=WAIT_MS)
    assert not dialog.begin.isEnabled()
    dialog.close()


def test_everything_that_takes_the_focus_has_a_name(qtbot, window: Window, pictures: Path) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    nameless = [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and type(part) is not QWidget
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (part.accessibleName() or getattr(part, "text", str)())
    ]
    assert nameless == []
    accessible_text = window.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert accessible_text == "a.png: cat, 99.9% sure"


def test_the_keyboard_alone_reaches_every_part(qtbot, window: Window, pictures: Path) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    window.activateWindow()
    reached = set()
    for _ in range(60):
        window.focusNextChild()
        reached.add(window.focusWidget())
    wanted = {window.grid, window.sort, window.history, window.learn, window.options}
    assert wanted | set(window.preview.buttons.values()) <= reached
