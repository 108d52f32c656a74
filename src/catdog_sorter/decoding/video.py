"""Reads a few frames of one video, spread over its length, as upright RGB pictures.

Recognises a file by its content, and passes only the containers and codecs named here to FFmpeg.
Knows no models; never writes. Loads PyAV, which contains FFmpeg, only when a video is read.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from PIL import Image

from catdog_sorter.decoding.image import (
    TOO_LITTLE_MEMORY,
    Limits,
    NeedsMemory,
    TooLittleMemory,
    open_file,
    reason_of,
)
from catdog_sorter.errors import MissingExtra, UnreadablePhoto
from catdog_sorter.photos.formats import sniff, video_container, what_else

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet as AnyPacket
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    Packet = AnyPacket[VideoStream]

MISSING = "Videos need PyAV, which is not installed. Run `pip install 'catdog-sorter[video]'`."
# The codecs of cameras, phones and messengers. Other decoders would be attack surface without use.
_CODECS = frozenset(
    "h264 hevc av1 libdav1d vp8 vp9 libvpx libvpx-vp9 mpeg4 msmpeg4v2 msmpeg4 msmpeg4v3 h263 h263p "
    "mpeg1video mpeg2video mjpeg prores dvvideo svq1 svq3 cinepak wmv1 wmv2".split()
)
_MAX_STREAMS = 100
_OPTIONS = {
    "max_streams": str(_MAX_STREAMS),
    "protocol_whitelist": "",  # a video must not make FFmpeg read another file or address
}
_MAX_PIXELS = 64_000_000  # of a frame; 8K has 33 million
# Address space: of the process with FFmpeg, and for each pixel of a frame; decoders keep up to 17
# frames. Up to 24 bytes a pixel were measured.
_PROCESS_BYTES, _PIXEL_BYTES = 192 << 20, 36
# If keyframes are too far apart, frames between them are decoded, up to 10 seconds of Full HD.
_MAX_PIXELS_BETWEEN = 600_000_000
_ROUNDED_S = 0.002
_MIN_GAP_S = 0.3  # frames nearer to each other show the same
_MAX_PACKETS_TO_KEYFRAME = 1_000
_MAX_PACKETS_SCANNED = 500_000
_MIN_SHARE = 0.5  # of the frames asked for
_HD_HEIGHT = 720
_UNKNOWN, _PQ = 2, 16  # numbers of ITU-T H.273, as `colorspace` and `color_trc` have them
_WHITE_NITS = 203  # of diffuse white in HDR, by ITU-R BT.2408; brighter values are clipped to white
_QUARTERS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}
_NO_VIDEO = "It is not a video in a supported format."
_NO_FRAMES = "It has no video stream."
_TOO_MANY_STREAMS = f"It has more than {_MAX_STREAMS} streams, so it is not decoded."
_DAMAGED = "The video is damaged or cut off, or made in a way this program cannot decode."
_CUT_OFF = "The video is damaged or cut off: too few of its frames can be decoded."


@dataclass(frozen=True, slots=True)
class Frame:
    """An upright picture in RGB, and how many seconds after the video's start it is shown."""

    image: Image.Image
    time_s: float


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of a video in order, at least one.

    `duration_s`: of the video; 0 if unknown. `is_incomplete`: some of the requested frames cannot
    be decoded.
    """

    frames: tuple[Frame, ...]
    duration_s: float
    is_incomplete: bool


def require() -> None:
    """Raise MissingExtra if the extra `video` is not installed."""
    if find_spec("av") is None:
        raise MissingExtra(f"{MISSING[:-1]}, or leave out --videos.")


def read_frames(
    path: Path,
    min_side: int,
    fractions: Sequence[float],
    time_s: float | None = None,
    content: bytes | None = None,
    limits: Limits | None = None,
) -> Frames:
    """Decode the frames nearest to some moments of a video.

    Each moment gives the last keyframe before it. If several moments share a keyframe, and for
    `time_s`, the frame at the moment itself is decoded, up to `_MAX_PIXELS_BETWEEN` pixels of
    decoding in all. Frames are reduced by a whole factor as long as the shorter side keeps
    `min_side` pixels.

    Args:
        path: The file; with `content` it is not opened.
        min_side: Pixels.
        fractions: The moments, as fractions of the video's length, 0 to 1.
        time_s: One more moment, in seconds.
        content: The bytes of a video in memory.
        limits: Stricter limits than the general ones.

    Raises:
        UnreadablePhoto: The file has no frames that can be decoded, or too few.
        NeedsMemory: Only with `limits.memory_bytes`.
    """
    with (
        _readable_errors(),
        open_file(path, sys.maxsize) if content is None else io.BytesIO(content) as file,
    ):
        start = file.read(64)
        file.seek(0)
        if not start:
            raise UnreadablePhoto("The file is empty.")
        container = video_container(start)
        if container is None:
            raise UnreadablePhoto(what_else(start) or _NO_VIDEO)
        return _read(file, container, min_side, fractions, time_s, limits or Limits())


def is_video(start: bytes) -> bool:
    """Whether a file is a video rather than a picture, by its first bytes (32 are enough)."""
    return sniff(start) is None and video_container(start) is not None


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Turn every error into one with a sentence for the user."""
    try:
        yield
    except (UnreadablePhoto, NeedsMemory):
        raise
    except ImportError as error:
        raise UnreadablePhoto(MISSING) from error
    except MemoryError as error:
        raise TooLittleMemory(TOO_LITTLE_MEMORY) from error
    except Exception as error:  # damaged content may raise anything
        raise UnreadablePhoto(_reason(error)) from error


