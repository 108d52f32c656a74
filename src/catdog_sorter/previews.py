"""Decides whether a photo is classified by the preview that its camera embedded.

Standard library only; never touches a photo.
"""

from dataclasses import dataclass
from enum import StrEnum


class Previews(StrEnum):
    """When a preview is classified before its photo is decoded.

    ALWAYS: wherever it has the photo's shape. AUTO: only in photos straight from a camera, without
    traces of an editor, whose preview looks like the first rows of the photo. NEVER: every photo
    is decoded.
    """

    ALWAYS = "always"
    AUTO = "auto"
    NEVER = "never"


# A preview with a higher probability of a cat or dog is not looked at again: its photo must be
# decoded anyway.
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class PreviewLook:
    """One look at a preview.

    Attributes:
        size: side of the network's input, in pixels.
        absent: by size class, the highest probability of a cat or dog, 0 to 1, up to which this
            look suffices. A class is named by the shortest longer side of its previews, in
            pixels, as text; previews below the smallest class are not used.
    """

    size: int
    absent: dict[str, float]

    def __post_init__(self) -> None:
        if not self.absent or not all(0.0 < share < 1.0 for share in self.absent.values()):
            raise ValueError(f"shares must lie between 0 and 1, got {self.absent}")
        if not all(side.isdecimal() for side in self.absent):
            raise ValueError(f"size classes must be pixels, got {list(self.absent)}")

    def suffices(self, longer_side: int, p_cat: float, p_dog: float) -> bool:
        """Whether a preview of this size, in pixels, with these probabilities suffices."""
        classes = [side for side in self.absent if int(side) <= longer_side]
        if not classes:
            return False
        return max(p_cat, p_dog) <= self.absent[max(classes, key=int)]


@dataclass(frozen=True, slots=True)
class PreviewPolicy:
    """When a model's answer for a preview suffices: it surely shows neither animal.

    Attributes:
        looks: tried in turn until one suffices.
        changed: share of the photos whose label may differ from the decoded photo's, 0 to 1.
        lost: share of the pets that may be missed though decoding finds them, 0 to 1.
        confidence: chance that both promises are kept.
        proved: whether the validation photos sufficed to prove both.
    """

    looks: tuple[PreviewLook, ...]
    changed: float = 0.001
    lost: float = 0.005
    confidence: float = 0.9
    proved: bool = False

    def __post_init__(self) -> None:
        shares = (self.changed, self.lost, self.confidence)
        if not self.looks or not all(0.0 < share < 1.0 for share in shares):
            raise ValueError(f"looks are needed, and shares between 0 and 1, got {self}")


def is_worth_another_look(p_cat: float, p_dog: float) -> bool:
    """Whether a larger look at the preview may still suffice."""
    return max(p_cat, p_dog) <= LIKELY
