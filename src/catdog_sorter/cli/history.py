"""`catdog-sort undo` and `catdog-sort history`."""

from contextlib import closing
from typing import Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line, print_report
from catdog_sorter.errors import EXIT_SOME_FAILED
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import counted, shown


def undo(
    run: Annotated[
        int | None,
        typer.Argument(
            metavar="[RUN]",
            show_default=False,
            help="Number of the run in the history; defaults to the last.",
        ),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Put all photos of a run back.

    Files that were changed, moved or deleted since are left alone and named.
    """
    console = Console(quiet)
    number_restored, restored, left = 0, Spool[tuple[str, str]](), Spool[tuple[str, str]]()
    with exit_codes(console, lambda: "`catdog-sort undo` goes on where this stopped."):
        from catdog_sorter.moving.outcomes import Restored
        from catdog_sorter.moving.session import MovingSession

        with MovingSession() as session, closing(session.undo(run)) as outcomes:
            for outcome in console.progress(outcomes, "Putting back", None):
                if isinstance(outcome, Restored):
                    number_restored += 1
                    if as_json:
                        restored.append((str(outcome.path), str(outcome.was_at)))
                else:
                    left.append((str(outcome.path), outcome.reason))
    if as_json:
        back = ({"path": path, "was_at": was_at} for path, was_at in restored)
        problems = ({"path": path, "error": reason} for path, reason in left)
        print_report({"restored": back, "problems": problems})
    elif not quiet:
        print(f"{counted(number_restored, 'file')} put back, {len(left):,} left alone.")
    if left:
        console.name_all(left)
        raise typer.Exit(EXIT_SOME_FAILED)


def history(as_json: options.Json = False) -> None:
    """List the runs that moved photos, the latest first."""
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
                amount = counted(run.moved, "photo")
                state = f"{run.mode}, {run.state.words}"
                print(f"{run.id:>5}  {when}  {amount:>14}  {state:<21} {shown(run.command)}")
