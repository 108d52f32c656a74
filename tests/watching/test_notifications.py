"""Notifications by the real watchdog on a real folder."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import pytest

from catdog_sorter.errors import MissingExtra
from catdog_sorter.watching.notifications import fs_notifications, is_on_network

pytest.importorskip("watchdog", reason="needs the extra `watch`")


@contextmanager
def listening(top: Path, recursive: bool = True) -> Iterator["SimpleQueue[Path]"]:
    heard: SimpleQueue[Path] = SimpleQueue()
    with fs_notifications(top, recursive, [top / "cat"], heard.put, pytest.fail) as is_active:
        assert is_active
        yield heard


def until(heard: "SimpleQueue[Path]", last: Path) -> set[Path]:
    """All notifications up to `last`, in the order of the changes."""
    paths: set[Path] = set()
    while last not in paths:
        paths.add(heard.get(timeout=120))
    return paths - {last}


def test_new_files_are_reported_and_the_programs_own_moves_are_not(tmp_path: Path) -> None:
    (tmp_path / "old.jpg").write_text("old")
    (tmp_path / "cat").mkdir()
    with listening(tmp_path) as heard:
        (tmp_path / "old.jpg").read_text()
        (tmp_path / "old.jpg").rename(tmp_path / "cat" / "old.jpg")
        (tmp_path / "cat" / "other.jpg").write_text("other")
        (tmp_path / "new.jpg").write_text("new")
        assert until(heard, tmp_path / "new.jpg") == set()
        (tmp_path / "deep" / "er").mkdir(parents=True)
        (tmp_path / "deep" / "er" / "b.jpg").write_text("b")
        until(heard, tmp_path / "deep" / "er" / "b.jpg")
        (tmp_path / "cat" / "old.jpg").rename(tmp_path / "back.jpg")
        until(heard, tmp_path / "back.jpg")


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "real" / "cat").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    with listening(tmp_path / "link") as heard:
        (tmp_path / "link" / "cat" / "a.jpg").write_text("a")
        (tmp_path / "link" / "b.jpg").write_text("b")
        assert until(heard, tmp_path / "real" / "b.jpg") == set()


def test_sub_folders_are_passed_over_when_wanted(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    with listening(tmp_path, recursive=False) as heard:
        (tmp_path / "deep" / "a.jpg").write_text("a")
        (tmp_path / "b.jpg").write_text("b")
        assert tmp_path / "deep" / "a.jpg" not in until(heard, tmp_path / "b.jpg")


def test_a_system_that_cannot_tell_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("watchdog.observers.Observer.start", refuse)
    told: list[str] = []
    with fs_notifications(tmp_path, True, [], lambda path: None, told.append) as is_active:
        assert not is_active
    assert "polled instead" in told[0]


def test_without_the_extra_the_advice_is_to_install_it_or_to_poll(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchdog.observers", None)
    with pytest.raises(MissingExtra, match=r"catdog-sorter\[watch\].*--poll"):
        fs_notifications(tmp_path, True, [], print, print).__enter__()


@pytest.mark.parametrize(
    ("kind", "opts", "answer"),
    [
        ("ext4", "rw", False),
        ("nfs4", "rw", True),
        ("fuse.sshfs", "rw", True),
        ("fuseblk", "rw", False),
        ("", "rw,remote", True),
    ],
)
def test_a_network_drive_is_known_by_the_mount_that_is_seen(
    kind: str, opts: str, answer: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mounts(all: bool) -> list[SimpleNamespace]:
        place = str(tmp_path.resolve())
        return [
            SimpleNamespace(mountpoint=place, fstype="autofs", opts="rw"),
            SimpleNamespace(mountpoint=place, fstype=kind, opts=opts),
            SimpleNamespace(mountpoint=tmp_path.anchor, fstype="nfs" * (not answer), opts=""),
        ]

    monkeypatch.setattr("psutil.disk_partitions", mounts)
    assert is_on_network(tmp_path / "below") is answer
