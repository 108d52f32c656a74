"""Sorts, tags, undoes, edits, renames, adds, deletes and crashes in any order, against a model.

The model knows the path and the bytes of every file and what each run did, and nothing of journals,
drives or steps. After every rule the disk must look as the model does.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.survival import victim
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction
from catdog_sorter.moving import executor
from catdog_sorter.moving.journal import Entry, Journal, RunState, State
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved
from catdog_sorter.moving.sort import Sorting, plan_sorting
from catdog_sorter.moving.tagging import KEYWORDS, new_content, plan_tags
from catdog_sorter.moving.xmp import with_keywords
from catdog_sorter.photos.find import Photo, find_photos
from catdog_sorter.storage.locations import HOME_VARIABLE, sidecar_backups_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")

LABELS = (Label.CAT, Label.DOG, Label.NEITHER)
FOLDERS = ("", "t", "t/u")
NAMES = ("a", "b", "c")
KEPT = Path("kept")


FILE = (
    st.sampled_from(("", "", *FOLDERS, "cat", "elsewhere/dog")),
    st.sampled_from(NAMES),
    st.sampled_from((".jpg", ".jpg", ".xmp", ".jpg.xmp")),
    st.sampled_from(LABELS),
)


@dataclass(frozen=True)
class Choice:
    """The options of a sort."""

    mode: Mode
    flat: bool
    elsewhere: bool
    with_neither: bool

    def sorting(self, top: Path) -> Sorting:
        names = {Label.CAT: "cat", Label.DOG: "dog"}
        if self.with_neither:
            names[Label.NEITHER] = "rest"
        return Sorting(names, top.parent / "elsewhere" if self.elsewhere else None, self.flat)


CHOICES = st.builds(
    Choice, st.sampled_from([Mode.MOVE, Mode.MOVE, Mode.COPY]), *[st.booleans()] * 3
)


@dataclass(frozen=True)
class Step:
    """A run's action on one file: its first place, its new place, and its bytes.

    A run that tags: (sidecar, its backup, bytes), if there was one; (photo, sidecar, bytes).
    `group` is the same for all files of one photo.
    """

    source: Path
    target: Path
    content: bytes
    group: int

    @property
    def is_photo(self) -> bool:
        return self.source.suffix == ".jpg"


@dataclass
class PastRun:
    """The steps of a run, in order; `earlier`: the files that were there before."""

    mode: Mode
    steps: list[Step]
    earlier: frozenset[Path]
    is_undone: bool = False


@dataclass
class Model:
    """Every file that must be there, and every run that moved photos, by its number."""

    files: dict[Path, bytes] = field(default_factory=dict)
    runs: dict[int, PastRun] = field(default_factory=dict)

    def sort(self, top: Path, choice: Choice) -> PastRun:
        """Apply a sort to the model; returns the run."""
        sorting = choice.sorting(top)
        base = sorting.into or top
        outputs = {label: base / name for label, name in sorting.folders.items()}
        run = PastRun(choice.mode, [], frozenset(self.files))
        for photo in self._photos(top, list(outputs.values())):
            label = label_of(self.files[photo])
            if label not in outputs:
                continue
            folder = outputs[label] / ("" if choice.flat else photo.parent.relative_to(top))
            group = [photo, *self._sidecars(photo)]
            first = len(run.steps)
            for source, target in zip(group, self._free(group, folder), strict=False):
                run.steps.append(Step(source, target, self.files[source], first))
            self._claim(run.steps[first:])
        if choice.mode is Mode.MOVE:
            for step in run.steps:
                del self.files[step.source]
        return run

    def _photos(self, top: Path, outputs: list[Path]) -> list[Path]:
        """The photos that a sort classifies: those of a folder before those of its sub-folders."""
        found = [p for p in self.files if p.suffix == ".jpg" and p.is_relative_to(top)]
        found = [p for p in found if not any(p.is_relative_to(folder) for folder in outputs)]
        return sorted(found, key=lambda p: (p.parent.parts, p.name))

    def _free(self, group: list[Path], folder: Path) -> list[Path]:
        """The first names free for the whole group; none if the same photo has one of them."""
        stem = group[0].stem
        for number in count(1):
            start = f"{stem} ({number})" if number > 1 else stem
            targets = [folder / path.name.replace(stem, start, 1) for path in group]
            if self.files.get(targets[0]) == self.files[group[0]]:
                return []
            if not any(target in self.files for target in targets):
                return targets
        raise AssertionError

    def _claim(self, steps: list[Step]) -> None:
        self.files.update({step.target: step.content for step in steps})

    def tag(self, top: Path) -> PastRun:
        """Apply a run with --tag to the model; returns the run."""
        run = PastRun(Mode.TAG, [], frozenset(self.files))
        photos = self._photos(top, [])
        news = {photo: self._new_sidecar(photo, photos) for photo in photos}
        for photo in photos:
            words = KEYWORDS.get(label_of(self.files[photo]), ())
            sidecar = next(iter(self._sidecars(photo)), None)
            old = self.files[sidecar] if sidecar else None
            new = with_keywords(old, words) if words else None
            if new is None:
                continue
            group = len(run.steps)
            if sidecar and old:
                run.steps.append(Step(sidecar, KEPT, old, group))
            run.steps.append(Step(photo, sidecar or news[photo], new, group))
            self._claim(run.steps[-1:])
        return run

    def _sidecars(self, photo: Path) -> list[Path]:
        """The photo's own sidecar, then one that it may share with others."""
        both = photo.with_name(f"{photo.name}.xmp"), photo.with_suffix(".xmp")
        return [sidecar for sidecar in both if sidecar in self.files]

    def _new_sidecar(self, photo: Path, photos: list[Path]) -> Path:
        """The name of a new sidecar, in the form of those beside it."""
        beside = [self._sidecars(p)[:1] for p in photos if p.parent == photo.parent]
        styles = {sidecar.name.endswith(".jpg.xmp") for some in beside for sidecar in some}
        shared = photo.with_suffix(".xmp")
        return shared if styles == {False} else photo.with_name(f"{photo.name}.xmp")

    def undo(self, run: PastRun) -> None:
        """Apply an undo to the model: groups that were moved are restored as a whole, or stay."""
        groups: dict[int, list[Step]] = {}
        for step in reversed(run.steps):
            groups.setdefault(step.group, []).append(step)
        left: list[Step] = []
        for group in groups.values():
            photo = next((step for step in group if step.is_photo), None)
            if run.mode is Mode.MOVE and photo and not self._can_go_back(photo, group):
                left += group
                continue
            if run.mode is Mode.MOVE and photo:
                self._bring_what_was_made(photo, group, run)
            for step in group:
                if not self._take_back(step, run.mode, has_photo=photo is not None):
                    left.append(step)
        run.steps = [step for step in run.steps if step in left]
        run.is_undone = not left

    def _can_go_back(self, photo: Step, group: list[Step]) -> bool:
        place = photo.target if photo.target in self.files else photo.source
        return self.files.get(place) == photo.content and not any(
            step.source in self.files and step.target in self.files for step in group
        )

    def _bring_what_was_made(self, photo: Step, group: list[Step], run: PastRun) -> None:
        """Move back the sidecars that were created beside the photo since."""
        if photo.target not in self.files:
            return
        others = {step.target for step in group} | run.earlier | self._sorted_by_others(run)
        for sidecar in self._sidecars(photo.target):
            name = sidecar.name.replace(photo.target.stem, photo.source.stem, 1)
            back = photo.source.with_name(name)
            if sidecar not in others and back not in self.files:
                self.files[back] = self.files.pop(sidecar)

    def _sorted_by_others(self, run: PastRun) -> set[Path]:
        others = (other for other in self.runs.values() if other is not run and not other.is_undone)
        return {step.target for other in others for step in other.steps}

    def _take_back(self, step: Step, mode: Mode, has_photo: bool) -> bool:
        """Undo one step; returns whether that was possible.

        With its photo, a companion is restored as it is now; alone, only if it is unchanged.
        """
        now, original = self.files.get(step.target), self.files.get(step.source)
        if step.target == KEPT:
            self.files.setdefault(step.source, step.content)
            return original in (None, step.content)
        if mode is Mode.MOVE:
            if now is None:
                return original == step.content
            if original is not None or not (has_photo or now == step.content):
                return False
            self.files[step.source] = self.files.pop(step.target)
            return True
        if now is None:
            return True
        is_superfluous = original == step.content if mode is Mode.COPY else original is not None
        if now != step.content or not is_superfluous:
            return False
        del self.files[step.target]
        return True


