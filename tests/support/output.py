"""Parses the output of `--json`: a line for each photo or file, and the summary."""

import json
from dataclasses import dataclass
from typing import Any

Line = dict[str, Any]


@dataclass(frozen=True)
class Printed:
    """`lines`: one for each photo or file. `summary`: of all of them."""

    lines: list[Line]
    summary: Line

    @property
    def problems(self) -> list[Line]:
        """The lines of photos that could not be read or sorted."""
        return [line for line in self.lines if "error" in line and line.get("outcome") != "skipped"]

    @property
    def moves(self) -> list[tuple[str, str]]:
        """Every file that was or would be moved, with its new place."""
        return [
            (file["path"], file["target"])
            for line in self.lines
            for file in (line, *line.get("companions", ()))
            if "target" in file
        ]


def printed(text: str | bytes) -> Printed:
    """Parse the output of `--json`."""
    *lines, last = map(json.loads, text.splitlines())
    return Printed(lines, last["summary"])
