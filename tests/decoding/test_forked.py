import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from catdog_sorter.decoding import forked
from catdog_sorter.decoding.pool import DecoderPool
from tests.support.colours import draw

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere nothing is copied.")

# The test's own process has threads, perhaps.
_START = "from catdog_sorter.decoding import forked; worker = forked.start(); "


def _run(code: str, *words: object, cwd: Path | None = None) -> str:
    command = [sys.executable, "-c", _START + code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd).stdout


@pytest.fixture
def sleeper() -> Iterator[forked.ForkedWorker]:
    """A child process that does nothing, instead of a worker."""
    requests, answers = os.pipe()
    child = subprocess.Popen(["sleep", "60"])
    yield forked.ForkedWorker(child.pid, os.fdopen(answers, "wb"), os.fdopen(requests, "rb"))
    child.kill()
    child.wait()


def test_a_copy_decodes_as_a_new_worker_does(tmp_path: Path) -> None:
    photo = draw(tmp_path / "a.png", "cat")
    code = (
        "import sys; from pathlib import Path\n"
        "from catdog_sorter.decoding.pool import DecoderPool\n"
        "with DecoderPool() as pool:\n"
        "    pool.start_one(worker)\n"
        "    first = pool.read(Path(sys.argv[1]), 32)\n"
        "    print(worker.poll(), first.tobytes().hex())\n"
        "print(worker.wait(5))"
    )
    answer, end = _run(code, photo).splitlines()
    with DecoderPool() as pool:
        assert answer == f"None {pool.read(photo, 32).tobytes().hex()}"
    assert end == str(-signal.SIGKILL)


def test_a_process_with_threads_is_not_copied() -> None:
    code = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start(); "
        "print(worker is None, forked.start() is None); worker.kill()"
    )
    assert _run(code) == "False True\n"


def test_a_forked_worker_has_none_of_the_parents_open_files() -> None:
    code = (
        "import os; worker.kill(); kept = open(os.devnull); worker = forked.start(); "
        "worker.stdout.read(1); print(sorted(os.listdir(f'/proc/{worker.pid}/fd'))); worker.kill()"
    )
    assert _run(code) == "['0', '1', '2']\n"


def test_a_copy_ends_with_its_starter() -> None:
    pid = int(_run("print(worker.pid)"))
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.kill(pid, 0)
            signal.sigtimedwait((), 0.05)


def test_its_end_can_be_awaited_for_a_while(sleeper: forked.ForkedWorker) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        sleeper.wait(0.02)
    assert sleeper.poll() is None
    sleeper.kill()
    assert sleeper.wait() == sleeper.poll() == sleeper.returncode == -signal.SIGKILL
    sleeper.kill()
