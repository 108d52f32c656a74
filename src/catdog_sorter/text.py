"""How names are written for people. Standard library only."""

import os


def shown(path: str | os.PathLike[str]) -> str:
    """A path as one printable line.

    Bytes that are no UTF-8 and control characters, which could drive a terminal, are escaped.
    """
    text = os.fspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def counted(number: int, noun: str) -> str:
    """`1 photo`, `2 photos`, `1,200 photos`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
