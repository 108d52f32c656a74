"""The photos of the window, their filter and their order. Pure, without Qt."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from catdog_sorter.design import WAITING
from catdog_sorter.labels import UNREADABLE, Label, Prediction, Thresholds, Unreadable, decide
from catdog_sorter.moving.modes import Mode
from catdog_sorter.photos.find import Photo
from catdog_sorter.reports.rows import PhotoOutcome, ReportRow

PENDING = WAITING
KINDS = (*(label.value for label in Label), UNREADABLE, PENDING)
CORRECTED = "corrected"
SORTED = "sorted"
FAILED = "failed"
FILTERS = (*KINDS, CORRECTED, SORTED, FAILED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The outcome of a sort from this window for a photo.

    Attributes:
        mode: How it was sorted.
        source: Where the photo was before.
        target: Where the photo, its copy, its link or its sidecar is now.
    """

    mode: Mode
    source: Path
    target: Path


@dataclass(slots=True)
class PhotoRow:
    """One photo of the window.

    Attributes:
        found: The photo as the search found it, or at its current path.
        result: None until it is classified.
        arrival: Outcome of the last sort; None if it stayed or was restored.
        problem: Why the last sort could not move it; empty if it could.
    """

    found: Photo | Unreadable
    result: Prediction | Unreadable | None = None
    arrival: Arrival | None = None
    problem: str = ""

    @property
    def path(self) -> Path:
        return self.found.path

    @property
    def kind(self) -> str:
        """The label, `unreadable`, or `waiting`."""
        if self.result is None:
            return PENDING
        return self.result.label.value if isinstance(self.result, Prediction) else UNREADABLE

    @property
    def corrected(self) -> bool:
        return isinstance(self.result, Prediction) and self.result.corrected

    @property
    def incomplete(self) -> bool:
        """Whether its file is truncated or has extra data at its end."""
        return isinstance(self.result, Prediction) and self.result.incomplete

    @property
    def confidence(self) -> float:
        """The prediction's confidence, 0.5 to 1; 0 without a prediction."""
        return self.result.confidence if isinstance(self.result, Prediction) else 0.0


def filters_of(row: PhotoRow) -> Iterator[str]:
    """Return the filters that show this photo."""
    yield row.kind
    if row.corrected:
        yield CORRECTED
    if row.problem:
        yield FAILED
    elif row.arrival:
        yield SORTED


class SortOrder(StrEnum):
    """The order of the photos."""

    FOUND = "found"
    LEAST_SURE = "least sure"
    MOST_SURE = "most sure"
    NAME = "name"

    @property
    def words(self) -> str:
        """The text of this choice."""
        match self:
            case SortOrder.FOUND:
                return "as found"
            case SortOrder.LEAST_SURE:
                return "least sure first"
            case SortOrder.MOST_SURE:
                return "most sure first"
            case SortOrder.NAME:
                return "by name"
            case _:
                assert_never(self)


_KEYS: dict[SortOrder, Callable[[PhotoRow], object]] = {
    SortOrder.LEAST_SURE: lambda row: (row.confidence == 0, row.confidence),
    SortOrder.MOST_SURE: lambda row: -row.confidence,
    SortOrder.NAME: lambda row: row.path.name.casefold(),
}


def arranged(
    rows: Sequence[PhotoRow], shown: str | None, order: SortOrder, name: str = ""
) -> list[int]:
    """Return the indices in `rows` of the photos to show.

    Args:
        rows: All photos.
        shown: One of `FILTERS`; None shows all.
        order: The order of the photos.
        name: Part of the file name, in any case.
    """
    part = name.casefold()
    places = [
        number
        for number, row in enumerate(rows)
        if (shown is None or shown in filters_of(row)) and part in row.path.name.casefold()
    ]
    if order is not SortOrder.FOUND:
        key = _KEYS[order]
        places.sort(key=lambda place: key(rows[place]))  # type: ignore[arg-type,return-value]
    return places


def counts(rows: Iterable[PhotoRow]) -> Counter[str]:
    """Count the photos of each filter."""
    return Counter(name for row in rows for name in filters_of(row))


def with_thresholds(result: Prediction, thresholds: Thresholds) -> Prediction:
    """Return the result with the label by these thresholds; a correction is kept."""
    if result.corrected:
        return result
    return replace(result, label=decide(result.p_cat, result.p_dog, thresholds))


def with_label(result: Prediction, label: Label | None, thresholds: Thresholds) -> Prediction:
    """Return the result with the user's label; None restores the model's."""
    if label is None:
        return with_thresholds(replace(result, corrected=False), thresholds)
    return replace(result, label=label, corrected=True)


def count_unsure(rows: Iterable[PhotoRow], thresholds: Thresholds) -> int:
    """Count the photos that would be unsure at these thresholds."""
    return sum(
        with_thresholds(row.result, thresholds).label is Label.UNSURE
        for row in rows
        if isinstance(row.result, Prediction)
    )


def found_again(known: Photo | Unreadable, found: Photo | Unreadable) -> Photo | Unreadable:
    """Return a photo that was found again, with the root folder of the first time."""
    if isinstance(known, Photo) and isinstance(found, Photo):
        return replace(found, root=known.root)
    return found


def report_row(row: PhotoRow) -> ReportRow | None:
    """Return the photo's row in a report; None until it is classified."""
    if row.result is None:
        return None
    if row.problem:
        return ReportRow(row.result, PhotoOutcome.FAILED, None, row.problem)
    if row.arrival is None:
        return ReportRow(row.result)
    found = replace(row.result, path=row.arrival.source)
    return ReportRow(found, row.arrival.mode.outcome, row.arrival.target)


def tagged(found: Photo | Unreadable, sidecar: Path, *, is_there: bool) -> Photo | Unreadable:
    """Return the photo after a sidecar of it was written or removed."""
    if isinstance(found, Photo):
        others = tuple(path for path in found.companions if path != sidecar)
        return replace(found, companions=(*others, sidecar) if is_there else others)
    return found


def moved_to(found: Photo | Unreadable, path: Path) -> Photo | Unreadable:
    """Return the photo after a move, with its companions beside it."""
    if isinstance(found, Photo):
        companions = tuple(path.with_name(other.name) for other in found.companions)
        return replace(found, path=path, companions=companions)
    return replace(found, path=path)
