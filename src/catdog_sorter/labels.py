"""Labels, thresholds and predictions, and the rule that turns probabilities into a label.

Standard library only; never touches the disk.
"""

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from typing import NamedTuple

from catdog_sorter.file_identity import FileIdentity


class Label(StrEnum):
    """What a photo shows."""

    CAT = "cat"
    DOG = "dog"
    BOTH = "both"
    NEITHER = "neither"
    UNSURE = "unsure"


# Used instead of a label for a photo that could not be read.
UNREADABLE = "unreadable"
# The labels that can be correct for a photo, so that a user can choose them.
TRUE_LABELS = (Label.CAT, Label.DOG, Label.BOTH, Label.NEITHER)

MAX_NAME_BYTES = 255  # accepted by all common file systems


def is_folder_name(name: str) -> bool:
    """Whether this is a valid name for a label's folder, below the target folder."""
    relative = PurePath(name)
    if "\0" in name or any(len(os.fsencode(part)) > MAX_NAME_BYTES for part in relative.parts):
        return False
    # The anchor of Windows' C:name and \\name, which are not absolute and yet lead elsewhere.
    return bool(relative.parts) and not relative.anchor and ".." not in relative.parts


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds for calibrated probabilities, 0 to 1.

    An animal counts as present at `present` or above and as absent at `absent` or below; between
    the two the photo is unsure.
    """

    present: float
    absent: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.absent <= self.present <= 1.0:
            raise ValueError(
                f"thresholds must satisfy 0 <= absent <= present <= 1, "
                f"got absent={self.absent}, present={self.present}"
            )

    @classmethod
    def symmetric(cls, threshold: float) -> "Thresholds":
        """The pair that treats presence and absence alike; `threshold` is 0.5 to 1."""
        return cls(present=threshold, absent=1.0 - threshold)


@dataclass(frozen=True, slots=True)
class RiskControl:
    """A promise about the photos sorted in a stated kind of library; shares are 0 to 1.

    Attributes:
        prevalence: Share of the library's photos with a pet.
        risk: Share of the sorted photos that may be wrong.
        confidence: Chance that the promise is kept.
        proved: Whether the validation photos sufficed to prove it.
    """

    prevalence: float = 0.07
    risk: float = 0.02
    confidence: float = 0.9
    proved: bool = False

    def __post_init__(self) -> None:
        shares = self.prevalence, self.risk, self.confidence
        if not all(0.0 < share < 1.0 for share in shares):
            raise ValueError(f"shares must lie between 0 and 1, got {shares}")

    def sentence(self) -> str:
        """The promise as a sentence."""
        library = f"a library in which {self.prevalence:.0%} of the photos show a pet"
        if not self.proved:
            return (
                f"chosen for {library}; too few validation photos to promise that at most "
                f"{self.risk:.0%} of the sorted ones are wrong"
            )
        return (
            f"of the photos sorted in {library}, at most {self.risk:.0%} are wrong, with "
            f"{self.confidence:.0%} confidence"
        )


class Answer(NamedTuple):
    """The answer of a model: calibrated probabilities, 0 to 1.

    `time_s`: when a video shows an animal best, in seconds; None for a photo.
    `from_preview`: only the embedded preview of the photo was classified.
    """

    p_cat: float
    p_dog: float
    time_s: float | None = None
    from_preview: bool = False


@dataclass(frozen=True, slots=True)
class Prediction:
    """The prediction for one photo or video; `p_cat` and `p_dog` are calibrated, 0 to 1.

    `corrected`: the label was set by the user for this content.
    `incomplete`: the file is truncated or has trailing data; the model saw the rest.
    `identity`: the file before it was decoded; None where that was not recorded.
    `time_s`: when a video shows an animal best, in seconds; None for a photo.
    `from_preview`: only the embedded preview of the photo was classified.
    """

    path: Path
    p_cat: float
    p_dog: float
    label: Label
    model: str
    corrected: bool = False
    incomplete: bool = False
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)
    time_s: float | None = None
    from_preview: bool = False

    @property
    def confidence(self) -> float:
        """The lower confidence of the two answers, cat and dog: 0.5 to 1; 1 for a correction."""
        if self.corrected:
            return 1.0
        return min(max(self.p_cat, 1 - self.p_cat), max(self.p_dog, 1 - self.p_dog))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A photo that could not be read; `reason` is a readable sentence."""

    path: Path
    reason: str


def decide(p_cat: float, p_dog: float, thresholds: Thresholds) -> Label:
    """Return the label for calibrated probabilities (0 to 1).

    If one animal is between the thresholds, the photo is unsure: a photo that surely shows a cat
    and perhaps a dog is neither a clear `cat` nor a clear `both`.
    """
    cat, dog = _presence(p_cat, thresholds), _presence(p_dog, thresholds)
    if cat is None or dog is None:
        return Label.UNSURE
    if cat and dog:
        return Label.BOTH
    if cat:
        return Label.CAT
    return Label.DOG if dog else Label.NEITHER


def _presence(p: float, thresholds: Thresholds) -> bool | None:
    if p >= thresholds.present:
        return True
    return False if p <= thresholds.absent else None
