"""Memory sticks, cards and network drives, on which different names may be equal."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from benchmarks.survival import drives
from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree
from tests.support.output import printed

TIME_NS = 1_400_000_001_987_654_321
SAME_TO_SOME = (
    *("1/Cat.png", "2/cat.png", "3/CAT.png"),
    *("1/nfc ä.png", "2/nfc a\u0308.png", "1/STRASSE.png", "2/straße.png"),
    *("1/soft\u00adhyphen.png", "2/softhyphen.png"),
)
NOT_EVERYWHERE = ("1/what?.png", "1/new\nline.png", "a:b/c.png", os.fsdecode(b"1/no-utf8-\xff.png"))


@pytest.fixture(params=drives.KINDS)
def drive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    try:
        with drives.mounted(request.param, tmp_path) as top:
            yield top
    except drives.NotHereError as error:
        pytest.skip(str(error))


@pytest.fixture
def sort(colour_bundle: ModelBundle):
    def run(*words: object) -> Result:
        options = ["--model", str(colour_bundle.folder), "--json"]
        return CliRunner().invoke(app, ["sort", "--yes", *map(str, words), *options])

    return run


def plant(top: Path, names: tuple[str, ...]) -> None:
    for number, name in enumerate(names):
        photo = draw(top / name, "cat", shade=number)
        photo.with_suffix(".xmp").write_text(f"of {number}")
        for path in (photo, photo.with_suffix(".xmp")):
            os.utime(path, ns=(TIME_NS, TIME_NS + number))


def seen(top: Path) -> dict[str, object]:
    return {name: (c, os.lstat(top / name).st_mtime_ns) for name, c in tree(top).items()}


def contents(*folders: Path) -> list[bytes | str]:
    return sorted((c for folder in folders for c in tree(folder).values()), key=repr)


def undo(run: int) -> None:
    undone = CliRunner().invoke(app, ["undo", str(run)])
    assert undone.exit_code == 0, undone.output


@pytest.mark.parametrize("mode", ["move", "copy"])
def test_photos_are_moved_to_a_drive_that_confuses_names_and_restored(
    mode: str, drive: Path, tmp_path: Path, sort
) -> None:
    top = tmp_path / "photos"
    plant(top, SAME_TO_SOME + NOT_EVERYWHERE)
    before, originals = seen(top), contents(top)
    options = (top, "--into", drive, "--flat", "--mode", mode)
    ran = printed(sort(*options).stdout)
    first = ran.summary
    assert first["found"] == first["sorted"] + len(ran.problems) == 13
    assert first["sorted"] >= len(SAME_TO_SOME)
    for problem in ran.problems:
        assert "does not accept the name" in problem["error"]
    arrived = set(contents(drive))
    assert len(arrived) == len(contents(drive)) == 2 * first["sorted"]
    assert set(contents(top, drive)) == set(originals)
    again = printed(sort(*options).stdout).summary
    assert again["sorted"] == 0 and set(contents(drive)) == arrived, "a second run moves nothing"
    undo(first["run"])
    assert seen(top) == before
    assert not list(drive.iterdir())


def test_photos_are_sorted_on_such_a_drive(drive: Path, sort) -> None:
    """There the folder `CAT` is the label's folder `cat`, and `cat.png` exists as `Cat.png`."""
    plant(drive, SAME_TO_SOME)
    (drive / "CAT").mkdir()
    draw(drive / "CAT" / "Cat.png", "dog", shade=99)
    before = seen(drive)
    first = printed(sort(drive, "--flat").stdout).summary
    assert first["sorted"] == first["found"] == len(SAME_TO_SOME)
    assert contents(drive) == sorted((c for c, _ in before.values()), key=repr)  # type: ignore[misc]
    assert printed(sort(drive, "--flat").stdout).summary["found"] == 0
    undo(first["run"])
    assert seen(drive) == before


def test_links_are_refused_with_advice_where_a_drive_has_none(
    drive: Path, tmp_path: Path, sort
) -> None:
    draw(tmp_path / "photos" / "a.png", "cat")
    answer = printed(sort(tmp_path / "photos", "--into", drive, "--mode", "symlink").stdout)
    for problem in answer.problems:
        assert "opy instead" in problem["error"]
    assert answer.summary["sorted"] + len(answer.problems) == 1
