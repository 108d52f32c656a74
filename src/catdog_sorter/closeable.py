"""Base class of objects that have to be closed, as by a `with` block. Standard library only."""

from abc import ABC, abstractmethod
from typing import Self


class Closeable(ABC):
    """Use it in a `with` block, or call `close`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Release all resources."""
