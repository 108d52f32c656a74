"""Messages of `sort` on folders that belong to programs, and on files the user left out."""

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree
from tests.support.output import printed


@pytest.fixture
def sort(colour_bundle: ModelBundle):
    def run(*words: object):
        model = ["--model", str(colour_bundle.folder)]
        return CliRunner().invoke(app, ["sort", "--yes", *model, *map(str, words)])

    return run


def test_folders_of_programs_are_counted_and_named_once(tmp_path: Path, sort) -> None:
    for number in range(5):
        draw(tmp_path / f"{number}" / "@eaDir" / "a.png", "cat")
    draw(tmp_path / "Talk.key" / "b.png", "dog")
    before = tree(tmp_path)
    result = sort(tmp_path)
    (line,) = [line for line in result.stderr.splitlines() if "Left alone" in line]
    assert "5 folders of thumbnails or caches (" in line and ", ...)" in line
    assert "1 document that is a folder (" in line
    assert tree(tmp_path) == before
    report = printed(sort(tmp_path, "--json").stdout).summary
    assert report["left_alone"][0] == {
        "kind": "document",
        "folders": 1,
        "examples": [str(tmp_path / "Talk.key")],
    }


def test_photos_that_are_in_icloud_only_are_named(tmp_path: Path, sort) -> None:
    draw(tmp_path / "a.png", "cat")
    (tmp_path / ".b.jpg.icloud").touch()
    (tmp_path / ".note.txt.icloud").touch()
    result = sort(tmp_path)
    assert (
        f"1 photo is in iCloud only ({tmp_path / '.b.jpg.icloud'} is a placeholder)."
        in result.stderr
    )


@pytest.mark.parametrize("option", ["--exclude", "settings", "folder's settings"])
def test_excluded_photos_stay(tmp_path: Path, sort, home: Path, option: str) -> None:
    photos = tmp_path / "photos"
    draw(photos / "a.png", "cat")
    draw(photos / "b.png", "cat", shade=1)
    if option == "--exclude":
        result = sort(photos, "--exclude", "b.*")
    else:
        file = home / "config.toml" if option == "settings" else photos / ".catdog-sort.toml"
        file.write_text('exclude = ["b.*"]\n')
        result = sort(photos)
    assert result.exit_code == 0
    assert set(tree(photos)) - {".catdog-sort.toml"} == {"b.png", "cat/a.png"}
    assert "1 excluded photo" in result.stderr


def test_suffixes_of_companions_can_be_added(tmp_path: Path, sort) -> None:
    draw(tmp_path / "a.png", "cat")
    (tmp_path / "a.foo").touch()
    sort(tmp_path, "--companion", "foo")
    assert set(tree(tmp_path)) == {"cat/a.png", "cat/a.foo"}


def test_edits_follow_their_original_or_are_judged_apart(tmp_path: Path, sort) -> None:
    draw(tmp_path / "IMG_1.png", "cat")
    draw(tmp_path / "IMG_E1.png", "dog")
    sort(tmp_path)
    assert set(tree(tmp_path)) == {"cat/IMG_1.png", "cat/IMG_E1.png"}
    CliRunner().invoke(app, ["undo"])
    sort(tmp_path, "--separate-edits")
    assert set(tree(tmp_path)) == {"cat/IMG_1.png", "dog/IMG_E1.png"}


def test_folders_with_a_database_are_not_sorted_unasked(tmp_path: Path, sort) -> None:
    draw(tmp_path / "2020" / "a.png", "cat")
    (tmp_path / "digikam4.db").touch()
    before = tree(tmp_path)
    warning = f"digiKam keeps a database of {tmp_path}; --tag or --mode copy keeps it intact."
    unasked = CliRunner().invoke(app, ["sort", str(tmp_path)])
    assert unasked.exit_code == 2
    assert "--yes" in unasked.stderr
    assert tree(tmp_path) == before
    assert warning in sort(tmp_path, "--dry-run").stderr
    assert warning not in sort(tmp_path, "--mode", "copy").stderr
    CliRunner().invoke(app, ["undo"])
    agreed = sort(tmp_path)
    assert (agreed.exit_code, agreed.stderr.count(warning)) == (0, 1)
    assert "1 photo there stays, because that program would not find it" in agreed.stderr
    assert tree(tmp_path) == before
    result = sort(tmp_path, "--break-catalogs")
    assert (result.exit_code, result.stderr.count(warning)) == (0, 1)
    assert set(tree(tmp_path)) == {"digikam4.db", "cat/2020/a.png"}


