"""Companions that arrive after their photo was sorted."""

import os
from pathlib import Path

import pytest
from PIL import Image

from catdog_sorter.labels import Label, Prediction
from catdog_sorter.moving.journal import open_journal
from catdog_sorter.moving.late import late_files, plan_late
from catdog_sorter.moving.modes import Mode
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.plan import Plan
from catdog_sorter.moving.session import MovingSession
from catdog_sorter.moving.sort import DEFAULT_FOLDERS, Sorting, plan_sorting
from catdog_sorter.photos.companions import Grouping
from catdog_sorter.photos.find import Photo, Scope, find_photos
from catdog_sorter.photos.left_alone import Survey
from tests.support.colours import tree

CATS = Sorting(DEFAULT_FOLDERS)


def put(top: Path, *names: str) -> None:
    for name in names:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name)


def sort(top: Path, sorting: Sorting = CATS) -> None:
    """Sort all photos as cats."""
    found = [p for p in find_photos([top], skip=sorting.is_sorted([top])) if isinstance(p, Photo)]
    results = [Prediction(photo.path, 1, 0, Label.CAT, "test") for photo in found]
    with MovingSession() as session:
        list(session.apply(plan_sorting(found, results, sorting), Mode.MOVE, "sort"))


def bring_late(top: Path, sorting: Sorting = CATS) -> tuple[list[Moved | MoveFailed], list[Path]]:
    survey = Survey()
    found = list(find_photos([top], skip=sorting.is_sorted([top]), survey=survey))
    with open_journal() as journal:
        files = late_files(found, survey.orphans, journal, Grouping()).files
    with MovingSession() as session:
        late = session.plan_late(files, Grouping())
        return list(session.apply(Plan(late.groups, ()), Mode.MOVE, "late")), list(late.stuck)


def save_with_camera(path: Path, camera: str) -> None:
    exif = Image.Exif()
    exif[0x0110] = camera
    Image.new("RGB", (8, 8)).save(path, exif=exif)


def names(top: Path) -> set[str]:
    return {Path(name).as_posix() for name in tree(top)}


def test_they_follow_and_go_back(tmp_path: Path) -> None:
    put(tmp_path, "IMG_1.JPG", "sub/IMG_2.JPG")
    sort(tmp_path)
    put(tmp_path, "IMG_1_HEVC.MOV", "IMG_1.JPG.xmp", "sub/img_2.aae", "sub/IMG_1.MOV", "b.xmp")
    put(tmp_path, "._IMG_1.JPG", "._b.jpg")
    before = tree(tmp_path)
    outcomes, stuck = bring_late(tmp_path)
    assert ([type(o) for o in outcomes], stuck) == ([Moved, Moved], [])
    cats = {"IMG_1.JPG", "IMG_1_HEVC.MOV", "IMG_1.JPG.xmp", "sub/IMG_2.JPG", "sub/img_2.aae"}
    cats.add("._IMG_1.JPG")
    others = {"sub/IMG_1.MOV", "b.xmp", "._b.jpg"}
    assert names(tmp_path) == {f"cat/{name}" for name in cats} | others
    with MovingSession() as session:
        assert session.runs()[0].moved == 0, "no photo was moved"
        list(session.undo())
    assert tree(tmp_path) == before


def test_a_link_does_not_keep_the_others_from_following(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "elsewhere")
    (tmp_path / "a.xmp").symlink_to("elsewhere")
    sort(tmp_path)
    put(tmp_path, "a.aae")
    outcomes, stuck = bring_late(tmp_path)
    assert ([type(o) for o in outcomes], stuck) == ([Moved], [])
    assert names(tmp_path) == {"cat/a.jpg", "cat/a.aae", "a.xmp", "elsewhere"}


