"""`catdog-sort compare`: trains several systems on one split and sets them side by side."""

import json
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.errors import UsageError
from catdog_sorter.text import counted, shown


def compare(
    data: options.Data,
    recipes: Annotated[
        str, typer.Option(metavar="NAME,NAME", help="The recipes to train.")
    ] = "mobilenetv2,cnn",
    backends: Annotated[
        str, typer.Option(metavar="NAME,NAME", help="The frameworks to train each in.")
    ] = "torch,tf",
    test: Annotated[
        Path | None,
        options.optional(
            "Photos to evaluate on, in the same layouts. Defaults to 15 % of DATA.",
            metavar="DATA",
        ),
    ] = None,
    epochs: Annotated[
        int | None, options.optional("Epochs; defaults to each recipe's own.", metavar="N", min=1)
    ] = None,
    init: Annotated[
        str | None,
        options.optional(
            "Initial weights of recipes that do not start at random.",
            metavar="bundled|imagenet|PATH",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="N", min=0, help="The same seed gives the same split.")
    ] = 1,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Name of the comparison.")
    ] = "comparison",
    resume: Annotated[
        bool, typer.Option("--resume", help="Resume the comparison of this name.")
    ] = False,
    keep_models: Annotated[
        bool, typer.Option("--keep-models", help="Keep the trained models and their runs.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Train several systems on the same photos and compare them.

    Each recipe is trained in each framework, one after the other, on the same photos. All are
    evaluated on the same other photos, which none of them was trained on.

    Prints a table in Markdown: accuracy between cat and dog, log loss, calibration error, size,
    training time and speed. Figures and a page with all results stay in the folder of the runs;
    the models are removed unless you give --keep-models.
    """
    console = Console(quiet)
    with exit_codes(console, lambda: "Run the same command with --resume to continue."):
        chosen = _recipes_and_backends(recipes, backends)
        from catdog_sorter.model.bundle import plain_name
        from catdog_sorter.storage.locations import runs_folder
        from catdog_sorter.training.data.samples import find_samples
        from catdog_sorter.training.measure import compare as comparison

        systems = [comparison.System(recipe, name) for recipe in chosen[0] for name in chosen[1]]
        request = comparison.ComparisonRequest(
            samples=find_samples(data),
            test=None if test is None else find_samples(test, to_train=False),
            systems=systems,
            folder=runs_folder() / plain_name(name),
            seed=seed,
            init=init,
            options=(
                *(() if epochs is None else ("--epochs", str(epochs))),
                *(("--quiet",) if quiet else ()),
            ),
            resume=resume,
        )
        if resume and comparison.is_finished(request):
            console.say("This comparison is finished; these are its results.")
            _print_results(request.folder, as_json)
            return
        with closing(comparison.compare(request)) as events:
            for event in events:
                if isinstance(event, comparison.SplitReady):
                    console.say(
                        f"{counted(event.training, 'photo')} of one animal to train on, "
                        f"{event.test:,} to evaluate on."
                    )
                elif isinstance(event, comparison.TrainingStarted):
                    console.say(f"\nTraining {event.system.name}:")
                else:
                    compared = event
        page = comparison.write_results(request.folder, compared)
        if not keep_models:
            comparison.remove_models(request)
        _print_results(request.folder, as_json)
        console.say(f"Figures: {shown(page)}")


def _print_results(folder: Path, as_json: bool) -> None:
    if as_json:
        for row in json.loads((folder / "comparison.json").read_text(encoding="utf-8")):
            print(json_line(row))
        return
    print((folder / "comparison.md").read_text(encoding="utf-8").rstrip("\n"))


def _recipes_and_backends(recipes: str, backends: str) -> tuple[list[str], list[str]]:
    """The names, each once. Raises UsageError for an unknown one, MissingExtra."""
    from catdog_sorter.training.fit.frameworks import TITLES, check_installed
    from catdog_sorter.training.recipes import RECIPES

    names = _names(recipes, "recipe", RECIPES), _names(backends, "backend", TITLES)
    for framework in names[1]:
        check_installed(framework)
    return names


def _names(words: str, what: str, known: Collection[str]) -> list[str]:
    names = list(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    if not names:
        raise UsageError(f"Name at least one {what}, of {', '.join(known)}.")
    for name in names:
        if name not in known:
            raise UsageError(f"There is no {what} {name}. Choose from {', '.join(known)}.")
    return names
