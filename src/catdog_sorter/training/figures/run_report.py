"""The report of a training run: figures, and one page with all of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.training.events import EpochEnded
from catdog_sorter.training.figures.draw import draw_training, draw_verdicts
from catdog_sorter.training.figures.report import Table, write_report
from catdog_sorter.training.measure.before_after import (
    FIGURES,
    Measured,
    TrainingVerdict,
    verdict_sentence,
    with_interval,
)
from catdog_sorter.training.measure.evaluate import EvaluatedPhoto

FIGURES_FOLDER = "figures"
# Titles of settings; others are shown by their own names.
_SETTINGS = {
    "outputs": "outputs",
    "unfreeze": "layers that are trained",
    "careful": "stays close to the initial model",
    "data, image_size": "side of the training input, pixels",
    "data, input_size": "side of the inference input, pixels",
    "data, batch_size": "photos per step",
    "data, validation_share": "share of the photos held out",
    "optimisation, learning_rate": "initial learning rate",
    "optimisation, rate_decay": "learning rate decay per block below the head",
    "optimisation, patience": "epochs without progress before stopping",
    "averaging, initial_shares": "candidate shares of the initial weights",
    "averaging, ema_decay": "decay of the moving average of the weights",
}


def write_run_report(
    file: Path, bundle: ModelBundle, history: Sequence[EpochEnded], judged: Sequence[EvaluatedPhoto]
) -> None:
    """Draw into the folder `figures` beside `file`, and write the page `file` that shows them.

    `judged`: the validation photos. Raises UsageError when a file cannot be written.
    """
    folder = file.parent / FIGURES_FOLDER
    figures = [*draw_verdicts(judged, folder), *draw_training(history, folder)]
    comparison = bundle.training.get("comparison")
    first = [_before_and_after(comparison)] if comparison else []
    folded = [_details(bundle), _recipe(bundle.training["recipe"])]
    if history:
        folded.insert(0, _epochs(history))
    facts = [*_verdict(comparison), *_facts(bundle)]
    write_report(file, f"Training of {bundle.name}", facts, figures, first, folded=folded)


def _verdict(comparison: dict[str, Any] | None) -> list[tuple[str, str]]:
    if comparison is None:
        return []
    sentence = verdict_sentence(TrainingVerdict(comparison["verdict"]), comparison["start"])
    return [("verdict", sentence)]


def _before_and_after(comparison: dict[str, Any]) -> Table:
    how = "cross-validated" if comparison["cross_validated"] else "held out"
    title = f"Before and after, on {comparison['photos']:,} photos, {how}"
    rows = [
        (
            words,
            *(
                with_interval(name, Measured(**comparison[side][name]))
                for side in ("before", "after")
            ),
        )
        for name, words in FIGURES.items()
        if name in comparison["before"] and name in comparison["after"]
    ]
    return Table(title, ("", comparison["start"], "new model"), rows)


def _facts(bundle: ModelBundle) -> list[tuple[str, str]]:
    training, found = bundle.training, bundle.metrics["validation"]
    photos = ", ".join(f"{count:,} {kind}" for kind, count in training["photos"].items())
    return [
        ("photos", f"{photos}; {training['validation_photos']:,} of them evaluated"),
        ("accuracy, cat or dog", _share(found["forced_choice_accuracy"])),
        ("sorting", bundle.risk_control.sentence() if bundle.risk_control else "no promise"),
    ]


def _details(bundle: ModelBundle) -> Table:
    training, found = bundle.training, bundle.metrics["validation"]
    rows = [
        ("model", bundle.id),
        ("network", f"{bundle.architecture}, outputs {', '.join(bundle.outputs)}"),
        ("trained with", ", ".join(f"{k} {v}" for k, v in training["versions"].items())),
        ("share of the initial weights", f"{training['initial_share']:.0%}"),
        ("best epoch", f"{training['best_epoch']} of {training['epochs_done']}"),
        ("log loss", f"{found['log_loss']:.4f}"),
        ("thresholds", f"{bundle.thresholds.present} present, {bundle.thresholds.absent} absent"),
        ("training time", f"{training['training_seconds']:,.0f} s"),
        ("seed", str(training["seed"])),
        ("hash of the photos", training["data_fingerprint"]),
    ]
    return Table("Details", ("", ""), rows)


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2%}, on the validation photos"


def _epochs(history: Sequence[EpochEnded]) -> Table:
    header = (
        "epoch", "loss", "accuracy", "validation loss", "validation accuracy", "learning rate",
        "seconds",
    )  # fmt: skip
    rows = [
        (
            str(epoch.epoch + 1),
            f"{epoch.loss:.4f}",
            f"{epoch.accuracy:.2%}",
            f"{epoch.validation_loss:.4f}",
            f"{epoch.validation_accuracy:.2%}",
            f"{epoch.learning_rate:.2g}",
            f"{epoch.seconds:.0f}",
        )
        for epoch in history
    ]
    return Table("Epochs", header, rows)


def _recipe(recipe: dict[str, Any]) -> Table:
    rows = [(_SETTINGS.get(name, _words(name)), _plain(v)) for name, v in _flat("", recipe)]
    return Table("Settings", ("setting", "value"), rows)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _flat(group: str, settings: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Settings of a group and of its sub-groups, each name prefixed by those of its groups."""
    for name, value in settings.items():
        full = f"{group}, {name}" if group else name
        if isinstance(value, dict):
            yield from _flat(full, value)
        else:
            yield full, value


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
