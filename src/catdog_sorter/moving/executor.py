"""Moves photo groups, undoes moves, and finishes interrupted runs.

Decides the order of the transfers, which files move together, what undo may restore, and how far a
killed run got. Knows nothing of predictions. `transfer` moves the single files. Both follow these
rules:

- every transfer is recorded in the journal before the disk changes;
- an existing file is never overwritten;
- an original is removed only after its copy is on disk, synced, and verified by reading it back;
- after a kill, the journal lists the intended transfers and the disk shows which of them happened.

Only `session` calls this module, because the lock must be held for every move, also in `recover`.
"""

import logging
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from typing import assert_never

from catdog_sorter.file_identity import FileIdentity, FolderId
from catdog_sorter.moving import returning, transfer
from catdog_sorter.moving.emptied import bring_back_folders, finish_removals
from catdog_sorter.moving.journal import Attribute, Entry, Journal, Operation, Run, RunState, State
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed, NotRestored, Restored
from catdog_sorter.moving.places import Folders, Place, UnsafeTransfer, is_unchanged
from catdog_sorter.moving.plan import GroupMove, Plan, renumbered
from catdog_sorter.moving.recorded_folders import RecordedFolders, folder_ids, run_folders
from catdog_sorter.moving.relocation import Relocation
from catdog_sorter.moving.undo import NOT_BACK, can_return, last_first, plan_undo
from catdog_sorter.text import shown

_log = logging.getLogger(__name__)

_SIDECAR_APPEARED = (
    "Another program has just created its sidecar. Run the command again to add keywords to it."
)
# Photos per commit: a durable commit takes some milliseconds, a rename takes some microseconds.
BATCH_SIZE = 64
# Limits the attempts on a drive that reports every name as taken although nothing is there.
_MAX_NAMES_REFUSED = 5


Write = Callable[[GroupMove], bytes]


# --- Sorting ---------------------------------------------------------------------------------


class _LinkedFiles:
    """Files with several names (hard links) of which this run has handled one.

    That changes the ctime of the other names, although no other program has touched them.
    """

    def __init__(self) -> None:
        self._met = set[tuple[int, int]]()
        self._changed = set[tuple[int, int]]()

    def note(self, status: os.stat_result) -> None:
        if status.st_nlink > 1:
            self._met.add((status.st_dev, status.st_ino))

    def leave(self, entry: Entry) -> None:
        """Note that the run has handled one name."""
        if entry.identity and entry.identity[:2] in self._met:
            self._changed.add(entry.identity[:2])

    def latest(self, path: Path, identity: FileIdentity) -> FileIdentity:
        """The identity that a file recorded with this one must have now."""
        if identity[:2] not in self._changed:
            return identity
        now = transfer.identity_of(path)
        return now if now and now.has_content_of(identity) else identity


@dataclass(frozen=True, slots=True)
class _Work:
    """The state shared by all photos of a run; `write` as for `apply`. `listed`: target folders."""

    journal: Journal
    run: Run
    write: Write | None
    folders: Folders
    linked: _LinkedFiles = field(default_factory=_LinkedFiles)
    listed: set[Path] = field(default_factory=set)
    noted: set[Path] = field(default_factory=set)

    def new_folder_ids(self, folders: set[Path]) -> dict[Path, FolderId]:
        """The ids of folders that the run enters for the first time, for undo to recognise them."""
        new = folders - self.noted
        self.noted.update(new)
        return folder_ids(new)

    def earlier_files(self, folders: set[Path]) -> dict[Path, list[str]]:
        """The files that already lie in target folders that the run enters for the first time.

        They are not companions of the sorted photos, whatever their names: undo leaves them there.
        """
        if self.run.mode is not Mode.MOVE:
            return {}
        new = folders - self.listed
        self.listed.update(new)
        return returning.earlier_files(self.journal, self.run.id, new)


