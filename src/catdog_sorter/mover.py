"""Moves files, and puts them back: the only code that touches a person's photos.

Decides how a file gets from one place to another without ever being overwritten or lost, whatever
interrupts it. Knows no predictions. The rules it keeps:

- what is about to happen is in the journal before the disk changes;
- a name that exists is never overwritten;
- an original is removed only after its copy is on disk, synced, and verified by reading it back;
- after a kill, the disk says what happened, and the journal says what to ask the disk.

Runs that move files must hold `moving_lock`, `recover` included.
"""

import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from catdog_sorter import locations
from catdog_sorter.errors import CatdogError, UsageError
from catdog_sorter.journal import Entry, Journal, Run, RunState, State
from catdog_sorter.plan import GroupMove, Plan, renumbered

# Photos per commit: a durable commit takes some milliseconds, a rename takes some microseconds.
_BATCH = 64
_CHUNK_BYTES = 1 << 20
# FAT keeps times in steps of two seconds.
_CLOCK_STEP_NS = 2_000_000_000
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_NO_HARD_LINKS = _NOT_OFFERED | {errno.EPERM, errno.EMLINK}


class Mode(StrEnum):
    """What a run does with a photo; all but `MOVE` leave the original where it is."""

    MOVE = "move"
    COPY = "copy"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"


@dataclass(frozen=True, slots=True)
class Moved:
    """A photo and its companions arrived; `group` and `target` carry the final names."""

    group: GroupMove
    target: Path


@dataclass(frozen=True, slots=True)
class MoveFailed:
    """A photo stayed where it was, and why; `reason` is a sentence for the person."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Restored:
    """One file of a run is undone: `path` is its first place, `was_at` where the run put it."""

    path: Path
    was_at: Path


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """One file of a run was not undone, and why; `reason` is a sentence for the person."""

    path: Path
    reason: str


class _RefusedError(Exception):
    """Going on with this file could lose something; `str(error)` is a sentence."""


@contextmanager
def moving_lock() -> Iterator[None]:
    """Hold the right to move files; refuses at once while another run holds it."""
    from filelock import FileLock, Timeout

    path = locations.lock_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=0)
    except Timeout:
        raise CatdogError(
            "Another catdog-sort is moving photos right now. Wait until it is done, then try again."
        ) from None
    except (OSError, NotImplementedError) as error:
        raise CatdogError(
            f"The lock file '{path}' cannot be used ({error}), so nothing was moved. Set "
            f"CATDOG_SORTER_HOME to a folder on a local drive that you can write to."
        ) from error
    try:
        yield
    finally:
        lock.release()


# --- Sorting ---------------------------------------------------------------------------------


def apply(
    plan: Plan, journal: Journal, mode: Mode, command: str
) -> Generator[Moved | MoveFailed, None, None]:
    """Carry out a plan, one outcome per group; `command` is what the history shows for the run.

    Stopping the iteration at any point, or an interrupt, leaves every file at one of its two
    places and the journal saying which.
    """
    if not plan.groups:
        return
    run = journal.begin(command, mode)
    sequence = 0
    try:
        for start in range(0, len(plan.groups), _BATCH):
            batch = plan.groups[start : start + _BATCH]
            yield from _apply_batch(batch, journal, run, sequence)
            sequence += sum(len(group.moves) for group in batch)
    finally:
        _finish_run(journal, run)


def _apply_batch(
    groups: Sequence[GroupMove], journal: Journal, run: Run, sequence: int
) -> Iterator[Moved | MoveFailed]:
    pending: list[tuple[GroupMove, list[Entry]]] = []
    for group in groups:
        try:
            pending.append((group, _identify(group, run, sequence)))
        except (OSError, _RefusedError) as error:
            yield MoveFailed(group.moves[0].source, _advice(error, group.moves[0].source))
        sequence += len(group.moves)
    entries = [entry for _, entries in pending for entry in entries]
    new_folders = _missing_folders({entry.target.parent for entry in entries})
    journal.intend(entries, new_folders)
    states: list[tuple[Entry, State]] = []
    try:
        for group, intended in pending:
            outcome, settled = _apply_group(group, intended, journal, Mode(run.mode))
            states.extend(settled)
            yield outcome
    finally:
        _sync_folders({path.parent for e in entries for path in (e.source, e.target)})
        _sync_folders({folder.parent for folder in new_folders})
        journal.settle(states)


def _identify(group: GroupMove, run: Run, sequence: int) -> list[Entry]:
    """The journal's entries for a group: where each file goes and what it looks like now."""
    entries = []
    for number, move in enumerate(group.moves, sequence):
        source = move.source.absolute()
        status = _regular(source)
        size, mtime_ns = status.st_size, status.st_mtime_ns
        target = move.target.absolute()
        entries.append(Entry(run.id, number, sequence, source, target, size, mtime_ns))
    return entries


