"""Moves one file from one place to another, and back.

Decides how a file gets its new name, when a copy is verified so that the original can be removed,
and what the disk shows about a file in the journal. Never overwrites an existing file and never
removes the only copy of a file. Another program may replace a file at any time, so before a file is
removed it is renamed to a hidden name and checked there. Knows no modes and no groups: `executor`
decides the order of files.
"""

import ctypes
import errno
import hashlib
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import Any

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.moving.journal import Attribute, Entry, Journal
from catdog_sorter.moving.places import (
    Folders,
    Place,
    UnsafeTransfer,
    checked_regular,
    is_same_content,
    is_unchanged,
)
from catdog_sorter.moving.recorded_folders import run_folders
from catdog_sorter.photos.companions import numbered
from catdog_sorter.storage.files import file_sha256
from catdog_sorter.text import shown

_CHUNK_BYTES = 1 << 20
_FINGERPRINT_BYTES = 1 << 16
# The coarsest resolution of file times: FAT's.
_CLOCK_STEP_NS = 2_000_000_000
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
# Errors of `fsync` when data may not have reached the drive.
_LOSING = {errno.EIO, errno.ENOSPC, errno.EDQUOT}
_NO_HARD_LINKS = _NOT_OFFERED | {errno.EPERM, errno.EMLINK}
# Errors for a name that a drive does not accept; drives served by a program report ENOENT.
_ODD_NAME = {errno.EINVAL, errno.EILSEQ, errno.ENOENT}
_TAKES_DESCRIPTORS = {os.chmod, os.utime} <= os.supports_fd
# Windows never follows links here and does not accept the option.
_OF_LINK = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}


# --- A new name ------------------------------------------------------------------------------


def move_without_overwrite(source: Place, target: Place, aside: str) -> None:
    """Rename within one file system. Raises FileExistsError if `target` exists; nothing changed.

    `aside` names the hidden file: see `aside_name`.
    """
    status = source.lstat()
    _refuse_existing(target)
    try:
        _give_name(source, target, aside)
    except OSError:
        # A server's answer can get lost: the rename may have happened despite the error.
        if not target.is_file(status):
            raise
    if source.is_file(status):
        _remove_first_name(source, target, status, aside)


def _remove_first_name(source: Place, target: Place, status: os.stat_result, aside: str) -> None:
    """Remove `source` now that `target` is a second name of it; if that fails, remove `target`."""

    def has_other_name(place: Place) -> bool:
        return place.is_file(status) and place.lstat().st_nlink > 1

    try:
        # A file that another program has saved there meanwhile stays.
        with suppress(UnsafeTransfer):
            remove(source, aside, has_other_name)
    except OSError:
        if source.is_surely_gone():
            return
        with suppress(OSError, UnsafeTransfer):
            remove(target, aside, has_other_name)
        raise


def hardlink(source: Place, target: Place, entry: Entry, journal: Journal) -> None:
    """Give a file a second name; FileExistsError if `target` exists."""
    _refuse_existing(target)
    try:
        _link(source, target)
    except OSError:
        if not target.is_file(source.lstat()):
            raise
    made = target.lstat()
    if entry.identity and not is_same_content(FileIdentity.of(made), entry.identity):
        aside = aside_name(entry, journal)
        remove(target, aside, lambda place: place.is_file(made) and made.st_nlink > 1)
        raise _changed(source)


def symlink(source: Path, target: Place, is_relative: bool = False) -> None:
    """Make a symbolic link at `target`; FileExistsError if that exists.

    `is_relative`: the link stays valid when both are moved together. Not possible across drives on
    Windows.
    """
    _refuse_existing(target)
    goal = os.fspath(source)
    if is_relative:
        with suppress(ValueError):
            goal = os.path.relpath(_without_links(source), os.path.realpath(target.folder.path))
    try:
        os.symlink(goal, target.at, dir_fd=target.descriptor)
    except OSError:
        if not points_to(target, source):
            raise


def _refuse_existing(target: Place) -> None:
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target.path))