def apply(
    plan: Plan,
    journal: Journal,
    mode: Mode,
    command: str,
    run: Run | None = None,
    batch_size: int = BATCH_SIZE,
    write: Write | None = None,
) -> Generator[Moved | MoveFailed, None, None]:
    """Carry out a plan, one outcome per group; `command` is what the history shows for the run.

    `run` is a finished run of the same mode to continue instead of starting a new one.
    `batch_size` photos share a commit; stopping takes longer with larger batches.
    `write` gives the content of a group's sidecar, or raises UnsafeTransfer; only `TAG` asks it.
    Stopping the iteration at any point, or an interrupt, leaves every file at one of its two
    places and the journal saying which.
    """
    if not plan.groups:
        return
    sequence = 0
    if run is None:
        run = journal.begin(command, mode)
    else:
        sequence = journal.reopen(run.id)
    try:
        with Folders() as folders:
            work = _Work(journal, run, write, folders)
            groups = iter(plan.groups)
            while batch := list(islice(groups, batch_size)):
                yield from _apply_batch(batch, work, sequence)
                sequence += sum(len(group.in_order) for group in batch)
    finally:
        _finish_run(journal, run)


def _apply_batch(
    groups: Sequence[GroupMove], work: _Work, sequence: int
) -> Iterator[Moved | MoveFailed]:
    pending: list[tuple[GroupMove, list[Entry]]] = []
    for group in groups:
        try:
            pending.append((group, _identify(group, work.run, sequence, work.linked)))
        except (OSError, UnsafeTransfer) as error:
            yield MoveFailed(group.moves[0].source, transfer.advice(error), group.is_late)
        sequence += len(group.in_order)
    entries = [entry for _, entries in pending for entry in entries]
    folders = {entry.target.parent for entry in entries}
    new_folders = transfer.missing_folders(folders)
    known = work.new_folder_ids({entry.source.parent for entry in entries} | folders)
    work.journal.intend(entries, new_folders, work.earlier_files(folders), known)
    states: list[tuple[Entry, State]] = []
    try:
        for group, intended in pending:
            outcome, reached = _apply_group(group, intended, work)
            states.extend(reached)
            yield outcome
    finally:
        transfer.sync_folders({path.parent for e in entries for path in (e.source, e.target)})
        transfer.sync_folders({folder.parent for folder in new_folders})
        work.journal.record_states(states)
        work.journal.note_folders(work.run.id, work.folders.new_ids())


def _identify(
    group: GroupMove, run: Run, sequence: int, linked: _LinkedFiles | None = None
) -> list[Entry]:
    """The journal's entries for a group: the target and the current identity of each file."""
    operations = [_operation(run.mode)] * len(group.moves)
    if group.backup is not None:
        operations.insert(0, Operation.BACK_UP_SIDECAR)
    photo = sequence + len(group.in_order) - len(group.moves)
    if group.is_late:
        photo = -1 - sequence
    entries = []
    for number, (move, operation) in enumerate(
        zip(group.in_order, operations, strict=True), sequence
    ):
        source, target = move.source.absolute(), move.target.absolute()
        status = transfer.regular(source)
        now, seen = FileIdentity.of(status), move.identity
        if linked:
            linked.note(status)
            seen = seen and linked.latest(source, seen)
        if seen and not is_unchanged(now, seen):
            raise UnsafeTransfer(
                f"'{shown(source)}' was changed or replaced after it was read, so it was left "
                "alone. Sort again."
            )
        state = status.st_size, status.st_mtime_ns
        entry = Entry(run.id, number, photo, operation, source, target, *state)
        known = transfer.fingerprint(source) if operation is Operation.MOVE else None
        entries.append(replace(entry, identity=now, fingerprint=known))
    return entries


def _operation(mode: Mode) -> Operation:
    match mode:
        case Mode.MOVE:
            return Operation.MOVE
        case Mode.COPY:
            return Operation.COPY
        case Mode.HARDLINK:
            return Operation.HARDLINK
        case Mode.SYMLINK:
            return Operation.SYMLINK
        case Mode.RELATIVE_SYMLINK:
            return Operation.RELATIVE_SYMLINK
        case Mode.TAG:
            return Operation.WRITE_SIDECAR
        case _:
            assert_never(mode)


