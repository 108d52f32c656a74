"""Draws a terminal session as SVG: a sort, its folders, and its undo.

    python tools/terminal_screenshots.py FOLDER

Runs the real commands on the example photos and draws their output.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from catdog_sorter.storage.locations import HOME_VARIABLE

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "photos"
_PROGRAM = (sys.executable, "-m", "catdog_sorter")
_COMMANDS = ("catdog-sort Pictures --yes", "ls Pictures/cat Pictures/dog", "catdog-sort undo")
_COLUMNS = 88
# Only fonts of the reader's system.
_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>catdog-sort sorts eleven photos and puts them back</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, monospace; \
line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" \
height="{terminal_height}"/></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as work, open(os.devnull, "w") as nowhere:
        shutil.copytree(_EXAMPLES, Path(work, "Pictures"))
        console = Console(record=True, width=_COLUMNS, file=nowhere)
        for command in _COMMANDS:
            console.print(Text(f"$ {command}", style="bold"))
            console.print(Text(_said(command, Path(work))))
        console.save_svg(
            str(folder / "terminal.svg"),
            title="catdog-sort",
            theme=MONOKAI,
            code_format=_PICTURE,
            unique_id="terminal",
        )


def _said(command: str, work: Path) -> str:
    name, *words = command.split()
    program = _PROGRAM if name == "catdog-sort" else (name,)
    done = subprocess.run(
        [*program, *words],
        cwd=work,
        env={**os.environ, HOME_VARIABLE: str(work / "home"), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # in the order of the screen
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
