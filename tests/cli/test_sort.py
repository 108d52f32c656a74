import io
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.storage import spool
from catdog_sorter.text import shown
from tests.support.colours import draw, tree, written
from tests.support.output import printed


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    (folder / "a.xmp").write_text("a's sidecar")
    draw(folder / "b.jpg", "dog")
    draw(folder / "deep" / "c.png", "both")
    draw(folder / "d.png", "neither")
    draw(folder / "e.png", "unsure")
    (folder / "f.jpg").touch()
    return folder


@pytest.fixture
def sort(colour_bundle: ModelBundle):
    def run(*words: object, input: str | None = None):
        model = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, ["sort", "--yes", *model, *map(str, words)], input=input)

    return run


def names(folder: Path) -> set[str]:
    return set(tree(folder))


def test_sort_and_undo(pictures: Path, sort) -> None:
    before = tree(pictures)
    result = sort(pictures)
    assert names(pictures) == {
        "cat/a.png",
        "cat/a.xmp",
        "dog/b.jpg",
        "both/deep/c.png",
        "d.png",
        "e.png",
        "f.jpg",
    }
    assert result.stdout == (
        "6 photos found = 3 sorted (1 both, 1 cat, 1 dog) + 2 left + 1 unreadable + 0 skipped\n"
    )
    assert result.exit_code == 1
    assert "f.jpg: The file is empty." in result.stderr
    assert "catdog-sort undo 1" in result.stderr

    undone = CliRunner().invoke(app, ["undo"])
    assert (undone.exit_code, undone.stdout) == (0, "4 files put back, 0 left alone.\n")
    assert tree(pictures) == before
    assert not (pictures / "cat").exists()


def test_a_second_run_moves_nothing(pictures: Path, sort) -> None:
    sort(pictures)
    after_first = tree(pictures)
    result = sort(pictures)
    assert tree(pictures) == after_first
    assert "3 photos found = 0 sorted + 2 left + 1 unreadable + 0 skipped" in result.stdout
    assert "Not searched, as sorted photos go there" in result.stderr


def test_a_dry_run_changes_nothing_and_writes_no_journal(pictures: Path, sort, home: Path) -> None:
    before = tree(pictures)
    result = sort(pictures, "--dry-run", "--no-cache")
    assert tree(pictures) == before
    assert written(home) == {}
    assert f"{pictures / 'a.xmp'} -> {pictures / 'cat' / 'a.xmp'}" in result.stdout
    assert "Nothing was changed; 3 photos would be sorted." in result.stdout


@pytest.mark.parametrize("mode", ["copy", "hardlink", "symlink"])
def test_other_modes_keep_the_originals(pictures: Path, sort, mode: str) -> None:
    before = tree(pictures)
    sort(pictures, "--mode", mode)
    original, placed = pictures / "a.png", pictures / "cat" / "a.png"
    assert original.read_bytes() == placed.read_bytes()
    assert placed.is_symlink() is (mode == "symlink")
    assert original.samefile(placed) is (mode != "copy")
    assert set(before) < names(pictures)
    again = sort(pictures, "--mode", mode)
    assert "0 " in again.stdout
    assert "3 skipped (3 already there with the same content)" in again.stdout
    assert CliRunner().invoke(app, ["undo", "1"]).exit_code == 0
    assert tree(pictures) == before


def test_into_another_folder_and_flat(pictures: Path, sort, tmp_path: Path) -> None:
    sort(pictures, "--into", tmp_path / "out", "--flat")
    assert names(tmp_path / "out") == {"cat/a.png", "cat/a.xmp", "dog/b.jpg", "both/c.png"}


def test_folders_can_be_named_and_added(pictures: Path, sort) -> None:
    sort(pictures, "--folder", "cat=My Cats", "--folder", "unsure=look at/these")
    assert {"My Cats/a.png", "look at/these/e.png", "dog/b.jpg", "d.png"} <= names(pictures)


def test_a_clash_of_names_keeps_both_photos(pictures: Path, sort) -> None:
    draw(pictures / "x" / "a.png", "cat", shade=9)
    sort(pictures, "--flat")
    assert {"cat/a.png", "cat/a (2).png"} <= names(pictures)


