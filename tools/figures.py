"""Fills the tables of figures in the documentation from `benchmarks/library_figures.json`.

    python tools/figures.py [--check]

A page holds a line `<!-- figures: KIND -->` and a line `<!-- end of figures -->`; the
lines between them are replaced. `python benchmarks/library_figures.py DATA MODEL... --write`
measures the models, writes the JSON file and calls this. --check only checks that the pages are up
to date.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[1]
FIGURES = TOP / "benchmarks" / "library_figures.json"
PAGES = (
    TOP / "README.md",
    TOP / "docs" / "accuracy.md",
    TOP / "weights" / "README.md",
    TOP / "tools" / "train_default" / "README.md",
)
# Names in the short table -> names in the full one.
SHORT = {
    "Flickr photos that are sorted: sorted right": "of what is sorted of VOC photos, right",
    "Flickr photos with a pet: sorted right": "VOC pets sorted right",
    "Everyday photos sorted as a pet": "everyday photos sorted as a pet",
    "Other animals sorted as a pet": "other animals sorted as a pet",
    "Kaggle, cat or dog: right": "Kaggle, forced choice",
}
_REGION = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end of figures -->)", re.S)
_SHARE = re.compile(r"([\d.]+)% \(([\d.]+)% to ([\d.]+)%; (\d+) of (\d+)\)")


def table(kind: str, figures: dict[str, Any]) -> str:
    """The lines of a table: `short` or `full`."""
    models, rows = figures["models"], figures["rows"]
    if kind == "full":
        body = rows
    else:
        body = {title: [_short(value) for value in rows[name]] for title, name in SHORT.items()}
    lines = [
        f"| | {' | '.join(f'`{model}`' for model in models)} |",
        f"| --- |{' --- |' * len(models)}",
        *(f"| {name} | {' | '.join(values)} |" for name, values in body.items()),
    ]
    return "\n".join(lines) + "\n"


def merged(kept: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Figures of all models, with the new ones replaced."""
    columns = {
        model: {name: values[number] for name, values in figures["rows"].items()}
        for figures in (kept, new)
        for number, model in enumerate(figures["models"])
    }
    rows = {name: [column[name] for column in columns.values()] for name in new["rows"]}
    return new | {"models": list(columns), "rows": rows}


def filled(text: str, figures: dict[str, Any]) -> str:
    """A page with its tables replaced."""
    return _REGION.sub(lambda match: match[1] + table(match[2], figures) + match[3], text)


def changes() -> Iterator[tuple[Path, str]]:
    """Each page that is out of date, with its new text."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if (new := filled(text, figures)) != text:
            yield page, new


def write() -> None:
    """Bring all pages up to date."""
    for page, text in changes():
        page.write_text(text, encoding="utf-8", newline="\n")


def _short(value: str) -> str:
    """A share with rounded bounds: "97.6 % (92 to 99)"."""
    match = _SHARE.fullmatch(value)
    if not match:
        return value
    share, low, high = (float(number) for number in match.groups()[:3])
    if match[4] == "0":
        return f"0 of {match[5]} (at most {high:.1f} %)"
    digits = 0 if high - low >= 4 else 1
    return f"{share:.1f} % ({low:.{digits}f} to {high:.{digits}f})"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(bool([print(f"{page} is out of date.") for page, _ in changes()]))
    write()
