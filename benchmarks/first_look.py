"""Measures the speed-up of the 8-bit network, and how many labels it changes.

    python benchmarks/first_look.py PHOTOS [--model NAME] [--most N] [--output FILE]

PHOTOS holds `manifest.csv` and `train/`; the photos that `tools/train_default` holds out are
classified twice, as at inference: as with `--device auto` on a processor with fast 8-bit integers,
and by the single-precision network alone. Prints, as a Markdown table, how many labels differ and
the processor time of both. Exits with 1 if more than one label in a thousand differs: a bundle may
contain an 8-bit network only if this exits with 0.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catdog_sorter.classification.pipeline import picture_probabilities
from catdog_sorter.decoding.image import read_photo
from catdog_sorter.model.backend import Backend
from catdog_sorter.model.backends import CPU, open_backend
from catdog_sorter.model.backends.onnx import QuickFirst
from catdog_sorter.model.bundle import ModelBundle, load_bundle
from catdog_sorter.model.processor import has_int8_products
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.training.measure.curves import wilson_interval
from catdog_sorter.training.measure.metrics import labels_at

sys.path.insert(0, str(Path(__file__).parent.parent / "tools" / "train_default"))

from groups import is_validation
from pixel_store import read_manifest

MAX_DIFFERENT = 1e-3


@dataclass(slots=True)
class _Counted:
    """A backend that counts the views classified by its single-precision network."""

    backend: Backend
    exact: int = 0

    @property
    def name(self) -> str:
        return self.backend.name

    @property
    def batch_size(self) -> int:
        return self.backend.batch_size

    def logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        self.exact += len(batch)
        return self.backend.logits(batch)

    def quick_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self.backend.quick_logits(batch)

    def detector_logits(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self.backend.detector_logits(batch)

    def regions(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32] | None:
        return self.backend.regions(batch)


@dataclass(slots=True)
class Looks:
    """Results and cost of one backend for all photos.

    Attributes:
        probabilities: cat and dog, float64 (N, 2).
        ms: processor time per photo, milliseconds.
        exact: number of views of each photo that the single-precision network classified.
    """

    probabilities: npt.NDArray[np.float64]
    ms: list[float]
    exact: list[int]


def look(photos: Sequence[Path], bundle: ModelBundle, backends: Sequence[Backend]) -> list[Looks]:
    """Classify every photo with every backend, in turn."""
    counted = [_Counted(backend) for backend in backends]
    rows: list[list[tuple[float, float]]] = [[] for _ in backends]
    ms: list[list[float]] = [[] for _ in backends]
    exact: list[list[int]] = [[] for _ in backends]
    for number, path in enumerate(photos):
        pixels = read_photo(path, bundle.high_res_side)
        for place, backend in enumerate(counted):
            backend.exact, begun = 0, time.thread_time()
            rows[place] += picture_probabilities([pixels], bundle, backend)
            ms[place].append(1000 * (time.thread_time() - begun))
            exact[place].append(backend.exact)
        if number % 100 == 99:
            print(f"{number + 1} of {len(photos)}", file=sys.stderr, flush=True)
    return [Looks(np.array(r), m, e) for r, m, e in zip(rows, ms, exact, strict=True)]


def compare(bundle: ModelBundle, quick: Looks, exact: Looks) -> tuple[dict[str, str], float]:
    """Figures by name, and the share of the labels that differ."""
    p_quick, p_exact = quick.probabilities, exact.probabilities
    labels, other = (labels_at(p, bundle.thresholds) for p in (p_quick, p_exact))
    photos, differ = len(labels), int((labels != other).sum())
    pets = ("cat", "dog")
    flips = int((np.isin(labels, pets) & np.isin(other, pets) & (labels != other)).sum())
    _, most = wilson_interval(differ, photos)
    sure = sum(1 for views in quick.exact if not views)
    gain = statistics.fmean(exact.ms) / statistics.fmean(quick.ms)
    figures = {
        "photos": f"{photos:,}",
        "labels that differ": f"{differ} ({differ / photos:.2%}; at most {most:.2%})",
        "of them a cat for a dog": f"{flips}",
        "largest difference of a probability": f"{np.abs(p_quick - p_exact).max():.3f}",
        "photos that the exact network did not see": f"{sure / photos:.1%}",
        "int8 first, a photo": f"{statistics.fmean(quick.ms):.1f} ms of the processor",
        "a sure photo": f"{statistics.median(quick.ms):.1f} ms",
        "exact only, a photo": f"{statistics.fmean(exact.ms):.1f} ms",
        "a sure photo, exact": f"{statistics.median(exact.ms):.1f} ms",
        "int8 first is faster by": f"{gain:.2f} x",
    }
    return figures, differ / photos


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--most", type=int, help="look at so many photos, spread evenly")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    if not has_int8_products():
        sys.exit("This processor is not made for 8-bit integers; here the exact network is used.")
    bundle = load_bundle(find_bundle(options.model))
    photos = [p for p in read_manifest(options.photos, "train") if is_validation(p)]
    step = max(1, len(photos) // options.most) if options.most else 1
    paths = [options.photos / photo.file for photo in photos[::step]]
    quick, exact = look(paths, bundle, [QuickFirst(bundle), open_backend(bundle, device=CPU)])
    figures, different = compare(bundle, quick, exact)
    table = f"| `{bundle.id}` | |\n| --- | --- |\n"
    table += "".join(f"| {name} | {value} |\n" for name, value in figures.items())
    print(table, end="")
    if options.output:
        options.output.write_text(table, encoding="utf-8")
    sys.exit(different > MAX_DIFFERENT)


if __name__ == "__main__":
    main()
