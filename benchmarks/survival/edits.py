"""Has another program save, rename and delete files while the real command runs and is killed."""

import ctypes
import errno
import hashlib
import os
import random
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from types import TracebackType
from typing import Self

from benchmarks.survival.stage import MODES, Stage, has_second_drive, open_stage
from catdog_sorter.moving.xmp import with_keywords

# Where a drive offers neither, docs/safety.md says what can be lost.
_PRIMITIVES = ("system call", "hard link")
_MAX_SORT_S = 0.4
_MAX_PAUSE_S = 0.004
_AT_FDCWD, _NOREPLACE, _EXCHANGE = -100, 1, 2


@dataclass(frozen=True)
class Edited:
    """One round: the command, the number of files the editor saved, and those that were lost."""

    what: str
    edits: int
    lost: int
    kills: int


@dataclass
class Editor:
    """Another program that edits files in the folders of a stage, in a separate thread.

    It records what it replaces and deletes: it exchanges files instead of replacing them, and
    renames them before deleting, so that it sees their content at that instant.

    Attributes:
        saved: SHA-256 of the files it saved.
        gone: SHA-256 of the files it replaced or deleted.
    """

    stage: Stage
    rng: random.Random
    saved: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._own = self.stage.home.parent / "editor"
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._number = 0
        self._error: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()
        if self._error:
            raise self._error

    def _work(self) -> None:
        actions = (self._save, self._save, self._save, self._rename, self._delete, self._folder)
        try:
            while not self._stopped.wait(self.rng.uniform(0, _MAX_PAUSE_S)):
                if files := self._files():
                    # Files that vanished or appeared meanwhile were moved by the sorter.
                    with suppress(FileNotFoundError, FileExistsError, NotADirectoryError):
                        self.rng.choice(actions)(self.rng.choice(files))
        except BaseException as error:
            self._error = error

    def _files(self) -> list[Path]:
        """Visible files, there and in the target."""
        return [
            Path(parent) / name
            for top in (self.stage.top, self.stage.out)
            for parent, _, names in os.walk(top)
            for name in sorted(names)
            if not name.startswith(".")
        ]

    def _save(self, path: Path) -> None:
        """Save as editors do: write a new file and rename it."""
        new = path.with_name(f".editor-{self._number}")
        self._number += 1
        content = _content(path, self._number)
        new.write_bytes(content)
        self.saved.add(_sha256(content))
        try:
            _rename(new, path, _EXCHANGE)
        except FileNotFoundError:
            try:
                _rename(new, path, _NOREPLACE)
            except OSError:
                self._remove(new)
                raise
        else:
            self._remove(new)

    def _remove(self, path: Path) -> None:
        if path.is_symlink():
            path.unlink()
            return
        self.gone.add(_sha256(path.read_bytes()))
        path.unlink()

    def _delete(self, path: Path) -> None:
        taken = path.with_name(f".editor-{self._number}")
        self._number += 1
        _rename(path, taken, _NOREPLACE)
        self._remove(taken)

    def _rename(self, path: Path) -> None:
        self._number += 1
        _rename(path, path.with_name(f"renamed {self._number}{path.suffix}"), _NOREPLACE)

    def _folder(self, path: Path) -> None:
        if path.parent not in (self.stage.top, self.stage.out) and self.rng.random() < 0.2:
            self._number += 1
            folder = path.parent
            _rename(folder, folder.with_name(f"folder {self._number}"), _NOREPLACE)


def _content(path: Path, number: int) -> bytes:
    """Content to save: photos stay valid photos, so that they are sorted."""
    if path.suffix == ".xmp":
        return with_keywords(None, [f"edit {number}"]) or b""
    seed = path.read_bytes() if path.suffix == ".png" else b""
    return seed + b"edit %d of %s" % (number, os.fsencode(path.name))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _rename(path: Path, other: Path, flag: int) -> None:
    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(path), os.fsencode(other)
    if system.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], flag) != 0:
        code = ctypes.get_errno()
        if code == errno.ENOTEMPTY:
            code = errno.EEXIST
        raise OSError(code, os.strerror(code), str(path))


def edit(
    folder: Path, model: Path, server: "Popen[str]", rounds: int, seed: int, photos: int = 12
) -> Iterator[Edited]:
    """Sort, tag and undo beside the editor, and kill some of it; yields each round."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    drives = ("same drive", "other drive") if has_second_drive(folder) else ("same drive",)
    for number in range(rounds):
        mode, primitive = rng.choice(MODES), rng.choice(_PRIMITIVES)
        drive = "same drive" if mode in ("hardlink", "tag") else rng.choice(drives)
        with open_stage(folder / "stage", model, server, drive) as stage:
            stage.plant(photos)
            yield _round(
                stage, f"round {number}: {mode}, {primitive}, {drive}", mode, primitive, rng
            )


def _round(stage: Stage, what: str, mode: str, primitive: str, rng: random.Random) -> Edited:
    before = set(stage.contents())
    kills = 0
    with Editor(stage, random.Random(rng.random())) as editor:
        for _ in range(rng.randint(1, 3)):
            command = rng.choice(("sort", "sort", "undo"))
            how: dict[str, object] = {"primitive": primitive}
            if rng.random() < 0.5:
                how["die_after_s"] = rng.uniform(0, _MAX_SORT_S)
            answer = stage.sort(mode, **how) if command == "sort" else stage.run("undo", **how)
            kills += answer.signal != 0
            what += f", {command}{'!' if answer.signal else ''}"
            assert answer.signal or answer.code in (0, 1, 2), (what, answer.stderr)
    last = stage.run("undo", primitive=primitive)  # which finishes what was killed
    assert last.code in (0, 1, 2), (what, last.stderr)
    left = set(stage.contents())
    lost = (before | editor.saved) - editor.gone - left
    for parent in (stage.top, stage.out):
        hidden = [path.name for path in parent.rglob(".catdog-*")]
        assert not hidden, (what, hidden)
    return Edited(what, len(editor.saved), len(lost), kills)
