from pathlib import Path

import pytest

from catdog_sorter.errors import TrainingError
from catdog_sorter.training.data.groups import PhotoDetails, group_of, read_details


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("fox", "animals"),
        ("bear-black", "animals"),
        ("clear-Small-Mammal", "animals"),
        ("mixed", "animals"),
        ("fried-chicken", "confusable"),
        ("muffin", "confusable"),
        ("depicted:dog-cartoon", "depicted"),
        ("teddy-bear", "everyday"),
        ("room-sofa", "everyday"),
        ("carpet", "everyday"),
        ("", "everyday"),
    ],
)
def test_the_kind_of_a_photo_of_neither_decides_its_group(kind: str, group: str) -> None:
    assert group_of(kind) == group


def test_a_manifest_in_the_folder_or_above_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "test").mkdir()
    (tmp_path / "manifest.csv").write_text(
        "file,label,source,sha256,kind,animal_share\n"
        "test/a.jpg,neither,web,00,fox,\n"
        "test/b.jpg,cat,voc,00,,0.08\n"
        "test/c.jpg,dog,voc,00,,\n"
    )
    expected = {
        tmp_path / "test" / "a.jpg": PhotoDetails("animals", "fox"),
        tmp_path / "test" / "b.jpg": PhotoDetails(animal_share=0.08),
        tmp_path / "test" / "c.jpg": PhotoDetails(),
    }
    for data in (tmp_path, tmp_path / "test"):
        assert read_details(data) == expected


def test_a_column_of_groups_counts_before_the_kind(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,label,kind,group\na.jpg,neither,fox,depicted\n")
    assert read_details(tmp_path) == {tmp_path / "a.jpg": PhotoDetails("depicted", "fox")}


def test_without_a_manifest_nothing_is_known(tmp_path: Path) -> None:
    assert read_details(tmp_path) == {}


@pytest.mark.parametrize("content", [b"\xff\xfe", b"file,label,animal_share\na.jpg,cat,large\n"])
def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.csv").write_bytes(content)
    with pytest.raises(TrainingError, match=r"manifest\.csv cannot be read"):
        read_details(tmp_path)
