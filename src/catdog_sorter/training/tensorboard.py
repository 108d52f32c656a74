"""Writes the curves of a run as TensorBoard event files, where TensorBoard is installed."""

import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from catdog_sorter.errors import MissingExtra
from catdog_sorter.training.events import EpochEnded

FOLDER = "tensorboard"


def check_tensorboard() -> None:
    """Raise MissingExtra if TensorBoard is not installed; imports nothing."""
    if find_spec("tensorboard") is None:
        raise MissingExtra(
            "TensorBoard is not installed. Run `pip install tensorboard`, or leave out "
            "--tensorboard: report.html shows the same curves."
        )


class CurveWriter:
    """Event files of one run, in a folder of its own below the run's."""

    def __init__(self, run_folder: Path) -> None:
        from tensorboard.summary.writer.event_file_writer import EventFileWriter

        self._writer: Any = EventFileWriter(str(run_folder / FOLDER))

    def write(self, epoch: EpochEnded) -> None:
        """Add the figures of an epoch."""
        from tensorboard.compat.proto.event_pb2 import Event
        from tensorboard.compat.proto.summary_pb2 import Summary

        values = {
            "loss/training": epoch.loss,
            "loss/validation": epoch.validation_loss,
            "accuracy/training": epoch.accuracy,
            "accuracy/validation": epoch.validation_accuracy,
            "learning_rate": epoch.learning_rate,
        }
        scalars = [Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()]
        self._writer.add_event(
            Event(wall_time=time.time(), step=epoch.epoch + 1, summary=Summary(value=scalars))
        )
        self._writer.flush()

    def close(self) -> None:
        """Flush and close the files."""
        self._writer.close()
