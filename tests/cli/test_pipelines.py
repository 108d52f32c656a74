"""The command in a pipeline: lists of paths as input and output, JSON, closed pipes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree

Run = Callable[..., Result]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw(folder / "a.png", "cat")
    draw(folder / "b c.png", "dog")
    draw(folder / "new\nline.png", "cat")
    return folder


@pytest.fixture
def run(colour_bundle: ModelBundle) -> Run:
    def run(*words: object, stdin: bytes | None = None) -> Result:
        options = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, [*map(str, words), *options], input=stdin)

    return run


def names(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [Path(json.loads(line)["path"]).name for line in result.stdout.splitlines()]


class TestListsOfPaths:
    def test_one_a_line(self, photos: Path, run: Run, tmp_path: Path) -> None:
        listed = tmp_path / "list.txt"
        listed.write_text(f"{photos / 'b c.png'}\r\n\n{photos / 'a.png'}\n")
        assert names(run("classify", "--json", "--files-from", listed)) == ["b c.png", "a.png"]

    def test_ended_by_nul_on_standard_input(self, photos: Path, run: Run) -> None:
        listed = b"\0".join(os.fsencode(path) for path in sorted(photos.iterdir())) + b"\0"
        words = ("classify", "--json", "--files-from", "-", "--null")
        assert names(run(*words, stdin=listed)) == ["a.png", "b c.png", "new\nline.png"]

    def test_beside_paths_on_the_command_line(self, photos: Path, run: Run) -> None:
        listed = os.fsencode(photos / "a.png")
        words = ("classify", "--json", photos / "b c.png", "--files-from", "-")
        assert names(run(*words, stdin=listed)) == ["b c.png", "a.png"]

    def test_an_empty_list_is_not_an_error(self, run: Run) -> None:
        assert names(run("classify", "--json", "--files-from", "-", stdin=b"")) == []

    @pytest.mark.parametrize(
        ("words", "advice"),
        [
            (["classify"], "Give photos or folders, or --files-from"),
            (["sort", "--yes"], "Give photos or folders, or --files-from"),
            (["classify", ".", "--null"], "--null applies to --files-from"),
            (["classify", "--files-from", "none.txt"], "none.txt cannot be read"),
        ],
    )
    def test_options_that_give_no_list_are_refused(
        self, words: list[str], advice: str, run: Run
    ) -> None:
        result = run(*words)
        assert (result.exit_code, advice in result.stderr) == (2, True)

    def test_a_list_ended_by_nul_is_not_taken_for_one_path(self, photos: Path, run: Run) -> None:
        result = run("classify", "--files-from", "-", stdin=os.fsencode(photos / "a.png") + b"\0")
        assert (result.exit_code, "Add --null" in result.stderr) == (2, True)

    def test_sorting_a_list_twice_changes_nothing_more(self, photos: Path, run: Run) -> None:
        def sort() -> Result:
            found = [path for path in photos.rglob("*") if path.is_file()]
            listed = b"\0".join(map(os.fsencode, found))
            return run("sort", "--files-from", "-", "-0", "--yes", stdin=listed)

        assert sort().exit_code == 0
        once = tree(photos)
        assert set(once) == {"cat/a.png", "cat/new\nline.png", "dog/b c.png"}
        assert sort().exit_code == 0
        assert tree(photos) == once


class TestPaths:
    def test_of_one_label(self, photos: Path, run: Run) -> None:
        result = run("classify", photos, "--only", "cat", "--print0")
        expected = [os.fsencode(photos / name) for name in ("a.png", "new\nline.png")]
        assert result.stdout_bytes.split(b"\0") == [*expected, b""]

    def test_to_a_file_that_no_run_replaces(self, photos: Path, run: Run, tmp_path: Path) -> None:
        """A list of paths does not show which program wrote it."""
        out = tmp_path / "dogs.txt"
        words = ("classify", photos, "--only", "dog", "--format", "paths", "-o", out)
        assert [run(*words).exit_code for _ in range(2)] == [0, 2]
        assert out.read_text() == f"{photos / 'b c.png'}\n"

    def test_no_other_file_is_replaced(self, photos: Path, run: Run, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear cat,\n")
        result = run("classify", photos, "--print0", "-o", tmp_path / "letter.txt")
        assert result.exit_code == 2
        assert (tmp_path / "letter.txt").read_text() == "Dear cat,\n"

    def test_contradictions_are_refused(self, photos: Path, run: Run) -> None:
        result = run("classify", photos, "--print0", "--json")
        assert (result.exit_code, "Choose one of" in result.stderr) == (2, True)


def test_standard_output_by_name(photos: Path, run: Run) -> None:
    assert names(run("classify", photos, "--json", "-o", "-")) == [
        *("a.png", "b c.png", "new\nline.png"),
    ]


def test_messages_stay_out_of_a_log_on_standard_output(photos: Path, run: Run) -> None:
    result = run("sort", photos, "--yes", "--log", "-")
    events = [json.loads(line)["event"] for line in result.stdout.splitlines()]
    assert events == ["classified"] * 3 + ["sorted"] * 3
    assert "3 photos found = 3 sorted" in result.stderr


@pytest.mark.parametrize("words", [["classify", "--json"], ["classify", "--format", "csv"]])
def test_data_are_utf8_regardless_of_the_systems_encoding(
    words: list[str], tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    name = os.fsdecode(b"Stra\xc3\x9fe \xe9.png")
    try:
        draw(tmp_path / name, "cat")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    ended = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *words, tmp_path, "--model", colour_bundle.folder],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert r"Straße \udce9.png" in ended.stdout.decode("utf-8").replace("\\u00df", "ß")


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe whose reader has left")
@pytest.mark.parametrize(
    "words",
    [
        *("classify P", "classify P --json", "classify P --format csv", "classify P --print0"),
        *("sort P --dry-run", "sort P --dry-run --json", "sort P --yes", "sort P --yes --json"),
        *("sort P --yes --log -", "history", "history --json", "config show"),
    ],
)
@pytest.mark.parametrize("streams", ["stdout", "both"])
def test_a_reader_that_leaves_is_no_error(
    words: str, streams: str, photos: Path, colour_bundle: ModelBundle
) -> None:
    read, write = os.pipe()
    os.close(read)
    given = [str(photos) if word == "P" else word for word in words.split()]
    given += ["--model", str(colour_bundle.folder)] if "P" in words else []
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "catdog_sorter", *given],
            stdin=subprocess.DEVNULL,
            stdout=write,
            stderr=write if streams == "both" else subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(write)
    assert (ended.returncode, "Traceback" in str(ended.stderr)) == (0, False)
    if "--yes" in words:  # what was agreed to is done, whoever reads of it
        assert set(tree(photos)) == {"cat/a.png", "cat/new\nline.png", "dog/b c.png"}


class TestMistypedCommands:
    @pytest.mark.parametrize(
        ("word", "meant"), [("retrian", "retrain"), ("Histroy", "history"), ("clasify", "classify")]
    )
    def test_are_answered_with_the_nearest(self, word: str, meant: str) -> None:
        result = CliRunner().invoke(app, [word, "--json"])
        assert (result.exit_code, f"Did you mean {meant}?" in result.stderr) == (2, True)

    def test_a_folder_of_such_a_name_is_a_folder(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draw(tmp_path / "retrian" / "a.png", "cat")
        monkeypatch.chdir(tmp_path)
        result = run("retrian", "--dry-run")
        assert (result.exit_code, "retrian/cat/a.png" in result.stdout) == (0, True)

    def test_other_words_are_paths(self) -> None:
        result = CliRunner().invoke(app, ["Holidays"])
        assert (result.exit_code, "Holidays does not exist" in result.stderr) == (2, True)
