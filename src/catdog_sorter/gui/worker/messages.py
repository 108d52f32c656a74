"""The messages between the window and its worker processes, and their encoding on the pipe.

Decides nothing. Both ends are this program, so messages may be pickled; no other data ever is.
"""

import pickle
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from catdog_sorter.classification.corrections import Correction
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable
from catdog_sorter.moving.journal import Run
from catdog_sorter.moving.late import LatePlan
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import MoveFailed
from catdog_sorter.moving.plan import Plan
from catdog_sorter.moving.sort import References, Sorting, Totals
from catdog_sorter.photos.find import Photo
from catdog_sorter.photos.left_alone import Survey
from catdog_sorter.reports.rows import ReportRow

_LENGTH = struct.Struct(">I")


# --- Requests --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Classify:
    """Find and classify the photos at and below `paths`.

    `sorted_too`: also those in the folders that `sorting` sorts into. `missing_ok`: report missing
    paths as Unreadable, rather than fail the request. `videos`: find them too.
    """

    paths: tuple[Path, ...]
    sorting: Sorting
    model: str | None = None
    thresholds: Thresholds | None = None
    sorted_too: bool = False
    missing_ok: bool = False
    videos: bool = False


@dataclass(frozen=True, slots=True)
class MakePlan:
    """Plan a sort, or in the mode `TAG` the writing of keywords.

    `results` belong to `found`, one each, in order. Photos in `references` stay.
    `orphans`: files that may have to follow a photo which was sorted earlier.
    """

    found: tuple[Photo | Unreadable, ...]
    results: tuple[Prediction | Unreadable, ...]
    sorting: Sorting
    references: References
    mode: Mode = Mode.MOVE
    orphans: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplyPlan:
    """Apply the plan; the history shows `command` for the run.

    Folders below `tops` that a move has emptied are removed.
    """

    plan: Plan
    mode: Mode
    command: str
    tops: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo a run; None for the last one."""

    run: int | None = None


@dataclass(frozen=True, slots=True)
class Correct:
    """Store these labels; None removes one."""

    changes: tuple[tuple[Path, Label | None], ...]


@dataclass(frozen=True, slots=True)
class Decode:
    """Decode a photo, or a frame of a video, to fit `side` x `side` pixels.

    Attributes:
        path: The file.
        side: Pixels.
        with_facts: Also return its metadata.
        time_s: Which frame of a video, in seconds; None for one from the middle.
    """

    path: Path
    side: int
    with_facts: bool = False
    time_s: float | None = None


@dataclass(frozen=True, slots=True)
class FindRegions:
    """Compute where in a photo the model sees a cat, and where a dog.

    Attributes:
        path: The file.
        model: Name or folder; None for the one in use.
        time_s: Which frame of a video, in seconds; None for one from the middle.
    """

    path: Path
    model: str | None = None
    time_s: float | None = None


@dataclass(frozen=True, slots=True)
class SaveReport:
    """Write a report of these photos to `file`, in a language of `languages.LANGUAGES`.

    `model` is the id of the one that classified them.
    """

    file: Path
    rows: tuple[ReportRow, ...]
    model: str
    language: str


@dataclass(frozen=True, slots=True)
class CopyExamples:
    """Copy the example photos to a new folder."""


@dataclass(frozen=True, slots=True)
class DescribeRun:
    """Look up where a run's photos came from, went to, and are now."""

    run: int


@dataclass(frozen=True, slots=True)
class ListRuns:
    """List the runs that moved photos, the latest first."""


@dataclass(frozen=True, slots=True)
class ListModels:
    """List the models, and count the corrections."""


@dataclass(frozen=True, slots=True)
class UseModel:
    """Use this model from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class ListCorrected:
    """List the current paths of the corrected photos."""


@dataclass(frozen=True, slots=True)
class ListCorrections:
    """List every correction, including those of missing photos."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete the corrections of these contents, by SHA-256."""

    contents: tuple[str, ...]


WorkerRequest = (
    Classify
    | MakePlan
    | ApplyPlan
    | Undo
    | Correct
    | Decode
    | FindRegions
    | SaveReport
    | CopyExamples
    | DescribeRun
    | ListRuns
    | ListModels
    | UseModel
    | ListCorrected
    | ListCorrections
    | Forget
)


@dataclass(frozen=True, slots=True)
class Stop:
    """End the request of this number at the next safe point."""

    number: int


# --- Events, besides the results of `pipeline` and `executor` ---------------------------------


