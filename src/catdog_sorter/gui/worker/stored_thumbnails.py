"""Stores thumbnails in the folder of a Linux desktop, to show a folder at once the next time.

Follows the freedesktop.org Thumbnail Managing Standard, so file managers and this program use each
other's thumbnails. Other systems have no such folder that programs may write to.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from catdog_sorter.storage.files import atomic_file
from catdog_sorter.storage.locations import thumbnails_folder

if TYPE_CHECKING:
    from PIL import Image

# Pixels of the longer side, by folder.
_SIZES = {"large": 256, "x-large": 512}
_URI, _MTIME, _SOFTWARE = "Thumb::URI", "Thumb::MTime", "Software"
_TIME = "catdog-sorter::Time"  # of the frame, in seconds
_QUICK_COMPRESSION = 1


def stored_side(side: int) -> int:
    """Return the pixels to decode a photo to, so as to store its thumbnail: `side` or more."""
    sizes = _SIZES.values() if sys.platform == "linux" else ()
    return next((most for most in sizes if side <= most), side)


def load(photo: Path, side: int, time_s: float | None = None) -> "Image.Image | None":
    """Load the stored thumbnail, RGB, large enough for `side` pixels; None without one.

    With `time_s` only one of this frame of a video.
    """
    from PIL import Image

    place = _place(photo, side)
    if place is None:
        return None
    try:
        with Image.open(place) as image:
            image.load()
            info = getattr(image, "text", {})
            is_current = info.get(_MTIME) == _mtime(photo) and info.get(_URI) == _uri(photo)
            is_frame = time_s is None or info.get(_TIME) == str(time_s)
            return image.convert("RGB") if is_current and is_frame else None
    except (OSError, ValueError, SyntaxError):  # none, or damaged: it is made anew
        return None


def save(photo: Path, image: "Image.Image", side: int, time_s: float | None = None) -> None:
    """Store the thumbnail of a larger photo, or of a frame; ignores write errors."""
    from PIL import Image, PngImagePlugin

    place = _place(photo, side)
    if place is None or photo.is_relative_to(place.parent.parent):
        return
    most = _SIZES[place.parent.name]
    if max(image.size) < most:
        return
    small = image.copy()
    small.thumbnail((most, most), Image.Resampling.BILINEAR)
    info = PngImagePlugin.PngInfo()
    with suppress(OSError, ValueError):
        for name, text in (
            (_URI, _uri(photo)),
            (_MTIME, _mtime(photo)),
            (_SOFTWARE, "catdog-sorter"),
            *([] if time_s is None else [(_TIME, str(time_s))]),
        ):
            info.add_text(name, text)
        place.parent.mkdir(0o700, parents=True, exist_ok=True)
        with atomic_file(place) as unfinished:
            unfinished.touch(0o600)
            small.save(unfinished, "PNG", pnginfo=info, compress_level=_QUICK_COMPRESSION)


def _place(photo: Path, side: int) -> Path | None:
    folder = thumbnails_folder() if sys.platform == "linux" else None
    size = next((name for name, most in _SIZES.items() if side <= most), None)
    if folder is None or size is None:
        return None
    return (
        folder
        / size
        / f"{hashlib.md5(_uri(photo).encode(), usedforsecurity=False).hexdigest()}.png"
    )


def _uri(photo: Path) -> str:
    return f"file://{quote(os.fsencode(os.path.abspath(photo)))}"


def _mtime(photo: Path) -> str:
    return str(int(os.stat(photo).st_mtime))
