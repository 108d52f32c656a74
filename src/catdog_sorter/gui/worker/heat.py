"""Draws where a model sees a cat and where a dog, as a picture to lay over the photo. Loads no Qt.

Decides how probabilities look. Runs no model.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.design import CHIPS_ON_DARK
from catdog_sorter.labels import Label

SIDE = 128
_OPACITY = 0.55
_SHADE = 0.5  # parts without an animal are darkened, so that the others stand out


def overlay(cells: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Colour the parts of a photo by the animals that the model sees in them.

    Args:
        cells: float64 (2, h, w), probabilities of a cat and of a dog in each part, 0 to 1.

    Returns:
        uint8 (SIDE, SIDE, 4), RGBA: the colours of the labels where there is an animal, black
        where there is none, each the more opaque the surer it is.
    """
    p_cat, p_dog = (_enlarged(cell) for cell in cells)
    either = np.maximum(p_cat, p_dog)
    share = np.divide(p_cat, p_cat + p_dog, out=np.full_like(p_cat, 0.5), where=either > 0)
    cat, dog = (_rgb(CHIPS_ON_DARK[label]) for label in (Label.CAT, Label.DOG))
    colour = share[..., None] * cat + (1 - share[..., None]) * dog
    hot, cold = either * _OPACITY, (1 - either) * _SHADE
    alpha = hot + cold
    rgba = np.concatenate([colour * (hot / alpha)[..., None], 255 * alpha[..., None]], axis=2)
    return rgba.round().astype(np.uint8)


def _enlarged(cell: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    image = Image.fromarray(cell.astype(np.float32))
    smooth = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.float64)
    return smooth.clip(0, 1)


def _rgb(colour: str) -> npt.NDArray[np.float64]:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)], np.float64)
