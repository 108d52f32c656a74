"""Simulates the previews of cameras, for photos without one."""

import io

import numpy as np
from PIL import Image

from catdog_sorter.decoding.embedded_previews import inside_bars
from catdog_sorter.decoding.pixels import Pixels

SIDES = (160, 320, 512)
_QUALITIES = (70, 96)
_WAYS = (Image.Resampling.BICUBIC, Image.Resampling.BOX, Image.Resampling.BILINEAR)


def simulated_preview(photo: Pixels, side: int, seed: int) -> Pixels:
    """Simulate a preview whose longer side has `side` pixels, as it is read.

    Half of them are padded to 4:3 with black bars, as by cameras with another sensor, unless that
    leaves less than `side` pixels of the photo. Scaled, and compressed as JPEG, in varying ways.

    Args:
        photo: uint8 (H, W, 3), upright; enlarged if it is smaller.
        side: Pixels.
        seed: Seed of the random choices.

    Returns:
        uint8 (h, w, 3), without the bars.
    """
    rng = np.random.default_rng([side, seed])
    picture = Image.fromarray(photo)
    size = picture.size
    scale = side / max(size)
    small = picture.resize(
        (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))),
        _WAYS[rng.integers(len(_WAYS))],
    )
    is_barred = rng.random() < 0.5
    frame = (side, side * 3 // 4) if size[0] >= size[1] else (side * 3 // 4, side)
    if is_barred and small.width <= frame[0] and small.height <= frame[1]:
        padded = Image.new("RGB", frame)
        padded.paste(small, ((frame[0] - small.width) // 2, (frame[1] - small.height) // 2))
        small = padded
    file = io.BytesIO()
    quality, subsampling = int(rng.integers(*_QUALITIES)), int(rng.integers(3))
    small.save(file, "JPEG", quality=quality, subsampling=subsampling)
    preview = Image.open(file).convert("RGB")
    shown = inside_bars(preview, size)
    return np.asarray(preview if shown is None else shown)
