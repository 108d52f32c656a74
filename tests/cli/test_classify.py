import csv
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.classification.corrections import correct
from catdog_sorter.cli import app
from catdog_sorter.labels import Label
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree, written


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    draw(folder / "b.jpg", "dog")
    (folder / "c.jpg").write_text("not a picture")
    draw(folder / "deep" / "d.png", "neither")
    return folder


@pytest.fixture
def classify(colour_bundle: ModelBundle):
    def run(*words: object):
        model = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, ["classify", *model, *map(str, words)])

    return run


def test_json_lines_have_the_promised_fields(
    pictures: Path, classify, colour_bundle: ModelBundle
) -> None:
    result = classify(pictures, "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(row) for row in rows] == [
        ["path", "label", "p_cat", "p_dog", "model"],
        ["path", "label", "p_cat", "p_dog", "model"],
        ["path", "error"],
        ["path", "label", "p_cat", "p_dog", "model"],
    ]
    assert [row.get("label") for row in rows] == ["cat", "dog", None, "neither"]
    assert rows[0]["path"] == str(pictures / "a.png")
    assert rows[0]["model"] == colour_bundle.id
    assert 0.99 < rows[0]["p_cat"] <= 1
    assert 0 <= rows[0]["p_dog"] < 0.01
    assert result.exit_code == 1


def test_nothing_is_moved(pictures: Path, classify, home: Path) -> None:
    before = tree(pictures)
    classify(pictures)
    assert tree(pictures) == before
    assert {name.split("-")[0] for name in written(home)} <= {"cache.sqlite3"}


def test_readable_photos_alone_end_with_code_0(pictures: Path, classify) -> None:
    (pictures / "c.jpg").unlink()
    assert classify(pictures).exit_code == 0


def test_the_table_shows_labels_and_reasons(pictures: Path, classify) -> None:
    lines = classify(pictures).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["label", "cat", "dog", "unreadable", "neither"]
    assert "not a picture in a supported format" in lines[3]


def test_csv_can_be_read_back(pictures: Path, classify, tmp_path: Path) -> None:
    result = classify(pictures, "--format", "csv", "--output", tmp_path / "out.csv")
    assert result.stdout == ""
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows] == ["cat", "dog", "", "neither"]
    assert rows[2]["error"]


