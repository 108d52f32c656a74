"""What `catdog-sort sort` says when it has ended: totals, problems, JSON. Decides nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catdog_sorter.cli.console import Console, print_report
from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.moving.outcomes import Moved, MoveFailed
    from catdog_sorter.moving.plan import Plan
    from catdog_sorter.moving.sort import Totals


_INCOMPLETE = "Its file ends too early, or not where it should."


@dataclass(slots=True)
class SortOutcome:
    """What came of a run so far."""

    totals: "Totals"
    moved: "Spool[Moved]"
    failed: "Spool[MoveFailed]"
    corrected: frozenset[Path] = frozenset()
    incomplete: frozenset[Path] = frozenset()
    run_id: int | None = None
    interrupted: bool = False
    error: CatdogError | None = None


def sum_up(
    console: Console,
    plan: "Plan",
    outcome: SortOutcome,
    unreadable: Spool[Unreadable],
    mode: Mode,
    dry_run: bool,
    model: str,
    as_json: bool,
) -> None:
    totals = outcome.totals
    if as_json:
        print_report(_report(plan, outcome, unreadable, dry_run, model))
    elif not console.quiet:
        _print_totals(plan, outcome, mode, dry_run)
    if not totals.found:
        console.say("There is no picture, of whatever format, that is not sorted yet.")
    if outcome.incomplete:
        console.warn(f"{counted(len(outcome.incomplete), 'photo')} used, though incomplete:")
        console.name_some((path, _INCOMPLETE) for path in sorted(outcome.incomplete))
    if unreadable:
        console.warn(f"{counted(len(unreadable), 'photo')} could not be read:")
        console.name_some((item.path, item.reason) for item in unreadable)
    if outcome.failed:
        console.warn(f"{counted(len(outcome.failed), 'photo')} could not be {mode.words.total}:")
        console.name_some((item.path, item.reason) for item in outcome.failed)
    if outcome.interrupted or outcome.error:
        console.warn(f"Stopped after {counted(totals.sorted, 'photo')}.")
    if outcome.run_id is not None:
        console.say(f"To put everything back: catdog-sort undo {outcome.run_id}")


def _print_totals(plan: "Plan", outcome: SortOutcome, mode: Mode, dry_run: bool) -> None:
    totals, done = outcome.totals, mode.words.total
    if dry_run:
        for group in plan.groups:
            for move in group.moves:
                print(f"{shown(move.source)} -> {shown(move.target)}")
        print(f"Nothing was changed; {counted(len(plan.groups), 'photo')} would be {done}.")
        return
    details = [f"{n:,} {label}" for label, n in sorted(totals.by_label.items())]
    by_label = f" ({', '.join(details)})" if details else ""
    print(
        f"{counted(totals.found, 'photo')} found = {totals.sorted:,} {done}{by_label} + "
        f"{totals.left:,} left + {totals.unreadable:,} unreadable + "
        f"{totals.skipped:,} skipped{_why_skipped(plan, outcome, mode)}"
    )


def _why_skipped(plan: "Plan", outcome: SortOutcome, mode: Mode) -> str:
    from catdog_sorter.moving.plan import Reason

    # Photos whose sidecar cannot be added to are among those that failed.
    named = [s.reason for s in plan.skips if not (s.reason.is_left or s.reason is Reason.SIDECAR)]
    reasons = Counter(reason.words for reason in named)
    reasons[f"could not be {mode.words.total}"] = len(outcome.failed)
    parts = [f"{n:,} {reason}" for reason, n in reasons.items() if n]
    return f" ({', '.join(parts)})" if parts else ""


def _report(
    plan: "Plan", outcome: SortOutcome, unreadable: Spool[Unreadable], dry_run: bool, model: str
) -> dict[str, Any]:
    totals = outcome.totals
    problems: Iterator[Unreadable | MoveFailed] = chain(unreadable, outcome.failed)
    groups = plan.groups if dry_run else (moved.group for moved in outcome.moved)
    return {
        "run": outcome.run_id,
        "dry_run": dry_run,
        "interrupted": outcome.interrupted,
        "model": model,
        "found": totals.found,
        "sorted": totals.sorted,
        "left": totals.left,
        "unreadable": totals.unreadable,
        "skipped": totals.skipped,
        "moves": (
            {
                "label": group.label,
                "source": str(move.source),
                "target": str(move.target),
                **_notes(group.moves[0].source, outcome),
            }
            for group in groups
            for move in group.moves
        ),
        "skips": (
            {
                "path": str(skip.path),
                "label": skip.label,
                "reason": skip.reason,
                **_notes(skip.path, outcome),
            }
            for skip in plan.skips
        ),
        "problems": ({"path": str(item.path), "error": item.reason} for item in problems),
    }


def _notes(photo: Path, outcome: SortOutcome) -> dict[str, bool]:
    notes = {"corrected": outcome.corrected, "incomplete": outcome.incomplete}
    return {note: True for note, photos in notes.items() if photo in photos}
