"""The photos whose labels the user corrected, as labelled photos to train on.

A correction takes precedence over the folder a photo is in. Photos that were moved since are found
by the journal. Moves nothing.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from catdog_sorter.classification.corrections import load_corrections
from catdog_sorter.moving.journal import RunState, State, open_journal
from catdog_sorter.moving.modes import Mode
from catdog_sorter.training.data.samples import LABELS_BY_NAME, Sample


def with_corrections(samples: Sequence[Sample]) -> tuple[list[Sample], int, int]:
    """Apply the corrections to `samples`, and add the other corrected photos.

    Returns:
        The samples, the number of corrected ones, and how many corrected photos were not found.
    """
    corrections = load_corrections()
    samples_used, used = [], set()
    for sample in samples:
        known = corrections.of(sample.path)
        if known is not None:
            used.add(known.sha256)
        samples_used.append(
            sample if known is None else Sample(sample.path, LABELS_BY_NAME[known.label])
        )
    others = [c for sha256, c in sorted(corrections.by_content.items()) if sha256 not in used]
    moved = _moved() if others else {}
    missing = 0
    for correction in others:
        path = _where_now(correction.path, moved)
        if not path.is_symlink() and corrections.of(path) == correction:
            samples_used.append(Sample(path, LABELS_BY_NAME[correction.label]))
        else:
            missing += 1
    return samples_used, len(corrections.by_content) - missing, missing


def _moved() -> dict[Path, Path]:
    """The latest target of each photo that was moved and not put back."""
    with open_journal() as journal:
        runs = [run for run in journal.runs(RunState.DONE) if run.mode is Mode.MOVE]
        return {
            entry.source: entry.target
            for run in reversed(runs)
            for entry in journal.entries(run.id, State.DONE)
        }


def _where_now(path: Path, moved: dict[Path, Path]) -> Path:
    """Follow the moves from `path` to an existing file; `path` itself if there is none."""
    place, steps = path, 0
    while not os.path.lexists(place) and place in moved and steps < len(moved):
        place, steps = moved[place], steps + 1
    return place
