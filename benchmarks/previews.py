"""Measures how many labels embedded previews change, and how much time they save.

    python benchmarks/previews.py labels DATA [--photos 1500] [--model NAME]
    python benchmarks/previews.py time DATA FOLDER [--files 60] [--side 160] [--rounds 2]

Both use photos of `library/` and `test/`, which were not used for any choice. `labels` makes
previews of 160, 320 and 512 pixels as cameras do, and counts the photos whose label from the
preview differs from that of the photo. `time` writes 12-megapixel files with the composition of a
library into FOLDER, which is kept, and compares the processor time of `catdog-sort classify` with
previews and without, and without for those photos alone that their preview does not answer: they
limit the gain. Start-up is excluded by the difference between a run over all files and one over
each of them three times.
"""

import argparse
import io
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools" / "train_default"))

from groups import group
from pixel_store import Photo, read_manifest
from simulated_previews import SIDES, simulated_preview

from catdog_sorter.classification.pipeline import picture_probabilities, preview_answers
from catdog_sorter.decoding.image import read_photo
from catdog_sorter.labels import Label, RiskControl, decide
from catdog_sorter.model.backends import open_backend
from catdog_sorter.model.bundle import load_bundle
from catdog_sorter.model.registry import find_bundle
from catdog_sorter.parallel import cores
from catdog_sorter.training.measure.risk_control import (
    LIBRARY_SHARES,
    OTHER,
    PET,
    share_upper_bound,
)
from tests.support.camera import camera_jpeg

_CONFIDENCE = 0.9
_GROUPS = {"animal": "animals", "depicted": "depicted", "confusable": "confusable"}
_PETS = (Label.CAT, Label.DOG, Label.BOTH)
_CAMERA = (4000, 3000)
_NOISE = 4.0  # of 255, as in daylight


def labels(photos: list[Photo], data: Path, model: str | None) -> None:
    """Print how many labels the previews change, and how many pets they lose."""
    bundle = load_bundle(find_bundle(model))
    if bundle.previews is None:
        sys.exit(f"{bundle.name} looks at no previews.")
    backend, spec = open_backend(bundle, device="auto"), bundle.preprocessing

    def look(number: int) -> tuple[Label, list[bool]]:
        photo = read_photo(data / photos[number].file, spec.decode_side)
        pair = picture_probabilities([photo], bundle, backend)[0]
        answered = []
        for side in SIDES:
            preview = simulated_preview(photo, side, number)
            answered.append(bool(preview_answers({0: preview}, bundle, backend)))
        return decide(*pair, bundle.thresholds), answered

    with ThreadPoolExecutor(cores()) as pool:
        looks = list(pool.map(look, range(len(photos))))
    own = np.array([label for label, _ in looks])
    answered = np.array([sides for _, sides in looks])
    is_pet = np.array([photo.label != "neither" for photo in photos])
    found = is_pet & np.isin(own, _PETS)
    print(f"{len(photos)} photos, {bundle.id}; {found.sum()} of {is_pet.sum()} pets found")
    for side, by_preview in zip(SIDES, answered.T, strict=True):
        changed, lost = by_preview & (own != Label.NEITHER), by_preview & found
        print(
            f"{side} pixels: {by_preview[~is_pet].mean():.1%} of those without a pet answered, "
            f"{_counted(changed, np.ones_like(found))} labels changed, "
            f"{_counted(lost, found)} pets lost"
        )


def _counted(hits: np.ndarray, among: np.ndarray) -> str:
    bound = share_upper_bound(int(hits.sum()), int(among.sum()), _CONFIDENCE)
    return f"{hits.sum()} of {among.sum()} (< {bound:.2%})"


