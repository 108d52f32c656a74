import io
import os
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra `ray`")

from catdog_sorter.cluster.listing import ListedPhoto, find_items, read_part, write_listing
from catdog_sorter.cluster.storage import Storage, Url
from catdog_sorter.errors import UsageError
from catdog_sorter.photos.find import Scope
from tests.support.colours import draw


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    for name in ("b.png", "a b%20#?.png", ".hidden.png", "deep/d.png", "@eaDir/e.png"):
        draw(folder / name, "cat")
    (folder / "b.nef").write_bytes(b"the raw twin of b.png")
    (folder / "notes.txt").write_text("no photo")
    return folder


def paths(*sources: object, recursive: bool = True) -> list[str]:
    words = [str(source) for source in sources]
    return [item.path for item in find_items(words, Storage.knowing(words), Scope(recursive))]


@pytest.mark.parametrize("scheme", ["file", "local"])  # Arrow's own, and fsspec's
def test_a_url_gives_the_photos_that_the_folder_gives(pictures: Path, scheme: str) -> None:
    here = paths(pictures)
    assert [os.path.relpath(path, pictures) for path in here] == [
        "a b%20#?.png",
        "b.png",
        os.path.join("deep", "d.png"),
    ]
    url = f"{scheme}://{pictures.as_posix()}"
    if scheme == "file":
        assert paths(url) == [f"file://{path}" for path in here]
    assert paths(url, recursive=False) == [f"{scheme}://{path}" for path in here[:2]]


def test_a_list_counts_line_by_line(pictures: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(pictures)
    (tmp_path / "list.txt").write_bytes(b"b.png\r\n\n/gone/x.jpg\ns3://bucket/c d.jpg\nb.png\n")
    here = str(pictures / "b.png")
    expected = [here, os.path.abspath("/gone/x.jpg"), "s3://bucket/c d.jpg", here]
    assert paths(f"@{tmp_path / 'list.txt'}") == expected


@pytest.mark.parametrize(
    "source", ["@nowhere.txt", "file:///nowhere", "local:///nowhere", "no://x"]
)
def test_a_source_that_is_not_there_is_a_usage_error(source: str) -> None:
    with pytest.raises(UsageError, match=r"nowhere|no://x"):
        paths(source)


def test_parts_give_back_what_was_listed(tmp_path: Path) -> None:
    items = [
        ListedPhoto("/a\n.jpg"),
        ListedPhoto("/caf\udce9.jpg"),
        ListedPhoto("/b", "It is a link."),
        ListedPhoto("s3://b/ü"),
    ]
    file = io.BytesIO()
    listing = write_listing(items, 3, file)
    (tmp_path / "list").write_bytes(file.getvalue())
    place = Storage().place(str(tmp_path / "list"))
    assert [part.photos for part in listing.parts] == [3, 1]
    assert [i for part in listing.parts for i in read_part(place, part.start, part.end)] == items
    assert write_listing(items[::-1], 3, io.BytesIO()).sha256 != listing.sha256


def test_what_opens_a_store_is_not_in_the_names_of_its_photos() -> None:
    url = Url.of("s3://me:secret@bucket/a/b.jpg?region=x", has_options=True)
    assert url == Url("s3://bucket", "a/b.jpg", "s3://me:secret@bucket/?region=x")
    assert str(url) == "s3://bucket/a/b.jpg"
    storage = Storage.knowing(["s3://me:secret@bucket/a?region=x", "s3://bucket/verdicts"])
    assert storage.addresses == {"s3://bucket": url.address}
    assert "secret" not in repr(storage)
    with pytest.raises(UsageError) as caught:
        paths("s3://me:secret@bucket/a?region=x&no=option")
    assert "secret" not in str(caught.value)
    assert storage.place("s3://bucket/a/50%?#.jpg").path == "bucket/a/50%?#.jpg"
