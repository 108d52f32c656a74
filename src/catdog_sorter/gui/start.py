"""Opens the window, or says how to install what it needs. Loads Qt only when asked to."""

from collections.abc import Sequence
from pathlib import Path

from catdog_sorter.errors import MissingExtra


def open_window(paths: Sequence[Path]) -> int:
    """Show the window with these photos and folders until it is closed; returns the exit code.

    Raises MissingExtra when Qt is not installed or a library of the system is missing.
    """
    try:
        from catdog_sorter.gui import app
    except ImportError as error:
        raise MissingExtra(_advice(error)) from error
    return app.run(paths)


def _advice(error: ImportError) -> str:
    if (error.name or "").startswith("PySide6") and "lib" not in str(error):
        return (
            "The window needs Qt, which is not installed. Run `pip install 'catdog-sorter[gui]'`."
        )
    return (
        f"Qt cannot be loaded ({error}). Run `pip install 'catdog-sorter[gui]'`; if it is there, "
        "the system lacks a library: on Debian and Ubuntu `sudo apt install libegl1 libgl1 "
        "libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0`."
    )
