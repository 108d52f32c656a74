"""Writes facts, tables and figures as one self-contained HTML file.

The file has no script and loads nothing, so it opens anywhere.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_sorter.reports.page import page, report_file, text

if TYPE_CHECKING:
    from catdog_sorter.training.figures.drawing import Figure

_ONE = r"[-+±<>≤≥\s]*\d[\d.,]*(?:e[-+]?\d+)?"
_NUMBER = re.compile(rf"{_ONE}(?: to {_ONE})?\s?[%a-z]{{0,3}}")  # `85`, `> 99 %`, `2 to 3 min`
_STYLE = """
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td:first-child { min-width: 9rem; }
th, td { padding: 0.3rem 0.9rem 0.3rem 0; border-bottom: 1px solid var(--line); text-align: left; }
th { color: var(--soft); font-weight: normal; }
.number { padding: 0.3rem 0 0.3rem 0.9rem; text-align: right; white-space: nowrap; }
figure { margin: 0; }
img { display: block; max-width: 100%; height: auto; padding: 0.5rem; border-radius: 0.4rem;
  box-sizing: border-box; background: #fff; }
summary { cursor: pointer; margin: 2rem 0 1rem; font-weight: 600; }
figcaption { margin-top: 0.6rem; max-width: 45rem; color: var(--soft); }
"""


@dataclass(frozen=True, slots=True)
class Table:
    """Formatted cells; each row is as long as the header."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_report(
    file: Path,
    title: str,
    facts: Sequence[tuple[str, str]],
    figures: Sequence["Figure"],
    tables: Sequence[Table] = (),
    folded: Sequence[Table] = (),
) -> None:
    """Write one page: title, facts (name, value), tables, figures with their captions.

    Tables in `folded` come last, and open with a click.

    The page is replaced atomically. Raises UsageError when a figure cannot be read or the page
    cannot be written.
    """
    body = chain(map(_table, tables), map(_figure, figures), map(_folded, folded))
    with report_file(file) as writing:
        for line in page(title, facts, _STYLE, body):
            print(line, file=writing)


def _table(table: Table) -> str:
    """Columns in which every cell is a number or empty are aligned to the right."""
    columns = zip(*table.rows, strict=True)
    numeric = [all(not cell or _NUMBER.fullmatch(cell) for cell in column) for column in columns]
    head = _row("th", table.header, numeric or [False] * len(table.header))
    body = "\n".join(_row("td", row, numeric) for row in table.rows)
    title = text(table.title)
    return (
        f"<section><h2>{title}</h2>\n"
        f'<div class="wide" role="region" aria-label="{title}" tabindex="0"><table>\n'
        f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table></div></section>"
    )


def _folded(table: Table) -> str:
    """A collapsed table with its title as the summary, so without its own heading."""
    inner = _table(table).replace(f"<h2>{text(table.title)}</h2>\n", "", 1)
    return f"<details><summary>{text(table.title)}</summary>\n{inner}\n</details>"


def _row(tag: str, cells: Sequence[str], numeric: Sequence[bool]) -> str:
    opened = {False: f"<{tag}>", True: f'<{tag} class="number">'}
    written = (
        f"{opened[number]}{text(cell)}</{tag}>" for cell, number in zip(cells, numeric, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"


def _figure(figure: "Figure") -> str:
    data = base64.b64encode(figure.file.read_bytes()).decode("ascii")
    return (
        f"<section><h2>{text(figure.title)}</h2>\n"
        f'<figure><img alt="{text(figure.title)}" src="data:image/png;base64,{data}">\n'
        f"<figcaption>{text(figure.caption)}</figcaption></figure></section>"
    )
