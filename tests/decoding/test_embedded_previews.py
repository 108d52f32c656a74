"""The preview in a photo is used if it can replace the photo, and ignored otherwise."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from catdog_sorter.decoding.embedded_previews import read_preview
from tests.support import camera
from tests.support.pictures import DATA, assert_upright, encoded, exif, quadrants, scan_bomb, stored

PHOTO, PREVIEW = (2400, 1800), (160, 120)


def camera_jpeg(
    preview: bytes,
    photo: tuple[int, int] | Image.Image = PHOTO,
    orientation: int = 1,
    says: tuple[int, int] | None = None,
) -> bytes:
    """A plain photo with these bytes as its preview."""
    picture = Image.new("RGB", photo) if isinstance(photo, tuple) else photo
    return camera.camera_jpeg(preview, picture, {**camera.CAMERA, 0x0112: orientation}, says=says)


def jpeg(size: tuple[int, int] = PREVIEW, **options: object) -> bytes:
    return encoded(quadrants(*size), "JPEG", quality=95, **options)


def read(data: bytes, folder: Path, unedited_only: bool = False) -> Image.Image | None:
    (folder / "a").write_bytes(data)
    return read_preview(folder / "a", unedited_only)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_preview_is_turned_as_the_photo_is(orientation: int, tmp_path: Path) -> None:
    small = stored(quadrants(*PREVIEW), orientation)
    size = PHOTO if small.width > small.height else PHOTO[::-1]
    preview = read(camera_jpeg(encoded(small, "JPEG", quality=95), size, orientation), tmp_path)
    assert preview is not None
    assert preview.size == PREVIEW
    assert_upright(np.asarray(preview))


def test_only_the_head_of_a_jpeg_is_read(tmp_path: Path) -> None:
    """So the preview of a truncated photo can be read."""
    data = camera_jpeg(jpeg(), quadrants(*PHOTO))
    cut = data[: data.rindex(b"\xff\xda") + 100]
    assert read(cut, tmp_path) is not None
    assert read(cut, tmp_path, unedited_only=True) is None


def test_a_previews_own_orientation_and_preview_count_for_nothing(tmp_path: Path) -> None:
    preview = read(camera_jpeg(jpeg(exif=exif(6))), tmp_path)
    assert preview is not None
    assert_upright(np.asarray(preview))


@pytest.mark.parametrize(
    ("photo", "left"), [((2700, 1800), (160, 104)), ((3200, 1800), (160, 88)), ((1800, 2700), None)]
)
def test_black_bars_are_taken_off(
    photo: tuple[int, int], left: tuple[int, int] | None, tmp_path: Path
) -> None:
    """As from cameras with a sensor of 3:2 or 16:9; without a pixel that the bar blurs."""
    shown = quadrants(160, round(160 * photo[1] / photo[0]))
    framed = Image.new("RGB", PREVIEW)
    framed.paste(shown, (0, (120 - shown.height) // 2))
    preview = read(camera_jpeg(encoded(framed, "JPEG"), photo), tmp_path)
    assert (preview and preview.size) == left
    if preview is not None:
        assert_upright(np.asarray(preview))


def test_a_large_preview_behind_the_photo_is_read(tmp_path: Path) -> None:
    """By CIPA DC-007, if the preview in the EXIF data has another shape than the photo."""
    large, offset_at = jpeg((1600, 1200)), 0
    photo = encoded(Image.new("RGB", PHOTO), "JPEG")
    entries = struct.pack("<IIIHH", 0x030000, len(photo), 0, 0, 0)
    offset_at = len(entries) + 4 + 4
    entries += struct.pack("<IIIHH", 0x010002, len(large), 0, 0, 0)
    index = b"II*\0" + struct.pack("<IHHHI4s", 8, 3, 0xB000, 7, 4, b"0100")
    index += struct.pack("<HHII", 0xB001, 4, 1, 2)
    index += struct.pack("<HHIII", 0xB002, 7, 32, 8 + 2 + 36 + 4, 0)
    body = b"MPF\0" + index + entries
    segment = b"\xff\xe2" + struct.pack(">H", len(body) + 2) + body
    start = len(photo) + len(segment) - (2 + 4 + 4)  # offsets count from the byte order
    at = 2 + 8 + len(index) + offset_at
    whole = bytearray(photo[:2] + segment + photo[2:] + large)
    whole[at : at + 4] = struct.pack("<I", start)
    preview = read(bytes(whole), tmp_path)
    assert preview is not None
    assert 320 <= max(preview.size) <= 400
    assert_upright(np.asarray(preview))


def test_the_preview_of_a_heic_photo_is_read(tmp_path: Path) -> None:
    preview = read_preview(DATA / "preview.heic")
    assert preview is not None
    assert preview.size == PREVIEW
    assert_upright(np.asarray(preview))


def claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header claims that it is large."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


_USELESS: dict[str, Callable[[], bytes]] = {
    "none": lambda: encoded(Image.new("RGB", PHOTO), "JPEG"),
    "none in HEIC": (DATA / "quadrants.heic").read_bytes,
    "bars that are not black": lambda: camera_jpeg(jpeg(), (2700, 1800)),
    "cropped": lambda: camera_jpeg(jpeg((160, 128))),
    "turned already": lambda: camera_jpeg(jpeg((120, 160)), orientation=6),
    "too small": lambda: camera_jpeg(jpeg((80, 60))),
    "of a small photo": lambda: camera_jpeg(jpeg(), (1200, 900)),
    "huge": lambda: camera_jpeg(claiming(60_000, 45_000)),
    "cut off": lambda: camera_jpeg(jpeg()[:900]),
    "no picture": lambda: camera_jpeg(b"no picture"),
    "another format": lambda: camera_jpeg(encoded(quadrants(*PREVIEW), "PNG")),
    "beyond the end": lambda: camera_jpeg(jpeg(), says=(60_000, 5_000)),
    "at the very beginning": lambda: camera_jpeg(jpeg(), says=(0, 5_000)),
    "endless scans": lambda: camera_jpeg(scan_bomb(400, 100)),
    "progressive": lambda: camera_jpeg(jpeg(progressive=True)),
    "damaged EXIF": lambda: camera_jpeg(jpeg()).replace(b"II*\0", b"II*\7"),
    "no photo": lambda: b"no photo at all",
    "empty": lambda: b"",
}


@pytest.mark.parametrize("name", _USELESS)
def test_previews_that_cannot_replace_the_photo_are_ignored(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(_USELESS[name]())
    assert read_preview(tmp_path / "a") is None


def test_a_missing_file_has_no_preview(tmp_path: Path) -> None:
    assert read_preview(tmp_path / "a.jpg") is None


def test_damage_anywhere_in_the_boxes_of_a_heic_raises_nothing(tmp_path: Path) -> None:
    whole = (DATA / "preview.heic").read_bytes()
    path = tmp_path / "a.heic"
    for at in range(0, whole.index(b"mdat"), 3):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        preview = read_preview(path)
        assert preview is None or preview.size == PREVIEW
        path.write_bytes(whole[:at])
        assert read_preview(path) is None


# --- Photos as a camera made them ----------------------------------------------------------------


def scene(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """A picture without equal parts, which depends on the seed."""
    colours = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), np.uint8)
    return Image.fromarray(colours).resize(size, Image.Resampling.BILINEAR)


def as_camera(
    photo: Image.Image | None = None, preview: Image.Image | None = None, **options: object
) -> bytes:
    shown = scene(PHOTO) if photo is None else photo
    small = shown.resize(PREVIEW) if preview is None else preview
    return camera.camera_jpeg(encoded(small, "JPEG", quality=90), shown, **options)


def with_editor(tag: int, value: str | int) -> bytes:
    return as_camera(tags={**camera.CAMERA, tag: value})


def with_xmp(text: str) -> bytes:
    packet = b"http://ns.adobe.com/xap/1.0/\0" + text.encode()
    whole = as_camera()
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet + whole[2:]


def saved_again() -> bytes:
    """An edited photo of a program that copies the EXIF data with the preview, as many do."""
    with Image.open(io.BytesIO(as_camera())) as photo:
        return encoded(photo.rotate(180), "JPEG", exif=photo.info["exif"])


def pasted(at: tuple[int, int]) -> Image.Image:
    photo = scene(PHOTO)
    ImageDraw.Draw(photo).rectangle((*at, at[0] + 800, at[1] + 600), "orange")
    return photo


_UNEDITED = {
    "as it was": as_camera,
    "firmware": lambda: with_editor(0x0131, "Ver.1.02"),
    "changed within the shot": lambda: with_editor(0x0132, "2024:05:01 10:20:32"),
    "rated in XMP": lambda: with_xmp("<xmp:Rating>3</xmp:Rating>"),
    "with restart markers": lambda: as_camera(restart_marker_rows=1),
}
_EDITED = {
    "another picture in the preview": lambda: as_camera(preview=scene(PREVIEW, seed=1)),
    "black and white": lambda: as_camera(preview=scene(PREVIEW).convert("L")),
    "lighter": lambda: as_camera(preview=scene(PREVIEW).point(lambda v: 96 + v * 5 // 8)),
    "upside down": lambda: as_camera(preview=scene(PREVIEW).rotate(180)),
    "cropped to the same shape": lambda: as_camera(
        scene((4800, 3600)).crop((1500, 1200, 3900, 3000)), scene(PREVIEW)
    ),
    "pasted into at the top": lambda: as_camera(pasted((100, 0)), scene(PREVIEW)),
    "signed": lambda: with_editor(0x0131, "GIMP 2.10.38"),
    "signed by its processor": lambda: with_editor(0x000B, "digiKam-8.3"),
    "changed later": lambda: with_editor(0x0132, "2024:05:03 08:00:00"),
    "no camera": lambda: as_camera(tags={0x0112: 1}),
    "of another size once": lambda: as_camera(more={0xA002: 4000, 0xA003: 3000}),
    "a history in XMP": lambda: with_xmp("<xmpMM:History/>"),
    "saved again": saved_again,
    "progressive": lambda: as_camera(progressive=True),
}


@pytest.mark.parametrize("name", _UNEDITED)
def test_a_photo_as_its_camera_made_it_has_a_preview(name: str, tmp_path: Path) -> None:
    assert read(_UNEDITED[name](), tmp_path, unedited_only=True) is not None


@pytest.mark.parametrize("name", _EDITED)
def test_an_edited_photos_preview_counts_only_where_all_do(name: str, tmp_path: Path) -> None:
    data = _EDITED[name]()
    assert read(data, tmp_path) is not None
    assert read(data, tmp_path, unedited_only=True) is None


def test_an_edit_below_the_first_rows_that_leaves_no_trace_is_not_noticed(tmp_path: Path) -> None:
    """A limit that docs/previews.md states."""
    data = as_camera(pasted((800, 900)), scene(PREVIEW))
    assert read(data, tmp_path, unedited_only=True) is not None


def test_a_photo_whose_end_is_missing_is_decoded(tmp_path: Path) -> None:
    assert read(as_camera()[:-5000], tmp_path, unedited_only=True) is None
    assert read(as_camera() + b"more", tmp_path, unedited_only=True) is not None


def test_only_the_first_rows_of_the_photo_are_decoded(tmp_path: Path) -> None:
    """So damage below them goes unnoticed."""
    whole = bytearray(as_camera())
    whole[len(whole) // 2 : -2] = bytes(len(whole) - len(whole) // 2 - 2)
    assert read(bytes(whole), tmp_path, unedited_only=True) is not None
