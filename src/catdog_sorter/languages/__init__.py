"""The languages of the window, the reports and the pages: which is used, and its texts.

Standard library only. Each language but English has a catalogue: a `.ts` file as Qt Linguist edits
it, with the English text as the key. `tools/translations.py` keeps all of them complete.
"""

import json
import locale
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from html import escape
from pathlib import Path

from catdog_sorter.text import percent

VARIABLE = "CATDOG_SORTER_LANGUAGE"
FOLDER = Path(__file__).parent
_GAP = re.compile(r"\{\d+\}")
# `{{text}}` in a page and `tr("text"` in a script, where the second argument is a number if any.
_MARKED = re.compile(r'\{\{(.+?)\}\}|\btr\("((?:[^"\\]|\\.)*)"(,)?')


@dataclass(frozen=True, slots=True)
class Language:
    """How a language spells numbers, dates and numbered words.

    Attributes:
        name: What it calls itself.
        group: Between thousands.
        decimal: Before decimals.
        percent: Behind a number.
        date: For `strftime`.
        singular: The numbers that take the first form of a word, all others the second; empty in
            a language with one form for all.
    """

    name: str
    group: str = ","
    decimal: str = "."
    percent: str = "%"
    date: str = "%Y-%m-%d"
    singular: tuple[int, ...] = (1,)

    @property
    def forms(self) -> int:
        """Number of plural forms."""
        return 2 if self.singular else 1


_THIN, _FIXED = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
LANGUAGES: Mapping[str, Language] = {
    "en": Language("English"),
    "de": Language("Deutsch", ".", ",", f"{_FIXED}%", "%d.%m.%Y"),
    "fr": Language("Français", _THIN, ",", f"{_THIN}%", "%d/%m/%Y", (0, 1)),
    "es": Language("Español", ".", ",", f"{_FIXED}%", "%d/%m/%Y"),
    "it": Language("Italiano", ".", ",", date="%d/%m/%Y"),
    "pt": Language("Português", ".", ",", date="%d/%m/%Y", singular=(0, 1)),
    "ja": Language("日本語", date="%Y/%m/%d", singular=()),
    "zh_CN": Language("简体中文", date="%Y/%m/%d", singular=()),
}


class Catalogue:
    """The texts of one language, by their English ones."""

    def __init__(self, code: str, forms: Mapping[str, Sequence[str]]) -> None:
        self.code = code
        self.language = LANGUAGES[code]
        self._forms = forms

    def tr(self, text: str, number: int | None = None) -> str:
        """The text in this language, or as it is where there is no translation.

        Args:
            text: The English text.
            number: What the form of its words depends on, where it depends on a number.
        """
        forms = self._forms.get(text) or [text]
        return forms[0 if number in self.language.singular else -1]

    def problem(self, sentence: str) -> str:
        """A sentence of the program in this language, with the names and numbers it holds.

        The catalogue has such sentences with `{1}`, `{2}` … in place of what differs.
        """
        source, values = self._source_of(sentence)
        if not values:
            return self.tr(source)
        # A name that stands in a gap, as `cat`, may be a word of the catalogue.
        told = [self.problem(value) if value.endswith(".") else value for value in values]
        return _GAP.sub(lambda gap: told[int(gap[0][1:-1]) - 1], self.tr(source))

    def sources(self, sentence: str) -> list[str]:
        """The texts of the catalogue that `problem` looks up for this sentence."""
        source, values = self._source_of(sentence)
        inner = (value for value in values if value.endswith("."))
        return [source, *(text for value in inner for text in self.sources(value))]

    def _source_of(self, sentence: str) -> tuple[str, Sequence[str]]:
        """The text that the sentence was made from, and what stands in its gaps."""
        if sentence not in self._forms:
            for source, pattern in self._patterns:
                if found := pattern.fullmatch(sentence):
                    return source, found.groups()
        return sentence, ()

    @cached_property
    def _patterns(self) -> Sequence[tuple[str, re.Pattern[str]]]:
        """The texts with gaps, those with most words first, and what each can look like."""
        words = {text: _GAP.split(text) for text in self._forms if "{1}" in text}
        most_first = sorted(words.items(), key=lambda pair: -sum(map(len, pair[1])))
        return [
            (text, re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL))
            for text, parts in most_first
        ]

    def number(self, number: int) -> str:
        """`1,200`."""
        return f"{number:,}".replace(",", self.language.group)

    def percent(self, p: float) -> str:
        """`99.9%`: a probability (0 to 1)."""
        spelled = percent(p).replace(".", self.language.decimal)
        return spelled.replace("%", self.language.percent)

    def date(self, moment: datetime) -> str:
        """`2024-12-31`."""
        return moment.strftime(self.language.date)

    def date_and_time(self, moment: datetime) -> str:
        """`2024-12-31 18:30`."""
        return moment.strftime(f"{self.language.date} %H:%M")

    @property
    def tag(self) -> str:
        """The language tag for HTML."""
        return self.code.replace("_", "-")

    def fill(self, page: str) -> str:
        """HTML with every `{{text}}` in it translated."""
        return re.sub(r"\{\{(.+?)\}\}", lambda found: escape(self.tr(found[1])), page)

    def for_script(self, texts: Collection[str] | None = None) -> str:
        """JSON for `texts.js`: these texts, or all there are, and the spelling of numbers."""
        plain = {
            "lang": self.tag,
            "group": self.language.group,
            "decimal": self.language.decimal,
            "percent": self.language.percent,
            "singular": self.language.singular,
            "forms": {
                text: forms for text, forms in self._forms.items() if texts is None or text in texts
            },
        }
        return json.dumps(plain, separators=(",", ":")).replace("<", "\\u003c")


