"""The public sorter: its plan, the files after applying it, and after the undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catdog_sorter import (
    BusyError,
    Classifier,
    Label,
    Moved,
    MoveFailed,
    Restored,
    Sorter,
    Unreadable,
    UsageError,
)
from catdog_sorter.classification.corrections import correct
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving.session import moving_lock
from tests.support.colours import draw, tree


@pytest.fixture(scope="module")
def classifier(colour_bundle: ModelBundle) -> Iterator[Classifier]:
    with Classifier(colour_bundle.folder) as classifier:
        yield classifier


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    (folder / "a.xmp").write_text("a sidecar")
    draw(folder / "deep" / "b.png", "dog", shade=9)
    draw(folder / "c.png", "neither")
    (folder / "d.jpg").touch()
    return folder


def test_files_that_arrive_late_follow_their_photo_and_count_with_none(
    classifier: Classifier, pictures: Path
) -> None:
    sorter = Sorter(classifier)
    list(sorter.apply(sorter.plan([pictures])))
    (pictures / "a.png.xmp").write_text("a late sidecar")
    draw(pictures / "a-edited.png", "dog")
    before = tree(pictures)
    plan = sorter.plan([pictures])
    assert tree(pictures) == before
    late = {move.source.name for group in plan.late for move in group.moves}
    assert late == {"a.png.xmp", "a-edited.png"}
    assert sorted(verdict.path.name for verdict in plan.verdicts) == ["c.png", "d.jpg"]
    totals = plan.totals
    for outcome in sorter.apply(plan):
        assert isinstance(outcome, Moved)
        totals.count(outcome)
    assert (totals.found, totals.left, totals.unreadable, totals.sorted) == (2, 1, 1, 0)
    cats = {path.name for path in (pictures / "cat").iterdir()}
    assert cats == {"a.png", "a.xmp", "a.png.xmp", "a-edited.png"}
    list(sorter.undo())
    assert tree(pictures) == before
    assert Sorter(classifier, mode="copy").plan([pictures]).late == ()


def test_a_late_file_whose_photo_is_gone_is_named(classifier: Classifier, pictures: Path) -> None:
    sorter = Sorter(classifier)
    list(sorter.apply(sorter.plan([pictures])))
    (pictures / "cat" / "a.png").unlink()
    (pictures / "a.png.xmp").write_text("a late sidecar")
    plan = sorter.plan([pictures])
    assert (list(plan.late), list(plan.stuck)) == ([], [pictures / "a.png.xmp"])


def test_plan_apply_and_undo(classifier: Classifier, pictures: Path) -> None:
    before = tree(pictures)
    shown: list[str] = []
    sorter = Sorter(classifier)
    plan = sorter.plan([pictures], on_verdict=lambda verdict: shown.append(verdict.path.name))
    assert tree(pictures) == before
    assert {type(v) for v in plan.verdicts if v.path.name == "d.jpg"} == {Unreadable}
    assert sorted(shown) == ["a.png", "b.png", "c.png", "d.jpg"]
    moves = {m.source.name: m.target for group in plan.groups for m in group.moves}
    assert moves == {
        "a.png": pictures / "cat" / "a.png",
        "a.xmp": pictures / "cat" / "a.xmp",
        "b.png": pictures / "dog" / "deep" / "b.png",
    }
    assert [(skip.path.name, skip.label) for skip in plan.skips] == [("c.png", "neither")]
    totals = plan.totals
    assert (totals.found, totals.left, totals.unreadable, totals.sorted) == (4, 3, 1, 0)
    outcomes = list(sorter.apply(plan, command="my program"))
    assert [type(outcome) for outcome in outcomes] == [Moved, Moved]
    assert set(tree(pictures)) == {"cat/a.png", "cat/a.xmp", "dog/deep/b.png", "c.png", "d.jpg"}
    assert [(run.command, run.moved) for run in sorter.history()] == [("my program", 2)]
    assert {type(outcome) for outcome in sorter.undo()} == {Restored}
    assert tree(pictures) == before


@pytest.mark.parametrize("mode", ["move", "copy"])
def test_a_photo_replaced_after_it_was_classified_stays(
    classifier: Classifier, pictures: Path, mode: str
) -> None:
    sorter = Sorter(classifier, mode=mode)
    plan = sorter.plan([pictures])
    draw(pictures / "new.png", "neither").replace(pictures / "a.png")
    before = tree(pictures)
    replaced, other = sorter.apply(plan)
    assert isinstance(replaced, MoveFailed) and isinstance(other, Moved)
    assert replaced.path == pictures / "a.png"
    assert "after it was read" in replaced.reason
    after = tree(pictures)
    assert {name: after[name] for name in ("a.png", "a.xmp")} == {
        name: before[name] for name in ("a.png", "a.xmp")
    }


def test_nothing_moves_before_it_is_iterated_and_stopping_leaves_the_rest(
    classifier: Classifier, pictures: Path
) -> None:
    before = tree(pictures)
    sorter = Sorter(classifier)
    plan = sorter.plan([pictures])
    outcomes = sorter.apply(plan)
    assert tree(pictures) == before
    next(outcomes)
    outcomes.close()
    assert {"cat/a.png", "cat/a.xmp", "deep/b.png"} <= set(tree(pictures))
    list(sorter.undo())
    assert tree(pictures) == before


def test_choices_of_folders_and_mode(classifier: Classifier, pictures: Path) -> None:
    before = tree(pictures)
    into = pictures.parent / "out"
    sorter = Sorter(classifier, into=into, folders={"dog": "Dogs"}, flat=True, mode="copy")
    plan = sorter.plan([pictures])
    assert len(list(sorter.apply(plan))) == 1
    assert set(tree(into)) == {"Dogs/b.png"}
    assert tree(pictures) == before


def test_the_plan_leaves_out_sub_folders_and_excluded_files(
    classifier: Classifier, pictures: Path
) -> None:
    plan = Sorter(classifier).plan([pictures], recursive=False, exclude=["c.*"])
    assert sorted(verdict.path.name for verdict in plan.verdicts) == ["a.png", "d.jpg"]


def test_a_photo_that_a_link_leads_to_stays_unless_links_may_break(
    classifier: Classifier, pictures: Path
) -> None:
    (pictures / "link.png").symlink_to("a.png")
    sorter = Sorter(classifier)
    assert {group.label for group in sorter.plan([pictures]).groups} == {"dog"}
    plan = sorter.plan([pictures], break_links=True)
    assert {group.label for group in plan.groups} == {"cat", "dog"}


def test_tags_are_written_and_taken_back(classifier: Classifier, pictures: Path) -> None:
    before = tree(pictures)
    (pictures / "a.xmp").unlink()
    sorter = Sorter(classifier, mode="tag")
    plan = sorter.plan([pictures])
    list(sorter.apply(plan))
    assert b"<rdf:li>cat</rdf:li>" in (pictures / "a.png.xmp").read_bytes()
    list(sorter.undo())
    assert set(tree(pictures)) == set(before) - {"a.xmp"}


def test_a_sidecar_that_cannot_be_added_to_is_named(classifier: Classifier, pictures: Path) -> None:
    """`a.xmp` does not contain XMP."""
    plan = Sorter(classifier, mode="tag").plan([pictures])
    (failed,) = plan.failed
    assert (failed.path.name, "was left as it is" in failed.reason) == ("a.png", True)


def test_a_photo_that_has_gone_is_an_outcome(classifier: Classifier, pictures: Path) -> None:
    sorter = Sorter(classifier)
    plan = sorter.plan([pictures])
    (pictures / "a.png").unlink()
    first, second = sorter.apply(plan)
    assert isinstance(first, MoveFailed)
    assert isinstance(second, Moved)


def test_a_correction_counts_before_the_model(classifier: Classifier, pictures: Path) -> None:
    correct([(pictures / "a.png", Label.DOG)])
    plan = Sorter(classifier).plan([pictures])
    assert {group.label for group in plan.groups} == {"dog"}


def test_only_one_run_moves_photos(classifier: Classifier, pictures: Path) -> None:
    sorter = Sorter(classifier)
    plan = sorter.plan([pictures])
    with moving_lock():
        for attempt in (lambda: sorter.plan([pictures]), lambda: next(sorter.apply(plan))):
            with pytest.raises(BusyError):
                attempt()
    assert sorter.history() == []


def test_requests_that_cannot_be_met_are_refused(pictures: Path) -> None:
    with pytest.raises(UsageError, match=r"no mode shred\. Choose move, copy"):
        Sorter(mode="shred")
    with pytest.raises(UsageError, match=r"no label cow\. Choose from cat"):
        Sorter(folders={"cow": "cows"})
    with pytest.raises(UsageError, match="below the target folder"):
        Sorter(folders={"cat": "../cats"})
    with pytest.raises(UsageError, match="makes no folders"):
        Sorter(mode="tag", flat=True)
    with pytest.raises(UsageError, match="nowhere"):
        Sorter().plan([pictures / "nowhere"])
    with pytest.raises(UsageError, match="nothing to undo"):
        list(Sorter().undo())
