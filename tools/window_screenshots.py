"""Takes the pictures of the window that the documentation shows.

    python tools/window_screenshots.py FOLDER [WIDTHxHEIGHT]

Runs the real window with the bundled model on copies of examples/photos in a temporary folder, and
writes PNGs: empty, busy, results (light and dark), review, regions, plan, sorted, history,
corrections, settings, learn, watch, keys. The window is 1060x700 unless WIDTHxHEIGHT is given.
Then the same window at 200 %, as large as on a screen of 1366x768, light and dark: results-200,
review-200, plan-200, results-200-dark, review-200-dark, plan-200-dark.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "photos"
_TIMEOUT_S = 300
_SETTLE_S = 0.8
_COPIES = 12
_SIZE = (1060, 700)
_SCALE, _LARGE_SIZE, _LARGE_DIALOG = "QT_SCALE_FACTOR", (683, 360), (659, 336)


def main() -> None:
    """Write all pictures into the given folder."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    place = Path(tempfile.gettempdir()) / "Pictures"
    place.mkdir()  # a plain name, because the pictures show it
    try:
        with tempfile.TemporaryDirectory() as home:
            os.environ["CATDOG_SORTER_HOME"] = home
            photographer = _Photographer(target, place)
            if os.environ.get(_SCALE) == "2":
                photographer.take_large()
            else:
                photographer.take_all()
    finally:
        shutil.rmtree(place)
    if os.environ.get(_SCALE) != "2":  # Qt reads it once
        command = [sys.executable, __file__, str(target)]
        subprocess.run(command, check=True, env={**os.environ, _SCALE: "2"})


class _Photographer:
    def __init__(self, target: Path, place: Path) -> None:
        from PySide6.QtWidgets import QApplication

        self._app = QApplication.instance() or QApplication([])
        self._target, self._place = target, place
        words = sys.argv[2].split("x") if len(sys.argv) > 2 else ()
        self._size = tuple(map(int, words)) or _SIZE

    def take_all(self) -> None:
        from catdog_sorter.gui.window import Window

        window = Window()
        window.resize(*self._size)
        window.show()
        self._process_events()
        self._take("empty", window)
        self._take_busy(window)
        shutil.copytree(_EXAMPLES, self._place, dirs_exist_ok=True)
        window.classify([self._place])
        self._until(lambda: not window.jobs.busy)
        self._choose(window, "bench.jpg")
        self._take("results", window)
        self._take_corrected(window)
        self._take_dialogs(window)
        window.close()

    def take_large(self) -> None:
        from catdog_sorter.gui import theme
        from catdog_sorter.gui.window import Window

        window = Window()
        window.resize(*_LARGE_SIZE)
        window.show()
        shutil.copytree(_EXAMPLES, self._place, dirs_exist_ok=True)
        window.classify([self._place])
        self._until(lambda: not window.jobs.busy)
        for colours, end in ((theme.Theme.LIGHT, ""), (theme.Theme.DARK, "-dark")):
            theme.apply(colours)
            self._choose(window, "bench.jpg")
            self._take(f"results-200{end}", window)
            window.open_review()
            self._until(window.review.details.facts.text)
            self._process_events()
            self._take(f"review-200{end}", window)
            window.close_review()
            self._take_plan(f"plan-200{end}", window, _LARGE_DIALOG).reject()
        window.close()

    def _take_plan(self, name: str, window, size: tuple[int, int] | None = None):
        from catdog_sorter.gui.dialogs.plan import PlanDialog

        window.sorting.open_plan()
        (plan,) = [one for one in window.findChildren(PlanDialog) if one.isVisible()]
        self._until(plan.go.isEnabled)
        if size:  # where the screen of the pictures is smaller than the one they are for
            plan.resize(*size)
        self._process_events()
        self._take(name, plan)
        return plan

    def _take_busy(self, window) -> None:
        for copy in range(_COPIES):
            shutil.copytree(_EXAMPLES, self._place / f"trip {copy + 1}")
        window.classify([self._place])
        self._until(lambda: window.model.counts["cat"] >= _COPIES)
        self._process_events()
        self._take("busy", window)
        self._until(lambda: not window.jobs.busy)
        window.forget_all()
        for folder in self._place.iterdir():
            shutil.rmtree(folder)

    def _take_corrected(self, window) -> None:
        from dataclasses import replace

        from catdog_sorter.gui import theme
        from catdog_sorter.labels import Label

        window.correct(Label.CAT)
        window.preferences = replace(window.preferences, theme=theme.Theme.DARK)
        theme.apply(theme.Theme.DARK)
        self._process_events()
        self._take("dark", window)
        window.preferences = replace(window.preferences, theme=theme.Theme.SYSTEM)
        theme.apply(theme.Theme.LIGHT)
        window.start_review()
        window.correct(Label.BOTH)
        self._process_events()
        self._take("review", window)
        self._take_heat(window)
        window.undo()
        window.close_review()

    def _take_heat(self, window) -> None:
        from catdog_sorter.gui.photos.rows import SortOrder

        window.filters.choose(None, SortOrder.NAME)
        self._choose(window, "two-friends.jpg")
        window.review.heat.toggle()
        self._until(window.review.view.has_overlay)
        self._process_events()
        self._take("regions", window)
        window.review.heat.toggle()

    def _take_dialogs(self, window) -> None:
        from catdog_sorter.gui.dialogs.corrections import CorrectionsDialog
        from catdog_sorter.gui.dialogs.history import HistoryDialog
        from catdog_sorter.gui.dialogs.keys import KeysDialog
        from catdog_sorter.gui.dialogs.learn import LearnDialog
        from catdog_sorter.gui.dialogs.settings import SettingsDialog
        from catdog_sorter.gui.dialogs.watch import WatchDialog

        self._take_plan("plan", window).go.click()
        self._until(lambda: not window.jobs.busy)
        self._process_events()
        self._take("sorted", window)
        for name, opener, kind in (
            ("history", window.sorting.open_history, HistoryDialog),
            ("corrections", window.open_corrections, CorrectionsDialog),
            ("settings", window.open_settings, SettingsDialog),
            ("learn", window.open_learn, LearnDialog),
            ("watch", window.open_watch, WatchDialog),
            ("keys", window.actions_table.show_keys, KeysDialog),
        ):
            opener()
            dialog = window.findChild(kind)
            self._process_events()
            self._take(name, dialog)
            dialog.close()

    def _choose(self, window, name: str) -> None:
        path = next(row.path for row in window.model.rows if row.path.name == name)
        window.grid.setCurrentIndex(window.model.index_of(path))
        self._until(window.panel.details.facts.text)
        self._process_events()

    def _process_events(self) -> None:
        end = time.monotonic() + _SETTLE_S
        self._until(lambda: time.monotonic() > end)

    def _until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + _TIMEOUT_S
        while not condition():
            if time.monotonic() > end:
                raise SystemExit("The window did not get there in time.")
            self._app.processEvents()
            time.sleep(0.01)

    def _take(self, name: str, widget) -> None:
        file = self._target / f"{name}.png"
        widget.grab().save(str(file))
        with Image.open(file) as picture:
            picture.convert("RGB").save(file, optimize=True)


if __name__ == "__main__":
    main()
