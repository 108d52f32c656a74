import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.classification.corrections import correct, corrected, load_corrections
from catdog_sorter.cli import app
from catdog_sorter.errors import CorrectionsError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.storage.locations import corrections_file
from tests.support.colours import draw, tree, written
from tests.support.output import printed

run = CliRunner().invoke


def label_of(path: Path) -> Label | None:
    known = load_corrections().of(path)
    return known and known.label


def test_without_corrections_nothing_is_known_and_nothing_written(
    tmp_path: Path, home: Path
) -> None:
    assert label_of(draw(tmp_path / "a.png", "cat")) is None
    assert written(home) == {}


def test_a_correction_follows_the_content_not_the_name(tmp_path: Path) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    assert correct([(photo, Label.DOG)]) == []
    photo.rename(tmp_path / "elsewhere.png")
    assert label_of(tmp_path / "elsewhere.png") is Label.DOG
    draw(photo, "cat", shade=1)
    assert label_of(photo) is None


def test_the_last_correction_counts_and_none_forgets_it(tmp_path: Path) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    correct([(photo, Label.DOG)])
    correct([(photo, Label.BOTH)])
    assert label_of(photo) is Label.BOTH
    correct([(photo, None)])
    assert label_of(photo) is None


def test_a_photo_that_is_gone_is_named_and_the_others_are_remembered(tmp_path: Path) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    (problem,) = correct([(tmp_path / "gone.png", Label.CAT), (photo, Label.DOG)])
    assert problem.path == tmp_path / "gone.png"
    assert "cannot be read" in problem.reason
    assert label_of(photo) is Label.DOG


def test_only_photos_of_a_corrected_size_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    other = tmp_path / "larger.png"
    other.write_bytes(photo.read_bytes() + b"more")
    correct([(photo, Label.DOG)])
    read: list[Path] = []
    from catdog_sorter.classification import corrections

    real = corrections.file_sha256
    monkeypatch.setattr(corrections, "file_sha256", lambda path: read.append(path) or real(path))
    known = load_corrections()
    assert known.of(other) is None
    assert known.of(photo) is not None
    assert read == [photo]


def test_the_persons_label_replaces_the_models_and_bad_photos_stay_bad(tmp_path: Path) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    bad = tmp_path / "b.png"
    bad.write_bytes(photo.read_bytes())
    correct([(photo, Label.NEITHER)])

    def results():
        yield Prediction(photo, 0.9, 0.1, Label.CAT, "m")
        yield Unreadable(bad, "damaged")

    assert list(corrected(results(), load_corrections())) == [
        Prediction(photo, 0.9, 0.1, Label.NEITHER, "m", corrected=True),
        Unreadable(bad, "damaged"),
    ]


def test_stopping_closes_the_results_below(tmp_path: Path) -> None:
    closed = []

    def results():
        try:
            while True:
                yield Unreadable(tmp_path, "bad")
        finally:
            closed.append(True)

    stream = corrected(results(), load_corrections())
    next(stream)
    stream.close()
    assert closed == [True]


def test_a_damaged_file_is_advice(home: Path) -> None:
    corrections_file().write_text("this is no database" * 100)
    with pytest.raises(
        CorrectionsError, match=r"corrections.sqlite3' is damaged .* your corrections"
    ):
        load_corrections()
    with pytest.raises(CorrectionsError, match="is damaged"):
        correct([(draw(home / "a.png", "cat"), Label.DOG)])


def test_damaged_corrections_are_not_reported_as_the_journal(
    home: Path, tmp_path: Path, model: list[str]
) -> None:
    """The journal's advice, that runs cannot be undone, does not apply to them."""
    draw(tmp_path / "in" / "a.png", "cat")
    corrections_file().write_text("this is no database" * 100)
    answer = run(app, ["sort", "--yes", str(tmp_path / "in"), *model])
    assert answer.exit_code == 3
    assert "your corrections" in answer.stderr
    assert "can then no longer be undone" not in answer.stderr
    assert set(tree(tmp_path / "in")) == {"a.png"}


@pytest.fixture
def model(colour_bundle: ModelBundle) -> list[str]:
    return ["--model", str(colour_bundle.folder)]


def test_classify_says_what_was_corrected(tmp_path: Path, model: list[str]) -> None:
    correct([(draw(tmp_path / "a.png", "cat"), Label.DOG)])
    draw(tmp_path / "b.png", "cat", shade=9)
    answer = run(app, ["classify", str(tmp_path), *model, "--format", "jsonl"])
    first, second = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (first["label"], first["corrected"]) == ("dog", True)
    assert first["p_cat"] > 0.99
    assert second["label"] == "cat" and "corrected" not in second
    assert "corrected by you" in run(app, ["classify", str(tmp_path), *model]).stdout


def test_sort_puts_a_corrected_photo_where_the_person_said(
    tmp_path: Path, model: list[str]
) -> None:
    correct([(draw(tmp_path / "a.png", "cat"), Label.DOG)])
    draw(tmp_path / "b.png", "cat", shade=9)
    answer = run(app, ["sort", "--yes", str(tmp_path), *model, "--json"])
    assert set(tree(tmp_path)) == {"dog/a.png", "cat/b.png"}
    moves = {Path(row["path"]).name: row for row in printed(answer.stdout).lines}
    assert moves["a.png"]["corrected"] is True
    assert "corrected" not in moves["b.png"]
    assert "1 photo with a label you corrected" in answer.stderr
