"""The real command on a real folder: started, ended by signals, and started again."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree

pytest.importorskip("watchdog", reason="needs the extra `watch`")


@contextmanager
def watching(*words: object) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "catdog_sorter", "watch", "--yes", *map(str, words)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_it_sorts_new_photos_ends_by_signals_and_continues(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    words = (tmp_path, "--model", colour_bundle.folder, "--settle", "0.1")
    with watching(*words) as process:
        assert process.stderr.readline() == f"Watching {tmp_path}.\n"
        draw(tmp_path / "trip" / "a.png", "cat")
        assert process.stdout.readline() == (
            f"{tmp_path}/trip/a.png -> {tmp_path}/cat/trip/a.png\n"
        )
        process.send_signal(signal.SIGTERM)
        assert process.communicate() == ("", "Ended; 1 photo sorted.\n")
        assert process.returncode == 0
    draw(tmp_path / "b.png", "dog")
    (tmp_path / "c.png").touch()
    with watching(*words, "--json") as process:
        rows = [json.loads(process.stdout.readline()) for _ in range(3)]
        assert [row["event"] for row in rows] == ["classified", "unreadable", "sorted"]
        process.send_signal(signal.SIGINT)
        assert process.communicate()[0] == ""
        assert process.returncode == 0
    assert set(tree(tmp_path)) == {"cat/trip/a.png", "dog/b.png", "c.png"}
    lines = CliRunner().invoke(app, ["history"]).stdout.splitlines()
    assert len(lines) == 1
    assert f"2 photos move, done catdog-sort watch {tmp_path}" in " ".join(lines[0].split())