def _apply_group(
    group: GroupMove, entries: list[Entry], work: _Work
) -> tuple[Moved | MoveFailed, list[tuple[Entry, State]]]:
    """Transfer a group as a whole or not at all, under the next names if its own got taken."""
    photo = group.moves[0].source.absolute()
    refused = 0
    while True:
        try:
            writes = work.write and any(e.operation is Operation.WRITE_SIDECAR for e in entries)
            content = work.write(group) if work.write and writes else b""
            done = _transfer_all(group, entries, work, content)
            target = group.moves[0].target.absolute()
            is_there = work.run.mode is Mode.MOVE
            identity = transfer.identity_of(target if is_there else photo)
            not_kept = frozenset[Attribute]().union(*(entry.not_kept for entry in done))
            for entry in done:
                _log.debug("%s: %s -> %s", entry.operation, entry.source, entry.target)
            states = [(entry, State.DONE) for entry in done]
            return Moved(group, target, identity, not_kept), states
        except FileExistsError as error:
            if any(entry.operation.has_fixed_target for entry in entries):
                return MoveFailed(photo, _SIDECAR_APPEARED), []
            if group.is_late:  # under another name it would not belong to a photo
                return MoveFailed(photo, transfer.advice(error), group.is_late), []
            freed = [transfer.has_freed_name(e, work.journal, work.folders) for e in entries]
            if not all(freed):  # with the next name, this one would never be freed
                return MoveFailed(photo, transfer.advice(error), group.is_late), []
            refused += not any(os.path.lexists(entry.target) for entry in entries)
            if refused == _MAX_NAMES_REFUSED:
                return MoveFailed(photo, transfer.advice(error), group.is_late), []
            group, entries = _next_free(group, entries)
            work.journal.intend(entries)
        except (OSError, UnsafeTransfer) as error:
            # Not recorded here: at the end of the run the disk shows where each file is.
            return MoveFailed(photo, transfer.advice(error), group.is_late), []


def _next_free(group: GroupMove, entries: list[Entry]) -> tuple[GroupMove, list[Entry]]:
    group = renumbered(group, group.number + 1)
    while any(os.path.lexists(move.target) for move in group.moves):
        group = renumbered(group, group.number + 1)
    pairs = zip(entries, group.moves, strict=True)
    return group, [
        replace(_brought_back(entry), target=move.target.absolute(), sha256=None)
        for entry, move in pairs
    ]


def _brought_back(entry: Entry) -> Entry:
    """The entry after a failed attempt: moving there and back has changed the file's times."""
    if transfer.matches_entry(entry.source, entry):
        return replace(entry, identity=transfer.identity_of(entry.source))
    return entry


def _transfer_all(
    group: GroupMove, entries: list[Entry], work: _Work, content: bytes
) -> list[Entry]:
    done: list[Entry] = []
    try:
        for entry in entries:
            like = done[-1].target if done else None
            latest = entry.identity and work.linked.latest(entry.source, entry.identity)
            entry = replace(entry, identity=latest)  # noqa: PLW2901
            done.append(_transfer(entry, work, group, content, like))
            work.linked.leave(entry)
    except (OSError, UnsafeTransfer) as error:
        stuck = [
            f"'{shown(entry.target)}': {reason}"
            for entry in reversed(done)
            if (reason := _restore(entry, work.journal)[1])
        ]
        if stuck:
            # Never with the type FileExistsError, which would start another attempt.
            raise UnsafeTransfer(
                f"{transfer.advice(error)} Files moved with it could not be moved back: "
                f"{' '.join(stuck)} Undo the run to try that again."
            ) from error
        raise
    return done


