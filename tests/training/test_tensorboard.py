from pathlib import Path

import pytest

pytest.importorskip("tensorboard")

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from catdog_sorter.training.events import EpochEnded
from catdog_sorter.training.tensorboard import CurveWriter, check_tensorboard


def test_event_files_hold_the_curves(tmp_path: Path) -> None:
    check_tensorboard()
    curves = CurveWriter(tmp_path)
    for number, loss in enumerate((0.5, 0.25)):
        curves.write(EpochEnded(number, 1.0, 0.5, loss, 0.75, 1e-3, 2.0))
    curves.close()
    found = EventAccumulator(str(tmp_path / "tensorboard")).Reload()
    assert [(e.step, e.value) for e in found.Scalars("loss/validation")] == [(1, 0.5), (2, 0.25)]
    assert found.Scalars("accuracy/validation")[0].value == pytest.approx(0.75)
    assert found.Scalars("learning_rate")[1].value == pytest.approx(1e-3)
