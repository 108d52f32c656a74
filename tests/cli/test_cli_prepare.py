import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.training.data.samples import find_samples
from tests.support.colours import tree, written
from tests.support.output import printed


def picture(path: Path, seed: int, size: tuple[int, int] = (90, 60)) -> Path:
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC).save(path)
    return path


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """Kaggle's layout: six photos of each animal, and one file of each kind that is left out."""
    folder = tmp_path / "train"
    for number in range(6):
        picture(folder / f"cat.{number}.png", number)
        picture(folder / f"dog.{number}.png", 100 + number)
    picture(folder / "cat.20.png", 0, (180, 120))  # a larger cat.0
    picture(folder / "dog.21.png", 1)  # cat.1 under another label
    (folder / "dog.22.jpg").touch()
    (folder / "cat.2.xmp").write_text("belongs to cat.2")
    (folder / "notes.txt").touch()
    return folder


PLACED = {f"cat/cat.{n}.png" for n in (2, 3, 4, 5, 20)} | {f"dog/dog.{n}.png" for n in range(6)}
TOTALS = "11 {} (5 cat, 6 dog) + 1 duplicate + 2 contradictions + 1 unreadable\n"


def prepare(*words: object):
    return CliRunner().invoke(app, ["prepare", "--yes", *map(str, words)])


def test_a_flat_folder_becomes_folders_to_train_on_and_undo_takes_them_back(
    flat: Path, tmp_path: Path
) -> None:
    before = tree(tmp_path)
    result = prepare(flat, tmp_path / "out")
    assert set(tree(tmp_path / "out")) == PLACED | {"cat/cat.2.xmp"}
    assert tree(flat) == {name[len("train/") :]: content for name, content in before.items()}
    assert result.exit_code == 1
    assert result.stdout == f"15 photos found = {TOTALS.format('copied')}"
    assert len(find_samples(tmp_path / "out")) == 11

    undone = CliRunner().invoke(app, ["undo"])
    assert (undone.exit_code, undone.stdout) == (0, "12 files put back, 0 left alone.\n")
    assert tree(tmp_path) == before
    assert not (tmp_path / "out").exists()


def test_files_left_out_are_named_with_the_reason(flat: Path, tmp_path: Path) -> None:
    lines = prepare(flat, tmp_path / "out").stderr.splitlines()
    assert "Found 15 labelled photos (7 cat, 8 dog)." in lines
    assert f"  {flat / 'dog.22.jpg'}: The file is empty." in lines
    assert f"  {flat / 'cat.0.png'}: looks the same as {flat / 'cat.20.png'}" in lines
    contradicting = lines.index(next(line for line in lines if line.startswith("CONTRADICTION")))
    assert lines[contradicting + 1 : contradicting + 3] == [
        f"  {flat / 'cat.1.png'}: looks the same as {flat / 'dog.21.png'}",
        f"  {flat / 'dog.21.png'}: looks the same as {flat / 'cat.1.png'}",
    ]
    assert lines[-1] == "To undo: catdog-sort undo 1"


def test_a_folder_that_is_a_link_out_of_the_destination_gets_no_photos(
    flat: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "cat").symlink_to(tmp_path / "elsewhere")
    planned = prepare(flat, tmp_path / "out", "--dry-run")
    assert planned.stdout.endswith("Nothing was changed; 6 photos would be copied.\n")
    result = prepare(flat, tmp_path / "out")
    assert "6 copied (6 dog) + 1 duplicate + 2 contradictions + 1 unreadable + 5 failed" in (
        result.stdout
    )
    assert "5 photos could not be copied:" in result.stderr
    assert "is a link that leads elsewhere" in result.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_moving_leaves_only_what_was_left_out(flat: Path, tmp_path: Path) -> None:
    before = tree(tmp_path)
    result = prepare(flat, tmp_path / "out", "--mode", "move")
    assert result.stdout.endswith(TOTALS.format("moved"))
    assert set(tree(flat)) == {
        "cat.0.png",
        "cat.1.png",
        "dog.21.png",
        "dog.22.jpg",
        "notes.txt",
    }
    CliRunner().invoke(app, ["undo"])
    assert tree(tmp_path) == before


@pytest.mark.parametrize("mode", ["hardlink", "symlink"])
def test_links_share_the_originals(flat: Path, tmp_path: Path, mode: str) -> None:
    result = prepare(flat, tmp_path / "out", "--mode", mode)
    assert result.stdout.endswith(TOTALS.format("linked"))
    placed = tmp_path / "out" / "cat" / "cat.2.png"
    assert placed.samefile(flat / "cat.2.png")
    assert placed.is_symlink() is (mode == "symlink")


def test_a_second_run_places_nothing_and_overwrites_nothing(flat: Path, tmp_path: Path) -> None:
    prepare(flat, tmp_path / "out")
    other = tmp_path / "out" / "dog" / "dog.3.png"
    picture(other, 500)
    before = tree(tmp_path / "out")
    result = prepare(flat, tmp_path / "out")
    assert "= 1 copied (1 dog) +" in result.stdout
    assert "+ 10 already there\n" in result.stdout
    third = tree(flat)["dog.3.png"]
    assert tree(tmp_path / "out") == {**before, "dog/dog.3 (2).png": third}


