"""What the window and its other process say to each other, and how it travels through a pipe.

Decides nothing. Both ends are this program, so the messages may be pickled; nothing from elsewhere
ever is.
"""

import pickle
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable
from catdog_sorter.moving.journal import Run
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import Plan
from catdog_sorter.moving.sort import Sorting, Totals
from catdog_sorter.photos.find import Photo

_LENGTH = struct.Struct(">I")


# --- Requests --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """Find the photos at and below `paths` and say what they show."""

    paths: tuple[Path, ...]
    sorting: Sorting
    model: str | None = None
    thresholds: Thresholds | None = None


@dataclass(frozen=True, slots=True)
class MakePlan:
    """Say where the photos would go; `results` belong to `found`, one each, in order."""

    found: tuple[Photo | Unreadable, ...]
    results: tuple[Prediction | Unreadable, ...]
    sorting: Sorting


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Do what the plan says."""

    plan: Plan
    mode: Mode
    command: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Put everything of a run back; None means the last one."""

    run: int | None = None


@dataclass(frozen=True, slots=True)
class Correct:
    """Remember these labels; None forgets one."""

    changes: tuple[tuple[Path, Label | None], ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """Decode a photo so that it fits into `side` x `side` pixels."""

    path: Path
    side: int


@dataclass(frozen=True, slots=True)
class ListRuns:
    """Tell the runs that moved photos, the latest first."""


@dataclass(frozen=True, slots=True)
class ListModels:
    """Tell the models there are, and how many corrections could teach a new one."""


@dataclass(frozen=True, slots=True)
class UseModel:
    """Use this model from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class ListCorrected:
    """Tell where the corrected photos lie now."""


Request = (
    Look
    | MakePlan
    | CarryOut
    | Undo
    | Correct
    | Draw
    | ListRuns
    | ListModels
    | UseModel
    | ListCorrected
)


@dataclass(frozen=True, slots=True)
class Stop:
    """End the request of this number at the next safe point."""

    number: int


# --- Events, besides the results of `pipeline` and `mover` ------------------------------------


@dataclass(frozen=True, slots=True)
class ModelReady:
    """The model that looks, and the thresholds that count."""

    id: str
    name: str
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Folders that were not looked into, because an earlier sort filled them."""

    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """These photos are there; `all`: no more will come."""

    photos: tuple[Photo | Unreadable, ...]
    all: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """What would happen."""

    plan: Plan
    totals: Totals


@dataclass(frozen=True, slots=True)
class Runs:
    """The history; `last` is the run that just ended, if one did."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Models:
    """Models by name with one line about each; `problem` says why one cannot be used."""

    in_use: str
    about: Mapping[str, str]
    thresholds: Mapping[str, Thresholds]
    corrections: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected photos that are still there; `missing` counts the others."""

    photos: tuple[tuple[Path, Label], ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded photo: `rgb` holds height x width x 3 bytes, row after row."""

    path: Path
    width: int
    height: int
    rgb: bytes
    size_bytes: int


# --- How a request ends ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """It was carried out."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was stopped on request."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not go on; `advice` is a sentence for the person."""

    advice: str
    crashed: bool = False


End = Done | Stopped | Failed


# --- The pipe --------------------------------------------------------------------------------


def packed(message: object) -> bytes:
    """The message as it travels: its length in four bytes, then itself."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def unpacked(buffer: bytearray) -> Iterator[Any]:
    """Take every complete message off the front of `buffer`."""
    while len(buffer) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(buffer)[0]
        if len(buffer) < end:
            return
        message = pickle.loads(bytes(buffer[_LENGTH.size : end]))
        del buffer[:end]
        yield message
