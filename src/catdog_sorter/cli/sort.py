"""`catdog-sort sort`: shows a plan, asks, moves, and sums up."""

import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import option_defaults, options
from catdog_sorter.cli.console import (
    Console,
    apart_from,
    ask,
    exit_codes,
    json_line,
    output_to,
    require_yes,
)
from catdog_sorter.cli.options import ModeName
from catdog_sorter.cli.output_strategies import OutputStrategy, folder_strategy, keyword_strategy
from catdog_sorter.cli.report import sorted_rows
from catdog_sorter.cli.summary import (
    SortOutcome,
    mention_survey,
    places,
    sum_up,
)
from catdog_sorter.errors import EXIT_INTERRUPTED, EXIT_SOME_FAILED, CatdogError
from catdog_sorter.labels import UNREADABLE, Label, Prediction, Unreadable
from catdog_sorter.moving.modes import Mode
from catdog_sorter.previews import Previews
from catdog_sorter.reports.rows import REQUIRED, RESULT_COLUMNS, ReportRow, Result, result_values
from catdog_sorter.storage.outputs import json_lines_kind
from catdog_sorter.storage.spool import Spool
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.moving.journal import Journal
    from catdog_sorter.moving.late import LateFiles
    from catdog_sorter.moving.outcomes import Moved, MoveFailed
    from catdog_sorter.moving.plan import Plan
    from catdog_sorter.moving.session import MovingSession
    from catdog_sorter.moving.sort import References, Totals
    from catdog_sorter.photos.companions import Grouping
    from catdog_sorter.photos.find import Photo
    from catdog_sorter.photos.left_alone import Survey
    from catdog_sorter.reports.photos import PhotoReport


_FOLDER_OPTIONS = ("into", "flat", "folder", "mode", "relative_links")
WriteEvent = Callable[..., None]
Results = Generator[Result, None, None]


def sort(
    ctx: typer.Context,
    paths: options.Paths = None,
    files_from: options.FilesFrom = None,
    null: options.Null = False,
    into: options.Into = None,
    mode: options.Mode = ModeName.MOVE,
    relative_links: options.RelativeLinks = False,
    tag: Annotated[
        bool,
        typer.Option(
            "--tag",
            help="Write the keywords cat and dog into XMP sidecars instead of moving the photos.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would happen; change nothing.")
    ] = False,
    flat: options.Flat = False,
    folder: options.Folders = None,
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
    remove_empty_folders: Annotated[
        bool,
        typer.Option(
            "--remove-empty-folders/--keep-empty-folders",
            help="Remove folders that the run has emptied; undo restores them.",
        ),
    ] = True,
    break_links: Annotated[
        bool,
        typer.Option(
            "--break-links",
            help="Also move photos that symbolic links in these folders point to, as in albums.",
        ),
    ] = False,
    break_catalogs: Annotated[
        bool,
        typer.Option(
            "--break-catalogs",
            help="Also move photos that are in another program's database, such as digiKam's or "
            "Lightroom's; that program will not find them any more.",
        ),
    ] = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
    report_file: options.ReportFile = None,
    language: options.ReportLanguage = None,
    quiet: options.Quiet = False,
    log: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Log every step to FILE as JSON Lines."
        ),
    ] = None,
) -> None:
    """Sort photos into the folders cat, dog and both.

    Other photos stay where they are. Every move is recorded first; `catdog-sort undo` puts
    everything back.
    """
    console = Console(quiet)
    option_defaults.mention(ctx, console)
    with exit_codes(console, lambda: "Nothing was changed."), ExitStack() as stack:
        from catdog_sorter.classification import pipeline, warm_start
        from catdog_sorter.moving.session import MovingSession
        from catdog_sorter.moving.sort import Sorting, Totals
        from catdog_sorter.photos.find import find_photos
        from catdog_sorter.photos.left_alone import Survey

        survey = Survey()
        tops = [Path(path) for path in options.given_paths(paths, files_from, null)]
        if tag:
            strategy = keyword_strategy(options.is_given(ctx, *_FOLDER_OPTIONS))
        else:
            sorting = Sorting(options.folder_names(folder), into, flat)
            what = options.chosen_mode(ctx, mode, relative_links)
            strategy = folder_strategy(sorting, what, tops)
        scope = options.scope(recursive, include_hidden, exclude, companion, separate_edits, videos)
        search = find_photos(tops, scope, skip=strategy.skip, survey=survey)
        write = stack.enter_context(_log_to(log))
        report = stack.enter_context(options.open_report(report_file, language))
        decoders = stack.enter_context(warm_start.start_decoder_pool())
        bundle, engine = options.open_model(model, backend, device, console)
        require_yes(yes or dry_run)
        session = None if dry_run else stack.enter_context(MovingSession())
        found = Spool(console.progress(search, "Finding", None))
        found, late = _without_late(found, survey, strategy.mode, scope.grouping)
        may_ask = not (yes or dry_run or break_catalogs)
        references = _references(survey, strategy.mode, break_links, break_catalogs, may_ask)
        collected = _CollectedResults(keeps_all=as_json or report is not None)
        with options.open_cache(no_cache, bundle, engine, console, previews) as cache:
            classified = pipeline.classify(
                found,
                bundle,
                engine,
                options.thresholds_from(threshold),
                cache,
                decoders,
                report.show if report else None,
                previews=previews,
            )
            with closing(
                _with_corrections(console, classified, len(found), write, collected)
            ) as results:
                plan, refused = strategy.plan(found, results, references)
        totals = Totals.of(plan, len(collected.unreadable))
        outcome = SortOutcome(
            totals,
            Spool(),
            refused,
            frozenset(collected.by_person),
            frozenset(collected.incomplete),
            collected.from_preview,
        )
        _show_plan(console, plan, strategy, outcome.totals, bundle.id)
        _mention_sorted_before(console, len(outcome.corrected), strategy.outputs)
        mention_survey(console, survey, plan, strategy.mode)
        if session:
            _carry_out_if_agreed(console, plan, session, strategy, outcome, write, yes)
        if strategy.mode is Mode.MOVE:
            _bring_late(console, late.files, scope.grouping, session, yes, outcome)
            _remove_emptied(console, session, outcome, tops if remove_empty_folders else [])

        rows = partial(
            sorted_rows, collected.all, plan, outcome.moved, outcome.failed, strategy.mode
        )
        with apart_from(None if as_json else log):
            sum_up(
                console,
                plan,
                outcome,
                collected.unreadable,
                strategy.mode,
                dry_run,
                bundle.id,
                rows() if as_json else None,
                survey,
            )
        if report:
            _write_report(
                console, report, _title(outcome, dry_run, report.texts.tr), bundle.id, rows()
            )
    _exit(console, outcome, bool(collected.unreadable))


