"""After a kill at any step and an undo, every byte is back, and no other file is there.

Real processes sort 200 files (photos with sidecars) and kill themselves (SIGKILL) right before or
after a chosen step: a change of the disk or a commit of the journal. A kill, unlike a power cut,
keeps what the system holds in memory, so `os.fsync` is left out here to save time.
"""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.moving import executor
from catdog_sorter.moving.journal import Journal, RunState, State
from catdog_sorter.moving.outcomes import NotRestored

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")

PHOTOS = 100
MTIME_NS = 1_400_000_000_987_654_321

# Counts the steps of a run and dies at the one it is told. `serve` forks a process per request,
# because starting Python afresh for each kill would cost more than everything else together.
SCRIPT = r"""
import ctypes, errno, json, os, signal, sys
from pathlib import Path
from catdog_sorter.moving import executor, transfer
from catdog_sorter.moving.journal import Journal
from catdog_sorter.labels import Label
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import GroupMove, Move, Plan

steps, deadline = 0, -1

def step():
    global steps
    steps += 1
    if steps == deadline:
        os.kill(os.getpid(), signal.SIGKILL)

def counted(function):
    def call(*arguments, **options):
        step()
        try:
            return function(*arguments, **options)
        finally:
            step()
    return call

def unsupported(*arguments, **options):
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))

def prepare(primitive):
    if primitive != "system call":
        transfer._rename_noreplace = lambda source, target: False
    if primitive == "reservation":
        os.link = unsupported
    transfer._rename_noreplace = counted(transfer._rename_noreplace)
    for name in ("link", "symlink", "unlink", "replace", "rename", "rmdir", "mkdir", "utime"):
        setattr(os, name, counted(getattr(os, name)))
    os.fsync = lambda descriptor: None
    transfer._copy_synced = halfway(transfer._copy_synced)
    for name in ("begin", "intend", "note_copy", "record_states", "close_run", "forget_folders"):
        setattr(Journal, name, counted(getattr(Journal, name)))

def halfway(copy):
    def call(source, part):
        if steps + 2 == deadline:
            part.path.write_bytes(source.path.read_bytes()[:3])
        step()
        digest = copy(source, part)
        step()
        return digest
    return call

def sort(top, out, journal, mode):
    groups = []
    for path in sorted(Path(top).rglob("*.jpg")):
        label = Label.CAT if int(path.stem) % 2 else Label.DOG
        folder = Path(out) / label / path.parent.relative_to(top)
        names = (path.name, path.stem + ".xmp")
        if mode == "tag":
            groups.append(tagged(label, path, Path(out) / f"{path.stem}.xmp"))
        else:
            groups.append(GroupMove(label, tuple(Move(path.parent / n, folder / n) for n in names)))
    write = lambda group: b"tagged " + group.label.encode()
    plan = Plan(tuple(groups), ())
    with Journal(Path(journal)) as opened:
        for _ in executor.apply(plan, opened, Mode(mode), "test", write=write):
            pass

def tagged(label, photo, kept):
    if int(photo.stem) % 3:  # one that has a sidecar
        sidecar = photo.with_suffix(".xmp")
        return GroupMove(label, (Move(photo, sidecar),), backup=Move(sidecar, kept))
    return GroupMove(label, (Move(photo, photo.with_name(photo.name + ".xmp")),))

def undo(journal):
    with Journal(Path(journal)) as opened:
        executor.recover(opened)
        for _ in executor.undo(opened):
            pass

def run(request):
    global deadline
    deadline = request["deadline"]
    prepare(request["primitive"])
    if request["verb"] == "sort":
        sort(request["top"], request["out"], request["journal"], request["mode"])
    else:
        undo(request["journal"])
    Path(request["journal"] + ".steps").write_text(str(steps))

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(json.loads(line))
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@dataclass
class Process:
    """Runs `SCRIPT`; each request is carried out by a new process."""

    popen: subprocess.Popen[str]

    def request(self, **request: Any) -> int:
        """Run a request; returns the signal that killed the process, 0 if it finished."""
        assert self.popen.stdin is not None
        assert self.popen.stdout is not None
        self.popen.stdin.write(json.dumps(request) + "\n")
        self.popen.stdin.flush()
        status = int(self.popen.stdout.readline())
        assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
        return os.WTERMSIG(status)


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture(scope="module")
def process() -> Iterator[Process]:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as popen:
        yield Process(popen)
        assert popen.stdin is not None
        popen.stdin.close()


@dataclass
class Place:
    """Photos below `top`, sorted into `out`, which may be on another drive."""

    top: Path
    out: Path
    journal: Path

    def fill(self, photos: int) -> None:
        for number in range(photos):
            folder = self.top / f"trip {number % 3}"
            folder.mkdir(exist_ok=True, parents=True)
            for ending in (".jpg", ".xmp"):
                path = folder / f"{number}{ending}"
                path.write_bytes(f"{ending} {number}".encode() * (number % 5 + 1))
                path.chmod(0o444 if number % 7 == 0 else 0o640)
                os.utime(path, ns=(MTIME_NS, MTIME_NS + number))

    def tree(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path in sorted((*self.top.rglob("*"), *self.out.rglob("*"))):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                found[str(path)] = None
            else:
                found[str(path)] = (path.read_bytes(), status.st_mtime_ns, status.st_mode)
        return found

    def forget(self) -> None:
        """Start again with an empty journal; the photos stay where they are."""
        for path in self.journal.parent.iterdir():
            path.unlink()


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The place, with the journal in memory if there is such a folder, for fast commits."""
    memory = Path("/dev/shm")
    other = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    try:
        out = tmp_path / "sorted"
        if getattr(request, "param", "same drive") == "other drive":
            if other.stat().st_dev == tmp_path.stat().st_dev:
                pytest.skip("there is no second file system")
            out = other / "sorted"
        (other / "state").mkdir()
        yield Place(tmp_path / "photos", out, other / "state" / "j")
    finally:
        shutil.rmtree(other)


