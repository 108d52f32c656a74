"""The real program on a virtual screen: files dragged from another program, sorted by keys."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.colours import tree

EXAMPLES = Path(__file__).parents[2] / "examples" / "photos"
TIMEOUT_S = 120
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on a virtual screen."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x900x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        server.terminate()


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def test_photos_dragged_from_another_program_are_sorted_with_the_keyboard(
    screen: dict[str, str], tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    shutil.copytree(EXAMPLES, photos)
    before = tree(photos)

    def do(*words: object) -> str:
        command = ["xdotool", *map(str, words)]
        return subprocess.run(
            command, env=screen, capture_output=True, text=True, check=False
        ).stdout

    source = [sys.executable, str(Path(__file__).with_name("dragging.py")), str(photos)]
    program = [sys.executable, "-m", "catdog_sorter", "gui"]
    with (
        subprocess.Popen(program, env=screen) as window,
        subprocess.Popen(source, env=screen) as other,
    ):
        until(lambda: do("search", "--onlyvisible", "--name", "Cats and dogs") != "", "no window")
        until(lambda: do("search", "--onlyvisible", "--name", "to drag") != "", "no source")
        main = do("search", "--onlyvisible", "--name", "Cats and dogs").split()[0]
        place = do("search", "--onlyvisible", "--name", "to drag").split()[0]
        do("windowmove", "--sync", main, 0, 0)
        do("windowmove", "--sync", place, 1300, 100)
        time.sleep(0.5)
        do("mousemove", 1350, 150, "mousedown", 1)
        for x in range(1330, 500, -30):
            do("mousemove", x, 300)
            time.sleep(0.02)
        do("mousemove", 510, 310)
        time.sleep(0.5)
        do("mouseup", 1)

        def sort() -> bool:
            """Nothing happens until photos are classified; then the plan is open."""
            do("windowfocus", main, "key", "ctrl+Return")
            time.sleep(1)
            found = do("search", "--onlyvisible", "--name", "^Sort$").split()
            if found:
                do("windowfocus", found[0], "key", "Return")
            return (photos / "cat" / "portrait.jpg").exists()

        until(sort, "not sorted")
        until((photos / "dog" / "garden" / "lawn.jpg").exists, "not all sorted")
        window.send_signal(signal.SIGTERM)
        assert window.wait(TIMEOUT_S) == 0
        other.kill()
    assert sorted(tree(photos).values()) == sorted(before.values())
