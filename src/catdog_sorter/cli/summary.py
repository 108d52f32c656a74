"""Prints the summary of `catdog-sort sort`: totals, problems, JSON. Decides nothing."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catdog_sorter.cli.console import Console, print_lines, reader_may_leave
from catdog_sorter.cli.report import InTurn
from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.reports.rows import PhotoOutcome, ReportRow
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.moving.journal import Attribute
    from catdog_sorter.moving.outcomes import Moved, MoveFailed
    from catdog_sorter.moving.plan import Move, Plan
    from catdog_sorter.moving.sort import Totals
    from catdog_sorter.photos.left_alone import Survey


_INCOMPLETE = "Its file is truncated, or has extra data at its end."


@dataclass(slots=True)
class SortOutcome:
    """Outcome of a run so far; `late`: the files moved to photos sorted earlier.

    `from_preview`: how many photos were answered from their preview alone. `is_empty_run`: the
    history has the run, which had no photos to move. `not_kept`: of how many photos another drive
    has not taken the owner, say.
    """

    totals: "Totals"
    moved: "Spool[Moved]"
    failed: "Spool[MoveFailed]"
    corrected: frozenset[Path] = frozenset()
    incomplete: frozenset[Path] = frozenset()
    from_preview: int = 0
    run_id: int | None = None
    interrupted: bool = False
    error: CatdogError | None = None
    late: "list[Move]" = field(default_factory=list)
    is_empty_run: bool = False
    not_kept: "Counter[Attribute]" = field(default_factory=Counter)

    @property
    def has_stopped(self) -> bool:
        """Whether the run ended early."""
        return self.interrupted or self.error is not None


def mention_left_alone(console: Console, survey: "Survey") -> None:
    """Name the folders that were not entered, each kind once, and count the videos left out."""
    parts = []
    for kind, left in survey.by_kind:
        names = [shown(path) for path in left.examples]
        more = ", ..." if left.count > len(names) else ""
        parts.append(f"{left.count:,} {kind.noun(left.count)} ({', '.join(names)}{more})")
    if survey.excluded:
        parts.append(f"{counted(survey.excluded, 'excluded photo')}")
    if parts:
        console.say(f"Left alone: {'; '.join(parts)}.")
    if (away := survey.placeholders).count:
        lies = "is" if away.count == 1 else "are"
        console.warn(
            f"{counted(away.count, 'photo')} {lies} in iCloud only ({shown(away.examples[0])} is "
            "a placeholder). Download the photos you want sorted, then run this again."
        )
    if survey.videos:
        console.say(f"{counted(survey.videos, 'video')} left out; --videos includes them.")
    if (others := survey.unsupported_videos).count:
        which = ", ".join(shown(path) for path in others.examples)
        more = ", ..." if others.count > len(others.examples) else ""
        console.say(
            f"{counted(others.count, 'video')} left out, of formats that are not supported: "
            f"{which}{more}."
        )


def mention_previews(console: Console, number: int) -> None:
    """Say how many photos were not decoded, if any."""
    if number:
        console.say(
            f"{counted(number, 'photo')} classified by the embedded preview alone; --previews "
            "never decodes every photo in full."
        )


def mention_survey(console: Console, survey: "Survey", plan: "Plan", mode: Mode) -> None:
    """Print warnings about the folders before photos are moved."""
    from catdog_sorter.moving.plan import Reason

    mention_left_alone(console, survey)
    _mention_links(console, plan, survey)
    staying = sum(skip.reason is Reason.CATALOG for skip in plan.skips)
    if mode is Mode.MOVE and (plan.groups or staying):
        _warn_of_managers(console, survey)
    if staying:
        stay, them = _number(staying)
        console.say(
            f"{counted(staying, 'photo')} there {stay}, because that program would not find "
            f"{them} any more; --break-catalogs moves {them}."
        )


def _number(photos: int) -> tuple[str, str]:
    """Return the verb and the pronoun for this number of photos."""
    return ("stays", "it") if photos == 1 else ("stay", "them")


def _mention_links(console: Console, plan: "Plan", survey: "Survey") -> None:
    """Print the links because of which photos stay."""
    from catdog_sorter.moving.plan import Reason

    linked = [skip for skip in plan.skips if skip.reason is Reason.LINKED]
    if linked:
        stay, them = _number(len(linked))
        console.say(
            f"{counted(len(linked), 'photo')} {stay}, because links to {them} would break; "
            f"--break-links moves {them}, --mode symlink or copy keeps both intact:"
        )
        named = ((s.path, survey.links.get(os.path.realpath(s.path), "")) for s in linked)
        console.name_some((path, f"linked from {shown(link)}") for path, link in named)


def _warn_of_managers(console: Console, survey: "Survey") -> None:
    """Warn of programs whose databases would lose the photos."""
    for folder, manager in dict.fromkeys(survey.managed):
        verb = "keeps" if manager.is_certain else "may keep"
        console.warn(
            f"{manager.program} {verb} a database of {shown(folder)}; --tag or --mode copy keeps "
            "it intact."
        )


def sum_up(
    console: Console,
    plan: "Plan",
    outcome: SortOutcome,
    unreadable: Spool[Unreadable],
    mode: Mode,
    dry_run: bool,
    model: str,
    rows: Iterable[ReportRow] | None,
    survey: "Survey",
) -> None:
    """Print the outcome of a run; as JSON if there are `rows`, one for each photo."""
    from catdog_sorter.moving.outcomes import not_kept_sentences

    totals = outcome.totals
    with reader_may_leave():
        if rows is not None:
            lines = _lines(rows, plan, outcome, dry_run)
            print_lines(lines, _summary(outcome, dry_run, model, survey))
        elif not console.quiet:
            _print_totals(plan, outcome, mode, dry_run)
    mention_previews(console, outcome.from_preview)
    if not totals.found:
        console.say("No unsorted photos of a supported format were found.")
    if outcome.incomplete:
        console.warn(
            f"{counted(len(outcome.incomplete), 'photo')} classified from an incomplete file:"
        )
        console.name_some((path, _INCOMPLETE) for path in sorted(outcome.incomplete))
    if unreadable:
        console.warn(f"{counted(len(unreadable), 'photo')} could not be read:")
        console.name_some((item.path, item.reason) for item in unreadable)
    if outcome.failed:
        console.warn(f"{counted(len(outcome.failed), 'photo')} could not be {mode.words.total}:")
        console.name_some((item.path, item.reason) for item in outcome.failed)
    for sentence in not_kept_sentences(outcome.not_kept, "photo"):
        console.warn(sentence)
    if outcome.interrupted or outcome.error:
        console.warn(f"Stopped after {counted(totals.sorted, 'photo')}.")
    if outcome.run_id is not None:
        console.say(f"To undo: catdog-sort undo {outcome.run_id}")


def _print_totals(plan: "Plan", outcome: SortOutcome, mode: Mode, dry_run: bool) -> None:
    totals, done = outcome.totals, mode.words.total
    if dry_run:
        moves = chain.from_iterable(group.moves for group in plan.groups)
        for move in chain(moves, outcome.late):
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

    # Photos whose sidecar cannot be changed are among those that failed.
    named = [s.reason for s in plan.skips if not (s.reason.is_left or s.reason is Reason.SIDECAR)]
    reasons = Counter(reason.words for reason in named)
    reasons[f"could not be {mode.words.total}"] = len(outcome.failed)
    parts = [f"{n:,} {reason}" for reason, n in reasons.items() if n]
    return f" ({', '.join(parts)})" if parts else ""


def _lines(
    rows: Iterable[ReportRow], plan: "Plan", outcome: SortOutcome, dry_run: bool
) -> Iterator[dict[str, Any]]:
    """Yield a line for each photo, as in a report, with its companions, in the search's order."""
    groups = plan.groups if dry_run else (moved.group for moved in outcome.moved)
    companions = InTurn((group.moves[0].source, group.moves[1:]) for group in groups)
    for row in rows:
        line = row.values()
        if moves := companions.take(row.path):
            line["companions"] = list(map(places, moves))
        yield line
    what = PhotoOutcome.PLANNED if dry_run else PhotoOutcome.SORTED
    for move in outcome.late:
        yield {**places(move), "outcome": what.value, "late": True}


def places(move: "Move") -> dict[str, str]:
    """Return where a file was and where it went, for a line of JSON."""
    return {"path": str(move.source), "target": str(move.target)}


def _summary(outcome: SortOutcome, dry_run: bool, model: str, survey: "Survey") -> dict[str, Any]:
    totals = outcome.totals
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
        "left_alone": [
            {"kind": kind, "folders": left.count, "examples": [str(p) for p in left.examples]}
            for kind, left in survey.by_kind
        ],
        "excluded": survey.excluded,
        "icloud_only": survey.placeholders.count,
        "late": len(outcome.late),
        "videos_passed_over": survey.videos + survey.unsupported_videos.count,
        "from_preview": outcome.from_preview,
        "not_kept": dict(sorted(outcome.not_kept.items())),
    }
