import pytest

from catdog_sorter.errors import CatdogError
from catdog_sorter.spooled_dict import SpooledDict

MANY = 10_000


def test_texts_are_told_apart_whatever_they_hold() -> None:
    kept = SpooledDict()
    texts = ["a", "A", "a\0", "a\udcff", "\ud83d\ude00", "\U0001f600", ""]
    for number, text in enumerate(texts):
        assert text not in kept
        kept[text] = str(number)
    kept["a"] = "b\udcff"
    assert [kept.get(text) for text in texts] == ["b\udcff", *map(str, range(1, len(texts)))]
    assert kept.get("b") is None


def test_very_many_are_all_known_when_they_have_left_memory() -> None:
    kept = SpooledDict()
    folder = "a folder with a name of some length/" * 10
    for number in range(MANY):
        kept[f"{folder}{number}.jpg"] = str(number)
    for number in range(0, MANY, 7):
        assert kept.get(f"{folder}{number}.jpg") == str(number)
    assert f"{folder}x.jpg" not in kept


def test_a_full_disk_is_named() -> None:
    kept = SpooledDict()
    kept._rows.execute("PRAGMA max_page_count = 100")
    with pytest.raises(CatdogError, match=r"full.*TMPDIR"):
        for number in range(MANY):
            kept[str(number)] = "x" * 100