def _transfer(
    entry: Entry, work: _Work, group: GroupMove, content: bytes, like: Path | None
) -> Entry:
    """Move one file to its target and return the entry with the hash of what was written.

    A sidecar gets `content`, and the permissions of `like`, the one that was there before.
    """
    journal = work.journal
    goes_elsewhere = entry.operation is not Operation.BACK_UP_SIDECAR
    with transfer.naming_odd_names(entry):
        anchor = group.target_anchor if goes_elsewhere else None
        target = work.folders.place(entry.target, anchor, make=True)
        source = work.folders.place(entry.source, group.source_anchor)
        transfer.check_unchanged(source, entry)
        match entry.operation:
            case Operation.MOVE:
                return transfer.move(source, target, entry, journal)
            case Operation.COPY:
                return transfer.copy(source, target, entry, journal)
            case Operation.HARDLINK:
                transfer.hardlink(source, target, entry, journal)
            case Operation.SYMLINK:
                transfer.symlink(entry.source, target)
            case Operation.RELATIVE_SYMLINK:
                transfer.symlink(entry.source, target, is_relative=True)
            case Operation.WRITE_SIDECAR:
                return transfer.create(content, target, like, entry, journal)
            case Operation.BACK_UP_SIDECAR:
                # A copy even on one drive: its hash tells it from a later file of this name.
                return transfer.move_by_copy(source, target, entry, journal)
            case _:
                assert_never(entry.operation)
        return entry


# --- Undoing ---------------------------------------------------------------------------------


def undo(
    journal: Journal, run_id: int | None = None, moved: Sequence[Relocation] = ()
) -> Generator[Restored | NotRestored, None, None]:
    """Take back a run (the last one, without a number), one outcome per file.

    `moved` holds the moved folders that the user names. Errors are raised by this call, not by the
    first iteration. Stopping early is safe; undoing again continues.
    """
    return _undo_run(journal, plan_undo(journal, run_id, moved).run)


def _undo_run(journal: Journal, run: Run) -> Generator[Restored | NotRestored, None, None]:
    journal.close_run(run.id, RunState.UNDOING)
    try:
        returns = returning.GroupReturns(journal, run.id)
        for entries in last_first(journal, run):
            if not can_return(entries):
                yield from _undo_batch(entries, journal)
                continue
            prepared = returns.prepare(entries)
            if prepared.recorded:
                journal.intend(prepared.recorded)
            yield from _undo_batch(prepared.entries, journal)
            journal.record_states((entry, State.LEFT) for entry, _ in prepared.staying)
            yield from prepared.not_restored()
    finally:
        _finish_undoing(journal, run)


def _undo_batch(entries: Sequence[Entry], journal: Journal) -> Iterator[Restored | NotRestored]:
    journal.record_states((entry, State.UNDOING) for entry in entries)
    states: list[tuple[Entry, State]] = []
    try:
        for _, members in groupby(entries, key=lambda entry: entry.photo):
            for entry, reason in _restore_group(list(members), journal):
                states.append((entry, State.LEFT if reason else State.UNDONE))
                if reason:
                    yield NotRestored(entry.target, reason)
                else:
                    identity = transfer.identity_of(entry.source)
                    yield Restored(entry.source, entry.target, identity, entry.lost)
    finally:
        transfer.sync_folders({path.parent for e in entries for path in (e.source, e.target)})
        journal.record_states(states)


def _restore_group(group: list[Entry], journal: Journal) -> Iterator[tuple[Entry, str | None]]:
    """Undo the transfers of a photo and its companions; each with the reason if it stayed.

    Moved files are restored together: if one of them exists and cannot be restored, none is.
    """
    if not (can_return(group) and any(entry.is_photo for entry in group)):
        yield from (_restore(entry, journal) for entry in group)
        return
    outcomes: list[tuple[Entry, str | None]] = []
    moved: list[Entry] = []
    for entry in group:
        was_there = os.path.lexists(entry.target)
        entry, reason = _restore(entry, journal)  # noqa: PLW2901
        outcomes.append((entry, reason))
        if was_there and reason:
            again = {one.sequence for one in reversed(moved) if _move_again(one, journal)}
            with_it = f"It stays with '{shown(entry.target.name)}'. {reason}"
            rest = ((one, with_it) for one in group[len(outcomes) :])
            yield from ((o, with_it if o.sequence in again else r) for o, r in outcomes)
            yield from rest
            return
        if was_there:
            moved.append(entry)
    yield from outcomes


