"""Kills the real command at every kind of step, again in the recovery, and checks every byte."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from benchmarks.survival.stage import (
    MODES,
    PRIMITIVES,
    SIGKILL,
    Snapshot,
    Stage,
    assert_nothing_lost,
    assert_same,
    has_second_drive,
    open_stage,
)

# Commands that a user may run after a kill; `!` marks one that is killed too.
AFTERMATHS = ("undo", "sort", "undo! undo", "sort! undo", "sort! sort", "undo! sort", "sort! undo!")
_MAX_SORT_S = 0.4


@dataclass(frozen=True)
class Tried:
    """One sort, the kills that hit, and the photos that were lost (none)."""

    what: str
    kills: int


@dataclass(frozen=True)
class Setting:
    """The mode, file system and target of a sort."""

    mode: str
    primitive: str
    drive: str


def settings(folder: Path, more_drives: tuple[str, ...] = ()) -> list[Setting]:
    """All valid settings: hard links need one drive that supports them.

    Tags have no target; sidecars they replace are backed up on another drive, if there is one.
    """
    second = ("other drive",) if has_second_drive(folder) else ()
    drives = ("same drive", *second, *more_drives)
    return [
        Setting(mode, primitive, drive)
        for mode in MODES
        for drive in drives
        for primitive in PRIMITIVES
        if mode not in ("hardlink", "tag") or drive == "same drive"
        if mode != "hardlink" or primitive != "reservation"
    ]


def kill(
    folder: Path,
    model: Path,
    server: "Popen[str]",
    kills: int,
    seed: int,
    photos: int = 16,
    more_drives: tuple[str, ...] = (),
) -> Iterator[Tried]:
    """Kill until at least `kills` have hit, spread evenly over all settings; yields each sort."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = settings(folder, more_drives)
    for number, setting in enumerate(chosen):
        share = kills * (number + 1) // len(chosen) - kills * number // len(chosen)
        with open_stage(folder / "stage", model, server, setting.drive) as stage:
            yield from _kill_one_setting(stage, setting, share, rng, photos)


def _kill_one_setting(
    stage: Stage, setting: Setting, kills: int, rng: random.Random, photos: int
) -> Iterator[Tried]:
    stage.plant(photos)
    before = stage.snapshot()
    whole = stage.sort(setting.mode, primitive=setting.primitive)
    assert whole.code == 0, whole.stderr
    sorted_tree = stage.snapshot()
    assert sorted_tree != before
    stage.undo_everything()
    assert_same(stage.snapshot(), before, f"{setting} undone")
    while kills > 0:
        stage.forget()
        tried = _kill_once(stage, setting, whole.steps, sorted_tree, before, rng)
        kills -= tried.kills
        yield tried


def _kill_once(
    stage: Stage,
    setting: Setting,
    steps: int,
    sorted_tree: Snapshot,
    before: Snapshot,
    rng: random.Random,
) -> Tried:
    originals = stage.contents()
    aftermath = rng.choice(AFTERMATHS)
    how = {"primitive": setting.primitive}
    if rng.random() < 0.25:
        instant: dict[str, float] = {"die_after_s": rng.uniform(0, _MAX_SORT_S)}
    else:
        instant = {"die_at": rng.randint(1, steps)}
    when = f"{setting} {instant} then {aftermath}"
    answers = [stage.sort(setting.mode, **how, **instant)]
    assert_nothing_lost(stage, originals, when)
    for command in aftermath.split():
        second = {"die_at": rng.randint(1, steps // 2)} if command.endswith("!") else {}
        when += f" {second}"
        if command.startswith("sort"):
            answers.append(stage.sort(setting.mode, **how, **second))
        else:
            answers.append(stage.run("undo", **how, **second))
        assert_nothing_lost(stage, originals, when)
        codes = (0, 2) if command.startswith("undo") else (0,)
        assert answers[-1].signal or answers[-1].code in codes, (when, answers[-1].stderr)
    if aftermath.endswith("sort"):
        is_new = setting.mode == "tag"  # a created sidecar has no earlier time
        found, wanted = stage.snapshot(), sorted_tree
        assert_same(*(map(_timeless, (found, wanted)) if is_new else (found, wanted)), when)
    stage.undo_everything()
    assert_same(stage.snapshot(), before, when)
    return Tried(when, sum(answer.signal == SIGKILL for answer in answers))


def _timeless(snapshot: Snapshot) -> Snapshot:
    return {path: state and (state[0], *state[2:]) for path, state in snapshot.items()}