def test_they_get_the_number_of_their_photo(tmp_path: Path) -> None:
    flat = Sorting(DEFAULT_FOLDERS, flat=True)
    put(tmp_path, "a/PXL_1.MP.jpg", "b/PXL_1.MP.jpg")
    sort(tmp_path, flat)
    put(tmp_path, "b/PXL_1.MP", "b/PXL_1.dng.xmp", "a/PXL_1.MP.jpg.json")
    bring_late(tmp_path, flat)
    assert names(tmp_path) == {
        "cat/PXL_1.MP.jpg",
        "cat/PXL_1.MP.jpg.json",
        "cat/PXL_1 (2).MP.jpg",
        "cat/PXL_1 (2).MP",
        "b/PXL_1.dng.xmp",
    }


def test_raw_files_and_edits_follow_with_what_belongs_to_them(tmp_path: Path) -> None:
    put(tmp_path, "IMG_1.JPG", "IMG_2.JPG", "IMG_2.CR2")
    sort(tmp_path)
    late = ["IMG_1.CR2", "IMG_1.CR2.xmp", "IMG_1-Edit.tif", "IMG_1.psd", "IMG_2.CR2.xmp"]
    put(tmp_path, *late, "IMG_3.CR2", "IMG_3-Edit.tif")
    before = tree(tmp_path)
    bring_late(tmp_path)
    cats = {f"cat/{name}" for name in ("IMG_1.JPG", "IMG_2.JPG", "IMG_2.CR2", *late)}
    assert names(tmp_path) == {*cats, "IMG_3.CR2", "IMG_3-Edit.tif"}
    with MovingSession() as session:
        list(session.undo())
    assert tree(tmp_path) == before


def test_a_raw_file_of_another_camera_does_not_follow(tmp_path: Path) -> None:
    save_with_camera(tmp_path / "a.jpg", "x")
    sort(tmp_path)
    save_with_camera(tmp_path / "a.tif", "y")
    (tmp_path / "a.tif").rename(tmp_path / "a.dng")
    assert bring_late(tmp_path) == ([], [])
    assert names(tmp_path) == {"cat/a.jpg", "a.dng"}


@pytest.mark.parametrize("change", ["edited", "gone"])
def test_a_raw_file_whose_photo_is_not_there_is_a_photo_of_its_own(
    tmp_path: Path, change: str
) -> None:
    put(tmp_path, "a.jpg")
    sort(tmp_path)
    (tmp_path / "cat/a.jpg").unlink()
    if change == "edited":
        put(tmp_path, "cat/a.jpg")
    put(tmp_path, "a.nef")
    assert bring_late(tmp_path) == ([], [])


