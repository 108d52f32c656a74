"""Every common kind of TIFF is decoded correctly, or refused by its name."""

import io
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import tifffile

from catdog_sorter.decoding.image import Limits, NeedsMemory, read_image
from catdog_sorter.decoding.pixels import Pixels
from catdog_sorter.errors import UnreadablePhoto
from tests.support.pictures import (
    AS_STORED,
    BLUE,
    RED,
    WHITE,
    YELLOW,
    assert_colours,
    assert_upright,
    encoded,
    quadrants,
    stored,
)

ORIENTATION = 274
COLOURS = np.asarray(quadrants())
GREYS = np.repeat(np.repeat(np.array([[0, 85], [170, 255]], np.uint8), 32, axis=0), 48, axis=1)
FOUR_GREYS = [(value, value, value) for value in (0, 85, 170, 255)]


def decoded(data: bytes) -> Pixels:
    return np.asarray(read_image(Path("photo.tif"), 32, data).image)


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadablePhoto) as caught:
        decoded(data)
    return str(caught.value)


def tiff(values: npt.NDArray[Any], **options: Any) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(file, values, **options)
    return file.getvalue()


def as_type(values: npt.NDArray[np.uint8], kind: str) -> npt.NDArray[Any]:
    """0 to 255 on the whole scale of another type; floating point from 0 to 1."""
    dtype = np.dtype(kind)
    if dtype.kind == "f":
        return (values / 255).astype(dtype)
    unsigned = values.astype(np.uint64) * (((1 << (8 * dtype.itemsize)) - 1) // 255)
    if dtype.kind == "i":
        unsigned = unsigned ^ np.uint64(1 << (8 * dtype.itemsize - 1))
    return unsigned.astype(f"u{dtype.itemsize}").view(dtype)


def planes(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.moveaxis(values, 2, 0).copy()


KINDS = ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "f2", "f4", "f8"]
_NEEDS_FORMATS = pytest.mark.skipif(
    find_spec("imagecodecs") is None, reason="needs the extra `formats`"
)
OPTIONS: list[Any] = [
    {},
    {"compression": "zlib"},
    pytest.param({"compression": "packbits"}, marks=_NEEDS_FORMATS),
    {"tile": (32, 32)},
    {"byteorder": ">"},
    {"bigtiff": True},
    {"rowsperstrip": 5},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("kind", KINDS)
class TestNumbers:
    def test_colours_side_by_side(self, kind: str, options: dict[str, Any]) -> None:
        assert_upright(decoded(tiff(as_type(COLOURS, kind), photometric="rgb", **options)))

    def test_colours_in_planes(self, kind: str, options: dict[str, Any]) -> None:
        values = planes(as_type(COLOURS, kind))
        data = tiff(values, photometric="rgb", planarconfig="separate", **options)
        assert_upright(decoded(data))

    def test_grey(self, kind: str, options: dict[str, Any]) -> None:
        data = tiff(as_type(GREYS, kind), photometric="minisblack", **options)
        assert_colours(decoded(data), *FOUR_GREYS, within=1)

    def test_grey_from_white_to_black(self, kind: str, options: dict[str, Any]) -> None:
        data = tiff(as_type(255 - GREYS, kind), photometric="miniswhite", **options)
        assert_colours(decoded(data), *FOUR_GREYS, within=1)


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
class TestMoreSamples:
    def test_transparency_is_shown_over_white(self, kind: str) -> None:
        alpha = np.full((64, 96, 1), 255, np.uint8)
        alpha[:32, 48:] = 0
        values = as_type(np.dstack([COLOURS, alpha]), kind)
        data = tiff(values, photometric="rgb", extrasamples=["unassalpha"])
        assert_colours(decoded(data), RED, WHITE, BLUE, YELLOW)

    def test_colours_multiplied_by_their_opacity(self, kind: str) -> None:
        alpha = np.full((64, 96, 1), 255, np.uint8)
        alpha[:32, 48:] = 0
        values = as_type(np.dstack([COLOURS * (alpha // 255), alpha]), kind)
        data = tiff(values, photometric="rgb", extrasamples=["assocalpha"])
        assert_colours(decoded(data), RED, WHITE, BLUE, YELLOW)

    @pytest.mark.parametrize("planar", ["contig", "separate"])
    def test_grey_with_transparency(self, kind: str, planar: str) -> None:
        alpha = np.full((64, 96), 255, np.uint8)
        alpha[:32, 48:] = 0
        values = as_type(np.dstack([GREYS, alpha]), kind)
        values = planes(values) if planar == "separate" else values
        extra = {"photometric": "minisblack", "extrasamples": ["unassalpha"]}
        pixels = decoded(tiff(values, planarconfig=planar, **extra))
        assert_colours(pixels, FOUR_GREYS[0], WHITE, *FOUR_GREYS[2:], within=1)

    @pytest.mark.parametrize("planar", ["contig", "separate"])
    @pytest.mark.parametrize("with_alpha", [False, True])
    def test_cmyk(self, kind: str, planar: str, with_alpha: bool) -> None:
        values = np.asarray(quadrants().convert("CMYK"))
        extra: dict[str, Any] = {}
        if with_alpha:
            values = np.dstack([values, np.full((64, 96, 1), 255, np.uint8)])
            extra = {"extrasamples": ["unassalpha"]}
        values = as_type(values, kind)
        values = planes(values) if planar == "separate" else values
        data = tiff(values, photometric="separated", planarconfig=planar, **extra)
        assert_upright(decoded(data))


def test_16_bit_values_in_32_bits_keep_the_scale_of_16() -> None:
    data = tiff(GREYS.astype(np.uint32) * 257, photometric="minisblack")
    assert_colours(decoded(data), *FOUR_GREYS, within=1)


def test_floating_point_beyond_1_is_stretched_and_holes_do_not_spoil_the_rest() -> None:
    values = COLOURS.astype(np.float32) * 40
    values[0, :3] = np.inf, -np.inf, np.nan
    assert_upright(decoded(tiff(values, photometric="rgb")), within=40)


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
@pytest.mark.parametrize("orientation", sorted(AS_STORED))
def test_it_is_turned_once(orientation: int, kind: str) -> None:
    values = as_type(np.asarray(stored(quadrants(), orientation)), kind)
    tag = (ORIENTATION, "H", 1, orientation, True)
    assert_upright(decoded(tiff(values, photometric="rgb", extratags=[tag])))


@pytest.mark.parametrize(
    ("values", "options", "sentence"),
    [
        (COLOURS.astype(np.uint16), {"photometric": "cielab"}, "16-bit CIELAB TIFF"),
        (GREYS.astype(np.uint16), {"photometric": "cfa"}, "16-bit colour filter array TIFF"),
        (
            planes(COLOURS.astype(np.float32)),
            {"photometric": "cielab", "planarconfig": "separate", "compression": "zlib"},
            "32-bit floating-point planar CIELAB TIFF with ADOBE DEFLATE compression",
        ),
    ],
)
def test_a_kind_that_cannot_be_read_is_named(
    values: npt.NDArray[Any], options: dict[str, Any], sentence: str
) -> None:
    if options["photometric"] == "cfa":
        options |= {"extratags": [(33421, "H", 2, (2, 2), True), (33422, "B", 4, bytes(4), True)]}
    assert refusal(tiff(values, **options)) == f"{sentence} is not supported."


def test_a_codec_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("imagecodecs", reason="needs the extra `formats`")
    values = planes(as_type(COLOURS, "f4"))
    data = tiff(values, photometric="rgb", planarconfig="separate", compression="lzw")
    assert_upright(decoded(data))

    def missing(*args: object, **options: object) -> None:
        raise ValueError("<COMPRESSION.LZW: 5> requires the 'imagecodecs' package")

    monkeypatch.setattr(tifffile.TiffPage, "asarray", missing)
    assert refusal(data) == (
        "32-bit floating-point planar RGB TIFF with LZW compression is not supported."
    )


@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["u2", "f4"])
def test_a_cut_off_file_is_damaged(kind: str, part: float) -> None:
    data = tiff(planes(as_type(COLOURS, kind)), photometric="rgb", planarconfig="separate")
    sentence = refusal(data[: int(part * len(data))])
    assert "damaged" in sentence or "cut off" in sentence


def test_one_that_claims_a_huge_picture() -> None:
    data = bytearray(tiff(as_type(COLOURS, "f4"), photometric="rgb"))
    width = data.index(struct.pack("<H", 256), 8)
    data[width : width + 12] = struct.pack("<HHII", 256, 4, 1, 10_000_000)
    assert "to limit memory" in refusal(bytes(data))


def test_memory_is_requested_first() -> None:
    data = tiff(np.zeros((500, 500, 3), np.float64), photometric="rgb", compression="zlib")
    with pytest.raises(NeedsMemory):
        read_image(Path("a.tif"), 32, data, Limits(memory_bytes=1 << 20))


def test_ordinary_ones_load_neither_numpy_nor_tifffile(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(encoded(quadrants(), "TIFF", compression="tiff_lzw"))
    code = (
        "import sys; from pathlib import Path\n"
        "from catdog_sorter.decoding.image import read_image\n"
        "read_image(Path(sys.argv[1]), 32)\n"
        "print({'numpy', 'tifffile', 'imagecodecs'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, tmp_path / "a.tif"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"
