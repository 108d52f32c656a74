"""One file is moved there and back: existing files stay, and copies are verified."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.moving import executor, transfer
from catdog_sorter.moving.journal import Attribute
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, Restored
from catdog_sorter.moving.places import Folders, Place, UnsafeTransfer
from catdog_sorter.moving.plan import Move, Plan
from catdog_sorter.moving.undo import preview
from tests.support.interference import at_every_step, interfering, quick_journal
from tests.support.shelf import MTIME_NS, Shelf, names, open_shelf, tree

# --- What is there is never overwritten ------------------------------------------------------


ASIDE = ".catdog-test.aside"


@pytest.fixture
def folders() -> Iterator[Folders]:
    with Folders() as folders:
        yield folders


Rename = Callable[[Path, Path], None]


@pytest.fixture
def rename(folders: Folders) -> Rename:
    def rename(source: Path, target: Path) -> None:
        places = folders.place(source), folders.place(target)
        transfer.move_without_overwrite(*places, ASIDE)

    return rename


def primitives() -> list[str]:
    return ["system call", "hard link", "reservation"]


def unsupported(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.fixture(params=primitives())
def primitive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of renaming, as on a file system that supports only this one."""
    if request.param != "system call":
        monkeypatch.setattr(transfer, "_rename_noreplace", lambda source, target: False)
    if request.param == "reservation":
        monkeypatch.setattr(os, "link", unsupported)
    return str(request.param)


