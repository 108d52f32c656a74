"""Compares test-time augmentations: the mirror image, rotations and crops.

    python benchmarks/second_look.py DATA MODEL...

DATA holds labelled photos as `catdog-sort evaluate` takes them, those of neither included,
preferably those a model was validated on: every setting is calibrated on them and gets thresholds
for the same risk, as in an export. Small subjects are made from the same photos: a cat or dog, at
0.2 to 0.4 of the side, in a scene without; as a control, something else in such a scene. All photos
are also classified rotated, and upright but degraded, each in one of the ways of `robustness.py`.
Prints a Markdown table for each model. "Looked at again" are photos whose first prediction is less
confident than the row's confidence. The row's penalty is subtracted from the logits of rotated
photos. Of the crops, which have the row's side, four are in the corners and one is in the middle;
the highest of their logits has the row's weight.
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from robustness import CHANGES

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.preprocessing import to_batch
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.model.test_time_augmentation import (
    blend,
    blend_crops,
    crops,
    rotation_weighted_mean,
    second_look_weight,
)
from catdog_sorter.parallel import cores
from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.samples import Sample, find_samples
from catdog_sorter.training.fit.export import ROTATION_SHARPNESS
from catdog_sorter.training.measure.metrics import (
    calibrate,
    labels_at,
    summarise,
    uncertainty_band,
)
from catdog_sorter.training.measure.risk_control import (
    OTHER,
    PET,
    choose_thresholds,
    library_weights,
)
from catdog_sorter.training.recipes import RECIPES

INSETS = 200
SCENE_SIDE = 900
MIRROR_AT = (0.8, 0.9, 0.95)
# penalty of rotations (None: none), side and weight of the crops (0: none), confidence
FURTHER: tuple[tuple[float | None, float, float, float], ...] = (
    (2.0, 0.0, 0.0, 0.9),
    *((None, side, weight, 0.9) for side in (0.6, 0.7) for weight in (0.4, 0.5)),
    *((2.0, side, weight, 0.9) for side in (0.6, 0.7) for weight in (0.3, 0.4, 0.5)),
    *((penalty, 0.7, 0.4, 0.9) for penalty in (0.0, 1.0, 3.0)),
    *((2.0, 0.7, 0.4, confidence) for confidence in (0.8, 0.95)),
)
MAX_CONFIDENCE = 0.95
UNCHANGED = ("as they are", "mirrored")
WORSE = [name for name in CHANGES if name not in UNCHANGED and not name.startswith("turned")]
PETS = ("cat", "dog", "both")
HEADER = (
    *("looks", "log loss", "right between cat and dog", "cats and dogs sorted"),
    *("wrong among sorted", "neither called a pet", "small ones found", "control called a pet"),
    *("turned: right", "turned: sorted", "worse: right", "worse: sorted"),
    *("looked at again: cats and dogs", "neither", "looks a photo: cats and dogs", "neither"),
)


@dataclass(frozen=True)
class Inset:
    """A photo in a `scene`, at `share` of its side; `seed` decides where."""

    scene: Sample
    subject: Sample
    share: float
    seed: int


@dataclass(frozen=True)
class Turned:
    """A photo rotated to the left by `quarters` times 90 degrees."""

    photo: Sample
    quarters: int


@dataclass(frozen=True)
class Worse:
    """A photo degraded by the function of this name in `robustness.CHANGES`."""

    photo: Sample
    change: str


Item = Sample | Inset | Turned | Worse


def insets(subjects: Sequence[Sample], scenes: Sequence[Sample], seed: int) -> list[Inset]:
    """Some pairs of two different photos."""
    rng = random.Random(seed)
    made: list[Inset] = []
    while len(made) < INSETS:
        scene, subject = rng.choice(scenes), rng.choice(subjects)
        if scene != subject:
            made.append(Inset(scene, subject, rng.uniform(0.2, 0.4), len(made)))
    return made


def picture(item: Item, side: int) -> Pixels:
    """A decoded photo, rotated, degraded or with another one in it, with softened edges."""
    if isinstance(item, Sample):
        return read_photo(item.path, side)
    if isinstance(item, Turned):
        return np.ascontiguousarray(np.rot90(read_photo(item.photo.path, side), item.quarters))
    if isinstance(item, Worse):
        photo = Image.fromarray(read_photo(item.photo.path, side))
        return np.asarray(CHANGES[item.change](photo))
    rng = random.Random(item.seed)
    scene, small = (Image.fromarray(read_photo(s.path, side)) for s in (item.scene, item.subject))
    scene = _scaled(scene, SCENE_SIDE / min(scene.size))
    small = _scaled(small, item.share * SCENE_SIDE / max(small.size))
    edge = max(2, min(small.size) // 20)
    mask = Image.new("L", small.size)
    mask.paste(255, (edge, edge, small.width - edge, small.height - edge))
    room = scene.width - small.width, scene.height - small.height
    place = rng.randint(0, room[0]), rng.randint(0, room[1])
    scene.paste(small, place, mask.filter(ImageFilter.GaussianBlur(edge / 2)))
    return np.asarray(scene)


def _scaled(photo: Image.Image, ratio: float) -> Image.Image:
    width, height = (max(8, round(side * ratio)) for side in photo.size)
    return photo.resize((width, height), Image.Resampling.BICUBIC)


def sides(photo: Pixels) -> list[Pixels]:
    """The photo and its mirror image."""
    return [photo, photo[:, ::-1]]


def turns(photo: Pixels) -> list[Pixels]:
    """The photo rotated by 90, 180 and 270 degrees."""
    return [np.rot90(photo, quarters) for quarters in (1, 2, 3)]


@dataclass(frozen=True)
class Seen:
    """First look and mirror image (N, K), the photo rotated (N, 3, K), and crops (N, C, K) by side;
    NaN for views that were not computed.
    """

    first: Floats32
    mirrored: Floats32
    rotated: Floats32
    crops: dict[float, Floats32]


def look(
    items: Sequence[Item],
    bundle: ModelBundle,
    backend: Backend,
    side: int,
    views: Callable[[Pixels], list[Pixels]],
) -> Floats32:
    """The logits of all views, (N, V, K), of photos decoded at `side`."""

    def one(item: Item) -> Floats32:
        seen = [np.ascontiguousarray(view) for view in views(picture(item, side))]
        return backend.logits(to_batch(seen, bundle.preprocessing))

    with ThreadPoolExecutor(cores()) as pool:
        return np.stack(list(pool.map(one, items)))


def see(
    items: Sequence[Item],
    both: Floats32,
    band: Sequence[tuple[float, float]],
    bundle: ModelBundle,
    backend: Backend,
) -> Seen:
    """Add further views of uncertain photos to `both`, logits of photo and mirror (N, 2, K)."""
    first, mirrored = both.transpose(1, 0, 2)
    again = np.flatnonzero(second_look_weight(first, band))
    uncertain = [items[index] for index in again.tolist()]

    def further(side: int, views: Callable[[Pixels], list[Pixels]]) -> Floats32:
        seen = look(uncertain, bundle, backend, side, views)
        every = np.full((len(first), *seen.shape[1:]), np.nan, np.float32)
        every[again] = seen
        return every

    spec = bundle.preprocessing
    of_crops = {}
    for side in sorted({side for _, side, *_ in FURTHER if side}):
        decoded = replace(bundle.test_time_augmentation, crop_fraction=side).high_res_side(spec)
        of_crops[side] = further(decoded, partial(crops, fraction=side))
    return Seen(first, mirrored, further(spec.decode_side, turns), of_crops)


def both_sides(seen: Seen) -> Floats32:
    """The mean of the photo and its mirror image."""
    mean: Floats32 = (seen.first + seen.mirrored) * np.float32(0.5)
    return mean


def and_further(seen: Seen, penalty: float | None, side: float, weight: float) -> Floats32:
    """That mean, combined with the further views where there are any."""
    joined = wholes = both_sides(seen)
    if penalty is not None:
        joined = rotation_weighted_mean(joined, seen.rotated, ROTATION_SHARPNESS, penalty)
    if side:
        pairs = zip(joined, seen.crops[side], strict=True)
        joined = np.stack([blend_crops(whole, of_crops, weight) for whole, of_crops in pairs])
    looked: Floats32 = np.where(np.isnan(joined), wholes, joined)
    return looked


def main(data: Path, models: Sequence[str]) -> None:
    """Print the tables."""
    samples = find_samples(data, to_train=False)
    scenes = [sample for sample in samples if not sample.animals]
    pets = [sample for sample in samples if len(sample.animals) == 1]
    small, control = insets(pets, scenes, 1), insets(scenes, scenes, 2)
    turned = [Turned(sample, 1 + index % 3) for index, sample in enumerate(samples)]
    worse = [Worse(sample, WORSE[index % len(WORSE)]) for index, sample in enumerate(samples)]
    targets = animals_in(samples, ("cat", "dog"))
    for name in models:
        bundle = load_bundle(find_bundle(name))
        backend = open_backend(bundle)
        if bundle.outputs != ("cat", "dog"):
            sys.exit(f"{name} does not say cat and dog separately. Choose another model.")
        side = bundle.preprocessing.decode_side
        sets_of_items: tuple[Sequence[Item], ...] = samples, small, control, turned, worse
        sides_of = [look(items, bundle, backend, side, sides) for items in sets_of_items]
        band = uncertainty_band(calibrate(sides_of[0][:, 0], targets), MAX_CONFIDENCE)
        sets = [
            see(items, both, band, bundle, backend)
            for items, both in zip(sets_of_items, sides_of, strict=True)
        ]
        print(f"`{bundle.name}`, {len(samples):,} photos, {INSETS} small subjects\n")
        print(f"| {' | '.join(HEADER)} |\n|{' --- |' * len(HEADER)}")
        for row in rows(sets, targets, small):
            print(f"| {' | '.join(row)} |", flush=True)
        print()


def rows(sets: Sequence[Seen], targets: Floats32, small: Sequence[Inset]) -> Iterator[list[str]]:
    """The cells of each setting."""
    calibration = calibrate(sets[0].first, targets)
    line = partial(_row, sets, targets, [next(iter(inset.subject.animals)) for inset in small])
    never = [np.zeros((len(seen.first), 1), np.float32) for seen in sets]
    yield line("one", both_sides, never, 0)
    yield line("mirror image, always", both_sides, [weight + 1 for weight in never], 1)

    def weights_at(confidence: float) -> list[Floats32]:
        return [
            second_look_weight(seen.first, uncertainty_band(calibration, confidence))
            for seen in sets
        ]

    for confidence in MIRROR_AT:
        yield line(f"mirror image, below {confidence:.2f}", both_sides, weights_at(confidence), 1)
    for penalty, side, weight, confidence in FURTHER:
        words = "mirror image"
        words += "" if penalty is None else f", three turns less {penalty:g}"
        words += f", five crops of {side} for {weight}" if side else ""
        second = partial(and_further, penalty=penalty, side=side, weight=weight)
        extra = 1 + 3 * (penalty is not None) + 5 * bool(side)
        yield line(f"{words}, below {confidence:.2f}", second, weights_at(confidence), extra)


def _row(
    sets: Sequence[Seen],
    targets: Floats32,
    subjects: Sequence[str],
    name: str,
    second: Callable[[Seen], Floats32],
    weights: Sequence[Floats32],
    extra: int,
) -> list[str]:
    logits = [blend(s.first, second(s), w) for s, w in zip(sets, weights, strict=True)]
    calibration = calibrate(logits[0], targets)
    photos, small, control, turned, worse = (calibration.apply(each) for each in logits)
    promise = RECIPES["best"].risk_control
    groups = [PET if row.any() else OTHER for row in targets]
    library = library_weights(groups, promise.prevalence)
    thresholds, _ = choose_thresholds(photos, targets, library, promise)
    found, *others = (summarise(each, targets, thresholds) for each in (photos, turned, worse))
    again = weights[0][:, 0] > 0
    pets, neither = (float(again[targets.sum(axis=1) == count].mean()) for count in (1, 0))
    shares = [
        *(found["forced_choice_accuracy"], found["coverage"], found["wrong_among_sorted"]),
        found["false_pet_rate"],
        float(np.mean(labels_at(small, thresholds) == np.array(subjects))),
        float(np.isin(labels_at(control, thresholds), PETS).mean()),
        *(then[key] for then in others for key in ("forced_choice_accuracy", "coverage")),
        *(pets, neither),
    ]
    looks = [1 + extra * pets, 1 + extra * neither]
    return [
        *(name, f"{found['log_loss']:.4f}"),
        *(f"{share:.2%}" for share in shares),
        *(f"{count:.2f}" for count in looks),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
