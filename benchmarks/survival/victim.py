"""Runs the real command in processes that die, or whose disk fails, at a chosen step.

Run as a script, it reads one request per line and forks a process for each, because starting Python
for every kill would take most of the time. For the same reason it omits `os.fsync` (unlike a power
cut, a kill keeps what the system holds in memory), decodes photos in the process itself (the death
of decoders is tested elsewhere), and skips the trial of the model.
"""

import builtins
import errno
import io
import json
import os
import signal
import sqlite3
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

from PIL import Image

from catdog_sorter import cli, errors
from catdog_sorter.classification import pipeline
from catdog_sorter.decoding import image as decode
from catdog_sorter.decoding.pool import DecodedPhoto
from catdog_sorter.model import preprocessing, trial
from catdog_sorter.moving import executor, journal, places, transfer
from catdog_sorter.storage import database, locations

_CALLS = ("link", "symlink", "unlink", "replace", "rename", "rmdir", "mkdir", "utime")
_COMMITS = ("begin", "intend", "note_copy", "record_states", "close_run", "forget_folders")
_DATABASE = {
    "locked": sqlite3.OperationalError("database is locked"),
    "read-only": sqlite3.OperationalError("attempt to write a readonly database"),
    "full": sqlite3.OperationalError("database or disk is full"),
    "corrupt": sqlite3.DatabaseError("database disk image is malformed"),
    "io": sqlite3.OperationalError("disk I/O error"),
}


class Script:
    """The event of one process: a death, a fault, or interference by another program."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.steps = 0
        self.calls = 0
        self.hits = 0
        self.die_at: int = request.get("die_at") or -1
        self.fault: dict[str, Any] = request.get("fault") or {}
        self.meddling: dict[str, Any] = request.get("meddling") or {}

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def due(self, name: str) -> bool:
        """Whether this call of the operation `name` has to fail."""
        if self.fault.get("operation") != name:
            return False
        self.calls += 1
        nth = self.fault["nth"]
        due = self.calls >= nth if self.fault["lasting"] else self.calls == nth
        self.hits += due
        return due

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a step before and after it, and the fault if it is due."""

        def call(*arguments: Any, **options: Any) -> Any:
            due = self.due(name)
            self.step()
            if due and self.fault["when"] == "before":
                raise self.error()
            try:
                result = function(*arguments, **options)
            finally:
                self.step()
            if due:
                raise self.error()
            return result

        return call

    def error(self) -> Exception:
        code = self.fault["error"]
        if code in _DATABASE:
            return _DATABASE[code]
        number = getattr(errno, code)
        return OSError(number, os.strerror(number))


class InThisProcess:
    """Replaces the decoder processes."""

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_: object) -> None: ...

    def start_one(self) -> None: ...

    def decode(
        self, path: Path, min_side: int, size: int, content: None = None, high_res_side: int = 0
    ) -> DecodedPhoto:
        return DecodedPhoto(preprocessing.resize(decode.read_photo(path, min_side), size), 1.0)


def prepare(script: Script, primitive: str) -> None:
    """Wrap everything that changes the disk or the journal in the script's steps."""
    pipeline.DecoderPool = InThisProcess  # type: ignore[assignment,misc]
    trial.ensure_tried = lambda bundle: None
    os.fsync = lambda descriptor: None
    if primitive != "system call":
        transfer._rename_noreplace = lambda source, target: False
    if primitive == "reservation":
        os.link = _unsupported
    transfer._rename_noreplace = script.around("rename_noreplace", transfer._rename_noreplace)
    for name in _CALLS:
        setattr(os, name, script.around(name, getattr(os, name)))
    for name in _COMMITS:
        setattr(journal.Journal, name, script.around(name, getattr(journal.Journal, name)))
    transfer._copy_synced = _halfway(script, transfer._copy_synced)
    transfer._sync_folder = script.around("sync_folder", transfer._sync_folder)
    places.checked_regular = script.around("lstat", places.checked_regular)
    transfer.checked_regular = places.checked_regular
    transfer._sha256 = script.around("read_back", transfer._sha256)
    database.transaction = _failing(script, database.transaction)
    executor._transfer = _meddled(script, executor._transfer)


