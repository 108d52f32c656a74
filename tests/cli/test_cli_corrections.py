"""Corrections can be listed and removed without the window."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.classification.corrections import correct, load_corrections
from catdog_sorter.cli import app
from catdog_sorter.labels import Label
from tests.support.colours import draw, tree
from tests.support.output import printed

CAT, DOG = Label.CAT, Label.DOG


def run(*words: object):
    return CliRunner().invoke(app, ["corrections", *map(str, words)])


def known() -> dict[str, Label]:
    return {c.path.name: c.label for c in load_corrections().by_content.values()}


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Three corrected photos, of which one was moved and one deleted since."""
    folder = tmp_path / "photos"
    for number, (name, label) in enumerate([("a", DOG), ("b", CAT), ("c", Label.NEITHER)]):
        correct([(draw(folder / f"{name}.png", "cat", shade=number), label)])
    (folder / "deep").mkdir()
    (folder / "b.png").rename(folder / "deep" / "moved.png")
    (folder / "c.png").unlink()
    draw(folder / "other.png", "dog")
    return folder


def test_the_list_starts_with_the_latest_and_includes_missing_photos(photos: Path) -> None:
    rows = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [(row["label"], row["path"]) for row in rows] == [
        ("neither", str(photos / "c.png")),
        ("cat", str(photos / "b.png")),
        ("dog", str(photos / "a.png")),
    ]
    lines = run("list").stdout.splitlines()
    assert [line.split()[2:] for line in lines] == [[row["label"], row["path"]] for row in rows]


def test_without_corrections_the_list_says_so_and_json_is_empty() -> None:
    assert "No photo has been corrected" in run("list").stdout
    assert run("list", "--json").stdout == ""


@pytest.mark.parametrize(
    "named, left",
    [
        ("a.png", {"b.png": CAT, "c.png": Label.NEITHER}),
        ("deep/moved.png", {"a.png": DOG, "c.png": Label.NEITHER}),
        ("c.png", {"a.png": DOG, "b.png": CAT}),
        ("deep", {"a.png": DOG, "c.png": Label.NEITHER}),
        (".", {}),
    ],
    ids=["photo", "where it lies now", "photo that is gone", "folder", "folder of all"],
)
def test_a_correction_is_taken_back_by_the_place_of_its_photo(
    photos: Path, named: str, left: dict[str, Label]
) -> None:
    before = tree(photos)
    result = run("remove", photos / named)
    assert result.exit_code == 0
    assert f"{3 - len(left)} correction" in result.stderr
    assert known() == left
    assert tree(photos) == before


def test_what_was_not_corrected_is_named_and_the_others_are_taken_back(photos: Path) -> None:
    result = run("remove", "--json", photos / "a.png", photos / "other.png")
    assert result.exit_code == 1
    said = printed(result.stdout)
    assert [row["path"] for row in said.lines] == [str(photos / "a.png"), str(photos / "other.png")]
    assert [row["path"] for row in said.problems] == [str(photos / "other.png")]
    assert said.summary == {"removed": 1}
    assert known() == {"b.png": CAT, "c.png": Label.NEITHER}


def test_all_takes_everything_back_and_has_to_be_said(photos: Path) -> None:
    assert run("remove").exit_code == 2
    assert run("remove", "--all", photos).exit_code == 2
    assert len(known()) == 3
    assert run("remove", "--all", "--quiet").output == ""
    assert known() == {}
