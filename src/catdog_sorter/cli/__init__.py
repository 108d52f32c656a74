"""The command `catdog-sort`: options, messages and exit codes. Decides nothing about photos.

Heavy modules are imported only when a command needs them, so that `--help` and completion are fast.
"""

import atexit
import errno
import math
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Annotated, Any, Never

import typer
from typer.core import TyperCommand, TyperGroup

from catdog_sorter.cli import logs
from catdog_sorter.errors import EXIT_ENVIRONMENT, CatdogError
from catdog_sorter.text import shown
from catdog_sorter.version import __version__

_HELP = """Tell cats from dogs in photos and sort them into folders, on your own computer.

`catdog-sort PATH...` is short for `catdog-sort sort PATH...`. For a folder named like a command,
write `./retrain`, or put it after `--`: `catdog-sort -- retrain`.
"""


_SIMILAR = 0.7  # of two words: 1 for equal ones
_OUT_OF_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
# Name -> the first line of its help, which lists the commands without loading them. A module of the
# same name has a function of this name, or an `app` of several commands.
_COMMANDS = {
    "sort": "Sort photos into the folders cat, dog and both.",
    "classify": "Classify photos, with --videos also videos; move nothing.",
    "watch": "Sort new photos automatically until stopped with Ctrl-C.",
    "serve": "Classify photos over HTTP until stopped with Ctrl-C.",
    "undo": "Put all photos of a run back where they were.",
    "history": "List all runs, the latest first.",
    "report": "Write a report of an earlier run.",
    "prepare": "Collect labelled photos in folders to train on.",
    "retrain": "Train the model on your own photos.",
    "evaluate": "Measure a model on labelled photos.",
    "compare": "Train several systems on the same photos and compare them.",
    "runs": "List, show and remove training runs.",
    "gui": "Open the window to classify, correct and sort photos.",
    "doctor": "Check the installation.",
    "models": "List, choose, show, export and import models.",
    "corrections": "List or remove the labels you corrected in the window.",
    "cache": "Show or empty the cache of earlier results.",
    "config": "Show and change the settings for all runs.",
}
_MODULES = {"undo": "history"}  # where it has another name than the command


class _Commands(TyperGroup):
    """Loads commands on demand, and inserts `sort` if the first argument is not a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own_options = {name for option in self.get_params(ctx) for name in option.opts}
        if any("\0" in arg for arg in args):
            ctx.fail(
                "An argument contains a NUL character, which no file name can contain. Remove it."
            )
        if any(not arg or (arg.startswith("--") and arg.endswith("=")) for arg in args):
            ctx.fail(
                "An argument is empty, perhaps because a variable is not set. Leave it out, or "
                "give . for the current folder."
            )
        before = logs.number_of_words(args)
        own, rest = args[:before], args[before:]
        if rest and rest[0] not in _COMMANDS and rest[0] not in own_options:
            _refuse_mistyped(ctx, rest[0])
            rest = ["sort", *rest]
        return super().parse_args(ctx, [*own, *rest])

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            if not _has_reader_left():
                raise
            raise typer.Exit from None

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        listed = [TyperCommand(name, help=summary) for name, summary in _COMMANDS.items()]
        TyperGroup(commands=listed).format_commands(ctx, formatter)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in _COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = _load(cmd_name, self)
        return super().get_command(ctx, cmd_name)


def _refuse_mistyped(ctx: Any, word: str) -> None:
    """Raise an error with a similar command's name, unless the word is a path or an option."""
    if word.startswith("-") or os.path.lexists(word):
        return
    import difflib

    similar = difflib.get_close_matches(word.lower(), _COMMANDS, 1, _SIMILAR)
    if similar:
        ctx.fail(f"There is no command or file named {shown(word)}. Did you mean {similar[0]}?")


def _has_reader_left() -> bool:
    """Whether the reader of standard output has closed the pipe, as with `| head`.

    Always true on Windows, which does not report that.
    """
    if not hasattr(select, "poll"):
        return True
    polled = select.poll()
    polled.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _, event in polled.poll(0))


def _load(name: str, group: Any) -> Any:
    module = import_module(f"{__name__}.{_MODULES.get(name, name)}")
    own = getattr(module, "app", None)
    if own is None:
        own = typer.Typer(add_completion=False, rich_markup_mode=None)
        own.command(name)(getattr(module, name))
    command = typer.main.get_command(own)
    for each in (command, *getattr(command, "commands", {}).values()):
        _refuse_infinite(each)
        _name_plainly(each)
        logs.add_to(each, group)
    return command


def _refuse_infinite(command: Any) -> None:
    """Refuse NaN, which passes Python's range checks, and infinity as values of options."""
    for param in command.params:
        if param.type.name in ("float", "float range"):
            param.type.convert = partial(_finite, param.type.convert, param.type.fail)


def _name_plainly(command: Any) -> None:
    """Show required arguments as `DIR` in the usage, as is the custom, instead of `{DIR}`."""
    for param in command.params:
        if param.param_type_name == "argument" and param.required:
            param.make_metavar = partial(_metavar, param.metavar)


def _metavar(name: str, *_: Any, **__: Any) -> str:
    return name


def _finite(convert: Callable[..., float], fail: Callable[..., Never], *given: Any) -> float:
    value = convert(*given)
    if not math.isfinite(value):
        fail(f"{value} is not a finite number.", *given[1:])
    return value


app = typer.Typer(
    cls=_Commands,
    help=_HELP,
    no_args_is_help=True,
    subcommand_metavar="PATH... | COMMAND [ARGS]...",
    rich_markup_mode=None,  # markup would swallow [brackets] in names
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"catdog-sort {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    verbose: logs.Verbose = False,
    log_level: logs.Level = None,
) -> None:
    """Define the options of the command itself."""


def main() -> None:
    """Run the command line; SIGTERM stops it as cleanly as Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed: another file must not get its descriptor
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 (open until the process ends)
    try:
        app(prog_name="catdog-sort")
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        _leave(end.code or 0)
    except CatdogError as error:  # of where a command's own handling does not reach
        typer.echo(f"catdog-sort: {error}", err=True)
        _leave(error.exit_code)
    except OSError as error:  # of what is written to stdout; others are dealt with where they arise
        if error.errno not in _OUT_OF_SPACE or error.filename is not None:
            raise
        _leave(_lost(error))


def _leave(code: int) -> None:
    """End at once: Python would first deallocate all loaded modules."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:  # the reader has closed the pipe
            pass
        except OSError as error:
            code = _lost(error)
    os._exit(code)


def _lost(error: OSError) -> int:
    with suppress(OSError):
        typer.echo(
            f"catdog-sort: The output could not be written in full ({error.strerror}). Free some "
            "space, or redirect it elsewhere. Photos that were moved are in the history.",
            err=True,
        )
    return EXIT_ENVIRONMENT
