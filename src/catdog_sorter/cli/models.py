"""`catdog-sort models`: lists, chooses, shows, exports and imports models.

Decides how models are shown. `bundle` and `archive` decide which models are valid.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.errors import EXIT_ENVIRONMENT, BundleError, UsageError
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.model.bundle import ModelBundle

app = typer.Typer(
    help="List, choose, show, export and import models.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # as in the command itself
    pretty_exceptions_enable=False,
)
Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="Name of a model.")]
NameOrPath = Annotated[
    str,
    typer.Argument(metavar="NAME|PATH", show_default=False, help="Name or folder of a model."),
]


@app.command("list")
def list_models(as_json: options.Json = False) -> None:
    """List the available models; a star marks the one in use."""
    console = Console()
    with exit_codes(console):
        from catdog_sorter.model.registry import find_bundle, known_bundles, name_in_use
        from catdog_sorter.storage.files import clear_unfinished
        from catdog_sorter.storage.locations import models_folder

        clear_unfinished(models_folder())
        used = name_in_use()
        for name, folder in known_bundles().items():
            row = _row(name, folder, used)
            print(json_line(row) if as_json else "\n".join(_row_lines(row)))
        try:
            find_bundle(None)
        except BundleError as error:
            console.warn(f"catdog-sort: {error}")


def _row(name: str, folder: Path, used: str) -> dict[str, Any]:
    """Make a model's row in the list; a damaged one has `problem` instead of its properties."""
    from catdog_sorter.model.bundle import load_bundle
    from catdog_sorter.storage.locations import shipped_weights

    origin = "shipped" if folder.parent == shipped_weights() else "yours"
    row = {"name": name, "origin": origin, "in_use": name == used, "folder": str(folder)}
    try:
        bundle = load_bundle(folder)
    except BundleError as error:
        return {**row, "problem": str(error)}
    return {
        **row,
        "id": bundle.id,
        "architecture": bundle.architecture,
        "framework": bundle.framework,
        "outputs": list(bundle.outputs),
        "input_size": bundle.preprocessing.size,
        "validation_accuracy": _number(bundle.metrics, "validation", "forced_choice_accuracy"),
        "training_photos": _number(bundle.training, "training_photos"),
        "size_bytes": sum(path.stat().st_size for path in _files(bundle)),
    }


def _row_lines(row: Mapping[str, Any]) -> Iterator[str]:
    state = ", ".join([row["origin"], *(["in use"] if row["in_use"] else [])])
    star = "*" if row["in_use"] else " "
    if "problem" in row:
        yield f"{star} {shown(row['name'])}   {state}, damaged"
        yield f"    {shown(row['problem'])}"
        return
    yield f"{star} {shown(row['name'])}   {state}"
    made = shown(f"{row['architecture']} by {row['framework']}")
    tells = " and ".join(row["outputs"])
    size = _megabytes(row["size_bytes"])
    yield f"    {made}, outputs {tells}, input {row['input_size']} pixels, {size}"
    accuracy, photos = row["validation_accuracy"], row["training_photos"]
    right = "accuracy not measured" if accuracy is None else f"validation accuracy {accuracy:.2%}"
    learnt = "" if photos is None else f", trained on {counted(int(photos), 'photo')}"
    yield f"    {right}{learnt}; id {shown(row['id'])}"


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.1f} MB"


def _number(values: Mapping[str, Any], *names: str) -> float | None:
    """Return the number under these keys; None without one, as bundles may have any metrics."""
    found: Any = values
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    # The range leaves out what cannot be formatted: NaN, and integers beyond every float.
    return found if isinstance(found, int | float) and abs(found) < 1e15 else None


def _files(bundle: "ModelBundle") -> list[Path]:
    from catdog_sorter.model.bundle import DESCRIPTION

    return [bundle.folder / name for name in (DESCRIPTION, *sorted(bundle.files))]


