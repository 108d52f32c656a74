"""Intact and damaged videos give frames or a sentence, within the time limit."""

import os
import random
import struct
import sys
from pathlib import Path

import pytest
from PIL import Image

from catdog_sorter.decoding import video
from catdog_sorter.decoding.image import Limits, NeedsMemory, read_image
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.decoding.video import read_frames
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.photos.formats import sniff
from tests.support.colours import COLOURS
from tests.support.films import film, turned

av = pytest.importorskip("av", reason="needs the extra `video`")

SCENES = ("neither", "cat", "cat", "dog", "dog", "both")
FIVE = (0.1, 0.3, 0.5, 0.7, 0.9)


def seen(path: Path, fractions: tuple[float, ...] = FIVE) -> list[str]:
    """The label whose colour each frame has."""
    read = read_frames(path, 1000, fractions)
    return [label_of(frame.image.getpixel((8, 8))) for frame in read.frames]


def label_of(pixel: tuple[int, ...]) -> str:
    def distance(label: str) -> int:
        return sum(abs(a - b) for a, b in zip(pixel, COLOURS[label], strict=True))

    return min(COLOURS, key=distance)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadablePhoto) as caught:
        read_frames(path, 100, FIVE)
    return str(caught.value)


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.m4v", "a.avi", "a.mkv", "a.webm", "a.3gp"])
def test_each_container(tmp_path: Path, name: str) -> None:
    size = (176, 144) if name.endswith(".3gp") else (64, 48)
    path = film(tmp_path / name, SCENES, size=size)
    assert seen(path) == ["neither", "cat", "dog", "dog", "both"]
    assert read_frames(path, 1000, FIVE).duration_s == pytest.approx(6, abs=0.3)


@pytest.mark.parametrize("codec", ["libx265", "libvpx-vp9", "mpeg4", "mjpeg"])
def test_each_coding(tmp_path: Path, codec: str) -> None:
    pixels = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    path = film(tmp_path / "a.mkv", SCENES, codec=codec, pixels=pixels)
    assert set(seen(path)) >= {"neither", "cat", "dog", "both"}


def test_frames_are_keyframes_in_order_with_their_times(tmp_path: Path) -> None:
    read = read_frames(film(tmp_path / "a.mp4", SCENES), 1000, FIVE)
    assert [frame.time_s for frame in read.frames] == [0.0, 1.0, 3.0, 4.0, 5.0]
    assert not read.is_incomplete


def test_where_there_is_one_keyframe_the_frames_between_are_decoded(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", SCENES, gop=1000)
    assert seen(path) == ["neither", "cat", "dog", "dog", "both"]


def test_few_frames_that_are_shown_for_long_are_no_truncated_video(tmp_path: Path) -> None:
    read = read_frames(film(tmp_path / "a.mp4", SCENES[:4], gop=1000, fps=1), 1000, FIVE)
    assert not read.is_incomplete


def test_decoding_between_keyframes_has_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video, "_MAX_PIXELS_BETWEEN", 9 * 64 * 48)
    read = read_frames(film(tmp_path / "a.mp4", SCENES, gop=1000), 1000, FIVE)
    assert max(frame.time_s for frame in read.frames) < 5
    assert not read.is_incomplete


