"""Measures a model's accuracy on photos that are rotated, dark, blurred or tiny.

    python benchmarks/robustness.py DATA [MODEL]

DATA holds labelled photos as `catdog-sort evaluate` takes them. Every photo is changed in each of
the ways below, then classified as by `catdog-sort`, at the thresholds of the model. Prints a
Markdown table.
"""

import io
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.calibration import animal_probabilities
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.model.test_time_augmentation import photo_logits
from catdog_sorter.parallel import cores
from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.samples import find_samples
from catdog_sorter.training.measure.metrics import summarise

FIGURES = ("forced_choice_accuracy", "coverage", "wrong_among_sorted", "false_pet_rate")


def _noisy(photo: Image.Image) -> Image.Image:
    pixels = np.asarray(photo, dtype=np.float32)
    noise = np.random.default_rng(0).normal(0, 25, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def _compressed(photo: Image.Image) -> Image.Image:
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=10)
    return Image.open(file).convert("RGB")


def _cropped(photo: Image.Image) -> Image.Image:
    width, height = photo.size
    return photo.crop((width // 6, height // 6, width - width // 6, height - height // 6))


def _shrunken(photo: Image.Image) -> Image.Image:
    ratio = 64 / min(photo.size)
    width, height = (max(64, round(side * ratio)) for side in photo.size)
    return photo.resize((width, height), Image.Resampling.BICUBIC)


def _blurred(photo: Image.Image) -> Image.Image:
    return photo.filter(ImageFilter.GaussianBlur(0.015 * min(photo.size)))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as they are": lambda photo: photo,
    "turned by 90 degrees": lambda photo: photo.transpose(Image.Transpose.ROTATE_90),
    "turned by 180 degrees": lambda photo: photo.transpose(Image.Transpose.ROTATE_180),
    "turned by 270 degrees": lambda photo: photo.transpose(Image.Transpose.ROTATE_270),
    "mirrored": ImageOps.mirror,
    "a quarter of the light": lambda photo: ImageEnhance.Brightness(photo).enhance(0.25),
    "blurred (Gaussian, 1.5 % of the side)": _blurred,
    "noisy (standard deviation 25 of 255)": _noisy,
    "JPEG at quality 10": _compressed,
    "the inner two thirds": _cropped,
    "shrunken to 64 pixels": _shrunken,
    "grey": lambda photo: photo.convert("L").convert("RGB"),
}


def main(data: Path, model: str) -> None:
    """Print the table."""
    bundle = load_bundle(find_bundle(model))
    backend, spec = open_backend(bundle), bundle.preprocessing
    samples = find_samples(data, to_train=False)
    targets = animals_in(samples, ("cat", "dog"))
    print(f"`{bundle.name}`, {len(samples):,} photos, thresholds {bundle.thresholds}\n")
    print("| photos | " + " | ".join(name.replace("_", " ") for name in FIGURES) + " |")
    print("| --- |" + " --- |" * len(FIGURES))
    for name, change in CHANGES.items():

        def look(path: Path, change: Callable[[Image.Image], Image.Image] = change) -> np.ndarray:
            photo = Image.fromarray(read_photo(path, spec.decode_side))
            return photo_logits(
                backend, [np.asarray(change(photo))], spec, bundle.test_time_augmentation
            )[0]

        with ThreadPoolExecutor(cores()) as pool:
            logits = np.stack(list(pool.map(look, [sample.path for sample in samples])))
        probabilities = animal_probabilities(logits, bundle.outputs, bundle.calibration)
        found = summarise(probabilities, targets, bundle.thresholds)
        print(
            f"| {name} | " + " | ".join(f"{found[key]:.2%}" for key in FIGURES) + " |", flush=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else DEFAULT_MODEL)
