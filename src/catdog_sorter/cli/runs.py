"""`catdog-sort runs`: the training runs that are kept. Decides how they are shown."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.training.runs import TrainingRun

app = typer.Typer(
    help="List, show and remove training runs.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # as in the command itself
    pretty_exceptions_enable=False,
)
Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="Name of a run.")]


@app.command("list")
def list_runs(as_json: options.Json = False) -> None:
    """List the training runs, the latest first."""
    console = Console()
    with exit_codes(console):
        from catdog_sorter.training.runs import known_runs

        runs = known_runs()
        for run in runs:
            print(json_line(_row(run)) if as_json else _line(run))
        if not runs:
            console.say("There are no training runs.")


@app.command()
def show(name: Name, as_json: options.Json = False) -> None:
    """Show the settings and results of a run."""
    with exit_codes(Console()):
        from catdog_sorter.training.runs import REPORT, find_run

        run = find_run(name)
        if as_json:
            print(json_line(_row(run) | {"settings": run.settings}))
            return
        print(_line(run))
        print(f"  folder {shown(run.folder)}")
        if run.is_finished:
            print(f"  report {shown(run.folder / REPORT)}")
        _print_photos(run)
        _print_comparison(run)


@app.command()
def remove(name: Name, quiet: options.Quiet = False) -> None:
    """Remove a run: its report, logs and checkpoints. Its model is kept."""
    console = Console(quiet)
    with exit_codes(console, lambda: "Nothing was removed."):
        from catdog_sorter.training.runs import remove_run

        remove_run(name)
        console.say(f"The run {shown(name)} is removed. Its model, if any, is kept.")


def _row(run: "TrainingRun") -> dict[str, Any]:
    comparison = run.settings.get("comparison")
    return {
        "name": run.name,
        "folder": str(run.folder),
        "finished": run.is_finished,
        "size_bytes": run.size_bytes,
        "changed": int(run.changed_s),
        "verdict": comparison.get("verdict") if isinstance(comparison, dict) else None,
    }


def _line(run: "TrainingRun") -> str:
    row = _row(run)
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.changed_s))
    state = "finished" if run.is_finished else "not finished; `retrain --resume` continues it"
    verdict = f", {shown(str(row['verdict']))} than the initial model" if row["verdict"] else ""
    return f"{shown(run.name)}   {when}, {state}{verdict}, {run.size_bytes / 1e6:,.1f} MB"


def _print_photos(run: "TrainingRun") -> None:
    photos = run.settings.get("photos")
    if isinstance(photos, dict):
        kinds = ", ".join(f"{count} {shown(str(kind))}" for kind, count in photos.items())
        print(f"  photos {kinds}")
    framework, recipe = run.settings.get("framework"), run.settings.get("recipe")
    if isinstance(recipe, dict):
        print(f"  recipe {shown(str(recipe.get('name')))}, by {shown(str(framework))}")


def _print_comparison(run: "TrainingRun") -> None:
    from catdog_sorter.training.measure.before_after import FIGURES, Measured, with_interval

    comparison = run.settings.get("comparison")
    if not isinstance(comparison, dict):
        return
    print(f"  on {counted(int(comparison['photos']), 'photo')} held out, before and after:")
    for name, title in FIGURES.items():
        if name in comparison["before"] and name in comparison["after"]:
            sides = (Measured(**comparison[side][name]) for side in ("before", "after"))
            before, after = (with_interval(name, measured) for measured in sides)
            print(f"    {title:27}{before:>26}{after:>26}")
