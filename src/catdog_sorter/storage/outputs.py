"""Opens output files named by the user: logs, tables, reports.

Decides whether such a file may be written. An existing file is replaced only if it begins like an
earlier output of the same kind, so that a mistyped option cannot destroy a photo.
"""

import csv
import json
import os
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown

START_CHARACTERS = 1 << 16  # a JSON line with the longest path there can be
_O_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows translates line ends without it
# Pipes and terminals cannot be read back, and writing to them destroys nothing.
_STREAMS = (stat.S_ISCHR, stat.S_ISFIFO, stat.S_ISSOCK)


@dataclass(frozen=True, slots=True)
class OutputKind:
    """A kind of output file.

    Attributes:
        name: as in "exists and is not a NAME of catdog-sort".
        begins: Whether a text of at most START_CHARACTERS is the beginning of such a file. None for
            a kind that other programs write in the same form; such files are never replaced.
    """

    name: str
    begins: Callable[[str], bool] | None


def csv_kind(name: str, columns: Sequence[str]) -> OutputKind:
    """A table with exactly this header."""

    def begins(text: str) -> bool:
        try:
            return next(csv.reader([_line(text)]), None) == list(columns)
        except csv.Error:  # no text at all
            return False

    return OutputKind(name, begins)


def json_lines_kind(
    name: str, required: Sequence[Collection[str]], allowed: Collection[str]
) -> OutputKind:
    """JSON Lines whose first object has all keys of a collection in `required`, and no others.

    All other keys must be in `allowed`.
    """

    def begins(text: str) -> bool:
        try:
            values = json.loads(_line(text))
        except (ValueError, RecursionError):
            return False
        if not isinstance(values, dict) or not set(values) <= set(allowed):
            return False
        return any(set(keys) <= set(values) for keys in required)

    return OutputKind(name, begins)


def _line(text: str) -> str:
    return text.partition("\n")[0]


# How a byte of a name that is not UTF-8 is written, as in JSON: \udcff.
ESCAPED = "backslashreplace"
AS_IT_IS = "surrogateescape"


def open_output(path: str | os.PathLike[str], kind: OutputKind, errors: str = ESCAPED) -> IO[str]:
    """Open a file to write `kind` to, empty, in UTF-8.

    `errors`: ESCAPED, or AS_IT_IS to write the bytes of names unchanged.

    The existing content is checked through the descriptor that is written to, so a file that
    another program puts there meanwhile is never emptied.

    Raises:
        UsageError: It cannot be written, or has other content; nothing was changed.
    """
    try:
        return _opened(path, kind, errors)
    except OSError as error:
        raise UsageError(
            f"{shown(path)} cannot be written ({error.strerror}). Choose another file."
        ) from error


def refuse_other_file(path: Path, kind: OutputKind) -> None:
    """Raise UsageError if a file of another kind exists at `path`."""
    if not os.path.lexists(path):
        return
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            is_ours = file.seekable() and _is_ours(file, kind)
    except OSError:
        is_ours = False
    if not is_ours:
        raise _other_file(path, kind)


def claim_folder(folder: Path, page: str, kind: OutputKind) -> None:
    """Create a folder for several files and a page of this kind named `page`.

    Raises:
        UsageError: It contains other files and no such page.
        OSError: It cannot be created.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / page).exists() and any(folder.iterdir()):
        raise UsageError(
            f"{shown(folder)} holds other files, which could be overwritten. Choose an empty or a "
            "new folder."
        )
    refuse_other_file(folder / page, kind)


def _opened(path: str | os.PathLike[str], kind: OutputKind, errors: str) -> IO[str]:
    if os.path.exists(path) and any(check(os.stat(path).st_mode) for check in _STREAMS):
        return open(path, "w", encoding="utf-8", errors=errors, newline="")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _O_BINARY, 0o666)
    except FileExistsError:
        if os.path.islink(path) and not os.path.exists(path):
            raise _other_file(path, kind) from None
        descriptor = os.open(path, os.O_RDWR | _O_BINARY)
    file = os.fdopen(descriptor, "r+", encoding="utf-8", errors=errors, newline="")
    try:
        if not _is_ours(file, kind):
            raise _other_file(path, kind)
        file.seek(0)
        file.truncate()
    except BaseException:
        file.close()
        raise
    return file


def _is_ours(file: IO[str], kind: OutputKind) -> bool:
    """Whether an open file is empty, or begins like its kind."""
    text = file.read(START_CHARACTERS)
    return not text or (kind.begins is not None and kind.begins(text))


def _other_file(path: str | os.PathLike[str], kind: OutputKind) -> UsageError:
    why = f"is not a {kind.name} of catdog-sort" if kind.begins else "may come from another program"
    return UsageError(
        f"{shown(path)} exists and {why}, so it is not replaced. Give another name, or remove it "
        "first."
    )
