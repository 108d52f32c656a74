"""Decides which keywords each photo gets, and in which sidecar. Reads sidecars, writes nothing.

`executor.apply` in mode `TAG` writes them, by the plan made here and `new_content`.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from uuid import uuid4

from catdog_sorter.labels import Label, Prediction, Unreadable
from catdog_sorter.moving.outcomes import MoveFailed
from catdog_sorter.moving.places import UnsafeTransfer, anchor_of
from catdog_sorter.moving.plan import GroupMove, Move, Plan, Reason, Skip
from catdog_sorter.moving.transfer import advice, regular
from catdog_sorter.moving.xmp import MAX_BYTES, XmpError, with_keywords
from catdog_sorter.photos.find import Photo
from catdog_sorter.storage.locations import sidecar_backups_folder
from catdog_sorter.storage.spool import Spool, SpooledDict
from catdog_sorter.text import shown

KEYWORDS: Mapping[Label, tuple[str, ...]] = {
    Label.CAT: ("cat",),
    Label.DOG: ("dog",),
    Label.BOTH: ("cat", "dog"),
}


def plan_tags(
    found: Collection[Photo | Unreadable], results: Iterable[Prediction | Unreadable]
) -> tuple[Plan, Spool[MoveFailed]]:
    """Plan which sidecars are written; `results` belong to `found`, one each, in order.

    The second part lists the photos whose sidecar cannot be changed; the plan skips them.
    """
    names = _Names(photo for photo in found if isinstance(photo, Photo))
    groups, skips = Spool[GroupMove](), Spool[Skip]()
    refused = Spool[MoveFailed]()
    for photo, result in zip(found, results, strict=True):
        if not (isinstance(photo, Photo) and isinstance(result, Prediction)):
            continue
        try:
            outcome = _planned(photo, result, names)
        except (OSError, UnsafeTransfer) as error:
            refused.append(MoveFailed(photo.path, advice(error)))
            outcome = Reason.SIDECAR
        if isinstance(outcome, Reason):
            skips.append(Skip(photo.path, result.label, outcome))
        else:
            groups.append(outcome)
    return Plan(groups, skips), refused


def new_content(group: GroupMove) -> bytes:
    """The new content of the group's sidecar. Raises UnsafeTransfer when it cannot be changed."""
    content = _content(group.backup.source if group.backup else None, group.label)
    if content is None:
        raise UnsafeTransfer("Another program has just given it these keywords.")
    return content


def _planned(photo: Photo, result: Prediction, names: "_Names") -> GroupMove | Reason:
    label, identity = result.label, result.identity
    if label not in KEYWORDS:
        return Reason.VERDICT
    if os.path.islink(photo.path):
        return Reason.LINK
    existing = _sidecar(photo)
    if _content(existing, label) is None:
        return Reason.IN_PLACE
    anchor = anchor_of(photo.path.parent)
    if existing is None:
        write = Move(photo.path, names.new_sidecar(photo), identity)
        return GroupMove(label, (write,), source_anchor=anchor, target_anchor=anchor)
    backup = sidecar_backups_folder() / f"{uuid4().hex}.xmp"
    write = Move(photo.path, existing, identity)
    moved = Move(existing, backup)
    return GroupMove(label, (write,), backup=moved, source_anchor=anchor, target_anchor=anchor)


def _content(sidecar: Path | None, label: Label) -> bytes | None:
    """The sidecar's content with the label's keywords; None if it has them already."""
    try:
        if sidecar is None:
            return with_keywords(None, KEYWORDS[label])
        regular(sidecar)
        with open(sidecar, "rb") as reading:
            return with_keywords(reading.read(MAX_BYTES + 1), KEYWORDS[label])
    except XmpError as error:
        raise UnsafeTransfer(
            f"Its sidecar '{shown(sidecar or '')}' was left as it is. {error}"
        ) from error


# --- Names of sidecars -----------------------------------------------------------------------


def _sidecar(photo: Photo) -> Path | None:
    """The photo's own sidecar (a.jpg.xmp), or the one it may share with others (a.xmp)."""
    return _own(photo) or _shared(photo)


def _own(photo: Photo) -> Path | None:
    return _companion(photo, f"{photo.path.name}.xmp")


def _shared(photo: Photo) -> Path | None:
    return _companion(photo, f"{photo.path.stem}.xmp")


def _companion(photo: Photo, name: str) -> Path | None:
    alike = [path for path in photo.companions if path.name.lower() == name.lower()]
    return next((path for path in alike if path.name == name), alike[0] if alike else None)


def _stem(photo: Photo) -> str:
    return str(photo.path.parent / photo.path.stem.lower())


class _Names:
    """The naming of new sidecars: that of existing ones in the folder."""

    def __init__(self, photos: Iterable[Photo]) -> None:
        self._styles: Counter[tuple[Path, bool]] = Counter()
        self._stems = SpooledDict()  # "1" for a stem that one photo has, "2" for more
        for photo in photos:
            folder = photo.path.parent
            stem = _stem(photo)
            self._stems[stem] = "2" if stem in self._stems else "1"
            if sidecar := _sidecar(photo):
                self._styles[folder, sidecar == _shared(photo)] += 1

    def new_sidecar(self, photo: Photo) -> Path:
        """a.jpg.xmp, or a.xmp where all others are named that way and no other photo is named a."""
        folder = photo.path.parent
        is_shared_style = self._styles[folder, True] > 0 == self._styles[folder, False]
        if is_shared_style and self._stems.get(_stem(photo)) == "1":
            shared = photo.path.with_suffix(".xmp")
            if not os.path.lexists(shared):
                return shared
        return photo.path.with_name(f"{photo.path.name}.xmp")
