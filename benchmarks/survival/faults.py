"""Makes every operation on disk and journal fail in turn, and checks every byte.

An error is raised before the operation takes place, or after it: over a network the response can
get lost, so an operation that is reported as failed has happened.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from benchmarks.survival.kills import Setting, settings
from benchmarks.survival.stage import Answer, Snapshot, Stage, assert_nothing_lost, open_stage

_ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EXDEV", "ENAMETOOLONG", "ENOENT", "EEXIST")
DATABASE_ERRORS = ("locked", "read-only", "full", "corrupt", "io")
OPERATIONS = {
    "rename_noreplace": _ERRORS,
    "link": _ERRORS,
    "symlink": _ERRORS,
    "unlink": _ERRORS,
    "replace": _ERRORS,
    "rmdir": _ERRORS,
    "mkdir": _ERRORS,
    "utime": _ERRORS,
    "copy": _ERRORS,
    "read_back": ("EIO", "EACCES", "ENOENT"),
    "lstat": ("EIO", "EACCES", "ENOENT", "ENAMETOOLONG"),
    "sync_folder": ("EIO", "ENOSPC", "EACCES"),
    "transaction": DATABASE_ERRORS,
}
MEDDLINGS = ("taken away", "changed", "replaced", "occupied", "a folder")
# Allowed exit codes: done, some photos failed, the journal failed.
_HONEST_CODES = (0, 1, 3)


@dataclass(frozen=True)
class Injected:
    """One sort or undo with a fault in it; `hits` faults really occurred."""

    what: str
    hits: int


def inject(
    folder: Path, model: Path, server: "Popen[str]", faults: int, seed: int, photos: int = 10
) -> Iterator[Injected]:
    """Inject until at least `faults` have occurred, every kind in turn in random settings."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = settings(folder)
    kinds: list[dict[str, Any] | str] = [*_faults(), *MEDDLINGS * 6]
    rng.shuffle(kinds)
    occurred = number = 0
    while occurred < faults:
        kind, setting = kinds[number % len(kinds)], rng.choice(chosen)
        number += 1
        if isinstance(kind, str):
            nth = rng.randint(1, 6)
            injected = meddle(folder / "stage", model, server, setting, kind, nth)
        else:
            with open_stage(folder / "stage", model, server, setting.drive) as stage:
                injected = _inject_once(stage, setting, kind, rng, photos)
        occurred += injected.hits
        yield injected


def _faults() -> Iterator[dict[str, Any]]:
    for operation, errors in OPERATIONS.items():
        for error in errors:
            for when in ("before", "after"):
                for lasting in (False, True):
                    yield {"operation": operation, "error": error, "when": when, "lasting": lasting}


def _inject_once(
    stage: Stage, setting: Setting, kind: dict[str, Any], rng: random.Random, photos: int
) -> Injected:
    stage.plant(photos)
    before, originals = stage.snapshot(), stage.contents()
    script = {"fault": {**kind, "nth": rng.randint(1, 6)}}
    in_undo = rng.random() < 0.3
    when = f"{setting} {script}{' in the undo' if in_undo else ''}"
    how = {"primitive": setting.primitive}
    first = stage.sort(setting.mode, **how, **({} if in_undo else script))
    assert_honest(first, when)
    assert_nothing_lost(stage, originals, when)
    hits = first.hits
    if in_undo:
        undone = stage.run("undo", **how, **script)
        assert undone.code in (*_HONEST_CODES, 2) and "Traceback" not in undone.stderr, when
        assert_nothing_lost(stage, originals, when)
        hits = undone.hits
    refuses_times = in_undo and kind["operation"] == "utime" and kind["lasting"]
    _assert_all_comes_back(stage, before, when, with_times=not refuses_times)
    return Injected(when, hits)


def meddle(
    folder: Path, model: Path, server: "Popen[str]", setting: Setting, what: str, nth: int
) -> Injected:
    """Have another program do `what` right before the n-th file is moved."""
    with open_stage(folder, model, server, setting.drive) as stage:
        stage.plant(10)
        originals = stage.contents()
        script = {"meddling": {"what": what, "nth": nth}}
        answer = stage.sort(setting.mode, primitive=setting.primitive, **script)
        when = f"{setting} {script}"
        assert_honest(answer, when)
        # A file that another program wrote to is no longer the original.
        assert_nothing_lost(stage, originals, when, but=what == "changed")
        _assert_others_files_stay(stage, what, answer.hits, when)
        undone = stage.run("undo")
        assert undone.code in (0, 1), undone.stderr
        assert_nothing_lost(stage, originals, when, but=what == "changed")
        _assert_others_files_stay(stage, what, answer.hits, when)
        return Injected(when, answer.hits)


def assert_honest(answer: Answer, when: str) -> None:
    """Assert that the run ended, its totals add up, and the exit code shows failed photos."""
    assert answer.signal == 0 and answer.code in _HONEST_CODES, (when, answer.code, answer.stderr)
    assert "Traceback" not in answer.stderr, (when, answer.stderr)
    if not answer.stdout:
        assert answer.code == 3 and answer.stderr.startswith("catdog-sort: "), when
        return
    report = answer.report.summary
    parts = sum(report[name] for name in ("sorted", "left", "unreadable", "skipped"))
    assert report["found"] == parts, when
    assert bool(answer.report.problems) <= (answer.code in (1, 3)), when


def _assert_others_files_stay(stage: Stage, what: str, hits: int, when: str) -> None:
    """Assert that the other program's files are still there."""
    places = stage.top, stage.out, stage.home / "sidecars"
    there = [path for place in places for path in place.rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in there]
    if hits and what == "occupied":
        assert b"somebody else's, made in the same instant" in contents, when
    if hits and what == "replaced":
        assert b"another file under the old name" in contents, when


def _assert_all_comes_back(stage: Stage, before: Snapshot, when: str, with_times: bool) -> None:
    """Assert that undo restores the first tree once the disk works again.

    Files copied back to a drive that refuses times have lost theirs.
    """
    stage.undo_everything()
    assert _files(stage.snapshot(), with_times) == _files(before, with_times), when


def _files(snapshot: Snapshot, with_times: bool) -> Snapshot:
    """The files only: an empty folder that could not be removed is harmless."""
    files = {path: state for path, state in snapshot.items() if state is not None}
    if with_times:
        return files
    return {path: (digest, mode, kind) for path, (digest, _, mode, kind) in files.items()}
