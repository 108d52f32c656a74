"""The files that belong to a photo, by name."""

import os
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_sorter.photos.capture import Capture
from catdog_sorter.photos.companions import (
    FORMS,
    STEM_SUFFIXES,
    UNFINISHED_SUFFIXES,
    Grouping,
    NamesOnly,
    follows_name,
    groups,
    numbered,
)
from catdog_sorter.photos.formats import PHOTO_SUFFIXES, RAW_SUFFIXES, UNSUPPORTED_SUFFIXES


def is_photo(name: str) -> bool:
    return (
        name[name.rfind(".") :].lower()
        in PHOTO_SUFFIXES | RAW_SUFFIXES | UNSUPPORTED_SUFFIXES.keys()
    )


def grouped(*names: str) -> dict[str, list[str]]:
    """Photo -> its companions, for a folder with the files `names`."""
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
    "stranger",
    ["b.xmp", "ab.xmp", "a.doc", "a", "xa.mov", "a.jpgx", "a_1.xmp", "a.jpg.part", "a.crdownload"],
)
def test_other_names_do_not(stranger: str) -> None:
    assert grouped("a.jpg", stranger) == {"a.jpg": []}


def test_a_companion_without_its_photo_belongs_to_nothing() -> None:
    assert grouped("a.xmp", "a.mov", "b.jpg") == {"b.jpg": []}


def test_one_xmp_serves_a_jpeg_and_its_raw_twin() -> None:
    assert grouped("a.jpg", "a.xmp", "a.nef") == {"a.jpg": ["a.xmp", "a.nef"]}


def test_a_raw_file_moves_with_its_own_settings() -> None:
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
    names = ["a.jpg", "a.jpg.png", "a.jpg.xmp"]
    apart = groups(names, {"a.jpg", "a.jpg.png"}, Grouping(separate_edits=True))
    assert list(apart) == [("a.jpg", "a.jpg.xmp"), ("a.jpg.png",)]


def test_names_that_differ_in_case_only_keep_to_their_own_kind() -> None:
    assert grouped("IMG.JPG", "IMG.XMP", "img.jpg", "img.xmp", "IMG.NEF", "img.nef") == {
        "IMG.JPG": ["IMG.XMP", "IMG.NEF"],
        "img.jpg": ["img.xmp", "img.nef"],
    }
    assert grouped("A.JPG", "a.jpg", "a.xmp") == {"A.JPG": [], "a.jpg": ["a.xmp"]}


class TestTakeout:
    """Google Takeout's JSON, whose name is truncated to 46 characters before `.json`."""

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


def in_pairs(*pairs: tuple[str, str]) -> list[object]:
    return [pytest.param(*pair, id=f"{pair[0]} of {pair[1]}") for pair in pairs]


SUFFIXES_OF_STEMS = [suffix for row in STEM_SUFFIXES for suffix in row.suffixes]


@pytest.mark.parametrize("suffix", SUFFIXES_OF_STEMS)
def test_each_suffix_in_the_table_goes_with_the_stem(suffix: str) -> None:
    assert grouped("A.JPG", f"A{suffix}", f"AB{suffix}") == {"A.JPG": [f"A{suffix}"]}


@pytest.mark.parametrize("form", [form for form in FORMS if form.belongs_to])
def test_each_form_in_the_table_is_an_example_of_itself(form: object) -> None:
    assert isinstance(form, type(FORMS[0]))
    names = sorted((form.example, form.belongs_to))
    captures = Known(dict.fromkeys(names, Capture("x", JULY)))
    photos, videos = set(filter(is_photo, names)), {n for n in names if n.endswith(".MP4")}
    (group,) = groups(names, photos, captures=captures, videos=videos)
    assert set(group) == set(names)


