"""Choose when a photo's preview suffices to classify it, on validation photos.

    python tools/train_default/choose_previews.py STORE VIEWS.npz BUNDLE [--size 160]
        [--looks LOOKS.npz] [--write]

VIEWS are the logits of the bundle's network that `view_logits.py` wrote: they give the label of
each validation photo. Previews of 160, 320 and 512 pixels are made of these photos. For each of
these sizes the highest probability is chosen at which, in a library, an estimated share of at most
`PreviewPolicy.changed` of the photos gets another label than by the photo itself, and at which it
is proved that at most `PreviewPolicy.lost` of the pets that are found are called neither; both with
the network in single precision and in 8-bit integers. `--write` puts the choice into the bundle,
whose networks are made to take pictures of any size. `--looks` keeps what was computed.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
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
from catdog_sorter.previews import PreviewPolicy
from catdog_sorter.storage.files import atomic_file, file_sha256
from catdog_sorter.training.measure import risk_control
from catdog_sorter.training.measure.metrics import PETS, labels_at

_PROBABILITIES = np.geomspace(0.001, 0.1, 81)
Looks = dict[str, npt.NDArray[np.float64]]
Bools = npt.NDArray[np.bool_]


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
    store: PixelStore, numbers: Sequence[int], needed: Bools, bundle: ModelBundle, size: int
) -> Iterator[Looks]:
    """Compute the probabilities (2,) of each photo's previews, by `NETWORK SIDE`.

    The quickest network classifies all previews, the other one those of the photos `needed`.
    """
    spec = replace(bundle.preprocessing, size=size)

    def look_at(number: int, is_needed: bool) -> Looks:
        seen = {}
        for side in SIDES:
            preview = simulated_preview(store.image(number), side, number)
            batch = to_batch([preview], spec)
            for name, network in small.items():
                rows = np.full((1, 2), np.nan)
                if is_needed or name == list(small)[-1]:
                    logits = network.logits(batch)
                    rows = animal_probabilities(logits, bundle.outputs, bundle.calibration)
                seen[f"{name} {side}"] = rows[0]
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

    def lost_bound(self, answered: Bools, confidence: float) -> float:
        lost = int((self.is_found & answered).sum())
        return risk_control.share_upper_bound(lost, int(self.is_found.sum()), confidence)


def choose(case: Case, worst: npt.NDArray[np.float64], wanted: PreviewPolicy) -> float:
    """Choose the highest probability that keeps both shares. `worst`: the lowest of all networks."""
    chosen = float(_PROBABILITIES[0])
    for probability in _PROBABILITIES.tolist():
        answered = worst <= probability
        if case.changed_share(answered) > wanted.changed:
            break
        if case.lost_bound(answered, wanted.confidence) > wanted.lost:
            break
        chosen = probability
    return round(chosen, 4)


def main() -> None:
    """Classify the previews, choose, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("views", type=Path)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--size", type=int, default=160)
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
        for row in look(store, numbers, case.labels != "neither", bundle, options.size):
            rows.append(row)
            if len(rows) % 100 == 0:
                print(f"{len(rows)} of {len(numbers)}", flush=True)
        looks = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
        if options.looks:
            np.savez(options.looks, **looks)
    wanted = PreviewPolicy(options.size, {"160": 0.01})
    absent, bounds = {}, []
    for side in SIDES:
        highest = {name: p.max(axis=1) for name, p in looks.items() if name.endswith(f" {side}")}
        worst = np.fmin.reduce(list(highest.values()))
        absent[str(side)] = probability = choose(case, worst, wanted)
        for name, p in highest.items():
            answered = p <= probability
            bound = case.changed_bound(answered, wanted.confidence)
            lost_bound = case.lost_bound(answered, wanted.confidence)
            bounds.append((bound, lost_bound))
            everyday = answered[case.is_everyday & ~np.isnan(p)]
            told = f"{everyday.mean():.1%} of everyday photos answered, " if everyday.any() else ""
            print(
                f"{name}: {probability}, {told}labels changed {case.changed(answered).sum()} of "
                f"{len(p)} ({case.changed_share(answered):.3%} of a library, < {bound:.3%}), "
                f"pets lost {(case.is_found & answered).sum()} of {case.is_found.sum()} "
                f"(< {lost_bound:.3%})"
            )
    proved = all(bound <= wanted.changed and lost <= wanted.lost for bound, lost in bounds)
    policy = replace(wanted, absent=absent, proved=proved)
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
