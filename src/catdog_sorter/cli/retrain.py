"""`catdog-sort retrain` and `catdog-sort evaluate`."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console
from catdog_sorter.errors import MissingExtra, UsageError
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from tqdm import tqdm

    from catdog_sorter.training.run import Request


Data = Annotated[
    Path,
    typer.Argument(
        metavar="DATA",
        show_default=False,
        help="A folder that holds cat/ and dog/, and perhaps neither/ and both/; or one of "
        "files named like cat.0.jpg; or a CSV file of paths and labels.",
    ),
]


class Framework(StrEnum):
    """What trains."""

    TORCH = "torch"


def retrain(
    data: Data,
    backend: Annotated[Framework, typer.Option(help="What trains.")] = Framework.TORCH,
    recipe: Annotated[str, typer.Option(help="The named recipe to follow.")] = "finetune",
    epochs: Annotated[
        int | None,
        typer.Option(min=1, show_default=False, help="Rounds over the photos; else the recipe's."),
    ] = None,
    init: Annotated[
        str,
        typer.Option(
            metavar="bundled|random|PATH",
            help="Weights to begin from; PATH is a .npz or .safetensors file.",
        ),
    ] = "bundled",
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 1,
    name: Annotated[str, typer.Option(help="Name of the new model.")] = "my-model",
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", show_default=False, help="Folder of the new model; else by its name."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run of this name.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Train the model on your own photos.

    Use the new model with `--model NAME`.
    """
    console = Console(quiet)
    advice = "`--resume` with the same options goes on after the last finished epoch."
    with options.exit_codes(console, lambda: advice):
        from catdog_sorter.locations import models_folder, runs_folder
        from catdog_sorter.training.run import Request

        request = Request(
            data=data,
            recipe=_recipe(recipe, epochs),
            start=_start(init),
            seed=seed,
            folder=runs_folder() / _plain_name(name),
            output=output or models_folder() / name,
            resume=resume,
        )
        _follow(console, request)


def _recipe(name: str, epochs: int | None) -> Any:
    from catdog_sorter.training.recipes import RECIPES

    if name not in RECIPES:
        raise UsageError(f"There is no recipe {name}. Choose one of {', '.join(RECIPES)}.")
    recipe = RECIPES[name]
    return recipe if epochs is None else dataclasses.replace(recipe, epochs=epochs)


def _start(init: str) -> Path | None:
    from catdog_sorter.bundle import TORCH_WEIGHTS, find_bundle, load_bundle

    if init == "random":
        return None
    if init == "bundled":
        return load_bundle(find_bundle(None)).file(TORCH_WEIGHTS)
    if not Path(init).is_file():
        raise UsageError(f"There is no file {init} to begin from. Give --init another path.")
    return Path(init)


def _plain_name(name: str) -> str:
    if not name or Path(name).name != name or name.startswith("."):
        raise UsageError(f"{name!r} is no name for a model. Use letters, digits and hyphens.")
    return name


def _follow(console: Console, request: "Request") -> None:
    from catdog_sorter.training import run

    try:
        with closing(run.retrain(request)) as events:
            for event in _with_progress(console, events, request.recipe.epochs):
                _tell(console, event, request)
    except ImportError as error:
        raise MissingExtra(
            f"Training with PyTorch needs parts that are not installed ({error}). Run "
            "`pip install 'catdog-sorter[torch]'`."
        ) from error


def _with_progress(console: Console, events: Iterator[Any], epochs: int) -> Iterator[Any]:
    """Draw counts of photos and steps; pass on what is rarer."""
    from tqdm import tqdm

    from catdog_sorter.training.events import Step
    from catdog_sorter.training.run import Decoded

    bar: tqdm[Any] | None = None
    try:
        for event in events:
            if isinstance(event, Decoded):
                bar = bar or _bar("Reading", event.total, "photos", console)
                bar.update(event.done - bar.n)
            elif isinstance(event, Step):
                title = f"Epoch {event.epoch + 1}/{epochs}"
                bar = bar or _bar(title, event.steps, "batches", console)
                bar.set_postfix(
                    loss=f"{event.loss:.3f}", accuracy=f"{event.accuracy:.3f}", refresh=False
                )
                bar.update(event.step - bar.n)
            else:
                if bar is not None:
                    bar.close()
                    bar = None
                yield event
    finally:
        if bar is not None:
            bar.close()


def _bar(title: str, total: int, unit: str, console: Console) -> "tqdm[Any]":
    from tqdm import tqdm

    hidden = True if console.quiet else None  # None: hidden unless stderr is a terminal
    return tqdm(desc=title, total=total, unit=f" {unit}", disable=hidden)


def _tell(console: Console, event: Any, request: "Request") -> None:
    from catdog_sorter.training import run
    from catdog_sorter.training.events import EpochEnded

    if isinstance(event, run.DataReady):
        console.say(
            f"{counted(event.training, 'photo')} to train on, {event.validation:,} to validate on."
        )
        if event.unreadable:
            console.warn(f"{counted(len(event.unreadable), 'photo')} could not be read:")
            console.name_some((item.path, item.reason) for item in event.unreadable)
    elif isinstance(event, EpochEnded):
        console.say(
            f"Epoch {event.epoch + 1}: validation loss {event.validation_loss:.4f}, "
            f"accuracy {event.validation_accuracy:.2%}"
        )
    else:
        accuracy = event.metrics["validation"]["forced_choice_accuracy"]
        console.say(f"Validation accuracy {accuracy:.2%}. Log: {shown(request.folder / run.LOG)}")
        print(shown(event.folder))


def evaluate(
    data: Data,
    threshold: options.Threshold = None,
    backend: options.Engine = options.BackendName.ONNX,
    model: options.Model = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Measure a model on labelled photos.

    Give photos it was not trained on, or the figures flatter it.
    """
    console = Console(quiet)
    with options.exit_codes(console):
        from catdog_sorter.training.dataset import find_samples
        from catdog_sorter.training.evaluate import Report
        from catdog_sorter.training.evaluate import evaluate as measure

        samples = find_samples(data)
        bundle, engine = options.open_model(model, backend)
        steps = measure(samples, bundle, engine, options.thresholds_from(threshold))
        for step in console.progress(steps, "Looking", len(samples)):
            if isinstance(step, Report):
                figures = {"model": bundle.id, **step.figures}
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print_figures(figures)


def _print_figures(figures: dict[str, Any]) -> None:
    for name, value in figures.items():
        if name == "labels_by_truth":
            columns = list(next(iter(value.values())))
            print(f"{'truth / label':<24}" + "".join(f"{column:>9}" for column in columns))
            for truth, row in value.items():
                print(f"  {truth:<22}" + "".join(f"{row[column]:>9,}" for column in columns))
        else:
            shown_value = f"{value:.4f}" if isinstance(value, float) else value
            print(f"{name.replace('_', ' '):<24}{shown_value}")