def test_an_output_file_that_cannot_be_written_is_a_usage_error(
    pictures: Path, classify, tmp_path: Path
) -> None:
    result = classify(pictures, "--output", tmp_path / "no" / "such" / "folder.csv")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_no_recursive_stays_at_the_top(pictures: Path, classify) -> None:
    result = classify(pictures, "--no-recursive", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 3


def test_quiet_keeps_stderr_empty(pictures: Path, classify) -> None:
    assert classify(pictures, "--quiet").stderr == ""


def test_a_name_that_is_no_utf8_survives_every_format(tmp_path: Path, classify) -> None:
    name = os.fsdecode(b"caf\xe9 [bold].png")
    try:
        draw(tmp_path / name, "cat")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (line,) = classify(tmp_path, "--format", "jsonl").stdout.splitlines()
    assert Path(json.loads(line)["path"]).name == name
    assert "caf\\xe9 [bold].png" in classify(tmp_path).stdout
    classify(tmp_path, "--format", "csv", "-o", tmp_path / "out.csv")
    assert r"caf\udce9 [bold].png" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert classify(tmp_path, "--print0").stdout_bytes == os.fsencode(tmp_path / name) + b"\0"


def test_control_characters_in_names_do_not_reach_the_terminal(tmp_path: Path, classify) -> None:
    draw(tmp_path / "a\x1b[2Jb\nc.png", "cat")
    output = classify(tmp_path).stdout
    assert "\x1b" not in output
    assert "a\\x1b[2Jb\\nc.png" in output


def test_the_cache_changes_no_verdict_and_saves_the_second_look(
    pictures: Path, classify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    words = (pictures, "--format", "jsonl")
    without = classify(*words, "--no-cache").stdout
    first = classify(*words).stdout
    monkeypatch.setattr(
        "catdog_sorter.classification.pipeline.DecoderPool.decode", None
    )  # to decode would fail now
    (pictures / "c.jpg").unlink()
    again = classify(*words)
    assert again.exit_code == 0, again.output
    readable = [line for line in first.splitlines() if "c.jpg" not in line]
    assert without == first
    assert again.stdout.splitlines() == readable


def test_a_correction_counts_whether_the_cache_knows_the_photo_or_not(
    pictures: Path, classify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    correct([(pictures / "a.png", Label.BOTH)])

    def verdict() -> tuple[str, bool]:
        lines = classify(pictures / "a.png", "--format", "jsonl").stdout.splitlines()
        (row,) = map(json.loads, lines)
        return row["label"], row.get("corrected", False)

    assert verdict() == ("both", True)
    monkeypatch.setattr("catdog_sorter.classification.pipeline.DecoderPool.decode", None)
    assert verdict() == ("both", True)
    correct([(pictures / "a.png", None)])
    assert verdict() == ("cat", False)


def test_no_cache_remembers_nothing(pictures: Path, classify, home: Path) -> None:
    classify(pictures, "--no-cache")
    assert written(home) == {}


def test_a_damaged_cache_is_reported_and_the_run_continues(
    pictures: Path, classify, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "cache.sqlite3").write_bytes(b"x" * 10_000)
    result = classify(pictures, "--format", "jsonl", "--quiet")
    assert len(result.stdout.splitlines()) == 4
    assert "was deleted" in result.stderr


def test_a_device_that_is_not_there_is_replaced_by_the_cpu_and_said(
    pictures: Path, classify
) -> None:
    (pictures / "c.jpg").unlink()
    result = classify(pictures, "--device", "directml", "--format", "jsonl")
    assert result.exit_code == 0
    assert result.stdout == classify(pictures, "--format", "jsonl").stdout
    assert "cannot use directml here, because" in result.stderr


def test_a_device_is_for_the_engine_that_can_use_it(pictures: Path, classify) -> None:
    result = classify(pictures, "--backend", "torch", "--device", "cuda")
    assert result.exit_code == 2
    assert "runs on the CPU" in result.stderr


@pytest.mark.parametrize("kind", ["table", "jsonl", "csv"])
def test_output_replaces_only_what_an_earlier_run_wrote(
    kind: str, tmp_path: Path, classify
) -> None:
    photo = draw(tmp_path / "photos" / "a.png", "cat")
    content = photo.read_bytes()
    out = tmp_path / "out"
    for _ in range(2):
        assert classify(tmp_path / "photos", "--format", kind, "--output", out).exit_code == 0
    assert "a.png" in out.read_text()
    out.write_text("notes of my own")
    for taken in (out, photo):
        result = classify(tmp_path / "photos", "--format", kind, "--output", taken)
        assert result.exit_code == 2
    assert out.read_text() == "notes of my own" and photo.read_bytes() == content
    assert (
        classify(tmp_path / "photos", "--format", kind, "-o", "-").stdout
        == classify(tmp_path / "photos", "--format", kind).stdout
    )


def test_a_file_without_its_end_is_marked_in_every_format(pictures: Path, classify) -> None:
    photo = pictures / "b.jpg"
    photo.write_bytes(photo.read_bytes()[:-2])
    (row,) = map(json.loads, classify(photo, "--format", "jsonl").stdout.splitlines())
    assert row["label"] == "dog" and row["incomplete"] is True
    (row,) = csv.DictReader(classify(photo, "--format", "csv").stdout.splitlines())
    assert row["incomplete"] == "True"
    assert classify(photo).stdout.endswith(f"{photo} (incomplete file)\n")


def test_pictures_of_other_kinds_are_named(tmp_path: Path, classify) -> None:
    (tmp_path / "a.psd").write_bytes(b"8BPS\0\1" + bytes(100))
    (tmp_path / "b.exr").write_bytes(b"v/1\x01" + bytes(100))
    result = classify(tmp_path)
    assert "Photoshop documents are not supported." in result.stdout
    assert "OpenEXR pictures are not supported." in result.stdout
    assert result.exit_code == 1