@pytest.mark.parametrize(
    ("companion", "photo"),
    in_pairs(
        ("A.JPG.anything", "A.JPG"),
        ("A.JPG.out.pp3", "A.JPG"),
        ("A.out.pp3", "A.JPG"),
        ("A_01.JPG.xmp", "A.JPG"),
        ("A.JPG_original", "A.JPG"),
        ("A.JPG~", "A.JPG"),
        ("IMG_1_HEVC.MOV", "IMG_1.HEIC"),
        ("IMG_2_HEVC.MOV", "IMG_2.JPG"),
        ("IMG_3_HEIC.MOV", "IMG_3.JPG"),
        ("IMG_1_HEVC (2).MOV", "IMG_1 (2).HEIC"),
        ("IMG_O1.aae", "IMG_1.JPG"),
        ("IMG_E1.aae", "IMG_1.JPG"),
        ("PXL_1.MP", "PXL_1.MP.jpg"),
        ("PXL_1.MP~2", "PXL_1.MP~2.jpg"),
        ("PXL_1.PORTRAIT.ORIGINAL.jpg", "PXL_1.PORTRAIT.jpg"),
        ("IMG_1_original.jpg", "IMG_1.jpg"),
        ("DJI_1.LRF", "DJI_1.JPG"),
        ("a.jpg:Zone.Identifier", "a.jpg"),
        ("a.jpg:com.dropbox.attrs:$DATA", "a.jpg"),
        ("a.jpg\uf03aZone.Identifier", "a.jpg"),
        ("a (someone's conflicted copy 2026-01-02).xmp", "a.jpg"),
        ("a.sync-conflict-20260102-030405-ABCDEFG.xmp", "a.jpg"),
        ("WP_1_Pro__highres.jpg", "WP_1_Pro.jpg"),
        ("IMG_1.live.mov", "IMG_1.heic"),
        ("PXL_1.mp4", "PXL_1.MP.jpg"),
        ("PXL_1.RAW-01.MP.COVER", "PXL_1.RAW-01.MP.COVER.jpg"),
        ("PXL_1.dng", "PXL_1.MP.jpg"),
        ("PXL_1.RAW-02.ORIGINAL.dng", "PXL_1.RAW-01.COVER.jpg"),
        ("PXL_1.RAW-02.ORIGINAL.dng", "PXL_1.RAW-01.MP.COVER.jpg"),
        ("PXL_1.PORTRAIT-02.ORIGINAL.jpg", "PXL_1.PORTRAIT-01.COVER.jpg"),
        ("G1.GPR", "G1.JPG"),
        ("P1.ORI", "P1.JPG"),
        ("Zoe\u0301.xmp", "Zo\u00e9.jpg"),
        ("Zo\u00e9.JPG.xmp", "Zoe\u0301.jpg"),
        ("STRASSE.MOV", "Straße.jpg"),
        ("a.supplemental-metadata.json", "a.jpg"),
        ("1190642159672506179.supplemental-metad.json", "1190642159672506179.jpg"),
    ),
)
def test_by_every_programs_names(companion: str, photo: str) -> None:
    assert grouped(photo, companion) == {photo: [companion]}


def test_what_macos_keeps_about_files_goes_with_each_of_them() -> None:
    names = ["._A.JPG", "._A.xmp", "A.JPG", "A.xmp", "._B.JPG"]
    photos = {"A.JPG"}
    assert [set(group) for group in groups(names, photos)] == [set(names[:4])]
    assert numbered(["A.JPG", "._A.JPG", "A.xmp"], 2) == ["A (2).JPG", "._A (2).JPG", "A (2).xmp"]


@pytest.mark.parametrize(
    ("companion", "video"),
    in_pairs(
        ("C0001M01.XML", "C0001.MP4"),
        ("GL010001.LRV", "GX010001.MP4"),
        ("GL020001.LRV", "GH020001.MP4"),
        ("a.vtt", "a.mp4"),
    ),
)
def test_of_videos(companion: str, video: str) -> None:
    assert list(groups(sorted((companion, video)), set(), videos={video})) == [(video, companion)]


def test_a_copy_of_a_video_in_conflict_is_a_video() -> None:
    names = "a (conflicted copy).mp4", "a.mp4"
    assert list(groups(names, set(), videos=set(names))) == [(name,) for name in names]


