"""The targets and names of photos; no test here touches the disk."""

import os
import pathlib
import tracemalloc
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import count, starmap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catdog_sorter.labels import Label
from catdog_sorter.moving.plan import (
    GroupMove,
    LabelledPhoto,
    Move,
    Plan,
    Reason,
    Skip,
    plan_moves,
    renumbered,
)
from catdog_sorter.photos.find import Photo

FOLDERS = {Label.CAT: "cat", Label.DOG: "dog", Label.BOTH: "both"}
ROOT = Path("/photos")


def photo(name: str, *companions: str, root: Path = ROOT) -> Photo:
    path = root / name
    return Photo(path, root, tuple(path.parent / companion for companion in companions))


def plan(
    *verdicts: tuple[Photo, Label],
    disk: dict[str, str] | None = None,
    links: tuple[str, ...] = (),
    into: Path | None = None,
    flat: bool = False,
) -> Plan:
    """Plan with `disk`: path -> content; each path that is not listed has a unique content."""
    contents = disk or {}

    def content(path: Path) -> str:
        return contents.get(str(path), str(path))

    planned = plan_moves(
        starmap(LabelledPhoto, verdicts),
        folders=FOLDERS,
        into=into,
        flat=flat,
        occupied=lambda path: str(path) in contents,
        same_content=lambda a, b: content(a) == content(b),
        size_of=lambda path: len(content(path)),
        hash_of=content,
        is_link=lambda path: str(path) in links,
    )
    return Plan(tuple(planned.groups), tuple(planned.skips))


def targets(planned: Plan) -> list[str]:
    return [str(move.target) for group in planned.groups for move in group.moves]


def key(path: Path | str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path)).casefold())


def test_photos_go_to_the_folder_of_their_label_and_others_stay() -> None:
    planned = plan(
        (photo("a.jpg"), Label.CAT),
        (photo("trip/b.jpg"), Label.DOG),
        (photo("c.jpg"), Label.NEITHER),
        (photo("d.jpg"), Label.UNSURE),
    )
    assert targets(planned) == ["/photos/cat/a.jpg", "/photos/dog/trip/b.jpg"]
    assert planned.skips == (
        Skip(ROOT / "c.jpg", Label.NEITHER, Reason.VERDICT),
        Skip(ROOT / "d.jpg", Label.UNSURE, Reason.VERDICT),
    )


def test_into_and_flat() -> None:
    verdict = (photo("trip/day 1/b.jpg"), Label.DOG)
    assert targets(plan(verdict, into=Path("/out"))) == ["/out/dog/trip/day 1/b.jpg"]
    assert targets(plan(verdict, into=Path("/out"), flat=True)) == ["/out/dog/b.jpg"]


