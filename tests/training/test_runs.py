import json
import os
from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.storage.locations import runs_folder
from catdog_sorter.training import runs


def run(name: str, age_s: int, finished: bool = True, settings: str = "{}") -> Path:
    folder = runs_folder() / name
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(settings)
    if finished:
        (folder / "report.html").write_text("page")
    for file in folder.iterdir():
        os.utime(file, (1e9 - age_s, 1e9 - age_s))
    return folder


def test_runs_are_listed_by_age_and_other_folders_are_none() -> None:
    assert runs.known_runs() == []
    run("old", 100, settings=json.dumps({"seed": 3}))
    run("new", 1, finished=False)
    run("broken", 50, settings="{")
    (runs_folder() / "comparison").mkdir()
    found = runs.known_runs()
    assert [each.name for each in found] == ["new", "broken", "old"]
    assert [each.is_finished for each in found] == [False, True, True]
    assert [each.settings for each in found] == [{}, {}, {"seed": 3}]
    assert found[2].size_bytes == len(json.dumps({"seed": 3})) + len("page")


def test_a_run_is_found_and_removed_by_its_name() -> None:
    folder = run("mine", 1)
    assert runs.find_run("mine").folder == folder
    runs.remove_run("mine")
    assert not folder.exists()
    with pytest.raises(UsageError, match=r"no run mine\. Known runs: none"):
        runs.find_run("mine")
    for name in ("../models", "", ".."):
        with pytest.raises(UsageError, match="is not a name"):
            runs.remove_run(name)


def test_only_the_latest_and_the_unfinished_runs_are_kept() -> None:
    for number in range(5):
        run(f"run{number}", age_s=number, finished=number != 3)
    assert runs.remove_old_runs(keep=2) == ["run2", "run4"]
    assert {each.name for each in runs.known_runs()} == {"run0", "run1", "run3"}
