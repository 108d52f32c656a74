"""Decoded photos as arrays, and resizing to the network's input size. Loads numpy."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.decoding.resize import stretched

# An upright photo: uint8 (H, W, 3), RGB.
Pixels = npt.NDArray[np.uint8]


def resize(image: Pixels, size: int) -> Pixels:
    """Stretch a photo to a square.

    Args:
        image: uint8 (H, W, 3), RGB.
        size: Side of the result, in pixels.

    Returns:
        uint8 (size, size, 3); `image` itself if it has that size already.
    """
    if image.shape[:2] == (size, size):
        return image
    return np.asarray(stretched(Image.fromarray(image), size))
