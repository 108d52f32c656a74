"""`catdog-sort evaluate`: measures a model on labelled photos; moves nothing."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catdog_sorter.cli import options
from catdog_sorter.cli.console import Console, exit_codes, json_line
from catdog_sorter.errors import EXIT_SOME_FAILED, MissingExtra, UsageError
from catdog_sorter.labels import Label
from catdog_sorter.reports.page import PAGE_KIND
from catdog_sorter.storage.outputs import claim_folder
from catdog_sorter.text import counted, shown

if TYPE_CHECKING:
    from catdog_sorter.model.backend import Backend
    from catdog_sorter.model.bundle import ModelBundle
    from catdog_sorter.training.data.samples import Sample
    from catdog_sorter.training.measure.breakdown import Breakdown
    from catdog_sorter.training.measure.evaluate import EvaluationReport

_OF = {"cat": "cat", "dog": "dog", "both": "both", "neither": "neither"}
_GROUPS = {
    "Forced choice between cat and dog, on photos of one animal": {
        "forced_choice_accuracy": "accuracy",
        "forced_choice_log_loss": "log loss of the choice",
        "coverage": "coverage: sorted as cat or dog",
    },
    "Sorting at the thresholds": {
        "wrong_among_sorted": "wrong among photos sorted as a pet",
        "false_pet_rate": "photos of neither sorted as a pet",
    },
    "Precision: right among the photos with this prediction": {
        f"precision_{kind}": words for kind, words in _OF.items()
    },
    "Recall: predicted among the photos with this true label": {
        f"recall_{kind}": words for kind, words in _OF.items()
    },
    "Area under the ROC curve: 1 is perfect, 0.5 is chance": {
        "auroc_cat": "cat or no cat",
        "auroc_dog": "dog or no dog",
        "auroc_pet": "pet or no pet",
    },
    "Average precision: 1 is perfect": {
        "average_precision_cat": "photos with a cat",
        "average_precision_dog": "photos with a dog",
        "average_precision_pet": "photos with a pet",
    },
    "Probabilities: 0 is perfect": {
        "log_loss": "log loss",
        "brier_score": "Brier score",
        "calibration_error": "expected calibration error",
        "calibration_error_cat": "expected calibration error, cat",
        "calibration_error_dog": "expected calibration error, dog",
    },
}
_NO_SHARES = (
    "log_loss",
    "brier_score",
    "forced_choice_log_loss",
    "auroc",
    "average",
    "calibration",
)
_PAGE = "report.html"
_MAX_KINDS = 12
_HEADER = ("", "measured", "95 % interval")


def evaluate(
    data: options.Data,
    threshold: options.Threshold = None,
    prevalence: Annotated[
        float | None,
        typer.Option(
            metavar="P",
            min=0.001,
            max=0.999,
            show_default=False,
            help="Share of photos with a pet in the library to estimate the precision for; "
            "defaults to the share the model's thresholds were chosen for.",
        ),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            show_default=False,
            help="Draw figures into this folder, with a report.html that shows them all.",
        ),
    ] = None,
    backend: options.Engine = options.BackendName.ONNX,
    device: options.On = options.OnnxDevice.AUTO,
    model: options.Model = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Measure a model on labelled photos.

    Use photos that the model was not trained on; otherwise the figures are too good. A manifest.csv
    beside them (file, label, kind, and optionally group and animal_share) adds false alarms by
    group and kind, and recall by the size of the animal.
    """
    console = Console(quiet)
    with exit_codes(console):
        from catdog_sorter.training.data.groups import read_details
        from catdog_sorter.training.data.samples import find_samples

        samples = find_samples(data, to_train=False)
        details = read_details(data)
        bundle, engine = options.open_model(model, backend, device, console)
        if figures is not None:
            _prepare(figures)
        report = _measure(
            console,
            samples,
            (bundle, engine),
            thresholds=options.thresholds_from(threshold),
            details=details,
            prevalence=prevalence,
        )
        print(_as_json(bundle, report) if as_json else "\n".join(_lines(bundle, report)))
        if figures is not None:
            _draw(figures, data, bundle, report)
            console.say(f"Figures: {shown(figures / _PAGE)}")
    if report.unreadable:
        console.warn(f"{counted(len(report.unreadable), 'photo')} could not be read:")
        console.name_all((photo.path, photo.reason) for photo in report.unreadable)
        raise typer.Exit(EXIT_SOME_FAILED)


def _measure(
    console: Console,
    samples: "list[Sample]",
    model: "tuple[ModelBundle, Backend]",
    **settings: Any,
) -> "EvaluationReport":
    from catdog_sorter.training.measure.evaluate import EvaluationReport
    from catdog_sorter.training.measure.evaluate import evaluate as steps

    reports: list[EvaluationReport] = []

    def classified() -> Iterator[Path]:
        for step in steps(samples, *model, **settings):
            if isinstance(step, EvaluationReport):
                reports.append(step)
            else:
                yield step

    for _ in console.progress(classified(), "Classifying", len(samples)):
        pass
    return reports[0]


