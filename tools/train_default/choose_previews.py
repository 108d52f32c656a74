"""Choose when a photo's preview suffices to classify it, on validation photos.

    python tools/train_default/choose_previews.py STORE VIEWS.npz BUNDLE [--sizes 160 240]
        [--looks LOOKS.npz] [--write]

VIEWS are the logits of the bundle's network that `view_logits.py` wrote: they give the label of
each validation photo. Previews of 160, 320 and 512 pixels are made of these photos. For each of
these, the probabilities up to which each look suffices are chosen with which most everyday photos
are answered, while in a library an estimated share of at most `PreviewPolicy.changed` of the photos
gets another label than by the photo itself, and it is proved that at most `PreviewPolicy.lost` of
the pets that are found are called neither; both with the network in single precision and in 8-bit
integers. Of equal choices, that with most answers by the first look is taken. `--write` puts the
choice into the bundle, whose networks are made to take pictures of any size. `--looks` keeps what
was computed.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import onnx
from choose_views import Views, combined, read_views
from pixel_store import PixelStore
from simulated_previews import SIDES, simulated_preview

from catdog_sorter.labels import RiskControl
from catdog_sorter.model.backends.onnx import OrtNetwork
from catdog_sorter.model.bundle import DESCRIPTION, INT8, ONNX, ModelBundle, load_bundle
from catdog_sorter.model.calibration import animal_probabilities
from catdog_sorter.model.preprocessing import to_batch
from catdog_sorter.parallel import cores
from catdog_sorter.previews import LIKELY, PreviewLook, PreviewPolicy
from catdog_sorter.storage.files import atomic_file, file_sha256
from catdog_sorter.training.measure import risk_control
from catdog_sorter.training.measure.metrics import PETS, labels_at

_PROBABILITIES = np.geomspace(0.001, 0.1, 61)
Looks = dict[str, npt.NDArray[np.float64]]
Bools = npt.NDArray[np.bool_]
Probabilities = npt.NDArray[np.float64]


def let_sizes_vary(source: Path, target: Path) -> None:
    """Write the network without the size of its input, which no operator of it depends on."""
    model = onnx.load(source)
    del model.graph.value_info[:]
    names = [("height", "width"), *[("rows", "columns")] * (len(model.graph.output) - 1)]
    for value, sides in zip([model.graph.input[0], *model.graph.output[1:]], names, strict=True):
        for dimension, name in zip(value.type.tensor_type.shape.dim[2:], sides, strict=True):
            dimension.ClearField("dim_value")
            dimension.dim_param = name
    onnx.save(model, target)


def networks(bundle: ModelBundle, folder: Path) -> dict[str, OrtNetwork]:
    """The bundle's networks, for pictures of any size, by the names of their files."""
    found = {}
    for name in (ONNX, INT8):
        if name in bundle.files:
            let_sizes_vary(bundle.file(name), folder / name)
            found[name] = OrtNetwork(str(folder / name))
    return found


def look(
    store: PixelStore,
    numbers: Sequence[int],
    needed: Bools,
    bundle: ModelBundle,
    sizes: Sequence[int],
) -> Iterator[Looks]:
    """Compute the probabilities (2,) of each photo's previews, by `NETWORK SIDE SIZE`.

    The quickest network classifies all previews, the other one those of the photos `needed`.
    """

    def look_at(number: int, is_needed: bool) -> Looks:
        seen = {}
        for side in SIDES:
            preview = simulated_preview(store.image(number), side, number)
            for size in sizes:
                batch = to_batch([preview], replace(bundle.preprocessing, size=size))
                for name, network in small.items():
                    rows = np.full((1, 2), np.nan)
                    if is_needed or name == list(small)[-1]:
                        logits = network.logits(batch)
                        rows = animal_probabilities(logits, bundle.outputs, bundle.calibration)
                    seen[f"{name} {side} {size}"] = rows[0]
        return seen

    with TemporaryDirectory() as folder, ThreadPoolExecutor(cores()) as pool:
        small = networks(bundle, Path(folder))
        yield from pool.map(look_at, numbers, needed.tolist())


class Case:
    """Labels and weights of the validation photos, to evaluate a rule for previews."""

    def __init__(self, views: Views, bundle: ModelBundle) -> None:
        logits = combined(views.logits, bundle.test_time_augmentation)
        probabilities = animal_probabilities(logits, bundle.outputs, bundle.calibration)
        self.labels = labels_at(probabilities, bundle.thresholds)
        self.weights = views.weights * len(views.weights)
        self.is_found = views.targets.any(axis=1) & np.isin(self.labels, PETS)
        self.is_everyday = views.groups == "everyday"

    def changed(self, answered: Bools) -> Bools:
        """Whether the preview, if it suffices, gives another label than the photo."""
        return answered & (self.labels != "neither")

    def changed_share(self, answered: Bools) -> float:
        return float(self.weights @ self.changed(answered) / self.weights.sum())

    def changed_bound(self, answered: Bools, confidence: float) -> float:
        every = np.ones(len(answered), np.bool_)
        changed = self.changed(answered)
        return risk_control.risk_upper_bound(every, changed, self.weights, confidence)

    def keeps(self, answered: Bools, wanted: PreviewPolicy) -> bool:
        """Whether these answers keep both shares of the policy."""
        return (
            self.changed_share(answered) <= wanted.changed
            and self.lost_bound(answered, wanted.confidence) <= wanted.lost
        )

    def lost_bound(self, answered: Bools, confidence: float) -> float:
        lost = int((self.is_found & answered).sum())
        return risk_control.share_upper_bound(lost, int(self.is_found.sum()), confidence)


