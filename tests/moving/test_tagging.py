from pathlib import Path

import pytest

from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.moving.plan import Reason
from catdog_sorter.moving.tagging import plan_tags
from catdog_sorter.moving.xmp import with_keywords
from catdog_sorter.photos.find import find_photos
from tests.support.shelf import names


def planned(folder: Path, **labels: Label):
    """The plan for photos that are cats, or have the label in `labels` by their stem."""
    found = list(find_photos([folder]))
    results = [
        Prediction(photo.path, 0.9, 0.1, labels.get(photo.path.stem, Label.CAT), "m")
        for photo in found
    ]
    return plan_tags(found, results)


def put(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        is_sidecar = name.lower().endswith(".xmp")
        (folder / name).write_bytes(with_keywords(None, ["mine"]) or b"" if is_sidecar else b"")


@pytest.mark.parametrize(
    ("files", "sidecar"),
    [
        (["a.jpg"], "a.jpg.xmp"),
        (["a.jpg", "b.jpg", "b.jpg.xmp"], "a.jpg.xmp"),
        (["a.jpg", "b.jpg", "b.xmp"], "a.xmp"),
        (["a.jpg", "b.jpg", "b.xmp", "c.jpg", "c.jpg.xmp"], "a.jpg.xmp"),
        (["a.jpg", "b/b.jpg", "b/b.xmp"], "a.jpg.xmp"),
        (["a.jpg", "a.png", "b.jpg", "b.xmp"], "a.jpg.xmp"),  # a.xmp could be either's
        (["a.jpg", "a.xmp"], "a.xmp"),
        (["a.jpg", "a.xmp", "a.jpg.xmp"], "a.jpg.xmp"),
        (["a.jpg", "A.JPG.XMP"], "A.JPG.XMP"),
        (["a.jpg", "a.nef", "a.xmp"], "a.xmp"),
        (["a.jpg", "a.nef", "a.nef.xmp"], "a.jpg.xmp"),
    ],
)
def test_a_sidecar_is_called_as_those_around_it(
    tmp_path: Path, files: list[str], sidecar: str
) -> None:
    put(tmp_path, *files)
    plan, refused = planned(tmp_path)
    (move,) = [g.moves[0] for g in plan.groups if g.moves[0].source == tmp_path / "a.jpg"]
    assert move.target == tmp_path / sidecar
    assert not refused
    exists = sidecar in files
    assert [bool(g.backup) for g in plan.groups if g.moves[0] == move] == [exists]


def test_only_cats_and_dogs_are_tagged_and_only_once(tmp_path: Path, home: Path) -> None:
    put(tmp_path, "cat.jpg", "dog.jpg", "both.jpg", "neither.jpg", "unsure.jpg", "has.jpg")
    (tmp_path / "has.xmp").write_bytes(with_keywords(None, ["cat"]) or b"")
    before = names(tmp_path)
    plan, _ = planned(tmp_path, **{label.value: label for label in Label})
    assert {g.moves[0].source.stem for g in plan.groups} == {"cat", "dog", "both"}
    assert {skip.path.stem: skip.reason for skip in plan.skips} == {
        "has": Reason.IN_PLACE,
        "neither": Reason.VERDICT,
        "unsure": Reason.VERDICT,
    }
    assert names(tmp_path) == before and not (home / "sidecars").exists()


def test_a_photo_whose_sidecar_cannot_be_added_to_stays_and_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    (tmp_path / "a.jpg.xmp").write_text("<!DOCTYPE a><a/>")
    (tmp_path / "b.jpg.xmp").symlink_to(tmp_path / "c.jpg")
    plan, refused = planned(tmp_path)
    assert [g.moves[0].source.name for g in plan.groups] == ["c.jpg"]
    assert [skip.reason for skip in plan.skips] == [Reason.SIDECAR] * 2
    damaged, linked = refused
    assert "'" + str(tmp_path / "a.jpg.xmp") + "' was left as it is." in damaged.reason
    assert "is a link" in linked.reason


def test_unreadable_photos_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    results = [Unreadable(tmp_path / "a.jpg", "The file is empty.")]
    plan, refused = plan_tags(list(find_photos([tmp_path])), results)
    assert not (plan.groups or plan.skips or refused)