def spread(count: int, steps: int) -> list[int]:
    """The steps to kill at: the first and last three, and others between, odd and even."""
    middle = [round(3 + (steps - 6) * (number + 0.5) / (count - 6)) for number in range(count - 6)]
    middle = [step + (number % 2) for number, step in enumerate(middle)]
    return sorted({1, 2, 3, *middle, steps - 2, steps - 1, steps})


def kill_everywhere(
    process: Process, place: Place, mode: str, primitive: str, kills: int, photos: int
) -> None:
    place.fill(photos)
    before = place.tree()
    request = {
        "verb": "sort",
        "top": str(place.top),
        "out": str(place.out),
        "journal": str(place.journal),
        "mode": mode,
        "primitive": primitive,
    }
    assert process.request(**request, deadline=-1) == 0
    steps = int(Path(f"{place.journal}.steps").read_text())
    assert place.tree() != before
    with Journal(place.journal) as journal:
        assert not any(isinstance(outcome, NotRestored) for outcome in executor.undo(journal))
    assert place.tree() == before
    for deadline in spread(kills, steps):
        place.forget()
        assert process.request(**request, deadline=deadline) == signal.SIGKILL
        assert_undo_restores(place, before, f"{mode} killed at step {deadline} of {steps}")


def assert_undo_restores(place: Place, before: dict[str, Any], when: str) -> None:
    with Journal(place.journal) as journal:
        left = []
        executor.recover(journal)
        try:
            left = [o for o in executor.undo(journal) if isinstance(o, NotRestored)]
        except UsageError:
            for run in journal.runs():
                assert run.moved == 0 or run.state is RunState.UNDONE, when
        assert not left, when
        assert place.tree() == before, when
        for run in journal.runs():
            assert run.state in (RunState.DONE, RunState.UNDONE), when
            assert not journal.entries(run.id, State.INTENDED, State.UNDOING), when


