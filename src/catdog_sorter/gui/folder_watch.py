"""Watches a folder by running `catdog-sort watch` in a separate process.

Decides the options of that command and the text of its progress. Never touches a photo.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from catdog_sorter.gui.i18n import photos, tr
from catdog_sorter.gui.preferences import Preferences
from catdog_sorter.text import shown

_STOPPING_MS = 10_000


def watch_command(folder: Path, preferences: Preferences, options: Sequence[str] = ()) -> list[str]:
    """Return the arguments of `catdog-sort` that watch the folder with these preferences."""
    words = ["watch", "--yes", "--json", "--no-config", *preferences.mode.options]
    for label, name in preferences.folders.items():
        words += ["--folder", f"{label.value}={name}"]
    if preferences.into is not None:
        words += ["--into", str(preferences.into)]
    if preferences.flat:
        words.append("--flat")
    if preferences.model is not None:
        words += ["--model", preferences.model]
    if preferences.threshold is not None:
        words += ["--threshold", str(preferences.threshold)]
    return [*words, *options, "--", str(folder)]


class FolderWatch(QObject):
    """A folder that is being watched; one at a time.

    Attributes:
        folder: The folder; None while none is watched.
        options: Further options of the command.

    Signals:
        changed: `words` has changed.
        failed: Carries a sentence that says why watching has ended.
    """

    changed = Signal()
    failed = Signal(str)
    options: Sequence[str] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self._counts: Counter[str] = Counter()
        self._process: QProcess | None = None
        self._said: list[str] = []
        self._is_stopping = False

    @property
    def is_on(self) -> bool:
        return self._process is not None

    @property
    def words(self) -> str:
        """The watched folder and the results so far, as a sentence."""
        if self.folder is None:
            return ""
        if self._is_stopping:
            return tr("Stopping …")
        said = tr("Watching {folder}: {photos} sorted so far.")
        if self._counts["failed"]:
            said = tr("Watching {folder}: {photos} sorted so far, {failed} could not be sorted.")
        return said.format(
            folder=shown(self.folder),
            photos=photos(self._counts["sorted"]),
            failed=photos(self._counts["failed"]),
        )

    def start(self, folder: Path, preferences: Preferences) -> None:
        """Watch this folder until `stop`."""
        self.folder, self._is_stopping = folder, False
        self._counts.clear()
        self._said.clear()
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(lambda: self._count(process))
        process.readyReadStandardError.connect(lambda: self._note(process))
        process.finished.connect(lambda code: self._ended(process, code))
        command = ["-P", "-m", "catdog_sorter", *watch_command(folder, preferences, self.options)]
        process.start(sys.executable, command)
        self.changed.emit()

    def stop(self) -> None:
        """End at the next safe point."""
        if self._process is not None and not self._is_stopping:
            self._is_stopping = True
            _end(self._process)
            self.changed.emit()

    def close(self) -> None:
        """End now, and wait for the process."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect()
            _end(process)
            if not process.waitForFinished(_STOPPING_MS):
                process.kill()
                process.waitForFinished(_STOPPING_MS)

    def _count(self, process: QProcess) -> None:
        while process.canReadLine():
            event = _event(bytes(process.readLine().data()))
            self._counts[event.get("event", "")] += 1
        self.changed.emit()

    def _note(self, process: QProcess) -> None:
        text = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        self._said += text.splitlines()
        del self._said[:-5]

    def _ended(self, process: QProcess, code: int) -> None:
        self._note(process)
        was_asked, self._is_stopping = self._is_stopping, False
        self._process = self.folder = None
        process.deleteLater()
        self.changed.emit()
        if code and not was_asked:
            self.failed.emit(_reason(self._said))


def _end(process: QProcess) -> None:
    """Terminate it; on Windows kill it, which is safe because the journal records each move."""
    stop: Callable[[], object] = process.kill if sys.platform == "win32" else process.terminate
    stop()


def _event(line: bytes) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _reason(lines: list[str]) -> str:
    messages = [
        line.removeprefix("catdog-sort: ") for line in lines if line.startswith("catdog-sort:")
    ]
    reason = messages[-1] if messages else "\n".join(lines)
    return tr("The folder is no longer watched. {reason}").format(reason=reason)
