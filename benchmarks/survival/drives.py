"""Mounts file systems of memory sticks, cards and servers from image files, for tests."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_SIZE_BYTES = 64 << 20
_FOLDING = Path(__file__).with_name("folding.py")


class NotHereError(Exception):
    """This computer cannot mount such a drive; the message says why."""


@dataclass(frozen=True)
class Kind:
    """How to create such a drive, and its names in the system, the kernel's first."""

    make: tuple[str, ...]
    types: tuple[str, ...]
    options: str = "loop"


# None of these distinguishes Cat.jpg from cat.jpg; the last one ignores Unicode normalisation too.
IMAGES = {
    "FAT": Kind(("mkfs.vfat",), ("vfat",), "loop,utf8"),
    "exFAT": Kind(("mkfs.exfat",), ("exfat", "exfat-fuse")),
    "NTFS": Kind(("mkfs.ntfs", "-Q", "-F"), ("lowntfs-3g",), "loop,ignore_case"),
    "folding ext4": Kind(
        ("mkfs.ext4", "-q", "-F", "-O", "casefold", "-E", "encoding=utf8"), ("ext4",)
    ),
}
KINDS = (*IMAGES, "like a Mac's")


@contextmanager
def mounted(kind: str, folder: Path) -> Iterator[Path]:
    """An empty drive of this kind, mounted below `folder`; raises NotHereError."""
    place = folder / kind
    place.mkdir(parents=True)
    with (_image if kind in IMAGES else _folding)(kind, place):
        top = place / "drive"
        top.mkdir()
        if kind == "folding ext4":
            _run("chattr", "+F", top)
        yield top


def can_mount(kind: str) -> bool:
    """Whether this computer can mount such a drive."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with mounted(kind, Path(folder)):
                return True
        except NotHereError:
            return False


@contextmanager
def _image(kind: str, place: Path) -> Iterator[None]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise NotHereError("only root may mount such a drive")
    how = IMAGES[kind]
    image = place.with_name(f"{kind}.image")
    with image.open("wb") as file:
        file.truncate(_SIZE_BYTES)
    _run(*how.make, image)
    _mount(how, image, place)
    try:
        yield
    finally:
        _run("umount", "--lazy", place)
        image.unlink()


def _mount(how: Kind, image: Path, place: Path) -> None:
    *first, last = how.types
    for kind in first:
        with suppress(NotHereError):
            _run("mount", "-t", kind, "-o", how.options, image, place)
            return
    _run("mount", "-t", last, "-o", how.options, image, place)


@contextmanager
def _folding(kind: str, place: Path) -> Iterator[None]:
    """Mounted by FUSE, without root."""
    store = place.with_name(f"{kind} store")
    store.mkdir()
    _run(sys.executable, _FOLDING, store, place)
    try:
        yield
    finally:
        _run("fusermount" if shutil.which("fusermount") else "fusermount3", "-uz", place)


def _run(*words: str | Path) -> None:
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NotHereError(f"there is no {words[0]}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it failed"]
        raise NotHereError(f"{Path(words[0]).name}: {said[-1]}")
