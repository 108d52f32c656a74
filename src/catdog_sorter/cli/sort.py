"""`catdog-sort sort`: shows a plan, asks, moves, and sums up."""

import shlex
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options, settings
from catdog_sorter.cli.console import Console, json_line, output_to, print_report
from catdog_sorter.cli.options import ModeName
from catdog_sorter.errors import EXIT_INTERRUPTED, EXIT_SOME_FAILED, CatdogError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.journal import Journal
    from catdog_sorter.mover import Moved, MoveFailed
    from catdog_sorter.photos import Photo
    from catdog_sorter.pipeline import Sorting, Totals
    from catdog_sorter.plan import Plan


_DONE = {"move": "sorted", "copy": "copied", "hardlink": "linked", "symlink": "linked"}
# Reasons of `plan.Reason` to pass over a photo that would otherwise be sorted.
_SKIPPED = {
    "duplicate": "already there with the same content",
    "link": "symbolic links",
    "outside": "whose folder is a link out of the target; name the real one by --into",
}
_ASK = {"move": "Move", "copy": "Copy", "hardlink": "Link", "symlink": "Link"}
Write = Callable[..., None]


@dataclass(slots=True)
class _Outcome:
    """What came of a run so far."""

    totals: "Totals"
    moved: "list[Moved]"
    failed: "list[MoveFailed]"
    corrected: frozenset[Path] = frozenset()
    run_id: int | None = None
    interrupted: bool = False
    error: CatdogError | None = None


def sort(
    ctx: typer.Context,
    paths: options.Paths,
    into: options.Into = None,
    mode: options.Mode = ModeName.MOVE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would happen; change nothing.")
    ] = False,
    flat: options.Flat = False,
    folder: options.Folders = None,
    threshold: options.Threshold = None,
    recursive: options.Recursive = True,
    backend: options.Engine = options.BackendName.ONNX,
    device: options.On = options.Device.CPU,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    no_config: options.NoConfig = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask before moving.")] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    log: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Write every step there as JSON lines."
        ),
    ] = None,
) -> None:
    """Sort photos into the folders cat, dog and both.

    The others stay where they are. Every move is recorded first; `catdog-sort undo` puts
    everything back.
    """
    console = Console(quiet)
    settings.mention(ctx, console)
    with options.exit_codes(console, lambda: "Nothing was changed."), ExitStack() as stack:
        from catdog_sorter import corrections, mover, pipeline
        from catdog_sorter import journal as journals
        from catdog_sorter.photos import find_photos

        sorting = pipeline.Sorting(options.folder_names(folder), into, flat)
        outputs = sorting.output_folders(paths)
        search = find_photos(paths, recursive=recursive, skip=sorting.is_sorted(paths))
        write = stack.enter_context(_log_to(log))
        decoders = stack.enter_context(pipeline.start_decoders())
        bundle, engine = options.open_model(model, backend, device, console)
        journal: Journal | None = None
        if not dry_run:
            stack.enter_context(mover.moving_lock())
            journal = stack.enter_context(journals.open_journal())
            mover.recover(journal)
        found = list(console.progress(search, "Finding", None))
        used = options.thresholds_from(threshold)
        with options.open_cache(no_cache, bundle, engine, console) as cache:
            results = corrections.corrected(
                pipeline.classify(found, bundle, engine, used, cache, decoders),
                corrections.load_corrections(),
            )
            plan, unreadable, by_person = _planned(console, found, results, sorting, write)
        del found  # The plan has it all, and these can be many.
        outcome = _Outcome(pipeline.Totals.of(plan, len(unreadable)), [], [], by_person)
        _show_plan(console, plan, sorting, outcome.totals, bundle.id)
        _mention_corrected(console, len(by_person))
        _mention_passed_over(console, outputs)
        if journal and plan.groups:
            if yes or _agreed(plan, mode, as_json):
                _carry_out(console, plan, journal, mode, outcome, write)
            else:
                console.say("Nothing was moved.")
        _sum_up(console, plan, outcome, unreadable, mode, dry_run, bundle.id, as_json)
    if outcome.error:
        console.warn(f"catdog-sort: {outcome.error}")
        raise typer.Exit(outcome.error.exit_code)
    if outcome.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if unreadable or outcome.failed:
        raise typer.Exit(EXIT_SOME_FAILED)


