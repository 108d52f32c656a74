"""The window. Reached from outside by `main`, `start` and `shortcut`; Qt loads when it opens."""

import sys
from pathlib import Path


def main() -> None:
    """Entry point of the desktop menu: `catdog-sorter [PATH...]`."""
    from catdog_sorter.errors import CatdogError

    try:
        from catdog_sorter.gui.start import open_window

        code = open_window([Path(word) for word in sys.argv[1:]])
    except CatdogError as error:
        if sys.stderr is not None:  # Windows starts it without a console
            print(f"catdog-sorter: {error}", file=sys.stderr)
        code = error.exit_code
    sys.exit(code)
