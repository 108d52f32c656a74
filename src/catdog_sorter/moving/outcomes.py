"""What became of each photo of a run, and of each file of an undo: pure data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.moving.journal import Attribute
from catdog_sorter.moving.plan import GroupMove
from catdog_sorter.path_fields import as_text
from catdog_sorter.text import counted


@as_text("target")
@dataclass(frozen=True, slots=True)
class Moved:
    """A photo and its companions arrived; `group` and `target` carry the final names.

    `identity`: the photo itself as the run has left it, moved or not. `not_kept`: what another
    drive has not taken of it or its companions.
    """

    group: GroupMove
    target: Path
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)
    not_kept: frozenset[Attribute] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class MoveFailed:
    """A photo stayed where it was, and why; `reason` is a sentence for the person.

    `is_late`: it is not a photo of the plan, but a file that was to follow one sorted earlier.
    """

    path: Path
    reason: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """One file of a run is undone: `path` is its first place, `was_at` where the run put it.

    `identity`: the file at `path` as it is now, if it can be read. `not_kept`: what it lacks, as
    another drive has not taken it, on the way there or back.
    """

    path: Path
    was_at: Path
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)
    not_kept: frozenset[Attribute] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class NotRestored:
    """One file of a run was not undone, and why; `reason` is a sentence for the person."""

    path: Path
    reason: str


def not_kept_sentences(numbers: Mapping[Attribute, int], noun: str) -> Iterator[str]:
    """Say of how many photos or files each attribute was lost."""
    for attribute, number in sorted(numbers.items()):
        yield f"The {attribute} of {counted(number, noun)} could not be kept on another drive."
