"""Options that several commands share, and how errors become exit codes."""

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import option_defaults
from catdog_sorter.cli.console import Console
from catdog_sorter.errors import (
    UsageError,
)
from catdog_sorter.labels import Label, Thresholds, is_folder_name
from catdog_sorter.moving.modes import Mode as MovingMode
from catdog_sorter.previews import Previews
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from catdog_sorter.classification.cache import Cache
    from catdog_sorter.model.backend import Backend
    from catdog_sorter.model.bundle import ModelBundle
    from catdog_sorter.photos.find import Scope
    from catdog_sorter.reports.photos import PhotoReport


class BackendName(StrEnum):
    """The engines."""

    ONNX = "onnx"
    TORCH = "torch"
    TF = "tf"


class ModeName(StrEnum):
    """What to do with a photo."""

    MOVE = "move"
    COPY = "copy"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"


class OnnxDevice(StrEnum):
    """The devices for ONNX Runtime."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    COREML = "coreml"
    DIRECTML = "directml"
    OPENVINO = "openvino"


def optional(help_: str, **more: Any) -> Any:
    """An option whose default is not shown in the help."""
    return typer.Option(show_default=False, help=help_, **more)


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Photos and folders.",
        metavar="PATH...",
        show_default=False,
        is_eager=True,
        callback=option_defaults.from_settings,
    ),
]
FilesFrom = Annotated[
    str | None,
    optional(
        "Also take photos and folders from a list, one a line; - is standard input.",
        metavar="FILE",
    ),
]
Null = Annotated[
    bool,
    typer.Option("--null", "-0", help="Paths in --files-from end with NUL, as from find -print0."),
]
NoConfig = Annotated[
    bool,
    typer.Option(
        "--no-config",
        is_eager=True,
        callback=option_defaults.from_settings,
        help="Ignore settings files; see `catdog-sort config`.",
    ),
]
DATA_HELP = (
    "A folder with cat/ and dog/, and optionally neither/ and both/; or with files named like "
    "cat.0.jpg; or a CSV file of paths and labels."
)
Run = Annotated[
    int | None,
    typer.Argument(
        metavar="[RUN]",
        show_default=False,
        help="Number of the run in the history; defaults to the last.",
    ),
]
Data = Annotated[Path, typer.Argument(metavar="DATA", show_default=False, help=DATA_HELP)]
Into = Annotated[
    Path | None,
    optional("Create the label folders there instead of in each given folder.", metavar="DIR"),
]
Mode = Annotated[ModeName, typer.Option(help="What to do with the photos.")]
RelativeLinks = Annotated[
    bool,
    typer.Option(
        "--relative-links/--absolute-links",
        help="With --mode symlink, make relative links, which survive moving photos and links "
        "together.",
    ),
]
Flat = Annotated[
    bool,
    typer.Option(
        "--flat/--no-flat",
        help="Put photos directly into the label folders, without their sub-folders.",
    ),
]
Folders = Annotated[
    list[str] | None,
    optional(
        "Rename the folder of cat, dog or both, or sort neither or unsure too. Repeatable.",
        metavar="LABEL=NAME",
    ),
]
Recursive = Annotated[bool, typer.Option("--recursive/--no-recursive", help="Include sub-folders.")]
Exclude = Annotated[
    list[str] | None,
    optional(
        "Leave out files that match, as in a .gitignore: '*.png', 'Screenshots/'. Repeatable. A "
        ".catdogignore file in a folder does the same.",
        metavar="GLOB",
    ),
]
IncludeHidden = Annotated[
    bool,
    typer.Option("--include-hidden/--no-include-hidden", help="Include hidden files and folders."),
]
Companion = Annotated[
    list[str] | None,
    optional(
        "Files with this suffix belong to the photo of the same name, like .xmp. Repeatable.",
        metavar="SUFFIX",
    ),
]
SeparateEdits = Annotated[
    bool,
    typer.Option(
        "--separate-edits/--no-separate-edits",
        help="Classify edited versions, such as IMG_E1.JPG of IMG_1.JPG, separately instead of "
        "moving them with their original.",
    ),
]
Videos = Annotated[
    bool,
    typer.Option(
        "--videos/--no-videos", help="Include videos; needs the extra `video` to be installed."
    ),
]
Yes = Annotated[
    bool,
    typer.Option("--yes", "-y", help="Do not ask; required without a terminal."),
]
Threshold = Annotated[
    float | None,
    optional(
        "Confidence needed to sort a photo, 0.5 to 1; a higher one leaves more photos "
        "unsure. Defaults to the model's own.",
        min=0.5,
        max=1.0,
        metavar="P",
    ),
]
Engine = Annotated[BackendName, typer.Option("--backend", help="Inference backend.")]
On = Annotated[
    OnnxDevice,
    typer.Option(
        "--device",
        help="Device for ONNX Runtime; auto uses a supported GPU if there is one, "
        "otherwise the CPU.",
    ),
]
NoCache = Annotated[
    bool,
    typer.Option("--no-cache/--cache", help="Classify every photo again, and cache nothing."),
]
UsePreviews = Annotated[
    Previews,
    typer.Option(
        help="Classify the embedded preview first, and decode the photo only if the preview may "
        "show a cat or dog. auto: only for photos straight from a camera.",
    ),
]
Model = Annotated[
    str | None,
    optional("Name or folder of a model.", metavar="NAME|PATH"),
]
REPORT_SUFFIXES = "a page of pictures (.html), or its rows (.csv, .jsonl)"
ReportFile = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FILE",
        show_default=False,
        help=f"Also write a report: {REPORT_SUFFIXES}.",
    ),
]


def _language(name: str) -> str:
    from catdog_sorter import languages

    try:
        return languages.code_of(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


LANGUAGE_CODES = "de, en, es, fr, it, ja, pt or zh_CN"
ReportLanguage = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        show_default=False,
        parser=_language,
        help=f"Language of the page: {LANGUAGE_CODES}. Defaults to the system's.",
    ),
]
WindowLanguage = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        show_default=False,
        parser=_language,
        help=f"Language of the window: {LANGUAGE_CODES}. Defaults to the one in its settings, or "
        "the system's.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show problems only.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON lines.")]


def scope(
    recursive: bool,
    include_hidden: bool,
    exclude: list[str] | None,
    companion: list[str] | None,
    separate_edits: bool,
    videos: bool,
) -> "Scope":
    """Return the scope of the search. Raises MissingExtra for videos without the extra `video`."""
    from catdog_sorter.photos.companions import Grouping
    from catdog_sorter.photos.find import Scope

    grouping = Grouping(tuple(companion or ()), separate_edits)
    if videos:
        from catdog_sorter.decoding.video import require

        require()
    return Scope(recursive, include_hidden, tuple(exclude or ()), grouping, videos)


def is_given(ctx: typer.Context, *names: str) -> bool:
    """Whether any of these options is on the command line, rather than in a settings file."""
    sources = [ctx.get_parameter_source(name) for name in names]
    return any(source is not None and source.name == "COMMANDLINE" for source in sources)


def given_paths(
    paths: Sequence[str | Path] | None, files_from: str | None, null: bool
) -> list[str]:
    """Return the paths of the command line and of the list. Raises UsageError without either."""
    if files_from is None:
        if null:
            raise UsageError("--null applies to --files-from. Give that too, or leave out --null.")
        if not paths:
            raise UsageError("Give photos or folders, or --files-from with a list of them.")
    listed = _listed(files_from, b"\0" if null else b"\n") if files_from is not None else []
    return [*map(str, paths or ()), *listed]


def _listed(file: str, separator: bytes) -> list[str]:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{shown(file)} cannot be read ({error.strerror}). Give a file that lists paths, or - "
            "for standard input."
        ) from error
    if separator == b"\n":
        content = content.replace(b"\r\n", b"\n")
        if b"\0" in content:
            raise UsageError(f"{shown(file)} separates paths by NUL. Add --null.")
    return [os.fsdecode(name) for name in content.split(separator) if name]


def chosen_mode(ctx: typer.Context, mode: ModeName, relative_links: bool) -> MovingMode:
    """The mode. Raises UsageError for --relative-links in other modes."""
    if relative_links and mode is ModeName.SYMLINK:
        return MovingMode.RELATIVE_SYMLINK
    if relative_links and is_given(ctx, "relative_links"):
        raise UsageError(
            "--relative-links applies to --mode symlink. Give that too, or leave out "
            "--relative-links."
        )
    return MovingMode(mode)


def folder_names(assignments: list[str] | None) -> dict[Label, str]:
    """Parse `LABEL=NAME` to folder names by label. Raises UsageError for other forms."""
    from catdog_sorter.moving.sort import DEFAULT_FOLDERS

    names = dict(DEFAULT_FOLDERS)
    for assignment in assignments or ():
        label, equals, name = assignment.partition("=")
        if not equals or label not in list(Label):
            raise UsageError(
                f"--folder {assignment} is invalid. Write LABEL=NAME, where LABEL is one of "
                f"{', '.join(Label)}, as in --folder cat=Cats."
            )
        if not is_folder_name(name):
            raise UsageError(
                f"--folder {assignment}: {name!r} is not a valid folder name. Give a name "
                "below the target folder, and choose the target folder with --into."
            )
        names[Label(label)] = name
    return names


def thresholds_from(threshold: float | None) -> Thresholds | None:
    """The thresholds from the option; None for the model's own."""
    return None if threshold is None else Thresholds.symmetric(threshold)


def open_model(
    model: str | None, backend: BackendName, device: OnnxDevice, console: Console
) -> "tuple[ModelBundle, Backend]":
    """Load and verify the model and start its engine."""
    from catdog_sorter.classification import warm_start

    return warm_start.open_model(model, backend, device, console.warn)


def open_cache(
    no_cache: bool,
    bundle: "ModelBundle",
    engine: "Backend",
    console: Console,
    previews: Previews = Previews.NEVER,
) -> "AbstractContextManager[Cache | None]":
    """Open the cache with the answers of earlier runs; None with --no-cache."""
    if no_cache:
        return nullcontext()
    from catdog_sorter.classification.pipeline import open_cache

    return open_cache(bundle, engine, console.warn, previews)


def open_report(
    file: Path | None, language: str | None
) -> "AbstractContextManager[PhotoReport | None]":
    """Open the report if one is requested. Raises UsageError at once if it cannot be written."""
    if file is None:
        return nullcontext()
    from catdog_sorter import languages
    from catdog_sorter.reports.photos import PhotoReport

    return PhotoReport(file, texts=languages.catalogue(language or languages.chosen()))
