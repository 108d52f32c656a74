"""`catdog-sort corrections`: lists and removes the user's corrected labels."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line, print_lines
from catdog_sorter.errors import EXIT_SOME_FAILED, UsageError
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.classification.corrections import Correction

app = typer.Typer(
    help="List or remove the labels you corrected in the window.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # as in the command itself
    pretty_exceptions_enable=False,
)
_NONE = "No photo there has a correction."


@app.command("list")
def list_corrections(as_json: options.Json = False) -> None:
    """List all corrections, the latest first. Each has the photo's path at that time."""
    with exit_codes(Console()):
        from catdog_sorter.classification.corrections import load_corrections

        known = load_corrections().latest_first
        if not as_json and not known:
            print("No photo has been corrected yet.")
        for correction in known:
            if as_json:
                row = {
                    **_row(correction),
                    "corrected_at": correction.corrected_at.isoformat(),
                    "size_bytes": correction.size_bytes,
                }
                print(json_line(row))
            else:
                when = correction.corrected_at.astimezone().strftime("%Y-%m-%d %H:%M")
                print(f"{when}  {correction.label:<8}  {shown(correction.path)}")


@app.command()
def remove(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH...]",
            show_default=False,
            help="Photos, or folders for all photos in them, at their current paths or at those "
            "when they were corrected.",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Remove all corrections.")] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Remove corrections, so that the model's labels apply again. Photos are not changed."""
    console = Console(quiet)
    with exit_codes(console):
        from catdog_sorter.classification.corrections import forget, load_corrections

        if every == bool(paths):
            raise UsageError("Give photos or folders, or --all to remove all corrections.")
        corrections = load_corrections()
        found = {path: corrections.below(path) for path in paths or ()}
        chosen = corrections.latest_first if every else [c for each in found.values() for c in each]
        removed = {correction.sha256: correction for correction in chosen}
        problems = [(path, _NONE) for path, corrected in found.items() if not corrected]
        if removed:
            forget(removed)
        if as_json:
            rows = [_row(correction) for correction in removed.values()]
            lost = [{"path": str(path), "error": reason} for path, reason in problems]
            print_lines([*rows, *lost], {"removed": len(rows)})
        else:
            console.say(f"{counted(len(removed), 'correction')} removed.")
        console.name_all(problems)
    if problems:
        raise typer.Exit(EXIT_SOME_FAILED)


def _row(correction: "Correction") -> dict[str, str]:
    return {
        "path": str(correction.path),
        "label": correction.label.value,
        "sha256": correction.sha256,
    }
