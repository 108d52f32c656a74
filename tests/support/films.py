"""Short videos for the tiny model of `colours`, written by PyAV."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.colours import COLOURS

av = pytest.importorskip("av", reason="needs the extra `video`")

SIZE, FPS = (64, 48), 4
_FORMATS = {".qt": "mov", ".m4v": "mp4", ".3g2": "mp4"}
_CODECS = {".webm": "libvpx", ".avi": "mpeg4", ".3gp": "h263"}


def film(
    path: Path,
    scenes: Sequence[str],
    codec: str = "",
    size: tuple[int, int] = SIZE,
    gop: int = FPS,
    pixels: str = "yuv420p",
    fps: int = FPS,
    **options: str,
) -> Path:
    """Write a video: a second of the colour of each label in `scenes`, a keyframe every `gop`.

    The suffix decides the container, and the codec where none is given; `options` are FFmpeg's for
    the container.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format=_FORMATS.get(path.suffix), options=options) as container:
        stream = container.add_stream(
            codec or _CODECS.get(path.suffix, "libx264"), rate=fps, options={"g": str(gop)}
        )
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        for number, label in enumerate(scene for scene in scenes for _ in range(fps)):
            frame = av.VideoFrame.from_image(Image.new("RGB", size, COLOURS[label]))
            frame.pts, frame.time_base = number, Fraction(1, fps)
            _mux(container, stream.encode(frame))
        _mux(container, stream.encode())
    return path


def _mux(container: Any, packets: Sequence[Any]) -> None:
    for packet in packets:
        container.mux(packet)


def turned(mp4: bytes, quarters: int) -> bytes:
    """An MP4 or MOV that is shown rotated clockwise by so many quarters, as from phones."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters]
    matrix = [cos, sin, 0, -sin, cos, 0, 0, 0, 1 << 14]
    head = mp4.index(b"tkhd") + 4
    start = head + (52 if mp4[head] else 40)
    values = b"".join((value << 16).to_bytes(4, "big", signed=True) for value in matrix)
    return mp4[:start] + values + mp4[start + 36 :]
