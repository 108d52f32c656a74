"""A real Ray cluster of two computers with one core each, on this one, and the real command."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra `ray`")
if not find_spec("ray"):  # imported only when its environment is set
    pytest.skip("Ray is not installed.", allow_module_level=True)

import psutil
import pyarrow.parquet as pq

from catdog_sorter.cluster.run import ENVIRONMENT
from catdog_sorter.storage.locations import HOME_VARIABLE

pytestmark = pytest.mark.slow

PHOTOS = Path(__file__).parents[2] / "examples" / "photos"
PARTS = 199


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    os.environ.update(ENVIRONMENT)  # before Ray is imported
    from ray.cluster_utils import Cluster

    cluster = Cluster()
    add_node(cluster, include_dashboard=False, no_monitor=True)
    add_node(cluster)
    yield cluster.address
    cluster.shutdown()


def add_node(cluster: Any, **words: Any) -> None:
    """Ray gives the parts of a node 15 seconds to start, which a very busy computer needs more."""
    for is_last in (False, False, False, True):
        try:
            cluster.add_node(
                num_cpus=1, object_store_memory=100 << 20, include_log_monitor=False, **words
            )
            return
        except Exception:
            if is_last:
                raise


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough copies of the example photos to stop a run in the middle, even on a fast computer.

    And a file that is not a photo.
    """
    folder = tmp_path_factory.mktemp("library")
    for number, photo in enumerate([*PHOTOS.rglob("*.jpg")] * 36):
        os.symlink(photo, folder / f"{number:03}.jpg")
    (folder / "broken.jpg").write_text("not a picture")
    return folder


def start(home: Path, *words: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "catdog_sorter", "classify", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, HOME_VARIABLE: str(home)},
    )


def over_ray(address: str, library: Path, output: Path) -> list[object]:
    return [library, "--engine", "ray", "--address", address, "--output", output, "--part-size", 2]


def await_a_part(command: "subprocess.Popen[str]", output: Path) -> list[Path]:
    while command.poll() is None:
        if parts := sorted(output.glob("part-*.parquet")):
            return parts
        time.sleep(0.01)
    raise AssertionError(command.communicate())


def rows(output: Path) -> list[dict[str, Any]]:
    files = sorted(output.glob("part-*.parquet"))
    found = [row for file in files for row in pq.read_table(file).to_pylist()]
    return [{name: row[name] for name in row if row[name] is not None} for row in found]


def plain(library: Path, home: Path) -> list[dict[str, Any]]:
    """The results of the command without Ray for them."""
    output, _ = start(home, library, "--format", "jsonl").communicate()
    return [json.loads(line) for line in output.splitlines()]


def test_workers_are_killed_and_nothing_is_lost(
    address: str, library: Path, tmp_path: Path
) -> None:
    output = tmp_path / "verdicts"
    expected = plain(library, tmp_path / "home")
    command = start(tmp_path / "home", *over_ray(address, library, output))
    await_a_part(command, output)
    below = psutil.Process().children(recursive=True)
    killed = [process for process in below if "MapWorker" in " ".join(process.cmdline())]
    for process in killed:
        process.kill()
    done = len(list(output.glob("part-*.parquet")))
    said = command.communicate()
    assert killed and done < PARTS
    assert rows(output) == expected
    assert set(Counter(row["path"] for row in rows(output)).values()) == {1}
    assert {"cat", "dog", None} <= {row.get("label") for row in expected}
    assert command.returncode == 1
    assert said == (
        "",
        f"Finding photos ...\n397 photos in 199 parts, in {output}.\n1 photo could not be read.\n",
    )
    assert not (output / "_unfinished").exists()


def test_a_stopped_run_can_be_resumed(address: str, library: Path, tmp_path: Path) -> None:
    output = tmp_path / "verdicts"
    command = start(tmp_path / "home", *over_ray(address, library, output))
    before = {file: os.stat(file).st_ino for file in await_a_part(command, output)}
    command.send_signal(signal.SIGINT)
    said = command.communicate()
    assert command.returncode == 130, said
    assert "Run the same command again to resume." in said[1]
    again = start(tmp_path / "home", *over_ray(address, library, output))
    again.communicate()
    assert again.returncode == 1
    assert rows(output) == plain(library, tmp_path / "home")
    assert {file: os.stat(file).st_ino for file in before} == before
