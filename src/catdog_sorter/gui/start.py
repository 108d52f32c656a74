"""Opens the window, or explains how to install what is missing. Loads Qt only when called."""

import sys
from collections.abc import Sequence
from pathlib import Path

from catdog_sorter.errors import MissingExtra
from catdog_sorter.storage.locations import window_file

_INSTALL = "Run `pip install 'catdog-sorter[gui]'`."


def open_window(paths: Sequence[Path], language: str | None = None) -> int:
    """Show the window with these photos and folders until it is closed; returns the exit code.

    `language`: that of the window; it overrides the setting.

    Raises MissingExtra when Qt is not installed, or does not work here, and NoHomeError.
    """
    if problem := qt_problem():
        raise MissingExtra(problem)
    window_file()  # Qt ends the process itself where it cannot start, so check first
    from catdog_sorter.gui import app

    return app.run(paths, language)


def qt_problem() -> str | None:
    """Return why Qt cannot be used and what to do, as a sentence; None when it can."""
    try:
        import PySide6
    except ImportError:
        return f"The window needs Qt, which is not installed. {_INSTALL}"
    # There every call that returns None leaks a reference to it, until Python aborts.
    if sys.version_info < (3, 12) and (6, 12) <= PySide6.__version_info__[:2] < (6, 13):
        return (
            f"PySide6 {PySide6.__version__} crashes on Python 3.11. Run "
            "`pip install 'PySide6-Essentials<6.12'`."
        )
    try:
        from PySide6 import QtNetwork, QtWidgets  # noqa: F401
    except ImportError as error:
        return (
            f"Qt cannot be loaded ({error}). {_INSTALL} If that is done, the system lacks a "
            "library: on Debian and Ubuntu run `sudo apt install libegl1 libgl1 libxkbcommon0 "
            "libdbus-1-3 libfontconfig1 libxcb-cursor0`."
        )
    return None