def _references(
    survey: "Survey", mode: Mode, break_links: bool, break_catalogs: bool, may_ask: bool
) -> "References":
    """The references that keep photos in place; asks before breaking another program's database."""
    from catdog_sorter.moving.sort import References

    if mode is not Mode.MOVE:
        return References()
    certain = [(folder, manager) for folder, manager in survey.managed if manager.is_certain]
    if may_ask and certain:
        kept = (f"{manager.program} keeps a database of {shown(path)}" for path, manager in certain)
        break_catalogs = ask(
            f"{', and '.join(kept)}, which will not find moved photos any more. Move them anyway?",
            default=False,
        )
    return References.of(survey, break_links, break_catalogs)


@dataclass(slots=True)
class _CollectedResults:
    """The results that are needed after planning.

    There can be very many results, but few corrected ones and few with incomplete files.
    `from_preview`: how many were classified by their preview.
    """

    keeps_all: bool
    all: Spool[Result] = field(default_factory=Spool)
    unreadable: Spool[Unreadable] = field(default_factory=Spool)
    by_person: list[Path] = field(default_factory=list)
    incomplete: list[Path] = field(default_factory=list)
    from_preview: int = 0

    def take(self, result: Result) -> None:
        if self.keeps_all:
            self.all.append(result)
        if isinstance(result, Unreadable):
            self.unreadable.append(result)
            return
        if result.corrected:
            self.by_person.append(result.path)
        if result.incomplete:
            self.incomplete.append(result.path)
        self.from_preview += result.from_preview


def _with_corrections(
    console: Console,
    classified: Results,
    total: int,
    write: WriteEvent,
    collected: _CollectedResults,
) -> Results:
    """Yield the results with the user's label where there is one, and log each."""
    from catdog_sorter.classification import corrections

    with closing(corrections.corrected(classified, corrections.load_corrections())) as results:
        for result in console.progress(results, "Classifying", total):
            write(**logged(result))
            collected.take(result)
            yield result


def _exit(console: Console, outcome: SortOutcome, some_unreadable: bool) -> None:
    if outcome.error:
        console.warn(f"catdog-sort: {outcome.error}")
        raise typer.Exit(outcome.error.exit_code)
    if outcome.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if some_unreadable or outcome.failed:
        raise typer.Exit(EXIT_SOME_FAILED)


