"""Prepares a training set: turns labelled photos into a plan of folders to train on.

Decides which photos are usable: those that can be read, without duplicates, with one label each.
Changes nothing on disk: a `MovingSession` carries out the plan made here.
"""

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import assert_never

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.decoding.pixels import resize
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.errors import UnreadablePhoto, UsageError
from catdog_sorter.file_identity import FileIdentity
from catdog_sorter.labels import Prediction, Unreadable
from catdog_sorter.moving.outcomes import Moved, MoveFailed
from catdog_sorter.moving.plan import Plan, Reason
from catdog_sorter.moving.sort import Sorting, plan_sorting
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.photos.find import Photo, find_photos
from catdog_sorter.text import counted, shown
from catdog_sorter.training.data.dataset import perceptual_hash, same_photo_groups
from catdog_sorter.training.data.samples import LABEL_OF, Sample

_DECODED_SIDE = 288
_AHEAD_A_CORE = 8
_THUMBNAIL_SIDE = 16
# Measured on 12,204 photos: 5 of 102 pairs of different photos with close hashes reach it, all of
# one scene or one print. Of copies scaled to a third, recompressed, brightened by up to a quarter
# or cropped by 1.5 %, 94 to 100 % reach it. A mean difference of grey levels was worse: it accepts
# pale documents and rejects changes of brightness.
_SAME_PICTURE_CORRELATION = 0.985


class PrepareOutcome(StrEnum):
    """The outcome of preparing a photo."""

    PLACED = "placed"
    LEFT = "left"
    DUPLICATE = "duplicate of"
    CONTRADICTION = "contradicts"
    UNREADABLE = "unreadable"
    ALREADY_THERE = "already there"
    LINK = "symbolic link"
    FAILED = "failed"

    def counted(self, number: int) -> str:
        """The number of photos with this outcome: `2 duplicates`, `1,200 left`."""
        match self:
            case PrepareOutcome.DUPLICATE:
                return counted(number, "duplicate")
            case PrepareOutcome.CONTRADICTION:
                return counted(number, "contradiction")
            case PrepareOutcome.LINK:
                return counted(number, "symbolic link")
            case (
                PrepareOutcome.PLACED
                | PrepareOutcome.LEFT
                | PrepareOutcome.UNREADABLE
                | PrepareOutcome.ALREADY_THERE
                | PrepareOutcome.FAILED
            ):
                return f"{number:,} {self}"
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A photo with its outcome.

    `detail`: its target, the photo it duplicates or contradicts, or why it stayed.
    """

    sample: Sample
    outcome: PrepareOutcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of decoding all photos: those to place, and the outcomes of the others.

    `identities`: the files when they were decoded.
    """

    usable: tuple[Sample, ...]
    left_out: tuple[PreparedPhoto, ...]
    identities: Mapping[Path, FileIdentity] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _DecodedPhoto:
    """A photo that was decoded; `thumbnail`: float32 (D,), as `_thumbnail` gives it."""

    sample: Sample
    identity: FileIdentity
    fingerprint: int
    thumbnail: npt.NDArray[np.float32]


