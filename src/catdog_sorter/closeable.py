"""What is to be closed, as by leaving a `with` block. Standard library only."""

from abc import ABC, abstractmethod
from typing import Self


class Closeable(ABC):
    """To be used in a `with` block, which closes it, or until `close` is called."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Give back what is held."""
