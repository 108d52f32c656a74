"""The undo steps of Ctrl+Z: corrections and sorts, in the order they were made."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from catdog_sorter.gui.i18n import label_word, photos, tr
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.labels import Label, Prediction

Labels = Sequence[tuple[PhotoRow, Label | None]]


class CorrectionStep(QUndoCommand):
    """The user's labels for some photos; None is the model's own."""

    def __init__(
        self, relabel: Callable[[Labels], None], chosen: Sequence[PhotoRow], label: Label | None
    ) -> None:
        super().__init__(marked(len(chosen), label))
        self._relabel = relabel
        self._before = [(row, given_label(row)) for row in chosen]
        self._after: list[tuple[PhotoRow, Label | None]] = [(row, label) for row in chosen]

    def redo(self) -> None:
        self._relabel(self._after)

    def undo(self) -> None:
        self._relabel(self._before)


class SortStep(QUndoCommand):
    """A sort; it can be undone, but not redone without a new plan."""

    def __init__(self, text: str, put_back: Callable[[], None]) -> None:
        super().__init__(text)
        self._put_back = put_back
        self.is_back = False

    def redo(self) -> None:
        """Do nothing: the photos were moved before the step was added."""

    def undo(self) -> None:
        self.setObsolete(True)
        if not self.is_back:
            self._put_back()


def given_label(row: PhotoRow) -> Label | None:
    """Return the label that the user gave the photo; None without one."""
    result = row.result
    return result.label if isinstance(result, Prediction) and result.corrected else None


def marked(number: int, label: Label | None) -> str:
    """Return the text of a correction: `Marked dog`, `3 photos marked dog`."""
    if label is None:
        text = tr("Model's label") if number == 1 else tr("{photos} with the model's label")
    else:
        text = tr("Marked {label}") if number == 1 else tr("{photos} marked {label}", number)
    word = "" if label is None else label_word(label)
    return text.format(photos=photos(number), label=word)
