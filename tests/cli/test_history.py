"""Undo names the run before it starts and reverts only that one; history shows the state of all."""

import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving import transfer
from tests.support.colours import draw, tree
from tests.support.output import printed


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture
def sort(colour_bundle: ModelBundle):
    return lambda folder: call("sort", folder, "--yes", "-q", "--model", colour_bundle.folder)


def test_undo_names_run_date_folder_and_count(tmp_path: Path, sort) -> None:
    draw(tmp_path / "p/a.png", "cat")
    draw(tmp_path / "p/deep/b.png", "dog")
    sort(tmp_path / "p")
    said = call("undo").stderr
    assert "Undoing run 1 of 2" in said
    assert f"(2 files moved, in '{tmp_path / 'p'}')" in said


def test_after_a_run_that_moved_nothing_no_other_is_undone(tmp_path: Path, sort) -> None:
    draw(tmp_path / "old/a.png", "cat")
    draw(tmp_path / "new/b.png", "neither")
    sort(tmp_path / "old")
    sort(tmp_path / "new")
    before = tree(tmp_path)
    refused = call("undo")
    assert refused.exit_code == 2
    assert "Run 2 of " in refused.stderr
    assert "moved nothing" in refused.stderr
    assert "catdog-sort undo 1" in refused.stderr
    assert str(tmp_path / "old") in refused.stderr
    assert tree(tmp_path) == before
    assert call("undo", 1).exit_code == 0
    assert (tmp_path / "old/a.png").exists()


def test_a_second_undo_takes_back_no_older_run(tmp_path: Path, sort) -> None:
    for name in ("one", "two"):
        draw(tmp_path / name / "a.png", "cat")
        sort(tmp_path / name)
    assert call("undo").exit_code == 0
    refused = call("undo")
    assert (refused.exit_code, "undone already" in refused.stderr) == (2, True)
    assert (tmp_path / "one/cat/a.png").exists()


def test_a_dry_run_shows_and_changes_nothing(tmp_path: Path, sort, home: Path) -> None:
    for name in ("a.png", "b.png"):
        draw(tmp_path / "p" / name, "cat")
    sort(tmp_path / "p")
    (tmp_path / "p/cat/b.png").write_text("another picture")
    before = tree(tmp_path / "p")
    shown = call("undo", "--dry-run")
    assert shown.exit_code == 1
    assert shown.stdout == (
        f"{tmp_path / 'p/cat/a.png'} -> {tmp_path / 'p/a.png'}\n"
        "Nothing was changed; 1 file would be put back.\n"
    )
    assert "b.png' was changed after it was sorted" in shown.stderr
    assert tree(tmp_path / "p") == before
    assert "move, done" in call("history").stdout


def test_files_that_cannot_be_restored_make_a_run_partly_undone(tmp_path: Path, sort) -> None:
    for name in ("a.png", "b.png"):
        draw(tmp_path / "p" / name, "cat")
    sort(tmp_path / "p")
    drive = tmp_path / "p/cat/b.png"
    drive.with_name("keeps the folder.txt").touch()
    drive.rename(tmp_path / "unplugged")
    undone = call("undo", "--json")
    assert undone.exit_code == 1
    assert "Run 1 is partly undone. Run `catdog-sort undo 1` to try" in undone.stderr
    report = printed(undone.stdout)
    counts = {"restored": 1, "left": 1, "not_kept": {}}
    assert report.summary == {"run": 1, "dry_run": False, **counts}
    assert [set(line) for line in report.lines] == [{"path", "was_at"}, {"path", "error"}]
    assert "move, partly undone" in call("history").stdout
    (tmp_path / "unplugged").rename(drive)
    assert "what is left of run 1" in (again := call("undo")).stderr
    assert (again.exit_code, again.stdout) == (0, "1 file put back, 0 left alone.\n")
    assert "move, undone" in call("history").stdout


def test_folders_that_were_renamed_are_found_or_named(
    tmp_path: Path, sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    draw(tmp_path / "p/a.png", "cat")
    before = tree(tmp_path / "p")
    sort(tmp_path / "p")
    (tmp_path / "p").rename(tmp_path / "pictures")
    said = call("undo", "--dry-run")
    assert f"{tmp_path / 'p'} is now {tmp_path / 'pictures'}." in said.stderr
    assert f"-> {tmp_path / 'pictures/a.png'}\n" in said.stdout
    (tmp_path / "far/away").mkdir(parents=True)
    (tmp_path / "pictures").rename(tmp_path / "far/away/p")
    assert call("undo").exit_code == 1
    for wrong in ("p", "=p", "p="):
        assert call("undo", "--moved", wrong).exit_code == 2
    moved = f"{tmp_path / 'p'}=~/far/away/p"
    assert call("undo", "--moved", moved).exit_code == 0
    assert tree(tmp_path / "far/away/p") == before


def test_attributes_that_another_drive_has_not_kept_are_reported_there_and_back(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    draw(tmp_path / "p/a.png", "cat")
    # As between two drives: each move is a copy.
    monkeypatch.setattr(transfer, "move", transfer.move_by_copy)
    monkeypatch.setattr(os, "utime", refuse)
    sentence = "The time of 1 {} could not be kept on another drive."
    moved = call("sort", tmp_path / "p", "--yes", "--model", colour_bundle.folder)
    assert sentence.format("photo") in moved.stderr
    report = printed(call("undo", "--dry-run", "--json").stdout).summary
    assert report["not_kept"] == {"time": 1}
    assert sentence.format("file") in call("undo", "--yes").stderr