@dataclass(frozen=True, slots=True)
class ModelReady:
    """The model that is used, and its own thresholds."""

    id: str
    name: str
    own_thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class SkippedFolders:
    """Folders with sorted photos, which were not searched."""

    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Photos that were found; `all`: whether the search is complete."""

    photos: tuple[Photo | Unreadable, ...]
    all: bool


@dataclass(frozen=True, slots=True)
class Referenced:
    """Links and databases that refer to found photos by path."""

    references: References


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a search left out.

    Attributes:
        folders: Some of the folders that were not entered, such as libraries and trash.
        more: How many others there are.
        in_cloud: How many photos are in iCloud only.
        videos: How many videos were passed over.
        managed: Folders of which a program keeps a database, and that program.
    """

    folders: tuple[Path, ...] = ()
    more: int = 0
    in_cloud: int = 0
    videos: int = 0
    managed: tuple[tuple[Path, str], ...] = ()

    @classmethod
    def of(cls, survey: Survey) -> Self:
        """Make it from the survey of a search."""
        kinds = [left for _, left in survey.by_kind]
        folders = tuple(path for left in kinds for path in left.examples)
        return cls(
            folders,
            sum(left.count for left in kinds) - len(folders),
            survey.placeholders.count,
            survey.videos,
            tuple({folder: manager.program for folder, manager in survey.managed}.items()),
        )


@dataclass(frozen=True, slots=True)
class FoldersRemoved:
    """Number of emptied folders that a run removed."""

    folders: int


@dataclass(frozen=True, slots=True)
class Orphans:
    """Files without a photo beside them, of photos that were sorted earlier."""

    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A drive that has too little room for a plan."""

    folder: Path
    needed_bytes: int
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and its totals.

    `linked`: photos that stay, and the link to each. `shortages`: drives without enough room.
    `refused`: photos whose sidecar cannot be changed, and why. `late`: files that follow photos
    which were sorted earlier, and are in neither of the other two.
    """

    plan: Plan
    totals: Totals
    linked: tuple[tuple[Path, str], ...] = ()
    shortages: tuple[Shortage, ...] = ()
    refused: tuple[MoveFailed, ...] = ()
    late: LatePlan = field(default_factory=LatePlan)


@dataclass(frozen=True, slots=True)
class Runs:
    """The history, the latest run first."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """The folder with copies of the example photos."""

    folder: Path


@dataclass(frozen=True, slots=True)
class RunDescription:
    """The places of one run's files.

    Attributes:
        run: Its number.
        source: The folder that all its files came from, at any depth; None without any.
        targets: How many photos went to each folder and below.
        examples: Where the first few photos are now.
    """

    run: int
    source: Path | None
    targets: tuple[tuple[Path, int], ...]
    examples: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class About:
    """The description of a model.

    `accuracy`: share of its test photos in which it told cat from dog correctly, 0 to 1. `problem`:
    why it cannot be used.
    """

    is_shipped: bool
    architecture: str = ""
    accuracy: float | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Models:
    """Models by name; thresholds of the usable ones."""

    in_use: str
    about: Mapping[str, About]
    thresholds: Mapping[str, Thresholds]
    corrections: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected photos that are still there; `missing` counts the others."""

    photos: tuple[tuple[Path, Label], ...]
    missing: int


@dataclass(frozen=True, slots=True)
class AllCorrections:
    """Every correction, the latest first."""

    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A photo's metadata; width and height in pixels, upright, 0 where they are unknown.

    `duration_s`: of a video.
    """

    size_bytes: int
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    camera: str | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class PictureReady:
    """A decoded photo: `rgb` holds height x width x 3 bytes, row after row."""

    path: Path
    width: int
    height: int
    rgb: bytes
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Regions:
    """A map of where a model sees animals in a photo.

    Attributes:
        path: The photo.
        width: Pixels of `rgba` in a row; 0 for a model without regional outputs.
        height: Rows of pixels in `rgba`.
        rgba: A picture to lay over the photo, stretched to its size.
        p_cat: The highest probability of a cat in any region, 0 to 1.
        p_dog: The same of a dog.
    """

    path: Path
    width: int = 0
    height: int = 0
    rgba: bytes = b""
    p_cat: float = 0.0
    p_dog: float = 0.0


# --- How a request ends ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """The request is complete."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The request was stopped by the user."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The request failed; `advice` is a readable sentence. `crashed`: the worker process died."""

    advice: str
    crashed: bool = False


End = Done | Stopped | Failed


# --- The pipe --------------------------------------------------------------------------------


def packed(message: object) -> bytes:
    """Encode a message for the pipe: its length in four bytes, then the pickled message."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def unpacked(buffer: bytearray) -> Iterator[Any]:
    """Remove all complete messages from the start of `buffer` and return them."""
    while len(buffer) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(buffer)[0]
        if len(buffer) < end:
            return
        message = pickle.loads(bytes(buffer[_LENGTH.size : end]))
        del buffer[:end]
        yield message
