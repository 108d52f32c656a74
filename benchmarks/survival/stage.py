"""The folders in which photos are sorted under faults, and the invariants that must hold."""

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.survival import drives
from catdog_sorter.moving.xmp import with_keywords
from catdog_sorter.storage.locations import HOME_VARIABLE
from tests.support.colours import draw
from tests.support.output import Printed, printed

MODES = ("move", "copy", "hardlink", "symlink", "tag")
PRIMITIVES = ("system call", "hard link", "reservation")
MEMORY = Path("/dev/shm")
_MTIME_NS = 1_400_000_000_987_654_321
_LABELS = ("cat", "dog", "both", "neither", "unsure")

# Path -> (SHA-256 or target of a link, time, permissions); None for a folder.
Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """How a command ended: the `signal` that killed it, or 0, and its output."""

    signal: int
    code: int
    stdout: str
    stderr: str
    steps: int = 0
    hits: int = 0

    @property
    def report(self) -> Printed:
        return printed(self.stdout)


@dataclass
class Stage:
    """Photos below `top`, sorted into `out`, which may be on another drive."""

    top: Path
    out: Path
    home: Path
    model: Path
    server: subprocess.Popen[str]
    said: Path = field(init=False)

    def __post_init__(self) -> None:
        self.said = self.home.parent / "said"
        self.said.mkdir(exist_ok=True)

    def plant(self, photos: int = 16) -> None:
        """Create photos of every label, in folders, with companions and a few odd names."""
        names = ("plain", "[b] bold", "-dash", "Käse", "new\nline", "x" * 200)
        for number in range(photos):
            folder = self.top / ("", "trip", "trip/day two")[number % 3]
            stem = f"{names[number % len(names)]} {number}"
            photo = draw(folder / f"{stem}.png", _LABELS[number % 5], shade=number % 251)
            group = [photo]
            for ending in ((".xmp",), (".png.xmp", ".mov"), (), (".json",))[number % 4]:
                group.append(photo.with_name(stem + ending))
                group[-1].write_bytes(_content(ending, number))
            for path in group:
                path.chmod(0o444 if number % 7 == 0 else 0o640)
                os.utime(path, ns=(_MTIME_NS, _MTIME_NS + number))

    def forget(self) -> None:
        """Delete the journal."""
        shutil.rmtree(self.home, ignore_errors=True)

    def sort(self, mode: str = "move", *words: str, **script: Any) -> Answer:
        how = ["--tag"] if mode == "tag" else ["--mode", mode, "--into", str(self.out)]
        options = ["--model", str(self.model), *how]
        return self.run("sort", str(self.top), *options, "--yes", "--json", *words, **script)

    def run(self, *words: str, **script: Any) -> Answer:
        """Run the command in a separate process, with the events of `script`."""
        told = self.said / "told"
        told.unlink(missing_ok=True)
        places = {name: str(self.said / name) for name in ("stdout", "stderr", "told")}
        environment = {HOME_VARIABLE: str(self.home)}
        request = {"words": words, "environment": environment, **places, **script}
        assert self.server.stdin is not None and self.server.stdout is not None
        self.server.stdin.write(json.dumps(request) + "\n")
        self.server.stdin.flush()
        status = int(self.server.stdout.readline())
        texts = [(self.said / name).read_text(errors="replace") for name in ("stdout", "stderr")]
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        # A process killed while it writes them leaves an empty file.
        has_told = told.exists() and not ended_by
        counts = json.loads(told.read_text()) if has_told else {"steps": 0, "hits": 0}
        code = -ended_by if ended_by else os.WEXITSTATUS(status)
        return Answer(ended_by, code, *texts, counts["steps"], counts["hits"])

    def undo_everything(self) -> None:
        """Undo all runs, the latest first, and assert that each succeeds.

        Naming a run by its number restores files that an earlier undo left alone.
        """
        history = self.run("history", "--json")
        assert history.code == 0, history.stderr
        for line in history.stdout.splitlines():
            number = str(json.loads(line)["run"])
            answer = self.run("undo", number, "--json")
            if answer.code == 2:
                refusals = ("undone already", "no run", "moved nothing")
                assert any(refusal in answer.stderr for refusal in refusals), answer.stderr
            else:
                assert answer.code == 0, answer.stderr

    def snapshot(self) -> Snapshot:
        return {**_below(self.top), **_below(self.out)}

    def contents(self) -> Counter[str]:
        """SHA-256 of every visible or backed-up file -> number of files."""
        seen = {**self.snapshot(), **_below(self.home / "sidecars")}
        whole = {p: s for p, s in seen.items() if not Path(p).name.startswith(".catdog-")}
        return Counter(state[0] for state in whole.values() if state and state[3] == "file")


def _content(ending: str, number: int) -> bytes:
    words = f"{ending} of {number}"
    if ending.endswith(".xmp"):
        return with_keywords(None, [words]) or b""
    return words.encode() * (number % 4 + 1)


def _below(root: Path) -> Snapshot:
    found: Snapshot = {}
    for parent, folders, names in os.walk(root):
        for name in (*folders, *names):
            path = Path(parent) / name
            found[str(path)] = _seen(path)
    return found


def _seen(path: Path) -> Any:
    status = path.lstat()
    if stat.S_ISDIR(status.st_mode):
        return None
    if stat.S_ISLNK(status.st_mode):
        return (os.readlink(path), 0, 0, "link")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return (digest, status.st_mtime_ns, stat.S_IMODE(status.st_mode), "file")


def assert_nothing_lost(stage: Stage, before: Counter[str], when: str, but: int = 0) -> None:
    """Assert that every original byte sequence exists somewhere, except for `but` of them."""
    missing = before - stage.contents()
    assert sum(missing.values()) <= but, f"{when}: {sum(missing.values())} files are lost"


def assert_same(found: Snapshot, wanted: Snapshot, when: str) -> None:
    """Assert that the tree is equal in content, times (ns) and permissions."""
    differences = {
        path: (found.get(path, "absent"), wanted.get(path, "absent"))
        for path in sorted({*found, *wanted})
        if found.get(path, "absent") != wanted.get(path, "absent")
    }
    assert not differences, f"{when}: {differences}"


@contextmanager
def serving() -> Iterator[subprocess.Popen[str]]:
    """The process that forks the victims."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("victim.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        yield server
        assert server.stdin is not None
        server.stdin.close()


@contextmanager
def open_stage(
    folder: Path, model: Path, server: subprocess.Popen[str], drive: str = "same drive"
) -> Iterator[Stage]:
    """An empty stage; photos go to another file system by "other drive" or a kind of `drives`.

    The journal is in a memory file system if there is one, where its commits cost nothing.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    other = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    with ExitStack() as stack:
        for place in (folder, other):
            stack.callback(shutil.rmtree, place, ignore_errors=True)
        if drive in drives.KINDS:
            target = stack.enter_context(drives.mounted(drive, other))
        else:
            target = other if drive == "other drive" else folder
        yield Stage(folder / "photos", target / "sorted", other / "home", model, server)


def has_second_drive(folder: Path) -> bool:
    return MEMORY.is_dir() and MEMORY.stat().st_dev != folder.stat().st_dev


SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)
