import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter import languages
from catdog_sorter.cli import app
from catdog_sorter.cli.report import sorted_rows
from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.plan import GroupMove, Move, Plan, Reason, Skip
from catdog_sorter.reports.rows import COLUMNS, PhotoOutcome
from tests.support.colours import draw, tree


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", "cat")
    draw(folder / "b.jpg", "dog")
    draw(folder / "c.png", "neither")
    draw(folder / "x" / "a.png", "cat")
    (folder / "f.jpg").touch()
    return folder


@pytest.fixture
def run(colour_bundle: ModelBundle):
    def run(command: str, *words: object):
        model = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, [command, *model, *map(str, words)])

    return run


def outcomes(file: Path) -> dict[str, tuple[str, str, str]]:
    """Label, outcome and target by path, as short names."""
    top = f"{file.parent}/pictures/"
    with file.open(newline="") as lines:
        return {
            row["path"].replace(top, ""): (
                row["label"],
                row["outcome"],
                row["target"].replace(top, ""),
            )
            for row in csv.DictReader(lines)
        }


def pictures_in(page: Path) -> int:
    block = page.read_text().split('id="pictures-0">')[1].split("</script>")[0]
    return len(block.split())


def test_a_sort_reports_what_became_of_each_photo(pictures: Path, run, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    before = tree(pictures)
    run("sort", "--yes", pictures, "--flat", "--dry-run", "--report", file)
    planned = outcomes(file)
    assert tree(pictures) == before
    run("sort", "--yes", pictures, "--flat", "--report", file)
    assert outcomes(file) == {
        "a.png": ("cat", "sorted", "cat/a.png"),
        "b.jpg": ("dog", "sorted", "dog/b.jpg"),
        "c.png": ("neither", "left", ""),
        "f.jpg": ("", "", ""),
        "x/a.png": ("cat", "skipped", ""),
    }
    assert planned == {
        path: (label, outcome.replace("sorted", "planned"), target)
        for path, (label, outcome, target) in outcomes(file).items()
    }


def test_rows_say_of_each_photo_what_became_of_it_whatever_order_problems_came_in() -> None:
    """As in a run, problems found while planning come first; b is given twice."""
    names = ["a", "b", "b", "c", "d", "e", "f"]
    results = [Prediction(Path(name), 1.0, 0.0, Label.CAT, "m") for name in names]
    groups = [GroupMove(Label.CAT, (Move(Path(n), Path(f"cat/{n}")),)) for n in "abcf"]
    stays = [
        Skip(Path("b"), Label.CAT, Reason.DUPLICATE),
        Skip(Path("d"), Label.CAT, Reason.IN_PLACE),
        Skip(Path("e"), Label.CAT, Reason.SIDECAR),
    ]
    moved = [Moved(groups[1], Path("cat/b (2)"))]
    failed = [MoveFailed(Path("e"), "Damaged."), MoveFailed(Path("c"), "Gone.")]
    unreadable = Unreadable(Path("x"), "Empty.")
    rows = sorted_rows([unreadable, *results], Plan(groups, stays), moved, failed, Mode.MOVE)
    assert [(str(row.path), row.outcome, row.target, row.error) for row in rows] == [
        ("x", None, None, ""),
        ("a", PhotoOutcome.PLANNED, Path("cat/a"), ""),
        ("b", PhotoOutcome.SORTED, Path("cat/b (2)"), ""),
        ("b", PhotoOutcome.SKIPPED, None, Reason.DUPLICATE.words),
        ("c", PhotoOutcome.FAILED, None, "Gone."),
        ("d", PhotoOutcome.LEFT, None, ""),
        ("e", PhotoOutcome.FAILED, None, "Damaged."),
        ("f", PhotoOutcome.PLANNED, Path("cat/f"), ""),
    ]


def test_a_page_has_pictures_also_of_cached_photos(pictures: Path, run, tmp_path: Path) -> None:
    for _ in range(2):
        result = run("classify", pictures, "--report", tmp_path / "report.html")
        assert result.exit_code == 1
        assert pictures_in(tmp_path / "report.html") == 4


def test_an_earlier_run_is_reported_from_the_journal(pictures: Path, run, tmp_path: Path) -> None:
    run("sort", "--yes", pictures)
    page = run("report", "--output", tmp_path / "report.html")
    assert (page.exit_code, page.stdout) == (0, f"{tmp_path / 'report.html'}\n")
    assert pictures_in(tmp_path / "report.html") == 3
    assert (pictures / "cat" / "a.png").as_uri() in (tmp_path / "report.html").read_text()

    (pictures / "dog" / "b.jpg").rename(pictures / "elsewhere.jpg")
    run("report", 1, "--output", tmp_path / "report.csv")
    after = outcomes(tmp_path / "report.csv")
    assert after["a.png"] == ("cat", "sorted", "cat/a.png")
    assert after["b.jpg"] == ("", "sorted", "dog/b.jpg")

    CliRunner().invoke(app, ["undo"])
    run("report", 1, "--output", tmp_path / "report.csv")
    assert outcomes(tmp_path / "report.csv")["a.png"] == ("cat", "put back", "")


def test_a_report_can_go_to_standard_output(
    pictures: Path, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("sort", "--yes", pictures)
    before = tree(tmp_path)
    rows = [json.loads(line) for line in run("report", "--json").stdout.splitlines()]
    assert [Path(row["target"]).name for row in rows] == ["a.png", "b.jpg", "a.png"]
    table = run("report", "-o", "-", "--format", "csv").stdout.splitlines()
    assert (table[0], len(table)) == (",".join(COLUMNS), 4)
    page = run("report", "--output", "-").stdout
    assert page.startswith("<!doctype html>") and page.endswith("</html>\n")
    assert tree(tmp_path) == before
    assert run("report", "--format", "csv").stdout == "catdog-sort-1.csv\n"
    assert run("report", "--json", "--format", "csv").exit_code == 2


def test_a_run_that_never_was_cannot_be_reported(run) -> None:
    assert "nothing to report" in run("report").stderr
    assert "Run 7 does not exist" in run("report", 7).stderr


def test_a_file_that_is_not_a_report_stops_the_sort_before_it_starts(
    pictures: Path, run, tmp_path: Path
) -> None:
    (tmp_path / "mine.html").write_text("<p>mine</p>")
    before = tree(tmp_path)
    result = run("sort", "--yes", pictures, "--report", tmp_path / "mine.html")
    assert result.exit_code == 2
    assert "is not a report of catdog-sort, so it is not replaced" in result.stderr
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["new.jpg", "d.jpg.html"])
def test_no_report_is_named_like_a_photo_or_its_companion(pictures: Path, run, name: str) -> None:
    run("sort", pictures, "--yes")
    draw(pictures / "d.jpg", "dog")
    before = tree(pictures)
    result = run("report", "--format", "html", "--output", pictures / name)
    assert result.exit_code == 2
    assert "is named like a" in result.stderr
    assert tree(pictures) == before


def test_the_page_of_a_report_is_in_the_language_that_is_asked_for(
    pictures: Path, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(languages.VARIABLE, "fr")
    (pictures / "f.jpg").unlink()
    page = tmp_path / "page.html"
    assert run("sort", pictures, "--yes", "--report", page, "--language", "de").exit_code == 0
    assert '<html lang="de">' in page.read_text()
    assert run("report", "-o", page).exit_code == 0
    assert '<html lang="fr">' in page.read_text()
    assert run("report", "-o", page, "--language", "pt-BR").exit_code == 0
    assert '<html lang="pt">' in page.read_text()
    refused = run("report", "--language", "xx")
    assert (refused.exit_code, "There is no language xx" in refused.stderr) == (2, True)
