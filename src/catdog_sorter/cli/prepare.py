"""`catdog-sort prepare`: brings labelled photos into the folders that `retrain` reads."""

import csv
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import (
    Console,
    apart_from,
    ask,
    exit_codes,
    output_to,
    print_lines,
    require_yes,
)
from catdog_sorter.cli.options import ModeName
from catdog_sorter.errors import EXIT_INTERRUPTED, EXIT_SOME_FAILED
from catdog_sorter.moving.modes import Mode
from catdog_sorter.storage.outputs import csv_kind
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.moving.outcomes import Moved, MoveFailed
    from catdog_sorter.moving.plan import Plan
    from catdog_sorter.moving.session import MovingSession
    from catdog_sorter.training.data.prepare import Findings, PreparedPhoto, PrepareOutcome
    from catdog_sorter.training.data.samples import Sample

_COLUMNS = ("path", "label", "outcome", "detail")


@dataclass(slots=True)
class _Run:
    """Progress of placing the photos."""

    results: "list[Moved | MoveFailed]" = field(default_factory=list)
    run_id: int | None = None
    interrupted: bool = False


def prepare(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SRC",
            show_default=False,
            help="A folder with files named like cat.0.jpg, such as Kaggle's train/; or with "
            "cat/ and dog/, and optionally neither/ and both/; or a CSV file of paths and "
            "labels.",
        ),
    ],
    dest: Annotated[
        Path,
        typer.Argument(
            metavar="DEST", show_default=False, help="Create cat/, dog/ and so on there."
        ),
    ],
    mode: Annotated[ModeName, typer.Option(help="What to do with the photos.")] = ModeName.COPY,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would happen; change nothing.")
    ] = False,
    keep_duplicates: Annotated[
        bool,
        typer.Option("--keep-duplicates", help="Keep photos that look the same as another."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            show_default=False,
            help="Write the outcome of every photo there.",
        ),
    ] = None,
    yes: options.Yes = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Collect labelled photos in folders to train on.

    Photos that cannot be read are named and left out. Of photos that look the same, one is used.
    `catdog-sort undo` reverts everything.
    """
    console = Console(quiet)
    with exit_codes(console, lambda: "Nothing was changed."), ExitStack() as stack:
        from catdog_sorter.moving.session import MovingSession
        from catdog_sorter.training.data import prepare as preparation
        from catdog_sorter.training.data.samples import find_samples, passed_over

        samples = find_samples(source)
        preparation.check_destination(source, samples, dest)
        is_asked = mode is ModeName.MOVE and not yes and not dry_run
        require_yes(not is_asked)
        write_report = stack.enter_context(_report_to(report, source))
        session = None if dry_run else stack.enter_context(MovingSession())
        findings = _examined(console, samples, keep_duplicates)
        plan = preparation.plan_folders(findings, dest)
        outcomes = preparation.outcomes(samples, findings, plan)
        _show(console, outcomes, passed_over(source, samples))
        run = _Run()
        if session and plan.groups:
            question = f"Move {counted(len(plan.groups), 'photo')} to {shown(dest)}?"
            if not is_asked or ask(question):
                _place(console, plan, session, Mode(mode), run)
                outcomes = preparation.outcomes(samples, findings, plan, run.results)
            else:
                console.say("Nothing was moved.")
        elif session:
            session.note_empty_run(Mode(mode), _command())
        write_report(outcomes)
        with apart_from(None if as_json else report):
            _sum_up(console, outcomes, run, Mode(mode), dry_run, as_json)
    if run.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if any(
        outcome.outcome
        in (preparation.PrepareOutcome.UNREADABLE, preparation.PrepareOutcome.FAILED)
        for outcome in outcomes
    ):
        raise typer.Exit(EXIT_SOME_FAILED)


def _examined(console: Console, samples: "list[Sample]", keep_duplicates: bool) -> "Findings":
    from catdog_sorter.training.data.prepare import Findings, examine

    steps = examine(samples, keep_duplicates=keep_duplicates)
    results = list(console.progress(steps, "Classifying", len(samples)))
    findings = results[-1]
    assert isinstance(findings, Findings)
    return findings


def _show(console: Console, outcomes: "Sequence[PreparedPhoto]", passed_over: str) -> None:
    """Print what was found, and the names of photos left out."""
    from catdog_sorter.training.data.prepare import PrepareOutcome

    labels = Counter(_label(outcome.sample) for outcome in outcomes)
    kinds = ", ".join(f"{number:,} {label}" for label, number in sorted(labels.items()))
    console.say(f"Found {counted(len(outcomes), 'labelled photo')} ({kinds}).")
    if passed_over:
        console.say(passed_over)
    of = {
        outcome: [item for item in outcomes if item.outcome is outcome]
        for outcome in PrepareOutcome
    }
    if unreadable := of[PrepareOutcome.UNREADABLE]:
        console.warn(f"{counted(len(unreadable), 'photo')} could not be read:")
        _name(console, unreadable, "{}")
    if duplicates := of[PrepareOutcome.DUPLICATE]:
        console.say(f"{counted(len(duplicates), 'photo')} left out, as they look like another:")
        if not console.quiet:
            _name(console, duplicates, "looks the same as {}")
    if contradictions := of[PrepareOutcome.CONTRADICTION]:
        console.warn(
            f"CONTRADICTION: {counted(len(contradictions), 'photo')} left out, as they look like a "
            "photo with another label. Keep the one whose label is right:"
        )
        _name(console, contradictions, "looks the same as {}")


def _name(console: Console, outcomes: "Sequence[PreparedPhoto]", sentence: str) -> None:
    console.name_some(
        ((item.sample.path, sentence.format(shown(item.detail))) for item in outcomes),
        "`--report FILE.csv` lists them all",
    )


def _place(console: Console, plan: "Plan", session: "MovingSession", mode: Mode, run: _Run) -> None:
    from catdog_sorter.moving.outcomes import Moved

    try:
        with closing(session.apply(plan, mode, _command())) as results:
            for result in console.progress(results, mode.words.gerund, len(plan.groups)):
                run.results.append(result)
    except KeyboardInterrupt:
        run.interrupted = True
    if any(isinstance(result, Moved) for result in run.results):
        run.run_id = session.runs()[0].id


def _command() -> str:
    return shlex.join(["catdog-sort", *sys.argv[1:]])


def _sum_up(
    console: Console,
    outcomes: "Sequence[PreparedPhoto]",
    run: _Run,
    mode: Mode,
    dry_run: bool,
    as_json: bool,
) -> None:
    from catdog_sorter.moving.outcomes import Moved, not_kept_sentences
    from catdog_sorter.training.data.prepare import PrepareOutcome

    if as_json:
        rows = (dict(zip(_COLUMNS, _row(outcome), strict=True)) for outcome in outcomes)
        print_lines(rows, _summary(outcomes, run, dry_run))
    elif not console.quiet:
        _print_totals(outcomes, mode, dry_run)
    failed = [outcome for outcome in outcomes if outcome.outcome is PrepareOutcome.FAILED]
    if failed:
        console.warn(f"{counted(len(failed), 'photo')} could not be {mode.words.done}:")
        _name(console, failed, "{}")
    lost = (result.not_kept for result in run.results if isinstance(result, Moved))
    for sentence in not_kept_sentences(Counter(chain.from_iterable(lost)), "photo"):
        console.warn(sentence)
    if run.interrupted:
        console.warn("Stopped. Run the same command again to do the rest.")
    if run.run_id is not None:
        console.say(f"To undo: catdog-sort undo {run.run_id}")


def _print_totals(outcomes: "Sequence[PreparedPhoto]", mode: Mode, dry_run: bool) -> None:
    from catdog_sorter.training.data.prepare import PrepareOutcome

    if dry_run:
        planned = [outcome for outcome in outcomes if outcome.outcome is PrepareOutcome.LEFT]
        for outcome in planned:
            print(f"{shown(outcome.sample.path)} -> {shown(outcome.detail)}")
        print(f"Nothing was changed; {counted(len(planned), 'photo')} would be {mode.words.done}.")
        return
    placed = Counter(
        _label(item.sample) for item in outcomes if item.outcome is PrepareOutcome.PLACED
    )
    details = ", ".join(f"{number:,} {label}" for label, number in sorted(placed.items()))
    parts = [f"{placed.total():,} {mode.words.done}" + f" ({details})" * bool(details)]
    parts += [
        outcome.counted(number)
        for outcome, number in _counts(outcomes).items()
        if number and outcome is not PrepareOutcome.PLACED
    ]
    print(f"{counted(len(outcomes), 'photo')} found = {' + '.join(parts)}")


def _counts(outcomes: "Sequence[PreparedPhoto]") -> "dict[PrepareOutcome, int]":
    """Number of photos with each outcome; the sum is all photos."""
    from catdog_sorter.training.data.prepare import PrepareOutcome

    found = Counter(outcome.outcome for outcome in outcomes)
    return {outcome: found[outcome] for outcome in PrepareOutcome}


def _summary(outcomes: "Sequence[PreparedPhoto]", run: _Run, dry_run: bool) -> dict[str, Any]:
    return {
        "run": run.run_id,
        "dry_run": dry_run,
        "interrupted": run.interrupted,
        "found": len(outcomes),
        **{outcome.name.lower(): number for outcome, number in _counts(outcomes).items()},
    }


def _row(outcome: "PreparedPhoto") -> tuple[str, str, str, str]:
    return str(outcome.sample.path), _label(outcome.sample), outcome.outcome.value, outcome.detail


def _label(sample: "Sample") -> str:
    from catdog_sorter.training.data.samples import LABEL_OF

    return LABEL_OF[sample.animals].value


@contextmanager
def _report_to(
    path: Path | None, source: Path
) -> "Iterator[Callable[[Sequence[PreparedPhoto]], None]]":
    """Create the report before a photo moves; yields a function that writes an outcome's row."""
    if path is None:
        yield lambda outcomes: None
        return
    with output_to(path, csv_kind("report of prepared photos", _COLUMNS)) as file:

        def write(outcomes: "Sequence[PreparedPhoto]") -> None:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_COLUMNS)
            writer.writerows(_row(outcome) for outcome in outcomes)

        yield write
