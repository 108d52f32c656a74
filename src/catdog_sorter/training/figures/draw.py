"""The figures of a training run, of an evaluation and of a comparison. Draws; computes no metrics.

Each comes as a PNG file with a title and a caption that says what it shows.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.events import EpochEnded
from catdog_sorter.training.figures import photo_grids, verdicts
from catdog_sorter.training.figures.drawing import (
    BAR,
    INK,
    TRAINING,
    VALIDATION,
    WRONG,
    Figure,
    house_style,
    literal,
    new_sheet,
    save,
    tick_in_percent,
)

if TYPE_CHECKING:
    from catdog_sorter.training.measure.evaluate import EvaluatedPhoto

__all__ = ["Figure", "draw_comparison", "draw_training", "draw_verdicts"]

Column = npt.NDArray[np.float64]


def draw_training(epochs: Sequence[EpochEnded], folder: Path) -> list[Figure]:
    """Draw losses, accuracies and learning rate of a run into `folder`; no epochs, no figures.

    Raises UsageError when a file cannot be written.
    """
    if not epochs:
        return []
    best = min(epochs, key=lambda epoch: epoch.validation_loss)
    with house_style():
        return [
            _draw_losses(epochs, best, folder / "curves-loss.png"),
            _draw_accuracies(epochs, best, folder / "curves-accuracy.png"),
            _draw_learning_rates(epochs, folder / "learning-rate.png"),
        ]


def _draw_losses(epochs: Sequence[EpochEnded], best: EpochEnded, file: Path) -> Figure:
    title = "Loss"
    sheet = new_sheet()
    axes = sheet.subplots()
    _draw_over_epochs(
        axes, epochs, best, [e.loss for e in epochs], [e.validation_loss for e in epochs]
    )
    axes.set(ylabel="binary cross-entropy (nats)", ylim=(0, None))
    caption = (
        f"The lowest loss on the validation photos, {best.validation_loss:.4f}, came after epoch "
        f"{best.epoch + 1}. Training photos are augmented, which makes them harder."
    )
    return save(sheet, file, title, caption)


def _draw_accuracies(epochs: Sequence[EpochEnded], best: EpochEnded, file: Path) -> Figure:
    title = "Accuracy"
    sheet = new_sheet()
    axes = sheet.subplots()
    _draw_over_epochs(
        axes, epochs, best, [e.accuracy for e in epochs], [e.validation_accuracy for e in epochs]
    )
    axes.set_ylabel("accuracy")
    lowest = min(min(e.accuracy, e.validation_accuracy) for e in epochs)
    axes.set_ylim(max(0.0, lowest - 0.1 * (1 - lowest) - 0.005), 1.0)
    axes.yaxis.set_major_formatter(tick_in_percent)
    caption = (
        f"{100 * best.validation_accuracy:.2f} % on the validation photos after epoch "
        f"{best.epoch + 1}, which has the lowest validation loss."
    )
    return save(sheet, file, title, caption)


def _draw_over_epochs(
    axes: Axes,
    epochs: Sequence[EpochEnded],
    best: EpochEnded,
    training: Sequence[float],
    validation: Sequence[float],
) -> None:
    numbers = [epoch.epoch + 1 for epoch in epochs]
    star = validation[epochs.index(best)]
    axes.plot(numbers, training, "o--", color=TRAINING, label="training")
    axes.plot(numbers, validation, "o-", color=VALIDATION, label="validation", clip_on=False)
    axes.plot(
        best.epoch + 1,
        star,
        "*",
        color=VALIDATION,
        markersize=14,
        clip_on=False,
        label=f"epoch {best.epoch + 1}: lowest validation loss",
    )
    _count_epochs(axes)
    axes.legend()


def _draw_learning_rates(epochs: Sequence[EpochEnded], file: Path) -> Figure:
    title = "Learning rate"
    sheet = new_sheet(height=3.0)
    axes = sheet.subplots()
    rates = [epoch.learning_rate for epoch in epochs]
    axes.plot([epoch.epoch + 1 for epoch in epochs], rates, "o-", color=INK)
    if 0 < 10 * min(rates) <= max(rates):
        axes.set_yscale("log")
    axes.set_ylabel("learning rate")
    _count_epochs(axes)
    caption = (
        "At the last batch of each epoch; "
        f"{rates[0]:.2g} in the first, {rates[-1]:.2g} in the last epoch."
    )
    return save(sheet, file, title, caption)


def _count_epochs(axes: Axes) -> None:
    axes.set_xlabel("epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def draw_verdicts(judged: Sequence["EvaluatedPhoto"], folder: Path) -> list[Figure]:
    """Draw how a model's predictions compare with the true labels into `folder`.

    Figures that these photos cannot give, such as errors where there are none, are left out.
    Raises UsageError when a file cannot be written.
    """
    if not judged:
        return []
    probabilities = np.array([(photo.p_cat, photo.p_dog) for photo in judged])
    samples = [Sample(photo.path, photo.animals) for photo in judged]
    targets = animals_in(samples, ("cat", "dog"))
    with house_style():
        drawn = [
            verdicts.draw_confusion(judged, folder / "confusion.png"),
            photo_grids.draw_most_wrong(judged, folder / "most-wrong.png"),
            photo_grids.draw_least_sure(judged, folder / "least-sure.png"),
            verdicts.draw_reliability(probabilities, targets, folder / "reliability.png"),
            verdicts.draw_coverage(probabilities, targets, folder / "coverage.png"),
            photo_grids.draw_predictions(judged, folder / "predictions.png"),
        ]
    return [figure for figure in drawn if figure is not None]


def draw_comparison(rows: Sequence[Mapping[str, object]], file: Path) -> Figure:
    """Draw several systems below each other in the order given: accuracy, speed, size, training.

    Each row (there is at least one) has `name`; `accuracy`, `accuracy_low` and `accuracy_high` (0
    to 1, a 95 % interval); `studied`, the accuracy an older study published for this system, or
    None; `photos_per_second`, `parameters` and `training_seconds`, None where not measured. Raises
    UsageError when the file cannot be written.
    """
    title = "Accuracy and cost side by side"
    with house_style():
        sheet = new_sheet(11.0, 1.6 + 0.42 * len(rows))
        first, *panels = sheet.subplots(1, 4, sharey=True, width_ratios=[3.4, 1, 1, 1])
        _draw_accuracy_bars(first, rows)
        for axes, (key, (label, written)) in zip(panels, _COSTS.items(), strict=True):
            _draw_cost_bars(axes, _column(rows, key), label, written)
        caption = (
            "Thin lines are 95 % intervals. If those of two systems overlap widely, these photos "
            "do not show which is better. A diamond is the accuracy a study published for the "
            "same system on other photos."
        )
        return save(sheet, file, title, caption)


def _column(rows: Sequence[Mapping[str, object]], key: str) -> Column:
    """float64 (N,); NaN where a row has no number."""
    values = [row.get(key) for row in rows]
    return np.array([v if isinstance(v, int | float) else np.nan for v in values], np.float64)


def _draw_accuracy_bars(axes: Axes, rows: Sequence[Mapping[str, object]]) -> None:
    places = np.arange(len(rows))
    accuracy, low, high, studied = (
        _column(rows, key) for key in ("accuracy", "accuracy_low", "accuracy_high", "studied")
    )
    axes.barh(places, accuracy, 0.62, color=BAR)
    reach = [accuracy - low, high - accuracy]
    axes.errorbar(accuracy, places, xerr=reach, fmt="none", ecolor=INK, capsize=3)
    for place, (value, end) in enumerate(zip(accuracy, np.fmax(high, studied), strict=True)):
        _write_beside(axes, f"{100 * value:.2f} %", end, place)
    if np.isfinite(studied).any():
        axes.plot(studied, places, "D", color=WRONG, markersize=6, label="published by a study")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderpad=0)
    lowest = float(np.nanmin([low, studied]))
    start = max(0.0, np.floor(20 * (lowest - 0.01)) / 20)
    axes.set(
        xlim=(start, 1 + 0.12 * (1 - start)),
        xlabel=f"accuracy (the axis begins at {tick_in_percent(start)})",
    )
    axes.xaxis.set_major_formatter(tick_in_percent)
    axes.set_yticks(places, [literal(str(row["name"])) for row in rows])
    axes.tick_params(axis="y", length=0)
    axes.grid(False, axis="y")
    axes.invert_yaxis()


def _draw_cost_bars(
    axes: Axes, values: Column, label: str, written: Callable[[float], str]
) -> None:
    axes.barh(np.arange(len(values)), values, 0.62, color=BAR)
    for place, value in enumerate(values):
        words = written(value) if np.isfinite(value) else "not measured"
        _write_beside(axes, words, np.nan_to_num(value), place)
    axes.set(xlabel=label, xticks=[], xlim=(0, 1.6 * np.nanmax(values, initial=1e-9)))
    axes.tick_params(axis="y", length=0)
    axes.grid(False)
    axes.spines.bottom.set_visible(False)


def _write_beside(axes: Axes, words: str, x: float, y: float) -> None:
    axes.annotate(words, (x, y), (7, 0), textcoords="offset points", va="center", size=8)


def _rate(per_second: float) -> str:
    """`0.35`, `85`, `1,240`."""
    return f"{per_second:,.0f}" if per_second >= 10 else f"{per_second:.2g}"


def _amount(count: float) -> str:
    """`850`, `12 k`, `2.23 M`."""
    if count < 1e3:
        return f"{count:.0f}"
    return f"{count / 1e3:.4g} k" if count < 1e6 else f"{count / 1e6:.4g} M"


def _duration(seconds: float) -> str:
    """`42 s`, `12 min`, `3.4 h`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


# key of a row -> title of its panel, format of its numbers
_COSTS: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "photos_per_second": ("photos a second", _rate),
    "parameters": ("parameters", _amount),
    "training_seconds": ("training time", _duration),
}
