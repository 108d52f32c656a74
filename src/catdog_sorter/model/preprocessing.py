"""A network's input transform: one, for training and every backend.

Knows no files and no models; a bundle carries the `Preprocessing` its network was trained with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catdog_sorter.decoding.pixels import Pixels, resize

_DECODE_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """A network's input transform: stretch to `size` x `size` pixels, then `rgb / scale - offset`.

    Unlike a centre crop, stretching keeps animals at the edge, and unlike padding, it uses all
    pixels; the networks are trained on stretched photos too.

    Attributes:
        size: Side of the network's input, in pixels.
        scale: Divisor of a colour value, 0 to 255.
        offset: Subtracted from the quotient.
        resize: How a photo gets the network's shape; only "stretch".
        interpolation: Only "bilinear, antialiased".
    """

    size: int
    scale: float = 127.5
    offset: float = 1.0
    resize: str = "stretch"
    interpolation: str = "bilinear, antialiased"

    @property
    def decode_side(self) -> int:
        """Pixels that the shorter side should keep when a photo is decoded at a reduced size."""
        return int(self.size * _DECODE_MARGIN)


def normalise(images: Pixels, preprocessing: Preprocessing) -> npt.NDArray[np.float32]:
    """Scale colours.

    Args:
        images: uint8 of any shape.
        preprocessing: Its `scale` and `offset` are used.

    Returns:
        float32 of the same shape, RGB / 127.5 - 1 with the default settings.
    """
    scaled = images.astype(np.float32)
    scaled /= np.float32(preprocessing.scale)
    scaled -= np.float32(preprocessing.offset)
    return scaled


def to_batch(images: Sequence[Pixels], preprocessing: Preprocessing) -> npt.NDArray[np.float32]:
    """Preprocess photos.

    Args:
        images: Upright RGB photos, each uint8 (H, W, 3) of any size.
        preprocessing: The network's input transform; S is its `size`.

    Returns:
        float32 (N, 3, S, S).
    """
    stretched = np.stack([resize(image, preprocessing.size) for image in images])
    # Reorder the axes before converting to float32: bytes are a quarter of the data.
    planes = np.ascontiguousarray(stretched.transpose(0, 3, 1, 2))
    return normalise(planes, preprocessing)
