"""The layout of a self-contained HTML page, and atomic writing of reports.

Knows nothing of the content. A page loads only photos on the same computer, when they are opened.
Its content security policy allows only its own script, so file names cannot inject code.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import IO

from catdog_sorter import design
from catdog_sorter.errors import UsageError
from catdog_sorter.storage.files import atomic_file
from catdog_sorter.storage.outputs import ESCAPED, OutputKind
from catdog_sorter.text import shown

GENERATOR = '<meta name="generator" content="catdog-sorter">'
PAGE_KIND = OutputKind("report", lambda text: GENERATOR in text)
_STYLE = """
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 60rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 0.6rem; } }
"""


def page(
    title: str,
    facts: Sequence[tuple[str, str]],
    style: str,
    body: Iterable[str],
    script: str | None = None,
    lang: str = "en",
) -> Iterator[str]:
    """Yield the lines of a page: title, facts (name, value), then `body`, which is HTML already.

    `style` is added to the layout's own. Only `script` is allowed to run. `lang` is an HTML
    language tag.
    """
    allowed = f"'sha256-{_digest(script)}'" if script else "'none'"
    yield "<!doctype html>"
    yield f'<html lang="{lang}">'
    yield '<head><meta charset="utf-8">'
    yield GENERATOR
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"img-src data: file:; style-src 'unsafe-inline'; script-src {allowed}\">"
    )
    yield f"<title>{text(title)}</title>"
    yield f"<style>{design.css()}{_STYLE}{style}</style></head>"
    yield f"<body><h1>{text(title)}</h1>"
    if facts:
        yield "<dl>"
        yield from (f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts)
        yield "</dl>"
    yield from body
    yield "</body></html>"


def text(words: str) -> str:
    """Escape text for HTML."""
    return escape(shown(words))


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@contextmanager
def report_file(file: Path) -> Iterator[IO[str]]:
    """A text file that is written atomically and replaces an earlier one.

    Raises UsageError when it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with (
            atomic_file(file) as unfinished,
            open(unfinished, "x", encoding="utf-8", errors=ESCAPED, newline="") as text,
        ):
            yield text
    except OSError as error:
        raise unwritable(file, error) from error


def unwritable(file: Path, error: OSError) -> UsageError:
    """The error for a report that cannot be written."""
    return UsageError(
        f"The report {shown(file)} cannot be written ({shown(str(error))}). Give another place "
        "for it, or make room."
    )
