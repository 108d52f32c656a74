"""`catdog-sort classify`: classifies photos; moves nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, closing
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated

import typer

from catdog_sorter.cli import cluster, option_defaults, options
from catdog_sorter.cli.console import Console, exit_codes, json_line, output_to
from catdog_sorter.cli.summary import mention_left_alone, mention_previews
from catdog_sorter.errors import EXIT_SOME_FAILED, UsageError
from catdog_sorter.labels import UNREADABLE, Label, Prediction, Unreadable
from catdog_sorter.previews import Previews
from catdog_sorter.reports.rows import (
    REQUIRED,
    RESULT_COLUMNS,
    ReportRow,
    Result,
    csv_lines,
    result_values,
)
from catdog_sorter.storage.outputs import (
    AS_IT_IS,
    ESCAPED,
    OutputKind,
    csv_kind,
    json_lines_kind,
)
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import counted, moment, percent, shown


class ResultFormat(StrEnum):
    """Output format of results."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PATHS = "paths"


class ResultKind(StrEnum):
    """The values of --only: the labels, and unreadable."""

    CAT = Label.CAT.value
    DOG = Label.DOG.value
    BOTH = Label.BOTH.value
    NEITHER = Label.NEITHER.value
    UNSURE = Label.UNSURE.value
    UNREADABLE = UNREADABLE


class EngineName(StrEnum):
    """Where the photos are classified."""

    LOCAL = "local"
    RAY = "ray"


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Photos and folders. With --engine ray also URLs, as in s3://bucket/folder, and "
        "@FILE, a list of paths or URLs.",
        metavar="PATH...",
        show_default=False,
        is_eager=True,
        callback=option_defaults.from_settings,
    ),
]


def classify(
    ctx: typer.Context,
    paths: Sources = None,
    files_from: options.FilesFrom = None,
    null: options.Null = False,
    format_: Annotated[
        ResultFormat, typer.Option("--format", help="Output format.")
    ] = ResultFormat.TABLE,
    as_json: Annotated[
        bool, typer.Option("--json", help="The same as --format jsonl: one JSON object per photo.")
    ] = False,
    print0: Annotated[
        bool,
        typer.Option("--print0", help="Write paths only, each ended by NUL, as for xargs -0."),
    ] = False,
    only: Annotated[
        list[ResultKind] | None,
        typer.Option(help="Write photos of this label only. Repeatable.", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default=False,
            help="Write to a file; with --engine ray, into a folder or URL, as Parquet.",
        ),
    ] = None,
    threshold: options.Threshold = None,
    recursive: options.Recursive = True,
    include_hidden: options.IncludeHidden = False,
    exclude: options.Exclude = None,
    companion: options.Companion = None,
    separate_edits: options.SeparateEdits = False,
    videos: options.Videos = False,
    backend: options.Engine = options.BackendName.ONNX,
    device: options.On = options.OnnxDevice.AUTO,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    previews: options.UsePreviews = Previews.AUTO,
    no_config: options.NoConfig = False,
    report_file: options.ReportFile = None,
    language: options.ReportLanguage = None,
    engine_name: Annotated[
        EngineName, typer.Option("--engine", help="Classify on this computer, or on a Ray cluster.")
    ] = EngineName.LOCAL,
    address: cluster.Address = None,
    workers: cluster.Workers = None,
    part_size: cluster.PartSize = cluster.PART_SIZE,
    quiet: options.Quiet = False,
) -> None:
    """Classify photos, with --videos also videos; move nothing."""
    console = Console(quiet)
    option_defaults.mention(ctx, console)
    is_ray = engine_name is EngineName.RAY
    with exit_codes(console, lambda: cluster.RESUME_HINT if is_ray else ""):
        sources = options.given_paths(paths, files_from, null)
        cluster.check_options(ctx, sources, is_ray)
        if is_ray:
            cluster.classify(
                console,
                sources,
                output,
                threshold,
                recursive,
                videos,
                model,
                address,
                workers,
                part_size,
            )
            return
        format_ = _chosen_format(ctx, format_, as_json, print0)
    failed = 0
    with exit_codes(console), ExitStack() as stack:
        from catdog_sorter.classification import corrections, pipeline, warm_start
        from catdog_sorter.photos.find import find_photos
        from catdog_sorter.photos.left_alone import Survey

        survey = Survey()
        scope = options.scope(recursive, include_hidden, exclude, companion, separate_edits, videos)
        search = find_photos(map(Path, sources), scope, survey=survey)
        report = stack.enter_context(options.open_report(report_file, language))
        show = report.show if report else None
        decoders = stack.enter_context(warm_start.start_decoder_pool())
        bundle, engine = options.open_model(model, backend, device, console)
        file = stack.enter_context(_output(output, format_))
        cache = stack.enter_context(options.open_cache(no_cache, bundle, engine, console, previews))
        write = _paths(file, "\0") if print0 else _WRITERS[format_](file)
        found = Spool(console.progress(search, "Finding", None))
        mention_left_alone(console, survey)
        used = options.thresholds_from(threshold)
        results = corrections.corrected(
            pipeline.classify(
                found, bundle, engine, used, cache, decoders, show, previews=previews
            ),
            corrections.load_corrections(),
        )
        stack.enter_context(closing(results))
        rows = Spool[ReportRow]()
        from_preview = 0
        for result in console.progress(results, "Classifying", len(found)):
            failed += isinstance(result, Unreadable)
            from_preview += isinstance(result, Prediction) and result.from_preview
            if not only or _kind(result) in only:
                write(result)
            if report:
                rows.append(ReportRow(result))
        if report:
            report.write_dated(report.texts.tr("What the photos show"), bundle.id, rows)
        mention_previews(console, from_preview)
    if failed:
        console.say(f"{counted(failed, 'photo')} could not be read.")
        raise typer.Exit(EXIT_SOME_FAILED)