def test_the_frame_at_a_moment(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", SCENES, gop=1000)
    (frame,) = read_frames(path, 1000, (), 3.5).frames
    assert (frame.time_s, label_of(frame.image.getpixel((8, 8)))) == (3.5, "dog")


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_frames_are_turned_upright(tmp_path: Path, quarters: int) -> None:
    with av.open(str(tmp_path / "a.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.width, stream.height = 64, 48
        picture = Image.new("RGB", (64, 48), COLOURS["neither"])
        picture.paste(COLOURS["cat"], (0, 0, 16, 16))
        container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())
    path = tmp_path / "b.mp4"
    path.write_bytes(turned((tmp_path / "a.mp4").read_bytes(), quarters))
    (frame,) = read_frames(path, 1000, (0.5,)).frames
    width, height = frame.image.size
    assert (width, height) == ((64, 48) if quarters == 2 else (48, 64))
    corner = {1: (width - 5, 5), 2: (width - 5, height - 5), 3: (5, height - 5)}[quarters]
    assert label_of(frame.image.getpixel(corner)) == "cat"


def test_a_large_frame_is_made_smaller_by_a_whole_number(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", ("cat",), size=(640, 480))
    assert read_frames(path, 120, (0.5,)).frames[0].image.size == (160, 120)


def test_hdr_is_as_bright_as_other_videos(tmp_path: Path) -> None:
    """White paper in HDR, 203 nits, has the value 0.58 of 1."""
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265", rate=4, options={"x265-params": "log-level=none"})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p10le"
        context = stream.codec_context
        context.color_trc, context.color_primaries, context.colorspace = 16, 9, 9
        frame = av.VideoFrame(64, 64, "yuv420p10le")
        for plane, value in zip(frame.planes, (64 + round(0.58 * 876), 512, 512), strict=True):
            plane.update(struct.pack("<H", value) * (plane.buffer_size // 2))
        frame.color_trc, frame.color_primaries, frame.colorspace = 16, 9, 9
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    pixel = read_frames(path, 100, (0.5,)).frames[0].image.getpixel((30, 30))
    assert min(pixel) > 235


class TestHostile:
    def test_a_cut_off_index(self, tmp_path: Path) -> None:
        content = film(tmp_path / "a.mp4", SCENES).read_bytes()
        path = tmp_path / "b.mp4"
        path.write_bytes(content[: content.index(b"moov")])
        assert "cut off" in refusal(path)

    def test_a_truncated_video_has_fewer_frames(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mkv", SCENES, codec="mjpeg", pixels="yuvj420p")
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.6)])
        read = read_frames(path, 1000, FIVE)
        assert read.is_incomplete
        assert 3 <= len(read.frames) < 5

    def test_a_video_with_most_of_it_missing_is_unreadable(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mkv", SCENES, codec="mjpeg", pixels="yuvj420p")
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.3)])
        assert "cut off" in refusal(path)

    def test_an_avi_without_index(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.avi", SCENES)
        content = path.read_bytes()
        path.write_bytes(content[: content.index(b"idx1")])
        assert seen(path) == ["neither", "cat", "dog", "dog", "both"]

    def test_a_recording_without_a_length(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.webm", SCENES, live="1")
        assert set(seen(path)) >= {"neither", "cat", "dog", "both"}

    def test_a_length_that_is_not_true(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mp4", SCENES)
        content = bytearray(path.read_bytes())
        at = content.index(b"mvhd") + 4
        content[at + 16 : at + 20] = b"\xff" * 4
        path.write_bytes(content)
        assert read_frames(path, 100, FIVE).frames

    @pytest.mark.parametrize("tracks", [2, 3_000])
    def test_many_streams(self, tmp_path: Path, tracks: int) -> None:
        path = film(tmp_path / "a.mp4", SCENES)
        content = path.read_bytes()
        moov = content.index(b"moov") - 4
        size = int.from_bytes(content[moov : moov + 4], "big")
        trak = content.index(b"trak") - 4
        end = trak + int.from_bytes(content[trak : trak + 4], "big")
        inner = content[moov + 4 : trak] + content[trak:end] * tracks + content[end : moov + size]
        whole = content[:moov] + (len(inner) + 4).to_bytes(4, "big") + inner
        path.write_bytes(whole)
        if tracks == 2:
            assert len(seen(path)) == 5
        else:
            assert "has more than 100 streams" in refusal(path)

    def test_a_frame_with_a_huge_size_in_its_header(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mp4", ("cat",), size=(640, 480))
        with pytest.raises(UnreadablePhoto, match=r"640 x 480 pixels; at most 0\.3 megapixels"):
            read_frames(path, 100, FIVE, limits=Limits(pixels=300_000))

    def test_a_frame_that_is_larger_than_the_header_states(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mp4", ("cat",), size=(640, 480))
        content = bytearray(path.read_bytes())
        at = content.index(b"avc1") + 28
        content[at : at + 4] = struct.pack(">HH", 16, 16)
        path.write_bytes(content)
        with pytest.raises(UnreadablePhoto):
            read_frames(path, 100, FIVE, limits=Limits(pixels=300_000))

    def test_memory_is_requested_first(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mp4", ("cat",))
        with pytest.raises(NeedsMemory):
            read_frames(path, 100, FIVE, limits=Limits(memory_bytes=100 << 20))

    def test_frames_of_several_sizes(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mkv"
        parts = [
            film(tmp_path / f"{n}.mkv", ("cat", "dog"), "libvpx", (s, s))
            for n, s in enumerate((64, 128))
        ]
        with av.open(str(path), "w") as container:
            stream = None
            for number, part in enumerate(parts):
                with av.open(str(part)) as opened:
                    source = opened.streams.video[0]
                    stream = stream or container.add_stream_from_template(source)
                    for packet in opened.demux(source):
                        if packet.dts is not None:
                            packet.pts += number * 2000
                            packet.dts += number * 2000
                            packet.stream = stream
                            container.mux(packet)
        read = read_frames(path, 1000, FIVE)
        assert {frame.image.size for frame in read.frames} == {(64, 64), (128, 128)}

    def test_sound_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mp4"
        with av.open(str(path), "w") as container:
            stream = container.add_stream("aac", rate=8000)
            sound = av.AudioFrame(format="fltp", layout="mono", samples=1024)
            sound.sample_rate = 8000
            for plane in sound.planes:
                plane.update(bytes(plane.buffer_size))
            container.mux(stream.encode(sound))
            container.mux(stream.encode())
        assert refusal(path) == "It has no video stream."

    def test_coding_that_no_camera_writes(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mkv", ("cat",), codec="ffv1")
        assert refusal(path) == "Its video codec is not supported."

    @pytest.mark.parametrize(
        "content",
        [
            b"words" * 99,
            b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
            b"ffconcat",
        ],
    )
    def test_content_that_is_not_a_video_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "a.mp4"
        path.write_bytes(content)
        assert "not a video" in refusal(path)

    def test_nothing_and_zeros(self, tmp_path: Path) -> None:
        for content, words in ((b"", "empty"), (bytes(5000), "zeros")):
            (tmp_path / "a.mp4").write_bytes(content)
            assert words in refusal(tmp_path / "a.mp4")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.mp4")
        assert refusal(tmp_path / "a.mp4") == "It is not a regular file."

    def test_a_video_named_as_a_photo(self, tmp_path: Path) -> None:
        path = film(tmp_path / "a.mp4", ("cat",)).rename(tmp_path / "a.jpg")
        with pytest.raises(UnreadablePhoto, match="it is a video"):
            read_image(path, 100)


def test_content_in_memory(tmp_path: Path) -> None:
    content = film(tmp_path / "a.mp4", SCENES).read_bytes()
    assert len(read_frames(Path("upload"), 100, FIVE, content=content).frames) == 5


def test_pictures_are_not_videos_and_videos_not_pictures(tmp_path: Path) -> None:
    assert video.is_video(film(tmp_path / "a.mp4", ("cat",)).read_bytes()[:32])
    for start in (
        b"\xff\xd8\xff\xe0",
        b"\0\0\0\x18ftypheic",
        b"\0\0\0\x18ftypavif",
        b"RIFF0000WEBP",
    ):
        assert not video.is_video(start)
        assert sniff(start)


def test_without_the_extra_the_sentence_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film(tmp_path / "a.mp4", ("cat",))
    monkeypatch.setitem(sys.modules, "av", None)
    assert "pip install 'catdog-sorter[video]'" in refusal(path)


def test_a_worker_gives_the_same_frames(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", SCENES)
    with DecoderPool() as pool:
        decoded = pool.decode_video(path, 1000, FIVE)
    assert [frame.time_s for frame in decoded.frames] == [0.0, 1.0, 3.0, 4.0, 5.0]
    assert decoded.frames[0].photo.pixels.shape == (48, 64, 3)
    assert label_of(tuple(map(int, decoded.frames[1].photo.pixels[8, 8]))) == "cat"


def mutated(whole: bytes, rng: random.Random) -> bytes:
    content = bytearray(whole)
    for _ in range(rng.choice((1, 3, 10, 40))):
        end = len(content) if rng.random() < 0.5 else min(len(content), 1500)
        at = rng.randrange(max(1, end))
        kind = rng.random()
        if kind < 0.6:
            content[at : at + 1] = rng.randbytes(1)
        elif kind < 0.75:
            content[at : at + 4] = b"\xff" * 4
        elif kind < 0.85:
            del content[at : at + rng.randrange(1, 50)]
        elif kind < 0.95:
            content[at:at] = content[at : at + rng.randrange(1, 200)]
        else:
            del content[at:]
    return bytes(content)


@pytest.mark.parametrize("count", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_mutated_videos_neither_crash_nor_hang(tmp_path: Path, count: int) -> None:
    """A crash of the worker is reported by a sentence; a worker that hangs is killed."""
    rng = random.Random(count)
    kinds = [("a.mp4", ""), ("b.avi", ""), ("c.mkv", ""), ("d.webm", ""), ("e.mov", "libx265")]
    whole = [film(tmp_path / name, SCENES, codec).read_bytes() for name, codec in kinds]
    sentences = set()
    with DecoderPool(time_limit_s=30) as pool:
        for number in range(count):
            path = tmp_path / "mutated.mp4"
            path.write_bytes(mutated(whole[number % len(whole)], rng))
            try:
                assert pool.decode_video(path, 100, FIVE).frames
            except UnreadablePhoto as error:
                sentences.add(str(error))
    assert not [text for text in sentences if "fails (" in text or "was skipped" in text]
