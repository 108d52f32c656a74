"""Brings the catalogues up to date: `python tools/translations.py`.

Collects every translated text of the window, the reports and the pages, keeps the translations
that exist, and marks missing ones as unfinished. A new language needs a line in
`catdog_sorter/languages/__init__.py`.
"""

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

from catdog_sorter import languages
from catdog_sorter.cli.report import GONE
from catdog_sorter.design import Theme
from catdog_sorter.gui.photos.rows import FILTERS, SortOrder
from catdog_sorter.moving.journal import Attribute, RunState
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import Reason
from catdog_sorter.reports.rows import PhotoOutcome

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "catdog_sorter"
# Texts that are translated through a table.
TABLES = {
    "tr(kind)": FILTERS,
    "tr(UNREADABLE)": (),  # one of FILTERS
    "tr(mode.words.choice)": [mode.words.choice for mode in Mode],
    "tr(self.preferences.mode.words.verb)": [mode.words.verb for mode in Mode],
    "tr(run.mode.words.done, run.moved or run.files)": [mode.words.done for mode in Mode],
    "tr(self.mode.words.total, number)": [mode.words.total for mode in Mode],
    "tr(reason.words)": [reason.words for reason in Reason],
    "tr(run.state.words)": [state.words for state in RunState],
    "tr(attribute.value)": [attribute.value for attribute in Attribute],
    "tr(order.words)": [order.words for order in SortOrder],
    "tr(theme.words)": [theme.words for theme in Theme],
    "tr(run.mode.words.choice)": (),  # the same
    "tr(photo.kind)": (),  # some of FILTERS
    "tr(line.kind)": (),
    "tr(photo.outcome, 1)": list(PhotoOutcome),
    # Handed on, rather than named.
    "tr(text, number)": (),
    "tr(found[1])": (),
    "tr(source)": (),  # some of `problems`
    "tr(sentence)": (),
}
# Modules with sentences that `Catalogue.problem` translates.
PROBLEMS = (
    *(f"decoding/{name}.py" for name in ("image", "pool", "tiff", "video")),
    *("errors.py", "gui/worker/handlers.py", "gui/worker/loop.py"),
    *(f"moving/{name}.py" for name in ("executor", "outcomes", "places", "returning")),
    *(f"moving/{name}.py" for name in ("session", "tagging", "transfer", "xmp")),
    *("photos/find.py", "photos/formats.py", "classification/corrections.py"),
    *("storage/database.py", "reports/page.py"),
    *("serving/app.py", "serving/middleware.py"),
)
_SENTENCE = re.compile(r"(?:'?\{1\}'?|[A-Z]).* .*(?:\.|\. \{\d\})")
_WORD = re.compile("[a-z]{2}")
_IN_SCRIPT = re.compile(r"\btr\(([a-z][\w.]*(?:, \w+)?)\)")


@cache
def texts() -> dict[str, bool]:
    """Every text that is translated, and whether its form depends on a number."""
    found: dict[str, bool] = {}
    for text, counts in [*_in_python(), *_in_pages(), *((text, False) for text in problems())]:
        found[text] = found.get(text, False) or counts
    return dict(sorted(found.items()))


def problems() -> Iterator[str]:
    """Every sentence of PROBLEMS: the value of a name, a table, an error or a call.

    `{1}`, `{2}` … stand for the names and numbers in it.
    """
    yield GONE
    for file in PROBLEMS:
        for node in ast.walk(ast.parse((PACKAGE / file).read_text("utf-8"))):
            parts: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                is_table = isinstance(node.value, ast.Dict)
                parts = node.value.values if is_table else [node.value]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "RuntimeError":
                continue  # a mistake in the program
            elif isinstance(node, ast.JoinedStr):
                parts = [node]
            elif isinstance(node, ast.Return | ast.Raise | ast.Call):
                parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
            for part in parts:
                text = _with_gaps(part)
                if _SENTENCE.fullmatch(text) and _WORD.search(text):
                    yield text


def _with_gaps(part: ast.expr) -> str:
    """Return the text of a literal, with a number for each value; empty for other expressions."""
    if not isinstance(part, ast.JoinedStr):
        text = part.value if isinstance(part, ast.Constant) else None
        return text if isinstance(text, str) and "{" not in text else ""
    number = count(1)
    texts = (
        str(value.value) if isinstance(value, ast.Constant) else f"{{{next(number)}}}"
        for value in part.values
    )
    return "".join(texts)


def _in_pages() -> Iterator[tuple[str, bool]]:
    for file in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.js")]:
        text = file.read_text("utf-8")
        yield from languages.marked(text).items()
        for call in _IN_SCRIPT.findall(text):
            yield from ((str(word), "," in call) for word in TABLES[f"tr({call})"])


def _in_python() -> Iterator[tuple[str, bool]]:
    for call in _calls():
        text, words = call.args[0], ", ".join(map(ast.unparse, call.args))
        known = [text.value] if isinstance(text, ast.Constant) else TABLES[f"tr({words})"]
        yield from ((str(word), len(call.args) > 1) for word in known)


def _calls() -> Iterator[ast.Call]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name == "tr":
                yield node


def write(language: str, known: dict[str, list[str]]) -> None:
    """Write the catalogue of one language, with all texts and these translations."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = "catdog-sorter"
    for text, counts in texts().items():
        message = ET.SubElement(context, "message", {"numerus": "yes"} if counts else {})
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        number = languages.LANGUAGES[language].forms if counts else 1
        forms = known.get(text, [])
        forms = (forms + forms[-1:] * number)[:number] or [""] * number
        if not all(forms):
            translation.set("type", "unfinished")
        if counts:
            for form in forms:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ET.indent(root, "")
    body = ET.tostring(root, "unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    catalogue(language).write_text(f"{head}{body}\n", "utf-8")


def catalogue(language: str) -> Path:
    """The file of a language's catalogue."""
    return languages.FOLDER / f"{language}.ts"


def main() -> None:
    """Update all catalogues."""
    for language in languages.LANGUAGES:
        if language != "en":
            file = catalogue(language)
            write(language, languages.read(file) if file.exists() else {})


if __name__ == "__main__":
    main()
