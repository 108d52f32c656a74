"""Measures whether training on one's own photos improves the bundled model.

    python benchmarks/retraining.py TRAIN TEST [--sets 60 360 1000] [--framework torch tf] \
        [--csv] [--domain drawing] [--keep FOLDER]

TRAIN and TEST are labelled folders, preferably of photos that the bundled model was not trained on.
For each size a set is drawn from TRAIN (five cats and five dogs for each two of neither),
`catdog-sort retrain` is run as documented, and the bundled model and the result are evaluated on up
to 460 photos of TEST. With --csv the set is given as a CSV file instead of a folder. With --domain
all photos are made into pencil drawings, or made to look like those of an infrared camera: grey,
dark, noisy, with high contrast. The bundled model is weak on these. A second line then shows the
results on the same photos, unchanged.

Prints a Markdown table: forced-choice accuracy, coverage, wrong among sorted and photos of neither
sorted as a pet, before and after, with 95 % intervals; the verdict of the run; whether it passed;
and time and memory as estimated by `--dry-run` and as measured. To pass, on ordinary photos
accuracy may fall by 0.5 points and coverage by 3, and photos of neither sorted as a pet may rise by
2; on others accuracy and coverage must rise by more than their intervals.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
from PIL import Image, ImageFilter

from catdog_sorter.model.backends import CPU, open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.registry import DEFAULT_MODEL, find_bundle
from catdog_sorter.parallel import cores
from catdog_sorter.storage.locations import HOME_VARIABLE
from catdog_sorter.training.data.samples import LABEL_OF, Sample, find_samples
from catdog_sorter.training.measure.before_after import FIGURES as TITLES
from catdog_sorter.training.measure.evaluate import EvaluationReport, evaluate

TEST_PHOTOS = {"cat": 200, "dog": 200, "neither": 60}
SHARES = {"cat": 5 / 12, "dog": 5 / 12, "neither": 2 / 12}
LIST = "labels.csv"
ORDINARY = "ordinary"
FIGURES = ("forced_choice_accuracy", "coverage", "wrong_among_sorted", "false_pet_rate")
COLUMNS = [
    *("photos", "trained in", "judged on", *(TITLES[name].lower() for name in FIGURES)),
    *("verdict", "passed", "core seconds", "memory"),
]
# For ordinary photos. On others accuracy and coverage must rise by more than their intervals.
MAX_LOSS = {"forced_choice_accuracy": 0.005, "coverage": 0.03, "false_pet_rate": 0.02}
MUST_RISE = ("forced_choice_accuracy", "coverage")


def drawn(samples: Sequence[Sample], counts: dict[str, int], seed: int) -> list[Sample]:
    """Draw this number of photos of each label."""
    rng = random.Random(seed)
    found = []
    for label, count in counts.items():
        own = [sample for sample in samples if LABEL_OF[sample.animals] == label]
        found += rng.sample(own, min(count, len(own)))
    return found


def infrared(source: Path, target: Path) -> None:
    """Make a photo look like an infrared camera's."""
    with Image.open(source) as photo:
        red, green, blue = photo.convert("RGB").split()
    pixels = 0.2 * np.asarray(red, float) + 0.1 * np.asarray(green, float)
    pixels = 0.5 * (pixels + 0.3 * (255 - np.asarray(blue, float)))
    pixels = 20 + 170 * (pixels - pixels.min()) / max(1.0, float(np.ptp(pixels)))
    pixels += np.random.default_rng(len(source.name)).normal(0, 18, pixels.shape)
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(target, quality=60)


def drawing(source: Path, target: Path) -> None:
    """Make a pencil drawing: dark where the photo is darker than its surroundings."""
    with Image.open(source) as photo:
        grey = photo.convert("L")
    around = grey.filter(ImageFilter.GaussianBlur(max(grey.size) / 80))
    fine = grey.filter(ImageFilter.GaussianBlur(0.8))
    ratio = (np.asarray(fine, float) + 8) / (np.asarray(around, float) + 8)
    lines = Image.fromarray(np.clip(255 * ratio**3, 0, 255).astype(np.uint8))
    lines.convert("RGB").save(target, quality=80)


DOMAINS = {"drawing": drawing, "infrared": infrared}


def put(samples: Sequence[Sample], folder: Path, domain: str | None) -> Path:
    """Labelled folders of these photos, and `labels.csv` beside them."""
    rows = []
    for number, sample in enumerate(samples):
        label = LABEL_OF[sample.animals]
        place = folder / label
        place.mkdir(parents=True, exist_ok=True)
        target = place / (f"{number}.jpg" if domain else f"{number}{sample.path.suffix}")
        if domain:
            DOMAINS[domain](sample.path, target)
        else:
            target.symlink_to(sample.path)
        rows.append(f"{target.relative_to(folder)},{label}\n")
    (folder / LIST).write_text("".join(rows))
    return folder


