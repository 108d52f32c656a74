"""Watches a folder: waits until new photos are complete, classifies and sorts them. Never prints.

All photos of a day are one run in the journal, so that one undo takes the day back.
"""

import os
import shlex
import time
from collections.abc import Callable, Generator, Iterator, Sequence, Set
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue

from catdog_sorter.errors import BusyError
from catdog_sorter.labels import Prediction, Unreadable
from catdog_sorter.moving.journal import FileState, Run, RunState, open_journal
from catdog_sorter.moving.late import late_files
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.plan import Plan, Reason
from catdog_sorter.moving.session import MovingSession
from catdog_sorter.moving.sort import References, Sorting, plan_sorting
from catdog_sorter.photos.find import Photo, Scope, find_photos
from catdog_sorter.photos.left_alone import Survey
from catdog_sorter.text import shown
from catdog_sorter.watching.notifications import fs_notifications, is_on_network
from catdog_sorter.watching.stability import StabilityTracker

WatchEvent = Prediction | Unreadable | Moved | MoveFailed
ClassifyFunction = Callable[
    [Sequence[Photo | Unreadable]], Generator[Prediction | Unreadable, None, None]
]
Notify = Callable[[str], None]

_POLL_S = 5.0
# Notifications can get lost; nothing waits longer than this.
_MAX_WAIT_S = 600.0
_PAUSE_S = 0.5
# Searching takes at most this share of the time, however large the folder is.
_MAX_SEARCH_SHARE = 0.1
# Photos classified before they are moved: few enough for visible progress.
_BATCH_SIZE = 256
# Photos whose moves share a commit: few enough to stop at once.
_COMMIT_SIZE = 8


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder and how to sort new photos in it; `poll` None leaves that to its file system."""

    top: Path
    sorting: Sorting
    settle_s: float
    mode: Mode = Mode.MOVE
    scope: Scope = field(default_factory=Scope)
    poll: bool | None = None

    @property
    def command(self) -> str:
        """The command in the history, which identifies the runs of this folder."""
        return shlex.join(["catdog-sort", "watch", str(self.top)])


class WakeEvent:
    """Wakes and stops `watch`; `set` and `stop` may be called by any thread or signal handler."""

    def __init__(self) -> None:
        # Nothing else that can wake a thread may be used by a signal handler at any moment.
        self._wakes: SimpleQueue[None] = SimpleQueue()
        self.is_stopped = False

    def set(self) -> None:
        if self._wakes.empty():
            self._wakes.put(None)

    def stop(self) -> None:
        self.is_stopped = True
        self._wakes.put(None)

    def wait(self, at_least_s: float, at_most_s: float) -> bool:
        """Wait until it is set, within these bounds, or stopped; returns whether it was set."""
        start_s = time.monotonic()
        is_set = False
        while not self.is_stopped:
            end_s = start_s + (at_least_s if is_set else at_most_s)
            if (left_s := end_s - time.monotonic()) <= 0:
                break
            try:
                # In slices, as Windows does not deliver signals during a wait.
                self._wakes.get(timeout=min(left_s, _PAUSE_S))
                is_set = True
            except Empty:
                continue
        return is_set


def watch(
    watched: Watched, classify: ClassifyFunction, wake: WakeEvent, notify: Notify
) -> Generator[WatchEvent, None, None]:
    """Sort each new photo and yield the outcome, until `wake` is stopped.

    `classify` yields the results for photos; its generator is closed at the end. Messages go to
    `notify`. Photos that are already there count as new. Raises CatdogError when it cannot
    continue.
    """
    while not wake.is_stopped:
        if not watched.top.is_dir():
            notify(f"{shown(watched.top)} is not there. Waiting for it to come back.")
            while not (watched.top.is_dir() or wake.is_stopped):
                wake.wait(_POLL_S, _POLL_S)
        with _listening(watched, wake, notify) as longest_s:
            if not wake.is_stopped:
                notify(f"Watching {shown(watched.top)}.")
            yield from _while_there(watched, classify, wake, longest_s, notify)


@contextmanager
def _listening(watched: Watched, wake: WakeEvent, notify: Notify) -> Iterator[float]:
    """Have `wake` set by changes in the folder; yields how many seconds to wait for it at most."""
    poll = is_on_network(watched.top) if watched.poll is None else watched.poll
    with ExitStack() as stack:
        if not poll:
            outputs = watched.sorting.output_folders([watched.top])
            listen = fs_notifications(
                watched.top, watched.scope.recursive, outputs, lambda path: wake.set(), notify
            )
            poll = not stack.enter_context(listen)
        yield _POLL_S if poll else _MAX_WAIT_S


def _while_there(
    watched: Watched, classify: ClassifyFunction, wake: WakeEvent, longest_s: float, notify: Notify
) -> Generator[WatchEvent, None, None]:
    """Search again and again, until `wake` is stopped or the folder is gone or another one."""
    tracker, orphans = StabilityTracker(watched.settle_s), StabilityTracker(watched.settle_s)
    identity = _identity(watched.top)
    pause_s, search_at_s = 0.0, time.monotonic()
    while not wake.is_stopped and identity is not None and identity == _identity(watched.top):
        start_s = time.monotonic()
        # In slices, to notice soon that the folder is gone.
        if start_s < search_at_s and not wake.wait(pause_s, min(search_at_s - start_s, _POLL_S)):
            continue
        start_s = time.monotonic()
        skip = watched.sorting.is_sorted([watched.top])
        survey = Survey()
        found = find_photos([watched.top], watched.scope, skip=skip, survey=survey)
        stable = tracker.update(found)
        pause_s = max(_PAUSE_S, (time.monotonic() - start_s) / _MAX_SEARCH_SHARE)
        late: list[Path] = []
        for first in range(0, len(stable), _BATCH_SIZE):
            batch: Sequence[Photo | Unreadable] = stable[first : first + _BATCH_SIZE]
            if watched.mode is Mode.MOVE:
                batch, files = _without_late(batch, watched)
                late += files
            references = References.of(survey) if watched.mode is Mode.MOVE else References()
            yield from _sort(batch, watched, references, classify, tracker, wake, notify)
        if watched.mode is Mode.MOVE:
            lone = orphans.update(Photo(path, path.parent) for path in survey.orphans)
            late += (item.path for item in lone)
            for first in range(0, len(late), _BATCH_SIZE):
                files = late[first : first + _BATCH_SIZE]
                yield from _bring_late(files, watched, wake, notify)
        waits_s = (tracker.next_due_s(), orphans.next_due_s())
        due_s = min((wait_s for wait_s in waits_s if wait_s is not None), default=None)
        at_most_s = longest_s if due_s is None else min(due_s, longest_s)
        search_at_s = time.monotonic() + max(at_most_s, pause_s)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what identifies a folder, to notice another one that was mounted in its place."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _sort(
    batch: Sequence[Photo | Unreadable],
    watched: Watched,
    references: References,
    classify: ClassifyFunction,
    tracker: StabilityTracker,
    wake: WakeEvent,
    notify: Notify,
) -> Generator[WatchEvent, None, None]:
    """Classify photos and move them; stops after the photo under way when `wake` is stopped."""
    results: list[Prediction | Unreadable] = []
    with closing(classify(batch)) as classified:
        while not wake.is_stopped and (result := next(classified, None)):
            results.append(result)
            yield result
    verdicts = [
        (photo, result)
        for photo, result in zip(batch, results, strict=False)
        if isinstance(photo, Photo) and isinstance(result, Prediction)
    ]
    if any(result.label in watched.sorting.folders for _, result in verdicts):
        with _session_in_turn(wake, notify) as session:
            if session:
                yield from _move(verdicts, watched, references, tracker, wake, session, notify)


@contextmanager
def _session_in_turn(wake: WakeEvent, notify: Notify) -> Iterator[MovingSession | None]:
    """Open a session once those of other runs have ended; None when stopped meanwhile."""
    with ExitStack() as stack:
        session, is_notified = None, False
        while session is None and not wake.is_stopped:
            try:
                session = stack.enter_context(MovingSession())
            except BusyError:
                if not is_notified:
                    notify("Waiting for another catdog-sort that is moving photos.")
                is_notified = True
                wake.wait(_PAUSE_S, _PAUSE_S)
        yield session


def _move(
    verdicts: Sequence[tuple[Photo, Prediction]],
    watched: Watched,
    references: References,
    tracker: StabilityTracker,
    wake: WakeEvent,
    session: MovingSession,
    notify: Notify,
) -> Generator[WatchEvent, None, None]:
    undone = session.undone_files([photo.path for photo, _ in verdicts])
    due = [pair for pair in verdicts if _is_due(pair[0], tracker, undone)]
    photos, results = [photo for photo, _ in due], [result for _, result in due]
    plan = plan_sorting(photos, results, watched.sorting, references)
    for skip in plan.skips:
        if skip.reason in (Reason.LINKED, Reason.CATALOG):
            notify(f"{shown(skip.path)} stays; it is one of those {skip.reason.words}.")
    outcomes = session.apply(
        plan,
        watched.mode,
        watched.command,
        resumed=_run_of_today(session, watched),
        batch_size=_COMMIT_SIZE,
    )
    with closing(outcomes):
        for outcome in outcomes:
            yield outcome
            if wake.is_stopped:
                return


def _without_late(
    batch: Sequence[Photo | Unreadable], watched: Watched
) -> tuple[Sequence[Photo | Unreadable], Sequence[Path]]:
    """Separate files that belong to a photo sorted earlier from those to be classified."""
    with open_journal() as journal:
        late = late_files(batch, (), journal, watched.scope.grouping)
    return [item for item in batch if item.path not in late.pictures], late.files


def _bring_late(
    files: Sequence[Path], watched: Watched, wake: WakeEvent, notify: Notify
) -> Generator[WatchEvent, None, None]:
    """Move files that arrived after their photo to where that was sorted."""
    with _session_in_turn(wake, notify) as session:
        if session:
            undone = {path for path, _, _ in session.undone_files(files)}
            late = session.plan_late(
                [path for path in files if path not in undone], watched.scope.grouping
            )
            for path in late.stuck:
                notify(f"{shown(path)} belongs to a photo that is not where it was sorted to.")
            yield from session.apply(
                Plan(late.groups, ()),
                watched.mode,
                watched.command,
                resumed=_run_of_today(session, watched),
                batch_size=_COMMIT_SIZE,
            )


def _is_due(photo: Photo, tracker: StabilityTracker, undone: Set[FileState]) -> bool:
    """Whether to sort a photo: it is unchanged, and was not put back by an undo."""
    try:
        status = os.stat(photo.path)
    except OSError:
        return False
    is_undone = (photo.path, status.st_size, status.st_mtime_ns) in undone
    return tracker.is_unchanged(photo) and not is_undone


def _run_of_today(session: MovingSession, watched: Watched) -> Run | None:
    """Find today's run of this folder, to continue it; None if there is none or it was undone."""
    for run in session.runs(RunState.DONE):
        is_same = (run.command, run.mode) == (watched.command, watched.mode)
        if is_same and run.started_at.astimezone().date() == date.today():
            return run
    return None
