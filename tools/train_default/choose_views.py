"""Choose the test-time augmentation, calibrate, and choose the thresholds; all on validation photos.

    python tools/train_default/choose_views.py STORE LOGITS.npz [--crops 0.6] [--write CHOICE.json]

Prints the figures of each set of views on the validation photos, weighted as in a library, and the
thresholds along their path for the chosen one.
"""

import argparse
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from find_boxes import SIDE
from groups import group, is_unseen
from pixel_store import Photo, PixelStore

from catdog_sorter.labels import RiskControl, Thresholds
from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.calibration import Calibration, sigmoid
from catdog_sorter.training.data.groups import group_of
from catdog_sorter.training.measure import risk_control
from catdog_sorter.training.measure.metrics import (
    PETS,
    average_precision,
    calibrate,
    calibration_error,
    kinds_of,
    labels_at,
    summarise,
)

# Groups of `groups.py` as `risk_control.LIBRARY_SHARES` calls them.
_LIBRARY_GROUPS = {"animal": "animals", "depicted": "depicted", "confusable": "confusable"}
_BANDS = [
    (low, high) for low in (0.003, 0.01, 0.02, 0.04, 0.08) for high in (0.9, 0.97, 0.99, 0.997)
]
_ROTATIONS = ((0.0, 0.0), (2.0, 2.0), (2.0, 3.5))
_CROP_WEIGHTS = (0.0, 0.35, 0.5, 0.65)
_DETECTOR_WEIGHTS = (0.0, 0.1, 0.15, 0.2, 0.3, 0.4)
_DETECTOR_COST = 0.7  # looks of the network
_LOG_ODDS = (4.0, 3.5, 3.0, 2.5, 2.0, 1.5, 1.0)


@dataclass(frozen=True)
class Views:
    """Logits of every view of the validation photos, with their labels and weights."""

    logits: dict[str, np.ndarray]
    targets: np.ndarray
    groups: np.ndarray
    unseen: np.ndarray
    voc: np.ndarray
    weights: np.ndarray

    @property
    def kinds(self) -> np.ndarray:
        """The true label of each photo."""
        return kinds_of(self.targets)


def read_views(store: PixelStore, file: Path, prevalence: float) -> Views:
    """Read the file of `view_logits.py`, with photos weighted as in a library."""
    logits = dict(np.load(file))
    photos = [store.photos[n] for n in logits.pop("numbers")]
    targets = np.array(
        [[p.label in (a, "both") for a in ("cat", "dog")] for p in photos], np.float32
    )
    groups = np.array([group(p) for p in photos])
    in_library = [
        risk_control.PET if is_pet else _LIBRARY_GROUPS.get(name) or group_of(kind_of(photo))
        for name, photo, is_pet in zip(groups.tolist(), photos, targets.any(axis=1), strict=True)
    ]
    return Views(
        logits,
        targets,
        groups,
        np.array([is_unseen(p) for p in photos]),
        np.array([p.source in ("voc", "voc2007") for p in photos]),
        risk_control.library_weights(in_library, prevalence) / len(photos),
    )


def kind_of(photo: Photo) -> str:
    """Return the content of a photo of neither; Caltech's classes are only in the file names."""
    if photo.kind or photo.source != "caltech":
        return photo.kind
    return Path(photo.file).stem.removeprefix("caltech_other_").rpartition("_")[0]


def combined(views: dict[str, np.ndarray], policy: tta.TestTimeAugmentation) -> np.ndarray:
    """Combine views to logits (N, K), as `test_time_augmentation.photo_logits` does."""
    first = views["first"]
    if not policy.mirror:
        return first
    again = (first + views["mirrored"]) * np.float32(0.5)
    if policy.rotation_sharpness:
        again = tta.rotation_weighted_mean(
            again, views["turned"], policy.rotation_sharpness, policy.rotation_penalty
        )
    if policy.crop_weight:
        again = again + (views["crops"].max(1) - again) * np.float32(policy.crop_weight)
    if policy.detector_weight:
        again = again + views["detector"] * np.float32(policy.detector_weight)
    return tta.blend(first, again, tta.second_look_weight(first, policy.uncertainty_band))


def band_of(calibration: Calibration, low: float, high: float) -> tuple[tuple[float, float], ...]:
    """Return the logits of the calibrated probabilities `low` and `high`."""
    ends = np.log([low / (1 - low), high / (1 - high)])
    return tuple(
        tuple(((ends - bias) / scale).tolist())
        for scale, bias in zip(calibration.scale, calibration.bias, strict=True)
    )


def policies(
    first_fit: Calibration, crops: float, has_detector: bool
) -> list[tta.TestTimeAugmentation]:
    """Yield every set of views to compare; the first has only the first pass."""
    return [tta.TestTimeAugmentation()] + [
        tta.TestTimeAugmentation(
            True,
            band_of(first_fit, *band),
            *rotation,
            crops if weight else 0.0,
            weight,
            SIDE if detector_weight else 0,
            detector_weight,
        )
        for band in _BANDS
        for rotation in _ROTATIONS
        for weight in _CROP_WEIGHTS
        for detector_weight in (_DETECTOR_WEIGHTS if has_detector else (0.0,))
    ]


