from pathlib import Path

import pytest

from catdog_sorter.gui.photos.rows import (
    PhotoRow,
    SortOrder,
    arranged,
    count_unsure,
    moved_to,
    with_label,
    with_thresholds,
)
from catdog_sorter.labels import Label, Prediction, Thresholds, Unreadable
from catdog_sorter.photos.find import Photo

STRICT = Thresholds.symmetric(0.9)


def row(name: str, p_cat: float | None = None, p_dog: float = 0.0) -> PhotoRow:
    """A classified photo, or one that waits."""
    path = Path("/p") / name
    photo = Photo(path, Path("/p"))
    if p_cat is None:
        return PhotoRow(photo)
    return PhotoRow(
        photo, with_thresholds(Prediction(path, p_cat, p_dog, Label.UNSURE, "m"), STRICT)
    )


ROWS = [
    row("z.jpg", 0.99),
    row("waiting.jpg"),
    row("A.jpg", 0.55),
    PhotoRow(Photo(Path("/p/bad.jpg"), Path("/p")), Unreadable(Path("/p/bad.jpg"), "damaged")),
    row("m.jpg", 0.02, 0.97),
]


def test_kinds_are_labels_or_why_there_is_none() -> None:
    assert [r.kind for r in ROWS] == ["cat", "waiting", "unsure", "unreadable", "dog"]


def test_confidence_is_that_of_the_weaker_statement() -> None:
    assert row("a", 0.99, 0.3).confidence == pytest.approx(0.7)
    assert row("a", 0.5, 0.5).confidence == 0.5
    assert row("a").confidence == 0


@pytest.mark.parametrize(
    ("kind", "order", "names"),
    [
        (None, SortOrder.FOUND, ["z.jpg", "waiting.jpg", "A.jpg", "bad.jpg", "m.jpg"]),
        (None, SortOrder.LEAST_SURE, ["A.jpg", "m.jpg", "z.jpg", "waiting.jpg", "bad.jpg"]),
        (None, SortOrder.MOST_SURE, ["z.jpg", "m.jpg", "A.jpg", "waiting.jpg", "bad.jpg"]),
        (None, SortOrder.NAME, ["A.jpg", "bad.jpg", "m.jpg", "waiting.jpg", "z.jpg"]),
        ("dog", SortOrder.NAME, ["m.jpg"]),
        ("both", SortOrder.FOUND, []),
    ],
)
def test_filter_and_order(kind: str | None, order: SortOrder, names: list[str]) -> None:
    assert [ROWS[place].path.name for place in arranged(ROWS, kind, order)] == names


def test_a_correction_outlives_other_thresholds_and_can_be_taken_back() -> None:
    result = ROWS[0].result
    assert isinstance(result, Prediction)
    said = with_label(result, Label.DOG, STRICT)
    assert with_thresholds(said, Thresholds.symmetric(0.5)) == said
    assert said.corrected and said.label is Label.DOG
    assert with_label(said, None, STRICT) == result


def test_a_thresholds_effect_is_shown_without_changing_anything() -> None:
    before = [r.kind for r in ROWS]
    assert count_unsure(ROWS, Thresholds.symmetric(0.5)) == 0
    assert count_unsure(ROWS, STRICT) == 1
    assert count_unsure(ROWS, Thresholds.symmetric(0.98)) == 2
    assert [r.kind for r in ROWS] == before


def test_companions_are_beside_their_photo_after_a_move() -> None:
    photo = Photo(Path("/p/a.jpg"), Path("/p"), (Path("/p/a.xmp"),))
    assert moved_to(photo, Path("/p/cat/a.jpg")) == Photo(
        Path("/p/cat/a.jpg"), Path("/p"), (Path("/p/cat/a.xmp"),)
    )