@pytest.mark.parametrize("suffix", UNFINISHED_SUFFIXES)
def test_files_still_being_written_stay(suffix: str) -> None:
    assert grouped("A.JPG", f"A.JPG{suffix}") == {"A.JPG": []}


def test_files_of_a_companion_follow_it() -> None:
    video = ["IMG_1.mov", "IMG_1.mov.json", "IMG_1.mov.xmp"]
    assert grouped("IMG_1.JPG", *video) == {"IMG_1.JPG": video}
    takeout = ["IMG_5.HEIC.supplemental-metadata.json", "IMG_5.MP4"]
    takeout.append("IMG_5.MP4.supplemental-metadata.json")
    assert grouped("IMG_5.HEIC", *takeout) == {"IMG_5.HEIC": takeout}


class TestEdits:
    @pytest.mark.parametrize(
        ("edit", "original"),
        in_pairs(
            ("IMG_E1.JPG", "IMG_1.HEIC"),
            ("a-edited.jpg", "a.jpg"),
            ("a_edited.jpeg", "a.HEIC"),
            ("a-bearbeitet.jpg", "a.jpg"),
            ("a-modifie\u0301.jpg", "a.jpg"),
            ("a-edited(1).jpg", "a(1).jpg"),
            ("PXL_1.MP-edited.jpg", "PXL_1.MP.jpg"),
            ("a-Edit.tif", "a.CR2"),
            ("a-Edit-2.tif", "a.CR2"),
            ("PXL_1~2.jpg", "PXL_1.jpg"),
            (f"{'x' * 45}-e.jpg", f"{'x' * 45}.jpg"),
            (f"{'x' * 42}-bear(1).jpg", f"{'x' * 42}(1).jpg"),
            ("a-Edit-Edit.tif", "a.CR2"),
            ("a-Enhanced-NR.dng", "a.DNG"),
            ("a-NEF_DxO_DeepPRIMEXD.dng", "a.NEF"),
            ("a_DxO-1.jpg", "a.NEF"),
            ("a-gigapixel-2x.jpg", "a.jpg"),
            ("a_modified.jpg", "a.jpg"),
            ("a (Edited).jpg", "a.jpg"),
            ("a - Bearbeitet.jpg", "a.jpg"),
            ("a_edit_20260102.jpg", "a.jpg"),
            ("a_preview.jpeg", "a.jpeg"),
            ("a.pspimage", "a.jpg"),
            ("a_CR2_embedded.jpg", "a.CR2"),
            ("a.heic.jpg", "a.heic"),
            ("PXL_1.MP~2.jpg", "PXL_1.MP.jpg"),
            ("a.psd", "a.jpg"),
            ("a.xcf", "a.CR2"),
        ),
    )
    def test_follow_their_original(self, edit: str, original: str) -> None:
        assert grouped(original, edit) == {original: [edit]}

    def test_bring_their_own_sidecars(self) -> None:
        names = ["IMG_1.AAE", "IMG_1.HEIC", "IMG_E1.JPG", "IMG_E1.JPG.xmp", "IMG_E1.MOV"]
        lead = "IMG_1.HEIC"
        assert sorted([lead, *grouped(*names)[lead]]) == names

    def test_of_nothing_are_photos(self) -> None:
        assert grouped("IMG_E1.JPG", "b-edited.jpg", "IMG_1.AAE") == {
            "IMG_E1.JPG": ["IMG_1.AAE"],
            "b-edited.jpg": [],
        }

    def test_can_be_judged_apart(self) -> None:
        names = {"IMG_1.HEIC", "IMG_E1.JPG", "a.jpg", "a-edited.jpg", "a-edited.jpg.xmp"}
        apart = groups(sorted(names), {*filter(is_photo, names)}, Grouping(separate_edits=True))
        assert sorted(apart) == [
            ("IMG_1.HEIC",),
            ("IMG_E1.JPG",),
            ("a-edited.jpg", "a-edited.jpg.xmp"),
            ("a.jpg",),
        ]

    @pytest.mark.parametrize(
        "name",
        [
            *("IMG_10.JPG", "IMG_Eva.JPG", "1-edited2.jpg", "IMG_1b.JPG", "1-e.jpg"),
            *("1-editor.jpg", "IMG_1_v2.JPG", "IMG_1-01.JPG", "IMG_1.PNG", "IMG_1.JPGX.png"),
        ],
    )
    def test_are_not_what_is_only_called_alike(self, name: str) -> None:
        assert grouped("IMG_1.JPG", "1.jpg", name)["IMG_1.JPG"] == []


