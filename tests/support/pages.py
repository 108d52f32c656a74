"""Finds texts of a page that are in English, regardless of its language."""

import re

from catdog_sorter.languages import Catalogue
from tests.support.browser import Browser
from tools import translations

# Every text that a person sees or hears; a script, style or hidden block is none.
_SAID = """
(() => {
  const said = [document.title];
  for (const element of document.body.querySelectorAll(":not(script, noscript)")) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    if (own.some((node) => node.data.trim())) said.push(element.textContent);
    for (const name of ["title", "placeholder", "aria-label", "alt"]) {
      said.push(element.getAttribute(name) || "");
    }
  }
  return said;
})()
"""


def marked_language() -> Catalogue:
    """English with every translated text in brackets, so that the others can be found."""
    forms = {text: [f"⟦{text}⟧"] * 2 for text in translations.texts()}
    return Catalogue("en", forms)


def said(page: Browser) -> list[str]:
    """Every text of a page."""
    return [text.strip() for text in page.value(_SAID)]


def untranslated(page: Browser, names: str) -> list[str]:
    """The texts of a page in `marked_language` with words that came from no catalogue.

    `names`: a pattern of what is the same in every language.
    """
    found = []
    for text in said(page):
        rest = text
        while rest != (less := re.sub("⟦[^⟦⟧]*⟧", "", rest)):
            rest = less
        if re.search(r"[^\W\d_]", re.sub(names, "", rest)):
            found.append(text)
    return found