def _apply_group(
    group: GroupMove, entries: list[Entry], journal: Journal, mode: Mode
) -> tuple[Moved | MoveFailed, list[tuple[Entry, State]]]:
    """Transfer a group as a whole or not at all, under the next names if its own got taken."""
    while True:
        try:
            done = _transfer_all(entries, journal, mode)
            target = entries[0].target
            return Moved(group, target), [(entry, State.DONE) for entry in done]
        except FileExistsError:
            group, entries = _next_free(group, entries)
            journal.intend(entries)
        except (OSError, _RefusedError) as error:
            # Not settled here: the end of the run asks the disk what became of each file.
            return MoveFailed(entries[0].source, _advice(error, entries[0].source)), []


def _next_free(group: GroupMove, entries: list[Entry]) -> tuple[GroupMove, list[Entry]]:
    group = renumbered(group, group.number + 1)
    while any(os.path.lexists(move.target) for move in group.moves):
        group = renumbered(group, group.number + 1)
    pairs = zip(entries, group.moves, strict=True)
    return group, [
        replace(entry, target=move.target.absolute(), sha256=None) for entry, move in pairs
    ]


def _transfer_all(entries: list[Entry], journal: Journal, mode: Mode) -> list[Entry]:
    done: list[Entry] = []
    try:
        for entry in entries:
            done.append(_transfer(entry, journal, mode))
    except (OSError, _RefusedError) as error:
        stuck = [reason for entry in reversed(done) if (reason := _restore(entry, journal, mode))]
        if stuck:
            # Never with the type FileExistsError, which would start another attempt.
            raise _RefusedError(
                f"{_advice(error, entries[0].source)} What had been moved with it could not go "
                f"back: {' '.join(stuck)} Undo the run to try that again."
            ) from error
        raise
    return done


def _transfer(entry: Entry, journal: Journal, mode: Mode) -> Entry:
    """Bring one file to its target; returns the entry with the hash of a copy."""
    _make_folder(entry.target.parent)
    _check_unchanged(entry.source, entry)
    match mode:
        case Mode.MOVE:
            return _move(entry.source, entry.target, entry, journal)
        case Mode.COPY:
            return _copy(entry.source, entry.target, entry, journal)
        case Mode.HARDLINK:
            os.link(entry.source, entry.target)
        case Mode.SYMLINK:
            os.symlink(entry.source, entry.target)
    return entry


# --- Undoing ---------------------------------------------------------------------------------


def undo(
    journal: Journal, run_id: int | None = None
) -> Generator[Restored | LeftAlone, None, None]:
    """Take back a run (the last one not yet undone, without a number), one outcome per file.

    Settles interrupted runs first. A refusal is raised by this call, not by the first step of the
    iteration. Stopping early is safe; undoing again goes on.
    """
    recover(journal)
    run = _run_to_undo(journal, run_id)
    return _undo_run(journal, run)


def _run_to_undo(journal: Journal, run_id: int | None) -> Run:
    runs = [run for run in journal.runs() if run.moved and run_id in (None, run.id)]
    if run_id is None:
        runs = [run for run in runs if run.state is not RunState.UNDONE]
        if not runs:
            raise UsageError("There is nothing to undo: no run that moved photos is left.")
    elif not runs:
        raise UsageError(
            f"There is no run {run_id} that moved photos. Look up its number in the history."
        )
    run = runs[0]
    if run.state is RunState.UNDONE and not journal.entries(run.id, State.LEFT):
        raise UsageError(f"Run {run.id} is undone already; nothing is left to put back.")
    return run


