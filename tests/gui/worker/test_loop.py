"""The worker process, driven through its pipes without a window."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.gui.worker import handlers, messages
from catdog_sorter.labels import Prediction, Unreadable
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting
from tests.support.colours import tree


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "catdog_sorter.gui.worker.loop"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        if process.stdin is not None and not process.stdin.closed:
            process.stdin.close()
        assert process.wait(60) == 0


def answers(
    worker: subprocess.Popen[bytes], *requests: messages.WorkerRequest
) -> list[list[object]]:
    """All events of each request, its end last."""
    for number, request in enumerate(requests):
        worker.stdin.write(messages.packed((number, request)))
    worker.stdin.flush()
    said: list[list[object]] = [[] for _ in requests]
    buffer, open_requests = bytearray(), len(requests)
    while open_requests:
        buffer += worker.stdout.read1()
        for number, message in messages.unpacked(buffer):
            if isinstance(message, list):
                said[number] += message
            else:
                said[number].append(message)
                open_requests -= 1
    return said


def test_every_photo_is_found_before_its_result_and_gets_one(
    worker, pictures: Path, colour_bundle: ModelBundle
) -> None:
    model = str(colour_bundle.folder)
    (said,) = answers(worker, messages.Classify((pictures,), Sorting(DEFAULT_FOLDERS), model))
    (ready,) = [event for event in said if isinstance(event, messages.ModelReady)]
    assert ready.own_thresholds == colour_bundle.thresholds
    known: set[Path] = set()
    results: list[Path] = []
    for event in said:
        if isinstance(event, messages.Found):
            known |= {photo.path for photo in event.photos}
        elif isinstance(event, Prediction | Unreadable):
            assert event.path in known
            results.append(event.path)
    assert sorted(results) == sorted(known)
    assert len(results) == 6
    assert said[-1] == messages.Done()


def test_what_is_found_is_shown_while_the_model_is_being_opened(
    pictures: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_seen = threading.Event()
    open_model = handlers.warm_start.open_model

    def open_once_seen(model: str | None):
        assert is_seen.wait(60)
        return open_model(model)

    monkeypatch.setattr(handlers.warm_start, "open_model", open_once_seen)
    model = str(colour_bundle.folder)
    events = handlers.classify(messages.Classify((pictures,), Sorting(DEFAULT_FOLDERS), model))
    first = next(events)
    assert isinstance(first, messages.Found) and first.photos
    is_seen.set()
    assert any(isinstance(event, messages.ModelReady) for event in events)


def test_photos_classified_earlier_are_not_classified_again(
    pictures: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catdog_sorter.classification.cache.SETTLED_S", 0.0)
    request = messages.Classify((pictures,), Sorting(DEFAULT_FOLDERS), str(colour_bundle.folder))

    def verdicts() -> list[object]:
        return [event for event in handlers.classify(request) if isinstance(event, Prediction)]

    def refuse(*_: object, **__: object) -> None:
        raise UnreadablePhoto("It was looked at again.")

    first = verdicts()
    monkeypatch.setattr("catdog_sorter.classification.pipeline.DecoderPool.decode", refuse)
    assert verdicts() == first
    assert len(first) == 5


def test_an_error_ends_one_request_and_the_next_works(
    worker, pictures: Path, tmp_path: Path
) -> None:
    missing = messages.Classify((tmp_path / "no",), Sorting(DEFAULT_FOLDERS))
    failed, drawn = answers(worker, missing, messages.Decode(pictures / "a.png", 8))
    assert failed == [messages.Failed(f"{tmp_path / 'no'} does not exist. Check the spelling, or "
                                      "give another path.")]  # fmt: skip
    picture, end = drawn
    assert (picture.width, picture.height, len(picture.rgb)) == (8, 6, 8 * 6 * 3)
    assert picture.rgb[:3] == bytes((255, 0, 0))
    assert end == messages.Done()


def test_a_bad_photo_is_a_value(worker, pictures: Path) -> None:
    ((problem, end),) = answers(worker, messages.Decode(pictures / "f.jpg", 8))
    assert isinstance(problem, Unreadable)
    assert end == messages.Done()


def test_a_window_that_vanishes_ends_the_process_and_moves_nothing(
    worker, pictures: Path, colour_bundle: ModelBundle
) -> None:
    before = tree(pictures)
    model = str(colour_bundle.folder)
    request = messages.Classify((pictures,), Sorting(DEFAULT_FOLDERS), model)
    worker.stdin.write(messages.packed((1, request)))
    worker.stdin.close()
    worker.stdout.close()
    assert worker.wait(60) == 0
    assert tree(pictures) == before


def test_messages_survive_being_cut_anywhere() -> None:
    content = messages.packed((1, "one")) + messages.packed((2, ["two"]))
    for cut in range(len(content)):
        buffer = bytearray(content[:cut])
        first = list(messages.unpacked(buffer))
        buffer += content[cut:]
        assert first + list(messages.unpacked(buffer)) == [(1, "one"), (2, ["two"])]
        assert not buffer


def test_the_first_results_do_not_wait_for_all_photos_to_be_told(
    many: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "_MOST_NEWS", 2)
    monkeypatch.setattr(handlers, "_PAUSE_S", 60.0)
    told: list[Path] = []
    told_at_results: list[int] = []
    request = messages.Classify((many,), Sorting(DEFAULT_FOLDERS), str(colour_bundle.folder))
    for event in handlers.classify(request):
        if isinstance(event, messages.Found):
            assert len(event.photos) <= 2
            told += [photo.path for photo in event.photos]
        elif isinstance(event, Prediction):
            assert event.path in told
            told_at_results.append(len(told))
    assert told_at_results[0] < 10
    assert len(told_at_results) == len(told) == 40