def _as_json(bundle: "ModelBundle", report: "EvaluationReport") -> str:
    thresholds = {"present": report.thresholds.present, "absent": report.thresholds.absent}
    value = {
        "model": bundle.id,
        "thresholds": thresholds,
        "unreadable": len(report.unreadable),
        **report.figures,
        "intervals": report.intervals,
        **asdict(report.breakdown),
    }
    return json_line(value)


def _lines(bundle: "ModelBundle", report: "EvaluationReport") -> Iterator[str]:
    """Format the report as text: the settings, the confusion matrix, every figure."""
    for name, value in _facts(bundle, report):
        yield f"{name:<12}{value}"
    yield ""
    header, rows = _confusion(report)
    for first, *counts in [header, *rows]:
        yield f"{first:<24}" + "".join(f"{count:>10}" for count in counts)
    yield ""
    yield f"{_HEADER[0]:<46}{_HEADER[1]:>10}   {_HEADER[2]}"
    for title, group in _GROUPS.items():
        yield title
        for words, value, interval in _figure_rows(report, group):
            yield f"  {words:<44}{value or '-':>10}   {interval}".rstrip()
    for title, shares in _breakdown(report.breakdown):
        yield title
        for words, value, interval in shares:
            yield f"  {shown(words):<44}{value:>10}   {interval}"


def _facts(bundle: "ModelBundle", report: "EvaluationReport") -> list[tuple[str, str]]:
    there, absent = report.thresholds.present, report.thresholds.absent
    photos = f"{len(report.judged):,}"
    if report.unreadable:
        photos += f", and {len(report.unreadable):,} that could not be read"
    return [
        ("Model", bundle.id),
        ("Photos", photos),
        ("Thresholds", f"an animal is present from {there:.4g}, absent up to {absent:.4g}"),
    ]


def _confusion(report: "EvaluationReport") -> tuple[list[str], list[list[str]]]:
    """Return (header, rows) of the confusion matrix."""
    rows = []
    for kind, row in report.figures["labels_by_truth"].items():
        counts = [f"{row[label.value]:,}" for label in Label]
        rows.append([f"{_OF[kind]} ({sum(row.values()):,})", *counts])
    return ["true label / predicted", *Label], rows


def _figure_rows(
    report: "EvaluationReport", group: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Return (words, value, interval) of each figure of a group; empty if there are none."""
    for name, words in group.items():
        value = report.figures[name]
        if value is None:
            yield words, "", ""
            continue
        low, high = report.intervals[name]
        if name.startswith(_NO_SHARES):
            yield words, f"{value:.4f}", f"{low:.4f} to {high:.4f}"
        else:
            yield words, f"{100 * value:.2f} %", f"{100 * low:.2f} to {100 * high:.2f} %"


def _breakdown(breakdown: "Breakdown") -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Return (title, rows) of the figures by group, kind, size and library."""
    if library := breakdown.library:
        row = _share_cells(library.precision, library.low, library.high)
        title = f"Precision in a library where {library.prevalence:.3g} of the photos show a pet"
        yield title, [("right among photos sorted as a pet", *row)]
    for title, shares in (
        ("False alarms: photos of neither sorted as a pet", breakdown.false_alarms_by_group),
        (
            f"False alarms by kind, the {_MAX_KINDS} worst",
            breakdown.false_alarms_by_kind[:_MAX_KINDS],
        ),
        ("Recall by the animal's share of the frame", breakdown.recall_by_size),
    ):
        if shares:
            yield (
                title,
                [
                    (f"{s.name}: {s.hits:,} of {s.photos:,}", *_share_cells(s.share, s.low, s.high))
                    for s in shares
                ],
            )


def _share_cells(share: float, low: float, high: float) -> tuple[str, str]:
    return f"{100 * share:.2f} %", f"{100 * low:.2f} to {100 * high:.2f} %"


def _prepare(folder: Path) -> None:
    """Create the folder for the figures, to fail before the photos are classified."""
    try:
        from catdog_sorter.training.figures import draw, report  # noqa: F401

        claim_folder(folder, _PAGE, PAGE_KIND)
    except ImportError as error:
        raise MissingExtra(
            f"Figures need matplotlib, which is not installed ({error}). Run "
            "`pip install 'catdog-sorter[torch]'` or `pip install 'catdog-sorter[tf]'`."
        ) from error
    except OSError as error:
        raise UsageError(
            f"Figures cannot be written to {shown(folder)} ({error.strerror}). Choose another "
            "folder."
        ) from error


def _draw(folder: Path, data: Path, bundle: "ModelBundle", report: "EvaluationReport") -> None:
    from catdog_sorter.training.figures.draw import draw_verdicts
    from catdog_sorter.training.figures.report import Table, write_report

    header, rows = _confusion(report)
    tables = [Table("Predictions by true label", header, rows)]
    for title, group in _GROUPS.items():
        tables.append(Table(title, _HEADER, list(_figure_rows(report, group))))
    tables += [Table(title, _HEADER, shares) for title, shares in _breakdown(report.breakdown)]
    write_report(
        folder / _PAGE,
        f"Evaluation of {bundle.name}",
        [*_facts(bundle, report), ("Data", shown(data))],
        draw_verdicts(report.judged, folder),
        tables,
    )