def _write_report(
    console: Console, report: "PhotoReport", title: str, model: str, rows: Iterator[ReportRow]
) -> None:
    with exit_codes(console, lambda: "The report was not written."):
        report.write_dated(title, model, rows)


def _title(outcome: SortOutcome, dry_run: bool, tr: Callable[[str], str]) -> str:
    if outcome.run_id is not None:
        return tr("Run {number}").format(number=outcome.run_id)
    return tr("What a run would do") if dry_run else tr("Nothing was sorted")


def _show_plan(
    console: Console, plan: "Plan", strategy: OutputStrategy, totals: "Totals", model: str
) -> None:
    console.say(f"Found {counted(totals.found, 'photo')} (model {model}).")
    moving = Counter(group.label for group in plan.groups)
    staying = Counter(skip.label for skip in plan.skips)
    for label in Label:
        if moving[label]:
            console.say(f"  {label:<11}{moving[label]:>7,}  {strategy.descriptions[label]}")
        if staying[label]:
            console.say(f"  {label:<11}{staying[label]:>7,}  stay")
    if totals.unreadable:
        console.say(f"  {UNREADABLE:<11}{totals.unreadable:>7,}  stay")


def _question(plan: "Plan", strategy: OutputStrategy) -> str:
    files = sum(len(group.moves) for group in plan.groups) - len(plan.groups)
    also = f", with {counted(files, 'companion file')}" if files else ""
    return f"{strategy.mode.words.verb} {counted(len(plan.groups), 'photo')}{also}?"


def _mention_corrected(console: Console, number: int) -> None:
    if number:
        console.say(f"{counted(number, 'photo')} with a label you corrected in the window.")


def _mention_sorted_before(console: Console, number_corrected: int, outputs: set[Path]) -> None:
    _mention_corrected(console, number_corrected)
    _mention_passed_over(console, outputs)


def _mention_passed_over(console: Console, outputs: set[Path]) -> None:
    """Name output folders that were not searched, as their photos count as sorted."""
    existing = sorted(shown(folder) for folder in outputs if folder.is_dir())
    if existing:
        console.say(f"Not searched, as sorted photos go there: {', '.join(existing)}")


def _carry_out_if_agreed(
    console: Console,
    plan: "Plan",
    session: "MovingSession",
    strategy: OutputStrategy,
    outcome: SortOutcome,
    write: WriteEvent,
    yes: bool,
) -> None:
    if not plan.groups:
        session.note_empty_run(strategy.mode, _command())
        outcome.is_empty_run = True
    elif yes or ask(_question(plan, strategy)):
        _carry_out(console, plan, session, strategy, outcome, write)
    else:
        console.say("Nothing was changed.")


def _carry_out(
    console: Console,
    plan: "Plan",
    session: "MovingSession",
    strategy: OutputStrategy,
    outcome: SortOutcome,
    write: WriteEvent,
) -> None:
    from catdog_sorter.moving.outcomes import MoveFailed

    try:
        with closing(session.apply(plan, strategy.mode, _command())) as outcomes:
            for result in console.progress(outcomes, strategy.mode.words.gerund, len(plan.groups)):
                outcome.totals.count(result)
                write(**logged(result))
                if isinstance(result, MoveFailed):
                    outcome.failed.append(result)
                else:
                    outcome.moved.append(result)
                    outcome.not_kept.update(result.not_kept)
    except KeyboardInterrupt:
        outcome.interrupted = True
    except CatdogError as error:
        outcome.error = error
    if outcome.moved:
        with suppress(CatdogError):
            outcome.run_id = session.runs()[0].id


@contextmanager
def _history() -> "Iterator[Journal | None]":
    """Open the journal to read it; None if it does not exist yet."""
    from catdog_sorter.moving.journal import open_journal
    from catdog_sorter.storage.locations import journal_file

    if journal_file().exists():
        with open_journal() as journal:
            yield journal
    else:
        yield None


def _without_late(
    found: "Spool[Photo | Unreadable]", survey: "Survey", mode: Mode, grouping: "Grouping"
) -> "tuple[Spool[Photo | Unreadable], LateFiles]":
    """Separate files that belong to a photo sorted earlier from those to be classified."""
    from catdog_sorter.moving.late import LateFiles, late_files

    late = LateFiles()
    with _history() as journal:
        if journal and mode is Mode.MOVE:
            late = late_files(found, survey.orphans, journal, grouping)
    if late.pictures:
        found = Spool(item for item in found if item.path not in late.pictures)
    return found, late


