"""Which photos share a network call, and how cancelled ones are handled."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("prometheus_client", reason="needs the extra `serve`")

from catdog_sorter.classification.classifier import Verdict
from catdog_sorter.decoding import pool
from catdog_sorter.errors import CatdogError
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.serving.batching import BatchingClassifier
from catdog_sorter.serving.limits import ServiceLimits
from catdog_sorter.serving.metrics import Metrics
from tests.support.colours import COLOURS
from tests.support.pictures import encoded


class Gated:
    """An engine that runs one call at a time, and none before `gate` is set."""

    name = "gated"
    batch_size = 4

    def __init__(self, bundle: ModelBundle) -> None:
        self._engine = open_backend(bundle)
        self.gate = threading.Event()
        self.begun = threading.Event()
        self.sizes: list[int] = []
        self.fails = False

    def quick_logits(self, batch: object) -> None:
        return None

    def logits(self, batch: np.ndarray) -> np.ndarray:
        self.begun.set()
        self.gate.wait()
        if self.fails:
            raise ZeroDivisionError
        self.sizes.append(len(batch))
        return self._engine.logits(batch)


def picture(label: str) -> bytes:
    return encoded(Image.new("RGB", (16, 12), COLOURS[label]), "PNG")


@pytest.fixture
def engine(colour_bundle: ModelBundle) -> Gated:
    return Gated(colour_bundle)


@contextmanager
def looking(bundle: ModelBundle, engine: Gated) -> Iterator[tuple[BatchingClassifier, Metrics]]:
    metrics = Metrics()
    engine.gate.set()  # for the trial at the start
    with BatchingClassifier(bundle, engine, None, ServiceLimits(), metrics) as classifier:
        engine.gate.clear()
        engine.begun.clear()
        engine.sizes.clear()
        try:
            yield classifier, metrics
        finally:
            engine.gate.set()


def until(is_so) -> None:
    """Wait for a condition; the time limit of the test ends an endless wait."""
    while not is_so():
        time.sleep(0.01)


def test_what_came_while_the_network_was_busy_goes_through_it_at_once(
    colour_bundle: ModelBundle, engine: Gated
) -> None:
    labels = ["cat", "dog", "both", "neither", "unsure", "cat"]
    with looking(colour_bundle, engine) as (classifier, _):
        answers = [classifier.classify("a.png", picture(labels[0]))]
        until(engine.begun.is_set)
        answers += [classifier.classify("a.png", picture(label)) for label in labels[1:]]
        until(lambda: len(classifier._ready) == 5)
        engine.gate.set()
        assert [answer.result().label for answer in answers] == labels
    assert engine.sizes == [1, 4, 1]


def test_photos_that_nobody_waits_for_are_not_classified(
    colour_bundle: ModelBundle, engine: Gated
) -> None:
    metrics = Metrics()
    classifier = BatchingClassifier(colour_bundle, engine, None, ServiceLimits(), metrics)
    engine.gate.set()
    given_up, wanted = (classifier.classify("a.png", picture("cat")) for _ in range(2))
    given_up.cancel()
    classifier.start()
    classifier.close()  # what was taken is answered first
    assert wanted.result().label == "cat"
    assert engine.sizes == [1, 1]  # the first was the trial at the start
    counts = metrics.registry.get_sample_value
    assert counts("catdog_photos_total", {"outcome": "given_up"}) == 1
    assert counts("catdog_photos_total", {"outcome": "cat"}) == 1


def test_a_failing_network_costs_its_batch_and_nothing_else(
    colour_bundle: ModelBundle, engine: Gated
) -> None:
    with looking(colour_bundle, engine) as (classifier, metrics):
        engine.gate.set()
        engine.fails = True
        with pytest.raises(ZeroDivisionError):
            classifier.classify("a.png", picture("cat")).result()
        assert classifier.last_error == "ZeroDivisionError"
        engine.fails = False
        assert classifier.classify("a.png", picture("dog")).result().label == "dog"
        assert classifier.last_error is None
        failed = metrics.registry.get_sample_value("catdog_photos_total", {"outcome": "failed"})
        assert failed == 1


def test_a_service_that_can_classify_nothing_does_not_start(
    colour_bundle: ModelBundle, engine: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_COMMAND", ("/no/such/program",))
    classifier = BatchingClassifier(colour_bundle, engine, None, ServiceLimits(), Metrics())
    with pytest.raises(CatdogError, match="could not be started"), classifier:
        pass


def test_parts_of_a_uncertain_photo_count_too(uncertain: tuple[Path, ModelBundle]) -> None:
    path, bundle = uncertain
    engine = Gated(bundle)
    with looking(bundle, engine) as (classifier, _):
        engine.gate.set()
        answer = classifier.classify("a.png", path.read_bytes()).result()
    assert isinstance(answer, Verdict)
    assert answer.p_cat == pytest.approx(0.998, abs=0.001)  # 0.93 without its parts
