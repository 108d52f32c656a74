"""Hostile trees and names, two runs at once, and files that are not photos."""

import io
import json
import os
import socket
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from catdog_sorter.decoding.image import LARGE_PIXELS
from catdog_sorter.decoding.pool import DecoderPool
from catdog_sorter.errors import UnreadablePhoto
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.storage.locations import HOME_VARIABLE
from tests.support.colours import draw, tree
from tests.support.output import printed
from tests.support.pictures import encoded, exif, quadrants

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs names of any bytes")

NAMES = (
    os.fsdecode(b"no-utf8-\xff\xfe.png"),
    "new\nline.png",
    "red \x1b[31m text \x07.png",
    "--delete-all.png",
    "[red]markup[red] {0} %s.png",
    "\u202egnp.tac.png",
    "<script>alert(1)<script>.png",
    "x" * 251 + ".png",
    " leading and trailing .png ",
    "Käse nfd a\u0308.png",
    "Käse nfc ä.png",
    "Cat.png",
    "cat.png",
    "~.png",
    "$(reboot).png",
)


def command(*words: object, home: Path | None = None) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, **({HOME_VARIABLE: str(home)} if home else {})}
    return subprocess.Popen(
        [sys.executable, "-m", "catdog_sorter", *map(os.fspath, words)],  # type: ignore[arg-type]
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def plant(root: Path, outside: Path) -> None:
    for number, name in enumerate(NAMES):
        folder = root / f"{number // 5}"
        folder.mkdir(parents=True, exist_ok=True)
        draw(root / "plain.png", "cat", shade=number).rename(folder / name)
    draw(outside / "theirs.png", "cat", shade=200)
    (root / "link.png").symlink_to(outside / "theirs.png")
    (root / "way out").symlink_to(outside)
    (root / "round").symlink_to(root)
    (root / "dead.png").symlink_to("nowhere")
    os.link(root / "0" / NAMES[0], root / "1" / "second name.png")
    os.mkfifo(root / "pipe.png")
    (root / "endless.png").symlink_to("/dev/urandom")
    (root / "sticky").mkdir()
    draw(root / "sticky" / "a.png", "dog", shade=99)
    (root / "sticky").chmod(0o1777)


def special_free_tree(root: Path) -> dict[str, str]:
    pipe = root / "pipe.png"
    pipe.unlink(missing_ok=True)
    return tree(root)


def test_hostile_names_are_sorted_shown_harmlessly_and_put_back(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    root, outside = tmp_path / "photos", tmp_path / "outside"
    plant(root, outside)
    theirs = tree(outside)
    sort = command(
        "sort", "--yes", root, "--model", colour_bundle.folder, "--log", tmp_path / "log"
    )
    out, err = sort.communicate()
    assert sort.returncode == 1, "the pipe, the device and the dead link are named"
    assert b"pipe.png: It is not a regular file." in err
    assert b"endless.png: It is not a regular file." in err
    assert b"dead.png: It is a link whose target cannot be reached." in err
    assert b"Traceback" not in err
    dry = command(
        "sort", "--yes", root, "--model", colour_bundle.folder, "--dry-run", "--into", tmp_path
    )
    shown = out + err + b"".join(dry.communicate())
    assert not {0x1B, 0x07} & set(shown)
    assert "\u202e".encode() not in shown and b"\xff" not in shown
    assert tree(outside) == theirs
    after = special_free_tree(root)
    assert sum(name.startswith("cat/") for name in after) == len(NAMES) + 1
    assert {after[name] for name in after if name.startswith("dog/")}
    undo = command("undo", "--json")
    restored, _ = undo.communicate()
    assert undo.returncode == 0
    assert len(printed(restored).lines) == len(NAMES) + 2
    names = {os.path.join(f"{n // 5}", name) for n, name in enumerate(NAMES)}
    assert names <= set(tree(root))
    assert not (root / "cat").exists()


def test_a_link_in_the_place_of_an_output_folder_leads_nothing_out(
    tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    root, outside = tmp_path / "photos", tmp_path / "outside"
    draw(root / "a.png", "cat")
    draw(root / "trip" / "b.png", "dog")
    outside.mkdir()
    (root / "cat").symlink_to(outside)
    (root / "dog").mkdir()
    (root / "dog" / "trip").symlink_to("../../outside")
    before = tree(root)
    sort = command("sort", "--yes", root, "--model", colour_bundle.folder)
    out, _ = sort.communicate()
    assert b"2 whose folder is a link out of the target" in out
    assert tree(root) == before
    assert not list(outside.iterdir())


def test_a_target_that_is_itself_a_link_is_used(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    draw(tmp_path / "photos" / "a.png", "cat")
    (tmp_path / "drive").mkdir()
    (tmp_path / "target").symlink_to(tmp_path / "drive")
    words = ("--model", colour_bundle.folder, "--into", tmp_path / "target")
    assert command("sort", "--yes", tmp_path / "photos", *words).wait() == 0
    assert list(tree(tmp_path / "drive")) == ["cat/a.png"]


@pytest.mark.parametrize("homes", ["one home", "two homes"])
def test_two_runs_at_once_lose_nothing(
    homes: str, tmp_path: Path, colour_bundle: ModelBundle
) -> None:
    """With one home, one run waits or reports it; with two, neither run knows of the other."""
    root = tmp_path / "photos"
    for number in range(60):
        draw(root / f"{number:02}.png", ("cat", "dog")[number % 2], shade=number)
    before = tree(root)
    places = [tmp_path / "home 0", tmp_path / "home 1" if homes == "two homes" else None]
    places = [places[0], places[1] or places[0]]
    runs = [
        command("sort", "--yes", root, "--model", colour_bundle.folder, "--into", root, home=home)
        for home in places
    ]
    said = [run.communicate()[1] for run in runs]
    for run, words in zip(runs, said, strict=True):
        assert b"Traceback" not in words
        assert run.returncode in (0, 1, 3)
        assert run.returncode != 3 or b"Another catdog-sort is moving photos" in words
    assert sorted(tree(root).values()) == sorted(before.values())
    for home in places:
        for number in ("2", "1"):  # the one that came second may have found nothing to do
            command("undo", number, home=home).communicate()
    assert tree(root) == before


def png_bomb() -> bytes:
    """A small picture after a text of 100 MB, compressed to 100 kB."""
    text = b"zTXt" + b"Comment\0\0" + zlib.compress(b"a" * 100_000_000, 9)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    whole = encoded(quadrants(), "PNG")
    return whole[:33] + chunk + whole[33:]


def png_of_size(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (header, body, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks
    )


def frames(format: str, count: int) -> bytes:
    pictures = [Image.new("P", (16, 12), number % 250) for number in range(count)]
    return encoded(pictures[0], format, save_all=True, append_images=pictures[1:])


def polyglot() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("run.me", "#!/bin/sh\n")
    return encoded(quadrants(), "JPEG") + archive.getvalue()


def circular_tiff() -> bytes:
    whole = bytearray(encoded(quadrants(), "TIFF"))
    directory = struct.unpack_from("<I", whole, 4)[0]
    entries = struct.unpack_from("<H", whole, directory)[0]
    struct.pack_into("<I", whole, directory + 2 + 12 * entries, directory)
    return bytes(whole)


IS_READ = {
    "much text.png": png_bomb,  # the text is left out, not inflated
    "many frames.gif": lambda: frames("GIF", 3000),
    "polyglot.jpg": polyglot,
    "circular.tif": circular_tiff,
    "exif 99.jpg": lambda: encoded(quadrants(), "JPEG", exif=exif(99)),
    "exif broken.jpg": lambda: encoded(quadrants(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "xmp.jpg": lambda: encoded(quadrants(), "JPEG", xmp=b"<!DOCTYPE a [<!ENTITY b '&b;'>]><a>&b;"),
}
IS_REFUSED = {
    "giant.png": lambda: png_of_size(60_000, 60_000),
    "flat.png": lambda: png_of_size(2**31 - 1, 1),
    "short.png": lambda: png_of_size(9_000, 9_000),
    "zero.png": lambda: png_of_size(0, 0),
    "vector.svg.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "page.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "paint.jpg": lambda: encoded(quadrants(), "PPM"),
    "icon.png": lambda: encoded(quadrants(), "ICO"),
    "wavelet.jpg": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99),
}


def test_files_made_to_harm_are_read_or_refused(tmp_path: Path) -> None:
    with DecoderPool(time_limit_s=60) as decoders:
        for name, make in IS_READ.items():
            (tmp_path / name).write_bytes(make())
            height, width, channels = decoders.decode(tmp_path / name, 8, 8).pixels.shape
            assert channels == 3, name
            assert height * width <= LARGE_PIXELS, name
        for name, make in IS_REFUSED.items():
            (tmp_path / name).write_bytes(make())
            with pytest.raises(UnreadablePhoto):
                decoders.decode(tmp_path / name, 8, 8)
                pytest.fail(f"{name} was read")


def test_a_socket_is_named(
    tmp_path: Path, colour_bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("a.jpg")
        run = command("classify", "a.jpg", "--model", colour_bundle.folder, "--format", "jsonl")
        out, _ = run.communicate()
    assert "error" in json.loads(out)
    assert run.returncode == 1
