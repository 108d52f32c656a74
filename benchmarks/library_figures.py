"""Measures the figures of a model for a whole library.

    python benchmarks/library_figures.py PHOTOS MODEL [MODEL ...] [--validation] [--quick] [--write]

PHOTOS holds `manifest.csv`, `test/` and `library/`; with --validation, the photos of `train/` that
`tools/train_default` holds out are used instead. Photos are classified as by `catdog-sort`. Prints
a Markdown table with the 95 % interval of each figure (Wilson's for shares, otherwise a bootstrap
over photos). --quick leaves out rotated and degraded photos. --write stores the figures in
`library_figures.json`, beside those of other models, and updates the tables of the documentation.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.calibration import animal_probabilities
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.model.test_time_augmentation import photo_logits
from catdog_sorter.training.measure.curves import wilson_interval
from catdog_sorter.training.measure.metrics import average_precision, calibration_error, labels_at

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tools" / "train_default"))

import figures
from groups import VOC, group, is_unseen, is_validation
from pixel_store import Photo, read_manifest
from robustness import CHANGES

Mask = npt.NDArray[np.bool_]

UNSEEN = ("kangaroo", "boar", "zebra", "turtle", "octopus", "kitchen")
TURNED = ("turned by 90 degrees", "turned by 180 degrees", "turned by 270 degrees")
DEGRADED = (
    "blurred (Gaussian, 1.5 % of the side)",
    "noisy (standard deviation 25 of 255)",
    "JPEG at quality 10",
)
PETS = ("cat", "dog", "both")
_RESAMPLES = 1000


def bootstrap(value: Callable[[np.ndarray], float], count: int) -> tuple[float, float]:
    """95 % bootstrap interval of a figure over photos."""
    rng = np.random.default_rng(0)
    drawn = [value(rng.integers(count, size=count)) for _ in range(_RESAMPLES)]
    low, high = np.nanpercentile(drawn, (2.5, 97.5)).tolist()
    return low, high


def _average_precision_of(scores: np.ndarray, wanted: Mask, drawn: np.ndarray) -> float:
    once = np.ones((1, len(drawn)))
    return float(average_precision(scores[drawn], wanted[drawn].astype(np.float32), once)[0])


class Judged:
    """A model's predictions: `p` (N, 2), `labels` (N,), and the true labels."""

    def __init__(self, photos: Sequence[Photo], p: np.ndarray, labels: np.ndarray) -> None:
        self.photos, self.p, self.labels = photos, p, labels
        self.truth = np.array([photo.label for photo in photos])
        self.groups = np.array([group(photo) for photo in photos])
        self.voc = np.array([photo.source in VOC for photo in photos])
        self.unseen = np.array(
            [
                photo.label == "neither"
                and (is_unseen(photo) or any(kind in photo.kind.lower() for kind in UNSEEN))
                for photo in photos
            ]
        )
        self.away = np.isin(labels, PETS)
        self.pets = np.isin(self.truth, PETS)

    def share(self, hits: Mask, among: Mask) -> str:
        """A share and its interval."""
        count, total = int((hits & among).sum()), int(among.sum())
        if not total:
            return "-"
        low, high = wilson_interval(count, total)
        return f"{count / total:.2%} ({low:.1%} to {high:.1%}; {count} of {total})"

    def rows(self) -> dict[str, str]:
        """Every figure by name."""
        right, numbers = self.labels == self.truth, np.flatnonzero(self.voc)
        found = {}
        for column, animal in enumerate(("cat", "dog")):
            scores = self.p[numbers, column]
            wanted = np.isin(self.truth[numbers], (animal, "both"))
            low, high = bootstrap(
                partial(_average_precision_of, scores, wanted),
                len(numbers),
            )
            value = _average_precision_of(scores, wanted, np.arange(len(numbers)))
            found[f"AP {animal}, VOC"] = f"{value:.2%} ({low:.1%} to {high:.1%})"
        one = np.isin(self.truth, ("cat", "dog"))
        chosen = np.where(self.p[:, 0] > self.p[:, 1], "cat", "dog") == self.truth
        kaggle = (self.groups == "kaggle") & one
        found["of what is sorted of VOC photos, right"] = self.share(right, self.voc & self.away)
        found["VOC pets sorted right"] = self.share(right, self.voc & self.pets)
        found["VOC photos without a pet, sorted"] = self.share(self.away, self.voc & ~self.pets)
        for title, name in (
            ("everyday photos sorted as a pet", "everyday"),
            ("other animals sorted as a pet", "animal"),
            ("drawings and toys sorted as a pet", "depicted"),
            ("muffins and chicken sorted as a pet", "confusable"),
            ("other scenes and things sorted as a pet", "other"),
        ):
            found[title] = self.share(self.away, self.groups == name)
        found["kinds never trained on, sorted as a pet"] = self.share(self.away, self.unseen)
        found["real photos of both, called both"] = self.share(right, self.groups == "both")
        found["composed photos of both, called both"] = self.share(
            right, self.groups == "both_composed"
        )
        found["Kaggle, forced choice"] = self.share(chosen, kaggle)
        found["Kaggle, wrong among sorted"] = self.share(~right, kaggle & self.away)
        found["Kaggle, coverage"] = self.share(self.away, kaggle)
        found["all cats and dogs, forced choice"] = self.share(chosen, one)
        found["all cats and dogs, coverage"] = self.share(self.away, one)
        found["all, wrong among sorted"] = self.share(~right, self.away)
        targets = np.array([[t in (a, "both") for a in ("cat", "dog")] for t in self.truth], float)
        ones = np.ones((1, len(targets)))
        for column, animal in enumerate(("cat", "dog")):
            p, t = self.p[:, [column]], targets[:, [column]].astype(np.float32)
            found[f"expected calibration error, {animal}"] = (
                f"{calibration_error(p, t, ones)[0]:.2%}"
            )
        return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--validation", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true", help="bring the documentation up to date")
    parser.add_argument("--errors", type=Path, help="write what is sorted wrong to this file")
    options = parser.parse_args()
    if options.write and (options.validation or options.quick):
        parser.error("--write takes the photos of test/ and library/, and all figures.")
    if options.validation:
        photos = [p for p in read_manifest(options.photos, "train") if is_validation(p)]
    else:
        photos = [p for s in ("test", "library") for p in read_manifest(options.photos, s)]
    table: dict[str, list[str]] = {}
    for model in options.models:
        for name, value in judge(model, photos, options).items():
            table.setdefault(name, []).append(value)
            print(f"{model}: {name}: {value}", file=sys.stderr, flush=True)
    names = [Path(model).name for model in options.models]
    measured = {"models": names, "photos": len(photos), "rows": table}
    print(figures.table("full", measured), end="")
    if options.write:
        measured = figures.merged(json.loads(figures.FIGURES.read_text("utf-8")), measured)
        text = json.dumps(measured, indent=1) + "\n"
        figures.FIGURES.write_text(text, encoding="utf-8", newline="\n")
        figures.write()


