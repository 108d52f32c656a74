"""Habits of English that make sentences hard to read do not return.

Each pattern is one that earlier texts were full of; the examples show what to write instead.
"""

import inspect
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from catdog_sorter.cli import app

TOP = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), TOP / "weights" / "README.md")
    if path.name != "THIRD_PARTY.md"
)
SOURCES = sorted((TOP / "src").rglob("*.py"))
HABITS = {
    # "More is had with extras." -> "Extras add more."
    "had": r"\b(?:is|are|was|were|be|been) had\b",
    # "Its content is no picture." -> "It is not a picture."
    "is no": r"(?<!here )\b(?:is|are|was|were) no (?!longer\b|more\b|better\b|worse\b)\w+",
    # "who wants more sorted takes a lower threshold" -> "Lower the threshold to sort more photos."
    "wants": r"\b(?:who|person|anybody|nobody|somebody|program|code|network|file) wants?\b",
    # "the last run, be it one that moved nothing" -> "the last run, even if it moved nothing"
    "be it": r", be it\b",
    # "File with the word that askers have to know" -> "File with the bearer token"
    "askers": r"\baskers?\b",
    # "so it is taken for one" and the like are fine; "is said to be" is not.
    "said to be": r"\b(?:is|are|was) said to be\b",
    # "Ask whoever made it." -> "Ask its author."
    "whoever": r"\b(?:[Ww]hoever|[Nn]obody|[Ss]omebody)\b(?!`)",
    # "a sentence for the person" -> "a sentence for the user"
    "the person": r"\b(?:for|of|to) the person\b|\b[Aa] person's own\b",
    # "Whether a folder lies elsewhere, so far as the system tells" -> "according to the system"
    "so far as": r"\b(?:(?<!epoch )[Ss]o far as the|for ever)\b",
    # "no photo ever gets lost by it" reads; "makes no sense" does not: "Invalid usage."
    "no sense": r"\bmakes? no sense\b",
    # "Remove it for good?" -> "Delete it permanently?"
    "for good": r"\bfor good\b(?! reason)",
    # "Put that right, or remove it." -> "Correct that, or remove it."
    "put right": r"\b[Pp]uts? (?:it|that|them|what is wrong) right\b",
    # "What became of the run's files" -> "Where the files of the run are now"
    "came of": r"(?:^\W*|\. )What (?:came|comes|became|becomes) of\b",
    # "what the product does" -> "what catdog-sort does"
    "the product": r"\b(?:as|by|in|of) the product\b",
    # "choose one by --model" -> "choose one with --model"
    "by an option": r"\bby `?--\w",
    # "Else the recipe's." -> "Defaults to the recipe's."
    "else": r"(?:^|\. )[Ee]lse (?:the|that|by|it)\b",
    # "JPEG XL photos need an extra part." -> "JPEG XL needs imagecodecs, which is not installed."
    "extra part": r"\b(?:extra part|needs parts|missing part)\b",
    # "`--resume` goes on after the last epoch." -> "Add --resume to continue after the last epoch."
    "goes on": r"` goes on\b|\b[Gg]oes on (?:by|after|where|with)\b",
    # "Whatever its name says, it is a PDF." -> "Despite its name, it is a PDF."
    "whatever it says": r"\b[Ww]hatever \w+(?: \w+)? (?:says?|does|format)\b",
}
# "What arrives to be sorted is sorted." -> "New photos are sorted automatically."
CLAUSE_AS_SUBJECT = re.compile(
    r"(?:^|[.:;!?|] |- |\*\* )(?:What|Who|Whoever|Whatever)\b(?! (?:is|are|does|do|can|to|if)\b)"
    r"[^.?!|\n]*\b(?:is|are|was|goes|stays|counts|has|have|comes|lies|gets|holds)\b[^.?!|\n]*\."
)


def prose(page: Path) -> str:
    """A page without its code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "`code`", text)


def texts(source: Path) -> Iterator[str]:
    """Comments, docstrings and messages of a module."""
    code = source.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        is_text = token.type == tokenize.STRING and " " in token.string
        if is_text or token.type == tokenize.COMMENT:
            yield " ".join(token.string.split())


def helps(group: Any) -> Iterator[str]:
    """The help of every command and option."""
    for command in (group.get_command(None, name) for name in group.list_commands(None)):
        yield inspect.cleandoc(command.help or "")
        yield from (parameter.help or "" for parameter in command.params)
        if hasattr(command, "commands"):
            yield from helps(command)


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_does_not_return(habit: str) -> None:
    pattern = re.compile(HABITS[habit])
    found = [
        f"{path.relative_to(TOP)}: {text[max(0, match.start() - 40) : match.end() + 20]}"
        for path, parts in (
            *((page, [prose(page)]) for page in PAGES),
            *((source, texts(source)) for source in SOURCES),
        )
        for text in parts
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_no_clause_is_the_subject_of_a_sentence() -> None:
    pages = [(page.name, prose(page)) for page in PAGES]
    commands = [("help", text) for text in helps(get_command(app))]
    found = [
        f"{name}: {match[0].strip()}"
        for name, text in (*pages, *commands)
        for match in CLAUSE_AS_SUBJECT.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "sentence",
    [
        "What was dropped is queued.",
        "- What every viewer shows is decoded; the rest stays.",
        "Whoever gets into a cluster has access to it.",
    ],
)
def test_clauses_as_subjects_are_found(sentence: str) -> None:
    assert CLAUSE_AS_SUBJECT.search(sentence)


@pytest.mark.parametrize("sentence", ["What is it?", "What to do: wait.", "What happens then?"])
def test_questions_and_headings_are_not(sentence: str) -> None:
    assert not CLAUSE_AS_SUBJECT.search(sentence)