def _give_name(source: Place, target: Place, mark: str) -> None:
    """Rename, or make `target` a second name where that is the only safe way."""
    if sys.platform == "win32":
        os.rename(source.at, target.at)  # On Windows it refuses to overwrite.
    elif not _rename_noreplace(source, target):
        try:
            _link(source, target)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            _reserve_and_replace(source, target, mark)


def _link(source: Place, target: Place) -> None:
    os.link(
        source.at,
        target.at,
        src_dir_fd=source.descriptor,
        dst_dir_fd=target.descriptor,
        **_OF_LINK,
    )


def _rename_noreplace(source: Place, target: Place) -> bool:
    """Rename atomically without overwriting; False where the system does not offer that."""
    rename = _renameat2()
    if rename is None:
        return False
    places = [
        (_AT_FDCWD if place.descriptor is None else place.descriptor, os.fsencode(place.at))
        for place in (source, target)
    ]
    if rename(*places[0], *places[1], _RENAME_NOREPLACE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(source.path), None, str(target.path))


@cache
def _renameat2() -> Any:
    """Return Linux's system call; None on other systems."""
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is not None:
        function.argtypes = (
            *(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p),
            ctypes.c_uint,
        )
    return function


def _reserve_and_replace(source: Place, target: Place, mark: str) -> None:
    """For drives without hard links: reserve the name with a small file, then replace that.

    The file contains `mark`, by which recovery recognises it. If another program replaces it
    between the last check and the rename, two system calls later, that program's file is lost: the
    system offers nothing better on such drives.
    """
    descriptor = target.create()
    try:
        os.write(descriptor, mark.encode())
        reserved = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    try:
        if not target.is_file(reserved):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target.path))
        source.rename(target)
    except OSError:
        discard_reservation(target, mark)
        raise


def discard_reservation(place: Place, mark: str) -> None:
    """Remove the file that reserved a name; any other file there stays."""
    aside = f"{mark}.reserved"
    with suppress(OSError, UnsafeTransfer):  # already set aside when the program was killed
        hidden = _hidden(place, aside)
        if hidden.exists() and _holds(hidden, mark):
            hidden.unlink()
    with suppress(OSError, UnsafeTransfer):
        if _is_reservation(place, mark):
            remove(place, aside, lambda hidden: _holds(hidden, mark))


def has_freed_name(entry: Entry, journal: Journal, folders: Folders) -> bool:
    """Remove the file that a failed attempt left at the target; False if it is still there."""
    mark = aside_name(entry, journal)
    with suppress(OSError, UnsafeTransfer):
        place = folders.place(entry.target)
        discard_reservation(place, mark)
        return not (_hidden(place, f"{mark}.reserved").exists() or _is_reservation(place, mark))
    return True


def _is_reservation(place: Place, mark: str) -> bool:
    return place.lstat().st_size == len(mark.encode()) and _holds(place, mark)


def _holds(place: Place, mark: str) -> bool:
    place.regular()
    with open(place.open_to_read(), "rb") as file:
        return file.read(len(mark) + 1) == mark.encode()


# --- Removing --------------------------------------------------------------------------------


def aside_name(entry: Entry, journal: Journal) -> str:
    """The hidden name under which this entry's file is set aside before it is removed."""
    return f".catdog-{journal.journal_id}-{entry.run}-{entry.sequence}.aside"


def _hidden(place: Place, aside: str) -> Place:
    """The hidden place for a file: the two places of an entry can be in one folder."""
    return place.sibling(_hidden_name(place.name, aside))


def _hidden_name(name: str, aside: str) -> str:
    return f"{aside}-{zlib.crc32(os.fsencode(name)):08x}"


def remove(place: Place, aside: str, is_the_one: Callable[[Place], bool], why: str = "") -> None:
    """Remove a file, unless another program has replaced it.

    The file is renamed to a hidden name made from `aside`, where no other program writes, checked,
    and then removed or renamed back. An error is ignored if the file is gone afterwards.

    Raises:
        UnsafeTransfer: It was a different file; `why` is the sentence for that.
        OSError: It could not be removed and is in its place.
    """
    finish_removal(place, aside)
    hidden = _hidden(place, aside)
    status = place.lstat()
    try:
        place.rename(hidden)
    except OSError:
        if not hidden.is_file(status):
            if place.is_surely_gone():
                return
            raise
    try:
        is_to_go = is_the_one(hidden)
    except BaseException:
        _restore_name(hidden, place, aside)
        raise
    if not is_to_go:
        _restore_name(hidden, place, aside)
        raise UnsafeTransfer(why or str(_changed(place)))
    try:
        hidden.unlink()
    except OSError:
        if not hidden.is_surely_gone():
            _restore_name(hidden, place, aside)
            raise


