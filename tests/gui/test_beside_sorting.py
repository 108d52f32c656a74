"""Functions of the window besides sorting into folders: keywords, reports, watching a folder."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from catdog_sorter.gui.dialogs.watch import WatchDialog
from catdog_sorter.gui.folder_watch import watch_command
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.window import Window
from catdog_sorter.labels import Label
from catdog_sorter.moving.journal import open_journal
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.sort import References
from catdog_sorter.moving.xmp import with_keywords
from tests.support.colours import draw, tree
from tests.support.windows import WAIT_MS, drop, idle, planned

LEFT = Qt.MouseButton.LeftButton


def sort(qtbot, window: Window, mode: Mode = Mode.MOVE) -> None:
    dialog = planned(qtbot, window)
    dialog.mode.setCurrentIndex(dialog.mode.findData(mode))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(dialog.go, LEFT)
    idle(qtbot, window)


@pytest.fixture
def filled(qtbot, window: Window, pictures: Path) -> Window:
    (pictures / "a.xmp").write_bytes(with_keywords(None, ["garden"]) or b"")
    drop(window, pictures)
    idle(qtbot, window)
    return window


# --- Keywords --------------------------------------------------------------------------------


def test_keywords_are_written_beside_the_photos_and_taken_back(
    qtbot, filled: Window, pictures: Path
) -> None:
    before = tree(pictures)
    dialog = planned(qtbot, filled)
    dialog.mode.setCurrentIndex(dialog.mode.findData(Mode.TAG))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT_MS)
    assert dialog.go.text() == "Tag 3 photos"
    assert not dialog.target.isVisible()
    assert dialog.columns.columns[Label.BOTH]._where.text() == "keywords: cat, dog"
    qtbot.mouseClick(dialog.go, LEFT)
    idle(qtbot, filled)
    assert set(tree(pictures)) == {*before, "b.xmp", "deep/c.png.xmp"}
    assert b"<rdf:li>cat</rdf:li>" in (pictures / "a.xmp").read_bytes()
    assert "3 photos tagged" in filled.banner.text.text()
    qtbot.mouseClick(filled.banner.action, LEFT)
    idle(qtbot, filled)
    assert tree(pictures) == before


def test_a_sidecar_that_the_window_wrote_goes_with_its_photo(
    qtbot, filled: Window, pictures: Path
) -> None:
    sort(qtbot, filled, Mode.TAG)
    sort(qtbot, filled)
    after = set(tree(pictures))
    assert {"dog/b.png", "dog/b.xmp", "both/deep/c.png", "both/deep/c.png.xmp"} <= after


def test_a_sidecar_that_cannot_be_added_to_is_named_in_the_plan(
    qtbot, window: Window, pictures: Path
) -> None:
    drop(window, pictures)  # its a.xmp is no XMP
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    dialog.mode.setCurrentIndex(dialog.mode.findData(Mode.TAG))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT_MS)
    assert dialog.go.text() == "Tag 2 photos"
    assert "a.xmp' was left as it is" in dialog._totals.text()
    dialog.reject()


# --- Reports ---------------------------------------------------------------------------------


def save_report(qtbot, window: Window, file: Path) -> None:
    """Choose a name in the dialog that is open."""
    picker = window.findChild(QFileDialog)
    picker.selectFile(str(file))
    picker.accept()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=WAIT_MS)


def test_a_report_shows_where_each_photo_went(
    qtbot, filled: Window, pictures: Path, tmp_path: Path
) -> None:
    sort(qtbot, filled)
    wanted = next(b for b in filled.banner.actions_row if b.text() == "Save report …")
    qtbot.mouseClick(wanted, LEFT)
    save_report(qtbot, filled, tmp_path / "report.jsonl")
    lines = (tmp_path / "report.jsonl").read_text().splitlines()
    rows = {Path(row["path"]).name: row for row in map(json.loads, lines)}
    assert {name: row.get("label", "unreadable") for name, row in rows.items()} == {
        "a.png": "cat",
        "b.png": "dog",
        "c.png": "both",
        "d.png": "neither",
        "e.png": "unsure",
        "f.jpg": "unreadable",
    }
    assert rows["a.png"]["path"] == str(pictures / "a.png")
    assert rows["a.png"]["target"] == str(pictures / "cat" / "a.png")
    assert rows["a.png"]["outcome"] == "sorted"
    assert "outcome" not in rows["d.png"]
    assert "The report is saved" in filled.toast.text.text()
    assert filled.banner.action.isVisible(), "they can be put back still"


def test_a_page_has_pictures_of_the_photos_at_their_current_paths(
    qtbot, filled: Window, tmp_path: Path
) -> None:
    sort(qtbot, filled)
    filled.save_report()
    save_report(qtbot, filled, tmp_path / "report")
    page = (tmp_path / "report.html").read_text()
    start = page.index('id="pictures-0">')
    pictures = page[start : page.index("</script>", start)].split("\n")[1:-1]
    assert [bool(picture) for picture in pictures] == [True] * 5 + [False]


def test_a_file_that_is_not_a_report_is_never_replaced(
    qtbot, filled: Window, tmp_path: Path
) -> None:
    diary = tmp_path / "diary.html"
    diary.write_text("<p>Dear diary</p>")
    filled._write_report(diary, ())
    idle(qtbot, filled)
    assert diary.read_text() == "<p>Dear diary</p>"
    assert "diary.html" in filled.banner.text.text()


def test_before_photos_are_classified_there_is_nothing_to_report(window: Window) -> None:
    window.save_report()
    assert window.findChild(QFileDialog) is None


# --- What other programs know of -------------------------------------------------------------


def test_photos_of_another_programs_database_move_only_if_that_is_chosen(
    qtbot, filled: Window, pictures: Path
) -> None:
    filled.references = References(catalogs=frozenset({pictures}))
    dialog = planned(qtbot, filled)
    assert not dialog.go.isEnabled()
    assert "another program" in dialog._totals.text()
    assert not dialog.break_links.isVisible()
    dialog.break_catalogs.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT_MS)
    assert dialog.go.text() == "Move 3 photos"
    assert str(pictures) in dialog.warnings.text()
    dialog.mode.setCurrentIndex(dialog.mode.findData(Mode.COPY))
    assert not dialog.break_catalogs.isVisible(), "a copy breaks nothing"
    dialog.reject()


# --- Watching --------------------------------------------------------------------------------


def test_the_watch_command_has_all_chosen_options() -> None:
    chosen = Preferences(
        model="mine", threshold=0.9, folders={Label.CAT: "Cats"}, into=Path("/s"), flat=True
    )
    assert watch_command(Path("/p"), chosen)[:3] == ["watch", "--yes", "--json"]
    words = " ".join(watch_command(Path("/p"), chosen))
    for part in (
        *("--mode move", "--folder cat=Cats", "--into /s", "--flat", "--model mine"),
        *("--threshold 0.9", "-- /p"),
    ):
        assert part in words


def test_a_folder_is_watched_after_a_question_until_it_is_stopped(
    qtbot, window: Window, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    draw(inbox / "here.png", "cat")
    window.watch.options = ("--settle", "0.1", "--poll")
    window.open_watch()
    dialog = window.findChild(WatchDialog)
    assert not dialog.go.isEnabled()
    dialog.set_folder(inbox)
    assert str(inbox / "cat") in dialog.plan.text()
    assert not window.watch.is_on, "nothing moves unasked"
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(
        lambda: "1 photo sorted so far" in window.watch_bar.words.text(), timeout=WAIT_MS
    )
    assert window.watch_bar.isVisible()
    draw(inbox / "new.png", "dog")
    qtbot.waitUntil((inbox / "dog" / "new.png").exists, timeout=WAIT_MS)
    qtbot.mouseClick(window.watch_bar.stop, LEFT)
    qtbot.waitUntil(lambda: not window.watch.is_on, timeout=WAIT_MS)
    assert not window.watch_bar.isVisible()
    assert window.banner.isHidden()
    with open_journal() as journal:
        assert [run.moved for run in journal.runs()] == [2]


def test_the_reason_why_watching_ended_is_shown(qtbot, window: Window, tmp_path: Path) -> None:
    window.watch.start(tmp_path / "gone", replace(window.preferences))
    qtbot.waitUntil(lambda: not window.watch.is_on, timeout=WAIT_MS)
    assert "no longer watched" in window.banner.text.text()
    assert "is not a folder" in window.banner.text.text()


# --- What is left alone, and what is left behind -----------------------------------------------


def test_a_library_is_named_where_nothing_else_was_found(
    qtbot, window: Window, tmp_path: Path
) -> None:
    draw(tmp_path / "Pictures" / "Mine.photoslibrary" / "a.png", "cat")
    drop(window, tmp_path / "Pictures")
    idle(qtbot, window)
    said = window.banner.text.text()
    assert "No photos were found there" in said
    assert str(Path("Pictures", "Mine.photoslibrary")) in said


def test_the_plan_shows_what_was_left_alone_and_which_databases_would_miss_photos(
    qtbot, window: Window, pictures: Path
) -> None:
    draw(pictures / "$RECYCLE.BIN" / "old.png", "cat")
    (pictures / "digikam4.db").touch()
    drop(window, pictures)
    idle(qtbot, window)
    dialog = planned(qtbot, window)
    assert "$RECYCLE.BIN" in dialog._totals.text()
    assert "digiKam keeps a database of pictures" in dialog.warnings.text()
    dialog.mode.setCurrentIndex(dialog.mode.findData(Mode.COPY))
    idle(qtbot, window)
    assert "digiKam" not in dialog.warnings.text()
    dialog.reject()


def test_folders_that_a_sort_has_emptied_are_removed_and_restored(
    qtbot, window: Window, pictures: Path
) -> None:
    (pictures / "empty before").mkdir()
    before = tree(pictures)
    drop(window, pictures)
    idle(qtbot, window)
    qtbot.mouseClick(planned(qtbot, window).go, LEFT)
    idle(qtbot, window)
    assert not (pictures / "deep").exists()
    assert (pictures / "empty before").exists()
    assert "Folders that are empty now were removed: 1" in window.banner.text.text()
    window.undo()
    idle(qtbot, window)
    assert tree(pictures) == before and (pictures / "deep").is_dir()
