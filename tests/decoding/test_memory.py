"""All decoders share one memory budget, in the order of their requests."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from catdog_sorter.decoding import memory
from catdog_sorter.decoding.memory import MAX_PHOTO_BYTES, MemoryBudget, machine_bytes

MIB = 1 << 20
GIB = 1 << 30


def test_the_sum_never_exceeds_the_total() -> None:
    budget, lock = MemoryBudget(1000 * MIB), Lock()
    used, peak = 0, 0

    def decode(size: int) -> None:
        nonlocal used, peak
        with budget.reserve(size * MIB) as granted:
            with lock:
                used += granted
                peak = max(peak, used)
            time.sleep(0.002)
            with lock:
                used -= granted

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(decode, [384, 100, 900, 384, 2000] * 20))
    assert used == 0
    assert 900 * MIB <= peak <= 1000 * MIB


def test_one_that_takes_much_is_not_passed_by_for_ever() -> None:
    budget, order = MemoryBudget(1000 * MIB), []
    started = Event()

    def ask(name: str, size: int) -> None:
        with budget.reserve(size * MIB):
            order.append(name)

    with budget.reserve(600 * MIB):
        threads = []
        for name, size in (("large", 900), ("small", 100), ("small", 100)):
            threads.append(Thread(target=ask, args=(name, size)))
            threads[-1].start()
            while len(budget._waiting) < len(threads):
                time.sleep(0.001)
        started.set()
        assert order == []
    for thread in threads:
        thread.join(timeout=10)
    assert order[0] == "large" and len(order) == 3


def test_an_error_releases_all_capacity() -> None:
    budget = MemoryBudget(1000 * MIB)
    with pytest.raises(ValueError, match="damaged"), budget.reserve(900 * MIB):
        raise ValueError("damaged")
    with budget.reserve(1000 * MIB) as granted:
        assert granted == 1000 * MIB


@pytest.mark.parametrize(
    ("total", "most"), [(64 * GIB, MAX_PHOTO_BYTES), (2 * GIB, 2 * GIB), (MIB, 384 * MIB)]
)
def test_one_photo_gets_no_more_than_all_and_no_less_than_an_ordinary_one(
    total: int, most: int
) -> None:
    budget = MemoryBudget(total)
    assert budget.max_bytes == most
    with budget.reserve(100 * GIB) as granted:
        assert granted == most


class TestMachine:
    def test_it_has_some_memory(self) -> None:
        assert machine_bytes() > 256 * MIB

    @pytest.mark.parametrize(
        ("membership", "file", "limit"),
        [
            ("0::/", "memory.max", 2 * GIB),
            ("0::/a/b", "a/memory.max", 2 * GIB),
            ("0::/a/b", "a/b/memory.high", 2 * GIB),
            ("0::/../outside", "memory.max", 2 * GIB),
            ("4:cpu,memory:/docker/1", "memory/docker/1/memory.limit_in_bytes", 2 * GIB),
            ("4:memory:/docker/1", "memory/memory.limit_in_bytes", 2 * GIB),
        ],
    )
    def test_the_limit_of_its_container_counts(
        self,
        membership: str,
        file: str,
        limit: int,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(memory, "_physical_bytes", lambda: 8 * GIB)
        cgroups, own = tmp_path / "cgroup", tmp_path / "own"
        own.write_text(f"12:cpuset:/elsewhere\n{membership}\n")
        (cgroups / file).parent.mkdir(parents=True)
        assert machine_bytes(cgroups, own) == 8 * GIB
        (cgroups / file).write_text("max\n")
        assert machine_bytes(cgroups, own) == 8 * GIB
        (cgroups / file).write_text(f"{limit}\n")
        assert machine_bytes(cgroups, own) == limit

    def test_without_control_groups_the_machine_counts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(memory, "_physical_bytes", lambda: 8 * GIB)
        assert machine_bytes(tmp_path, tmp_path / "none") == 8 * GIB
