"""JPEG thumbnails of photos, kept in a nameless temporary file until the page is written.

Decodes nothing: it gets the pixels that were decoded for the model.
"""

import io
import tempfile
from pathlib import Path
from threading import Lock

from PIL import Image

from catdog_sorter.decoding.pool import DecodedPhoto

SIDE = 144
_QUALITY = 60


class ReportThumbnails:
    """Pictures of at most SIDE x SIDE pixels by the photo's path; many threads may add to it.

    `folder`: for the temporary file. Raises OSError if it cannot be created there.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by `close`)
        self._places: dict[Path, tuple[int, int]] = {}
        self._end = 0
        self._lock = Lock()

    def close(self) -> None:
        self._file.close()

    def add(self, path: Path, photo: DecodedPhoto) -> None:
        """Store a small picture of the photo, in the shape it had before it was stretched."""
        jpeg = _jpeg(photo)
        with self._lock:
            self._file.seek(self._end)
            self._file.write(jpeg)
            self._places[path] = self._end, len(jpeg)
            self._end += len(jpeg)

    def of(self, path: Path) -> bytes:
        """Return the picture as JPEG; empty if there is none."""
        if path not in self._places:
            return b""
        start, length = self._places[path]
        with self._lock:
            self._file.seek(start)
            return self._file.read(length)


def _jpeg(photo: DecodedPhoto) -> bytes:
    width, height = SIDE * min(1.0, photo.aspect), SIDE / max(1.0, photo.aspect)
    image = Image.fromarray(photo.pixels).resize(
        (max(1, round(width)), max(1, round(height))), Image.Resampling.BILINEAR
    )
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()
