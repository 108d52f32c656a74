"""Reads when and with which camera a picture was taken, from the start of its file.

Standard library only, as these few tags are read from very many files. A file that cannot be read,
or has no tags, gives an empty result.
"""

import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

_HEAD_BYTES = 1 << 17
_MAX_IFD_ENTRIES = 512
_MAX_TEXT_BYTES = 256
_EPOCH_1904_S = 2_082_844_800  # from the epoch of MP4 and MOV to that of Unix
_MAX_LIVE_BYTES = 64 << 20  # the video of a Live Photo lasts three seconds
_MAX_META_BYTES = 1 << 16
_MAX_BOXES = 1000
# A camera may record for each of the two files when it began to write it.
_SAME_MOMENT = timedelta(seconds=10)
# A photo's time is local to the camera and a video's is UTC.
_SAME_DAY = timedelta(days=1)
_MODEL, _ORIENTATION, _EXIF_IFD = 0x0110, 0x0112, 0x8769
_TIME_TAKEN, _TIME_DIGITIZED = 0x9003, 0x9004
_ASCII, _SHORT, _LONG = 2, 3, 4
_JPEG = b"\xff\xd8\xff"
_TIFF = re.compile(rb"II[*RU\x2b]|IIRO|IIRS|MM\0\*|MMOR")
_UUID = re.compile(rb"[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}")
_CONTENT_IDENTIFIER = b"com.apple.quicktime.content.identifier"


@dataclass(frozen=True, slots=True)
class Capture:
    """The origin by a file's metadata; `time` is the camera's local time, without a zone.

    `is_without_origin`: the file was read and names no camera, as sent or exported pictures do.
    """

    camera: str | None = None
    time: datetime | None = None
    is_without_origin: bool = False

    def is_same_shot(self, other: "Capture") -> bool | None:
        """Whether both show the same shot; None if they have no field in common."""
        answers = set()
        if self.camera and other.camera:
            answers.add(self.camera in other.camera or other.camera in self.camera)
        if self.time and other.time:
            answers.add(abs(self.time - other.time) <= _SAME_MOMENT)
        return all(answers) if answers else None


def read_capture(path: Path | str) -> Capture:
    """Read the camera and the time from the EXIF data of a JPEG, TIFF, HEIF or RAW file."""
    try:
        with open(path, "rb") as file:
            return _capture(file)
    except (OSError, ValueError, struct.error, OverflowError):
        return Capture()


def _capture(file: IO[bytes]) -> Capture:
    head = file.read(_HEAD_BYTES)
    tags: dict[int, bytes] = {}
    for base in _tiff_offsets(file, head):
        tags |= _tags(file, base)
    camera = (_text(tags.get(_MODEL)) or "").casefold()
    times = (_moment(_text(tags.get(tag))) for tag in (_TIME_TAKEN, _TIME_DIGITIZED))
    is_without_origin = not camera and head.startswith(_JPEG)
    return Capture(camera or None, next(filter(None, times), None), is_without_origin)


def are_one_moment(text: str, other: str) -> bool | None:
    """Whether two times in EXIF's format are of one shot; None if one of them is invalid."""
    moments = _moment(text), _moment(other)
    if None in moments:
        return None
    return Capture(time=moments[0]).is_same_shot(Capture(time=moments[1]))


def read_orientation(file: IO[bytes]) -> int:
    """Read the EXIF orientation of an opened file, 1 to 8; 1 where it has none."""
    try:
        file.seek(0)
        for base in _tiff_offsets(file, file.read(_HEAD_BYTES)):
            if found := _tags(file, base).get(_ORIENTATION):
                (value,) = struct.unpack("<H" if _at(file, base, 2) == b"II" else ">H", found)
                return value if 1 <= value <= 8 else 1
    except (OSError, ValueError, struct.error, OverflowError):
        pass
    return 1


def _tiff_offsets(file: IO[bytes], head: bytes) -> Iterator[int]:
    """Yield the offsets of the TIFF structures with the tags in a file that begins with `head`."""
    if head.startswith(b"FUJIFILMCCD-RAW"):  # it contains a JPEG with all tags
        start = int.from_bytes(head[84:88], "big")
        file.seek(start)
        yield from (start + at for at in _in_jpeg(file.read(_HEAD_BYTES)))
    elif head.startswith(_JPEG):
        yield from _in_jpeg(head)
    elif head[4:8] == b"ftyp":
        signs = (b"CMT1", b"CMT2") if head[8:12] == b"crx " else (b"Exif\0\0",)
        for sign in signs:
            if (at := head.find(sign)) >= 0:
                yield at + len(sign)
    elif _TIFF.match(head):
        yield 0


def _in_jpeg(head: bytes) -> Iterator[int]:
    at = 2
    while head[at : at + 1] == b"\xff":
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if marker == 0xE1 and head[at + 4 : at + 10] == b"Exif\0\0":
            yield at + 10
            return
        if marker in (0xDA, 0xD9) or length < 2:
            return
        at += 2 + length


