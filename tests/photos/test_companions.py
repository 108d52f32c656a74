"""What belongs to a photo, by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_sorter.photos.companions import follows_name, groups
from catdog_sorter.photos.formats import PHOTO_SUFFIXES, RAW_SUFFIXES


def is_photo(name: str) -> bool:
    return name[name.rfind(".") :].lower() in PHOTO_SUFFIXES | RAW_SUFFIXES


def grouped(*names: str) -> dict[str, list[str]]:
    """Photo -> its companions, for a folder that holds `names`."""
    in_order = sorted(names)
    return {photo: others for photo, *others in groups(in_order, set(filter(is_photo, names)))}


@pytest.mark.parametrize(
    "companion",
    [
        "a.xmp",
        "a.jpg.xmp",
        "a.aae",
        "a.mov",
        "a.mp4",
        "a.mp",
        "a.json",
        "a.jpg.json",
        "a.jpg.supplemental-metadata.json",
        "a.cr2",
        "a.dng",
        "a.XMP",
        "A.JPG.Xmp",
        "A.MOV",
    ],
)
def test_each_sort_of_companion_goes_with_its_photo(companion: str) -> None:
    assert grouped("a.jpg", companion) == {"a.jpg": [companion]}


@pytest.mark.parametrize(
    "stranger", ["b.xmp", "ab.xmp", "a.txt", "a.jpg.txt", "a", "a.jpg.mov", "xa.mov", "a.xmp.bak"]
)
def test_other_names_do_not(stranger: str) -> None:
    assert grouped("a.jpg", stranger) == {"a.jpg": []}


def test_a_companion_without_its_photo_belongs_to_nothing() -> None:
    assert grouped("a.xmp", "a.mov", "b.jpg") == {"b.jpg": []}


def test_one_xmp_serves_a_jpeg_and_its_raw_twin() -> None:
    assert grouped("a.jpg", "a.xmp", "a.nef") == {"a.jpg": ["a.xmp", "a.nef"]}


def test_a_raw_file_with_settings_of_its_own_brings_them_along() -> None:
    assert grouped("a.jpg", "a.jpg.xmp", "a.nef", "a.nef.xmp") == {
        "a.jpg": ["a.jpg.xmp", "a.nef", "a.nef.xmp"]
    }


def test_a_raw_file_alone_is_a_photo() -> None:
    assert grouped("a.nef", "a.xmp", "b.jpg") == {"a.nef": ["a.xmp"], "b.jpg": []}


def test_two_photos_of_one_stem_share_nothing_twice() -> None:
    assert grouped("a.heic", "a.jpg", "a.mov", "a.jpg.json") == {
        "a.heic": ["a.mov"],
        "a.jpg": ["a.jpg.json"],
    }


def test_a_photo_whose_name_ends_in_xmp_s_stem_keeps_its_own() -> None:
    # `a.jpg.xmp` could be the XMP of `a.jpg.png` by its stem; it is that of `a.jpg`.
    assert grouped("a.jpg", "a.jpg.png", "a.jpg.xmp")["a.jpg"] == ["a.jpg.xmp"]


def test_names_that_differ_in_case_only_keep_to_their_own_kind() -> None:
    assert grouped("IMG.JPG", "IMG.XMP", "img.jpg", "img.xmp", "IMG.NEF", "img.nef") == {
        "IMG.JPG": ["IMG.XMP", "IMG.NEF"],
        "img.jpg": ["img.xmp", "img.nef"],
    }
    assert grouped("A.JPG", "a.jpg", "a.xmp") == {"A.JPG": [], "a.jpg": ["a.xmp"]}


class TestTakeout:
    """Google Takeout's JSON, whose name is cut to 46 characters before `.json`."""

    def test_long_name_is_cut(self) -> None:
        photo = "x" * 60 + ".jpg"
        assert grouped(photo, "x" * 46 + ".json")[photo] == ["x" * 46 + ".json"]

    @pytest.mark.parametrize("length", range(16, 47))
    def test_supplemental_metadata_is_cut_wherever_that_falls(self, length: int) -> None:
        photo = "x" * (length - 4) + ".jpg"
        cut = f"{photo}.supplemental-metadata"[:46] + ".json"
        assert grouped(photo, cut) == {photo: [cut]}

    def test_number_stands_behind_the_suffix(self) -> None:
        assert grouped("a.jpg", "a.jpg.json", "a(1).jpg", "a.jpg(1).json") == {
            "a.jpg": ["a.jpg.json"],
            "a(1).jpg": ["a.jpg(1).json"],
        }

    def test_number_with_supplemental_metadata(self) -> None:
        json = "a.jpg.supplemental-metadata(2).json"
        assert grouped("a.jpg", "a(2).jpg", json) == {"a.jpg": [], "a(2).jpg": [json]}

    def test_number_of_another_is_left_alone(self) -> None:
        assert grouped("a(1).b.jpg", "a(1).jpg", "a.jpg(1).json") == {
            "a(1).b.jpg": [],
            "a(1).jpg": ["a.jpg(1).json"],
        }

    def test_pixel_motion_photo(self) -> None:
        assert grouped("PXL.MP.jpg", "PXL.MP", "PXL.MP.jpg.json") == {
            "PXL.MP.jpg": ["PXL.MP.jpg.json", "PXL.MP"]
        }


def test_what_follows_a_name() -> None:
    assert follows_name("a.NEF.xmp", "A.nef")
    assert not follows_name("a.xmp", "a.nef")
    assert not follows_name("a.nefx", "a.nef")


STEMS = st.sampled_from(["a", "A", "b", "a(1)", "a.mp", "a.jpg", "x" * 44, "x" * 50])
SUFFIXES = st.sampled_from(
    ".jpg .JPG .heic .nef .NEF .xmp .XMP .jpg.xmp .nef.xmp .mov .aae .json .jpg.json .jpg(1).json "
    ".jpg.supplemental-metadata.json .txt".split()
)
FOLDERS = st.sets(st.builds(str.__add__, STEMS, SUFFIXES), max_size=25)


@given(FOLDERS)
def test_each_photo_stands_in_one_group_and_no_file_in_two(names: set[str]) -> None:
    found = list(groups(sorted(names), set(filter(is_photo, names))))
    members = [name for group in found for name in group]
    assert len(members) == len(set(members))
    assert set(members) <= names
    assert set(filter(is_photo, names)) <= set(members)
    assert all(is_photo(leader) for leader, *_ in found)


@given(FOLDERS)
def test_only_raw_twins_are_photos_that_follow_another(names: set[str]) -> None:
    for leader, *others in groups(sorted(names), set(filter(is_photo, names))):
        for other in filter(is_photo, others):
            assert other.lower().endswith(".nef") and not leader.lower().endswith(".nef")
            assert other.lower().removesuffix(".nef") == leader.lower().rpartition(".")[0]


@given(FOLDERS)
def test_groups_come_in_the_order_of_their_photos(names: set[str]) -> None:
    leaders = [leader for leader, *_ in groups(sorted(names), set(filter(is_photo, names)))]
    assert leaders == sorted(leaders)
