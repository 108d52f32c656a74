"""No page of the program contains a text that is not translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.pages import marked_language
from tools import translations

PACKAGE = translations.PACKAGE
PAGES = [PACKAGE / "reports" / "photos.html", PACKAGE / "serving" / "pages" / "drop.html"]
SCRIPTS = [
    *(PACKAGE / "reports" / name for name in ("lightbox.js", "photos.js")),
    PACKAGE / "serving" / "pages" / "drop.js",
]


class Said(HTMLParser):
    """Collects the texts of a page, including those in attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("title", "placeholder", "aria-label", "alt", "value" if tag == "input" else "alt")
        self.said += [value or "" for name, value in attrs if name in names]

    def handle_data(self, data: str) -> None:
        self.said.append(data.strip())


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_every_text_of_a_page_is_translated(file: Path) -> None:
    reader = Said()
    reader.feed(marked_language().fill(file.read_text("utf-8")))
    said = [text for text in reader.said if text not in ("", "CSV")]
    assert said and [text for text in said if not re.fullmatch("⟦.*⟧", text)] == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_says_nothing_but_by_tr(file: Path) -> None:
    script = re.sub(r'(^|\s)//.*|"use strict";', "", file.read_text("utf-8"))
    assert 'tr("' in script
    script = re.sub(r'\btr\("(?:[^"\\]|\\.)*"', "tr(", script)
    literals = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', script)
    texts = [re.sub(r"\$\{[^}]*\}", "", plain or template) for plain, template in literals]
    words = [text for text in texts if re.search(r"[a-zA-Z]{2,}[,.]? +[a-zA-Z]{2,}", text)]
    assert [text for text in words if not text.startswith("#")] == []  # a selector