def test_the_target_is_never_overwritten(tmp_path: Path, primitive: str, rename: Rename) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken").symlink_to("nowhere")
    before = tree(tmp_path)
    for target in ("b", "folder", "broken"):
        with pytest.raises(FileExistsError):
            rename(tmp_path / "a", tmp_path / target)
        assert tree(tmp_path) == before, primitive
    rename(tmp_path / "a", tmp_path / "c")
    assert (tmp_path / "c").read_text() == "a"
    assert not (tmp_path / "a").exists()
    with pytest.raises(FileNotFoundError):
        rename(tmp_path / "gone", tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_a_target_made_in_the_very_instant_is_not_overwritten(
    tmp_path: Path, primitive: str, rename: Rename, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    before = tree(tmp_path)
    monkeypatch.setattr(transfer, "_refuse_existing", lambda target: None)  # it was not there yet
    with pytest.raises(FileExistsError):
        rename(tmp_path / "a", tmp_path / "b")
    assert tree(tmp_path) == before, primitive


CALLS = {
    "system call": (transfer, "_rename_noreplace"),
    "hard link": (os, "link"),
    "reservation": (os, "replace"),
}


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOENT, errno.EEXIST, errno.EXDEV])
def test_a_move_whose_answer_got_lost_took_place(
    tmp_path: Path, primitive: str, error: int, rename: Rename, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As over a network: the server renamed the file, but the program gets an error."""
    owner, name = CALLS[primitive]
    really = getattr(owner, name)

    def answer_lost(*arguments: object, **options: object) -> None:
        really(*arguments, **options)
        raise OSError(error, os.strerror(error))

    (tmp_path / "a").write_text("a")
    monkeypatch.setattr(owner, name, answer_lost)
    rename(tmp_path / "a", tmp_path / "b")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b": "a"}


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOENT])
@pytest.mark.parametrize("call", ["replace", "unlink"])
def test_a_removal_counts_although_its_response_got_lost(
    tmp_path: Path, folders: Folders, call: str, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    really = getattr(os, call)

    def answer_lost(*arguments: object, **options: object) -> None:
        really(*arguments, **options)
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, call, answer_lost)
    transfer.remove(folders.place(tmp_path / "a"), ASIDE, lambda place: True)
    assert list(tmp_path.iterdir()) == []


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
    tmp_path: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    (tmp_path / "a").write_text("a")
    (tmp_path / "a").chmod(0o640)
    monkeypatch.setattr(os, "utime", refused)
    transfer._copy_synced(folders.place(tmp_path / "a"), folders.place(tmp_path / "b"))
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o640


def refusing(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="needs root")
def test_the_owner_is_kept_there_and_back(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    os.chown(shelf.top / "a.jpg", 12345, 54321)
    (outcome,) = shelf.apply(shelf.group("a.jpg"))
    assert isinstance(outcome, Moved) and not outcome.not_kept
    there = outcome.target.stat()
    shelf.undo()
    back = (shelf.top / "a.jpg").stat()
    assert (there.st_uid, there.st_gid) == (back.st_uid, back.st_gid) == (12345, 54321)


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="needs root")
def test_an_owner_that_cannot_be_kept_is_reported(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shelf.out == shelf.top:
        pytest.skip("a rename keeps the owner")
    shelf.put("a.jpg", "b.jpg")
    os.chown(shelf.top / "a.jpg", 12345, 54321)
    monkeypatch.setattr(os, "chown", refusing)
    outcomes = shelf.apply(shelf.group("a.jpg"), shelf.group("b.jpg"))
    assert [set(outcome.not_kept) for outcome in outcomes if isinstance(outcome, Moved)] == [
        {Attribute.OWNER},
        set(),
    ]


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("user.comment", {Attribute.EXTENDED}),
        ("system.posix_acl_access", {Attribute.ACCESS}),
        ("security.selinux", set()),
    ],
)
def test_undo_also_reports_attributes_that_it_cannot_restore(
    shelf: Shelf, name: str, attribute: set[Attribute], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A security label that the system assigns by the file's place does not count."""
    if shelf.out == shelf.top:
        pytest.skip("a rename keeps everything")
    shelf.put("a.jpg")
    with monkeypatch.context() as patch:
        patch.setattr(os, "listxattr", lambda descriptor: [name], raising=False)
        patch.setattr(os, "getxattr", lambda descriptor, name: b"value", raising=False)
        patch.setattr(os, "setxattr", refusing, raising=False)
        (outcome,) = shelf.apply(shelf.group("a.jpg"))
    assert isinstance(outcome, Moved) and outcome.not_kept == attribute
    with shelf.journal.provisionally():
        (previewed,) = preview(shelf.journal, shelf.journal.runs()[0])
    (undone,) = shelf.undo()
    assert isinstance(undone, Restored) and undone.not_kept == attribute
    assert previewed == undone


def test_attributes_lost_on_the_way_back_are_reported(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shelf.out == shelf.top:
        pytest.skip("a rename keeps everything")
    shelf.put("a.jpg")
    (outcome,) = shelf.apply(shelf.group("a.jpg"))
    assert isinstance(outcome, Moved) and not outcome.not_kept
    monkeypatch.setattr(os, "utime", refusing)
    (undone,) = shelf.undo()
    assert isinstance(undone, Restored) and undone.not_kept == {Attribute.TIME}


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK])
def test_an_original_that_stayed_has_lost_nothing(
    shelf: Shelf, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("a.jpg")
    if shelf.out != shelf.top and mode is Mode.HARDLINK:
        pytest.skip("a hard link does not reach another drive")
    monkeypatch.setattr(os, "utime", refusing)
    shelf.apply(shelf.group("a.jpg"), mode=mode)
    (undone,) = shelf.undo()
    assert isinstance(undone, Restored) and not undone.not_kept


@pytest.mark.parametrize(
    ("call", "attribute"), [("chmod", Attribute.PERMISSIONS), ("utime", Attribute.TIME)]
)
def test_attributes_that_the_drive_refuses_are_reported(
    shelf: Shelf, call: str, attribute: Attribute, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shelf.out == shelf.top:
        pytest.skip("a rename keeps everything")
    shelf.put("a.jpg")
    monkeypatch.setattr(os, call, refusing)
    (outcome,) = shelf.apply(shelf.group("a.jpg"))
    assert isinstance(outcome, Moved) and outcome.not_kept == {attribute}


def test_hard_links_that_become_copies_are_said(shelf: Shelf) -> None:
    shelf.put("a.jpg", "c.jpg")
    os.link(shelf.top / "a.jpg", shelf.top / "b.jpg")
    outcomes = shelf.apply(*(shelf.group(f"{name}.jpg") for name in "abc"))
    lost = [bool(outcome.not_kept) for outcome in outcomes if isinstance(outcome, Moved)]
    if shelf.out == shelf.top:
        assert (shelf.out / "cat/a.jpg").samefile(shelf.out / "cat/b.jpg")
        assert lost == [False] * 3
    else:
        assert lost == [True, False, False], "the last name of a file is no link any more"


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

    def bad_drive(source: Place, part: Place) -> Any:
        digest = copy(source, part)
        part.path.chmod(0o600)
        part.path.write_bytes(b"X" * part.path.stat().st_size)
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

    def edited(source: Place, part: Place) -> Any:
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


# --- Another program saves at any instant ----------------------------------------------------


def save(path: Path, content: bytes) -> None:
    """Save as programs do: a new file replaces the earlier one."""
    new = path.with_name(".being saved")
    new.write_bytes(content)
    new.replace(path)


def contents(*folders: Path) -> list[bytes]:
    """The content of every visible file in all these places."""
    found = [path for folder in dict.fromkeys(folders) for path in folder.rglob("*")]
    assert not [path.name for path in found if path.name.startswith(".catdog-")]
    return [path.read_bytes() for path in found if path.is_file()]


@pytest.mark.parametrize("drive", ["same drive", "other drive"])
@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY, Mode.HARDLINK, Mode.TAG])
@pytest.mark.parametrize("victim", ["a.jpg", "a.xmp"])
def test_what_another_program_saves_at_any_instant_is_kept(
    tmp_path: Path,
    primitive: str,
    drive: str,
    mode: Mode,
    victim: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if mode is Mode.HARDLINK and (drive, primitive) != ("same drive", "system call"):
        pytest.skip("there are no hard links to make")
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    lost: list[int] = []

    def attempt(step: int) -> list[int]:
        with quick_journal() as journal:
            top = tmp_path / str(step)
            top.mkdir()
            out = journal.path.parent / "out" if drive == "other drive" else top
            shelf = Shelf(top, out, journal)
            shelf.put("a.jpg", "a.xmp", "b.jpg")
            group = shelf.group("a.jpg", "a.xmp")
            if mode is Mode.TAG:
                sidecar = Move(top / "a.xmp", out / "kept.xmp")
                group = replace(group, moves=(Move(top / "a.jpg", sidecar.source),), backup=sidecar)
            plan = Plan((group, shelf.group("b.jpg")) if mode is not Mode.TAG else (group,), ())
            with interfering(step, lambda: save(top / victim, b"edited")) as reached:
                apply = executor.apply(plan, journal, mode, "", write=lambda _: b"tags")
                list(apply)
            found = contents(top, out)
            if b"edited" not in found:
                lost.extend(reached)
            assert b"bytes of b.jpg" in found
            other = {"a.jpg", "a.xmp"} - {victim}
            assert b"bytes of " + other.pop().encode() in found, step
            return reached

    at_every_step(attempt, at_least=10)
    # Between the last check and the rename, where the drive has no rename that refuses to replace.
    gaps = (primitive, mode, victim) == ("reservation", Mode.TAG, "a.xmp")
    assert len(lost) <= gaps, lost


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.COPY, Mode.TAG])
def test_files_that_another_program_saves_during_an_undo_are_kept(
    tmp_path: Path, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)

    def attempt(step: int) -> list[int]:
        with quick_journal() as journal:
            top = tmp_path / str(step)
            top.mkdir()
            shelf = Shelf(top, journal.path.parent / "out", journal)
            shelf.put("a.jpg")
            group = shelf.group("a.jpg")
            if mode is Mode.TAG:
                group = replace(group, moves=(Move(top / "a.jpg", top / "a.jpg.xmp"),))
            plan = Plan((group,), ())
            list(executor.apply(plan, journal, mode, "", write=lambda _: b"tags"))
            made = group.moves[0].target

            def edit() -> None:
                if made.parent.is_dir():
                    save(made, b"edited")

            with interfering(step, edit) as reached:
                shelf.undo()
            found = contents(top, shelf.out)
            assert not reached or b"edited" in found or not made.parent.is_dir(), step
            assert b"bytes of a.jpg" in found or mode is Mode.MOVE, step
            return reached

    at_every_step(attempt, at_least=10)


