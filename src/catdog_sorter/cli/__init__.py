"""The command `catdog-sort`: options, text and exit codes. Decides nothing about photos.

Nothing heavy is imported before a command needs it, so that `--help` and completion are quick.
"""

import signal
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from catdog_sorter import __version__
from catdog_sorter.cli import (
    cache,
    classify,
    compare,
    config,
    doctor,
    evaluate,
    gui,
    history,
    models,
    prepare,
    report,
    retrain,
    serve,
    sort,
    watch,
)

_HELP = """Tell cats from dogs in photos and sort them into folders, on your own computer.

`catdog-sort PATH...` is short for `catdog-sort sort PATH...`. A folder that is named like a command
is reached as ./retrain, or after --, as in `catdog-sort -- retrain`.
"""


class _SortByDefault(TyperGroup):
    """Puts `sort` before arguments that begin with no command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own_options = {name for option in self.get_params(ctx) for name in option.opts}
        if args and args[0] not in self.commands and args[0] not in own_options:
            args = ["sort", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_SortByDefault,
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
) -> None:
    """Hold the options of the command itself."""


for _name, _command in (
    ("sort", sort.sort),
    ("classify", classify.classify),
    ("watch", watch.watch),
    ("serve", serve.serve),
    ("undo", history.undo),
    ("history", history.history),
    ("report", report.report),
    ("prepare", prepare.prepare),
    ("retrain", retrain.retrain),
    ("evaluate", evaluate.evaluate),
    ("compare", compare.compare),
    ("gui", gui.gui),
    ("doctor", doctor.doctor),
):
    app.command(_name)(_command)
app.add_typer(models.app, name="models")
app.add_typer(cache.app, name="cache")
app.add_typer(config.app, name="config")


def main() -> None:
    """Run the command line; SIGTERM stops as cleanly as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app(prog_name="catdog-sort")
