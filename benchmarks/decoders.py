"""Compares the speed of JPEG decoders that scale the shorter side down to 336 pixels.

    python benchmarks/decoders.py [--photos 12] [--rounds 3] [--library FOLDER]

Decodes 12-megapixel photos, made by `speed_library.py` or from FOLDER, one by one in this process,
with each installed decoder of: Pillow's draft mode, which the program uses; simplejpeg;
PyTurboJPEG. Writes a table of milliseconds per photo, processor time, and the mean difference to
Pillow's pixels at the network's size, in levels of 255. Only Pillow comes with the program: `pip
install simplejpeg PyTurboJPEG` for this benchmark (the latter needs the library libturbojpeg).
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from speed_library import CAMERA, build_jpegs

from catdog_sorter.decoding.image import read_photo
from catdog_sorter.decoding.pixels import Pixels, resize

_SIDE, _INPUT = 336, 224
Decode = Callable[[Path], Pixels]


def decoders() -> dict[str, Decode]:
    """The installed decoders, by name."""
    found: dict[str, Decode] = {"Pillow, draft": lambda path: read_photo(path, _SIDE)}
    try:
        import simplejpeg
    except ImportError:
        pass
    else:
        found["simplejpeg"] = lambda path: simplejpeg.decode_jpeg(
            path.read_bytes(), min_height=_SIDE, min_width=_SIDE
        )
        found["simplejpeg, fast"] = lambda path: simplejpeg.decode_jpeg(
            path.read_bytes(), fastdct=True, fastupsample=True, min_height=_SIDE, min_width=_SIDE
        )
    try:
        import turbojpeg

        turbo = turbojpeg.TurboJPEG()
    except (ImportError, RuntimeError):
        pass
    else:
        for eighths in (1, 2):
            found[f"PyTurboJPEG, {eighths}/8"] = lambda path, n=eighths: turbo.decode(
                path.read_bytes(), turbojpeg.TJPF_RGB, (n, 8)
            )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--library", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        folder = asked.library or build_jpegs(Path(fresh), asked.photos, CAMERA)
        paths = sorted(folder.iterdir())[: asked.photos]
        measure(paths, asked.rounds)


def measure(paths: list[Path], rounds: int) -> None:
    """Print the table."""
    known = decoders()
    taken: dict[str, list[float]] = {name: [] for name in known}
    for _ in range(rounds):
        for name, decode in known.items():
            begun = time.process_time()
            for path in paths:
                decode(path)
            taken[name].append(1000 * (time.process_time() - begun) / len(paths))
    first = next(iter(known))
    own = [resize(known[first](path), _INPUT).astype(np.int16) for path in paths]
    print("| decoder | milliseconds a photo | against Pillow | decoded size | mean distance |")
    print("| --- | --- | --- | --- | --- |")
    for name, decode in known.items():
        pixels = [decode(path) for path in paths]
        away = [
            np.abs(resize(p, _INPUT).astype(np.int16) - o).mean()
            for p, o in zip(pixels, own, strict=True)
        ]
        pairs = zip(taken[first], taken[name], strict=True)
        ratio = statistics.median(pillow / other for pillow, other in pairs)
        size = Image.fromarray(pixels[0]).size
        print(
            f"| {name} | {statistics.median(taken[name]):.1f} | {ratio:.2f} x as fast | "
            f"{size[0]} x {size[1]} | {np.mean(away):.2f} |"
        )


if __name__ == "__main__":
    main()
