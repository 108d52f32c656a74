"""Formats names and numbers, for people and for programs. Standard library only."""

import json
import os
import re
import unicodedata
from typing import Any

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(text: str) -> bool:
    """Whether this is a URL rather than a path; a Windows drive is none."""
    return _URL.match(text) is not None


def shown(path: str | os.PathLike[str]) -> str:
    """A path as one printable line.

    Bytes that are no UTF-8 and control characters, which could drive a terminal, are escaped.
    """
    return "".join(c if c.isprintable() else _escaped(c) for c in os.fspath(path))


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python carries a byte that is no UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def canonical_name(name: str) -> str:
    """Equal for all spellings that some file system takes for one name or path."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def counted(number: int, noun: str) -> str:
    """`1 photo`, `2 photos`, `1,200 photos`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def json_line(value: Any, encoding: str = "utf-8") -> str:
    """One line of JSON. A name that `encoding` cannot write is escaped, so the line stays valid."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