class Known(NamesOnly):
    """Captures by given texts: `2023:7:1 X` -> camera X at that time."""

    def __init__(self, captures: dict[str, Capture], ids: dict[str, str] | None = None) -> None:
        self.captures, self.ids = captures, ids or {}

    def capture(self, name: str) -> Capture:
        return self.captures.get(name, Capture())

    def photo_identifiers(self, name: str) -> frozenset[str]:
        return frozenset({self.ids[name]} if name in self.ids else ())

    def video_identifier(self, name: str) -> str | None:
        return self.ids.get(name)


JULY, AUGUST = datetime(2023, 7, 1, 12), datetime(2023, 8, 1, 12)


def leaders(captures: Known, *names: str) -> list[str]:
    found = groups(sorted(names), set(filter(is_photo, names)), captures=captures)
    return [photo for photo, *_ in found]


class TestOtherCameras:
    @pytest.mark.parametrize(
        ("of_jpeg", "of_raw", "is_twin"),
        [
            (Capture("x", JULY), Capture("x", JULY), True),
            (Capture("x", JULY), Capture("x", JULY + timedelta(seconds=2)), True),
            (Capture("x", JULY), Capture("y", JULY), False),
            (Capture("x", JULY), Capture("x", AUGUST), False),
            (Capture("x"), Capture("y"), False),
            (Capture(None, JULY), Capture(None, AUGUST), False),
            (Capture("canon eos r5", JULY), Capture("eos r5", JULY), True),
            (Capture(), Capture(), True),
            (Capture(), Capture("x", JULY), True),
            (Capture(is_without_origin=True), Capture("x", JULY), False),
            (Capture(is_without_origin=True), Capture(), True),
        ],
    )
    def test_a_raw_file_of_one_is_not_a_twin(
        self, of_jpeg: Capture, of_raw: Capture, is_twin: bool
    ) -> None:
        known = Known({"a.jpg": of_jpeg, "a.nef": of_raw})
        assert leaders(known, "a.jpg", "a.nef") == (["a.jpg"] if is_twin else ["a.jpg", "a.nef"])

    def test_an_edit_of_another_day_is_separate(self) -> None:
        names = "IMG_1.HEIC", "IMG_E1.JPG"
        assert leaders(Known({names[0]: Capture("x", JULY)}), *names) == ["IMG_1.HEIC"]
        other = {names[0]: Capture("x", JULY), names[1]: Capture("x", AUGUST)}
        assert leaders(Known(other), *names) == list(names)

    def test_a_copy_without_json_of_the_same_moment_is_an_edit_by_takeout(self) -> None:
        names = ["a.jpg", "a.jpg.json", "a(1).jpg"]
        same = {"a.jpg": Capture("x", JULY), "a(1).jpg": Capture("x", JULY)}
        assert leaders(Known(same), *names) == ["a.jpg"]
        assert leaders(Known({}), *names) == ["a(1).jpg", "a.jpg"]
        assert leaders(Known(same), *names, "a.jpg(1).json") == ["a(1).jpg", "a.jpg"]

    def test_takeout_calls_an_edit_what_it_likes_in_any_language(self) -> None:
        names = ["a(1).jpg", "a.jpg(1).json", "a-\u0e41\u0e01\u0e49\u0e44\u0e02(1).jpg"]
        same = dict.fromkeys((names[0], names[2]), Capture("x", JULY))
        assert leaders(Known(same), *names) == ["a(1).jpg"]
        assert leaders(Known({}), *names) == [names[0], names[2]]

    @pytest.mark.parametrize(
        ("names", "lead"),
        [
            (("a.heic", "a.jpg", "a.mov"), "a.heic"),
            (("a.jpg", "a.tif"), "a.jpg"),
            (("a_v2.jpg", "a.jpg"), "a.jpg"),
            (("a-01.jpeg", "a.jpg"), "a.jpg"),
        ],
    )
    def test_common_names_are_of_one_shot_if_taken_at_the_same_moment(
        self, names: tuple[str, ...], lead: str
    ) -> None:
        pictures = list(filter(is_photo, names))
        assert leaders(Known(dict.fromkeys(pictures, Capture("x", JULY))), *names) == [lead]
        assert leaders(Known(dict.fromkeys(pictures, Capture("x"))), *names) == sorted(pictures)
        times = {pictures[0]: Capture("x", JULY), pictures[1]: Capture("x", AUGUST)}
        assert leaders(Known(times), *names) == sorted(pictures)


