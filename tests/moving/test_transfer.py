"""One file from one place to another, and back: what is there stays, and copies are verified."""

import errno
import os
from pathlib import Path

import pytest

from catdog_sorter.moving import transfer
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, Restored
from tests.support.shelf import MTIME_NS, Shelf, names, tree

# --- What is there is never overwritten ------------------------------------------------------


def primitives() -> list[str]:
    return ["system call", "hard link", "reservation"]


@pytest.fixture(params=primitives())
def primitive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of renaming, as the file system would force it."""

    def unsupported(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param != "system call":
        monkeypatch.setattr(transfer, "_rename_noreplace", lambda source, target: False)
    if request.param == "reservation":
        monkeypatch.setattr(os, "link", unsupported)
    return str(request.param)


def test_the_target_is_never_overwritten(tmp_path: Path, primitive: str) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken").symlink_to("nowhere")
    before = tree(tmp_path)
    for target in ("b", "folder", "broken"):
        with pytest.raises(FileExistsError):
            transfer.move_without_overwrite(tmp_path / "a", tmp_path / target)
        assert tree(tmp_path) == before, primitive
    transfer.move_without_overwrite(tmp_path / "a", tmp_path / "c")
    assert (tmp_path / "c").read_text() == "a"
    assert not (tmp_path / "a").exists()
    with pytest.raises(FileNotFoundError):
        transfer.move_without_overwrite(tmp_path / "gone", tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_a_target_made_in_the_very_instant_is_not_overwritten(
    tmp_path: Path, primitive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    before = tree(tmp_path)
    monkeypatch.setattr(transfer, "_refuse_existing", lambda target: None)  # it was not there yet
    with pytest.raises(FileExistsError):
        transfer.move_without_overwrite(tmp_path / "a", tmp_path / "b")
    assert tree(tmp_path) == before, primitive


CALLS = {
    "system call": (transfer, "_rename_noreplace"),
    "hard link": (os, "link"),
    "reservation": (os, "replace"),
}


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOENT, errno.EEXIST, errno.EXDEV])
def test_a_move_whose_answer_got_lost_took_place(
    tmp_path: Path, primitive: str, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As over a network: the server did it, and the program hears of an error."""
    owner, name = CALLS[primitive]
    really = getattr(owner, name)

    def answer_lost(*arguments: object, **options: object) -> None:
        really(*arguments, **options)
        raise OSError(error, os.strerror(error))

    (tmp_path / "a").write_text("a")
    monkeypatch.setattr(owner, name, answer_lost)
    transfer.move_without_overwrite(tmp_path / "a", tmp_path / "b")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b": "a"}


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOENT])
def test_the_only_copy_is_kept_when_removing_the_original_reports_an_error(
    tmp_path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("a")
    unlink = os.unlink

    def answer_lost(path: Path) -> None:
        unlink(path)
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "unlink", answer_lost)
    transfer._drop(tmp_path / "a", tmp_path / "b")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b": "a"}


def test_a_copy_whose_folder_cannot_be_synced_goes_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    if shelf.out == shelf.top:
        pytest.skip("a rename needs no copy")
    shelf.put("a.jpg")
    before = tree(shelf.top)
    monkeypatch.setattr(transfer, "_sync_folder", broken)
    (outcome,) = shelf.apply(shelf.group("a.jpg"))
    assert isinstance(outcome, MoveFailed)
    assert "drive reports an error" in outcome.reason
    assert tree(shelf.top) == before
    assert names(shelf.out) == []


