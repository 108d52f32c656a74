"""Undo finds folders that were renamed since the run, and does not mistake others for them."""

import os
import shutil
from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.moving import executor, relocation
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import NotRestored
from catdog_sorter.moving.relocation import Relocation
from catdog_sorter.moving.undo import plan_undo
from tests.support.shelf import Shelf, names, open_shelf, tree


@pytest.fixture
def shelf(tmp_path: Path):
    with open_shelf(tmp_path, "same drive") as shelf:
        shelf.put("a.jpg", "a.xmp", "deep/b.jpg")
        yield shelf


def sort(shelf: Shelf, mode: Mode = Mode.MOVE) -> None:
    shelf.apply(shelf.group("a.jpg", "a.xmp"), shelf.group("deep/b.jpg"), mode=mode)


MODES = [Mode.MOVE, Mode.COPY, Mode.HARDLINK]


@pytest.mark.parametrize("mode", MODES)
def test_a_renamed_folder_is_found(shelf: Shelf, mode: Mode) -> None:
    before = names(shelf.top)
    sort(shelf, mode)
    pictures = shelf.top.rename(shelf.top.with_name("pictures"))
    assert plan_undo(shelf.journal).relocations == (Relocation(shelf.top, pictures),)
    assert not any(isinstance(outcome, NotRestored) for outcome in shelf.undo())
    assert names(pictures) == before
    assert not shelf.top.exists()


def test_renamed_folders_within_renamed_folders_are_found(shelf: Shelf) -> None:
    before = names(shelf.top)
    sort(shelf)
    (shelf.top / "cat/deep").rename(shelf.top / "cat/2020")
    pictures = shelf.top.rename(shelf.top.with_name("pictures"))
    assert not any(isinstance(outcome, NotRestored) for outcome in shelf.undo())
    assert names(pictures) == before


def test_a_copy_of_the_folder_is_not_mistaken_for_it(shelf: Shelf) -> None:
    sort(shelf)
    shutil.copytree(shelf.top, shelf.top.with_name("backup"))
    shutil.rmtree(shelf.top)
    before = tree(shelf.top.with_name("backup"))
    assert all(isinstance(outcome, NotRestored) for outcome in shelf.undo())
    assert tree(shelf.top.with_name("backup")) == before


def test_a_new_folder_with_the_inode_of_a_deleted_one_is_not_mistaken_for_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    sort(shelf)
    real = relocation.folder_id
    was = real(shelf.top / "cat")
    shutil.rmtree(shelf.top / "cat")
    new = shelf.top / "new"
    new.mkdir()
    (new / "a.jpg").write_text("another photo")
    monkeypatch.setattr(relocation, "folder_id", lambda p: was if p == new else real(p))
    before = tree(new)
    assert all(isinstance(outcome, NotRestored) for outcome in shelf.undo())
    assert tree(new) == before


def test_a_drive_that_is_mounted_elsewhere_is_found(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names(shelf.top)
    sort(shelf)
    mount = shelf.top.parent / "media" / "stick"
    mount.mkdir(parents=True)
    shelf.top.rename(mount / "photos")
    monkeypatch.setattr(relocation, "_mount_points", lambda: [mount])
    assert not any(isinstance(outcome, NotRestored) for outcome in shelf.undo())
    assert names(mount / "photos") == before


def test_mount_points_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mountinfo"
    file.write_text(
        "36 35 98:0 / /media/my\\040stick rw,noatime shared:1 - vfat /dev/sdb1 rw\n"
        "37 35 98:1 / /net/slow rw shared:2 - nfs4 server:/x rw\n"
    )
    monkeypatch.setattr(relocation, "_LINUX_MOUNTS", file)
    monkeypatch.setattr(relocation.sys, "platform", "linux")
    assert list(relocation._mount_points()) == [Path("/media/my stick")]


def test_a_folder_moved_anywhere_can_be_named(shelf: Shelf) -> None:
    before = names(shelf.top)
    sort(shelf)
    archive = shelf.top.parent / "archive" / "2020"
    shutil.copytree(shelf.top, archive)
    shutil.rmtree(shelf.top)
    with pytest.raises(UsageError, match="No file of run 1 was below '/elsewhere'"):
        executor.undo(shelf.journal, None, [Relocation(Path("/elsewhere"), archive)])
    with pytest.raises(UsageError, match="nowhere' is not a folder"):
        executor.undo(shelf.journal, None, [Relocation(shelf.top, Path("/nowhere"))])
    outcomes = list(executor.undo(shelf.journal, None, [Relocation(shelf.top, archive)]))
    assert not any(isinstance(outcome, NotRestored) for outcome in outcomes)
    assert names(archive) == before


def test_a_plan_made_provisionally_leaves_the_journal_as_it_was(shelf: Shelf) -> None:
    sort(shelf)
    entries = shelf.journal.entries(1)
    pictures = shelf.top.rename(shelf.top.with_name("pictures"))
    with shelf.journal.provisionally():
        assert plan_undo(shelf.journal).folder == pictures
    assert shelf.journal.entries(1) == entries


def test_names_that_are_not_text_are_found(shelf: Shelf) -> None:
    name = os.fsdecode(b"caf\xe9")
    shelf.put(f"{name}/c.jpg")
    shelf.apply(shelf.group(f"{name}/c.jpg"))
    pictures = shelf.top.rename(shelf.top.with_name(f"{name}-2"))
    assert not any(isinstance(outcome, NotRestored) for outcome in shelf.undo())
    assert (pictures / name / "c.jpg").exists()