def _planned(
    console: Console,
    found: "list[Photo | Unreadable]",
    classified: "Generator[Prediction | Unreadable, None, None]",
    sorting: "Sorting",
    write: Write,
) -> "tuple[Plan, list[Unreadable], frozenset[Path]]":
    """Where the photos go, which cannot be read, and which got their label from the person."""
    from catdog_sorter.pipeline import plan_sorting

    results = []
    with closing(classified):
        for result in console.progress(classified, "Looking", len(found)):
            write(**logged(result))
            results.append(result)
    unreadable = [result for result in results if isinstance(result, Unreadable)]
    by_person = frozenset(r.path for r in results if isinstance(r, Prediction) and r.corrected)
    return plan_sorting(found, results, sorting), unreadable, by_person


def _show_plan(
    console: Console, plan: "Plan", sorting: "Sorting", totals: "Totals", model: str
) -> None:
    console.say(f"Found {counted(totals.found, 'photo')} (model {model}).")
    moving = Counter(group.label for group in plan.groups)
    staying = Counter(stay.label for stay in plan.stays)
    for label in Label:
        if moving[label]:
            console.say(f"  {label:<11}{moving[label]:>7,}  to {shown(sorting.folders[label])}/")
        if staying[label]:
            console.say(f"  {label:<11}{staying[label]:>7,}  stay")
    if totals.unreadable:
        console.say(f"  {'unreadable':<11}{totals.unreadable:>7,}  stay")


def _agreed(plan: "Plan", mode: ModeName, as_json: bool) -> bool:
    """Ask once on a terminal; without one there is nobody to ask."""
    if as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    files = sum(len(group.moves) for group in plan.groups) - len(plan.groups)
    also = f", with {counted(files, 'companion file')}" if files else ""
    question = f"{_ASK[mode]} {counted(len(plan.groups), 'photo')}{also}?"
    return typer.confirm(question, default=True, err=True)


def _mention_corrected(console: Console, number: int) -> None:
    if number:
        console.say(f"Of these {counted(number, 'photo')} with the label you gave in the window.")


def _mention_passed_over(console: Console, outputs: set[Path]) -> None:
    """What lies in an output folder counts as sorted; say so where somebody may wonder."""
    existing = sorted(shown(folder) for folder in outputs if folder.is_dir())
    if existing:
        console.say(f"Not looked into, as sorted before: {', '.join(existing)}")


def _carry_out(
    console: Console,
    plan: "Plan",
    journal: "Journal",
    mode: ModeName,
    outcome: _Outcome,
    write: Write,
) -> None:
    from catdog_sorter import mover

    command = shlex.join(["catdog-sort", *sys.argv[1:]])
    try:
        with closing(mover.apply(plan, journal, mover.Mode(mode), command)) as outcomes:
            for result in console.progress(outcomes, _ASK[mode], len(plan.groups)):
                outcome.totals.count(result)
                write(**logged(result))
                if isinstance(result, mover.MoveFailed):
                    outcome.failed.append(result)
                else:
                    outcome.moved.append(result)
    except KeyboardInterrupt:
        outcome.interrupted = True
    except CatdogError as error:
        outcome.error = error
    if outcome.moved:
        with suppress(CatdogError):
            outcome.run_id = journal.runs()[0].id