def check_destination(data: Path, samples: Iterable[Sample], dest: Path) -> None:
    """Raise UsageError when photos and destination would lie inside each other."""
    if os.path.lexists(dest) and not os.path.isdir(dest):
        raise UsageError(f"{shown(dest)} is a file. Give a folder to put the photos in.")
    if os.path.isdir(data) and _is_inside(dest, data):
        if _is_inside(data, dest):
            raise UsageError(
                f"{shown(data)} and {shown(dest)} are the same folder. Give another destination."
            )
        raise UsageError(
            f"{shown(dest)} lies inside {shown(data)}, so the results would be mixed with the "
            "originals. Give a destination outside."
        )
    for folder in sorted({sample.path.parent for sample in samples}):
        if _is_inside(folder, dest):
            raise UsageError(
                f"The photos in {shown(folder)} lie inside the destination {shown(dest)}, so the "
                "results would be mixed with the originals. Give another destination."
            )


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether `path` is `folder` or below it, by file identity rather than by name."""
    real = Path(os.path.realpath(path))
    return os.path.isdir(folder) and any(
        os.path.samefile(place, folder) for place in (real, *real.parents) if os.path.exists(place)
    )


def examine(
    samples: Sequence[Sample], *, keep_duplicates: bool = False
) -> Generator[Path | Findings, None, None]:
    """Decode every photo; yield each path when done, and finally the findings.

    Of photos that look the same, only the one with the most pixels is usable, or the first by path;
    if their labels differ, none is. `keep_duplicates` keeps all of them.
    """
    seen: list[_DecodedPhoto] = []
    left_out: list[PreparedPhoto] = []
    with ThreadPoolExecutor(cores()) as pool, DecoderPool() as decoders:
        decode = partial(_decode, decoders=decoders)
        decoded = map_ahead(pool, decode, samples, ahead=_AHEAD_A_CORE * cores())
        for sample, photo in zip(samples, decoded, strict=True):
            if isinstance(photo, Unreadable):
                left_out.append(PreparedPhoto(sample, PrepareOutcome.UNREADABLE, photo.reason))
            else:
                seen.append(photo)
            yield sample.path
    if not keep_duplicates:
        for group in _look_alikes(seen):
            left_out += _duplicates(group)
    out = {outcome.sample for outcome in left_out}
    usable = tuple(sample for sample in samples if sample not in out)
    identities = {photo.sample.path: photo.identity for photo in seen}
    yield Findings(usable, tuple(left_out), identities)


def _decode(sample: Sample, decoders: DecoderPool) -> _DecodedPhoto | Unreadable:
    try:
        identity = FileIdentity.of(os.stat(sample.path))
        pixels = decoders.read(sample.path, _DECODED_SIDE)
    except UnreadablePhoto as error:
        return Unreadable(sample.path, str(error))
    except OSError as error:
        return Unreadable(sample.path, f"It cannot be read: {error.strerror}.")
    return _DecodedPhoto(sample, identity, perceptual_hash(pixels), _thumbnail(pixels))


def _thumbnail(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """uint8 (H, W, 3) -> float32 (D,) with mean 0 per channel and norm 1, for correlations.

    A picture of one colour gives zeros, and so equals no other: its hash has no information.
    """
    values = resize(pixels, _THUMBNAIL_SIDE).astype(np.float32)
    values = (values - values.mean(axis=(0, 1))).reshape(-1)
    return np.asarray(values / max(float(np.linalg.norm(values)), 1.0))


def _look_alikes(seen: Sequence[_DecodedPhoto]) -> Iterator[list[Sample]]:
    """Yield groups of two or more photos that show the same picture."""
    if not seen:
        return
    thumbnails = np.stack([item.thumbnail for item in seen])

    def alike(index: int, others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        correlation = thumbnails[others] @ thumbnails[index]
        return np.asarray(correlation >= _SAME_PICTURE_CORRELATION)

    fingerprints = np.array([item.fingerprint for item in seen], dtype=np.uint64)
    groups = same_photo_groups(fingerprints, alike).tolist()
    for _, members in groupby(sorted(range(len(seen)), key=groups.__getitem__), groups.__getitem__):
        group = [seen[member].sample for member in members]
        if len(group) > 1:
            yield group


def _duplicates(group: Sequence[Sample]) -> Iterator[PreparedPhoto]:
    """Return the photos of a group to leave out: all but one, or all when labels differ."""
    if len({sample.animals for sample in group}) > 1:
        for sample in group:
            other = next(item for item in group if item.animals != sample.animals)
            yield PreparedPhoto(sample, PrepareOutcome.CONTRADICTION, str(other.path))
        return
    # A link cannot be placed, so the photo itself is preferred.
    kept = min(group, key=lambda item: (item.path.is_symlink(), -_pixels(item.path), item.path))
    for sample in group:
        if sample is not kept:
            yield PreparedPhoto(sample, PrepareOutcome.DUPLICATE, str(kept.path))


def _pixels(path: Path) -> int:
    """Read the number of pixels from the header; 0 for RAW files, to prefer developed pictures."""
    try:
        with Image.open(path) as image:
            return image.width * image.height
    except OSError:
        return 0


def plan_folders(findings: Findings, dest: Path) -> Plan:
    """Plan each photo into `dest`/cat, /dog, /both or /neither, with its companions.

    It is the plan of a sort with certain predictions.
    """
    samples = findings.usable
    photos = {
        photo.path: photo
        for photo in find_photos([sample.path for sample in samples])
        if isinstance(photo, Photo)
    }
    return plan_sorting(
        [photos.get(sample.path, Photo(sample.path, sample.path.parent)) for sample in samples],
        [_certain(sample, findings.identities.get(sample.path)) for sample in samples],
        Sorting({label: label.value for label in LABEL_OF.values()}, dest, flat=True),
    )


def _certain(sample: Sample, identity: FileIdentity | None) -> Prediction:
    p_cat, p_dog = (float(animal in sample.animals) for animal in ("cat", "dog"))
    label = LABEL_OF[sample.animals]
    return Prediction(sample.path, p_cat, p_dog, label, "given label", identity=identity)


def _outcome_of(reason: Reason) -> tuple[PrepareOutcome, str]:
    match reason:
        case Reason.DUPLICATE:
            return PrepareOutcome.ALREADY_THERE, ""
        case Reason.LINK:
            return PrepareOutcome.LINK, ""
        case Reason.OUTSIDE:
            return (
                PrepareOutcome.FAILED,
                "Its folder in the destination is a link that leads elsewhere.",
            )
        # Every label has a folder here, and no links are followed.
        case Reason.VERDICT | Reason.IN_PLACE | Reason.SIDECAR | Reason.LINKED | Reason.CATALOG:
            raise AssertionError(reason)
        case _:
            assert_never(reason)


def outcomes(
    samples: Sequence[Sample],
    findings: Findings,
    plan: Plan,
    results: Iterable[Moved | MoveFailed] = (),
) -> list[PreparedPhoto]:
    """One outcome for each of `samples`, in their order; photos without a result are left."""
    found: dict[Path, tuple[PrepareOutcome, str]] = {
        group.moves[0].source: (PrepareOutcome.LEFT, str(group.moves[0].target))
        for group in plan.groups
    }
    found.update({skip.path: _outcome_of(skip.reason) for skip in plan.skips})
    for item in findings.left_out:
        found[item.sample.path] = (item.outcome, item.detail)
    for result in results:
        if isinstance(result, Moved):
            found[result.group.moves[0].source] = (PrepareOutcome.PLACED, str(result.target))
        else:
            found[result.path] = (PrepareOutcome.FAILED, result.reason)
    return [PreparedPhoto(sample, *found[sample.path]) for sample in samples]
