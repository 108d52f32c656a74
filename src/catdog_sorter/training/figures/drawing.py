"""The style of all figures, and saving them as files. Draws no content.

matplotlib without pyplot: nothing opens on a screen.
"""

import io
import warnings
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.figure import Figure as Sheet
from PIL import Image

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label
from catdog_sorter.text import shown

# Colours that stay apart for every kind of colour vision (after Okabe and Ito 2008).
COLOURS = {"cat": "#e69f00", "dog": "#0072b2"}
RIGHT, WRONG, UNSURE = "#00795a", "#c44601", "#6b6b6b"
TRAINING, VALIDATION = "#8c8c8c", "#7b3294"
INK, BAR, FAINT = "#222222", "#a9bcd0", "#dddddd"
_STYLE: list[str | Path | dict[str, Any]] = [
    "default",  # regardless of the user's matplotlibrc
    {
        "axes.axisbelow": True,
        "axes.edgecolor": TRAINING,
        "axes.grid": True,
        "axes.labelcolor": INK,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.dpi": 120,
        "font.size": 9,
        "grid.color": FAINT,
        "grid.linewidth": 0.6,
        "legend.frameon": False,
        "lines.markersize": 4,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    },
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A PNG file with its title and caption."""

    file: Path
    title: str
    caption: str


def house_style() -> AbstractContextManager[None]:
    """Context manager in which figures are drawn in the program's style."""
    context: AbstractContextManager[None] = style.context(_STYLE)
    return context


def new_sheet(width: float = 6.4, height: float = 4.0) -> Sheet:
    """Make an empty sheet, `width` and `height` in inches; the page shows the title."""
    return Sheet(figsize=(width, height), layout="constrained")


def save(sheet: Sheet, file: Path, title: str, caption: str, palette: bool = False) -> Figure:
    """Write `sheet` as a PNG; with `palette` in 256 colours, a third of the size for photos.

    Raises UsageError when the file cannot be written.
    """
    drawn = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # names in any script are fine
        sheet.savefig(drawn, format="png", backend="agg")
    with Image.open(drawn) as picture:
        colours = picture.convert("RGB")
    if palette:
        # Median cut, Pillow's default, leaves no pure white for the paper. Pillow dithers only
        # towards a palette that is given.
        chosen = colours.quantize(256, method=Image.Quantize.FASTOCTREE)
        colours = colours.quantize(palette=chosen, dither=Image.Dither.FLOYDSTEINBERG)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        colours.save(file, format="PNG", optimize=True)
    except OSError as error:
        raise UsageError(
            f"The figure {shown(file)} cannot be written ({error.strerror}). Give a folder that "
            "can be written to."
        ) from error
    return Figure(file, title, caption)


def verdict_colour(true: Label, called: Label) -> str:
    """Return green for a right prediction, red for a wrong one, grey for unsure."""
    if called is Label.UNSURE:
        return UNSURE
    return RIGHT if called is true else WRONG


def literal(name: str) -> str:
    """Escape a name for matplotlib: one printable line, no formula between dollar signs."""
    return shown(name).replace("$", r"\$")


def percent(share: float) -> str:
    """`97 %`; `> 99 %` or `< 1 %` if rounding would give 100 % or 0 %."""
    if 0 < share < 0.005:
        return "< 1 %"
    return "> 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def tick_in_percent(share: float, _place: float = 0.0) -> str:
    """Format a tick of an axis of shares, 0 to 1: `95 %`, `99.25 %`."""
    return f"{100 * share:.4g} %"
