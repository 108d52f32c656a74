"""`--videos` in the commands: a folder of photos and videos sorts and undoes as photos do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree
from tests.support.films import film


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A photo, a Live Photo, a video with sidecars, one in a folder, one of neither."""
    top = tmp_path / "pictures"
    draw(top / "a.png", "dog")
    draw(top / "IMG_1.jpg", "cat")
    film(top / "IMG_1.MOV", ["dog"])
    film(top / "IMG_2.MOV", ["neither", "cat", "cat", "cat"])
    for sidecar in ("IMG_2.MOV.xmp", "IMG_2.THM", "IMG_2.SRT"):
        (top / sidecar).write_text(sidecar)
    film(top / "deep" / "c.webm", ["dog", "dog"])
    film(top / "d.avi", ["neither"])
    return top


@pytest.fixture
def run(colour_bundle: ModelBundle):
    def run(command: str, *words: object):
        model = [] if command == "undo" else ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, [command, *model, *map(str, words)])

    return run


@pytest.mark.parametrize("words", [[], ["--videos"]])
def test_videos_of_other_formats_are_named(folder: Path, run, words: list[str]) -> None:
    for name in ("00001.MTS", "old.wmv", "._old.wmv"):
        (folder / name).write_bytes(b"a video")
    result = run("sort", folder, "--dry-run", *words)
    said = f"2 videos left out, of formats that are not supported: {folder / '00001.MTS'}, "
    assert said in result.stderr


def test_sort_and_undo(folder: Path, run) -> None:
    before = tree(folder)
    result = run("sort", folder, "--videos", "--yes")
    assert result.exit_code == 0, result.output
    assert set(tree(folder)) == {
        "dog/a.png",
        "cat/IMG_1.jpg",
        "cat/IMG_1.MOV",
        "cat/IMG_2.MOV",
        "cat/IMG_2.MOV.xmp",
        "cat/IMG_2.THM",
        "cat/IMG_2.SRT",
        "dog/deep/c.webm",
        "d.avi",
    }
    assert "left out" not in result.output
    assert run("undo", "--yes").exit_code == 0
    assert tree(folder) == before


def test_without_the_option_they_are_counted_and_left(folder: Path, run) -> None:
    result = run("sort", folder, "--yes")
    assert "3 videos left out; --videos includes them." in result.stderr
    assert set(tree(folder)) == {
        "dog/a.png",
        "cat/IMG_1.jpg",
        "cat/IMG_1.MOV",
        "IMG_2.MOV",
        "IMG_2.MOV.xmp",
        "IMG_2.THM",
        "IMG_2.SRT",
        "deep/c.webm",
        "d.avi",
    }


def test_the_summary_as_json_counts_them(folder: Path, run) -> None:
    *_, last = run("sort", folder, "--yes", "--json").stdout.splitlines()
    assert json.loads(last)["summary"]["videos_passed_over"] == 3


def test_a_video_that_is_named_says_what_to_add(folder: Path, run) -> None:
    result = run("classify", folder / "d.avi")
    assert "Add --videos" in result.stdout
    assert result.exit_code == 1


def test_a_moving_part_is_never_judged_alone(folder: Path, run) -> None:
    result = run("classify", folder / "IMG_1.MOV", "--videos")
    assert "the video of the Live Photo IMG_1.jpg" in result.stdout


def test_the_moment_is_in_the_results(folder: Path, run) -> None:
    lines = run("classify", folder, "--videos", "--json").stdout.splitlines()
    rows = {Path(row["path"]).name: row for row in map(json.loads, lines)}
    assert rows.keys() == {"a.png", "IMG_1.jpg", "IMG_2.MOV", "c.webm", "d.avi"}
    assert 1 <= rows["IMG_2.MOV"]["time_s"] < 4
    assert "time_s" not in rows["a.png"]
    assert "IMG_2.MOV (at 0:0" in run("classify", folder, "--videos").stdout


def test_tags_are_written_beside_the_video_and_taken_back(folder: Path, run) -> None:
    before = tree(folder)
    assert run("sort", folder, "--videos", "--tag", "--yes").exit_code == 1  # a sidecar is no XMP
    assert "<rdf:li>dog</rdf:li>" in (folder / "deep" / "c.webm.xmp").read_text()
    assert run("undo", "--yes").exit_code == 0
    assert tree(folder) == before


@pytest.mark.parametrize("suffix", [".html", ".csv"])
def test_a_report_has_the_moment(folder: Path, run, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"report{suffix}"
    assert run("classify", folder, "--videos", "--report", file).exit_code == 0
    assert ('"0:0' if suffix == ".html" else "time_s") in file.read_text()


def test_it_is_a_setting(folder: Path, run, home: Path) -> None:
    (home / "config.toml").write_text("videos = true\n")
    assert len(run("classify", folder, "--format", "paths").stdout.splitlines()) == 5


def test_without_the_extra_the_advice_is_to_install_it(
    folder: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.decoding.video.find_spec", lambda name: None)
    result = run("sort", folder, "--videos", "--yes")
    assert result.exit_code == 3
    assert "pip install 'catdog-sorter[video]'" in result.stderr


def test_without_the_option_ffmpeg_is_not_loaded(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    draw(tmp_path / "a.png", "cat")
    code = (
        "import sys; from typer.testing import CliRunner; from catdog_sorter.cli import app; "
        "r = CliRunner().invoke(app, sys.argv[1:]); assert r.exit_code == 0, r.output; "
        "from catdog_sorter.decoding import worker; assert 'av' not in sys.modules"
    )
    words = ["classify", str(tmp_path / "a.png"), "--model", str(colour_bundle.folder)]
    subprocess.run([sys.executable, "-c", code, *words], check=True)