class Share(NamedTuple):
    """A share of photos, 0 to 1, with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1%} ({self.low:.1%} to {self.high:.1%})"


Figures = dict[str, Share | None]


def figures(model: Path, photos: Path) -> Figures:
    """The figures of `catdog-sort evaluate`; None for a share of no photos."""
    bundle = load_bundle(model)
    samples = find_samples(photos, to_train=False)
    *_, report = evaluate(samples, bundle, open_backend(bundle, device=CPU))
    assert isinstance(report, EvaluationReport)
    return {
        name: Share(report.figures[name], *report.intervals[name])
        if report.figures[name] is not None
        else None
        for name in FIGURES
    }


@dataclass(frozen=True, slots=True)
class Trained:
    """The result of `catdog-sort retrain`, with its estimated and measured cost.

    `said_s` and `took_s` are processor seconds of all cores, which hardly depend on other load;
    bytes are of all its processes together.
    """

    model: Path
    verdict: str
    said_s: float
    took_s: float
    said_bytes: int
    took_bytes: int


def retrain(photos: Path, framework: str, home: Path) -> Trained:
    """Run the documented command."""
    words = [sys.executable, "-m", "catdog_sorter", "retrain", str(photos), "--json", "--quiet"]
    words += ["--backend", framework]
    environment = {**os.environ, HOME_VARIABLE: str(home)}
    said = json.loads(
        subprocess.run(
            [*words, "--dry-run"], check=True, stdout=subprocess.PIPE, env=environment
        ).stdout
    )
    before_s = _children_s()
    peak_bytes = 0
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment) as process:
        while process.poll() is None:
            peak_bytes = max(peak_bytes, _bytes_of(process.pid))
            time.sleep(0.2)
        assert process.stdout is not None
        answer = json.loads(process.stdout.read())
    return Trained(
        Path(answer["model"]),
        answer["comparison"]["verdict"],
        said["minutes"] * 60 * cores(),
        _children_s() - before_s,
        said["memory_bytes"],
        peak_bytes,
    )


def _children_s() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _bytes_of(pid: int) -> int:
    """Memory of a process and its children, shared pages counted once."""
    try:
        whole = psutil.Process(pid)
        return sum(each.memory_full_info().pss for each in (whole, *whole.children(True)))
    except psutil.Error:
        return 0


def main() -> None:
    """Train on each set in each framework, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--sets", type=int, nargs="+", default=[60, 360, 1000])
    parser.add_argument("--framework", nargs="+", default=["torch", "tf"])
    parser.add_argument("--csv", action="store_true")
    parser.add_argument("--domain", choices=DOMAINS)
    parser.add_argument("--keep", type=Path, help="where models and reports stay")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    train, test = find_samples(options.train), find_samples(options.test)
    print("| " + " | ".join(COLUMNS) + " |")
    print("| --- " * len(COLUMNS) + "|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        top = options.keep or Path(folder)
        chosen = drawn(test, TEST_PHOTOS, options.seed)
        judged = {options.domain or ORDINARY: put(chosen, top / "test", options.domain)}
        if options.domain:
            judged[ORDINARY] = put(chosen, top / "ordinary", None)
        bundled = find_bundle(DEFAULT_MODEL)
        before = {domain: figures(bundled, place) for domain, place in judged.items()}
        for size in options.sets:
            counts = {label: round(share * size) for label, share in SHARES.items()}
            photos = put(drawn(train, counts, options.seed), top / str(size), options.domain)
            for framework in options.framework:
                given = photos / LIST if options.csv else photos
                made = retrain(given, framework, top / f"{size}-{framework}")
                for domain, place in judged.items():
                    after = figures(made.model, place)
                    cells = row(size, framework, domain, made, before[domain], after)
                    print("| " + " | ".join(cells) + " |", flush=True)


def row(
    size: int, framework: str, domain: str, made: Trained, before: Figures, after: Figures
) -> list[str]:
    """One line of the table."""
    is_passed = loses_little(before, after) if domain == ORDINARY else rises(before, after)
    return [
        str(size),
        framework,
        domain,
        *(f"{before[name] or 'none'} -> {after[name] or 'none'}" for name in FIGURES),
        made.verdict,
        "yes" if is_passed else "NO",
        f"{made.said_s:.0f} said, {made.took_s:.0f} taken",
        f"{made.said_bytes / 1e9:.1f} said, {made.took_bytes / 1e9:.1f} GB taken",
    ]


def loses_little(before: Figures, after: Figures) -> bool:
    """Whether no figure became worse by more than `MAX_LOSS`."""
    rose = {name: _value(after[name]) - _value(before[name]) for name in MAX_LOSS}
    lost = {k: rise if k == "false_pet_rate" else -rise for k, rise in rose.items()}
    return all(lost[name] <= MAX_LOSS[name] for name in MAX_LOSS)


def rises(before: Figures, after: Figures) -> bool:
    """Whether the intervals after training lie above those before."""
    pairs = [(before[name], after[name]) for name in MUST_RISE]
    return all(old and new and new.low > old.high for old, new in pairs)


def _value(share: Share | None) -> float:
    return share.value if share else 0.0  # of photos of which there are none


if __name__ == "__main__":
    main()
