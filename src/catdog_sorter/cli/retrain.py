"""`catdog-sort retrain`: trains a model on a person's own photos."""

import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.errors import EXIT_INTERRUPTED, EXIT_SOME_FAILED, UsageError
from catdog_sorter.text import counted, shown
from catdog_sorter.training.recipes import Scheduler, Unfreeze

if TYPE_CHECKING:
    from tqdm import tqdm

    from catdog_sorter.training.data.samples import Sample
    from catdog_sorter.training.events import EpochEnded
    from catdog_sorter.training.recipes import Recipe
    from catdog_sorter.training.run import BundleWritten, TrainingRequest

_DEFAULT_RECIPE = "finetune"
_DEFAULT_DATA = Path("data")


class Framework(StrEnum):
    """Frameworks that train."""

    TORCH = "torch"
    TF = "tf"


class Architecture(StrEnum):
    """Networks that can be trained."""

    MOBILENETV2 = "mobilenetv2"
    MOBILENETV2_REGIONS = "mobilenetv2_regions"
    CNN = "cnn"
    RESNET50 = "resnet50"
    EFFICIENTNET_B0 = "efficientnet_b0"
    EFFICIENTNET_LITE0 = "efficientnet_lite0"
    EFFICIENTNET_LITE1 = "efficientnet_lite1"
    EFFICIENTNET_LITE2 = "efficientnet_lite2"


class TrainingDevice(StrEnum):
    """Where a framework computes."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


def _of_recipe(help_: str, **more: Any) -> Any:
    return typer.Option(show_default=False, help=f"{help_} Else the recipe's.", **more)


def retrain(
    data: Annotated[
        Path | None,
        typer.Argument(
            metavar="DATA",
            show_default=False,
            help=f"{options.DATA_HELP} Else ./data, else the photos you have sorted.",
        ),
    ] = None,
    backend: Annotated[Framework, typer.Option(help="What trains.")] = Framework.TORCH,
    recipe: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="Settings by name: finetune, best, mobilenetv2, "
            "cnn, resnet50 or efficientnet_b0. Else finetune, or that of --arch.",
        ),
    ] = None,
    arch: Annotated[Architecture | None, _of_recipe("The network.")] = None,
    epochs: Annotated[int | None, _of_recipe("Rounds over the photos.", min=1)] = None,
    skip_epochs: Annotated[
        int | None,
        _of_recipe(
            "Skip the first N epochs of the augmentation stream, to go on from a model of the "
            "same seed with new pictures.",
            metavar="N",
            min=0,
        ),
    ] = None,
    batch_size: Annotated[int | None, _of_recipe("Photos a step.", min=1)] = None,
    image_size: Annotated[
        int | None,
        _of_recipe("Pixels a side, a multiple of 32.", min=32, max=1024),
    ] = None,
    lr: Annotated[
        float | None, _of_recipe("Learning rate at the start.", min=1e-8, max=1.0)
    ] = None,
    scheduler: Annotated[Scheduler | None, _of_recipe("How it falls.")] = None,
    patience: Annotated[
        int | None, _of_recipe("Stop after so many epochs without progress.", min=1)
    ] = None,
    unfreeze: Annotated[Unfreeze | None, _of_recipe("What part to train.")] = None,
    init: Annotated[
        str | None,
        _of_recipe(
            "Initial weights: the bundled model, ImageNet's (fetched over the network), random, "
            "or PATH: a model or a .npz or .safetensors file.",
            metavar="bundled|imagenet|random|PATH",
        ),
    ] = None,
    val_split: Annotated[
        float | None,
        _of_recipe("Share of the photos to validate on.", min=0.05, max=0.5),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same run.")] = 1,
    device: Annotated[TrainingDevice, typer.Option(help="Where to compute.")] = TrainingDevice.AUTO,
    name: Annotated[str, typer.Option(help="Name of the new model.")] = "my-model",
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", show_default=False, help="Folder of the new model; else by its name."
        ),
    ] = None,
    use: Annotated[bool, typer.Option("--use", help="Use the new model by default.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run of this name.")
    ] = False,
    corrections: Annotated[
        bool,
        typer.Option("--corrections", help="Train on the labels you gave in the window too."),
    ] = False,
    negatives: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            show_default=False,
            help="Further photos of neither, for training only; with subfolders.",
        ),
    ] = None,
    teacher: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            show_default=False,
            help="A larger network to distil, as ONNX; repeat for several.",
        ),
    ] = None,
    pretrained: Annotated[
        str | None,
        typer.Option(
            metavar="imagenet|PATH",
            show_default=False,
            help="The weights those of --init were trained from, to average into the result as "
            "far as the validation photos gain by it.",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Don't ask whether the sorted photos are right.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Train the model on your own photos.

    Use the new model with `--model NAME`. Ctrl-C ends the training and keeps the best epoch so
    far as the model; a second Ctrl-C leaves at once.
    """  # fmt: skip
    console = Console(quiet)
    advice = "`--resume` with the same options goes on after the last finished epoch."
    with exit_codes(console, lambda: advice):
        from catdog_sorter.training.fit.frameworks import check_installed

        check_installed(backend)
        from catdog_sorter.model.bundle import plain_name
        from catdog_sorter.model.registry import use_model
        from catdog_sorter.storage.locations import models_folder, runs_folder
        from catdog_sorter.training.fit.initial_weights import RANDOM, find_initial_weights
        from catdog_sorter.training.run import TrainingRequest

        changes = {
            "architecture": arch and arch.value,
            "epochs": epochs,
            "min_batches": epochs and 0,
            "skip_epochs": skip_epochs,
            "batch_size": batch_size,
            "image_size": image_size,
            "input_size": image_size,
            "other_image_sizes": image_size and (),
            "learning_rate": lr,
            "scheduler": scheduler,
            "patience": patience,
            "unfreeze": unfreeze,
            "validation_share": val_split,
        }
        chosen = _recipe(recipe, arch, changes)
        if teacher and not chosen.distillation.soft_target_weight:
            raise UsageError(
                f"The recipe {chosen.name} learns from labels alone, so --teacher would change "
                "nothing. Leave it out, or use --recipe best."
            )
        if pretrained and not any(chosen.averaging.pretrained_shares):
            raise UsageError(
                f"The recipe {chosen.name} does not average with earlier weights, so --pretrained "
                "would change nothing. Leave it out, or use --recipe best."
            )
        if pretrained == RANDOM:
            raise UsageError("Random weights cannot be averaged in. Leave --pretrained out.")
        if use and output is not None:
            raise UsageError("--use needs the model among yours. Leave out --output.")
        initial = find_initial_weights(init or chosen.initial_weights, chosen.architecture)
        folder = runs_folder() / plain_name(name)
        with _stopping_gently(console) as stop:
            request = TrainingRequest(
                samples=_samples(console, data, yes, corrections),
                recipe=chosen,
                initial_weights=initial,
                seed=seed,
                folder=folder,
                output=output or models_folder() / name,
                framework=backend.value,
                device=device.value,
                resume=resume,
                negatives=_negatives(negatives),
                teachers=teacher or (),
                pretrained=(
                    find_initial_weights(pretrained, chosen.architecture) if pretrained else None
                ),
                groups=_groups(data or _DEFAULT_DATA),
                stop=stop,
            )
            unreadable, written = _follow(console, request)
        if use:
            use_model(name)
        _sum_up(console, request, written, use, as_json)
    if written.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if unreadable:
        raise typer.Exit(EXIT_SOME_FAILED)