def test_the_video_of_a_live_photo_is_found_by_its_identifier_where_names_fail() -> None:
    names = ["IMG_1.JPG", "other.MOV", "b.jpg", "c.mov"]
    known = Known({}, {"IMG_1.JPG": "ID", "other.MOV": "ID", "c.mov": "OTHER"})
    assert list(groups(names, {"IMG_1.JPG", "b.jpg"}, captures=known)) == [
        ("IMG_1.JPG", "other.MOV"),
        ("b.jpg",),
    ]


def test_suffixes_can_be_added() -> None:
    names = ["a.jpg", "a.foo", "a.out.bar", "a.baz"]
    grouping = Grouping(suffixes=(".FOO", "out.bar"))
    assert list(groups(names, {"a.jpg"}, grouping)) == [("a.jpg", "a.foo", "a.out.bar")]


ODD_STEMS = ["a (2)", "a (2)(1)", "x" * 44, "x" * 46, "x" * 47 + "(1)", "x" * 50, "é" * 130]
ODD_STEMS += [
    "x" * 45,
    "x" * 45 + "-e",
    "x" * 45 + "-e(1)",
    "a~2",
    "a.mp~2",
    "a_original",
    "a_DxO-1",
]
STEMS = st.sampled_from(
    [
        *"a A b a(1) a.mp a.jpg IMG_1 IMG_E1 IMG_O1 a-edited e\u0301 a.RAW-01.COVER".split(),
        *ODD_STEMS,
    ]
)
SUFFIXES = st.sampled_from(
    ".jpg .JPG .heic .nef .NEF .xmp .XMP .jpg.xmp .nef.xmp .mov .aae .json .jpg.json .jpg(1).json "
    ".jpg.supplemental-metadata.json .txt _hevc.mov .jpg.supp.json .supplemental-meta.json".split()
)
FOLDERS = st.sets(st.builds(str.__add__, STEMS, SUFFIXES), max_size=25)


@given(FOLDERS)
def test_each_photo_is_in_one_group_and_no_file_in_two(names: set[str]) -> None:
    found = list(groups(sorted(names), set(filter(is_photo, names))))
    members = [name for group in found for name in group]
    assert len(members) == len(set(members))
    assert set(members) <= names
    assert set(filter(is_photo, names)) <= set(members)
    assert all(is_photo(leader) for leader, *_ in found)


@given(FOLDERS)
def test_only_pictures_of_the_same_shot_follow_another(names: set[str]) -> None:
    for leader, *others in groups(sorted(names), set(filter(is_photo, names))):
        for other in filter(is_photo, others):
            is_edit = any(sign in other for sign in ("edited", "IMG_E", "-e", "~2", "_"))
            is_edit |= any(os.path.splitext(other)[0].lower() == o.lower() for o in names)
            assert is_edit or other.lower().endswith(".nef")
            assert is_edit or not leader.lower().endswith(".nef")
            assert leader[0].lower() == other[0].lower()