def test_duplicates_can_be_kept(flat: Path, tmp_path: Path) -> None:
    result = prepare(flat, tmp_path / "out", "--keep-duplicates")
    assert result.stdout == "15 photos found = 14 copied (7 cat, 7 dog) + 1 unreadable\n"


def test_a_dry_run_names_the_places_and_changes_nothing(
    flat: Path, tmp_path: Path, home: Path
) -> None:
    before = tree(tmp_path)
    result = prepare(flat, tmp_path / "out", "--dry-run")
    assert f"{flat / 'dog.0.png'} -> {tmp_path / 'out' / 'dog' / 'dog.0.png'}\n" in result.stdout
    assert result.stdout.endswith("Nothing was changed; 11 photos would be copied.\n")
    assert tree(tmp_path) == before
    assert written(home) == {}


def test_json_contains_every_photo_and_its_totals_add_up(flat: Path, tmp_path: Path) -> None:
    ran = printed(prepare(flat, tmp_path / "out", "--json").stdout)
    report = ran.summary
    counts = ("placed", "left", "duplicate", "contradiction", "unreadable", "already_there")
    counted = [report[name] for name in (*counts, "link", "failed")]
    assert counted == [11, 0, 1, 2, 1, 0, 0, 0]
    assert report["found"] == sum(counted) == len(ran.lines)
    assert report["run"] == 1
    assert ran.lines[0] == {
        "path": str(flat / "cat.0.png"),
        "label": "cat",
        "outcome": "duplicate of",
        "detail": str(flat / "cat.20.png"),
    }


def test_the_report_lists_every_photo(flat: Path, tmp_path: Path) -> None:
    prepare(flat, tmp_path / "out", "--report", tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["outcome"] for row in rows) == {
        "placed": 11,
        "contradicts": 2,
        "duplicate of": 1,
        "unreadable": 1,
    }
    (unreadable,) = [row for row in rows if row["outcome"] == "unreadable"]
    assert unreadable == {
        "path": str(flat / "dog.22.jpg"),
        "label": "dog",
        "outcome": "unreadable",
        "detail": "The file is empty.",
    }


def test_many_duplicates_are_counted_and_the_report_is_pointed_to(
    flat: Path, tmp_path: Path
) -> None:
    for number in range(50, 62):
        shutil.copy(flat / "dog.0.png", flat / f"dog.{number}.png")
    lines = prepare(flat, tmp_path / "out").stderr.splitlines()
    assert "  ... and 3 more; `--report FILE.csv` lists them all." in lines
    assert sum("looks the same as" in line for line in lines) == 10 + 2


def test_quiet_shows_problems_only(flat: Path, tmp_path: Path) -> None:
    result = prepare(flat, tmp_path / "out", "--quiet")
    assert result.stdout == ""
    assert re.sub(r"(?m)^  .*\n", "", result.stderr) == (
        "1 photo could not be read:\n"
        "CONTRADICTION: 2 photos left out, as they look like a photo with another label. "
        "Keep the one whose label is right:\n"
    )


def test_photos_without_a_label_are_mentioned(flat: Path, tmp_path: Path) -> None:
    picture(flat / "IMG_1.png", 7)
    result = prepare(flat, tmp_path / "out")
    assert ": 1 photo directly in it (IMG_1.png)." in result.stderr
    assert not list((tmp_path / "out").rglob("IMG_1.png"))


def test_a_csv_and_labelled_folders_work_too(flat: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(
        "".join(
            f"train/{animal}.{n}.png,{animal}s\n" for animal in ("cat", "dog") for n in range(6)
        )
    )
    assert prepare(tmp_path / "labels.csv", tmp_path / "one").exit_code == 0
    assert prepare(tmp_path / "one", tmp_path / "two").exit_code == 0
    assert len(tree(tmp_path / "one")) == 13
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_requests_that_make_no_sense_change_nothing(flat: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(
        "".join(f"train/{animal}.{n}.png,{animal}\n" for animal in ("cat", "dog") for n in range(6))
    )
    before = tree(tmp_path)
    report = ["--report", tmp_path / "labels.csv"]
    for words, sentence in (
        ([tmp_path / "nowhere", tmp_path / "out"], "does not exist"),
        ([flat, flat / "out"], "lies inside"),
        ([flat, tmp_path], "lie inside the destination"),
        ([tmp_path / "labels.csv", tmp_path / "out", *report], "is not replaced"),
        ([flat, tmp_path / "out", "--report", tmp_path / "no" / "r.csv"], "cannot be written"),
    ):
        result = prepare(*words)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
        assert sentence in result.stderr
    assert tree(tmp_path) == before


def test_nothing_is_moved_without_a_yes(flat: Path, tmp_path: Path) -> None:
    before = tree(tmp_path)
    result = CliRunner().invoke(
        app, ["prepare", str(flat), str(tmp_path / "out"), "--mode", "move"]
    )
    assert result.exit_code == 2
    assert "Add --yes" in result.stderr
    assert tree(tmp_path) == before
