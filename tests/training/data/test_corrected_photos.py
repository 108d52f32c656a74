from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.classification.corrections import correct
from catdog_sorter.cli import app
from catdog_sorter.labels import Label
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.training.data.corrected_photos import with_corrections
from catdog_sorter.training.data.samples import Sample
from tests.support.colours import draw
from tests.support.extras import needs_torch

CAT, DOG = frozenset({"cat"}), frozenset({"dog"})


def test_a_correction_counts_before_the_folder(tmp_path: Path) -> None:
    right = draw(tmp_path / "cat" / "a.png", "cat")
    wrong = draw(tmp_path / "cat" / "b.png", "cat", shade=3)
    correct([(wrong, Label.DOG)])
    samples, number, missing = with_corrections([Sample(right, CAT), Sample(wrong, CAT)])
    assert samples == [Sample(right, CAT), Sample(wrong, DOG)]
    assert (number, missing) == (1, 0)


def test_corrected_photos_elsewhere_are_added_and_missing_ones_counted(tmp_path: Path) -> None:
    here, gone = draw(tmp_path / "a.png", "cat"), draw(tmp_path / "b.png", "dog")
    correct([(here, Label.NEITHER), (gone, Label.CAT)])
    gone.unlink()
    assert with_corrections([]) == ([Sample(here, frozenset())], 1, 1)


def test_a_photo_is_found_where_sorting_put_it(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    correct([(draw(tmp_path / "a.png", "cat"), Label.DOG)])
    words = ["sort", str(tmp_path), "--yes", "--model", str(colour_bundle.folder)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert with_corrections([]) == ([Sample(tmp_path / "dog" / "a.png", DOG)], 1, 0)
    assert CliRunner().invoke(app, ["undo"]).exit_code == 0
    assert with_corrections([]) == ([Sample(tmp_path / "a.png", DOG)], 1, 0)


@needs_torch
def test_too_few_corrections_are_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    correct([(draw(tmp_path / "a.png", "cat"), Label.CAT)])
    answer = CliRunner().invoke(app, ["retrain", "--corrections"])
    assert answer.exit_code == 2
    assert "1 photo with a label you corrected" in answer.stderr
    assert "at least 5 of each are needed" in answer.stderr.replace("\n", " ")