def _move_again(entry: Entry, journal: Journal) -> bool:
    """Move a restored file to its target again and return whether it is there."""
    try:
        with run_folders(journal, entry.run) as folders:
            source = folders.place(entry.source)
            now = replace(entry, identity=source.identity())
            transfer.move(source, folders.place(entry.target, make=True), now, journal)
    except (OSError, UnsafeTransfer):
        return False
    return True


def _restore(entry: Entry, journal: Journal) -> tuple[Entry, str | None]:
    """Undo one transfer.

    Returns the updated entry, and None or the reason why the file was left alone.
    """
    # Still there only if it could not be removed after a copy was made, there or back.
    for folder in (entry.target.parent, entry.source.parent):
        transfer.discard_part(folder, entry, journal)
    try:
        if entry.operation.takes_source:
            return transfer.move_back(entry, journal), None
        _remove_created(entry, journal)
    except FileExistsError:
        return entry, f"Its original place '{shown(entry.source)}' is taken by another file."
    except (OSError, UnsafeTransfer) as error:
        return entry, transfer.advice(error)
    return entry, None


def _remove_created(entry: Entry, journal: Journal) -> None:
    """Remove a copy or a link while the original exists, or the program's own sidecar."""
    if not os.path.lexists(entry.target):
        return
    if reason := RecordedFolders(journal, entry.run).obstacle(entry):
        raise UnsafeTransfer(reason)
    if not os.path.lexists(entry.source):
        raise UnsafeTransfer(
            f"The original '{shown(entry.source)}' no longer exists, so the file made from it was "
            "kept."
        )

    def is_ours(place: Path | Place) -> bool:
        match entry.operation:
            case Operation.SYMLINK | Operation.RELATIVE_SYMLINK:
                return transfer.points_to(place, entry.source)
            case Operation.HARDLINK:
                return transfer.is_second_name(place, entry.source)
            case _:
                return entry.sha256 is not None and transfer.has_hash(place, entry.sha256)

    changed = f"'{shown(entry.target)}' was changed or replaced after the run."
    if not is_ours(entry.target):
        raise UnsafeTransfer(changed)
    is_copy = entry.operation is Operation.COPY
    # Compare the content: it can change while size and time stay the same.
    if is_copy and not transfer.has_hash(entry.source, entry.sha256 or ""):
        raise UnsafeTransfer(
            f"The original '{shown(entry.source)}' was changed since; the copy may be the "
            f"only one of the earlier version."
        )
    transfer.remove_made(entry, journal, is_ours, changed)


# --- After an interruption -------------------------------------------------------------------


def recover(journal: Journal) -> int:
    """Finish the runs that were killed and return how many there were.

    Call it before planning: it may move the rest of an interrupted group back.
    """
    killed = journal.runs(RunState.RUNNING)
    for run in killed:
        _finish_run(journal, run)
    for run in journal.runs(RunState.UNDOING):
        _finish_undoing(journal, run)
    finish_removals(journal)
    return len(killed)


def _finish_run(journal: Journal, run: Run) -> None:
    """Record which intended transfers the disk shows as done, and close the run.

    While a drive refuses to free a name that a transfer has reserved, the run stays open, for the
    next session to try again.
    """
    is_open = False
    intended = journal.each_entry(run.id, State.INTENDED)
    for _, members in groupby(intended, key=lambda entry: entry.photo):
        group = list(members)
        arrived = [entry for entry in group if _has_arrived(entry, journal)]
        if not all(_has_freed_name(entry, journal) for entry in group if entry not in arrived):
            is_open = True
            continue
        if len(arrived) < len(group):
            arrived = [entry for entry in reversed(arrived) if _restore(entry, journal)[1]]
        journal_states = [
            (entry, State.DONE if entry in arrived else State.FAILED) for entry in group
        ]
        journal.record_states(journal_states)
    _remove_empty_folders(journal, run)
    if not is_open:
        journal.close_run(run.id, RunState.DONE)