def test_they_follow_a_photo_whose_time_stamp_alone_has_changed(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    sort(tmp_path)
    os.utime(tmp_path / "cat/a.jpg", (1, 1))
    put(tmp_path, "a.xmp")
    bring_late(tmp_path)
    assert names(tmp_path) == {"cat/a.jpg", "cat/a.xmp"}


@pytest.mark.parametrize("change", ["edited", "gone", "taken"])
def test_without_their_photo_they_stay_and_are_named(tmp_path: Path, change: str) -> None:
    put(tmp_path, "a.jpg")
    sort(tmp_path)
    if change == "edited":
        put(tmp_path / "cat", "a.jpg2")
        (tmp_path / "cat/a.jpg2").rename(tmp_path / "cat/a.jpg")
    elif change == "gone":
        (tmp_path / "cat/a.jpg").unlink()
    else:
        put(tmp_path, "cat/a.xmp")
    put(tmp_path, "a.xmp")
    before = tree(tmp_path)
    assert bring_late(tmp_path) == ([], [tmp_path / "a.xmp"])
    assert tree(tmp_path) == before


def test_nothing_follows_a_photo_that_was_put_back(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    sort(tmp_path)
    with MovingSession() as session:
        list(session.undo())
    (tmp_path / "a.jpg").unlink()
    put(tmp_path, "a.xmp")
    assert bring_late(tmp_path) == ([], [])


def test_only_photos_directly_in_this_folder_are_returned(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "sub/b.jpg", "sub.jpg")
    sort(tmp_path)
    with open_journal() as journal:
        of_top = [entry.source.name for entry in journal.files_moved_from(tmp_path)]
        of_sub = [entry.source.name for entry in journal.files_moved_from(tmp_path / "sub")]
        assert plan_late([], journal, Grouping()).groups == ()
    assert (of_top, of_sub) == (["a.jpg", "sub.jpg"], ["b.jpg"])


def mp4(created: int | None) -> bytes:
    """The index of an MP4 with this creation time, in seconds since 1904, or none."""

    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    header = b"" if created is None else box(b"mvhd", bytes(4) + created.to_bytes(4, "big"))
    return box(b"ftyp", b"isom") + box(b"moov", header)


def save_dated(path: Path, when: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = when
    Image.new("RGB", (8, 8)).save(path, exif=exif)


OF_2026 = 3_855_000_000  # 2026-02-27 in seconds since 1904


class TestVideos:
    """With --videos, a video that arrives after its photo belongs to that photo."""

    def late(self, top: Path) -> set[str]:
        scope = Scope(videos=True)
        found = list(find_photos([top], scope, skip=CATS.is_sorted([top])))
        with open_journal() as journal:
            late = late_files(found, (), journal, Grouping())
            plan = plan_late(late.files, journal, Grouping())
        moved = {move.source.name for group in plan.groups for move in group.moves}
        assert moved | {path.name for path in plan.stuck} == {path.name for path in late.files}
        return moved

    @pytest.mark.parametrize("created", [None, OF_2026])
    def test_one_named_as_its_photo_follows_it(self, tmp_path: Path, created: int | None) -> None:
        save_dated(tmp_path / "IMG_1.JPG", "2026:02:27 11:00:00")
        sort(tmp_path)
        (tmp_path / "IMG_1.MOV").write_bytes(mp4(created))
        (tmp_path / "IMG_2.MOV").write_bytes(mp4(created))
        assert self.late(tmp_path) == {"IMG_1.MOV"}

    def test_one_of_another_day_is_a_video_of_its_own(self, tmp_path: Path) -> None:
        save_dated(tmp_path / "IMG_1.JPG", "2023:02:27 11:00:00")
        sort(tmp_path)
        (tmp_path / "IMG_1.MOV").write_bytes(mp4(OF_2026))
        (tmp_path / "IMG_1.MOV.xmp").write_text("its own")
        assert self.late(tmp_path) == set()
        _, stuck = bring_late(tmp_path)
        assert (stuck, names(tmp_path)) == (
            [],
            {"cat/IMG_1.JPG", "IMG_1.MOV", "IMG_1.MOV.xmp"},
        )

    def test_it_is_not_classified_alone_if_its_photo_is_gone(self, tmp_path: Path) -> None:
        put(tmp_path, "IMG_1.JPG")
        sort(tmp_path)
        (tmp_path / "cat" / "IMG_1.JPG").unlink()
        (tmp_path / "IMG_1.MOV").write_bytes(mp4(None))
        assert self.late(tmp_path) == set()
        with open_journal() as journal:
            found = [Photo(tmp_path / "IMG_1.MOV", tmp_path)]
            assert late_files(found, (), journal, Grouping()).pictures == {found[0].path}

    def test_it_does_not_follow_another_video(self, tmp_path: Path) -> None:
        put(tmp_path, "IMG_1.MP4", "IMG_1.MP4.xmp")
        found = [Photo(tmp_path / "IMG_1.MP4", tmp_path)]
        plan = plan_sorting(found, [Prediction(found[0].path, 1, 0, Label.CAT, "test")], CATS)
        with MovingSession() as session:
            list(session.apply(plan, Mode.MOVE, "sort"))
        (tmp_path / "IMG_1.MOV").write_bytes(mp4(None))
        bring_late(tmp_path)
        assert names(tmp_path) == {"cat/IMG_1.MP4", "cat/IMG_1.MP4.xmp", "IMG_1.MOV"}