def _undo_run(journal: Journal, run: Run) -> Generator[Restored | LeftAlone, None, None]:
    journal.close_run(run.id, RunState.UNDOING)
    # What an earlier attempt had to leave alone gets another chance: the drive may be back.
    entries = journal.entries(run.id, State.DONE, State.LEFT)[::-1]
    try:
        for start in range(0, len(entries), _BATCH):
            yield from _undo_batch(entries[start : start + _BATCH], journal, Mode(run.mode))
    finally:
        _settle_undoing(journal, run)
    _remove_empty_folders(journal, run)
    journal.close_run(run.id, RunState.UNDONE)


def _undo_batch(
    entries: Sequence[Entry], journal: Journal, mode: Mode
) -> Iterator[Restored | LeftAlone]:
    journal.settle((entry, State.UNDOING) for entry in entries)
    states: list[tuple[Entry, State]] = []
    try:
        for entry in entries:
            reason = _restore(entry, journal, mode)
            states.append((entry, State.LEFT if reason else State.UNDONE))
            if reason:
                yield LeftAlone(entry.target, reason)
            else:
                yield Restored(entry.source, entry.target)
    finally:
        _sync_folders({path.parent for e in entries for path in (e.source, e.target)})
        journal.settle(states)


def _restore(entry: Entry, journal: Journal, mode: Mode) -> str | None:
    """Take back one transfer; returns None, or the sentence that says why it was left alone."""
    try:
        if mode is Mode.MOVE:
            _put_back(entry, journal)
        else:
            _remove_created(entry, mode)
    except FileExistsError:
        return f"Its original place '{_shown(entry.source)}' is taken by another file."
    except (OSError, _RefusedError) as error:
        return _advice(error, entry.target)
    return None


def _put_back(entry: Entry, journal: Journal) -> None:
    if not os.path.lexists(entry.target) and _holds(entry.source, entry):
        return  # An interrupted undo got this far, or the person did it by hand.
    if not os.path.lexists(entry.target):
        raise _RefusedError(
            f"It is no longer at '{_shown(entry.target)}': it was moved, renamed or deleted, or "
            f"its drive is not connected."
        )
    if not _holds(entry.target, entry):
        raise _RefusedError(f"'{_shown(entry.target)}' was changed after it was sorted.")
    if _is_second_name(entry.target, entry.source) or _both_hold(entry):
        os.unlink(entry.target)
    else:
        _make_folder(entry.source.parent)
        _move(entry.target, entry.source, entry, journal)
    _restore_mtime(entry)


def _remove_created(entry: Entry, mode: Mode) -> None:
    """Remove a copy or a link, but only while the original makes it superfluous."""
    if not os.path.lexists(entry.target):
        return
    if not os.path.lexists(entry.source):
        raise _RefusedError(
            f"The original '{_shown(entry.source)}' is gone, so what was made from it is kept."
        )
    match mode:
        case Mode.SYMLINK:
            unchanged = _points_to(entry.target, entry.source)
        case Mode.HARDLINK:
            unchanged = _is_second_name(entry.target, entry.source)
        case _:
            unchanged = entry.sha256 is not None and _has_hash(entry.target, entry.sha256)
            if unchanged and not _holds(entry.source, entry):
                raise _RefusedError(
                    f"The original '{_shown(entry.source)}' was changed since; the copy may be the "
                    f"only one of the earlier version."
                )
    if not unchanged:
        raise _RefusedError(f"'{_shown(entry.target)}' was changed or replaced after the run.")
    os.unlink(entry.target)


def _restore_mtime(entry: Entry) -> None:
    """Give back what a file system with coarser times has rounded off."""
    status = os.lstat(entry.source)
    if status.st_mtime_ns != entry.mtime_ns:
        with suppress(OSError):
            os.utime(entry.source, ns=(status.st_atime_ns, entry.mtime_ns))


# --- After an interruption -------------------------------------------------------------------


def recover(journal: Journal) -> int:
    """Settle the runs that were killed; returns how many there were.

    Call it before planning: it may move the rest of an interrupted group back.
    """
    killed = journal.runs(RunState.RUNNING)
    for run in killed:
        _finish_run(journal, run)
    for run in journal.runs(RunState.UNDOING):
        _settle_undoing(journal, run)
    return len(killed)


