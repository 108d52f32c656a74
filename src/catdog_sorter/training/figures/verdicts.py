"""The figures that count predictions: confusion, reliability, precision against coverage."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.ticker import MultipleLocator, NullFormatter, StrMethodFormatter

from catdog_sorter.labels import Label
from catdog_sorter.model.arrays import Floats
from catdog_sorter.model.calibration import Probabilities
from catdog_sorter.text import counted
from catdog_sorter.training.figures.drawing import (
    COLOURS,
    FAINT,
    INK,
    TRAINING,
    Figure,
    new_sheet,
    percent,
    save,
    tick_in_percent,
    verdict_colour,
)
from catdog_sorter.training.figures.photo_grids import true_label
from catdog_sorter.training.measure import curves

if TYPE_CHECKING:
    from catdog_sorter.training.measure.evaluate import EvaluatedPhoto

_MIN_SPAN = 0.05  # of the precision axis; a shorter one would magnify single photos
_MARKED_CUTS = {0.5: "o", 0.9: "s", 0.99: "D"}


def draw_confusion(judged: Sequence["EvaluatedPhoto"], file: Path) -> Figure:
    """Draw the confusion matrix of true labels (rows) and predictions: counts and row shares."""
    pairs = [(true_label(photo), photo.label) for photo in judged]
    truths = [label for label in Label if any(true is label for true, _ in pairs)]
    title = "Predictions by true label"
    sheet = new_sheet(height=1.1 + 0.7 * len(truths))
    axes = sheet.subplots()
    for row, true in enumerate(truths):
        labels = [label for truth, label in pairs if truth is true]
        for column, called in enumerate(Label):
            _draw_cell(axes, (column, row), labels.count(called), len(labels), (true, called))
    totals = [sum(true is truth for true, _ in pairs) for truth in truths]
    _frame_cells(axes, [f"{t}\n{counted(n, 'photo')}" for t, n in zip(truths, totals, strict=True)])
    right = sum(true is called for true, called in pairs)
    unsure = sum(called is Label.UNSURE for _, called in pairs)
    caption = (
        f"Of {counted(len(pairs), 'photo')} {right:,} have the right label (green), "
        f"{len(pairs) - right - unsure:,} a wrong one (red), and {unsure:,} are unsure (grey). "
        "Rows are true labels, columns predictions; percentages are shares of the row."
    )
    return save(sheet, file, title, caption)


def _draw_cell(
    axes: Axes, place: tuple[int, int], count: int, of: int, pair: tuple[Label, Label]
) -> None:
    # The square root keeps the rare errors visible beside the many right predictions.
    depth = 0.15 + 0.7 * (count / of) ** 0.5
    colour = to_rgba(verdict_colour(*pair), depth) if count else to_rgba(FAINT, 0.3)
    axes.bar(place[0], 1, 0.97, bottom=place[1] - 0.5, color=colour, edgecolor="white")
    if not count:
        axes.text(*place, "0", color=TRAINING, size=12, ha="center", va="center")
        return
    ink = "white" if depth > 0.55 else INK
    axes.text(*place, f"{count:,}", color=ink, size=12, ha="center", va="bottom")
    axes.text(*place, percent(count / of), color=ink, size=8, ha="center", va="top")


def _frame_cells(axes: Axes, rows: Sequence[str]) -> None:
    axes.grid(False)
    axes.spines[:].set_visible(False)
    axes.set_xticks(range(len(Label)), [f"predicted\n{label}" for label in Label])
    axes.set_yticks(range(len(rows)), rows)
    axes.set(xlim=(-0.5, len(Label) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.tick_params(length=0, labelbottom=False, labeltop=True)


def draw_reliability(probabilities: Probabilities, targets: Floats, file: Path) -> Figure:
    """Draw for each animal the observed share by predicted probability, with a histogram below."""
    title = "Reliability of the probabilities"
    sheet = new_sheet(8.4, 5.2)
    shape = {"height_ratios": [3, 1], "wspace": 0.08}
    grid = sheet.subplots(2, 2, sharex=True, sharey="row", gridspec_kw=shape)
    for column, animal in enumerate(("cat", "dog")):
        upper, lower = grid[:, column]
        _draw_bins(upper, curves.reliability(probabilities[:, column], targets[:, column]), animal)
        _draw_histogram(lower, probabilities[:, column], animal)
    grid[0, 0].set_ylabel("observed share")
    grid[1, 0].set(ylabel="photos (log scale)", ylim=(0.5, None))
    grid[1, 0].yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    grid[1, 0].yaxis.set_minor_formatter(NullFormatter())
    caption = (
        "Of the photos with a predicted probability of 80 %, 80 % should show the animal: "
        "calibrated probabilities lie on the dashed line. Vertical lines are 95 % intervals; the "
        "histogram counts the photos."
    )
    return save(sheet, file, title, caption)


def _draw_bins(axes: Axes, bins: Sequence[curves.Bin], animal: str) -> None:
    said = np.array([b.probability for b in bins])
    share = np.array([b.share for b in bins])
    reach = [share - [b.low for b in bins], np.array([b.high for b in bins]) - share]
    axes.plot([0, 1], [0, 1], "--", color=TRAINING, linewidth=1)
    colour = COLOURS[animal]
    axes.errorbar(said, share, reach, fmt="o", color=colour, markersize=6, elinewidth=1, capsize=2)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.2))
    axes.yaxis.set_major_formatter(tick_in_percent)


def _draw_histogram(axes: Axes, probabilities: Probabilities, animal: str) -> None:
    colour = COLOURS[animal]
    axes.hist(probabilities, bins=curves.BINS, range=(0, 1), color=colour, ec="white", log=True)
    axes.set_xlabel(f"predicted probability of a {animal}")
    axes.xaxis.set_major_formatter(tick_in_percent)
    axes.yaxis.set_major_formatter("{x:,.0f}")


def draw_coverage(probabilities: Probabilities, targets: Floats, file: Path) -> Figure | None:
    """Draw precision against coverage; None if no threshold sorts any photo as cat or dog."""
    found = curves.precision_against_coverage(probabilities, targets)
    if not len(found.cuts):
        return None
    title = "Precision against coverage"
    sheet = new_sheet(height=4.6)
    axes = sheet.subplots()
    axes.plot(found.covered, found.precision, color=INK, linewidth=1.2, clip_on=False)
    _mark_cuts(axes, found)
    sheet.legend(title="threshold", loc="outside lower center", alignment="left")
    axes.set(
        xlabel="coverage: share of all photos sorted as cat or dog",
        ylabel="precision: share of these that is right",
        xlim=(0, None),
        ylim=_precision_limits(found),
    )
    axes.xaxis.set_major_formatter(tick_in_percent)
    axes.yaxis.set_major_formatter(tick_in_percent)
    caption = (
        "Each point is one threshold, used for presence and absence; the strictest is at the "
        "left. Photos of both or neither are included, and are wrong if sorted as cat or dog."
    )
    return save(sheet, file, title, caption)


def _mark_cuts(axes: Axes, found: curves.Coverage) -> None:
    for cut, marker in _MARKED_CUTS.items():
        sorted_at = int((found.cuts >= cut).sum())
        if sorted_at:
            covered, precision = found.covered[sorted_at - 1], found.precision[sorted_at - 1]
            words = f"{100 * covered:.1f} % sorted, {100 * precision:.2f} % of them right"
            label = f"{cut:g}: {words}"
            axes.plot(
                covered, precision, marker, color=INK, markersize=7, label=label, clip_on=False
            )


def _precision_limits(found: curves.Coverage) -> tuple[float, float]:
    """Limits that fit the curve, except for the jumps of its first few photos."""
    lowest = float(found.precision[found.covered >= 0.1 * found.covered[-1]].min())
    span = max(_MIN_SPAN, 1.4 * (1 - lowest))
    return max(0.0, 1 - span), 1.0
