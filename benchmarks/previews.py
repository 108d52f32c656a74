"""How often would a camera's small preview be called otherwise than the photo itself?

    python benchmarks/previews.py DATA [--photos 400] [--side 160] [--model NAME ...]

Makes a preview of every n-th photo of DATA as cameras do (JPEG, the longer side of `--side`
pixels), lets each model judge photo and preview, and prints for several margins: how many previews
the model is that sure of at its first look (each probability within the margin of 0 or 1), and how
many labels of those differ from the photo's, or flip between cat and dog. The same of two crops of
each photo, three quarters of its sides: more pictures, and less well framed ones. Use photos that
the model was not trained on.
"""

import argparse
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from catdog_sorter.classification.pipeline import picture_probabilities
from catdog_sorter.decoding.image import read_photo
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.labels import Thresholds, decide
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.calibration import animal_probabilities
from catdog_sorter.model.preprocessing import to_batch
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.model.test_time_augmentation import crops
from catdog_sorter.parallel import cores
from catdog_sorter.training.data.samples import find_samples

_MARGINS = (0.05, 0.03, 0.02, 0.01, 0.005)
_CROP_SIDE = 0.75


def measure(model: str, paths: list[Path], side: int) -> None:
    """Print the figures of one model."""
    bundle = load_bundle(find_bundle(model))
    backend, spec = open_backend(bundle), bundle.preprocessing

    def judge(path: Path) -> np.ndarray:
        """float64 (1 + crops, 2, 2): p_cat and p_dog of the picture, then of its preview."""
        photo = read_photo(path, spec.decode_side)
        larger = read_photo(path, bundle.high_res_side)
        return np.array([both(*pair) for pair in zip(_views(photo), _views(larger), strict=True)])

    def both(picture: Pixels, larger: Pixels) -> list[tuple[float, float]]:
        own = picture_probabilities([picture], bundle, backend, lambda _: larger)
        logits = backend.logits(to_batch([_preview(picture, side)], spec))
        p_cat, p_dog = animal_probabilities(logits, bundle.outputs, bundle.calibration)[0].tolist()
        return [*own, (p_cat, p_dog)]

    with ThreadPoolExecutor(cores()) as pool:
        judged = np.stack(list(pool.map(judge, paths)))
    print(f"previews of {side} pixels, model {bundle.id}")
    for of_what, pairs in (("photos", judged[:, :1]), ("crops of them", judged[:, 1:])):
        _report(of_what, pairs.reshape(-1, 2, 2), bundle.thresholds)


def _report(of_what: str, judged: np.ndarray, thresholds: Thresholds) -> None:
    """`judged`: as `judge` gives them, (N, 2, 2)."""
    labels = [[decide(*row, thresholds) for row in pair] for pair in judged.tolist()]
    differs = np.array([own != preview for own, preview in labels])
    flips = np.array([{str(own), str(preview)} == {"cat", "dog"} for own, preview in labels])
    print(f"{len(judged)} {of_what}")
    for margin in _MARGINS:
        sure = (np.minimum(judged[:, 1], 1 - judged[:, 1]) <= margin).all(axis=1)
        count = (differs & sure).sum()
        print(
            f"margin {margin}: {sure.mean():.1%} of the previews accepted, of these {count} labels "
            f"differ ({count / len(judged):.2%} of all), {(flips & sure).sum()} flip"
        )


def _views(photo: Pixels) -> list[Pixels]:
    """The photo, and its crops at the upper left and the lower right."""
    upper_left, _, _, lower_right, _ = crops(photo, _CROP_SIDE)
    return [photo, upper_left, lower_right]


def _preview(photo: Pixels, side: int) -> Pixels:
    small = Image.fromarray(photo)
    small.thumbnail((side, side))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=80)
    return np.asarray(Image.open(file).convert("RGB"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--side", type=int, default=160)
    parser.add_argument("--model", nargs="+", default=["mobilenetv2-torch", "mobilenetv2-tf"])
    asked = parser.parse_args()
    samples = find_samples(asked.data, to_train=False)
    paths = [sample.path for sample in samples[:: max(1, len(samples) // asked.photos)]]
    for model in asked.model:
        measure(model, paths, asked.side)


if __name__ == "__main__":
    main()
