"""Several interfaces on one folder: while one moves photos, others are refused or wait."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catdog_sorter.classification import pipeline
from catdog_sorter.cli import app
from catdog_sorter.gui.worker import loop, messages
from catdog_sorter.labels import Unreadable
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving import executor
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, References, Sorting, plan_sorting
from catdog_sorter.photos.find import Photo, find_photos
from catdog_sorter.watching import service
from catdog_sorter.watching.service import Watched
from tests.support.colours import draw, tree

WAITS = "Waiting for another catdog-sort that is moving photos."
REFUSED = "Another catdog-sort is moving photos right now. Wait until it is done, then try again."
SORTING = Sorting(DEFAULT_FOLDERS)
Interface = Callable[[], str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(6):
        draw(tmp_path / "photos" / f"{number}.png", ("cat", "dog")[number % 2], shade=number)
    return tmp_path / "photos"


def command(*words: object) -> str:
    """The message of the command line; empty without a problem."""
    result = CliRunner().invoke(app, [*map(str, words), "--quiet"], catch_exceptions=False)
    assert (result.exit_code == 3) == bool(result.stderr), result.output
    return result.stderr.removeprefix("catdog-sort: ").strip()


def window(request: messages.WorkerRequest) -> str:
    """The failure that the window's worker reports; empty without one."""
    sent: list[Any] = []
    loop.handle(1, request, threading.Event(), lambda number, said: sent.append(said))
    return sent[-1].advice if isinstance(sent[-1], messages.Failed) else ""


def watched(root: Path, bundle: ModelBundle) -> str:
    """Watch until all photos are sorted, or until it has to wait; returns its messages."""
    engine, wake, told = open_backend(bundle), service.WakeEvent(), list[str]()

    def hear(sentence: str) -> None:
        told.append(sentence)
        if sentence == WAITS:
            wake.stop()

    def classify(photos: Sequence[Photo | Unreadable]) -> Generator[Any, None, None]:
        return pipeline.classify(photos, bundle, engine)

    with closing(service.watch(Watched(root, SORTING, 0.01), classify, wake, hear)) as events:
        for _ in events:
            if not any(path.suffix == ".png" for path in root.iterdir()):
                wake.stop()
    return "".join(told[1:])


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_PAUSE_S", 0.01)
    monkeypatch.setattr(service, "_POLL_S", 0.02)


@pytest.fixture
def interfaces(root: Path, colour_bundle: ModelBundle) -> dict[str, Interface]:
    """All interfaces that move photos, for one folder, which the window has classified already."""
    pytest.importorskip("watchdog", reason="needs the extra `watch`")
    model = colour_bundle.folder
    found = tuple(find_photos([root]))
    said: list[Any] = []
    request = messages.Classify((root,), SORTING, str(model))
    loop.handle(1, request, threading.Event(), lambda number, part: said.append(part))
    seen = {
        e.path: e for part in said if isinstance(part, list) for e in part if hasattr(e, "path")
    }
    results = tuple(seen[photo.path] for photo in found)
    plan = plan_sorting(found, results, SORTING)
    return {
        "sort": lambda: command("sort", "--yes", root, "--model", model),
        "undo": lambda: command("undo"),
        "window: plan": lambda: window(messages.MakePlan(found, results, SORTING, References())),
        "window: sort": lambda: window(messages.ApplyPlan(plan, "move", "catdog-sort gui")),
        "window: undo": lambda: window(messages.Undo()),
        "watch": lambda: watched(root, colour_bundle),
    }