def _reason(error: Exception) -> str:
    import av

    # FFmpeg reports damaged content by the system's error numbers, too.
    if isinstance(error, OSError) and not isinstance(error, av.FFmpegError):
        return reason_of(error) or _DAMAGED
    return _DAMAGED


def _read(
    file: IO[bytes],
    container: str,
    min_side: int,
    fractions: Sequence[float],
    time_s: float | None,
    limits: Limits,
) -> Frames:
    with _opened(file, container) as opened:
        stream = _stream(opened)
        _check_size(stream, limits)
        stream.codec_context.thread_count = 1
        stream.codec_context.options = {"max_pixels": str(limits.pixels or _MAX_PIXELS)}
        reader = _Reader(opened, stream, min_side)
        first, length = reader.extent()
        tick_s = float(stream.time_base or 1)
        reader.read([first + round(part * length) for part in fractions])
        if time_s is not None:
            reader.read_exactly(first + round(time_s / tick_s))
        if len(reader.pictures) < _MIN_SHARE * (len(reader.pictures) + reader.missing):
            raise UnreadablePhoto(_CUT_OFF)
        frames = tuple(
            Frame(picture, max(0, int((at - first) * tick_s * 1000)) / 1000)
            for at, picture in sorted(reader.pictures.items())
        )
        if not frames:
            raise UnreadablePhoto(_CUT_OFF)
        return Frames(frames, round(length * tick_s, 3), reader.missing > 0)


def _opened(file: IO[bytes], container: str) -> "InputContainer":
    import av

    def attempt() -> "InputContainer":
        return av.open(file, "r", format=container, options=_OPTIONS, metadata_errors="replace")

    av.logging.set_level(None)
    try:
        return attempt()
    except (
        MemoryError
    ):  # FFmpeg reports too many streams like this; only its log tells the two apart
        file.seek(0)
        av.logging.set_level(av.logging.ERROR)
        try:
            with av.logging.Capture() as log, suppress(MemoryError):
                return attempt()
        finally:
            av.logging.set_level(None)
        if any("max_streams" in text for _, _, text in log):
            raise UnreadablePhoto(_TOO_MANY_STREAMS) from None
        raise


def _stream(container: "InputContainer") -> "VideoStream":
    from av.stream import Disposition

    stream = cast("VideoStream | None", container.streams.best("video"))
    if stream is None or stream.disposition & Disposition.attached_pic:
        raise UnreadablePhoto(_NO_FRAMES)
    if stream.codec_context is None or stream.codec_context.name not in _CODECS:
        raise UnreadablePhoto("Its video codec is not supported.")
    return stream


def _check_size(stream: "VideoStream", limits: Limits) -> None:
    width, height = stream.codec_context.width, stream.codec_context.height
    pixels, most = width * height, limits.pixels or _MAX_PIXELS
    if pixels > most:
        raise UnreadablePhoto(
            f"Its header states frames of {width} x {height} pixels; at most {most / 1e6:g} "
            "megapixels are decoded, to limit memory."
        )
    needed = _PROCESS_BYTES + pixels * _PIXEL_BYTES
    if limits.memory_bytes is not None and needed > limits.memory_bytes:
        raise NeedsMemory(needed)


