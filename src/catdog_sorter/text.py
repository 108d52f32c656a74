"""Formats names and numbers for messages and for data. Standard library only."""

import codecs
import json
import os
import re
import unicodedata
from typing import Any

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(text: str) -> bool:
    """Whether this is a URL rather than a path or a Windows drive."""
    return _URL.match(text) is not None


def shown(path: str | os.PathLike[str]) -> str:
    """A path as one printable line.

    Escapes bytes that are not UTF-8, and control characters, which could control a terminal.
    """
    return "".join(c if c.isprintable() else _escaped(c) for c in os.fspath(path))


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python carries a byte that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def canonical_name(name: str) -> str:
    """A form that is equal for all spellings that some file system treats as one name."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def counted(number: int, noun: str) -> str:
    """`1 photo`, `2 photos`, `1,200 photos`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(p: float) -> str:
    """`99.9%`: a probability (0 to 1) as all interfaces show it; below 1 at most 99.9%."""
    return "100%" if p >= 1 else f"{min(p, 0.999):.1%}"


def moment(time_s: float) -> str:
    """`0:07`, `12:30`, `1:02:03`: a moment of a video as players show it."""
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def json_line(value: Any, encoding: str = "utf-8") -> str:
    r"""One line of JSON that is valid UTF-8 once it is written in `encoding`.

    A byte of a name that is not UTF-8 is written as `\udcff`. For other encodings, everything but
    ASCII is escaped.
    """
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return text if codecs.lookup(encoding).name == "utf-8" else json.dumps(value)
