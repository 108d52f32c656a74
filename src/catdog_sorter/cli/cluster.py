"""`catdog-sort classify --engine ray`: options and messages of a run on a cluster."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stdout
from importlib.util import find_spec
from typing import IO, Annotated

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console
from catdog_sorter.errors import EXIT_SOME_FAILED, MissingExtra, UsageError
from catdog_sorter.text import counted, is_url, shown

PART_SIZE = 500
RESUME_HINT = "Run the same command again to resume."
# The parameters whose options do not apply to a cluster.
_NOT_FOR_RAY = {
    "format_": "--format",
    "as_json": "--json",
    "print0": "--print0",
    "only": "--only",
    "files_from": "--files-from",
    "report_file": "--report",
    "device": "--device",
    "backend": "--backend",
    "previews": "--previews",
    "include_hidden": "--include-hidden",
    "exclude": "--exclude",
    "companion": "--companion",
    "separate_edits": "--separate-edits",
}
_ONLY_FOR_RAY = {"address": "--address", "workers": "--workers", "part_size": "--part-size"}

Address = Annotated[
    str | None,
    typer.Option(
        metavar="HOST:PORT",
        show_default=False,
        help="Address of the Ray cluster for --engine ray; defaults to Ray on this computer.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        show_default=False,
        help="Number of cluster cores to use; defaults to all.",
    ),
]
PartSize = Annotated[
    int, typer.Option(min=1, metavar="N", help="Photos per file that --engine ray writes.")
]


def check_options(ctx: typer.Context, sources: list[str], is_ray: bool) -> None:
    """Raise UsageError for options on the command line that do not apply to this engine."""
    for source in sources:
        if is_url(source) and not is_ray:
            raise UsageError(f"{shown(source)} is a URL. Add --engine ray to read URLs.")
    needless = _NOT_FOR_RAY if is_ray else _ONLY_FOR_RAY
    given = [option for name, option in needless.items() if options.is_given(ctx, name)]
    if given:
        raise UsageError(
            f"{' and '.join(given)} cannot be used with --engine {'ray' if is_ray else 'local'}. "
            f"Leave {'it' if len(given) == 1 else 'them'} out."
        )


def classify(
    console: Console,
    sources: list[str],
    output: str | None,
    threshold: float | None,
    recursive: bool,
    videos: bool,
    model: str | None,
    address: str | None,
    workers: int | None,
    part_size: int,
) -> None:
    """Classify over a cluster into the folder or URL `output`, one Parquet file for each part.

    Raises typer.Exit when photos could not be read, CatdogError when the run cannot go on.
    """
    if output is None:
        raise UsageError(
            "--engine ray writes several files. Give a folder for them: --output FOLDER."
        )
    if not all(map(find_spec, ("ray", "pyarrow", "fsspec"))):
        raise MissingExtra(
            "--engine ray needs Ray, which is not installed. Run `pip install "
            "'catdog-sorter[ray]'`, or leave out --engine to classify on this computer."
        )
    from catdog_sorter.classification.corrections import load_corrections
    from catdog_sorter.cluster import run
    from catdog_sorter.model.bundle import load_bundle
    from catdog_sorter.model.registry import find_bundle

    bundle = load_bundle(find_bundle(model))
    used = options.thresholds_from(threshold)
    console.say("Finding photos ...")
    job = run.prepare(
        sources, output, bundle, used, load_corrections(), part_size, recursive, videos
    )
    failed = 0
    with _ray_silent(), closing(run.run_parts(job, address, workers)) as done:
        for part in console.progress(done, "Classifying", job.listing.photos, lambda p: p.photos):
            failed += part.unreadable
    photos, parts = counted(job.listing.photos, "photo"), counted(len(job.listing.parts), "part")
    console.say(f"{photos} in {parts}, in {shown(job.task.output)}.")
    if failed:
        console.say(f"{counted(failed, 'photo')} could not be read.")
        raise typer.Exit(EXIT_SOME_FAILED)


@contextmanager
def _ray_silent() -> Iterator[None]:
    """Keep stdout and stderr free of Ray's messages; it has logs of its own.

    Its Python part prints to stdout when a worker dies, and its C++ part writes to file
    descriptor 2, while this program writes to `sys.stderr`.
    """
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), _quiet_stderr(nowhere):
        yield


@contextmanager
def _quiet_stderr(nowhere: IO[str]) -> Iterator[None]:
    stderr = sys.__stderr__
    if stderr is None or sys.stderr is not stderr:
        yield
        return
    stderr.flush()
    ours = os.dup(2)
    os.dup2(nowhere.fileno(), 2)
    try:
        with open(ours, "w", encoding=stderr.encoding, errors=stderr.errors, closefd=False) as file:
            sys.stderr = file
            yield
    finally:
        sys.stderr = stderr
        os.dup2(ours, 2)
        os.close(ours)
