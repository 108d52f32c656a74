import io
import os
import pickle
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from catdog_sorter.errors import CatdogError
from catdog_sorter.labels import Unreadable
from catdog_sorter.storage.spool import Spool, SpooledDict

MANY = 10_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")


def items(count: int) -> list[Unreadable]:
    return [Unreadable(Path(f"/photos/{n}\udcff.jpg"), "Why.") for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, MANY])
def test_items_are_read_in_order_any_number_of_times(count: int) -> None:
    kept = Spool(items(count))
    assert (len(kept), bool(kept)) == (count, count > 0)
    assert list(kept) == list(kept) == items(count)
    assert list(pickle.loads(pickle.dumps(kept))) == items(count)


def test_two_read_side_by_side_and_one_adds_later() -> None:
    kept = Spool(range(1_000))
    assert list(zip(kept, kept, strict=True)) == [(n, n) for n in range(1_000)]
    kept.append(1_000)
    assert list(kept) == list(range(1_001))
    assert 1_000 in kept and 1_001 not in kept


def test_texts_are_told_apart_whatever_they_hold() -> None:
    kept = SpooledDict()
    texts = ["a", "A", "a\0", "a\udcff", "\ud83d\ude00", "\U0001f600", ""]
    for number, text in enumerate(texts):
        assert text not in kept
        kept[text] = str(number)
    kept["a"] = "b\udcff"
    assert [kept.get(text) for text in texts] == ["b\udcff", *map(str, range(1, len(texts)))]
    assert kept.get("b") is None


def test_texts_are_known_when_they_have_left_memory() -> None:
    kept = SpooledDict()
    folder = "a folder with a name of some length/" * 10
    for number in range(MANY):
        kept[f"{folder}{number}.jpg"] = str(number)
    for number in range(0, MANY, 7):
        assert kept.get(f"{folder}{number}.jpg") == str(number)
    assert f"{folder}x.jpg" not in kept


@linux
def test_no_other_process_sees_the_files_and_they_end_with_their_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    before = open_files()
    kept, names = Spool(items(MANY)), SpooledDict()
    for number in range(MANY):
        names[f"{number} {'x' * 300}"] = "y" * 100
    new = open_files() - before
    assert len(new) == 2
    for number in new:
        status = os.fstat(number)
        assert status.st_nlink == 0 and stat.S_IMODE(status.st_mode) == 0o600
        assert status.st_size > 200_000
    assert list(tmp_path.iterdir()) == []
    del kept, names
    assert open_files() == before


def open_files() -> set[int]:
    return {int(name) for name in os.listdir("/proc/self/fd") if os.path.exists(f"/dev/fd/{name}")}


@pytest.mark.parametrize("fits", [0, 200_000])
def test_a_full_disk_is_named_and_what_was_added_can_be_read(
    fits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: FullDisk(fits))
    kept = Spool[Unreadable]()
    with pytest.raises(CatdogError, match=r"No space left.*another folder in .* TMPDIR"):
        for item in items(MANY):
            kept.append(item)
    assert 1_000 < len(kept) < MANY
    assert list(kept) == items(len(kept))


class FullDisk(io.BytesIO):
    """A full disk: takes a part of the data and refuses the rest."""

    def __init__(self, fits: int) -> None:
        super().__init__()
        self._fits = fits

    def write(self, content: Any) -> int:
        if self.tell() >= self._fits:
            raise OSError(28, "No space left on device")
        return super().write(content[: self._fits - self.tell()])


def test_a_dict_on_a_full_disk_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = SpooledDict()
    kept._rows.execute("PRAGMA max_page_count = 100")
    with pytest.raises(CatdogError, match=r"full.*TMPDIR"):
        for number in range(MANY):
            kept[str(number)] = "x" * 100
