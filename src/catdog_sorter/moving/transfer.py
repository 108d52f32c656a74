"""Brings one file from one place to another, and back.

Decides how a file gets its new name, when a copy is good enough for the original to go, and what
the disk says about a file that is in the journal. Never overwrites what has the name already, and
never removes the only copy of anything. Knows no modes and no groups: which file goes when is
`executor`'s.
"""

import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.moving.journal import Entry, Journal, Run
from catdog_sorter.text import shown

_CHUNK_BYTES = 1 << 20
# FAT keeps times in steps of two seconds.
_CLOCK_STEP_NS = 2_000_000_000
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
# What `fsync` says when data may not have reached the drive.
_LOSING = {errno.EIO, errno.ENOSPC, errno.EDQUOT}
_NO_HARD_LINKS = _NOT_OFFERED | {errno.EPERM, errno.EMLINK}
# What systems say of a name that a drive does not take; drives served by a program say ENOENT.
_ODD_NAME = {errno.EINVAL, errno.EILSEQ, errno.ENOENT}
# Windows translates line ends without it; no other system has it.
_O_BINARY: int = getattr(os, "O_BINARY", 0)


class UnsafeTransfer(Exception):
    """Going on with this file could lose something; `str(error)` is a sentence."""


# --- A new name ------------------------------------------------------------------------------


def move_without_overwrite(source: Path, target: Path) -> None:
    """Rename within one file system; FileExistsError, and nothing changed, if `target` exists."""
    status = os.lstat(source)
    _refuse_existing(target)
    try:
        _give_name(source, target)
    except OSError:
        # A server's answer can get lost: what was reported as failed may well have happened.
        if not _is_file(target, status):
            raise
    if _is_file(source, status):
        _drop(source, target)


def hardlink(source: Path, target: Path) -> None:
    """Give a file a second name; FileExistsError if `target` exists."""
    _refuse_existing(target)
    try:
        os.link(source, target)
    except OSError:
        if not is_second_name(target, source):
            raise


def symlink(source: Path, target: Path, is_relative: bool = False) -> None:
    """Make a symbolic link at `target`; FileExistsError if that exists.

    `is_relative`: it still leads there once both were moved together. On another drive of Windows
    it cannot be.
    """
    _refuse_existing(target)
    goal = os.fspath(source)
    if is_relative:
        with suppress(ValueError):
            goal = os.path.relpath(_without_links(source), os.path.realpath(target.parent))
    try:
        os.symlink(goal, target)
    except OSError:
        if not points_to(target, source):
            raise


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _is_file(path: Path, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.lstat(path), status)
    except OSError:
        return False


def _give_name(source: Path, target: Path) -> None:
    """Rename, or make `target` a second name where that is the only safe way."""
    if sys.platform == "win32":
        os.rename(source, target)  # Refuses to overwrite there.
    elif not _rename_noreplace(source, target):
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            _reserve_and_replace(source, target)


def _rename_noreplace(source: Path, target: Path) -> bool:
    """Rename atomically without overwriting; False where the system does not offer that."""
    rename = _renameat2()
    if rename is None:
        return False
    paths = os.fsencode(source), os.fsencode(target)
    if rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_NOREPLACE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(source), None, str(target))


@cache
def _renameat2() -> Any:
    """The system call of Linux, or None."""
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is not None:
        function.argtypes = (
            *(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p),
            ctypes.c_uint,
        )
    return function


def _reserve_and_replace(source: Path, target: Path) -> None:
    """For file systems without hard links: keep the name with an empty file, then replace that."""
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    reserved = os.fstat(descriptor)
    os.close(descriptor)
    try:
        os.replace(source, target)
    except OSError:
        with suppress(OSError):
            if _is_file(target, reserved):
                os.unlink(target)
        raise


def _drop(source: Path, target: Path) -> None:
    """Remove `source`, whose content is safe at `target`; if it stays, `target` goes instead."""
    try:
        os.unlink(source)
    except OSError:
        # It may be gone for all that, by this or by another program: then `target` is the only one.
        if _is_surely_gone(source):
            return
        if os.path.lexists(source):
            with suppress(OSError):
                os.unlink(target)
        raise