@app.command()
def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME|PATH]",
            show_default=False,
            help="Name or folder of a model; defaults to the one in use.",
        ),
    ] = None,
    card: Annotated[
        bool,
        typer.Option(
            "--card",
            help="Print the model card instead (Markdown): data, licences, results, weak spots.",
        ),
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Show a model's description, and verify its files.

    Ends with code 3 when a file is damaged.
    """
    with exit_codes(Console()):
        from catdog_sorter.model.bundle import read_description
        from catdog_sorter.model.registry import find_bundle

        folder = find_bundle(name)
        if card:
            print(_card(folder), end="")
            return
        bundle = read_description(folder)
        facts = _facts(bundle)
        print(json_line(facts) if as_json else "\n".join(_lines(facts)))
        if any(file["state"] != "verified" for file in facts["files"].values()):
            raise typer.Exit(EXIT_ENVIRONMENT)


def _card(folder: Path) -> str:
    """Read the model card. Raises UsageError for a model that is not bundled."""
    from catdog_sorter.storage.locations import shipped_weights

    if folder.parent != shipped_weights():
        raise UsageError(
            f"{shown(folder.name)} has no model card: only bundled models have one. Leave out "
            "--card to see how it was trained and how well it did."
        )
    return (folder.parent / "README.md").read_text(encoding="utf-8")


def _facts(bundle: "ModelBundle") -> dict[str, Any]:
    from dataclasses import asdict

    from catdog_sorter.model.bundle import file_problem

    files = {}
    for name, expected in sorted(bundle.files.items()):
        path = bundle.folder / name
        size = path.stat().st_size if path.is_file() else None
        state = file_problem(path, expected) or "verified"
        files[name] = {"size_bytes": size, "sha256": expected, "state": state}
    facts = asdict(bundle)
    if bundle.risk_control is not None:
        facts["risk_control"]["promise"] = bundle.risk_control.sentence()
    return {
        "name": facts.pop("name"),
        "id": bundle.id,
        "folder": str(facts.pop("folder")),
        **facts,
        "files": files,
    }


def _lines(facts: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """One line per value, with groups indented below their name."""
    for name, given in facts.items():
        title = f"{indent}{shown(name if '.' in name else name.replace('_', ' '))}"
        value = _numbered(given)
        if isinstance(value, Mapping) and value:
            inner = " ".join(f"{key} {number}" for key, number in value.items())
            if all(isinstance(number, int) for number in value.values()) and len(inner) < 60:
                yield f"{title:<30} {shown(inner)}"
                continue
            yield title
            yield from _lines(value, indent + "  ")
        else:
            yield f"{title:<30} {_formatted(name, value)}"


def _numbered(value: Any) -> Any:
    """Groups in a list, by their number from 1 on; other values as they are."""
    if isinstance(value, list | tuple) and all(isinstance(item, Mapping) for item in value):
        return {str(number): item for number, item in enumerate(value, start=1)}
    return value


def _formatted(name: str, value: Any) -> str:
    if value is None or value in ({}, [], ()):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        between = "; " if isinstance(value[0], list | tuple) else ", "
        return between.join(_formatted(name, item) for item in value)
    if isinstance(value, float):
        return f"{value:.4g}"
    if name.endswith("bytes"):
        return f"{value:,}"
    return shown(str(value))


@app.command()
def use(name: Name, quiet: options.Quiet = False) -> None:
    """Make this model the default."""
    console = Console(quiet)
    with exit_codes(console):
        from catdog_sorter.model.registry import use_model

        bundle = use_model(name)
        console.say(f"{shown(bundle.folder.name)} is now the default model.")


@app.command()
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Delete one of your models permanently."""
    console = Console(quiet)
    with exit_codes(console, lambda: "Nothing was deleted."):
        from catdog_sorter.model.registry import name_in_use, own_folder, remove_model

        folder, used = own_folder(name), name_in_use()
        if not yes and not _agreed(name, folder):
            console.say("Nothing was deleted.")
            return
        remove_model(name)
        console.say(f"{shown(name)} is deleted.")
        if name == used:
            console.say(f"It was the default; now {name_in_use()} is.")


def _agreed(name: str, folder: Path) -> bool:
    """Ask on a terminal. Raises UsageError without one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            f"Deleting {shown(name)} cannot be undone, and there is no terminal to ask on. Add "
            "--yes to agree in advance."
        )
    return typer.confirm(f"Delete {shown(folder)} permanently?", err=True)


@app.command("export")
def export_model(
    name: NameOrPath,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            show_default=False,
            help="Target file; defaults to NAME.catdog in this folder.",
        ),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Export a model to one file."""
    console = Console(quiet)
    with exit_codes(console, lambda: "Nothing was written."):
        from catdog_sorter.model.archive import SUFFIX, export_bundle
        from catdog_sorter.model.bundle import load_bundle
        from catdog_sorter.model.registry import find_bundle

        bundle = load_bundle(find_bundle(name))
        target = file or Path(bundle.folder.name + SUFFIX)
        export_bundle(bundle, target)
        size = _megabytes(target.stat().st_size)
        console.say(
            f"{shown(bundle.id)}, {size}. Import it elsewhere with `catdog-sort models import "
            f"{shown(target.name)}`."
        )
        print(shown(target))


@app.command("import")
def import_model(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", show_default=False, help="A file from `models export`, or a folder."
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="Name of the imported model; defaults to its own.",
        ),
    ] = None,
    use_it: Annotated[bool, typer.Option("--use", help="Make it the default model.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace your model of this name.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Import a model from a file. Hashes are verified; nothing in it is executed."""
    console = Console(quiet)
    with exit_codes(console, lambda: "Nothing was imported."):
        from catdog_sorter.model.archive import import_bundle
        from catdog_sorter.model.registry import use_model

        bundle = import_bundle(file, name, replace=replace)
        called = shown(bundle.name)
        console.say(f"{called} is verified and imported.")
        if use_it:
            use_model(bundle.name)
            console.say(f"{called} is now the default model.")
        else:
            console.say(
                f"Use it with `--model {called}`, or make it the default with `catdog-sort models "
                f"use {called}`."
            )
        print(shown(bundle.folder))
