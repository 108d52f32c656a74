"""How often would a camera's small preview be called otherwise than the photo itself?

    python benchmarks/previews.py DATA [PHOTOS]

Makes a preview of every n-th photo of DATA as cameras do (160 x 120 pixels at most, JPEG), lets the
model judge preview and photo, and prints for several margins: how many previews the model is that
sure of (each probability within the margin of 0 or 1), and how many labels of those differ, or flip
between cat and dog. Use photos that the model was not chosen on.
"""

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from catdog_sorter.backends import open_backend, photo_logits
from catdog_sorter.bundle import find_bundle, load_bundle
from catdog_sorter.decode import read_photo
from catdog_sorter.labels import decide
from catdog_sorter.parallel import cores
from catdog_sorter.probabilities import animal_probabilities
from catdog_sorter.training.samples import find_samples

_PREVIEW = (160, 160)
_MARGINS = (0.05, 0.02, 0.01, 0.005, 0.002, 0.001)


def main(data: Path, photos: int) -> None:
    bundle = load_bundle(find_bundle(None))
    backend, spec = open_backend(bundle), bundle.preprocessing
    samples = find_samples(data)
    paths = [sample.path for sample in samples[:: max(1, len(samples) // photos)]]

    def judge(path: Path) -> np.ndarray:
        """float64 (2, 2): p_cat and p_dog of the photo, then of its preview."""
        pixels = read_photo(path, spec.decode_side)
        small = Image.fromarray(pixels)
        small.thumbnail(_PREVIEW)
        file = io.BytesIO()
        small.save(file, "JPEG", quality=80)
        preview = np.asarray(Image.open(file).convert("RGB"))
        logits = photo_logits(backend, [pixels, preview], spec)
        return animal_probabilities(logits, bundle.outputs, bundle.calibration)

    with ThreadPoolExecutor(cores()) as pool:
        judged = np.stack(list(pool.map(judge, paths)))
    labels = [[decide(*row, bundle.thresholds) for row in pair] for pair in judged.tolist()]
    differs = np.array([own != preview for own, preview in labels])
    flips = np.array([{str(own), str(preview)} == {"cat", "dog"} for own, preview in labels])
    print(f"{len(paths)} photos of {data}, model {bundle.id}")
    for margin in _MARGINS:
        sure = (np.minimum(judged[:, 1], 1 - judged[:, 1]) <= margin).all(axis=1)
        print(
            f"margin {margin}: {sure.mean():.1%} of the previews accepted, of these "
            f"{(differs & sure).sum()} labels differ, {(flips & sure).sum()} flip"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400)
