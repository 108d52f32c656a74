"""Writes the reference of the library, from its docstrings, as HTML.

python tools/reference.py FOLDER
"""

import sys
from pathlib import Path

import pdoc

import catdog_sorter


def main() -> None:
    for name in catdog_sorter.__all__:
        getattr(catdog_sorter, name)  # fetched only when asked for, which pdoc does not do
    pdoc.render.configure(docformat="markdown", show_source=False, search=False)
    # Of the package only what is stable: none of its modules.
    pdoc.pdoc("catdog_sorter", r"!catdog_sorter\.", output_directory=Path(sys.argv[1]))


if __name__ == "__main__":
    main()
