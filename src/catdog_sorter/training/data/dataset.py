"""Labelled photos: decoded to disk, split, and fed to a trainer in batches.

No framework: PyTorch and TensorFlow get the same arrays in the same order.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.labels import Unreadable
from catdog_sorter.parallel import cores, map_ahead
from catdog_sorter.training.data.augment import augment
from catdog_sorter.training.data.samples import Sample
from catdog_sorter.training.recipes import Recipe

_SAME_PHOTO_BITS = 4
_HASHED_SIDE = 288


class Batch(NamedTuple):
    """A batch of pictures, uint8 (N, S, S, 3), and their targets, float32 (N, K).

    `composed`, bool (N,): the picture is made of two photos.
    """

    photos: npt.NDArray[np.uint8]
    targets: npt.NDArray[np.float32]
    composed: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Store:
    """Decoded photos on disk: raw RGB, each at its own size, one after another.

    `samples[i]` has shape `shapes[i]` (height, width) and begins at byte `offsets[i]`;
    `fingerprints[i]` is its 64-bit perceptual hash.
    """

    pixels: npt.NDArray[np.uint8]
    samples: tuple[Sample, ...]
    shapes: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]
    fingerprints: npt.NDArray[np.uint64]
    unreadable: tuple[Unreadable, ...]

    def image(self, index: int) -> npt.NDArray[np.uint8]:
        """Return the photo of sample `index`, uint8 (H, W, 3)."""
        height, width = self.shapes[index]
        start = int(self.offsets[index])
        return self.pixels[start : start + int(height * width * 3)].reshape(height, width, 3)

    def targets(self, indices: Sequence[int], outputs: Sequence[str]) -> npt.NDArray[np.float32]:
        """float32 (N, K), 1 where the animal of column k is in the photo."""
        return animals_in([self.samples[index] for index in indices], outputs)

    def data_fingerprint(self) -> str:
        """SHA-256 over the hashes and labels of the photos, independent of file names and order."""
        rows = sorted(
            f"{fingerprint:016x} {'+'.join(sorted(sample.animals))}"
            for fingerprint, sample in zip(self.fingerprints.tolist(), self.samples, strict=True)
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def animals_in(samples: Sequence[Sample], outputs: Sequence[str]) -> npt.NDArray[np.float32]:
    """float32 (N, K), 1 where the animal of column k is in the photo."""
    rows = [[name in sample.animals for name in outputs] for sample in samples]
    return np.array(rows, dtype=np.float32)


def build_store(samples: Sequence[Sample], folder: Path, side: int) -> Iterator[int | Store]:
    """Decode every photo once into `folder`, shrunken to a shorter side of `side` pixels.

    Yields the number of photos done, and finally the `Store`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept: list[Sample] = []
    shapes: list[tuple[int, int]] = []
    hashes: list[int] = []
    unreadable: list[Unreadable] = []
    file = folder / "pixels.rgb"
    with file.open("wb") as out, ThreadPoolExecutor(cores()) as pool, DecoderPool() as decoders:
        decode = partial(_decode, decoders=decoders, side=side)
        decoded = map_ahead(pool, lambda sample: decode(sample.path), samples, ahead=64)
        for done, (sample, item) in enumerate(zip(samples, decoded, strict=True), start=1):
            if isinstance(item, Unreadable):
                unreadable.append(item)
            else:
                image, fingerprint = item
                out.write(image.tobytes())
                kept.append(sample)
                shapes.append((image.shape[0], image.shape[1]))
                hashes.append(fingerprint)
            yield done
    sizes = np.array([h * w * 3 for h, w in shapes], dtype=np.int64)
    yield Store(
        pixels=np.memmap(file, np.uint8, "r") if kept else np.empty(0, np.uint8),
        samples=tuple(kept),
        shapes=np.array(shapes, dtype=np.int64),
        offsets=np.cumsum(sizes) - sizes,
        fingerprints=np.array(hashes, dtype=np.uint64),
        unreadable=tuple(unreadable),
    )


def _decode(
    path: Path, decoders: DecoderPool, side: int
) -> tuple[npt.NDArray[np.uint8], int] | Unreadable:
    """Decode a photo to a shorter side of at most `side` pixels; returns its hash too.

    The hash is taken before shrinking, so that a split does not depend on the recipe's sizes.
    """
    try:
        pixels = decoders.read(path, max(side, _HASHED_SIDE))
    except UnreadablePhoto as error:
        return Unreadable(path, str(error))
    height, width = pixels.shape[:2]
    ratio = side / min(height, width)
    if ratio >= 1:
        return pixels, perceptual_hash(pixels)
    size = (max(side, round(width * ratio)), max(side, round(height * ratio)))
    shrunken = Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(shrunken), perceptual_hash(pixels)


