"""Writes facts, tables and figures as one HTML file that needs nothing beside it.

Knows nothing of what they mean. The file has no script and loads nothing, so it opens anywhere.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_sorter.errors import UsageError
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from catdog_sorter.training.drawing import Figure

_ONE = r"[-+±<>≤≥\s]*\d[\d.,]*(?:e[-+]?\d+)?"
_NUMBER = re.compile(rf"{_ONE}(?: to {_ONE})?\s?[%a-z]{{0,3}}")  # `85`, `> 99 %`, `2 to 3 min`
_STYLE = """
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --soft: #666; --line: #ddd; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #17191c; --soft: #a5a5a5; --line: #3a3d42; }
}
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 60rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 0.6rem; } }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.9rem 0.3rem 0; border-bottom: 1px solid var(--line); text-align: left; }
th { color: var(--soft); font-weight: normal; }
.number { padding: 0.3rem 0 0.3rem 0.9rem; text-align: right; white-space: nowrap; }
figure { margin: 0; }
img { display: block; max-width: 100%; height: auto; padding: 0.5rem; border-radius: 0.4rem;
  box-sizing: border-box; background: #fff; }
figcaption { margin-top: 0.6rem; max-width: 45rem; color: var(--soft); }
"""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as they are to be read; each row is as long as the header."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_report(
    file: Path,
    title: str,
    facts: Sequence[tuple[str, str]],
    figures: Sequence["Figure"],
    tables: Sequence[Table] = (),
) -> None:
    """Write one page: title, facts (name, value), tables, figures with their captions.

    The page is complete or not there: an earlier one is replaced in one step. Raises UsageError
    when a figure cannot be read or the page not be written.
    """
    unfinished = file.with_name(f"{file.name}.part")
    try:
        page = _page(title, facts, figures, tables)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(page, encoding="utf-8")
        unfinished.replace(file)
    except OSError as error:
        raise UsageError(
            f"The report {shown(file)} cannot be written ({shown(str(error))}). Give another "
            "place for it, or make room."
        ) from error


def _page(
    title: str,
    facts: Sequence[tuple[str, str]],
    figures: Sequence["Figure"],
    tables: Sequence[Table],
) -> str:
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
        f"<style>{_STYLE}</style></head>",
        f"<body><h1>{_text(title)}</h1>",
        "<dl>" if facts else "",
        *(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in facts),
        "</dl>" if facts else "",
        *(_table(table) for table in tables),
        *(_figure(figure) for figure in figures),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _table(table: Table) -> str:
    """A column is set as numbers, to the right, when each of its cells is a number or empty."""
    columns = zip(*table.rows, strict=True)
    numeric = [all(not cell or _NUMBER.fullmatch(cell) for cell in column) for column in columns]
    head = _row("th", table.header, numeric or [False] * len(table.header))
    body = "\n".join(_row("td", row, numeric) for row in table.rows)
    title = _text(table.title)
    return (
        f"<section><h2>{title}</h2>\n"
        f'<div class="wide" role="region" aria-label="{title}" tabindex="0"><table>\n'
        f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table></div></section>"
    )


def _row(tag: str, cells: Sequence[str], numeric: Sequence[bool]) -> str:
    opened = {False: f"<{tag}>", True: f'<{tag} class="number">'}
    written = (
        f"{opened[number]}{_text(cell)}</{tag}>"
        for cell, number in zip(cells, numeric, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"


def _figure(figure: "Figure") -> str:
    data = base64.b64encode(figure.file.read_bytes()).decode("ascii")
    return (
        f"<section><h2>{_text(figure.title)}</h2>\n"
        f'<figure><img alt="{_text(figure.title)}" src="data:image/png;base64,{data}">\n'
        f"<figcaption>{_text(figure.caption)}</figcaption></figure></section>"
    )


def _text(words: str) -> str:
    return escape(shown(words))