def test_companions_travel_along() -> None:
    planned = plan((photo("t/a.jpg", "a.xmp", "a.MOV"), Label.CAT))
    assert planned.groups == (
        GroupMove(
            Label.CAT,
            (
                Move(ROOT / "t/a.jpg", ROOT / "cat/t/a.jpg"),
                Move(ROOT / "t/a.xmp", ROOT / "cat/t/a.xmp"),
                Move(ROOT / "t/a.MOV", ROOT / "cat/t/a.MOV"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("names", "numbered"),
    [
        (["a.jpg", "a.jpg.xmp", "a.xmp"], ["a (2).jpg", "a (2).jpg.xmp", "a (2).xmp"]),
        (["a.jpg", "a.jpg.json"], ["a (2).jpg", "a (2).jpg.json"]),
        (["IMG_1.HEIC", "img_1.mov"], ["IMG_1 (2).HEIC", "img_1 (2).mov"]),
        (["IMG_E1.jpg", "IMG_1.aae"], ["IMG_E1 (2).jpg", "IMG_1 (2).aae"]),
        (["IMG_1.jpg", "IMG_10.mov"], ["IMG_1 (2).jpg", "IMG_10 (2).mov"]),
        (["noext"], ["noext (2)"]),
        (["a.b.jpg", "a.b.xmp"], ["a.b (2).jpg", "a.b (2).xmp"]),
    ],
)
def test_a_clash_numbers_the_whole_group(names: list[str], numbered: list[str]) -> None:
    planned = plan((photo(names[0], *names[1:]), Label.CAT), disk={f"/photos/cat/{names[-1]}": "x"})
    assert targets(planned) == [f"/photos/cat/{name}" for name in numbered]
    assert planned.groups[0].number == 2


def test_names_that_some_file_system_takes_for_one_clash() -> None:
    planned = plan(
        (photo("1/Caf\u00e9.jpg"), Label.CAT),
        (photo("2/CAFE\u0301.JPG"), Label.CAT),
        (photo("3/cafe\u0301.jpg"), Label.CAT),
        flat=True,
    )
    assert targets(planned) == [
        "/photos/cat/Caf\u00e9.jpg",
        "/photos/cat/CAFE\u0301 (2).JPG",
        "/photos/cat/cafe\u0301 (3).jpg",
    ]


def test_what_is_already_there_stays_out() -> None:
    disk = {"/photos/a.jpg": "same", "/out/cat/a.jpg": "other", "/out/cat/a (2).jpg": "same"}
    planned = plan((photo("a.jpg"), Label.CAT), disk=disk, into=Path("/out"))
    assert planned == Plan((), (Skip(ROOT / "a.jpg", Label.CAT, Reason.DUPLICATE),))


def test_identical_photos_of_one_plan_are_sorted_once() -> None:
    disk = {"/photos/1/a.jpg": "same", "/photos/2/a.jpg": "same", "/photos/3/a.jpg": "other"}
    verdicts = [(photo(f"{n}/a.jpg"), Label.CAT) for n in (1, 2, 3)]
    planned = plan(*verdicts, disk=disk, flat=True)
    assert targets(planned) == ["/photos/cat/a.jpg", "/photos/cat/a (2).jpg"]
    assert planned.skips == (Skip(ROOT / "2/a.jpg", Label.CAT, Reason.DUPLICATE),)


def test_each_file_is_asked_for_a_few_times_however_many_have_its_name() -> None:
    """Also if all have one size, and if the target has as many from an earlier run."""
    asked = Counter[str]()

    def noted(kind: str, answer: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*paths: Path) -> Any:
            asked[kind] += 1
            return answer(*paths)

        return ask

    number = 1_000
    there = {"/out/cat/a.jpg", *(f"/out/cat/a ({n}).jpg" for n in range(2, number))}
    planned = plan_moves(
        (LabelledPhoto(photo(f"{n}/a.jpg"), Label.CAT) for n in range(number)),
        folders=FOLDERS,
        into=Path("/out"),
        flat=True,
        occupied=noted("occupied", lambda path: str(path) in there),
        same_content=noted("same_content", lambda a, b: False),
        size_of=noted("size_of", lambda path: 7),
        hash_of=noted("hash_of", str),
        is_link=lambda path: False,
    )
    names = [group.moves[0].target.name for group in planned.groups]
    assert names == [f"a ({n}).jpg" for n in range(number, 2 * number)]
    assert all(count <= 6 * number for count in asked.values()), asked


def test_a_second_run_over_the_same_folder_changes_nothing() -> None:
    verdicts = [(photo("cat/t/a.jpg"), Label.CAT), (photo("dog/b.jpg"), Label.DOG)]
    planned = plan(*verdicts)
    assert not planned.groups
    assert {skip.reason for skip in planned.skips} == {Reason.IN_PLACE}


def test_a_folder_of_sorted_photos_given_by_name_is_not_nested() -> None:
    sorted_before = photo("a.jpg", root=ROOT / "Cat")
    assert plan((sorted_before, Label.CAT)).skips == (
        Skip(ROOT / "Cat" / "a.jpg", Label.CAT, Reason.IN_PLACE),
    )
    assert targets(plan((sorted_before, Label.CAT), into=Path("/out"))) == ["/out/cat/a.jpg"]


def test_a_changed_verdict_does_not_nest_the_folders() -> None:
    assert targets(plan((photo("dog/t/a.jpg"), Label.CAT))) == ["/photos/cat/t/a.jpg"]


def test_links_are_left_alone() -> None:
    planned = plan(
        (photo("a.jpg"), Label.CAT),
        (photo("b.jpg", "b.xmp", "b.mov"), Label.CAT),
        links=("/photos/a.jpg", "/photos/b.xmp"),
    )
    assert planned.skips == (Skip(ROOT / "a.jpg", Label.CAT, Reason.LINK),)
    assert targets(planned) == ["/photos/cat/b.jpg", "/photos/cat/b.mov"]


def test_a_file_is_planned_once_even_if_given_twice() -> None:
    planned = plan(
        (photo("t/a.jpg", "a.xmp", "a.dng"), Label.CAT),
        (photo("a.jpg", root=ROOT / "t"), Label.CAT),
        (photo("t/a.dng", "a.xmp"), Label.CAT),
        (photo("t/a.png", "a.xmp"), Label.CAT),
    )
    sources = [move.source.name for group in planned.groups for move in group.moves]
    assert sources == ["a.jpg", "a.xmp", "a.dng", "a.png"]
    assert [skip.reason for skip in planned.skips] == [Reason.DUPLICATE, Reason.DUPLICATE]


@pytest.mark.parametrize("letter", ["x", "é", "猫", "\udcff"])
def test_long_names_are_shortened_together(letter: str) -> None:
    stem = letter * ((255 - len(".jpg.xmp")) // len(os.fsencode(letter)))
    group = GroupMove(
        Label.CAT,
        tuple(Move(Path(f"/p/{n}"), Path(f"/o/{n}")) for n in (f"{stem}.jpg", f"{stem}.jpg.xmp")),
    )
    first, second = (move.target.name for move in renumbered(group, 12).moves)
    assert second == f"{first}.xmp"
    assert first.endswith(" (12).jpg")
    assert 250 <= len(os.fsencode(second)) <= 255
    assert renumbered(renumbered(group, 12), 1) == group


NAMES = st.text(st.sampled_from("aAäÄ\u0308ßſ\udcff (2)."), min_size=1, max_size=4).map(
    lambda stem: f"p{stem}.jpg"
)
FOLDER_NAMES = st.sampled_from(["", "t", "T", "t/u", "cat", "dog/x"])
VERDICTS = st.lists(
    st.tuples(
        FOLDER_NAMES,
        NAMES,
        st.lists(st.sampled_from([".xmp", ".jpg.xmp", ".XMP", ".mov"]), max_size=3, unique=True),
        st.sampled_from(list(Label)),
        st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda verdict: verdict[:2],
)


@settings(deadline=None)  # a busy machine is not a fault
@given(
    VERDICTS,
    st.booleans(),
    st.sampled_from([None, Path("/out")]),
    st.dictionaries(NAMES, st.integers(0, 3).map(str), max_size=4),
)
def test_no_plan_joins_or_loses_files(
    rows: list[tuple[str, str, list[str], Label, int]],
    flat: bool,
    into: Path | None,
    there: dict[str, str],
) -> None:
    base = into or ROOT
    disk = {f"{base}/cat/{name}": content for name, content in there.items()}
    verdicts = []
    for folder, name, endings, label, content in rows:
        given_photo = photo(str(Path(folder) / name), *(name[:-4] + ending for ending in endings))
        disk.setdefault(str(given_photo.path), str(content))
        verdicts.append((given_photo, label))

    planned = plan(*verdicts, disk=disk, into=into, flat=flat)

    counts = Counter(map(key, targets(planned)))
    assert all(count == 1 for count in counts.values())
    assert not set(targets(planned)) & set(disk)
    sources = [move.source for group in planned.groups for move in group.moves]
    assert len(sources) == len(set(sources))
    seen = [group.moves[0].source for group in planned.groups] + [s.path for s in planned.skips]
    assert sorted(map(str, seen)) == sorted(str(p.path) for p, _ in verdicts)
    for group in planned.groups:
        homes = {move.target.parent for move in group.moves}
        assert len(homes) == 1
        below = group.moves[0].source.parent.relative_to(ROOT)
        for output in FOLDERS.values():
            if into is None and below.is_relative_to(output):
                below = below.relative_to(output)
        wanted = base / FOLDERS[group.label] if flat else base / FOLDERS[group.label] / below
        assert homes == {wanted}
        assert all(len(os.fsencode(move.target.name)) <= 255 for move in group.moves)


def test_a_plan_of_many_takes_no_more_memory_than_one_of_few() -> None:
    assert bytes_of_plan(10_000) < bytes_of_plan(1_000) + 300_000


def bytes_of_plan(photos: int) -> int:
    """Python's memory for a plan, without SQLite's; the names of half of the photos clash."""
    names = (f"{number % 2}/{number // 2:06} with a name of some length.jpg" for number in count())
    labels = (Label.CAT, Label.CAT, Label.NEITHER, Label.NEITHER)
    verdicts = ((photo(next(names)), labels[number % 4]) for number in range(photos))
    tracemalloc.start()
    planned = plan_moves(
        starmap(LabelledPhoto, verdicts),
        folders=FOLDERS,
        into=None,
        flat=True,
        occupied=lambda path: False,
        same_content=lambda a, b: False,
        size_of=lambda path: 0,
        hash_of=str,
        is_link=lambda path: False,
    )
    # The table of all names known to Python grows in steps, whoever is the first to need more.
    elsewhere = tracemalloc.Filter(False, pathlib.__file__)
    kept = tracemalloc.take_snapshot().filter_traces([elsewhere]).statistics("filename")
    tracemalloc.stop()
    numbers = Counter(group.number for group in planned.groups)
    assert numbers == {1: photos // 4, 2: photos // 4}
    assert len(planned.skips) == photos // 2
    return sum(one.size for one in kept)