def time(photos: list[Photo], data: Path, folder: Path, side: int, rounds: int) -> None:
    """Print the processor time with previews and without."""
    everything = folder / f"all {side}"
    everything.mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(photos):
        file = everything / f"{number:04}.jpg"
        if not file.exists():
            file.write_bytes(_camera_file(data / photo.file, side, number))
    files = sorted(everything.iterdir())
    answered = _run("auto", everything)[1]
    decoded = [file for file in files if file.name not in answered]
    print(
        f"{len(files)} JPEG of 12 megapixels, previews of {side} pixels; "
        f"{len(answered) / len(files):.0%} answered from them"
    )
    with tempfile.TemporaryDirectory(dir=folder) as work:
        whole, rest = _Copies(files, Path(work, "all")), _Copies(decoded, Path(work, "decoded"))
        never_s = auto_s = rest_s = math.inf
        for _ in range(rounds):
            never_s = min(never_s, whole.seconds_each("never"))
            auto_s = min(auto_s, whole.seconds_each("auto"))
            rest_s = min(rest_s, rest.seconds_each("never")) if decoded else 0.0
    print(f"--previews never: {1000 * never_s:.1f} ms of processor time each")
    print(f"--previews auto: {1000 * auto_s:.1f} ms of processor time each")
    print(f"ratio {never_s / auto_s:.2f}")
    needed_s = rest_s * len(decoded) / len(files)
    print(f"the {len(decoded)} that need decoding: {1000 * rest_s:.1f} ms each with never")
    if decoded:
        print(f"ratio if previews took no time at all: {never_s / needed_s:.2f}")


class _Copies:
    """Photos in a folder once and in another three times, as links."""

    def __init__(self, files: list[Path], folder: Path) -> None:
        self._count = len(files)
        self._folders = {times: folder / str(times) for times in (1, 3)}
        for times, place in self._folders.items():
            place.mkdir(parents=True)
            for file in files:
                for copy in range(times):
                    os.link(file, place / f"{copy} {file.name}")

    def seconds_each(self, previews: str) -> float:
        """Processor time of a photo, without start-up."""
        once, thrice = (_run(previews, self._folders[times])[0] for times in (1, 3))
        return (thrice - once) / 2 / self._count


def _camera_file(path: Path, side: int, seed: int) -> bytes:
    rng = np.random.default_rng(seed)
    with Image.open(path) as photo:
        size = _CAMERA if photo.width >= photo.height else _CAMERA[::-1]
        picture = photo.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    small = picture.resize((size[0] * side // max(size), size[1] * side // max(size)))
    noise = rng.normal(0, _NOISE, (size[1], size[0], 1)).astype(np.float32)
    noisy = Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=85)
    return camera_jpeg(file.getvalue(), noisy, quality=90, subsampling="4:2:0")


def _run(previews: str, folder: Path) -> tuple[float, set[str]]:
    """The processor time of a run in seconds, and the names of photos answered from previews."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ("classify", str(folder), "--no-cache", "--previews", previews, "--json")
    done = subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *command],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return used_s, {Path(row["path"]).name for row in rows if row.get("from_preview")}


def _as_in_a_library(photos: list[Photo], number: int) -> list[Photo]:
    """Photos with and without a pet in the shares of `risk_control`, in random order."""
    rng = random.Random(0)
    groups: dict[str, list[Photo]] = {}
    for photo in photos:
        name = PET if photo.label != "neither" else _GROUPS.get(group(photo), OTHER)
        groups.setdefault(name, []).append(photo)
    pets = RiskControl().prevalence
    shares = {PET: pets} | {name: (1 - pets) * share for name, share in LIBRARY_SHARES.items()}
    chosen = [
        photo
        for name, share in shares.items()
        for photo in rng.choices(groups[name], k=round(number * share))
    ]
    return rng.sample(chosen, len(chosen))


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("labels", "time"))
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--photos", type=int, default=0, help="0: all")
    parser.add_argument("--model")
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--side", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    photos = [p for split in ("library", "test") for p in read_manifest(asked.data, split)]
    if asked.what == "labels":
        chosen = random.Random(0).sample(photos, asked.photos) if asked.photos else photos
        labels(chosen, asked.data, asked.model)
    elif asked.folder is None:
        parser.error("time needs a folder to write photos into")
    else:
        chosen = _as_in_a_library(photos, asked.files)
        time(chosen, asked.data, asked.folder, asked.side, asked.rounds)


if __name__ == "__main__":
    main()
