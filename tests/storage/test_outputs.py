"""A file that the user names for output is replaced only if this program wrote it."""

import os
import threading
from pathlib import Path

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.storage.outputs import (
    OutputKind,
    claim_folder,
    csv_kind,
    json_lines_kind,
    open_output,
    refuse_other_file,
)

TABLE = csv_kind("table", ["path", "label"])
LINES = json_lines_kind("list", [["path", "error"], ["path", "label"]], ["path", "label", "error"])
PATHS = OutputKind("list of paths", None)


def test_a_new_file_is_written_and_then_replaced(tmp_path: Path) -> None:
    for text in ("path,label\na,cat\nb,dog\n", "path,label\n"):
        with open_output(tmp_path / "t.csv", TABLE) as file:
            file.write(text)
        assert (tmp_path / "t.csv").read_bytes() == text.encode()


@pytest.mark.parametrize(
    "content",
    [
        *(b"\xff\xd8\xff\xe0 a photo", b"RIFF\r\0\r more\nof a photo", b"\0" * 9, b"/p/a.jpg\n"),
        *(b"x,y\n1,2\n", b'{"path": "a"}\n', b'{"path": 1, "label": "a", "other": 2}\n'),
    ],
)
@pytest.mark.parametrize("kind", [TABLE, LINES, PATHS])
def test_what_is_not_ours_stays_as_it_is(content: bytes, kind: OutputKind, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(UsageError, match="is not replaced"):
        open_output(tmp_path / "f", kind)
    with pytest.raises(UsageError, match="is not replaced"):
        refuse_other_file(tmp_path / "f", kind)
    assert (tmp_path / "f").read_bytes() == content


def test_a_photo_behind_a_link_stays_too(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "log").symlink_to("photo")
    with pytest.raises(UsageError, match="is not replaced"):
        open_output(tmp_path / "log", LINES)
    assert (tmp_path / "photo").read_bytes() == b"\xff\xd8\xff"


def test_nothing_is_made_behind_a_dead_link(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to("elsewhere")
    with pytest.raises(UsageError):
        open_output(tmp_path / "log", LINES)
    assert not (tmp_path / "elsewhere").exists()


def test_json_lines_of_ours_are_known_by_their_first_object(tmp_path: Path) -> None:
    (tmp_path / "l").write_text('{"path": "a", "label": "cat"}\n{"what": "ever"}\n')
    with open_output(tmp_path / "l", LINES) as file:
        file.write("{}")
    assert (tmp_path / "l").read_text() == "{}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reading = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reading.start()
    with open_output(tmp_path / "pipe", TABLE) as file:
        file.write("path,label\n")
    reading.join(10)
    assert got == [b"path,label\n"]


def test_a_folder_of_other_files_is_not_claimed(tmp_path: Path) -> None:
    page = OutputKind("report", lambda text: text.startswith("ours"))
    claim_folder(tmp_path / "new", "report.html", page)
    (tmp_path / "new" / "report.html").write_text("ours")
    (tmp_path / "new" / "a.png").write_text("a figure")
    claim_folder(tmp_path / "new", "report.html", page)
    (tmp_path / "new" / "report.html").write_text("theirs")
    with pytest.raises(UsageError, match="is not replaced"):
        claim_folder(tmp_path / "new", "report.html", page)
    (tmp_path / "new" / "report.html").unlink()
    with pytest.raises(UsageError, match="holds other files"):
        claim_folder(tmp_path / "new", "report.html", page)
