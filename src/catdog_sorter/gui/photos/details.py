"""Details of one photo: label, probabilities and origin, in lines of a fixed height.

Shows; decides nothing. The height never changes, so that no button moves away under the pointer.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from catdog_sorter.gui.i18n import date_and_time, file_size, label_word, problem, share, tr
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.widgets import named
from catdog_sorter.gui.worker.messages import Facts
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.text import moment, shown

_VERDICT_LINES = 2


class OneLine(QLabel):
    """A line of text that is elided if there is no room; the tool tip then shows all of it."""

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self._mode = mode

    def setText(self, text: str) -> None:  # noqa: N802
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(40, self.fontMetrics().height())

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(super().sizeHint().width(), 240), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        QPainter(self).drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


class DetailsList(QWidget):
    """Name, verdict, both probabilities, date, camera, size and folder."""

    def __init__(self) -> None:
        super().__init__()
        self.name = OneLine()
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.verdict = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.verdict.setFixedHeight(_VERDICT_LINES * self.verdict.fontMetrics().lineSpacing())
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.facts = OneLine(Qt.TextElideMode.ElideRight)
        self.where = OneLine()
        self.p_cat, self.p_dog = _bar(tr("cat")), _bar(tr("dog"))
        self.says_cat, self.says_dog = QLabel(), QLabel()
        self._bars = QWidget()
        bars = QGridLayout(self._bars)
        bars.setContentsMargins(0, 0, 0, 0)
        for place, (word, bar, said) in enumerate(
            [(tr("cat"), self.p_cat, self.says_cat), (tr("dog"), self.p_dog, self.says_dog)]
        ):
            said.setMinimumWidth(said.fontMetrics().horizontalAdvance("100.0%"))
            bars.addWidget(QLabel(word), place, 0)
            bars.addWidget(bar, place, 1)
            bars.addWidget(said, place, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for part in (self.name, self.verdict, self._bars, self.facts, self.where):
            column.addWidget(part)
        self.show_row(None)

    def set_short(self, short: bool) -> None:
        """Hide the lines that do not fit into a low window."""
        for part in (self._bars, self.facts, self.where):
            part.setVisible(not short)

    def show_row(self, row: PhotoRow | None) -> None:
        """Show the details of this photo, except for those of `show_facts`."""
        result = row.result if row is not None else None
        self.name.setText(shown(row.path.name) if row is not None else tr("Choose a photo"))
        self.where.setText(shown(row.path.parent) if row is not None else "")
        self.facts.setText("")
        self.verdict.setText("" if row is None else verdict(row))
        self.verdict.setToolTip(self.verdict.text())
        for bar, said, p in (
            (self.p_cat, self.says_cat, result.p_cat if isinstance(result, Prediction) else None),
            (self.p_dog, self.says_dog, result.p_dog if isinstance(result, Prediction) else None),
        ):
            bar.setValue(round(1000 * (p or 0)))
            said.setText("" if p is None else share(p))
            bar.setAccessibleDescription(said.text())

    def show_facts(self, facts: Facts) -> None:
        """Show when and with which camera the photo was taken, and its size."""
        parts = [
            date_and_time(facts.taken_at) if facts.taken_at else "",
            facts.camera or "",
            f"{facts.width} × {facts.height}" if facts.width else "",
            moment(facts.duration_s) if facts.duration_s else "",
            file_size(facts.size_bytes),
        ]
        self.facts.setText(" · ".join(part for part in parts if part))


def verdict(row: PhotoRow) -> str:
    """Return the label, and the outcome of the last sort, as a sentence."""
    said = _label_sentence(row)
    if row.incomplete:
        said = f"{said}\n" + tr("Its file is truncated, or has extra data at its end.")
    if row.problem:
        return f"{said}\n" + tr("Not sorted: {reason}").format(reason=problem(row.problem))
    return said


def _label_sentence(row: PhotoRow) -> str:
    word = label_word(row.kind)
    if isinstance(row.result, Unreadable):
        return f"{word}: {problem(row.result.reason)}"
    if row.corrected:
        return tr("{label}, corrected by you").format(label=word)
    if row.result is None:
        return word
    if row.kind == Label.UNSURE:
        return tr("unsure: not confident enough to sort")
    return tr("{label}, {share} sure").format(label=word, share=share(row.confidence))


def _bar(name: str) -> QProgressBar:
    bar = named(QProgressBar(textVisible=False), name)
    bar.setRange(0, 1000)
    return bar