def test_an_edit_that_keeps_size_and_time_is_seen_in_what_was_set_aside(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edited right before the source is set aside: only its hash shows that."""
    if shelf.out == shelf.top:
        pytest.skip("a rename needs no copy")
    shelf.put("b.jpg", "a.jpg")
    source = shelf.top / "a.jpg"
    status = source.stat()
    rename = Place.rename

    def edit_and_rename(place: Place, other: Place) -> None:
        if place.path == source:
            source.write_bytes(bytes(status.st_size))
            os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
        rename(place, other)

    monkeypatch.setattr(Place, "rename", edit_and_rename)
    (outcome,) = shelf.apply(shelf.group("a.jpg"))
    assert isinstance(outcome, MoveFailed) and "changed while it was being sorted" in outcome.reason
    assert source.read_bytes() == bytes(status.st_size)
    assert names(shelf.out) == []


def test_a_file_saved_twice_in_one_instant_keeps_both_versions(
    tmp_path: Path, folders: Folders
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"first edit")

    def second_edit(place: Place) -> bool:
        photo.write_bytes(b"second edit")
        return False

    with pytest.raises(UnsafeTransfer, match=r"the earlier version is now '.*a \(2\).jpg'\.$"):
        transfer.remove(folders.place(photo), ASIDE, second_edit)
    assert photo.read_bytes() == b"second edit"
    assert (tmp_path / "a (2).jpg").read_bytes() == b"first edit"
    assert names(tmp_path) == ["a (2).jpg", "a.jpg"]


# --- The way back ----------------------------------------------------------------------------


def test_times_that_the_drive_rounds_off_are_restored(shelf: Shelf) -> None:
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


def test_a_missing_file_is_reported_without_repeating_its_name(same: Shelf) -> None:
    (outcome,) = same.apply(same.group("gone.jpg"))
    assert isinstance(outcome, MoveFailed)
    assert outcome.reason == "It is no longer there: another program moved or deleted it."


def test_a_drive_that_does_not_say_which_name_is_in_the_way_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object, **__: object) -> None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    monkeypatch.setattr(os, "mkdir", taken)
    with Folders() as folders, pytest.raises(UnsafeTransfer, match="cat' is a file, so no folder"):
        folders.place(tmp_path / "cat" / "a.jpg", make=True)


@pytest.mark.parametrize("lasts", [False, True])
def test_a_reserved_name_that_could_not_be_freed_at_once_is_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lasts: bool
) -> None:
    """On another drive without hard links: the copy finds its name taken."""
    calls = 0
    really = os.replace

    def fails(*arguments: Any, **options: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        if calls == 2 or lasts:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        really(*arguments, **options)

    with open_shelf(tmp_path, "same drive") as shelf:
        shelf.put("a.jpg", "b.jpg")
        before = tree(shelf.top)
        with monkeypatch.context() as drive:
            drive.setattr(transfer, "_rename_noreplace", lambda source, target: False)
            drive.setattr(os, "link", unsupported)
            drive.setattr(os, "replace", fails)
            outcomes = shelf.apply(shelf.group("a.jpg"), shelf.group("b.jpg"))
        assert [type(outcome) for outcome in outcomes] == [MoveFailed if lasts else Moved] * 2
        with suppress(UsageError):
            shelf.undo()
        assert tree(shelf.top) == before
