"""The photos as Qt's views see them. Decides what changes on screen when results come in.

Filtering and sorting are lists of places, computed in one go: a proxy model that asks Python for
every comparison would stall the window with 50,000 photos.
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

from catdog_sorter.gui.i18n import label_word, share, tr
from catdog_sorter.gui.photos import rows as arrangement
from catdog_sorter.gui.photos.rows import Order, Row
from catdog_sorter.labels import UNREADABLE, Label, Prediction, Thresholds, Unreadable
from catdog_sorter.photos.find import Photo

Index = QModelIndex | QPersistentModelIndex
_REARRANGE_MS = 400


class PhotoModel(QAbstractListModel):
    """All photos of the window; `rows` are all of them, the model's own rows those shown."""

    counted = Signal()
    rearranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.counts: Counter[str] = Counter()
        self.corrected = 0
        self.kind: str | None = None
        self.order = Order.FOUND
        self._place: dict[Path, int] = {}
        self._shown: list[int] = []
        self._timer = QTimer(self, singleShot=True, interval=_REARRANGE_MS)
        self._timer.timeout.connect(self.rearrange)

    # --- What Qt asks ------------------------------------------------------------------------

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
                return str(row.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802
        return {**super().roleNames(), int(Qt.ItemDataRole.UserRole): QByteArray(b"row")}

    def row(self, index: Index) -> Row | None:
        """The photo shown there."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        return self.rows[self._shown[index.row()]]

    def index_of(self, path: Path) -> QModelIndex:
        """Where the photo is shown; an invalid index while it is not."""
        place = self._place.get(path)
        if place is None or place not in self._shown:
            return QModelIndex()
        return self.index(self._shown.index(place), 0)

    def holds(self, row: Row) -> bool:
        """Whether this photo is still in the window."""
        place = self._place.get(row.path)
        return place is not None and self.rows[place] is row

    # --- What happens ------------------------------------------------------------------------

    def add(self, found: Iterable[Photo | Unreadable]) -> None:
        """New photos come to the end; known ones wait to be looked at again."""
        fresh: list[Row] = []
        for item in found:
            place = self._place.get(item.path)
            if place is None:
                self._place[item.path] = len(self.rows) + len(fresh)
                fresh.append(Row(item))
            else:
                self._replace(place, None)
                self.rows[place].found = arrangement.again(self.rows[place].found, item)
        start = len(self.rows)
        self.counts.update(row.kind for row in fresh)
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
        """Results of photos that were added."""
        for result in results:
            place = self._place.get(result.path)
            if place is not None:
                self._replace(place, result)
        self._refresh()

    def relabel(self, labels: Iterable[tuple[Row, Label | None]], thresholds: Thresholds) -> None:
        """Give photos a person's label; None gives the model its say back."""
        for row, label in labels:
            if isinstance(row.result, Prediction):
                result = arrangement.labelled(row.result, label, thresholds)
                self._replace(self._place[row.path], result)
        # Not rearranged at once: a photo that vanishes while it is looked at confuses.
        self._touch()
        self.counted.emit()

    def decide(self, thresholds: Thresholds) -> None:
        """Let other thresholds count."""
        for row in self.rows:
            if isinstance(row.result, Prediction):
                row.result = arrangement.decided(row.result, thresholds)
        self.counts = arrangement.counts(self.rows)
        self.rearrange()
        self.counted.emit()

    def move(self, moves: Mapping[Path, Path]) -> None:
        """These photos lie elsewhere now."""
        for source, target in moves.items():
            if source not in self._place or target in self._place:
                continue
            place = self._place[target] = self._place.pop(source)
            row = self.rows[place]
            row.found = arrangement.at_place(row.found, target)
            row.result = row.result and replace(row.result, path=target)
        self._touch()

    def clear(self) -> None:
        """Forget all photos."""
        self.beginResetModel()
        self.rows, self._shown, self._place = [], [], {}
        self.counts, self.corrected = Counter(), 0
        self.endResetModel()
        self.counted.emit()

    def show_only(self, kind: str | None, order: Order) -> None:
        """Show the photos of one kind, or all, in this order."""
        self.kind, self.order = kind, order
        self.rearrange()

    def rearrange(self) -> None:
        """Filter and sort anew; what is selected stays selected as long as it is shown."""
        self._timer.stop()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self._shown[index.row()] for index in before]
        self._shown = arrangement.arranged(self.rows, self.kind, self.order)
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
        self.counts[row.kind] -= 1
        self.corrected -= row.corrected
        row.result = result
        self.counts[row.kind] += 1
        self.corrected += row.corrected

    def _is_plain(self) -> bool:
        return self.kind is None and self.order is Order.FOUND

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
        """Repaint what is visible; `dataChanged` would lay out all photos anew."""
        self.rearranged.emit()


def spoken(row: Row) -> str:
    """What a screen reader says of a photo."""
    word = label_word(row.kind)
    if row.corrected:
        return tr("{name}: {label}, as you said").format(name=row.path.name, label=word)
    if row.kind == UNREADABLE and isinstance(row.result, Unreadable):
        return f"{row.path.name}: {word}. {row.result.reason}"
    if row.result is None:
        return f"{row.path.name}: {word}"
    if row.kind == Label.UNSURE:
        return f"{row.path.name}: {word}"
    sure = share(row.certainty)
    return tr("{name}: {label}, {share} sure").format(name=row.path.name, label=word, share=sure)


def pairs(rows: Sequence[Row]) -> tuple[list[Photo | Unreadable], list[Prediction | Unreadable]]:
    """The photos that were looked at, and their results, as `plan_sorting` takes them."""
    seen = [(row.found, row.result) for row in rows if row.result is not None]
    return [found for found, _ in seen], [result for _, result in seen]
