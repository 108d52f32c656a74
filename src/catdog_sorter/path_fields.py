"""Saves memory for paths in dataclasses with very many instances. Standard library only."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)


def as_text(*names: str) -> Callable[[Class], Class]:
    """Store these fields of a dataclass with slots as text, which takes less memory.

    Each access returns a new Path.
    """

    def decorated(cls: Class) -> Class:
        slots = [vars(cls)[name] for name in vars(cls)["__slots__"]]
        changed: dict[str, Any] = {name: _AsText(vars(cls)[name]) for name in names}

        def state(self: object) -> list[Any]:
            return [slot.__get__(self) for slot in slots]

        def set_state(self: object, values: list[Any]) -> None:
            for slot, value in zip(slots, values, strict=True):
                slot.__set__(self, value)

        # Pickling the text is faster and smaller than pickling the Path.
        changed |= {"__getstate__": state, "__setstate__": set_state}
        for name, value in changed.items():
            setattr(cls, name, value)
        return cls

    return decorated


class _AsText:
    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else Path(self._slot.__get__(instance))

    def __set__(self, instance: object, value: Path) -> None:
        self._slot.__set__(instance, os.fspath(value))
