"""`--verbose` and `--log-level`: what the program's loggers write to standard error.

Decides how much is written and in which form. Each module logs under its own name.
"""

from copy import copy
from enum import StrEnum
from typing import Annotated, Any

import typer

from catdog_sorter.text import shown

_FORMAT = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"
_TIME_FORMAT = "%H:%M:%S"
_PACKAGE = "catdog_sorter"
_NAMES = ("verbose", "log_level")


class LogLevel(StrEnum):
    """The least severe messages that are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _verbose(value: bool) -> None:
    if value:
        write_logs(LogLevel.INFO)


def _log_level(value: LogLevel | None) -> None:
    if value is not None:
        write_logs(value)


Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        is_eager=True,
        callback=_verbose,
        help="Log each step to stderr: --log-level info.",
    ),
]
Level = Annotated[
    LogLevel | None,
    typer.Option(
        "--log-level",
        is_eager=True,
        callback=_log_level,
        show_default=False,
        help="Log messages of this level and above to stderr; debug names every file.",
    ),
]


def write_logs(level: LogLevel) -> None:
    """Write the package's log messages of `level` and above to standard error."""
    import logging

    class OneLine(logging.Formatter):
        """Writes each message as one printable line: names of files could control a terminal."""

        def format(self, record: logging.LogRecord) -> str:
            return shown(super().format(record))

    logger = logging.getLogger(_PACKAGE)
    logger.setLevel(level.upper())
    if not any(handler.get_name() == _PACKAGE for handler in logger.handlers):
        handler = logging.StreamHandler()
        handler.set_name(_PACKAGE)
        handler.setFormatter(OneLine(_FORMAT, _TIME_FORMAT))
        logger.addHandler(handler)
        logger.propagate = False


def add_to(command: Any, group: Any) -> None:
    """Let a command accept its group's options too, as users may write them in either place."""
    for option in group.params:
        if option.name in _NAMES and not any(p.name == option.name for p in command.params):
            own = copy(option)
            own.expose_value = False
            command.params.append(own)


def number_of_words(args: list[str]) -> int:
    """Count the first arguments that are these options and their values."""
    number = 0
    while number < len(args):
        if args[number] == "--log-level":
            number += 2
        elif args[number] in ("--verbose", "-v") or args[number].startswith("--log-level="):
            number += 1
        else:
            break
    return min(number, len(args))
