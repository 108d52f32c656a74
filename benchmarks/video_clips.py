"""Composes video clips from photos: pans, zooms, dark noise, cuts, a pet coming into view.

Deterministic for a seed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image

SIZE, FPS, LENGTH_S = (480, 360), 8, 10
_FRAMES = FPS * LENGTH_S
KINDS = ("pan", "zoom", "dark", "cuts", "enters")
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Clip:
    """A composed clip: its kind, its label and its photos."""

    kind: str
    label: str
    photos: tuple[Path, ...]
    seed: int


def compose(count: int, photos: dict[str, list[Path]], seed: int) -> list[Clip]:
    """Half of the clips show neither; of the others one in ten shows both.

    Args:
        count: Number of clips.
        photos: Photos by label, `cat`, `dog` and `neither`, in any order.
        seed: Seed of the random choices.
    """
    rng = np.random.default_rng(seed)
    clips = []
    for number in range(count):
        label = str(rng.choice(("neither", "cat", "dog", "both"), p=(0.5, 0.225, 0.225, 0.05)))
        kind = "cuts" if label == "both" else KINDS[number % len(KINDS)]
        scenes = [_drawn(rng, photos["neither"]) for _ in range(int(rng.integers(2, 5)))]
        pets = {"neither": [], "both": ["cat", "dog"]}.get(label, [label])
        shown = [_drawn(rng, photos[pet]) for pet in pets]
        if kind == "cuts":
            for pet in shown:
                scenes.insert(int(rng.integers(len(scenes) + 1)), pet)
        elif kind == "enters":
            scenes = [scenes[0], (shown or scenes[1:])[0]]
        else:
            scenes = (shown or scenes)[:1]
        clips.append(Clip(kind, label, tuple(scenes), int(rng.integers(1 << 30))))
    return clips


def _drawn(rng: Rng, photos: Sequence[Path]) -> Path:
    return photos[int(rng.integers(len(photos)))]


def write(clip: Clip, path: Path, size: tuple[int, int] = SIZE, encoder: str = "libx264") -> None:
    """Encode a clip as a phone might: H.264 or HEVC, a keyframe each second."""
    rng = np.random.default_rng(clip.seed)
    quality = 38 if clip.kind == "dark" else int(rng.integers(24, 34))
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            encoder, rate=FPS, options={"preset": "veryfast", "crf": str(quality), "g": str(FPS)}
        )
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for picture in _pictures(clip, rng):
            for packet in stream.encode(av.VideoFrame.from_image(picture.resize(size))):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def _pictures(clip: Clip, rng: Rng) -> Iterator[Image.Image]:
    photos = [Image.open(path).convert("RGB") for path in clip.photos]
    if clip.kind == "enters":
        yield from _across(*photos, rng)
    elif clip.kind == "cuts":
        ends = np.sort(rng.choice(np.arange(1, _FRAMES // 8), len(photos) - 1, replace=False)) * 8
        lengths = np.diff([0, *ends, _FRAMES])
        for photo, length in zip(photos, lengths, strict=True):
            yield from _pan(photo, int(length), rng)
    elif clip.kind == "zoom":
        yield from _zoom(photos[0], rng)
    elif clip.kind == "dark":
        light, grain = rng.uniform(0.25, 0.6), rng.uniform(10, 25)
        for picture in _pan(photos[0], _FRAMES, rng):
            dark = np.asarray(picture) * light + rng.normal(0, grain, (SIZE[1], SIZE[0], 1))
            yield Image.fromarray(dark.clip(0, 255).astype(np.uint8))
    else:
        yield from _pan(photos[0], _FRAMES, rng)


def _window(photo: Image.Image, zoom: float, x: float, y: float) -> Image.Image:
    """A part of a photo in the clip's shape; `x` and `y` are 0 to 1."""
    scale = min(photo.width / SIZE[0], photo.height / SIZE[1]) / zoom
    width, height = SIZE[0] * scale, SIZE[1] * scale
    left, top = x * max(0.0, photo.width - width), y * max(0.0, photo.height - height)
    box = (left, top, min(left + width, photo.width), min(top + height, photo.height))
    return photo.resize(SIZE, Image.Resampling.BILINEAR, box=box)


def _pan(photo: Image.Image, frames: int, rng: Rng) -> Iterator[Image.Image]:
    zoom = rng.uniform(1.0, 1.4)
    start, end = rng.random(2), rng.random(2)
    for t in np.linspace(0, 1, frames):
        x, y = np.clip(start + (end - start) * t + rng.normal(0, 0.01, 2), 0, 1)
        yield _window(photo, zoom, float(x), float(y))


def _zoom(photo: Image.Image, rng: Rng) -> Iterator[Image.Image]:
    x, y = rng.random(2)
    zooms = np.linspace(1.0, rng.uniform(1.5, 2.5), _FRAMES)
    for zoom in zooms if rng.random() < 0.5 else zooms[::-1]:
        yield _window(photo, float(zoom), float(x), float(y))


def _across(one: Image.Image, other: Image.Image, rng: Rng) -> Iterator[Image.Image]:
    """Pan from one photo to the one beside it, or back."""
    sides = [_window(photo, 1.0, *map(float, rng.random(2))) for photo in (one, other)]
    wide = Image.new("RGB", (2 * SIZE[0], SIZE[1]))
    for number, side in enumerate(sides):
        wide.paste(side, (number * SIZE[0], 0))
    begins, ends = sorted(rng.uniform(0.1, 0.9, 2))
    turned = np.interp(np.linspace(0, 1, _FRAMES), [begins, ends], [0, SIZE[0]])
    for left in turned if rng.random() < 0.5 else turned[::-1]:
        yield wide.crop((int(left), 0, int(left) + SIZE[0], SIZE[1]))
