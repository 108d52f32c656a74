"""Compute the logits of every view of a split's photos, to choose views and thresholds.

    python tools/train_default/view_logits.py STORE FOLDER/model.onnx OUT.npz [--validation] \
        [--size 240] [--crops 0.6] [--first-only] [--detector detector.onnx]

Writes `first` (N, K), `mirrored` (N, K), `turned` (N, 3, K), `crops` (N, 5, K), `detector` (N, K)
if there is one, and `numbers`, the photos' places in the store.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from find_boxes import SIDE
from groups import is_validation
from pixel_store import PixelStore

from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.backends.onnx import OrtNetwork
from catdog_sorter.model.preprocessing import Preprocessing, to_batch


def main() -> None:
    """Compute and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--validation", action="store_true")
    parser.add_argument("--size", type=int, default=240, help="side of the network's input")
    parser.add_argument("--crops", type=float, default=0.6)
    parser.add_argument("--first-only", action="store_true")
    parser.add_argument("--detector", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only one photo in so many")
    options = parser.parse_args()
    store = PixelStore(options.store)
    numbers = [n for n, p in enumerate(store.photos) if not options.validation or is_validation(p)][
        :: options.every
    ]
    network = OrtNetwork(str(options.network))
    spec = Preprocessing(options.size)

    def logits(batch: Floats32) -> Floats32:
        return np.concatenate([network.logits(batch[n : n + 1]) for n in range(len(batch))])

    def views(number: int) -> Floats32:
        photo = np.asarray(store.image(number))
        whole = to_batch([photo], spec)
        if options.first_only:
            return logits(whole).repeat(10, axis=0)
        turned = [np.rot90(whole, quarters, axes=(2, 3)) for quarters in (1, 2, 3)]
        crops = to_batch(tta.crops(photo, options.crops), spec)
        every = np.concatenate([whole, whole[..., ::-1], *turned, crops])
        return logits(np.ascontiguousarray(every))

    with ThreadPoolExecutor(options.threads) as pool:
        rows = np.stack(list(pool.map(views, numbers)))
        more = {}
        if options.detector:
            detector = OrtNetwork(str(options.detector))
            larger = Preprocessing(SIDE)

            def detected(number: int) -> Floats32:
                return detector.logits(to_batch([np.asarray(store.image(number))], larger))[0]

            more["detector"] = np.stack(list(pool.map(detected, numbers)))
    np.savez(
        options.out, numbers=numbers, first=rows[:, 0], mirrored=rows[:, 1:2].squeeze(1),
        turned=rows[:, 2:5], crops=rows[:, 5:], **more,
    )  # fmt: skip


if __name__ == "__main__":
    main()