@cache
def catalogue(code: str) -> Catalogue:
    """The catalogue of one of LANGUAGES."""
    return Catalogue(code, {} if code == "en" else read(FOLDER / f"{code}.ts"))


ENGLISH = catalogue("en")


def read(file: Path) -> dict[str, list[str]]:
    """The translations in a `.ts` file, each in all its forms, which are empty where missing."""
    found = {}
    for message in ET.parse(file).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        found[message.findtext("source", "")] = forms or [translation.text or ""]
    return found


def marked(text: str) -> dict[str, bool]:
    """Every text that a page or script marks, and whether its form depends on a number."""
    found: dict[str, bool] = {}
    for in_page, in_script, comma in _MARKED.findall(text):
        word = in_page or json.loads(f'"{in_script}"')
        found[word] = found.get(word, False) or bool(comma)
    return found


# --- Which language --------------------------------------------------------------------------


def best(wanted: Iterable[str]) -> str:
    """The first of these languages (`de`, `pt-BR`, `zh_CN`) that there is, or English."""
    for name in wanted:
        code = name.partition(".")[0].partition("@")[0].replace("-", "_")
        language = code.partition("_")[0].lower()
        if language == "zh":  # the catalogue is in simplified characters
            is_other = re.search(r"_(Hant|TW|HK|MO)(_|$)", code, re.IGNORECASE)
            language = "zh" if is_other else "zh_CN"
        if language in LANGUAGES:
            return language
    return "en"


def code_of(name: str) -> str:
    """The code of a language that is named, as in `de`, `de-AT` or `zh_CN`.

    Raises ValueError where there is no such language.
    """
    code = best([name])
    if code == "en" and name.partition("_")[0].partition("-")[0].lower() != "en":
        raise ValueError(f"There is no language {name}. Choose from {', '.join(LANGUAGES)}.")
    return code


def chosen(preferred: str | None = None, system: Iterable[str] | None = None) -> str:
    """The language to use: of the environment, the preferred one, the system's, or English."""
    first = (os.environ.get(VARIABLE), preferred)
    return best([name for name in first if name] + list(of_system() if system is None else system))


def of_system() -> list[str]:
    """The languages of the user, the most wanted one first."""
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    used = next((name for name in names if name), None)
    if used:
        # GNU's list of further languages, which does not count where none is wanted.
        further = "" if used.partition(".")[0] in ("C", "POSIX") else os.environ.get("LANGUAGE", "")
        return [*filter(None, further.split(":")), used]
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return [locale.windows_locale.get(number, "")]
    return []


def accepted(header: str) -> list[str]:
    """The languages of an `Accept-Language` header, the most wanted one first."""
    weighted = []
    for part in header.split(","):
        name, _, weight = part.partition(";")
        try:
            share = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if share > 0:
            weighted.append((share, name.strip()))
    return [name for _, name in sorted(weighted, key=lambda pair: -pair[0])]
