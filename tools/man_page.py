"""Writes the man page from the command's own help.

python tools/man_page.py [FILE]

Without FILE it goes to docs/catdog-sort.1, which the wheel installs below share/man.
"""

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli_reference import NAME, commands
from typer.main import get_command

from catdog_sorter import __version__
from catdog_sorter.cli import app
from catdog_sorter.storage.locations import HOME_VARIABLE

PAGE = Path(__file__).resolve().parents[1] / "docs" / "catdog-sort.1"
_WIDTH = 70  # escapes make lines longer
_EXIT_CODES = (
    ("0", "All done."),
    ("1", "Some photos could not be read or moved; they are named."),
    ("2", "Invalid usage."),
    ("3", "Something is not installed or damaged."),
    ("130", "Interrupted."),
)
_ENVIRONMENT = (
    (HOME_VARIABLE, "Keep the journal, models, settings and cached answers in this folder."),
    ("NO_COLOR", "Print without colours."),
)
_FILES = ((".catdog-sort.toml", "Options for its folder and sub-folders."),)
_EXAMPLES = (
    (f"{NAME} ~/Pictures --dry-run", "Show what would be moved where."),
    (f"{NAME} ~/Pictures", "Sort, after one question."),
    (f"{NAME} undo", "Put everything back where it was."),
)


def page() -> str:
    """The whole page, in the macros of man(7); ASCII."""
    command: Any = get_command(app)
    context = command.make_context(NAME, [], resilient_parsing=True)
    description, *usage = _paragraphs(command)
    lines = [
        # No date, so that the page is reproducible.
        f'.TH {NAME.upper()} 1 "" "catdog-sorter {__version__}"',
        ".SH NAME",
        f"{_word(NAME)} \\- sort photos of cats and dogs into folders",
        ".SH SYNOPSIS",
        *_usage(command, context),
        ".SH DESCRIPTION",
        *_text(description),
        *(line for paragraph in usage for line in (".PP", *_text(paragraph))),
        ".SH OPTIONS",
        *_parameters(command, context),
        ".SH COMMANDS",
        *_commands(command, context),
    ]
    for heading, entries in (
        ("EXIT STATUS", _EXIT_CODES),
        ("ENVIRONMENT", _ENVIRONMENT),
        ("FILES", _FILES),
        ("EXAMPLES", _EXAMPLES),
    ):
        lines.append(f".SH {heading}")
        lines += [line for term, text in entries for line in _entry(term, text)]
    return "\n".join(lines) + "\n"


def _commands(group: Any, context: Any) -> Iterator[str]:
    for path, command, below in commands(group, context):
        yield f".SS {_word(path)}"
        yield from _usage(command, below)
        for paragraph in _paragraphs(command):
            yield from (".PP", *_text(paragraph))
        yield from _parameters(command, below)


def _usage(command: Any, context: Any) -> Iterator[str]:
    yield f".B {_word(context.command_path)}"
    yield from _text(" ".join(command.collect_usage_pieces(context)))


def _parameters(command: Any, context: Any) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in parameter.opts:
            yield from _entry(*record)


def _entry(term: str, text: str) -> Iterator[str]:
    yield from (".TP", f".B {_word(term)}", *_text(text))


def _paragraphs(command: Any) -> list[str]:
    return re.split(r"\n\s*\n", inspect.cleandoc(command.help or "").strip())


def _text(words: str) -> list[str]:
    """Lines of text; none begins with a character that starts a roff request."""
    flowing = " ".join(words.split())
    lines = textwrap.wrap(flowing, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"\\&{_word(line)}" if line.startswith((".", "'")) else _word(line) for line in lines]


def _word(words: str) -> str:
    """Escape a word for roff."""
    plain = words.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"[^\x20-\x7e]", lambda match: f"\\[u{ord(match[0]):04X}]", plain)


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    file.write_text(page(), encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
