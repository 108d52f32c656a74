"""Makes difficult photos of neither: other animals, toys, drawings, food, wallpapers.

    python tools/hard_negatives.py PACKAGES SCENES OUTPUT

PACKAGES is a folder with these Debian packages, each unpacked by `dpkg-deb -x` into a folder of its
name: tuxpaint-stamps-default, openclipart-png, plasma-workspace-wallpapers,
lomiri-wallpapers-16.04 and lomiri-wallpapers-20.04; SCENES holds landscapes and streets without
animals. Cut-outs are laid on a scene or on one colour. The result is for `retrain --negatives`.
None of these pictures are in this project: the packages have licences of their own.
"""

import hashlib
import random
import sys
from pathlib import Path

from PIL import Image

SIDE = 224
DRAWINGS = 300
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
# Photos of cats and dogs, letters, and mirrored copies; one of the wallpapers shows two dogs.
LEFT_OUT = {"cats", "dogs", "symbols"}
WITH_DOGS = {"cc40e313"}


def pictures(folder: Path) -> list[Path]:
    """Picture files in a stable order, without links."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and not path.is_symlink()
    )


def save(picture: Image.Image, target: Path) -> None:
    """Shrink to a shorter side of at most SIDE pixels."""
    ratio = min(1.0, SIDE / min(picture.size))
    width, height = (max(1, round(side * ratio)) for side in picture.size)
    small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    small.save(target, quality=75)


def lay_down(path: Path, scenes: list[Path], rng: random.Random, target: Path) -> None:
    """Paste a cut-out at a random place on a slightly larger scene or colour."""
    cutout = Image.open(path).convert("RGBA")
    cutout.thumbnail((1200, 1200))
    if min(cutout.size) < 24:
        return
    room = rng.uniform(1.05, 1.6)
    width = int(max(cutout.width, cutout.height * 0.6) * room)
    height = int(max(cutout.height, cutout.width * 0.6) * room)
    if rng.random() < 0.5:
        ground = Image.open(rng.choice(scenes)).convert("RGB").resize((width, height))
    else:
        colour = (rng.randrange(256), rng.randrange(256), rng.randrange(256))
        ground = Image.new("RGB", (width, height), rng.choice([(255, 255, 255), colour]))
    left, top = rng.randint(0, width - cutout.width), rng.randint(0, height - cutout.height)
    ground.paste(cutout, (left, top), cutout)
    save(ground, target)


def main(packages: Path, scenes_folder: Path, output: Path) -> None:
    """Write the pictures to `output`."""
    output.mkdir(parents=True)
    rng = random.Random(7)
    scenes = pictures(scenes_folder)
    stamps = [
        path
        for path in pictures(packages / "tuxpaint-stamps-default")
        if not LEFT_OUT & set(path.parts) and "mirror" not in path.stem and "flip" not in path.stem
    ]
    drawings = pictures(packages / "openclipart-png")
    animals = [path for path in drawings if "animals" in path.parts]
    others = rng.sample([path for path in drawings if "animals" not in path.parts], DRAWINGS)
    for number, path in enumerate([*stamps, *animals, *others]):
        lay_down(path, scenes, rng, output / f"{number:04}_{path.stem[:30]}.webp")
    for folder in sorted(packages.glob("*wallpapers*")):
        for path in pictures(folder):
            name = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            with Image.open(path) as picture:
                if min(picture.size) >= 300 and name not in WITH_DOGS:
                    save(picture, output / f"wallpaper_{name}.webp")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