def finish_removal(place: Place, aside: str) -> None:
    """Rename back a file that was set aside when the program was killed."""
    hidden = _hidden(place, aside)
    if hidden.exists():
        _finish_removal(hidden, place, aside, None, None)


def _restore_name(hidden: Place, place: Place, mark: str) -> None:
    """Rename a file back, with a number if another program has taken its name.

    Raises UnsafeTransfer, which names the new one, in that case.
    """
    if _has_given_name(hidden, place, mark):
        return
    for number in count(2):
        other = place.sibling(numbered([place.name], number)[0])
        if _has_given_name(hidden, other, mark):
            raise UnsafeTransfer(
                f"Another program has saved '{shown(place.path)}' while it was being checked; the "
                f"earlier version is now '{shown(other.path)}'."
            )


def _has_given_name(hidden: Place, place: Place, mark: str) -> bool:
    """Rename the hidden file to this name; False if the name is taken."""
    status = hidden.lstat()
    try:
        _refuse_existing(place)
        _give_name(hidden, place, mark)
    except FileExistsError:
        if not place.is_file(status):
            return False
    except OSError:
        if not place.is_file(status):
            raise
    if hidden.is_file(status) and place.is_file(status):
        hidden.unlink()  # a second name that only this program knows
    return True


def _changed(place: Place) -> UnsafeTransfer:
    return UnsafeTransfer(
        f"'{shown(place.path)}' changed while it was being sorted, so it was left alone. Sort "
        f"again when no other program writes to it."
    )


# --- One file, there and back ----------------------------------------------------------------


def move(source: Place, target: Place, entry: Entry, journal: Journal) -> Entry:
    """Rename, or copy and remove where the target is on another drive.

    Returns the entry, with the hash if it was copied; FileExistsError if `target` exists.
    """
    aside = aside_name(entry, journal)
    try:
        move_without_overwrite(source, target, aside)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return move_by_copy(source, target, entry, journal)
    if entry.identity and not is_same_content(target.identity(), entry.identity):
        _restore_name(target, source, aside)  # saved by another program at the last moment
        raise _changed(source)
    return entry


def move_by_copy(source: Place, target: Place, entry: Entry, journal: Journal) -> Entry:
    """Copy, and remove the source once the copy is verified; otherwise as `move`."""
    links = source.lstat().st_nlink
    entry, made = _copy(source, target, entry, journal)
    if links > 1:
        entry = replace(entry, not_kept=entry.not_kept | {Attribute.LINKS})
    aside = aside_name(entry, journal)

    def take_back() -> None:
        if source.exists():
            with suppress(OSError, UnsafeTransfer):
                remove(target, aside, lambda place: place.is_file(made))

    def is_copied(place: Place) -> bool:
        was = entry.identity
        is_it = was is None or is_same_content(place.identity(), was)
        return is_it and _sha256(place) == entry.sha256

    try:
        _sync_folder_for_sure(target.folder.path)
        remove(source, aside, is_copied)
    except FileNotFoundError:
        # By this or another program: then the copy is the only one.
        if not source.is_surely_gone():
            take_back()
            raise
    except (OSError, UnsafeTransfer):
        take_back()
        raise
    return entry


def _sync_folder_for_sure(folder: Path) -> None:
    """Sync the folder. Raises if a name may be lost, not where folders cannot be synced."""
    try:
        _sync_folder(folder)
    except OSError as error:
        if error.errno in _LOSING:
            raise


def copy(source: Place, target: Place, entry: Entry, journal: Journal) -> Entry:
    """Copy through a hidden file, which gets its name once the bytes are on disk and verified.

    Returns the entry with the hash; FileExistsError if `target` exists.
    """
    return _copy(source, target, entry, journal)[0]


