"""Which files belong to a photo, judged by their names alone. Touches no disk.

A photo's companions (XMP, AAE, the video of a Live Photo, its RAW twin, Takeout's JSON) form one
group with it.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from catdog_sorter.photos.formats import RAW_SUFFIXES

_STEM_SUFFIXES = (".xmp", ".aae", ".mov", ".mp4", ".mp", ".json")
_VIDEO_SUFFIXES = (".mov", ".mp4", ".mp")
_TAKEOUT_STEM_LENGTH = 46
_TAKEOUT_NUMBER = re.compile(r"(.+)(\(\d+\))")


def groups(names: Iterable[str], photos: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield (photo, companions...) in the order of `names`; no file stands in two groups."""
    names = list(names)
    leaders = [name for name in names if name in photos]
    twins = _raw_twins(leaders)
    taken = {raw for raws in twins.values() for raw in raws}
    free = _Free(name for name in names if name not in photos)
    # A JSON or XMP named after the whole file name belongs to it before it belongs to a stem.
    own = free.shared_out(leaders, _own_companions)
    shared = free.shared_out([name for name in leaders if name not in taken], _stem_companions)
    for name in leaders:
        if name not in taken:
            raws = twins.get(name, [])
            of_raws = [other for raw in raws for other in own.get(raw, ())]
            yield (name, *own.get(name, ()), *shared.get(name, ()), *raws, *of_raws)


def follows_name(companion: str, photo: str) -> bool:
    """Whether the companion belongs to this very file, as `a.jpg.xmp` does to `a.jpg`."""
    return companion.lower().startswith(f"{photo.lower()}.")


class _Free:
    """Files that no photo has claimed yet, found by name whatever its case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_lower_name: dict[str, list[str]] = {}
        for name in names:
            self._by_lower_name.setdefault(name.lower(), []).append(name)

    def shared_out(
        self, photos: Iterable[str], wanted: Callable[[str], Iterable[str]]
    ) -> dict[str, list[str]]:
        """The files each photo wants and gets; those in its own case go before others."""
        if not self._by_lower_name:  # most folders hold nothing but photos
            return {}
        every_wish = (
            (photo, [name for name in wanted(photo) if name in self._by_lower_name])
            for photo in photos
        )
        wishes = {photo: names for photo, names in every_wish if names}
        given: dict[str, list[str]] = {photo: [] for photo in wishes}
        for same_case in (True, False):
            for photo, lower_names in wishes.items():
                stem = os.path.splitext(photo)[0] if same_case else ""
                for lower_name in lower_names:
                    given[photo] += self._claimed(lower_name, stem)
        return given

    def _claimed(self, lower_name: str, stem: str) -> list[str]:
        names = self._by_lower_name.get(lower_name, [])
        self._by_lower_name[lower_name] = [name for name in names if not name.startswith(stem)]
        return [name for name in names if name.startswith(stem)]


def _raw_twins(photos: Sequence[str]) -> dict[str, list[str]]:
    """RAW files by the ordinary photo of the same stem that leads them."""
    raws = [name for name in photos if _is_raw(name)]
    if not raws:
        return {}
    leader: dict[str, str] = {}
    for name in photos:
        if not _is_raw(name):
            leader.setdefault(_stem(name), name)
    any_case = {stem.lower(): name for stem, name in reversed(leader.items())}
    twins: dict[str, list[str]] = {}
    for name in raws:
        if photo := leader.get(_stem(name)) or any_case.get(_stem(name).lower()):
            twins.setdefault(photo, []).append(name)
    return twins


def _is_raw(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in RAW_SUFFIXES


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]


def _own_companions(photo: str) -> Iterator[str]:
    """Lower-case names that follow the photo's whole name, as `a.jpg.xmp` does."""
    name = photo.lower()
    yield f"{name}.xmp"
    yield from _takeout_names(name, "")
    stem, suffix = os.path.splitext(name)
    if numbered := _TAKEOUT_NUMBER.fullmatch(stem):  # a(1).jpg has a.jpg(1).json
        yield from _takeout_names(f"{numbered[1]}{suffix}", numbered[2])


def _takeout_names(name: str, number: str) -> Iterator[str]:
    """Google Takeout cuts the name before `.json` to 46 characters, wherever that falls."""
    yield f"{name}{number}.json"
    for extra in (".supplemental-metadata", ""):
        cut = f"{name}{extra}"[:_TAKEOUT_STEM_LENGTH]
        yield f"{cut}{number}.json"


def _stem_companions(photo: str) -> Iterator[str]:
    stem = os.path.splitext(photo)[0].lower()
    for suffix in _STEM_SUFFIXES:
        yield f"{stem}{suffix}"
    if stem.endswith(_VIDEO_SUFFIXES):  # a Pixel's a.mp.jpg has the video a.mp
        yield stem
