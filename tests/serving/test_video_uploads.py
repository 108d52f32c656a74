"""Videos over HTTP are recognised by their content, and answered like photos."""

from pathlib import Path

import pytest

pytest.importorskip("prometheus_client", reason="needs the extra `serve`")

from catdog_sorter.classification.classifier import Verdict
from catdog_sorter.labels import Label
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.serving.batching import BatchingClassifier
from catdog_sorter.serving.limits import ServiceLimits
from catdog_sorter.serving.metrics import Metrics
from tests.support.films import film


def test_a_video_and_what_is_left_of_one(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    content = film(tmp_path / "a.mp4", ["neither", "dog", "dog", "neither"]).read_bytes()
    backend = open_backend(colour_bundle)
    with BatchingClassifier(colour_bundle, backend, None, ServiceLimits(), Metrics()) as classifier:
        whole = classifier.classify("upload.bin", content)
        rest = classifier.classify("a.mp4", content[:500])
        verdict = whole.result(60)
        assert isinstance(verdict, Verdict)
        assert verdict.label is Label.DOG
        assert verdict.time_s is not None
        assert 1 <= verdict.time_s < 3
        assert "damaged or cut off" in str(rest.result(60))