def remove(path: Path) -> None:
    """Remove a file. An error after which it is gone, as when an answer got lost, is none."""
    try:
        os.unlink(path)
    except OSError:
        if not _is_surely_gone(path):
            raise


def _is_surely_gone(path: Path) -> bool:
    try:
        os.lstat(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


# --- One file, there and back ----------------------------------------------------------------


def move(source: Path, target: Path, entry: Entry, journal: Journal) -> Entry:
    """Rename, or copy and remove where the target is on another drive.

    Returns the entry, with the hash if it was copied; FileExistsError if `target` exists.
    """
    try:
        move_without_overwrite(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return move_by_copy(source, target, entry, journal)
    return entry


def move_by_copy(source: Path, target: Path, entry: Entry, journal: Journal) -> Entry:
    """Copy, and remove the source when the copy is safe; else as `move`."""
    entry = copy(source, target, entry, journal)
    check_unchanged(source, entry)
    _sync_or_take_back(source, target)
    _drop(source, target)
    return entry


def _sync_or_take_back(source: Path, target: Path) -> None:
    """Make the copy's name survive a power cut; if the drive cannot, the copy goes again."""
    try:
        _sync_folder_for_sure(target.parent)
    except OSError:
        if os.path.lexists(source):
            with suppress(OSError):
                os.unlink(target)
        raise


def _sync_folder_for_sure(folder: Path) -> None:
    """Raises when the drive may lose a name; passes over file systems that sync no folders."""
    try:
        _sync_folder(folder)
    except OSError as error:
        if error.errno in _LOSING:
            raise


def copy(source: Path, target: Path, entry: Entry, journal: Journal) -> Entry:
    """Copy through a hidden file; the name appears only when the bytes are on disk and verified.

    Returns the entry with the hash; FileExistsError if `target` exists.
    """
    _refuse_existing(target)
    part = part_of(target.parent, entry, journal)
    discard_part(target.parent, entry, journal)
    try:
        sha256 = _copy_synced(source, part)
        if _sha256(part) != sha256:
            raise UnsafeTransfer(
                f"The copy of '{shown(source)}' reads back differently, so the original was kept. "
                f"Check the drive of '{shown(target.parent)}' for errors."
            )
        if entry.sha256 not in (None, sha256):
            raise UnsafeTransfer(f"'{shown(source)}' was changed after it was sorted.")
        check_unchanged(source, entry)
        journal.note_hash(entry, sha256)
        move_without_overwrite(part, target)
    finally:
        discard_part(target.parent, entry, journal)
    return replace(entry, sha256=sha256)


def create(
    content: bytes, target: Path, like: Path | None, entry: Entry, journal: Journal
) -> Entry:
    """Make a new file, with the permissions of the file `like` if there is one.

    As with a copy, its name appears only when all of it is on disk. Returns the entry with the
    hash; FileExistsError if `target` exists.
    """
    _refuse_existing(target)
    part = part_of(target.parent, entry, journal)
    discard_part(target.parent, entry, journal)
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with open(part, "xb") as writing:
            writing.write(content)
            writing.flush()
            if like:
                with suppress(OSError):
                    shutil.copymode(like, part)
            os.fsync(writing.fileno())
        journal.note_hash(entry, sha256)
        move_without_overwrite(part, target)
    finally:
        discard_part(target.parent, entry, journal)
    return replace(entry, sha256=sha256)


def _copy_synced(source: Path, part: Path) -> str:
    """Copy content, times and permissions to a new file on disk; returns the SHA-256 (hex)."""
    digest = hashlib.sha256()
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _O_BINARY, 0o600)
    with open(source, "rb") as reading, open(descriptor, "wb") as writing:
        while chunk := reading.read(_CHUNK_BYTES):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        try:
            shutil.copystat(source, part)
        except OSError:
            _copy_what_is_taken(os.fstat(reading.fileno()), part)
        os.fsync(descriptor)
        if sys.platform == "linux":
            # Otherwise the check would read back memory instead of the drive.
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def _copy_what_is_taken(status: os.stat_result, part: Path) -> None:
    """A file system may refuse one attribute and take the others."""
    with suppress(OSError):
        os.chmod(part, stat.S_IMODE(status.st_mode))
    with suppress(OSError):
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))