def _tags(file: IO[bytes], base: int) -> dict[int, bytes]:
    """The tags of interest of the first directory and of the EXIF directory it points to."""
    start = _at(file, base, 8)
    order = "<" if start[:2] == b"II" else ">"
    (first,) = struct.unpack(f"{order}I", start[4:8])
    tags = _directory(file, base, first, order)
    if pointer := tags.get(_EXIF_IFD):
        (exif,) = struct.unpack(f"{order}I", pointer)
        tags |= _directory(file, base, exif, order)
    return tags


def _directory(file: IO[bytes], base: int, offset: int, order: str) -> dict[int, bytes]:
    (number,) = struct.unpack(f"{order}H", _at(file, base + offset, 2))
    if number > _MAX_IFD_ENTRIES:
        return {}
    tags = {}
    entries = _at(file, base + offset + 2, 12 * number)
    for tag, kind, count, value in struct.iter_unpack(f"{order}HHI4s", entries):
        if tag == _EXIF_IFD and kind == _LONG:
            tags[tag] = value
        elif tag == _ORIENTATION and kind == _SHORT:
            tags[tag] = value[:2]
        elif tag in (_MODEL, _TIME_TAKEN, _TIME_DIGITIZED) and kind == _ASCII:
            size = min(count, _MAX_TEXT_BYTES)
            (offset,) = struct.unpack(f"{order}I", value)
            tags[tag] = _at(file, base + offset, size) if size > 4 else value[:size]
    return tags


def _at(file: IO[bytes], offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _text(value: bytes | None) -> str | None:
    if value is None:
        return None
    return " ".join(value.split(b"\0")[0].decode("latin-1").split()) or None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None


# --- Live Photos -----------------------------------------------------------------------------


def photo_identifiers(path: Path | str) -> frozenset[str]:
    """Read the identifiers in an iPhone's photo; the video of the Live Photo has one of them."""
    try:
        with open(path, "rb") as file:
            return frozenset(uuid.decode() for uuid in _UUID.findall(file.read(_HEAD_BYTES)))
    except OSError:
        return frozenset()


def video_identifier(path: Path | str) -> str | None:
    """Read the content identifier that an iPhone gives to the video of a Live Photo."""
    try:
        with open(path, "rb") as file:
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes > _MAX_LIVE_BYTES:
                return None
            moov = _box(file, b"moov", 0, size_bytes)
            meta = _box(file, b"meta", *moov) if moov else None
            tags = _at(file, meta[0], min(meta[1] - meta[0], _MAX_META_BYTES)) if meta else b""
    except (OSError, ValueError, OverflowError):
        return None
    if (key := tags.find(_CONTENT_IDENTIFIER)) < 0:
        return None
    found = _UUID.search(tags, key)
    return found[0].decode() if found else None


def is_same_day(photo: Path | str, video: Path | str) -> bool:
    """Whether the two were taken within a day of each other, or one of them has no time.

    Cameras restart their numbering, so shots that are years apart can have the same name.
    """
    taken, filmed = read_capture(photo).time, _video_time(video)
    return taken is None or filmed is None or abs(taken - filmed) <= _SAME_DAY


def _video_time(path: Path | str) -> datetime | None:
    """Read the creation time of an MP4 or MOV, in UTC without a zone; None if it has none."""
    try:
        with open(path, "rb") as file:
            moov = _box(file, b"moov", 0, os.fstat(file.fileno()).st_size)
            header = _box(file, b"mvhd", *moov) if moov else None
            content = _at(file, header[0], 12) if header else b""
        is_long = content[:1] == b"\x01"
        seconds = int.from_bytes(content[4 : 12 if is_long else 8], "big") - _EPOCH_1904_S
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None) if seconds > 0 else None
    except (OSError, ValueError, OverflowError):
        return None


def _box(file: IO[bytes], kind: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Start and end of the content of the first box of this kind between `start` and `end`."""
    for _ in range(_MAX_BOXES):
        header = _at(file, start, 16)
        size, body = int.from_bytes(header[:4], "big"), start + 8
        if size == 1:
            size, body = int.from_bytes(header[8:16], "big"), start + 16
        if size < 8:  # 0 means that the box extends to the end
            return (body, end) if header[4:8] == kind and size == 0 else None
        if header[4:8] == kind:
            return body, min(start + size, end)
        start += size
        if start >= end:
            break
    return None


class FolderCaptures:
    """The metadata of the files of one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._captures: dict[str, Capture] = {}

    def path(self, name: str) -> str:
        """The path of the file."""
        return os.path.join(self._folder, name)

    def capture(self, name: str) -> Capture:
        """The origin by the file's metadata."""
        if name not in self._captures:
            self._captures[name] = read_capture(self.path(name))
        return self._captures[name]

    def photo_identifiers(self, name: str) -> frozenset[str]:
        """See `photo_identifiers`."""
        return photo_identifiers(self.path(name))

    def video_identifier(self, name: str) -> str | None:
        """See `video_identifier`."""
        return video_identifier(self.path(name))