def label_of(content: bytes) -> Label:
    return Label(content.split()[0].decode())


class AnyOrder(RuleBasedStateMachine):
    """A user, their photos, and a computer that crashes."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.top = self.folder / "photos"
        self.top.mkdir()
        os.environ[HOME_VARIABLE] = str(self.folder / "home")
        self.model = Model()
        self.tags: set[bytes] = set()
        self.made = count(1)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # --- What a person does ---

    @initialize(files=st.lists(st.tuples(*FILE), min_size=4, max_size=12))
    def begin(self, files: list[tuple[str, str, str, Label]]) -> None:
        """Add files at the start: single additions would seldom be enough."""
        for file in files:
            self.add_file(*file)

    @rule(file=st.tuples(*FILE))
    def add(self, file: tuple[str, str, str, Label]) -> None:
        self.add_file(*file)

    def add_file(self, folder: str, name: str, suffix: str, label: Label) -> None:
        base = self.folder if folder.startswith("elsewhere") else self.top
        self.write(base / folder / (name + suffix), label)

    @precondition(lambda self: self.model.files)
    @rule(data=st.data(), label=st.sampled_from(LABELS))
    def edit(self, data: st.DataObject, label: Label) -> None:
        self.write(self.any_file(data), label)

    @precondition(lambda self: self.model.files)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        path = self.any_file(data)
        path.unlink()
        del self.model.files[path]

    @precondition(lambda self: self.model.files)
    @rule(data=st.data(), folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, folder: str, name: str) -> None:
        path = self.any_file(data)
        target = self.top / folder / (name + path.suffix)
        if target not in self.model.files:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
            self.model.files[target] = self.model.files.pop(path)

    # --- What the program does ---

    @rule(choice=CHOICES, then_undo=st.booleans())
    def sort(self, choice: Choice, then_undo: bool) -> None:
        done = self.model.sort(self.top, choice)
        with self.journal() as journal:
            executor.recover(journal)
            outcomes = list(really_sort(self.top, choice, journal))
            assert all(isinstance(outcome, Moved) for outcome in outcomes)
            if done.steps:
                self.model.runs[journal.runs()[0].id] = done
        assert len(outcomes) == sum(step.is_photo for step in done.steps)
        if then_undo:
            self.undo()

    @rule(which=st.sampled_from((0, 0, 1)))
    def undo(self, which: int = 0) -> None:
        """Undo the last run without a number, an earlier one by its number."""
        with self.journal() as journal:
            executor.recover(journal)
            number = self.run_to_undo(which)
            last = journal.runs()[0].id if journal.runs() else None
            if last is None or last not in self.undoable():
                with pytest.raises(UsageError):
                    executor.undo(journal)
            if number is None:
                return
            list(executor.undo(journal, None if number == last else number))
            state = {run.id: run.state for run in journal.runs()}[number]
        self.model.undo(self.model.runs[number])
        assert (state is RunState.UNDONE) == self.model.runs[number].is_undone

    def undoable(self) -> list[int]:
        return sorted(n for n, run in self.model.runs.items() if not run.is_undone)

    def run_to_undo(self, which: int) -> int | None:
        undoable = self.undoable()
        return undoable[-1 - min(which, len(undoable) - 1)] if undoable else None

    @rule(then_undo=st.booleans())
    def tag(self, then_undo: bool) -> None:
        done = self.model.tag(self.top)
        self.tags |= {step.content for step in done.steps if step.target != KEPT}
        with self.journal() as journal:
            executor.recover(journal)
            outcomes = list(really_tag(self.top, journal))
            assert all(isinstance(outcome, Moved) for outcome in outcomes)
            if done.steps:
                self.model.runs[journal.runs()[0].id] = done
        assert len(outcomes) == sum(step.target != KEPT for step in done.steps)
        if then_undo:
            self.undo()

    @rule(choice=CHOICES, die_at=st.integers(1, 120))
    def crash_in_sort(self, choice: Choice, die_at: int) -> None:
        self.crash(die_at, lambda journal: list(really_sort(self.top, choice, journal)))

    @rule(die_at=st.integers(1, 80))
    def crash_in_tag(self, die_at: int) -> None:
        foreseen = Model(dict(self.model.files)).tag(self.top)
        self.tags |= {step.content for step in foreseen.steps if step.target != KEPT}
        self.crash(die_at, lambda journal: list(really_tag(self.top, journal)))

    @rule(die_at=st.integers(1, 80))
    def crash_in_undo(self, die_at: int) -> None:
        if number := self.run_to_undo(0):
            self.crash(die_at, lambda journal: list(executor.undo(journal, number)))

    @rule(die_at=st.integers(1, 20))
    def crash_in_recovery(self, die_at: int) -> None:
        self.crash(die_at, executor.recover, recovers=False)

    # --- What must hold ---

    @invariant()
    def the_disk_is_as_the_model_says(self) -> None:
        assert self.disk() == self.model.files

    # --- How it is done ---

    def crash(self, die_at: int, work: Any, recovers: bool = True) -> None:
        """Kill a process at work, then recover, and read from the journal how far it got."""
        before = self.contents()
        child = os.fork()
        if child == 0:
            try:
                victim.prepare(victim.Script({"die_at": die_at}), "system call")
                with self.journal() as journal:
                    executor.recover(journal)
                    work(journal)
                os._exit(0)
            except BaseException as error:
                print(repr(error), file=sys.stderr)
                os._exit(9)
        _, status = os.waitpid(child, 0)
        assert status in (0, signal.SIGKILL), status
        assert before - self.tags <= self.contents(), "bytes are lost"
        with self.journal() as journal:
            executor.recover(journal)
            self.adopt(journal)
        now = self.contents()
        assert before - self.tags == now - self.tags, "bytes are lost, or came from nowhere"
        self.model.files = self.disk()

    def adopt(self, journal: Journal) -> None:
        """Take the runs from the journal: where a crash stopped cannot be predicted."""
        disk = self.disk()
        for run in journal.runs():
            undone = run.state == "undone"
            done = journal.entries(run.id, *([] if undone else [State.DONE, State.LEFT]))
            known = self.model.runs.get(run.id)
            if known is None and run.moved:
                steps = [self.step(entry, disk) for entry in done]
                earlier = frozenset(self.model.files)
                self.model.runs[run.id] = PastRun(Mode(run.mode), steps, earlier, undone)
            elif known is not None and not undone:
                left = {entry.source for entry in done}
                known.steps = [step for step in known.steps if step.source in left]
                self.model.runs[run.id] = replace(known)
            elif known is not None:
                known.is_undone = True

    def step(self, entry: Entry, disk: dict[Path, bytes]) -> Step:
        if entry.target.parent == sidecar_backups_folder() and entry.target.exists():
            return Step(entry.source, KEPT, entry.target.read_bytes(), entry.photo)
        return Step(entry.source, entry.target, disk.get(entry.target, b"gone"), entry.photo)

    def contents(self) -> set[bytes]:
        """The content of all files, including the backups of sidecars."""
        kept = sidecar_backups_folder().glob("*.xmp")
        return {*self.disk().values(), *(path.read_bytes() for path in kept)}

    def journal(self) -> Journal:
        return Journal(self.folder / "journal")

    def disk(self) -> dict[Path, bytes]:
        files = (path for part in ("photos", "elsewhere") for path in self.all_in(part))
        return {path: path.read_bytes() for path in files}

    def all_in(self, part: str) -> Iterator[Path]:
        return (path for path in (self.folder / part).rglob("*") if not path.is_dir())

    def any_file(self, data: st.DataObject) -> Path:
        return data.draw(st.sampled_from(sorted(self.model.files)))

    def write(self, path: Path, label: Label) -> None:
        """Write bytes of a new length, so that an edit is noticed regardless of the clock."""
        number = next(self.made)
        content = f"{label} {number} ".encode() + b"." * number
        if path.suffix == ".xmp":
            content = with_keywords(None, [f"mine {content.decode()}"]) or b""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.model.files[path] = content


def really_sort(top: Path, choice: Choice, journal: Journal) -> Iterator[Any]:
    """Sort with the program, but with labels read from the files' first words."""
    sorting = choice.sorting(top)
    found = list(find_photos([top], skip=sorting.is_sorted([top])))
    plan = plan_sorting(found, results_of(found), sorting)
    return executor.apply(plan, journal, choice.mode, "sort")


def really_tag(top: Path, journal: Journal) -> Iterator[Any]:
    found = list(find_photos([top]))
    plan, refused = plan_tags(found, results_of(found))
    assert not refused
    return executor.apply(plan, journal, Mode.TAG, "sort --tag", write=new_content)


def results_of(found: list[Any]) -> list[Prediction]:
    assert all(isinstance(photo, Photo) for photo in found)
    return [
        Prediction(photo.path, 0.0, 0.0, label_of(photo.path.read_bytes()), "words")
        for photo in found
    ]


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


SUPPRESSED = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)


def play(examples: int, steps: int) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=SUPPRESSED,
        ),
    )


@pytest.mark.timeout(600)
def test_after_any_order_of_actions_the_disk_matches_the_model() -> None:
    play(examples=15, steps=25)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_after_long_orders_of_actions_the_disk_matches_the_model() -> None:
    play(examples=80, steps=40)