@given(FOLDERS)
def test_groups_come_in_the_order_of_their_photos(names: set[str]) -> None:
    leaders = [leader for leader, *_ in groups(sorted(names), set(filter(is_photo, names)))]
    assert leaders == sorted(leaders)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["PXL_1.MP.jpg", "PXL_1.MP"], ["PXL_1 (2).MP.jpg", "PXL_1 (2).MP"]),
        (["PXL_1.MP.jpg"], ["PXL_1 (2).MP.jpg"]),
        (["IMG_1.HEIC", "IMG_1_HEVC.MOV"], ["IMG_1 (2).HEIC", "IMG_1 (2)_HEVC.MOV"]),
        (["IMG_1.JPG", "IMG_O1.aae"], ["IMG_1 (2).JPG", "IMG_O1 (2).aae"]),
        (["a(1).jpg"], ["a(1) (2).jpg"]),
        (["a(1).jpg", "a.jpg(1).json"], ["a (2)(1).jpg", "a (2).jpg(1).json"]),
        (["A.JPG", "A_01.JPG.xmp"], ["A (2).JPG", "A (2)_01.JPG.xmp"]),
        (["e\u0301.jpg", "\u00e9.xmp"], ["e\u0301 (2).jpg", "\u00e9 (2).xmp"]),
        (
            ["x" * 47 + ".jpg", "x" * 46 + ".json"],
            ["x" * 42 + " (2)" + "x" * 5 + ".jpg", "x" * 42 + " (2).json"],
        ),
    ],
)
def test_a_number_is_placed_so_that_all_names_still_match(
    names: list[str], expected: list[str]
) -> None:
    assert numbered(names, 2) == expected


@given(FOLDERS, st.sampled_from([2, 3, 10, 1000]))
def test_a_group_with_a_number_is_a_group_again(names: set[str], number: int) -> None:
    for group in groups(sorted(names), set(filter(is_photo, names))):
        new = numbered(group, number)
        assert len(set(new)) == len(new)
        assert all(len(name.encode()) <= 255 for name in new)
        assert all(f"({number})" in name for name in new)
        (again,) = groups(sorted(new), set(filter(is_photo, new)))
        assert set(again) == set(new)
        assert again[0] == new[0]


class TestVideos:
    def of(self, *names: str) -> dict[str, list[str]]:
        """Photo or video -> its companions, with videos counting as photos."""
        in_order = sorted(names)
        videos = {name for name in names if name.lower().endswith((".mov", ".mp4"))}
        photos = set(filter(is_photo, names))
        return {lead: others for lead, *others in groups(in_order, photos, videos=videos)}

    @pytest.mark.parametrize("sidecar", ["a.MOV.xmp", "a.THM", "a.SRT", "a.xmp", "a.LRV", "a.json"])
    def test_a_sidecar_goes_with_its_video(self, sidecar: str) -> None:
        assert self.of("a.MOV", sidecar) == {"a.MOV": [sidecar]}

    def test_an_edited_version_goes_with_its_original(self) -> None:
        assert self.of("IMG_E1.MOV", "IMG_1.MOV") == {"IMG_1.MOV": ["IMG_E1.MOV"]}

    def test_two_videos_of_one_stem_are_two(self) -> None:
        assert self.of("a.mov", "a.mp4") == {"a.mov": [], "a.mp4": []}

    def test_the_moving_part_of_a_photo_stays_with_it(self) -> None:
        assert self.of("a.heic", "a.mov", "a.mov.xmp", "b.mov") == {
            "a.heic": ["a.mov", "a.mov.xmp"],
            "b.mov": [],
        }

    @pytest.mark.parametrize("name", ["IMG_1_HEVC.MOV", "IMG_1-live.mp4"])
    def test_the_moving_part_of_a_photo_that_is_elsewhere_waits(self, name: str) -> None:
        assert self.of(name, "b.jpg") == {"b.jpg": []}
