"""Every command in the documentation is valid, and is run, page by page."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.registry import DEFAULT_MODEL

TOP = Path(__file__).parents[2]
EXAMPLES = TOP / "examples" / "photos"
NAME = "catdog-sort"
PAGES = sorted(
    path.relative_to(TOP).as_posix()
    for path in (*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), TOP / "weights" / "README.md")
    if path.name not in ("issues_and_solutions.md", "CHANGELOG.md", "model-history.md")
)
# What only names a command or an option, or has a word of capitals to be replaced.
MENTION = re.compile(r"…|\b[A-Z]{3,}\b|^catdog-sort( [a-z-]+)?$|-m MODULE|--arch$|--engine ray$")
# Why a command is not run here.
ELSEWHERE = {
    "watch": "runs until it is stopped: tests/end_to_end/test_watch.py",
    "serve": "runs until it is stopped: tests/serving/test_serving_run.py",
    "gui": "opens a window: tests/gui",
    "compare": "trains four networks: tests/training/measure/test_compare.py",
    "config edit": "opens an editor: tests/cli/test_cli_config.py",
    "--install-completion": "changes the shell's settings: tests/cli/test_completion.py",
    "--engine ray": "starts Ray: tests/cluster/test_ray.py",
    "models import": "needs a file from somebody else: tests/cli/test_models.py",
    "undo --moved": "needs a folder that was renamed: tests/cli/test_history.py",
    "corrections remove": "needs a correction: tests/cli",
    "retrain --corrections": "needs corrections: tests/training/data/test_corrected_photos.py",
}
QUICK = {"docs/sorting.md", "docs/undo.md"}  # the other pages are run with the slow tests


def commands(page: str) -> Iterator[list[str]]:
    """The arguments of each `catdog-sort` on a page, in order."""
    text = (TOP / page).read_text(encoding="utf-8").replace("\\\n", " ").replace("\\|", "|")
    blocks = re.compile(r"^```(?:sh|bash)?\n(.*?)^```$|`(catdog-sort[^`\n]*)`", re.M | re.S)
    for block, inline in blocks.findall(text):
        for line in block.splitlines() or [inline]:
            if MENTION.search(line) and not block:
                continue
            yield from _simple_commands(line)


def _simple_commands(line: str) -> Iterator[list[str]]:
    """The commands of a shell line, without redirections."""
    try:
        parts = shlex.shlex(line, posix=True, punctuation_chars="|&;<>()")
        parts.whitespace_split, parts.commenters = True, "#"
        words = [*parts, ";"]
    except ValueError:  # a line of prose
        return
    simple: list[str] = []
    for word in words:
        if set(word) <= set("|&;<>()"):
            if simple and simple[0].rpartition("/")[2] == NAME:
                yield simple[1:]
            simple = ["into a file"] if ">" in word or "<" in word else []
        else:
            simple.append(word)


def test_there_are_commands() -> None:
    assert len([words for page in PAGES for words in commands(page)]) > 90


@pytest.mark.parametrize("page", PAGES)
def test_the_program_takes_every_command_and_option(page: str) -> None:
    for words in commands(page):
        group = get_command(app)
        context = group.make_context(NAME, list(words), resilient_parsing=True)
        command, rest = group, words
        while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
            found = command.get_command(context, rest[0])
            if found is None:  # a folder: `sort` is left out
                found, rest = command.get_command(context, "sort"), ["sort", *rest]
            assert found is not None, words
            command, rest = found, rest[1:]
        known = {name for param in command.get_params(context) for name in param.opts}
        known |= {name for param in command.params for name in param.secondary_opts}
        given = {word.partition("=")[0] for word in rest if re.match("--?[a-z]", word)}
        assert given <= known | {"--"}, f"{page}: {words}"


@pytest.mark.parametrize("page", PAGES)
def test_every_extra_that_is_installed_exists(page: str) -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    text = (TOP / page).read_text(encoding="utf-8")
    for named in re.findall(r"install [^`\n]*'(?:catdog-sorter|\.)\[([\w,]+)\]'", text):
        assert set(named.split(",")) <= extras.keys()
    assert set(re.findall(r"--group ([a-z]+)", text)) <= groups.keys()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of a reader who follows the pages, with four runs in the history."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("Pictures", "Inbox", "first-sort", "examples/photos", "Earlier", "retrain"):
        shutil.copytree(EXAMPLES, tmp_path / name)
    for folder in ("my-photos", "my-pets", "other-photos", "train"):
        _labelled(tmp_path / folder, 6)
    (tmp_path / "list.txt").write_text(str(tmp_path / "first-sort" / "wool.jpg"))
    runner = CliRunner()
    for name in ("Earlier/garden", "Inbox/garden", "Earlier"):
        assert runner.invoke(app, ["sort", name, "--yes"]).exit_code == 0
    assert runner.invoke(app, ["sort", "Pictures/garden", "--yes"]).exit_code == 0
    archive = tmp_path / "mine.catdog"
    assert (
        runner.invoke(app, ["models", "export", "mobilenetv2-torch", str(archive)]).exit_code == 0
    )
    for name in ("my-cats", "my-pets"):
        words = ["models", "import", str(archive), "--name", name]
        assert runner.invoke(app, words).exit_code == 0
    return tmp_path


def _labelled(folder: Path, number: int) -> None:
    from PIL import Image, ImageEnhance

    for label, name in (("cat", "wool"), ("dog", "walk"), ("neither", "launch")):
        (folder / label).mkdir(parents=True)
        for light in range(number):
            with Image.open(EXAMPLES / f"{name}.jpg") as photo:
                changed = ImageEnhance.Brightness(photo.resize((320, 240))).enhance(0.7 + light / 9)
            changed.save(folder / label / f"{name}{light}.jpg")


def _agreed(words: list[str]) -> list[str]:
    """The command as by a user who answers yes, and who starts again where that is needed."""
    if words[0].startswith("--") and words[0] != "--":  # an option of the program itself
        return words
    group = get_command(app)
    context = group.make_context(NAME, list(words), resilient_parsing=True)
    name = words[0] if words and words[0] in group.list_commands(context) else "sort"
    command, before = group.get_command(context, name), [name]
    rest = words[1:] if words[0] == name else words
    if hasattr(command, "commands"):
        command, before, rest = command.commands[rest[0]], [name, rest[0]], rest[1:]
    takes_yes = any("--yes" in param.opts for param in command.params)
    if takes_yes and not {"--yes", "--dry-run", "--help"} & {*words}:
        words = [*before, "--yes", *rest]
    if name == "retrain":
        words = [*words, "--replace"]
    return words


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[] if page in QUICK else pytest.mark.slow)
        for page in PAGES
        if any(commands(page))
    ],
)
def test_the_commands_of_a_page_work(page: str, place: Path) -> None:
    for words in commands(page):
        line = " ".join(words)
        if any(line.startswith(part) or f" {part}" in line for part in ELSEWHERE):
            continue
        if words[0] == "retrain" and not (find_spec("torch") and find_spec("tensorflow")):
            continue
        typed = [os.path.expanduser(word) for word in words]
        if page == "docs/undo.md" and typed == ["undo"]:
            typed = ["undo", "4"]  # the page has a run 4 there, and then undoes run 3
        code, output = _run(_agreed(typed))
        assert code == 0, f"{page}: {line}\n{output}"


def _run(words: list[str]) -> tuple[int, str]:
    """Exit code and output; trainings run in processes of their own, one for each framework."""
    if words[0] == "retrain":
        command = [sys.executable, "-m", "catdog_sorter", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output


def test_the_default_model_is_the_one_that_the_tutorial_returns_to() -> None:
    text = (TOP / "docs" / "tutorial.md").read_text(encoding="utf-8")
    assert f"catdog-sort models use {DEFAULT_MODEL}" in text
