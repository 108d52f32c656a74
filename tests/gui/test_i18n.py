import pytest

from catdog_sorter.gui.i18n import label_word
from catdog_sorter.gui.photos.preview import LABEL_KEYS
from catdog_sorter.gui.photos.rows import CORRECTED, FAILED, FILTERS, KINDS, PENDING, SORTED
from catdog_sorter.gui.theme import label_colour
from catdog_sorter.labels import TRUE_LABELS, UNREADABLE, Label


@pytest.mark.parametrize("kind", [*Label, UNREADABLE, PENDING])
def test_every_kind_of_photo_has_a_word_and_a_colour(kind: str) -> None:
    assert label_word(kind) == kind
    assert label_colour(kind).isValid()


def test_there_is_a_filter_for_every_kind_and_a_key_for_every_correction() -> None:
    assert set(KINDS) == {*Label, UNREADABLE, PENDING}
    assert set(FILTERS) == {*KINDS, CORRECTED, SORTED, FAILED}
    assert set(LABEL_KEYS) == set(TRUE_LABELS)
    assert len({*LABEL_KEYS.values()}) == len(TRUE_LABELS)