def test_a_duplicate_is_left_and_counted(pictures: Path, sort) -> None:
    draw(pictures / "x" / "a.png", "cat")
    result = sort(pictures, "--flat")
    assert "x/a.png" in names(pictures)
    assert "1 skipped (1 already there with the same content)" in result.stdout


def test_json_is_the_only_thing_on_stdout_and_adds_up(pictures: Path, sort) -> None:
    result = sort(pictures, "--json")
    report = printed(result.stdout)
    totals = report.summary
    assert totals["found"] == len(report.lines) == 6
    assert totals["found"] == sum(
        totals[part] for part in ("sorted", "left", "unreadable", "skipped")
    )
    assert totals["run"] == 1
    assert {Path(target).name for _, target in report.moves} == {
        *("a.png", "a.xmp", "b.jpg", "c.png")
    }
    assert [Path(problem["path"]).name for problem in report.problems] == ["f.jpg"]
    first = report.lines[0]
    assert first["companions"] == [
        {"path": str(pictures / "a.xmp"), "target": str(pictures / "cat" / "a.xmp")}
    ]
    assert (first["label"], first["outcome"]) == ("cat", "sorted")


def test_quiet_shows_problems_only(pictures: Path, sort) -> None:
    result = sort(pictures, "--quiet")
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == "1 photo could not be read:"
    assert len(result.stderr.splitlines()) == 2


def test_the_log_contains_every_step(pictures: Path, sort, tmp_path: Path) -> None:
    sort(pictures, "--log", tmp_path / "log.jsonl")
    events = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds.count("classified") == 5
    assert kinds.count("unreadable") == 1
    assert kinds.count("sorted") == 3
    assert all(event["time"].endswith("+00:00") for event in events)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_photos_in_a_read_only_folder_stay_and_the_run_continues(pictures: Path, sort) -> None:
    os.chmod(pictures / "deep", stat.S_IRUSR | stat.S_IXUSR)
    try:
        result = sort(pictures)
    finally:
        os.chmod(pictures / "deep", stat.S_IRWXU)
    assert result.exit_code == 1
    assert {"deep/c.png", "cat/a.png", "dog/b.jpg"} <= names(pictures)
    assert "could not be sorted" in result.stderr


