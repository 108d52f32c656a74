from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Thresholds
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.measure.evaluate import EvaluatedPhoto, EvaluationReport, evaluate
from tests.support.colours import draw

CAT, DOG, NEITHER = frozenset({"cat"}), frozenset({"dog"}), frozenset[str]()


def report_of(
    samples: list[Sample], bundle: ModelBundle, thresholds: Thresholds | None = None
) -> EvaluationReport:
    *paths, report = evaluate(samples, bundle, open_backend(bundle, "onnx"), thresholds)
    assert paths == [sample.path for sample in samples]
    assert isinstance(report, EvaluationReport)
    return report


def test_photos_are_evaluated_in_order_and_unreadable_ones_named(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_text("no picture")
    samples = [
        Sample(draw(tmp_path / "a.png", "cat"), CAT),
        Sample(bad, DOG),
        Sample(draw(tmp_path / "b.png", "dog"), NEITHER),
        Sample(draw(tmp_path / "c.png", "unsure"), CAT),
    ]
    report = report_of(samples, colour_bundle)
    assert [(p.path.name, p.animals, p.label) for p in report.judged] == [
        ("a.png", CAT, Label.CAT),
        ("b.png", NEITHER, Label.DOG),
        ("c.png", CAT, Label.UNSURE),
    ]
    assert report.judged[0].p_cat > 0.9 > report.judged[0].p_dog
    assert [photo.path for photo in report.unreadable] == [bad]
    assert report.figures["photos"] == 3
    assert report.figures["false_pet_rate"] == 1.0
    assert report.intervals["false_pet_rate"][0] < 0.5


def test_the_thresholds_are_the_bundles_or_the_given_ones(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    samples = [Sample(draw(tmp_path / "a.png", "unsure"), CAT)]
    own = report_of(samples, colour_bundle)
    assert (own.thresholds, own.judged[0].label) == (colour_bundle.thresholds, Label.UNSURE)
    asked = report_of(samples, colour_bundle, Thresholds.symmetric(0.5))
    assert isinstance(asked.judged[0], EvaluatedPhoto)
    assert asked.thresholds == Thresholds(0.5, 0.5)
    assert asked.judged[0].label is Label.CAT
    assert asked.figures["recall_cat"] == 1.0


def test_photos_of_which_none_can_be_read_are_refused(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    (tmp_path / "bad.jpg").write_text("no picture")
    with pytest.raises(UsageError, match="None of the photos can be read"):
        report_of([Sample(tmp_path / "bad.jpg", CAT)], colour_bundle)
