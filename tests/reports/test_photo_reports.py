import csv
import errno
import json
import os
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding.pool import DecodedPhoto
from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.reports import photos
from catdog_sorter.reports.photos import PhotoReport
from catdog_sorter.reports.rows import COLUMNS, PhotoOutcome, ReportRow
from catdog_sorter.reports.thumbnails import SIDE, ReportThumbnails

CAT = Prediction(Path("/p/a.jpg"), 0.98, 0.01, Label.CAT, "colours")
ROWS = [
    ReportRow(CAT, PhotoOutcome.SORTED, Path("/p/cat/a.jpg")),
    ReportRow(Prediction(Path("/p/b.jpg"), 0.6, 0.3, Label.UNSURE, "colours"), PhotoOutcome.LEFT),
    ReportRow(Unreadable(Path("/p/c.jpg"), "The file is empty.")),
    ReportRow(CAT, PhotoOutcome.FAILED, error="The drive is full."),
]


def written(file: Path, rows: list[ReportRow] = ROWS) -> str:
    with PhotoReport(file) as report:
        report.write("My photos", [("Model", "colours")], rows)
    return file.read_text(encoding="utf-8", errors="surrogateescape")


def data(page: str) -> list[list[object]]:
    (block,) = re.findall(r'<script type="application/json" id="photos">(.*)</script>', page)
    return json.loads(block)["photos"]


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    as_json = [json.loads(line) for line in written(tmp_path / "r.jsonl").splitlines()]
    as_csv = list(csv.DictReader(written(tmp_path / "r.csv").splitlines()))
    assert tuple(as_csv[0]) == COLUMNS
    filled = [{key: value for key, value in row.items() if value} for row in as_csv]
    assert filled == [{key: str(value) for key, value in row.items()} for row in as_json]
    assert as_json[0]["target"] == "/p/cat/a.jpg"
    assert [row.get("outcome") for row in as_json] == ["sorted", "left", None, "failed"]
    assert [row.get("error") for row in as_json[2:]] == ["The file is empty.", "The drive is full."]


def test_the_page_shows_uncertain_photos_first_and_counts_them(tmp_path: Path) -> None:
    page = written(tmp_path / "r.html")
    assert [row[:3] for row in data(page)] == [
        ["b.jpg", "/p", "unsure"],
        ["a.jpg", "/p", "cat"],
        ["a.jpg", "/p", "cat"],
        ["c.jpg", "/p", "unreadable"],
    ]
    assert "<dd>4 = 1 unsure + 2 cat + 1 unreadable</dd>" in page
    assert [row[-1] for row in data(page)][1] == "file:///p/cat/a.jpg"


def test_no_name_can_inject_code(tmp_path: Path) -> None:
    """A folder `<` and a file in it can form the end tag of a script."""
    nasty = Path(os.fsdecode(b"/p/<"), os.fsdecode(b"script><script>alert(1)&\xff\xe2\x80\xae.jpg"))
    page = written(tmp_path / "r.html", [ReportRow(Unreadable(nasty, f"{nasty} is odd."))])
    rest = page[page.index("</head>") :]
    assert rest.count("<script") == rest.count("</script>") == 4
    assert data(page)[0][0] == r"script><script>alert(1)&\xff\u202e.jpg"


@pytest.mark.parametrize("name", ["r.html", "r.csv", "r.jsonl"])
def test_a_report_replaces_a_report_and_nothing_else(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    first = written(file)
    assert written(file, ROWS[:1]) != first
    for content in ("<p>my diary</p>", "path,mine\n1,2\n", '{"path": 1, "mine": 2}\n'):
        file.write_text(content)
        with pytest.raises(UsageError, match="not a report of catdog-sort, so it is not replaced"):
            PhotoReport(file)
        assert file.read_text() == content
    assert os.listdir(tmp_path) == [name]


def test_files_that_cannot_be_written_are_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        PhotoReport(tmp_path / "file" / "r.html")
    with pytest.raises(UsageError, match=r"ends in \.html, \.csv or \.jsonl"):
        PhotoReport(tmp_path / "r.txt")


def test_a_report_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    first = written(tmp_path / "r.html")

    def rows():
        yield ROWS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError), PhotoReport(tmp_path / "r.html") as report:
        report.write("My photos", [], rows())
    assert (tmp_path / "r.html").read_text() == first
    assert os.listdir(tmp_path) == ["r.html"]


def test_a_thumbnail_has_the_shape_of_its_photo(tmp_path: Path) -> None:
    thumbnails = ReportThumbnails(tmp_path)
    square = np.full((224, 224, 3), (200, 10, 10), np.uint8)
    for aspect, size in ((2.0, (SIDE, SIDE // 2)), (0.5, (SIDE // 2, SIDE)), (1e-4, (1, SIDE))):
        thumbnails.add(tmp_path / str(aspect), DecodedPhoto(square, aspect))
        picture = tmp_path / "picture.jpg"
        picture.write_bytes(thumbnails.of(tmp_path / str(aspect)))
        with Image.open(picture) as image:
            assert image.size == size
    assert thumbnails.of(tmp_path / "unknown") == b""
    thumbnails.close()


def test_only_a_page_wants_pictures(tmp_path: Path) -> None:
    with PhotoReport(tmp_path / "r.html") as page, PhotoReport(tmp_path / "r.csv") as table:
        assert page.show is not None
        assert table.show is None


def test_every_label_has_a_place_and_a_colour_on_the_page() -> None:
    style = photos._asset("photos.css")
    assert set(Label) < set(photos.KINDS_IN_ORDER)
    assert all(f".{kind} {{" in style for kind in photos.KINDS_IN_ORDER)


def test_a_disk_that_is_full_of_thumbnails_is_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ReportThumbnails, "add", full)
    with PhotoReport(tmp_path / "r.html") as report, pytest.raises(UsageError, match="make room"):
        assert report.show
        report.show(Path("/p/a.jpg"), DecodedPhoto(np.zeros((4, 4, 3), np.uint8), 1.0))
