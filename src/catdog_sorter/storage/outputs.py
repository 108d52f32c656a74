"""Files that a person names for output: logs, tables, reports.

Decides whether such a file may be written. A file that exists is replaced only if it begins like
one of ours of the same kind, so that no mistyped option costs a photo.
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
# A program that writes to a pipe or a terminal can neither read back nor destroy what is there.
_STREAMS = (stat.S_ISCHR, stat.S_ISFIFO, stat.S_ISSOCK)


@dataclass(frozen=True, slots=True)
class OutputKind:
    """A role that a file can have.

    Attributes:
        name: as in "exists and is not a NAME of catdog-sort".
        begins: whether a text of at most START_CHARACTERS is the beginning of such a file. None for
            a kind that others write too and that is the same then, which is never replaced.
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

    Beside those it may have only keys that are `allowed`.
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

    `errors`: ESCAPED, or AS_IT_IS to write the bytes of a name as the file system has them.

    What is there is looked at through the descriptor that is then written to, so nothing that
    another program puts there meanwhile is emptied unseen.

    Raises:
        UsageError: it cannot be written, or holds something else; nothing was changed.
    """
    try:
        return _opened(path, kind, errors)
    except OSError as error:
        raise UsageError(
            f"{shown(path)} cannot be written ({error.strerror}). Choose another file."
        ) from error


def refuse_other_file(path: Path, kind: OutputKind) -> None:
    """Raise UsageError if something lies at `path` that is not of this kind."""
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
    """Make a folder to write several files into, beside a page of this kind named `page`.

    Raises:
        UsageError: it holds other files and no such page.
        OSError: it cannot be made.
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
    """Whether an open file holds nothing, or begins like its kind."""
    text = file.read(START_CHARACTERS)
    return not text or (kind.begins is not None and kind.begins(text))


def _other_file(path: str | os.PathLike[str], kind: OutputKind) -> UsageError:
    why = (
        f"is not a {kind.name} of catdog-sort"
        if kind.begins
        else f"a {kind.name} does not show who wrote it"
    )
    return UsageError(
        f"{shown(path)} exists and {why}, so it is not replaced. Give another name, or remove it "
        "first."
    )