def perceptual_hash(image: npt.NDArray[np.uint8]) -> int:
    """64-bit difference hash: whether each of 8 x 8 cells is darker than its right neighbour."""
    grey = Image.fromarray(image).convert("L").resize((9, 8), Image.Resampling.BOX)
    cells = np.asarray(grey)
    bits = np.packbits(cells[:, :-1] < cells[:, 1:])
    return int.from_bytes(bits.tobytes(), "big")


def split(
    store: Store, validation_share: float, seed: int, only_learned: Collection[Sample] = ()
) -> tuple[list[int], list[int]]:
    """Return (training, validation) indices; copies of one photo stay on one side.

    Of each label `validation_share` of the groups are held out. Photos in `only_learned` are used
    for training only, unless they are copies of validation photos; they do not affect the split of
    the others.
    """
    extra = np.array([sample in only_learned for sample in store.samples], dtype=np.bool_)
    judged = np.flatnonzero(~extra)
    groups = judged[same_photo_groups(store.fingerprints[judged])]
    by_kind: dict[tuple[str, ...], list[int]] = {}
    for group in np.unique(groups).tolist():
        kind = tuple(sorted(store.samples[group].animals))
        by_kind.setdefault(kind, []).append(group)
    rng = np.random.default_rng(seed)
    held_out: set[int] = set()
    for kind in sorted(by_kind):
        shuffled = rng.permutation(by_kind[kind])
        # A single photo is more useful for training.
        count = min(max(1, round(len(shuffled) * validation_share)), len(shuffled) - 1)
        held_out.update(shuffled[:count].tolist())
    aside = np.isin(groups, list(held_out))
    validation = judged[aside].tolist()
    copies = [
        index
        for index in np.flatnonzero(extra).tolist()
        if _looks_like(store.fingerprints[index], store.fingerprints[validation])
    ]
    training = set(range(len(store.samples))) - set(validation) - set(copies)
    return sorted(training), validation


def _looks_like(fingerprint: np.uint64, others: npt.NDArray[np.uint64]) -> bool:
    return bool(np.any(np.bitwise_count(others ^ fingerprint) <= _SAME_PHOTO_BITS))


def same_photo_groups(
    fingerprints: npt.NDArray[np.uint64],
    alike: Callable[[int, npt.NDArray[np.int64]], npt.NDArray[np.bool_]] | None = None,
) -> npt.NDArray[np.int64]:
    """int64 (N,): for each photo the lowest index among those that look the same.

    Two photos look the same when their hashes differ in at most four bits, or when a third one
    looks the same as both. `alike(index, others)` is a second test: of `others`, int64 (M,), whose
    hashes are close to that of `index`, it returns which really look the same, bool (M,).
    """
    groups = np.arange(len(fingerprints), dtype=np.int64)
    for index, fingerprint in enumerate(fingerprints):
        distance = np.bitwise_count(fingerprints[:index] ^ fingerprint)
        close = np.flatnonzero(distance <= _SAME_PHOTO_BITS)
        if alike is not None and len(close):
            close = close[alike(index, close)]
        if len(close):
            joined = np.append(groups[close], index)
            groups[: index + 1][np.isin(groups[: index + 1], joined)] = joined.min()
    return groups


def training_batches(
    store: Store,
    indices: Sequence[int],
    recipe: Recipe,
    seed: int,
    epoch: int,
) -> Iterator[Batch]:
    """Yield one epoch, in batches of the recipe's size.

    Order and augmentation depend only on `seed`, `epoch` (counted from the recipe's `first_epoch`)
    and each photo's index, so a resumed run gets the same batches as an uninterrupted one. The
    last, smaller batch is left out unless it is the only one.
    """
    epoch += recipe.data.skip_epochs
    order = np.random.default_rng((seed, epoch)).permutation(np.asarray(indices))
    size = min(recipe.data.batch_size, len(order))
    targets = store.targets(order.tolist(), recipe.outputs)
    partners = np.random.default_rng((seed, epoch, 1)).permutation(len(order))
    scenes = [index for index in indices if not store.samples[index].animals]

    def prepare(place: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], bool]:
        rng = np.random.default_rng((seed, epoch, place, 2))
        image = store.image(int(order[place]))
        target = targets[place]
        partner = None
        if rng.random() < recipe.augmentation.compose:
            partner = store.image(int(order[partners[place]]))
            target = np.maximum(target, targets[partners[place]])
        scene = None
        if recipe.augmentation.inset and rng.random() < recipe.augmentation.inset and scenes:
            scene = store.image(scenes[int(rng.integers(len(scenes)))])
        changes = recipe.augmentation
        picture = augment(image, partner, changes, recipe.data.image_size, rng, scene)
        return picture, target, partner is not None or scene is not None

    with ThreadPoolExecutor(cores()) as pool:
        prepared = map_ahead(pool, prepare, range(len(order)), ahead=3 * size)
        while batch := list(islice(prepared, size)):
            if len(batch) == size:
                photos, labels, composed = zip(*batch, strict=True)
                yield Batch(np.stack(photos), np.stack(labels), np.array(composed))