def _unsupported(*arguments: Any, **options: Any) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def _halfway(script: Script, copy: Callable[..., Any]) -> Callable[..., Any]:
    """A copy function that can die or fail after writing a part of the bytes."""

    def call(source: places.Place, part: places.Place) -> Any:
        due = script.due("copy")
        if due or script.steps + 1 == script.die_at:
            part.path.write_bytes(source.path.read_bytes()[:3])
        script.step()
        if due:
            raise script.error()
        digest = copy(source, part)
        script.step()
        return digest

    return call


def _failing(script: Script, transaction: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def call(
        connection: sqlite3.Connection, path: Path, error: type[errors.DatabaseError]
    ) -> Iterator[None]:
        if error is not errors.JournalError:  # what the cache may do: classification/test_cache.py
            with transaction(connection, path, error):
                yield
            return
        due = script.due("transaction")
        with database.advice(path, error):
            if due and script.fault["when"] == "before":
                raise script.error()
        with transaction(connection, path, error):
            yield
        with database.advice(path, error):
            if due:
                raise script.error()

    return call


def _meddled(script: Script, transferred: Callable[..., Any]) -> Callable[..., Any]:
    """Have another program take, change or replace a file at the last instant."""

    def call(entry: journal.Entry, *rest: Any) -> Any:
        if script.meddling:
            script.calls += 1
            if script.calls == script.meddling["nth"]:
                script.hits += 1
                _meddle(script.meddling["what"], entry)
        return transferred(entry, *rest)

    return call


def _meddle(what: str, entry: journal.Entry) -> None:
    aside = entry.source.with_name(f"{entry.source.name}.aside")
    match what:
        case "taken away":
            entry.source.rename(aside)
        case "changed":
            with builtins.open(entry.source, "ab") as file:
                file.write(b"changed in the last instant")
        case "replaced":
            entry.source.rename(aside)
            entry.source.write_bytes(b"another file under the old name")
        case "occupied":
            entry.target.parent.mkdir(parents=True, exist_ok=True)
            entry.target.write_bytes(b"somebody else's, made in the same instant")
        case "a folder":
            entry.target.mkdir(parents=True, exist_ok=True)


def _live(request: dict[str, Any]) -> int:
    """The whole life of a forked process."""
    os.environ.update(request["environment"])
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(request[name], os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        os.dup2(file, descriptor)
    sys.argv = ["catdog-sort", *request["words"]]
    script = Script(request)
    if request.get("die_after_s") is not None:
        timer = threading.Timer(request["die_after_s"], os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()
    prepare(script, request.get("primitive", "system call"))
    try:
        cli.app(prog_name="catdog-sort")  # main would not come back
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
        code = 99
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    with builtins.open(request["told"], "w") as told:
        json.dump({"steps": script.steps, "calls": script.calls, "hits": script.hits}, told)
    return code


def _load_once() -> None:
    """Import the modules that commands import lazily, so that no fork has to.

    The command line also imports many modules with its first command only.
    """
    for name in (
        "model.backends.onnx",
        "classification.cache",
        "classification.corrections",
        "photos.find",
    ):
        import_module(f"catdog_sorter.{name}")
    import_module("filelock")
    Image.preinit()
    with (
        tempfile.TemporaryDirectory() as home,
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
    ):
        os.environ[locations.HOME_VARIABLE] = home
        cli.app(["history"], standalone_mode=False)


def serve() -> None:
    """Answer each request with the exit status of its process."""
    _load_once()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 98
            try:
                code = _live(json.loads(line))
            finally:
                os._exit(code)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    serve()