def part_of(folder: Path, entry: Entry, journal: Journal) -> Path:
    """The hidden file in `folder` that a copy for this entry grows in."""
    return folder / f".catdog-{journal.journal_id}-{entry.run}-{entry.sequence}.part"


def discard_part(folder: Path, entry: Entry, journal: Journal) -> None:
    """Remove what is left in `folder` of a copy for this entry."""
    with suppress(OSError):
        os.unlink(part_of(folder, entry, journal))


def put_back(entry: Entry, journal: Journal) -> None:
    """Bring a moved file from its target back to its source, unless something could get lost."""
    if not os.path.lexists(entry.target) and matches_entry(entry.source, entry):
        return  # An interrupted undo got this far, or the person did it by hand.
    if not os.path.lexists(entry.target):
        raise UnsafeTransfer(
            f"It is no longer at '{shown(entry.target)}': it was moved, renamed or deleted, or "
            f"its drive is not connected."
        )
    if not matches_entry(entry.target, entry):
        raise UnsafeTransfer(f"'{shown(entry.target)}' was changed after it was sorted.")
    if is_in_both(entry):
        # A name given right before a crash may not be on the drive yet.
        _sync_folder_for_sure(entry.source.parent)
        remove(entry.target)
    else:
        make_folder(entry.source.parent)
        now = replace(entry, identity=identity_of(entry.target))
        move(entry.target, entry.source, now, journal)
    _restore_mtime(entry)


def _restore_mtime(entry: Entry) -> None:
    """Give back what a file system with coarser times has rounded off."""
    status = os.lstat(entry.source)
    if status.st_mtime_ns != entry.mtime_ns:
        with suppress(OSError):
            os.utime(entry.source, ns=(status.st_atime_ns, entry.mtime_ns))


# --- What an interruption leaves behind ------------------------------------------------------


def clear_leftovers(place: Path, other: Path, entry: Entry, run: Run, journal: Journal) -> None:
    """Remove what a transfer from `other` to `place` that was interrupted left half done."""
    discard_part(place.parent, entry, journal)
    _discard_reservation(place, other, entry, run)


def _discard_reservation(reserved: Path, other: Path, entry: Entry, run: Run) -> None:
    """Remove the empty file that kept a name for us, while the real one is still elsewhere."""
    with suppress(OSError):
        status = os.lstat(reserved)
        started_ns = int(run.started_at.timestamp() * 1e9) - _CLOCK_STEP_NS
        is_ours = stat.S_ISREG(status.st_mode) and status.st_mtime_ns >= started_ns
        if is_ours and status.st_size == 0 < entry.size and matches_entry(other, entry):
            os.unlink(reserved)


# --- What the disk shows ---------------------------------------------------------------------


def regular(path: Path) -> os.stat_result:
    """The status of a plain file; refuses anything else."""
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeTransfer(f"'{shown(path)}' is a link or no plain file, so it was left alone.")
    return status


def identity_of(path: Path) -> FileIdentity | None:
    """The file as it is now; None if it cannot be looked at."""
    try:
        return FileIdentity.of(os.lstat(path))
    except OSError:
        return None


def check_unchanged(path: Path, entry: Entry) -> None:
    """Refuse a file that another program has written to since the journal was told of it."""
    now = FileIdentity.of(regular(path))
    if now != entry.identity if entry.identity else not matches_entry(path, entry):
        raise UnsafeTransfer(
            f"'{shown(path)}' changed while it was being sorted, so it was left alone. Sort again "
            f"when no other program writes to it."
        )


