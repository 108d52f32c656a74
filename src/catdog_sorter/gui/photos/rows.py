"""What the window knows of each photo, and which of them are shown in what order. Pure, no Qt."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from catdog_sorter.labels import UNREADABLE, Label, Prediction, Thresholds, Unreadable, decide
from catdog_sorter.photos.find import Photo

PENDING = "waiting"
KINDS = (*(label.value for label in Label), UNREADABLE)


@dataclass(slots=True)
class Row:
    """One photo in the window; `result` is None while nobody has looked at it."""

    found: Photo | Unreadable
    result: Prediction | Unreadable | None = None

    @property
    def path(self) -> Path:
        return self.found.path

    @property
    def kind(self) -> str:
        """A label, or unreadable, or waiting."""
        if self.result is None:
            return PENDING
        return self.result.label.value if isinstance(self.result, Prediction) else UNREADABLE

    @property
    def corrected(self) -> bool:
        return isinstance(self.result, Prediction) and self.result.corrected

    @property
    def certainty(self) -> float:
        """How sure both statements, cat and dog, are: 0.5 to 1; 0 without a verdict."""
        return self.result.certainty if isinstance(self.result, Prediction) else 0.0


class Order(StrEnum):
    """In what order photos are shown."""

    FOUND = "found"
    LEAST_SURE = "least sure"
    MOST_SURE = "most sure"
    NAME = "name"


_KEYS: dict[Order, Callable[[Row], object]] = {
    Order.LEAST_SURE: lambda row: (row.certainty == 0, row.certainty),
    Order.MOST_SURE: lambda row: -row.certainty,
    Order.NAME: lambda row: row.path.name.casefold(),
}


def arranged(rows: Sequence[Row], kind: str | None, order: Order) -> list[int]:
    """The places in `rows` of those that are shown; `kind` None shows all."""
    places = [n for n, row in enumerate(rows) if kind is None or row.kind == kind]
    if order is not Order.FOUND:
        key = _KEYS[order]
        places.sort(key=lambda place: key(rows[place]))  # type: ignore[arg-type,return-value]
    return places


def counts(rows: Iterable[Row]) -> Counter[str]:
    """How many photos there are of each kind."""
    return Counter(row.kind for row in rows)


def decided(result: Prediction, thresholds: Thresholds) -> Prediction:
    """The result with the label that these thresholds give; a correction stays."""
    if result.corrected:
        return result
    return replace(result, label=decide(result.p_cat, result.p_dog, thresholds))


def labelled(result: Prediction, label: Label | None, thresholds: Thresholds) -> Prediction:
    """The result with a person's label; None gives the model its say back."""
    if label is None:
        return decided(replace(result, corrected=False), thresholds)
    return replace(result, label=label, corrected=True)


def would_be_unsure(rows: Iterable[Row], thresholds: Thresholds) -> int:
    """How many photos would be unsure at these thresholds."""
    return sum(
        decided(row.result, thresholds).label is Label.UNSURE
        for row in rows
        if isinstance(row.result, Prediction)
    )


def again(known: Photo | Unreadable, found: Photo | Unreadable) -> Photo | Unreadable:
    """A photo that was found a second time; it belongs to the folder it was first found in."""
    if isinstance(known, Photo) and isinstance(found, Photo):
        return replace(found, root=known.root)
    return found


def at_place(found: Photo | Unreadable, path: Path) -> Photo | Unreadable:
    """The same photo after it was moved; what travelled with it lies beside it again."""
    if isinstance(found, Photo):
        companions = tuple(path.with_name(other.name) for other in found.companions)
        return replace(found, path=path, companions=companions)
    return replace(found, path=path)
