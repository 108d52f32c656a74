"""A process that decodes photos and videos one at a time, started by `decoding.pool`.

Limits its own memory and time, so that a hostile file ends only this process. Loads neither numpy
nor a network, as one worker runs on every core.
"""

import json
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from PIL import Image

from catdog_sorter.decoding.embedded_previews import read_preview
from catdog_sorter.decoding.image import (
    LARGE_PIXELS,
    TOO_LITTLE_MEMORY,
    DecodedImage,
    Limits,
    NeedsMemory,
    TooLittleMemory,
    read_image,
)
from catdog_sorter.decoding.memory import MAX_PHOTO_BYTES
from catdog_sorter.decoding.resize import stretched
from catdog_sorter.decoding.video import read_frames
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.previews import Previews

READY = "ready"
# One thread each, should a photo need numpy: there is a process for every core.
# One arena: each further one reserves 64 MB of the address space that is limited.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
_LENGTH = struct.Struct("<I")
_MAX_MESSAGE_BYTES = 1 << 18


class DecodeRequest(NamedTuple):
    """One photo or video to decode, as the pool sends it.

    Attributes:
        path: The file; of a photo in memory only its suffix counts.
        min_side: Pixels that the shorter side should keep.
        size: Side of the square to stretch a photo to, in pixels; None keeps its shape.
        high_res_side: Shorter side from which a photo that is slow to decode keeps its shape; 0
            stretches every photo.
        limit_s: Time after which the worker ends itself.
        max_pixels: Refuse a photo whose header says more; None for the limit of `decoding.image`.
        memory_bytes: How much the worker may use.
        may_ask: If the photo needs more, answer how much; otherwise try with this much.
        content_bytes: Length of the photo that follows; None if it is at `path`.
        preview: Unless NEVER, decode only the preview, if the photo is of this kind.
        fractions: The moments of a video, as fractions of its length; None for a photo.
        time_s: One more moment of a video, in seconds.
    """

    path: str
    min_side: int
    size: int | None
    high_res_side: int
    limit_s: float
    max_pixels: int | None
    memory_bytes: int
    may_ask: bool
    content_bytes: int | None
    preview: Previews = Previews.NEVER
    fractions: Sequence[float] | None = None
    time_s: float | None = None

    @property
    def noun(self) -> str:
        """The word for the file in messages."""
        return "picture" if self.fractions is None else "video"


Reply = tuple[object, list[bytes]]


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the requests until they end.

    An answer is a sentence about the failure, null for no usable preview, the number of bytes of
    memory needed, or [height, width, aspect, is_incomplete] followed by the pixels, three bytes
    each. For a video it is [[height, width, time_s] of each frame, duration_s, is_incomplete],
    followed by the pixels of all frames.
    """
    _ignore_signals()
    Image.preinit()  # while the parent process loads its network
    send(answers, READY)
    with suppress(EOFError, BrokenPipeError):
        while True:
            request = DecodeRequest(*receive(requests))
            _end_after(request.limit_s)
            _limit_memory(request.memory_bytes)
            pixels: list[bytes] = []
            answer: object
            try:
                answer, pixels = _answer(request, requests)
            except NeedsMemory as error:
                answer = error.size_bytes
            except (TooLittleMemory, MemoryError):
                answer = MAX_PHOTO_BYTES if request.may_ask else TOO_LITTLE_MEMORY
            except UnreadablePhoto as error:
                answer = str(error)
            send(answers, answer, *pixels)


def _answer(request: DecodeRequest, stream: IO[bytes]) -> Reply:
    """Decode from the file, or from the bytes that follow the request."""
    path = Path(request.path)
    if request.preview != Previews.NEVER:
        preview = read_preview(path, unedited_only=request.preview == Previews.AUTO)
        if preview is None:
            return None, []
        is_large = preview.width * preview.height > LARGE_PIXELS  # otherwise its size counts
        return _photo(DecodedImage(preview), request.size if is_large else None, 0)
    count = request.content_bytes
    content = None if count is None else bytes(_exactly(stream, count))
    limits = Limits(request.max_pixels, request.memory_bytes if request.may_ask else None)
    if request.fractions is None:
        side = request.high_res_side
        picture = read_image(path, request.min_side, content, limits, side)
        return _photo(picture, request.size, side)
    read = read_frames(path, request.min_side, request.fractions, request.time_s, content, limits)
    described = [[frame.image.height, frame.image.width, frame.time_s] for frame in read.frames]
    pixels = [frame.image.tobytes() for frame in read.frames]
    return [described, read.duration_s, read.is_incomplete], pixels


def _photo(picture: DecodedImage, size: int | None, high_res_side: int) -> Reply:
    """Stretch a photo, unless crops of it may be needed and decoding it again would be slow."""
    image = picture.image
    aspect = image.width / image.height
    suffices = bool(high_res_side) and min(image.size) >= high_res_side
    is_kept = suffices and not picture.is_quick and image.width * image.height <= LARGE_PIXELS
    if size is not None and not is_kept:
        image = stretched(image, size)
    return [image.height, image.width, aspect, picture.is_incomplete], [image.tobytes()]


def _ignore_signals() -> None:
    """Ignore signals to end: the parent process handles them and may still have photos."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _limit_memory(size_bytes: int) -> None:
    """Limit the address space, where the system supports that."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = size_bytes if most < 0 else min(size_bytes, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _end_after(limit_s: float) -> None:
    """End by a timer: if the parent is killed, nothing else ends a worker that hangs."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 2 * limit_s)


# --- The protocol ----------------------------------------------------------------------------


def send(stream: IO[bytes] | None, value: object, *contents: bytes) -> None:
    """Write one value as JSON, preceded by its length and followed by `contents`."""
    assert stream is not None
    text = json.dumps(value).encode()
    stream.write(_LENGTH.pack(len(text)) + text)
    for content in contents:
        stream.write(content)
    stream.flush()


def receive(stream: IO[bytes] | None) -> Any:
    """Read a value written by `send`. Raises EOFError at the end, ValueError if it is malformed."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MAX_MESSAGE_BYTES:
        raise ValueError(f"{length} bytes where a sentence belongs")
    return json.loads(_exactly(stream, length))


def fill(stream: Any, room: memoryview) -> None:
    """Fill `room` with bytes. Raises EOFError if there are fewer."""
    while room:
        count = stream.readinto(room)
        if not count:
            raise EOFError("the other side is gone")
        room = room[count:]


def _exactly(stream: IO[bytes] | None, count: int) -> bytearray:
    content = bytearray(count)
    fill(stream, memoryview(content))
    return content


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
