import base64
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="needs the extra `torch` or `tf`")

from catdog_sorter.errors import UsageError
from catdog_sorter.training.figures.drawing import Figure
from catdog_sorter.training.figures.report import Table, write_report
from tests.support.colours import draw

EMPTY = {"meta", "img", "br"}


class Page(HTMLParser):
    """The words of a page by their element; fails for elements that are not closed."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(file.read_text(encoding="utf-8"))
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.words.setdefault(self.open[-1], []).append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def figure(tmp_path: Path) -> Figure:
    return Figure(draw(tmp_path / "figures" / "loss.png", "cat"), "Loss", "It fell.")


def test_a_report_contains_all_given_facts_tables_and_figures(
    tmp_path: Path, figure: Figure
) -> None:
    table = Table("Figures", ["figure", "value"], [["log loss", "0.04"], ["AUROC", "0.999"]])
    file = tmp_path / "new" / "report.html"
    write_report(file, "My cats", [("Model", "mine"), ("Photos", "1,200")], [figure], [table])
    page = Page(file)
    assert page.words["title"] == page.words["h1"] == ["My cats"]
    assert page.words["dt"] == ["Model", "Photos"]
    assert page.words["dd"] == ["mine", "1,200"]
    assert page.words["h2"] == ["Figures", "Loss"]
    assert page.words["th"] == ["figure", "value"]
    assert page.words["td"] == ["log loss", "0.04", "AUROC", "0.999"]
    assert page.words["figcaption"] == ["It fell."]


def test_the_pictures_are_in_the_file_and_described(tmp_path: Path, figure: Figure) -> None:
    write_report(tmp_path / "report.html", "My cats", [], [figure])
    (image,) = Page(tmp_path / "report.html").attributes("img")
    head, _, data = (image["src"] or "").partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data, validate=True) == figure.file.read_bytes()
    assert image["alt"] == "Loss"


def test_a_report_runs_nothing_and_loads_nothing(tmp_path: Path, figure: Figure) -> None:
    write_report(tmp_path / "report.html", "My cats", [("a", "b")], [figure])
    page = Page(tmp_path / "report.html")
    assert {"script", "link", "iframe"}.isdisjoint(tag for tag, _ in page.elements)
    style = "".join(page.words["style"])
    assert "prefers-color-scheme: dark" in style
    assert "url(" not in style
    assert "@import" not in style
    assert "://" not in (tmp_path / "report.html").read_text()


def test_everything_is_escaped(tmp_path: Path, figure: Figure) -> None:
    nasty = '<b onclick="x">&amp;\''
    file = tmp_path / "report.html"
    loss = Figure(figure.file, nasty, nasty)
    write_report(file, nasty, [(nasty, nasty)], [loss], [Table(nasty, [nasty], [[nasty]])])
    page = Page(file)
    assert not page.attributes("b")
    for tag in ("title", "h1", "dt", "dd", "th", "td", "figcaption"):
        assert page.words[tag] == [nasty]
    assert page.words["h2"] == [nasty, nasty]
    assert page.attributes("img")[0]["alt"] == nasty


def test_a_name_that_is_not_utf_8_is_written_too(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    write_report(file, "My cats", [("Data", os.fsdecode(b"caf\xe9"))], [])
    assert Page(file).words["dd"] == [r"caf\xe9"]


def test_numbers_stand_to_the_right_and_words_to_the_left(tmp_path: Path) -> None:
    rows = [
        ["log loss", "0.04", "-1e-5", "0.01 to 0.09", "a1"],
        ["AUROC", "> 99 %", "", "88.3 to 100 %", "2"],
    ]
    table = Table("Figures", ["figure", "value", "change", "interval", "note"], rows)
    write_report(tmp_path / "report.html", "My cats", [], [], [table])
    cells = Page(tmp_path / "report.html").attributes("td")
    assert [cell.get("class") for cell in cells] == [None, "number", "number", "number", None] * 2


def test_a_table_may_be_empty(tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", "My cats", [], [], [Table("Wrong", ["a", "b"], [])])
    page = Page(tmp_path / "report.html")
    assert page.words["th"] == ["a", "b"]
    assert "td" not in page.words


def test_an_earlier_report_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    write_report(file, "One", [], [])
    write_report(file, "Two", [], [])
    assert Page(file).words["h1"] == ["Two"]
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_an_earlier_report_survives_a_missing_figure(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    write_report(file, "One", [], [])
    gone = Figure(tmp_path / "gone.png", "Gone", "It is gone.")
    with pytest.raises(UsageError, match=r"report\.html cannot be written .*gone\.png"):
        write_report(file, "Two", [], [gone])
    assert Page(file).words["h1"] == ["One"]
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match=r"file/report\.html cannot be written"):
        write_report(tmp_path / "file" / "report.html", "My cats", [], [])