@pytest.mark.parametrize("first", ["sort", "undo", "window: sort", "window: undo", "watch"])
def test_while_one_moves_photos_all_others_are_refused_or_wait(
    first: str, root: Path, interfaces: dict[str, Interface], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    if "undo" in first:
        assert interfaces["sort"]() == ""
    answers: dict[str, str] = {}

    def meanwhile() -> None:
        halfway = tree(root)
        answers.update({name: interface() for name, interface in interfaces.items()})
        assert tree(root) == halfway
        assert CliRunner().invoke(app, ["history"]).exit_code == 0, "the history can be read"

    with monkeypatch.context() as patch:
        for name in ("apply", "undo"):
            patch.setattr(executor, name, _interrupted(getattr(executor, name), meanwhile))
        assert interfaces[first]() == ""
    assert answers == {**dict.fromkeys(interfaces, REFUSED), "watch": WAITS}
    if "undo" not in first:
        assert tree(root) != before
        assert interfaces["undo"]() == ""
    assert tree(root) == before


def _interrupted(real: Callable[..., Any], meanwhile: Callable[[], None]) -> Callable[..., Any]:
    """`real`, with a call of `meanwhile` after the first photo."""

    def outcomes(*arguments: Any, **named: Any) -> Iterator[Any]:
        with closing(real(*arguments, **named)) as rest:
            yield next(rest)
            meanwhile()
            yield from rest

    return outcomes


def test_a_plan_of_the_window_that_the_command_line_overtook_loses_nothing(
    root: Path, interfaces: dict[str, Interface]
) -> None:
    """The plan contains photos that are gone, and one that was replaced since, which stays."""
    before = tree(root)
    assert interfaces["sort"]() == ""
    draw(root / "0.png", "dog", shade=77)
    assert interfaces["window: sort"]() == ""
    after = tree(root)
    replacement = after.pop("0.png")
    assert sorted(after.values()) == sorted(before.values())
    undone = CliRunner().invoke(app, ["undo", "1", "--quiet"])
    assert undone.exit_code == 1
    assert "0.png' is taken by another file" in undone.stderr
    assert tree(root)["0.png"] == replacement
    assert sorted(tree(root).values()) == sorted([*before.values(), replacement])


def test_a_sort_and_an_undo_in_the_same_instant(
    root: Path, interfaces: dict[str, Interface], colour_bundle: ModelBundle
) -> None:
    """Two real processes, of which one may have to wait, and reports that."""
    assert interfaces["sort"]() == ""
    for number in range(6, 12):
        draw(root / f"{number}.png", ("cat", "dog")[number % 2], shade=number)
    there = sorted(tree(root).values())
    words = (["sort", str(root), "--yes", "--model", str(colour_bundle.folder)], ["undo"])
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "catdog_sorter", *some], stderr=subprocess.PIPE, text=True
        )
        for some in words
    ]
    for run in runs:
        said = run.communicate()[1]
        assert run.returncode == 0 or (run.returncode == 3 and REFUSED in said), said
    assert sorted(tree(root).values()) == there
    history = CliRunner().invoke(app, ["history", "--json"]).stdout.splitlines()
    for run in map(json.loads, history):
        if run["state"] == "done":
            assert CliRunner().invoke(app, ["undo", str(run["run"])]).exit_code == 0
    assert set(tree(root)) == {f"{number}.png" for number in range(12)}
    assert sorted(tree(root).values()) == there


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_watch_continues_while_others_sort_and_undo(
    root: Path, colour_bundle: ModelBundle
) -> None:
    """Real processes: while the watch sorts, a sort, an undo and new photos come at once."""
    model = ["--model", str(colour_bundle.folder)]
    watch = started("watch", "--yes", str(root), *model, "--settle", "0.1", "--poll")
    try:
        for _ in range(6):
            watch.stdout.readline()
        others = [started("undo"), started("sort", "--yes", str(root), *model)]
        for number in range(6, 12):
            draw(root / f"{number}.png", ("cat", "dog")[number % 2], shade=number)
        for other in others:
            said = other.communicate()[1]
            # A photo may be gone by the time the sort looks at it.
            assert other.returncode in (0, 1) or REFUSED in said, said
        watch.send_signal(signal.SIGTERM)
        assert watch.wait() == 0
    finally:
        watch.kill()
        watch.communicate()
    history = CliRunner().invoke(app, ["history", "--json"]).stdout.splitlines()
    for run in map(json.loads, history):
        if run["state"] == "done":
            assert CliRunner().invoke(app, ["undo", str(run["run"])]).exit_code == 0
    there = tree(root)
    for number in range(12):
        draw(root / f"{number}.png", ("cat", "dog")[number % 2], shade=number)
    assert there == tree(root), "each photo is as it was drawn, and there is nothing else"


def started(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "catdog_sorter", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
