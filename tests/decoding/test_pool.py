"""Photos that crash or hang their decoder or fill its memory; with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catdog_sorter.decoding import memory
from catdog_sorter.decoding import pool as module
from catdog_sorter.decoding.image import LARGE_PIXELS, read_photo
from catdog_sorter.decoding.memory import MemoryBudget
from catdog_sorter.decoding.pixels import resize
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.errors import CatdogError, UnreadablePhoto
from catdog_sorter.model import test_time_augmentation as tta
from catdog_sorter.model.preprocessing import Preprocessing
from catdog_sorter.previews import Previews
from tests.support.pictures import DATA, encoded, quadrants, scan_bomb

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

# A decoder that dies, hangs or writes nonsense, as the photo's name says.
_ILL = """
import os, signal, sys, time
from catdog_sorter.decoding import worker
decode = worker.read_image
def read_image(path, *others):
    if "deadly" in path.name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "once" in path.name and not path.with_suffix(".seen").exists():
        path.with_suffix(".seen").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "endless" in path.name:
        path.with_suffix(".seen").touch()
        time.sleep(1000)
    if "nonsense" in path.name:
        os.write(1, b"\\xff" * 100)
    return decode(path, *others)
worker.read_image = read_image
worker.read_preview = lambda path, unedited_only: read_image(path, 8)
worker.serve(sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture
def ill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COMMAND", (sys.executable, "-c", _ILL))


def put(path: Path) -> Path:
    quadrants().save(path)
    return path


def test_a_decoder_reads_previews_and_continues(tmp_path: Path) -> None:
    with DecoderPool() as decoders:
        preview = decoders.preview(DATA / "preview.heic", 8, Previews.ALWAYS)
        assert preview is not None
        assert max(preview.pixels.shape) == 160
        assert preview.aspect == pytest.approx(4 / 3)
        assert decoders.preview(put(tmp_path / "a.jpg"), 8, Previews.AUTO) is None
        assert decoders.preview(tmp_path / "gone.jpg", 8, Previews.AUTO) is None
        assert decoders.read(tmp_path / "a.jpg", 8).shape[2] == 3


def test_a_preview_that_kills_its_decoder_is_none(ill: None, tmp_path: Path) -> None:
    with DecoderPool() as decoders:
        assert decoders.preview(put(tmp_path / "deadly.png"), 8, Previews.AUTO) is None
        assert decoders.read(put(tmp_path / "a.png"), 8).shape[2] == 3


def test_a_worker_gives_the_same_pixels_as_this_process(tmp_path: Path) -> None:
    photos = [put(tmp_path / name) for name in ("a.png", "b.jpg", "c\udcff\n.webp", "d.tif")]
    with DecoderPool() as decoders:
        for photo in photos:
            whole = read_photo(photo, 40)
            assert np.array_equal(decoders.read(photo, 40), whole)
            assert np.array_equal(decoders.decode(photo, 40, 16).pixels, resize(whole, 16))


def test_a_photo_is_sent_at_the_networks_size_and_with_its_shape_in_words(tmp_path: Path) -> None:
    Image.effect_noise((4000, 200), 90).save(tmp_path / "a.png")
    with DecoderPool() as decoders:
        sent = decoders.decode(tmp_path / "a.png", 120, 80)
    assert np.array_equal(sent.pixels, resize(read_photo(tmp_path / "a.png", 120), 80))
    assert sent.aspect == 20


@pytest.mark.parametrize(
    ("suffix", "width", "is_kept"),
    [(".png", 2000, True), (".tif", 2000, True), (".webp", 2000, True), (".jpg", 2000, True),
     (".jpg", 1000, False)],
)  # fmt: skip
def test_a_photo_that_is_slow_to_decode_is_sent_with_pixels_enough_for_its_parts(
    suffix: str, width: int, is_kept: bool, tmp_path: Path
) -> None:
    """So it is not decoded again for crops."""
    spec, policy = Preprocessing(80), tta.TestTimeAugmentation(crop_fraction=0.4)
    side = policy.high_res_side(spec)
    assert side > spec.decode_side
    photo = tmp_path / f"a{suffix}"
    Image.effect_noise((width, width * 3 // 4), 90).save(photo)
    with DecoderPool() as decoders:
        pixels = decoders.decode(photo, spec.decode_side, spec.size, high_res_side=side).pixels
        again = decoders.read(photo, side)
    assert policy.needs_high_res(pixels, spec) is not is_kept
    assert np.array_equal(pixels, again) is is_kept
    assert pixels.shape[0] * pixels.shape[1] <= LARGE_PIXELS


def test_the_bytes_of_a_photo_are_read_like_its_file(tmp_path: Path) -> None:
    large = encoded(Image.effect_noise((900, 900), 90), "PNG")  # more than a pipe holds
    (tmp_path / "a.png").write_bytes(large)
    with DecoderPool() as decoders:
        from_bytes = decoders.decode(Path("none.png"), 8, content=large).pixels
        assert np.array_equal(from_bytes, decoders.read(tmp_path / "a.png", 8))
        with pytest.raises(UnreadablePhoto, match="The file is empty"):
            decoders.decode(Path("none.png"), 8, content=b"")


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_limit_of_pixels_stricter_than_that_of_memory(tmp_path: Path, format: str) -> None:
    quadrants().save(tmp_path / "a", format)
    with DecoderPool(max_pixels=96 * 64) as decoders:
        assert decoders.read(tmp_path / "a", 8).shape[2] == 3
    words = "96 x 64 pixels; at most 0.006143 megapixels are decoded"
    with (
        DecoderPool(max_pixels=96 * 64 - 1) as decoders,
        pytest.raises(UnreadablePhoto, match=words),
    ):
        decoders.read(tmp_path / "a", 8)


@posix
def test_a_signal_to_all_processes_leaves_decoders_to_their_starter(tmp_path: Path) -> None:
    """A service manager sends SIGTERM to each process; photos in progress are finished."""
    with DecoderPool() as decoders:
        decoders.read(put(tmp_path / "a.png"), 8)
        (decoder,) = decoders._idle
        decoder._process.send_signal(signal.SIGTERM)
        assert decoders.read(tmp_path / "a.png", 8).shape == (64, 96, 3)
        assert decoder.is_alive


@posix
def test_decoders_that_died_while_idle_cost_no_photo(tmp_path: Path) -> None:
    with DecoderPool() as decoders:
        for _ in range(3):
            decoders.start_one()
        for decoder in decoders._idle:
            decoder._process.kill()
            decoder._process.wait()
        assert decoders.read(put(tmp_path / "a.png"), 8).shape == (64, 96, 3)


def test_a_photos_problem_has_the_same_sentence_as_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("no picture")
    with pytest.raises(UnreadablePhoto) as here:
        read_photo(tmp_path / "a.jpg", 8)
    with DecoderPool() as decoders, pytest.raises(UnreadablePhoto) as there:
        decoders.read(tmp_path / "a.jpg", 8)
    assert str(there.value) == str(here.value)


def test_many_threads_get_each_their_own_photo(tmp_path: Path) -> None:
    paths = []
    for number in range(60):
        paths.append(tmp_path / f"{number}.png")
        Image.new("RGB", (9, 9), (number, 0, 0)).save(paths[-1])
    with DecoderPool() as decoders, ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(lambda path: decoders.read(path, 8)[0, 0, 0], paths))
    assert seen == list(range(60))


@posix
@pytest.mark.usefixtures("ill")
def test_a_photo_that_kills_its_decoder_is_named_and_the_next_one_is_read(tmp_path: Path) -> None:
    with DecoderPool() as decoders:
        with pytest.raises(UnreadablePhoto, match=r"damaged: decoding it fails \(signal 9\)\."):
            decoders.read(put(tmp_path / "deadly.png"), 8)
        assert decoders.read(put(tmp_path / "well.png"), 8).shape == (64, 96, 3)


@posix
@pytest.mark.usefixtures("ill")
def test_a_photo_is_decoded_although_the_system_killed_its_worker_once(tmp_path: Path) -> None:
    with DecoderPool() as decoders:
        assert decoders.read(put(tmp_path / "once.png"), 8).shape == (64, 96, 3)


@pytest.mark.usefixtures("ill")
def test_a_decoder_that_talks_nonsense_is_not_believed(tmp_path: Path) -> None:
    with DecoderPool() as decoders:
        with pytest.raises(UnreadablePhoto, match="decoding it fails"):
            decoders.read(put(tmp_path / "nonsense.png"), 8)
        assert decoders.read(put(tmp_path / "well.png"), 8).shape == (64, 96, 3)


@pytest.mark.usefixtures("ill")
def test_a_photo_without_an_end_is_given_up_in_time(tmp_path: Path) -> None:
    put(tmp_path / "endless.png")
    words = "could not be decoded within 0 seconds"
    with DecoderPool(time_limit_s=0.3) as decoders:
        for _ in range(2):
            with pytest.raises(UnreadablePhoto, match=words):
                decoders.read(tmp_path / "endless.png", 8)
            time.sleep(0.2)  # nothing is at work, so nothing is watched until the next photo
    with DecoderPool() as decoders:
        assert decoders.read(put(tmp_path / "well.png"), 8).shape == (64, 96, 3)


@pytest.mark.usefixtures("ill")
def test_a_photo_without_an_end_is_left_at_once_when_all_is_stopped(tmp_path: Path) -> None:
    photo = put(tmp_path / "endless.png")
    with ThreadPoolExecutor(1) as pool, DecoderPool(time_limit_s=10_000) as decoders:
        reading = pool.submit(decoders.read, photo, 8)
        while not photo.with_suffix(".seen").exists():
            time.sleep(0.01)
        decoders.close()
        with pytest.raises(UnreadablePhoto, match="Stopped before"):
            reading.result()
        with pytest.raises(UnreadablePhoto, match="Stopped before"):
            decoders.read(put(tmp_path / "well.png"), 8)
    with decoders:
        assert decoders.read(put(tmp_path / "well.png"), 8).shape == (64, 96, 3)


def test_a_decoder_at_work_inside_a_library_is_stopped_too(tmp_path: Path) -> None:
    """Only killing the process stops it, as no Python code runs meanwhile."""
    (tmp_path / "bomb.jpg").write_bytes(scan_bomb(2000, 20_000))
    with DecoderPool(time_limit_s=1.0) as decoders:
        with pytest.raises(UnreadablePhoto, match="could not be decoded within 1 seconds"):
            decoders.read(tmp_path / "bomb.jpg", 1000)
        assert decoders.read(put(tmp_path / "well.png"), 8).shape == (64, 96, 3)


def test_a_file_that_crashes_its_library_costs_only_itself(tmp_path: Path) -> None:
    """pi-heif 1.4 crashes on a metadata item of unknown type: one changed letter in a photo."""
    heic = (DATA / "quadrants.heic").read_bytes()
    (tmp_path / "bad.heic").write_bytes(heic.replace(b"Exif\0", b"Exig\0", 1))
    with DecoderPool() as decoders:
        try:
            decoders.read(tmp_path / "bad.heic", 8)
        except UnreadablePhoto as error:
            assert "damaged" in str(error)
        assert decoders.read(DATA / "quadrants.heic", 8).shape[2] == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory so")
def test_memory_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "BUDGET", MemoryBudget(300 << 20))
    monkeypatch.setattr(memory, "ORDINARY_BYTES", 300 << 20)
    Image.new("RGB", (9000, 9000)).save(tmp_path / "large.png", compress_level=1)
    with DecoderPool() as decoders:
        with pytest.raises(UnreadablePhoto, match="not enough memory"):
            decoders.read(tmp_path / "large.png", 8)
        assert decoders.read(put(tmp_path / "well.png"), 8).shape == (64, 96, 3)


def test_a_large_photo_gets_the_memory_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted: list[int] = []

    class Watched(MemoryBudget):
        @contextmanager
        def reserve(self, size_bytes: int) -> Iterator[int]:
            with super().reserve(size_bytes) as size:
                granted.append(size)
                yield size

    monkeypatch.setattr(memory, "BUDGET", Watched(3 << 30))
    Image.new("RGB", (7000, 7000)).save(tmp_path / "large.png", compress_level=1)
    with DecoderPool() as decoders:
        assert decoders.read(tmp_path / "large.png", 70).shape == (70, 70, 3)
        assert decoders.read(put(tmp_path / "small.png"), 8).shape == (64, 96, 3)
    ordinary, large, again = granted
    assert ordinary == again == memory.ORDINARY_BYTES < large < 2 << 30


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory so")
def test_a_photo_that_needs_more_memory_than_expected_requests_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The photo's header does not show that it needs so much memory."""
    code = _ILL.replace('"deadly" in path.name', '"greedy" in path.name').replace(
        "os.kill(os.getpid(), signal.SIGKILL)", "bytearray(500 << 20)", 1
    )
    monkeypatch.setattr(module, "_COMMAND", (sys.executable, "-c", code))
    monkeypatch.setattr(memory, "BUDGET", MemoryBudget(1 << 30))
    with DecoderPool() as decoders:
        assert decoders.read(put(tmp_path / "greedy.png"), 8).shape == (64, 96, 3)
    monkeypatch.setattr(memory, "BUDGET", MemoryBudget(400 << 20))
    with (
        DecoderPool() as decoders,
        pytest.raises(UnreadablePhoto, match="not enough memory"),
    ):
        decoders.read(put(tmp_path / "greedy.png"), 8)


def test_a_decoder_needs_no_numpy_for_ordinary_photos(tmp_path: Path) -> None:
    """Loading numpy takes more than half of a decoder's start-up time, on every core."""
    for name in ("a.jpg", "b.png", "c.webp"):
        put(tmp_path / name)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from catdog_sorter.decoding.worker import read_image\n"
        "for photo in Path(sys.argv[1]).iterdir(): print(read_image(photo, 64).image.size)\n"
        "print('numpy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, tmp_path]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["(96, 64)"] * 3 + ["False"]


@pytest.mark.parametrize("ahead", [False, True])
def test_a_decoder_that_cannot_start_is_advice(
    ahead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ((sys.executable, "-c", "raise SystemExit(7)"), ("/no/such/program",)):
        monkeypatch.setattr(module, "_COMMAND", command)
        with DecoderPool() as decoders:
            if ahead:
                decoders.start_one()
            with pytest.raises(CatdogError, match="could not be started"):
                decoders.read(Path("a.jpg"), 8)


def test_one_that_was_started_ahead_reads_the_first_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with DecoderPool() as decoders:
        decoders.start_one()
        monkeypatch.setattr(module, "_COMMAND", ("/no/such/program",))
        assert decoders.read(put(tmp_path / "a.png"), 8).shape == (64, 96, 3)


def test_one_that_was_started_ahead_ends_unused() -> None:
    with DecoderPool() as decoders:
        decoders.start_one()
        (process,) = decoders._idle
    assert process._process.returncode is not None


def test_a_program_among_the_photos_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("numpy.py", "json.py", "PIL.py", "catdog_sorter.py"):
        (tmp_path / name).write_text("open('was run', 'w')")
    monkeypatch.chdir(tmp_path)
    with DecoderPool() as decoders:
        assert decoders.read(put(tmp_path / "a.png"), 8).shape == (64, 96, 3)
    assert not (tmp_path / "was run").exists()


@posix
def test_no_decoder_outlives_a_killed_run(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from catdog_sorter.decoding.pool import DecoderPool\n"
        "decoders = DecoderPool()\n"
        f"decoders.read(Path({str(put(tmp_path / 'a.png'))!r}), 8)\n"
        "print(decoders._idle[0]._process.pid, flush=True)\n"
        "time.sleep(100)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        decoder = int(run.stdout.readline())
        os.kill(decoder, 0)
        run.send_signal(signal.SIGKILL)
    while is_alive(decoder):  # for ever means failing by the time limit of every test
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """Also false for a zombie, a process that has ended."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or ") Z " not in stat.read_text()