def _chosen_format(
    ctx: typer.Context, format_: ResultFormat, as_json: bool, print0: bool
) -> ResultFormat:
    """Return the format chosen by the options. Raises UsageError if they contradict each other."""
    is_given = options.is_given(ctx, "format_")
    asked = {ResultFormat.JSONL: as_json, ResultFormat.PATHS: print0, format_: is_given}
    chosen = [kind for kind, is_asked in asked.items() if is_asked]
    if len(chosen) > 1:
        raise UsageError("Choose one of --format, --json and --print0.")
    return chosen[0] if chosen else format_


def _output(path: str | None, format_: ResultFormat) -> AbstractContextManager[IO[str]]:
    errors = AS_IT_IS if format_ is ResultFormat.PATHS else ESCAPED
    return output_to(path, _KINDS[format_], errors, is_data=format_ is not ResultFormat.TABLE)


def _kind(result: Result) -> str:
    return UNREADABLE if isinstance(result, Unreadable) else result.label


def _paths(file: IO[str], end: str = "\n") -> Callable[[Result], object]:
    return lambda result: print(result.path, file=file, end=end, flush=True)


def _json_lines(file: IO[str]) -> Callable[[Result], object]:
    return lambda result: print(json_line(result_values(result)), file=file, flush=True)


def _csv_rows(file: IO[str]) -> Callable[[Result], object]:
    write = csv_lines(file, RESULT_COLUMNS)
    return lambda result: write(result_values(result))


def _table_rows(file: IO[str]) -> Callable[[Result], object]:
    print(_HEADER, file=file)

    def write(result: Result) -> None:
        if isinstance(result, Unreadable):
            line = f"{UNREADABLE:<10} {'':>6} {'':>6}  {shown(result.path)}: {result.reason}"
        else:
            p_cat, p_dog = percent(result.p_cat), percent(result.p_dog)
            shows = result.time_s is not None and result.label is not Label.NEITHER
            at = f" (at {moment(result.time_s or 0)})" if shows else ""
            line = (
                f"{result.label:<10} {p_cat:>6} {p_dog:>6}  "
                f"{shown(result.path)}{at}{' (corrected by you)' if result.corrected else ''}"
                f"{' (incomplete file)' if result.incomplete else ''}"
            )
        print(line, file=file, flush=True)

    return write


_HEADER = f"{'label':<10} {'cat':>6} {'dog':>6}  photo"
_KINDS = {
    ResultFormat.TABLE: OutputKind(
        "table of results", lambda text: text.startswith(f"{_HEADER}\n")
    ),
    ResultFormat.JSONL: json_lines_kind("list of results", REQUIRED, RESULT_COLUMNS),
    ResultFormat.CSV: csv_kind("list of results", RESULT_COLUMNS),
    ResultFormat.PATHS: OutputKind("list of paths", None),
}
_WRITERS = {
    ResultFormat.TABLE: _table_rows,
    ResultFormat.JSONL: _json_lines,
    ResultFormat.CSV: _csv_rows,
    ResultFormat.PATHS: _paths,
}