def _finish_run(journal: Journal, run: Run) -> None:
    """Settle what is still only intended, by what the disk shows, and close the run."""
    mode = Mode(run.mode)
    intended = journal.entries(run.id, State.INTENDED)
    for _, members in groupby(intended, key=lambda entry: entry.photo):
        group = list(members)
        arrived = [entry for entry in group if _has_arrived(entry, run)]
        if len(arrived) < len(group):
            arrived = [entry for entry in reversed(arrived) if _restore(entry, journal, mode)]
        journal_states = [
            (entry, State.DONE if entry in arrived else State.FAILED) for entry in group
        ]
        journal.settle(journal_states)
    _remove_empty_folders(journal, run)
    journal.close_run(run.id, RunState.DONE)


def _settle_undoing(journal: Journal, run: Run) -> None:
    states = []
    for entry in journal.entries(run.id, State.UNDOING):
        _discard_part(entry.source.parent, entry)
        _discard_reservation(entry.source, entry.target, entry, run)
        back = run.mode != Mode.MOVE or os.path.lexists(entry.source)
        gone = not os.path.lexists(entry.target)
        states.append((entry, State.UNDONE if back and gone else State.DONE))
    journal.settle(states)


def _has_arrived(entry: Entry, run: Run) -> bool:
    """Whether an intended transfer took place; clears away what an interruption left half done.

    In doubt, as with a drive that was unplugged, the answer is yes: undo then looks again.
    """
    source, target, mode = entry.source, entry.target, Mode(run.mode)
    _discard_part(target.parent, entry)
    _discard_reservation(target, source, entry, run)
    left = mode is Mode.MOVE and not os.path.lexists(source)
    if not os.path.lexists(target):
        return left and not target.parent.is_dir()
    if left:
        return True
    match mode:
        case Mode.SYMLINK:
            return _points_to(target, source)
        case Mode.HARDLINK:
            return _is_second_name(target, source)
        case Mode.COPY:
            return entry.sha256 is not None and _has_hash(target, entry.sha256)
    if _is_second_name(target, source) or _both_hold(entry):
        os.unlink(target)
        return False
    return entry.sha256 is not None and _has_hash(target, entry.sha256)


def _discard_part(folder: Path, entry: Entry) -> None:
    with suppress(OSError):
        os.unlink(_part(folder, entry))


def _discard_reservation(reserved: Path, other: Path, entry: Entry, run: Run) -> None:
    """Remove the empty file that kept a name for us, while the real one is still elsewhere."""
    with suppress(OSError):
        status = os.lstat(reserved)
        started_ns = int(run.started_at.timestamp() * 1e9) - _CLOCK_STEP_NS
        is_ours = stat.S_ISREG(status.st_mode) and status.st_mtime_ns >= started_ns
        if is_ours and status.st_size == 0 < entry.size and _holds(other, entry):
            os.unlink(reserved)


# --- One file --------------------------------------------------------------------------------


def move_without_overwrite(source: Path, target: Path) -> None:
    """Rename within one file system; FileExistsError, and nothing changed, if `target` exists."""
    if sys.platform == "win32":
        os.rename(source, target)  # Refuses to overwrite there.
    elif not _rename_noreplace(source, target):
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            _reserve_and_replace(source, target)
        else:
            _drop(source, target)


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
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        os.replace(source, target)
    except OSError:
        with suppress(OSError):
            os.unlink(target)
        raise


def _drop(source: Path, target: Path) -> None:
    """Remove `source`, whose content is safe at `target`; if that fails, `target` goes instead."""
    try:
        os.unlink(source)
    except OSError:
        with suppress(OSError):
            os.unlink(target)
        raise


