from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.errors import TrainingError, UsageError
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.training.data.sorted_photos import find_sorted
from tests.support.colours import draw
from tests.support.extras import needs_torch

run = CliRunner().invoke


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number in range(6):
        draw(tmp_path / "pictures" / "trip" / f"c{number}.png", "cat", shade=number)
        draw(tmp_path / "pictures" / f"d{number}.png", "dog", shade=number)
    draw(tmp_path / "pictures" / "sea.png", "neither")
    return tmp_path / "pictures"


def sort(pictures: Path, bundle: ModelBundle, *more: str) -> None:
    result = run(app, ["sort", str(pictures), "--model", str(bundle.folder), "--yes", *more])
    assert result.exit_code == 0, result.output


def animals(pictures: Path) -> dict[str, frozenset[str]]:
    return {str(s.path.relative_to(pictures)): s.animals for s in find_sorted()[1]}


def test_that_nothing_was_sorted_yet_is_reported() -> None:
    with pytest.raises(UsageError, match=r"no photos have been sorted yet.*DATA"):
        find_sorted()


def test_sorted_photos_carry_the_label_of_their_folder(
    pictures: Path, colour_bundle: ModelBundle
) -> None:
    sort(pictures, colour_bundle)
    folders, samples = find_sorted()
    assert folders == {pictures / "cat": 6, pictures / "dog": 6}
    assert len(samples) == 12
    assert animals(pictures)["cat/trip/c0.png"] == {"cat"}
    assert animals(pictures)["dog/d0.png"] == {"dog"}


def test_photos_corrected_by_hand_have_the_corrected_label(
    pictures: Path, colour_bundle: ModelBundle
) -> None:
    sort(pictures, colour_bundle)
    (pictures / "dog" / "d0.png").rename(pictures / "cat" / "d0.png")
    found = animals(pictures)
    assert found["cat/d0.png"] == {"cat"}
    assert "dog/d0.png" not in found


def test_undone_runs_do_not_count(pictures: Path, colour_bundle: ModelBundle) -> None:
    sort(pictures, colour_bundle)
    assert run(app, ["undo"]).exit_code == 0
    with pytest.raises(UsageError, match="no photos have been sorted yet"):
        find_sorted()


def test_too_few_are_refused(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    draw(tmp_path / "few" / "a.png", "cat")
    sort(tmp_path / "few", colour_bundle)
    with pytest.raises(TrainingError, match="The photos you have sorted include 1 photo of a cat"):
        find_sorted()


@needs_torch
def test_retrain_asks_whether_the_sorted_photos_are_right(
    pictures: Path, colour_bundle: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal the question cannot be answered, so nothing is trained."""
    sort(pictures, colour_bundle)
    monkeypatch.chdir(tmp_path)
    result = run(app, ["retrain"])
    assert result.exit_code == 2
    assert f"{pictures / 'cat'}: 6 photos" in result.stderr
    assert "Check the sorted photos" in result.stderr.replace("\n", " ")


@needs_torch
def test_the_folder_data_comes_first(
    pictures: Path, colour_bundle: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sort(pictures, colour_bundle)
    (tmp_path / "data" / "cat").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    result = run(app, ["retrain"])
    assert result.exit_code == 2
    assert "data holds no photo with a label" in result.stderr.replace("\n", " ")
