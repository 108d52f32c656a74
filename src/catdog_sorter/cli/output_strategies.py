"""How a run sorts photos: into folders, or with keywords in sidecars."""

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
    from catdog_sorter.moving.sort import References, Sorting
    from catdog_sorter.photos.find import Photo

PlanFunction = Callable[
    [Collection["Photo | Unreadable"], Iterable[Prediction | Unreadable], "References"],
    "tuple[Plan, Spool[MoveFailed]]",
]


@dataclass(frozen=True, slots=True)
class OutputStrategy:
    """How a run sorts photos.

    Attributes:
        mode: What happens to a photo.
        descriptions: The same as text, by label.
        outputs: The folders of photos that are sorted already.
        skip: Whether a folder is one of `outputs`, in any spelling of its name.
        plan: Plans the run and returns the photos that cannot be sorted too; photos with
            `References` to them stay.
    """

    mode: Mode
    descriptions: Mapping[Label, str]
    outputs: set[Path]
    skip: Callable[[Path], bool]
    plan: PlanFunction


def folder_strategy(sorting: "Sorting", mode: Mode, paths: Sequence[Path]) -> OutputStrategy:
    """Sort into a folder for each label. Raises UsageError for a trash folder or library."""
    from catdog_sorter.moving.sort import plan_sorting

    sorting.check()
    descriptions = {label: f"to {shown(name)}/" for label, name in sorting.folders.items()}
    outputs, skip = sorting.output_folders(paths), sorting.is_sorted(paths)

    def plan(
        found: Collection["Photo | Unreadable"],
        results: Iterable[Prediction | Unreadable],
        references: "References",
    ) -> "tuple[Plan, Spool[MoveFailed]]":
        return plan_sorting(found, results, sorting, references), Spool()

    return OutputStrategy(mode, descriptions, outputs, skip, plan)


def keyword_strategy(wants_folders: bool) -> OutputStrategy:
    """Write keywords into sidecars. Raises UsageError together with options for folders."""
    from catdog_sorter.moving.tagging import KEYWORDS, plan_tags

    if wants_folders:
        raise UsageError(
            "--tag leaves photos where they are, so it cannot be combined with --into, --flat, "
            "--folder or --mode. Leave those out, or leave out --tag."
        )
    descriptions = {label: f"tagged {', '.join(words)}" for label, words in KEYWORDS.items()}
    return OutputStrategy(
        Mode.TAG,
        descriptions,
        set(),
        lambda folder: False,
        lambda found, results, references: plan_tags(found, results),
    )
