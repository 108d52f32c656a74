"""The photos the user has sorted with this program, as labelled photos to train on.

Their labels are the folders they are in now, so photos the user has moved since count by their new
folder. Moves nothing.
"""

from collections.abc import Iterator
from pathlib import Path

from catdog_sorter.errors import UsageError
from catdog_sorter.moving.journal import RunState, State, open_journal
from catdog_sorter.training.data.samples import Sample, animals_of, check_enough, labelled_photos


def find_sorted(*, to_train: bool = True) -> tuple[dict[Path, int], list[Sample]]:
    """Return the number of photos by folder of sorted photos, and the photos, in a stable order.

    Raises:
        UsageError: `to_train`, and nothing has been sorted.
        TrainingError: `to_train`, and there are too few photos.
    """
    folders = sorted(set(_label_folders()))
    # A folder inside another one is part of it.
    outer = [f for f in folders if not any(f != o and f.is_relative_to(o) for o in folders)]
    found = {folder: labelled_photos(folder) for folder in outer}
    samples = [sample for photos in found.values() for sample in photos]
    if not samples and to_train:
        raise UsageError(
            "There is no folder ./data, and no photos have been sorted yet. Give a folder that "
            "holds cat/ and dog/ as DATA, or sort some photos first."
        )
    if to_train:
        check_enough(samples, "The photos you have sorted include")
    return {folder: len(photos) for folder, photos in found.items() if photos}, samples


def _label_folders() -> Iterator[Path]:
    """The folders named by a label that hold photos of runs that were not undone."""
    with open_journal() as journal:
        for run in journal.runs(RunState.DONE):
            for entry in journal.entries(run.id, State.DONE):
                named = [f for f in entry.target.parents if animals_of(f.name) is not None]
                if named:
                    yield named[0]
