import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle, name_in_use
from catdog_sorter.storage.locations import models_folder, shipped_weights
from catdog_sorter.training.fit.rehearsal import REHEARSAL
from tests.support.colours import draw, tree


@pytest.fixture
def own(colour_bundle: ModelBundle) -> Path:
    """A model of the user's, called mine."""
    return Path(shutil.copytree(colour_bundle.folder, models_folder() / "mine"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: object):
    return CliRunner().invoke(app, list(map(str, words)))


def models(*words: object):
    return run("models", *words)


def listed() -> dict[str, dict[str, object]]:
    result = models("list", "--json")
    assert result.exit_code == 0
    return {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}


def test_the_list_says_of_each_model_what_it_is(own: Path) -> None:
    rows = listed()
    shipped, mine = rows[DEFAULT_MODEL], rows["mine"]
    assert (shipped["origin"], shipped["in_use"]) == ("shipped", True)
    assert shipped["outputs"] == ["cat", "dog"]
    assert 0.9 < shipped["validation_accuracy"] < 1
    assert shipped["training_photos"] > 1000
    files = (shipped_weights() / DEFAULT_MODEL).iterdir()
    sizes = [path.stat().st_size for path in files if path.name != REHEARSAL]
    assert shipped["size_bytes"] == sum(sizes)
    assert (mine["origin"], mine["in_use"], mine["input_size"]) == ("yours", False, 8)
    assert mine["validation_accuracy"] is None
    assert mine["folder"] == str(own)


def test_the_list_marks_the_model_in_use(own: Path) -> None:
    models("use", "mine")
    lines = models("list").stdout.splitlines()
    assert f"  {DEFAULT_MODEL}   shipped" in lines
    assert "* mine   yours, in use" in lines


def test_a_damaged_model_is_listed_with_the_reason(own: Path) -> None:
    (own / "model.onnx").write_bytes(b"")
    result = models("list")
    assert result.exit_code == 0
    assert "  mine   yours, damaged\n" in result.stdout
    assert "SHA-256 is wrong" in result.stdout
    assert "SHA-256 is wrong" in listed()["mine"]["problem"]


def test_the_list_warns_of_a_chosen_model_that_is_gone(own: Path) -> None:
    models("use", "mine")
    shutil.rmtree(own)
    result = models("list")
    assert result.exit_code == 0
    assert f"models use {DEFAULT_MODEL}" in result.stderr


def test_show_says_everything_of_a_model() -> None:
    result = models("show", DEFAULT_MODEL)
    assert result.exit_code == 0
    lines = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    for fact in (["outputs", "cat, dog"], ["state", "verified"], ["size", "240"]):
        assert fact in lines
    for words in ("calibration", "thresholds", "labels by truth", "training photos", "model.onnx"):
        assert words in result.stdout
    assert re.search(r"^  looks\n    1\n      size +160\n", result.stdout, re.MULTILINE)


def test_show_prints_the_uncertainty_band(own: Path) -> None:
    assert re.search(r"^ +uncertainty band +-$", models("show", "mine").stdout, re.MULTILINE)
    description = json.loads((own / "bundle.json").read_text())
    description["test_time_augmentation"] |= {
        "mirror": True,
        "uncertainty_band": [[-2.5, 2.0], [-1.0, 1.25]],
    }
    (own / "bundle.json").write_text(json.dumps(description))
    assert re.search(
        r"^ +uncertainty band +-2.5, 2; -1, 1.25$", models("show", "mine").stdout, re.MULTILINE
    )


def test_show_says_in_a_sentence_what_the_thresholds_promise(own: Path) -> None:
    description = json.loads((own / "bundle.json").read_text())
    description["risk_control"] = {
        "prevalence": 0.07, "risk": 0.02, "confidence": 0.9, "proved": True,
    }  # fmt: skip
    (own / "bundle.json").write_text(json.dumps(description))
    shown = models("show", "mine").stdout
    assert (
        "of the photos sorted in a library in which 7% of the photos show a pet, at most 2% are "
        "wrong, with 90% confidence"
    ) in shown


def test_show_as_json_is_the_description_and_the_state_of_its_files(
    own: Path, colour_bundle: ModelBundle
) -> None:
    facts = json.loads(models("show", "mine", "--json").stdout)
    assert facts["id"] == colour_bundle.id
    assert facts["preprocessing"]["size"] == 8
    assert facts["thresholds"] == {"present": 0.9, "absent": 0.1}
    assert facts["files"]["model.onnx"] == {
        "size_bytes": (own / "model.onnx").stat().st_size,
        "sha256": colour_bundle.files["model.onnx"],
        "state": "verified",
    }


def test_show_prints_the_card_of_the_models_that_came_with_the_program(own: Path) -> None:
    result = models("show", DEFAULT_MODEL, "--card")
    assert result.exit_code == 0
    for part in ("Intended use", "Evaluation data", "Ethical considerations", "licence"):
        assert part in result.stdout
    assert len(result.stdout.split()) <= 1200
    refused = models("show", "mine", "--card")
    assert refused.exit_code == 2
    assert "mine has no model card: only bundled models have" in refused.stderr


def test_show_without_a_name_shows_the_model_in_use(own: Path) -> None:
    models("use", "mine")
    assert json.loads(models("show", "--json").stdout)["folder"] == str(own)


def test_show_names_damaged_files_and_ends_with_code_3(own: Path) -> None:
    (own / "model.onnx").unlink()
    result = models("show", own)
    assert result.exit_code == 3
    assert "cannot be read (No such file" in result.stdout


def test_a_model_cannot_drive_the_terminal(own: Path) -> None:
    description = json.loads((own / "bundle.json").read_text())
    description["training"] = {"\x1b[3J": "\x1b[4J", "training_photos": "\x1b[5J", "n": 10**400}
    (own / "bundle.json").write_text(json.dumps(description))
    for words in (["list"], ["list", "--json"], ["show", "mine"], ["show", "mine", "--json"]):
        result = models(*words)
        assert result.exit_code == 0, result.output
        assert "mine" in result.stdout
        assert "\x1b" not in result.output
    description |= {"framework": "\x1b[2J", "architecture": "\x1b]0;hello\x07"}
    (own / "bundle.json").write_text(json.dumps(description))
    result = models("show", "mine")
    assert result.exit_code == 3
    assert "is damaged" in result.stderr
    assert "\x1b" not in result.output


def test_the_chosen_model_is_the_one_that_classifies(own: Path, here: Path) -> None:
    assert models("use", "mine").exit_code == 0
    result = run("classify", draw(here / "a.png", "both"), "--format", "jsonl")
    verdict = json.loads(result.stdout)
    assert verdict["label"] == "both"
    assert str(verdict["model"]).startswith("colours-")


def test_a_chosen_model_that_is_gone_stops_the_run_with_advice(own: Path, here: Path) -> None:
    models("use", "mine")
    shutil.rmtree(own)
    result = run("classify", draw(here / "a.png", "cat"))
    assert result.exit_code == 3
    assert f"catdog-sort models use {DEFAULT_MODEL}" in result.stderr
    assert result.stdout == ""


def test_a_model_travels_as_one_file(own: Path, here: Path) -> None:
    sent = models("export", "mine")
    assert (sent.exit_code, sent.stdout) == (0, "mine.catdog\n")
    taken = models("import", "mine.catdog", "--name", "theirs")
    assert (taken.exit_code, taken.stdout) == (0, f"{models_folder() / 'theirs'}\n")
    assert "--model theirs" in taken.stderr
    assert name_in_use() == DEFAULT_MODEL
    result = run("classify", draw(here / "a.png", "dog"), "--model", "theirs", "--format", "jsonl")
    assert json.loads(result.stdout)["model"].startswith("theirs-")


def test_an_imported_model_can_be_used_at_once_and_quietly(own: Path, here: Path) -> None:
    models("export", own, "sent.zip", "--quiet")
    result = models("import", "sent.zip", "--name", "theirs", "--use", "-q")
    assert (result.exit_code, result.stderr) == (0, "")
    assert find_bundle(None) == models_folder() / "theirs"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["use", "nonsense"], 2, "There is no model nonsense."),
        (["show", "nonsense"], 2, "There is no model nonsense."),
        (["export", "nonsense"], 2, "There is no model nonsense."),
        (["export", "mine", "taken"], 2, "taken exists already."),
        (["remove", "nonsense", "--yes"], 2, "There is no model nonsense."),
        (["remove", DEFAULT_MODEL, "--yes"], 2, "comes with catdog-sorter"),
        (["remove", "mine"], 2, "Add --yes"),
        (["import", "nowhere"], 2, "There is no file nowhere."),
        (["import", "mine.catdog"], 2, "A model named mine already exists."),
        (["import", "mine.catdog", "--name", "../up"], 2, "is not a name for a model"),
        (["import", "taken"], 3, "not a model"),
        (["teleport"], 2, "teleport"),
    ],
)
def test_a_request_that_cannot_be_met_changes_nothing(
    words: list[str], code: int, sentence: str, own: Path, here: Path, home: Path
) -> None:
    (here / "taken").write_text("mine")
    content = (own / "bundle.json").read_text().replace('"colours"', '"mine"', 1)
    (own / "bundle.json").write_text(content)
    models("export", "mine")
    before = tree(here), tree(home)
    result = models(*words)
    assert result.exit_code == code, result.output
    assert sentence in result.stderr.replace("\n", " ")
    assert result.stdout == ""
    assert "Traceback" not in result.output
    assert (tree(here), tree(home)) == before


