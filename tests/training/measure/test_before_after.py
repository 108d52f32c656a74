import json

import numpy as np
import pytest

from catdog_sorter.labels import Thresholds
from catdog_sorter.training.measure.before_after import (
    FIGURES,
    TrainingVerdict,
    compare_models,
    verdict_sentence,
    with_interval,
)

THRESHOLDS = Thresholds(present=0.9, absent=0.2)
TRUTH = np.tile(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), (20, 1))
RIGHT = np.clip(TRUTH, 0.02, 0.98)


def test_a_result_that_is_right_more_often_is_better() -> None:
    before = RIGHT.copy()
    before[::3] = 0.5  # unsure of every cat
    found = compare_models("start", (before, THRESHOLDS), (RIGHT, THRESHOLDS), TRUTH)
    assert found.verdict is TrainingVerdict.BETTER
    assert (found.start, found.photos, found.cross_validated) == ("start", 60, False)
    assert found.before["coverage"].value == 0.5
    assert found.after["coverage"].value == 1.0
    assert found.before.keys() == found.after.keys() == FIGURES.keys()
    for measured in (*found.before.values(), *found.after.values()):
        assert 0 <= measured.low <= measured.value <= measured.high <= 1
    assert with_interval("coverage", found.after["coverage"]) == "100.0% (91.2% to 100.0%)"
    assert with_interval("log_loss", found.after["log_loss"]) == "0.020 (0.020 to 0.020)"
    back = compare_models("start", (RIGHT, THRESHOLDS), (before, THRESHOLDS), TRUTH)
    assert back.verdict is TrainingVerdict.WORSE


def test_chance_makes_nothing_better() -> None:
    rng = np.random.default_rng(1)
    before = np.clip(RIGHT + rng.uniform(-0.01, 0.01, RIGHT.shape), 0.001, 0.999)
    found = compare_models("start", (before, THRESHOLDS), (RIGHT, THRESHOLDS), TRUTH)
    same = compare_models("start", (RIGHT, THRESHOLDS), (RIGHT, THRESHOLDS), TRUTH)
    assert same.verdict is TrainingVerdict.NO_BETTER
    assert found.verdict in (TrainingVerdict.NO_BETTER, TrainingVerdict.BETTER)


def test_figures_that_these_photos_cannot_give_are_left_out() -> None:
    pets = TRUTH.any(axis=1)
    both = RIGHT[pets], THRESHOLDS
    found = compare_models("start", both, both, TRUTH[pets])
    assert "false_pet_rate" not in found.after
    json.dumps(found.as_json(), allow_nan=False)


@pytest.mark.parametrize("verdict", TrainingVerdict)
def test_every_verdict_has_a_sentence(verdict: TrainingVerdict) -> None:
    sentence = verdict_sentence(verdict, "efficientnet_lite2")
    assert "efficientnet_lite2" in sentence
    assert ("not made the default" in sentence) is (verdict is not TrainingVerdict.BETTER)