def test_a_drive_that_refuses_times_keeps_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    (tmp_path / "a").write_text("a")
    (tmp_path / "a").chmod(0o640)
    monkeypatch.setattr(os, "utime", refused)
    transfer._copy_synced(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o640


def test_a_whole_run_with_each_primitive(same: Shelf, primitive: str) -> None:
    same.put("a.jpg", "a.xmp", "b.jpg")
    before = tree(same.top)
    outcomes = same.apply(same.group("a.jpg", "a.xmp"), same.group("b.jpg"))
    assert [type(outcome) for outcome in outcomes] == [Moved, Moved], primitive
    assert names(same.top) == ["cat/a.jpg", "cat/a.xmp", "cat/b.jpg"]
    same.undo()
    assert tree(same.top) == before


# --- Copies are verified ---------------------------------------------------------------------


def test_a_copy_that_reads_back_differently_is_thrown_away(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("a.jpg")
    before = tree(shelf.top, shelf.out)
    copy = transfer._copy_synced

    def bad_drive(source: Path, part: Path) -> str:
        digest = copy(source, part)
        part.chmod(0o600)
        part.write_bytes(b"X" * part.stat().st_size)
        return digest

    monkeypatch.setattr(transfer, "_copy_synced", bad_drive)
    mode = Mode.COPY if shelf.out == shelf.top else Mode.MOVE
    (outcome,) = shelf.apply(shelf.group("a.jpg"), mode=mode)
    assert isinstance(outcome, MoveFailed)
    assert "reads back differently" in outcome.reason
    assert tree(shelf.top, shelf.out) == before


def test_a_photo_written_during_its_copy_stays(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("b.jpg", "a.jpg")
    copy = transfer._copy_synced

    def edited(source: Path, part: Path) -> str:
        digest = copy(source, part)
        (shelf.top / "a.jpg").write_bytes(b"edited")
        return digest

    monkeypatch.setattr(transfer, "_copy_synced", edited)
    mode = Mode.COPY if shelf.out == shelf.top else Mode.MOVE
    (outcome,) = shelf.apply(shelf.group("a.jpg"), mode=mode)
    assert isinstance(outcome, MoveFailed)
    assert (shelf.top / "a.jpg").read_bytes() == b"edited"
    assert names(shelf.out) in ([], ["a.jpg", "b.jpg"])


def test_a_full_drive_leaves_no_half_copy(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("a.jpg", "b.jpg")
    before = tree(shelf.top, shelf.out)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    mode = Mode.COPY if shelf.out == shelf.top else Mode.MOVE
    outcomes = shelf.apply(shelf.group("a.jpg"), shelf.group("b.jpg"), mode=mode)
    assert [type(outcome) for outcome in outcomes] == [MoveFailed, MoveFailed]
    assert tree(shelf.top, shelf.out) == before


# --- The way back ----------------------------------------------------------------------------


def test_times_that_the_drive_rounds_off_come_back(shelf: Shelf) -> None:
    if shelf.out == shelf.top:
        pytest.skip("a rename keeps its times")
    shelf.put("a.jpg")
    before = tree(shelf.top, shelf.out)
    shelf.apply(shelf.group("a.jpg"))
    coarse = MTIME_NS // 2_000_000_000 * 2_000_000_000
    os.utime(shelf.out / "cat/a.jpg", ns=(coarse, coarse))
    assert [type(outcome) for outcome in shelf.undo()] == [Restored]
    assert tree(shelf.top, shelf.out) == before


# --- Words -----------------------------------------------------------------------------------


def test_a_reason_names_any_path_in_one_line(same: Shelf) -> None:
    name = "link\n" + os.fsdecode(b"\xff") + ".jpg"
    (same.top / name).symlink_to("nowhere")
    (outcome,) = same.apply(same.group(name))
    assert isinstance(outcome, MoveFailed)
    assert outcome.reason.startswith(rf"'{same.top}/link\n\xff.jpg' is a link")


def test_what_is_gone_is_said_without_repeating_its_name(same: Shelf) -> None:
    (outcome,) = same.apply(same.group("gone.jpg"))
    assert isinstance(outcome, MoveFailed)
    assert outcome.reason == "It is no longer there: another program moved or deleted it."


def test_a_drive_that_does_not_say_which_name_is_in_the_way_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object, **__: object) -> None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    monkeypatch.setattr(os, "mkdir", taken)
    with pytest.raises(transfer.UnsafeTransfer, match="cat' is a file, so no folder of that name"):
        transfer.make_folder(tmp_path / "cat")
