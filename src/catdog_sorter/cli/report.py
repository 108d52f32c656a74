"""`catdog-sort report`, and the rows for `--report` of a run."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar, assert_never

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, data_on_stdout, exit_codes
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.reports.rows import PhotoOutcome, ReportRow, Result
from catdog_sorter.storage.spool import Spool, SpooledDict
from catdog_sorter.text import shown

if TYPE_CHECKING:
    from catdog_sorter.languages import Catalogue
    from catdog_sorter.moving.journal import Entry, Run
    from catdog_sorter.moving.outcomes import Moved, MoveFailed
    from catdog_sorter.moving.plan import Plan

Value = TypeVar("Value")
GONE = "It was moved, renamed or deleted since the run."


class ReportFormat(StrEnum):
    """The formats of a report, named by suffix."""

    HTML = "html"
    CSV = "csv"
    JSONL = "jsonl"


def report(
    run: options.Run = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default=False,
            help=f"Where to write {options.REPORT_SUFFIXES}; - is standard output. Defaults to "
            "catdog-sort-RUN.html here.",
        ),
    ] = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            show_default=False,
            help="Format of the report; defaults to the one FILE's name ends in.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The same as --format jsonl --output -.")
    ] = False,
    language: options.ReportLanguage = None,
    threshold: options.Threshold = None,
    backend: options.Engine = options.BackendName.ONNX,
    device: options.On = options.OnnxDevice.AUTO,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
) -> None:
    """Write a report of an earlier run.

    It shows the moves of the run, and the photos as the model classifies them now. Prints the name
    of the report, or the report itself.
    """
    console = Console(quiet)
    with exit_codes(console), ExitStack() as stack:
        from catdog_sorter import languages
        from catdog_sorter.classification import corrections, pipeline
        from catdog_sorter.moving.journal import open_journal
        from catdog_sorter.photos.find import Photo
        from catdog_sorter.reports.photos import PhotoReport

        with open_journal() as journal:
            chosen = _chosen_run(journal.runs(), run)
            entries = Spool(e for e in journal.each_entry(chosen.id) if e.is_photo)
        if as_json and format_:
            raise UsageError("Choose one of --format and --json.")
        wanted = ReportFormat.JSONL if as_json else format_
        texts = languages.catalogue(language or languages.chosen())
        is_printed = as_json if output is None else output == Path("-")
        if is_printed:
            suffix = f".{wanted or ReportFormat.HTML}"
            sheet = PhotoReport(Path("-"), suffix, data_on_stdout(), texts)
        else:
            file = output or Path(f"catdog-sort-{chosen.id}.{wanted or ReportFormat.HTML}")
            sheet = PhotoReport(file, wanted and f".{wanted}", texts=texts)
        stack.enter_context(sheet)
        bundle, engine = options.open_model(model, backend, device, console)
        cache = stack.enter_context(options.open_cache(no_cache, bundle, engine, console))
        places = (entry.lies_at for entry in entries)
        found = (Photo(p, p.parent) if os.path.exists(p) else Unreadable(p, GONE) for p in places)
        used = options.thresholds_from(threshold)
        results = corrections.corrected(
            pipeline.classify(found, bundle, engine, used, cache, show=sheet.show),
            corrections.load_corrections(),
        )
        stack.enter_context(closing(results))
        classified = console.progress(results, "Classifying", len(entries))
        rows = Spool(_row_of(*pair, chosen) for pair in zip(entries, classified, strict=True))
        title = texts.tr("Run {number}").format(number=chosen.id)
        sheet.write_dated(title, bundle.id, rows, _facts(chosen, texts))
    if not is_printed:
        print(shown(sheet.file))


def _chosen_run(runs: "Sequence[Run]", number: int | None) -> "Run":
    for run in runs:
        if number in (None, run.id) and run.moved:
            return run
    if number is None:
        raise UsageError("No photos have been sorted yet, so there is nothing to report.")
    raise UsageError(
        f"Run {number} does not exist or sorted no photos. Run `catdog-sort history` to see the "
        "numbers."
    )


def _row_of(entry: "Entry", result: Result, run: "Run") -> ReportRow:
    """Make the row of a photo with its original path, wherever it is now."""
    from catdog_sorter.moving.journal import State

    found = replace(result, path=entry.source)
    match entry.state:
        case State.FAILED | State.INTENDED:
            return ReportRow(found, PhotoOutcome.FAILED, found_at=result.path)
        case State.UNDONE:
            return ReportRow(found, PhotoOutcome.PUT_BACK, found_at=result.path)
        case State.DONE | State.UNDOING | State.LEFT:
            return ReportRow(found, run.mode.outcome, entry.target, found_at=result.path)
        case _:
            assert_never(entry.state)


def _facts(run: "Run", texts: "Catalogue") -> list[tuple[str, str]]:
    tr, when = texts.tr, texts.date_and_time(run.started_at.astimezone())
    what = f"{when}, {tr(run.mode.words.choice)}, {tr(run.state.words)}"
    return [(tr("Sorted"), what), (tr("Command"), run.command)]


def sorted_rows(
    results: Iterable[Result],
    plan: "Plan",
    moved: "Iterable[Moved]",
    failed: "Iterable[MoveFailed]",
    mode: Mode,
) -> Iterator[ReportRow]:
    """The rows of a sort that has ended.

    The results, the parts of the plan and the moved photos are all in the order in which the
    photos were found, so they are read in parallel.
    """
    problems = SpooledDict()
    for problem in failed:
        problems[str(problem.path)] = problem.reason
    groups = InTurn((group.moves[0].source, group.moves[0].target) for group in plan.groups)
    arrived = InTurn((item.group.moves[0].source, item.target) for item in moved)
    skips = InTurn((skip.path, skip.reason) for skip in plan.skips)
    for result in results:
        target = groups.take(result.path)
        went_to = arrived.take(result.path) if target else None
        reason = None if target else skips.take(result.path)
        if (why := problems.get(str(result.path))) is not None:
            yield ReportRow(result, PhotoOutcome.FAILED, None, why)
        elif went_to:
            yield ReportRow(result, mode.outcome, went_to)
        elif target:
            yield ReportRow(result, PhotoOutcome.PLANNED, target)
        elif reason:
            if reason.is_left:
                yield ReportRow(result, PhotoOutcome.LEFT, reason=reason.value)
            else:
                words = reason.words
                yield ReportRow(result, PhotoOutcome.SKIPPED, None, words, reason.value)
        else:
            yield ReportRow(result)


class InTurn(Generic[Value]):
    """Looks up values by path in ordered (path, value) pairs, for paths in the same order."""

    def __init__(self, pairs: Iterable[tuple[Path, Value]]) -> None:
        self._pairs = iter(pairs)
        self._pair = next(self._pairs, None)

    def take(self, path: Path) -> Value | None:
        """Return the photo's value; None if the next pair belongs to a later photo."""
        if self._pair is None or self._pair[0] != path:
            return None
        value = self._pair[1]
        self._pair = next(self._pairs, None)
        return value
