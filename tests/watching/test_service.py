"""Watching a real folder. The watcher waits until the test takes its next event."""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.moving import executor
from catdog_sorter.moving.journal import Run, open_journal
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved
from catdog_sorter.moving.plan import GroupMove, Move, Plan
from catdog_sorter.moving.session import MovingSession, moving_lock
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting
from catdog_sorter.photos.find import Photo, Scope
from catdog_sorter.watching import service
from catdog_sorter.watching.service import WakeEvent, Watched, WatchEvent, watch
from tests.support.colours import tree

pytest.importorskip("watchdog", reason="needs the extra `watch`")


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_PAUSE_S", 0.01)
    monkeypatch.setattr(service, "_POLL_S", 0.02)


def by_name(
    photos: Sequence[Photo | Unreadable],
) -> Generator[Prediction | Unreadable, None, None]:
    """Classifies by name: `cat 1.jpg` is a cat."""
    for item in photos:
        if isinstance(item, Unreadable):
            yield item
        else:
            yield Prediction(item.path, 0.5, 0.5, Label(item.path.name.split()[0]), "names")


class Watcher:
    """A watcher that runs only while the test takes events."""

    def __init__(self, top: Path, **how: object) -> None:
        top.mkdir(exist_ok=True)
        self.top, self.wake, self.told = top, WakeEvent(), list[str]()
        self.when_told: dict[str, Callable[[], object]] = {}
        watched = Watched(top, Sorting(DEFAULT_FOLDERS), settle_s=0.02, **how)
        self.events = watch(watched, by_name, self.wake, self.hear)

    def hear(self, sentence: str) -> None:
        self.told.append(sentence)
        if sentence in self.when_told:
            self.when_told[sentence]()

    def put(self, name: str, content: str = "photo") -> Path:
        path = self.top / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
        return path

    def until(self, *names: str) -> list[WatchEvent]:
        """Run it until the photos of these names have been moved."""
        seen: list[WatchEvent] = []
        waiting = set(names)
        for event in self.events:
            seen.append(event)
            if isinstance(event, Moved):
                waiting.discard(event.target.name)
            if not waiting:
                break
        return seen

    def finish_moving(self) -> None:
        """Run it to the next search, so that it no longer holds the lock."""
        path = self.put("neither 0.jpg")
        while next(self.events).path != path:
            pass

    def end(self) -> list[WatchEvent]:
        self.wake.stop()
        return list(self.events)


@contextmanager
def watcher(top: Path, **how: object) -> Iterator[Watcher]:
    watcher = Watcher(top, **how)
    with closing(watcher.events):
        yield watcher


def history() -> list[Run]:
    with open_journal() as journal:
        return journal.runs()


def undo() -> None:
    with MovingSession() as session:
        list(session.undo())


@pytest.mark.parametrize("poll", [None, True], ids=["told by the system", "polling"])
def test_existing_and_new_photos_are_sorted_in_one_run_a_day(
    tmp_path: Path, poll: bool | None
) -> None:
    top = tmp_path / "in"
    with watcher(top, poll=poll) as first:
        first.put("cat 1.jpg")
        first.until("cat 1.jpg")
        first.put("trip/dog 1.jpg")
        first.put("trip/dog 1.xmp")
        first.put("neither 1.jpg")
        first.until("dog 1.jpg")
        first.end()
    (top / "cat 2.jpg").write_text("arrived while nobody watched")
    with watcher(top, poll=poll) as second:
        second.until("cat 2.jpg")
        assert second.end() == []
    assert set(tree(top)) == {
        "cat/cat 1.jpg",
        "cat/cat 2.jpg",
        "dog/trip/dog 1.jpg",
        "dog/trip/dog 1.xmp",
        "neither 1.jpg",
    }
    (run,) = history()
    assert (run.moved, run.state) == (3, "done")
    undo()
    assert set(tree(top)) == {
        "cat 1.jpg",
        "cat 2.jpg",
        "trip/dog 1.jpg",
        "trip/dog 1.xmp",
        "neither 1.jpg",
    }


def test_another_day_another_mode_and_an_undone_run_begin_a_new_one(tmp_path: Path) -> None:
    def sorted_anew(name: str, mode: Mode = Mode.MOVE) -> int:
        with watcher(tmp_path / "in", mode=mode) as it:
            it.put(name)
            it.until(name)
            it.end()
        return len(history())

    assert sorted_anew("cat 1.jpg") == 1
    assert sorted_anew("cat 2.jpg", Mode.COPY) == 2
    assert sorted_anew("cat 3.jpg") == 2
    with open_journal() as journal, sqlite3.connect(journal.path) as connection:
        connection.execute("UPDATE runs SET started_at = '2020-02-02T12:00:00+00:00'")
    assert sorted_anew("cat 4.jpg") == 3
    undo()
    assert sorted_anew("cat 5.jpg") == 4


def test_photos_restored_by_undo_stay_until_they_change(tmp_path: Path) -> None:
    with watcher(tmp_path / "in") as it:
        it.put("cat 1.jpg")
        it.until("cat 1.jpg")
        it.finish_moving()
        undo()
        it.put("cat 2.jpg")
        it.until("cat 2.jpg")
        it.end()
    with watcher(tmp_path / "in") as it:
        it.put("cat 3.jpg")
        it.until("cat 3.jpg")
        assert set(tree(it.top)) == {
            "cat 1.jpg",
            "cat/cat 2.jpg",
            "cat/cat 3.jpg",
            "neither 0.jpg",
        }
        it.put("cat 1.jpg", "edited")
        it.until("cat 1.jpg")


