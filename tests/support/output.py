"""What `--json` prints: a line for each photo or file, and a last one with the summary."""

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
        """Those that could not be read or dealt with."""
        return [line for line in self.lines if "error" in line and line.get("outcome") != "skipped"]

    @property
    def moves(self) -> list[tuple[str, str]]:
        """Every file that went, or would go, somewhere, with its new place."""
        return [
            (file["path"], file["target"])
            for line in self.lines
            for file in (line, *line.get("companions", ()))
            if "target" in file
        ]


def printed(text: str | bytes) -> Printed:
    """What `--json` has printed."""
    *lines, last = map(json.loads, text.splitlines())
    return Printed(lines, last["summary"])
