"""Every place of the window that shows a member of an enum has words for all members."""

import pytest
from PySide6.QtWidgets import QWidget

from catdog_sorter.design import Theme
from catdog_sorter.gui.dialogs.settings import SettingsDialog
from catdog_sorter.gui.i18n import files, photos
from catdog_sorter.gui.panels import Filters
from catdog_sorter.gui.photos.rows import SortOrder
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.gui.sorting import not_kept_lines
from catdog_sorter.moving.journal import Attribute


@pytest.mark.parametrize("theme", Theme)
def test_colours_are_chosen_by_their_words(qtbot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(Preferences(theme=theme), parent)
    assert dialog.theme.currentText() == theme.words
    assert dialog.theme.count() == len(Theme)


@pytest.mark.parametrize("order", SortOrder)
def test_an_order_is_chosen_by_its_words(qtbot, order: SortOrder) -> None:
    bar = Filters()
    qtbot.addWidget(bar)
    bar.choose(None, order)
    assert bar.order is order
    assert bar._order.currentText() == order.words


@pytest.mark.parametrize("attribute", Attribute)
def test_attributes_that_a_drive_did_not_keep_are_named(qtbot, attribute: Attribute) -> None:
    assert list(not_kept_lines({attribute: 1}, files)) == [
        f"Not kept on another drive: {attribute} (1 file)"
    ]
    assert list(not_kept_lines({attribute: 1200}, photos)) == [
        f"Not kept on another drive: {attribute} (1,200 photos)"
    ]