def test_an_unwritable_journal_stops_before_anything_moves(
    pictures: Path, sort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CATDOG_SORTER_HOME", str(tmp_path / "file" / "below"))
    before = tree(pictures)
    result = sort(pictures)
    assert result.exit_code == 3
    assert "nothing was moved" in result.stderr.lower()
    assert tree(pictures) == before


@pytest.mark.parametrize(("chunks_that_fit", "moved"), [(0, 0), (8, 2)])
def test_a_full_temporary_folder_stops_the_run_and_nothing_is_lost(
    chunks_that_fit: int, moved: int, pictures: Path, sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two photos share a chunk: six are found and classified, three would move, two stay."""
    before = tree(pictures)
    room = iter(range(chunks_that_fit))

    class Disk(io.BytesIO):
        def write(self, content: Any) -> int:
            if next(room, None) is None:
                raise OSError(28, "No space left on device")
            return super().write(content)

    monkeypatch.setattr(spool, "_CHUNK", 2)
    monkeypatch.setattr(spool, "_IN_MEMORY_BYTES", 0)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: Disk())
    result = sort(pictures, "--json")
    assert result.exit_code == 3
    assert "The folder for temporary files cannot be used" in result.stderr
    if moved:
        report = printed(result.stdout)
        outcomes = [line.get("outcome") for line in report.lines]
        assert report.summary["sorted"] == outcomes.count("sorted") == moved
        assert CliRunner().invoke(app, ["undo"]).exit_code == 0
    assert tree(pictures) == before


def test_a_damaged_model_stops_before_anything_moves(
    pictures: Path, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    (tmp_path / "bad").mkdir()
    for file in colour_bundle.folder.iterdir():
        (tmp_path / "bad" / file.name).write_bytes(file.read_bytes()[:-1])
    before = tree(pictures)
    result = CliRunner().invoke(app, ["sort", str(pictures), "--model", str(tmp_path / "bad")])
    assert result.exit_code == 3
    assert "damaged" in result.stderr
    assert tree(pictures) == before


def test_a_missing_extra_says_what_to_install(
    pictures: Path, sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "catdog_sorter.model.backends.tf", None)
    result = sort(pictures, "--backend", "tf")
    assert result.exit_code == 3
    assert "pip install 'catdog-sorter[tf]'" in result.stderr


def test_an_empty_folder_is_not_an_error(tmp_path: Path, sort) -> None:
    result = sort(tmp_path)
    assert result.exit_code == 0
    assert result.stdout.startswith("0 photos found = 0 sorted")


def test_history_lists_runs_latest_first(pictures: Path, sort) -> None:
    assert "No photos have been sorted yet." in CliRunner().invoke(app, ["history"]).stdout
    sort(pictures)
    draw(pictures / "new.png", "cat")
    sort(pictures)
    lines = CliRunner().invoke(app, ["history"]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    rows = [
        json.loads(line)
        for line in CliRunner().invoke(app, ["history", "--json"]).stdout.splitlines()
    ]
    assert [(row["run"], row["photos"], row["mode"]) for row in rows] == [
        (2, 1, "move"),
        (1, 3, "move"),
    ]


def test_undo_names_what_it_left_alone(pictures: Path, sort) -> None:
    sort(pictures)
    (pictures / "cat" / "a.png").write_bytes(b"edited since")
    result = CliRunner().invoke(app, ["undo", "1"])
    assert result.exit_code == 1
    assert "cat/a.png" in result.stderr
    assert (pictures / "cat" / "a.png").read_bytes() == b"edited since"
    assert (pictures / "b.jpg").exists()


@pytest.mark.parametrize("words", [["--log"], ["--dry-run", "--log"], ["--report"]])
def test_no_output_replaces_a_photo_or_its_companion(
    pictures: Path, sort, words: list[str]
) -> None:
    before = tree(pictures)
    for name in ("a.png", "a.xmp"):
        result = sort(pictures, *words, pictures / name)
        assert result.exit_code == 2
        assert shown(pictures / name) in result.stderr
    assert sort(pictures, *words, pictures / "new.png").exit_code == 2
    assert tree(pictures) == before


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--log", "b.json"),
        ("--log", "b.jpg.log"),
        ("--log", "B.JPG.xmp"),
        ("--report", "b.jpg.csv"),
    ],
)
def test_no_output_has_the_name_of_a_companion(
    pictures: Path, sort, option: str, name: str
) -> None:
    before = tree(pictures)
    result = sort(pictures, option, pictures / name)
    assert result.exit_code == 2
    assert f"belongs to {shown(pictures / 'b.jpg')}" in result.stderr
    assert tree(pictures) == before


@pytest.mark.parametrize("words", [[""], ["photos", "--into", ""], ["photos", "--into="]])
def test_an_empty_argument_is_not_the_current_folder(
    pictures: Path, sort, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pictures)
    before = tree(pictures)
    result = sort(*words)
    assert result.exit_code == 2
    assert "An argument is empty" in result.stderr
    assert tree(pictures) == before


@pytest.mark.parametrize("target", ["b.jpg", "b.jpg/cats", "dead"])
def test_a_target_that_is_a_file_is_refused(pictures: Path, sort, target: str) -> None:
    (pictures / "dead").symlink_to("nowhere")
    result = sort(pictures, "--dry-run", "--into", pictures / target)
    assert result.exit_code == 2
    assert "is not a folder. Choose another target." in result.stderr


def test_a_log_is_replaced_by_the_next(pictures: Path, sort, tmp_path: Path) -> None:
    for _ in range(2):
        assert sort(pictures, "--dry-run", "--log", tmp_path / "log").exit_code in (0, 1)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert len(lines) == 6


def test_a_file_without_its_end_is_sorted_and_named(pictures: Path, sort) -> None:
    photo = pictures / "b.jpg"
    photo.write_bytes(photo.read_bytes()[:-2])
    result = sort(pictures, "--dry-run", "--json")
    lines = printed(result.stdout).lines
    marked = [Path(line["path"]).name for line in lines if line.get("incomplete")]
    assert marked == ["b.jpg"]
    assert "1 photo classified from an incomplete file" in result.stderr
