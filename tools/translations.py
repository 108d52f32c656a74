"""Brings the catalogues up to date: `python tools/translations.py`.

Collects every text that the window, the reports and the pages translate, keeps the translations
there are, and marks what is missing as unfinished. A new language needs a line in
`catdog_sorter/languages/__init__.py`.
"""

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from catdog_sorter import languages
from catdog_sorter.gui.photos.rows import FILTERS, SortOrder
from catdog_sorter.gui.theme import Theme
from catdog_sorter.moving.journal import Attribute, RunState
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import Reason

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "catdog_sorter"
# What is translated by way of a table, and the words of that table.
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
    # Handed on, rather than named.
    "_Spoken.texts.tr(text, number)": (),
    "self.tr(found[1])": (),
}


def texts() -> dict[str, bool]:
    """Every text that is translated, and whether its form depends on a number."""
    found: dict[str, bool] = {}
    for text, counts in [*_in_python(), *_in_pages()]:
        found[text] = found.get(text, False) or counts
    return dict(sorted(found.items()))


def _in_pages() -> Iterator[tuple[str, bool]]:
    for file in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.js")]:
        yield from languages.marked(file.read_text("utf-8")).items()


def _in_python() -> Iterator[tuple[str, bool]]:
    for call in _calls():
        text = call.args[0]
        known = [text.value] if isinstance(text, ast.Constant) else TABLES[ast.unparse(call)]
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