def _move(source: Path, target: Path, entry: Entry, journal: Journal) -> Entry:
    try:
        move_without_overwrite(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        entry = _copy(source, target, entry, journal)
        _sync_folders({target.parent})
        _check_unchanged(source, entry)
        _drop(source, target)
    return entry


def _copy(source: Path, target: Path, entry: Entry, journal: Journal) -> Entry:
    """Copy through a hidden file; the name appears only when the bytes are on disk and verified."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = _part(target.parent, entry)
    _discard_part(target.parent, entry)
    try:
        sha256 = _copy_synced(source, part)
        if _sha256(part) != sha256:
            raise _RefusedError(
                f"The copy of '{_shown(source)}' reads back differently, so the original was kept. "
                f"Check the drive of '{_shown(target.parent)}' for errors."
            )
        if entry.sha256 not in (None, sha256):
            raise _RefusedError(f"'{_shown(source)}' was changed after it was sorted.")
        _check_unchanged(source, entry)
        journal.note_hash(entry, sha256)
        move_without_overwrite(part, target)
    finally:
        _discard_part(target.parent, entry)
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
        # A file system may refuse single attributes; times are then set by `utime` alone.
        try:
            shutil.copystat(source, part)
        except OSError:
            status = os.fstat(reading.fileno())
            with suppress(OSError):
                os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        os.fsync(descriptor)
        if sys.platform == "linux":
            # Otherwise the check would read back memory instead of the drive.
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


# Windows translates line ends without it; no other system has it.
_O_BINARY: int = getattr(os, "O_BINARY", 0)


def _part(folder: Path, entry: Entry) -> Path:
    return folder / f".catdog-{entry.run}-{entry.sequence}.part"


# --- What the disk shows ---------------------------------------------------------------------


def _regular(path: Path) -> os.stat_result:
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise _RefusedError(f"'{_shown(path)}' is a link or no plain file, so it was left alone.")
    return status


def _check_unchanged(path: Path, entry: Entry) -> None:
    _regular(path)
    if not _holds(path, entry):
        raise _RefusedError(
            f"'{_shown(path)}' changed while it was being sorted, so it was left alone. Sort again "
            f"when no other program writes to it."
        )


def _holds(path: Path, entry: Entry) -> bool:
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


def _both_hold(entry: Entry) -> bool:
    """Whether a copy got its name and its original is still there, untouched."""
    return entry.sha256 is not None and all(
        _has_hash(path, entry.sha256) for path in (entry.source, entry.target)
    )


def _has_hash(path: Path, sha256: str) -> bool:
    try:
        _regular(path)
        return _sha256(path) == sha256
    except (OSError, _RefusedError):
        return False


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_second_name(path: Path, other: Path) -> bool:
    """Whether both are names of one file that keeps a name when `path` is removed."""
    try:
        first, second = os.lstat(path), os.lstat(other)
    except OSError:
        return False
    # One link only: two spellings of one name, on a file system that ignores case.
    return os.path.samestat(first, second) and first.st_nlink > 1


def _points_to(link: Path, source: Path) -> bool:
    try:
        return os.readlink(link) == str(source)
    except OSError:
        return False


# --- Folders ---------------------------------------------------------------------------------


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _RefusedError(
            f"'{_shown(Path(error.filename))}' is a file, so no folder of that name can be made. "
            f"Rename it and sort again."
        ) from error


def _missing_folders(folders: Iterable[Path]) -> set[Path]:
    missing: set[Path] = set()
    for folder in folders:
        while folder not in missing and not os.path.lexists(folder):
            missing.add(folder)
            folder = folder.parent  # noqa: PLW2901
    return missing


def _remove_empty_folders(journal: Journal, run: Run) -> None:
    """Remove the folders that runs have made and that are empty now, the deepest first."""
    gone = []
    for folder in sorted(journal.created_folders(run.id), key=lambda path: -len(path.parts)):
        with suppress(OSError):
            os.rmdir(folder)
        # Without its parent the folder may be on a drive that is not connected.
        if not os.path.lexists(folder) and folder.parent.is_dir():
            gone.append(folder)
    journal.forget_folders(gone)


def _sync_folders(folders: Iterable[Path]) -> None:
    """Make new names survive a power cut; where folders cannot be synced, the system decides."""
    if sys.platform == "win32":
        return
    for folder in folders:
        with suppress(OSError):
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
    errno.ENOENT: "It is no longer there: another program moved or deleted it.",
    errno.EIO: "The drive reports an error. Check its cable and its health before going on.",
}


def _advice(error: OSError | _RefusedError, path: Path) -> str:
    if isinstance(error, _RefusedError):
        return str(error)
    sentence = _ADVICE.get(error.errno or 0, f"The system says: {error.strerror or error}.")
    return f"'{_shown(path)}' was left alone. {sentence}"


def _shown(path: Path) -> str:
    """A name that is no valid text must not break the sentence that names it."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")
