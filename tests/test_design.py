"""The contrasts of the colours, computed from the tokens, suffice for reading."""

import pytest

from catdog_sorter.design import CHIPS, CHIPS_ON_DARK, DARK, DONE, LIGHT, Palette, contrast, css
from catdog_sorter.labels import UNREADABLE, Label

TEXT, LINE = 4.5, 3.0


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "soft", "link", "problem"])
@pytest.mark.parametrize("ground", ["paper", "ground", "tile"])
def test_every_text_can_be_read_on_every_ground(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_selected_and_where_a_button_ends_can_be_seen(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= TEXT
    for ground in (palette.paper, palette.ground):
        assert contrast(palette.accent, ground) >= LINE
        assert contrast(palette.line, ground) >= LINE


@pytest.mark.parametrize("kind", [*CHIPS, "done"])
def test_a_label_can_be_read_on_its_colour(kind: str) -> None:
    assert contrast("#ffffff", CHIPS.get(kind, DONE)) >= TEXT


@pytest.mark.parametrize("kind", CHIPS)
def test_a_label_can_be_read_as_text_on_paper(kind: str) -> None:
    assert contrast(CHIPS[kind], LIGHT.paper) >= TEXT
    assert contrast(CHIPS_ON_DARK[kind], DARK.paper) >= TEXT


def test_every_kind_of_photo_has_a_colour_and_a_custom_property() -> None:
    assert {*Label, UNREADABLE} < set(CHIPS)
    assert set(CHIPS) == set(CHIPS_ON_DARK)
    assert all(css().count(f"--{kind}:") == 2 for kind in CHIPS)