def _bring_late(
    console: Console,
    files: Sequence[Path],
    grouping: "Grouping",
    session: "MovingSession | None",
    yes: bool,
    outcome: SortOutcome,
) -> None:
    """Move files that arrived after their photo to where that was sorted."""
    from catdog_sorter.moving.late import LatePlan, plan_late
    from catdog_sorter.moving.plan import Plan

    with _history() as journal:
        late = plan_late(files, journal, grouping) if files and journal else LatePlan()
    number = sum(len(group.moves) for group in late.groups)
    question = f"Move {counted(number, 'file')} to photos that were sorted earlier?"
    if not session:
        outcome.late += (move for group in late.groups for move in group.moves)
    elif number and not outcome.has_stopped and (yes or ask(question)):
        _apply_late(Plan(late.groups, ()), session, outcome)
    if outcome.late:
        said = f"{counted(len(outcome.late), 'file')} {'moved' if session else 'would be moved'}"
        console.say(f"{said} to photos that were sorted earlier.")
    if late.stuck:
        console.warn("These belong to photos that were sorted earlier, but cannot follow them:")
        reason = "The photo was changed or moved since, or a file of this name exists there."
        console.name_some((path, reason) for path in late.stuck)


def _apply_late(plan: "Plan", session: "MovingSession", outcome: SortOutcome) -> None:
    from catdog_sorter.moving.outcomes import MoveFailed

    is_begun = outcome.is_empty_run or outcome.run_id is not None
    resumed = session.runs()[0] if is_begun else None
    try:
        for result in session.apply(plan, Mode.MOVE, _command(), resumed=resumed):
            if isinstance(result, MoveFailed):
                outcome.failed.append(result)
            else:
                outcome.late += result.group.moves
                outcome.not_kept.update(result.not_kept)
    except KeyboardInterrupt:
        outcome.interrupted = True
    except CatdogError as error:
        outcome.error = error
    if outcome.late:
        outcome.run_id = session.runs()[0].id


def _remove_emptied(
    console: Console,
    session: "MovingSession | None",
    outcome: SortOutcome,
    paths: list[Path],
) -> None:
    """Remove the folders below `paths` that the run has emptied."""
    if session is None or outcome.run_id is None:
        return
    tops = [Path(os.path.abspath(path)) for path in paths if path.is_dir()]
    folders = {move.source.parent for moved in outcome.moved for move in moved.group.moves}
    with suppress(CatdogError):
        emptied = session.remove_emptied(outcome.run_id, folders, tops)
        but = " except for files of file managers, such as .DS_Store" if emptied.files else ""
        if number := emptied.folders:
            brings = "undo restores it" if number == 1 else "undo restores them"
            console.say(f"{counted(number, 'folder')} removed, as empty{but}; {brings}.")


def _command() -> str:
    """Return the command line, which the history shows for this run."""
    return shlex.join(["catdog-sort", *sys.argv[1:]])


_LOG = json_lines_kind(
    "log",
    [("time", "event", *keys) for keys in REQUIRED],
    ["time", "event", "target", "companions", *RESULT_COLUMNS],
)


@contextmanager
def _log_to(path: Path | None) -> Iterator[WriteEvent]:
    """Open the log; yields a function that writes one event, given as keywords, with the time."""
    if path is None:
        yield lambda **event: None
        return
    with output_to(path, _LOG) as file:

        def write(**event: object) -> None:
            line = json_line({"time": datetime.now(UTC).isoformat(), **event})
            try:
                print(line, file=file, flush=True)
            except BrokenPipeError:  # from `--log - | head`, which must not stop the run
                pass
            except OSError as error:
                raise CatdogError(
                    f"The log {shown(path)} cannot be written ({error.strerror}), so the run was "
                    "stopped. Free some space, or choose another file with --log."
                ) from error

        yield write


def logged(event: "Prediction | Unreadable | Moved | MoveFailed") -> dict[str, Any]:
    """Convert an event of a photo to plain values, for a line of a log."""
    from catdog_sorter.moving.outcomes import Moved

    if isinstance(event, Prediction):
        return {"event": "classified", **result_values(event)}
    if isinstance(event, Moved):
        photo, *companions = map(places, event.group.moves)
        also = {"companions": companions} if companions else {}
        return {"event": "sorted", "label": event.group.label, **photo, **also}
    kind = UNREADABLE if isinstance(event, Unreadable) else "failed"
    return {"event": kind, "path": str(event.path), "error": event.reason}
