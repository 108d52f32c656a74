"""Trains several systems on one split and evaluates them on the same photos.

Each system is trained by `catdog-sort retrain` in its own process, because frameworks must not
share one. Yields events and never prints.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median

import numpy as np

from catdog_sorter.errors import TrainingError
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends import CPU, open_backend
from catdog_sorter.model.bundle import ONNX, ModelBundle, load_bundle
from catdog_sorter.model.networks.onnx_weights import read_weights
from catdog_sorter.storage.locations import runs_folder
from catdog_sorter.text import counted
from catdog_sorter.training.data import dataset
from catdog_sorter.training.data.samples import LABEL_OF, Sample
from catdog_sorter.training.figures.report import Table, write_report
from catdog_sorter.training.fit.initial_weights import RANDOM
from catdog_sorter.training.measure.evaluate import EvaluationReport, evaluate
from catdog_sorter.training.recipes import RECIPES, Recipe
from catdog_sorter.training.runs import SETTINGS

# Accuracy that the study measured on its own test split of Kaggle's photos.
STUDY_ACCURACY = {
    "mobilenetv2-torch": 0.960,
    "mobilenetv2-tf": 0.97,
    "cnn-torch": 0.74,
    "cnn-tf": 0.76,
}
TEST_SHARE = 0.15
_FINGERPRINT_SIDE = 32
_TIMED_BATCH, _TIMED_ROUNDS = 16, 15


@dataclass(frozen=True, slots=True)
class System:
    """A recipe in a framework."""

    recipe: str
    framework: str

    @property
    def name(self) -> str:
        return f"{self.recipe}-{self.framework}"


@dataclass(frozen=True, slots=True)
class SystemResult:
    """Results of one system on the test photos; shares and probabilities are 0 to 1.

    `photos_per_second` counts ready batches through ONNX Runtime on one core; `size_bytes` is the
    ONNX file.
    """

    name: str
    studied: float | None
    accuracy: float
    accuracy_low: float
    accuracy_high: float
    log_loss: float
    calibration_error: float
    parameters: int
    size_bytes: int
    training_seconds: float
    epochs: int
    photos_per_second: float


@dataclass(frozen=True, slots=True)
class SplitReady:
    """Counts of photos of one animal each."""

    training: int
    test: int


@dataclass(frozen=True, slots=True)
class TrainingStarted:
    """This system is trained next; its process writes to stderr."""

    system: System


@dataclass(frozen=True, slots=True)
class Compared:
    """`rows` in the order of the systems; `reports` by the systems' names."""

    rows: tuple[SystemResult, ...]
    reports: Mapping[str, EvaluationReport] = field(default_factory=dict)


ComparisonEvent = SplitReady | TrainingStarted | Compared


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """A comparison to run. `test`: photos to evaluate on; None holds out some of `samples`.

    `init`: initial weights of recipes that do not start at random; None for their own. `options`
    are passed to every training, as in `("--epochs", "3")`.
    """

    samples: Sequence[Sample]
    test: Sequence[Sample] | None
    systems: Sequence[System]
    folder: Path
    seed: int
    init: str | None = None
    options: tuple[str, ...] = ()
    resume: bool = False


def compare(request: ComparisonRequest) -> Generator[ComparisonEvent, None, None]:
    """Train and evaluate the systems. Models, splits and results are in `request.folder`.

    Raises TrainingError when a training fails or the folder holds another comparison.
    """
    training, test = _split(request)
    _check_folder(request, training, test)
    yield SplitReady(*(sum(len(s.animals) == 1 for s in side) for side in (training, test)))
    for system in request.systems:
        if not model_folder(request.folder, system).is_dir():
            yield TrainingStarted(system)
            _train(request, system)
    yield _judged(request, [sample for sample in test if len(sample.animals) == 1])


def model_folder(folder: Path, system: System) -> Path:
    """Folder of a system's model in the comparison in `folder`."""
    return folder / "models" / run_name(folder, system)


