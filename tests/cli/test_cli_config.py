import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.settings import FOLDER_FILE
from catdog_sorter.storage.locations import config_file
from tests.support.colours import draw, tree


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    draw(tmp_path / "pictures" / "deep" / "a.png", "cat")
    return tmp_path / "pictures"


@pytest.fixture
def run(colour_bundle: ModelBundle):
    def run(*words: object):
        model = ["--model", str(colour_bundle.folder)] if words[0] in ("sort", "classify") else []
        return CliRunner().invoke(app, [str(words[0]), *model, *map(str, words[1:])])

    return run


def test_the_command_line_beats_the_folder_and_the_folder_the_person(pictures: Path, run) -> None:
    config_file().write_text('flat = true\n[folder]\ncat = "of the person"\n')
    (pictures / FOLDER_FILE).write_text('[folder]\ncat = "of the folder"\n')
    words = ("sort", pictures, "--dry-run")
    assert f"{pictures}/of the folder/a.png\n" in run(*words).stdout
    assert f"{FOLDER_FILE} sets folder." in run(*words).stderr
    said = run(*words, "--no-flat", "--folder", "cat=given")
    assert f"{pictures}/given/deep/a.png\n" in said.stdout
    assert f"{pictures}/of the person/a.png\n" in run(*words, pictures / "deep").stdout
    assert "as several paths are given" in run(*words, pictures / "deep").stderr
    assert f"{pictures}/cat/deep/a.png\n" in run(*words, "--no-config").stdout


def test_settings_of_other_commands_are_passed_over(pictures: Path, run) -> None:
    config_file().write_text('format = "jsonl"\nmode = "copy"\n')
    assert json.loads(run("classify", pictures).stdout)["label"] == "cat"
    assert run("sort", "--yes", pictures).exit_code == 0
    assert set(tree(pictures)) == {"deep/a.png", "cat/deep/a.png"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('mode = "cpoy"', "config.toml, line 1: mode: there is no cpoy. Did you mean copy?"),
        ("threshold = 2", "config.toml, line 1: threshold: "),
        ("no_cache = true", "Did you mean no-cache?"),
    ],
)
def test_a_bad_file_stops_the_run_before_anything_moves(
    text: str, sentence: str, pictures: Path, run
) -> None:
    config_file().write_text(text)
    result = run("sort", "--yes", pictures)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert set(tree(pictures)) == {"deep/a.png"}


def test_show_says_where_each_value_comes_from(pictures: Path, run) -> None:
    config_file().write_text('mode = "copy"\n')
    (pictures / FOLDER_FILE).write_text("\nflat = true\n")
    lines = run("config", "show", pictures).stdout.splitlines()
    rows = {line.split()[0]: line.split(maxsplit=2)[1:] for line in lines}
    assert rows["mode"] == ['"copy"', f"{config_file()}, line 1"]
    assert rows["flat"] == ["true", f"{pictures / FOLDER_FILE}, line 2"]
    assert rows["recursive"] == ["true", "default"]
    told = [json.loads(line) for line in run("config", "show", "--json").stdout.splitlines()]
    assert {"key": "mode", "value": "copy", "from": f"{config_file()}, line 1"} in told
    assert {"key": "flat", "value": False, "from": "default"} in told


def test_set_and_unset_keep_the_rest_and_refuse_nonsense(run) -> None:
    config_file().write_text("# mine\nthreshold = 0.9  # careful\n")
    assert run("config", "set", "folder.cat", "My Cats").exit_code == 0
    assert run("config", "set", "model", "2024").exit_code == 0
    assert run("config", "set", "flat", "true").exit_code == 0
    after = '# mine\nthreshold = 0.9  # careful\nmodel = "2024"\nflat = true\n'
    assert config_file().read_text().replace("\n\n", "\n") == (
        after + '[folder]\ncat = "My Cats"\n'
    )
    before = config_file().read_bytes()
    for key, value in (("mode", "cpoy"), ("flat", "perhaps"), ("folder.cow", "x"), ("no.dot", "x")):
        result = run("config", "set", key, value)
        assert (result.exit_code, config_file().read_bytes()) == (2, before)
    assert run("config", "unset", "folder.cat").exit_code == 0
    assert config_file().read_text().rstrip() == after.rstrip()
    assert "folder.cat is not set" in run("config", "unset", "folder.cat").stderr
    assert run("config", "path").stdout == f"{config_file()}\n"


def test_edit_opens_the_editor_and_checks_what_it_wrote(
    tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text("import sys; open(sys.argv[1], 'a').write('mode = \"cpoy\"')")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{editor}'")
    result = run("config", "edit")
    assert (result.exit_code, "Did you mean copy?" in result.stderr) == (2, True)
    monkeypatch.delenv("EDITOR")
    assert "Neither VISUAL nor EDITOR names an editor" in run("config", "edit").stderr