def _copy(
    source: Place, target: Place, entry: Entry, journal: Journal
) -> tuple[Entry, os.stat_result]:
    """As `copy`; also returns the status of the new file."""
    _refuse_existing(target)
    part = target.sibling(_part_name(entry, journal))
    _discard(part)
    try:
        sha256, not_kept = _copy_synced(source, part)
        if _sha256(part) != sha256:
            raise UnsafeTransfer(
                f"The copy of '{shown(source.path)}' reads back differently, so the original was "
                f"kept. Check the drive of '{shown(target.folder.path)}' for errors."
            )
        if entry.sha256 not in (None, sha256):
            raise UnsafeTransfer(f"'{shown(source.path)}' was changed after it was sorted.")
        check_unchanged(source, entry)
        entry = replace(entry, sha256=sha256, not_kept=entry.not_kept | not_kept)
        journal.note_copy(entry)
        made = part.lstat()
        move_without_overwrite(part, target, aside_name(entry, journal))
    finally:
        _discard(part)
    return entry, made


def create(
    content: bytes, target: Place, like: Path | None, entry: Entry, journal: Journal
) -> Entry:
    """Write a new file, with the permissions of the file `like` if given.

    As with a copy, it gets its name once it is completely on disk. Returns the entry with the hash;
    FileExistsError if `target` exists.
    """
    _refuse_existing(target)
    part = target.sibling(_part_name(entry, journal))
    _discard(part)
    entry = replace(entry, sha256=hashlib.sha256(content).hexdigest())
    try:
        with open(part.create(), "wb") as writing:
            writing.write(content)
            writing.flush()
            if like:
                with suppress(OSError):
                    opened = writing.fileno() if _TAKES_DESCRIPTORS else part.path
                    os.chmod(opened, stat.S_IMODE(os.lstat(like).st_mode))
            os.fsync(writing.fileno())
        journal.note_copy(entry)
        move_without_overwrite(part, target, aside_name(entry, journal))
    finally:
        _discard(part)
    return entry