@pytest.mark.parametrize("answer", ["y", "n"])
def test_photos_of_a_catalog_are_asked_for(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    draw(tmp_path / "mine" / "a.png", "cat")
    draw(tmp_path / "session" / "b.png", "cat", shade=1)
    (tmp_path / "session" / "My.cosessiondb").touch()
    monkeypatch.setattr("catdog_sorter.cli.console._is_terminal", lambda stream: True)
    words = ["sort", str(tmp_path), "--model", str(colour_bundle.folder)]
    result = CliRunner().invoke(app, words, input=f"{answer}\ny\n")
    question = f"Capture One keeps a database of {tmp_path / 'session'}, which will not find"
    assert (result.exit_code, question in result.stderr) == (0, True)
    moved = {"cat/session/b.png"} if answer == "y" else {"session/b.png"}
    assert set(tree(tmp_path)) == {"cat/mine/a.png", "session/My.cosessiondb", *moved}


def test_a_library_of_apple_photos_keeps_nothing_beside_it_from_being_sorted(
    tmp_path: Path, sort
) -> None:
    draw(tmp_path / "a.png", "cat")
    draw(tmp_path / "Photos.photoslibrary" / "originals" / "b.png", "cat", shade=1)
    result = sort(tmp_path)
    assert "Apple Photos may keep a database of" in result.stderr
    assert set(tree(tmp_path)) == {"cat/a.png", "Photos.photoslibrary/originals/b.png"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_photos_in_albums_of_links_stay_and_are_named(tmp_path: Path, sort) -> None:
    draw(tmp_path / "all" / "a.png", "cat")
    (tmp_path / "album").mkdir()
    (tmp_path / "album" / "a.png").symlink_to("../all/a.png")
    before = tree(tmp_path)
    result = sort(tmp_path)
    named = f"{tmp_path}/all/a.png: linked from {tmp_path}/album/a.png"
    assert named in result.stderr
    assert tree(tmp_path) == before
    sort(tmp_path, "--mode", "copy")
    assert "cat/all/a.png" in tree(tmp_path)
    CliRunner().invoke(app, ["undo"])
    sort(tmp_path, "--break-links")
    assert set(tree(tmp_path)) == {"cat/all/a.png", "album/a.png"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_links_can_be_relative(tmp_path: Path, sort, home: Path) -> None:
    draw(tmp_path / "p" / "a.png", "cat")
    (home / "config.toml").write_text("relative-links = true\n")
    assert sort(tmp_path / "p", "--dry-run").exit_code == 0  # a setting may stand unused
    refused = sort(tmp_path / "p", "--relative-links")
    assert (refused.exit_code, "Give that too" in refused.stderr) == (2, True)
    assert sort(tmp_path / "p", "--mode", "symlink").exit_code == 0
    (tmp_path / "p").rename(tmp_path / "q")
    assert (tmp_path / "q" / "cat" / "a.png").read_bytes()
    assert os.readlink(tmp_path / "q" / "cat" / "a.png") == "../a.png"


def test_companions_that_come_late_follow_their_photo(tmp_path: Path, sort) -> None:
    draw(tmp_path / "a.png", "cat")
    sort(tmp_path)
    (tmp_path / "a.mov").touch()
    (tmp_path / "a.png.xmp").touch()
    (tmp_path / "b.mov").touch()
    report = printed(sort(tmp_path, "--json").stdout)
    late = [(str(tmp_path / name), str(tmp_path / "cat" / name)) for name in ("a.png.xmp", "a.mov")]
    assert (report.moves, [line["late"] for line in report.lines]) == (late, [True, True])
    assert (report.summary["found"], report.summary["run"]) == (0, 2)
    draw(tmp_path / "a-edited.png", "dog")
    dry = sort(tmp_path, "--dry-run")
    assert f"{tmp_path}/a-edited.png -> {tmp_path}/cat/a-edited.png\n" in dry.stdout
    assert "1 file would be moved to photos that were sorted earlier." in dry.stderr
    sort(tmp_path)
    cats = {f"cat/{name}" for name in ("a.png", "a.png.xmp", "a.mov", "a-edited.png")}
    assert set(tree(tmp_path)) == {*cats, "b.mov"}
    (tmp_path / "a.aae").touch()
    (tmp_path / "cat" / "a.png").unlink()
    assert f"{tmp_path}/a.aae: The photo was changed" in sort(tmp_path).stderr


def folders(top: Path) -> set[str]:
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_dir()}


def test_emptied_folders_are_removed_and_restored(tmp_path: Path, sort) -> None:
    draw(tmp_path / "2020" / "a" / "x.png", "cat")
    draw(tmp_path / "2020" / "b" / "y.png", "cat")
    draw(tmp_path / "2021" / "c" / "z.png", "cat")
    (tmp_path / "2021" / "empty before").mkdir()
    (tmp_path / "2020" / "a").chmod(0o750)
    before = folders(tmp_path)
    result = sort(tmp_path, "--flat")
    assert folders(tmp_path) == {"2021", "2021/empty before", "cat"}
    assert "4 folders removed" in result.stderr
    CliRunner().invoke(app, ["undo"])
    assert folders(tmp_path) == before
    assert (tmp_path / "2020" / "a").stat().st_mode & 0o777 == 0o750


def test_files_of_file_managers_are_removed_with_their_folder_and_restored(
    tmp_path: Path, sort
) -> None:
    draw(tmp_path / "a" / "x.png", "cat")
    draw(tmp_path / "b" / "y.png", "cat")
    (tmp_path / "a" / ".DS_Store").write_bytes(b"Bud1")
    (tmp_path / "a" / "Thumbs.db").write_bytes(b"cache")
    (tmp_path / "a" / "Thumbs.db").chmod(0o640)
    (tmp_path / "b" / "desktop.ini").write_bytes(bytes(2 << 20))
    before = tree(tmp_path)
    result = sort(tmp_path, "--flat")
    assert "1 folder removed, as empty except for files of file managers" in result.stderr
    assert folders(tmp_path) == {"b", "cat"}
    CliRunner().invoke(app, ["undo"])
    assert tree(tmp_path) == before
    assert (tmp_path / "a" / "Thumbs.db").stat().st_mode & 0o777 == 0o640


def test_emptied_folders_can_be_kept(tmp_path: Path, sort) -> None:
    draw(tmp_path / "a" / "x.png", "cat")
    sort(tmp_path, "--flat", "--keep-empty-folders")
    assert folders(tmp_path) == {"a", "cat"}
    CliRunner().invoke(app, ["undo"])
    sort(tmp_path / "a", "--flat")
    assert folders(tmp_path) == {"a", "a/cat"}
