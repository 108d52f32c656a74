"""The modes of a run, and the words for each.

Standard library only, so that `--help` can list the modes without loading the executor.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from catdog_sorter.reports.rows import PhotoOutcome


@dataclass(frozen=True, slots=True)
class ModeWords:
    """The words for a mode.

    Attributes:
        choice: Offers the mode ("Move the photos").
        verb: Begins a question or a button ("Move" 3 photos?).
        gerund: Labels the progress ("Moving").
        done: Says what happened to photos (3 photos "moved").
        total: Counts them where a sort adds up (found = 3 "sorted" + ...).
    """

    choice: str
    verb: str
    gerund: str
    done: str
    total: str


class Mode(StrEnum):
    """What a run does with a photo; all modes but `MOVE` leave the original where it is.

    `TAG` writes a sidecar; an existing one is renamed and kept.
    """

    MOVE = "move"
    COPY = "copy"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"
    RELATIVE_SYMLINK = "relative symlink"
    TAG = "tag"

    @property
    def words(self) -> ModeWords:
        """The words for this mode."""
        match self:
            case Mode.MOVE:
                return ModeWords("Move the photos", "Move", "Moving", "moved", "sorted")
            case Mode.COPY:
                return ModeWords("Copy the photos", "Copy", "Copying", "copied", "copied")
            case Mode.HARDLINK:
                return ModeWords("Make hard links", "Link", "Linking", "linked", "linked")
            case Mode.SYMLINK:
                return ModeWords("Make symbolic links", "Link", "Linking", "linked", "linked")
            case Mode.RELATIVE_SYMLINK:
                choice = "Make relative symbolic links"
                return ModeWords(choice, "Link", "Linking", "linked", "linked")
            case Mode.TAG:
                return ModeWords("Write keywords", "Tag", "Tagging", "tagged", "tagged")
            case _:
                assert_never(self)

    @property
    def options(self) -> tuple[str, ...]:
        """The command line options that select it."""
        match self:
            case Mode.TAG:
                return ("--tag",)
            case Mode.RELATIVE_SYMLINK:
                return ("--mode", Mode.SYMLINK.value, "--relative-links")
            case _:
                return ("--mode", self.value)

    @property
    def outcome(self) -> PhotoOutcome:
        """The outcome of a photo that a run in this mode has handled."""
        return PhotoOutcome.TAGGED if self is Mode.TAG else PhotoOutcome.SORTED


# The modes that sort photos into folders; `TAG` has an option of its own and makes no folder.
FOLDER_MODES = tuple(mode for mode in Mode if mode is not Mode.TAG)