def _groups(data: Path) -> dict[Path, str]:
    from catdog_sorter.training.data.groups import read_details

    return {path: item.group for path, item in read_details(data).items() if item.group}


def _negatives(folder: Path | None) -> "list[Sample]":
    from catdog_sorter.photos.find import find_photos
    from catdog_sorter.training.data.samples import Sample

    if folder is None:
        return []
    return [Sample(photo.path, frozenset()) for photo in find_photos([folder])]


def _recipe(name: str | None, arch: Architecture | None, changes: dict[str, Any]) -> "Recipe":
    from catdog_sorter.training.recipes import RECIPES, with_settings

    if name is None:
        other = arch is not None and arch.value in RECIPES and arch is not Architecture.MOBILENETV2
        name = arch.value if arch is not None and other else _DEFAULT_RECIPE
    if name not in RECIPES:
        raise UsageError(f"There is no recipe {name}. Choose one of {', '.join(RECIPES)}.")
    given = {key: value for key, value in changes.items() if value is not None}
    if given.get("image_size", 32) % 32:
        raise UsageError(
            f"--image-size {given['image_size']} is not a multiple of 32. Use "
            f"{round(given['image_size'] / 32) * 32}."
        )
    return with_settings(RECIPES[name], **given)


def _samples(console: Console, data: Path | None, yes: bool, corrections: bool) -> "list[Sample]":
    """The labelled photos to train on; with `corrections` those of the person count first."""
    if not corrections:
        return _labelled(console, data, yes, to_train=True)
    from catdog_sorter.training.data.corrected_photos import with_corrections
    from catdog_sorter.training.data.samples import check_enough

    labelled = _labelled(console, data, yes, to_train=False)
    samples, number, missing = with_corrections(labelled)
    console.say(f"{counted(number, 'photo')} with the label you gave in the window.")
    if missing:
        console.warn(f"{counted(missing, 'corrected photo')} no longer found, and left out.")
    check_enough(samples, "What you have sorted and corrected")
    return samples


