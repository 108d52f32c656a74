"""The stored training runs: lists, finds and removes them.

Decides which old runs are removed. Trains nothing.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catdog_sorter.errors import UsageError
from catdog_sorter.model.bundle import plain_name
from catdog_sorter.storage.locations import runs_folder
from catdog_sorter.text import shown

SETTINGS, REPORT = "run.json", "report.html"
MAX_KEPT = 10


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """A run's folder and its record, `run.json`.

    Attributes:
        name: Name of the run and its model.
        folder: Logs, figures and checkpoints.
        settings: Content of `run.json`; empty where that is damaged.
        is_finished: Whether its report was written.
        size_bytes: Total size of its files.
        changed_s: Time of the last change, seconds since 1970.
    """

    name: str
    folder: Path
    settings: dict[str, Any]
    is_finished: bool
    size_bytes: int
    changed_s: float


def known_runs() -> list[TrainingRun]:
    """List all runs, the latest first."""
    if not runs_folder().is_dir():
        return []
    folders = [each for each in runs_folder().iterdir() if (each / SETTINGS).is_file()]
    return sorted(map(_read, folders), key=lambda run: run.changed_s, reverse=True)


def find_run(name: str) -> TrainingRun:
    """Find the run of this name. Raises UsageError if there is none."""
    folder = runs_folder() / plain_name(name)
    if not (folder / SETTINGS).is_file():
        known = ", ".join(run.name for run in known_runs()) or "none"
        raise UsageError(f"There is no run {shown(name)}. Known runs: {known}.")
    return _read(folder)


def remove_run(name: str) -> None:
    """Remove a run; its model is kept. Raises UsageError if there is none."""
    shutil.rmtree(find_run(name).folder)


def remove_old_runs(keep: int = MAX_KEPT) -> list[str]:
    """Remove finished runs older than the `keep` latest runs; returns their names."""
    old = [run for run in known_runs()[keep:] if run.is_finished]
    for run in old:
        shutil.rmtree(run.folder, ignore_errors=True)
    return [run.name for run in old]


def _read(folder: Path) -> TrainingRun:
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        settings = {}
    files = [each.stat() for each in folder.rglob("*") if each.is_file()]
    return TrainingRun(
        folder.name,
        folder,
        settings if isinstance(settings, dict) else {},
        (folder / REPORT).is_file(),
        sum(status.st_size for status in files),
        max((status.st_mtime for status in files), default=0.0),
    )
