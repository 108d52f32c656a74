"""Results in order, work bounded, and nothing begun after the caller has stopped."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.parallel import cores, map_ahead


@given(st.lists(st.integers()), st.integers(1, 8), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_results_come_in_order_each_once(items: list[int], ahead: int, threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        assert list(map_ahead(pool, lambda item: item * 2, items, ahead)) == [
            item * 2 for item in items
        ]


def test_a_slow_call_holds_its_place() -> None:
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
    both = threading.Barrier(2, timeout=10)
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


def test_to_stop_iterating_cancels_what_has_not_begun() -> None:
    begun: list[int] = []
    gate = threading.Event()

    def slow(item: int) -> int:
        begun.append(item)
        if item:
            gate.wait(10)
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


def test_nothing_is_begun_before_the_first_result_is_asked_for() -> None:
    begun: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        map_ahead(pool, begun.append, range(3), ahead=3)
    assert begun == []


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
