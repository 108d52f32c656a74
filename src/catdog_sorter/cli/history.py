"""`catdog-sort undo` and `catdog-sort history`."""

import os
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, ask, can_ask, exit_codes, json_line, print_lines
from catdog_sorter.errors import EXIT_SOME_FAILED, UsageError
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.moving.outcomes import NotRestored, Restored
    from catdog_sorter.moving.relocation import Relocation
    from catdog_sorter.moving.undo import UndoPlan


def undo(
    run: options.Run = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would be put back; change nothing.")
    ] = False,
    moved: Annotated[
        list[str] | None,
        typer.Option(
            "--moved",
            metavar="OLD=NEW",
            show_default=False,
            help="The run's folder OLD is now at NEW. Repeatable.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Put all photos of a run back where they were.

    Names the run and asks first. Files that were changed, moved or deleted since then stay and are
    named; the run is then partly undone, and the next undo tries them again.
    """
    console = Console(quiet)
    with exit_codes(console, lambda: "Run `catdog-sort undo` to continue."):
        from catdog_sorter.moving.journal import open_journal
        from catdog_sorter.moving.session import MovingSession
        from catdog_sorter.moving.undo import plan_undo, preview

        relocations = _relocations(moved or [])
        if dry_run:
            with open_journal() as journal, journal.provisionally():
                plan = plan_undo(journal, run, relocations)
                _mention_relocations(console, plan)
                console.say(f"Of {plan.words}:")
                left = _list(console, preview(journal, plan.run), plan, as_json, dry_run=True)
        else:
            with MovingSession() as session:
                plan = session.plan_undo(run, relocations)
                _mention_relocations(console, plan)
                if not yes and can_ask():
                    if not ask(f"Undo {plan.words}?"):
                        console.say("Nothing was changed.")
                        return
                else:
                    console.say(f"Undoing {plan.words}.")
                with closing(session.undo(plan.run.id, relocations)) as outcomes:
                    shown_outcomes = console.progress(outcomes, "Putting back", plan.files)
                    left = _list(console, shown_outcomes, plan, as_json, dry_run=False)
    if left:
        raise typer.Exit(EXIT_SOME_FAILED)


def _relocations(moved: list[str]) -> "list[Relocation]":
    from catdog_sorter.moving.relocation import Relocation

    pairs = [text.partition("=") for text in moved]
    if not all(old and new for old, _, new in pairs):
        raise UsageError("--moved needs the old and the new folder. Write OLD=NEW.")
    return [Relocation(_absolute(old), _absolute(new)) for old, _, new in pairs]


def _absolute(folder: str) -> Path:
    """Expand a `~` after `=`, which the shell leaves unchanged."""
    return Path(os.path.abspath(os.path.expanduser(folder)))


def _mention_relocations(console: Console, plan: "UndoPlan") -> None:
    for one in plan.relocations:
        console.say(f"{shown(one.old)} is now {shown(one.new)}.")


def _list(
    console: Console,
    outcomes: "Iterable[Restored | NotRestored]",
    plan: "UndoPlan",
    as_json: bool,
    dry_run: bool,
) -> bool:
    """Print the outcome of each file, or the planned one; returns whether any was left alone."""
    from catdog_sorter.moving.journal import Attribute
    from catdog_sorter.moving.outcomes import Restored, not_kept_sentences

    number, left = 0, Spool[tuple[str, str]]()
    rows = Spool[dict[str, str]]()  # printed at the end, as the pipe may be closed
    not_kept = Counter[Attribute]()
    for outcome in outcomes:
        if not isinstance(outcome, Restored):
            left.append((str(outcome.path), outcome.reason))
            if as_json:
                rows.append({"path": str(outcome.path), "error": outcome.reason})
            continue
        number += 1
        not_kept.update(outcome.not_kept)
        if as_json:
            rows.append({"path": str(outcome.path), "was_at": str(outcome.was_at)})
        elif dry_run:
            print(f"{shown(outcome.was_at)} -> {shown(outcome.path)}")
    if as_json:
        lost = dict(sorted(not_kept.items()))
        counts = {"restored": number, "left": len(left), "not_kept": lost}
        print_lines(rows, {"run": plan.run.id, "dry_run": dry_run, **counts})
    elif dry_run:
        print(f"Nothing was changed; {counted(number, 'file')} would be put back.")
    elif not console.quiet:
        print(f"{counted(number, 'file')} put back, {len(left):,} left alone.")
    console.name_all(left)
    for sentence in not_kept_sentences(not_kept, "file"):
        console.warn(sentence)
    if left and not dry_run:
        console.say(
            f"Run {plan.run.id} is partly undone. Run `catdog-sort undo {plan.run.id}` to try the "
            "rest again."
        )
    return bool(left)


def history(as_json: options.Json = False) -> None:
    """List all runs, the latest first."""
    with exit_codes(Console()):
        from catdog_sorter.moving.journal import open_journal

        with open_journal() as journal:
            runs = journal.runs()
        if not as_json and not runs:
            print("No photos have been sorted yet.")
        for run in runs:
            if as_json:
                row = {
                    "run": run.id,
                    "started_at": run.started_at.isoformat(),
                    "state": run.state,
                    "mode": run.mode,
                    "photos": run.moved,
                    "command": run.command,
                }
                print(json_line(row))
            else:
                when = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
                only_files = run.files and not run.moved  # companions that came later
                amount = counted(run.files, "file") if only_files else counted(run.moved, "photo")
                state = f"{run.mode}, {run.state.words}"
                print(f"{run.id:>5}  {when}  {amount:>14}  {state:<21} {shown(run.command)}")
