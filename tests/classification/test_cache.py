"""A stored answer is used only for the same photo and model; an unusable cache stops no run."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from catdog_sorter.classification import cache as caches
from catdog_sorter.classification.cache import Cache, clear, describe
from catdog_sorter.errors import CacheError
from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.labels import Answer


@pytest.fixture(autouse=True)
def old_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the cache store answers for files that were just written."""
    monkeypatch.setattr(caches, "SETTLED_S", 0.0)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"the first picture")
    os.utime(path, ns=(10**18, 10**18))
    return path


def key_of(cache: Cache, photo: Path) -> bytes | None:
    return cache.key(photo, FileIdentity.of(photo.stat()))


def remember(photo: Path, told: list[str], setup: str = "model") -> None:
    with Cache(setup, told.append) as cache:
        key = key_of(cache, photo)
        assert key is not None
        cache.put(key, Answer(0.75, 0.125))


def recall(photo: Path, told: list[str], setup: str = "model") -> Answer | None:
    with Cache(setup, told.append) as cache:
        key = key_of(cache, photo)
        return cache.get(key) if key else None


def test_an_unchanged_photo_gets_its_answer_again(photo: Path, told: list[str]) -> None:
    remember(photo, told)
    assert recall(photo, told) == Answer(0.75, 0.125)
    assert told == []


def test_another_model_gets_no_answer(photo: Path, told: list[str]) -> None:
    remember(photo, told)
    assert recall(photo, told, "another model") is None


@pytest.mark.parametrize("keeps", ["nothing", "size", "time", "size and time"])
def test_an_edited_photo_gets_no_answer(photo: Path, told: list[str], keeps: str) -> None:
    remember(photo, told)
    old = photo.stat()
    time.sleep(0.02)  # the clock of the file system ticks
    photo.write_bytes(b"another picture 1" if "size" in keeps else b"another, longer picture")
    if "time" in keeps:
        os.utime(photo, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert recall(photo, told) is None


@pytest.mark.parametrize("way", ["replaced", "renamed over"])
def test_another_file_under_the_same_name_gets_no_answer(
    photo: Path, told: list[str], way: str
) -> None:
    remember(photo, told)
    old = photo.stat()
    other = photo.with_name("b.jpg")
    other.write_bytes(b"another picture 1")
    os.utime(other, ns=(old.st_atime_ns, old.st_mtime_ns))
    if way == "replaced":
        photo.unlink()
    os.replace(other, photo)
    assert recall(photo, told) is None


def test_another_name_for_the_same_content_gets_no_answer(photo: Path, told: list[str]) -> None:
    remember(photo, told)
    other = photo.with_name("b.jpg")
    other.write_bytes(photo.read_bytes())
    assert recall(other, told) is None


def test_a_photo_changed_just_now_is_not_relied_on(
    photo: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "SETTLED_S", 2.0)
    with Cache("model", told.append) as cache:
        assert key_of(cache, photo) is None


def test_names_of_photos_are_not_kept(photo: Path, told: list[str], home: Path) -> None:
    remember(photo, told)
    assert all(b"a.jpg" not in file.read_bytes() for file in home.iterdir())


@pytest.mark.parametrize("damage", ["overwritten", "cut", "no tables"])
def test_a_damaged_cache_is_thrown_away_with_a_message(
    photo: Path, told: list[str], damage: str
) -> None:
    remember(photo, told)
    path = describe().path
    if damage == "overwritten":
        path.write_bytes(b"no database at all, but long enough to be one" * 100)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:4096] + bytes(4096))
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE answers")
        connection.close()
    with Cache("model", told.append) as cache:
        key = key_of(cache, photo)
        assert key is not None
        assert cache.get(key) is None
        cache.put(key, Answer(0.5, 0.5))
    assert len(told) == 1
    assert "was deleted" in told[0] and "Nothing else is lost" in told[0]
    assert recall(photo, told) == Answer(0.5, 0.5)


def test_a_cache_that_cannot_be_opened_is_done_without(
    photo: Path, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with Cache("model", told.append, tmp_path / "file" / "cache") as cache:
        assert key_of(cache, photo) is None
    assert len(told) == 1 and told[0].startswith("The cache cannot be used")


def test_a_cache_of_a_newer_version_is_left_alone(photo: Path, told: list[str]) -> None:
    remember(photo, told)
    path = describe().path
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    assert recall(photo, told) is None
    assert "newer" in told[0]
    assert path.read_bytes() == before


def test_two_runs_can_write_at_the_same_time(photo: Path, told: list[str]) -> None:
    other = photo.with_name("b.jpg")
    other.write_bytes(b"b")
    with Cache("model", told.append) as one, Cache("model", told.append) as two:
        for cache, path in ((one, photo), (two, other)):
            key = key_of(cache, path)
            assert key is not None
            cache.put(key, Answer(0.25, 0.5))
    assert recall(photo, told) == recall(other, told) == Answer(0.25, 0.5)
    assert told == []


def test_the_least_recently_used_answers_are_removed_first(
    told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "MAX_ANSWERS", 10)
    keys = [bytes([number]) * 16 for number in range(11)]
    now = time.time()
    for day, number in enumerate([*range(10), 0, 10]):  # photo 0 is met again before the last
        monkeypatch.setattr(caches.time, "time", lambda day=day: now + day * 86_400)
        with Cache("model", told.append) as cache:
            if cache.get(keys[number]) is None:
                cache.put(keys[number], Answer(0.5, 0.5))
    with Cache("model", told.append) as cache:
        kept = [number for number, key in enumerate(keys) if cache.get(key)]
    assert kept == [0, 3, 4, 5, 6, 7, 8, 9, 10]
    assert told == []


def test_that_very_many_are_still_in_use_is_written_in_between(
    told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_WRITE_EVERY", 2)
    keys = [bytes([number]) * 16 for number in range(5)]
    with Cache("model", told.append) as cache:
        for key in keys:
            cache.put(key, Answer(0.5, 0.5))
    now = time.time()
    monkeypatch.setattr(caches.time, "time", lambda: now + 86_400)
    with Cache("model", told.append) as cache:
        assert all(cache.get(key) for key in keys)
        assert len(cache._seen) == 1
    assert told == []


def test_to_clear_forgets_everything(photo: Path, told: list[str]) -> None:
    remember(photo, told)
    assert describe().answers == 1
    assert clear() > 0
    assert describe().answers == 0
    assert recall(photo, told) is None
    assert clear() > 0
    assert clear() == 0


def test_the_content_of_a_damaged_cache_cannot_be_described(photo: Path, told: list[str]) -> None:
    remember(photo, told)
    describe().path.write_bytes(b"x" * 10_000)
    with pytest.raises(CacheError, match="catdog-sort cache clear"):
        describe()


def test_of_a_video_the_moment_is_remembered_too(photo: Path, told: list[str]) -> None:
    with Cache("model", told.append) as cache:
        key = key_of(cache, photo)
        assert key is not None
        cache.put(key, Answer(0.75, 0.125, 3.5))
    assert recall(photo, told) == Answer(0.75, 0.125, 3.5)
