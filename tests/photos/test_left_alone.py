"""Folders that belong to a program, and files that the user excludes."""

import os
import re
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from catdog_sorter.errors import UsageError
from catdog_sorter.photos.find import Scope, find_photos
from catdog_sorter.photos.left_alone import FOLDER_RULES, MANAGERS, FolderKind, FolderRule, Survey

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links")


def plant(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(
    top: Path, paths: Iterable[str] = (".",), scope: Scope | None = None, **settings: object
) -> tuple[list[str], Survey]:
    survey = Survey()
    scope = scope or Scope(**settings)  # type: ignore[arg-type]
    photos = find_photos([top / path for path in paths], scope, survey=survey)
    return [photo.path.relative_to(top).as_posix() for photo in photos], survey


def left(survey: Survey, top: Path) -> dict[str, FolderKind]:
    return {
        path.relative_to(top).as_posix(): kind
        for kind, entry in survey.left_alone.items()
        for path in entry.examples
    }


def by_name() -> list[tuple[str, FolderRule]]:
    names = [
        (re.sub(r"#$", "1001", re.sub(r"\*$", "1a", name)), rule)
        for rule in FOLDER_RULES
        for name in rule.names
    ]
    return names + [(f"My{suffix}", rule) for rule in FOLDER_RULES for suffix in rule.suffixes]


@pytest.mark.parametrize(("name", "rule"), [pytest.param(*case, id=case[0]) for case in by_name()])
def test_each_name_in_the_table_is_left_alone(tmp_path: Path, name: str, rule: FolderRule) -> None:
    plant(
        tmp_path, "a.jpg", f"{name}/deep/b.jpg", f"{name.upper()}/{''.join(rule.only_with[:1])}/c"
    )
    for marker in rule.only_with[:1]:
        plant(tmp_path, f"{name}/{marker}/x")
    photos, survey = found(tmp_path, include_hidden=True)
    assert photos == ["a.jpg"]
    assert set(left(survey, tmp_path).values()) == {rule.kind}


@pytest.mark.parametrize(
    ("marker", "kind"),
    [(marker, rule.kind) for rule in FOLDER_RULES for marker in rule.markers],
)
def test_each_marker_in_the_table_tells_what_its_folder_is(
    tmp_path: Path, marker: str, kind: FolderKind
) -> None:
    plant(tmp_path, "a.jpg", f"folder/{marker}", "folder/deep/b.jpg", "folder/c.jpg")
    photos, survey = found(tmp_path)
    assert photos == ["a.jpg"]
    assert left(survey, tmp_path) == {"folder": kind}
    if kind is not FolderKind.LIBRARY:  # whoever names the folder means it
        assert found(tmp_path, ["folder"])[0] == ["folder/c.jpg", "folder/deep/b.jpg"]


def test_documents_and_libraries_are_recognised_by_their_content(tmp_path: Path) -> None:
    plant(tmp_path, "Tool/Contents/Info.plist", "Tool/Contents/a.jpg")
    plant(tmp_path, *(f"Photos/{name}/x.jpg" for name in ("database", "originals", "resources")))
    plant(tmp_path, "Page.html", "Page_files/logo.jpg", "My_files/b.jpg", "trip/originals/c.jpg")
    photos, survey = found(tmp_path)
    assert photos == ["My_files/b.jpg", "trip/originals/c.jpg"]
    assert left(survey, tmp_path) == {
        "Page_files": FolderKind.DOCUMENT,
        "Photos": FolderKind.LIBRARY,
        "Tool": FolderKind.DOCUMENT,
    }


@pytest.mark.parametrize(
    "name",
    [
        "Library",
        "Windows",
        "Keynote",
        "Recycling trip",
        "tmp",
        "Android",
        "cachette",
        "a.b",
        "x.1",
        "found.x",
        "CVs",
    ],
)
def test_a_persons_own_folders_are_entered(tmp_path: Path, name: str) -> None:
    plant(tmp_path, f"{name}/a.jpg")
    assert found(tmp_path)[0] == [f"{name}/a.jpg"]


@pytest.mark.parametrize(
    "names",
    [
        ["Page.HTM", "page_files/a.jpg"],
        ["Page.html", "Page_arquivos/a.jpg"],
        ["Zoe\u0301.html", "Zo\u00e9-filer/a.jpg"],
        ["Photos/cachedir.tag", "Photos/a.jpg"],
        ["Photos/albumdata.xml", "Photos/a.jpg"],
        ["Photos/Database/x", "Photos/ORIGINALS/a.jpg", "Photos/Resources/x"],
        ["Photos/.NoMedia", "Photos/a.jpg"],
    ],
)
def test_marks_count_in_upper_and_lower_case(tmp_path: Path, names: list[str]) -> None:
    plant(tmp_path, *names)
    photos, survey = found(tmp_path)
    assert photos == [] and len(survey.left_alone) == 1


def test_many_folders_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    plant(tmp_path, *(f"{n}/@eaDir/a.jpg" for n in range(5)))
    survey = found(tmp_path)[1]
    assert survey.left_alone[FolderKind.CACHE].count == 5
    assert survey.left_alone[FolderKind.CACHE].examples == [
        tmp_path / f"{n}/@eaDir" for n in range(3)
    ]


@pytest.mark.parametrize("inside", ["", "Data", "Data/a.jpg"])
@pytest.mark.parametrize(
    "name", ["My.photoslibrary", "Old.photolibrary", "Talk.key", "C.cocatalog"]
)
def test_what_lies_in_a_library_or_document_cannot_be_named(
    tmp_path: Path, name: str, inside: str
) -> None:
    plant(tmp_path, f"{name}/Data/a.jpg")
    with pytest.raises(UsageError, match="Export the photos"):
        find_photos([tmp_path / name / inside])


class TestManagers:
    @pytest.mark.parametrize(
        ("mark", "program"),
        [(name, m.program) for m in MANAGERS for name in (*m.names, *m.inside)]
        + [(f"x{suffix}", m.program) for m in MANAGERS for suffix in m.suffixes],
    )
    def test_are_known_by_their_files(self, tmp_path: Path, mark: str, program: str) -> None:
        plant(tmp_path, f"dk/{mark}", "dk/2020/a.jpg", "b.jpg")
        (folder, manager), *others = found(tmp_path, ["dk"])[1].managed
        assert (folder, manager.program, others) == (tmp_path / "dk", program, [])

    @posix
    @pytest.mark.parametrize("name", ["My.lrcat", "digikam4.db"])
    def test_a_pipe_named_like_a_database_is_not_opened(self, tmp_path: Path, name: str) -> None:
        plant(tmp_path, "a.jpg")
        os.mkfifo(tmp_path / name)
        ((folder, _),) = found(tmp_path)[1].managed
        assert folder == tmp_path

    def test_are_known_in_upper_and_lower_case(self, tmp_path: Path) -> None:
        plant(tmp_path, "CATALOG.LRCAT", "a.jpg")
        ((_, manager),) = found(tmp_path)[1].managed
        assert manager.program == "Lightroom"

    @pytest.mark.parametrize("mark", ["digikam4.db", "My.cosessiondb", ".git/annex/x"])
    @pytest.mark.parametrize("named", ["dk/2020", "dk/2020/a.jpg", "."])
    def test_from_above_and_below(self, tmp_path: Path, named: str, mark: str) -> None:
        plant(tmp_path, f"dk/{mark}", "dk/2020/a.jpg")
        photos, survey = found(tmp_path, [named])
        assert photos == ["dk/2020/a.jpg"]
        assert [folder for folder, _ in survey.managed] == [tmp_path / "dk"]


class TestCatalogs:
    """Databases that list their folders."""

    @staticmethod
    def write(file: Path, *statements: str) -> None:
        with closing(sqlite3.connect(file)) as database, database:
            for statement in statements:
                database.execute(statement)

    def managed(self, top: Path, *paths: str) -> list[str]:
        noted = found(top, paths)[1].managed
        return [folder.relative_to(top).as_posix() for folder, _ in noted]

    def test_lightroom(self, tmp_path: Path) -> None:
        plant(tmp_path, "2020/a.jpg", "mine/b.jpg", "Lightroom/c.jpg")
        self.write(
            tmp_path / "Lightroom" / "Catalog.lrcat",
            "CREATE TABLE AgLibraryRootFolder (absolutePath)",
            f"INSERT INTO AgLibraryRootFolder VALUES ('{tmp_path.as_posix()}/2020/'), ('/gone/')",
        )
        assert self.managed(tmp_path, ".") == ["2020"]
        assert self.managed(tmp_path, "Lightroom") == []
        assert self.managed(tmp_path, "Lightroom", "2020/a.jpg", "2020") == ["2020"]

    def test_digikam(self, tmp_path: Path) -> None:
        plant(tmp_path, "my photos/2020/a.jpg", "mine/b.jpg", "base/c.jpg")
        place = quote(f"{tmp_path.as_posix()}/my photos")
        self.write(
            tmp_path / "base" / "digikam4.db",
            "CREATE TABLE AlbumRoots (identifier, specificPath)",
            f"INSERT INTO AlbumRoots VALUES ('volumeid:?path={place}', '/2020')",
            f"INSERT INTO AlbumRoots VALUES ('volumeid:?uuid=1', '{tmp_path.as_posix()}/mine')",
        )
        before = (tmp_path / "base" / "digikam4.db").read_bytes()
        assert self.managed(tmp_path, ".") == ["my photos/2020", "mine"]
        assert (tmp_path / "base" / "digikam4.db").read_bytes() == before
        assert len(list((tmp_path / "base").iterdir())) == 2

    @posix
    def test_by_another_name_of_the_folder(self, tmp_path: Path) -> None:
        plant(tmp_path, "disk/2020/a.jpg")
        (tmp_path / "link").symlink_to("disk")
        self.write(
            tmp_path / "disk" / "Catalog.lrcat",
            "CREATE TABLE AgLibraryRootFolder (absolutePath)",
            f"INSERT INTO AgLibraryRootFolder VALUES ('{tmp_path}/disk/2020/')",
        )
        assert self.managed(tmp_path, "link") == ["link/2020"]
        assert self.managed(tmp_path, "link/2020") == ["link/2020"]

    def test_one_that_cannot_be_read_stands_for_its_folder(self, tmp_path: Path) -> None:
        plant(tmp_path, "dk/digikam4.db", "dk/a.jpg")
        assert self.managed(tmp_path, ".") == ["dk"]


@posix
def test_links_to_photos_are_noted(tmp_path: Path) -> None:
    plant(tmp_path, "all/a.jpg")
    (tmp_path / "album").mkdir()
    (tmp_path / "album/a.jpg").symlink_to("../all/a.jpg")
    links = found(tmp_path)[1].links
    assert links == {os.path.realpath(tmp_path / "all/a.jpg"): str(tmp_path / "album/a.jpg")}


class TestExclude:
    NAMES = ("a.jpg", "a.png", "sub/a.png", "sub/b.jpg", "Screenshots/c.jpg", "sub/x/d.jpg")

    @pytest.mark.parametrize(
        ("globs", "rest"),
        [
            (["*.png"], ["a.jpg", "Screenshots/c.jpg", "sub/b.jpg", "sub/x/d.jpg"]),
            (["/*.png", "Screenshots/"], ["a.jpg", "sub/a.png", "sub/b.jpg", "sub/x/d.jpg"]),
            (["sub/**"], ["a.jpg", "a.png", "Screenshots/c.jpg"]),
            (["*", "!*/", "!b.jpg"], ["sub/b.jpg"]),
            (["sub", "*.png"], ["a.jpg", "Screenshots/c.jpg"]),
            (["sub/**", "!sub/b.jpg", "a.*"], ["Screenshots/c.jpg", "sub/b.jpg"]),
        ],
    )
    def test_globs(self, tmp_path: Path, globs: list[str], rest: list[str]) -> None:
        plant(tmp_path, *self.NAMES)
        assert found(tmp_path, exclude=tuple(globs))[0] == rest

    def test_also_of_files_that_a_shell_named(self, tmp_path: Path) -> None:
        plant(tmp_path, "a.jpg", "b.png")
        photos, survey = found(tmp_path, ["a.jpg", "b.png"], exclude=("*.png",))
        assert (photos, survey.excluded) == (["a.jpg"], 1)

    def test_excluded_files_go_along_with_nothing(self, tmp_path: Path) -> None:
        plant(tmp_path, "a.jpg", "a.nef", "a.xmp", "a.mov")
        (photo,) = find_photos([tmp_path], Scope(exclude=("*.nef", "*.mov")))
        assert getattr(photo, "companions", None) == (tmp_path / "a.xmp",)

    def test_ignore_files_count_below_them_the_deeper_first(self, tmp_path: Path) -> None:
        plant(tmp_path, *self.NAMES)
        (tmp_path / ".catdogignore").write_text("# screenshots\nScreenshots/\n*.png\n/b.jpg\n")
        (tmp_path / "sub/.catdogignore").write_text("!a.png\n/x/\n")
        photos, survey = found(tmp_path)
        assert photos == ["a.jpg", "sub/a.png", "sub/b.jpg"]
        assert left(survey, tmp_path) == {
            "Screenshots": FolderKind.EXCLUDED,
            "sub/x": FolderKind.EXCLUDED,
        }
        assert survey.excluded == 1

    def test_the_command_line_overrides_ignore_files(self, tmp_path: Path) -> None:
        plant(tmp_path, "a.jpg", "b.jpg")
        (tmp_path / ".catdogignore").write_text("*\n")
        assert found(tmp_path, exclude=("!b.jpg",))[0] == ["b.jpg"]

    @posix
    @pytest.mark.parametrize("kind", ["pipe", "device", "large"])
    def test_an_ignore_file_that_could_block_the_run_is_refused(
        self, tmp_path: Path, kind: str
    ) -> None:
        file = tmp_path / ".catdogignore"
        if kind == "pipe":
            os.mkfifo(file)
        elif kind == "device":
            file.symlink_to("/dev/zero")
        else:
            file.write_text("#" * 100_000)
        with pytest.raises(UsageError, match="not a file of at most 64 KiB"):
            list(find_photos([tmp_path]))

    def test_patterns_that_take_hours_are_refused(self, tmp_path: Path) -> None:
        plant(tmp_path, f"{'a' * 200}.jpg", "sub/b.jpg")
        (tmp_path / ".catdogignore").write_text("#*a*a*a*a*\n**/sub/**/*.*\n")
        assert found(tmp_path)[0] == [f"{'a' * 200}.jpg"]
        (tmp_path / ".catdogignore").write_text("*a*a*a*a*a*a*a*b\n")
        with pytest.raises(UsageError, match="more than 4 wildcards"):
            list(find_photos([tmp_path]))

    def test_nonsense_is_refused_before_anything_is_searched(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"--exclude.*gitignore"):
            find_photos([tmp_path], Scope(exclude=("\\",)))
        (tmp_path / ".catdogignore").write_text("\\\n")
        with pytest.raises(UsageError, match="catdogignore"):
            list(find_photos([tmp_path]))


def test_hidden_files_and_folders_on_request(tmp_path: Path) -> None:
    plant(tmp_path, ".a.jpg", "._a.jpg", ".b/c.jpg", ".trashed-1-d.jpg", ".Trash-1000/e.jpg")
    assert found(tmp_path)[0] == []
    assert found(tmp_path, include_hidden=True)[0] == [".a.jpg", ".b/c.jpg"]
