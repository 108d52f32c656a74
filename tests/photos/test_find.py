"""Folders, and the photos found in them."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catdog_sorter.errors import UsageError
from catdog_sorter.labels import Unreadable
from catdog_sorter.photos.find import Photo, Scope, find_photos
from tests.support.pictures import encoded, quadrants

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file names or links")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


def put(folder: Path, *names: str, content: bytes = b"x") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def found(
    top: Path, paths: Iterable[Path | str] = (".",), *, recursive: bool = True
) -> dict[str, list[str]]:
    """Photo -> companions, all relative to `top`; an unreadable folder -> its reason."""
    result: dict[str, list[str]] = {}
    for item in find_photos([top / path for path in paths], Scope(recursive)):
        name = item.path.relative_to(top).as_posix()
        assert name not in result, f"{name} came twice"
        if isinstance(item, Unreadable):
            result[name] = [item.reason]
        else:
            result[name] = [path.relative_to(top).as_posix() for path in item.companions]
    return result


class TestWhatCountsAsAPhoto:
    def test_by_suffix_in_any_case(self, tmp_path: Path) -> None:
        names = ["a.jpg", "b.JPG", "c.Jpeg", "d.png", "e.HEIC", "f.webp", "g.avif", "h.NEF"]
        put(tmp_path, *names)
        assert list(found(tmp_path)) == names

    def test_what_only_decodes_is_some_programs_data(self, tmp_path: Path) -> None:
        names = ["scan", "x.dat", "f_000123", "0a1b2c.cache", "my.photoslibrary"]
        put(tmp_path, *names, content=encoded(quadrants(), "JPEG"))
        assert found(tmp_path) == {}
        assert list(found(tmp_path, names)) == names

    def test_damaged_photos_are_found_so_that_they_can_be_reported(self, tmp_path: Path) -> None:
        put(tmp_path, "empty.jpg", content=b"")
        put(tmp_path, "text.jpg", content=b"words")
        assert list(found(tmp_path)) == ["empty.jpg", "text.jpg"]

    def test_unfinished_downloads_are_left_alone(self, tmp_path: Path) -> None:
        jpeg = encoded(quadrants(), "JPEG")
        put(tmp_path, "a.jpg.part", "b.crdownload", "c.jpg.download", "d.tmp", content=jpeg)
        assert found(tmp_path) == {}

    def test_photos_and_documents_are_not_opened(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "a.avi", "b.pdf", "c.json", "d.xmp", "e.jpg", "e.mov", "f")

        def no_open(*args: object, **kwargs: object) -> None:
            raise AssertionError(f"opened {args}")

        monkeypatch.setattr("builtins.open", no_open)
        assert list(found(tmp_path)) == ["e.jpg"]

    def test_hidden_files_and_folders_are_not_searched(self, tmp_path: Path) -> None:
        put(tmp_path, ".a.jpg", "._b.jpg", ".thumbnails/c.jpg", "b.jpg", ".trashed-1-d.jpg")
        assert found(tmp_path) == {"b.jpg": ["._b.jpg"]}

    def test_a_hidden_file_that_is_named_is_meant(self, tmp_path: Path) -> None:
        put(tmp_path, ".a.jpg")
        assert found(tmp_path, [".a.jpg"]) == {".a.jpg": []}

    @pytest.mark.parametrize(
        "folder", ["@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found"]
    )
    def test_thumbnails_and_bins_of_the_system_are_passed_over(
        self, tmp_path: Path, folder: str
    ) -> None:
        put(tmp_path, f"{folder}/a.jpg", "b.jpg")
        assert found(tmp_path) == {"b.jpg": []}

    def test_a_folder_with_a_photo_s_name_is_a_folder(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg/b.jpg")
        assert found(tmp_path) == {"a.jpg/b.jpg": []}

    def test_names_in_another_encoding_than_utf_8(self, tmp_path: Path) -> None:
        name = os.fsdecode(b"caf\xe9.jpg")
        try:
            put(tmp_path, name, os.fsdecode(b"caf\xe9.xmp"))
        except (OSError, UnicodeError):
            pytest.skip("this file system takes Unicode names only")
        (photo,) = find_photos([tmp_path])
        assert isinstance(photo, Photo)
        assert os.fsencode(photo.path.name) == b"caf\xe9.jpg"
        assert [os.fsencode(path.name) for path in photo.companions] == [b"caf\xe9.xmp"]

    @posix
    def test_names_with_everything_else_in_them(self, tmp_path: Path) -> None:
        names = ["a\nb.jpg", "[a] 100%.jpg", "-rf.jpg", " .jpg", "猫🐈.jpg", '"a".jpg', "a\\b.jpg"]
        put(tmp_path, *names)
        assert set(found(tmp_path)) == set(names)


class TestPhotoLibraries:
    @pytest.mark.parametrize("suffix", ["photoslibrary", "aplibrary", "LRLIBRARY"])
    def test_one_inside_is_passed_over(self, tmp_path: Path, suffix: str) -> None:
        put(tmp_path, f"My.{suffix}/originals/a.jpg", "b.jpg")
        assert found(tmp_path) == {"b.jpg": []}

    @pytest.mark.parametrize("inside", ["", "originals", "originals/a.jpg"])
    def test_to_name_one_or_its_inside_is_refused(self, tmp_path: Path, inside: str) -> None:
        put(tmp_path, "My.photoslibrary/originals/a.jpg")
        with pytest.raises(UsageError, match=r"photo manager's library.* Export"):
            find_photos([tmp_path / "My.photoslibrary" / inside])

    @posix
    def test_a_link_to_one_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "My.photoslibrary/a.jpg")
        (tmp_path / "photos").symlink_to("My.photoslibrary")
        with pytest.raises(UsageError, match="library"):
            find_photos([tmp_path / "photos"])


class TestFolders:
    def test_photos_come_before_sub_folders_each_in_order(self, tmp_path: Path) -> None:
        put(tmp_path, "b/z.jpg", "a/y.jpg", "a/a/x.jpg", "B.jpg", "c.jpg", "ä.jpg")
        order = ["B.jpg", "c.jpg", "ä.jpg", "a/y.jpg", "a/a/x.jpg", "b/z.jpg"]
        assert list(found(tmp_path)) == order

    def test_the_order_does_not_hang_on_the_file_system_s(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, *(f"{n}/{m}.jpg" for n in range(3) for m in range(3)), "a.jpg", "a.xmp")
        once = found(tmp_path)
        scandir = os.scandir

        class Backwards:
            def __init__(self, folder: Path) -> None:
                with scandir(folder) as entries:
                    self.entries = list(entries)[::-1]

            def __enter__(self) -> list["os.DirEntry[str]"]:
                return self.entries

            def __exit__(self, *args: object) -> None: ...

        monkeypatch.setattr(os, "scandir", Backwards)
        assert list(found(tmp_path).items()) == list(once.items())

    def test_not_recursive_means_this_folder_only(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg", "sub/b.jpg")
        assert found(tmp_path, recursive=False) == {"a.jpg": []}

    def test_skipped_folders_are_not_entered(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg", "cat/b.jpg", "cat/deep/c.jpg", "trip/cat/d.jpg")
        skip = {tmp_path / "cat"}
        photos = [item.path.name for item in find_photos([tmp_path], skip=skip.__contains__)]
        assert photos == ["a.jpg", "d.jpg"]

    def test_paths_come_absolute_with_the_folder_that_was_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "sub/a.jpg")
        monkeypatch.chdir(tmp_path)
        assert list(find_photos([Path(".")])) == [Photo(tmp_path / "sub/a.jpg", tmp_path)]
        assert list(find_photos([Path("sub/../sub/a.jpg")])) == [
            Photo(tmp_path / "sub/a.jpg", tmp_path / "sub")
        ]

    def test_an_empty_folder_gives_nothing(self, tmp_path: Path) -> None:
        assert found(tmp_path) == {}

    def test_a_missing_path_is_said_before_anything_is_found(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg")
        with pytest.raises(UsageError, match=r"b\.jpg does not exist\. Check the spelling"):
            find_photos([tmp_path, tmp_path / "b.jpg"])

    @posix
    def test_impossible_names_are_missing_paths_too(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="does not exist"):
            find_photos([tmp_path / ("x" * 300)])

    @not_root
    def test_a_folder_that_may_not_be_opened_is_reported_and_the_rest_found(
        self, tmp_path: Path
    ) -> None:
        put(tmp_path, "locked/a.jpg", "open/b.jpg")
        (tmp_path / "locked").chmod(0)
        try:
            result = found(tmp_path)
        finally:
            (tmp_path / "locked").chmod(0o755)
        assert result == {
            "locked": ["This folder cannot be opened: Permission denied."],
            "open/b.jpg": [],
        }

    def test_a_folder_that_fails_while_it_is_read_is_reported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "bad/a.jpg", "good/b.jpg")
        scandir = os.scandir

        def failing(folder: Path) -> object:
            if Path(folder).name == "bad":
                raise OSError(5, "Input/output error")
            return scandir(folder)

        monkeypatch.setattr(os, "scandir", failing)
        assert found(tmp_path) == {
            "bad": ["This folder cannot be opened: Input/output error."],
            "good/b.jpg": [],
        }


@posix
class TestLinks:
    def test_a_link_to_a_photo_is_found_as_the_link_it_is(self, tmp_path: Path) -> None:
        put(tmp_path, "store/a.jpg")
        (tmp_path / "album").mkdir()
        (tmp_path / "album/b.jpg").symlink_to("../store/a.jpg")
        assert found(tmp_path, ["album"]) == {"album/b.jpg": []}

    def test_links_to_folders_are_not_followed(self, tmp_path: Path) -> None:
        put(tmp_path, "real/a.jpg")
        (tmp_path / "link").symlink_to("real")
        (tmp_path / "real/round").symlink_to("..")
        (tmp_path / "b.jpg").symlink_to("real")
        assert found(tmp_path) == {"real/a.jpg": []}

    def test_but_a_link_that_is_named_is(self, tmp_path: Path) -> None:
        put(tmp_path, "real/a.jpg")
        (tmp_path / "link").symlink_to("real")
        assert found(tmp_path, ["link"]) == {"link/a.jpg": []}

    def test_the_same_folder_by_two_names_gives_its_photos_once(self, tmp_path: Path) -> None:
        put(tmp_path, "real/a.jpg")
        (tmp_path / "link").symlink_to("real")
        assert found(tmp_path, ["real", "link", "link/a.jpg"]) == {"real/a.jpg": []}

    @pytest.mark.parametrize("target", ["gone.jpg", "loop.jpg"])
    def test_links_that_lead_nowhere_are_reported(self, tmp_path: Path, target: str) -> None:
        put(tmp_path, "a.jpg")
        (tmp_path / "loop.jpg").symlink_to(target)
        dead = ["It is a link whose target cannot be reached."]
        assert found(tmp_path) == {"a.jpg": [], "loop.jpg": dead}
        assert found(tmp_path, ["loop.jpg"]) == {"loop.jpg": dead}

    def test_dead_links_not_named_as_photos_are_ignored(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").symlink_to("gone")
        assert found(tmp_path) == {}

    def test_what_is_no_file_is_named_and_nobody_waits_for_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(tmp_path / "pipe.jpg")
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "endless.jpg").symlink_to("/dev/zero")
        monkeypatch.chdir(tmp_path)  # a socket's path must be short
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("socket.jpg")
            put(tmp_path, "a.jpg")
            no_file = ["It is not a regular file."]
            assert found(tmp_path) == {
                "a.jpg": [],
                "endless.jpg": no_file,
                "pipe.jpg": no_file,
                "socket.jpg": no_file,
            }

    @posix
    def test_a_tree_deeper_than_the_stack_is_searched_to_its_end(self, tmp_path: Path) -> None:
        depth = sys.getrecursionlimit() + 200
        deep = tmp_path / "/".join("d" * depth)
        make = ["mkdir", "-p", str(deep)]
        subprocess.run(make, check=True)
        (deep / "a.jpg").write_bytes(b"")
        photos = [item.path for item in find_photos([tmp_path])]
        assert photos == [deep / "a.jpg"]
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)

    @posix
    def test_a_folder_too_deep_for_the_system_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "a.jpg")
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for _ in range(20):  # 20 x 250 bytes are more than a path may have
                os.mkdir("d" * 250)
                os.chdir("d" * 250)
        results = list(find_photos([tmp_path]))
        assert [type(item).__name__ for item in results] == ["Photo", "Unreadable"]
        subprocess.run(["rm", "-rf", str(tmp_path / ("d" * 250))], check=True)


class TestGroupsOnDisk:
    def test_companions_come_from_the_same_folder_only(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg", "sub/a.xmp", "a.mov", "sub/b.jpg")
        assert found(tmp_path) == {"a.jpg": ["a.mov"], "sub/b.jpg": []}

    def test_a_folder_is_not_a_companion(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg", "a.mov/x.txt")
        assert found(tmp_path) == {"a.jpg": []}
        assert found(tmp_path, ["a.jpg"]) == {"a.jpg": []}

    def test_a_photo_without_suffix_has_companions_too(self, tmp_path: Path) -> None:
        put(tmp_path, "a", content=encoded(quadrants(), "PNG"))
        put(tmp_path, "a.xmp")
        assert found(tmp_path, ["a"]) == {"a": ["a.xmp"]}

    def test_a_single_file_is_found_with_its_companions(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg", "a.xmp", "a.jpg.json", "a.nef", "b.jpg", "b.xmp")
        assert found(tmp_path, ["a.jpg"]) == {"a.jpg": ["a.jpg.json", "a.xmp", "a.nef"]}

    def test_a_file_that_is_named_counts_as_a_photo_whatever_it_is(self, tmp_path: Path) -> None:
        put(tmp_path, "notes.txt", "a.xmp", "b.jpg")
        assert found(tmp_path, ["notes.txt", "a.xmp"]) == {"notes.txt": [], "a.xmp": []}

    def test_all_files_of_a_folder_named_one_by_one_are_grouped_like_the_folder(
        self, tmp_path: Path
    ) -> None:
        # What a shell makes of `catdog-sort *`.
        names = ["a.CR2", "a.JPG", "a.JPG.xmp", "a.MOV", "b.jpg", "b.jpg.json"]
        put(tmp_path, *names)
        assert found(tmp_path, names) == found(tmp_path)
        assert found(tmp_path, names[::-1]) == found(tmp_path)

    def test_a_raw_twin_named_alone_leaves_what_is_shared(self, tmp_path: Path) -> None:
        put(tmp_path, "a.jpg", "a.xmp", "a.nef", "a.nef.xmp")
        assert found(tmp_path, ["a.nef"]) == {"a.nef": ["a.nef.xmp"]}

    def test_a_file_and_its_folder(self, tmp_path: Path) -> None:
        put(tmp_path, "sub/a.jpg", "sub/a.nef", "sub/a.xmp", "b.jpg")
        whole = {"b.jpg": [], "sub/a.jpg": ["sub/a.xmp", "sub/a.nef"]}
        for paths in (["sub/a.nef", "."], [".", "sub/a.jpg"], ["sub/a.xmp", ".", "sub", "."]):
            assert found(tmp_path, paths) == whole

    def test_the_folder_named_first_is_the_root(self, tmp_path: Path) -> None:
        put(tmp_path, "sub/a.jpg")
        for first, second in ((tmp_path, tmp_path / "sub"), (tmp_path / "sub", tmp_path)):
            (photo,) = find_photos([first, second])
            assert isinstance(photo, Photo)
            assert photo.root == first


PLACES = ["", "one/", "one/two/", "three/"]
NAMES = ["a.jpg", "a.nef", "a.xmp", "a.jpg.xmp", "A.MOV", "b.heic", "b.jpg", "b.mov", "c.txt"]
FILES = st.sets(st.sampled_from([place + name for place in PLACES for name in NAMES]), min_size=1)


@given(st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_file_is_found_twice_even_if_named_repeatedly(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    top = tmp_path_factory.mktemp("tree")
    files = data.draw(FILES)
    put(top, *files)
    folders = {str(Path(file).parent) for file in files}
    paths = data.draw(st.lists(st.sampled_from(sorted(files | folders)), min_size=1, max_size=6))
    groups = found(top, paths)
    members = [name for photo, companions in groups.items() for name in (photo, *companions)]
    members = [name for name in members if not name.startswith("It is ")]
    assert len(members) == len(set(members))
    assert set(members) <= files
    assert set(paths) & files <= set(members)
    assert found(top, [*paths, *paths]) == groups
    everything = found(top)
    if "." in paths:
        assert groups.keys() >= everything.keys()