def matches_entry(path: Path, entry: Entry) -> bool:
    """Whether `path` is the recorded file: by size and time, else by the hash if one is noted."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size != entry.size:
            return False
        if status.st_mtime_ns == entry.mtime_ns:
            return True
        return entry.sha256 is not None and _sha256(path) == entry.sha256
    except OSError:
        return False


def is_in_both(entry: Entry) -> bool:
    """Whether source and target are two names of one file, or a file and its whole copy."""
    places = (entry.source, entry.target)
    return is_second_name(*places) or (
        entry.sha256 is not None and all(has_hash(path, entry.sha256) for path in places)
    )


def has_hash(path: Path, sha256: str) -> bool:
    """Whether `path` is a plain file with this content."""
    try:
        regular(path)
        return _sha256(path) == sha256
    except (OSError, UnsafeTransfer):
        return False


def may_have_hash(path: Path, sha256: str) -> bool:
    """As `has_hash`, but true as well for a file that cannot be read at the moment."""
    try:
        regular(path)
        return _sha256(path) == sha256
    except OSError:
        return True
    except UnsafeTransfer:
        return False


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_second_name(path: Path, other: Path) -> bool:
    """Whether both are names of one file that keeps a name when `path` is removed."""
    try:
        first, second = os.lstat(path), os.lstat(other)
    except OSError:
        return False
    # One link only: two spellings of one name, on a file system that ignores case.
    return os.path.samestat(first, second) and first.st_nlink > 1


def points_to(link: Path, source: Path) -> bool:
    """Whether `link` is a symbolic link with exactly this goal, absolute or relative."""
    try:
        goal = os.readlink(link)
    except OSError:
        return False
    if goal == str(source):
        return True
    folder = os.path.realpath(link.parent)
    is_relative = not os.path.isabs(goal)
    return is_relative and os.path.normpath(os.path.join(folder, goal)) == _without_links(source)


def _without_links(path: Path) -> str:
    """The path with the links in its folders followed, but not what stands there itself."""
    return os.path.join(os.path.realpath(path.parent), path.name)


# --- Folders ---------------------------------------------------------------------------------


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; refuses where a file has such a name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        name = shown(error.filename or folder)  # not every drive's driver names it
        raise UnsafeTransfer(
            f"'{name}' is a file, so no folder of that name can be made. Rename it and sort again."
        ) from error


def missing_folders(folders: Iterable[Path]) -> set[Path]:
    """Those of `folders`, and of the folders above them, that are not there yet."""
    missing: set[Path] = set()
    for folder in folders:
        while folder not in missing and not os.path.lexists(folder):
            missing.add(folder)
            folder = folder.parent  # noqa: PLW2901
    return missing


def sync_folders(folders: Iterable[Path]) -> None:
    """Make new names survive a power cut; where folders cannot be synced, the system decides."""
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
    errno.EACCES: "You may not change its folder or the folder it goes to, or another program has "
    "it open. Check the permissions and try again.",
    errno.EPERM: "The system does not permit it. Check the permissions, or copy instead.",
    errno.ENAMETOOLONG: "The name would be too long there. Choose a folder with a shorter path.",
    errno.ENOTDIR: "A file is in the place of a folder it goes to. Rename that file and try again.",
    errno.EXDEV: "A hard link cannot reach another drive. Copy, or use symbolic links.",
    errno.EEXIST: "The drive says that its name is taken there, and so are others, though nothing "
    "has them. Check the drive for errors.",
    errno.ENOSYS: "The drive it goes to does not offer that. Copy instead.",
    errno.EOPNOTSUPP: "The drive it goes to does not offer that. Copy instead.",
    errno.ENOENT: "It is no longer there: another program moved or deleted it.",
    errno.EIO: "The drive reports an error. Check its cable and its health before going on.",
}


@contextmanager
def naming_odd_names(entry: Entry) -> Iterator[None]:
    """Say what is wrong with the name where the system's error sounds like a missing file."""
    try:
        yield
    except OSError as error:
        if error.errno in _ODD_NAME and os.path.lexists(entry.source):
            raise UnsafeTransfer(
                f"The drive it goes to does not take the name '{shown(entry.target)}', or has just "
                f"lost that folder. Rename it, or sort again."
            ) from error
        raise


def advice(error: OSError | UnsafeTransfer) -> str:
    """Why a file stayed where it is and what to do, as a sentence for the person."""
    if isinstance(error, UnsafeTransfer):
        return str(error)
    return _ADVICE.get(error.errno or 0, f"The system says: {error.strerror or error}.")
