"""The item model of the photos. Decides what changes on screen when results arrive.

Filtering and sorting compute lists of indices in one pass: a proxy model that calls Python for
every comparison stalls the window at 50,000 photos.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.gui.i18n import label_word, problem, share, tr
from catdog_sorter.gui.photos import rows as arrangement
from catdog_sorter.gui.photos.rows import Arrival, PhotoRow, SortOrder
from catdog_sorter.labels import UNREADABLE, Label, Prediction, Thresholds, Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.photos.find import Photo
from catdog_sorter.text import shown

Index = QModelIndex | QPersistentModelIndex
_REARRANGE_MS = 400


class PhotoModel(QAbstractListModel):
    """All photos of the window, in `rows`; the rows of the Qt model are the visible ones."""

    counted = Signal()
    rearranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PhotoRow] = []
        self.counts: Counter[str] = Counter()
        self.shown: str | None = None
        self.order = SortOrder.FOUND
        self.name = ""
        self._place: dict[Path, int] = {}
        self._shown: list[int] = []
        self._timer = QTimer(self, singleShot=True, interval=_REARRANGE_MS)
        self._timer.timeout.connect(self.rearrange)

    # --- Read by Qt --------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{shown(row.path)}\n{problem(row.problem)}".strip()
            case Qt.ItemDataRole.AccessibleTextRole:
                return accessible_text(row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802
        return {**super().roleNames(), int(Qt.ItemDataRole.UserRole): QByteArray(b"row")}

    def row(self, index: Index) -> PhotoRow | None:
        """Return the photo at this index."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        return self.rows[self._shown[index.row()]]

    def index_of(self, path: Path) -> QModelIndex:
        """Return the photo's index; an invalid index while it is not shown."""
        place = self._place.get(path)
        if place is None or place not in self._shown:
            return QModelIndex()
        return self.index(self._shown.index(place), 0)

    def time_of(self, path: Path) -> float | None:
        """Return when a video shows an animal best, in seconds; None for a photo or no result."""
        row = self._row_at(path)
        return row.result.time_s if row and isinstance(row.result, Prediction) else None

    def holds(self, row: PhotoRow) -> bool:
        """Whether this photo is still in the window."""
        place = self._place.get(row.path)
        return place is not None and self.rows[place] is row

    # --- Changes -----------------------------------------------------------------------------

    def add(self, found: Iterable[Photo | Unreadable]) -> None:
        """Append new photos; known ones are pending again."""
        fresh: list[PhotoRow] = []
        for item in found:
            path = item.path
            place = self._place.get(path)
            if place is None:
                self._place[path] = len(self.rows) + len(fresh)
                fresh.append(PhotoRow(item))
            else:
                self._replace(place, None)
                self.rows[place].found = arrangement.found_again(self.rows[place].found, item)
        start = len(self.rows)
        self.counts.update(arrangement.counts(fresh))
        if self._is_plain():
            if fresh:
                first = len(self._shown)
                self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
                self.rows += fresh
                self._shown += range(start, start + len(fresh))
                self.endInsertRows()
        else:
            self.rows += fresh
            self._later()
        self.counted.emit()

    def show_results(self, results: Iterable[Prediction | Unreadable]) -> None:
        """Set the results of photos that were added."""
        for result in results:
            place = self._place.get(result.path)
            if place is not None:
                self._replace(place, result)
        self._refresh()

    def relabel(
        self, labels: Iterable[tuple[PhotoRow, Label | None]], thresholds: Thresholds
    ) -> None:
        """Set the user's label of photos; None restores the model's label."""
        for row, label in labels:
            if isinstance(row.result, Prediction):
                result = arrangement.with_label(row.result, label, thresholds)
                self._replace(self._place[row.path], result)
        # Not rearranged at once: a photo should not vanish while the user looks at it.
        self._touch()
        self.counted.emit()

    def decide(self, thresholds: Thresholds) -> None:
        """Apply other thresholds."""
        for row in self.rows:
            if isinstance(row.result, Prediction):
                row.result = arrangement.with_thresholds(row.result, thresholds)
        self.counts = arrangement.counts(self.rows)
        self.rearrange()
        self.counted.emit()

    def arrive(self, arrivals: Iterable[Arrival]) -> None:
        """Record where a sort has put photos, or their copies, links and sidecars."""
        for arrival in arrivals:
            if arrival.mode is Mode.MOVE:
                self._move(arrival.source, arrival.target)
            moved = arrival.target if arrival.mode is Mode.MOVE else arrival.source
            if (row := self._row_at(moved)) is not None:
                if arrival.mode is Mode.TAG:
                    row.found = arrangement.tagged(row.found, arrival.target, is_there=True)
                self._mark(row, arrival)
        self._touch()
        self.counted.emit()

    def go_back(self, restored: Mapping[Path, Path]) -> None:
        """Record an undo; `restored` maps each file's sorted place to its original one."""
        places = set(restored.values())
        for was_at, source in restored.items():
            # Only moved files are elsewhere now; copies, links and sidecars were removed.
            self._move(was_at, source)
            if (row := self._row_at(source)) is not None:
                if row.arrival is not None and row.arrival.mode is Mode.TAG:
                    row.found = arrangement.tagged(row.found, was_at, is_there=was_at in places)
                self._mark(row, None)
        self._touch()
        self.counted.emit()

    def fail(self, path: Path, problem: str) -> None:
        """Record why a photo could not be sorted."""
        if (row := self._row_at(path)) is not None:
            self._mark(row, None, problem)
            self._touch()
            self.counted.emit()

    def _row_at(self, path: Path) -> PhotoRow | None:
        place = self._place.get(path)
        return None if place is None else self.rows[place]

    def _move(self, source: Path, target: Path) -> None:
        if source in self._place and target not in self._place:
            place = self._place[target] = self._place.pop(source)
            row = self.rows[place]
            row.found = arrangement.moved_to(row.found, target)
            row.result = row.result and replace(row.result, path=target)

    def identify(self, identities: Mapping[Path, FileIdentity | None]) -> None:
        """Record the new identities of photos that a run has moved or linked."""
        for path, identity in identities.items():
            row = self._row_at(path)
            if row and identity and isinstance(row.result, Prediction):
                row.result = replace(row.result, identity=identity)

    def _mark(self, row: PhotoRow, arrival: Arrival | None, problem: str = "") -> None:
        self.counts.subtract(arrangement.filters_of(row))
        row.arrival, row.problem = arrival, problem
        self.counts.update(arrangement.filters_of(row))

    def clear(self) -> None:
        """Remove all photos."""
        self.beginResetModel()
        self.rows, self._shown, self._place = [], [], {}
        self.counts = Counter()
        self.endResetModel()
        self.counted.emit()

    def show_only(self, shown: str | None, order: SortOrder, name: str = "") -> None:
        """Show the photos of one filter, or all, in this order, with `name` in their name."""
        self.shown, self.order, self.name = shown, order, name
        self.rearrange()

    def rearrange(self) -> None:
        """Filter and sort again; keeps the selection of photos that stay visible."""
        self._timer.stop()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self._shown[index.row()] for index in before]
        self._shown = arrangement.arranged(self.rows, self.shown, self.order, self.name)
        if before:
            now = {place: number for number, place in enumerate(self._shown)}
            after = [
                self.createIndex(now[place], 0) if place in now else QModelIndex()
                for place in places
            ]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.rearranged.emit()

    def _replace(self, place: int, result: Prediction | Unreadable | None) -> None:
        row = self.rows[place]
        self.counts.subtract(arrangement.filters_of(row))
        row.result = result
        self.counts.update(arrangement.filters_of(row))

    def _is_plain(self) -> bool:
        return self.shown is None and self.order is SortOrder.FOUND and not self.name

    def _refresh(self) -> None:
        self.counted.emit()
        if self._is_plain():
            self._touch()
        else:
            self._later()

    def _later(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _touch(self) -> None:
        """Repaint the visible photos; `dataChanged` would lay out all photos again."""
        self.rearranged.emit()


def accessible_text(row: PhotoRow) -> str:
    """Return the text of a photo for screen readers."""
    said = _label_text(row)
    if row.incomplete:
        said = tr("{text}, incomplete file").format(text=said)
    if row.problem:
        return f"{said}. " + tr("Not sorted: {reason}").format(reason=problem(row.problem))
    return f"{said}, {tr('sorted', 1)}" if row.arrival else said


def _label_text(row: PhotoRow) -> str:
    word = label_word(row.kind)
    if row.corrected:
        return tr("{name}: {label}, corrected by you").format(name=row.path.name, label=word)
    if row.kind == UNREADABLE and isinstance(row.result, Unreadable):
        return f"{row.path.name}: {word}. {problem(row.result.reason)}"
    if row.result is None:
        return f"{row.path.name}: {word}"
    if row.kind == Label.UNSURE:
        return f"{row.path.name}: {word}"
    sure = share(row.confidence)
    return tr("{name}: {label}, {share} sure").format(name=row.path.name, label=word, share=sure)


def classified_pairs(
    rows: Sequence[PhotoRow],
) -> tuple[list[Photo | Unreadable], list[Prediction | Unreadable]]:
    """Return the classified photos and their results, as `plan_sorting` takes them."""
    seen = [(row.found, row.result) for row in rows if row.result is not None]
    return [found for found, _ in seen], [result for _, result in seen]