def test_removing_the_model_in_use_says_which_one_is_used_now(own: Path) -> None:
    models("use", "mine")
    result = models("remove", "mine", "--yes")
    assert result.exit_code == 0
    assert f"now {DEFAULT_MODEL} is" in result.stderr
    assert set(listed()) == {row.name for row in shipped_weights().iterdir() if row.is_dir()}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "stays"), [(b"n\n", True), (b"\n", True), (b"y\n", False)])
def test_on_a_terminal_removing_asks(answer: bytes, stays: bool, own: Path) -> None:
    ours, terminal = os.openpty()
    os.write(ours, answer)
    process = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", "models", "remove", "mine"],
        stdin=terminal,
        stderr=terminal,
        check=False,
    )
    os.close(terminal)
    said = ""
    with suppress(OSError):  # at the end, on Linux
        while chunk := os.read(ours, 10_000):
            said += chunk.decode()
    os.close(ours)
    assert process.returncode == 0
    assert f"Delete {own} permanently?" in said
    assert own.exists() is stays


def test_help_of_models_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from catdog_sorter.cli import app\n"
        "for words in ([], ['list'], ['import'], ['export'], ['show'], ['use'], ['remove']):\n"
        "    assert CliRunner().invoke(app, ['models', *words, '--help']).exit_code == 0\n"
        "heavy = {'torch', 'tensorflow', 'onnxruntime', 'PySide6', 'numpy', 'PIL', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"
