"""The figures that show photos: largest errors, least confident, and a random sample.

Reads photos only to show them small; one that cannot be read any more gives an empty tile.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from PIL import Image, ImageOps

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.labels import Label
from catdog_sorter.text import counted, shown
from catdog_sorter.training.data.samples import LABEL_OF
from catdog_sorter.training.figures.drawing import (
    UNSURE,
    Figure,
    literal,
    new_sheet,
    percent,
    save,
    verdict_colour,
)
from catdog_sorter.training.measure.curves import confidence

if TYPE_CHECKING:
    from catdog_sorter.training.measure.evaluate import EvaluatedPhoto

_COLUMNS, _MAX_PHOTOS = 5, 20
_TILE_INCHES, _TILE_PIXELS = 1.45, 160
_MAX_NAME_LENGTH = 26
_SAMPLE_SEED = 1


def true_label(photo: "EvaluatedPhoto") -> Label:
    """The true label: cat, dog, both or neither."""
    return LABEL_OF[photo.animals]


def draw_most_wrong(judged: Sequence["EvaluatedPhoto"], file: Path) -> Figure | None:
    """Draw the wrong predictions, by probability of the true label, lowest first."""
    wrong = [p for p in judged if p.label not in (true_label(p), Label.UNSURE)]
    caption = (
        f"{counted(len(wrong), 'wrong prediction')}, by probability of the true label, lowest "
        "first. Check whether these photos are labelled correctly."
    )
    return _draw_grid(sorted(wrong, key=_given_to_the_truth), file, "Largest errors", caption)


def _given_to_the_truth(photo: "EvaluatedPhoto") -> float:
    cat = photo.p_cat if "cat" in photo.animals else 1 - photo.p_cat
    dog = photo.p_dog if "dog" in photo.animals else 1 - photo.p_dog
    return cat * dog


def draw_least_sure(judged: Sequence["EvaluatedPhoto"], file: Path) -> Figure | None:
    """Draw the photos with a probability nearest to 0.5, right or wrong."""
    order = np.argsort(confidence(np.array([(p.p_cat, p.p_dog) for p in judged])), kind="stable")
    caption = "The photos whose probability of a cat or a dog is nearest to 50 %."
    return _draw_grid(
        [judged[index] for index in order], file, "Least confident predictions", caption
    )


def draw_predictions(judged: Sequence["EvaluatedPhoto"], file: Path) -> Figure | None:
    """Draw a random sample, independent of the order of the photos."""
    by_name = sorted(judged, key=lambda photo: photo.path)
    order = np.random.default_rng(_SAMPLE_SEED).permutation(len(by_name))
    caption = (
        "A random sample: the true label of each photo, and the prediction if it differs. Green "
        "is right, red is wrong, grey is unsure."
    )
    return _draw_grid([by_name[index] for index in order], file, "Predictions", caption)


def _draw_grid(
    photos: Sequence["EvaluatedPhoto"], file: Path, title: str, caption: str
) -> Figure | None:
    photos = photos[:_MAX_PHOTOS]
    if not photos:
        return None
    rows = math.ceil(len(photos) / _COLUMNS)
    sheet = new_sheet(_COLUMNS * _TILE_INCHES + 0.3, rows * (_TILE_INCHES + 0.55) + 0.3)
    tiles = list(sheet.subplots(rows, _COLUMNS, squeeze=False).flat)
    for axes in tiles:
        axes.axis("off")
    for axes, photo in zip(tiles, photos, strict=False):
        _draw_tile(axes, photo)
    return save(sheet, file, title, caption, palette=True)


def _draw_tile(axes: Axes, photo: "EvaluatedPhoto") -> None:
    pixels = _thumbnail(photo.path)
    axes.axis("on")
    axes.grid(False)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(pixels is None)
    if pixels is None:
        axes.set_box_aspect(1)
        axes.text(0.5, 0.5, "unreadable", color=UNSURE, ha="center", va="center")
    else:
        axes.imshow(pixels)
    words = f"cat {percent(photo.p_cat)}   dog {percent(photo.p_dog)}"
    colour = verdict_colour(true_label(photo), photo.label)
    axes.set_title(f"{_verdict(photo)}\n{words}", color=colour, size=8)
    axes.set_xlabel(literal(_short(photo.path.name)), color=UNSURE, size=6, labelpad=2)


def _verdict(photo: "EvaluatedPhoto") -> str:
    true = true_label(photo)
    if photo.label is true:
        return f"✓ {true}"
    if photo.label is Label.UNSURE:
        return f"? {true}, unsure"
    return f"✗ {true}, predicted {photo.label}"


def _short(name: str) -> str:
    name = shown(name)
    if len(name) <= _MAX_NAME_LENGTH:
        return name
    half = _MAX_NAME_LENGTH // 2
    return f"{name[: half - 1]}…{name[-half:]}"


def _thumbnail(path: Path) -> npt.NDArray[np.uint8] | None:
    """uint8 (S, S, 3): the whole photo on a white square; None when it cannot be read."""
    try:
        photo = Image.fromarray(read_photo(path, _TILE_PIXELS))
    except UnreadablePhoto:
        return None
    return np.asarray(ImageOps.pad(photo, (_TILE_PIXELS, _TILE_PIXELS), color="white"))
