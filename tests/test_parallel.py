"""Results are in order, work is bounded, and no work starts after the caller has stopped."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.parallel import cores, cpu_quota, map_ahead


@given(st.lists(st.integers()), st.integers(1, 8), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_results_come_in_order_each_once(items: list[int], ahead: int, threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        assert list(map_ahead(pool, lambda item: item * 2, items, ahead)) == [
            item * 2 for item in items
        ]


def test_a_slow_calls_result_keeps_its_place() -> None:
    def waited(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    with ThreadPoolExecutor(3) as pool:
        assert list(map_ahead(pool, waited, [0.05, 0.0, 0.0], 3)) == [0.05, 0.0, 0.0]


@pytest.mark.parametrize("ahead", [1, 2, 5])
def test_no_more_items_are_taken_than_may_wait(ahead: int) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    with ThreadPoolExecutor(2) as pool:
        for given, _ in enumerate(map_ahead(pool, str, items(), ahead), start=1):
            assert taken <= given - 1 + ahead
    assert taken == 100


def test_calls_run_side_by_side() -> None:
    both = threading.Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as pool:
        list(map_ahead(pool, lambda _: both.wait(), range(4), ahead=2))


def test_an_error_arrives_at_its_place_and_ends_the_work() -> None:
    def picky(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item

    with ThreadPoolExecutor(2) as pool:
        results = map_ahead(pool, picky, range(5), ahead=3)
        assert [next(results), next(results)] == [0, 1]
        with pytest.raises(ValueError, match="two"):
            next(results)
        assert list(results) == []


def test_stopping_the_iteration_cancels_calls_that_have_not_started() -> None:
    begun: list[int] = []
    gate = threading.Event()

    def slow(item: int) -> int:
        begun.append(item)
        if item:
            gate.wait(60)
        return item

    with ThreadPoolExecutor(1) as pool:
        results = map_ahead(pool, slow, range(100), ahead=20)
        assert next(results) == 0
        results.close()
        gate.set()
    assert begun in ([0], [0, 1])


def test_an_error_of_the_items_cancels_too() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the folder is gone")

    with ThreadPoolExecutor(1) as pool, pytest.raises(OSError, match="gone"):
        list(map_ahead(pool, str, items(), ahead=4))


def test_nothing_starts_before_the_first_result_is_requested() -> None:
    begun: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        map_ahead(pool, begun.append, range(3), ahead=3)
    assert begun == []


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1


def test_quick_calls_are_made_here_and_keep_their_places() -> None:
    here = threading.get_ident()

    def where(item: int) -> tuple[int, bool]:
        time.sleep(0.01 * (item % 2))
        return item, threading.get_ident() == here

    with ThreadPoolExecutor(2) as pool:
        results = list(map_ahead(pool, where, range(20), 6, lambda item: item % 2 == 0))
    assert results == [(item, item % 2 == 0) for item in range(20)]


def test_an_error_of_a_quick_call_arrives_at_its_place() -> None:
    def picky(item: int) -> int:
        time.sleep(0.05 * (item == 0))
        return 10 // (item - 1)

    with ThreadPoolExecutor(1) as pool:
        results = map_ahead(pool, picky, range(3), 3, lambda item: item == 1)
        assert next(results) == -10
        with pytest.raises(ZeroDivisionError):
            next(results)


@pytest.mark.parametrize(
    ("files", "quota"),
    [
        ({}, None),
        ({"cpu.max": "max 100000\n"}, None),
        ({"cpu.max": "150000 100000\n"}, 1.5),
        ({"cpu.max": "nonsense\n"}, None),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, None),
        ({"cpu/cpu.cfs_quota_us": "50000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 0.5),
    ],
)
def test_a_containers_quota_is_found(
    files: dict[str, str], quota: float | None, tmp_path: Path
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert cpu_quota(tmp_path) == quota


def test_a_containers_quota_limits_the_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpu.max").write_text("10000 100000\n")
    monkeypatch.setattr("catdog_sorter.parallel._CGROUPS", tmp_path)
    assert cores() == 1