def test_a_photo_whose_tag_was_taken_back_is_sorted(tmp_path: Path) -> None:
    with watcher(tmp_path / "in") as it:
        photo = it.put("cat 1.jpg")
        group = GroupMove(Label.CAT, (Move(photo, photo.with_suffix(".xmp")),))
        with open_journal() as journal:
            plan = Plan((group,), ())
            list(executor.apply(plan, journal, Mode.TAG, "", write=lambda _: b"tags"))
        undo()
        it.put("cat 2.jpg")
        it.until("cat 2.jpg")
        assert set(tree(it.top)) == {"cat/cat 1.jpg", "cat/cat 2.jpg"}


def test_stopping_finishes_the_photo_under_way_and_leaves_the_rest(tmp_path: Path) -> None:
    with watcher(tmp_path / "in") as it:
        for number in range(5):
            it.put(f"cat {number}.jpg")
        it.until("cat 1.jpg")
        it.end()
        assert set(tree(it.top)) == {
            *("cat/cat 0.jpg", "cat/cat 1.jpg"),
            *("cat 2.jpg", "cat 3.jpg", "cat 4.jpg"),
        }
    assert [(run.moved, run.state) for run in history()] == [(2, "done")]


def test_another_run_that_is_moving_is_waited_for(tmp_path: Path) -> None:
    with watcher(tmp_path / "in") as it, ExitStack() as other_run:
        other_run.enter_context(moving_lock())
        waiting = "Waiting for another catdog-sort that is moving photos."
        it.when_told = {waiting: other_run.close}
        it.put("cat 1.jpg")
        it.until("cat 1.jpg")
        assert it.told == [f"Watching {it.top}.", waiting]


def test_a_folder_that_disappears_is_waited_for(tmp_path: Path) -> None:
    with watcher(tmp_path / "in") as it:
        gone = f"{it.top} is not there. Waiting for it to come back."
        it.when_told = {gone: lambda: (tmp_path / "another").rename(it.top)}
        it.put("cat 1.jpg")
        it.until("cat 1.jpg")
        (tmp_path / "another").mkdir()
        (tmp_path / "another" / "cat 2.jpg").write_text("photo")
        it.top.rename(tmp_path / "away")  # and nothing happens in it any more
        it.until("cat 2.jpg")
        assert it.told == [f"Watching {it.top}.", gone, f"Watching {it.top}."]


def test_a_photo_that_changes_while_it_is_classified_is_not_moved_then(
    tmp_path: Path,
) -> None:
    with watcher(tmp_path / "in") as it:
        it.put("cat 1.jpg")
        assert isinstance(next(it.events), Prediction)
        it.put("cat 1.jpg", "a dog by now")
        assert isinstance(next(it.events), Prediction)
        assert isinstance(next(it.events), Moved)


def test_unreadable_photos_are_named_once(tmp_path: Path) -> None:
    with watcher(tmp_path / "in") as it:
        (it.top / "a.jpg").symlink_to("nowhere")
        it.put("cat 1.jpg")
        seen = it.until("cat 1.jpg")
        it.put("cat 2.jpg")
        seen += it.until("cat 2.jpg")
    assert [event.path.name for event in seen if isinstance(event, Unreadable)] == ["a.jpg"]


def test_companions_that_arrive_after_their_photo_follow_it(tmp_path: Path) -> None:
    top = tmp_path / "in"
    with watcher(top) as watched:
        watched.put("cat 1.jpg")
        watched.until("cat 1.jpg")
        watched.put("cat 1.MOV", "video")
        watched.put("dog 1.MOV", "another")
        watched.until("cat 1.MOV")
        watched.put("cat 1-edited.jpg", "a dog by its content")
        watched.until("cat 1-edited.jpg")
        names = {"cat 1.jpg", "cat 1.MOV", "cat 1-edited.jpg"}
        assert set(tree(top)) == {*(f"cat/{name}" for name in names), "dog 1.MOV"}
    assert len(history()) == 1
    undo()
    assert set(tree(top)) == {*names, "dog 1.MOV"}


def test_photos_that_links_or_databases_name_stay_and_are_named(tmp_path: Path) -> None:
    top = tmp_path / "in"
    with watcher(top) as watched:
        watched.put("all/cat 1.jpg")
        (top / "album").mkdir()
        (top / "album" / "neither 1.jpg").symlink_to("../all/cat 1.jpg")
        watched.put("session/dog 1.jpg")
        watched.put("session/My.cosessiondb")
        watched.put("dog 2.jpg")
        watched.until("dog 2.jpg")
        watched.end()
    assert {"all/cat 1.jpg", "session/dog 1.jpg", "dog/dog 2.jpg"} <= set(tree(top))
    named = [sentence for sentence in watched.told if " stays; " in sentence]
    assert [sentence.split(" stays; ")[0] for sentence in named] == [
        *(str(top / "all/cat 1.jpg"), str(top / "session/dog 1.jpg")),
    ]


def test_videos_are_sorted_with_their_sidecars_where_they_are_wanted(tmp_path: Path) -> None:
    top = tmp_path / "in"
    with watcher(top, poll=True, scope=Scope(videos=True)) as videos_too:
        videos_too.put("cat 1.mp4.xmp")
        videos_too.put("cat 1.mp4")
        videos_too.until("cat 1.mp4")
        assert set(tree(top)) == {"cat/cat 1.mp4", "cat/cat 1.mp4.xmp"}
        videos_too.end()