@pytest.mark.parametrize(
    ("place", "mode", "primitive", "kills"),
    [
        ("same drive", "move", "system call", 14),
        ("same drive", "move", "hard link", 8),
        ("same drive", "move", "reservation", 10),
        ("other drive", "move", "system call", 10),
        ("same drive", "copy", "system call", 8),
        ("other drive", "copy", "reservation", 8),
        ("same drive", "hardlink", "system call", 8),
        ("other drive", "symlink", "system call", 8),
        ("same drive", "tag", "system call", 9),
        ("other drive", "tag", "reservation", 9),
    ],
    indirect=["place"],
)
def test_a_killed_run_can_be_undone(
    process: Process, place: Place, mode: str, primitive: str, kills: int
) -> None:
    kill_everywhere(process, place, mode, primitive, kills, PHOTOS)


@pytest.mark.slow
@pytest.mark.parametrize("primitive", ["system call", "hard link", "reservation"])
@pytest.mark.parametrize("mode", ["move", "copy", "hardlink", "symlink", "tag"])
@pytest.mark.parametrize("place", ["same drive", "other drive"], indirect=True)
def test_a_run_killed_at_every_single_step(
    process: Process, place: Place, mode: str, primitive: str
) -> None:
    if mode == "hardlink" and (primitive == "reservation" or place.out.parent != place.top.parent):
        pytest.skip("there are no hard links to make")
    kill_everywhere(process, place, mode, primitive, kills=10_000, photos=4)


def kill_undo_everywhere(
    process: Process, place: Place, mode: str, primitive: str, kills: int, photos: int
) -> None:
    place.fill(photos)
    before = place.tree()
    common = {"journal": str(place.journal), "primitive": primitive}
    sort = {"verb": "sort", "top": str(place.top), "out": str(place.out), "mode": mode, **common}
    assert process.request(**sort, deadline=-1) == 0
    assert process.request(verb="undo", **common, deadline=-1) == 0
    assert place.tree() == before
    steps = int(Path(f"{place.journal}.steps").read_text())
    for deadline in spread(kills, steps):
        place.forget()
        assert process.request(**sort, deadline=-1) == 0
        assert process.request(verb="undo", **common, deadline=deadline) == signal.SIGKILL
        assert_undo_restores(place, before, f"undo of {mode} killed at step {deadline} of {steps}")


@pytest.mark.parametrize(
    ("place", "mode", "primitive", "kills"),
    [
        ("same drive", "move", "system call", 8),
        ("same drive", "move", "reservation", 8),
        ("other drive", "move", "hard link", 8),
        ("same drive", "copy", "system call", 8),
        ("same drive", "hardlink", "system call", 7),
        ("same drive", "symlink", "system call", 7),
        ("other drive", "tag", "hard link", 8),
    ],
    indirect=["place"],
)
def test_a_killed_undo_can_be_undone_again(
    process: Process, place: Place, mode: str, primitive: str, kills: int
) -> None:
    kill_undo_everywhere(process, place, mode, primitive, kills, PHOTOS // 2)


@pytest.mark.slow
@pytest.mark.parametrize("primitive", ["system call", "hard link", "reservation"])
@pytest.mark.parametrize("mode", ["move", "tag"])
@pytest.mark.parametrize("place", ["same drive", "other drive"], indirect=True)
def test_an_undo_killed_at_every_single_step(
    process: Process, place: Place, mode: str, primitive: str
) -> None:
    kill_undo_everywhere(process, place, mode, primitive, kills=10_000, photos=4)


def test_a_killed_sort_a_killed_undo_and_another_sort(process: Process, place: Place) -> None:
    place.fill(PHOTOS // 2)
    before = place.tree()
    common = {"journal": str(place.journal), "primitive": "system call"}
    sort = {"verb": "sort", "top": str(place.top), "out": str(place.out), "mode": "move", **common}
    assert process.request(**sort, deadline=90) == signal.SIGKILL
    assert process.request(verb="undo", **common, deadline=40) == signal.SIGKILL
    with Journal(place.journal) as journal:
        executor.recover(journal)
    assert process.request(**sort, deadline=-1) == 0
    with Journal(place.journal) as journal:
        for run in journal.runs():
            undone = executor.undo(journal, run.id)
            assert not any(isinstance(outcome, NotRestored) for outcome in undone)
    assert place.tree() == before
