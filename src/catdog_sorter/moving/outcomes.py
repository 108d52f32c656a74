"""The outcome for each photo of a run, and for each file of an undo: pure data."""

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
    """A photo and its companions were moved; `group` and `target` have the final names.

    `identity`: the photo after the run, moved or not. `not_kept`: the attributes of it or its
    companions that another drive did not keep.
    """

    group: GroupMove
    target: Path
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)
    not_kept: frozenset[Attribute] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class MoveFailed:
    """A photo that could not be moved; `reason` is a sentence for the user.

    `is_late`: it is not a photo of the plan, but a file that was to follow one sorted earlier.
    """

    path: Path
    reason: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """One file of a run was restored: `path` is its original place, `was_at` where the run put it.

    `identity`: the file at `path` now, if it can be read. `not_kept`: the attributes that another
    drive did not keep, on the way there or back.
    """

    path: Path
    was_at: Path
    identity: FileIdentity | None = field(default=None, compare=False, repr=False)
    not_kept: frozenset[Attribute] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class NotRestored:
    """One file of a run that was not restored; `reason` is a sentence for the user."""

    path: Path
    reason: str


def not_kept_sentences(numbers: Mapping[Attribute, int], noun: str) -> Iterator[str]:
    """Yield a sentence for each attribute with the number of photos or files that lost it."""
    for attribute, number in sorted(numbers.items()):
        yield f"The {attribute} of {counted(number, noun)} could not be kept on another drive."