def _sum_up(
    console: Console,
    plan: "Plan",
    outcome: _Outcome,
    unreadable: list[Unreadable],
    mode: ModeName,
    dry_run: bool,
    model: str,
    as_json: bool,
) -> None:
    totals = outcome.totals
    if as_json:
        print_report(_report(plan, outcome, unreadable, dry_run, model))
    elif not console.quiet:
        _print_totals(plan, outcome, mode, dry_run)
    if unreadable:
        console.warn(f"{counted(len(unreadable), 'photo')} could not be read:")
        console.name_some((item.path, item.reason) for item in unreadable)
    if outcome.failed:
        console.warn(f"{counted(len(outcome.failed), 'photo')} could not be sorted:")
        console.name_some((item.path, item.reason) for item in outcome.failed)
    if outcome.interrupted or outcome.error:
        console.warn(f"Stopped after {counted(totals.sorted, 'photo')}.")
    if outcome.run_id is not None:
        console.say(f"To put everything back: catdog-sort undo {outcome.run_id}")


def _print_totals(plan: "Plan", outcome: _Outcome, mode: ModeName, dry_run: bool) -> None:
    totals = outcome.totals
    if dry_run:
        for group in plan.groups:
            for move in group.moves:
                print(f"{shown(move.source)} -> {shown(move.target)}")
        print(f"Nothing was changed; {counted(len(plan.groups), 'photo')} would be sorted.")
        return
    details = [f"{n:,} {label}" for label, n in sorted(totals.by_label.items())]
    by_label = f" ({', '.join(details)})" if details else ""
    print(
        f"{counted(totals.found, 'photo')} found = {totals.sorted:,} {_DONE[mode]}{by_label} + "
        f"{totals.left:,} left + {totals.unreadable:,} unreadable + "
        f"{totals.skipped:,} skipped{_why_skipped(plan, outcome)}"
    )


def _why_skipped(plan: "Plan", outcome: _Outcome) -> str:
    reasons = Counter(_SKIPPED.get(stay.reason) for stay in plan.stays)
    reasons["could not be moved"] = len(outcome.failed)
    parts = [f"{n:,} {reason}" for reason, n in reasons.items() if reason and n]
    return f" ({', '.join(parts)})" if parts else ""


def _report(
    plan: "Plan", outcome: _Outcome, unreadable: list[Unreadable], dry_run: bool, model: str
) -> dict[str, Any]:
    totals = outcome.totals
    groups = plan.groups if dry_run else (moved.group for moved in outcome.moved)
    problems: list[Unreadable | MoveFailed] = [*unreadable, *outcome.failed]
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
                **_by_person(group.moves[0].source, outcome),
            }
            for group in groups
            for move in group.moves
        ),
        "stays": (
            {
                "path": str(stay.path),
                "label": stay.label,
                "reason": stay.reason,
                **_by_person(stay.path, outcome),
            }
            for stay in plan.stays
        ),
        "problems": [{"path": str(item.path), "error": item.reason} for item in problems],
    }


def _by_person(photo: Path, outcome: _Outcome) -> dict[str, bool]:
    return {"corrected": True} if photo in outcome.corrected else {}


@contextmanager
def _log_to(path: Path | None) -> Iterator[Write]:
    """A function that writes one event, given as keywords, with the time it happened."""
    if path is None:
        yield lambda **event: None
        return
    with output_to(path) as file:

        def write(**event: object) -> None:
            try:
                line = json_line({"time": datetime.now(UTC).isoformat(), **event})
                print(line, file=file, flush=True)
            except OSError as error:
                raise CatdogError(
                    f"The log {shown(path)} cannot be written ({error.strerror}), so the run was "
                    "stopped. Free some space, or give another file by --log."
                ) from error

        yield write


def logged(event: "Prediction | Unreadable | Moved | MoveFailed") -> dict[str, Any]:
    """What happened to a photo as plain values, for a line of a log."""
    from catdog_sorter.mover import Moved

    if isinstance(event, Prediction):
        from catdog_sorter.cli.classify import fields

        return {"event": "classified", **fields(event)}
    if isinstance(event, Moved):
        moves = [{"source": str(m.source), "target": str(m.target)} for m in event.group.moves]
        return {"event": "sorted", "label": event.group.label, "moves": moves}
    kind = "unreadable" if isinstance(event, Unreadable) else "failed"
    return {"event": kind, "path": str(event.path), "error": event.reason}
