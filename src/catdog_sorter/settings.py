"""Reads the user's settings, and those of a folder of photos.

Decides which keys exist and which of them a folder may set. A folder's file may come with other
people's photos, so it is untrusted and cannot set anything that affects other folders.
"""

import difflib
import math
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, is_folder_name
from catdog_sorter.photos.left_alone import kind_of_target
from catdog_sorter.storage.locations import config_file, expanded
from catdog_sorter.text import shown

FOLDER_FILE = ".catdog-sort.toml"
FOLDER_KEYS = (
    *("threshold", "recursive", "flat", "folder", "exclude", "companion", "separate-edits"),
)
# Key -> types of its TOML value. The keys are the names of the options.
KEYS: Mapping[str, tuple[type, ...]] = {
    "threshold": (float, int),
    "recursive": (bool,),
    "include-hidden": (bool,),
    "exclude": (list,),
    "companion": (list,),
    "separate-edits": (bool,),
    "videos": (bool,),
    "remove-empty-folders": (bool,),
    "flat": (bool,),
    "folder": (dict,),
    "into": (str,),
    "mode": (str,),
    "relative-links": (bool,),
    "model": (str,),
    "backend": (str,),
    "device": (str,),
    "no-cache": (bool,),
    "previews": (str,),
    "format": (str,),
    "language": (str,),
    "settle": (float, int),
    "poll": (bool,),
    "host": (str,),
    "port": (int,),
    "token-file": (str,),
    "queue": (int,),
    "max-mb": (float, int),
    "max-megapixels": (float, int),
    "timeout": (float, int),
    "photo-timeout": (float, int),
}
# Runs start in different folders, so these must be absolute paths.
PATH_KEYS = ("into", "token-file")
_CALLED = {
    bool: "true or false",
    str: 'text, as in "text"',
    dict: "a table, as in [folder]",
    list: 'a list of texts, as in ["text"]',
    int: "a whole number",
}
_MAX_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Setting:
    """One value from a file; `line` counts from 1 and is None if it was not found.

    `file` is None for a value that is not in a file yet.
    """

    value: Any
    file: Path | None
    line: int | None = None

    @property
    def place(self) -> str:
        """File and line, for messages."""
        if self.file is None:
            return "Not changed"
        return shown(self.file) + (f", line {self.line}" if self.line else "")


def user_settings() -> dict[str, Setting]:
    """The user's settings by key. Raises UsageError when the file is invalid."""
    file = config_file()
    content = _content(file)
    return {} if content is None else parse_settings(file, content)


def folder_settings(folder: Path) -> dict[str, Setting]:
    """The folder's own settings by key. Raises UsageError when its file is invalid."""
    file = folder / FOLDER_FILE
    content = _content(file)
    if content is None:
        return {}
    settings = parse_settings(file, content)
    for key, setting in settings.items():
        if key not in FOLDER_KEYS:
            raise UsageError(
                f"{setting.place}: a folder may not set {key}, as its file may be from someone "
                f"else. It may set {', '.join(FOLDER_KEYS)}. Take the line out, or run with "
                "--no-config."
            )
        if key == "folder":
            _refuse_hidden(setting)
    return settings


def parse_settings(file: Path | None, content: bytes) -> dict[str, Setting]:
    """The settings in the content of a TOML file, by key. Raises UsageError when it is invalid.

    `file` is None for content that is not written yet.
    """
    import tomllib

    try:
        text = content.decode("utf-8")
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{shown(file or 'This')} is not valid TOML ({error}). Correct it, or run "
            "with --no-config."
        ) from error
    settings = {key: Setting(value, file, _line_of(key, text)) for key, value in values.items()}
    for key, setting in settings.items():
        if key not in KEYS:
            raise UsageError(f"{setting.place}: there is no setting {key}. {nearest(key, KEYS)}")
        _check_kind(key, setting)
    return settings


def nearest(word: str, words: Iterable[str]) -> str:
    """`Did you mean ...?`, or a list of all `words` when none is similar to `word`."""
    known = list(words)
    similar = difflib.get_close_matches(word.lower(), known, 1)
    return f"Did you mean {similar[0]}?" if similar else f"Known are: {', '.join(known)}."


def _content(file: Path) -> bytes | None:
    """The file's bytes, None when there is none; does not block on a pipe or read a huge file."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, os.O_RDONLY | flags)
        with os.fdopen(descriptor, "rb") as opened:
            is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
            content = opened.read(_MAX_BYTES + 1) if is_file else b""
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(
            f"{shown(file)} cannot be read ({error.strerror}). Correct that, or run with "
            "--no-config."
        ) from error
    if not is_file or len(content) > _MAX_BYTES:
        raise UsageError(
            f"{shown(file)} is not a file of at most {_MAX_BYTES >> 10} KiB, so it is not a "
            "settings file. Remove it, or run with --no-config."
        )
    return content


def _line_of(key: str, text: str) -> int | None:
    found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.\]]", text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _check_kind(key: str, setting: Setting) -> None:
    value: Any = setting.value
    kinds = KEYS[key]
    is_kind = isinstance(value, kinds)
    is_bool = isinstance(value, bool)  # a bool is an int in Python
    if not is_kind or is_bool != (bool in kinds):
        raise UsageError(
            f"{setting.place}: {key} must be {_CALLED.get(kinds[0], 'a number')}, not "
            f"{shown(repr(value))}."
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise UsageError(f"{setting.place}: {key} must be a finite number, not {value}.")
    if isinstance(value, str) and "\0" in value:
        raise UsageError(f"{setting.place}: {key} holds a NUL character. Take it out.")
    if kinds == (list,) and not all(isinstance(item, str) for item in value):
        raise UsageError(f"{setting.place}: {key} must be {_CALLED[list]}.")
    if key == "folder":
        for label, name in value.items():
            _check_folder(label, name, setting)
    if key in PATH_KEYS and not expanded(value).is_absolute():
        raise UsageError(
            f"{setting.place}: {key} must be an absolute path, such as /home/me/Sorted or "
            "~/Sorted, because runs start in different folders."
        )


def _check_folder(label: str, name: object, setting: Setting) -> None:
    if label not in list(Label):
        raise UsageError(f"{setting.place}: there is no label {label}. {nearest(label, Label)}")
    if not isinstance(name, str) or not is_folder_name(name):
        raise UsageError(
            f"{setting.place}: {shown(repr(name))} is not a valid folder name for {label}. Give a "
            "name below the target folder."
        )
    if kind := kind_of_target(PurePath(name)):
        raise UsageError(
            f"{setting.place}: {shown(name)} is the name of a {kind.noun(1)}, which is "
            f"never searched for photos. Give another name for {label}."
        )


def _refuse_hidden(setting: Setting) -> None:
    """Refuse hidden folders: photos in them would seem to be lost."""
    for name in setting.value.values():
        if any(part.startswith(".") for part in PurePath(name).parts):
            raise UsageError(
                f"{setting.place}: a folder's file may not sort into the hidden folder "
                f"{shown(name)}. Take the line out, or run with --no-config."
            )