def _labelled(console: Console, data: Path | None, yes: bool, *, to_train: bool) -> "list[Sample]":
    from catdog_sorter.training.data.samples import find_samples, passed_over

    if data is not None or _DEFAULT_DATA.exists():
        samples = find_samples(data or _DEFAULT_DATA, to_train=to_train)
        if others := passed_over(data or _DEFAULT_DATA, samples):
            console.say(others)
        return samples
    from catdog_sorter.training.data.sorted_photos import find_sorted

    folders, samples = find_sorted(to_train=to_train)
    if not samples:
        return samples
    console.say("These folders hold the photos you have sorted:")
    for folder, count in folders.items():
        console.say(f"  {shown(folder)}: {counted(count, 'photo')}")
    if not yes and not _confirmed():
        raise UsageError(
            "Nothing was trained. Look through the sorted photos and put right what is wrong; then "
            "answer yes, or give --yes. Or give a folder that holds cat/ and dog/ as DATA."
        )
    return samples


def _confirmed() -> bool:
    return sys.stdin.isatty() and typer.confirm(
        "Have you looked through them, and is every photo in the right folder?", err=True
    )


@contextmanager
def _stopping_gently(console: Console) -> Iterator[Any]:
    """Yields a function that says whether Ctrl-C was pressed; the second one interrupts."""
    pressed: list[int] = []

    def interrupt(number: int, frame: Any) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        console.warn("Stopping after this batch; the best epoch so far becomes the model.")

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _follow(console: Console, request: "TrainingRequest") -> "tuple[int, BundleWritten]":
    """Run the training; the number of unreadable photos, and what was written."""
    from catdog_sorter.training import run

    unreadable = epochs = 0
    with closing(run.retrain(request)) as events:
        for event in _with_progress(console, events):
            if isinstance(event, run.DataReady):
                unreadable, epochs = len(event.unreadable), event.epochs
            if isinstance(event, run.BundleWritten):
                written = event
            else:
                _tell(console, event, epochs)
    return unreadable, written


def _with_progress(console: Console, events: Iterator[Any]) -> Iterator[Any]:
    """Draw counts of photos and batches; pass on what is rarer."""
    from tqdm import tqdm

    from catdog_sorter.training.events import Step
    from catdog_sorter.training.run import DataReady, PhotosDecoded

    bar: tqdm[Any] | None = None
    epochs = 0
    try:
        for event in events:
            if isinstance(event, PhotosDecoded):
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
                if isinstance(event, DataReady):
                    epochs = event.epochs
                yield event
    finally:
        if bar is not None:
            bar.close()


def _bar(title: str, total: int, unit: str, console: Console) -> "tqdm[Any]":
    from tqdm import tqdm

    hidden = True if console.quiet else None  # None: hidden unless stderr is a terminal
    return tqdm(desc=title, total=total, unit=f" {unit}", disable=hidden)


def _tell(console: Console, event: Any, epochs: int) -> None:
    from catdog_sorter.training import run
    from catdog_sorter.training.events import EpochEnded, Phase

    if isinstance(event, run.DataReady):
        console.say(
            f"{counted(event.training, 'photo')} to train on, {event.validation:,} to validate on, "
            f"at most {counted(event.epochs, 'epoch')}."
        )
        if event.unused:
            console.say(
                f"{counted(event.unused, 'photo')} of both or neither left out: this recipe only "
                "tells cats from dogs."
            )
        if event.unreadable:
            console.warn(f"{counted(len(event.unreadable), 'photo')} could not be read:")
            console.name_all((item.path, item.reason) for item in event.unreadable)
    elif isinstance(event, EpochEnded):
        console.say(
            f"Epoch {event.epoch + 1}: validation loss {event.validation_loss:.4f}, "
            f"accuracy {event.validation_accuracy:.2%}, {_left(event, epochs)}"
        )
    elif isinstance(event, Phase):
        console.say(f"{event.name} ...")


def _left(event: "EpochEnded", epochs: int) -> str:
    seconds = (epochs - 1 - event.epoch) * event.seconds
    if seconds < 90:
        return f"{event.seconds:.0f} s"
    return f"{event.seconds:.0f} s, at most {seconds / 60:.0f} min left"


def _sum_up(
    console: Console, request: "TrainingRequest", written: "BundleWritten", use: bool, as_json: bool
) -> None:
    from catdog_sorter.training import run

    report = request.folder / run.REPORT
    accuracy = written.metrics["validation"]["forced_choice_accuracy"]
    if accuracy is not None:
        console.say(f"Validation accuracy {accuracy:.2%}.")
    console.say(f"Curves and photos: {shown(report)}")
    if not use:
        console.say(f"To sort with it: catdog-sort PHOTOS --model {shown(written.folder.name)}")
    if not as_json:
        print(shown(written.folder))
        return
    result = {
        "model": str(written.folder),
        "report": str(report),
        "interrupted": written.interrupted,
        "metrics": written.metrics,
    }
    print(json_line(result))