def _has_freed_name(entry: Entry, journal: Journal) -> bool:
    with run_folders(journal, entry.run) as folders:
        return transfer.has_freed_name(entry, journal, folders)


def _finish_undoing(journal: Journal, run: Run) -> None:
    states = []
    for entry in journal.entries(run.id, State.UNDOING):
        transfer.clear_leftovers(entry, journal)
        if entry.operation.takes_source and transfer.is_in_both(entry):
            _restore(entry, journal)
        back = not entry.operation.takes_source or os.path.lexists(entry.source)
        gone = not os.path.lexists(entry.target)
        if entry.operation is Operation.WRITE_SIDECAR and entry.sha256:
            # An earlier sidecar may have its name again.
            gone = gone or not transfer.may_have_hash(entry.target, entry.sha256)
        states.append((entry, State.UNDONE if back and gone else State.DONE))
    journal.record_states(states)
    _finish_split_groups(journal, run)
    if journal.has_any(run.id, State.UNDONE) and not journal.has_any(run.id, State.DONE):
        bring_back_folders(journal, run.id)
        _remove_empty_folders(journal, run)
    journal.close_run(run.id, _state_of_undo(journal, run))


def _state_of_undo(journal: Journal, run: Run) -> RunState:
    if not journal.has_any(run.id, *NOT_BACK):
        return RunState.UNDONE
    has_begun = journal.has_any(run.id, State.UNDONE, State.LEFT)
    return RunState.PARTLY_UNDONE if has_begun else RunState.DONE


def _finish_split_groups(journal: Journal, run: Run) -> None:
    """Restore the rest of a group that an interrupted undo has restored in part."""
    if not journal.has_any(run.id, State.DONE):
        return
    states = []
    entries = journal.each_entry(run.id, State.DONE, State.UNDONE)
    for _, members in groupby(entries, key=lambda entry: entry.photo):
        group = list(members)
        rest = [entry for entry in group if entry.state is State.DONE]
        if 0 < len(rest) < len(group):
            for entry in reversed(rest):
                entry, reason = _restore(entry, journal)  # noqa: PLW2901
                states.append((entry, State.LEFT if reason else State.UNDONE))
    journal.record_states(states)


def _has_arrived(entry: Entry, journal: Journal) -> bool:
    """Whether an intended transfer took place; removes what an interruption left half done.

    True if that is unknown, as for an unplugged or unreadable drive: undo checks again.
    """
    source, target, operation = entry.source, entry.target, entry.operation
    transfer.clear_leftovers(entry, journal)
    left = operation.takes_source and not os.path.lexists(source)
    if not os.path.lexists(target):
        return left and not os.path.isdir(target.parent)
    if left:
        return True
    if operation in (Operation.SYMLINK, Operation.RELATIVE_SYMLINK):
        return transfer.points_to(target, source)
    if operation is Operation.HARDLINK:
        return transfer.is_second_name(target, source)
    if operation.takes_source and transfer.is_in_both(entry):
        with suppress(OSError, UnsafeTransfer), run_folders(journal, entry.run) as folders:
            transfer.remove_double(entry, journal, folders)
        return os.path.lexists(target)
    return entry.sha256 is not None and transfer.may_have_hash(target, entry.sha256)


def _remove_empty_folders(journal: Journal, run: Run) -> None:
    """Remove the folders that runs created and that are empty now, the deepest first."""
    gone = []
    made = set(journal.created_folders(run.id))
    with run_folders(journal, run.id) as folders:
        for folder in sorted(made, key=lambda path: -len(path.parts)):
            with suppress(OSError, UnsafeTransfer):  # never through a link that replaced the folder
                folders.place(folder).rmdir()
            # Without its parent the folder may be on a drive that is not connected.
            if not os.path.lexists(folder) and os.path.isdir(folder.parent):
                gone.append(folder)
    journal.forget_folders(gone)
