from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from catdog_sorter.gui.window import Window
from tests.support.windows import drop, idle


class Recording(QPainter):
    """A painter that records the texts and their rectangles."""

    def __init__(self, pixmap: QPixmap) -> None:
        super().__init__(pixmap)
        self.texts: list[tuple[QRect, str]] = []

    def drawText(self, place: QRect, flags: object, text: str) -> None:  # noqa: N802
        self.texts.append((QRect(place), text))


@pytest.mark.parametrize("points", [9, 20, 32])
def test_a_tile_has_room_for_its_texts_in_a_font_of_any_size(
    qtbot, window: Window, pictures: Path, points: int
) -> None:
    drop(window, pictures)
    idle(qtbot, window)
    grid = window.grid
    font = grid.font()
    font.setPointSizeF(points)
    grid.setFont(font)
    grid.set_side(window.picture_size.value())
    metrics = grid.fontMetrics()
    pixmap = QPixmap(grid.size())
    for row in window.model.rows:
        option = QStyleOptionViewItem()
        option.initFrom(grid)
        option.font = font
        index = window.model.index_of(row.path)
        option.rect = grid.visualRect(index)
        painter = Recording(pixmap)
        grid.itemDelegate().paint(painter, option, index)
        painter.end()
        lowest, name = painter.texts[-1]
        assert name.startswith(row.path.name[0])
        assert lowest.bottom() <= option.rect.bottom()
        for place, text in painter.texts:
            assert place.height() >= metrics.height(), text
            assert "%" not in text or metrics.horizontalAdvance(text) <= place.width(), text
