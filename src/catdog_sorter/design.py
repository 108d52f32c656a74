"""The colours of the window, the reports and the web pages. Standard library only.

`docs/design.md` explains each. Contrast is at least 4.5:1 for text and 3:1 for visible borders,
which a test computes.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import assert_never

from catdog_sorter.labels import UNREADABLE, Label


class Theme(StrEnum):
    """The user's choice of colours in the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @property
    def words(self) -> str:
        """The text of this choice."""
        match self:
            case Theme.SYSTEM:
                return "as the system"
            case Theme.LIGHT:
                return "light"
            case Theme.DARK:
                return "dark"
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`.

    Attributes:
        ink: Text.
        paper: Background of pages, lists and fields.
        ground: Background of the window.
        tile: Background of buttons and cards.
        tile_over: The same under the pointer.
        soft: Secondary text, on any background.
        line: Visible borders, as of a button or a field.
        faint: Separators.
        accent: The selection, the focus and the main button.
        on_accent: Text on the accent.
        link: Links.
        problem: Warnings and errors, as text and as borders.
    """

    ink: str
    paper: str
    ground: str
    tile: str
    tile_over: str
    soft: str
    line: str
    faint: str
    accent: str
    on_accent: str
    link: str
    problem: str


LIGHT = Palette(
    ink="#1c1c1e",
    paper="#ffffff",
    ground="#f5f5f7",
    tile="#ececf0",
    tile_over="#e0e0e6",
    soft="#5a5b61",
    line="#85868e",
    faint="#d4d4da",
    accent="#2563d0",
    on_accent="#ffffff",
    link="#1f5ac0",
    problem="#b3261e",
)
DARK = Palette(
    ink="#ececee",
    paper="#17181a",
    ground="#1f2023",
    tile="#2e2f34",
    tile_over="#3a3b41",
    soft="#b0b1b7",
    line="#82838b",
    faint="#46474d",
    accent="#8ab4f8",
    on_accent="#10131a",
    link="#8ab4f8",
    problem="#ff8a80",
)

WAITING = "waiting"
# Dark enough for the white text on it, so that labels can be read without colour.
CHIPS: dict[str, str] = {
    Label.CAT: "#b4530a",
    Label.DOG: "#1f62b5",
    Label.BOTH: "#7a3fa8",
    Label.NEITHER: "#5c626b",
    Label.UNSURE: "#7d6200",
    UNREADABLE: "#b3261e",
    WAITING: "#656971",
}
DONE = "#1d6b3a"
# The same hues for text and lines on a dark background.
CHIPS_ON_DARK: dict[str, str] = {
    Label.CAT: "#f0a35e",
    Label.DOG: "#8ab4f8",
    Label.BOTH: "#cba6f0",
    Label.NEITHER: "#b0b4bb",
    Label.UNSURE: "#e3c34f",
    UNREADABLE: "#ff8a80",
    WAITING: "#b0b1b7",
}


def css() -> str:
    """All tokens as custom properties, light and dark, for a style sheet to begin with."""
    light, dark = (
        "; ".join(
            [*_properties(palette), *(f"--{name}: {colour}" for name, colour in kinds.items())]
        )
        for palette, kinds in ((LIGHT, CHIPS), (DARK, CHIPS_ON_DARK))
    )
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def _properties(palette: Palette) -> list[str]:
    names = [field.name for field in fields(palette)]
    return [f"--{name.replace('_', '-')}: {getattr(palette, name)}" for name in names]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