def looks_a_photo(views: Views, policy: tta.TestTimeAugmentation) -> float:
    """Return how often the network runs on a photo of a library, on average."""
    if not policy.mirror:
        return 1.0
    counts = tta.second_look_weight(views.logits["first"], policy.uncertainty_band)[:, 0] > 0
    again = 1 + 3 * bool(policy.rotation_sharpness) + 5 * bool(policy.crop_weight)
    again += _DETECTOR_COST * bool(policy.detector_weight)
    return 1 + float(counts @ views.weights) * again


def figures(views: Views, p: np.ndarray, thresholds: Thresholds) -> str:
    """Format the figures of the labels at these thresholds as a line."""
    labels, kinds = labels_at(p, thresholds), views.kinds
    away, right = np.isin(labels, PETS), labels == kinds
    pets = views.targets.any(axis=1)
    wrong = views.weights[away & ~right].sum() / max(views.weights[away].sum(), 1e-12)
    upper = risk_control.risk_upper_bound(away, away & ~right, views.weights * len(p), 0.9)
    sorted_of = {
        name: f"{away[among].sum()}/{among.sum()}"
        for name in ("everyday", "voc", "other", "animal", "depicted")
        for among in [views.groups == name]
    }
    kaggle = views.groups == "kaggle"
    return (
        f"present {thresholds.present} absent {thresholds.absent} wrong {wrong:.2%} < {upper:.2%} "
        f"pets found {(views.weights * (right & pets)).sum() / views.weights[pets].sum():.1%} "
        f"VOC found {right[views.voc & pets].mean():.1%} "
        f"right {right[views.voc & away].sum()}/{(views.voc & away).sum()} {sorted_of} "
        f"unseen {away[views.unseen].sum()}/{views.unseen.sum()} "
        f"kaggle sorted {away[kaggle].mean():.1%} wrong {(~right & away & kaggle).sum()} "
        f"both {right[views.groups == 'both'].sum()}/{(views.groups == 'both').sum()}"
    )


def main() -> None:
    """Compare, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("logits", type=Path)
    parser.add_argument("--crops", type=float, default=0.6)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--looks", type=float, default=1.55, help="most looks a photo, on average")
    parser.add_argument("--verbose", action="store_true", help="print every way of looking")
    options = parser.parse_args()
    promise = RiskControl()
    views = read_views(PixelStore(options.store), options.logits, promise.prevalence)
    targets = views.targets
    best = None
    first_fit, has_detector = calibrate(views.logits["first"], targets), "detector" in views.logits
    for policy in policies(first_fit, options.crops, has_detector):
        looks = looks_a_photo(views, policy)
        if looks > options.looks:
            continue
        logits = combined(views.logits, policy)
        fit = calibrate(logits, targets)
        p = fit.apply(logits)
        loss = -np.mean(targets * np.log(p + 1e-9) + (1 - targets) * np.log(1 - p + 1e-9), axis=1)
        score = float(loss @ views.weights) + float(loss.mean())
        once = np.ones((1, views.voc.sum()))
        ap = [
            float(average_precision(p[views.voc, k], targets[views.voc, k], once)[0])
            for k in range(2)
        ]
        if options.verbose or not policy.mirror:
            print(f"score {score:.5f}, {looks:.2f} runs a photo, VOC AP {ap}, {policy}", flush=True)
        if best is None or score < best[0]:
            best = score, policy, fit, p, looks, ap
    assert best is not None
    score, policy, fit, p, looks, ap = best
    print(f"chosen: score {score:.5f}, {looks:.2f} runs a photo, VOC AP {ap}, {policy}")
    ones = np.ones((1, len(p)))
    print(
        "calibration error",
        [calibration_error(p[:, [k]], targets[:, [k]], ones)[0] for k in (0, 1)],
    )
    for log_odds in _LOG_ODDS:
        present, absent = sigmoid(np.array([log_odds, -log_odds / 2])).tolist()
        print(figures(views, p, Thresholds(round(present, 4), round(absent, 4))))
    thresholds, proved = risk_control.choose_thresholds(p, targets, views.weights * len(p), promise)
    print("chosen:", figures(views, p, thresholds), f"proved {proved}")
    if options.write:
        choice = {
            "test_time_augmentation": asdict(policy),
            "calibration": asdict(fit),
            "thresholds": asdict(thresholds),
            "risk_control": asdict(replace(promise, proved=proved)),
            "validation": summarise(p, targets, thresholds),
        }  # fmt: skip
        options.write.write_text(json.dumps(choice, indent=2))


if __name__ == "__main__":
    main()
