"""Makes the figures of the model card: by source of the photos, calibration plots, weak spots.

    python tools/model_card.py DATA FOLDER MODEL...

DATA holds labelled photos as `catdog-sort evaluate` takes them, whose names begin with their source
and an underscore. Prints a Markdown table for each model, and draws into FOLDER for each model
`reliability-MODEL.png`, and for the first one `weak-spots.png`: the free example photos, degraded
until the model fails.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from catdog_sorter import Classifier
from catdog_sorter.labels import Label
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.training.data.dataset import animals_in
from catdog_sorter.training.data.samples import Sample, find_samples
from catdog_sorter.training.figures.drawing import (
    house_style,
    literal,
    new_sheet,
    save,
    verdict_colour,
)
from catdog_sorter.training.figures.verdicts import draw_reliability
from catdog_sorter.training.measure.evaluate import EvaluatedPhoto, EvaluationReport, evaluate
from catdog_sorter.training.measure.intervals import confidence_intervals
from catdog_sorter.training.measure.metrics import summarise

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from robustness import CHANGES

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "photos"
SHOWN = {
    "portrait.jpg": Label.CAT,
    "wool.jpg": Label.CAT,
    "garden/bench.jpg": Label.CAT,
    "walk.jpg": Label.DOG,
    "garden/lawn.jpg": Label.DOG,
}
SPOTS = ("as they are", "turned by 180 degrees", "blurred (Gaussian, 1.5 % of the side)")
SCENE = "launch.jpg"
SMALL = 0.15  # of the scene's height
FIGURES = {
    "right between cat and dog": "forced_choice_accuracy",
    "cats and dogs that get sorted": "coverage",
    "wrong among the sorted": "wrong_among_sorted",
    "neither called a pet": "false_pet_rate",
}


def main(data: Path, folder: Path, models: Sequence[str]) -> None:
    """Print the tables and draw the figures."""
    samples = find_samples(data, to_train=False)
    for model in models:
        bundle = load_bundle(find_bundle(model))
        judged = _judged(samples, bundle)
        print("\n".join(_table(judged, bundle)) + "\n", flush=True)
        with house_style():
            draw_reliability(*_numbers(judged), folder / f"reliability-{bundle.name}.png")
    with house_style():
        _draw_weak_spots(models[0], folder / "weak-spots.png")


def _judged(samples: Sequence[Sample], bundle: ModelBundle) -> Sequence[EvaluatedPhoto]:
    *_, report = evaluate(samples, bundle, open_backend(bundle))
    assert isinstance(report, EvaluationReport)
    return report.judged


def _numbers(judged: Sequence[EvaluatedPhoto]) -> tuple[np.ndarray, np.ndarray]:
    """(Probabilities, truth), each (N, 2): cat, dog."""
    truth = animals_in([Sample(photo.path, photo.animals) for photo in judged], ("cat", "dog"))
    return np.array([(photo.p_cat, photo.p_dog) for photo in judged]), truth


def _table(judged: Sequence[EvaluatedPhoto], bundle: ModelBundle) -> Iterator[str]:
    yield f"| `{bundle.name}`, photos from | photos | {' | '.join(FIGURES)} |"
    yield "| --- | --- |" + " --- |" * len(FIGURES)
    sources = [photo.path.name.partition("_")[0] for photo in judged]
    for source in sorted(set(sources)):
        of_it = [photo for photo, name in zip(judged, sources, strict=True) if name == source]
        numbers = (*_numbers(of_it), bundle.thresholds)
        found, limits = summarise(*numbers), confidence_intervals(*numbers)
        cells = [
            f"{found[key]:.2%} ({limits[key][0]:.2%} to {limits[key][1]:.2%})"
            if key in limits and (key == "false_pet_rate" or any(photo.animals for photo in of_it))
            else "-"
            for key in FIGURES.values()
        ]
        yield f"| {source} | {len(of_it):,} | {' | '.join(cells)} |"


def _draw_weak_spots(model: str, file: Path) -> None:
    ways = [*SPOTS, "small in a scene"]
    title = "Where the model is lost"
    sheet = new_sheet(9.6, 2.2 * len(ways))
    rows: list[Figure] = sheet.subfigures(len(ways), 1)  # type: ignore[assignment]
    with Classifier(model) as classifier:
        for row, way in zip(rows, ways, strict=True):
            pictures = [_picture(EXAMPLES / name, way) for name in SHOWN]
            verdicts = classifier.classify_images(pictures)
            row.suptitle(way, fontsize=9)
            for axes, picture, verdict, true in zip(
                row.subplots(1, len(SHOWN)), pictures, verdicts, SHOWN.values(), strict=True
            ):
                axes.imshow(picture)
                axes.set_axis_off()
                said = f"{verdict.label}: cat {verdict.p_cat:.2f}, dog {verdict.p_dog:.2f}"
                axes.set_title(literal(said), color=verdict_colour(true, verdict.label), fontsize=8)
    save(sheet, file, title, "", palette=True)


def _picture(path: Path, way: str) -> Image.Image:
    with Image.open(path) as photo:
        if way in CHANGES:
            return CHANGES[way](photo.convert("RGB"))
        with Image.open(EXAMPLES / SCENE) as scene:
            picture = scene.convert("RGB")
        height = round(SMALL * picture.height)
        small = photo.convert("RGB").resize((height * photo.width // photo.height, height))
        picture.paste(small, (picture.width // 3, picture.height - 2 * height))
        return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