def _copy_synced(source: Place, part: Place) -> tuple[str, frozenset[Attribute]]:
    """Copy a file with its attributes to a new file on disk.

    Returns the SHA-256 (hex), and the attributes that could not be kept.
    """
    digest = hashlib.sha256()
    with open(source.open_to_read(), "rb") as reading:
        status = checked_regular(os.fstat(reading.fileno()), source.path)
        with open(part.create(), "wb") as writing:
            while chunk := reading.read(_CHUNK_BYTES):
                digest.update(chunk)
                writing.write(chunk)
            writing.flush()
            not_kept = _copy_attributes(reading.fileno(), status, writing.fileno(), part)
            os.fsync(writing.fileno())
            if sys.platform == "linux":
                # Otherwise the check would read from memory instead of from the drive.
                os.posix_fadvise(writing.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest(), not_kept


def _copy_attributes(
    reading: int, status: os.stat_result, writing: int, part: Place
) -> frozenset[Attribute]:
    """Copy owner, permissions, times and extended attributes; returns those that were refused.

    The owner is kept where this user may change it.
    """
    not_kept = set[Attribute]()
    if hasattr(os, "chown"):
        now = os.fstat(writing)
        if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
            try:
                os.chown(writing, status.st_uid, status.st_gid)
            except OSError:
                if now.st_uid != status.st_uid:
                    not_kept.add(Attribute.OWNER)
    not_kept.update(_copy_extended(reading, writing))
    mode = stat.S_IMODE(status.st_mode)
    with suppress(OSError):
        os.chmod(writing if _TAKES_DESCRIPTORS else part.path, mode)
    if sys.platform != "win32" and stat.S_IMODE(os.fstat(writing).st_mode) != mode:
        not_kept.add(Attribute.PERMISSIONS)
    try:
        times = status.st_atime_ns, status.st_mtime_ns
        os.utime(writing if _TAKES_DESCRIPTORS else part.path, ns=times)
    except OSError:
        not_kept.add(Attribute.TIME)
    return frozenset(not_kept)


def _copy_extended(reading: int, writing: int) -> Iterator[Attribute]:
    """Copy extended attributes, including access control lists; yields those that were refused.

    Reported are `user.` attributes and access control lists; others, such as security labels,
    depend on the place.
    """
    if not hasattr(os, "listxattr"):
        return
    try:
        names = os.listxattr(reading)
    except OSError:  # a drive without extended attributes
        return
    for name in names:
        try:
            os.setxattr(writing, name, os.getxattr(reading, name))
        except OSError:
            if name.startswith("user."):
                yield Attribute.EXTENDED
            elif name.startswith("system.") and "acl" in name:
                yield Attribute.ACCESS


def _part_name(entry: Entry, journal: Journal) -> str:
    return f".catdog-{journal.journal_id}-{entry.run}-{entry.sequence}.part"


def part_of(folder: Path, entry: Entry, journal: Journal) -> Path:
    """The hidden file in `folder` to which this entry is copied."""
    return folder / _part_name(entry, journal)


def discard_part(folder: Path, entry: Entry, journal: Journal) -> None:
    """Remove a partial copy for this entry from `folder`, set aside or not."""
    part = part_of(folder, entry, journal)
    for name in (part.name, _hidden_name(part.name, aside_name(entry, journal))):
        with suppress(OSError):
            os.unlink(folder / name)


def _discard(part: Place) -> None:
    with suppress(OSError):
        part.unlink()


def move_back(entry: Entry, journal: Journal) -> Entry:
    """Move a file from its target back to its source, unless data could get lost.

    Returns the entry, with the attributes that were lost on the way back.
    """
    if not os.path.lexists(entry.target):
        if matches_entry(entry.source, entry):
            return entry  # An interrupted undo got this far, or the user moved it by hand.
        raise UnsafeTransfer(
            f"It is no longer at '{shown(entry.target)}': it was moved, renamed or deleted, or "
            f"its drive is not connected."
        )
    with run_folders(journal, entry.run) as folders:
        target = folders.place(entry.target)
        now = replace(entry, identity=target.identity())
        if not matches_entry(target, entry):
            raise UnsafeTransfer(f"'{shown(entry.target)}' was changed after it was sorted.")
        if is_in_both(entry):
            # A rename right before a crash may not be on the drive yet.
            _sync_folder_for_sure(entry.source.parent)
            remove_double(entry, journal, folders)
            source = folders.place(entry.source)
        else:
            source = folders.place(entry.source, make=True)
            entry = move(target, source, now, journal)
        _restore_mtime(source, entry)
    return entry


def _restore_mtime(place: Place, entry: Entry) -> None:
    """Restore the part of the file times that a coarser file system has rounded off."""
    status = place.lstat()
    if 0 < abs(status.st_mtime_ns - entry.mtime_ns) <= _CLOCK_STEP_NS:
        times = status.st_atime_ns, entry.mtime_ns
        with suppress(OSError):
            os.utime(place.at, ns=times, dir_fd=place.descriptor)


def remove_double(entry: Entry, journal: Journal, folders: Folders) -> None:
    """Remove the target if the source is the same file, or has the same content."""
    source, sha256 = folders.place(entry.source), entry.sha256

    def is_double(place: Place) -> bool:
        is_name = is_second_name(place, source)
        return is_name or (sha256 is not None and has_hash(place, sha256))

    remove(folders.place(entry.target), aside_name(entry, journal), is_double)


def remove_made(entry: Entry, journal: Journal, is_ours: Callable[[Place], bool], why: str) -> None:
    """Remove the file that a run created at the target, unless it was changed (`why`)."""
    with run_folders(journal, entry.run) as folders:
        remove(folders.place(entry.target), aside_name(entry, journal), is_ours, why)


# --- What an interruption leaves behind ------------------------------------------------------


def clear_leftovers(entry: Entry, journal: Journal) -> None:
    """Finish a transfer that was interrupted, there or back.

    Files that were set aside are renamed back; partial copies and reserved names are removed.
    """
    mark = aside_name(entry, journal)
    with run_folders(journal, entry.run) as folders:
        for path, other in ((entry.source, entry.target), (entry.target, entry.source)):
            discard_part(path.parent, entry, journal)
            with suppress(OSError, UnsafeTransfer):
                place = folders.place(path)
                discard_reservation(place, mark)
                hidden = _hidden(place, mark)
                if hidden.exists():
                    _finish_removal(hidden, place, mark, other, entry.sha256)


def _finish_removal(
    hidden: Place, place: Place, mark: str, other: Path | None, sha256: str | None
) -> None:
    """Finish a removal that was interrupted while the file was set aside.

    The file is renamed back. If its name is taken, it is removed if it is a duplicate of that file
    or of `other`, and gets a number otherwise.
    """
    if is_second_name(hidden, place):
        hidden.unlink()
        return
    if place.exists() and other is not None:
        is_double = is_second_name(hidden, other) or (
            sha256 is not None and has_hash(hidden, sha256) and has_hash(other, sha256)
        )
        if is_double:
            hidden.unlink()
            return
    with suppress(UnsafeTransfer):  # renamed with a number
        _restore_name(hidden, place, mark)


# --- What the disk shows ---------------------------------------------------------------------


def regular(path: Path) -> os.stat_result:
    """The status of a regular file. Raises UnsafeTransfer for anything else."""
    return checked_regular(os.lstat(path), path)


def identity_of(path: Path) -> FileIdentity | None:
    """The current identity of the file; None if it cannot be read."""
    try:
        return FileIdentity.of(os.lstat(path))
    except OSError:
        return None


def check_unchanged(place: Place, entry: Entry) -> None:
    """Raise UnsafeTransfer if another program has changed the file since it was recorded."""
    now = FileIdentity.of(place.regular())
    is_same = (
        is_unchanged(now, entry.identity)
        if entry.identity
        else (now.size_bytes, now.edited_ns) == (entry.size, entry.mtime_ns)
    )
    if not is_same:
        raise _changed(place)


def matches_entry(file: Path | Place, entry: Entry) -> bool:
    """Whether this is the recorded file: by size and time, else by the hash or fingerprint."""
    try:
        status = _lstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size != entry.size:
            return False
        if status.st_mtime_ns == entry.mtime_ns:
            return True
        if entry.sha256 is not None:
            return _sha256(file) == entry.sha256
        return entry.fingerprint is not None and fingerprint(file) == entry.fingerprint
    except OSError:
        return False


def fingerprint(file: Path | Place) -> str:
    """A hash of the first and the last 64 KiB, where programs edit files in place.

    It shows whether a moved file was edited or replaced. Reading each photo in full would take as
    long as copying it. No file is removed because of this hash.
    """
    digest = hashlib.sha256()
    with _opened(file) as reading:
        digest.update(reading.read(_FINGERPRINT_BYTES))
        if os.fstat(reading.fileno()).st_size > _FINGERPRINT_BYTES:
            reading.seek(-_FINGERPRINT_BYTES, os.SEEK_END)
            digest.update(reading.read())
    return digest.hexdigest()


def is_in_both(entry: Entry) -> bool:
    """Whether source and target are two names of one file, or a file and its whole copy."""
    places = (entry.source, entry.target)
    return is_second_name(*places) or (
        entry.sha256 is not None and all(has_hash(path, entry.sha256) for path in places)
    )


def has_hash(file: Path | Place, sha256: str) -> bool:
    """Whether this is a plain file with this content."""
    try:
        _regular(file)
        return _sha256(file) == sha256
    except (OSError, UnsafeTransfer):
        return False


def may_have_hash(path: Path, sha256: str) -> bool:
    """As `has_hash`, but also true for a file that cannot be read at the moment."""
    try:
        regular(path)
        return _sha256(path) == sha256
    except OSError:
        return True
    except UnsafeTransfer:
        return False


def _sha256(file: Path | Place) -> str:
    return file_sha256(_to_open(file))


def _opened(file: Path | Place) -> BufferedReader:
    return open(_to_open(file), "rb")


def _to_open(file: Path | Place) -> Path | int:
    return file.open_to_read() if isinstance(file, Place) else file


def _regular(file: Path | Place) -> os.stat_result:
    return file.regular() if isinstance(file, Place) else regular(file)


def _lstat(file: Path | Place) -> os.stat_result:
    return file.lstat() if isinstance(file, Place) else os.lstat(file)


def is_second_name(file: Path | Place, other: Path | Place) -> bool:
    """Whether both are names of one file that keeps a name when `file` is removed."""
    try:
        first, second = _lstat(file), _lstat(other)
    except OSError:
        return False
    # One link only: two spellings of one name, on a file system that ignores case.
    return os.path.samestat(first, second) and first.st_nlink > 1


def points_to(link: Path | Place, source: Path) -> bool:
    """Whether `link` is a symbolic link to exactly this target, absolute or relative."""
    path = link.path if isinstance(link, Place) else link
    try:
        if isinstance(link, Place):
            goal = os.readlink(link.at, dir_fd=link.descriptor)
        else:
            goal = os.readlink(link)
    except OSError:
        return False
    if goal == str(source):
        return True
    folder = os.path.realpath(path.parent)
    is_relative = not os.path.isabs(goal)
    return is_relative and os.path.normpath(os.path.join(folder, goal)) == _without_links(source)


def _without_links(path: Path) -> str:
    """The path with the links in its folders resolved, but not the last part."""
    return os.path.join(os.path.realpath(path.parent), path.name)


# --- Folders ---------------------------------------------------------------------------------


def missing_folders(folders: Iterable[Path]) -> set[Path]:
    """Those of `folders` and their parents that do not exist yet."""
    missing, present = set[Path](), set[Path]()
    for folder in folders:
        for path in (*reversed(folder.parents), folder):
            if path in present:
                continue
            # Stop at a missing one: a link created meanwhile would give a wrong answer below it.
            is_missing = path.parent in missing or not os.path.lexists(path)
            (missing if is_missing else present).add(path)
    return missing


def sync_folders(folders: Iterable[Path]) -> None:
    """Sync folders so that new names survive a power cut, where the system can sync folders."""
    for folder in folders:
        with suppress(OSError):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- Words -----------------------------------------------------------------------------------

_ADVICE = {
    errno.ENOSPC: "The drive is full. Free some space and try again.",
    errno.EDQUOT: "Your quota on this drive is used up. Free some space and try again.",
    errno.EROFS: "The drive is read-only. Copy instead of moving, into a folder elsewhere.",
    errno.EACCES: "Its folder or the target folder cannot be changed, or another program has the "
    "file open. Check the permissions and try again.",
    errno.EPERM: "The system does not permit it. Check the permissions, or copy instead.",
    errno.ENAMETOOLONG: "The name would be too long there. Choose a folder with a shorter path.",
    errno.ENOTDIR: "A file is in the place of a folder it goes to. Rename that file and try again.",
    errno.EXDEV: "A hard link cannot reach another drive. Copy, or use symbolic links.",
    errno.EEXIST: "The drive reports its name and others as taken, although no files have them. "
    "Check the drive for errors.",
    errno.ENOSYS: "The target drive does not support this. Copy instead.",
    errno.EOPNOTSUPP: "The target drive does not support this. Copy instead.",
    errno.ENOENT: "It is no longer there: another program moved or deleted it.",
    errno.EIO: "The drive reports an error. Check its cable and its health before you continue.",
}


@contextmanager
def naming_odd_names(entry: Entry) -> Iterator[None]:
    """Return a sentence for a name that the drive does not accept, reported as a missing file."""
    try:
        yield
    except OSError as error:
        if error.errno in _ODD_NAME and os.path.lexists(entry.source):
            raise UnsafeTransfer(
                f"The target drive does not accept the name '{shown(entry.target)}', or the "
                "folder was just removed. Rename the photo, or sort again."
            ) from error
        raise


def advice(error: OSError | UnsafeTransfer) -> str:
    """Return why a file stayed where it is and what to do, as a sentence for the user."""
    if isinstance(error, UnsafeTransfer):
        return str(error)
    return _ADVICE.get(error.errno or 0, f"The system reports: {error.strerror or error}.")
