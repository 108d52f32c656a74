"""Makes damaged photos of every format from intact ones, and decodes them all.

Damage: bits flipped, bytes overwritten by extreme values, numbers changed, parts truncated,
removed, duplicated, or taken from another file.
"""

import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from catdog_sorter.decoding.image import LARGE_PIXELS
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.parallel import cores, map_ahead
from tests.support.dng import dng
from tests.support.pictures import DATA, encoded, exif, quadrants

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "photos"
_SIDES = (160, 120)
_MIN_SIDE = 64
_SIZE = 32
_EXTREMES = (b"\0", b"\xff", b"\x7f", b"\x80", b"\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\xff")


@dataclass
class Tally:
    """Outcomes of the damaged files; `longest_s` is the longest time of a single one."""

    decoded: int = 0
    unreadable: int = 0
    decoder_died: int = 0
    given_up: int = 0
    longest_s: float = 0.0
    longest: str = ""
    deadly: list[str] = field(default_factory=list)
    formats: Counter[str] = field(default_factory=Counter)

    @property
    def files(self) -> int:
        return self.decoded + self.unreadable + self.decoder_died + self.given_up


def seeds(more: Iterable[Path] = ()) -> dict[str, bytes]:
    """Intact files of every format, most of them made from the example photos."""
    first, second = (
        ImageOps.fit(Image.open(path).convert("RGB"), _SIDES)
        for path in sorted(EXAMPLES.glob("*.jpg"))[:2]
    )
    grey16 = Image.fromarray(np.asarray(first.convert("L"), np.uint16) * 257)
    clear = first.convert("RGBA")
    clear.putalpha(first.convert("L"))
    made = {
        "baseline.jpg": encoded(first, "JPEG", exif=exif(6)),
        "progressive.jpg": encoded(second, "JPEG", progressive=True, exif=exif(3)),
        "cmyk.jpg": encoded(first.convert("CMYK"), "JPEG"),
        "grey.jpg": encoded(first.convert("L"), "JPEG"),
        "two.mpo": encoded(first, "MPO", save_all=True, append_images=[second]),
        "rgb.png": encoded(first, "PNG", exif=exif(8)),
        "palette.png": encoded(first.quantize(64), "PNG", transparency=3),
        "grey16.png": encoded(grey16, "PNG"),
        "clear.png": encoded(clear, "PNG"),
        "moving.png": encoded(first, "PNG", save_all=True, append_images=[second]),
        "lossy.webp": encoded(first, "WEBP", exif=exif(6)),
        "lossless.webp": encoded(clear, "WEBP", lossless=True),
        "moving.webp": encoded(first, "WEBP", save_all=True, append_images=[second]),
        "still.avif": encoded(first, "AVIF"),
        "clear.avif": encoded(clear, "AVIF"),
        "quadrants.heic": (DATA / "quadrants.heic").read_bytes(),
        "plain.tif": encoded(first, "TIFF", exif=exif(6)),
        "deflate.tif": encoded(first, "TIFF", compression="tiff_adobe_deflate"),
        "lzw.tif": encoded(first, "TIFF", compression="tiff_lzw"),
        "jpeg.tif": encoded(first, "TIFF", compression="jpeg"),
        "plain.bmp": encoded(first, "BMP"),
        "moving.gif": encoded(first, "GIF", save_all=True, append_images=[second]),
        "raw.dng": dng(quadrants(), 6, preview=quadrants(192, 128)),
    }
    return made | {path.name: path.read_bytes() for path in more}


def damaged(whole: dict[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield `count` damaged files, all formats in turn; the name has the seed file's suffix."""
    rng = random.Random(seed)
    names = sorted(whole)
    for number in range(count):
        name = names[number % len(names)]
        content = whole[name]
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            change = rng.choice(_DAMAGES)
            content = change(content, rng) or b"\0"
        if rng.random() < 0.05:
            content = _joined(content, whole[rng.choice(names)], rng)
        yield f"{number}-{name}", content


def _place(content: bytes, rng: random.Random) -> int:
    """A position to damage, more often in headers, whose numbers control decoders."""
    return rng.randrange(min(len(content), 200) if rng.random() < 0.25 else len(content))


def _flip(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def _overwrite(content: bytes, rng: random.Random) -> bytes:
    at, value = _place(content, rng), rng.choice(_EXTREMES)
    return content[:at] + value + content[at + len(value) :]


def _count_up_or_down(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + bytes([(content[at] + rng.choice((-1, 1))) % 256]) + content[at + 1 :]


def _cut_off(content: bytes, rng: random.Random) -> bytes:
    return content[: _place(content, rng)]


def _leave_out(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + content[at + rng.randint(1, 64) :]


def _double(content: bytes, rng: random.Random) -> bytes:
    at, length = _place(content, rng), rng.randint(1, 512)
    return content[: at + length] + content[at:]


def _noise(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + rng.randbytes(rng.randint(1, 32)) + content[at:]


def _joined(content: bytes, other: bytes, rng: random.Random) -> bytes:
    return content[: _place(content, rng)] + other[_place(other, rng) :]


_DAMAGES = (_flip, _flip, _overwrite, _count_up_or_down, _cut_off, _leave_out, _double, _noise)


def decode_all(files: Iterable[tuple[str, bytes]], folder: Path, time_limit_s: float) -> Tally:
    """Write each file into `folder`, decode it as a sort does, remove it, and count."""
    tally = Tally()
    with DecoderPool(time_limit_s) as decoders, ThreadPoolExecutor(cores()) as pool:
        decode = partial(_decode, decoders=decoders, folder=folder)
        for name, reason, seconds in map_ahead(pool, decode, files, ahead=4 * cores()):
            tally.formats[name.rpartition(".")[2]] += 1
            if seconds > tally.longest_s:
                tally.longest_s, tally.longest = seconds, name
            if reason is None:
                tally.decoded += 1
            elif "decoding it fails" in reason:
                tally.decoder_died += 1
                tally.deadly.append(name)
            elif "given up" in reason:
                tally.given_up += 1
            else:
                tally.unreadable += 1
    return tally


def _decode(
    file: tuple[str, bytes], decoders: DecoderPool, folder: Path
) -> tuple[str, str | None, float]:
    name, content = file
    path = folder / name
    path.write_bytes(content)
    started = time.monotonic()
    try:
        pixels = decoders.decode(path, _MIN_SIDE, _SIZE).pixels
        height, width, channels = pixels.shape
        assert channels == 3
        assert height * width <= LARGE_PIXELS
        reason = None
    except UnreadablePhoto as error:
        reason = str(error)
        assert reason.endswith((".", "?")) and reason.isprintable(), reason
    seconds = time.monotonic() - started
    path.unlink()
    return name, reason, seconds
