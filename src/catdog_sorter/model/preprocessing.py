"""From an upright photo to the numbers a network takes: one way, for training and every backend.

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
    """The whole photo is stretched to `size` x `size` pixels, then `rgb / scale - offset`.

    Stretching, unlike a centre crop, loses no animal at the edge, and unlike padding wastes no
    pixel; the networks see stretched photos in training too. With `mirror` the network sees the
    photo and its mirror image, and the mean of both logits counts; with `unsure`, a pair of logits
    for each output, it looks again only at photos with a logit between the two. With
    `turn_sharpness` it then sees the photo turned by quarters too, and the surer it is of an animal
    in one of these, less `turn_handicap` logits, the more that counts (`looks.any_way_up`). With
    `part_side` (0 to 1, of the photo's sides) it sees overlapping parts too, and the highest of
    their logits counts for `part_weight` (0 to 1) of the whole.
    """

    size: int
    scale: float = 127.5
    offset: float = 1.0
    resize: str = "stretch"
    interpolation: str = "bilinear, antialiased"
    mirror: bool = False
    unsure: tuple[tuple[float, float], ...] = ()
    turn_sharpness: float = 0.0
    turn_handicap: float = 0.0
    part_side: float = 0.0
    part_weight: float = 0.0

    @property
    def decode_side(self) -> int:
        """Pixels the shorter side should keep when a photo is decoded scaled down."""
        return int(self.size * _DECODE_MARGIN)

    @property
    def decode_side_for_parts(self) -> int:
        """The same, where the photo's parts are looked at too: each fills the network's input."""
        return max(self.decode_side, round(self.size / self.part_side) if self.part_side else 0)

    def will_do_for_parts(self, image: Pixels) -> bool:
        """Whether a photo decoded for the first look, (H, W, 3), has pixels enough for its parts.

        Not one that was stretched already, of which no more is known.
        """
        is_stretched = image.shape[:2] == (self.size, self.size)
        return not is_stretched and self.decode_side_for_parts == self.decode_side


def normalise(images: Pixels, preprocessing: Preprocessing) -> npt.NDArray[np.float32]:
    """uint8 of any shape -> float32 of the same shape, -1 to 1 with the default settings."""
    scaled = images.astype(np.float32)
    scaled /= np.float32(preprocessing.scale)
    scaled -= np.float32(preprocessing.offset)
    return scaled


def to_batch(images: Sequence[Pixels], preprocessing: Preprocessing) -> npt.NDArray[np.float32]:
    """Upright RGB photos, each uint8 (H, W, 3) of its own size -> float32 (N, 3, S, S)."""
    stretched = np.stack([resize(image, preprocessing.size) for image in images])
    return np.ascontiguousarray(normalise(stretched, preprocessing).transpose(0, 3, 1, 2))
