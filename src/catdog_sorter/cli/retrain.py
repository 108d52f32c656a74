"""`catdog-sort retrain`: trains a model on the user's photos."""

import dataclasses
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

    from catdog_sorter.model.bundle import ModelBundle
    from catdog_sorter.training.data.samples import Sample
    from catdog_sorter.training.events import EpochEnded
    from catdog_sorter.training.fit.initial_weights import InitialWeights
    from catdog_sorter.training.measure.before_after import Comparison
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
    return options.optional(f"{help_} Defaults to the recipe's.", **more)


def retrain(
    data: Annotated[
        Path | None,
        typer.Argument(
            metavar="DATA",
            show_default=False,
            help=f"{options.DATA_HELP} Defaults to ./data or, without it, to the photos you have "
            "sorted.",
        ),
    ] = None,
    backend: Annotated[Framework, typer.Option(help="Framework to train with.")] = Framework.TORCH,
    recipe: Annotated[
        str | None,
        options.optional(
            "Named settings: finetune, best, mobilenetv2, cnn, resnet50 or efficientnet_b0. "
            "Defaults to finetune, or to those of --arch.",
            metavar="NAME",
        ),
    ] = None,
    arch: Annotated[Architecture | None, _of_recipe("Network architecture.")] = None,
    epochs: Annotated[
        int | None, _of_recipe("Maximum number of passes over the photos.", metavar="N", min=1)
    ] = None,
    skip_epochs: Annotated[
        int | None,
        _of_recipe(
            "Skip the first N epochs of the augmentation stream, to get new pictures when you "
            "continue from a model that was trained with the same seed.",
            metavar="N",
            min=0,
        ),
    ] = None,
    batch_size: Annotated[int | None, _of_recipe("Photos per step.", metavar="N", min=1)] = None,
    image_size: Annotated[
        int | None,
        _of_recipe("Side of the input, a multiple of 32.", metavar="PIXELS", min=32, max=1024),
    ] = None,
    lr: Annotated[
        float | None, _of_recipe("Initial learning rate.", metavar="RATE", min=1e-8, max=1.0)
    ] = None,
    scheduler: Annotated[Scheduler | None, _of_recipe("Learning rate schedule.")] = None,
    patience: Annotated[
        int | None,
        _of_recipe("Stop after N epochs without a lower validation loss.", metavar="N", min=1),
    ] = None,
    unfreeze: Annotated[Unfreeze | None, _of_recipe("Which layers to train.")] = None,
    init: Annotated[
        str | None,
        _of_recipe(
            "Initial weights: the bundled model, ImageNet weights (downloaded), random ones, or "
            "PATH: a model, or a .npz or .safetensors file.",
            metavar="bundled|imagenet|random|PATH",
        ),
    ] = None,
    val_split: Annotated[
        float | None,
        _of_recipe(
            "Share of the photos to hold out for validation.", metavar="SHARE", min=0.05, max=0.5
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="N", min=0, help="The same seed gives the same run.")
    ] = 1,
    device: Annotated[
        TrainingDevice, typer.Option(help="Device to train on.")
    ] = TrainingDevice.AUTO,
    name: Annotated[str, typer.Option(metavar="NAME", help="Name of the new model.")] = "my-model",
    output: Annotated[
        Path | None,
        options.optional("Folder of the new model; defaults to your models folder.", metavar="DIR"),
    ] = None,
    use: Annotated[
        bool, typer.Option("--use", help="Make the new model the default if it is better.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="With --use: also if it is not better.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace your model and the run of this name.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Train nothing; show what would be trained, with estimates of time, memory and "
            "disk space.",
        ),
    ] = False,
    tensorboard: Annotated[
        bool, typer.Option("--tensorboard", help="Write TensorBoard event files too.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Resume the run of this name.")] = False,
    corrections: Annotated[
        bool,
        typer.Option("--corrections", help="Also train on the labels you corrected in the window."),
    ] = False,
    negatives: Annotated[
        Path | None,
        options.optional(
            "Folder of extra photos of neither, used for training only; sub-folders included.",
            metavar="DIR",
        ),
    ] = None,
    teacher: Annotated[
        list[Path] | None,
        options.optional(
            "Larger network to distil from, as ONNX. Repeatable.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    pretrained: Annotated[
        str | None,
        options.optional(
            "Weights that --init was trained from. They are averaged into the result as far as "
            "that improves it on the validation photos.",
            metavar="imagenet|PATH",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask whether photos are sorted correctly.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Train the model on your own photos.

    Use the new model with `--model NAME`. After the first epoch, Ctrl-C ends the training and
    keeps the best epoch so far as the model; a second Ctrl-C stops at once.
    """  # fmt: skip
    console = Console(quiet)
    with exit_codes(console, lambda: _advice(name)):
        from catdog_sorter.training.fit.frameworks import check_installed

        check_installed(backend)
        from catdog_sorter.model.bundle import plain_name
        from catdog_sorter.storage.locations import models_folder, runs_folder
        from catdog_sorter.training.estimate import fitting
        from catdog_sorter.training.fit.initial_weights import find_initial_weights
        from catdog_sorter.training.run import TrainingRequest, check
        from catdog_sorter.training.tensorboard import check_tensorboard

        if tensorboard:
            check_tensorboard()
        if use and output is not None:
            raise UsageError(
                "--use works only for models in your models folder, so it cannot be "
                "combined with --output. Leave one of them out."
            )
        _check_names(name, output, resume=resume, replace=replace)
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
        _check_sources(chosen, teacher, pretrained)
        initial = find_initial_weights(init or chosen.initial_weights, chosen.architecture)
        if image_size is None:
            chosen = _at_size_of(chosen, initial)
        folder = runs_folder() / plain_name(name)
        samples = _samples(console, data, yes, corrections)
        if batch_size is None:
            chosen = fitting(chosen, backend.value)
        request = TrainingRequest(
            samples=samples,
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
            replace=replace,
            photos_folder=None if output is None else data or _DEFAULT_DATA,
            tensorboard=tensorboard,
            compare_with=_in_use() if use and initial.bundle is None else None,
        )
        check(request)
        _say_before(console, request, as_json and dry_run)
        if dry_run:
            console.say("Nothing was trained.")
            return
        with _stopping_gently(console) as stop:
            request = dataclasses.replace(request, stop=stop.is_asked_for)
            unreadable, written = _follow(console, request, stop)
        is_used = use and (force or _is_better(written))
        _finish(console, request, written, is_used, as_json)
        if use and not is_used:
            raise UsageError(
                f"{shown(name)} was not made the default, because it is not better. Run "
                f"`catdog-sort models use {shown(name)}` to use it anyway, or add --force next "
                "time."
            )
    if written.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if unreadable:
        raise typer.Exit(EXIT_SOME_FAILED)


def _advice(name: str) -> str:
    """Return how to continue after Ctrl-C, as a sentence."""
    from catdog_sorter.errors import CatdogError
    from catdog_sorter.training.runs import find_run

    try:
        find_run(name)
    except CatdogError:
        return "Nothing was kept."
    return "Run the same command with --resume to continue after the last finished epoch."


def _check_names(name: str, output: Path | None, *, resume: bool, replace: bool) -> None:
    """Raise UsageError if a name is taken, or there is no run to resume."""
    from catdog_sorter.model.registry import refuse_taken
    from catdog_sorter.training.runs import find_run

    if resume:
        find_run(name)
    refuse_taken(output.name if output else name, may_replace=replace or resume)


def _check_sources(recipe: "Recipe", teachers: list[Path] | None, pretrained: str | None) -> None:
    """Raise UsageError for options that the recipe does not use."""
    from catdog_sorter.training.fit.initial_weights import RANDOM

    if teachers and not recipe.distillation.soft_target_weight:
        raise UsageError(
            f"The recipe {recipe.name} does not distil, so --teacher would have no effect. Leave "
            "it out, or use --recipe best."
        )
    if pretrained and not any(recipe.averaging.pretrained_shares):
        raise UsageError(
            f"The recipe {recipe.name} does not average weights, so --pretrained would have no "
            "effect. Leave it out, or use --recipe best."
        )
    if pretrained == RANDOM:
        raise UsageError(
            "Random weights cannot be averaged into a model. Leave out --pretrained, "
            "or give it other weights."
        )


def _at_size_of(recipe: "Recipe", initial: "InitialWeights") -> "Recipe":
    """Set the recipe's input size to that of the model whose behaviour it keeps."""
    from catdog_sorter.training.recipes import with_settings
    from catdog_sorter.training.run import is_kept

    if initial.bundle is None or not is_kept(recipe, initial):
        return recipe
    return with_settings(recipe, input_size=initial.bundle.preprocessing.size)


def _in_use() -> "ModelBundle":
    from catdog_sorter.model.bundle import load_bundle
    from catdog_sorter.model.registry import find_bundle

    return load_bundle(find_bundle(None))


def _finish(
    console: Console,
    request: "TrainingRequest",
    written: "BundleWritten",
    is_used: bool,
    as_json: bool,
) -> None:
    """Make the model the default if requested, and print the outcome of the run."""
    from catdog_sorter.model.registry import use_model
    from catdog_sorter.training.runs import remove_old_runs

    if is_used:
        use_model(written.folder.name)
    for old in remove_old_runs():
        console.say(f"The run {shown(old)} was removed: only the latest ones are kept.")
    _sum_up(console, request, written, is_used, as_json)


def _is_better(written: "BundleWritten") -> bool:
    """Whether to use the model, also without a comparison."""
    from catdog_sorter.training.measure.before_after import TrainingVerdict

    return written.comparison is None or written.comparison.verdict is TrainingVerdict.BETTER


def _say_before(console: Console, request: "TrainingRequest", as_json: bool) -> None:
    """Print the estimated time, memory and disk space."""
    from catdog_sorter.training.estimate import check_disk, estimate
    from catdog_sorter.training.recipes import with_settings
    from catdog_sorter.training.run import epochs_for

    recipe, photos, has_start = request.recipe, len(request.samples), request.kept is not None
    epochs = epochs_for(recipe, photos, has_start=has_start)
    final = with_settings(recipe, epochs=epochs)
    found = estimate(final, request.framework, photos, has_start=has_start)
    check_disk(found, request.folder)
    if as_json:
        print(json_line(dataclasses.asdict(found)))
        return
    console.say(
        f"{counted(found.photos, 'photo')}, {_epochs_in_words(found.epochs)}, "
        f"{found.batch_size} photos a step: about {_rounded(found.minutes)}, "
        f"{found.memory_bytes / 1e9:.1f} GB of memory and {_size(found.disk_bytes)} of disk."
    )


def _epochs_in_words(epochs: int) -> str:
    return f"at most {counted(epochs, 'epoch')}" if epochs else "only the last layer"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:.1f} GB" if size_bytes >= 1e8 else f"{size_bytes / 1e6:.0f} MB"


def _rounded(minutes: float) -> str:
    return "a minute" if minutes < 1.5 else counted(round(minutes), "minute")


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
    from catdog_sorter.model.networks import inverted_residuals
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
    chosen = with_settings(RECIPES[name], **given)
    smallest = inverted_residuals.MIN_SIDE
    if chosen.architecture in inverted_residuals.NAMES and chosen.data.image_size < smallest:
        raise UsageError(f"{chosen.architecture} needs an --image-size of at least {smallest}.")
    return chosen


def _samples(console: Console, data: Path | None, yes: bool, corrections: bool) -> "list[Sample]":
    """Find the labelled photos to train on; with `corrections` the user's labels come first."""
    if not corrections:
        return _labelled(console, data, yes, to_train=True)
    from catdog_sorter.training.data.corrected_photos import with_corrections
    from catdog_sorter.training.data.samples import check_enough

    labelled = _labelled(console, data, yes, to_train=False)
    samples, number, missing = with_corrections(labelled)
    console.say(f"{counted(number, 'photo')} with a label you corrected in the window.")
    if missing:
        console.warn(f"{counted(missing, 'corrected photo')} not found and left out.")
    check_enough(samples, "The photos you have sorted or corrected include")
    return samples


def _labelled(console: Console, data: Path | None, yes: bool, *, to_train: bool) -> "list[Sample]":
    from catdog_sorter.training.data.samples import find_samples, passed_over, taken_for

    if data is not None or _DEFAULT_DATA.exists():
        samples = find_samples(data or _DEFAULT_DATA, to_train=to_train)
        if renamed := taken_for(data or _DEFAULT_DATA):
            console.say(renamed)
        if others := passed_over(data or _DEFAULT_DATA, samples):
            console.warn(others)
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
            "Nothing was trained. Check the sorted photos and correct the wrong ones, then "
            "answer yes or add --yes; or give a folder with cat/ and dog/ as DATA."
        )
    return samples


def _confirmed() -> bool:
    return sys.stdin.isatty() and typer.confirm(
        "Have you looked through them, and is every photo in the right folder?", err=True
    )


class _Stop:
    """Handle Ctrl-C: stop after the first epoch, interrupt before it or at the second time."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_asked_for = False
        self.has_result = False

    def is_asked_for(self) -> bool:
        return self._is_asked_for

    def interrupt(self, number: int, frame: Any) -> None:
        if self._is_asked_for or not self.has_result:
            raise KeyboardInterrupt
        self._is_asked_for = True
        self._console.warn(
            "Stopping; the best epoch so far becomes the model. Press Ctrl-C again to stop "
            "without one."
        )


@contextmanager
def _stopping_gently(console: Console) -> Iterator[_Stop]:
    stop = _Stop(console)
    before = signal.signal(signal.SIGINT, stop.interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _follow(
    console: Console, request: "TrainingRequest", stop: _Stop
) -> "tuple[int, BundleWritten]":
    """Run the training; returns the number of unreadable photos, and the model or figures."""
    from catdog_sorter.training import run
    from catdog_sorter.training.events import EpochEnded, Phase

    unreadable = epochs = 0
    with closing(run.retrain(request)) as events:
        for event in _with_progress(console, events):
            stop.has_result |= isinstance(event, EpochEnded) or event == Phase(run.EXPORTING)
            if isinstance(event, run.DataReady):
                unreadable, epochs = len(event.unreadable), event.epochs
            if isinstance(event, run.BundleWritten):
                written = event
            else:
                _tell(console, event, epochs)
    return unreadable, written


def _with_progress(console: Console, events: Iterator[Any]) -> Iterator[Any]:
    """Show counts of photos and batches as progress; yield all other events."""
    from tqdm import tqdm

    from catdog_sorter.training.events import PhotosChecked, Step
    from catdog_sorter.training.run import DataReady, PhotosDecoded

    bar: tqdm[Any] | None = None
    epochs = 0
    try:
        for event in events:
            if isinstance(event, PhotosDecoded):
                bar = bar or _bar("Reading", event.total, "photos", console)
                bar.update(event.done - bar.n)
            elif isinstance(event, PhotosChecked):
                bar = bar or _bar("Checking", event.total, "photos", console)
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
        if event.validation:
            judged = f"{event.validation:,} to validate on"
        else:
            judged = "validated by cross-validation, as there are too few to hold some out"
        console.say(
            f"{counted(event.training, 'photo')} to train on, {judged}, "
            f"{_epochs_in_words(event.epochs)}."
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


def _say_comparison(console: Console, comparison: "Comparison") -> None:
    from catdog_sorter.training.measure.before_after import (
        FIGURES,
        verdict_sentence,
        with_interval,
    )

    how = "cross-validated" if comparison.cross_validated else "held out"
    console.say(f"On {counted(comparison.photos, 'photo')}, {how}, with 95 % intervals:")
    console.say(f"  {'':26}{shown(comparison.start):>26}{'new model':>26}")
    for name, title in FIGURES.items():
        if name in comparison.before and name in comparison.after:
            sides = (comparison.before[name], comparison.after[name])
            before, after = (with_interval(name, measured) for measured in sides)
            console.say(f"  {title:26}{before:>26}{after:>26}")
    console.say(verdict_sentence(comparison.verdict, shown(comparison.start)))


def _sum_up(
    console: Console, request: "TrainingRequest", written: "BundleWritten", use: bool, as_json: bool
) -> None:
    from catdog_sorter.storage.locations import models_folder
    from catdog_sorter.training.runs import REPORT

    report = request.folder / REPORT
    if written.comparison:
        _say_comparison(console, written.comparison)
    elif (accuracy := written.metrics["validation"]["forced_choice_accuracy"]) is not None:
        photos = counted(written.metrics["validation"]["photos"], "photo")
        console.say(f"Accuracy between cat and dog, on {photos} held out: {accuracy:.1%}.")
    console.say(f"Curves and photos: {shown(report)}")
    if not use:
        model = written.folder if request.output.parent != models_folder() else written.folder.name
        console.say(f"To sort with it: catdog-sort PHOTOS --model {shown(model)}")
    if not as_json:
        print(shown(written.folder))
        return
    result = {
        "model": str(written.folder),
        "report": str(report),
        "interrupted": written.interrupted,
        "metrics": written.metrics,
        "comparison": written.comparison and written.comparison.as_json(),
        "in_use": use,
    }
    print(json_line(result))
