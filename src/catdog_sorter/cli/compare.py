"""`catdog-sort compare`: trains several systems on one split and sets them side by side."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console
from catdog_sorter.errors import UsageError
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.training.compare import System


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
        typer.Option(
            metavar="DATA",
            show_default=False,
            help="Photos to judge on, in the same layouts. Else 15 % of DATA is held out.",
        ),
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, show_default=False, help="Else each recipe's own.")
    ] = None,
    init: Annotated[
        str | None,
        typer.Option(
            metavar="bundled|imagenet|PATH",
            show_default=False,
            help="What recipes begin from that don't begin at random.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same split.")] = 1,
    name: Annotated[str, typer.Option(help="Name of the comparison.")] = "comparison",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the comparison of this name.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Train several systems on the same photos and set them side by side.

    Prints a table in Markdown: accuracy between cat and dog, log loss, calibration error, size,
    training time and speed.
    """
    console = Console(quiet)
    with options.exit_codes(console, lambda: "`--resume` goes on where this stopped."):
        from catdog_sorter.bundle import plain_name
        from catdog_sorter.locations import runs_folder
        from catdog_sorter.training import compare as story
        from catdog_sorter.training.frameworks import check_installed
        from catdog_sorter.training.samples import find_samples

        systems = _systems(recipes, backends)
        for framework in {system.framework for system in systems}:
            check_installed(framework)
        request = story.Request(
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
        with closing(story.compare(request)) as events:
            for event in events:
                if isinstance(event, story.SplitReady):
                    console.say(
                        f"{counted(event.training, 'photo')} of one animal to train on, "
                        f"{event.test:,} to judge on."
                    )
                elif isinstance(event, story.Training):
                    console.say(f"\nTraining {event.system.name}:")
                else:
                    compared = event
        page = story.write_results(request.folder, compared)
        file = request.folder / ("comparison.json" if as_json else "comparison.md")
        print(file.read_text(encoding="utf-8"), end="")
        console.say(f"Figures: {shown(page)}")


def _systems(recipes: str, backends: str) -> "list[System]":
    from catdog_sorter.training.compare import System
    from catdog_sorter.training.frameworks import TITLES
    from catdog_sorter.training.recipes import RECIPES

    chosen = {}
    for words, known, what in ((recipes, RECIPES, "recipe"), (backends, TITLES, "backend")):
        chosen[what] = list(
            dict.fromkeys(word.strip() for word in words.split(",") if word.strip())
        )
        for word in chosen[what]:
            if word not in known:
                raise UsageError(f"There is no {what} {word}. Choose of {', '.join(known)}.")
        if not chosen[what]:
            raise UsageError(f"Name at least one {what}, of {', '.join(known)}.")
    return [System(recipe, name) for recipe in chosen["recipe"] for name in chosen["backend"]]