class _Reader:
    """Decodes frames of a stream into `pictures`, by time in ticks; counts the `missing` ones."""

    def __init__(self, container: "InputContainer", stream: "VideoStream", min_side: int) -> None:
        self.pictures: dict[int, Image.Image] = {}
        self.missing = 0
        self._container, self._stream, self._min_side = container, stream, min_side
        self._tick_s = float(stream.time_base or 1)
        self._gap = _MIN_GAP_S / self._tick_s
        self._pixels_left = _MAX_PIXELS_BETWEEN

    def extent(self) -> tuple[int, int]:
        """Start time and duration of the video, in ticks."""
        stream, container = self._stream, self._container
        first = stream.start_time or 0
        if stream.duration and stream.duration > 0:
            return first, stream.duration
        if container.duration and container.duration > 0 and stream.time_base:
            return first, int(container.duration / 1_000_000 / stream.time_base)
        last = first
        for number, packet in enumerate(container.demux(stream)):
            if number >= _MAX_PACKETS_SCANNED:
                break
            last = max(last, _time(packet) or last)
        return first, last - first

    def read(self, moments: Sequence[int]) -> None:
        """Decode the frames nearest to `moments`."""
        between: dict[int, list[int]] = {}
        failed = set[int]()
        for moment in sorted(set(moments)):
            packet = self._keyframe_before(moment)
            at = None if packet is None else _time(packet)
            if packet is None or at is None or at in failed:
                self.missing += 1
            elif at in self.pictures:
                between.setdefault(at, []).append(moment)
            elif (picture := self._picture_of(packet)) is not None:
                self.pictures[at] = picture
            else:
                failed.add(at)
                self.missing += 1
        for at, later in between.items():
            self._read_after(at, later)

    def read_exactly(self, moment: int) -> None:
        """Decode the frame at `moment` (possibly rounded down), or the keyframe before it."""
        latest = moment + round(_ROUNDED_S / self._tick_s)
        packet = self._keyframe_before(latest)
        at = None if packet is None else _time(packet)
        if at is not None and at < moment:
            self._read_after(at, [moment])
        if not self.pictures:
            self.read([latest])

    def _keyframe_before(self, moment: int) -> "Packet | None":
        with _going_on():
            self._container.seek(moment, stream=self._stream)
            for number, packet in enumerate(self._container.demux(self._stream)):
                if packet.is_keyframe and _time(packet) is not None:
                    return packet
                if number >= _MAX_PACKETS_TO_KEYFRAME:
                    break
        return None

    def _picture_of(self, keyframe: "Packet") -> Image.Image | None:
        with _going_on():
            context = self._stream.codec_context
            for frame in context.decode(keyframe) or context.decode(None):
                if not frame.is_corrupt:
                    return self._picture(frame)
        return None

    def _read_after(self, keyframe: int, moments: list[int]) -> None:
        """Continue decoding from a keyframe to the moments that are not near a keyframe."""
        waiting = [moment for moment in moments if self._is_apart(moment)]
        if not waiting:
            return
        context = self._stream.codec_context
        with _going_on():
            self._container.seek(keyframe, stream=self._stream)
        context.skip_frame = "NONREF"
        end = keyframe  # of the last frame, which may be shown for long
        for frame in self._decoded():
            if frame.pts is not None:
                end = max(end, frame.pts + (frame.duration or 0))
            self._pixels_left -= frame.width * frame.height
            if frame.pts is not None and frame.pts >= waiting[0]:
                if not frame.is_corrupt:
                    self.pictures[frame.pts] = self._picture(frame)
                waiting = [m for m in waiting if m > frame.pts and self._is_apart(m)]
            if not waiting or self._pixels_left <= 0:
                break
        else:
            self.missing += sum(moment - end > self._gap for moment in waiting)
        context.skip_frame = "DEFAULT"

    def _decoded(self) -> "Iterator[VideoFrame]":
        packets = self._container.demux(self._stream)
        while True:
            packet = None
            with _going_on():
                packet = next(packets, None)
            if packet is None:
                return
            with _going_on():
                yield from self._stream.codec_context.decode(packet)

    def _is_apart(self, moment: int) -> bool:
        return all(abs(moment - taken) >= self._gap for taken in self.pictures)

    def _picture(self, frame: "VideoFrame") -> Image.Image:
        fraction = max(1, min(frame.width, frame.height) // max(self._min_side, 1))
        is_hd = frame.colorspace == _UNKNOWN and frame.height >= _HD_HEIGHT
        small = frame.reformat(
            frame.width // fraction,
            frame.height // fraction,
            "rgb24",
            src_colorspace="ITU709" if is_hd else None,
            interpolation="AREA",
        )
        image: Image.Image = small.to_image()  # type: ignore[no-untyped-call]
        if frame.color_trc == _PQ:
            image = image.point(_srgb_of_pq() * 3)
        turn = _QUARTERS.get(round(frame.rotation / 90) * 90 % 360)
        return image if turn is None else image.transpose(turn)


@cache
def _srgb_of_pq() -> list[int]:
    """The sRGB value for each 8-bit value of HDR by SMPTE ST 2084.

    The other kind of HDR, hybrid log-gamma, is designed to be shown unchanged.
    """
    values = []
    for value in range(256):
        root = (value / 255) ** (1 / 78.84375)
        nits = 10_000 * (max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (
            1 / 0.1593017578125
        )
        light = min(nits / _WHITE_NITS, 1.0)
        shown = 12.92 * light if light < 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
        values.append(round(255 * shown))
    return values


@contextmanager
def _going_on() -> Iterator[None]:
    """Ignore errors of a single frame; the rest of the video may be intact."""
    import av

    try:
        yield
    except av.FFmpegError as error:
        if isinstance(error, MemoryError):
            raise


def _time(packet: "Packet") -> int | None:
    return packet.dts if packet.pts is None else packet.pts
