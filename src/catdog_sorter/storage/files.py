"""Writes files and folders atomically, and hashes files.

Everything is written under a hidden name beside its target and renamed when it is complete. The
user's photos are never written here: `moving.transfer` moves them, with a journal.
"""

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown

# Names of hidden folders, and the age from which one counts as abandoned if it cannot be locked.
_HIDDEN = ".catdog-"
_UNFINISHED = re.compile(r"\.catdog-.+-[a-z0-9_]{8}")
_SURELY_LEFT_S = 86_400
_PAUSE_S = 0.005


def file_sha256(file: Path | int) -> str:
    """SHA-256 of a file's content, in hex; a descriptor is closed. Raises OSError."""
    with open(file, "rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()


@contextmanager
def atomic_file(target: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """Write a file under a hidden name and rename it when it is complete.

    Args:
        target: The final path, in an existing folder.
        overwrite: Whether an existing file at `target` may be replaced.

    Yields:
        The path to write to. It becomes `target` after the block, or is removed if the block fails.

    Raises:
        FileExistsError: `target` exists and must not be replaced.
        OSError: `target` cannot be written.
    """
    unfinished = target.with_name(f".catdog-{secrets.token_hex(8)}.part")
    try:
        yield unfinished
        if overwrite:
            os.replace(unfinished, target)
        else:
            rename_without_overwrite(unfinished, target)
    finally:
        with suppress(OSError):
            os.unlink(unfinished)


def rename_without_overwrite(source: Path, target: Path) -> None:
    """Rename one of the program's files. Raises FileExistsError if `target` exists, or OSError."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: reserve the name, then replace that
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    else:
        os.unlink(source)
        return
    try:
        os.replace(source, target)
    except OSError:
        with suppress(OSError):
            os.unlink(target)
        raise


@contextmanager
def atomic_folder(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Fill a folder under a hidden name and rename it when it is complete.

    Args:
        target: The final path; its parent is created.
        overwrite: Whether an existing folder at `target` may be replaced.

    Yields:
        A hidden folder to fill. It becomes `target` after the block, or is removed if the block
        fails.

    Raises:
        UsageError: `target` exists and must not be replaced.
        OSError: `target` cannot be written.
    """
    if not overwrite:
        refuse_existing(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _hidden_folder(target)
    with _held(unfinished):
        try:
            yield unfinished
            unfinished.chmod(0o755)
            earlier = set_aside(target) if overwrite and target.exists() else None
            os.rename(unfinished, target)
            if earlier:
                shutil.rmtree(earlier, ignore_errors=True)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


def clear_unfinished(parent: Path) -> None:
    """Remove the hidden folders that killed runs have left in `parent`.

    A folder that `atomic_folder` is filling now, in any process, stays.
    """
    with suppress(OSError):
        left = [each for each in os.scandir(parent) if _UNFINISHED.fullmatch(each.name)]
        for folder in left:
            with suppress(OSError), _held(Path(folder)) as is_held:
                # Where folders cannot be locked, one of the last day may be another process's.
                if is_held or time.time() - folder.stat().st_mtime > _SURELY_LEFT_S:
                    shutil.rmtree(folder, ignore_errors=True)


def _hold(folder: Path) -> int | None:
    """Hold a folder until the returned descriptor is closed or this process ends.

    Returns None where folders cannot be locked, as on Windows and some network drives. Raises
    BlockingIOError when another process holds it.
    """
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def held_in_turn(folder: Path, timeout_s: float) -> Iterator[None]:
    """Run the block in one process at a time; others wait for at most `timeout_s` seconds.

    Has no effect where folders cannot be locked.
    """
    descriptor = None
    give_up_at = time.monotonic() + timeout_s
    while True:
        try:
            descriptor = _hold(folder)
            break
        except BlockingIOError:
            if time.monotonic() > give_up_at:
                break
            time.sleep(_PAUSE_S)
        except OSError:  # a folder that cannot be listed
            break
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold the folder during the block; yields whether that was possible.

    Raises BlockingIOError while another process holds it.
    """
    descriptor = _hold(folder)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _hidden_folder(target: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{_HIDDEN}{target.name}-", dir=target.parent))


def set_aside(folder: Path) -> Path:
    """Rename a folder, or a link to one, to a hidden name, so that its removal appears atomic.

    Returns the hidden folder that holds it now. Raises OSError.
    """
    hidden = _hidden_folder(folder)
    os.rename(folder, hidden / folder.name)
    return hidden


def refuse_existing(target: Path) -> None:
    """Raise UsageError if something exists at `target`."""
    if target.exists():
        raise UsageError(f"{shown(target)} exists already. Remove it, or give another name.")
