"""Entry point of the standalone programs and of their helper processes.

The program starts its helpers as `sys.executable [-P] -m MODULE`. In a standalone program
`sys.executable` is the program itself, so it must accept these options.
"""

import runpy
import sys
from pathlib import Path


def main() -> None:
    words = sys.argv[1:]
    if words[:1] == ["-P"]:  # never search a folder of the user for modules
        words = words[1:]
    if words[:1] == ["-m"] and len(words) > 1:
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    elif Path(sys.argv[0]).stem == "catdog-sorter":
        from catdog_sorter.gui import main as window

        window()
    else:
        from catdog_sorter.__main__ import main as command

        command()


if __name__ == "__main__":
    main()
