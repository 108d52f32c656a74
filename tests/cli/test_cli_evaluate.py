import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree, written


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Six photos each of cats and dogs, one dog called a cat, and four of neither."""
    folder = tmp_path / "labelled"
    for number in range(6):
        draw(folder / "cat" / f"{number}.png", "cat", number)
        draw(folder / "dog" / f"{number}.png", "cat" if number == 0 else "dog", number)
    for number in range(4):
        draw(folder / "neither" / f"{number}.png", "neither", number)
    return folder


@pytest.fixture
def evaluate(colour_bundle: ModelBundle):
    def run(*words: object):
        model = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, ["evaluate", *model, *map(str, words)])

    return run


def test_json_holds_the_figures_with_their_intervals_and_what_was_asked(
    labelled: Path, evaluate, colour_bundle: ModelBundle
) -> None:
    result = evaluate(labelled, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["model"] == colour_bundle.id
    assert answer["thresholds"] == {"present": 0.9, "absent": 0.1}
    assert (answer["photos"], answer["unreadable"]) == (16, 0)
    assert answer["forced_choice_accuracy"] == pytest.approx(11 / 12)
    assert answer["recall_dog"] == pytest.approx(5 / 6)
    assert answer["labels_by_truth"]["dog"]["cat"] == 1
    assert answer["precision_both"] is None
    assert "precision_both" not in answer["intervals"]
    low, high = answer["intervals"]["forced_choice_accuracy"]
    assert low < 11 / 12 < high


def test_the_table_shows_counts_shares_and_intervals_in_words(labelled: Path, evaluate) -> None:
    lines = evaluate(labelled).stdout.splitlines()
    (dogs,) = [line.split() for line in lines if "dog (6)" in line]
    assert dogs == ["dog", "(6)", "1", "5", "0", "0", "0"]
    (choice,) = [line for line in lines if line.split()[:1] == ["accuracy"]]
    assert "91.67 %" in choice and "100.00 %" in choice
    precision = lines.index("Precision: right among the photos with this prediction")
    both = lines[precision + 3]
    assert both.split() == ["both", "-"]
    assert max(len(line) for line in lines) <= 80


def test_a_threshold_replaces_the_models_own(labelled: Path, evaluate) -> None:
    draw(labelled / "cat" / "dim.png", "unsure")
    own = json.loads(evaluate(labelled, "--json").stdout)
    asked = json.loads(evaluate(labelled, "--json", "--threshold", 0.5).stdout)
    assert asked["thresholds"] == {"present": 0.5, "absent": 0.5}
    assert own["labels_by_truth"]["cat"]["unsure"] == 1
    assert asked["labels_by_truth"]["cat"]["unsure"] == 0


def test_unreadable_photos_are_named_counted_and_end_with_code_1(labelled: Path, evaluate) -> None:
    (labelled / "dog" / "bad\x1b.jpg").write_text("no picture")
    result = evaluate(labelled, "--json", "--quiet")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["unreadable"] == 1
    assert "1 photo could not be read" in result.stderr
    assert "bad\\x1b.jpg: " in result.stderr
    assert "1 that could not be read" in evaluate(labelled).stdout


def test_nothing_is_moved_or_written(labelled: Path, evaluate, home: Path) -> None:
    before = tree(labelled)
    assert evaluate(labelled).stderr == ""
    assert tree(labelled) == before
    assert written(home) == {}


def test_figures_and_a_report_are_drawn_into_the_folder(
    labelled: Path, evaluate, tmp_path: Path
) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `torch` or `tf`")
    folder = tmp_path / "new" / "figures"
    result = evaluate(labelled, "--figures", folder, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["photos"] == 16
    assert str(folder / "report.html") in result.stderr
    assert (folder / "confusion.png").is_file()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "91.67 %" in page
    assert "dog (6)" in page


def test_a_folder_for_figures_that_cannot_be_made_is_a_usage_error(
    labelled: Path, evaluate, tmp_path: Path
) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `torch` or `tf`")
    (tmp_path / "file").touch()
    result = evaluate(labelled, "--figures", tmp_path / "file")
    assert result.exit_code == 2
    assert "Figures cannot be written" in result.stderr
    assert result.stdout == ""


def test_figures_without_matplotlib_end_with_advice_before_any_photo_is_read(
    labelled: Path, colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    answer = _without("matplotlib", labelled, colour_bundle, "--figures", str(tmp_path / "drawn"))
    assert answer.returncode == 3
    assert "pip install 'catdog-sorter[torch]'" in answer.stderr
    assert answer.stdout == ""
    assert not (tmp_path / "drawn").exists()


def test_the_base_install_is_enough(labelled: Path, colour_bundle: ModelBundle) -> None:
    answer = _without("matplotlib torch tensorflow safetensors", labelled, colour_bundle, "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["photos"] == 16


def _without(
    missing: str, data: Path, bundle: ModelBundle, *words: str
) -> subprocess.CompletedProcess[str]:
    """`catdog-sort evaluate` where the packages `missing` cannot be imported."""
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({missing.split()!r}))\n"
        "from catdog_sorter.cli import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, "evaluate", str(data), "--model", str(bundle.folder)]
    return subprocess.run([*command, *words], capture_output=True, text=True, check=False)


def test_a_manifest_adds_groups_kinds_and_sizes_and_a_prevalence_the_precision(
    labelled: Path, evaluate
) -> None:
    draw(labelled / "neither" / "fox.png", "dog")
    rows = ["neither/fox.png,neither,fox,", *(f"neither/{n}.png,neither,rug," for n in range(4))]
    rows += [f"dog/{n}.png,dog,,{share}" for n, share in enumerate((0.01, 0.3))]
    (labelled / "manifest.csv").write_text("\n".join(["file,label,kind,animal_share", *rows]))
    answer = json.loads(evaluate(labelled, "--json", "--prevalence", 0.5).stdout)
    groups = {row["name"]: (row["hits"], row["photos"]) for row in answer["false_alarms_by_group"]}
    assert groups == {"animals": (1, 1), "everyday": (0, 4)}
    assert answer["false_alarms_by_kind"][0]["name"] == "fox"
    assert [row["hits"] for row in answer["recall_by_size"]] == [0, 1]
    assert answer["library"]["prevalence"] == 0.5
    assert answer["average_precision_cat"] < 1
    text = evaluate(labelled, "--prevalence", 0.5).stdout
    assert "Precision in a library where 0.5 of the photos show a pet" in text
    assert "fox: 1 of 1" in text and "25% to 50%: 1 of 1" in text
    assert max(map(len, text.splitlines())) <= 80
