"""Writes the reference of the command line as Markdown, from the commands' own help.

    python tools/cli_reference.py

The documentation build uses it; its output is not in the repository.
"""

import html
import inspect
import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from catdog_sorter.cli import app

NAME = "catdog-sort"


def page() -> str:
    """The whole page."""
    command: Any = get_command(app)
    context = command.make_context(NAME, [], resilient_parsing=True)
    lines = [
        "# Commands",
        "",
        *_about(command),
        *_usage(command, context),
        *_options(command, context),
    ]
    for path, each, below in commands(command, context):
        lines += [f"## {path}", "", *_about(each), *_usage(each, below), *_options(each, below)]
    return "\n".join(lines) + "\n"


def commands(group: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    """Path, command and context of every command, those of groups with the group's name first."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command.hidden:
            continue
        below = command.make_context(name, [], parent=context, resilient_parsing=True)
        if hasattr(command, "commands"):
            yield from commands(command, below)
        else:
            yield below.command_path, command, below


def _about(command: Any) -> list[str]:
    text = inspect.cleandoc(command.help or "").strip()
    return [*(_text(part) + "\n" for part in re.split(r"\n\s*\n", text))]


def _usage(command: Any, context: Any) -> list[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    return ["```text", f"{context.command_path} {pieces}", "```", ""]


def _options(command: Any, context: Any) -> list[str]:
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    rows = [
        f"| {_cell(f'`{term}`')} | {_cell(_text(text))} |" for term, text in filter(None, records)
    ]
    return ["| option | meaning |", "| --- | --- |", *rows, ""]


def _cell(words: str) -> str:
    """Escape `|` for a cell of a table; in a code span, a backslash before it would be shown."""
    coded = re.sub(r"`([^`]*\|[^`]*)`", _code, words)
    return coded.replace("|", "\\|")


def _code(span: "re.Match[str]") -> str:
    return f"<code>{html.escape(span[1], quote=False).replace('|', '&#124;')}</code>"


def _text(words: str) -> str:
    """Escape a line for Markdown."""
    flowing = " ".join(words.split())
    return re.sub(r"(?<!`)([*<\[])(?![^`]*`)", r"\\\1", flowing)


if __name__ == "__main__":
    print(page(), end="")