def is_finished(request: ComparisonRequest) -> bool:
    """Whether all systems were evaluated on these photos. Raises TrainingError for other photos.

    Their models may have been removed since.
    """
    if not (request.folder / "comparison.json").is_file():
        return False
    rows = json.loads((request.folder / "comparison.json").read_text(encoding="utf-8"))
    if [row["name"] for row in rows] != [system.name for system in request.systems]:
        return False
    _check_folder(request, *_split(request))
    return True


def remove_models(request: ComparisonRequest) -> None:
    """Remove the models of a finished comparison and the runs that made them; results stay."""
    shutil.rmtree(request.folder / "models", ignore_errors=True)
    for system in request.systems:
        shutil.rmtree(runs_folder() / run_name(request.folder, system), ignore_errors=True)


def run_name(folder: Path, system: System) -> str:
    """The name of a system's training run."""
    return f"{folder.name}-{system.name}"


def _split(request: ComparisonRequest) -> tuple[list[Sample], list[Sample]]:
    """Return the training and the test photos; copies of one photo stay on one side."""
    if request.test is not None:
        return list(request.samples), list(request.test)
    with tempfile.TemporaryDirectory() as folder:
        *_, store = dataset.build_store(request.samples, Path(folder), _FINGERPRINT_SIDE)
        assert isinstance(store, dataset.Store)
        training, test = dataset.split(store, TEST_SHARE, request.seed)
        return [store.samples[i] for i in training], [store.samples[i] for i in test]


def _check_folder(request: ComparisonRequest, training: list[Sample], test: list[Sample]) -> None:
    """Write the split, or check that a resumed comparison has the same one."""
    request.folder.mkdir(parents=True, exist_ok=True)
    for name, samples in (("train.csv", training), ("test.csv", test)):
        file = request.folder / name
        text = "".join(f"{_csv_row(sample)}\n" for sample in samples)
        if not file.exists():
            file.write_text(text, encoding="utf-8", errors="surrogateescape")
        elif not request.resume or file.read_text("utf-8", "surrogateescape") != text:
            raise TrainingError(
                f"{request.folder} holds an earlier comparison. Continue it with --resume and the "
                "same photos, or choose another --name."
            )


def _csv_row(sample: Sample) -> str:
    path = os.fspath(sample.path)
    quoted = '"' + path.replace('"', '""') + '"'
    return f"{quoted},{LABEL_OF[sample.animals]}"


def _train(request: ComparisonRequest, system: System) -> None:
    words = [
        "retrain",
        str(request.folder / "train.csv"),
        *("--recipe", system.recipe, "--backend", system.framework),
        *("--seed", str(request.seed), "--name", run_name(request.folder, system)),
        *("--output", str(model_folder(request.folder, system)), "--json", *request.options),
        *(("--resume",) if request.resume and _is_begun(request, system) else ()),
        *_init(request.init, RECIPES[system.recipe]),
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *words], stdout=subprocess.DEVNULL, check=False
    )
    if ended.returncode == 130:
        raise KeyboardInterrupt
    if ended.returncode not in (0, 1):  # 1: some photos could not be read
        raise TrainingError(
            f"The training of {system.name} failed; its last output is above. Finished trainings "
            "are kept. Add --resume to continue."
        )


def _is_begun(request: ComparisonRequest, system: System) -> bool:
    return (runs_folder() / run_name(request.folder, system) / SETTINGS).is_file()


def _init(init: str | None, recipe: Recipe) -> tuple[str, ...]:
    return () if init is None or recipe.initial_weights == RANDOM else ("--init", init)


