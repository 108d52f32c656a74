"""Logits of every look at every photo of a split, for choosing how to look and where to draw lines.

    python tools/train_default/view_logits.py STORE FOLDER/model.onnx OUT.npz [--validation] \
        [--crops 0.6] [--first-only]

Writes `first` (N, K), `mirrored` (N, K), `turned` (N, 3, K), `crops` (N, 5, K) and `numbers`, the
photos' places in the store.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from groups import is_validation
from pixel_store import PixelStore

from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.arrays import Floats32
from catdog_sorter.model.preprocessing import Preprocessing, to_batch


def main() -> None:
    """Compute and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--validation", action="store_true")
    parser.add_argument("--crops", type=float, default=0.6)
    parser.add_argument("--first-only", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only one photo in so many")
    options = parser.parse_args()
    store = PixelStore(options.store)
    numbers = [n for n, p in enumerate(store.photos) if not options.validation or is_validation(p)][
        :: options.every
    ]
    settings = ort.SessionOptions()
    settings.intra_op_num_threads = 1
    session = ort.InferenceSession(options.network, settings, providers=["CPUExecutionProvider"])
    spec = Preprocessing(session.get_inputs()[0].shape[-1])

    def logits(batch: Floats32) -> Floats32:
        rows = [session.run(["logits"], {"photos": batch[n : n + 1]})[0] for n in range(len(batch))]
        return np.concatenate(rows)

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
    np.savez(
        options.out, numbers=numbers, first=rows[:, 0], mirrored=rows[:, 1:2].squeeze(1),
        turned=rows[:, 2:5], crops=rows[:, 5:],
    )  # fmt: skip


if __name__ == "__main__":
    main()
