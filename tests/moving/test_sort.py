from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.plan import GroupMove, Move, Plan, Reason, Skip
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting, Totals, plan_sorting
from catdog_sorter.photos.find import find_photos
from tests.support.colours import draw


def test_planning_pairs_photos_with_their_results(tmp_path: Path) -> None:
    for name, label in (("a", "cat"), ("c", "neither"), ("deep/d", "dog")):
        draw(tmp_path / "in" / f"{name}.png", label)
    (tmp_path / "in" / "b.png").touch()
    found = list(find_photos([tmp_path / "in"]))
    labels = {"a.png": Label.CAT, "c.png": Label.NEITHER, "d.png": Label.DOG}
    results = [
        Prediction(item.path, 0.0, 0.0, labels[item.path.name], "by name")
        if item.path.name in labels
        else Unreadable(item.path, "It is empty.")
        for item in found
    ]
    plan = plan_sorting(found, results, Sorting(DEFAULT_FOLDERS, into=tmp_path / "out"))
    assert [(g.moves[0].source.name, g.moves[0].target) for g in plan.groups] == [
        ("a.png", tmp_path / "out" / "cat" / "a.png"),
        ("d.png", tmp_path / "out" / "dog" / "deep" / "d.png"),
    ]
    assert [(skip.path.name, skip.reason) for skip in plan.skips] == [("c.png", Reason.VERDICT)]


@pytest.mark.parametrize(
    ("name", "into", "why"),
    [
        ("#recycle", None, "trash folder"),
        ("a/Lost+Found", None, "trash folder"),
        ("@eaDir", None, "thumbnails"),
        ("cat", "x.photoslibrary", "library"),
        ("cat", "x.photoslibrary/originals", "library"),
        ("cat", "$RECYCLE.BIN", "trash folder"),
    ],
)
def test_nothing_is_sorted_into_what_is_never_entered(
    tmp_path: Path, name: str, into: str | None, why: str
) -> None:
    sorting = Sorting({Label.CAT: name}, into and tmp_path / into)
    with pytest.raises(UsageError, match=why):
        plan_sorting([], [], sorting)


def test_results_that_do_not_match_the_photos_are_an_error(tmp_path: Path) -> None:
    draw(tmp_path / "a.png", "cat")
    with pytest.raises(ValueError, match="shorter"):
        plan_sorting(find_photos([tmp_path]), [], Sorting(DEFAULT_FOLDERS))


def test_output_folders_follow_the_choice_of_target(tmp_path: Path) -> None:
    inside = Sorting({Label.CAT: "cats"}).output_folders([tmp_path / "a", tmp_path / "b"])
    assert inside == {tmp_path / "a" / "cats", tmp_path / "b" / "cats"}
    elsewhere = Sorting({Label.CAT: "cats"}, into=tmp_path).output_folders([tmp_path / "a"])
    assert elsewhere == {tmp_path / "cats"}


def test_totals_add_up_at_every_step() -> None:
    groups = tuple(
        GroupMove(label, (Move(Path(f"/{n}"), Path(f"/t/{n}")),))
        for n, label in enumerate([Label.CAT, Label.DOG, Label.DOG])
    )
    stays = (
        Skip(Path("/s"), Label.NEITHER, Reason.VERDICT),
        Skip(Path("/d"), Label.CAT, Reason.DUPLICATE),
    )
    totals = Totals.of(Plan(groups, stays), unreadable=4)
    outcomes = [
        Moved(groups[0], groups[0].moves[0].target),
        MoveFailed(Path("/1"), "gone"),
        Moved(groups[2], groups[2].moves[0].target),
    ]
    for outcome in outcomes:
        totals.count(outcome)
        parts = (totals.sorted, totals.left, totals.unreadable, totals.skipped)
        assert totals.found == sum(parts) == 9
    assert parts == (2, 1, 4, 2)
    assert totals.by_label == {Label.CAT: 1, Label.DOG: 1}