def _judged(request: ComparisonRequest, test: Sequence[Sample]) -> Compared:
    bundles = {s.name: load_bundle(model_folder(request.folder, s)) for s in request.systems}
    engines = {name: open_backend(bundle, device=CPU) for name, bundle in bundles.items()}
    speeds = _photos_per_second(bundles, engines)
    rows, reports = [], {}
    for name, bundle in bundles.items():
        *_, report = evaluate(test, bundle, engines[name])
        assert isinstance(report, EvaluationReport)
        reports[name] = report
        rows.append(_row(name, bundle, report, speeds[name]))
    return Compared(tuple(rows), reports)


def _row(
    name: str, bundle: ModelBundle, report: EvaluationReport, photos_per_second: float
) -> SystemResult:
    low, high = report.intervals["forced_choice_accuracy"]
    weights = read_weights(bundle.file(ONNX))
    return SystemResult(
        name=name,
        studied=STUDY_ACCURACY.get(name),
        accuracy=report.figures["forced_choice_accuracy"],
        accuracy_low=low,
        accuracy_high=high,
        log_loss=report.figures["forced_choice_log_loss"],
        calibration_error=report.figures["calibration_error"],
        parameters=sum(array.size for array in weights.values()),
        size_bytes=bundle.file(ONNX).stat().st_size,
        training_seconds=bundle.training["training_seconds"],
        epochs=bundle.training["epochs_done"],
        photos_per_second=photos_per_second,
    )


def _photos_per_second(
    bundles: Mapping[str, ModelBundle], engines: Mapping[str, Backend]
) -> dict[str, float]:
    """Measure medians over rounds that alternate between systems, so that load affects all."""
    batches = {
        name: np.zeros((_TIMED_BATCH, 3, b.preprocessing.size, b.preprocessing.size), np.float32)
        for name, b in bundles.items()
    }
    took: dict[str, list[float]] = {name: [] for name in bundles}
    for _ in range(_TIMED_ROUNDS):
        for name, engine in engines.items():
            begun = time.perf_counter()
            engine.logits(batches[name])
            took[name].append(time.perf_counter() - begun)
    return {name: _TIMED_BATCH / median(seconds) for name, seconds in took.items()}


def table(rows: Sequence[SystemResult]) -> Table:
    """Format the rows as text, with the study's figures."""
    header = (
        "system", "study", "accuracy", "95 % interval", "log loss", "ECE", "parameters",
        "ONNX file", "training", "photos a second",
    )  # fmt: skip
    cells = [
        (
            row.name,
            "" if row.studied is None else f"{row.studied:.1%}",
            f"{row.accuracy:.2%}",
            f"{row.accuracy_low:.2%} to {row.accuracy_high:.2%}",
            f"{row.log_loss:.3f}",
            f"{row.calibration_error:.3f}",
            f"{row.parameters / 1e6:.2f} M",
            f"{row.size_bytes / 1e6:.1f} MB",
            f"{row.training_seconds / 60:.1f} min, {counted(row.epochs, 'epoch')}",
            f"{row.photos_per_second:,.0f}",
        )
        for row in rows
    ]
    return Table("Systems", header, cells)


def markdown(rows: Sequence[SystemResult]) -> str:
    """Format the table in Markdown."""
    header, *lines = [table(rows).header, *table(rows).rows]
    rule = ["---"] * len(header)
    return "".join("| " + " | ".join(cells) + " |\n" for cells in (header, rule, *lines))


def write_results(folder: Path, compared: Compared) -> Path:
    """Write the table, JSON, figures and a page with all of them; return the page."""
    from catdog_sorter.training.figures.draw import draw_comparison, draw_verdicts

    rows = [asdict(row) for row in compared.rows]
    (folder / "comparison.md").write_text(markdown(compared.rows), encoding="utf-8")
    (folder / "comparison.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    figures = [draw_comparison(rows, folder / "comparison.png")]
    for name, report in compared.reports.items():
        drawn = draw_verdicts(report.judged, folder / "figures" / name)
        figures += [replace(figure, title=f"{name}: {figure.title}") for figure in drawn]
    page = folder / "report.html"
    write_report(page, "Comparison", [], figures, [table(compared.rows)])
    return page
