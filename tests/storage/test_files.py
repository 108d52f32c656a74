import os
import subprocess
import sys
from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.storage.files import atomic_file, atomic_folder, held_in_turn, refuse_existing
from tests.support.colours import tree


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with atomic_file(target) as unfinished:
        unfinished.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole"
    assert names(target.parent) == ["a.txt"]


def test_an_earlier_file_stays_when_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("before")
    with pytest.raises(ValueError), atomic_file(tmp_path / "a.txt") as unfinished:
        unfinished.write_text("half")
        raise ValueError
    assert (tmp_path / "a.txt").read_text() == "before"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("has_hard_links", [True, False])
def test_a_file_that_appeared_meanwhile_is_not_overwritten(
    has_hard_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError

    if not has_hard_links:
        monkeypatch.setattr(os, "link", no_link)
    target = tmp_path / "a.txt"
    with pytest.raises(FileExistsError), atomic_file(target, overwrite=False) as unfinished:
        unfinished.write_text("mine")
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    target.unlink()
    with atomic_file(target, overwrite=False) as unfinished:
        unfinished.write_text("mine")
    assert target.read_text() == "mine"
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_appears_when_it_is_complete_and_replaces_only_when_it_may(tmp_path: Path) -> None:
    target = tmp_path / "model"
    for content in ("first", "second"):
        with atomic_folder(target, overwrite=True) as unfinished:
            (unfinished / "a").write_text(content)
            assert (target / "a").exists() == (content == "second")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="exists already"), atomic_folder(target):
        pytest.fail("was entered")
    with pytest.raises(ValueError), atomic_folder(target, overwrite=True) as unfinished:
        (unfinished / "a").write_text("half")
        raise ValueError
    assert tree(tmp_path) == before
    assert (target / "a").read_text() == "second"


def test_an_existing_target_is_refused(tmp_path: Path) -> None:
    refuse_existing(tmp_path / "new")
    with pytest.raises(UsageError, match="exists already"):
        refuse_existing(tmp_path)


HOLDER = """
import sys
from pathlib import Path
from catdog_sorter.storage.files import held_in_turn
with held_in_turn(Path(sys.argv[1]), 60):
    print("held", flush=True)
    sys.stdin.read()
    (Path(sys.argv[1]) / "left").touch()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked")
def test_processes_take_turns_in_a_folder_within_a_time_limit(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdin is not None and holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with held_in_turn(tmp_path, 0.05):
            assert not (tmp_path / "left").exists(), "waited long enough"
        holder.stdin.close()
        with held_in_turn(tmp_path, 60):
            assert (tmp_path / "left").exists()
