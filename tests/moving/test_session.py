"""One session at a time; it finishes interrupted runs before it moves a photo."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.errors import BusyError, CatdogError, JournalError
from catdog_sorter.labels import Label
from catdog_sorter.moving import executor
from catdog_sorter.moving.journal import RunState, open_journal
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.plan import GroupMove, Move, Plan
from catdog_sorter.moving.session import MovingSession, moving_lock
from tests.support.colours import draw, tree


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CATDOG_SORTER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name in "abc":
        draw(tmp_path / "photos" / f"{name}.png", "cat")
    return tmp_path / "photos"


def plan_for(photos: Path, *names: str) -> Plan:
    moves = [Move(photos / name, photos / "cat" / name) for name in names]
    return Plan([GroupMove(Label.CAT, (move,)) for move in moves], ())


def test_a_plan_is_applied_and_undone(photos: Path) -> None:
    before = tree(photos)
    with MovingSession() as session:
        assert len(list(session.apply(plan_for(photos, "a.png"), Mode.MOVE, "sort"))) == 1
        assert [(run.command, run.moved) for run in session.runs()] == [("sort", 1)]
    assert set(tree(photos)) == {"b.png", "c.png", "cat/a.png"}
    with MovingSession() as session:
        list(session.undo())
    assert tree(photos) == before


def test_entering_finishes_a_run_that_was_killed(photos: Path) -> None:
    """The photo was moved and its sidecar was not: both are back before planning."""
    (photos / "a.xmp").touch()
    before = tree(photos)
    with open_journal() as journal:
        run = journal.begin("sort", Mode.MOVE)
        moves = tuple(Move(photos / n, photos / "cat" / n) for n in ("a.png", "a.xmp"))
        entries = executor._identify(GroupMove(Label.CAT, moves), run, 0)
        journal.intend(entries, [photos / "cat"])
        (photos / "cat").mkdir()
        (photos / "a.png").rename(photos / "cat" / "a.png")
    with MovingSession() as session:
        assert [run.state for run in session.runs()] == [RunState.DONE]
        assert tree(photos) == before


def test_only_one_session_is_open_at_a_time() -> None:
    with MovingSession(), pytest.raises(BusyError, match="Wait until it is done"), MovingSession():
        pass
    with MovingSession():
        pass


def test_a_session_that_cannot_use_the_journal_releases_the_lock(home: Path) -> None:
    with MovingSession():
        pass
    file = home / "journal.sqlite3"
    file.write_text("no database")
    with pytest.raises(JournalError), MovingSession():
        pass
    file.unlink()
    with MovingSession():
        pass


def test_outside_its_block_a_session_moves_nothing(photos: Path) -> None:
    before = tree(photos)
    session = MovingSession()
    with session:
        pass
    with pytest.raises(RuntimeError, match="with"):
        list(session.apply(plan_for(photos, "a.png"), Mode.MOVE, "sort"))
    with pytest.raises(RuntimeError, match="with"):
        session.undo()
    assert tree(photos) == before


# --- The lock --------------------------------------------------------------------------------


def test_a_second_run_is_turned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATDOG_SORTER_HOME", str(tmp_path / "home"))
    script = (
        "from catdog_sorter.moving.session import moving_lock\n"
        "with moving_lock():\n    print('held', flush=True); input()"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(CatdogError, match="Wait until it is done"), moving_lock():
            pass
        other.kill()
    for _ in range(2):
        with moving_lock():
            pass


def test_a_lock_that_cannot_be_made_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CATDOG_SORTER_HOME", str(tmp_path / "file"))
    with pytest.raises(CatdogError, match="CATDOG_SORTER_HOME"), moving_lock():
        pass


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_what_is_known_of_photos_is_for_this_user_alone(photos: Path, home: Path) -> None:
    with MovingSession() as session:
        list(session.apply(plan_for(photos, "a.png"), Mode.TAG, "sort --tag"))
        found = {path.name: path.stat().st_mode for path in (home, *home.iterdir())}
    rights = {name: stat.S_IMODE(mode) for name, mode in found.items()}
    assert {"home", "journal.sqlite3", "moving.lock", "sidecars"} <= rights.keys()
    assert all(right & 0o077 == 0 for right in rights.values()), rights
