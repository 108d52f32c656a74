"""Trains a model on the user's corrections in its own process, and compares it with the old one.

Decides which commands run: the same `retrain` and `evaluate` as in a terminal. Never replaces a
model: the user chooses afterwards which one to use.
"""

import csv
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from catdog_sorter.gui.i18n import photos, problem, tr
from catdog_sorter.gui.widgets import button, fit_to_screen, named
from catdog_sorter.gui.worker import messages
from catdog_sorter.gui.worker.client import WorkerProcess
from catdog_sorter.labels import Label
from catdog_sorter.model.registry import known_bundles
from catdog_sorter.storage.locations import runs_folder

_POLL_MS = 1_000
_STOPPING_MS = 10_000


class LearnDialog(QDialog):
    """Trains and compares; the signal `used` carries the name of the chosen model."""

    used = Signal(str)

    def __init__(
        self, model: str, worker: WorkerProcess, parent: QWidget, options: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Learn from my corrections"))
        fit_to_screen(self, 640, 320)
        self._before, self._worker, self._options = model, worker, list(options)
        self._photos: tuple[tuple[Path, Label], ...] = ()
        # The working directory, so that `retrain` finds no folder `data` there.
        self._scratch = tempfile.TemporaryDirectory(prefix="catdog-")
        self._data = Path(self._scratch.name) / "corrected.csv"
        self.name = _free_name()
        self._process: QProcess | None = None
        self._answers: list[dict[str, Any]] = []
        self.words = QLabel(wordWrap=True)
        self.bar = named(QProgressBar(textVisible=False), tr("Progress of the training"))
        self.log = named(QPlainTextEdit(readOnly=True), tr("Messages of the training"))
        self.begin = button(tr("Learn"), primary=True)
        self.halt = button(tr("Stop"), tr("Keep the best model so far"))
        self.use = button(tr("Use the new model"), primary=True)
        self.leave = button(tr("Close"))
        self.begin.clicked.connect(self.start)
        self.halt.clicked.connect(self.stop)
        self.use.clicked.connect(self._use)
        self.leave.clicked.connect(self.close)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._show_progress)
        row = QHBoxLayout()
        row.addStretch()
        for part in (self.halt, self.leave, self.begin, self.use):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.log, 1)
        column.addStretch()
        column.addLayout(row)
        self.bar.hide()
        self.log.hide()
        self.halt.hide()
        self.use.hide()
        self.begin.setEnabled(False)
        if not any(map(find_spec, ("torch", "tensorflow"))):
            self.words.setText(
                tr(
                    "Learning needs PyTorch or TensorFlow, and neither is installed. Run "
                    "`pip install 'catdog-sorter[torch]'` and open this again. Your corrections "
                    "apply in any case."
                )
            )
            return
        self.words.setText(tr("Looking for the photos you corrected …"))
        worker.ask(messages.ListCorrected(), self._introduce, self._listed)

    def _listed(self, end: messages.End) -> None:
        if isinstance(end, messages.Failed):
            self.words.setText(problem(end.advice))

    def _introduce(self, events: list[Any]) -> None:
        for event in events:
            self._photos = event.photos
        number = len(self._photos)
        self.begin.setEnabled(number > 0)
        if not number:
            self.words.setText(
                tr("You have not corrected any photo yet. Select photos and press C, D, B or N.")
            )
            return
        text = tr(
            "Trains a new model, “{name}”, on {photos} you have corrected and on those you have "
            "sorted, so check the sorted folders first. A few hundred photos take some minutes; "
            "you can keep using the window. The current model stays in use until you choose the "
            "new one."
        )
        self.words.setText(text.format(name=self.name, photos=photos(number)))

    @property
    def busy(self) -> bool:
        return self._process is not None

    # --- Training ----------------------------------------------------------------------------

    def start(self) -> None:
        """Run `catdog-sort retrain --corrections` until it is done."""
        self.begin.hide()
        self.halt.show()
        self.bar.show()
        self.log.show()
        self.bar.setRange(0, 0)
        words = ["retrain", "--corrections", "--yes", "--json", "--name", self.name]
        self._timer.start()
        self._run([*words, *self._options], self._trained)

    def stop(self) -> None:
        """Stop the training and keep the best epoch so far, as Ctrl-C does in a terminal."""
        if self._process is not None:
            self.halt.setEnabled(False)
            self.log.appendPlainText(tr("Stopping …"))
            if os.name == "posix":
                os.kill(self._process.processId(), signal.SIGINT)
            else:
                self._process.kill()

    def _run(self, words: list[str], then: Any) -> None:
        process = self._process = QProcess(self)
        process.readyReadStandardError.connect(lambda: self._tell(process))
        process.finished.connect(lambda code: self._finished(process, code, then))
        process.setWorkingDirectory(self._scratch.name)
        process.start(sys.executable, ["-m", "catdog_sorter", *words])

    def _tell(self, process: QProcess) -> None:
        text = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").rstrip()
        if text:
            self.log.appendPlainText(text)

    def _finished(self, process: QProcess, code: int, then: Any) -> None:
        self._tell(process)
        answer = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace")
        self._process = None
        process.deleteLater()
        then(code, answer)

    def _show_progress(self) -> None:
        """Count the epochs in the run's own log."""
        folder = runs_folder() / self.name
        try:
            epochs = json.loads((folder / "run.json").read_text("utf-8"))["recipe"]["optimisation"][
                "epochs"
            ]
            done = len((folder / "log.jsonl").read_text("utf-8").splitlines())
        except (OSError, ValueError, LookupError):
            return
        self.bar.setRange(0, epochs)
        self.bar.setValue(done)

    # --- Before and after --------------------------------------------------------------------

    def _trained(self, code: int, answer: str) -> None:
        self._timer.stop()
        if self.name not in known_bundles():
            self.bar.hide()
            self.halt.hide()
            self.words.setText(tr("No model was trained. The messages of the training are below."))
            return
        self.words.setText(tr("Comparing both models on the photos you corrected …"))
        self.bar.setRange(0, 0)
        with self._data.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows((path, label.value) for path, label in self._photos)
        self._judge(self._before)

    def _judge(self, model: str) -> None:
        words = ["evaluate", str(self._data), "--model", model, "--json", "--quiet"]
        self._run(words, self._judged)

    def _judged(self, code: int, answer: str) -> None:
        try:
            self._answers.append(json.loads(answer))
        except ValueError:
            self._answers.append({})
        if len(self._answers) == 1:
            self._judge(self.name)
            return
        self.bar.hide()
        self.halt.hide()
        self.use.show()
        self.use.setFocus()
        self.leave.setText(tr("Keep the current model"))
        before, after = self._answers
        self.words.setText(compared(before, after))

    def _use(self) -> None:
        self.accept()
        self.used.emit(self.name)

    # --- Closing -----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Refuse to close during training, which only its button stops."""
        event.ignore()
        self.reject()

    def reject(self) -> None:
        if self.busy:
            self.log.appendPlainText(tr("The training is still running. Press Stop to end it."))
        else:
            super().reject()

    def end(self) -> None:
        """Stop the process and wait for it to end."""
        process, self._process = self._process, None
        self._timer.stop()
        if process is not None:
            process.finished.disconnect()
            process.terminate()
            if not process.waitForFinished(_STOPPING_MS):
                process.kill()
                process.waitForFinished(_STOPPING_MS)


def compared(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Compare both models on the corrected photos, as a sentence."""
    rows = [_right(figures) for figures in (before, after)]
    if None in rows:
        return tr("The new model was saved, but the two models could not be compared.")
    (old, total), (new, _) = rows  # type: ignore[misc]
    text = tr(
        "Of {photos} you corrected, the current model labels {old} as you did, the new one {new}. "
        "The new one was trained on most of these photos, so it should do better here. Its results "
        "on other photos are shown above."
    )
    return text.format(photos=photos(total), old=old, new=new)


def _right(figures: dict[str, Any]) -> tuple[int, int] | None:
    """Return the number of photos whose label equals the user's, and of all photos."""
    table = figures.get("labels_by_truth")
    if not isinstance(table, dict):
        return None
    right = sum(row.get(truth, 0) for truth, row in table.items())
    return right, sum(sum(row.values()) for row in table.values())


def _free_name() -> str:
    taken = {*known_bundles(), *(path.name for path in _earlier_runs())}
    names = (f"my-model-{number}" if number > 1 else "my-model" for number in count(1))
    return next(name for name in names if name not in taken)


def _earlier_runs() -> list[Path]:
    folder = runs_folder()
    return list(folder.iterdir()) if folder.is_dir() else []
