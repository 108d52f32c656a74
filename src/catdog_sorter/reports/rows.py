"""The row of a photo in a report, and its output as CSV or JSON Lines.

Decides the names and order of the fields. Never touches a photo.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from catdog_sorter.labels import Prediction, Unreadable
from catdog_sorter.text import json_line

_KNOWN_COLUMNS = (
    *("path", "label", "p_cat", "p_dog", "model", "corrected", "incomplete", "time_s"),
    "from_preview",
)
RESULT_COLUMNS = (*_KNOWN_COLUMNS, "error")
COLUMNS = (*RESULT_COLUMNS, "outcome", "reason", "target")
# What each result has of these, one that could not be read and one that was classified.
REQUIRED = (("path", "error"), ("path", "label", "p_cat", "p_dog", "model"))

Result = Prediction | Unreadable
Values = dict[str, Any]


class PhotoOutcome(StrEnum):
    """What happened to a photo."""

    SORTED = "sorted"
    TAGGED = "tagged"
    PLANNED = "planned"
    LEFT = "left"
    SKIPPED = "skipped"
    FAILED = "failed"
    PUT_BACK = "put back"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One photo: its prediction, its outcome, and the file that was made of it or for it.

    `target`: where the photo went or would go, or its sidecar. `error`: why it stayed, as a
    sentence. `reason`: the same as one word. `found_at`: where the photo was when it was read, if
    that was not its path.
    """

    result: Result
    outcome: PhotoOutcome | None = None
    target: Path | None = None
    error: str = ""
    reason: str = ""
    found_at: Path | None = None

    @property
    def path(self) -> Path:
        """The path where the photo was found."""
        return self.result.path

    @property
    def place(self) -> Path:
        """The photo's present path."""
        went = self.target if self.outcome is PhotoOutcome.SORTED else None
        return self.found_at or went or self.path

    def values(self) -> Values:
        """The known values, by the names in COLUMNS."""
        values = result_values(self.result)
        if self.error:
            values["error"] = self.error
        if self.outcome:
            values["outcome"] = self.outcome.value
        if self.reason:
            values["reason"] = self.reason
        if self.target:
            values["target"] = str(self.target)
        return values


def result_values(result: Result) -> Values:
    """Convert a result to plain values; probabilities 0 to 1, rounded to six places.

    `time_s`: of a video, when it shows an animal best.
    """
    if isinstance(result, Unreadable):
        return {"path": str(result.path), "error": result.reason}
    return {
        "path": str(result.path),
        "label": result.label.value,
        "p_cat": round(result.p_cat, 6),
        "p_dog": round(result.p_dog, 6),
        "model": result.model,
        **({"corrected": True} if result.corrected else {}),
        **({"incomplete": True} if result.incomplete else {}),
        **({} if result.time_s is None else {"time_s": result.time_s}),
        **({"from_preview": True} if result.from_preview else {}),
    }


def json_lines(file: IO[str]) -> Callable[[Values], object]:
    """Return a function that writes one row."""
    return lambda values: print(json_line(values), file=file, flush=True)


def csv_lines(file: IO[str], columns: tuple[str, ...]) -> Callable[[Values], object]:
    """Write the header, and return a function that writes one row."""
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    return writer.writerow
