import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_sorter.text import counted, shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Été [1]/日本.jpg", "Été [1]/日本.jpg"),
        (os.fsdecode(b"caf\xe9.jpg"), "caf\\xe9.jpg"),
        ("a\x1b[2J\nb", "a\\x1b[2J\\nb"),
        ("lone \ud800", "lone \\ud800"),
        ("right-to-left \u202egpj", "right-to-left \\u202egpj"),
    ],
)
def test_names_become_one_printable_line(name: str, expected: str) -> None:
    assert shown(name) == expected


def test_paths_are_taken_too() -> None:
    assert shown(Path("a") / "b") == os.path.join("a", "b")


@given(st.text(alphabet=st.characters()))
def test_any_name_can_be_printed(name: str) -> None:
    line = shown(name)
    assert line.isprintable()
    line.encode("utf-8")


def test_counts_read_well() -> None:
    assert [counted(n, "photo") for n in (0, 1, 2, 12345)] == [
        "0 photos",
        "1 photo",
        "2 photos",
        "12,345 photos",
    ]
