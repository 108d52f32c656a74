"""Files and folders that appear whole or not at all, and the hash of a file.

Everything is written under a hidden name beside its place and renamed when it is complete. A
person's photos are not written here: `moving.transfer` does that, with a journal.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def atomic_file(target: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """Write a file aside and rename it when it is complete.

    Args:
        target: where the file shall be, in a folder that exists.
        overwrite: whether an earlier file at `target` may be replaced.

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
            _rename_without_overwrite(unfinished, target)
    finally:
        with suppress(OSError):
            os.unlink(unfinished)


def _rename_without_overwrite(source: Path, target: Path) -> None:
    """`source` may stay as a second name."""
    try:
        os.link(source, target)
        return
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: reserve the name, then replace that
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    try:
        os.replace(source, target)
    except OSError:
        with suppress(OSError):
            os.unlink(target)
        raise


@contextmanager
def atomic_folder(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Fill a folder aside and rename it when it is complete.

    Args:
        target: where the folder shall be; its parent is created.
        overwrite: whether an earlier folder at `target` may be replaced.

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
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
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


def set_aside(folder: Path) -> Path:
    """Hide a folder, or a link to one, that is to be removed, so that no half of it is ever seen.

    Returns the hidden folder that holds it now. Raises OSError.
    """
    hidden = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    os.rename(folder, hidden / folder.name)
    return hidden


def refuse_existing(target: Path) -> None:
    """Raises UsageError when there is something at `target` already."""
    if target.exists():
        raise UsageError(f"{shown(target)} exists already. Remove it, or give another name.")