def judge(model: str, photos: Sequence[Photo], options: argparse.Namespace) -> dict[str, str]:
    """All figures of one model."""
    bundle = load_bundle(find_bundle(model))
    backend, spec = open_backend(bundle), bundle.preprocessing

    def probabilities(chosen: Sequence[Photo], change: str) -> np.ndarray:
        def look(photo: Photo) -> np.ndarray:
            pixels = read_photo(options.photos / photo.file, spec.decode_side)
            pixels = np.asarray(CHANGES[change](Image.fromarray(pixels)))
            return photo_logits(
                backend, [pixels], spec, bundle.test_time_augmentation, lambda _: pixels
            )[0]

        with ThreadPoolExecutor(2) as pool:
            logits = np.stack(list(pool.map(look, chosen)))
        return animal_probabilities(logits, bundle.outputs, bundle.calibration)

    p = probabilities(photos, "as they are")
    judged = Judged(photos, p, labels_at(p, bundle.thresholds))
    found = judged.rows()
    if options.errors:
        wrong = np.flatnonzero(judged.away & (judged.labels != judged.truth))
        missed = np.flatnonzero(judged.pets & ~judged.away)
        rows = {
            name: [[photos[n].file, str(judged.labels[n]), *p[n].round(3).tolist()] for n in some]
            for name, some in (("wrong", wrong), ("missed", missed))
        }
        options.errors.write_text(json.dumps(rows, indent=1))
    if not options.quick:
        pets = [
            photo
            for photo in photos
            if photo.label in ("cat", "dog")
            and photo.file.startswith(("test/", "train/"))
            and group(photo) != "voc_pet"
        ]
        truth = np.array([photo.label for photo in pets])
        for change in (*TURNED, *DEGRADED):
            p = probabilities(pets, change)
            hits = np.where(p[:, 0] > p[:, 1], "cat", "dog") == truth
            among = np.ones(len(pets), np.bool_)
            found[f"{change}: forced choice"] = judged.share(hits, among)
    return found


if __name__ == "__main__":
    main()
