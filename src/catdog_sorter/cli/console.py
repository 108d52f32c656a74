"""What the command line writes: data to stdout, progress and messages to stderr.

Decides how things look, never what is done.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TypeVar

from catdog_sorter import text
from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from catdog_sorter.storage.outputs import OutputKind

Item = TypeVar("Item")

_MAX_NAMED = 10


@dataclass(frozen=True, slots=True)
class Console:
    """`quiet` silences progress and messages, but never problems or data."""

    quiet: bool = False

    def say(self, message: str) -> None:
        """A message for the person, on stderr."""
        if not self.quiet:
            print(_printable(message), file=sys.stderr)

    def warn(self, message: str) -> None:
        """A problem; shown even when quiet."""
        print(_printable(message), file=sys.stderr)

    def name_all(self, problems: Iterable[tuple[str | os.PathLike[str], str]]) -> None:
        """Name every problem, each a path and a sentence."""
        for path, reason in problems:
            self.warn(f"  {shown(path)}: {reason}")

    def name_some(
        self,
        problems: Iterable[tuple[str | os.PathLike[str], str]],
        rest: str = "`--log FILE` keeps them all",
    ) -> None:
        """Name the first few problems and count the others; `rest` says where those are."""
        coming = iter(problems)
        self.name_all(islice(coming, _MAX_NAMED))
        if more := sum(1 for _ in coming):
            self.warn(f"  ... and {more:,} more; {rest}.")

    def progress(
        self,
        items: Iterable[Item],
        what: str,
        total: int | None,
        photos: Callable[[Item], int] = lambda item: 1,
    ) -> Iterator[Item]:
        """Pass the items on, with a progress bar while stderr is a terminal.

        `total` counts photos; `photos` says how many an item stands for.
        """
        if self.quiet or not sys.stderr.isatty():
            yield from items
            return
        from tqdm import tqdm

        with tqdm(
            desc=what, total=total, unit=" photos", file=sys.stderr, dynamic_ncols=True
        ) as bar:
            for item in items:
                yield item
                bar.update(photos(item))


def _printable(message: str) -> str:
    """A name in a message must not drive the terminal, whoever forgot to escape it."""
    return "\n".join(map(shown, message.split("\n")))


def print_report(report: Mapping[str, Any]) -> None:
    """Print one line of JSON; iterators become lists, written item by item: they can be long."""
    before = "{"
    for name, value in report.items():
        print(f"{before}{json_line(name)}: ", end="")
        if isinstance(value, Iterator):
            _print_list(value)
        else:
            print(json_line(value), end="")
        before = ", "
    print("}")


def _print_list(items: Iterator[Any]) -> None:
    before = "["
    for item in items:
        print(before, json_line(item), sep="", end="")
        before = ", "
    print("[]" if before == "[" else "]", end="")


def json_line(value: Any) -> str:
    """One line of JSON that stdout can take."""
    return text.json_line(value, sys.stdout.encoding or "utf-8")


@contextmanager
def output_to(path: str | os.PathLike[str] | None, kind: "OutputKind") -> Iterator[IO[str]]:
    """The file to write lines of this kind to; stdout for None and "-".

    Raises UsageError when it cannot be written, holds something else or has the name of a photo.
    """
    if path is None or os.fspath(path) == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="surrogateescape")
        yield sys.stdout
        return
    from catdog_sorter.photos.find import is_photo_name
    from catdog_sorter.storage.outputs import open_output

    if is_photo_name(os.path.basename(path)):
        raise UsageError(f"{shown(path)} has the name of a photo. Choose another file.")
    with open_output(path, kind) as file:
        yield file
