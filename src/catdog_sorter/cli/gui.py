"""`catdog-sort gui`: opens the window, or adds it to the desktop menu. Decides nothing else."""

from pathlib import Path
from typing import Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes
from catdog_sorter.text import shown


def gui(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Photos and folders.", metavar="[PATH...]", show_default=False),
    ] = None,
    language: options.WindowLanguage = None,
    install_shortcut: Annotated[
        bool,
        typer.Option("--install-shortcut", help="Add the window to the desktop menu and exit."),
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Open the window to classify, correct and sort photos."""
    console = Console(quiet)
    with exit_codes(console):
        if install_shortcut:
            from catdog_sorter.gui import shortcut

            for file in shortcut.install_shortcut():
                print(shown(file))
            console.say("“Cats and dogs” is now in the desktop menu.")
            return
        from catdog_sorter.gui.start import open_window

        code = open_window(paths or [], language)
    raise typer.Exit(code)
