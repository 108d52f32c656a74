"""The report of a training run: figures, and one page that holds them all."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.training.events import EpochEnded
from catdog_sorter.training.figures.draw import draw_training, draw_verdicts
from catdog_sorter.training.figures.report import Table, write_report
from catdog_sorter.training.measure.evaluate import EvaluatedPhoto

FIGURES = "figures"


def write_run_report(
    file: Path, bundle: ModelBundle, history: Sequence[EpochEnded], judged: Sequence[EvaluatedPhoto]
) -> None:
    """Draw into the folder `figures` beside `file`, and write the page `file` that shows it all.

    `judged`: the validation photos. Raises UsageError when a file cannot be written.
    """
    folder = file.parent / FIGURES
    figures = [*draw_training(history, folder), *draw_verdicts(judged, folder)]
    tables = [_epochs(history), _recipe(bundle.training["recipe"])]
    write_report(file, f"Training of {bundle.name}", _facts(bundle), figures, tables)


def _facts(bundle: ModelBundle) -> list[tuple[str, str]]:
    training, found = bundle.training, bundle.metrics["validation"]
    photos = ", ".join(f"{count:,} {kind}" for kind, count in training["photos"].items())
    return [
        ("model", bundle.id),
        ("network", f"{bundle.architecture}, outputs {', '.join(bundle.outputs)}"),
        ("trained with", ", ".join(f"{k} {v}" for k, v in training["versions"].items())),
        ("photos", f"{photos}; {training['validation_photos']:,} of them to validate on"),
        ("best epoch", f"{training['best_epoch']} of {training['epochs_done']}"),
        ("accuracy, cat against dog", _share(found["forced_choice_accuracy"])),
        ("log loss", f"{found['log_loss']:.4f}"),
        ("thresholds", f"{bundle.thresholds.present} present, {bundle.thresholds.absent} absent"),
        ("sorting", bundle.risk_control.sentence() if bundle.risk_control else "no promise"),
        ("training time", f"{training['training_seconds']:,.0f} s"),
        ("seed", str(training["seed"])),
        ("fingerprint of the photos", training["data_fingerprint"]),
    ]


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
    rows = [(name.replace("_", " "), _plain(value)) for name, value in _flat("", recipe)]
    return Table("Recipe", ("setting", "value"), rows)


def _flat(group: str, settings: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Settings of a group, and of the groups in it, each name after those of its groups."""
    for name, value in settings.items():
        full = f"{group}, {name}" if group else name
        if isinstance(value, dict):
            yield from _flat(full, value)
        else:
            yield full, value


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
