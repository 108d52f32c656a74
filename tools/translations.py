"""Brings the catalogues of the window up to date: `python tools/translations.py`.

Collects every text that the window translates, keeps the translations there are, marks what is
missing as unfinished, and compiles the catalogues. A new language needs a line in
`gui/languages.py`.
"""

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from catdog_sorter.gui import languages
from catdog_sorter.gui.i18n import CONTEXT
from catdog_sorter.gui.photos.rows import FILTERS
from catdog_sorter.moving.journal import RunState
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import Reason

TOP = Path(__file__).resolve().parents[1]
GUI = TOP / "src" / "catdog_sorter" / "gui"
# What is translated by way of a table, and the words of that table.
TABLES = {
    "tr(kind)": FILTERS,
    "tr(UNREADABLE)": (),  # one of FILTERS
    "tr(mode.words.choice)": [mode.words.choice for mode in Mode],
    "tr(self.preferences.mode.words.verb)": [mode.words.verb for mode in Mode],
    "tr(run.mode.words.done, run.moved or run.files)": [mode.words.done for mode in Mode],
    "tr(mode.words.total, number)": [mode.words.total for mode in Mode],
    "tr(mode.words.total, len(failed))": (),  # the same
    "tr(reason.words)": [reason.words for reason in Reason],
    "tr(run.state.words)": [state.words for state in RunState],
}
# Languages without a plural.
ONE_FORM = ("ja", "zh_CN")


def texts() -> dict[str, bool]:
    """Every text that the window translates, and whether its form depends on a number."""
    found: dict[str, bool] = {}
    for call in _calls():
        text = call.args[0]
        if isinstance(text, ast.Constant):
            words = [str(text.value)]
        else:
            words = list(TABLES[ast.unparse(call)])
        for word in words:
            found[word] = found.get(word, False) or len(call.args) > 1
    return dict(sorted(found.items()))


def _calls() -> Iterator[ast.Call]:
    for file in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and isinstance(name, ast.Name) and name.id == "tr":
                yield node


def read(catalogue: Path) -> dict[str, list[str]]:
    """The translations of a catalogue, in all their forms."""
    if not catalogue.exists():
        return {}
    found = {}
    for message in ET.parse(catalogue).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        found[message.findtext("source", "")] = forms or [translation.text or ""]
    return found


def write(catalogue: Path, known: dict[str, list[str]]) -> None:
    """Write the catalogue of one language, with all texts and these translations."""
    language = catalogue.stem
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, counts in texts().items():
        message = ET.SubElement(context, "message", {"numerus": "yes"} if counts else {})
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        number = 2 if counts and language not in ONE_FORM else 1
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
    catalogue.write_text(f"{head}{body}\n", "utf-8")


def compile_catalogue(catalogue: Path, target: Path) -> None:
    """Make of a catalogue what the window reads."""
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert tool, "Run `pip install PySide6-Essentials`."
    command = [tool, "-silent", "-removeidentical", str(catalogue), "-qm", str(target)]
    subprocess.run(command, check=True)


def main() -> None:
    """Update all catalogues."""
    for language in languages.NAMES:
        if language != "en":
            catalogue = languages.CATALOGUES / f"{language}.ts"
            write(catalogue, read(catalogue))
            compile_catalogue(catalogue, catalogue.with_suffix(".qm"))


if __name__ == "__main__":
    main()
