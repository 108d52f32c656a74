"""A realistic folder tree: 200 photos with sidecars, clashing names and bad files."""

import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import draw, tree
from tests.support.output import printed

PHOTOS = 200
_LABELS = ("cat", "dog", "both", "neither", "unsure")
_SUFFIXES = (".png", ".jpg", ".webp", ".tif", ".gif", ".bmp", ".JPG")


def plant(root: Path) -> tuple[int, int]:
    """Create the tree; returns the number of photos and of unreadable ones."""
    rng = random.Random(5)
    bad = 0
    for number in range(PHOTOS):
        folder = root / rng.choice(["", "2024", "2024/summer trip", "2025/Été", "x/y/z"])
        # Only sixty different names, so that they clash once folders are flattened.
        path = folder / f"IMG_{number % 60:04}{_SUFFIXES[number % len(_SUFFIXES)]}"
        if os.path.lexists(path):
            path = path.with_stem(f"IMG_{1000 + number}")
        if number % 25 == 7:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_bad_content(bad))
            bad += 1
        else:
            draw(path, _LABELS[number % len(_LABELS)], shade=number % 251)
        _add_companions(path, number)
        os.utime(path, ns=(number * 10**9, number * 10**9 + 123_456_789))
    (root / ".hidden").mkdir()
    draw(root / ".hidden" / "no.png", "cat")
    draw(root / "._IMG_0001.png", "cat")
    (root / "notes.txt").write_text("no photo")
    return PHOTOS, bad


def _bad_content(kind: int) -> bytes:
    whole = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(whole, "JPEG")
    return (b"", b"not a picture", whole.getvalue()[:-600], b"\x89PNG\r\n\x1a\n", b"\0" * 999)[
        kind % 5
    ]


def _add_companions(path: Path, number: int) -> None:
    names = {
        0: [f"{path.stem}.xmp"],
        1: [f"{path.name}.xmp", f"{path.stem}.AAE"],
        2: [f"{path.stem}.MOV"],
        3: [f"{path.name}.json"],
        4: [f"{path.name}.supplemental-metadata.json"],
    }.get(number % 9, [])
    for name in names:
        if not os.path.lexists(path.with_name(name)):
            path.with_name(name).write_text(f"belongs to {number}")


def snapshot(root: Path) -> dict[str, tuple[str, int]]:
    return {
        name: (content, os.lstat(root / name).st_mtime_ns) for name, content in tree(root).items()
    }


def catdog_sort(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "catdog_sorter", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("--flat",), ("--mode", "copy"), ("--mode", "hardlink")])
def test_sort_again_and_undo(
    tmp_path: Path, colour_bundle: ModelBundle, options: tuple[str, ...]
) -> None:
    root = tmp_path / "photos"
    photos, bad = plant(root)
    before = snapshot(root)
    sort = ("sort", "--yes", root, "--model", colour_bundle.folder, "--json", *options)

    ran = printed(catdog_sort(*sort).stdout)
    first = ran.summary
    assert first["found"] == photos
    assert first["unreadable"] == bad
    assert first["sorted"] > 100
    assert first["found"] == sum(first[k] for k in ("sorted", "left", "unreadable", "skipped"))
    after = snapshot(root)
    if not {"copy", "hardlink"} & set(options):
        assert sorted(after.values()) == sorted(before.values())
    for source, target in ran.moves:
        original = before[str(Path(source).relative_to(root))]
        assert after[str(Path(target).relative_to(root))] == original

    again = printed(catdog_sort(*sort).stdout).summary
    assert again["sorted"] == 0
    assert again["found"] == sum(again[k] for k in ("sorted", "left", "unreadable", "skipped"))
    assert snapshot(root) == after

    undone = catdog_sort("undo", "1")  # the last run moved nothing
    assert undone.returncode == 0, undone.stderr
    assert snapshot(root) == before
    folders = [Path(parent) / f for parent, below, _ in os.walk(root) for f in below]
    assert not [folder for folder in folders if not any(folder.iterdir())]


def test_companions_follow_their_photo(tmp_path: Path, colour_bundle: ModelBundle) -> None:
    """Each companion's name still begins with its photo's name, so other programs match them."""
    root = tmp_path / "photos"
    plant(root)
    words = ("sort", "--yes", root, "--model", colour_bundle.folder, "--flat", "--json")
    companions = 0
    for line in printed(catdog_sort(*words).stdout).lines:
        for companion in line.get("companions", ()):
            photo, target = Path(line["target"]), Path(companion["target"])
            companions += 1
            assert target.parent == photo.parent == root / line["label"]
            assert target.name.startswith(photo.stem), (target, photo)
    assert companions > 50
