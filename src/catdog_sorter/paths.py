"""Paths in dataclasses of which a run holds very many. Standard library only."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)


def as_text(*names: str) -> Callable[[Class], Class]:
    """Keep these fields of a dataclass with slots as text, which takes less memory.

    To everybody else they are Paths, made anew each time one is asked for.
    """

    def decorated(cls: Class) -> Class:
        for name in names:
            setattr(cls, name, _AsText(vars(cls)[name]))
        return cls

    return decorated


class _AsText:
    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else Path(self._slot.__get__(instance))

    def __set__(self, instance: object, value: Path) -> None:
        self._slot.__set__(instance, os.fspath(value))