def answered(highest: Sequence[Probabilities], limits: Sequence[float]) -> Bools:
    """Whether a preview's looks answer, each with the highest probability of an animal (N,)."""
    found = np.zeros(len(highest[0]), np.bool_)
    is_open = np.ones(len(highest[0]), np.bool_)
    for p, limit in zip(highest, limits, strict=True):
        found |= is_open & (p <= limit)
        is_open &= p <= LIKELY
    return found


def choose(
    case: Case, highest: Sequence[Sequence[Probabilities]], wanted: PreviewPolicy
) -> tuple[float, ...]:
    """Choose a limit for each look. `highest`: by network, the probabilities of each look."""
    best, chosen = (-1.0, -1.0), (_PROBABILITIES[0],) * len(highest[0])
    for limits in product(_PROBABILITIES.tolist(), repeat=len(highest[0])):
        by_network = [answered(looks, limits) for looks in highest]
        everyday = float(by_network[-1][case.is_everyday].mean())
        gain = everyday, float((highest[-1][0] <= limits[0])[case.is_everyday].mean())
        if gain > best and all(case.keeps(hits, wanted) for hits in by_network):
            best, chosen = gain, limits
    return tuple(round(limit, 4) for limit in chosen)


def main() -> None:
    """Classify the previews, choose, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("views", type=Path)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[160, 240], help="of each look")
    parser.add_argument("--looks", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    bundle = replace(load_bundle(options.bundle), previews=None)
    store = PixelStore(options.store)
    numbers = np.load(options.views)["numbers"].tolist()
    case = Case(read_views(store, options.views, RiskControl().prevalence), bundle)
    if options.looks and options.looks.exists():
        looks: Looks = dict(np.load(options.looks))
    else:
        rows = []
        for row in look(store, numbers, case.labels != "neither", bundle, options.sizes):
            rows.append(row)
            if len(rows) % 100 == 0:
                print(f"{len(rows)} of {len(numbers)}", flush=True)
        looks = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
        if options.looks:
            np.savez(options.looks, **looks)
    wanted = PreviewPolicy((PreviewLook(options.sizes[0], {"160": 0.01}),))
    names = list(dict.fromkeys(name.split()[0] for name in looks))
    chosen: dict[str, tuple[float, ...]] = {}
    bounds = []
    for side in SIDES:
        highest = [
            [looks[f"{name} {side} {size}"].max(axis=1) for size in options.sizes] for name in names
        ]
        chosen[str(side)] = limits = choose(case, highest, wanted)
        for name, seen in zip(names, highest, strict=True):
            hits = answered(seen, limits)
            bound = case.changed_bound(hits, wanted.confidence)
            lost_bound = case.lost_bound(hits, wanted.confidence)
            bounds.append((bound, lost_bound))
            told = ""
            if name == names[-1]:  # the other network sees only the photos of which it matters
                everyday = case.is_everyday
                first, last = (seen[0] <= limits[0])[everyday].mean(), hits[everyday].mean()
                told = f"{first:.1%} then {last:.1%} of everyday photos answered, "
            print(
                f"{name} {side}: {limits}, {told}labels changed "
                f"{case.changed(hits).sum()} of {len(hits)} ({case.changed_share(hits):.3%} of a "
                f"library, < {bound:.3%}), pets lost {(case.is_found & hits).sum()} of "
                f"{case.is_found.sum()} (< {lost_bound:.3%})"
            )
    proved = all(bound <= wanted.changed and lost <= wanted.lost for bound, lost in bounds)
    found = tuple(
        PreviewLook(size, {side: limits[number] for side, limits in chosen.items()})
        for number, size in enumerate(options.sizes)
    )
    policy = replace(wanted, looks=found, proved=proved)
    print(policy)
    if options.write:
        write(options.bundle, policy)


def write(folder: Path, policy: PreviewPolicy) -> None:
    """Put the choice into the bundle in this folder."""
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    for name in description["files"]:
        if name.endswith(".onnx"):
            with atomic_file(folder / name) as unfinished:
                let_sizes_vary(folder / name, unfinished)
            description["files"][name] = file_sha256(folder / name)
    whole = {}
    for key, value in description.items():
        if key != "previews":
            whole[key] = value
        if key == "risk_control":
            whole["previews"] = asdict(policy)
    with atomic_file(folder / DESCRIPTION) as unfinished:
        unfinished.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    load_bundle(folder)


if __name__ == "__main__":
    main()
