"""Writes data to stdout, and progress and messages to stderr.

Decides only how they look.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import (
    AbstractContextManager,
    contextmanager,
    nullcontext,
    redirect_stderr,
    redirect_stdout,
    suppress,
)
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import typer

from catdog_sorter import text
from catdog_sorter.errors import (
    EXIT_ENVIRONMENT,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    CatdogError,
    UsageError,
)
from catdog_sorter.storage.outputs import ESCAPED
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from catdog_sorter.storage.outputs import OutputKind

Item = TypeVar("Item")

_MAX_NAMED = 10
_TERMINAL = "CONOUT$" if os.name == "nt" else "/dev/tty"


@dataclass(frozen=True, slots=True)
class Console:
    """`quiet` silences progress and messages, but never problems or data."""

    quiet: bool = False

    def say(self, message: str) -> None:
        """Print a message for the user to stderr."""
        if not self.quiet:
            self.warn(message)

    def warn(self, message: str) -> None:
        """Print a problem to stderr, even when quiet."""
        with suppress(BrokenPipeError):  # a closed pipe must not stop the run
            print(_printable(message), file=sys.stderr)

    def name_all(self, problems: Iterable[tuple[str | os.PathLike[str], str]]) -> None:
        """Print all problems, each with a path and a sentence."""
        for path, reason in problems:
            self.warn(f"  {shown(path)}: {reason}")

    def name_some(
        self,
        problems: Iterable[tuple[str | os.PathLike[str], str]],
        rest: str = "`--log FILE` keeps them all",
    ) -> None:
        """Print the first few problems and count the others; `rest` says where to find these."""
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
        """Yield the items, with a progress bar if stderr is a terminal.

        `total`: number of photos. `photos`: returns the number of photos of an item.
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


def require_yes(yes: bool) -> None:
    """Refuse to start if the user has to agree and there is no terminal to ask on.

    Raises:
        UsageError: without `--yes`, and standard input is not a terminal.
    """
    if not yes and not can_ask():
        raise UsageError(
            "Nothing was done, because there is no terminal to ask on. Add --yes to agree in "
            "advance."
        )


def can_ask() -> bool:
    """Whether there is a terminal to ask on."""
    return _is_terminal(sys.stdin)


def ask(question: str, default: bool = True) -> bool:
    """Ask on the terminal itself, even if stdout and stderr are redirected.

    Raises:
        UsageError: there is no terminal.
    """
    import typer

    if _is_terminal(sys.stderr):
        return typer.confirm(question, default=default, err=True)
    try:
        terminal = open(_TERMINAL, "w", encoding="utf-8", errors="replace")  # noqa: SIM115
    except OSError:
        require_yes(False)
        raise
    with terminal, redirect_stderr(terminal):
        return typer.confirm(question, default=default, err=True)


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _printable(message: str) -> str:
    """Escape control characters in messages, in case a name was not escaped."""
    return "\n".join(map(shown, message.split("\n")))


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Ignore output after the reader has closed the pipe, as with `| head`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def print_lines(items: Iterable[Mapping[str, Any]], summary: Mapping[str, Any]) -> None:
    """Print JSON Lines: one for each item, then one that holds the summary of all."""
    for item in items:
        print(json_line(item))
    print(json_line({"summary": summary}))


def json_line(value: Any) -> str:
    """One line of JSON for stdout."""
    return text.json_line(value, sys.stdout.encoding or "utf-8")


def data_on_stdout(errors: str = ESCAPED, is_data: bool = True) -> IO[str]:
    """Set the encoding of standard output as for `output_to`, and return it."""
    if hasattr(sys.stdout, "reconfigure"):
        encoding = "utf-8" if is_data and not sys.stdout.isatty() else None
        sys.stdout.reconfigure(encoding=encoding, errors=errors)
    return sys.stdout


def apart_from(data: str | os.PathLike[str] | None) -> AbstractContextManager[object]:
    """Print messages to stderr if `data` go to stdout."""
    is_taken = data is not None and os.fspath(data) == "-"
    return redirect_stdout(sys.stderr) if is_taken else nullcontext()


@contextmanager
def output_to(
    path: str | os.PathLike[str] | None,
    kind: "OutputKind",
    errors: str = ESCAPED,
    is_data: bool = True,
) -> Iterator[IO[str]]:
    """Open the file to write lines of this kind to; stdout for None and "-".

    `errors`: see `open_output`. Data are UTF-8, except on a terminal; tables on stdout use the
    encoding of the system.

    Raises UsageError if it cannot be written, has other content, or has the name of a photo or of
    a companion of one.
    """
    if path is None or os.fspath(path) == "-":
        yield data_on_stdout(errors, is_data)
        return
    from catdog_sorter.photos.find import refuse_as_output
    from catdog_sorter.storage.outputs import open_output

    refuse_as_output(Path(path))
    with open_output(path, kind, errors) as file:
        yield file


@contextmanager
def exit_codes(console: Console, advice: Callable[[], str] = lambda: "") -> Iterator[None]:
    """Convert errors to a message on stderr and an exit code; `advice` is printed after Ctrl-C."""
    try:
        yield
    except CatdogError as error:
        console.warn(f"catdog-sort: {error}")
        raise typer.Exit(error.exit_code) from error
    except OSError as error:  # one that nothing below turned into advice
        if error.filename is None:  # of standard output: see `main`
            raise
        console.warn(f"catdog-sort: {shown(error.filename)}: {error.strerror or error}.")
        is_name = error.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.ENOENT)
        raise typer.Exit(EXIT_USAGE if is_name else EXIT_ENVIRONMENT) from error
    except (KeyboardInterrupt, typer.Abort) as error:
        console.warn(f"Stopped. {advice()}".rstrip())
        raise typer.Exit(EXIT_INTERRUPTED) from error
