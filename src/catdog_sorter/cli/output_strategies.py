"""The ways in which a run deals with photos: into folders, or by keywords in sidecars."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from catdog_sorter.moving.outcomes import MoveFailed
    from catdog_sorter.moving.plan import Plan
    from catdog_sorter.moving.sort import Sorting
    from catdog_sorter.photos.find import Photo

MakePlan = Callable[
    [Collection["Photo | Unreadable"], Iterable[Prediction | Unreadable]],
    "tuple[Plan, Spool[MoveFailed]]",
]


@dataclass(frozen=True, slots=True)
class Way:
    """`goals`: what happens to the photos of a label, as words.

    `outputs`: the folders that hold what is sorted already; `skip` knows them by any name.
    `plan` also names the photos that cannot be dealt with.
    """

    mode: Mode
    goals: Mapping[Label, str]
    outputs: set[Path]
    skip: Callable[[Path], bool]
    plan: MakePlan


def into_folders(
    sorting: "Sorting", mode: Mode, paths: Sequence[Path], links: Mapping[str, str]
) -> Way:
    """The photos go into a folder for each label; those at the end of `links` cannot be moved."""
    from catdog_sorter.moving.sort import plan_sorting

    goals = {label: f"to {shown(name)}/" for label, name in sorting.folders.items()}
    outputs, skip = sorting.output_folders(paths), sorting.is_sorted(paths)

    def plan(
        found: Collection["Photo | Unreadable"], results: Iterable[Prediction | Unreadable]
    ) -> "tuple[Plan, Spool[MoveFailed]]":
        return plan_sorting(found, results, sorting, links if mode is Mode.MOVE else None), Spool()

    return Way(mode, goals, outputs, skip, plan)


def by_keywords(wants_folders: bool) -> Way:
    """The photos stay where they are, and so make no sense with options that name folders."""
    from catdog_sorter.moving.tagging import KEYWORDS, plan_tags

    if wants_folders:
        raise UsageError(
            "--tag leaves photos where they are, so --into, --flat, --folder and --mode make no "
            "sense with it. Leave those out, or leave out --tag."
        )
    goals = {label: f"tagged {', '.join(words)}" for label, words in KEYWORDS.items()}
    return Way(Mode.TAG, goals, set(), lambda folder: False, plan_tags)
