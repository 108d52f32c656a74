"""When jobs start and corrections are sent; the worker processes are stubs."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from catdog_sorter.gui.job_queue import Job, JobQueue
from catdog_sorter.gui.photos.rows import PhotoRow
from catdog_sorter.gui.worker import messages
from catdog_sorter.labels import Label, Unreadable

SAID = ((PhotoRow(Unreadable(Path("a.png"), "")), Label.CAT),)
REMEMBER = messages.Correct(((Path("a.png"), Label.CAT),))
MOVE = messages.Undo()
LOOK = messages.ListRuns()
FAILED = messages.Failed("It died.", crashed=True)


@dataclass
class Process:
    """Records its requests; the test decides when each ends."""

    asked: list[messages.WorkerRequest] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)

    def ask(self, request, on_events, on_end) -> int:
        self.asked.append(request)
        self.end = on_end
        return len(self.asked)

    def stop(self, number: int) -> None:
        self.stopped.append(number)


@pytest.fixture
def worker() -> Process:
    return Process()


@pytest.fixture
def background() -> Process:
    return Process()


@pytest.fixture
def work(qapp, worker: Process, background: Process) -> JobQueue:
    return JobQueue(worker, background)


def job(request: messages.WorkerRequest, ends: list[messages.End] | None = None) -> Job:
    on_end = [].append if ends is None else ends.append
    return Job(request, "", lambda events: 0, on_end, moves=request is MOVE)


@pytest.mark.parametrize("end", [messages.Done(), FAILED])
def test_photos_move_only_after_their_corrections_are_stored_or_have_failed(
    work: JobQueue, worker: Process, background: Process, end: messages.End
) -> None:
    work.remember(SAID)
    assert background.asked == [REMEMBER]
    work.start(job(MOVE))
    assert work.busy
    assert worker.asked == []
    background.end(end)
    assert worker.asked == [MOVE]


def test_jobs_that_move_no_photo_do_not_wait(
    work: JobQueue, worker: Process, background: Process
) -> None:
    work.remember(SAID)
    work.start(job(LOOK))
    assert worker.asked == [LOOK]
    work.remember(SAID)
    assert background.asked == [REMEMBER, REMEMBER]


def test_corrections_made_during_a_move_are_stored_for_the_new_paths(
    work: JobQueue, worker: Process, background: Process
) -> None:
    row = PhotoRow(Unreadable(Path("old.png"), ""))
    work.start(job(MOVE))
    work.remember([(row, Label.DOG)])
    assert background.asked == []
    row.found = Unreadable(Path("new.png"), "")
    worker.end(messages.Done())
    assert background.asked == [messages.Correct(((Path("new.png"), Label.DOG),))]


def test_a_sort_that_is_stopped_while_it_waits_moves_nothing(
    work: JobQueue, worker: Process, background: Process
) -> None:
    ends: list[messages.End] = []
    work.remember(SAID)
    work.start(job(MOVE, ends))
    work.stop()
    assert ends == [messages.Stopped()]
    assert not work.busy
    background.end(messages.Done())
    assert (worker.asked, worker.stopped) == ([], [])
