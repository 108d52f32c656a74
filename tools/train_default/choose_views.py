"""Calibrate, choose how to look again, and draw the thresholds; all on validation photos.

    python tools/train_default/choose_views.py STORE LOGITS.npz [--crops 0.6] [--write CHOICE.json]

Prints how each way of looking does on the validation photos, weighted as in a library.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from groups import group, is_unseen
from pixel_store import PixelStore
from risk_control import (
    Promise,
    choose_thresholds,
    labels_of,
    library_weights,
    wrong_among_sorted,
)

from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.calibration import Calibration
from catdog_sorter.training.measure.metrics import calibrate, summarise

# What a library is made of: shares of its photos with a pet, and of those without.
SHARES = {
    "voc_pet": 0.48, "kaggle": 0.24, "web": 0.26, "both": 0.004, "both_composed": 0.016,
    "voc": 0.40, "everyday": 0.42, "other": 0.08, "animal": 0.08, "depicted": 0.015,
    "confusable": 0.005,
}  # fmt: skip


def average_precision(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Mean of the precision at each positive, by descending score."""
    hits = wanted[np.argsort(-scores, kind="stable")].astype(bool)
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def combined(
    views: dict[str, np.ndarray], band: tuple, sharpness: float, penalty: float, weight: float
) -> np.ndarray:
    """The photo's logits as `test_time_augmentation.photo_logits` computes them. (N, K)"""
    first = views["first"]
    counts = tta.second_look_weight(first, band)
    again = (first + views["mirrored"]) * np.float32(0.5)
    if sharpness:
        again = tta.rotation_weighted_mean(again, views["turned"], sharpness, penalty)
    if weight:
        again = again + (views["crops"].max(1) - again) * np.float32(weight)
    return tta.blend(first, again, counts)


def band_of(calibration: Calibration, low: float, high: float) -> tuple[tuple[float, float], ...]:
    """Logits between which the calibrated probability lies between `low` and `high`."""
    ends = np.log([low / (1 - low), high / (1 - high)])
    return tuple(
        tuple(((ends - bias) / scale).tolist())
        for scale, bias in zip(calibration.scale, calibration.bias, strict=True)
    )


def main() -> None:
    """Try, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("logits", type=Path)
    parser.add_argument("--crops", type=float, default=0.6)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--looks", type=float, default=1.55, help="most looks a photo, on average")
    parser.add_argument("--risk", type=float, default=0.02)
    parser.add_argument("--estimated", action="store_true", help="hold the estimate to the risk")
    parser.add_argument("--verbose", action="store_true", help="print every combination")
    options = parser.parse_args()
    views = dict(np.load(options.logits))
    store = PixelStore(options.store)
    photos = [store.photos[n] for n in views["numbers"]]
    targets = np.array(
        [[p.label in (a, "both") for a in ("cat", "dog")] for p in photos], np.float32
    )
    groups = np.array([group(p) for p in photos])
    unseen = np.array([is_unseen(p) for p in photos])
    pets = targets.max(1) > 0
    promise = Promise(risk=options.risk)
    weights = library_weights(groups.tolist(), SHARES, pets.tolist(), promise.prevalence)
    first_fit = calibrate(views["first"], targets)
    kinds = np.array([["neither", "dog"], ["cat", "both"]])[tuple(targets.astype(int).T)]
    voc = np.isin(groups, ("voc", "voc_pet")) | (
        (groups == "both") & np.array([p.source == "voc" for p in photos])
    )
    best: tuple[Any, ...] | None = None
    tried = [(0.5, 0.5001, 0, 0, 0)] + [
        (low, high, sharpness, penalty, weight)
        for low in (0.003, 0.01, 0.02, 0.04, 0.08)
        for high in (0.9, 0.97, 0.99, 0.997)
        for sharpness, penalty in ((0, 0), (2, 2), (2, 3.5))
        for weight in (0, 0.35, 0.5, 0.65)
    ]
    for low, high, sharpness, penalty, weight in tried:
        band = band_of(first_fit, low, high)
        doubted = float((tta.second_look_weight(views["first"], band)[:, 0] > 0) @ weights)
        count = 1 + doubted * (1 + 3 * bool(sharpness) + 5 * bool(weight))
        if count > options.looks and low != 0.5:
            continue
        logits = combined(views, band, sharpness, penalty, weight)
        fit = calibrate(logits, targets)
        p = fit.apply(logits)
        thresholds = choose_thresholds(p, targets, weights, promise, not options.estimated)
        labels = labels_of(p, thresholds)
        share, bound, found = wrong_among_sorted(labels, kinds, weights, promise.confidence)
        away = np.isin(labels, ("cat", "dog", "both"))
        loss = -np.mean(targets * np.log(p + 1e-9) + (1 - targets) * np.log(1 - p + 1e-9), axis=1)
        ap = [average_precision(p[voc, k], targets[voc, k]) for k in range(2)]
        rates = {name: float(away[groups == name].mean()) for name in SHARES}
        row = (
            f"looks {count:.2f} band {low}-{high} turns {sharpness},{penalty} crops {weight}: again {doubted:.1%} "
            f"loss {loss.mean():.4f} lib-loss {loss @ weights:.4f} VOC AP {ap[0]:.3f}/{ap[1]:.3f} "
            f"found {found:.1%} voc right {np.mean((labels == kinds)[voc & pets]):.1%} "
            f"of sorted {np.mean((labels == kinds)[voc & away]):.1%} wrong {share:.2%}<{bound:.2%} | "
            f"everyday {rates['everyday']:.2%} voc {rates['voc']:.2%} animals {rates['animal']:.2%} "
            f"unseen {away[unseen].mean():.2%} depicted {rates['depicted']:.2%} "
            f"kaggle {np.mean((labels == kinds)[groups == 'kaggle']):.1%} "
            f"both {np.mean(labels[kinds == 'both'] == 'both'):.1%} T {thresholds.present}"
        )
        if options.verbose:
            print(row, flush=True)
        score = float(loss @ weights) + float(loss.mean())
        if low == 0.5:
            print(f"first look alone: score {score:.5f}", row)
        if best is None or score < best[0]:
            figures = summarise(p, targets, thresholds)
            best = score, band, sharpness, penalty, weight, fit, thresholds, row, figures
    assert best is not None
    print(f"chosen: score {best[0]:.5f}", best[7])
    if options.write:
        _, band, sharpness, penalty, weight, fit, thresholds, row, figures = best
        choice = {
            "unsure": band if sharpness or weight else [], "turn_sharpness": float(sharpness),
            "turn_handicap": float(penalty), "part_side": options.crops if weight else 0.0,
            "part_weight": float(weight), "calibration": asdict(fit),
            "thresholds": asdict(thresholds),
            "validation": figures,
            "row": row,
        }  # fmt: skip
        options.write.write_text(json.dumps(choice, indent=2))


if __name__ == "__main__":
    main()
